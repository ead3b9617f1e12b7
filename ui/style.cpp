#include "ui/style.h"

#include "ui/marked_text.h"
#include "ui/unbroken.h"

#include <QIconEngine>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QVariant>
#include <QWidget>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

void paintGlyph(QPainter& painter, Glyph glyph, const QColor& color)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const auto triangle = [&](double tip, double base) {
        QPainterPath path(QPointF(tip, 8));
        path.lineTo(base, 2.5);
        path.lineTo(base, 13.5);
        path.closeSubpath();
        painter.drawPath(path);
    };
    const auto wall = [&](double x) { painter.drawRoundedRect(QRectF(x, 2.5, 2, 11), 1, 1); };

    switch (glyph) {
    case Glyph::First: // two triangles for the ends, one with a wall behind it for a step, one alone plays
        wall(0.5);
        triangle(3, 9);
        triangle(9, 15);
        break;
    case Glyph::Back:
        triangle(1.5, 9.5);
        wall(11.5);
        break;
    case Glyph::Play:
        triangle(13.5, 3.5);
        break;
    case Glyph::Pause:
        painter.drawRoundedRect(QRectF(3.5, 2.5, 3.2, 11), 1, 1);
        painter.drawRoundedRect(QRectF(9.3, 2.5, 3.2, 11), 1, 1);
        break;
    case Glyph::Forward:
        wall(2.5);
        triangle(14.5, 6.5);
        break;
    case Glyph::Last:
        triangle(7, 1);
        triangle(13, 7);
        wall(13.5);
        break;
    case Glyph::Theme: {
        painter.drawChord(QRectF(2, 2, 12, 12), 90 * 16, 180 * 16);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.5));
        painter.drawEllipse(QRectF(2.75, 2.75, 10.5, 10.5));
        break;
    }
    case Glyph::Search:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap));
        painter.drawEllipse(QRectF(2.5, 2.5, 8, 8));
        painter.drawLine(QPointF(9.5, 9.5), QPointF(13.2, 13.2));
        break;
    case Glyph::Reset: {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawArc(QRectF(3, 3, 10, 10), -60 * 16, 290 * 16);
        QPainterPath tip(QPointF(3.2, 2.6));
        tip.lineTo(3.6, 6.2);
        tip.lineTo(7.2, 5.8);
        painter.drawPath(tip);
        break;
    }
    case Glyph::Down: {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        QPainterPath tip(QPointF(4.5, 6.5));
        tip.lineTo(8, 10);
        tip.lineTo(11.5, 6.5);
        painter.drawPath(tip);
        break;
    }
    }
}

/// Draws at the size asked for: a pixmap made once would blur at other scale factors.
class GlyphEngine final : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, const QColor& color, const QColor& disabled)
        : m_glyph(glyph)
        , m_color(color)
        , m_disabled(disabled)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        const double scale = std::min(rect.width(), rect.height()) / 16.0; // glyphs are 16 × 16
        painter->scale(scale, scale);
        paintGlyph(*painter, m_glyph, mode == QIcon::Disabled ? m_disabled : m_color);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new GlyphEngine(*this); }

private:
    Glyph m_glyph;
    QColor m_color;
    QColor m_disabled;
};

/// Fills in the {roles} of a style sheet.
class SheetText {
public:
    explicit SheetText(QString text)
        : m_text(std::move(text))
    {
    }
    SheetText& with(const char* role, const QColor& color)
    {
        return with(role, color.alpha() == 255
                        ? color.name()
                        : u"rgba(%1, %2, %3, %4)"_s.arg(color.red())
                              .arg(color.green())
                              .arg(color.blue())
                              .arg(color.alphaF(), 0, 'f', 3));
    }
    SheetText& with(const char* role, const QString& value)
    {
        m_text.replace(u'{' + QLatin1StringView(role) + u'}', value);
        return *this;
    }
    [[nodiscard]] QString text() const { return m_text; }

private:
    QString m_text;
};

