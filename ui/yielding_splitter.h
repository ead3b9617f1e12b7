#pragma once

#include <QList>
#include <QSplitter>

namespace loopscope::ui {

/// Two rooms above each other. The lower one can ask for more height for a while: the upper one yields
/// what it can spare, and has it back when nobody asks any more. What a person has dragged stays.
class YieldingSplitter final : public QSplitter {
    Q_OBJECT

public:
    /// `leastUpper`: the height that the upper room keeps.
    explicit YieldingSplitter(int leastUpper, QWidget* parent = nullptr);

    /// The lower room needs this height; 0 when what it has by itself is enough.
    void wantLower(int height);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void share();

    int m_leastUpper;
    int m_wanted = 0;
    QList<int> m_own;   ///< what both have while nobody asks; empty while they have it
    bool m_sharing = false;
};

} // namespace loopscope::ui
