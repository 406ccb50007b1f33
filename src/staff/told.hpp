// The words in which staff are told things as plain text: answers ready to be copied, what a change would do. Pure.
#pragma once

#include "base/language.hpp"
#include "staff/regression.hpp"
#include "staff/search.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace immunobot::staff {

// Says things in one language; `both`: answers are given in the two.
class Words {
public:
    explicit Words(std::optional<Language> language) : language_(language.value_or(Language::fr)), both_(!language) {}
    std::string operator()(std::string_view french, std::string_view english) const { return std::string(language_ == Language::fr ? french : english); }
    Language language() const { return language_; }
    bool both() const { return both_; }

private:
    Language language_;
    bool both_;
};

// "Source: TITLE, ADDRESS (DAY)"; empty if there is no title.
std::string source_line(std::string_view title, std::string_view url, std::string_view day, Words const& say);

// The answer, where it comes from, and whether it is over or for staff alone: as it is pasted into a mail.
std::string copy_ready(Found const& found, std::string const& name, Words const& say);

// What a change would do to the stored questions, and to each of those that visitors asked lately.
std::string summary(Regression const& regression, Words const& say);

}  // namespace immunobot::staff
