#include "ui/store.h"

#include <algorithm>
#include <iterator>

// Recordings that are open beside the course.

namespace loopscope::ui {

void Store::openRecording(OpenRecording recording)
{
    const auto same = std::find_if(m_recordings.begin(), m_recordings.end(),
                                   [&](const auto& open) { return open->file == recording.file; });
    const auto index = static_cast<std::size_t>(std::distance(m_recordings.begin(), same));
    auto shared = std::make_shared<const OpenRecording>(std::move(recording));
    if (same == m_recordings.end())
        m_recordings.push_back(std::move(shared));
    else
        *same = std::move(shared);
    Q_EMIT recordingsChanged();
    showRecording(index);
}

void Store::showRecording(std::size_t index)
{
    m_recording = m_recordings[index];
    begin();
    if (!m_recording->damage.isEmpty())
        reportError(m_recording->damage);
}

void Store::closeRecording(std::size_t index)
{
    const std::shared_ptr<const OpenRecording> closed = m_recordings[index];
    m_recordings.erase(m_recordings.begin() + static_cast<std::ptrdiff_t>(index));
    Q_EMIT recordingsChanged();
    if (closed == m_recording)
        openLesson(m_lessonIndex);
}

bool Store::cannotCompare()
{
    if (m_recording)
        report(tr("A recording is one run; open a lesson to compare two."));
    return m_recording != nullptr;
}

// A file has marks of its own: its lines need not be those of the lesson any more.
std::string Store::marksKey() const
{
    return m_recording ? "file " + m_recording->file.toStdString() : lesson().id;
}

} // namespace loopscope::ui
