#include "knowledge/rules.hpp"

#include "knowledge/fragments.hpp"
#include "knowledge/unicode.hpp"
#include "text/marked.hpp"
#include "text/utf8.hpp"
#include "knowledge/vocabulary.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace immunobot::knowledge {
namespace {

// Answers longer than this cannot be sent.
constexpr std::size_t longest_text = 1'200;

using Ids = std::unordered_map<std::string_view, std::size_t>;  // id -> line

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

std::string did_you_mean(std::string_view text, std::span<std::string_view const> known, std::string otherwise)
{
    auto const near = nearest(text, known);
    return near.empty() ? std::move(otherwise) : "did you mean " + quoted(near) + "?";
}

bool is_id(std::string_view text)
{
    auto const allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, allowed) && text.front() != '-' &&
           text.back() != '-';
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

// "23/11/2026" is what Excel makes of a date; the hint gives it back as it should be.
std::string date_hint(std::string_view text)
{
    auto const meant = date_meant(text);
    return "write " + (meant.empty() ? "2026, 2026-11 or 2026-11-23" : meant);
}

// Problems of one file, up to the limit.
class Complaints {
public:
    Complaints(Sheet const& sheet, std::size_t limit, Diagnostics& found) : sheet_(sheet), left_(limit), found_(found) {}

    void error(CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint)
    {
        add(Severity::error, row, column, code, std::move(message), std::move(hint));
    }
    void warning(CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint)
    {
        add(Severity::warning, row, column, code, std::move(message), std::move(hint));
    }
    Sheet const& sheet() const { return sheet_; }

private:
    void add(Severity severity, CsvRow const& row, std::size_t column, char const* code, std::string message, std::string hint)
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

    Sheet const& sheet_;
    std::size_t left_;
    Diagnostics& found_;
};

class Rules {
public:
    Rules(Sheets const& sheets, Date const& today, CsvLimits const& limits, Diagnostics& found)
        : today_(today), sources_(sheets.sources, limits.diagnostics, found),
          entities_(sheets.entities, limits.diagnostics, found), facts_(sheets.facts, limits.diagnostics, found),
          faq_(sheets.faq, limits.diagnostics, found), askings_(sheets.askings, limits.diagnostics, found)
    {
    }

    void check()
    {
        source_ids_ = ids(sources_, source_column::id);
        entity_ids_ = ids(entities_, entity_column::id);
        for (auto const& [id, line] : source_ids_)
            source_names_.push_back(id);
        for (auto const& [id, line] : entity_ids_)
            entity_names_.push_back(id);
        std::ranges::sort(source_names_);
        std::ranges::sort(entity_names_);
        check_sources();
        check_entities();
        check_facts();
        check_faq();
        check_askings();
    }

private:
    // Shape and uniqueness of the ids of one file; what the others may refer to.
    Ids ids(Complaints& file, std::size_t column) const
    {
        Ids known;
        for (CsvRow const& row : file.sheet().rows()) {
            auto const id = file.sheet().text(row, column);
            if (id.empty())
                continue;  // told as an empty field
            auto const [place, fresh] = known.emplace(id, row.line);
            if (!fresh)
                file.error(row, column, "K021", "the id " + quoted(id) + " is already on line " + std::to_string(place->second),
                           "each row has an id of its own");
        }
        return known;
    }

    void check_sources()
    {
        namespace c = source_column;
        for (CsvRow const& row : sources_.sheet().rows()) {
            check_texts(sources_, row);
            check_id(sources_, row, c::id);
            for (std::size_t const column : {c::title, c::publisher, c::seen})
                need(sources_, row, column);
            check_web_address(sources_, row, c::url);
            check_date(sources_, row, c::published);
            check_date(sources_, row, c::seen);
        }
    }

    void check_entities()
    {
        namespace c = entity_column;
        for (CsvRow const& row : entities_.sheet().rows()) {
            check_texts(entities_, row);
            check_id(entities_, row, c::id);
            need(entities_, row, c::name_en);
            need(entities_, row, c::name_fr);
            check_word(entities_, row, c::kind, entity_kinds(), "kind");
            check_list(entities_, row, c::aliases);
            check_entity(entities_, row, c::parent);
            check_names(row);
            check_parents(row);
        }
    }

