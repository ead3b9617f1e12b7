#pragma once

#include "core/base/result.h"

#include "ui/export_choices.h"

#include <QDialog>

#include <memory>

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace loopscope::ui {

class Dropdown;

/// Saves a picture or an animation: what of the run, where to, in which format (by the name's ending),
/// theme and size, with a preview of exactly what will be written. What goes wrong is told in the
/// dialog, which stays open; so is that a file exists, until Replace is pressed.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    ExportDialog(ExportSubject subject, ExportChoices choices, QWidget* parent = nullptr);
    ~ExportDialog() override;

    [[nodiscard]] QString fileName() const;
    void setFileName(const QString& name);
    [[nodiscard]] ExportChoices choices() const;

    /// The file that was written; empty while none is.
    [[nodiscard]] QString writtenFile() const { return m_written; }
    /// What the dialog says below its fields.
    [[nodiscard]] QString message() const;
    /// Whether an animation is on its way.
    [[nodiscard]] bool isBusy() const { return m_maker != nullptr; }

public Q_SLOTS:
    /// Writes the file and closes, or says why not.
    void save();
    /// Stops an animation that is on its way; else closes.
    void reject() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildFields(const ExportChoices& choices);
    void buildLayout();
    void connectFields();
    void browse();
    void changeEnding();
    void refresh();
    void refreshPreview();
    void check();
    void say(const QString& sentence, bool isError = false);
    void copyImage();
    void copySvg();
    void beginAnimation();
    void makeNextPicture();
    void endAnimation();
    void setBusy(bool busy);
    void finish(const Result<QString>& written);

    ExportSubject m_subject;
    std::vector<ExportWhat> m_offered;
    QString m_written;
    QString m_mayReplace; // the name for which Replace was offered
    std::unique_ptr<AnimationMaker> m_maker;
    QLineEdit* m_name;
    Dropdown* m_what;
    Dropdown* m_format;
    Dropdown* m_theme;
    Dropdown* m_size;
    QSpinBox* m_width;
    QLabel* m_times = nullptr; // between the two
    QSpinBox* m_height;
    QSpinBox* m_dpi;
    QCheckBox* m_legend;
    QCheckBox* m_code;
    QLineEdit* m_title;
    QLineEdit* m_caption;
    QLabel* m_preview;
    QLabel* m_extent;
    QLabel* m_message;
    QProgressBar* m_progress;
    QPushButton* m_copyImage;
    QPushButton* m_copySvg;
    QPushButton* m_browse = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_save;
};

} // namespace loopscope::ui
