#include "ui/controls.h"
#include "ui/export_dialog.h"
#include "ui/paint_tools.h"
#include "ui/timeline_state.h"

#include "tests/ui/support/window.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QImageReader>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>

#include <set>

using namespace loopscope;
using namespace loopscope::ui;
using namespace loopscope::tests;
using namespace Qt::StringLiterals;

namespace {

template <class W>
W* named(const QWidget& in, const QString& name)
{
    for (W* widget : in.findChildren<W*>())
        if (widget->accessibleName() == name)
            return widget;
    return nullptr;
}

QPushButton* button(const QWidget& in, const QString& text)
{
    for (QPushButton* found : in.findChildren<QPushButton*>())
        if (found->text() == text)
            return found;
    return nullptr;
}

ExportDialog& opened(Window& w)
{
    w.press(Qt::Key_E, Qt::ControlModifier);
    auto* dialog = w.window.findChild<ExportDialog*>();
    REQUIRE(dialog);
    return *dialog;
}

} // namespace

TEST_CASE("what is on screen is offered first: the moment, then the stretch, then all", "[ui][export]")
{
    Window w;
    CHECK(offeredBy(exportSubjectOf(w.store, {800, 400})) == std::vector{ExportWhat::Moment, ExportWhat::Whole});
    w.press(Qt::Key_End);
    w.store.setZoom({0.2, 0.6});
    CHECK(offeredBy(exportSubjectOf(w.store, {800, 400})) == std::vector{ExportWhat::Span, ExportWhat::Whole});
    w.store.timeline().setStretch(stretch_between(position_of(w.store.trace(), 3), position_of(w.store.trace(), 9)));
    const ExportSubject marked = exportSubjectOf(w.store, {800, 400});
    CHECK(offeredBy(marked) == std::vector{ExportWhat::Marked, ExportWhat::Span, ExportWhat::Whole});
    ExportChoices choices;
    choices.what = ExportWhat::Marked;
    const RunPicture part = std::get<RunPicture>(pictureFor(marked, choices));
    CHECK(part.view.low > 0);
    CHECK(part.view.low < part.view.high);
    CHECK(part.view.high < 1);
    REQUIRE(part.part);
    CHECK(part.part->first.step == 3);
    CHECK(part.part->second.step == 9);
    const std::vector<AnimationFrame> frames = framesFor(marked, choices);
    CHECK(frames.front().at.step >= 2);
    CHECK(frames.back().at.step <= 9);
    w.press(Qt::Key_C, Qt::ShiftModifier);
    const ExportSubject subject = exportSubjectOf(w.store, {800, 400});
    CHECK(offeredBy(subject) == std::vector{ExportWhat::Whole});
    CHECK(std::holds_alternative<ComparisonPicture>(subject.picture));
    CHECK(subject.suggestedName == u"waits-one-by-one-before-and-now"_s);
}

TEST_CASE("choices become a picture", "[ui][export]")
{
    Window w;
    w.store.setStep(4);
    const ExportSubject subject = exportSubjectOf(w.store, {800, 400});
    ExportChoices choices;
    choices.what = ExportWhat::Moment;
    choices.code = true;
    choices.legend = false;
    choices.title = u"My title"_s;
    choices.size = ExportSize::A4;
    choices.dpi = 300;
    const auto picture = std::get<RunPicture>(pictureFor(subject, choices));
    REQUIRE(picture.at);
    CHECK(picture.at->step == 4);
    CHECK(picture.moment == u"t = 0.000 s"_s);
    CHECK(picture.event == u"event 4 of %1"_s.arg(w.store.lastStep()));
    CHECK_FALSE(picture.told.isEmpty());
    CHECK_FALSE(picture.seen); // nobody has seen more
    w.store.setReached(9);
    const auto after = std::get<RunPicture>(pictureFor(exportSubjectOf(w.store, {800, 400}), choices));
    REQUIRE(after.seen);
    CHECK(after.seen->step == 9);
    REQUIRE(picture.code);
    CHECK_FALSE(picture.code->lines.isEmpty());
    CHECK_FALSE(picture.legend);
    CHECK(picture.title == u"My title"_s);
    CHECK((QSizeF(optionsFor(subject, choices).size) * optionsFor(subject, choices).scaleFactor).toSize() == QSize(3509, 2481));
    choices.format = ExportFormat::Pdf;
    CHECK(optionsFor(subject, choices).scaleFactor == 1);
    choices.format = ExportFormat::Gif;
    CHECK_FALSE(std::get<RunPicture>(pictureFor(subject, choices)).at);
    CHECK(framesFor(subject, choices).back().at.step == 4);
}

