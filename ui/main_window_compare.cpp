#include "ui/main_window.h"

#include "ui/before_button.h"
#include "ui/compare_canvas.h"
#include "ui/compare_question.h"
#include "ui/compare_view.h"
#include "ui/export_dialog.h"
#include "ui/fit_to_screen.h"
#include "ui/keyboard.h"
#include "ui/style.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QPushButton>
#include <QSettings>

#include <tuple>

// Comparing and keeping.

namespace loopscope::ui {

void MainWindow::connectComparison()
{
    const auto compareWithBefore = [this] {
        m_player.pause();
        m_store.compareWithBefore();
    };
    connect(m_compare, &CompareView::compareRequested, this, [this](CompareSide a, CompareSide b) {
        m_player.pause();
        m_store.compareSides(a, b);
    });
    connect(m_compare, &CompareView::seekRequested, this, &MainWindow::seek);
    connect(m_compare, &CompareView::zoomRequested, &m_store, &Store::setZoom);
    connect(m_compare, &CompareView::swapRequested, &m_store, &Store::swapCompared);
    connect(m_before, &BeforeButton::keepRequested, this, compareWithBefore);
    connect(m_before, &BeforeButton::forgetRequested, this, [this] {
        m_player.pause();
        m_store.forgetKept();
    });
    m_keys->on(KeyId::CompareWithBefore, compareWithBefore);
    m_keys->on(KeyId::SwapCompared, [this] { m_store.swapCompared(); });
    m_keys->on(KeyId::FirstDifference, [this] { m_compare->goThereButton().click(); });
}

// The run that was on screen before the comparison is there again, where it was.
void MainWindow::leaveComparison()
{
    m_player.pause();
    m_store.chooseVariant(m_store.variantIndex());
}

void MainWindow::zoomBy(double factor)
{
    if (m_store.mode() == Mode::Run)
        m_timeline->view().zoomAtPointer(factor);
    else
        m_compare->canvas().zoomAtPointer(factor);
}

void MainWindow::panBy(double partOfWidth)
{
    if (m_store.mode() == Mode::Run)
        m_timeline->view().panBy(partOfWidth);
    else
        m_compare->canvas().panBy(partOfWidth);
}

void MainWindow::openExport()
{
    m_player.pause();
    const bool comparing = m_store.mode() == Mode::Compare;
    if (comparing && m_compare->question().isPut()) { // a picture would answer it as well
        m_compare->takeFocus();
        return;
    }
    ExportChoices choices;
    choices.theme = themeOf(m_store).name;
    // A program that has a name keeps what was chosen; a test has none.
    const bool remembers = !QCoreApplication::organizationName().isEmpty();
    if (remembers)
        choices = restoredExportChoices(QSettings(), choices);
    const QWidget* shown = comparing ? static_cast<QWidget*>(m_compare) : m_timeline;
    const ExportSubject subject = exportSubjectOf(m_store, shown->size());
    const QString picture = subject.suggestedName;
    std::tie(choices.title, choices.caption) = m_exportWords[picture];
    auto* dialog = new ExportDialog(subject, choices, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    fitOver(*this, *dialog);
    connect(dialog, &QDialog::finished, this, [this, dialog, picture] { // it may have been copied without a file
        const ExportChoices chosen = dialog->choices();
        m_exportWords[picture] = {chosen.title, chosen.caption};
    });
    connect(dialog, &QDialog::accepted, this, [this, dialog, remembers] {
        if (remembers) {
            QSettings settings;
            saveExportChoices(settings, dialog->choices());
        }
        const QString file = dialog->writtenFile();
        m_store.report(tr("Saved as %1 (%2)").arg(file, QLocale().formattedDataSize(QFileInfo(file).size())));
    });
    dialog->open();
}

} // namespace loopscope::ui
