// What would become of the stored questions if an answer were published; the last looks are kept until it is.
#include "staff/answers.hpp"

#include "assistant/snapshot.hpp"
#include "staff/names.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

using knowledge::Answer;

constexpr std::size_t most_waiting = 200;
constexpr std::size_t most_past = 1'000;
constexpr std::size_t most_seen = 8;       // looks that are kept: so many may write at once

void put_ways_of_asking(knowledge::Knowledge& all, knowledge::FaqEntry const& entry)
{
    auto const found = std::ranges::find(all.askings, entry.id, &knowledge::Asking::id);
    knowledge::Asking const now{entry.id, entry.questions_en, entry.questions_fr};
    if (found == all.askings.end())
        all.askings.push_back(now);
    else
        *found = now;
}

void put(knowledge::Knowledge& all, Answer const& answer)
{
    if (is_of_fact(answer.entry.id))
        return put_ways_of_asking(all, answer.entry);
    auto const found = std::ranges::find(all.faq, answer.entry.id, &knowledge::FaqEntry::id);
    if (found == all.faq.end()) {
        if (!answer.staff_only)
            all.faq.push_back(answer.entry);
    } else if (answer.staff_only) {
        all.faq.erase(found);
    } else {
        *found = answer.entry;
    }
}

}  // namespace

Result<Examiner::Asked> Answers::asked()
{
    return store_.with([&](auto& store) -> Result<Examiner::Asked> {
        auto const groups = store.groups();
        if (!groups)
            return groups.error();
        Examiner::Asked out;
        for (auto const& group : *groups)
            if ((group.state == "new" || group.state == "taken") && out.waiting.size() < most_waiting)
                out.waiting.push_back(group.question);
        auto const past = store.past_questions(most_past);
        if (!past)
            return past.error();
        for (auto const& question : *past)
            out.past.push_back({question.text, language_from_code(question.language), {}});
        auto taught = store.taught();
        if (!taught)
            return taught.error();
        out.taught = std::move(*taught);
        auto names = store.new_names();
        if (!names)
            return names.error();
        out.names = std::move(*names);
        return out;
    });
}

Result<Regression> Answers::rehearse(Answer const& answer, Look look)
{
    auto all = knowledge();
    if (!all)
        return all.error();
    bool const was_public = std::ranges::find(all->faq, answer.entry.id, &knowledge::FaqEntry::id) != all->faq.end();
    if (answer.staff_only && !was_public)
        return Regression{};  // visitors never see it
    put(*all, answer);
    return rehearse(*all, answer.entry.id, knowledge::to_json(answer), look);
}

Result<Regression> Answers::rehearse_archive(std::string_view id, Look look)
{
    auto all = knowledge();
    if (!all)
        return all.error();
    if (std::erase_if(all->faq, [&](auto const& entry) { return entry.id == id; }) == 0)
        return Regression{};  // visitors never see it
    auto regression = rehearse(*all, std::string(id), "archive faq:" + std::string(id), look);
    if (regression)
        count_as_lost(*regression, {std::string(id)});
    return regression;
}

Result<Regression> Answers::rehearse(knowledge::Knowledge const& wanted, std::string const& changed, std::string const& what, Look look)
{
    if (look == Look::kept)
        if (auto known = seen(what, wanted.revision))
            return *std::move(known);
    auto questions = asked();
    if (!questions)
        return questions.error();
    auto const here = knowledge();
    if (!here)
        return here.error();
    auto const fresh = new_wordings(*here, wanted);
    questions->taught.insert(questions->taught.end(), fresh.begin(), fresh.end());
    questions->new_names = new_names(*here, wanted);
    // The bot compiles what was published last when it is asked next, which may not have been yet.
    auto now = bot_.snapshot();
    if (now->revision != here->revision)
        now = bot_.compile(*here);
    std::shared_ptr<assistant::Snapshot const> then;
    auto const compile = [&] { return then = bot_.compile(wanted); };
    auto regression = examiner_.compare(now, compile, *here, wanted, changed, *questions);
    if (here->revision == wanted.revision && then->intents == now->intents)
        keep({what, wanted.revision, now->intents, regression});
    return regression;
}

std::optional<Regression> Answers::seen(std::string const& what, std::int64_t revision) const
{
    auto const intents = bot_.snapshot()->intents;
    std::lock_guard const lock(seeing_);
    for (auto const& one : seen_)
        if (!what.empty() && one.what == what && one.revision == revision && one.intents == intents)
            return one.regression;
    return std::nullopt;
}

void Answers::keep(Seen seen)
{
    if (seen.what.empty())
        return;
    std::lock_guard const lock(seeing_);
    std::erase_if(seen_, [&](Seen const& one) { return one.what == seen.what; });
    seen_.push_front(std::move(seen));
    if (seen_.size() > most_seen)
        seen_.pop_back();
}

std::vector<Answers::Taken> Answers::taken(Answer const& answer) const
{
    std::vector<Taken> out;
    if (answer.staff_only)
        return out;  // what visitors are told stays as it is
    assistant::Rehearsal rehearsal(bot_.snapshot());
    auto const& id = answer.entry.id;
    auto const look = [&](std::vector<std::string> const& wordings, Language language) {
        for (auto const& wording : wordings) {
            auto outcome = rehearsal.ask(wording, language);
            if (!outcome.facts.empty() && outcome.facts[0] != id && !outcome.facts[0].starts_with(id + '.'))
                out.push_back({wording, std::move(outcome.facts[0])});
        }
    };
    look(answer.entry.questions_fr, Language::fr);
    look(answer.entry.questions_en, Language::en);
    return out;
}

}  // namespace immunobot::staff