    void check_facts()
    {
        namespace c = fact_column;
        fact_ids_ = ids(facts_, c::id);
        for (CsvRow const& row : facts_.sheet().rows()) {
            check_texts(facts_, row);
            check_fact_id(row);
            need(facts_, row, c::entity);
            check_entity(facts_, row, c::entity);
            check_word(facts_, row, c::property, properties(), "property");
            need(facts_, row, c::value);
            check_list(facts_, row, c::value);
            check_value(row);
            need_sentence(facts_, row, c::text_en);
            need_sentence(facts_, row, c::text_fr);
            check_span(facts_, row, c::valid_from, c::valid_to);
            check_source(facts_, row, c::source);
            check_word(facts_, row, c::layer, layers(), "layer");
            check_review(facts_, row, c::review_by);
        }
    }

    void check_faq()
    {
        namespace c = faq_column;
        Ids const known = ids(faq_, c::id);
        for (CsvRow const& row : faq_.sheet().rows()) {
            check_texts(faq_, row);
            check_id(faq_, row, c::id);
            for (std::size_t const column : {c::questions_en, c::questions_fr}) {
                need(faq_, row, column);
                check_list(faq_, row, column);
            }
            need_answer(row, c::answer_en, Language::en);
            need_answer(row, c::answer_fr, Language::fr);
            check_entity(faq_, row, c::entity);
            check_source(faq_, row, c::source);
            check_review(faq_, row, c::review_by);
            if (check_date(faq_, row, c::valid_to) && is_over(faq_.sheet().text(row, c::valid_to), today_))
                faq_.warning(row, c::valid_to, "K042", "this entry is no longer given since " + std::string(faq_.sheet().text(row, c::valid_to)),
                             "bring it up to date or take it out");
        }
    }

    void check_askings()
    {
        namespace c = asking_column;
        Ids const known = ids(askings_, c::fact);
        std::vector<std::string_view> names;
        for (auto const& [id, line] : fact_ids_) {
            names.push_back(id);
            names.push_back(id.substr(0, id.rfind('.')));  // all facts of an entity and a property
        }
        std::ranges::sort(names);
        for (CsvRow const& row : askings_.sheet().rows()) {
            check_texts(askings_, row);
            check_list(askings_, row, c::questions_en);
            check_list(askings_, row, c::questions_fr);
            auto const id = askings_.sheet().text(row, c::fact);
            if (need(askings_, row, c::fact) && facts_.sheet().usable() && !std::ranges::binary_search(names, id))
                askings_.error(row, c::fact, "K022", "there is no fact " + quoted(id), suggest(id, names, "add it to facts.csv"));
        }
    }

    static std::string_view name(Complaints const& file, std::size_t column)
    {
        return file.sheet().form().columns[column].name;
    }

    void check_texts(Complaints& file, CsvRow const& row) const
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

    bool need(Complaints& file, CsvRow const& row, std::size_t column) const
    {
        if (!file.sheet().text(row, column).empty())
            return true;
        file.error(row, column, "K023", quoted(name(file, column)) + " is empty", "every row needs it");
        return false;
    }

    void need_sentence(Complaints& file, CsvRow const& row, std::size_t column) const
    {
        need_length(file, row, column, file.sheet().text(row, column));
    }

    // Its marks are not said; the facts that it names are.
    void need_answer(CsvRow const& row, std::size_t column, Language language)
    {
        auto const written = faq_.sheet().text(row, column);
        for (auto const id : facts_named_in(written))
            if (facts_.sheet().usable() && !fact_ids_.contains(id))
                faq_.error(row, column, "K047", "the answer has the text of a fact that there is not, " + quoted(id), suggest(id, fact_names(), "take the id of a fact of facts.csv, or write the text itself"));
        need_length(faq_, row, column, text::without_marks(with_facts(written, language, [&](std::string_view id) { return fact_named(id); })));
    }

    // Sorted; made when it is asked for.
    std::vector<std::string_view> const& fact_names()
    {
        if (fact_names_.empty())
            for (auto const& [id, line] : fact_ids_)
                fact_names_.push_back(id);
        std::ranges::sort(fact_names_);
        return fact_names_;
    }

