#include "ui/legend.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <optional>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Pictures)
};

constexpr double seenWidth = 6; ///< thinner ones are an edge to the eye, and no state

bool holdsThread(SpanKind kind)
{
    return kind == SpanKind::Running || kind == SpanKind::Computing || kind == SpanKind::Blocking;
}

/// Whether a point of a picture lies within its axis, and not behind what has not run.
bool isInView(double x, const TimelineScene& scene)
{
    return x >= scene.label_width - 1 && x <= scene.width && (!scene.cut_x || x <= *scene.cut_x + 16);
}

bool isSeen(const Bar& bar) { return bar.box.width >= (holdsThread(bar.kind) ? 2 : seenWidth); }

/// Collects the entries of one or more pictures, each sign once.
class Collecting {
public:
    explicit Collecting(std::span<const TimelineScene* const> scenes) : scenes_(scenes) {}

    std::vector<LegendEntry> run() &&
    {
        bars();
        for (const TimelineScene* scene : scenes_)
            if (!scene->walls.empty()) {
                entries_.push_back({scene->walls.front(), Words::tr("nobody else can run")});
                break;
            }
        marks();
        frames();
        shared();
        arrows();
        return std::move(entries_);
    }

private:
    /// The first of its kind of which `is_meant` holds, in any of the pictures.
    template <class Piece>
    std::optional<Piece> first(std::vector<Piece> TimelineScene::*pieces,
                               const std::function<bool(const Piece&, const TimelineScene&)>& is_meant) const
    {
        for (const TimelineScene* scene : scenes_)
            for (const Piece& piece : scene->*pieces)
                if (is_meant(piece, *scene))
                    return piece;
        return std::nullopt;
    }

    template <class Piece>
    void add(const std::optional<Piece>& piece, const QString& word)
    {
        if (piece)
            entries_.push_back({*piece, word});
    }

    void bars()
    {
        using Kind = SpanKind;
        const auto bar = [&](Kind kind, const QString& word, const std::function<bool(const Bar&, const LaneRow&)>& also) {
            add(first<Bar>(&TimelineScene::bars,
                           [&](const Bar& b, const TimelineScene& scene) {
                               return b.kind == kind && isSeen(b) && also(b, scene.lanes[b.lane]);
                           }),
                word);
        };
        const auto any = [](const Bar&, const LaneRow&) { return true; };
        const auto single = [](const Bar& b, const LaneRow&) { return b.folded == 1; };
        bar(Kind::Ready, Words::tr("ready: waits for its turn"), any);
        bar(Kind::Running, Words::tr("running"), [](const Bar& b, const LaneRow&) { return b.folded == 1 && b.color >= 0; });
        bar(Kind::Running, Words::tr("a callback of the loop"), [](const Bar& b, const LaneRow& lane) {
            return b.folded == 1 && b.color < 0 && lane.kind == LaneRow::Kind::Loop;
        });
        bar(Kind::Running, Words::tr("the loop's thread"), [](const Bar& b, const LaneRow& lane) {
            return b.folded == 1 && b.color < 0 && lane.kind == LaneRow::Kind::Interpreter;
        });
        add(first<Bar>(&TimelineScene::bars,
                       [](const Bar& b, const TimelineScene&) { return b.folded > 1 && holdsThread(b.kind) && b.box.width >= 5; }),
            Words::tr("several turns"));
        bar(Kind::Computing, Words::tr("computing"), single);
        bar(Kind::Blocking, Words::tr("blocking everybody"),
            [](const Bar&, const LaneRow& lane) { return lane.kind != LaneRow::Kind::Worker; });
        bar(Kind::Blocking, Words::tr("blocking: only its own thread"),
            [](const Bar&, const LaneRow& lane) { return lane.kind == LaneRow::Kind::Worker; });
        bar(Kind::Waiting, Words::tr("waiting at an await"), [](const Bar& b, const LaneRow&) { return !b.cancelling; });
        bar(Kind::Waiting, Words::tr("asked to cancel, not over yet"), [](const Bar& b, const LaneRow&) { return b.cancelling; });
        bar(Kind::InFlight, Words::tr("on the network"), any);
        bar(Kind::StartingUp, Words::tr("a process starts up"), any);
        bar(Kind::Queued, Words::tr("a call waits for a worker"), any);
        bar(Kind::Sending, Words::tr("arguments on their way"), any);
        bar(Kind::WaitingForGil, Words::tr("waits for the interpreter"), any);
        bar(Kind::Selecting, Words::tr("loop idle"), any);
        add(first<Density>(&TimelineScene::densities, [](const Density& density, const TimelineScene&) { return density.most > 0; }),
            Words::tr("a group: waiting, hatched ready, below it running"));
        add(first<Pass>(&TimelineScene::passes,
                        [](const Pass& pass, const TimelineScene&) { return !pass.label.empty() && pass.label.front() <= '9'; }),
            Words::tr("an iteration of the loop"));
    }

