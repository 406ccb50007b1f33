// What people do all day, without scripts.
#include "visitor.hpp"

#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

std::string const poison = R"X(<script>alert(1)</script>"'><img src=x onerror=alert(2)>)X";

bool is_harmless(std::string const& page)
{
    return page.find("<script>alert") == std::string::npos && page.find("<img src=x") == std::string::npos;
}

}  // namespace

TEST_CASE("from the first link to the first search", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    staff::Person const admin{0, "admin@example.org", "", staff::Role::admin, "test"};
    auto const link = office.desk->accounts.invite(admin, "new@example.org", "New", staff::Role::answerer).value();
    auto const page = browser.get("/console/welcome/" + link);
    CHECK(page.status == 200);
    auto const refused = browser.post("/console/welcome/" + link, {{"password", "short"}});
    CHECK(refused.status == 422);
    CHECK(has(refused, "tabindex=\"-1\" id=\"complaint\""));   // which the script gives the focus
    CHECK(browser.post("/console/welcome/" + link, {{"password", Office::password}}).status == 303);
    CHECK(browser.get("/console/welcome/" + link).status == 404);
    browser.sign_in("new@example.org", Office::password);
    auto const found = browser.get("/console?q=founded");
    CHECK(found.body.find("The lab was founded in 1976.") != std::string::npos);
    CHECK(found.body.find("data-copy=\"fr\"") != std::string::npos);
    CHECK(found.body.find("data-copy=\"link\" data-text=\"/facts/lab?lang=fr#lab.founded.1\"") != std::string::npos);
    office.desk->site = "https://bot.example.org";
    CHECK(browser.get("/console?q=founded").body.find("data-text=\"https://bot.example.org/facts/lab?lang=fr#lab.founded.1\"") != std::string::npos);
    office.desk->site.reset();
    CHECK(browser.get("/console?q=founded").body.find("data-copy=\"link\"") == std::string::npos);
    CHECK(browser.get("/console?part=1&q=lab").body.find("<html") == std::string::npos);
    CHECK(browser.get("/console/accounts").status == 403);
    CHECK(browser.send("/console/sign-out", {}).status == 303);
    CHECK(browser.get("/console").status == 303);
}

