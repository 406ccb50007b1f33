// The answer as a small tree, for whoever shows it with links: paragraphs and lists of lines, lines of texts that lead
// somewhere or not. Nothing of it is markup.
#pragma once

#include "assistant/reply.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

struct Run {
    std::string_view text;
    std::string address = {};       // of a contact: https, http, mailto or tel; empty: none
    std::string_view entity = {};   // id of the entity whose page it leads to; empty: none
    bool strong = false;
};

struct Block {
    enum class Kind : std::uint8_t { paragraph, numbered, bulleted };
    Kind kind = Kind::paragraph;
    std::vector<std::vector<Run>> lines;   // a paragraph has one
};

std::string_view name(Block::Kind kind);

// All of reply.answer, without its line ends, the marks of its lists, and the addresses that a label leads to. Holds parts of
// `reply`, which has to outlive it.
std::vector<Block> blocks_of(Reply const& reply);
// The same of a text that nobody was answered with, which has to outlive it.
std::vector<Block> blocks_of(text::Marked const& text);

// Where an entity's page is, seen from the root of the server.
std::string page_of(std::string_view entity, Language language);

}  // namespace immunobot::assistant