    void marks()
    {
        using Kind = Mark::Kind;
        const std::pair<Kind, QString> kinds[] = {
            {Kind::Finished, Words::tr("done")},
            {Kind::Failed, Words::tr("failed")},
            {Kind::Cancelled, Words::tr("cancelled")},
            {Kind::Note, Words::tr("printed")},
            {Kind::NeverAwaited, Words::tr("never awaited")},
            {Kind::CancelRequest, Words::tr("cancel() was called")},
            {Kind::Error, Words::tr("nobody asked for this error")},
            {Kind::Arrived, Words::tr("bytes have come")},
            {Kind::Refused, Words::tr("request failed")},
            {Kind::Due, Words::tr("due, but nobody could look")},
            {Kind::LeftBehind, Words::tr("left behind")},
        };
        for (const auto& [kind, word] : kinds)
            add(first<Mark>(&TimelineScene::marks,
                            [k = kind](const Mark& mark, const TimelineScene& scene) {
                                return mark.kind == k && isInView(mark.x, scene);
                            }),
                word);
    }

    void frames()
    {
        const std::pair<Frame::Kind, QString> kinds[] = {
            {Frame::Kind::Loop, Words::tr("life of the loop")},
            {Frame::Kind::TaskGroup, Words::tr("task group")},
            {Frame::Kind::Timeout, Words::tr("timeout")},
            {Frame::Kind::AsyncWith, Words::tr("async with")},
        };
        for (const auto& [kind, word] : kinds)
            add(first<Frame>(&TimelineScene::frames,
                             [&, k = kind](const Frame& frame, const TimelineScene& scene) {
                                 return frame.kind == k && frame.box.width >= seenWidth && !isNamed(k, scene);
                             }),
                word);
        for (const bool expired : {true, false})
            add(first<Flag>(&TimelineScene::flags,
                            [&](const Flag& flag, const TimelineScene& scene) {
                                return flag.expired == expired && flag.bottom > flag.top && flag.x < scene.width
                                    && flag.label_box.width <= 0;
                            }),
                expired ? Words::tr("time is up") : Words::tr("deadline"));
        add(first<Bracket>(&TimelineScene::brackets, [](const Bracket&, const TimelineScene&) { return true; }),
            Words::tr("awaited directly: runs inside the task"));
        add(first<Edge>(&TimelineScene::edges, [](const Edge& edge, const TimelineScene&) { return edge.label_box.width <= 0; }),
            Words::tr("main is done: the rest is cancelled"));
    }

    /// One that has its title tells what the others are.
    [[nodiscard]] static bool isNamed(Frame::Kind kind, const TimelineScene& scene)
    {
        return std::any_of(scene.frames.begin(), scene.frames.end(),
                           [kind](const Frame& frame) { return frame.kind == kind && frame.label_box.width > 0; });
    }

    void shared()
    {
        add(first<Seat>(&TimelineScene::seats, [](const Seat& seat, const TimelineScene&) { return seat.box.width >= seenWidth; }),
            Words::tr("has the place"));
        const auto level = [&](Level::Kind kind, const QString& word) {
            add(first<Level>(&TimelineScene::levels,
                             [kind](const Level& l, const TimelineScene&) {
                                 return l.kind == kind && l.box.width >= seenWidth && (kind == Level::Kind::Value || l.count > 0);
                             }),
                word);
        };
        level(Level::Kind::Waiting, Words::tr("waits for a place"));
        level(Level::Kind::Count, Words::tr("how many are in it"));
        level(Level::Kind::Value, Words::tr("a value, and who set it"));
        add(first<Limit>(&TimelineScene::limits, [](const Limit& limit, const TimelineScene&) { return !limit.label.empty(); }),
            Words::tr("no more go in"));
        add(first<WaitArrow>(&TimelineScene::wait_arrows, [](const WaitArrow&, const TimelineScene&) { return true; }),
            Words::tr("each waits for the other"));
    }

    void arrows()
    {
        using Kind = Cause::Kind;
        const auto arrow = [&](const QString& word, const std::function<bool(const Arrow&)>& is_meant) {
            add(first<Arrow>(&TimelineScene::arrows, [&](const Arrow& a, const TimelineScene&) { return is_meant(a); }), word);
        };
        arrow(Words::tr("makes a task"), [](const Arrow& a) { return a.kind == Kind::Created; });
        arrow(Words::tr("a timer wakes"), [](const Arrow& a) { return a.kind == Kind::Timer; });
        arrow(Words::tr("the network wakes"), [](const Arrow& a) { return a.kind == Kind::Io; });
        arrow(Words::tr("a result wakes"),
              [](const Arrow& a) { return (a.kind == Kind::Task || a.kind == Kind::Future) && !a.fails; });
        arrow(Words::tr("an error wakes"), [](const Arrow& a) { return a.fails; });
        arrow(Words::tr("cancels"), [](const Arrow& a) { return a.kind == Kind::Cancel; });
        arrow(Words::tr("to a worker and back"), [](const Arrow& a) { return a.kind == Kind::Worker && !a.unheard; });
        arrow(Words::tr("a thread's news, unheard"), [](const Arrow& a) { return a.unheard; });
    }

    std::span<const TimelineScene* const> scenes_;
    std::vector<LegendEntry> entries_;
};

} // namespace

std::vector<LegendEntry> legendEntries(std::span<const TimelineScene* const> scenes)
{
    return Collecting(scenes).run();
}

} // namespace loopscope::ui
