#include "ui/export_dialog.h"

#include "core/base/format.h"

#include "ui/controls.h"
#include "ui/style.h"
#include "ui/tick_box.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardPaths>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array themes{ThemeName::Dark, ThemeName::Light, ThemeName::Print};
constexpr QSize previewSize{640, 250}; // the dialog fits a window 700 high

QString folder(const QString& last)
{
    if (!last.isEmpty() && QFileInfo(last).isDir())
        return last;
    const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QFileInfo(pictures).isDir() ? pictures : QDir::homePath();
}

QLabel* makeFieldLabel(const QString& text, QWidget* buddy, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    setRole(label, "muted");
    label->setBuddy(buddy);
    return label;
}

QString wordsFor(ExportWhat what, const ExportSubject& subject, bool played)
{
    const bool two = std::holds_alternative<ComparisonPicture>(subject.picture);
    switch (what) {
    case ExportWhat::Moment:
        return (played ? ExportDialog::tr("Up to this moment, t = %1") : ExportDialog::tr("This moment, t = %1"))
            .arg(QString::fromStdString(format_moment(subject.moment->when)));
    case ExportWhat::Span:
        return ExportDialog::tr("The stretch that is zoomed to");
    case ExportWhat::Marked:
        return ExportDialog::tr("The part that is marked");
    case ExportWhat::Whole:
        break;
    }
    return two ? ExportDialog::tr("The whole comparison") : ExportDialog::tr("The whole run");
}

} // namespace