    // Only its texts.
    Fact const* fact_named(std::string_view id)
    {
        namespace c = fact_column;
        auto const& rows = facts_.sheet().rows();
        auto const row = std::ranges::find(rows, id, [&](CsvRow const& one) { return facts_.sheet().text(one, c::id); });
        if (row == rows.end())
            return nullptr;
        named_.text = {std::string(facts_.sheet().text(*row, c::text_en)), std::string(facts_.sheet().text(*row, c::text_fr))};
        return &named_;
    }

    void need_length(Complaints& file, CsvRow const& row, std::size_t column, std::string_view said) const
    {
        if (need(file, row, column) && text::length(said) > longest_text)
            file.error(row, column, "K045", quoted(name(file, column)) + " is longer than an answer may be (" +
                       std::to_string(longest_text) + " characters)", "shorten it, or make two of it");
    }

    void check_id(Complaints& file, CsvRow const& row, std::size_t column) const
    {
        if (need(file, row, column) && !is_id(file.sheet().text(row, column)))
            file.error(row, column, "K020", quoted(file.sheet().text(row, column)) + " is no id",
                       "an id has small letters a-z, digits and hyphens, like mi-fhu");
    }

    void check_fact_id(CsvRow const& row)
    {
        namespace c = fact_column;
        if (!need(facts_, row, c::id))
            return;
        auto const id = facts_.sheet().text(row, c::id);
        auto const stem = std::string(facts_.sheet().text(row, c::entity)) + '.' + std::string(facts_.sheet().text(row, c::property)) + '.';
        bool const numbered = id.size() > stem.size() && id.size() <= stem.size() + 9 &&
                              id.find_first_not_of("0123456789", stem.size()) == std::string_view::npos;
        if (!id.starts_with(stem) || !numbered)
            facts_.error(row, c::id, "K032", quoted(id) + " does not fit its row", "the id is entity.property.number: " + stem + "1");
    }

    void check_word(Complaints& file, CsvRow const& row, std::size_t column, std::span<std::string_view const> words, std::string const& what) const
    {
        auto const word = file.sheet().text(row, column);
        if (need(file, row, column) && std::ranges::find(words, word) == words.end())
            file.error(row, column, "K024", quoted(word) + " is no " + what, did_you_mean(word, words, "the words are in docs/knowledge.md"));
    }

    void check_list(Complaints& file, CsvRow const& row, std::size_t column) const
    {
        for (std::string_view const item : split_list(file.sheet().text(row, column)))
            if (item.empty() || item.front() == ' ' || item.back() == ' ') {
                file.error(row, column, "K044", "an item of " + quoted(name(file, column)) + " is empty or has blanks around it",
                           "write items as a|b|c");
                return;
            }
    }

    // Suggestions cost a comparison with every id; after the first many, the pattern is clear without.
    std::string suggest(std::string_view id, std::vector<std::string_view> const& known, std::string otherwise)
    {
        if (suggestions_ == 0)
            return otherwise;
        --suggestions_;
        return did_you_mean(id, known, std::move(otherwise));
    }

    // An entities.csv that cannot be read is told once, not again for each row that refers to it.
    bool is_entity(std::string_view id) const { return !entities_.sheet().usable() || entity_ids_.contains(id); }

    void check_entity(Complaints& file, CsvRow const& row, std::size_t column)
    {
        auto const id = file.sheet().text(row, column);
        if (!id.empty() && !is_entity(id))
            file.error(row, column, "K022", "there is no entity " + quoted(id), suggest(id, entity_names_, "add it to entities.csv"));
    }

    void check_source(Complaints& file, CsvRow const& row, std::size_t column)
    {
        auto const id = file.sheet().text(row, column);
        if (need(file, row, column) && sources_.sheet().usable() && !source_ids_.contains(id))
            file.error(row, column, "K022", "there is no source " + quoted(id), suggest(id, source_names_, "add it to sources.csv"));
    }

    void check_value(CsvRow const& row)
    {
        namespace c = fact_column;
        auto const property = facts_.sheet().text(row, c::property);
        auto const value = facts_.sheet().text(row, c::value);
        if (property == "website" && !value.empty() && !is_web_address(value))
            facts_.error(row, c::value, "K027", quoted(value) + " is no web address", "it begins with https:// or http://");
        if (!names_entities(property))
            return;
        for (std::string_view const item : split_list(value))
            if (!item.empty() && item.front() >= 'a' && item.front() <= 'z' && !is_entity(item))
                facts_.error(row, c::value, "K033", "there is no entity " + quoted(item) + " for " + quoted(property),
                             suggest(item, entity_names_, "add it to entities.csv, or write a plain name with a capital"));
    }

