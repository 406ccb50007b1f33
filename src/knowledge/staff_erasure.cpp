// A visitor asks that his conversation be erased, and all that the staff have is a question of it. The log knows a conversation by
// another name each day; the turns, which are kept for hours, know it by one, and name the same replies.

#include "base/date.hpp"
#include "knowledge/journal_store.hpp"
#include "knowledge/sheet.hpp"
#include "knowledge/staff_groups.hpp"
#include "knowledge/staff_store.hpp"
#include "knowledge/statements.hpp"
#include "text/fold.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace immunobot::knowledge {
namespace {

// The names of one conversation: of a day each in the log, and the one of its turns.
struct Names {
    std::set<std::string> logged;
    std::set<std::string> turns;
};

Result<Names> names_of(Database& database, std::string_view reply)
{
    Names out;
    auto const add_to = [](std::set<std::string>& names) {
        return [&names](Statement const& row) {
            if (!row.view(0).empty())
                names.insert(row.text(0));
        };
    };
    auto read = each(database, "SELECT conversation FROM question_log WHERE reply=?1", add_to(out.logged), reply);
    if (read)
        read = each(database,
                    "SELECT DISTINCT t.conversation FROM conversation_turn t WHERE t.reply=?1 OR t.reply IN (SELECT reply FROM question_log "
                    "WHERE conversation <> '' AND conversation = (SELECT conversation FROM question_log WHERE reply=?1))",
                    add_to(out.turns), reply);
    for (auto name = out.turns.begin(); read && name != out.turns.end(); ++name)
        read = each(database, "SELECT DISTINCT q.conversation FROM conversation_turn t JOIN question_log q ON q.reply = t.reply WHERE t.conversation=?1",
                    add_to(out.logged), *name);
    if (!read)
        return read.error();
    return out;
}

Result<std::vector<GroupQuestion>> questions_of(Database& database, Names const& names, std::string_view reply)
{
    std::vector<GroupQuestion> all;
    auto const add = [&](Statement const& row) {
        if (std::ranges::find(all, row.view(0), &GroupQuestion::reply) == all.end())
            all.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.integer(5)});
    };
    auto read = each(database,
                     "SELECT q.reply, q.text, q.language, q.status, q.asked_at, coalesce(m.grouping, 0) FROM question_log q "
                     "LEFT JOIN staff_group_question m ON m.reply = q.reply WHERE q.reply=?1",
                     add, reply);
    for (auto name = names.logged.begin(); read && name != names.logged.end(); ++name)
        read = each(database,
                    "SELECT q.reply, q.text, q.language, q.status, q.asked_at, coalesce(m.grouping, 0) FROM question_log q "
                    "LEFT JOIN staff_group_question m ON m.reply = q.reply WHERE q.conversation=?1 ORDER BY q.id",
                    add, *name);
    if (!read)
        return read.error();
    std::ranges::stable_sort(all, {}, &GroupQuestion::asked_at);
    return all;
}

// What tells whether an id that is still in memory is that of the conversation.
Result<std::vector<KeptConversation::Name>> digests_of(Database& database, Names const& names, std::vector<GroupQuestion> const& questions)
{
    std::vector<KeptConversation::Name> out;
    auto const own = read_salt(database);
    if (!own)
        return own.error();
    for (auto const& name : names.turns)
        out.push_back({*own, name});
    std::set<std::int64_t> days;
    for (auto const& question : questions)
        days.insert(question.asked_at / seconds_a_day);
    for (auto const day : days) {
        auto const read = each(database, "SELECT salt FROM daily_salt WHERE day=?1",
                               [&](Statement const& row) {
                                   for (auto const& name : names.logged)
                                       out.push_back({row.text(0), name});
                               },
                               day);
        if (!read)
            return read.error();
    }
    return out;
}

