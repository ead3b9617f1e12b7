#include "ui/export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QImageWriter>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace loopscope::ui {
namespace {

struct Export {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Export)
};

constexpr int unitsPerInch = 96;

QString titleOf(const RunPicture& picture) { return picture.title; }
QString titleOf(const ComparisonPicture& picture) { return picture.title; }

/// What a screen reader says about the file.
QString descriptionOf(const RunPicture& picture)
{
    return Export::tr("Timeline of one run: %1. %2").arg(picture.subtitle, picture.caption).trimmed();
}
QString descriptionOf(const ComparisonPicture& picture)
{
    const CompareWords& w = picture.words;
    return Export::tr("Two runs on one time axis: %1 takes %2, %3 takes %4. %5 %6")
        .arg(QString::fromStdString(w.title_a), QString::fromStdString(w.total_a), QString::fromStdString(w.title_b),
             QString::fromStdString(w.total_b), QString::fromStdString(w.verdict), QString::fromStdString(w.reason))
        .trimmed();
}

template <class P>
QByteArray pngBytes(const P& picture, QSize size, const PictureOptions& options)
{
    QImage image((QSizeF(size) * options.scaleFactor).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.setDevicePixelRatio(options.scaleFactor);
    const int dotsPerMeter = static_cast<int>(std::lround(unitsPerInch * options.scaleFactor / 0.0254));
    image.setDotsPerMeterX(dotsPerMeter); // else it would be the screen's
    image.setDotsPerMeterY(dotsPerMeter);
    image.fill(theme(options.theme).canvas);
    {
        QPainter painter(&image);
        paintPicture(painter, picture, theme(options.theme), size);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    writer.setText(QStringLiteral("Title"), titleOf(picture));
    return writer.write(image) ? bytes : QByteArray();
}

/// Qt names only the font that it found here; elsewhere the picture needs others to fall back on.
QByteArray withFontFallbacks(const QByteArray& svg)
{
    QString text = QString::fromUtf8(svg);
    const auto families = [](QString list) { return list.replace(QLatin1Char('"'), QLatin1Char('\'')); };
    const QString code = families(codeFamilies());
    const QString words = families(wordFamilies());
    static const QRegularExpression family(QStringLiteral("font-family=\"([^\"]*)\""));
    qsizetype from = 0;
    for (QRegularExpressionMatch match; (match = family.match(text, from)).hasMatch();) {
        const QString& list = match.captured(1).contains(QLatin1String("Mono")) ? code : words;
        text.replace(match.capturedStart(1), match.capturedLength(1), list);
        from = match.capturedStart(1) + list.size();
    }
    return text.toUtf8();
}

// Stand-ins: whether QSvgGenerator escapes these two depends on the version of Qt.
constexpr char titleStandIn[] = "loopscope-title";
constexpr char descriptionStandIn[] = "loopscope-description";

template <class P>
QByteArray svgBytes(const P& picture, QSize size, const PictureOptions& options)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setResolution(unitsPerInch);
        generator.setSize(size);
        generator.setViewBox(QRect(QPoint(0, 0), size));
        generator.setTitle(QLatin1String(titleStandIn));
        generator.setDescription(QLatin1String(descriptionStandIn));
        QPainter painter(&generator);
        paintPicture(painter, picture, theme(options.theme), size);
    }
    bytes.replace(titleStandIn, titleOf(picture).toHtmlEscaped().toUtf8());
    bytes.replace(descriptionStandIn, descriptionOf(picture).toHtmlEscaped().toUtf8());
    return withFontFallbacks(bytes);
}

/// Takes the moment of writing and the random ids out of a PDF. Each is replaced by as many
/// characters as it had, because the file's index counts bytes.
QByteArray withoutTraces(QByteArray pdf)
{
    const QString text = QString::fromLatin1(pdf);
    const auto blank = [&](const QRegularExpression& pattern, QLatin1String digits) {
        for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            qsizetype written = 0;
            for (qsizetype i = match.capturedStart(1); i < match.capturedEnd(1); ++i) {
                const char old = pdf[i];
                if ((old >= '0' && old <= '9') || (old >= 'a' && old <= 'f') || (old >= 'A' && old <= 'F'))
                    pdf[i] = written < digits.size() ? digits[written++].toLatin1() : '0';
            }
        }
    };
    const QLatin1String aDate("20000101"); // a date has to be one
    static const QRegularExpression info(QStringLiteral("/(?:CreationDate|ModDate)\\s*\\(D:([0-9+'Z-]+)\\)"));
    static const QRegularExpression xmp(QStringLiteral("xmp:(?:CreateDate|ModifyDate|MetadataDate)(?:>|=\")([0-9T:+.-]+)"));
    static const QRegularExpression uuid(QStringLiteral("uuid:([0-9a-fA-F-]+)"));
    static const QRegularExpression trailer(QStringLiteral("/ID\\s*\\[([^\\]]*)\\]"));
    blank(info, aDate);
    blank(xmp, aDate);
    blank(uuid, QLatin1String());
    blank(trailer, QLatin1String());
    return pdf;
}

