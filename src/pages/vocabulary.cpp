#include "pages/vocabulary.hpp"

#include "pages/texts.hpp"

#include <algorithm>
#include <array>

namespace immunobot::pages {
namespace {

constexpr std::array<TopicKinds, 9> topics = {{
    {"cluster", "cluster network organisation"},
    {"research", "research_centre university"},
    {"technology", "technology_centre"},
    {"hospitals", "hospital"},
    {"companies", "company"},
    {"programmes", "programme event"},
    {"people", "person"},
    {"funders", "funder"},
    {"notions", "concept place"},
}};

struct ThemeProperties {
    std::string_view id;
    std::string_view properties;
};

constexpr std::array<ThemeProperties, 7> themes = {{
    {"identity", "definition full_name kind mission goal focus axis target_disease label legal_form"},
    {"work", "activity research_topics platform product clinical_trial trial_result output education"},
    {"people", "leader founder role governance headcount capacity former_leader"},
    {"structure", "part_of has_member member_count composition organiser"},
    {"means", "partner supported_by supports funded_by funding budget awarded"},
    {"history", "founded history event_date duration renamed_to acquired_by spin_off status"},
    {"place", "location address contact website practical how_to"},
}};

constexpr auto ids = [] {
    std::array<std::string_view, themes.size()> out{};
    for (std::size_t i = 0; i < themes.size(); ++i)
        out[i] = themes[i].id;
    return out;
}();

bool lists(std::string_view list, std::string_view word)
{
    for (auto at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
        bool const begins = at == 0 || list[at - 1] == ' ';
        bool const ends = at + word.size() == list.size() || list[at + word.size()] == ' ';
        if (begins && ends)
            return !word.empty();
    }
    return false;
}

std::string named(std::string_view family, std::string_view word, Language language)
{
    auto const key = std::string(family) + '.' + std::string(word);
    return has_text(key) ? say(key, language) : std::string(word);
}

}  // namespace

bool TopicKinds::holds(std::string_view kind) const
{
    if (lists(kinds, kind))
        return true;
    return this == &topics.back() && std::none_of(topics.begin(), topics.end(), [&](auto const& topic) { return lists(topic.kinds, kind); });
}

std::span<TopicKinds const> topic_kinds()
{
    return topics;
}

std::span<std::string_view const> theme_ids()
{
    return ids;
}

std::string_view theme_of(std::string_view property)
{
    for (auto const& theme : themes)
        if (lists(theme.properties, property))
            return theme.id;
    return themes.front().id;
}

std::string property_name(std::string_view property, Language language)
{
    return named("property", property, language);
}

std::string kind_name(std::string_view kind, Language language)
{
    return named("kind", kind, language);
}

}  // namespace immunobot::pages
