#include "ui/marked_text.h"

#include "ui/theme.h"

#include <QColor>
#include <QTextFormat>
#include <QXmlStreamReader>

#include <utility>
#include <vector>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int codePixels = 12; // in words of 13

/// A name and what it is set to, of `name: value; name: value`.
struct Declaration {
    QStringView name;
    QStringView value;
};

std::optional<std::vector<Declaration>> declarations(QStringView style)
{
    std::vector<Declaration> found;
    for (const QStringView part : style.split(u';', Qt::SkipEmptyParts)) {
        if (part.trimmed().isEmpty())
            continue;
        const qsizetype colon = part.indexOf(u':');
        if (colon < 0)
            return {};
        found.push_back({part.first(colon).trimmed(), part.sliced(colon + 1).trimmed()});
    }
    return found;
}

std::optional<double> pixels(QStringView value)
{
    bool valid = false;
    const double number = value.endsWith("px"_L1) ? value.chopped(2).toDouble(&valid) : 0;
    return valid ? std::optional(number) : std::nullopt;
}

class Reader {
public:
    explicit Reader(const QString& rich)
        : m_xml(u"<text>"_s + rich + u"</text>"_s)
    {
    }

    std::optional<MarkedText> read()
    {
        m_formats.emplace_back();
        bool known = m_xml.readNextStartElement();
        while (known && !m_xml.atEnd()) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::StartElement:
                known = open();
                break;
            case QXmlStreamReader::EndElement:
                m_isOver = m_isOver || m_xml.name() == "p"_L1;
                if (m_formats.size() > 1)
                    m_formats.pop_back();
                break;
            case QXmlStreamReader::Characters:
                known = !m_isOver || m_xml.text().trimmed().isEmpty();
                add(m_xml.text());
                break;
            case QXmlStreamReader::EndDocument:
                break;
            default:
                known = false;
            }
        }
        if (!known || m_xml.hasError())
            return {};
        while (m_read.text.endsWith(u' '))
            m_read.text.chop(1);
        return m_read;
    }

private:
    bool open()
    {
        if (m_isOver)
            return false; // what follows a paragraph is another one
        const QStringView tag = m_xml.name();
        QTextCharFormat format = m_formats.back();
        bool known = true;
        if (tag == "style"_L1) {
            m_hasCode = u"<style>%1</style>"_s.arg(m_xml.readElementText()) == codeStyle();
            return m_hasCode && m_read.text.isEmpty();
        }
        if (tag == "p"_L1)
            known = m_read.text.isEmpty() && m_formats.size() == 1 && !std::exchange(m_hasParagraph, true) && line();
        else if (tag == "b"_L1)
            format.setFontWeight(QFont::Bold);
        else if (tag == "i"_L1)
            format.setFontItalic(true);
        else if (tag == "code"_L1)
            known = m_hasCode && code(format);
        else if (tag != "span"_L1)
            known = false;
        if (known && tag != "p"_L1)
            known = words(format);
        m_formats.push_back(format);
        return known;
    }

    static bool code(QTextCharFormat& format)
    {
        format.setFontFamilies(codeFont(TextSize::Normal).families());
        format.setProperty(QTextFormat::FontPixelSize, codePixels);
        return true;
    }

    bool line()
    {
        const auto style = declarations(m_xml.attributes().value("style"_L1));
        if (!style || m_xml.attributes().size() != 1)
            return false;
        double height = 0;
        bool isFixed = false;
        bool isTight = false; // else what is above and below is not nothing
        for (const auto& [name, value] : *style) {
            if (name == "line-height"_L1) {
                const std::optional<double> told = pixels(value);
                if (!told)
                    return false;
                height = *told;
            } else if (name == "-qt-line-height-type"_L1)
                isFixed = value == "fixed"_L1;
            else if (name == "margin"_L1)
                isTight = pixels(value) == 0.0;
            else
                return false;
        }
        m_read.lineHeight = height;
        return isFixed && isTight && height > 0; // as richText() has it
    }

    bool words(QTextCharFormat& format) const
    {
        const QXmlStreamAttributes attributes = m_xml.attributes();
        if (attributes.size() > (attributes.hasAttribute("style"_L1) ? 1 : 0))
            return false;
        const auto style = declarations(attributes.value("style"_L1));
        if (!style)
            return false;
        for (const auto& [name, value] : *style) {
            bool valid = true;
            if (const QColor color = QColor::fromString(value); name == "color"_L1 && color.isValid())
                format.setForeground(color);
            else if (const int weight = value.toInt(&valid); name == "font-weight"_L1 && valid)
                format.setFontWeight(weight);
            else
                return false;
        }
        return true;
    }

    // Any number of blanks and line ends is one blank, none at the begin.
    void add(QStringView characters)
    {
        const auto from = static_cast<int>(m_read.text.size());
        for (const QChar c : characters) {
            const bool blank = c == u' ' || c == u'\n' || c == u'\t' || c == u'\r';
            if (!blank)
                m_read.text += c;
            else if (!m_read.text.isEmpty() && m_read.text.back() != u' ')
                m_read.text += u' ';
        }
        const auto length = static_cast<int>(m_read.text.size()) - from;
        if (length > 0 && m_formats.back().propertyCount() > 0)
            m_read.marks.push_back({from, length, m_formats.back()});
    }

    QXmlStreamReader m_xml;
    MarkedText m_read;
    std::vector<QTextCharFormat> m_formats; // of the open tags, the innermost last
    bool m_hasCode = false;
    bool m_hasParagraph = false;
    bool m_isOver = false; // the paragraph is closed
};

} // namespace

QString codeStyle()
{
    return u"<style>code { font-family: %1; font-size: %2px; }</style>"_s.arg(codeFamilies()).arg(codePixels);
}

std::optional<MarkedText> markedText(const QString& rich) { return Reader(rich).read(); }

} // namespace loopscope::ui
