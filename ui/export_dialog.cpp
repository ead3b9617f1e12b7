#include "ui/export_dialog.h"

#include "core/base/format.h"

#include "ui/controls.h"
#include "ui/style.h"

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
#include <QPainter>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array themes{ThemeName::Dark, ThemeName::Light, ThemeName::Print};
constexpr std::array endings{"png", "svg", "pdf"};
constexpr std::array sizes{QSize(1440, 0), QSize(1440, 900), QSize(1920, 1080), QSize(1200, 640)}; // then: by hand
constexpr QSize previewSize{560, 320};

QString folder()
{
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

} // namespace

ExportDialog::ExportDialog(ExportSubject subject, ThemeName themeName, QWidget* parent)
    : QDialog(parent)
    , m_subject(std::move(subject))
    , m_name(new QLineEdit(this))
    , m_format(new Dropdown(this))
    , m_theme(new Dropdown(this))
    , m_size(new Dropdown(this))
    , m_width(new QSpinBox(this))
    , m_height(new QSpinBox(this))
    , m_untilNow(new QCheckBox(this))
    , m_preview(new QLabel(this))
    , m_message(new QLabel(this))
    , m_save(new QPushButton(tr("Save"), this))
{
    setWindowTitle(tr("Export"));
    const QColor arrow = theme(themeName).textMuted;
    for (Dropdown* choice : {m_format, m_theme, m_size})
        choice->setArrowColor(arrow);

    m_preview->setFixedSize(previewSize);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setAccessibleName(tr("Preview"));
    m_name->setAccessibleName(tr("File name"));
    m_name->setText(QDir(folder()).filePath(m_subject.suggestedName + u".png"_s));
    m_format->addItems({tr("PNG picture"), tr("SVG drawing"), tr("PDF page")});
    m_format->setAccessibleName(tr("Format"));
    m_theme->addItems({tr("Dark"), tr("Light"), tr("Print (safe in greyscale)")});
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->setCurrentIndex(static_cast<int>(std::find(themes.begin(), themes.end(), themeName) - themes.begin()));
    for (const QSize size : sizes)
        m_size->addItem(size.height() == 0 ? tr("%1 wide, as high as needed").arg(size.width())
                                           : tr("%1 × %2").arg(size.width()).arg(size.height()));
    m_size->addItem(tr("Other"));
    m_size->setAccessibleName(tr("Size"));
    m_width->setRange(smallestPicture.width(), largestPicture.width());
    m_height->setRange(smallestPicture.height(), largestPicture.height());
    m_width->setAccessibleName(tr("Width in pixels"));
    m_height->setAccessibleName(tr("Height in pixels"));
    if (m_subject.moment)
        m_untilNow->setText(tr("Only up to this moment, t = %1")
                                .arg(QString::fromStdString(format_moment(*m_subject.moment))));
    m_untilNow->setVisible(m_subject.moment.has_value());
    m_message->setWordWrap(true);
    setRole(m_message, "small");

    auto* browseButton = new QPushButton(tr("Choose…"), this);
    auto* copyButton = new QPushButton(tr("Copy"), this);
    copyButton->setToolTip(tr("Put the picture on the clipboard"));
    auto* cancelButton = new QPushButton(tr("Cancel"), this);
    for (QPushButton* button : {browseButton, copyButton, cancelButton})
        button->setAutoDefault(false);
    m_save->setDefault(true);

    auto* name = new QHBoxLayout;
    name->setSpacing(8);
    name->addWidget(m_name, 1);
    name->addWidget(browseButton);
    auto* size = new QHBoxLayout;
    size->setSpacing(8);
    size->addWidget(m_size);
    size->addWidget(m_width);
    size->addWidget(makeFieldLabel(u"×"_s, m_height, this));
    size->addWidget(m_height);
    size->addStretch(1);
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(14);
    fields->setVerticalSpacing(10);
    fields->setColumnStretch(1, 1);
    fields->addWidget(makeFieldLabel(tr("File"), m_name, this), 0, 0);
    fields->addLayout(name, 0, 1);
    fields->addWidget(makeFieldLabel(tr("Format"), m_format, this), 1, 0);
    fields->addWidget(m_format, 1, 1, Qt::AlignLeft);
    fields->addWidget(makeFieldLabel(tr("Theme"), m_theme, this), 2, 0);
    fields->addWidget(m_theme, 2, 1, Qt::AlignLeft);
    fields->addWidget(makeFieldLabel(tr("Size"), m_size, this), 3, 0);
    fields->addLayout(size, 3, 1);
    fields->addWidget(m_untilNow, 4, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_message, 1);
    buttons->addWidget(copyButton);
    buttons->addWidget(cancelButton);
    buttons->addWidget(m_save);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 18);
    column->setSpacing(16);
    column->addWidget(m_preview, 0, Qt::AlignCenter);
    column->addLayout(fields);
    column->addLayout(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);

    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(copyButton, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::save);
    connect(m_name, &QLineEdit::textChanged, this, &ExportDialog::check);
    connect(m_format, &QComboBox::activated, this, &ExportDialog::changeEnding);
    connect(m_theme, &QComboBox::currentIndexChanged, this, &ExportDialog::refreshPreview);
    connect(m_size, &QComboBox::currentIndexChanged, this, &ExportDialog::applySize);
    connect(m_width, &QSpinBox::valueChanged, this, &ExportDialog::refreshPreview);
    connect(m_height, &QSpinBox::valueChanged, this, &ExportDialog::refreshPreview);
    connect(m_untilNow, &QCheckBox::toggled, this, &ExportDialog::refreshPreview);
    applySize();
    check();
    m_name->setFocus();
}

