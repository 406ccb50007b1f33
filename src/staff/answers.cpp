#include "staff/answers.hpp"

#include "assistant/snapshot.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/table.hpp"
#include "staff/secret.hpp"
#include "staff/tidy.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

using knowledge::Answer;
using knowledge::Draft;

constexpr std::string_view id_begins = "answer-";
constexpr std::size_t id_characters = 12;   // after that: 48 bits

// By chance, and nothing else.
std::string some_id()
{
    return std::string(id_begins) + digest_of(new_secret()).substr(0, id_characters);
}

bool is_some_id(std::string_view id)
{
    auto const is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return id.starts_with(id_begins) && id.size() == id_begins.size() + id_characters && std::ranges::all_of(id.substr(id_begins.size()), is_digit);
}

Draft new_draft(Answer answer, std::int64_t base)
{
    Draft draft;
    draft.answer = std::move(answer);
    draft.base = base;
    return draft;
}

Error missing(std::string_view id)
{
    return {Errc::not_found, "there is no answer " + std::string(id)};
}

// Small letters, digits and hyphens; of what is asked for a fact or a property, also '.' and '_'. A ':' stands in the ids of drafts of rows.
bool is_id_of_answer(std::string_view id)
{
    auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'; };
    return !id.empty() && std::ranges::all_of(id, fits);
}