TEST_CASE("a question without an answer becomes an answer in two languages", "[console]")
{
    Office office;
    office.ask("Where can I park my car?");
    office.ask("where can i park a car here");
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const list = browser.get("/console/questions");
    std::smatch group;
    REQUIRE(std::regex_search(list.body, group, std::regex("/console/question/([0-9]+)")));
    CHECK(browser.get("/console/question/" + group[1].str()).status == 200);
    auto const looked_for = browser.get("/console/question/" + group[1].str() + "?words=founded");
    CHECK(looked_for.body.find("name=\"answer\" value=\"lab.founded.1\"") != std::string::npos);
    CHECK(looked_for.body.find("value=\"founded\"") != std::string::npos);
    CHECK(browser.get("/console/question/" + group[1].str() + "?words=zzzz").body.find("a \u00e9t\u00e9 trouv\u00e9. Essayez") != std::string::npos);
    auto const form = browser.get("/console/new?group=" + group[1].str());
    CHECK(form.body.find("where can i park a car here") != std::string::npos);
    auto const saved = browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_en", "Where can I park my car?\r\nwhere can i park a car here"}, {"questions_fr", "O\u00f9 me garer ?"},
                                                     {"answer_en", "Behind the lab."}, {"answer_fr", "Derri\u00e8re le labo."}, {"group", group[1].str()}, {"then", "publish"}});
    REQUIRE(saved.status == 303);
    REQUIRE(saved.location.starts_with("/console/publish/answer-00000000cafe?group="));
    auto const check = browser.get(saved.location);
    CHECK(check.status == 200);
    CHECK(check.body.find("class=\"verdict well\"") != std::string::npos);
    CHECK(check.body.find("Nouvellement fausses\u00a0: 0. Inchang\u00e9es\u00a0: ") != std::string::npos);
    // Both answers as they are told, with their ids below.
    CHECK(check.body.find("<td>sans r\u00e9ponse</td><td><span lang=\"en\">Behind the lab.</span> <span class=\"meta\">answer-00000000cafe</span></td>") != std::string::npos);
    auto const done = browser.send("/console/publish/answer-00000000cafe", {{"version", hidden(check.body, "version")}, {"group", group[1].str()}});
    CHECK(done.location.starts_with("/console/answer/answer-00000000cafe?done=published&undo="));
    CHECK(office.ask("Where can I park my car?").answer == "Behind the lab.");
    CHECK(browser.get("/console/questions").body.find("value=\"" + group[1].str() + ":") == std::string::npos);
    CHECK(browser.get("/console/questions?state=answered").body.find("/console/question/" + group[1].str() + "\"") != std::string::npos);

    // Undone: from the history, by a draft that is checked like any other.
    auto const history = browser.get("/console/history/answer-00000000cafe");
    CHECK(history.body.find("<ins>") != std::string::npos);
    auto const edited = browser.get("/console/edit/answer-00000000cafe");
    CHECK(browser.send("/console/edit/answer-00000000cafe", {{"version", "0"}, {"base", hidden(edited.body, "base")}, {"questions_en", "Where can I park my car?"}, {"questions_fr", "O\u00f9 me garer ?"},
                                                    {"answer_en", "In front of it."}, {"answer_fr", "Devant."}, {"then", "publish"}}).status == 303);
    auto const again = browser.get("/console/publish/answer-00000000cafe");
    CHECK(browser.send("/console/publish/answer-00000000cafe", {{"version", hidden(again.body, "version")}}).status == 303);
    CHECK(office.ask("Where can I park my car?").answer == "In front of it.");
    auto const changes = browser.get("/console/changes");
    std::smatch undo;
    REQUIRE(std::regex_search(changes.body, undo, std::regex("name=\"revision\" value=\"([0-9]+)\"><input type=\"hidden\" name=\"which\" value=\"before\"")));
    CHECK(browser.send("/console/restore/answer-00000000cafe", {{"revision", undo[1].str()}, {"which", "before"}}).location.starts_with("/console/publish/answer-00000000cafe?done=restored&take-back="));
    auto const restored = browser.get("/console/publish/answer-00000000cafe");
    CHECK(browser.send("/console/publish/answer-00000000cafe", {{"version", hidden(restored.body, "version")}}).status == 303);
    CHECK(office.ask("Where can I park my car?").answer == "Behind the lab.");
}

TEST_CASE("a question that visitors asked is not answered by what is for staff alone, whatever it was written for", "[console]")
{
    Office office;
    office.ask("Where can I park my car?");
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const group = office.desk->queue.groups().value().at(0);
    auto const number = std::to_string(group.id);
    auto const publish = [&](char const* audience) {
        auto const edit = browser.get("/console/edit/answer-00000000cafe");
        auto const saved = browser.send(edit.status == 200 ? "/console/edit/answer-00000000cafe" : "/console/new",
                                        {{"key", "answer-00000000cafe"}, {"version", "0"}, {"base", hidden(edit.body, "base")}, {"questions_en", "Parking?"}, {"questions_fr", "Parking ?"}, {"answer_en", "Behind the lab."}, {"answer_fr", "Derri\u00e8re le labo."},
                                         {"audience", audience}, {"group", number}, {"then", "publish"}});
        REQUIRE(saved.status == 303);
        REQUIRE(browser.send("/console/publish/answer-00000000cafe", {{"version", hidden(browser.get(saved.location).body, "version")}, {"group", number}}).status == 303);
        return office.desk->queue.view(group.id).value().group.state;
    };
    CHECK(publish("staff") == "new");
    CHECK(publish("public") == "answered");
}

