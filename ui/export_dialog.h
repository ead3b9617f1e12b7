#pragma once

#include "core/base/result.h"

#include "ui/export.h"

#include <QDialog>
#include <QPixmap>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace loopscope::ui {

class Dropdown;

/// What can be saved: one picture, and for a run the moment at which it may be cut off.
struct ExportSubject {
    std::variant<RunPicture, ComparisonPicture> picture;
    std::optional<TimePoint> moment; ///< where the playhead stands, when that is not the end
    QString suggestedName;           ///< without an ending
};

/// Saves a picture: where to, in which format (by the name's ending), theme and size, with a
/// preview of exactly what will be written. What goes wrong is told in the dialog, which stays open.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    ExportDialog(ExportSubject subject, ThemeName theme, QWidget* parent = nullptr);

    [[nodiscard]] QString fileName() const;
    void setFileName(const QString& name);
    [[nodiscard]] PictureOptions options() const;

    /// The file that was written; empty while none is.
    [[nodiscard]] QString writtenFile() const { return m_written; }
    /// What the dialog says below its fields.
    [[nodiscard]] QString message() const;

public Q_SLOTS:
    /// Writes the file and closes, or says why not.
    void save();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void browse();
    void changeEnding();
    void applySize();
    void copy();
    void check();
    void refreshPreview();
    [[nodiscard]] std::variant<RunPicture, ComparisonPicture> picture() const;
    [[nodiscard]] QSize chosenSize() const;

    ExportSubject m_subject;
    QString m_written;
    QLineEdit* m_name;
    Dropdown* m_format;
    Dropdown* m_theme;
    Dropdown* m_size;
    QSpinBox* m_width;
    QSpinBox* m_height;
    QCheckBox* m_untilNow;
    QLabel* m_preview;
    QLabel* m_message;
    QPushButton* m_save;
};

} // namespace loopscope::ui
