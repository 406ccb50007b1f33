// What is wrong with an answer: what cannot be stored, and what cannot be published.
#include "staff/answers.hpp"

#include "base/date.hpp"
#include "knowledge/fragments.hpp"
#include "knowledge/unicode.hpp"
#include "staff/tidy.hpp"
#include "staff/variables.hpp"
#include "text/marked.hpp"
#include "text/trim.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

using knowledge::Answer;

std::vector<std::string> tidy_all(std::vector<std::string> const& questions)
{
    std::vector<std::string> out;
    for (auto const& question : questions)
        if (auto one = tidy_pasted(question); !one.empty() && std::ranges::find(out, one) == out.end())
            out.push_back(std::move(one));
    return out;
}

void check_questions(std::vector<Fault>& faults, std::string const& field, std::vector<std::string> const& questions)
{
    if (questions.size() > most_questions)
        faults.push_back({field, "fault.many"});
    for (auto const& question : questions) {
        if (text::length(question) > longest_question_text)
            faults.push_back({field, "fault.long"});
        if (question.find_first_of("|\n") != std::string::npos)
            faults.push_back({field, "fault.bar"});
    }
}

constexpr std::string_view blanks = " \t\n";
constexpr std::size_t longest_word_told = 40;

std::string first_word(std::string_view text)
{
    return std::string(text::prefix(text.substr(0, text.find_first_of(blanks)), longest_word_told));
}

std::string last_word(std::string_view text)
{
    auto const written = text::trimmed(text);
    return first_word(written.substr(written.find_last_of(blanks) + 1));   // npos + 1: all of it
}

void check_text(std::vector<Fault>& faults, std::string const& field, std::string_view text, std::size_t longest)
{
    if (text::length(text) > longest)
        faults.push_back({field, "fault.long"});
    if (auto const at = knowledge::find_invisible(text); at != std::string_view::npos)
        faults.push_back({field, "fault.invisible", last_word(text.substr(0, at))});
    if (auto const at = knowledge::find_mixed_script(text); at != std::string_view::npos)
        faults.push_back({field, "fault.letters", first_word(text.substr(at))});
}

// What an answer says with its facts in it.
void check_facts(std::vector<Fault>& faults, std::string const& field, std::string const& written, Language language, knowledge::FactsById const& fact_of)
{
    if (knowledge::fragments_in(written) > knowledge::most_fragments)
        return faults.push_back({field, "fault.many-facts"});
    auto const named = knowledge::facts_named_in(written);
    if (named.empty())
        return;
    auto const unknown = std::ranges::find_if(named, [&](std::string_view id) { return fact_of(id) == nullptr; });
    if (unknown != named.end())
        faults.push_back({field, "fault.unknown-fact", std::string(*unknown)});
    if (text::length(text::without_marks(knowledge::with_facts(written, language, fact_of))) > longest_answer_text)
        faults.push_back({field, "fault.long-with-facts"});
}

void check_day(std::vector<Fault>& faults, std::string const& field, std::string const& day)
{
    if (!day.empty() && !parse_date(day))
        faults.push_back({field, "fault.date"});
}

}  // namespace

Answer Answers::tidied(Answer answer)
{
    auto& entry = answer.entry;
    entry.questions_en = tidy_all(entry.questions_en);
    entry.questions_fr = tidy_all(entry.questions_fr);
    for (auto* field : {&entry.answer.en, &entry.answer.fr, &entry.entity, &entry.source})
        *field = tidy_pasted(*field);
    for (auto* day : {&entry.valid_to, &entry.review_by})
        *day = tidy_day(*day);
    return answer;
}

std::vector<Fault> Answers::unstorable(Answer const& answer)
{
    std::vector<Fault> faults;
    auto const& entry = answer.entry;
    check_questions(faults, "questions_fr", entry.questions_fr);
    check_questions(faults, "questions_en", entry.questions_en);
    check_text(faults, "answer_fr", text::without_marks(entry.answer.fr), longest_answer_text);
    check_text(faults, "answer_en", text::without_marks(entry.answer.en), longest_answer_text);
    check_day(faults, "valid_to", entry.valid_to);
    check_day(faults, "review_by", entry.review_by);
    return faults;
}

Result<std::vector<Fault>> Answers::faults(Answer const& answer)
{
    auto faults = unstorable(answer);
    auto const& entry = answer.entry;
    for (auto const& question : entry.questions_fr)
        check_text(faults, "questions_fr", question, longest_question_text);
    for (auto const& question : entry.questions_en)
        check_text(faults, "questions_en", question, longest_question_text);
    for (auto const& [field, text] : {std::pair("answer_fr", &entry.answer.fr), std::pair("answer_en", &entry.answer.en)})
        if (answer.staff_only ? !knows_variables(*text) : has_variables(*text))
            faults.push_back({field, answer.staff_only ? "fault.variable" : "fault.public-variable"});
    auto const need = [&](std::string field, bool there) {
        if (!there)
            faults.push_back({std::move(field), "fault.empty"});
    };
    if (is_of_fact(entry.id)) {
        need("questions_fr", !entry.questions_fr.empty() || !entry.questions_en.empty());
        return faults;
    }
    need("questions_fr", !entry.questions_fr.empty());
    need("questions_en", !entry.questions_en.empty());
    need("answer_fr", !entry.answer.fr.empty());
    need("answer_en", !entry.answer.en.empty());
    auto const all = knowledge();
    if (!all)
        return all.error();
    knowledge::FactsById const fact_of(all->facts);
    for (auto const language : {Language::fr, Language::en})
        check_facts(faults, "answer_" + std::string(code(language)), entry.answer.in(language), language, fact_of);
    if (!entry.entity.empty() && std::ranges::find(all->entities, entry.entity, &knowledge::Entity::id) == all->entities.end())
        faults.push_back({"entity", "fault.unknown"});
    if (!entry.source.empty() && entry.source != knowledge::desk_source &&
        std::ranges::find(all->sources, entry.source, &knowledge::Source::id) == all->sources.end())
        faults.push_back({"source", "fault.unknown"});
    return faults;
}

}  // namespace immunobot::staff
