#include "staff/answers.hpp"

#include "assistant/snapshot.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/unicode.hpp"
#include "staff/tidy.hpp"
#include "staff/variables.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <chrono>

namespace immunobot::staff {
namespace {

using knowledge::Answer;
using knowledge::Draft;

constexpr std::size_t longest_id = 48;
constexpr std::size_t most_waiting = 200;
constexpr std::size_t most_past = 1'000;
constexpr std::size_t most_seen = 8;       // looks that are kept: so many may write at once

std::vector<std::string> tidy_all(std::vector<std::string> const& questions)
{
    std::vector<std::string> out;
    for (auto const& question : questions)
        if (auto one = tidy(question); !one.empty() && std::ranges::find(out, one) == out.end())
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

void check_text(std::vector<Fault>& faults, std::string const& field, std::string_view text, std::size_t longest)
{
    if (text::length(text) > longest)
        faults.push_back({field, "fault.long"});
    if (knowledge::find_invisible(text) != std::string_view::npos || knowledge::find_mixed_script(text) != std::string_view::npos)
        faults.push_back({field, "fault.letters"});
}

void check_day(std::vector<Fault>& faults, std::string const& field, std::string const& day)
{
    if (!day.empty() && !parse_date(day))
        faults.push_back({field, "fault.date"});
}

Draft new_draft(Answer answer, std::int64_t base)
{
    Draft draft;
    draft.answer = std::move(answer);
    draft.base = base;
    return draft;
}

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

Error missing(std::string_view id)
{
    return {Errc::not_found, "there is no answer " + std::string(id)};
}

}  // namespace

bool is_of_fact(std::string_view id)
{
    return id.find('.') != std::string_view::npos && id.find(':') == std::string_view::npos;
}

Result<knowledge::Knowledge> Answers::knowledge()
{
    std::lock_guard const lock(reading_);
    return reader_.load();
}

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
        return out;
    });
}

Result<Draft> Answers::open(std::string_view id)
{
    return store_.with([&](auto& store) -> Result<Draft> {
        auto draft = store.draft(id);
        if (!draft)
            return draft.error();
        if (*draft)
            return std::move(**draft);
        auto published = store.published(id);
        if (!published)
            return published.error();
        if (!*published)
            return missing(id);
        return new_draft(std::move((*published)->answer), (*published)->revision);
    });
}

Result<std::string> Answers::new_id(std::string_view question)
{
    std::string id;
    for (char const c : text::fold(question)) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            id += c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
        if (id.size() >= longest_id)
            break;
    }
    while (!id.empty() && id.back() == '-')
        id.pop_back();
    if (id.empty())
        id = "answer";
    return store_.with([&](auto& store) -> Result<std::string> {
        for (int number = 1;; ++number) {
            auto const candidate = number == 1 ? id : id + '-' + std::to_string(number);
            auto const draft = store.draft(candidate);
            if (!draft)
                return draft.error();
            // An id that was used once keeps its history to itself.
            auto const history = store.history(candidate, 1);
            if (!history)
                return history.error();
            if (!*draft && history->empty())
                return candidate;
        }
    });
}

Answer Answers::tidied(Answer answer)
{
    auto& entry = answer.entry;
    entry.questions_en = tidy_all(entry.questions_en);
    entry.questions_fr = tidy_all(entry.questions_fr);
    for (auto* field : {&entry.answer.en, &entry.answer.fr, &entry.entity, &entry.source, &entry.valid_to, &entry.review_by})
        *field = tidy(*field);
    return answer;
}

std::vector<Fault> Answers::unstorable(Answer const& answer)
{
    std::vector<Fault> faults;
    auto const& entry = answer.entry;
    check_questions(faults, "questions_fr", entry.questions_fr);
    check_questions(faults, "questions_en", entry.questions_en);
    check_text(faults, "answer_fr", entry.answer.fr, longest_answer_text);
    check_text(faults, "answer_en", entry.answer.en, longest_answer_text);
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
    if (!entry.entity.empty() && std::ranges::find(all->entities, entry.entity, &knowledge::Entity::id) == all->entities.end())
        faults.push_back({"entity", "fault.unknown"});
    if (!entry.source.empty() && entry.source != knowledge::desk_source &&
        std::ranges::find(all->sources, entry.source, &knowledge::Source::id) == all->sources.end())
        faults.push_back({"source", "fault.unknown"});
    return faults;
}

Result<std::int64_t> Answers::save(Person const& by, Draft draft, std::string_view action)
{
    draft.answer = tidied(std::move(draft.answer));
    if (auto const faults = unstorable(draft.answer); !faults.empty())
        return Error{Errc::bad_request, faults[0].field + ": " + faults[0].what};
    draft.author = by.email;
    draft.saved_at = seconds_now();
    knowledge::Act const act{by.email, by.origin, std::string(action), draft.answer.entry.id, {}, draft.state};
    return store_.with([&](auto& store) { return store.save(draft, act); });
}