TEST_CASE("two editors at once: the second sees what the first has saved, and loses nothing", "[console]")
{
    Office office;
    Browser one(*office.desk);
    Browser two(*office.desk);
    one.sign_in("editor@example.org", Office::password);
    two.sign_in("answerer@example.org", Office::password);
    auto const form = one.get("/console/edit/open");
    Fields const common = {{"version", "0"}, {"base", hidden(form.body, "base")}, {"questions_en", "Is it open?"}, {"questions_fr", "C'est ouvert ?"}, {"answer_fr", "Oui."}, {"source", "web"}};
    auto mine = common;
    mine.emplace_back("answer_en", "Yes, says one.");
    auto theirs = common;
    theirs.emplace_back("answer_en", "No, says two.");
    CHECK(one.send("/console/edit/open", mine).status == 303);
    CHECK(one.get("/console/edit/open").body.find("tag warn") == std::string::npos);
    CHECK(two.get("/console/edit/open").body.find("<strong class=\"tag warn\">editor@example.org") != std::string::npos);
    auto const told = two.send("/console/edit/open", theirs);
    CHECK(told.status == 409);
    CHECK(told.body.find("No, says two.") != std::string::npos);
    CHECK(told.body.find("Yes,") != std::string::npos);
    CHECK(hidden(told.body, "version") == "1");
}

TEST_CASE("what is known of a wording is told by a button, and nothing is saved", "[console]")
{
    Office office;
    office.ask("Where can I park my car?");
    REQUIRE(office.desk->queue.groups().value().size() == 1);
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    CHECK(browser.get("/console/new").body.find("name=\"then\" value=\"hints\"") != std::string::npos);
    Fields typed = {{"questions_en", "Is it open?\nwhere can i park a car"}, {"questions_fr", ""}};
    for (auto const* place : {"/console/new", "/console/edit/lab.founded.1"})
        for (auto const* then : {"hints", "hints-alone"}) {
            INFO(place << ' ' << then);
            auto fields = typed;
            fields.emplace_back("then", then);
            auto const told = browser.send(place, fields);
            CHECK(told.status == 200);
            CHECK(told.body.find("/console/answer/open") != std::string::npos);
            CHECK(told.body.find("Where can I park my car?") != std::string::npos);
            CHECK((told.body.find("<textarea id=\"questions_en\"") != std::string::npos) == (then == std::string("hints")));
            CHECK(told.body.find("&lt;/") == std::string::npos);
            CHECK((told.body.find("<html") != std::string::npos) == (then == std::string("hints")));
        }
    CHECK(office.desk->store.with([](auto& store) { return store.drafts(); }).value().empty());
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "Is it open, " + std::to_string(i) + "?\n";
    CHECK(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_en", many}, {"then", "hints-alone"}}).body.empty());
    browser.get("/console");
    auto const free = browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Zorblax ?"}, {"then", "hints-alone"}});
    CHECK(free.body.find(pages::say("console.hints.free", Language::fr)) != std::string::npos);
    CHECK(free.body.find(pages::say("console.hints.none-waiting", Language::fr)) != std::string::npos);
}

TEST_CASE("a new answer saves itself, and who only opens the page leaves no draft", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const drafts = [&] { return office.desk->store.with([](auto& store) { return store.drafts(); }).value(); };
    CHECK(has(browser.get("/console/new"), "name=\"was\" value=\"\""));
    CHECK(browser.send("/console/new", {{"then", "auto"}, {"answer_fr", "Oui."}}).status == 422);   // it has no name yet
    CHECK(drafts().empty());
    auto const saved = browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"then", "auto"}, {"questions_fr", "Parking ?"}, {"answer_fr", "Oui."}});
    REQUIRE(saved.status == 200);
    CHECK(saved.type.starts_with("text/plain"));
    auto const first = saved.body.find('\n');
    auto const second = saved.body.find('\n', first + 1);
    CHECK(saved.body.substr(0, first) == "1");
    CHECK(saved.body.substr(second + 1) == "/console/edit/answer-00000000cafe");
    REQUIRE(drafts().size() == 1);
    // It goes on there, over what was saved.
    auto const again = browser.send("/console/edit/answer-00000000cafe", {{"then", "auto"}, {"version", "1"}, {"base", "0"}, {"was", saved.body.substr(first + 1, second - first - 1)}, {"questions_fr", "Parking ?"}, {"answer_fr", "Oui, derri\u00e8re."}});
    CHECK(again.body.starts_with("2\n"));
    REQUIRE(drafts().size() == 1);
    CHECK(drafts()[0].answer.entry.answer.fr == "Oui, derri\u00e8re.");
}

