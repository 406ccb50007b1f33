// What each of the staff has at hand, who looks after what, and where they are signed in.
#include "desk_world.hpp"

#include "base/date.hpp"
#include "base/local_time.hpp"
#include "staff/digest.hpp"
#include "staff/told.hpp"
#include "staff/variables.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

namespace {

using Ids = std::vector<std::string>;

struct Two : World {
    Two()
    {
        Person const admin{0, "test", "", Role::admin, "test"};
        for (auto const* email : {"ada@example.org", "bob@example.org"})
            REQUIRE(failure(desk->accounts.invite(admin, email, email, Role::editor)) == "");
        ada = account("ada@example.org");
        bob = account("bob@example.org");
    }
    std::int64_t account(std::string const& email)
    {
        return desk->store.with([&](auto& store) { return store.account(email); }).value()->id;
    }
    template <class Use>
    auto with(Use use) { return desk->store.with(use); }
    Answers::Due const* due_of(std::string const& id)
    {
        due = desk->answers.due(100).value();
        auto const found = std::ranges::find(due, id, &Answers::Due::id);
        return found == due.end() ? nullptr : &*found;
    }
    std::int64_t ada = 0;
    std::int64_t bob = 0;
    std::vector<Answers::Due> due;
};

std::string months_ago(int months)
{
    auto day = today_here();
    auto const all = day.year * 12 + day.month - 1 - months;
    return to_string(Date{all / 12, all % 12 + 1, 1});
}

}  // namespace

TEST_CASE("variables are filled in, and nothing else that looks like them", "[staff]")
{
    Variables const variables{"26 November 2026", "Ada", "https://bot.example.org/facts/lab"};
    struct Row {
        char const* text;
        char const* filled;
        bool has;
        bool known;
    };
    for (Row const& row : {Row{"plain", "plain", false, true}, Row{"", "", false, true}, Row{"On {{today}}.", "On 26 November 2026.", true, true}, Row{"{{ name }}, {{link}}", "Ada, https://bot.example.org/facts/lab", true, true},
                           Row{"{{name}}{{name}}", "AdaAda", true, true}, Row{"{{other}} {{name}}", "{{other}} Ada", true, false}, Row{"{{", "{{", false, true}, Row{"{name}", "{name}", false, true}, Row{"{{name", "{{name", false, true},
                           Row{"}}{{name}}", "}}Ada", true, true}, Row{"{{}}", "{{}}", true, false}, Row{"{{{name}}}", "{{{name}}}", true, false}}) {
        INFO(row.text);
        CHECK(filled(row.text, variables) == row.filled);
        CHECK(has_variables(row.text) == row.has);
        CHECK(knows_variables(row.text) == row.known);
    }
    CHECK(filled("{{name}}", {"", "{{today}}", ""}) == "{{today}}");
}

TEST_CASE("variables are for staff-only answers: visitors would read them as they stand", "[staff]")
{
    World world;
    auto answer = answer_about_parking();
    answer.entry.answer.en = "Behind the lab, as of {{today}}.";
    auto const faults = world.desk->answers.faults(answer).value();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].field == "answer_en");
    CHECK(faults[0].what == "fault.public-variable");
    answer.staff_only = true;
    CHECK(world.desk->answers.faults(answer).value().empty());
    answer.entry.answer.fr = "{{nom}}";
    CHECK(world.desk->answers.faults(answer).value().at(0).what == "fault.variable");

    answer.entry.answer.fr = "Le {{today}}.";
    REQUIRE(world.publish(answer).value().revision > 0);
    auto const found = world.desk->search.one("parking").value().value();
    CHECK(copy_ready(found, "Ada", Words(Language::en)).find("as of " + to_string(today_here())) != std::string::npos);
}

