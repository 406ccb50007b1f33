#include "knowledge/rules.hpp"

#include "knowledge/field_rules.hpp"
#include "knowledge/fragments.hpp"
#include "knowledge/unicode.hpp"
#include "knowledge/vocabulary.hpp"
#include "text/marked.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace immunobot::knowledge {
namespace {

using Ids = std::unordered_map<std::string_view, std::size_t>;  // id -> line

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
            need_length(facts_, row, c::text_en, facts_.sheet().text(row, c::text_en));
            need_length(facts_, row, c::text_fr, facts_.sheet().text(row, c::text_fr));
            check_span(facts_, row, c::valid_from, c::valid_to);
            check_source(facts_, row, c::source);
            check_word(facts_, row, c::layer, layers(), "layer");
            check_review(facts_, row, c::review_by, today_);
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
                check_questions(faq_, row, column);
            }
            need_answer(row, c::answer_en, Language::en);
            need_answer(row, c::answer_fr, Language::fr);
            check_entity(faq_, row, c::entity);
            check_source(faq_, row, c::source);
            check_review(faq_, row, c::review_by, today_);
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

    // Its marks are not said; the facts that it names are.
    void need_answer(CsvRow const& row, std::size_t column, Language language)
    {
        auto const written = faq_.sheet().text(row, column);
        if (auto const count = fragments_in(written); count > most_fragments)
            return faq_.error(row, column, "K048", "the answer takes in the texts of facts " + std::to_string(count) + " times, more than " + std::to_string(most_fragments), "make two answers of it, or write the text itself");
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
        if (fact_rows_.empty())
            for (auto const& row : facts_.sheet().rows())
                fact_rows_.emplace(facts_.sheet().text(row, c::id), &row);
        auto const found = fact_rows_.find(id);
        if (found == fact_rows_.end())
            return nullptr;
        auto const& row = *found->second;
        named_.text = {std::string(facts_.sheet().text(row, c::text_en)), std::string(facts_.sheet().text(row, c::text_fr))};
        return &named_;
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
    std::unordered_map<std::string_view, CsvRow const*> fact_rows_;   // made when a fact is looked for
    Fact named_;
    int suggestions_ = 50;
};

}  // namespace

void check_rules(Sheets const& sheets, Date const& today, CsvLimits const& limits, Diagnostics& found)
{
    Rules(sheets, today, limits, found).check();
}

}  // namespace immunobot::knowledge
