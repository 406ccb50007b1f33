#include "assistant/told.hpp"

#include <algorithm>
#include <map>

namespace immunobot::assistant {
namespace {

constexpr std::string_view former = "former_";

bool has(std::vector<EntityId> const& all, EntityId one)
{
    return std::ranges::find(all, one) != all.end();
}

// Whether `fact` says something of `of` that has `value` as its only value.
bool says_alone(FactFeatures const& fact, EntityId of, EntityId value)
{
    return !fact.is_faq && fact.has_entity && fact.entity == of && fact.value_entities.size() == 1 && fact.value_entities[0] == value;
}

// How those of a list say the same of themselves: "supports", of a list of who a house is "supported_by".
std::optional<std::uint16_t> other_side(FactIndex const& index, FactFeatures const& list)
{
    std::map<std::uint16_t, std::size_t> count;
    for (EntityId const one : list.value_entities)
        for (auto const& posting : index.of_entity(one))
            if (auto const& fact = index.facts()[posting.fact]; says_alone(fact, one, list.entity))
                ++count[fact.property];
    auto const most = std::ranges::max_element(count, {}, [](auto const& entry) { return entry.second; });
    return most == count.end() ? std::nullopt : std::optional(most->first);
}

std::string present_of(std::string const& property)
{
    return property.starts_with(former) ? property.substr(former.size()) : property;
}

std::size_t people_named(Snapshot const& snapshot, FactFeatures const& fact)
{
    return static_cast<std::size_t>(std::ranges::count_if(fact.mentioned, [&](EntityId one) { return snapshot.entities[one].kind == "person"; }));
}

}  // namespace

std::optional<FactIndexId> one_of_told(FactIndex const& index, std::vector<std::string> const& told, EntityId entity)
{
    auto const& facts = index.facts();
    for (auto const& posting : index.of_entity(entity)) {
        auto const& list = facts[posting.fact];
        if (list.is_faq || !list.has_entity || list.entity == entity || list.value_entities.size() < 2 || !has(list.value_entities, entity) ||
            std::ranges::find(told, list.id) == told.end())
            continue;
        auto const property = other_side(index, list);
        for (auto const& own : index.of_entity(entity))
            if (property && facts[own.fact].property == *property && says_alone(facts[own.fact], entity, list.entity))
                return own.fact;
        return posting.fact;
    }
    return std::nullopt;
}

bool lists_members(Snapshot const& snapshot, FactFeatures const& list)
{
    return std::ranges::any_of(list.value_entities, [&](EntityId one) { return snapshot.entities[one].parent == list.entity; }) || other_side(snapshot.index, list);
}

bool is_past(FactIndex const& index, std::uint16_t property)
{
    return index.property_name(property).starts_with(former);
}

bool is_held_in_turn(FactIndex const& index, std::uint16_t property)
{
    return is_past(index, property) || index.property(std::string(former) + index.property_name(property)) != FactIndex::no_property;
}

std::vector<FactIndexId> before_that(Snapshot const& snapshot, FactIndexId id)
{
    auto const& index = snapshot.index;
    auto const& facts = index.facts();
    auto const& fact = facts[id];
    auto const present = present_of(index.property_name(fact.property));
    auto const past = index.property(std::string(former) + present);
    bool const today = !is_past(index, fact.property);
    std::vector<FactIndexId> out;
    if (today && people_named(snapshot, fact) > 1)
        out.push_back(id);
    std::optional<FactIndexId> nearest;
    for (auto const& posting : index.of_entity(fact.entity)) {
        auto const& other = facts[posting.fact];
        bool const turn = !other.is_faq && other.has_entity && other.entity == fact.entity && other.property == past && posting.fact != id;
        bool const earlier = fact.valid_from.empty() ? today : !other.valid_from.empty() && other.valid_from < fact.valid_from;
        if (turn && earlier && (!nearest || facts[*nearest].valid_from < other.valid_from))
            nearest = posting.fact;
    }
    if (nearest)
        out.push_back(*nearest);
    return out;
}

}  // namespace immunobot::assistant
