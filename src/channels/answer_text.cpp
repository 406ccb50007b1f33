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

// Writes a text piece by piece, each with what stands around it.
class MarkedText {
public:
    MarkedText(std::string_view text, Markup markup) : text_(text), markup_(markup) {}

    std::string write(std::vector<text::Mark> const& marks)
    {
        std::string out;
        std::size_t at = 0;
        for (auto mark = marks.begin(); mark != marks.end();) {
            out += escaped(text_.substr(at, mark->begin - at), markup_);
            at = mark->end;
            if (!mark->address.empty()) {
                out += link_of(*mark++);
                continue;
            }
            auto const& whole = *mark++;
            std::string inside;
            auto from = whole.begin;
            for (; mark != marks.end() && mark->begin < whole.end; from = mark++->end)
                inside.append(escaped(text_.substr(from, mark->begin - from), markup_)).append(link_of(*mark));
            inside += escaped(text_.substr(from, whole.end - from), markup_);
            out += strong(std::move(inside), around(whole.begin, -1), around(whole.end, 0), markup_);
        }
        return out + escaped(text_.substr(at), markup_);
    }

private:
    // Of an e-mail address or a number, which not every platform makes a link of, the text says all.
    std::string link_of(text::Mark const& mark) const
    {
        bool const web = mark.address.starts_with("https://");
        return web && mark.shown < mark.end ? link(text_.substr(mark.begin, mark.shown - mark.begin), mark.address, markup_) : escaped(text_.substr(mark.begin, mark.end - mark.begin), markup_);
    }

    char around(std::size_t at, int by) const
    {
        auto const i = at + static_cast<std::size_t>(by);
        return i < text_.size() ? text_[i] : ' ';
    }

    std::string_view text_;
    Markup markup_;
};

std::string marked_text(assistant::Reply const& reply, Markup markup)
{
    bool const as_it_is = reply.marks.empty() || markup == Markup::plain;
    return as_it_is ? escaped(reply.answer, markup) : MarkedText(reply.answer, markup).write(reply.marks);
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
    auto out = marked_text(reply, markup);
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
