// What visitors are told on a day: not what is still to come, and what has ended with its date or, where administrators have chosen that,
// not at all. Pure.
#pragma once

#include "base/date.hpp"
#include "knowledge/fragments.hpp"
#include "knowledge/model.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace immunobot::knowledge {

// Whether it begins after `today`.
bool is_to_come(std::string_view valid_from, Date const& today);

// Whether a text says itself until when it held, as history does: by its year. One that ends on a day is no history, whatever year it names.
bool tells_end(std::string_view valid_to, std::string_view text);
bool tells_end(std::string_view valid_to, LocalText const& text);   // in both languages

// When an entry of the FAQ may be told: not before all of the facts that its text takes in, nor after one of these or itself has ended
// whose text does not tell that.
struct Term {
    std::string valid_from;
    std::string valid_to;
};
Term term_of(FaqEntry const& entry, FactOf const& fact_of);

// Without what is not told on that day; the same object if that is nothing.
std::shared_ptr<Knowledge const> told_on(std::shared_ptr<Knowledge const> knowledge, Date const& today);

}  // namespace immunobot::knowledge
