// The words that data/*.csv may use: kinds of entities, properties of facts, layers. docs/knowledge.md explains them.
#pragma once

#include <span>
#include <string_view>

namespace immunobot::knowledge {

std::span<std::string_view const> entity_kinds();
std::span<std::string_view const> properties();
std::span<std::string_view const> layers();

// In values of these properties an item that begins with a lower-case letter is the id of an entity.
bool names_entities(std::string_view property);

}  // namespace immunobot::knowledge
