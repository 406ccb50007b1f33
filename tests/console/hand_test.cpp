// What is at hand, the e-mail draft, the list of questions narrowed and dealt with at once, one's own account: without scripts.
#include "visitor.hpp"

#include "console/device.hpp"
#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

TEST_CASE("pinned answers and what was copied last stand on the first page", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("viewer@example.org", Office::password);
    CHECK_FALSE(has(browser.get("/console"), pages::say("console.home.pinned", Language::fr)));
    auto const found = browser.get("/console?q=founded");
    CHECK(has(found, "action=\"/console/pin/lab.founded.1\""));
    CHECK(has(found, "value=\"/console?q=founded\""));
    CHECK(has(found, "aria-pressed=\"false\""));
    auto const pinned = browser.send("/console/pin/lab.founded.1", {{"on", "1"}, {"to", "/console?q=founded"}});
    CHECK(pinned.location == "/console?q=founded&done=pinned");
    CHECK(has(browser.get("/console?q=founded"), "aria-pressed=\"true\""));
    auto const home = browser.get("/console");
    CHECK(has(home, pages::say("console.home.pinned", Language::fr)));
    CHECK(has(home, "The lab was founded in 1976."));   // its English text, to be copied
    CHECK_FALSE(has(home, pages::say("console.home.recent", Language::fr)));

    CHECK(browser.send("/console/copied/open", {{"to", "/console"}}).status == 303);
    CHECK(browser.send("/console/copied/open", {{"to", "https://evil.test/"}}).location == "/console");
    auto const recent = browser.get("/console");
    CHECK(has(recent, pages::say("console.home.recent", Language::fr)));
    CHECK(has(recent, pages::count("console.used", 2, Language::fr)));
    CHECK(browser.send("/console/pin/lab.founded.1", {{"on", "0"}, {"to", "/console"}}).location == "/console?done=unpinned");
    CHECK_FALSE(has(browser.get("/console"), pages::say("console.home.pinned", Language::fr)));
    for (auto const* kind : {"pin", "copied", "add"})
        CHECK(browser.send(std::string("/console/") + kind + "/nothing", {{"on", "1"}}).status == 404);

    Browser other(*office.desk);
    other.sign_in("editor@example.org", Office::password);
    CHECK_FALSE(has(other.get("/console"), pages::say("console.home.recent", Language::fr)));
    CHECK(has(other.get("/console?q=open"), pages::count("console.used", 2, Language::fr)));   // counted for all
}

TEST_CASE("several answers become one e-mail, with variables and a signature", "[console]")
{
    Office office;
    auto secret = staff::tests::answer_about_parking();
    secret.staff_only = true;
    secret.entry.answer = {"Says {{name}}: see {{link}}.", "Dit {{name}} : voir {{link}}."};
    secret.entry.entity = "lab";
    REQUIRE(office.publish(secret).value().revision > 0);
    office.desk->site = "https://bot.example.org";
    Browser browser(*office.desk);
    browser.sign_in("viewer@example.org", Office::password);
    CHECK(has(browser.get("/console/message"), pages::say("console.message.none", Language::fr)));
    for (auto const* id : {"open", "parking", "lab.founded.1"})
        CHECK(browser.send(std::string("/console/add/") + id, {{"to", "/console"}}).location == "/console?done=added");
    auto const page = browser.get("/console/message");
    auto const open = page.body.find("Oui, c&#39;est ouvert.");
    auto const parking = page.body.find("Dit viewer@example.org : voir https://bot.example.org/facts/lab?lang=fr.");
    INFO(page.body.substr(std::min(page.body.find("<textarea"), page.body.size())));
    REQUIRE(open != std::string::npos);
    REQUIRE(parking != std::string::npos);
    CHECK(open < parking);
    CHECK(has(page, "Bonjour,"));
    CHECK(has(page, "Bien cordialement,\nviewer@example.org"));
    CHECK(has(page, "href=\"mailto:?body=Bonjour"));
    CHECK_FALSE(has(page, "https://example.org/page"));
    CHECK(has(browser.get("/console/message?sources=1"), "Source : The page, https://example.org/page"));
    auto const english = browser.get("/console/message?lang=en");
    CHECK(has(english, "Hello,"));
    CHECK(has(english, "Yes, it is."));

    CHECK(browser.send("/console/piece-up/parking", {}).status == 303);
    auto const moved = browser.get("/console/message");
    CHECK(moved.body.find("Dit viewer") < moved.body.find("Oui, c"));
    CHECK(browser.send("/console/piece-out/parking", {}).status == 303);
    CHECK_FALSE(has(browser.get("/console/message"), "Dit viewer"));

    CHECK(browser.send("/console/me", {{"signature_fr", "{{today}}\nL'accueil, {{name}}"}, {"signature_en", ""}}).location == "/console/me?done=signature");
    CHECK(has(browser.get("/console/message"), "L&#39;accueil, viewer@example.org"));
    CHECK(has(browser.get("/console/message?lang=en"), "Kind regards,\nviewer@example.org"));
    CHECK(browser.send("/console/me", {{"signature_fr", "{{nom}}"}}).status == 422);
    CHECK(browser.send("/console/me", {{"signature_fr", std::string(700, 'x')}}).status == 422);
    CHECK(has(browser.get("/console/message"), "L&#39;accueil, viewer@example.org"));

    CHECK(browser.send("/console/message-empty", {}).location == "/console/message?done=emptied");
    CHECK(has(browser.get("/console/message"), pages::say("console.message.none", Language::fr)));
}

