// The two languages of the product, and text that exists in both.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace immunobot {

enum class Language { en = 0, fr = 1 };

constexpr std::string_view code(Language language)
{
    return language == Language::fr ? "fr" : "en";
}

// "en", "fr", or with a region ("fr-FR", "en_GB"); nothing for any other text.
constexpr std::optional<Language> language_from_code(std::string_view text)
{
    if (text.size() > 2 && text[2] != '-' && text[2] != '_')
        return std::nullopt;
    if (text.substr(0, 2) == "en" || text.substr(0, 2) == "EN")
        return Language::en;
    if (text.substr(0, 2) == "fr" || text.substr(0, 2) == "FR")
        return Language::fr;
    return std::nullopt;
}

constexpr Language other(Language language)
{
    return language == Language::fr ? Language::en : Language::fr;
}

struct LocalText {
    std::string en;
    std::string fr;

    std::string const& in(Language language) const& { return language == Language::fr ? fr : en; }
    std::string& in(Language language) & { return language == Language::fr ? fr : en; }
    friend bool operator==(LocalText const&, LocalText const&) = default;
};

}  // namespace immunobot