constexpr const char* sheet = R"(
* { font-family: {words}; font-size: 13px; }
QMainWindow, QDialog { background: {window}; }
QToolTip { background: {raised}; color: {text}; border: 1px solid {lineStrong}; padding: 4px 6px; }
QLabel { color: {text}; }
QFrame[role="popover"] { background: {raised}; border: 1px solid {lineStrong}; border-radius: 8px; }
QFrame[role="popover"] QListView { background: transparent; }
QFrame[role="popover"] QListView::item { min-height: 24px; }
QFrame[role="popover"] QListView::item:selected { background: {selected}; color: {textStrong}; }
QLabel[role="stopped"] { color: {error}; font-weight: 600; }
QLabel[role="brand"] { color: {textStrong}; font-size: 17px; font-weight: 600; }
QLabel[role="lesson"] { color: {textMuted}; font-size: 13px; }
QLabel[role="heading"] { color: {textStrong}; font-weight: 600; }
QLabel[role="section"] { color: {textFaint}; font-size: 11px; font-weight: 600; }
QLabel[role="muted"] { color: {textMuted}; }
QLabel[role="small"] { color: {textMuted}; font-size: 11px; }
QLabel[role="code"] { color: {textMuted}; font-family: {code}; font-size: 12px; }
QLabel[role="clock"] { color: {textStrong}; font-family: {code}; font-size: 12px; }
QToolButton[role="stepper"] { min-height: 22px; max-height: 22px; min-width: 26px; border-radius: 6px; }
QLabel[role="key"] { color: {textStrong}; background: {raised}; border: 1px solid {lineStrong};
    border-radius: 5px; padding: 2px 7px; font-family: {code}; font-size: 12px; }
QFrame[role="notice"] { background: {raised}; border: 1px solid {lineStrong}; border-left: 4px solid {ok}; }
QLabel[role="hint"] { background: {raised}; color: {ink}; border: 1px solid {lineStrong}; border-radius: 8px; padding: 8px 14px; }
QFrame[role="notice-error"] { background: {raised}; border: 1px solid {lineStrong}; border-left: 4px solid {error}; }

QWidget[role="bar"] { background: {window}; border-bottom: 1px solid {line}; }
QWidget[role="side"] { background: {window}; }
QWidget[role="canvas"] { background: {canvas}; }
QWidget[role="panel"] { background: {panel}; }
QSplitter::handle { background: {line}; }
QSplitter::handle:hover { background: {accent}; }
QAbstractScrollArea { background: transparent; border: none; }
QScrollArea[role="text"] { border: 1px solid transparent; }
QScrollArea[role="text"]:focus { border: 1px solid {accent}; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }

QPushButton, QToolButton { background: {raised}; color: {text}; border: 1px solid {lineStrong};
    border-radius: 8px; padding: 0px 14px; min-height: 30px; }
QToolButton { padding: 0px; min-width: 32px; }
QPushButton:hover, QToolButton:hover { background: {hover}; }
QPushButton:pressed, QToolButton:pressed { background: {field}; }
QPushButton:focus, QToolButton:focus, QComboBox:focus { border: 1px solid {accent}; }
QPushButton:disabled, QToolButton:disabled { color: {textFaint}; background: transparent;
    border-color: {line}; }
QPushButton[role="play"], QToolButton[role="play"] { background: {playhead}; border-color: {playhead}; }
QToolButton[role="play"]:hover { background: {playheadHover}; border-color: {playheadHover}; }
QToolButton[role="play"]:focus { border: 2px solid {textStrong}; }
QPushButton:default { background: {accent}; color: {onAccent}; border-color: {accent};
    font-weight: 600; }
QPushButton:default:disabled { color: {textFaint}; background: transparent; border-color: {line}; }
QPushButton[role="link"], QToolButton[role="link"] { background: transparent; border: none;
    color: {accent}; padding: 2px 4px; min-height: 18px; }
QToolButton[role="link"] { min-width: 0px; }
QPushButton[role="link"]:hover { color: {textStrong}; }
QPushButton[role="link"]:disabled { color: {textFaint}; background: transparent; }
QPushButton[role="link"]:focus { text-decoration: underline; }

QFrame[role="segments"] { background: {raised}; border: 1px solid {lineStrong}; border-radius: 9px; }
QFrame[role="segments"] > QPushButton { background: transparent; border: none; border-radius: 6px;
    padding: 0px 9px; min-height: 26px; color: {textMuted}; }
QFrame[role="segments"] > QPushButton:hover { color: {textStrong}; background: {hover}; }
QFrame[role="segments"] > QPushButton:checked { background: {accent}; color: {onAccent};
    font-weight: 600; }
QFrame[role="segments"] > QPushButton:focus { border: 1px solid {accent}; }
QFrame[role="segments"] > QPushButton:checked:focus { border: 1px solid {textStrong}; }

QFrame[role="tabs"] > QPushButton { background: transparent; border: none; border-radius: 6px;
    color: {textMuted}; padding: 0px 14px; min-height: 26px; }
QFrame[role="tabs"] > QPushButton:hover { color: {textStrong}; }
QFrame[role="tabs"] > QPushButton:checked { background: {selected}; color: {textStrong};
    font-weight: 600; }
QFrame[role="tabs"] > QPushButton:focus { border: 1px solid {accent}; }

QComboBox { background: {raised}; color: {text}; border: 1px solid {lineStrong}; border-radius: 8px;
    padding: 0px 10px; min-height: 30px; }