TEST_CASE("the list of questions is narrowed, and several are dealt with at once", "[console]")
{
    Office office;
    for (auto const* question : {"Where can I park my car?", "Does the canteen sell zorblax?", "O\u00f9 acheter un quibbleflux ?", "Can I bring my wombat?"})
        office.ask(question);
    auto const groups = office.desk->queue.groups().value();
    REQUIRE(groups.size() == 4);
    auto const marked = [&](std::string const& word) {
        auto const all = office.desk->queue.groups().value();
        auto const found = std::ranges::find_if(all, [&](auto const& one) { return one.question.find(word) != std::string::npos; });
        REQUIRE(found != all.end());
        return std::to_string(found->id) + ':' + std::to_string(found->version);
    };
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    struct Row {
        char const* query;
        std::size_t shown;
    };
    for (Row const& row : {Row{"", 4}, Row{"lang=fr", 1}, Row{"lang=en", 3}, Row{"words=ZORBLAX", 1}, Row{"words=acheter&lang=fr", 1}, Row{"words=acheter&lang=en", 0}, Row{"channel=slack", 0}, Row{"intent=acquired_by", 1}, Row{"intent=nothing", 0}, Row{"reason=disliked", 0}, Row{"days=1", 4},
                           Row{"whose=mine", 0}, Row{"whose=nobody", 4}, Row{"state=ignored", 0}, Row{"lang=xx&days=x&reason=y&whose=z", 4}}) {
        INFO(row.query);
        CHECK(count(browser.get(std::string("/console/questions?") + row.query).body, "name=\"group\" value=") == row.shown);
    }
    // The marks of narrowing stay.
    CHECK(has(browser.get("/console/questions?lang=en&words=wombat"), "action=\"/console/questions?state=open&amp;lang=en&amp;words=wombat\""));

    auto const stale = marked("zorblax");
    auto const taken = browser.send("/console/questions?state=open&lang=en", {{"group", marked("park")}, {"group", stale}, {"do", "take"}});
    CHECK(taken.location.starts_with("/console/questions?state=open&lang=en&done=bulk"));
    CHECK(count(browser.get("/console/questions?whose=mine").body, "name=\"group\" value=") == 2);
    CHECK(browser.send("/console/questions", {{"do", "take"}}).location == "/console/questions?state=open&done=none-marked");
    CHECK(browser.send("/console/questions", {{"group", "x"}, {"do", "explode"}}).status == 422);

    // What somebody else has dealt with stays; the others are done.
    auto const some = browser.send("/console/questions", {{"group", stale}, {"group", marked("wombat")}, {"do", "ignore"}});
    CHECK(some.location.starts_with("/console/questions?state=open&done=bulk-some"));
    CHECK(has(browser.get("/console/questions?state=ignored"), "wombat"));
    CHECK_FALSE(has(browser.get("/console/questions?state=ignored"), "zorblax"));
    CHECK(browser.send("/console/questions?state=ignored", {{"group", marked("wombat")}, {"do", "reopen"}}).location.starts_with("/console/questions?state=ignored&done=bulk"));

    CHECK(browser.send("/console/questions", {{"group", marked("zorblax")}, {"group", marked("wombat")}, {"group", marked("quibbleflux")}, {"do", "merge"}}).location.starts_with("/console/questions?state=open&done=bulk"));
    CHECK(office.desk->queue.groups().value().size() == 2);
}