TEST_CASE("what is pinned, copied and put together is each person's own", "[staff]")
{
    Two world;
    CHECK(world.with([&](auto& store) { return store.pins(world.ada); }).value().empty());
    for (auto const* id : {"open", "lab.founded.1", "open"})
        REQUIRE(failure(world.with([&](auto& store) { return store.pin(world.ada, id, true, 10 + id[0]); })) == "");
    CHECK(world.with([&](auto& store) { return store.pins(world.ada); }).value() == Ids{"lab.founded.1", "open"});
    CHECK(world.with([&](auto& store) { return store.pins(world.bob); }).value().empty());
    REQUIRE(failure(world.with([&](auto& store) { return store.pin(world.ada, "open", false, 0); })) == "");
    CHECK(world.with([&](auto& store) { return store.pins(world.ada); }).value() == Ids{"lab.founded.1"});

    constexpr std::int64_t a_day = 86'400;
    for (std::int64_t const at : {10 * a_day, 10 * a_day + 5, 40 * a_day})
        REQUIRE(failure(world.with([&](auto& store) { return store.count_use(world.ada, "open", at); })) == "");
    REQUIRE(failure(world.with([&](auto& store) { return store.count_use(world.bob, "open", 41 * a_day); })) == "");
    REQUIRE(failure(world.with([&](auto& store) { return store.count_use(world.ada, "lab.founded.1", 42 * a_day); })) == "");
    CHECK(world.with([&](auto& store) { return store.uses(9 * a_day); }).value().at("open") == 4);
    CHECK(world.with([&](auto& store) { return store.uses(30 * a_day); }).value().at("open") == 2);
    CHECK(world.with([&](auto& store) { return store.used_lately(world.ada, 5); }).value() == Ids{"lab.founded.1", "open"});
    CHECK(world.with([&](auto& store) { return store.used_lately(world.ada, 1); }).value() == Ids{"lab.founded.1"});
    REQUIRE(failure(world.with([&](auto& store) { return store.count_use(world.bob, "open", 500 * a_day); })) == "");
    CHECK(world.with([&](auto& store) { return store.used_lately(world.ada, 5); }).value().empty());   // forgotten after a year

    for (auto const* id : {"open", "lab.founded.1", "unit.part_of.1", "open"})
        REQUIRE(failure(world.with([&](auto& store) { return store.add_piece(world.ada, id); })) == "");
    auto const message = [&] { return world.with([&](auto& store) { return store.message(world.ada); }).value(); };
    CHECK(message() == Ids{"open", "lab.founded.1", "unit.part_of.1"});
    REQUIRE(failure(world.with([&](auto& store) { return store.raise_piece(world.ada, "unit.part_of.1"); })) == "");
    REQUIRE(failure(world.with([&](auto& store) { return store.raise_piece(world.ada, "open"); })) == "");
    CHECK(message() == Ids{"open", "unit.part_of.1", "lab.founded.1"});
    REQUIRE(failure(world.with([&](auto& store) { return store.take_piece(world.ada, "unit.part_of.1"); })) == "");
    CHECK(message() == Ids{"open", "lab.founded.1"});
    REQUIRE(failure(world.with([&](auto& store) { return store.clear_message(world.ada); })) == "");
    CHECK(message().empty());
}

