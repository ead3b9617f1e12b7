#pragma once

#include "ui/store.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace loopscope::ui {

class CodePane;

/// The scenario in Python and in C++, the same moment marked in both.
class SourceView final : public QWidget {
    Q_OBJECT

public:
    explicit SourceView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] CodePane& pane() { return *m_pane; }

Q_SIGNALS:
    void languageRequested(Language language);
    void selectRequested(TaskId task);
    void eventRequested(std::size_t event);
    void breakpointRequested(std::uint32_t line); ///< of the C++ file

private:
    void refresh();

    const Store& m_store;
    QPushButton* m_python;
    QPushButton* m_cpp;
    class ElidedLabel* m_file;
    CodePane* m_pane;
};

} // namespace loopscope::ui