TEST_CASE("what came back says so, and an empty list tells what was solved", "[console]")
{
    Office office;
    office.ask("Where can I park my car?");
    auto const group = office.desk->queue.groups().value().at(0);
    REQUIRE(staff::tests::failure(office.desk->queue.decide(office.editor, group.id, 0, staff::Decision::answered, "open")) == "");
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const none = browser.get("/console/questions");
    CHECK(has(none, pages::count("console.questions.solved", 1, Language::fr)));
    CHECK(has(none, "href=\"/console/answer/open\""));
    office.ask("where can I park a car?");
    CHECK(has(browser.get("/console/questions"), pages::say("console.group.came-back", Language::fr)));
}

TEST_CASE("solved this week is what was decided this week, whenever it was asked", "[console]")
{
    Office office;
    for (auto const* question : {"Do you sell zorblax?", "Where is the wombat?", "When does the quibbleflux begin?"})
        office.ask(question);
    for (auto const* reply : {"r1", "r2"})
        office.ago(reply, 20);
    for (auto const& group : office.desk->queue.groups().value())
        REQUIRE(staff::tests::failure(office.desk->queue.decide(office.editor, group.id, 0, staff::Decision::answered, "open")) == "");
    office.edit_database("UPDATE staff_group SET decided_at = decided_at - 86400 * 8 WHERE question LIKE '%quibbleflux%'");
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const page = browser.get("/console/questions");
    CHECK(has(page, pages::count("console.questions.solved", 2, Language::fr)));
    CHECK(has(page, "zorblax"));
    CHECK_FALSE(has(page, "quibbleflux"));
    // Opened again it is solved no more; and that is taken back with its day.
    auto const of = [&](std::string_view words) {
        for (auto const& group : office.desk->queue.groups().value())
            if (group.question.find(words) != std::string::npos)
                return group;
        return knowledge::Group{};
    };
    auto const before = of("quibbleflux");
    auto const reopened = office.desk->queue.decide(office.editor, before.id, 0, staff::Decision::reopen, {}).value();
    CHECK(of("quibbleflux").decided_at == 0);
    auto const number = office.desk->undo.keep(office.editor, "question.reopen", {reopened});
    REQUIRE(office.desk->undo.take_back(office.editor, number).value() == staff::TakenBack::all);
    CHECK(of("quibbleflux").state == "answered");
    CHECK(of("quibbleflux").decided_at == before.decided_at);
}

