// Facts and entities as JSON: the same in the look-up routes and for MCP clients. Pure.
#pragma once

#include "server/backend.hpp"

#include <string>

namespace immunobot::server {

// "facts":[...] with the source of each.
void append_facts(std::string& out, std::vector<SourcedFact> const& facts);

// The members of an entity, without the closing brace.
void append_entity(std::string& out, knowledge::Entity const& entity);

// The whole object of an entity, with children and facts.
void append_entity_view(std::string& out, EntityView const& view);

}  // namespace immunobot::server
