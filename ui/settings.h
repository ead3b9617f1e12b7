#pragma once

#include "ui/store.h"

class QMainWindow;
class QSettings;
class QSplitter;

namespace loopscope::ui {

/// Keeps what a person chose between two starts: the lesson with its variant, how the picture is
/// shown, the shape of the window, and what was answered and solved.
void saveChoices(QSettings& settings, const Store& store);
/// What no longer exists is left as it is.
void restoreChoices(const QSettings& settings, Store& store);

void saveShape(QSettings& settings, const QMainWindow& window, const QList<QSplitter*>& splitters);
/// Gives false when nothing was saved before.
bool restoreShape(const QSettings& settings, QMainWindow& window, const QList<QSplitter*>& splitters);

} // namespace loopscope::ui