TEST_CASE("a new answer that is sent again, because the reply was lost, stays one draft", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const drafts = [&] { return office.desk->store.with([](auto& store) { return store.drafts(); }).value(); };
    auto const key = hidden(browser.get("/console/new").body, "key");
    REQUIRE_FALSE(key.empty());
    CHECK(hidden(browser.get("/console/new").body, "key") != key);
    auto const send = [&](Browser& who, char const* then, char const* answer) {
        return who.send("/console/new", {{"key", key}, {"then", then}, {"questions_fr", "Parking ?"}, {"answer_fr", answer}});
    };
    CHECK(hidden(send(browser, "preview", "Oui.").body, "key") == key);
    auto const first = send(browser, "auto", "Oui.");
    REQUIRE(first.status == 200);
    CHECK(send(browser, "auto", "Oui.").body == first.body);
    CHECK(send(browser, "stay", "Oui.").location == "/console/edit/" + key + "?done=saved");
    REQUIRE(drafts().size() == 1);
    CHECK(drafts()[0].version == 1);
    // Another text, of a second window with the same page or of a colleague, is compared first.
    CHECK(send(browser, "auto", "Non.").status == 409);
    auto const other = send(browser, "stay", "Non.");
    CHECK(other.status == 409);
    CHECK(has(other, "Oui."));
    CHECK(has(other, "action=\"/console/edit/" + key + "\""));
    CHECK(drafts()[0].answer.entry.answer.fr == "Oui.");
    // One that began with what is saved is not.
    auto const was = first.body.substr(2, first.body.rfind('\n') - 2);
    auto const more = browser.send("/console/new", {{"key", key}, {"then", "auto"}, {"questions_fr", "Parking ?"}, {"answer_fr", "Oui, derri\u00e8re."}, {"was", was}});
    CHECK(more.body.starts_with("2\n"));
    CHECK(drafts()[0].answer.entry.answer.fr == "Oui, derri\u00e8re.");
    Browser colleague(*office.desk);
    colleague.sign_in("editor@example.org", Office::password);
    CHECK(send(colleague, "auto", "Si.").status == 409);
    REQUIRE(drafts().size() == 1);
    CHECK(drafts()[0].answer.entry.answer.fr == "Oui, derri\u00e8re.");
    // Another page makes another.
    browser.get("/console/new");
    REQUIRE(browser.send("/console/new", {{"then", "auto"}, {"questions_fr", "Parking ?"}, {"answer_fr", "Oui."}}).status == 200);
    CHECK(drafts().size() == 2);
}