template <class P>
QByteArray pdfBytes(const P& picture, QSize size, const PictureOptions& options)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(unitsPerInch);
        writer.setTitle(titleOf(picture));
        writer.setCreator(QStringLiteral("Loopscope"));
        const QSizeF points = QSizeF(size) * 72.0 / unitsPerInch;
        writer.setPageLayout(QPageLayout(QPageSize(points, QPageSize::Point, QString(), QPageSize::ExactMatch),
                                         QPageLayout::Portrait, QMarginsF(0, 0, 0, 0)));
        QPainter painter(&writer);
        paintPicture(painter, picture, theme(options.theme), size);
    }
    return withoutTraces(bytes);
}

template <class P>
QByteArray bytesOf(const P& picture, PictureFormat format, const PictureOptions& options)
{
    QSize size = options.size;
    if (size.height() == 0)
        size.setHeight(naturalHeight(picture, size.width()));
    switch (format) {
    case PictureFormat::Png: return pngBytes(picture, size, options);
    case PictureFormat::Svg: return svgBytes(picture, size, options);
    case PictureFormat::Pdf: return pdfBytes(picture, size, options);
    }
    return {};
}

Error failure(const QString& fileName, const QString& reason)
{
    return {Export::tr("Could not write \"%1\": %2.").arg(fileName, reason).toStdString()};
}

/// Why a file cannot be written, in words for somebody who chose its name.
QString hindrance(const QString& fileName, const QString& systemWords)
{
    const QFileInfo file(fileName);
    const QFileInfo folder(file.absolutePath());
    if (!folder.exists())
        return Export::tr("the folder does not exist");
    if (!folder.isDir())
        return Export::tr("\"%1\" is not a folder").arg(folder.fileName());
    if (file.isDir())
        return Export::tr("there is a folder of this name");
    if (!folder.isWritable())
        return Export::tr("the folder is read-only");
    if (file.exists() && !file.isWritable())
        return Export::tr("the file is read-only");
    QString words = systemWords;
    while (words.endsWith(QLatin1Char('.')))
        words.chop(1);
    return words;
}

std::optional<Error> sizeError(const PictureOptions& options)
{
    const QSize size = options.size;
    const bool tallEnough = size.height() == 0
        || (size.height() >= smallestPicture.height() && size.height() <= largestPicture.height());
    if (size.width() >= smallestPicture.width() && size.width() <= largestPicture.width() && tallEnough)
        return std::nullopt;
    return Error{Export::tr("A picture of %1x%2 cannot be drawn: the smallest is %3x%4, the largest %5x%6.")
                     .arg(size.width()).arg(size.height())
                     .arg(smallestPicture.width()).arg(smallestPicture.height())
                     .arg(largestPicture.width()).arg(largestPicture.height())
                     .toStdString()};
}

template <class P>
Result<QString> writePicture(const QString& fileName, const P& picture, const PictureOptions& options)
{
    const Result<PictureFormat> format = pictureFormatOf(fileName);
    if (!format)
        return format.error();
    if (const std::optional<Error> error = sizeError(options))
        return *error;

    // Asked before the work rather than after it.
    if (const std::optional<Error> error = whyNotWritable(fileName))
        return *error;
    return writeFile(fileName, bytesOf(picture, *format, options));
}

} // namespace

std::optional<Error> whyNotWritable(const QString& fileName)
{
    QSaveFile file(fileName); // writes nothing unless it is told to
    if (!file.open(QIODevice::WriteOnly))
        return failure(fileName, hindrance(fileName, file.errorString()));
    return std::nullopt;
}

Result<QString> writeFile(const QString& fileName, const QByteArray& bytes)
{
    if (bytes.isEmpty())
        return failure(fileName, Export::tr("there is not enough memory for a picture of this size"));
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(fileName, hindrance(fileName, file.errorString()));
    return QFileInfo(fileName).absoluteFilePath();
}

Result<PictureFormat> pictureFormatOf(const QString& fileName)
{
    const QString ending = QFileInfo(fileName).suffix().toLower();
    if (ending == QLatin1String("png"))
        return PictureFormat::Png;
    if (ending == QLatin1String("svg"))
        return PictureFormat::Svg;
    if (ending == QLatin1String("pdf"))
        return PictureFormat::Pdf;
    return failure(fileName, Export::tr("its name must end in .png, .svg or .pdf, or for an animation in .gif or .webp"));
}

QByteArray pictureBytes(const RunPicture& picture, PictureFormat format, const PictureOptions& options)
{
    return bytesOf(picture, format, options);
}

QByteArray pictureBytes(const ComparisonPicture& picture, PictureFormat format, const PictureOptions& options)
{
    return bytesOf(picture, format, options);
}

Result<QString> exportPicture(const QString& fileName, const RunPicture& picture, const PictureOptions& options)
{
    return writePicture(fileName, picture, options);
}

Result<QString> exportPicture(const QString& fileName, const ComparisonPicture& picture, const PictureOptions& options)
{
    return writePicture(fileName, picture, options);
}

} // namespace loopscope::ui
