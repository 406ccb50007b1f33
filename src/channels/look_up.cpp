#include "channels/look_up.hpp"

#include "text/fold.hpp"
#include "text/trim.hpp"

#include <algorithm>
#include <string>

namespace immunobot::channels {
namespace {

// The first word, which is taken off `text` with the blanks behind it.
std::string_view take_word(std::string_view& text)
{
    auto const word = text.substr(0, text.find_first_of(" \t\r\n"));
    text = text::trimmed(text.substr(word.size()));
    return word;
}

bool is_name(std::string_view word, std::string_view name)
{
    return text::fold(word) == name;
}

// "en quelle annee ...": the French word, not the name of a language.
bool is_french_in(std::string_view behind)
{
    auto const next = text::fold(take_word(behind));
    return next.starts_with("quel") || next == "quoi" || next == "france" || next == "provence";
}

std::optional<LookUp> with_language(std::string_view words)
{
    words = text::trimmed(words);
    auto rest = words;
    auto const word = take_word(rest);
    auto const language = word.size() == 2 ? language_from_code(word) : std::nullopt;
    if (language && !rest.empty() && !(*language == Language::en && is_french_in(rest)))
        return LookUp{rest, language};
    return words.empty() ? std::nullopt : std::optional(LookUp{words, std::nullopt});
}

}  // namespace

std::optional<LookUp> look_up_in(std::string_view message)
{
    auto rest = text::trimmed(message);
    bool const with_sign = rest.starts_with('/') || rest.starts_with('!');
    rest.remove_prefix(with_sign ? 1 : 0);
    auto const word = take_word(rest);
    // "MI" is also a name: alone it begins a question.
    if (!is_name(word, "faq") && !(with_sign && is_name(word, "mi")))
        return std::nullopt;
    return with_language(rest);
}

std::optional<LookUp> look_up_behind_command(std::string_view typed)
{
    auto rest = text::trimmed(typed);
    if (auto behind = rest; is_name(take_word(behind), "faq") && !behind.empty())
        rest = behind;
    return with_language(rest);
}

std::optional<LookUp> with_chosen_language(std::string_view message)
{
    message = text::trimmed(message);
    auto const language = message.size() > 3 && message[2] == ':' ? language_from_code(message.substr(0, 2)) : std::nullopt;
    auto const words = language ? text::trimmed(message.substr(3)) : std::string_view();
    return words.empty() ? std::nullopt : std::optional(LookUp{words, language});
}

void read_wish(Incoming& message, Channel const& channel)
{
    using Wish = Incoming::Wish;
    bool const here = std::ranges::any_of(channel.settings, [](Setting const& one) { return one.name == staff_setting.name; });
    if (!here || (message.wish != Wish::answer && message.wish != Wish::look_up))
        return;
    auto found = message.wish == Wish::look_up ? look_up_behind_command(message.question.text) : look_up_in(message.question.text);
    if (found)
        message.wish = Wish::look_up;
    else
        found = with_chosen_language(message.question.text);
    if (!found)
        return;
    message.question.say_in = found->language;
    if (found->language)
        message.question.hint = found->language;
    message.question.text = std::string(found->words);
}

}  // namespace immunobot::channels
