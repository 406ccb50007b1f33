#include "staff/regression.hpp"

#include <algorithm>
#include <set>

namespace immunobot::staff {
namespace {

using assistant::Rehearsal;

constexpr std::size_t ways_a_fact = 2;      // of each language
// Learning anew moves a few answers that are near the edge of silence, whatever is changed: so many questions to each.
constexpr std::size_t questions_a_move = 500;
constexpr std::size_t most_listed = 50;     // of each kind: after that the pattern is plain

bool is_right(Rehearsal::Outcome const& outcome, std::string const& wanted)
{
    return std::ranges::any_of(outcome.facts, [&](std::string const& id) { return id == wanted || id.starts_with(wanted + '.'); });
}

enum class Turn { none, better, worse };

Turn turn_of(Turned const& turned)
{
    auto const& wanted = turned.asked.wanted;
    if (wanted.empty())
        return turned.before.status == turned.after.status && (turned.before.facts.empty() || is_right(turned.after, turned.before.facts[0])) ? Turn::none : Turn::worse;
    bool const was = is_right(turned.before, wanted);
    bool const is = is_right(turned.after, wanted);
    return was == is ? Turn::none : is ? Turn::better : Turn::worse;
}

std::string key_of(StoredQuestion const& question)
{
    return question.text + '\n' + (question.language ? std::string(code(*question.language)) : std::string());
}

void list(std::vector<Turned>& to, Turned const& turned)
{
    if (to.size() < most_listed)
        to.push_back(turned);
}

}  // namespace

std::vector<StoredQuestion> stored_questions(knowledge::Knowledge const& knowledge, std::vector<intents::Intent> const& intents)
{
    std::vector<StoredQuestion> all;
    std::set<std::string> there;
    auto const add = [&](StoredQuestion question) {
        // One question may be written into two answers: one of them has to be told that it does not get it.
        if (there.insert(key_of(question) + '\n' + question.wanted).second)
            all.push_back(std::move(question));
    };
    for (auto const& entry : knowledge.faq) {
        for (auto const& question : entry.questions_en)
            add({question, Language::en, entry.id});
        for (auto const& question : entry.questions_fr)
            add({question, Language::fr, entry.id});
    }
    for (auto const& asking : knowledge.askings) {
        for (std::size_t i = 0; i < std::min(ways_a_fact, asking.questions_en.size()); ++i)
            add({asking.questions_en[i], Language::en, asking.id});
        for (std::size_t i = 0; i < std::min(ways_a_fact, asking.questions_fr.size()); ++i)
            add({asking.questions_fr[i], Language::fr, asking.id});
    }
    for (auto const& intent : intents)
        for (auto const& test : intent.tests)
            add({test.ask, test.language, {}});
    return all;
}

Regression Examiner::compare(std::shared_ptr<assistant::Snapshot const> before, std::shared_ptr<assistant::Snapshot const> after,
                             knowledge::Knowledge const& knowledge, std::string const& changed, Asked const& asked)
{
    std::lock_guard const lock(mutex_);
    if (known_ != before) {
        known_ = before;
        answers_.clear();
    }
    Rehearsal now(before);
    Rehearsal then(after);
    Regression out;
    for (auto const& question : stored_questions(knowledge, intents_)) {
        ++out.asked;
        auto const key = key_of(question);
        auto known = answers_.find(key);
        if (known == answers_.end())
            known = answers_.emplace(key, now.ask(question.text, question.language)).first;
        Turned const turned{question, known->second, then.ask(question.text, question.language)};
        auto const turn = turn_of(turned);
        if (turn == Turn::worse)
            list(is_right(turned.after, changed) ? out.worse : out.moved, turned);
        else if (turn == Turn::better)
            list(out.better, turned);
        if (question.wanted == changed && !is_right(turned.after, changed))
            list(out.missed, turned);
    }
    if (out.moved.size() > out.asked / questions_a_move) {
        out.worse.insert(out.worse.end(), out.moved.begin(), out.moved.end());
        out.moved.clear();
    }
    for (auto const& question : asked.past) {
        ++out.past_asked;
        Turned turned{question, now.ask(question.text, question.language), then.ask(question.text, question.language)};
        if (turned.before.status != turned.after.status || turned.before.facts != turned.after.facts)
            out.past.push_back(std::move(turned));
    }
    for (auto const& question : asked.waiting)
        if (out.gained.size() < most_listed && is_right(then.ask(question), changed))
            out.gained.push_back(question);
    return out;
}

}  // namespace immunobot::staff
