#pragma once

#include "ui/code_badges.h"
#include "ui/code_highlight.h"
#include "ui/code_layout.h"
#include "ui/store.h"

#include <QAbstractScrollArea>

namespace loopscope::ui {

/// The story's code with the line that runs, and at the line where a task is parked a badge with
/// its name.
///
/// Three marks tell three things apart, each by its shape: a bar and a filled row for the line that
/// runs, a ring for the line of the selected event, a dot in the gutter for a breakpoint, hollow
/// while it is off. A cursor, seen while the pane has the focus, says which line the keys mean.
class CodePane final : public QAbstractScrollArea {
    Q_OBJECT

public:
    using Badge = CodeBadge;

    explicit CodePane(const Store& store, QWidget* parent = nullptr);

    /// The highlighted row; nothing while the loop itself is at work.
    [[nodiscard]] std::optional<std::size_t> currentRow() const { return m_current; }
    /// The row of the selected event.
    [[nodiscard]] std::optional<std::size_t> selectedRow() const { return m_selectedRow; }
    [[nodiscard]] const std::vector<std::vector<Badge>>& badges() const { return m_badges; }
    [[nodiscard]] const std::vector<SourceLine>& lines() const { return m_store.code().lines(m_store.language()); }
    [[nodiscard]] const CodeLayout& codeLayout() const { return m_layout; }

    /// The line of the C++ file that a key means: the cursor's while the pane has the focus, else the
    /// one that runs; nothing when the run knows no such line.
    [[nodiscard]] std::optional<std::uint32_t> lineForKeys() const;

    /// Where a row and its gutter are, in the viewport's coordinates.
    [[nodiscard]] QRectF rowRect(std::size_t row) const;
    [[nodiscard]] QRectF gutterRect(std::size_t row) const;
    [[nodiscard]] std::vector<QRectF> badgeRects(std::size_t row) const;
    /// The right end of the code of a row's last piece, in the viewport's coordinates.
    [[nodiscard]] double codeEnd(std::size_t row) const;

    /// The task whose badge is at a point of the viewport, and the line of the C++ file there.
    [[nodiscard]] TaskId taskAt(QPointF at) const;
    [[nodiscard]] std::optional<std::uint32_t> lineAt(QPointF at) const;

    /// What hovering at a point tells; empty where there is nothing to say.
    [[nodiscard]] QString tipAt(QPointF at) const;

    QSize sizeHint() const override { return {480, 380}; }

Q_SIGNALS:
    void selectRequested(TaskId task);
    /// To select this event and go to it: the next or previous moment of a line.
    void eventRequested(std::size_t event);
    /// To set a breakpoint at a line of the C++ file, or to take it away.
    void breakpointRequested(std::uint32_t line);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    /// All that decides how a row is painted, but for the theme, which repaints all.
    struct RowLook {
        QString text;
        CodeLineLayout line;
        double fontSize = 0;
        std::uint32_t number = 0;
        std::vector<Badge> badges;
        TaskId selection; // where it is one of them
        double codeLeft = 0;
        std::optional<bool> stop; // whether it is on
        bool fold = false;
        bool current = false;
        bool selected = false;
        bool cursor = false;
        bool hovered = false;

        friend bool operator==(const RowLook&, const RowLook&) = default;
    };

    void refreshCode();
    void refreshMoment();
    void refreshSelection();
    void describe();
    /// Whether the stop at a row is on; nothing where there is none.
    [[nodiscard]] std::optional<bool> stopAt(std::size_t row) const;
    /// Whether lines of the file are left out before the row.
    [[nodiscard]] bool isFold(std::size_t row) const;
    [[nodiscard]] RowLook lookOf(std::size_t row, double left) const;
    /// Repaints the rows that have changed.
    void updateRows();
    void arrange();
    [[nodiscard]] CodeLayout layoutIn(int width) const;
    [[nodiscard]] int contentHeight() const;
    void show(std::size_t row);
    void moveCursor(std::size_t row);
    void goAlong(std::size_t row, bool forward);
    void paintRow(QPainter& painter, std::size_t row) const;
    void paintGutter(QPainter& painter, std::size_t row) const;
    void paintBadges(QPainter& painter, std::size_t row) const;
    [[nodiscard]] std::vector<BadgeBox> badgeBoxes(std::size_t row) const;
    [[nodiscard]] QRectF badgeRect(std::size_t row, const BadgeBox& box) const;
    [[nodiscard]] const Badge* badgeAt(QPointF at) const;
    [[nodiscard]] std::optional<std::size_t> rowAt(QPointF at) const;
    [[nodiscard]] QFont font(double size) const;
    [[nodiscard]] double numberRight() const;
    [[nodiscard]] double codeLeft() const;
    [[nodiscard]] QString turnsTip(std::size_t row) const;

    const Store& m_store;
    CodeLayout m_layout;
    QFont m_codeFont; // in the size of the layout
    std::size_t m_runNumber = 0; // of the run whose code this is
    std::vector<CodeLineText> m_texts;    // by row
    std::vector<CodeLineText> m_arranged; // what m_layout was made for, and in which room
    QSize m_arrangedIn;
    bool m_needsBar = false;
    std::vector<std::vector<Token>> m_tokens; // by row
    std::vector<std::vector<Badge>> m_badges; // by row
    std::optional<std::size_t> m_current;
    std::optional<std::size_t> m_selectedRow;
    std::optional<std::size_t> m_hoveredGutter;
    std::size_t m_cursor = 0;
    std::vector<RowLook> m_looks; // by row, as they were last asked to be painted
};

} // namespace loopscope::ui
