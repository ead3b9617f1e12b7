#pragma once

#include "ui/store.h"

#include <QDialog>

class QLineEdit;
class QTableWidget;

namespace loopscope::ui {

/// The words of the course: what each means, the lesson that introduces it, and what Python's
/// documentation calls it. Enter, a double click, or a click on the lesson's name opens the lesson.
class GlossaryDialog final : public QDialog {
    Q_OBJECT

public:
    explicit GlossaryDialog(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QTableWidget& table() { return *m_table; }
    [[nodiscard]] QLineEdit& search() { return *m_search; }

Q_SIGNALS:
    void lessonRequested(std::size_t index);

private:
    void filter(const QString& words);

    const Store& m_store;
    QLineEdit* m_search;
    QTableWidget* m_table;
};

} // namespace loopscope::ui
