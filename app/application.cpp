#include "app/application.h"

#include "lessons/catalog.h"

#include "ui/settings.h"

#include <QFile>

namespace loopscope::app {
namespace {

using namespace Qt::StringLiterals;

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
