#include "knowledge/past.hpp"

#include "knowledge/changes.hpp"
#include "knowledge/journal_store.hpp"
#include "knowledge/rows.hpp"
#include "knowledge/schema.hpp"
#include "knowledge/setting.hpp"
#include "knowledge/statements.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>

namespace immunobot::knowledge {
namespace {

namespace json = boost::json;


struct Past {
    std::string kind;
    std::string row;
    std::string before;   // JSON; empty: it was not there
};

std::string text_of(json::object const& object, std::string_view name)
{
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::vector<std::string> list_of(json::object const& object, std::string_view name)
{
    std::vector<std::string> out;
    if (auto const* value = object.if_contains(name); value && value->is_array())
        for (auto const& item : value->as_array())
            if (item.is_string())
                out.emplace_back(item.as_string());
    return out;
}

void read(json::object const& o, Source& row)
{
    row = {text_of(o, "id"), text_of(o, "title"), text_of(o, "publisher"), text_of(o, "url"), text_of(o, "published"), text_of(o, "seen")};
}

void read(json::object const& o, Entity& row)
{
    row = {text_of(o, "id"), text_of(o, "kind"), {text_of(o, "name_en"), text_of(o, "name_fr")}, text_of(o, "acronym"), list_of(o, "aliases"), text_of(o, "parent")};
}

void read(json::object const& o, Fact& row)
{
    row = {text_of(o, "id"), text_of(o, "entity"), text_of(o, "property"), text_of(o, "value"), text_of(o, "unit"), {text_of(o, "text_en"), text_of(o, "text_fr")},
           text_of(o, "valid_from"), text_of(o, "valid_to"), text_of(o, "review_by"), text_of(o, "source"), text_of(o, "layer")};
}

void read(json::object const& o, FaqEntry& row)
{
    row = {text_of(o, "id"), list_of(o, "questions_en"), list_of(o, "questions_fr"), {text_of(o, "answer_en"), text_of(o, "answer_fr")}, text_of(o, "entity"),
           text_of(o, "source"), text_of(o, "valid_to"), text_of(o, "review_by")};
}

void read(json::object const& o, Asking& row)
{
    row = {text_of(o, "id"), list_of(o, "questions_en"), list_of(o, "questions_fr")};
}

// Behind the last that has the same name up to its number.
template <class Row>
auto place_for(std::vector<Row>& rows, Row const& row)
{
    auto const stem = row.id.substr(0, row.id.rfind('.'));
    auto const last = std::ranges::find_if(rows.rbegin(), rows.rend(), [&](Row const& one) { return one.id.substr(0, one.id.rfind('.')) == stem; });
    return last == rows.rend() ? rows.end() : last.base();
}

template <class Row>
Result<> put_back(std::vector<Row>& rows, Past const& past)
{
    auto const found = std::ranges::find(rows, past.row, &Row::id);
    if (past.before.empty()) {
        if (found != rows.end())
            rows.erase(found);
        return {};
    }
    json::error_code failed;
    auto const value = json::parse(past.before, failed);
    if (failed || !value.is_object())
        return Error{Errc::bad_data, "the history of " + past.row + " cannot be read"};
    Row row;
    read(value.get_object(), row);
    if (found != rows.end())
        *found = std::move(row);
    else
        rows.insert(place_for(rows, row), std::move(row));
    return {};
}

Result<> put_back(Knowledge& all, Past const& past)
{
    if (past.kind == kind_of(static_cast<Source const*>(nullptr)))
        return put_back(all.sources, past);
    if (past.kind == kind_of(static_cast<Entity const*>(nullptr)))
        return put_back(all.entities, past);
    if (past.kind == kind_of(static_cast<Fact const*>(nullptr)))
        return put_back(all.facts, past);
    if (past.kind == kind_of(static_cast<FaqEntry const*>(nullptr)))
        return put_back(all.faq, past);
    if (past.kind == kind_of(static_cast<Asking const*>(nullptr)))
        return put_back(all.askings, past);
    if (past.kind == setting_kind && past.row == over_setting)
        all.silent_when_over = past.before == over_silent;
    return {};   // what is for staff alone answers no visitor
}

template <class Row>
Result<> put_all(Changes& changes, std::vector<Row> const& rows)
{
    std::int64_t position = 0;
    for (auto const& row : rows)
        if (auto put = changes.put<Row>(nullptr, row, position++); !put)
            return put;
    return {};
}

}  // namespace

Result<Knowledge> knowledge_at(std::string const& path, std::int64_t revision)
{
    auto open = open_current(path, Access::read);
    if (!open)
        return open.error();
    auto const transaction = Transaction::begin(open->database, Transaction::Kind::read);
    if (!transaction)
        return transaction.error();
    auto all = read_all(open->database);
    if (!all)
        return all;
    if (revision > all->revision)
        return Error{Errc::not_found, "there is no revision " + std::to_string(revision) + " yet"};
    auto const later = read_rows(open->database, "SELECT kind, row, coalesce(before, '') FROM change WHERE revision > ?1 ORDER BY revision DESC, rowid DESC",
                                 [](Statement const& row) { return Past{row.text(0), row.text(1), row.text(2)}; }, revision);
    if (!later)
        return later.error();
    for (auto const& past : *later)
        if (auto back = put_back(*all, past); !back)
            return back.error();
    all->revision = revision;
    return all;
}

Result<> make_database(std::string const& path, Knowledge const& knowledge)
{
    if (auto const made = migrate(path); !made)
        return made.error();
    auto open = open_current(path, Access::write);
    if (!open)
        return open.error();
    auto const writing = WritingLock::take(open->lock);
    if (!writing)
        return writing.error();
    auto transaction = Transaction::begin(open->database, Transaction::Kind::write);
    if (!transaction)
        return transaction.error();
    auto changes = Changes::begin(open->database, "replay", "as it was");
    if (!changes)
        return changes.error();
    auto done = put_all(*changes, knowledge.sources);
    if (done)
        done = put_all(*changes, knowledge.entities);
    if (done)
        done = put_all(*changes, knowledge.facts);
    if (done)
        done = put_all(*changes, knowledge.faq);
    if (done)
        done = put_all(*changes, knowledge.askings);
    if (done && knowledge.silent_when_over)
        done = write_setting(open->database, over_setting, over_silent);
    return done ? transaction->commit() : done;
}

Result<LoggedAnswer> logged_answer(std::string const& path, std::string_view reply)
{
    auto open = open_current(path, Access::read);
    if (!open)
        return open.error();
    LoggedAnswer out;
    std::int64_t id = 0;
    std::string conversation;
    auto found = each(open->database, "SELECT id, conversation, status, revision, files, answer FROM question_log WHERE reply=?1 AND text <> ''",
                      [&](Statement const& row) {
                          id = row.integer(0);
                          conversation = row.text(1);
                          out.status = row.text(2);
                          out.revision = row.integer(3);
                          out.files = row.text(4);
                          out.answer = row.text(5);
                      },
                      reply);
    if (!found)
        return found.error();
    if (id == 0)
        return Error{Errc::not_found, "there is no answer " + std::string(reply) + " in the log", "questions are kept for some days only; the text of a health message never is"};
    out.in_conversation = !conversation.empty();
    auto asked = read_rows(open->database,
                           "SELECT text, language, asked_at FROM question_log WHERE id=?1 OR (?2 <> '' AND conversation=?2 AND id < ?1) ORDER BY id DESC LIMIT ?3",
                           [](Statement const& row) { return LoggedAnswer::Asked{row.text(0), row.text(1), row.integer(2)}; }, id, conversation, std::int64_t{most_turns});
    if (!asked)
        return asked.error();
    out.asked = std::move(*asked);
    std::ranges::reverse(out.asked);
    return out;
}

}  // namespace immunobot::knowledge
