#include "knowledge/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace immunobot::knowledge {
namespace {

using namespace std::string_view_literals;

constexpr std::array kind_words = {
    "cluster"sv, "organisation"sv, "research_centre"sv, "technology_centre"sv, "hospital"sv, "company"sv, "university"sv,
    "funder"sv, "programme"sv, "network"sv, "event"sv, "person"sv, "concept"sv, "place"sv};

constexpr std::array property_words = {
    "definition"sv, "full_name"sv, "kind"sv, "part_of"sv, "has_member"sv, "member_count"sv, "composition"sv, "axis"sv,
    "focus"sv, "target_disease"sv, "mission"sv, "goal"sv, "activity"sv, "research_topics"sv, "platform"sv, "product"sv,
    "clinical_trial"sv, "trial_result"sv, "history"sv, "founded"sv, "founder"sv, "leader"sv, "former_leader"sv, "role"sv,
    "governance"sv, "legal_form"sv, "headcount"sv, "capacity"sv, "output"sv, "location"sv, "address"sv, "contact"sv,
    "website"sv, "practical"sv, "how_to"sv, "education"sv, "partner"sv, "supported_by"sv, "supports"sv, "funded_by"sv,
    "funding"sv, "budget"sv, "awarded"sv, "label"sv, "acquired_by"sv, "renamed_to"sv, "spin_off"sv, "status"sv,
    "event_date"sv, "duration"sv, "organiser"sv};

constexpr std::array entity_valued = {
    "part_of"sv, "has_member"sv, "founder"sv, "leader"sv, "former_leader"sv, "supported_by"sv, "supports"sv,
    "funded_by"sv, "acquired_by"sv, "spin_off"sv, "organiser"sv};

constexpr std::array layer_words = {"seed"sv, "public"sv};

}  // namespace

std::span<std::string_view const> entity_kinds()
{
    return kind_words;
}

std::span<std::string_view const> properties()
{
    return property_words;
}

std::span<std::string_view const> layers()
{
    return layer_words;
}

bool names_entities(std::string_view property)
{
    return std::ranges::find(entity_valued, property) != entity_valued.end();
}

}  // namespace immunobot::knowledge