TEST_CASE("a new answer that is sent for review once more, because the reply was lost, waits there", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const key = hidden(browser.get("/console/new").body, "key");
    auto const send = [&](char const* answer) {
        return browser.send("/console/new", {{"key", key}, {"then", "review"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", answer}, {"answer_en", "Yes."}});
    };
    REQUIRE(send("Oui.").location.starts_with("/console/drafts?done=review&take-back="));
    auto const there = office.desk->answers.open(key).value();
    CHECK(send("Oui.").location == "/console/drafts?done=review");
    auto const again = office.desk->answers.open(key).value();
    CHECK(again.version == there.version);
    CHECK(again.state == "review");
    CHECK(send("Non.").status == 409);
    // What came back with a remark meanwhile is looked at first.
    REQUIRE(office.desk->answers.send_back(office.editor, key, again.version, "Which street?"));
    CHECK(send("Oui.").status == 409);
    CHECK(office.desk->answers.open(key).value().remark.text == "Which street?");
}

TEST_CASE("the audit log has no word of the question that a draft was begun for", "[console]")
{
    Office office;
    office.ask("Where can Zorblax Wombat park?");
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const group = std::to_string(office.desk->queue.groups().value().at(0).id);
    auto const form = browser.get("/console/new?group=" + group);
    auto const saved = browser.send("/console/new", {{"key", hidden(form.body, "key")}, {"questions_en", "Where can Zorblax Wombat park?"}, {"answer_en", "Nowhere."}, {"group", group}});
    REQUIRE(saved.status == 303);
    auto const draft = office.desk->store.with([](auto& store) { return store.drafts(); }).value().at(0);
    REQUIRE(browser.send("/console/discard/" + draft.answer.entry.id, {{"version", "1"}}).status == 303);
    for (auto const& row : office.desk->store.with([](auto& store) { return store.audit({}); }).value())
        for (auto const* told : {&row.act.target, &row.act.before, &row.act.after}) {
            INFO(row.act.action << ' ' << *told);
            CHECK(told->find("ombat") == std::string::npos);
        }
}

TEST_CASE("an answerer sends for review, and cannot publish", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
    auto const page = browser.get("/console/publish/answer-00000000cafe");
    CHECK(page.body.find("action=\"/console/publish/answer-00000000cafe\"") == std::string::npos);
    CHECK(browser.send("/console/publish/answer-00000000cafe", {{"version", "1"}}).status == 403);
    CHECK(browser.send("/console/review/answer-00000000cafe", {{"version", "1"}}).status == 303);
    CHECK(office.desk->answers.open("answer-00000000cafe").value().state == "review");
}

TEST_CASE("text of others is text on every page", "[console]")
{
    Office office;
    office.ask("What of " + poison + "?");
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    CHECK(is_harmless(browser.send("/console/invite", {{"email", "x@example.org"}, {"name", poison}, {"role", "editor"}}).body));
    auto const saved = browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Poison ?\n" + poison}, {"questions_en", "Poison?"}, {"answer_fr", poison}, {"answer_en", poison}, {"then", "publish"}});
    REQUIRE(saved.status == 303);
    auto const check = browser.get(saved.location);
    CHECK(browser.send("/console/publish/answer-00000000cafe", {{"version", hidden(check.body, "version")}, {"why", poison}}).status == 303);
    office.desk->queue.groups().value();
    auto const group = office.desk->queue.groups().value().at(0).id;
    REQUIRE(browser.send("/console/pin/answer-00000000cafe", {{"on", "1"}}).status == 303);
    REQUIRE(browser.send("/console/add/answer-00000000cafe", {}).status == 303);
    REQUIRE(browser.send("/console/me", {{"signature_fr", poison}, {"signature_en", poison}}).status == 303);
    CHECK(is_harmless(browser.send("/console/edit/answer-00000000cafe", {{"questions_fr", poison}, {"answer_fr", poison}, {"answer_en", poison}, {"then", "preview"}}).body));
    for (std::string const& target : std::vector<std::string>{"/console", "/console?q=" + text::percent_encoded(poison), "/console?q=poison", "/console/test?q=" + text::percent_encoded(poison), "/console/questions", "/console/question/" + std::to_string(group),
                                      "/console/new?question=" + text::percent_encoded(poison), "/console/new?group=" + std::to_string(group), "/console/edit/answer-00000000cafe", "/console/publish/answer-00000000cafe", "/console/history/answer-00000000cafe", "/console/changes",
                                      "/console/answer/answer-00000000cafe", "/console/message", "/console/me", "/console/questions?words=" + text::percent_encoded(poison) + "&channel=" + text::percent_encoded(poison), "/console/drafts", "/console/accounts", "/console/audit?words=" + text::percent_encoded(poison), "/console/sign-in?to=" + text::percent_encoded(poison), "/console?done=" + text::percent_encoded(poison)}) {
        INFO(target);
        CHECK(is_harmless(browser.get(target).body));
    }
    CHECK(check.body.find("&lt;script&gt;") != std::string::npos);
}
