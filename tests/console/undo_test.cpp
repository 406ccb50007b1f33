// What was just done is taken back with one press, by who has done it.
#include "visitor.hpp"

#include "pages/texts.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

// The address that the button of the notice posts to; empty: there is none.
std::string undo_of(Response const& page)
{
    std::smatch found;
    return std::regex_search(page.body, found, std::regex("action=\"(/console/(?:undo|take-back)/[0-9]+)\" class=\"inline undo-now\"")) ? found[1].str() : std::string();
}

struct Scene : Office {
    // As after a restart of the server.
    void restart()
    {
        desk.reset();
        staff::DeskOptions options{database, folder / "no-intents", {}};
        options.accounts.clock = [this] { return now; };
        desk = staff::Desk::open(options, *bot).value();
    }

    knowledge::Group group(std::string const& words)
    {
        auto const all = desk->queue.groups().value();
        auto const found = std::ranges::find_if(all, [&](auto const& one) { return one.question.find(words) != std::string::npos; });
        REQUIRE(found != all.end());
        return *found;
    }
};

}  // namespace

TEST_CASE("what was done with questions is taken back with one press", "[console]")
{
    Scene scene;
    for (auto const* question : {"Do you sell zorblax?", "Where is the wombat?", "When does the quibbleflux begin?"})
        scene.ask(question);
    Browser browser(*scene.desk);
    browser.sign_in("answerer@example.org", Office::password);
    Browser other(*scene.desk);
    other.sign_in("editor@example.org", Office::password);
    auto const zorblax = scene.group("zorblax");
    auto const id = std::to_string(zorblax.id);
    auto const mark = [&](char const* words) {
        auto const one = scene.group(words);
        return std::to_string(one.id) + ':' + std::to_string(one.version);
    };

    SECTION("put aside")
    {
        auto const done = browser.send("/console/ignore/" + id, {{"version", std::to_string(zorblax.version)}, {"note", "no"}});
        auto const page = browser.get(done.location);
        auto const undo = undo_of(page);
        REQUIRE(!undo.empty());
        CHECK(undo_of(other.get(done.location)).empty());
        CHECK(scene.group("zorblax").state == "ignored");
        CHECK(browser.send(undo, {{"to", "/console/questions"}}).location == "/console/questions?done=taken-back");
        CHECK(scene.group("zorblax").state == "new");
        CHECK(scene.group("zorblax").note.empty());
        CHECK(browser.send(undo, {}).status == 404);
        CHECK(undo_of(browser.get(done.location)).empty());
    }
    SECTION("not what a colleague has done since")
    {
        auto const done = browser.send("/console/take/" + id, {{"version", std::to_string(zorblax.version)}});
        auto const undo = undo_of(browser.get(done.location));
        REQUIRE(other.send("/console/ignore/" + id, {{"version", std::to_string(scene.group("zorblax").version)}}).status == 303);
        CHECK(browser.send(undo, {{"to", "https://evil.test/"}}).location == "/console?done=not-taken-back");
        CHECK(scene.group("zorblax").state == "ignored");
    }
    SECTION("joined")
    {
        auto const into = scene.group("wombat");
        auto const done = browser.send("/console/merge/" + id, {{"into", std::to_string(into.id)}});
        CHECK(scene.desk->queue.groups().value().size() == 2);
        REQUIRE(browser.send(undo_of(browser.get(done.location)), {}).status == 303);
        CHECK(scene.desk->queue.groups().value().size() == 3);
        CHECK(scene.group("zorblax").count == 1);
        CHECK(scene.group("wombat").count == 1);
    }
    SECTION("several at once")
    {
        auto const done = browser.send("/console/questions", {{"group", mark("zorblax")}, {"group", mark("wombat")}, {"do", "ignore"}});
        REQUIRE(browser.send(undo_of(browser.get(done.location)), {}).status == 303);
        CHECK(scene.group("zorblax").state == "new");
        CHECK(scene.group("wombat").state == "new");
        auto const joined = browser.send("/console/questions", {{"group", mark("zorblax")}, {"group", mark("wombat")}, {"group", mark("quibbleflux")}, {"do", "merge"}});
        REQUIRE(scene.desk->queue.groups().value().size() == 1);
        REQUIRE(browser.send(undo_of(browser.get(joined.location)), {}).status == 303);
        CHECK(scene.desk->queue.groups().value().size() == 3);
    }
    SECTION("taken apart")
    {
        auto const wombat = scene.group("wombat");
        REQUIRE(browser.send("/console/merge/" + id, {{"into", std::to_string(wombat.id)}}).status == 303);
        auto const reply = scene.desk->queue.view(wombat.id).value().questions[0].reply;
        auto const done = browser.send("/console/split/" + std::to_string(wombat.id), {{"reply", reply}});
        CHECK(scene.desk->queue.groups().value().size() == 3);
        auto const undo = undo_of(browser.get(done.location));
        REQUIRE(!undo.empty());
        CHECK(browser.send(undo, {{"to", "/console/questions"}}).location == "/console/questions?done=taken-back");
        CHECK(scene.desk->queue.groups().value().size() == 2);
        CHECK(scene.group("wombat").count == 2);
    }
    SECTION("by a colleague, from the list of decisions, after a restart")
    {
        REQUIRE(browser.send("/console/ignore/" + id, {{"version", std::to_string(zorblax.version)}, {"note", "no"}}).status == 303);
        scene.restart();
        Browser later(*scene.desk);
        later.sign_in("editor@example.org", Office::password);
        auto const list = later.get("/console/decisions");
        CHECK(has(list, "Do you sell zorblax?"));
        CHECK(has(list, "answerer@example.org"));
        CHECK(has(list, pages::say("console.act.question.ignore", Language::fr)));
        std::smatch found;
        REQUIRE(std::regex_search(list.body, found, std::regex("/console/take-back/[0-9]+")));
        CHECK(later.send(found[0], {{"to", "/console/decisions"}}).location == "/console/decisions?done=taken-back");
        CHECK(scene.group("zorblax").state == "new");
        CHECK(later.send(found[0], {}).status == 404);
        auto const after = later.get("/console/decisions");
        CHECK_FALSE(has(after, "/console/take-back/"));
        CHECK(has(after, "editor@example.org"));
    }
    SECTION("nothing of an erased conversation")
    {
        auto const done = browser.send("/console/ignore/" + id, {{"version", std::to_string(zorblax.version)}});
        auto const undo = undo_of(browser.get(done.location));
        auto const reply = scene.desk->queue.view(zorblax.id).value().questions[0].reply;
        auto const look = browser.get("/console/erase/" + reply);
        CHECK(has(look, "Do you sell zorblax?"));
        CHECK(browser.send("/console/erase/" + reply, {}).location == "/console/questions?done=erased");
        CHECK(browser.send(undo, {}).status == 404);
        CHECK_FALSE(has(browser.get("/console/questions?state=ignored"), "zorblax"));
    }
    SECTION("a draft that was thrown away")
    {
        REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
        auto const gone = browser.send("/console/discard/answer-00000000cafe", {{"version", "1"}});
        CHECK(scene.desk->answers.open("answer-00000000cafe").error().code == Errc::not_found);
        REQUIRE(browser.send(undo_of(browser.get(gone.location)), {}).status == 303);
        CHECK(scene.desk->answers.open("answer-00000000cafe").value().answer.entry.answer.en == "Yes.");
    }
}

