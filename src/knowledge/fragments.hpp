// "{{ciml.address.1}}" in the answer of a FAQ entry stands for the text of that fact, in the language of the answer: edited once, it
// changes in all of them. Pure.
#pragma once

#include "knowledge/model.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace immunobot::knowledge {

// Whether it has the form entity.property.number.
bool is_fact_id(std::string_view text);

// Each fact that `text` names so, once, in its order. Other double braces are none of them.
std::vector<std::string_view> facts_named_in(std::string_view text);
// How many places it has for the text of a fact. An answer has no more than `most_fragments`: else a fact that becomes longer makes an
// answer longer by dozens of times as much.
std::size_t fragments_in(std::string_view text);
inline constexpr std::size_t most_fragments = 12;
// In either language.
bool names_fact(LocalText const& answer, std::string_view fact);

// Null: there is no such fact; what names it stays as it stands.
using FactOf = std::function<Fact const*(std::string_view id)>;

// `text` with the texts of the facts in it. Nothing of these is looked at again.
std::string with_facts(std::string_view text, Language language, FactOf const& fact_of);
LocalText with_facts(LocalText const& answer, FactOf const& fact_of);

// A FactOf of all of them, which have to outlive it. Copies are cheap.
class FactsById {
public:
    explicit FactsById(std::vector<Fact> const& facts);
    Fact const* operator()(std::string_view id) const;

private:
    std::shared_ptr<std::unordered_map<std::string_view, Fact const*> const> facts_;
};

}  // namespace immunobot::knowledge
