#include "app/application.h"

#include "lessons/catalog.h"

#include "ui/settings.h"

#include <QFile>

#include <chrono>

namespace loopscope::app {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto soon = 1s;

SourceText embedded(const std::string& path)
{
    QFile file(u":/"_s + QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return SourceText(file.readAll().toStdString());
}

} // namespace

ui::Sources sourcesOf(const Lesson& lesson)
{
    return {.python = embedded(lesson.python_file), .cpp = embedded(lesson.cpp_file)};
}

Application::Application()
    : m_store(lessons::course(), sourcesOf)
    , m_window(m_store)
{
    ui::restoreChoices(m_settings, m_store);
    ui::restoreShape(m_settings, m_window, m_window.splitters());
    // What was answered and marked is not lost with a machine that goes out.
    m_saves.setSingleShot(true);
    m_saves.setInterval(soon);
    QObject::connect(&m_saves, &QTimer::timeout, &m_saves, [this] { ui::saveChoices(m_settings, m_store); });
    for (const auto signal : {&ui::Store::progressChanged, &ui::Store::marksChanged, &ui::Store::lessonChanged, &ui::Store::themeChanged})
        QObject::connect(&m_store, signal, &m_saves, qOverload<>(&QTimer::start));
}

Application::~Application()
{
    ui::saveChoices(m_settings, m_store);
    ui::saveShape(m_settings, m_window, m_window.splitters());
}

void Application::show()
{
    m_window.show();
}

} // namespace loopscope::app
