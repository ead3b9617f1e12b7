#pragma once

#include "ui/code_highlight.h"
#include "ui/code_places.h"

#include <QAbstractScrollArea>

namespace loopscope::ui {

/// The story's code with the line that runs, and at the line where a task is parked a badge with
/// its name.
class CodePane final : public QAbstractScrollArea {
    Q_OBJECT

public:
    struct Badge {
        TaskId task;
        QString name;
        ColorSlot color = -1;
        bool running = false;

        friend bool operator==(const Badge&, const Badge&) = default;
    };

    explicit CodePane(const Store& store, QWidget* parent = nullptr);

    /// The highlighted row; nothing while the loop itself is at work.
    [[nodiscard]] std::optional<std::size_t> currentRow() const { return m_current; }
    [[nodiscard]] const std::vector<std::vector<Badge>>& badges() const { return m_badges; }
    [[nodiscard]] const std::vector<SourceLine>& lines() const { return m_code.lines(m_store.language()); }

    QSize sizeHint() const override { return {480, 380}; }

Q_SIGNALS:
    void selectRequested(TaskId task);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void refreshCode();
    void refreshMoment();
    void arrange();
    void showCurrent();
    void paintRow(QPainter& painter, std::size_t row, double y) const;
    void paintBadges(QPainter& painter, std::size_t row, double y) const;
    /// Whether the names of a row would cover its code.
    [[nodiscard]] bool isBrief(std::size_t row) const;
    /// The badges' places in a row from the right, as many as there is room for.
    [[nodiscard]] const Badge* badgeAt(QPointF at) const;
    [[nodiscard]] std::vector<QRectF> badgeBoxes(std::size_t row, double y) const;

    const Store& m_store;
    CodePlaces m_code;
    std::vector<std::vector<Token>> m_tokens; // by row
    std::vector<std::vector<Badge>> m_badges; // by row
    std::optional<std::size_t> m_current;
};

} // namespace loopscope::ui
