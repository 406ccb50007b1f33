// What the staff decided, kept so that it can be taken back at any time.
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::knowledge {
namespace {

namespace json = boost::json;

json::object of_group(Decided::OfGroup const& one)
{
    json::array moved;
    for (auto const& reply : one.moved)
        moved.emplace_back(reply);
    auto const& group = one.before;
    return {{"id", group.id}, {"state", group.state}, {"assigned", group.assigned}, {"note", group.note}, {"answer", group.answer}, {"version", group.version}, {"decided_at", group.decided_at}, {"moved", std::move(moved)}};
}

json::object of_draft(Decided::OfDraft const& one)
{
    auto const& draft = one.before;
    return {{"content", to_json(draft.answer)}, {"state", draft.state}, {"version", draft.version}, {"author", draft.author}, {"saved_at", draft.saved_at}, {"base", draft.base},
            {"publish_at", draft.publish_at}, {"writer", draft.writer}, {"remark", draft.remark.text}, {"remark_by", draft.remark.who}, {"was_saved", one.was_saved}, {"now", one.version}};
}

json::object of_care(Care const& care)
{
    return {{"row", care.row}, {"owner", care.owner}, {"months", care.months}, {"looked_at", care.looked_at}};
}

std::string content_of(Decided const& decision)
{
    json::object out;
    if (!decision.groups.empty()) {
        json::array groups;
        for (auto const& one : decision.groups)
            groups.emplace_back(of_group(one));
        out["groups"] = std::move(groups);
    }
    if (decision.split)
        out["split"] = {{"made", decision.split->made}, {"from", decision.split->from}};
    if (decision.draft)
        out["draft"] = of_draft(*decision.draft);
    if (!decision.imported.empty()) {
        json::array imported;
        for (auto const& one : decision.imported)
            imported.emplace_back(json::object{{"draft", one.draft}, {"version", one.version}});
        out["imported"] = std::move(imported);
    }
    if (decision.care)
        out["care"] = {{"before", of_care(decision.care->before)}, {"after", of_care(decision.care->after)}};
    if (auto const& account = decision.account)
        out["account"] = {{"email", account->email}, {"role", account->role}, {"disabled", account->disabled}, {"role_after", account->role_after}, {"disabled_after", account->disabled_after}};
    if (auto const& setting = decision.setting)
        out["setting"] = {{"name", setting->name}, {"before", setting->before}, {"after", setting->after}};
    if (decision.letter != 0)
        out["letter"] = decision.letter;
    return json::serialize(out);
}

// Reads fields that may be missing.
class StoredFields {
public:
    explicit StoredFields(json::value const* value) : object_(value && value->is_object() ? &value->get_object() : nullptr) {}

    explicit operator bool() const { return object_ != nullptr; }
    json::value const* at(std::string_view name) const { return object_ ? object_->if_contains(name) : nullptr; }
    StoredFields under(std::string_view name) const { return StoredFields(at(name)); }
    std::string text(std::string_view name) const
    {
        auto const* value = at(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    }
    std::int64_t number(std::string_view name) const
    {
        auto const* value = at(name);
        return value && value->is_int64() ? value->get_int64() : 0;
    }
    bool truth(std::string_view name) const
    {
        auto const* value = at(name);
        return value && value->is_bool() && value->get_bool();
    }
    template <class Take>
    void each_of(std::string_view name, Take take) const
    {
        auto const* value = at(name);
        if (value && value->is_array())
            for (auto const& item : value->get_array())
                take(item);
    }

private:
    json::object const* object_;
};

Decided::OfGroup group_from(StoredFields const& fields)
{
    Decided::OfGroup out;
    out.before.id = fields.number("id");
    out.before.state = fields.text("state");
    out.before.assigned = fields.text("assigned");
    out.before.note = fields.text("note");
    out.before.answer = fields.text("answer");
    out.before.version = fields.number("version");
    out.before.decided_at = fields.number("decided_at");
    fields.each_of("moved", [&](json::value const& reply) {
        if (reply.is_string())
            out.moved.emplace_back(reply.get_string());
    });
    return out;
}

Decided::OfDraft draft_from(StoredFields const& fields)
{
    Decided::OfDraft out;
    if (auto answer = answer_from_json(fields.text("content")))
        out.before.answer = std::move(*answer);
    out.before.state = fields.text("state");
    out.before.version = fields.number("version");
    out.before.author = fields.text("author");
    out.before.saved_at = fields.number("saved_at");
    out.before.base = fields.number("base");
    out.before.publish_at = fields.number("publish_at");
    out.before.writer = fields.text("writer");
    out.before.remark = {fields.text("remark"), fields.text("remark_by")};
    out.was_saved = fields.truth("was_saved");
    out.version = fields.number("now");
    return out;
}

Care care_from(StoredFields const& fields)
{
    return {fields.text("row"), fields.text("owner"), fields.number("months"), fields.text("looked_at")};
}

void read_content(std::string_view text, Decided& out)
{
    json::error_code failed;
    auto const value = json::parse(text, failed);
    if (failed)
        return;
    StoredFields const fields(&value);
    fields.each_of("groups", [&](json::value const& group) { out.groups.push_back(group_from(StoredFields(&group))); });
    if (auto const split = fields.under("split"))
        out.split = Decided::OfSplit{split.number("made"), split.number("from")};
    if (auto const draft = fields.under("draft"))
        out.draft = draft_from(draft);
    fields.each_of("imported", [&](json::value const& one) {
        StoredFields const draft(&one);
        out.imported.push_back({draft.text("draft"), draft.number("version")});
    });
    if (auto const care = fields.under("care"))
        out.care = Decided::OfCare{care_from(care.under("before")), care_from(care.under("after"))};
    if (auto const account = fields.under("account"))
        out.account = Decided::OfAccount{account.text("email"), account.text("role"), account.truth("disabled"), account.text("role_after"), account.truth("disabled_after")};
    if (auto const setting = fields.under("setting"))
        out.setting = Decided::OfSetting{setting.text("name"), setting.text("before"), setting.text("after")};
    out.letter = fields.number("letter");
}

Decided decision_at(Statement const& row)
{
    Decided out;
    out.id = row.integer(0);
    out.made_at = row.integer(1);
    out.who = row.text(2);
    out.what = row.text(3);
    out.target = row.text(4);
    read_content(row.view(5), out);
    out.undone_at = row.integer(6);
    out.undone_by = row.text(7);
    return out;
}

}  // namespace

Result<std::int64_t> StaffStore::keep_decision(Decided const& decision)
{
    std::int64_t id = 0;
    auto const done = write(
        [&](Database& database) -> Result<> {
            auto put = run(database, "INSERT INTO staff_decision(made_at, who, what, target, content) VALUES(?1, ?2, ?3, ?4, ?5)", decision.made_at, decision.who, decision.what, decision.target,
                           content_of(decision));
            if (!put)
                return put;
            auto const made = database.integer("SELECT last_insert_rowid()");
            if (!made)
                return made.error();
            id = *made;
            return {};
        },
        nullptr);
    if (!done)
        return done.error();
    return id;
}

Result<std::optional<Decided>> StaffStore::decision(std::int64_t id)
{
    return read_row(open_.database, "SELECT id, made_at, who, what, target, content, undone_at, undone_by FROM staff_decision WHERE id=?1", decision_at, id);
}

Result<std::vector<Decided>> StaffStore::decisions(std::int64_t before_id, std::size_t limit)
{
    return read_rows(open_.database,
                     "SELECT id, made_at, who, what, target, content, undone_at, undone_by FROM staff_decision WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT ?2",
                     decision_at, before_id, static_cast<std::int64_t>(limit));
}

Result<> StaffStore::note_undone(std::int64_t id, std::string_view who, std::int64_t now)
{
    return write(
        [&](Database& database) -> Result<> {
            auto const done = run(database, "UPDATE staff_decision SET undone_at=?2, undone_by=?3 WHERE id=?1 AND undone_at=0", id, now, who);
            if (done && database.changes() == 0)
                return Error{Errc::not_found, "there is nothing to be taken back any more"};
            return done;
        },
        nullptr);
}

Result<> StaffStore::note_not_undone(std::int64_t id)
{
    return write([&](Database& database) { return run(database, "UPDATE staff_decision SET undone_at=0, undone_by='' WHERE id=?1", id); }, nullptr);
}

}  // namespace immunobot::knowledge