QComboBox:hover { background: {hover}; }
QComboBox:disabled { color: {textFaint}; background: transparent; border-color: {line}; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: {raised}; color: {text}; border: 1px solid {lineStrong};
    selection-background-color: {selected}; selection-color: {textStrong}; outline: none;
    padding: 4px; }
QMenu { background: {raised}; color: {text}; border: 1px solid {lineStrong}; padding: 4px; }
QMenu::item { padding: 6px 18px; border-radius: 4px; }
QMenu::item:selected { background: {selected}; color: {textStrong}; }

QSpinBox, QDoubleSpinBox { color: {text}; }
QLineEdit, QSpinBox, QDoubleSpinBox { background: {raised};
    border: 1px solid {lineStrong}; border-radius: 8px; padding: 0px 10px; min-height: 30px;
    selection-background-color: {accent}; selection-color: {onAccent}; }
QLineEdit:disabled, QSpinBox:disabled { color: {textFaint}; background: transparent; border-color: {line}; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 1px solid {accent}; }
QSpinBox::up-button, QSpinBox::down-button { width: 0px; border: none; }

QSlider { min-height: 18px; background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: {lineStrong}; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: {accent}; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -4px 0px; border-radius: 6px;
    background: {textStrong}; }
QSlider::handle:horizontal:hover { background: {accent}; }
QSlider::handle:horizontal:focus { background: {accent}; border: 1px solid {textStrong};
    width: 12px; height: 12px; margin: -5px 0px; border-radius: 7px; }
QSlider::sub-page:horizontal:disabled { background: {textFaint}; }
QSlider[role="blend"]::sub-page:horizontal { background: {lineStrong}; }
QSlider[role="blend"]::handle:horizontal { background: {accent}; }

QTabWidget::tab-bar { left: 14px; }
QTabWidget::pane { border: none; border-top: 1px solid {line}; background: transparent; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: {textMuted}; padding: 7px 2px; margin-right: 7px;
    border: none; border-bottom: 2px solid transparent; font-size: 13px; }
QTabBar::tab:hover { color: {textStrong}; }
QTabBar::tab:selected { color: {textStrong}; border-bottom: 2px solid {playhead}; }
QTabBar::tab:focus { border-bottom: 2px solid {accent}; }

QAbstractItemView { background: transparent; color: {text}; border: none; outline: none;
    selection-background-color: {selected}; selection-color: {textStrong}; }
QListView[role="lines"] { background: {field}; border: 1px solid {lineStrong}; border-radius: 8px; padding: 4px;
    font-family: {code}; }
QListView[role="lines"]:focus { border: 1px solid {accent}; }
QListView[role="lines"]::item { padding: 5px 6px; border-radius: 5px; color: {textStrong}; }
QListView[role="lines"]::item:hover { background: {hover}; }
QListView[role="lines"]::item:selected { background: {selected}; color: {textStrong}; }
QLabel[role="given"] { color: {text}; background: {panel}; border: 1px solid {line}; border-radius: 8px; padding: 8px 10px;
    font-family: {code}; }
QHeaderView::section { background: transparent; color: {textFaint}; border: none;
    font-size: 11px; padding: 4px 6px; }