TEST_CASE("what was done with a draft is taken back with one press", "[console]")
{
    Scene scene;
    scene.ask("Where can I park my car?");
    Browser browser(*scene.desk);
    browser.sign_in("editor@example.org", Office::password);
    REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
    auto const state = [&](char const* id) { return scene.desk->answers.open(id).value().state; };
    auto const take_back = [&](Response const& done) {
        auto const undo = undo_of(browser.get(done.location));
        REQUIRE(!undo.empty());
        return browser.send(undo, {{"to", "/console/drafts"}}).location;
    };
    SECTION("sent for review, scheduled")
    {
        auto const review = browser.send("/console/review/answer-00000000cafe", {{"version", "1"}});
        CHECK(state("answer-00000000cafe") == "review");
        CHECK(take_back(review) == "/console/drafts?done=taken-back");
        CHECK(state("answer-00000000cafe") == "draft");
        auto const version = std::to_string(scene.desk->answers.open("answer-00000000cafe").value().version);
        auto const scheduled = browser.send("/console/schedule/answer-00000000cafe", {{"version", version}, {"day", "2099-01-01"}});
        CHECK(state("answer-00000000cafe") == "scheduled");
        CHECK(take_back(scheduled) == "/console/drafts?done=taken-back");
        CHECK(state("answer-00000000cafe") == "draft");
        CHECK(scene.desk->answers.open("answer-00000000cafe").value().publish_at == 0);
    }
    SECTION("not what was saved since")
    {
        auto const review = browser.send("/console/review/answer-00000000cafe", {{"version", "1"}});
        auto draft = scene.desk->answers.open("answer-00000000cafe").value();
        draft.answer.entry.answer.en = "Yes, there is.";
        REQUIRE(scene.desk->answers.save(scene.editor, draft));
        CHECK(take_back(review) == "/console/drafts?done=not-taken-back");
        CHECK(scene.desk->answers.open("answer-00000000cafe").value().answer.entry.answer.en == "Yes, there is.");
    }
    SECTION("wordings given to an answer")
    {
        auto const group = scene.group("park");
        auto const into_draft = browser.send("/console/match/" + std::to_string(group.id), {{"version", std::to_string(group.version)}, {"answer", "answer-00000000cafe"}});
        CHECK(scene.desk->answers.open("answer-00000000cafe").value().answer.entry.questions_en.size() == 2);
        CHECK(take_back(into_draft) == "/console/drafts?done=taken-back");
        CHECK(scene.desk->answers.open("answer-00000000cafe").value().answer.entry.questions_en.size() == 1);
        auto const new_draft = browser.send("/console/match/" + std::to_string(group.id), {{"version", std::to_string(group.version)}, {"answer", "open"}});
        CHECK(scene.desk->answers.open("open").value().version == 1);
        take_back(new_draft);
        CHECK(scene.desk->answers.open("open").value().version == 0);
    }
}