Result<> Answers::discard(Person const& by, std::string_view id, std::int64_t version)
{
    return store_.with([&](auto& store) { return store.discard(id, version, {by.email, by.origin, "draft.discard", std::string(id)}); });
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

Result<Published> Answers::publish(Person const& by, std::string_view id, std::int64_t version, std::string_view why, bool despite)
{
    std::lock_guard const lock(publishing_);
    auto const draft = open(id);
    if (!draft)
        return draft.error();
    if (draft->version != version || version == 0 || !draft->answer.table.empty())
        return Error{Errc::conflict, "somebody else has changed this answer meanwhile", "look at it again"};
    auto const wrong = faults(draft->answer);
    if (!wrong)
        return wrong.error();
    if (!wrong->empty())
        return Error{Errc::bad_request, (*wrong)[0].field + ": " + (*wrong)[0].what};
    auto regression = rehearse(draft->answer, Look::kept);
    if (!regression)
        return regression.error();
    Published out{0, std::move(*regression)};
    if (!out.regression.worse.empty() && !(despite && !why.empty()))
        return out;
    auto const snapshot = bot_.snapshot();
    std::string const house = snapshot->entities.empty() ? std::string("The staff") : snapshot->entities[0].name.fr;
    knowledge::Publication const publication{std::string(id), version, std::string(why), house, to_string(today_here())};
    knowledge::Act const act{by.email, by.origin, out.regression.worse.empty() ? "answer.publish" : "answer.publish-despite", std::string(id)};
    auto const revision = bot_.publish([&] { return store_.with([&](auto& store) { return store.publish(publication, act); }); });
    if (!revision)
        return revision.error();
    out.revision = *revision;
    return out;
}

Result<std::int64_t> Answers::archive(Person const& by, std::string_view id, std::int64_t revision)
{
    return bot_.publish([&] {
        return store_.with([&](auto& store) { return store.archive(id, revision, {by.email, by.origin, "answer.archive", std::string(id)}); });
    });
}

Result<std::int64_t> Answers::restore(Person const& by, std::string_view id, std::int64_t revision, bool before)
{
    return store_.with([&](auto& store) -> Result<std::int64_t> {
        auto const change = store.change(revision, id);
        if (!change)
            return change.error();
        if (!*change)
            return missing(id);
        auto answer = knowledge::answer_from_json(before || (*change)->after.empty() ? (*change)->before : (*change)->after);
        if (!answer)
            return answer.error();
        auto const published = store.published(id);
        if (!published)
            return published.error();
        auto const there = store.draft(id);
        if (!there)
            return there.error();
        auto draft = new_draft(std::move(*answer), *published ? (*published)->revision : 0);
        draft.version = *there ? (*there)->version : 0;
        draft.author = by.email;
        draft.saved_at = seconds_now();
        return store.save(draft, {by.email, by.origin, "answer.restore", std::string(id), {}, std::to_string(revision)});
    });
}

Result<std::vector<std::string>> Answers::publish_due(std::int64_t now)
{
    std::vector<std::string> done;
    auto const drafts = store_.with([](auto& store) { return store.drafts(); });
    if (!drafts)
        return drafts.error();
    for (auto const& draft : *drafts) {
        if (draft.state != "scheduled" || draft.publish_at > now)
            continue;
        auto const& id = draft.answer.entry.id;
        Person const by{0, draft.author, {}, Role::editor, "schedule"};
        auto const published = publish(by, id, draft.version, "scheduled", false);
        if (published && published->revision != 0) {
            done.push_back(id);
            continue;
        }
        auto back = draft;
        back.state = "review";
        back.publish_at = 0;
        if (auto saved = save(by, back, "draft.not-published"); !saved)
            return saved.error();
    }
    return done;
}

Result<std::int64_t> Answers::add_questions(Person const& by, std::string_view id, std::vector<std::string> const& en, std::vector<std::string> const& fr)
{
    auto draft = open(id);
    if (!draft)
        return draft.error();
    auto& entry = draft->answer.entry;
    entry.questions_en.insert(entry.questions_en.end(), en.begin(), en.end());
    entry.questions_fr.insert(entry.questions_fr.end(), fr.begin(), fr.end());
    return save(by, std::move(*draft), "draft.add-questions");
}

Result<std::vector<knowledge::Entity>> Answers::entities()
{
    auto all = knowledge();
    if (!all)
        return all.error();
    return std::move(all->entities);
}

Result<std::vector<knowledge::Source>> Answers::sources()
{
    auto all = knowledge();
    if (!all)
        return all.error();
    return std::move(all->sources);
}

}  // namespace immunobot::staff
