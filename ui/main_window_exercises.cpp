#include "ui/challenge_view.h"
#include "ui/choice_grid.h"
#include "ui/compare_question.h"
#include "ui/compare_view.h"
#include "ui/hint.h"
#include "ui/just_now.h"
#include "ui/lesson_foot.h"
#include "ui/loop_game.h"
#include "ui/loop_game_card.h"
#include "ui/main_window.h"
#include "ui/output_view.h"
#include "ui/predict_view.h"
#include "ui/prediction_card.h"
#include "ui/predictions.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"
#include "ui/wait_grip.h"

#include <QKeyEvent>

namespace loopscope::ui {

// The road of the intents that belong to what a lesson asks of a person.
void MainWindow::connectExercises()
{
    Store* store = &m_store;
    const auto putStage = [this](const Lesson& lesson, const Stage& stage, std::size_t step, bool fogged) {
        showStage(lesson, stage, step);
        if (fogged)
            m_store.setReached(m_store.step());
    };
    PredictView& questions = m_output->questions();
    connect(&questions, &PredictView::stageRequested, this, putStage);
    connect(&questions, &PredictView::puzzleRequested, this, &MainWindow::openPuzzle);
    connect(&questions, &PredictView::startOverRequested, this, [this] { m_store.setProgress({}); });
    connect(m_challenge, &ChallengeView::stageRequested, this, &MainWindow::showStage);
    connect(m_challenge, &ChallengeView::lessonRequested, this, [this](std::size_t index) { openLesson(index); });

    connect(m_prediction, &PredictionCard::answered, store, &Store::answer);
    connect(m_prediction, &PredictionCard::stageRequested, this, putStage);
    connect(m_prediction, &PredictionCard::playRequested, this, [this] {
        if (!m_player.isPlaying())
            togglePlay();
    });
    // Before the first step, the lesson's question gives its room to the one that is asked.
    const auto makeRoom = [this] { m_justNow->setVisible(m_store.step() > 0 || m_prediction->isHidden()); };
    connect(&m_store.predictions(), &Predictions::changed, this, makeRoom);
    connect(&m_store, &Store::stepChanged, this, makeRoom);
    connect(&m_store, &Store::runChanged, this, makeRoom);
    connect(m_prediction, &PredictionCard::shownChanged, this, makeRoom);
    connect(m_prediction, &PredictionCard::focusGivenUp, this, [this] { m_timeline->view().setFocus(); });
    makeRoom();
    connect(m_foot, &LessonFoot::stageRequested, this, putStage);
    connect(&m_compare->question(), &CompareQuestion::stageRequested, this, putStage);
    connect(&m_compare->question(), &CompareQuestion::answered, store, &Store::answer);
    connect(m_foot, &LessonFoot::gameRequested, this, &MainWindow::startLoopGame);

    WaitGrip* grip = &m_timeline->grip();
    connect(grip, &WaitGrip::valuesRequested, this, &MainWindow::changeValues);
    connect(grip, &WaitGrip::holdRequested, store, &Store::holdScale);

    LoopGame* game = &m_store.game();
    connect(m_gameCard, &LoopGameCard::pickRequested, game, &LoopGame::pick);
    connect(m_gameCard, &LoopGameCard::undoRequested, game, &LoopGame::undo);
    connect(m_gameCard, &LoopGameCard::leaveRequested, game, &LoopGame::leave);
    connect(m_gameCard, &LoopGameCard::againRequested, this, [game] {
        game->leave();
        game->start();
    });
    connect(game, &LoopGame::changed, this, [this, game] {
        if (!game->isOn() && isVisible() && !m_timeline->view().hasFocus())
            m_timeline->view().setFocus();
    });
}

void MainWindow::startLoopGame()
{
    m_player.pause();
    m_store.game().start();
}

bool MainWindow::pressGameKey(const QKeyEvent& event)
{
    LoopGame& game = m_store.game();
    constexpr auto withOthers = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    if (!game.isOn() || event.modifiers() & withOthers)
        return false;
    switch (event.key()) {
    case Qt::Key_Escape:
    case Qt::Key_L:
        game.leave();
        return true;
    case Qt::Key_Backspace:
        game.undo();
        return true;
    default: // another variant would end the game
        return m_gameCard->choices().chooseByKey(event.key())
            || (event.key() >= Qt::Key_1 && event.key() <= Qt::Key_9);
    }
}

bool MainWindow::stopsForQuestion()
{
    if (!m_store.predictions().stopsPlayback())
        return false;
    m_prediction->holdPlayback();
    m_hint->say(tr("A question comes first. Whoever presses Space once more plays on without an answer."));
    return true;
}

} // namespace loopscope::ui
