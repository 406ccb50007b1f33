#include "staff/undo.hpp"

#include "base/date.hpp"
#include "knowledge/outbox.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

using knowledge::Decided;

Error changed_since()
{
    return {Errc::conflict, "somebody has changed it since"};
}

constexpr std::string_view sent_back = "draft.back";

bool is_same(knowledge::Care const& a, knowledge::Care const& b)
{
    return a.owner == b.owner && a.months == b.months && a.looked_at == b.looked_at;
}

}  // namespace

Role role_for(Decided const& decision)
{
    bool const is_of_editors = decision.letter != 0 || !decision.imported.empty() || decision.what == sent_back;
    return decision.account || decision.setting ? Role::admin : is_of_editors ? Role::editor : Role::answerer;
}

std::int64_t Undo::keep(Person const& by, Decided decision)
{
    decision.who = by.email;
    decision.made_at = seconds_now();
    auto const kept = store_.with([&](auto& store) { return store.keep_decision(decision); });
    return kept ? *kept : 0;
}

std::int64_t Undo::keep(Person const& by, std::string_view what, std::vector<Queue::Done> const& done)
{
    if (done.empty())
        return 0;
    Decided decision;
    decision.what = what;
    for (auto const& one : done) {
        decision.target += (decision.target.empty() ? "" : " ") + std::to_string(one.before.id);
        decision.groups.push_back({one.before, one.moved});
    }
    return keep(by, std::move(decision));
}

std::int64_t Undo::keep_draft(Person const& by, std::string_view what, std::string_view id, std::optional<knowledge::Draft> before, std::int64_t version)
{
    Decided decision;
    decision.what = what;
    decision.target = id;
    bool const was_saved = before && before->version > 0;
    if (!before)
        before.emplace().answer.entry.id = id;
    decision.draft = Decided::OfDraft{std::move(*before), was_saved, version};
    return keep(by, std::move(decision));
}

bool Undo::is_fresh(Person const& by, std::int64_t number)
{
    auto const found = store_.with([&](auto& store) { return store.decision(number); });
    return found && *found && (*found)->who == by.email && (*found)->undone_at == 0 && (*found)->made_at >= seconds_now() - std::chrono::seconds(undo_time).count();
}

Result<std::vector<Decided>> Undo::list(std::int64_t before_id, std::size_t limit)
{
    return store_.with([&](auto& store) { return store.decisions(before_id, limit); });
}

Result<TakenBack> Undo::take_back(Person const& by, std::int64_t number)
{
    auto const found = store_.with([&](auto& store) { return store.decision(number); });
    if (!found)
        return found.error();
    if (!*found || !may(by.role, role_for(**found)))
        return Error{Errc::not_found, "there is nothing to be taken back"};
    // First, so that two who press at once do not both take it back.
    if (auto const noted = store_.with([&](auto& store) { return store.note_undone(number, by.email, seconds_now()); }); !noted)
        return noted.error();
    auto done = make_as_before(by, **found);
    if (!done || *done == TakenBack::none)
        static_cast<void>(store_.with([&](auto& store) { return store.note_not_undone(number); }));
    return done;
}

Result<TakenBack> Undo::make_as_before(Person const& by, Decided const& decision)
{
    bool all = true;
    bool any = false;
    Result<> failed;
    auto const count = [&](Result<> const& done) {
        if (!done && done.error().code != Errc::conflict && done.error().code != Errc::not_found)
            failed = done;
        all = all && done;
        any = any || done;
    };
    for (auto one = decision.groups.rbegin(); one != decision.groups.rend(); ++one)
        count(queue_.take_back(by, {one->before, one->moved}));
    if (decision.split)
        count(join_again(by, *decision.split));
    if (decision.draft)
        count(decision.what == sent_back ? take_remark_back(by, *decision.draft) : put_back(by, *decision.draft));
    for (auto const& one : decision.imported)
        count(store_.with([&](auto& store) { return store.discard(one.draft, one.version, {by.email, by.origin, "draft.undo", one.draft}); }));
    if (decision.care)
        count(put_back(by, *decision.care));
    if (decision.account)
        count(put_back(by, *decision.account));
    if (decision.setting)
        count(put_back(by, *decision.setting));
    if (decision.letter != 0)
        count(outbox_ ? outbox_->restore(decision.letter) : Result<>(changed_since()));
    if (!failed)
        return failed.error();
    return all ? TakenBack::all : any ? TakenBack::some : TakenBack::none;
}

// Only as long as nobody has done anything with the new group.
Result<> Undo::join_again(Person const& by, Decided::OfSplit const& done)
{
    auto const groups = store_.with([](auto& store) { return store.groups(); });
    if (!groups)
        return groups.error();
    auto const made = std::ranges::find(*groups, done.made, &knowledge::Group::id);
    if (made == groups->end() || made->state != "new")
        return changed_since();
    auto const merged = queue_.merge(by, done.made, done.from);
    return merged ? Result<>() : merged.error();
}

Result<> Undo::put_back(Person const& by, Decided::OfDraft const& done)
{
    if (!done.was_saved)
        return store_.with([&](auto& store) { return store.discard(done.before.answer.entry.id, done.version, {by.email, by.origin, "draft.undo", done.before.answer.entry.id}); });
    auto draft = done.before;
    draft.version = done.version;
    auto saved = answers_.save(by, draft, "draft.undo");
    if (!saved && saved.error().code == Errc::not_allowed) {   // four eyes: it comes back, and somebody else says when
        draft.state = "review";
        draft.publish_at = 0;
        saved = answers_.save(by, std::move(draft), "draft.undo");
    }
    return saved ? Result<>() : saved.error();
}

// It waits again as it did, of whoever wrote and saved it: sending it back has changed no word of it, and neither has this.
Result<> Undo::take_remark_back(Person const& by, Decided::OfDraft const& done)
{
    auto draft = done.before;
    draft.version = done.version;
    auto const& id = draft.answer.entry.id;
    auto const saved = store_.with([&](auto& store) { return store.save(draft, {by.email, by.origin, "draft.undo", id, {}, draft.state}); });
    return saved ? Result<>() : saved.error();
}

Result<> Undo::put_back(Person const& by, Decided::OfCare const& done)
{
    return store_.with([&](auto& store) -> Result<> {
        auto const now = store.care(done.before.row);
        if (!now)
            return now.error();
        if (!is_same(now->value_or(knowledge::Care{}), done.after.owner.empty() && done.after.months == 0 ? knowledge::Care{} : done.after))
            return changed_since();
        return store.set_care(done.before, {by.email, by.origin, "answer.care-undo", done.before.row});
    });
}

Result<> Undo::put_back(Person const& by, Decided::OfAccount const& done)
{
    auto const now = store_.with([&](auto& store) { return store.account(done.email); });
    if (!now)
        return now.error();
    auto const role = role_from(done.role);
    if (!*now || !role || (*now)->role != done.role_after || (*now)->disabled != done.disabled_after)
        return changed_since();
    return accounts_.change(by, done.email, *role, done.disabled);
}

Result<> Undo::put_back(Person const& by, Decided::OfSetting const& done)
{
    auto const now = settings_.value(done.name);
    if (!now)
        return now.error();
    if (*now != done.after)
        return changed_since();
    auto const chosen = settings_.choose(by, done.name, done.before);
    return chosen ? Result<>() : chosen.error();
}

}  // namespace immunobot::staff