TEST_CASE("there is a limit to what one has at hand, and it is said", "[staff]")
{
    Two world;
    int pins = 0;
    while (pins < 1'000 && world.with([&](auto& store) { return store.pin(world.ada, "a" + std::to_string(pins), true, pins); }))
        ++pins;
    CHECK(pins == 50);
    CHECK(world.with([&](auto& store) { return store.pin(world.ada, "more", true, 1); }).error().code == Errc::conflict);
    CHECK(world.with([&](auto& store) { return store.pin(world.bob, "more", true, 1); }));
    int pieces = 0;
    while (pieces < 1'000 && world.with([&](auto& store) { return store.add_piece(world.ada, "a" + std::to_string(pieces)); }))
        ++pieces;
    CHECK(pieces == 20);
}

TEST_CASE("what somebody looks after comes up in time, and goes when it was looked at", "[staff]")
{
    Two world;
    auto& answers = world.desk->answers;
    CHECK(world.due_of("open") == nullptr);
    REQUIRE(failure(answers.take_care(world.editor, "open", "bob@example.org", 6)) == "");
    REQUIRE(failure(answers.take_care(world.editor, "lab.founded.1", "", 12)) == "");
    CHECK(world.due_of("open") == nullptr);   // today was the first look

    auto const age = [&](std::string const& row, std::string const& owner, std::int64_t months, int ago) {
        REQUIRE(failure(world.with([&](auto& store) { return store.set_care({row, owner, months, months_ago(ago)}, {"test", "test", "test"}); })) == "");
    };
    age("open", "bob@example.org", 6, 7);
    age("lab.founded.1", "", 12, 20);
    auto const* due = world.due_of("open");
    REQUIRE(due);
    CHECK(due->owner == "bob@example.org");
    CHECK(due->of_care);
    CHECK(due->months == 6);
    CHECK(due->day < to_string(today_here()));
    REQUIRE(world.due_of("lab.founded.1"));
    CHECK(as_text(digest_of(*world.desk, 0, 0).value(), Language::en).find("(bob@example.org)") != std::string::npos);

    REQUIRE(failure(answers.look_at(world.editor, "open")) == "");
    CHECK(world.due_of("open") == nullptr);

    // Who publishes it has looked at it.
    age("open", "bob@example.org", 6, 7);
    REQUIRE(world.due_of("open"));
    auto draft = answers.open("open").value();
    draft.answer.entry.answer.en = "Yes, it is open.";
    REQUIRE(world.publish(draft.answer).value().revision > 0);
    CHECK(world.due_of("open") == nullptr);
    REQUIRE(world.due_of("lab.founded.1"));
    REQUIRE(world.desk->tables.set(world.editor, knowledge::Table::facts, "lab.founded.1", "value", "1977").value().revision > 0);
    CHECK(world.due_of("lab.founded.1") == nullptr);

    CHECK(answers.take_care(world.editor, "nothing", "bob@example.org", 6).error().code == Errc::not_found);
    CHECK(answers.take_care(world.editor, "open", "eve@example.org", 6).error().code == Errc::not_found);
    CHECK(answers.take_care(world.editor, "open", "", 61).error().code == Errc::bad_request);
    CHECK(answers.take_care(world.editor, "open", "", -1).error().code == Errc::bad_request);
    REQUIRE(failure(answers.take_care(world.editor, "open", "", 0)) == "");
    CHECK_FALSE(world.with([](auto& store) { return store.care("open"); }).value());
    knowledge::AuditFilter filter;
    filter.words = "answer.care";
    CHECK(world.with([&](auto& store) { return store.audit(filter); }).value().size() == 3);
}

TEST_CASE("the next look is so many months after the last", "[staff]")
{
    struct Row {
        char const* last;
        std::int64_t months;
        char const* next;
    };
    for (Row const& row : {Row{"2026-01-15", 1, "2026-02-15"}, Row{"2026-01-31", 1, "2026-02-28"}, Row{"2027-11-30", 3, "2028-02-29"}, Row{"2026-12-01", 1, "2027-01-01"}, Row{"2026-05-10", 24, "2028-05-10"}, Row{"2026-05-10", 0, ""}, Row{"", 6, ""}})
        CHECK(next_look({"x", "", row.months, row.last}) == row.next);
}

TEST_CASE("one sees where one is signed in, and ends it there", "[staff]")
{
    Two world;
    auto& accounts = world.desk->accounts;
    auto const in = [&](std::string const& email, std::string const& from, std::string const& device) { return accounts.vouched(email, from, device).value().value().secret; };
    auto const here = in("ada@example.org", "192.0.2.1", "Firefox, Linux");
    auto const there = in("ada@example.org", "192.0.2.2", "Chrome, Android");
    auto const other = in("bob@example.org", "192.0.2.3", std::string(500, 'x'));
    auto const visit = accounts.visit(here, "192.0.2.1").value().value();
    auto const sessions = accounts.sessions(visit).value();
    REQUIRE(sessions.size() == 2);
    auto const found = std::ranges::find(sessions, "Chrome, Android", &knowledge::Session::device);
    REQUIRE(found != sessions.end());
    CHECK(found->origin == "192.0.2.2");
    auto const name = Accounts::session_name(*found);
    CHECK(found->digest.find(name) == std::string::npos);

    auto const bobs = accounts.visit(other, "x").value().value();
    CHECK(accounts.end_session(bobs, name).error().code == Errc::not_found);   // of somebody else
    CHECK(accounts.end_session(visit, "nothing").error().code == Errc::not_found);
    CHECK(accounts.visit(there, "x").value());
    REQUIRE(failure(accounts.end_session(visit, name)) == "");
    CHECK_FALSE(accounts.visit(there, "x").value());

    auto const again = in("ada@example.org", "192.0.2.2", "");
    REQUIRE(failure(accounts.end_others(visit)) == "");
    CHECK_FALSE(accounts.visit(again, "x").value());
    CHECK(accounts.visit(here, "x").value());
    CHECK(accounts.visit(other, "x").value());
    world.now += 31 * 60;
    CHECK(accounts.sessions(visit).value().empty());   // all are over
}