ExportDialog::ExportDialog(ExportSubject subject, ExportChoices choices, QWidget* parent)
    : QDialog(parent)
    , m_subject(std::move(subject))
    , m_offered(offeredBy(m_subject))
    , m_name(new QLineEdit(this))
    , m_what(new Dropdown(this))
    , m_format(new Dropdown(this))
    , m_theme(new Dropdown(this))
    , m_size(new Dropdown(this))
    , m_width(new QSpinBox(this))
    , m_height(new QSpinBox(this))
    , m_dpi(new QSpinBox(this))
    , m_legend(new TickBox(tr("Legend below"), this))
    , m_code(new TickBox(tr("Code beside"), this))
    , m_title(new QLineEdit(this))
    , m_caption(new QLineEdit(this))
    , m_preview(new QLabel(this))
    , m_extent(new QLabel(this))
    , m_message(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_copyImage(new QPushButton(tr("Copy image"), this))
    , m_copySvg(new QPushButton(tr("Copy SVG"), this))
    , m_save(new QPushButton(tr("Save"), this))
{
    setWindowTitle(tr("Export"));
    buildFields(choices);
    buildLayout();
    connectFields();
    refresh();
    check();
    m_name->setFocus();
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::buildFields(const ExportChoices& choices)
{
    const bool isRun = std::holds_alternative<RunPicture>(m_subject.picture);
    const auto name = [](QWidget* widget, const QString& words) { widget->setAccessibleName(words); };
    name(m_preview, tr("Preview"));
    name(m_name, tr("File name"));
    name(m_what, tr("What"));
    name(m_format, tr("Format"));
    name(m_theme, tr("Theme"));
    name(m_size, tr("Size"));
    name(m_width, tr("Width in pixels"));
    name(m_height, tr("Height in pixels"));
    name(m_dpi, tr("Dots per inch"));
    name(m_title, tr("Title"));
    name(m_caption, tr("Caption"));
    name(m_progress, tr("Progress"));

    m_preview->setFixedSize(previewSize);
    m_preview->setAlignment(Qt::AlignCenter);
    for (const ExportWhat what : m_offered)
        m_what->addItem(wordsFor(what, m_subject, false)); // refresh() knows whether it is played
    m_what->setCurrentIndex(0);
    m_format->addItems({tr("PNG picture"), tr("SVG drawing"), tr("PDF page"), tr("GIF animation"), tr("WebP animation")});
    const ExportFormat format = choices.format;
    m_format->setCurrentIndex(static_cast<int>(format));
    m_name->setText(QDir(folder(choices.folder)).filePath(m_subject.suggestedName + u'.' + endingOf(format)));
    m_theme->addItems({tr("Dark"), tr("Light"), tr("Print (safe in greyscale)")});
    m_theme->setCurrentIndex(static_cast<int>(std::find(themes.begin(), themes.end(), choices.theme) - themes.begin()));
    m_size->addItems({tr("1440 wide, as high as needed"), tr("As on screen"), tr("Slide, 1920 × 1080"),
                      tr("A4 landscape, 297 × 210 mm"), tr("Other")});
    m_size->setCurrentIndex(static_cast<int>(choices.size));
    m_width->setRange(smallestPicture.width(), largestPicture.width());
    m_height->setRange(smallestPicture.height(), largestPicture.height());
    m_width->setValue(choices.byHand.width());
    m_height->setValue(choices.byHand.height());
    m_dpi->setRange(48, 600);
    m_dpi->setSuffix(tr(" dpi"));
    m_dpi->setSingleStep(48);
    m_dpi->setValue(choices.dpi);
    m_legend->setChecked(choices.legend);
    m_code->setChecked(choices.code);
    m_code->setVisible(isRun);
    m_title->setPlaceholderText(std::visit([](const auto& picture) { return picture.title; }, m_subject.picture));
    m_caption->setPlaceholderText(tr("A line below the picture"));
    m_title->setText(choices.title);
    m_caption->setText(choices.caption);
    m_message->setWordWrap(true);
    m_message->setMinimumHeight(18);
    setRole(m_message, "small");
    setRole(m_extent, "small");
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->hide();
    const QColor arrow = theme(choices.theme == ThemeName::Dark ? ThemeName::Dark : ThemeName::Light).textMuted;
    for (Dropdown* choice : {m_what, m_format, m_theme, m_size})
        choice->setArrowColor(arrow);
}

void ExportDialog::buildLayout()
{
    m_browse = new QPushButton(tr("Choose…"), this);
    m_cancel = new QPushButton(tr("Cancel"), this);
    for (QPushButton* button : {m_browse, m_copyImage, m_copySvg, m_cancel})
        button->setAutoDefault(false);
    m_save->setDefault(true);
    connect(m_browse, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_cancel, &QPushButton::clicked, this, &ExportDialog::reject);

    const auto inRow = [](std::initializer_list<QWidget*> widgets) {
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        for (QWidget* widget : widgets)
            row->addWidget(widget);
        return row;
    };
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(14);
    fields->setVerticalSpacing(9);
    fields->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [&](const QString& words, QWidget* buddy, QLayout* what) {
        fields->addWidget(makeFieldLabel(words, buddy, this), row, 0);
        fields->addLayout(what, row++, 1);
    };
    auto* what = inRow({m_what, m_legend, m_code});
    what->addStretch(1);
    auto* look = inRow({m_format, m_theme});
    look->addStretch(1);
    m_times = makeFieldLabel(u"×"_s, m_height, this);
    auto* size = inRow({m_size, m_width, m_times, m_height, m_dpi});
    size->addStretch(1);
    add(tr("Show"), m_what, what);
    add(tr("Title"), m_title, inRow({m_title}));
    add(tr("Caption"), m_caption, inRow({m_caption}));
    add(tr("As"), m_format, look);
    add(tr("Size"), m_size, size);
    add(tr("File"), m_name, inRow({m_name, m_browse}));

    auto* buttons = inRow({m_copyImage, m_copySvg});
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 18);
    column->setSpacing(12);
    column->addWidget(m_preview, 0, Qt::AlignCenter);
    column->addWidget(m_extent, 0, Qt::AlignCenter);
    column->addLayout(fields);
    column->addWidget(m_message);
    column->addWidget(m_progress);
    column->addLayout(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);
}

void ExportDialog::connectFields()
{
    connect(m_copyImage, &QPushButton::clicked, this, &ExportDialog::copyImage);
    connect(m_copySvg, &QPushButton::clicked, this, &ExportDialog::copySvg);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::save);
    connect(m_name, &QLineEdit::textChanged, this, &ExportDialog::check);
    connect(m_format, &QComboBox::activated, this, &ExportDialog::changeEnding);
    for (Dropdown* choice : {m_what, m_theme, m_size})
        connect(choice, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    for (QSpinBox* number : {m_width, m_height, m_dpi})
        connect(number, &QSpinBox::valueChanged, this, &ExportDialog::refresh);
    for (QCheckBox* choice : {m_legend, m_code})
        connect(choice, &QCheckBox::toggled, this, &ExportDialog::refresh);
    for (QLineEdit* words : {m_title, m_caption})
        connect(words, &QLineEdit::textChanged, this, &ExportDialog::refresh);
}

QString ExportDialog::fileName() const
{
    return m_name->text().trimmed();
}

void ExportDialog::setFileName(const QString& name)
{
    m_name->setText(name);
}

ExportChoices ExportDialog::choices() const
{
    ExportChoices choices;
    choices.what = m_offered[static_cast<std::size_t>(std::max(0, m_what->currentIndex()))];
    choices.format = static_cast<ExportFormat>(std::max(0, m_format->currentIndex()));
    choices.theme = themes[static_cast<std::size_t>(std::max(0, m_theme->currentIndex()))];
    choices.size = static_cast<ExportSize>(std::max(0, m_size->currentIndex()));
    choices.byHand = {m_width->value(), m_height->value()};
    choices.dpi = m_dpi->value();
    choices.legend = m_legend->isChecked();
    choices.code = m_code->isChecked();
    choices.title = m_title->text().trimmed();
    choices.caption = m_caption->text().trimmed();
    choices.folder = QFileInfo(fileName()).absolutePath();
    return choices;
}

QString ExportDialog::message() const
{
    return m_message->text();
}

void ExportDialog::say(const QString& sentence, bool isError)
{
    const char* role = isError ? "wrong" : "small";
    if (m_message->property("role").toString() != QLatin1String(role)) {
        setRole(m_message, role);
        m_message->style()->polish(m_message);
    }
    m_message->setText(sentence);
}

void ExportDialog::save()
{
    if (isBusy())
        return;
    const QString file = fileName();
    if (QFileInfo(file).isFile() && m_mayReplace != file) {
        m_mayReplace = file;
        m_save->setText(tr("Replace"));
        say(tr("“%1” exists. Press Replace to write over it, or choose another name.").arg(QFileInfo(file).fileName()));
        return;
    }
    if (isAnimation(choices().format)) {
        beginAnimation();
        return;
    }
    finish(std::visit([&](const auto& picture) { return exportPicture(file, picture, optionsFor(m_subject, choices())); },
                      pictureFor(m_subject, choices())));
}

void ExportDialog::finish(const Result<QString>& written)
{
    if (!written) {
        say(QString::fromStdString(written.error().sentence), true);
        return;
    }
    m_written = *written;
    accept();
}

void ExportDialog::beginAnimation()
{
    if (const std::optional<Error> error = whyNotWritable(fileName())) {
        say(QString::fromStdString(error->sentence), true);
        return;
    }
    const ExportChoices chosen = choices();
    m_maker = std::make_unique<AnimationMaker>(pictureFor(m_subject, chosen), framesFor(m_subject, chosen),
                                               chosen.format == ExportFormat::Gif ? AnimationFormat::Gif : AnimationFormat::WebP,
                                               optionsFor(m_subject, chosen));
    m_progress->setRange(0, static_cast<int>(m_maker->count()));
    m_progress->setValue(0);
    m_progress->show();
    setBusy(true);
    makeNextPicture();
}

// One picture for each turn of Qt's loop, so that the dialog stays alive and can be stopped.
void ExportDialog::makeNextPicture()
{
    if (!m_maker)
        return;
    if (m_maker->isDone()) {
        const QByteArray bytes = m_maker->bytes();
        endAnimation();
        finish(writeFile(fileName(), bytes));
        return;
    }
    m_maker->makeNext();
    m_progress->setValue(static_cast<int>(m_maker->done()));
    say(tr("Picture %1 of %2").arg(m_maker->done()).arg(m_maker->count()));
    QTimer::singleShot(0, this, &ExportDialog::makeNextPicture);
}

void ExportDialog::endAnimation()
{
    m_maker.reset();
    m_progress->hide();
    setBusy(false);
}

// What is being written does not change any more; only to stop it is left.
void ExportDialog::setBusy(bool busy)
{
    if (busy)
        m_cancel->setFocus();
    for (QWidget* field : std::initializer_list<QWidget*>{m_what, m_legend, m_code, m_title, m_caption, m_format, m_theme, m_size, m_width,
                                                           m_height, m_name, m_browse, m_save})
        field->setEnabled(!busy);
    m_cancel->setText(busy ? tr("Stop") : tr("Cancel"));
    if (!busy) {
        m_save->setFocus();
        refresh(); // clipboard and dots have their own rules
    } else {
        for (QWidget* field : std::initializer_list<QWidget*>{m_dpi, m_copyImage, m_copySvg})
            field->setEnabled(false);
    }
}

void ExportDialog::reject()
{
    if (!isBusy()) {
        QDialog::reject();
        return;
    }
    endAnimation();
    say(tr("Stopped; nothing was written."));
}

void ExportDialog::browse()
{
    const QString chosen
        = QFileDialog::getSaveFileName(this, tr("Export"), fileName(), tr("Pictures (*.png *.svg *.pdf *.gif *.webp)"), nullptr,
                                       QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        setFileName(chosen);
}

void ExportDialog::changeEnding()
{
    const QFileInfo old(fileName());
    const QString base = old.completeBaseName().isEmpty() ? m_subject.suggestedName : old.completeBaseName();
    setFileName(QDir(old.path()).filePath(base + u'.' + endingOf(choices().format)));
    refresh();
}

void ExportDialog::check()
{
    const std::optional<ExportFormat> format = exportFormatOf(fileName());
    m_save->setEnabled(format && !isBusy());
    m_save->setText(tr("Save"));
    m_mayReplace.clear();
    if (format) {
        m_format->setCurrentIndex(static_cast<int>(*format));
        say(QFileInfo(fileName()).isFile() ? tr("This file exists; you will be asked before it is replaced.") : QString());
        refresh();
    } else {
        say(tr("The name has to end in .png, .svg, .pdf, .gif or .webp."), true);
    }
}

void ExportDialog::refresh()
{
    const ExportChoices chosen = choices();
    const bool played = isAnimation(chosen.format);
    for (std::size_t i = 0; i < m_offered.size(); ++i)
        m_what->setItemText(static_cast<int>(i), wordsFor(m_offered[i], m_subject, played));
    m_what->updateGeometry();
    for (QWidget* part : std::initializer_list<QWidget*>{m_width, m_times, m_height})
        part->setVisible(chosen.size == ExportSize::ByHand); // else the line below the picture says what comes of it
    m_dpi->setEnabled(hasDots(chosen.format));
    m_copyImage->setEnabled(!played);
    m_copySvg->setEnabled(!played);
    m_copyImage->setToolTip(played ? tr("An animation can only be saved") : tr("Put the picture on the clipboard"));
    m_copySvg->setToolTip(played ? tr("An animation can only be saved") : tr("Put the drawing on the clipboard, as SVG"));
    const PictureOptions options = optionsFor(m_subject, chosen);
    if (chosen.size != ExportSize::ByHand) {
        const QSignalBlocker quietWidth(m_width);
        const QSignalBlocker quietHeight(m_height);
        m_width->setValue(options.size.width());
        m_height->setValue(options.size.height());
    }
    const QSize dots = (QSizeF(options.size) * options.scaleFactor).toSize();
    const auto millimetres = [](int units) { return QString::number(std::lround(units * 25.4 / 96)); };
    if (isAnimation(chosen.format)) {
        const std::vector<AnimationFrame> frames = framesFor(m_subject, chosen);
        m_extent->setText((frames.size() == 1 ? tr("%1 × %2 pixels, %3 picture, %4 s, for ever")
                                              : tr("%1 × %2 pixels, %3 pictures, %4 s, for ever"))
                              .arg(dots.width()).arg(dots.height()).arg(frames.size())
                              .arg(static_cast<double>(lengthOf(frames).count()) / 1000, 0, 'f', 1));
    } else if (hasDots(chosen.format)) {
        m_extent->setText(tr("%1 × %2 pixels").arg(dots.width()).arg(dots.height()));
    } else {
        m_extent->setText(tr("%1 × %2 mm").arg(millimetres(options.size.width()), millimetres(options.size.height())));
    }
    refreshPreview();
}

void ExportDialog::refreshPreview()
{
    if (!isVisible())
        return; // showEvent() makes the first one, when the widths are known
    const PictureOptions options = optionsFor(m_subject, choices());
    const QSize fitting = options.size.scaled(previewSize, Qt::KeepAspectRatio).expandedTo({1, 1});
    QPixmap pixmap(fitting * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(theme(options.theme).canvas);
    QPainter painter(&pixmap);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const double scale = static_cast<double>(fitting.width()) / options.size.width();
    painter.scale(scale, scale);
    const ExportChoices chosen = choices();
    std::visit([&](const auto& picture) {
        if (isAnimation(chosen.format)) // as it ends
            paintPicture(painter, pictureAt(picture, framesFor(m_subject, chosen).back()), theme(options.theme), options.size);
        else
            paintPicture(painter, picture, theme(options.theme), options.size);
    }, pictureFor(m_subject, chosen));
    painter.end();
    m_preview->setPixmap(pixmap);
}

void ExportDialog::copyImage()
{
    const QByteArray png = std::visit([&](const auto& picture) { return pictureBytes(picture, PictureFormat::Png, optionsFor(m_subject, choices())); },
                                      pictureFor(m_subject, choices()));
    if (png.isEmpty()) {
        say(tr("There is not enough memory for a picture of this size; choose a smaller one."), true);
        return;
    }
    QGuiApplication::clipboard()->setImage(QImage::fromData(png, "png"));
    say(tr("The picture is on the clipboard."));
}

void ExportDialog::copySvg()
{
    const QByteArray svg = std::visit([&](const auto& picture) { return pictureBytes(picture, PictureFormat::Svg, optionsFor(m_subject, choices())); },
                                      pictureFor(m_subject, choices()));
    auto* drawing = new QMimeData;
    drawing->setData(u"image/svg+xml"_s, svg);
    drawing->setText(QString::fromUtf8(svg)); // for who takes only text
    QGuiApplication::clipboard()->setMimeData(drawing);
    say(tr("The drawing is on the clipboard, as SVG."));
}

void ExportDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    refreshPreview();
}

} // namespace loopscope::ui
