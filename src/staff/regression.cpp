#include "staff/regression.hpp"

#include "knowledge/fragments.hpp"
#include "staff/names.hpp"
#include "text/marked.hpp"

#include <algorithm>
#include <future>
#include <set>
#include <span>
#include <thread>
#include <unordered_map>

namespace immunobot::staff {
namespace {

using assistant::Rehearsal;
using knowledge::Asking;
using knowledge::Knowledge;
using knowledge::Taught;
using Answered = Rehearsal::Outcome;

constexpr std::size_t ways_a_fact = 2;      // of each language, of those that came with the data: there are seventy
// Learning anew moves a few answers that are near the edge of silence, whatever is changed: so many questions to each.
constexpr std::size_t questions_a_move = 500;
constexpr std::size_t most_listed = 50;     // of each kind: after that the pattern is plain
constexpr std::size_t most_threads = 2;     // that ask at once: the others are the visitors'

bool is_right(Answered const& outcome, std::string const& wanted)
{
    return std::ranges::any_of(outcome.facts, [&](std::string const& id) { return id == wanted || id.starts_with(wanted + '.'); });
}

// In order of what a question that is of several answers counts as.
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

// ---- asking ----

std::vector<Answered> ask_some(std::shared_ptr<assistant::Snapshot const> const& snapshot, std::span<StoredQuestion const> questions)
{
    Rehearsal rehearsal(snapshot);
    std::vector<Answered> out;
    out.reserve(questions.size());
    for (auto const& question : questions)
        out.push_back(rehearsal.ask(question.text, question.language));
    return out;
}

// In as many threads as there are cores for it; a snapshot is only read.
std::vector<Answered> ask_all(std::shared_ptr<assistant::Snapshot const> const& snapshot, std::span<StoredQuestion const> questions)
{
    bool const alone = std::min<std::size_t>(most_threads, std::thread::hardware_concurrency()) < 2;
    auto const half = questions.subspan(0, alone ? 0 : questions.size() / 2);
    auto others = std::async(std::launch::async, [&] { return ask_some(snapshot, half); });
    auto const mine = ask_some(snapshot, questions.subspan(half.size()));
    auto out = others.get();
    out.insert(out.end(), mine.begin(), mine.end());
    return out;
}

// ---- what is told ----

class Texts {
public:
    explicit Texts(Knowledge const& knowledge)
    {
        knowledge::FactsById const fact_of(knowledge.facts);
        for (auto const& fact : knowledge.facts)
            by_id_.emplace(fact.id, fact.text);
        for (auto const& entry : knowledge.faq)
            by_id_.emplace(entry.id, text::without_marks(knowledge::with_facts(entry.answer, fact_of)));
    }

    std::string of(Answered const& outcome) const
    {
        std::string out;
        for (auto const& id : outcome.facts)
            if (auto const found = by_id_.find(id); found != by_id_.end())
                out.append(out.empty() ? "" : " ").append(found->second.in(outcome.language));
        return out;
    }

private:
    std::unordered_map<std::string_view, LocalText> by_id_;
};

void add_texts(Regression& regression, Texts const& here, Texts const& wanted)
{
    for (auto* all : {&regression.worse, &regression.moved, &regression.better, &regression.missed, &regression.past, &regression.own, &regression.named})
        for (auto& turned : *all) {
            turned.said_before = here.of(turned.before);
            turned.said_after = wanted.of(turned.after);
        }
}

// ---- judging ----

// Puts each question where it belongs: one that is of several answers is lost if one of them loses it, whoever gets it then.
void judge(Regression& out, std::vector<Turned> const& all, std::string const& changed)
{
    std::map<std::string, Turn> turns;
    for (auto const& turned : all) {
        auto& turn = turns[key_of(turned.asked)];
        turn = std::max(turn, turn_of(turned));
    }
    out.asked = turns.size();
    for (auto const& [key, turn] : turns)
        ++(turn == Turn::none ? out.unchanged : turn == Turn::better ? out.newly_right : out.newly_wrong);
    std::set<std::string> listed;
    for (auto const& turned : all) {
        auto const key = key_of(turned.asked);
        auto const whole = turns[key];
        if (auto const turn = turn_of(turned); turn == whole && turn != Turn::none && listed.insert(key).second)
            list(turn == Turn::better ? out.better : is_right(turned.after, changed) ? out.worse : out.moved, turned);
        if (whole != Turn::worse && turned.asked.wanted == changed && !is_right(turned.after, changed))
            list(out.missed, turned);
    }
    if (out.moved.size() > out.asked / questions_a_move) {
        out.worse.insert(out.worse.end(), out.moved.begin(), out.moved.end());
        out.moved.clear();
    }
}

void ask_visitors(Regression& out, Examiner::Snapshot const& before, Examiner::Snapshot const& after, std::string const& changed, Examiner::Asked const& asked)
{
    auto const now = ask_all(before, asked.past);
    auto const then = ask_all(after, asked.past);
    out.past_asked = asked.past.size();
    for (std::size_t i = 0; i < asked.past.size(); ++i)
        if (now[i].status != then[i].status || now[i].facts != then[i].facts)
            out.past.push_back({asked.past[i], now[i], then[i]});
    Rehearsal rehearsal(after);
    for (auto const& question : asked.waiting)
        if (out.gained.size() < most_listed && is_right(rehearsal.ask(question), changed))
            out.gained.push_back(question);
}

// Of an answer that is taken from visitors no question is stored any more: what its own get then.
void ask_own(Regression& out, Examiner::Snapshot const& before, Examiner::Snapshot const& after, Knowledge const& here, Knowledge const& wanted, std::string const& changed)
{
    auto const was = std::ranges::find(here.faq, changed, &knowledge::FaqEntry::id);
    if (was == here.faq.end() || std::ranges::find(wanted.faq, changed, &knowledge::FaqEntry::id) != wanted.faq.end())
        return;
    Knowledge gone;
    gone.faq.push_back(*was);
    auto const questions = stored_questions(gone, {});
    auto const now = ask_all(before, questions);
    auto const then = ask_all(after, questions);
    for (std::size_t i = 0; i < questions.size(); ++i)
        if (is_right(now[i], changed))
            out.own.push_back({questions[i], now[i], then[i]});
}

void add_new_of(std::vector<Taught>& out, std::string const& fact, std::vector<std::string> const* here, std::vector<std::string> const& wanted)
{
    for (auto const& wording : wanted)
        if (here == nullptr || std::ranges::find(*here, wording) == here->end())
            out.push_back({fact, wording});
}

}  // namespace

std::vector<StoredQuestion> stored_questions(Knowledge const& knowledge, std::vector<intents::Intent> const& intents, std::vector<Taught> const& taught)
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
    std::set<Taught> const added(taught.begin(), taught.end());
    auto const add_ways = [&](std::string const& fact, std::vector<std::string> const& ways, Language language) {
        for (std::size_t i = 0; i < ways.size(); ++i)
            if (i < ways_a_fact || added.contains({fact, ways[i]}))
                add({ways[i], language, fact});
    };
    for (auto const& asking : knowledge.askings) {
        add_ways(asking.id, asking.questions_en, Language::en);
        add_ways(asking.id, asking.questions_fr, Language::fr);
    }
    for (auto const& intent : intents)
        for (auto const& test : intent.tests)
            add({test.ask, test.language, {}});
    return all;
}

