#pragma once

#include "core/lesson/ask.h"
#include "core/lesson/progress.h"

#include <QObject>

#include <cstddef>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace loopscope::ui {

class Store;

/// A question that nobody has answered, with the run that it is about.
struct OpenQuestion {
    Due due;
    Asked asked;

    [[nodiscard]] Progress::Key key() const { return {due.lesson->id, due.prediction->id}; }
    [[nodiscard]] Stage stage() const;
};

/// How often answers were right.
struct Score {
    std::size_t right = 0;
    std::size_t answered = 0;
    std::size_t all = 0; ///< that are asked

    friend bool operator==(const Score&, const Score&) = default;
};

/// The questions of the lesson that is open: which of them is due at the moment that is shown, and
/// what the person answered. Part of the Store.
///
/// A question is due while its own run stands at a moment between the one at which it is to be put
/// and the one that decides it, and the deciding moment has not been shown. One that comes back from
/// an earlier lesson is due before the first step of any run.
class Predictions final : public QObject {
    Q_OBJECT

public:
    /// A child of the store, which need not be complete yet.
    explicit Predictions(Store& store);

    [[nodiscard]] const std::vector<OpenQuestion>& open() const { return m_open; }
    /// Null when none is due now.
    [[nodiscard]] const OpenQuestion* due() const;
    /// A question of this lesson that is open and needs another variant, other values or a fresh run
    /// to be put; null when there is none.
    [[nodiscard]] const OpenQuestion* elsewhere() const;
    /// Whether an open question asks about the run on screen, and what decides it was not shown yet, or
    /// about one of two that are compared: numbers of the whole run would answer it.
    [[nodiscard]] bool wouldSpoil() const { return countSpoiled() > 0; }
    /// Whether numbers of that run, of this lesson, would answer an open question. Of the run on screen, what
    /// was seen answers nothing any more.
    [[nodiscard]] bool wouldSpoil(const Variant& variant, const Values& values) const;
    /// The variant that this part of a goal measures, too, and that an open question asks about with these values;
    /// null where none is.
    [[nodiscard]] const Variant* askedOf(const Clause& clause, const Values& values) const;
    /// Whether what these parts of a goal come to waits for an answer.
    [[nodiscard]] bool withholds(const std::vector<Clause>& clauses) const;
    /// How many open questions such numbers would answer.
    [[nodiscard]] std::size_t countSpoiled() const { return spoiled().size(); }
    /// Those that they would answer, of the run or of the two that are compared.
    [[nodiscard]] std::vector<const OpenQuestion*> spoiled() const;

    /// How much of the run may be shown to a person at this step who has seen up to `seen`: what follows
    /// the moment of an open question about this run waits behind the fog until it is answered, or runs
    /// again.
    [[nodiscard]] std::size_t withoutAnswers(std::size_t step, std::size_t seen) const;

    /// Whether playback should stop here for a card: once for each question.
    [[nodiscard]] bool stopsPlayback();

    /// Of the lesson that is open; of all lessons.
    [[nodiscard]] Score lessonScore() const;
    [[nodiscard]] Score courseScore() const;

Q_SIGNALS:
    /// Another question is due, or open.
    void changed();

private:
    void collect();
    void follow();
    [[nodiscard]] bool isAbout(const OpenQuestion& question, const Variant& variant, const Values& shown) const;
    [[nodiscard]] bool isAboutRun(const OpenQuestion& question) const;
    [[nodiscard]] bool isAboutComparison(const OpenQuestion& question) const;
    [[nodiscard]] bool isOpenFor(const OpenQuestion& question) const;
    /// Whether it is about a run on screen of which what decides it was seen, or was not.
    [[nodiscard]] bool isShown(const OpenQuestion& question, bool decided) const;
    /// The runs that are on screen, each with how much of it was seen, in facts.
    [[nodiscard]] std::vector<std::pair<const Run*, std::size_t>> shown() const;

    Store& m_store;
    std::vector<OpenQuestion> m_open;
    std::optional<Progress::Key> m_lastDue;
    std::set<std::pair<Progress::Key, std::size_t>> m_stopped; ///< with the round
};

} // namespace loopscope::ui