TEST_CASE("a file that exists is replaced only when that was pressed", "[ui][export]")
{
    Window w;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.svg"_s);
    {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write("mine");
    }
    ExportDialog& dialog = opened(w);
    dialog.setFileName(path);
    QTest::mouseClick(button(dialog, u"Save"_s), Qt::LeftButton);
    CHECK(QFileInfo(path).size() == 4);
    CHECK(dialog.message().contains(u"exists"_s));
    REQUIRE(button(dialog, u"Replace"_s));
    QTest::mouseClick(button(dialog, u"Replace"_s), Qt::LeftButton);
    CHECK(QFileInfo(path).size() > 1000);
}

TEST_CASE("the picture goes to the clipboard as an image and as SVG", "[ui][export]")
{
    Window w;
    ExportDialog& dialog = opened(w);
    QTest::mouseClick(button(dialog, u"Copy image"_s), Qt::LeftButton);
    CHECK(QGuiApplication::clipboard()->image().width() == 1440);
    QTest::mouseClick(button(dialog, u"Copy SVG"_s), Qt::LeftButton);
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    REQUIRE(data);
    CHECK(data->data(u"image/svg+xml"_s).contains("<svg"));
}

TEST_CASE("an animation shows its progress and can be stopped; the next one is written", "[ui][export]")
{
    Window w;
    const QTemporaryDir folder;
    w.store.setStep(3);
    ExportDialog& dialog = opened(w);
    const QString path = folder.filePath(u"a.gif"_s);
    dialog.setFileName(path);
    named<Dropdown>(dialog, u"Size"_s)->setCurrentIndex(static_cast<int>(ExportSize::OnScreen));
    QTest::keyClick(named<QLineEdit>(dialog, u"File name"_s), Qt::Key_Return);
    CHECK(dialog.isBusy());
    QTest::keyClick(&dialog, Qt::Key_Escape);
    CHECK_FALSE(dialog.isBusy());
    CHECK(dialog.isVisible());
    CHECK_FALSE(QFile::exists(path));
    QTest::mouseClick(button(dialog, u"Save"_s), Qt::LeftButton);
    REQUIRE(QTest::qWaitFor([&] { return QFile::exists(path); }, 60000));
    QImageReader reader(path);
    CHECK(reader.supportsAnimation());
}

TEST_CASE("what was chosen is remembered", "[ui][export]")
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"a.conf"_s), QSettings::IniFormat);
    ExportChoices choices;
    choices.format = ExportFormat::WebP;
    choices.theme = ThemeName::Print;
    choices.size = ExportSize::Slide;
    choices.dpi = 192;
    choices.code = true;
    choices.folder = u"/tmp"_s;
    saveExportChoices(settings, choices);
    const ExportChoices restored = restoredExportChoices(settings, {});
    CHECK(restored.format == ExportFormat::WebP);
    CHECK(restored.theme == ThemeName::Print);
    CHECK(restored.size == ExportSize::Slide);
    CHECK(restored.dpi == 192);
    CHECK(restored.code);
    settings.setValue(u"export/dpi"_s, u"nonsense"_s);
    settings.setValue(u"export/size"_s, 99);
    CHECK(restoredExportChoices(settings, {}).dpi == 48);
    CHECK(restoredExportChoices(settings, {}).size == ExportSize::ByHand);
}

