#include "knowledge/field_rules.hpp"

#include "knowledge/rules.hpp"
#include "knowledge/unicode.hpp"
#include "knowledge/vocabulary.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::knowledge {
namespace {

// Answers longer than this cannot be sent.
constexpr std::size_t longest_text = 1'200;

bool is_id(std::string_view text)
{
    auto const allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, allowed) && text.front() != '-' &&
           text.back() != '-';
}

// "23/11/2026" is what Excel makes of a date; the hint gives it back as it should be.
std::string date_hint(std::string_view text)
{
    auto const meant = date_meant(text);
    return "write " + (meant.empty() ? "2026, 2026-11 or 2026-11-23" : meant);
}

std::string_view name(Complaints const& file, std::size_t column)
{
    return file.sheet().form().columns[column].name;
}

}  // namespace

void Complaints::error(CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint)
{
    add(Severity::error, row, column, code, std::move(message), std::move(hint));
}

void Complaints::warning(CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint)
{
    add(Severity::warning, row, column, code, std::move(message), std::move(hint));
}

void Complaints::add(Severity severity, CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint)
{
    if (left_ == 0)
        return;
    if (--left_ == 0) {
        severity = Severity::error;
        message = "too many problems; those after this line are not shown";
        hint = "mend those above first";
    }
    auto const& field = sheet_.field(row, column);
    found_.push_back({severity, code, sheet_.table().file, field.line, field.column, text::source_line(sheet_.table(), field),
                      std::move(message), std::move(hint)});
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

std::string did_you_mean(std::string_view text, std::span<std::string_view const> known, std::string otherwise)
{
    auto const near = nearest(text, known);
    return near.empty() ? std::move(otherwise) : "did you mean " + quoted(near) + "?";
}

bool is_web_address(std::string_view text)
{
    for (std::string_view const scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme))
            continue;
        auto const rest = text.substr(scheme.size());
        auto const host = rest.substr(0, rest.find_first_of("/?#"));
        return host.find('.') != std::string_view::npos && host.find('@') == std::string_view::npos &&
               text.find_first_of(" \t\r\n\"<>\\^`{|}") == std::string_view::npos;
    }
    return false;
}

void check_texts(Complaints& file, CsvRow const& row)
{
    for (std::size_t column = 0; column < file.sheet().form().columns.size(); ++column) {
        auto const text = file.sheet().text(row, column);
        if (!is_nfc(text))
            file.error(row, column, "K028", "the letters of " + quoted(name(file, column)) + " are not in the composed form (NFC)",
                       "type the accented letters again, or convert the file to Unicode NFC");
        if (find_invisible(text) != std::string_view::npos)
            file.error(row, column, "K030", "an invisible character (control, zero-width or direction) in " + quoted(name(file, column)),
                       "delete the text and type it again");
        if (auto const at = find_mixed_script(text); at != std::string_view::npos)
            file.error(row, column, "K029", "a word of " + quoted(name(file, column)) + " mixes Latin with look-alike Greek or Cyrillic letters: " +
                       quoted(text.substr(at, text.find_first_of(" |,.;", at) - at)), "type the word again");
        if (!text.empty() && (text.front() == ' ' || text.back() == ' '))
            file.error(row, column, "K046", quoted(name(file, column)) + " begins or ends with a blank", "take the blank out");
    }
}

bool need(Complaints& file, CsvRow const& row, std::size_t column)
{
    if (!file.sheet().text(row, column).empty())
        return true;
    file.error(row, column, "K023", quoted(name(file, column)) + " is empty", "every row needs it");
    return false;
}

void need_length(Complaints& file, CsvRow const& row, std::size_t column, std::string_view said)
{
    if (need(file, row, column) && text::length(said) > longest_text)
        file.error(row, column, "K045", quoted(name(file, column)) + " is longer than an answer may be (" +
                   std::to_string(longest_text) + " characters)", "shorten it, or make two of it");
}

void check_id(Complaints& file, CsvRow const& row, std::size_t column)
{
    if (need(file, row, column) && !is_id(file.sheet().text(row, column)))
        file.error(row, column, "K020", quoted(file.sheet().text(row, column)) + " is no id",
                   "an id has small letters a-z, digits and hyphens, like mi-fhu");
}

void check_word(Complaints& file, CsvRow const& row, std::size_t column, std::span<std::string_view const> words, std::string const& what)
{
    auto const word = file.sheet().text(row, column);
    if (need(file, row, column) && std::ranges::find(words, word) == words.end())
        file.error(row, column, "K024", quoted(word) + " is no " + what, did_you_mean(word, words, "the words are in docs/knowledge.md"));
}

void check_list(Complaints& file, CsvRow const& row, std::size_t column)
{
    for (std::string_view const item : split_list(file.sheet().text(row, column)))
        if (item.empty() || item.front() == ' ' || item.back() == ' ') {
            file.error(row, column, "K044", "an item of " + quoted(name(file, column)) + " is empty or has blanks around it",
                       "write items as a|b|c");
            return;
        }
}

void check_questions(Complaints& file, CsvRow const& row, std::size_t column)
{
    auto const items = split_list(file.sheet().text(row, column));
    if (items.size() > most_faq_questions)
        file.error(row, column, "K049", quoted(name(file, column)) + " has " + std::to_string(items.size()) + " questions, more than " + std::to_string(most_faq_questions), "keep those that differ most");
    else if (std::ranges::any_of(items, [](std::string_view item) { return text::length(item) > longest_faq_question; }))
        file.error(row, column, "K049", "a question of " + quoted(name(file, column)) + " is longer than " + std::to_string(longest_faq_question) + " characters", "ask it in fewer words");
}

void check_web_address(Complaints& file, CsvRow const& row, std::size_t column)
{
    auto const text = file.sheet().text(row, column);
    if (!text.empty() && !is_web_address(text))
        file.error(row, column, "K027", quoted(text) + " is no web address", "it begins with https:// or http://");
}

bool check_date(Complaints& file, CsvRow const& row, std::size_t column)
{
    auto const text = file.sheet().text(row, column);
    if (text.empty() || parse_date(text))
        return !text.empty();
    file.error(row, column, "K025", quoted(text) + " is no date", date_hint(text));
    return false;
}

void check_span(Complaints& file, CsvRow const& row, std::size_t from, std::size_t to)
{
    bool const begins = check_date(file, row, from);
    bool const ends = check_date(file, row, to);
    if (begins && ends && last_day(*parse_date(file.sheet().text(row, to))) < *parse_date(file.sheet().text(row, from)))
        file.error(row, to, "K026", "this ends (" + std::string(file.sheet().text(row, to)) + ") before it begins (" +
                   std::string(file.sheet().text(row, from)) + ")", "exchange the two dates, or mend one");
}

void check_review(Complaints& file, CsvRow const& row, std::size_t column, Date const& today)
{
    auto const text = file.sheet().text(row, column);
    if (check_date(file, row, column) && is_over(text, today))
        file.warning(row, column, "K041", "somebody was to look at this again by " + std::string(text),
                     "check it with its source, then put a new date");
}

std::string date_meant(std::string_view text)
{
    if (text.size() != 10 || (text[2] != '/' && text[2] != '.' && text[2] != '-') || text[5] != text[2])
        return {};
    auto turned = std::string(text.substr(6)) + '-' + std::string(text.substr(3, 2)) + '-' + std::string(text.substr(0, 2));
    return parse_date(turned) ? turned : std::string();
}

}  // namespace immunobot::knowledge
