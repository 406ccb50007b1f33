#include "assistant/type_ahead.hpp"

#include "text/fold.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr std::size_t shortest_part = 3;  // letters that a question is searched for

}  // namespace

TypeAhead::TypeAhead(Snapshot const& snapshot)
{
    std::uint32_t number = 0;
    for (auto const& fact : snapshot.index.facts()) {
        for (auto const language : {Language::en, Language::fr})
            if (auto const& question = fact.asking.in(language); !question.empty())
                entries_[static_cast<std::size_t>(language)].push_back({text::fold(question), question, fact.has_entity && fact.entity == snapshot.home, number});
        ++number;
    }
    for (auto& entries : entries_) {
        std::ranges::stable_sort(entries, {}, &Entry::folded);
        auto const twice = std::ranges::unique(entries, {}, &Entry::folded);
        entries.erase(twice.begin(), twice.end());
    }
}

std::vector<std::string> TypeAhead::matching(std::string_view typed, Language language, std::size_t most) const
{
    auto const& entries = entries_[static_cast<std::size_t>(language)];
    std::string const wanted = text::fold(typed);
    std::vector<Entry const*> found;
    std::vector<std::string> out;
    auto const take = [&] {
        std::ranges::sort(found, {}, [](Entry const* entry) { return std::pair(!entry->home, entry->number); });
        for (auto const* entry : found)
            if (out.size() < most)
                out.push_back(entry->question);
        found.clear();
    };
    auto const begins = [&](Entry const& entry) { return entry.folded.starts_with(wanted); };
    for (auto at = std::ranges::lower_bound(entries, wanted, {}, &Entry::folded); at != entries.end() && begins(*at); ++at)
        found.push_back(&*at);
    take();
    if (wanted.size() >= shortest_part && out.size() < most) {
        for (auto const& entry : entries)
            if (!begins(entry) && entry.folded.find(wanted) != std::string::npos)
                found.push_back(&entry);
        take();
    }
    return out;
}

}  // namespace immunobot::assistant
