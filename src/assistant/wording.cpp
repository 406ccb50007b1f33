#include "assistant/wording.hpp"

#include "assistant/shipped_phrases.hpp"
#include "text/csv.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace immunobot::assistant {
namespace {

constexpr std::string_view phrase_names[] = {"yes", "no", "unknown_for", "unknown", "unknown_again", "rest_unknown", "can_tell", "contact", "emergency", "notice",
                                      "unsure", "read_as", "empty", "too_long", "storage", "other_language", "until", "stopped", "starters", "known_of_them", "compared",
                                      "why_fixed", "why_about", "why_wish", "why_facts", "why_none", "why_sure", "why_likely", "why_left"};
static_assert(std::size(phrase_names) == static_cast<std::size_t>(Phrase::count));

}  // namespace

Wording Wording::read(std::string const& folder, Diagnostics& found)
{
    Wording out;
    std::string const path = folder + "/phrases.csv";
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    out.take(content.str(), path, found);
    Wording shipped;
    for (std::size_t i = 0; i < std::size(phrase_names); ++i)
        if (out.phrases_[i].en.empty() || out.phrases_[i].fr.empty()) {
            found.push_back({Severity::error, "P002", path, 0, 0, {}, "the phrase '" + std::string(phrase_names[i]) + "' is missing in en or fr", "add it"});
            if (Diagnostics ignored; shipped.phrases_[0].en.empty())
                shipped.take(std::string(shipped_phrases), path, ignored);
            auto const phrase = static_cast<Phrase>(i);
            bool const local = phrase == Phrase::contact || phrase == Phrase::emergency || phrase == Phrase::notice;
            out.phrases_[i] = local ? LocalText() : shipped.phrases_[i];
        }
    return out;
}

void Wording::take(std::string const& content, std::string const& path, Diagnostics& found)
{
    auto const table = text::read_csv(content, path, {"phrase", "en", "fr"}, {}, found);
    for (auto const& row : table.rows) {
        auto const at = std::ranges::find(phrase_names, row[0].value);
        if (at == std::end(phrase_names)) {
            auto const near = nearest(row[0].value, phrase_names);
            found.push_back({Severity::error, "P001", path, row[0].line, row[0].column, {}, "unknown phrase '" + row[0].value + "'",
                             near.empty() ? "remove it" : "did you mean '" + std::string(near) + "'?"});
            continue;
        }
        phrases_[static_cast<std::size_t>(at - std::begin(phrase_names))] = {row[1].value, row[2].value};
    }
}

std::string const& Wording::say(Phrase phrase, Language language) const
{
    return both(phrase).in(language);
}

LocalText const& Wording::both(Phrase phrase) const
{
    return phrases_[static_cast<std::size_t>(phrase)];
}

std::string Wording::say(Phrase phrase, Language language, std::initializer_list<std::pair<std::string_view, std::string_view>> values) const
{
    std::string out = say(phrase, language);
    for (auto const& [name, value] : values) {
        std::string const slot = "{" + std::string(name) + "}";
        if (auto const at = out.find(slot); at != std::string::npos)
            out.replace(at, slot.size(), value);
    }
    return out;
}

}  // namespace immunobot::assistant
