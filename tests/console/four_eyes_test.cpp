// Four eyes, as the pages tell it.
#include "visitor.hpp"

#include "console/page.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

struct TwoPeople : Office {
    TwoPeople()
    {
        admin.sign_in("admin@example.org", Office::password);
        editor.sign_in("editor@example.org", Office::password);
        REQUIRE(admin.send("/console/setting/four-eyes", {{"value", "on"}}).status == 303);
        REQUIRE(editor.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Derri\u00e8re le labo."}, {"answer_en", "Behind the lab."}}).status == 303);
    }
    bool published() { return desk->store.with([](auto& store) { return store.published("answer-00000000cafe"); }).value().has_value(); }

    Browser admin{*desk};
    Browser editor{*desk};
    std::string const told = "une autre personne doit le relire et le publier";
};

}  // namespace

TEST_CASE("whoever wrote a draft last is told that somebody else publishes it, and cannot", "[console]")
{
    TwoPeople office;
    CHECK(has(office.editor.get("/console/edit/answer-00000000cafe"), "Quatre yeux"));
    CHECK(has(office.editor.get("/console/drafts"), "\u00e0 publier par une autre personne"));
    auto const check = office.editor.get("/console/publish/answer-00000000cafe");
    CHECK(has(check, office.told));
    CHECK_FALSE(has(check, "action=\"/console/publish/answer-00000000cafe\""));
    CHECK_FALSE(has(check, "action=\"/console/schedule/answer-00000000cafe\""));
    auto const version = hidden(check.body, "version");
    auto const refused = office.editor.send("/console/publish/answer-00000000cafe", {{"version", version}, {"why", "now"}, {"alone", "yes"}});
    CHECK(refused.status == 403);
    CHECK(has(refused, office.told));
    CHECK(office.editor.send("/console/schedule/answer-00000000cafe", {{"version", version}, {"day", "2099-01-01"}}).status == 403);
    CHECK_FALSE(office.published());

    REQUIRE(office.editor.send("/console/review/answer-00000000cafe", {{"version", version}}).status == 303);
    CHECK_FALSE(has(office.admin.get("/console/drafts"), "\u00e0 publier par une autre personne"));
    auto const look = office.admin.get("/console/publish/answer-00000000cafe");
    CHECK_FALSE(has(look, office.told));
    CHECK(office.admin.send("/console/publish/answer-00000000cafe", {{"version", hidden(look.body, "version")}}).status == 303);
    CHECK(office.published());
}

TEST_CASE("an administrator publishes alone with a reason, and not without", "[console]")
{
    TwoPeople office;
    auto const edit = office.admin.get("/console/edit/answer-00000000cafe");
    REQUIRE(office.admin.send("/console/edit/answer-00000000cafe", {{"version", hidden(edit.body, "version")}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Au sous-sol."}, {"answer_en", "Below."}, {"then", "publish"}}).status == 303);
    auto const check = office.admin.get("/console/publish/answer-00000000cafe");
    CHECK(has(check, office.told));
    CHECK(has(check, "name=\"alone\" value=\"yes\""));
    auto const version = hidden(check.body, "version");
    CHECK(office.admin.send("/console/publish/answer-00000000cafe", {{"version", version}, {"why", "urgent"}}).status == 403);
    CHECK(office.admin.send("/console/publish/answer-00000000cafe", {{"version", version}, {"alone", "yes"}}).status == 422);
    CHECK_FALSE(office.published());
    CHECK(office.admin.send("/console/publish/answer-00000000cafe", {{"version", version}, {"why", "urgent, on a Sunday"}, {"alone", "yes"}}).status == 303);
    CHECK(office.published());
    CHECK(has(office.admin.get("/console/audit?words=draft.alone"), "urgent, on a Sunday"));
}

TEST_CASE("rows and the answers for staff alone obey as well", "[console]")
{
    TwoPeople office;
    REQUIRE(office.editor.send("/console/import/sources", {{"sheet", "id;title;publisher;url;published;seen\r\npress;The press;The press;https://example.org/press;;2026-11-23\r\n"}}).status == 303);
    auto const drafts = office.desk->store.with([](auto& store) { return store.drafts(); }).value();
    auto const made = std::ranges::find(drafts, std::string("sources"), [](auto const& draft) { return draft.answer.table; });
    REQUIRE(made != drafts.end());
    auto const sheet = address("sheet", made->answer.entry.id);
    auto const check = office.editor.get(sheet);
    CHECK(has(check, office.told));
    auto const version = hidden(check.body, "version");
    CHECK(office.editor.send(sheet, {{"version", version}}).status == 403);
    CHECK(office.admin.send(sheet, {{"version", version}}).status == 303);

    std::string const hidden_sheet = "id,questions_en,questions_fr,answer_en,answer_fr,entity,source,valid_to,review_by\r\ngate,Gate?,Portail ?,Zebra.,Z\u00e8bre.,,web,,\r\n";
    auto const look = office.admin.send("/console/staff-answers", {{"sheet", hidden_sheet}});
    CHECK(has(look, "name=\"why\""));
    auto const base = hidden(look.body, "base");
    CHECK(office.admin.send("/console/staff-answers", {{"sheet", hidden_sheet}, {"base", base}, {"do", "put"}}).status == 403);
    CHECK(office.admin.send("/console/staff-answers", {{"sheet", hidden_sheet}, {"base", base}, {"do", "put"}, {"why", "moved from the old desk"}}).status == 303);
    CHECK(has(office.admin.get("/console/audit?words=answer.import"), "moved from the old desk"));
}

TEST_CASE("one cell of a row is left as a draft for somebody else", "[console]")
{
    TwoPeople office;
    office.edit_database("UPDATE faq SET review_by='2020-01-01' WHERE id='open'");
    auto const done = office.editor.send("/console/still-true/faq:open", {{"what", "review"}});
    CHECK(done.location == "/console/sheet/faq%3Aopen");
    CHECK(has(office.editor.get("/console/sheet/faq%3Aopen"), office.told));
}