    void check_web_address(Complaints& file, CsvRow const& row, std::size_t column) const
    {
        auto const text = file.sheet().text(row, column);
        if (!text.empty() && !is_web_address(text))
            file.error(row, column, "K027", quoted(text) + " is no web address", "it begins with https:// or http://");
    }

    // True if there is a date, and it can be.
    bool check_date(Complaints& file, CsvRow const& row, std::size_t column) const
    {
        auto const text = file.sheet().text(row, column);
        if (text.empty() || parse_date(text))
            return !text.empty();
        file.error(row, column, "K025", quoted(text) + " is no date", date_hint(text));
        return false;
    }

    void check_span(Complaints& file, CsvRow const& row, std::size_t from, std::size_t to) const
    {
        bool const begins = check_date(file, row, from);
        bool const ends = check_date(file, row, to);
        if (begins && ends && last_day(*parse_date(file.sheet().text(row, to))) < *parse_date(file.sheet().text(row, from)))
            file.error(row, to, "K026", "this ends (" + std::string(file.sheet().text(row, to)) + ") before it begins (" +
                       std::string(file.sheet().text(row, from)) + ")", "exchange the two dates, or mend one");
    }

    void check_review(Complaints& file, CsvRow const& row, std::size_t column) const
    {
        auto const text = file.sheet().text(row, column);
        if (check_date(file, row, column) && is_over(text, today_))
            file.warning(row, column, "K041", "somebody was to look at this again by " + std::string(text),
                         "check it with its source, then put a new date");
    }

    // Names are compared as questions are: without case, accents and punctuation.
    void check_names(CsvRow const& row)
    {
        namespace c = entity_column;
        for (std::size_t const column : {c::name_en, c::name_fr, c::acronym, c::aliases})
            for (std::string_view const one : split_list(entities_.sheet().text(row, column))) {
                auto key = name_key(one);
                if (key.empty())
                    continue;
                auto const [other, fresh] = names_.emplace(std::move(key), &row);
                if (!fresh && other->second != &row)
                    entities_.warning(row, column, "K040", quoted(one) + " also names " +
                                      quoted(entities_.sheet().text(*other->second, c::id)) + " (line " + std::to_string(other->second->line) + ")",
                                      "a visitor who says it will be asked which one is meant");
            }
    }

    void check_parents(CsvRow const& row)
    {
        namespace c = entity_column;
        if (parents_.empty())
            for (CsvRow const& each : entities_.sheet().rows())
                parents_.emplace(entities_.sheet().text(each, c::id), entities_.sheet().text(each, c::parent));
        auto const start = entities_.sheet().text(row, c::id);
        auto at = parents_.find(entities_.sheet().text(row, c::parent));
        // Deeper than 20 is no containment that a person would write.
        for (int depth = 0; at != parents_.end(); at = parents_.find(at->second))
            if (at->first == start || ++depth > 20) {
                entities_.error(row, c::parent, "K031", "the parents of " + quoted(start) + " lead back to it or never end",
                                "leave the parent of the outermost one empty");
                return;
            }
    }

    Date today_;
    Complaints sources_;
    Complaints entities_;
    Complaints facts_;
    Complaints faq_;
    Complaints askings_;
    Ids source_ids_;
    Ids entity_ids_;
    Ids fact_ids_;
    std::vector<std::string_view> source_names_;
    std::vector<std::string_view> entity_names_;
    std::unordered_map<std::string, CsvRow const*> names_;
    std::unordered_map<std::string_view, std::string_view> parents_;
    std::vector<std::string_view> fact_names_;
    Fact named_;
    int suggestions_ = 50;
};

}  // namespace

void check_rules(Sheets const& sheets, Date const& today, CsvLimits const& limits, Diagnostics& found)
{
    Rules(sheets, today, limits, found).check();
}

std::string date_meant(std::string_view text)
{
    if (text.size() != 10 || (text[2] != '/' && text[2] != '.' && text[2] != '-') || text[5] != text[2])
        return {};
    auto turned = std::string(text.substr(6)) + '-' + std::string(text.substr(3, 2)) + '-' + std::string(text.substr(0, 2));
    return parse_date(turned) ? turned : std::string();
}

}  // namespace immunobot::knowledge
