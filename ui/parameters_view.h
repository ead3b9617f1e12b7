#pragma once

#include "ui/store.h"

#include <QWidget>

class QLabel;
class QHBoxLayout;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace loopscope::ui {

/// "What if": the lesson's parameters. Every move of a slider asks for the new values at once, and
/// the run follows.
class ParametersView final : public QWidget {
    Q_OBJECT

public:
    explicit ParametersView(const Store& store, QWidget* parent = nullptr);
    ~ParametersView() override;

    /// Its head and all rows, with each slider below its label or, `compact`, beside it.
    [[nodiscard]] int fullHeight(bool compact) const;
    /// Its head and so many of the rows that one sees what can be changed.
    [[nodiscard]] int leastHeight(bool compact) const;
    /// As they stand now, the most that cuts no row and is not more than `height`, but at least those rows.
    [[nodiscard]] int wholeRows(int height) const;
    /// Sliders stand beside their labels: half the height.
    void setCompact(bool compact);
    [[nodiscard]] bool isCompact() const { return m_compact; }

    /// Puts something before the reset of all values. The view takes it over.
    void addToHead(QWidget* widget);

Q_SIGNALS:
    /// Other parameters are shown, of another lesson or because of a choice.
    void rowsChanged();
    /// The user wants these values. `gesture` is the same for all moves of one drag, which are one
    /// change for undo.
    void valuesRequested(const Values& values, const QString& parameter, int gesture);
    void resetRequested();
    /// Of the recording on screen: its lesson, where values can be changed.
    void lessonRequested(std::size_t index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// One parameter with its widgets.
    struct Row;

    void rebuild();
    void refresh();
    void refreshFixed();
    /// Where the course has the lesson of the recording on screen, if it does.
    [[nodiscard]] std::optional<std::size_t> lessonOfRecording() const;
    void addNumber(const Parameter& parameter, const NumberRange& range);
    void addStepper(const Parameter& parameter, const NumberRange& range);
    void addChoices(const Parameter& parameter, const Choices& choices);
    void arrange();
    /// Of those that stand beside their sliders.
    [[nodiscard]] int widestLabel() const;
    [[nodiscard]] int valueRoom() const;
    [[nodiscard]] int heightOf(std::size_t rows, bool compact) const;
    /// Whether changing it could change what is on screen.
    [[nodiscard]] bool matters(const Parameter& parameter) const;
    void request(const std::string& name, std::variant<double, std::string> value);

    const Store& m_store;
    QPushButton* m_reset;
    QHBoxLayout* m_head = nullptr;
    QScrollArea* m_scroll = nullptr;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_column;
    QLabel* m_fixed = nullptr; ///< instead of parameters, for a recording
    QPushButton* m_openLesson = nullptr;
    std::vector<Row> m_rows;
    int m_gesture = 0;
    bool m_dragging = false;
    bool m_compact = false;
};

} // namespace loopscope::ui