TEST_CASE("an answer's page names its dead links, since when and why", "[console]")
{
    Office office;
    auto answer = staff::tests::answer_about_parking();
    answer.entry.answer.en = "See https://example.org/map, or ask.";
    REQUIRE(office.publish(answer).value().revision > 0);
    auto const note = [&](std::vector<knowledge::DeadLink> const& found) { REQUIRE(office.desk->store.with([&](auto& store) { return store.note_dead_links(found); })); };
    Browser browser(*office.desk);
    browser.sign_in("viewer@example.org", Office::password);
    auto const dead = pages::say("console.link.dead", Language::fr).substr(0, 10);
    CHECK_FALSE(has(browser.get("/console/answer/parking"), dead));
    note({{"https://example.org/map", "404", 1'767'225'600}, {"https://example.org/page", "503", 1'767'225'600}, {"https://example.org/other", "no answer", 1'767'225'600}});
    auto const page = browser.get("/console/answer/parking");
    CHECK(has(page, dead));
    CHECK(has(page, "<code>https://example.org/map</code> : page introuvable (404), depuis le 1er\u00a0janvier 2026"));
    CHECK_FALSE(has(page, "example.org/other"));
    // The source of a fact; found again, it is dead since it was found first; mended, it is named no more.
    auto const fact = browser.get("/console/answer/lab.founded.1");
    CHECK(has(fact, "<code>https://example.org/page</code> : le site r\u00e9pond par l"));
    CHECK(has(fact, "erreur 503, depuis le 1er\u00a0janvier 2026"));
    note({{"https://example.org/map", "410", 1'900'000'000}});
    CHECK(has(browser.get("/console/answer/parking"), "page retir\u00e9e (410), depuis le 1er\u00a0janvier 2026"));
    CHECK_FALSE(has(browser.get("/console/answer/lab.founded.1"), dead));
    note({});
    CHECK_FALSE(has(browser.get("/console/answer/parking"), dead));
}

TEST_CASE("an answer has somebody who looks after it", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    CHECK(has(browser.get("/console/answer/open"), pages::say("console.care.none", Language::fr)));
    CHECK(browser.send("/console/care/open", {{"owner", "answerer@example.org"}, {"months", "6"}}).location.starts_with("/console/answer/open?done=care&take-back="));
    CHECK(has(browser.get("/console/answer/open"), pages::count("console.care.months", 6, Language::fr)));
    REQUIRE(office.desk->store.with([](auto& store) { return store.set_care({"open", "answerer@example.org", 6, "2020-01-01"}, {"test", "test", "test"}); }));
    CHECK(has(browser.get("/console/review"), "/console/look-at/open"));
    CHECK(has(browser.get("/console/review?mine=1"), "/console/look-at/open"));
    CHECK(has(browser.get("/console"), pages::say("console.due.mine", Language::fr)));
    Browser other(*office.desk);
    other.sign_in("viewer@example.org", Office::password);
    CHECK(has(other.get("/console/review"), "answerer@example.org"));
    CHECK_FALSE(has(other.get("/console/review"), "/console/look-at/open"));
    CHECK(has(other.get("/console/review?mine=1"), pages::say("console.review.none-mine", Language::fr)));
    CHECK_FALSE(has(other.get("/console/answer/open"), "/console/care/open"));
    CHECK(other.send("/console/care/open", {{"months", "1"}}).status == 403);
    CHECK(browser.send("/console/look-at/open", {{"to", "/console/review"}}).location.starts_with("/console/review?done=still-true&take-back="));
    CHECK_FALSE(has(browser.get("/console/review"), "/console/look-at/open"));
}

TEST_CASE("the editor shows what each kind of channel would show, and saves nothing", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    Fields const typed = {{"questions_en", "Is it open?"}, {"answer_en", "Yes, <b>a & b</b>."}, {"answer_fr", ""}, {"source", "web"}, {"then", "preview"}};
    for (auto const* place : {"/console/new", "/console/edit/open"}) {
        auto const shown = browser.send(place, typed);
        CHECK(shown.status == 200);
        CHECK(count(shown.body, "Yes, &lt;b&gt;a &amp; b&lt;/b&gt;.") == 5);   // the form, the page, Slack, Matrix, plain text
        CHECK(has(shown, "<a href=\"https://example.org/page\" rel=\"noopener noreferrer\">The page</a>"));
        CHECK(has(shown, "Source: The page: https://example.org/page"));
        CHECK(has(shown, pages::say("console.preview.missing", Language::fr)));
    }
    CHECK(office.desk->store.with([](auto& store) { return store.drafts(); }).value().empty());
}

TEST_CASE("one's account shows where one is signed in", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("viewer@example.org", Office::password);
    Browser elsewhere(*office.desk);
    elsewhere.sign_in("viewer@example.org", Office::password);
    auto const page = browser.get("/console/me");
    CHECK(has(page, pages::say("console.me.here", Language::fr)));
    std::smatch found;
    REQUIRE(std::regex_search(page.body, found, std::regex("action=\"(/console/end-session/[0-9a-f]+)\"")));
    CHECK(count(page.body, "/console/end-session/") == 1);   // not of the one that looks
    CHECK(browser.send(found[1], {}).location == "/console/me?done=ended-session");
    CHECK(elsewhere.get("/console").status == 303);
    CHECK(browser.get("/console").status == 200);
    Browser third(*office.desk);
    third.sign_in("viewer@example.org", Office::password);
    browser.get("/console/me");
    CHECK(browser.send("/console/end-others", {}).status == 303);
    CHECK(third.get("/console").status == 303);
    CHECK(browser.get("/console").status == 200);
}

TEST_CASE("a browser is named in two words", "[console]")
{
    struct Row {
        char const* agent;
        char const* name;
    };
    for (Row const& row : {Row{"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"},
                           Row{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge, Windows"},
                           Row{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"},
                           Row{"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"}, Row{"curl/7.88.1", "curl"}, Row{"", ""}, Row{"<script>", ""}})
        CHECK(device_of(row.agent) == row.name);
}
