// A draft that was sent for review comes back with a remark.
#include "visitor.hpp"

#include "console/page.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

Fields const texts = {{"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Derri\u00e8re le labo."}, {"answer_en", "Behind the lab."}};
std::string const back = "/console/send-back/answer-00000000cafe";
std::string const form = "action=\"/console/send-back/answer-00000000cafe\"";
std::string const remark = "Quelle <rue> ?\nMerci de le dire.";
std::string const told = "Quelle &lt;rue&gt; ?\nMerci de le dire.";

struct Writing : Office {
    Writing()
    {
        editor.sign_in("editor@example.org", Office::password);
        writer.sign_in("answerer@example.org", Office::password);
        REQUIRE(writer.send("/console/new", with({{"key", "answer-00000000cafe"}, {"then", "review"}})).status == 303);
    }
    static Fields with(Fields more)
    {
        more.insert(more.end(), texts.begin(), texts.end());
        return more;
    }
    knowledge::Draft draft() { return desk->answers.open("answer-00000000cafe").value(); }
    Response send_back(std::string const& why) { return editor.send(back, {{"version", std::to_string(draft().version)}, {"remark", why}}); }

    Browser editor{*desk};
    Browser writer{*desk};
};

}  // namespace

TEST_CASE("a draft comes back to whoever wrote it, with a remark that stays until it is sent for review again", "[console]")
{
    Writing office;
    CHECK(has(office.editor.get("/console/publish/answer-00000000cafe"), form));
    CHECK(has(office.editor.get("/console/publish/answer-00000000cafe"), "aria-describedby=\"remark-help\">\n</textarea>"));
    auto const sent = office.send_back(remark);
    CHECK(sent.location.starts_with("/console/drafts?done=sent-back&take-back="));
    CHECK(office.draft().state == "draft");
    CHECK(office.draft().writer == "answerer@example.org");
    CHECK(office.draft().author == "answerer@example.org");

    for (auto const* target : {"/console", "/console/edit/answer-00000000cafe", "/console/drafts", "/console/publish/answer-00000000cafe"}) {
        INFO(target);
        auto const page = office.writer.get(target);
        CHECK(has(page, told));
        CHECK(has(page, "renvoy\u00e9 par editor@example.org"));
    }
    CHECK_FALSE(has(office.editor.get("/console"), told));
    CHECK_FALSE(has(office.editor.get("/console/publish/answer-00000000cafe"), form));

    // Saving it keeps the remark, as the script does it while somebody types; so does what is shown with a mistake.
    REQUIRE(office.writer.send("/console/edit/answer-00000000cafe", Writing::with({{"version", std::to_string(office.draft().version)}, {"then", "auto"}})).status == 200);
    CHECK(has(office.writer.get("/console/edit/answer-00000000cafe"), told));
    CHECK(has(office.writer.send("/console/edit/answer-00000000cafe", Writing::with({{"version", std::to_string(office.draft().version)}, {"then", "preview"}})), told));

    REQUIRE(office.writer.send("/console/edit/answer-00000000cafe", Writing::with({{"version", std::to_string(office.draft().version)}, {"then", "review"}})).status == 303);
    CHECK(office.draft().state == "review");
    CHECK(office.draft().remark.text.empty());
    for (auto const* target : {"/console", "/console/edit/answer-00000000cafe", "/console/drafts"})
        CHECK_FALSE(has(office.writer.get(target), told));

    auto const log = office.desk->store.with([](auto& store) { return store.audit({{}, "draft.back", 10, 0}); }).value();
    REQUIRE(log.size() == 1);
    CHECK(log[0].act.who == "editor@example.org");
    CHECK(log[0].act.target == "answer-00000000cafe");
    CHECK(log[0].act.before + log[0].act.after == "draft");
}

TEST_CASE("a draft is sent back by whoever may publish, with words, and once", "[console]")
{
    Writing office;
    CHECK(office.writer.send(back, {{"version", "1"}, {"remark", remark}}).status == 403);
    CHECK_FALSE(has(office.writer.get("/console/publish/answer-00000000cafe"), form));
    for (auto const& why : {std::string(), std::string(" \n"), std::string("\u200b"), std::string(501, 'x')}) {
        auto const again = office.send_back(why);
        CHECK(again.status == 422);
        CHECK(has(again, "id=\"remark-fault\""));
        CHECK(has(again, "aria-describedby=\"remark-help remark-fault\" aria-invalid=\"true\""));
        CHECK(has(again, form));
        CHECK(office.draft().state == "review");
    }
    CHECK(has(office.send_back(std::string(501, 'x')), std::string(501, 'x')));
    auto const version = std::to_string(office.draft().version);
    CHECK(office.send_back(std::string(500, 'x')).status == 303);
    CHECK(office.editor.send(back, {{"version", version}, {"remark", remark}}).status == 409);
    CHECK(office.send_back(remark).status == 409);   // it is a draft already
    CHECK(office.editor.send("/console/send-back/open", {{"version", "0"}, {"remark", remark}}).status == 409);
    CHECK(office.editor.send("/console/send-back/none", {{"version", "0"}, {"remark", remark}}).status == 404);
}

