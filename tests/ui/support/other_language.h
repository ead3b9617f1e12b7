#pragma once

#include <QCoreApplication>
#include <QSet>
#include <QStringList>
#include <QTranslator>

#include <algorithm>

namespace loopscope::tests {

/// Languages that nobody speaks, for what must hold in every one of them. While an object of this class
/// lives, tr() asks it, and it remembers what it said.
class Language : public QTranslator {
public:
    Language() { QCoreApplication::installTranslator(this); }
    ~Language() override { QCoreApplication::removeTranslator(this); }

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char*, const char* source, const char*, int) const override
    {
        const QString words = said(QString::fromUtf8(source));
        m_all.insert(words);
        return words;
    }

    /// What it says for these words.
    [[nodiscard]] virtual QString said(const QString& english) const { return english; }

    /// Whether `start`, with which a painted text breaks off, is how something begins that it said and
    /// that goes on.
    [[nodiscard]] bool goesOnAfter(const QString& start) const
    {
        if (m_all.contains(start + QChar(u'…')))
            return false; // it ends so by itself
        return std::any_of(m_all.cbegin(), m_all.cend(), [&](const QString& words) {
            return words.size() > start.size() && words.startsWith(start)
                && words[start.size()] != QChar(u'…');
        });
    }

    /// Whether some of these words are its own; others are names, numbers and what a lesson says.
    [[nodiscard]] bool speaksIn(const QString& text) const
    {
        return std::any_of(m_all.cbegin(), m_all.cend(), [&](const QString& words) {
            const QStringList parts = words.split(QLatin1Char('%'));
            return std::any_of(parts.begin(), parts.end(), [&](const QString& part) {
                return part.trimmed().size() > 3 && text.contains(part.trimmed(), Qt::CaseInsensitive);
            });
        });
    }

private:
    mutable QSet<QString> m_all;
};

/// English with accents and a third more letters, as other languages have. What stands for something
/// else, like %1, a tag or the & before a letter to press, is left as it is.
class LongLanguage final : public Language {
public:
    [[nodiscard]] QString said(const QString& english) const override
    {
        QString words;
        int letters = 0;
        for (qsizetype i = 0; i < english.size(); ++i) {
            const qsizetype kept = keptAt(english, i);
            if (kept > 0) {
                words += english.sliced(i, kept);
                i += kept - 1;
                continue;
            }
            const QChar letter = withAccent(english[i]);
            words += letter;
            if (english[i].isLetter() && letters++ % 3 == 0)
                words += letter.toLower();
        }
        return words;
    }

private:
    /// How many characters from here stand for something else.
    static qsizetype keptAt(const QString& words, qsizetype at)
    {
        const auto upTo = [&](QChar end) {
            const qsizetype found = words.indexOf(end, at);
            return found < 0 ? 0 : found - at + 1;
        };
        if (words[at] == QLatin1Char('%') && at + 1 < words.size()
            && (words[at + 1].isDigit() || words[at + 1] == QLatin1Char('n') || words[at + 1] == QLatin1Char('L')))
            return words[at + 1] == QLatin1Char('L') && at + 2 < words.size() ? 3 : 2;
        if (words[at] == QLatin1Char('<'))
            return upTo(QLatin1Char('>'));
        if (words[at] == QLatin1Char('*')) // the ending of a file in a filter
            return 5;
        return 0;
    }

    static QChar withAccent(QChar letter)
    {
        static const QString plain = QStringLiteral("aeiouyncszAEIOUYNCSZ");
        static const QString accented = QStringLiteral("äéïöüýñčšžÄÉÏÖÜÝÑČŠŽ");
        const qsizetype at = plain.indexOf(letter);
        return at < 0 ? letter : accented[at];
    }
};

} // namespace loopscope::tests
