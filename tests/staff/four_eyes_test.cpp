// What somebody wrote last is published by somebody else, where administrators have chosen so: by whatever way it would be published.
#include "desk_world.hpp"

#include "staff/commands.hpp"
#include "staff/facts.hpp"

#include <algorithm>
#include <functional>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

namespace {

// One way to publish something that `writer` has written. Gives the revision; 0: a draft was left.
using Way = std::function<Result<std::int64_t>(World&, Person const& writer, Person const& publisher)>;

Result<std::int64_t> revision_of(Result<Published> const& published)
{
    return published ? Result<std::int64_t>(published->revision) : published.error();
}

// A command tells in words; what was done is known by the history.
Result<std::int64_t> by_command(World& world, Person const& publisher, std::string const& line)
{
    auto const before = world.bot->snapshot()->revision;
    auto const told = Commands(*world.desk).run({publisher, Language::en, true}, line);
    INFO(told.text);
    auto const after = world.bot->snapshot()->revision;
    CHECK(told.done == (after != before));
    if (after == before)
        CHECK(told.text.find("somebody else") != std::string::npos);
    return after == before ? Result<std::int64_t>(Error{Errc::not_allowed, told.text}) : after;
}

Cells new_source()
{
    return {"press", "The press", "The press", "https://example.org/press", "", "2026-11-23"};
}

std::int64_t written_answer(World& world, Person const& writer)
{
    knowledge::Draft draft;
    draft.answer = answer_about_parking();
    return world.desk->answers.save(writer, draft).value();
}

std::int64_t written_row(World& world, Person const& writer, std::string const& id)
{
    auto const base = world.desk->answers.knowledge().value().revision;
    return world.desk->tables.propose(writer, id, 0, base, Table::sources, {new_source()}).value();
}

struct Named {
    char const* name;
    Way way;
};

Named const ways[] = {
    {"an answer", [](World& world, Person const& writer, Person const& publisher) {
         auto const version = written_answer(world, writer);
         return revision_of(world.desk->answers.publish(publisher, "parking", version, "because", false));
     }},
    {"an answer, by a command", [](World& world, Person const& writer, Person const& publisher) {
         written_answer(world, writer);
         return by_command(world, publisher, "publish parking because");
     }},
    {"an answer to which a colleague has added a way of asking", [](World& world, Person const& writer, Person const& publisher) {
         Person const third{9, "third@example.org", "Third", Role::answerer, "test"};
         written_answer(world, writer);
         auto const version = world.desk->answers.add_questions(third, "parking", {"Any room for my van?"}, {}).value();
         return revision_of(world.desk->answers.publish(publisher, "parking", version, "because", false));
     }},
    {"an answer that was sent for review by the other", [](World& world, Person const& writer, Person const& publisher) {
         written_answer(world, writer);
         auto draft = world.desk->answers.open("parking").value();
         draft.state = "review";
         auto const version = world.desk->answers.save(publisher, draft, "draft.review").value();
         return revision_of(world.desk->answers.publish(publisher, "parking", version, "because", false));
     }},
    {"an answer that is scheduled", [](World& world, Person const& writer, Person const& publisher) -> Result<std::int64_t> {
         written_answer(world, writer);
         auto draft = world.desk->answers.open("parking").value();
         draft.state = "scheduled";
         draft.publish_at = 1'000;
         if (auto const saved = world.desk->answers.save(publisher, draft, "draft.scheduled"); !saved)
             return saved.error();
         return static_cast<std::int64_t>(world.desk->answers.publish_due(2'000).value().size());
     }},
    {"an answer that was made of a sheet of pairs", [](World& world, Person const& writer, Person const& publisher) {
         REQUIRE(world.desk->pairs.make(writer, "question_fr;answer_fr;question_en;answer_en\r\nParking ?;Derri\u00e8re.;Parking?;Behind.\r\n"));
         auto const made = world.desk->store.with([](auto& store) { return store.drafts(); }).value().at(0).answer.entry.id;
         return revision_of(world.desk->answers.publish(publisher, made, 1, "because", false));
     }},
    {"an older version that was taken up", [](World& world, Person const& writer, Person const& publisher) {
         Person const third{9, "third@example.org", "Third", Role::admin, "test"};
         auto const version = written_answer(world, third);
         Person const fourth{10, "fourth@example.org", "Fourth", Role::admin, "test"};
         auto const made = world.desk->answers.publish(fourth, "parking", version, "because", false).value().revision;
         auto const again = world.desk->answers.restore(writer, "parking", made).value();
         return revision_of(world.desk->answers.publish(publisher, "parking", again, "because", false));
     }},
    {"a row", [](World& world, Person const& writer, Person const& publisher) {
         auto const version = written_row(world, writer, "sources:press");
         return revision_of(world.desk->tables.publish(publisher, "sources:press", version, "because", false));
     }},
    {"a row, by a command", [](World& world, Person const& writer, Person const& publisher) {
         written_row(world, writer, "sources:press");
         return by_command(world, publisher, "publish sources:press because");
     }},
    {"a sheet", [](World& world, Person const& writer, Person const& publisher) {
         auto const id = world.desk->tables.new_sheet_id(Table::sources);
         auto const version = written_row(world, writer, id);
         return revision_of(world.desk->tables.publish(publisher, id, version, "because", false));
     }},
};

// What is written and put in force by one person in one act.
Named const at_once[] = {
    {"one cell", [](World& world, Person const&, Person const& publisher) { return revision_of(world.desk->tables.set(publisher, Table::faq, "open", "review_by", "2030-01-01")); }},
    {"a fact in a line", [](World& world, Person const&, Person const& publisher) {
         auto const line = "fact set lab.founded.1 = 1977; web; 2020";
         auto const asked = Commands(*world.desk).run({publisher, Language::en, true}, line);
         auto const code = asked.text.rfind(" ! ");
         REQUIRE(code != std::string::npos);
         return by_command(world, publisher, line + asked.text.substr(code));
     }},
    {"the answers for staff alone", [](World& world, Person const&, Person const& publisher) {
         auto const bytes = "id,questions_en,questions_fr,answer_en,answer_fr,entity,source,valid_to,review_by\r\ngate,Gate?,Portail ?,Zebra.,Z\u00e8bre.,,web,,\r\n";
         return world.desk->staff_sheet.put(publisher, bytes, world.desk->staff_sheet.look(bytes).value().base);
     }},
};

std::string outcome(Result<std::int64_t> const& done)
{
    return done ? *done > 0 ? "published" : "a draft" : done.error().code == Errc::not_allowed ? "not allowed" : failure(done);
}

struct Eyes : World {
    void choose(bool on) { REQUIRE(failure(desk->settings.choose(admin, knowledge::four_eyes_setting, on ? "on" : "off")) == ""); }
    Person const admin{2, "grace@example.org", "Grace", Role::admin, "test"};
    Person const other{3, "mary@example.org", "Mary", Role::editor, "test"};
    Person const answerer{4, "ann@example.org", "Ann", Role::answerer, "test"};
};

}  // namespace

TEST_CASE("whoever wrote it last does not publish it where four eyes have to see it, by whatever way", "[staff]")
{
    for (auto const& [name, way] : ways)
        for (bool const on : {false, true}) {
            INFO(name << (on ? ", on" : ", off"));
            {
                Eyes world;
                world.choose(on);
                CHECK(outcome(way(world, world.editor, world.editor)) == (on ? "not allowed" : "published"));
            }
            if (on) {
                Eyes world;
                world.choose(on);
                CHECK(outcome(way(world, world.editor, world.other)) == "published");
            }
        }
}

TEST_CASE("the same of administrators, and of what answerers have written", "[staff]")
{
    for (auto const& [name, way] : ways) {
        INFO(name);
        Eyes world;
        world.choose(true);
        CHECK(outcome(way(world, world.admin, world.admin)) == "not allowed");
    }
    Eyes world;
    world.choose(true);
    CHECK(outcome(ways[0].way(world, world.answerer, world.admin)) == "published");
}

TEST_CASE("what is written and put in force in one act is not, where four eyes have to see it", "[staff]")
{
    for (auto const& [name, way] : at_once)
        for (bool const on : {false, true}) {
            INFO(name << (on ? ", on" : ", off"));
            Eyes world;
            world.choose(on);
            auto const before = world.bot->snapshot()->revision;
            CHECK((outcome(way(world, world.admin, world.admin)) == "published") == !on);
            CHECK((world.desk->answers.knowledge().value().revision == before) == on);
        }
}

TEST_CASE("a scheduled text that its writer threw away comes back for review", "[staff]")
{
    Eyes world;
    world.choose(true);
    written_answer(world, world.editor);
    auto draft = world.desk->answers.open("parking").value();
    draft.state = "scheduled";
    draft.publish_at = 4'000'000'000;
    REQUIRE(failure(world.desk->answers.save(world.other, draft, "draft.scheduled")) == "");
    auto const before = world.desk->answers.open("parking").value();
    REQUIRE(failure(world.desk->answers.discard(world.editor, "parking", before.version)) == "");
    auto const number = world.desk->undo.keep_draft(world.editor, "draft.discard", "parking", before, 0);
    CHECK(world.desk->undo.take_back(world.editor, number).value() == TakenBack::all);
    auto const back = world.desk->answers.open("parking").value();
    CHECK(back.state == "review");
    CHECK(back.answer == before.answer);
    CHECK(back.writer == world.editor.email);
}

TEST_CASE("an administrator publishes alone with a reason, which is in the audit log", "[staff]")
{
    Eyes world;
    world.choose(true);
    auto& answers = world.desk->answers;
    auto const version = written_answer(world, world.admin);
    CHECK(answers.publish(world.admin, "parking", version, " ", false, Alone::with_reason).error().code == Errc::not_allowed);
    CHECK(answers.publish(world.admin, "parking", version, "\u3164\u00a0", false, Alone::with_reason).error().code == Errc::not_allowed);
    REQUIRE(answers.publish(world.admin, "parking", version, " nobody\u200b is here ", false, Alone::with_reason).value().revision > 0);
    auto const row = written_row(world, world.admin, "sources:press");
    REQUIRE(world.desk->tables.publish(world.admin, "sources:press", row, "nor on Sunday", false, Alone::with_reason).value().revision > 0);
    auto const lines = world.desk->store.with([](auto& store) { return store.audit({{}, "draft.alone"}); }).value();
    REQUIRE(lines.size() == 2);
    CHECK(lines[1].act.who == world.admin.email);
    CHECK(lines[1].act.target == "parking");
    CHECK(lines[1].act.after == "nobody is here");
    CHECK(lines[0].act.after == "nor on Sunday");
    CHECK_FALSE(world.desk->store.with([](auto& store) { return store.first_broken_audit_row(); }).value().has_value());
    // An editor has no such right, whatever is sent; and without the rule there is nothing to be noted.
    auto draft = answers.open("parking").value();
    draft.answer.entry.answer.en = "Behind the laboratory.";
    auto const changed = answers.save(world.editor, draft).value();
    CHECK(answers.publish(world.editor, "parking", changed, "I insist", false, Alone::with_reason).error().code == Errc::not_allowed);
    world.choose(false);
    CHECK(answers.publish(world.editor, "parking", changed, "I insist", false, Alone::with_reason).value().revision > 0);
    CHECK(world.desk->store.with([](auto& store) { return store.audit({{}, "draft.alone"}); }).value().size() == 2);
}

TEST_CASE("who wrote a draft last is whoever changed its text, not its state", "[staff]")
{
    Eyes world;
    auto& answers = world.desk->answers;
    auto const writer = [&] { return answers.open("parking").value().writer; };
    written_answer(world, world.answerer);
    CHECK(writer() == world.answerer.email);
    auto draft = answers.open("parking").value();
    draft.state = "review";
    REQUIRE(answers.save(world.editor, draft));
    CHECK(writer() == world.answerer.email);
    CHECK(answers.open("parking").value().author == world.editor.email);
    draft = answers.open("parking").value();
    draft.answer.entry.answer.en = "Behind the laboratory.";
    REQUIRE(answers.save(world.editor, draft));
    CHECK(writer() == world.editor.email);
    SECTION("also when it was thrown away and brought back")
    {
        auto const before = answers.open("parking").value();
        REQUIRE(answers.discard(world.other, "parking", before.version));
        auto const act = world.desk->undo.keep_draft(world.other, "draft.discard", "parking", before, 0);
        REQUIRE(world.desk->undo.take_back(world.other, act).value() == TakenBack::all);
        CHECK(writer() == world.editor.email);
    }
    SECTION("what was scheduled before the rule goes back to review")
    {
        draft = answers.open("parking").value();
        draft.state = "scheduled";
        draft.publish_at = 1'000;
        REQUIRE(answers.save(world.editor, draft));
        world.choose(true);
        CHECK(answers.publish_due(2'000).value().empty());
        CHECK(answers.open("parking").value().state == "review");
        CHECK(writer() == world.editor.email);
    }
}

TEST_CASE("whoever takes a question out of a draft, or puts another in its place, has written it", "[staff]")
{
    Eyes world;
    world.choose(true);
    auto& answers = world.desk->answers;
    auto const saved_by = [&](Person const& by, std::string_view id, auto change) {
        auto draft = answers.open(id).value();
        change(draft.answer.entry);
        REQUIRE(failure(answers.save(by, draft)) == "");
        return answers.open(id).value().writer;
    };
    SECTION("of an answer, adding one is nobody's text")
    {
        written_answer(world, world.answerer);
        CHECK(saved_by(world.editor, "parking", [](auto& entry) { entry.questions_en.insert(entry.questions_en.begin(), "Any room for my van?"); }) == world.answerer.email);
        CHECK(saved_by(world.editor, "parking", [](auto& entry) { std::ranges::reverse(entry.questions_en); }) == world.answerer.email);
        CHECK(saved_by(world.other, "parking", [](auto& entry) { entry.questions_fr = {"O\u00f9 est la cantine ?"}; }) == world.other.email);
        auto const version = answers.open("parking").value().version;
        CHECK(answers.publish(world.other, "parking", version, "because", true).error().code == Errc::not_allowed);
        CHECK(saved_by(world.editor, "parking", [](auto& entry) { entry.questions_en.pop_back(); }) == world.editor.email);
    }
    SECTION("of a fact, each change is")
    {
        REQUIRE(answers.add_questions(world.answerer, "lab.founded.1", {"How old is the zorblax lab?"}, {}));
        CHECK(answers.open("lab.founded.1").value().writer == world.answerer.email);
        CHECK(saved_by(world.editor, "lab.founded.1", [](auto&) {}) == world.answerer.email);
        CHECK(saved_by(world.editor, "lab.founded.1", [](auto& entry) { entry.questions_en.push_back("Zorblax lab, how old?"); }) == world.editor.email);
        CHECK(saved_by(world.other, "lab.founded.1", [](auto& entry) { entry.questions_en.pop_back(); }) == world.other.email);
    }
}

TEST_CASE("what was in force comes back, and what is in force goes, by one alone", "[staff]")
{
    Eyes world;
    world.choose(true);
    auto& answers = world.desk->answers;
    auto const made = answers.publish(world.other, "parking", written_answer(world, world.editor), "because", false).value().revision;
    auto const gone = answers.archive(world.editor, "parking", made).value().revision;
    CHECK(gone > made);
    CHECK(world.desk->take_back(world.editor, gone).value().revision > gone);
}

TEST_CASE("a reason shows something", "[staff]")
{
    for (std::string const nothing : {"", " \n", "\u200b", "\u00a0", "\u2003", "\u202f", "\u3000", "\u1680", "\u3164", "\u115f", "\u1160", "\uffa0", "\u2800", "\u17b4", "\ufe0f", "\u034f", "\u0301", "\u061c",
                                      "\U000e0041", "\u3164 \u2800\u00a0", "\u202e", "\ue000"}) {
        INFO(nothing);
        CHECK_FALSE(is_reason(nothing));
    }
    for (std::string const something : {"x", "\u00e9", "e\u0301", "?", "\u00a0x\u00a0", "\u20ac", "\U0001f44d\ufe0f", "\u7530", "no\u200bbody"}) {
        INFO(something);
        CHECK(is_reason(something));
    }
    CHECK_FALSE(is_reason("x\u202ey"));   // what changes the direction says something else than it shows
}