TEST_CASE("who looks after an answer, and that it was looked at, is taken back with one press", "[console]")
{
    Scene scene;
    Browser browser(*scene.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const care = [&] { return scene.desk->store.with([](auto& store) { return store.care("open"); }).value(); };
    auto const first = browser.send("/console/care/open", {{"owner", "editor@example.org"}, {"months", "6"}});
    REQUIRE(care());
    auto const second = browser.send("/console/care/open", {{"owner", "answerer@example.org"}, {"months", "3"}});
    REQUIRE(browser.send(undo_of(browser.get(second.location)), {}).status == 303);
    CHECK(care()->owner == "editor@example.org");
    CHECK(care()->months == 6);
    REQUIRE(browser.send(undo_of(browser.get(first.location)), {}).status == 303);
    CHECK_FALSE(care());
    REQUIRE(scene.desk->store.with([&](auto& store) { return store.set_care({"open", "editor@example.org", 6, "2020-01-01"}, {"test", "test", "test"}); }));
    auto const looked = browser.send("/console/look-at/open", {});
    CHECK(care()->looked_at != "2020-01-01");
    REQUIRE(browser.send(undo_of(browser.get(looked.location)), {}).status == 303);
    CHECK(care()->looked_at == "2020-01-01");
}

TEST_CASE("a role that was changed is given back, by administrators alone", "[console]")
{
    Scene scene;
    Browser admin(*scene.desk);
    admin.sign_in("admin@example.org", Office::password);
    auto const role = [&] { return scene.desk->store.with([](auto& store) { return store.account("viewer@example.org"); }).value()->role; };
    auto const done = admin.send("/console/account", {{"email", "viewer@example.org"}, {"role", "editor"}});
    CHECK(role() == "editor");
    auto const undo = undo_of(admin.get(done.location));
    Browser other(*scene.desk);
    other.sign_in("editor@example.org", Office::password);
    CHECK_FALSE(has(other.get("/console/decisions"), undo));
    CHECK(other.send(undo, {}).status == 404);
    REQUIRE(admin.send(undo, {}).status == 303);
    CHECK(role() == "viewer");
}

TEST_CASE("what was published is taken back with one press, and what it had answered waits again", "[console]")
{
    Scene scene;
    scene.ask("Where can I park my car?");
    auto const group = scene.group("park");
    Browser browser(*scene.desk);
    browser.sign_in("editor@example.org", Office::password);
    bool const staff_only = GENERATE(false, true);
    INFO(staff_only);
    REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Where can I park my car?"}, {"answer_fr", "Derri\u00e8re."}, {"answer_en", "Behind the lab."},
                                          {"audience", staff_only ? "staff" : "public"}, {"group", std::to_string(group.id)}}).status == 303);
    auto const done = browser.send("/console/publish/answer-00000000cafe", {{"version", "1"}, {"group", std::to_string(group.id)}});
    REQUIRE(done.location.starts_with("/console/answer/answer-00000000cafe?done=published&undo="));
    CHECK(scene.group("park").state == (staff_only ? "new" : "answered"));   // visitors do not get what is for staff alone
    auto const undo = undo_of(browser.get(done.location));
    REQUIRE(!undo.empty());
    // Another's address offers nothing.
    Browser other(*scene.desk);
    other.sign_in("admin@example.org", Office::password);
    CHECK(undo_of(other.get(done.location)).empty());
    auto const undone = browser.send(undo, {});
    REQUIRE(undone.location.starts_with("/console/changes?done=undone&undo="));
    CHECK(scene.desk->answers.open("answer-00000000cafe").error().code == Errc::not_found);
    CHECK(scene.ask("Where can I park my car?").answer != "Behind the lab.");
    CHECK(scene.group("park").state == "new");
    // And that, too.
    REQUIRE(browser.send(undo_of(browser.get(undone.location)), {}).status == 303);
    CHECK(scene.desk->answers.open("answer-00000000cafe").value().answer.entry.answer.en == "Behind the lab.");
}

TEST_CASE("an archived answer is brought back with one press", "[console]")
{
    Scene scene;
    Browser browser(*scene.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const revision = scene.desk->store.with([](auto& store) { return store.published("open"); }).value().value().revision;
    auto const done = browser.send("/console/archive/open", {{"revision", std::to_string(revision)}, {"seen", "yes"}});
    REQUIRE(browser.send(undo_of(browser.get(done.location)), {}).status == 303);
    CHECK(scene.desk->answers.open("open").value().answer.entry.id == "open");
}
