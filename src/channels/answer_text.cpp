#include "channels/answer_text.hpp"

namespace immunobot::channels {
namespace {

constexpr std::string_view notices[] = {
    "I am an automatic assistant, not a person. Please do not write health or other personal details here.",
    "Je suis un assistant automatique, pas une personne. Merci de ne pas \xc3\xa9" "crire ici d'informations de sant\xc3\xa9 "
    "ou d'autres donn\xc3\xa9" "es personnelles."};

constexpr std::string_view helps[] = {
    "I am an automatic assistant, not a person. I answer questions in English and French from a base of checked facts, and I "
    "say where each answer comes from. Ask in your own words, for example: \"Which hospitals are members?\" "
    "Please do not write health or other personal details here.",
    "Je suis un assistant automatique, pas une personne. Je r\xc3\xa9ponds en fran\xc3\xa7" "ais et en anglais \xc3\xa0 partir d'une "
    "base de faits v\xc3\xa9rifi\xc3\xa9s, et je dis d'o\xc3\xb9 vient chaque r\xc3\xa9ponse. Posez votre question avec vos mots, "
    "par exemple : \xc2\xab Quels sont les h\xc3\xb4pitaux membres ? \xc2\xbb "
    "Merci de ne pas \xc3\xa9" "crire ici d'informations de sant\xc3\xa9 ou d'autres donn\xc3\xa9" "es personnelles."};

std::string numbered(assistant::Reply const& reply, Markup markup)
{
    std::string out;
    int number = 0;
    for (auto const& suggestion : reply.suggestions) {
        out += out.empty() ? "" : "\n";
        out += std::to_string(++number) + ". " + escaped(suggestion.label, markup);
    }
    return out;
}

}  // namespace

std::string source_line(assistant::Reply const& reply, Markup markup)
{
    std::string out;
    for (auto const& source : reply.sources) {
        if (!out.empty())
            out += "; ";
        else if (reply.language == Language::fr)
            out += reply.sources.size() == 1 ? "Source : " : "Sources : ";
        else
            out += reply.sources.size() == 1 ? "Source: " : "Sources: ";
        out += link(source.title, source.url, markup);
        if (auto const& date = source.published.empty() ? source.as_of : source.published; !date.empty())
            out += " (" + date + ")";
    }
    return out;
}

std::string answer_text(assistant::Reply const& reply, Markup markup, Suggestions suggestions)
{
    std::string out = escaped(reply.answer, markup);
    if (auto const sources = source_line(reply, markup); !sources.empty())
        out += "\n\n" + sources;
    if (suggestions == Suggestions::numbered && !reply.suggestions.empty())
        out += "\n\n" + numbered(reply, markup);
    return out;
}

std::string button_value(assistant::Suggestion const& suggestion, std::size_t most_bytes)
{
    std::string value = std::string(ask_mark) + suggestion.question;
    // A question cut short would ask something else; the label is short and asks nearly the same.
    if (value.size() > most_bytes)
        value = std::string(ask_mark) + suggestion.label;
    return value.size() > most_bytes ? shortened(value, most_bytes, Unit::bytes) : value;
}

std::string_view question_of_value(std::string_view value)
{
    return value.starts_with(ask_mark) ? value.substr(ask_mark.size()) : value;
}

std::string whole_value(std::string_view mark, std::string_view question, std::size_t most_bytes)
{
    if (question.empty() || mark.size() + question.size() > most_bytes)
        return {};
    return std::string(mark).append(question);
}

std::string_view share_label(Language language)
{
    return language == Language::fr ? "Partager ici" : "Share here";
}

std::string_view notice(Language language)
{
    return notices[static_cast<std::size_t>(language)];
}

std::string_view help_text(Language language)
{
    return helps[static_cast<std::size_t>(language)];
}

}  // namespace immunobot::channels