QTableView[role="tight"] QHeaderView::section { padding: 4px 3px; }
QTableView[role="tight"] QHeaderView::up-arrow, QTableView[role="tight"] QHeaderView::down-arrow { width: 0px; height: 0px; }
QScrollBar:vertical { background: transparent; width: 9px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 9px; margin: 0px; }
QScrollBar::handle { background: {lineStrong}; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: {textFaint}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QFrame[role="card"] { background: {raised}; border: 1px solid {line}; border-radius: 10px; }
QFrame[role="just-now"] { background: {raised}; border: 1px solid {line}; border-left: 4px solid {accent};
    border-top-right-radius: 8px; border-bottom-right-radius: 8px; }
QFrame[role="just-now-failed"] { background: {raised}; border: 1px solid {line}; border-left: 4px solid {error};
    border-top-right-radius: 8px; border-bottom-right-radius: 8px; }
QFrame[role="predict"] { background: {panel}; border: 1px solid {playhead}; border-radius: 10px; }
QFrame[role="predict"]:focus { border: 2px solid {playhead}; }
QLabel[role="predict"] { color: {warning}; font-size: 11px; font-weight: 600; background: transparent; border: none; }
QFrame[role="challenge"] { background: {window}; border: 1px solid {line}; border-radius: 10px; }
QFrame[role="solved"] { background: {panel}; border: 1px solid {ok}; border-radius: 10px; }
QLabel[role="headline"] { color: {accent}; font-size: 11px; font-weight: 600; }
QLabel[role="sentence"] { color: {textStrong}; font-size: 14px; }
QLabel[role="remark"] { color: {textStrong}; background: transparent; border-left: 3px solid {playhead}; padding-left: 8px; }
QLabel[role="alarm"] { color: {textStrong}; background: {field}; border-left: 3px solid {error}; padding: 5px 8px;
    margin-right: 10px; }
QPushButton[role="chip"] { background: {field}; color: {textMuted}; border: 1px solid {line}; border-radius: 6px;
    padding: 0px 8px; min-height: 20px; min-width: 0px; font-size: 11px; }
QPushButton[role="chip"]:hover { color: {textStrong}; border-color: {accent}; }
QPushButton[role="chip"]:focus { color: {textStrong}; border-color: {accent}; }
QPushButton[role="slim"], QToolButton[role="slim"] { min-height: 22px; border-radius: 6px; padding: 0px 8px;
    font-size: 12px; }
QToolButton[role="slim"] { min-width: 0px; }
QPushButton[role="sign"] { padding: 0px 8px; }
QLineEdit > QToolButton { min-width: 0px; min-height: 0px; background: transparent; border: none; }
QPushButton[role="slim"]:checked { background: {selected}; color: {textStrong}; border-color: {accent}; }
QToolButton[role="slim"]::menu-indicator { image: none; width: 0px; }
QLineEdit[role="slim"] { min-height: 22px; border-radius: 6px; padding: 0px 8px; font-size: 12px; }
QLabel[role="right"] { color: {ok}; font-weight: 600; }
QLabel[role="wrong"] { color: {error}; font-weight: 600; }
QRadioButton { color: {text}; spacing: 8px; padding: 3px 0px; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid {textFaint}; border-radius: 7px;
    background: {field}; }
QRadioButton::indicator:checked { background: {accent}; border: 1px solid {accent}; }
QRadioButton:focus { color: {textStrong}; }
QRadioButton::indicator:focus { border: 1px solid {textStrong}; }
QRadioButton:disabled { color: {textMuted}; }
QCheckBox { color: {text}; spacing: 8px; }
QCheckBox::indicator, QListView::indicator { width: 14px; height: 14px; border: 1px solid {textFaint}; border-radius: 4px;
    background: {field}; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: {accent}; border-color: {accent}; }
QCheckBox::indicator:focus { border-color: {textStrong}; }
)";

} // namespace

const Theme& themeOf(const Store& store)
{
    return theme(store.isDark() ? ThemeName::Dark : ThemeName::Light);
}

QString styleSheetFor(const Theme& theme)
{
    return SheetText(QString::fromUtf8(sheet))
        .with("words", wordFamilies())
        .with("code", codeFamilies())
        .with("window", theme.window)
        .with("canvas", theme.canvas)
        .with("panel", theme.panel)
        .with("raised", theme.raised)
        .with("field", theme.field)
        .with("hover", theme.hover)
        .with("selected", theme.selected)
        .with("line", theme.line)
        .with("lineStrong", theme.lineStrong)
        .with("textStrong", theme.textStrong)
        .with("text", theme.text)
        .with("textMuted", theme.textMuted)
        .with("textFaint", theme.textFaint)
        .with("accent", theme.accent)
        .with("onAccent", theme.onAccent)
        .with("playhead", theme.playhead)
        .with("playheadHover", theme.playhead.lighter(108))
        .with("error", theme.error)
        .with("warning", theme.warning)
        .with("ok", theme.ok)
        .text();
}

QPalette paletteFor(const Theme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.panel);
    palette.setColor(QPalette::AlternateBase, theme.canvasAlt);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.textFaint);
    palette.setColor(QPalette::Button, theme.raised);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.error);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::ToolTipBase, theme.raised);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, theme.line);
    palette.setColor(QPalette::Light, theme.hover);
    palette.setColor(QPalette::Shadow, theme.field);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.textFaint);
    return palette;
}

QString richText(const std::string& text)
{
    const QStringList parts = unbroken(QString::fromStdString(text).toHtmlEscaped()).split(u'`');
    QString rich;
    for (qsizetype i = 0; i < parts.size(); ++i) // every other part stood between backticks
        rich += i % 2 == 0 ? parts[i] : u"<code>%1</code>"_s.arg(parts[i]);
    return codeStyle()
        + u"<p style=\"line-height: 20px; -qt-line-height-type: fixed; margin: 0px;\">%1</p>"_s.arg(rich);
}

QString plainText(const std::string& text) { return QString::fromStdString(text).remove(u'`'); }

void setRole(QWidget* widget, const char* role)
{
    widget->setProperty("role", QString::fromLatin1(role));
    if (!qobject_cast<QLabel*>(widget)) // the style sheet asks for it itself where a label has more than words
        widget->setAttribute(Qt::WA_StyledBackground);
}

QIcon glyphIcon(Glyph glyph, const QColor& color, const QColor& disabled)
{
    return QIcon(new GlyphEngine(glyph, color, disabled));
}

} // namespace loopscope::ui