// An answer under the id of an answer, rows of a table under that of such a draft: neither takes the place of the other.
bool fits_its_id(Answer const& answer)
{
    auto const& id = answer.entry.id;
    return answer.table.empty() ? is_id_of_answer(id) : knowledge::table_from_name(answer.table) && id.starts_with(answer.table + ':');
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

Result<std::vector<knowledge::FaqEntry>> Answers::hidden()
{
    auto const all = store_.with([](auto& store) { return store.staff_answers(); });
    if (!all)
        return all.error();
    std::vector<knowledge::FaqEntry> out;
    for (auto const& one : *all)
        out.push_back(one.answer.entry);
    return out;
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

Result<std::string> Answers::new_id(std::string_view begun_under)
{
    return store_.with([&](auto& store) -> Result<std::string> {
        std::string id(begun_under);
        bool can_be_begun = is_some_id(id);
        for (;; can_be_begun = false) {
            if (!can_be_begun)
                id = some_id();
            // An id that was used once keeps its history to itself.
            auto const history = store.history(id, 1);
            if (!history)
                return history.error();
            auto const draft = store.draft(id);
            if (!draft)
                return draft.error();
            if (history->empty() && (can_be_begun || !*draft))
                return id;
        }
    });
}

Result<Draft> Answers::open_answer(std::string_view id)
{
    auto draft = open(id);
    if (draft && !draft->answer.table.empty())
        return missing(id);
    return draft;
}

Result<std::int64_t> Answers::save(Person const& by, Draft draft, std::string_view action)
{
    if (!fits_its_id(draft.answer))
        return missing(draft.answer.entry.id);
    if (auto const seen = may_have_seen(draft.base); !seen)
        return seen.error();
    draft.answer = tidied(std::move(draft.answer));
    if (auto const faults = unstorable(draft.answer); !faults.empty())
        return Error{Errc::bad_request, faults[0].field + ": " + faults[0].what};
    // What goes out by itself is the word of somebody who may publish it.
    if (draft.state == "scheduled" && !may(by.role, Role::editor)) {
        draft.state = "review";
        draft.publish_at = 0;
    }
    if (auto const allowed = may_schedule(by, draft); !allowed)
        return allowed.error();
    draft.author = by.email;
    draft.saved_at = seconds_now();
    knowledge::Act const act{by.email, by.origin, std::string(action), draft.answer.entry.id, {}, draft.state};
    return store_.with([&](auto& store) { return store.save(draft, act); });
}

// A draft of a revision that is to come would be published over whatever others change until then.
Result<> Answers::may_have_seen(std::int64_t base)
{
    std::lock_guard const lock(reading_);
    auto const now = reader_.revision();
    if (!now)
        return now.error();
    return base <= *now ? Result<>() : Error{Errc::bad_request, "there is no revision " + std::to_string(base) + " yet"};
}

// What goes out by itself has to have been seen by whoever says when.
Result<> Answers::may_schedule(Person const& by, knowledge::Draft const& draft)
{
    if (draft.state != "scheduled")
        return {};
    auto const there = store_.with([&](auto& store) { return store.draft(draft.answer.entry.id); });
    if (!there)
        return there.error();
    bool const written_by_other = *there && (*there)->answer == draft.answer && (*there)->writer != by.email;
    if (written_by_other)
        return {};
    auto const alone = reason_alone(store_, by, Alone::no, {});
    return alone ? Result<>() : alone.error();
}

Result<std::int64_t> Answers::send_back(Person const& by, std::string_view id, std::int64_t version, std::string_view remark)
{
    auto said = tidy_seen(remark);
    if (!is_reason(said) || text::length(said) > longest_remark)
        return Error{Errc::bad_request, "a draft is sent back with a remark of 1 to " + std::to_string(longest_remark) + " characters"};
    return store_.with([&](auto& store) -> Result<std::int64_t> {
        auto draft = store.draft(id);
        if (!draft)
            return draft.error();
        if (!*draft || (*draft)->version != version || (*draft)->state == "draft")
            return Error{Errc::conflict, "this draft was changed meanwhile, or waits for nobody's look"};
        (*draft)->state = "draft";
        (*draft)->publish_at = 0;
        (*draft)->remark = {std::move(said), by.email};
        // The log tells that it was sent back; what was said about it stands with the draft alone.
        return store.save(**draft, {by.email, by.origin, "draft.back", std::string(id), {}, "draft"});
    });
}

Result<> Answers::discard(Person const& by, std::string_view id, std::int64_t version)
{
    return store_.with([&](auto& store) { return store.discard(id, version, {by.email, by.origin, "draft.discard", std::string(id)}); });
}

Result<Published> Answers::publish(Person const& by, std::string_view id, std::int64_t version, std::string_view why, bool despite, Alone alone)
{
    std::lock_guard const lock(publishing_);
    auto const draft = open_answer(id);
    if (!draft)
        return draft.error();
    if (!fits_its_id(draft->answer))
        return missing(id);
    if (draft->version != version || version == 0)
        return Error{Errc::conflict, "somebody else has changed this answer meanwhile", "look at it again"};
    auto reason = reason_alone(store_, by, *draft, alone, why);
    if (!reason)
        return reason.error();
    auto const wrong = faults(draft->answer);
    if (!wrong)
        return wrong.error();
    if (!wrong->empty())
        return Error{Errc::bad_request, (*wrong)[0].field + ": " + (*wrong)[0].what};
    auto regression = rehearse(draft->answer, Look::kept);
    if (!regression)
        return regression.error();
    Published out{0, std::move(*regression)};
    if (!out.regression.worse.empty() && !(despite && is_reason(why)))
        return out;
    auto const snapshot = bot_.snapshot();
    std::string const house = snapshot->entities.empty() ? std::string("The staff") : snapshot->entities[0].name.fr;
    knowledge::Publication const publication{std::string(id), version, std::string(why), house, to_string(today_here()), std::move(*reason)};
    knowledge::Act const act{by.email, by.origin, out.regression.worse.empty() ? "answer.publish" : "answer.publish-despite", std::string(id)};
    auto const revision = bot_.publish([&] { return store_.with([&](auto& store) { return store.publish(publication, act); }); });
    if (!revision)
        return revision.error();
    out.revision = *revision;
    return out;
}

Result<Published> Answers::archive(Person const& by, std::string_view id, std::int64_t revision, std::string_view why, bool despite)
{
    std::lock_guard const lock(publishing_);
    auto regression = rehearse_archive(id, Look::kept);
    if (!regression)
        return regression.error();
    Published out{0, std::move(*regression)};
    if (!out.regression.worse.empty() && !(despite && is_reason(why)))
        return out;
    knowledge::Act const act{by.email, by.origin, out.regression.worse.empty() ? "answer.archive" : "answer.archive-despite", std::string(id)};
    auto const reason = why.empty() ? std::string_view("archived") : why;
    auto const made = bot_.publish([&] { return store_.with([&](auto& store) { return store.archive(id, revision, reason, act); }); });
    if (!made)
        return made.error();
    out.revision = *made;
    return out;
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

// Whoever has lost the account or the role since then publishes nothing any more. One without an account was at the server itself.
Result<bool> Answers::may_still_publish(std::string_view email)
{
    auto const account = store_.with([&](auto& store) { return store.account(email); });
    if (!account)
        return account.error();
    return !*account || (!(*account)->disabled && may(role_from((*account)->role).value_or(Role::viewer), Role::editor));
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
        auto const still = may_still_publish(draft.author);
        if (!still)
            return still.error();
        auto const published = *still ? publish(by, id, draft.version, "scheduled", false) : Published{};
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
    auto draft = open_answer(id);
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