TEST_CASE("sending back, and what follows, can be taken back", "[console]")
{
    Writing office;
    auto const taken_back = [](Browser& browser, Response const& done) {
        auto const at = done.location.find("take-back=");
        REQUIRE(at != std::string::npos);
        return browser.send("/console/take-back/" + done.location.substr(at + 10), {}).status;
    };
    auto const sent = office.send_back(remark);
    CHECK(taken_back(office.editor, sent) == 303);
    CHECK(office.draft().state == "review");
    CHECK(office.draft().remark.text.empty());
    REQUIRE(office.send_back(remark).status == 303);
    auto const version = std::to_string(office.draft().version);
    auto const again = office.writer.send("/console/review/answer-00000000cafe", {{"version", version}});
    CHECK(taken_back(office.writer, again) == 303);
    CHECK(office.draft().remark.text == remark);
    auto const gone = office.writer.send("/console/discard/answer-00000000cafe", {{"version", std::to_string(office.draft().version)}});
    CHECK(taken_back(office.writer, gone) == 303);
    CHECK(office.draft().remark.text == remark);
}

TEST_CASE("sending back is taken back by whoever may send back, and the draft stays its writer's", "[console]")
{
    Writing office;
    auto const before = office.draft();
    auto const sent = office.send_back(remark);
    auto const address = "/console/take-back/" + sent.location.substr(sent.location.find("take-back=") + 10);
    CHECK(office.writer.send(address, {}).status == 404);
    CHECK_FALSE(has(office.writer.get("/console/decisions"), address));
    CHECK(office.draft().state == "draft");
    CHECK(has(office.editor.get("/console/decisions"), address));
    REQUIRE(office.editor.send(address, {}).status == 303);
    auto const after = office.draft();
    CHECK(after.state == "review");
    CHECK(after.author == before.author);
    CHECK(after.writer == before.writer);
    CHECK(after.saved_at == before.saved_at);
    CHECK(after.remark.text.empty());
}

TEST_CASE("a draft with a mistake, and rows, are sent back as well", "[console]")
{
    Writing office;
    office.edit_database("UPDATE staff_draft SET content=replace(content, 'Behind the lab.', '')");
    CHECK(has(office.editor.get("/console/publish/answer-00000000cafe"), form));
    CHECK(office.send_back(remark).status == 303);

    auto const edit = office.writer.get("/console/row-edit/sources:web");
    Fields cells = {{"version", "0"}, {"base", hidden(edit.body, "base")}, {"title", "Another title"}, {"publisher", "The cluster"}, {"url", "https://example.org/"}, {"published", ""}, {"seen", "2026-11-23"}};
    REQUIRE(office.writer.send("/console/row-edit/sources:web", cells).status == 303);
    auto const sheet = address("sheet", "sources:web");
    auto const version = [&] { return std::to_string(office.desk->answers.open("sources:web").value().version); };
    REQUIRE(office.writer.send("/console/sheet-review/sources%3Aweb", {{"version", version()}}).status == 303);
    auto const there = "/console/send-back/sources%3Aweb";
    CHECK(has(office.editor.get(sheet), there));
    REQUIRE(office.editor.send(there, {{"version", version()}, {"remark", remark}}).status == 303);
    for (auto const* target : {"/console", "/console/row-edit/sources:web", "/console/sheet/sources%3Aweb"}) {
        INFO(target);
        CHECK(has(office.writer.get(target), told));
    }
    CHECK(has(office.writer.get(sheet), "href=\"/console/row-edit/sources%3Aweb\""));
}

