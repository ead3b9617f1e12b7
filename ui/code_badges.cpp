#include "ui/code_badges.h"

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr double gap = 4;
constexpr double longestName = 110;
constexpr double padding = 14;      // of a name, left and right together
constexpr double shortPadding = 10;

/// "#2" of "fetch_url-2": the colour tells the rest. Long names keep their beginning.
QString briefName(const QString& name)
{
    const qsizetype dash = name.lastIndexOf(u'-');
    return dash >= 0 ? u'#' + name.sliced(dash + 1).left(3) : name.size() <= 4 ? name : name.left(3) + u'…';
}

} // namespace

std::vector<BadgeBox> layOutBadges(const std::vector<CodeBadge>& badges, double left, double right,
                                   const std::function<double(const QString&)>& widthOf)
{
    const auto place = [&](bool brief) {
        std::vector<BadgeBox> boxes;
        double edge = right;
        for (std::size_t i = 0; i < badges.size(); ++i) {
            const QString text = brief ? briefName(badges[i].name) : badges[i].name;
            const double width = std::min(widthOf(text), longestName) + (brief ? shortPadding : padding);
            boxes.push_back({edge - width, width, text, i, 1});
            edge -= width + gap;
        }
        return boxes;
    };
    const auto fits = [left](const std::vector<BadgeBox>& boxes) { return boxes.empty() || boxes.back().left >= left; };
    std::vector<BadgeBox> boxes = place(false);
    if (fits(boxes))
        return boxes;
    boxes = place(true);
    while (!fits(boxes)) {
        if (boxes.size() == 1) { // room for a sign or two; a name's beginning would be another name
            const QString sign = badges.size() == 1 ? u"•"_s : u"×%1"_s.arg(badges.size());
            const double width = std::min(widthOf(sign) + shortPadding, right - left);
            return {{right - width, width, sign, 0, badges.size()}};
        }
        boxes.pop_back();
        BadgeBox& last = boxes.back();
        last.count = badges.size() - last.first;
        last.text = (boxes.size() == 1 ? u"×%1"_s : u"+%1"_s).arg(last.count);
        const double edge = last.left + last.width;
        last.width = widthOf(last.text) + shortPadding;
        last.left = edge - last.width;
    }
    return boxes;
}

} // namespace loopscope::ui
