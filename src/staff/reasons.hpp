// Why the bot answered as it did, in the words of the reader. The bot gives its reasons in English, for the log and for programs; the
// staff read them in their language. Pure.
#pragma once

#include "base/language.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace immunobot::staff {

class Reasons {
public:
    // What an intent or a property of facts is called in `language`.
    using Title = std::function<std::string(std::string_view id)>;
    Reasons(Language language, Title title) : language_(language), title_(std::move(title)) {}

    std::string said(std::string_view english) const;       // the reason for the language, a step, the role of a word
    std::string note(std::string_view note) const;          // of a word
    std::string candidate(std::string_view why) const;      // of an answer that was considered

private:
    Language language_;
    Title title_;
};

}  // namespace immunobot::staff