QString ExportDialog::fileName() const
{
    return m_name->text().trimmed();
}

void ExportDialog::setFileName(const QString& name)
{
    m_name->setText(name);
}

PictureOptions ExportDialog::options() const
{
    return {.theme = themes[static_cast<std::size_t>(std::max(0, m_theme->currentIndex()))],
            .size = chosenSize(),
            .scaleFactor = 1};
}

QString ExportDialog::message() const
{
    return m_message->text();
}

QSize ExportDialog::chosenSize() const
{
    return {m_width->value(), m_height->value()};
}

std::variant<RunPicture, ComparisonPicture> ExportDialog::picture() const
{
    std::variant<RunPicture, ComparisonPicture> picture = m_subject.picture;
    if (auto* run = std::get_if<RunPicture>(&picture); run && m_subject.moment && m_untilNow->isChecked())
        run->until = m_subject.moment;
    return picture;
}

void ExportDialog::save()
{
    const Result<QString> written
        = std::visit([&](const auto& chosen) { return exportPicture(fileName(), chosen, options()); }, picture());
    if (!written) {
        m_message->setText(QString::fromStdString(written.error().sentence));
        return;
    }
    m_written = *written;
    accept();
}

void ExportDialog::browse()
{
    const QString chosen = QFileDialog::getSaveFileName(
        this, tr("Export"), fileName(), tr("Pictures (*.png *.svg *.pdf)"), nullptr,
        QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        setFileName(chosen);
}

void ExportDialog::changeEnding()
{
    const QFileInfo old(fileName());
    const QString ending = QString::fromLatin1(endings[static_cast<std::size_t>(m_format->currentIndex())]);
    const QString base = old.completeBaseName().isEmpty() ? m_subject.suggestedName : old.completeBaseName();
    setFileName(QDir(old.path()).filePath(base + u'.' + ending));
}

void ExportDialog::applySize()
{
    const auto index = static_cast<std::size_t>(std::max(0, m_size->currentIndex()));
    const bool byHand = index >= sizes.size();
    m_width->setEnabled(byHand);
    m_height->setEnabled(byHand);
    if (!byHand) {
        const QSignalBlocker quiet(m_width);
        m_width->setValue(sizes[index].width());
        m_height->setValue(sizes[index].height() > 0
                               ? sizes[index].height()
                               : std::visit([&](const auto& chosen) { return naturalHeight(chosen, sizes[index].width()); },
                                            picture()));
    }
    refreshPreview();
}

void ExportDialog::copy()
{
    QImage image(chosenSize(), QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    std::visit([&](const auto& chosen) { paintPicture(painter, chosen, theme(options().theme), chosenSize()); },
               picture());
    painter.end();
    QGuiApplication::clipboard()->setImage(image);
    m_message->setText(tr("The picture is on the clipboard."));
}

void ExportDialog::check()
{
    const Result<PictureFormat> format = pictureFormatOf(fileName());
    m_save->setEnabled(static_cast<bool>(format));
    if (format) {
        m_format->setCurrentIndex(static_cast<int>(*format));
        m_message->setText(QFileInfo::exists(fileName()) ? tr("This file exists and will be replaced.") : QString());
    } else {
        m_message->setText(QString::fromStdString(format.error().sentence));
    }
}

void ExportDialog::refreshPreview()
{
    if (!isVisible())
        return; // showEvent() makes the first one, when the widths are known
    const QSize whole = chosenSize();
    const QSize fitting = whole.scaled(previewSize, Qt::KeepAspectRatio);
    QPixmap pixmap(fitting * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    QPainter painter(&pixmap);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const double scale = static_cast<double>(fitting.width()) / whole.width();
    painter.scale(scale, scale);
    std::visit([&](const auto& chosen) { paintPicture(painter, chosen, theme(options().theme), whole); },
               picture());
    painter.end();
    m_preview->setPixmap(pixmap);
}

void ExportDialog::resizeEvent(QResizeEvent* event)
{
    QDialog::resizeEvent(event);
    refreshPreview();
}

void ExportDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    refreshPreview();
}

} // namespace loopscope::ui