// The words alone: a mark more or less is the same question.
std::string bare(std::string_view question)
{
    std::string out;
    for (char const c : text::fold(question)) {
        bool const counts = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (counts)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

// Ways of asking that are questions of the conversation.
class Wordings {
public:
    explicit Wordings(std::vector<GroupQuestion> const& questions)
    {
        for (auto const& question : questions)
            if (!question.text.empty())
                known_.insert(bare(question.text));
    }

    bool have(std::string_view wording) const { return known_.contains(bare(wording)); }
    bool have_one_of(FaqEntry const& entry) const
    {
        auto const known = [&](std::string const& wording) { return have(wording); };
        return std::ranges::any_of(entry.questions_en, known) || std::ranges::any_of(entry.questions_fr, known);
    }

private:
    std::set<std::string> known_;
};

Result<std::vector<std::string>> published_with(Database& database, Wordings const& wordings, std::vector<Published> const& for_staff)
{
    std::set<std::string> ids;
    auto read = each(database, "SELECT faq, question FROM faq_question", [&](Statement const& row) {
        if (wordings.have(row.view(1)))
            ids.insert(row.text(0));
    });
    if (read)
        read = each(database, "SELECT id, questions_en, questions_fr FROM asking", [&](Statement const& row) {
            for (auto const list : {row.view(1), row.view(2)})
                for (auto const& wording : split_list(list))
                    if (wordings.have(wording))
                        ids.insert(row.text(0));
        });
    if (!read)
        return read.error();
    for (auto const& one : for_staff)
        if (wordings.have_one_of(one.answer.entry))
            ids.insert(one.answer.entry.id);
    return std::vector<std::string>(ids.begin(), ids.end());
}

// Where a conversation stands is kept under a name that follows from its id alone, which is not always known; but it holds the
// question that was asked last.
Result<> erase_states(Database& database, std::vector<GroupQuestion> const& questions)
{
    for (auto const& question : questions) {
        if (question.text.empty())
            continue;
        auto const quoted = boost::json::serialize(boost::json::string(question.text));
        if (auto done = run(database, "DELETE FROM conversation WHERE instr(state, ?1) > 0", quoted); !done)
            return done;
    }
    return {};
}

Result<> erase_named(Database& database, std::string_view digest)
{
    auto done = run(database, "DELETE FROM conversation_turn WHERE conversation=?1", digest);
    if (done)
        done = run(database, "DELETE FROM conversation WHERE id=?1", digest);
    return done;
}

Result<> erase_question(Database& database, std::string_view reply)
{
    auto done = run(database, "DELETE FROM feedback WHERE reply=?1", reply);
    if (done)
        done = run(database, "DELETE FROM conversation_turn WHERE reply=?1", reply);
    if (done)
        done = run(database, "DELETE FROM question_log WHERE reply=?1", reply);
    return done;
}

Result<> take_from_draft(Database& database, Draft draft, Wordings const& wordings)
{
    auto& entry = draft.answer.entry;
    for (auto* list : {&entry.questions_en, &entry.questions_fr})
        std::erase_if(*list, [&](std::string const& wording) { return wordings.have(wording); });
    return run(database, "UPDATE staff_draft SET version=version+1, content=?2 WHERE id=?1", entry.id, to_json(draft.answer));
}

// Nothing of it comes back by taking back what was decided about it.
bool speaks_of(Decided const& decision, std::vector<GroupQuestion> const& questions, Wordings const& wordings)
{
    auto const is_one_of = [&](auto member, auto const& value) { return std::ranges::find(questions, value, member) != questions.end(); };
    for (auto const& group : decision.groups)
        if (is_one_of(&GroupQuestion::grouping, group.before.id) || std::ranges::any_of(group.moved, [&](auto const& reply) { return is_one_of(&GroupQuestion::reply, reply); }))
            return true;
    if (decision.split && (is_one_of(&GroupQuestion::grouping, decision.split->made) || is_one_of(&GroupQuestion::grouping, decision.split->from)))
        return true;
    return decision.draft && wordings.have_one_of(decision.draft->before.answer.entry);
}

Result<> erase_decisions(Database& database, std::vector<Decided> const& all, std::vector<GroupQuestion> const& questions, Wordings const& wordings)
{
    for (auto const& decision : all)
        if (speaks_of(decision, questions, wordings))
            if (auto done = run(database, "DELETE FROM staff_decision WHERE id=?1", decision.id); !done)
                return done;
    return {};
}

}  // namespace

Result<KeptConversation> StaffStore::kept_of(std::string_view reply)
{
    auto const names = names_of(open_.database, reply);
    if (!names)
        return names.error();
    auto questions = immunobot::knowledge::questions_of(open_.database, *names, reply);
    if (!questions)
        return questions.error();
    if (questions->empty())
        return Error{Errc::not_found, "nothing is kept of this conversation"};
    auto digests = digests_of(open_.database, *names, *questions);
    if (!digests)
        return digests.error();
    Wordings const wordings(*questions);
    auto const all_drafts = drafts();
    if (!all_drafts)
        return all_drafts.error();
    auto const for_staff = staff_answers();
    if (!for_staff)
        return for_staff.error();
    auto published = published_with(open_.database, wordings, *for_staff);
    if (!published)
        return published.error();
    KeptConversation out{std::move(*questions), {}, std::move(*published), std::move(*digests)};
    for (auto const& draft : *all_drafts)
        if (wordings.have_one_of(draft.answer.entry))
            out.drafts.push_back(draft.answer.entry.id);
    return out;
}

Result<KeptConversation> StaffStore::erase_conversation(std::string_view reply, std::vector<std::string> const& ids, Act act)
{
    KeptConversation erased;
    auto const work = [&](Database& database) -> Result<> {
        auto kept = kept_of(reply);
        if (!kept)
            return kept.error();
        auto const groups = group_sizes(database);
        if (!groups)
            return groups.error();
        auto const own = read_salt(database);
        if (!own)
            return own.error();
        auto const decided = decisions(0, std::numeric_limits<std::int32_t>::max());
        if (!decided)
            return decided.error();
        Wordings const wordings(kept->questions);
        Result<> done = erase_decisions(database, *decided, kept->questions, wordings);
        for (std::size_t i = 0; done && i < kept->names.size(); ++i)
            done = erase_named(database, kept->names[i].digest);
        for (std::size_t i = 0; done && i < ids.size(); ++i)
            done = erase_named(database, conversation_key(*own, ids[i]));
        if (done)
            done = erase_states(database, kept->questions);
        for (std::size_t i = 0; done && i < kept->questions.size(); ++i)
            done = erase_question(database, kept->questions[i].reply);
        if (done)
            done = follow_erasure(database, *groups);
        for (std::size_t i = 0; done && i < kept->drafts.size(); ++i) {
            auto const there = draft(kept->drafts[i]);
            done = !there ? Result<>(there.error()) : *there ? take_from_draft(database, **there, wordings) : Result<>();
        }
        if (!done)
            return done;
        act.after = std::to_string(kept->questions.size()) + " questions";
        erased = std::move(*kept);
        return append_audit(act);
    };
    if (auto done = write(work, nullptr); !done)
        return done.error();
    // It is erased: what the log of writes still holds goes with the next checkpoint where it cannot be emptied now.
    if (auto const writing = WritingLock::take(open_.lock))
        if (auto const emptied = empty_write_ahead_log(open_.database); !emptied && emptied.error().code != Errc::busy)
            return emptied.error();
    return erased;
}

}  // namespace immunobot::knowledge