std::vector<Taught> new_wordings(Knowledge const& here, Knowledge const& wanted)
{
    std::unordered_map<std::string_view, Asking const*> known;
    for (auto const& asking : here.askings)
        known.emplace(asking.id, &asking);
    std::vector<Taught> out;
    for (auto const& asking : wanted.askings) {
        auto const found = known.find(asking.id);
        auto const* const old = found == known.end() ? nullptr : found->second;
        if (old != nullptr && *old == asking)
            continue;
        add_new_of(out, asking.id, old ? &old->questions_en : nullptr, asking.questions_en);
        add_new_of(out, asking.id, old ? &old->questions_fr : nullptr, asking.questions_fr);
    }
    return out;
}

void count_as_lost(Regression& regression, std::vector<std::string> const& gone)
{
    auto const is_lost = [&](Turned const& turned) { return !turned.before.facts.empty() && std::ranges::find(gone, turned.before.facts[0]) != gone.end(); };
    std::ranges::copy_if(regression.moved, std::back_inserter(regression.worse), is_lost);
    std::erase_if(regression.moved, is_lost);
}

std::size_t silenced(std::vector<Turned> const& questions)
{
    return static_cast<std::size_t>(std::ranges::count_if(questions, [](Turned const& turned) { return !turned.before.facts.empty() && turned.after.facts.empty(); }));
}

bool takes_answers(Regression const& regression)
{
    return !regression.worse.empty() || silenced(regression.own) > 0 || silenced(regression.past) > 0;
}

Regression Examiner::compare(Snapshot const& before, std::function<Snapshot()> const& compile, Knowledge const& here, Knowledge const& wanted,
                             std::string const& changed, Asked const& asked)
{
    std::lock_guard const lock(mutex_);
    auto compiled = std::async(std::launch::async, compile);
    if (known_ != before) {
        known_ = before;
        answers_.clear();
    }
    auto questions = stored_questions(wanted, intents_, asked.taught);
    auto const named = named_questions(wanted, asked.names);
    questions.insert(questions.end(), named.begin(), named.end());
    auto const by_new_names = questions.size();
    auto const fresh = named_questions(wanted, asked.new_names);
    questions.insert(questions.end(), fresh.begin(), fresh.end());
    Rehearsal now(before);
    for (auto const& question : questions)
        if (auto const [at, is_new] = answers_.try_emplace(key_of(question)); is_new)
            at->second = now.ask(question.text, question.language);
    std::vector<Turned> all;
    for (auto const& question : questions)
        all.push_back({question, answers_[key_of(question)], {}});
    auto const after = compiled.get();
    auto answered = ask_all(after, questions);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].after = std::move(answered[i]);
    Regression out;
    out.named.assign(all.begin() + static_cast<std::ptrdiff_t>(by_new_names), all.end());
    out.named_right = static_cast<std::size_t>(std::ranges::count_if(out.named, [](Turned const& turned) { return is_right(turned.after, turned.asked.wanted); }));
    judge(out, all, changed);
    ask_visitors(out, before, after, changed, asked);
    ask_own(out, before, after, here, wanted, changed);
    add_texts(out, Texts(here), Texts(wanted));
    return out;
}

}  // namespace immunobot::staff