TEST_CASE("whoever was slower with a remark keeps it, and reads what happened", "[console]")
{
    Writing office;
    Browser second(*office.desk);
    second.sign_in("admin@example.org", Office::password);
    auto const version = std::to_string(office.draft().version);
    auto const send_late = [&] { return second.send(back, {{"version", version}, {"remark", "Trop <long>."}}); };
    auto const keeps = [](Response const& page) {
        CHECK(has(page, "readonly>\nTrop &lt;long&gt;.</textarea>"));
        CHECK(has(page, "tabindex=\"-1\" id=\"complaint\""));
    };
    SECTION("it was sent back")
    {
        REQUIRE(office.send_back(remark).status == 303);
        auto const late = send_late();
        CHECK(late.status == 409);
        keeps(late);
        CHECK(has(late, told));
        CHECK(has(late, "renvoy\u00e9 par editor@example.org"));
        CHECK(has(late, "href=\"/console/publish/answer-00000000cafe\""));
    }
    SECTION("it was changed")
    {
        REQUIRE(office.writer.send("/console/edit/answer-00000000cafe", Writing::with({{"version", version}, {"then", "review"}})).status == 303);
        auto const late = send_late();
        CHECK(late.status == 409);
        keeps(late);
        CHECK(has(late, "brouillon envoy\u00e9 en relecture (answerer@example.org"));
    }
    SECTION("it was published")
    {
        REQUIRE(office.editor.send("/console/publish/answer-00000000cafe", {{"version", version}, {"why", "neuf"}, {"despite", "yes"}}).status == 303);
        auto const late = send_late();
        CHECK(late.status == 409);
        keeps(late);
        CHECK(has(late, "(editor@example.org"));
        CHECK_FALSE(has(late, "href=\"/console/publish/"));
    }
    SECTION("it was thrown away")
    {
        REQUIRE(office.writer.send("/console/discard/answer-00000000cafe", {{"version", version}}).status == 303);
        auto const late = send_late();
        CHECK(late.status == 404);
        keeps(late);
        CHECK(has(late, "brouillon supprim\u00e9 (answerer@example.org"));
    }
}

TEST_CASE("what was said about a draft that came back ends with the draft", "[console]")
{
    Writing office;
    auto const kept = [&] {
        std::size_t n = 0;
        for (auto const& one : office.desk->store.with([](auto& store) { return store.decisions(0, 50); }).value())
            n += one.draft && !(one.draft->before.remark.text + one.draft->before.remark.who).empty();
        return n;
    };
    auto const taken_back = [](Browser& browser, Response const& done) { return browser.send("/console/take-back/" + done.location.substr(done.location.find("take-back=") + 10), {}).status; };
    REQUIRE(office.send_back(remark).status == 303);
    auto const send = [&] { return office.writer.send("/console/review/answer-00000000cafe", {{"version", std::to_string(office.draft().version)}}); };
    REQUIRE(taken_back(office.writer, send()) == 303);
    CHECK(office.draft().remark.text == remark);   // while the draft lives
    REQUIRE(send().status == 303);
    CHECK(kept() == 2);
    REQUIRE(office.editor.send("/console/publish/answer-00000000cafe", {{"version", std::to_string(office.draft().version)}, {"why", "neuf"}, {"despite", "yes"}}).status == 303);
    CHECK(kept() == 0);
    CHECK(office.desk->store.with([](auto& store) { return store.decisions(0, 50); }).value().size() >= 3);   // the rest of them stays
}

TEST_CASE("that a draft came back is said once, and what nobody sees in a remark is left out", "[console]")
{
    Writing office;
    REQUIRE(office.send_back("\u200fQuelle\u202e rue ?\u200f").status == 303);
    CHECK(office.draft().remark.text == "Quelle rue ?");
    auto const drafts = office.writer.get("/console/drafts");
    CHECK(count_of(drafts.body, "\u00e0 reprendre") == 1);
    CHECK(count_of(drafts.body, "renvoy\u00e9 par editor@example.org") == 1);
    auto const edit = office.writer.get("/console/publish/answer-00000000cafe");
    CHECK_FALSE(has(edit, "\u00e0 reprendre"));
    REQUIRE(office.writer.send("/console/language", {{"lang", "en"}, {"to", "/console"}}).status == 303);
    for (auto const* target : {"/console/drafts", "/console/publish/answer-00000000cafe", "/console/edit/answer-00000000cafe"})
        CHECK(count_of(office.writer.get(target).body, "sent back") == 1);
}

TEST_CASE("a remark of signs alone that nobody sees is none", "[console]")
{
    Writing office;
    auto const again = office.send_back("\u200f \u202e");
    CHECK(again.status == 422);
    CHECK(has(again, "quelques mots suffisent"));
}

TEST_CASE("whoever sends a draft back is told that its author can no longer sign in", "[console]")
{
    Writing office;
    auto const check = "/console/publish/answer-00000000cafe";
    CHECK(has(office.editor.get(check), "Son auteur lit ceci"));
    office.edit_database("UPDATE staff_account SET disabled=1 WHERE email='answerer@example.org'");
    auto const page = office.editor.get(check);
    CHECK_FALSE(has(page, "Son auteur lit ceci"));
    CHECK(has(page, "\u00e9crit et ne peut plus se connecter"));
}