TEST_CASE("states of the print theme stay apart in grey", "[ui][export]")
{
    const Theme& print = theme(ThemeName::Print);
    const auto grey = [](const QColor& color) { return qGray(color.rgb()); };
    for (const QColor& words : {print.text, print.textMuted, print.textStrong})
        CHECK(std::abs(grey(words) - grey(print.canvas)) > 90);
    // Neighbouring tasks differ in lightness, not only in hue.
    for (int slot = 0; slot + 1 < 4; ++slot)
        CHECK(std::abs(grey(print.task(slot)) - grey(print.task(slot + 1))) >= 12);
    CHECK(std::abs(grey(print.task(0)) - grey(print.canvas)) > 60);
}

TEST_CASE("a turn, a callback and computing look different in every theme, also in grey", "[ui][export]")
{
    const auto darkness = [](SpanKind kind, ColorSlot color, const Theme& look) {
        QImage image(60, 40, QImage::Format_ARGB32_Premultiplied);
        image.fill(look.canvas);
        QPainter painter(&image);
        Bar bar;
        bar.kind = kind;
        bar.box = {4, 4, 52, 32};
        bar.color = color;
        paintBar(painter, bar, look, look.canvas);
        painter.end();
        std::set<int> greys; // inside its edges
        for (int y = 10; y < 30; ++y)
            greys.insert(qGray(image.pixel(30, y)));
        return greys;
    };
    for (const ThemeName name : {ThemeName::Dark, ThemeName::Light, ThemeName::Print}) {
        const Theme& look = theme(name);
        const std::set<int> turn = darkness(SpanKind::Running, 0, look);
        const std::set<int> callback = darkness(SpanKind::Running, -1, look);
        CHECK(turn.size() == 1);
        CHECK(callback.size() == 1);
        CHECK(darkness(SpanKind::Computing, 0, look).size() > 1); // ruled
        if (name == ThemeName::Print)
            CHECK(std::abs(*turn.begin() - *callback.begin()) > 60);
    }
}

TEST_CASE("an animation says how many pictures it has, one or more", "[ui][export]")
{
    Window w;
    ExportDialog& dialog = opened(w);
    const auto told = [&] {
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->text().contains(u" picture"_s))
                return label->text();
        return QString();
    };
    QTest::keyClick(named<Dropdown>(dialog, u"Format"_s), Qt::Key_G); // up to this moment, which is the beginning
    CHECK(told().contains(u", 1 picture, "_s));
    QTest::keyClick(named<Dropdown>(dialog, u"What"_s), Qt::Key_End);
    CHECK(told().contains(u" pictures, "_s));
    CHECK_FALSE(told().contains(u", 1 picture"_s));
}

TEST_CASE("title and caption come back with the same picture, and with no other one", "[ui][export]")
{
    Window w;
    const auto words = [&](ExportDialog& dialog) {
        return std::pair(named<QLineEdit>(dialog, u"Title"_s)->text(), named<QLineEdit>(dialog, u"Caption"_s)->text());
    };
    const auto leave = [](QPointer<ExportDialog> dialog) {
        QTest::keyClick(dialog, Qt::Key_Escape);
        REQUIRE(QTest::qWaitFor([&] { return !dialog; }, 1000));
    };
    ExportDialog& first = opened(w);
    QTest::keyClicks(named<QLineEdit>(first, u"Title"_s), u"My waits"_s);
    QTest::keyClicks(named<QLineEdit>(first, u"Caption"_s), u"Figure 1"_s);
    leave(&first);
    ExportDialog& again = opened(w);
    CHECK(words(again) == std::pair(u"My waits"_s, u"Figure 1"_s));
    leave(&again);
    w.type("2");
    ExportDialog& other = opened(w);
    CHECK(words(other) == std::pair(QString(), QString()));
    leave(&other);
    w.type("1");
    CHECK(words(opened(w)) == std::pair(u"My waits"_s, u"Figure 1"_s));
}
