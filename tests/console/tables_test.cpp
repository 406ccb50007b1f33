// Facts and lists as tables: edited, imported, taken back, and what is due; without scripts.
#include "visitor.hpp"

#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/outbox.hpp"
#include "pages/texts.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

std::string with_file(std::string const& token, std::string const& bytes)
{
    return "--mark\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + token + "\r\n--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"faits.csv\"\r\nContent-Type: text/csv\r\n\r\n" + bytes + "\r\n--mark--\r\n";
}

Response upload(Browser& browser, std::string const& table, std::string const& bytes)
{
    browser.get("/console/import/" + table);
    auto request = browser.blank("/console/import/" + table);
    request.post = true;
    request.origin = "http://desk.test";
    request.content_type = "multipart/form-data; boundary=mark";
    request.body = with_file(browser.token(), bytes);
    return browser.raw(request);
}

// As Excel in French saves it: ';', a byte order mark, text in quotes where it has to be.
std::string sheet_of_500(bool bad)
{
    std::string out = "\xEF\xBB\xBFid;entity;property;value;unit;text_en;text_fr;valid_from;valid_to;source;layer;review_by\r\n";
    for (int i = 1; i <= 500; ++i) {
        auto const n = std::to_string(i);
        bool const wrong = bad && (i == 7 || i == 250 || i == 499);
        out += "lab.room." + n + ";lab;" + (wrong && i == 7 ? "rooom" : "activity") + ";room " + n + ";;\"The lab has a room " + n + "; it is used.\";Le labo a une salle " + n + ".;" +
               (wrong && i == 250 ? "31/02/2026" : "") + ";;" + (wrong && i == 499 ? "nowhere" : "web") + ";public;\r\n";
    }
    auto const from = std::string("lab.room.");
    for (auto at = out.find(from); at != std::string::npos; at = out.find(from, at))
        out.replace(at, from.size(), "lab.activity.");
    return out;
}

}  // namespace

TEST_CASE("a table is filtered, sorted and paged, and a row says where it is used", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("viewer@example.org", Office::password);
    auto const facts = browser.get("/console/table/facts");
    CHECK(facts.body.find("lab.founded.1") != std::string::npos);
    CHECK(facts.body.find("/console/import/") == std::string::npos);
    CHECK(browser.get("/console/table/facts?q=partie+labo").body.find("lab.founded.1") == std::string::npos);
    CHECK(browser.get("/console/table/facts?only=part_of").body.find("unit.part_of.1") != std::string::npos);
    auto const down = browser.get("/console/table/facts?sort=id&dir=down").body;
    CHECK(down.find("unit.part_of.1") < down.find("lab.founded.1"));
    CHECK(down.find("aria-sort=\"descending\"") != std::string::npos);
    CHECK(browser.get("/console/table/nothing").status == 404);
    auto const lab = browser.get("/console/row/entities:lab");
    CHECK(lab.body.find("/console/row/facts%3Aunit.part_of.1") != std::string::npos);
    CHECK(lab.body.find("/console/answer/open") != std::string::npos);
    CHECK(lab.body.find("/console/row/entities%3Aunit") != std::string::npos);
    CHECK(browser.get("/console/row/entities:nothing").status == 404);
}

TEST_CASE("a row says which intents find it", "[console]")
{
    Office office;
    std::string const root = IMMUNOBOT_ROOT;
    auto const desk = staff::Desk::open({office.database, root + "/intents", {}}, *office.bot).value();
    auto const finds = [&](knowledge::Table table, std::string_view id, std::string_view intent) {
        auto const uses = desk->tables.uses(table, id).value();
        return std::ranges::any_of(uses, [&](auto const& use) { return use.kind == "intent" && use.id == intent; });
    };
    CHECK(finds(knowledge::Table::facts, "lab.founded.1", "founded"));
    CHECK_FALSE(finds(knowledge::Table::facts, "lab.founded.1", "leader"));
    CHECK(finds(knowledge::Table::entities, "haliodx", "acquired_by"));
    CHECK_FALSE(finds(knowledge::Table::entities, "nothing", "founded"));
    CHECK_FALSE(finds(knowledge::Table::sources, "haliodx", "acquired_by"));
    Browser browser(*desk);
    browser.sign_in("viewer@example.org", Office::password);
    CHECK(browser.get("/console/row/facts:lab.founded.1").body.find("<code>founded</code>") != std::string::npos);
}

TEST_CASE("a fact is edited through a draft, a check, and can be undone", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const value = [&] { return office.desk->tables.row(knowledge::Table::facts, "lab.founded.1").value().value()[knowledge::fact_column::value]; };
    auto const form = browser.get("/console/row-edit/facts:lab.founded.1");
    Fields const same = {{"version", hidden(form.body, "version")}, {"base", hidden(form.body, "base")}, {"entity", "lab"}, {"property", "founded"}, {"text_en", "The lab was founded in 1977."},
                         {"text_fr", "Le labo a \u00e9t\u00e9 fond\u00e9 en 1977."}, {"source", "web"}, {"layer", "public"}};
    auto bad = same;
    bad.emplace_back("valid_from", "1977-13-01");
    auto const refused = browser.send("/console/row-edit/facts:lab.founded.1", bad);
    CHECK(refused.status == 422);
    CHECK(refused.body.find("id=\"valid_from-fault\"") != std::string::npos);
    auto good = same;
    good.emplace_back("value", "1977");
    auto const saved = browser.send("/console/row-edit/facts:lab.founded.1", good);
    REQUIRE(saved.location == "/console/sheet/facts%3Alab.founded.1");
    CHECK(value() == "1976");
    auto const check = browser.get("/console/sheet/facts:lab.founded.1");
    CHECK(check.body.find("<ins>") != std::string::npos);
    CHECK(check.body.find("class=\"verdict well\"") != std::string::npos);
    REQUIRE(browser.send("/console/sheet/facts:lab.founded.1", {{"version", hidden(check.body, "version")}}).location.starts_with("/console/changes?done=published-rows&undo="));
    CHECK(value() == "1977");
    auto const changes = browser.get("/console/changes");
    std::smatch undo;
    REQUIRE(std::regex_search(changes.body, undo, std::regex("/console/undo/([0-9]+)")));
    CHECK(browser.get("/console/undo/" + undo[1].str()).body.find("1976") != std::string::npos);
    REQUIRE(browser.send("/console/undo/" + undo[1].str(), {}).status == 303);
    CHECK(value() == "1976");
    // What was changed since then is not overwritten.
    CHECK(browser.send("/console/undo/" + undo[1].str(), {}).status == 409);
    CHECK(browser.get("/console/undo/" + undo[1].str()).body.find("lab.founded.1") != std::string::npos);
}

TEST_CASE("of two who edit one row, the second to publish is told", "[console]")
{
    Office office;
    auto& tables = office.desk->tables;
    auto row = tables.row(knowledge::Table::facts, "lab.founded.1").value().value();
    auto const base = tables.look(knowledge::Table::facts, "").value().base;
    row[3] = "1978";
    auto const one = tables.propose(office.editor, "facts:sheet-1", 0, base, knowledge::Table::facts, {row}).value();
    row[3] = "1979";
    auto const two = tables.propose(office.editor, "facts:sheet-2", 0, base, knowledge::Table::facts, {row}).value();
    REQUIRE(tables.publish(office.editor, "facts:sheet-1", one, "", false).value().revision > 0);
    auto const late = tables.publish(office.editor, "facts:sheet-2", two, "", false);
    REQUIRE(late.has_error());
    CHECK(late.error().code == Errc::conflict);
    CHECK(tables.row(knowledge::Table::facts, "lab.founded.1").value().value()[3] == "1978");
}

TEST_CASE("500 rows of a spreadsheet, three of them bad", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const revision = office.desk->answers.knowledge().value().revision;
    auto const refused = upload(browser, "facts", sheet_of_500(true));
    CHECK(refused.status == 422);
    for (auto const* place : {"<th scope=\"row\">8</th><td>property</td>", "<th scope=\"row\">251</th><td>valid_from</td>", "<th scope=\"row\">500</th><td>source</td>"}) {
        INFO(place);
        CHECK(refused.body.find(place) != std::string::npos);
    }
    // In French throughout, with what was meant.
    CHECK(refused.body.find("class=\"meta\" lang=\"en\"") == std::string::npos);
    CHECK(refused.body.find(" is no ") == std::string::npos);
    CHECK(upload(browser, "facts", "id;entity;property;value\nlab.founded.9;lab;fuonded;1\n").body.find("text_en") != std::string::npos);
    auto const named = upload(browser, "entities", "id;kind;name_en;name_fr;acronym;aliases;parent\nroom;research_center;Room;Salle;;;lba\n").body;
    CHECK(named.find("Vouliez-vous dire") != std::string::npos);
    CHECK(named.find("research_centre") != std::string::npos);
    CHECK(office.desk->answers.knowledge().value().revision == revision);
    CHECK(office.desk->store.with([](auto& store) { return store.drafts(); }).value().empty());

    auto const tried = upload(browser, "facts", sheet_of_500(false));
    REQUIRE(tried.status == 303);
    auto const check = browser.get(tried.location);
    CHECK(count_of(check.body, "<li class=\"row\">") == 100);
    CHECK(office.desk->answers.knowledge().value().facts.size() == 2);
    REQUIRE(browser.send(tried.location, {{"version", hidden(check.body, "version")}, {"why", "rooms"}, {"despite", "yes"}}).status == 303);
    CHECK(office.desk->answers.knowledge().value().facts.size() == 502);
    CHECK(office.desk->answers.knowledge().value().revision == revision + 1);
    auto const changes = browser.get("/console/changes");
    CHECK(count_of(changes.body, "<li class=\"row\">") == 3);
    REQUIRE(browser.send("/console/undo/" + std::to_string(revision + 1), {}).status == 303);
    CHECK(office.desk->answers.knowledge().value().facts.size() == 2);
}

TEST_CASE("what was exported changes nothing when it is imported", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    for (auto const* table : {"facts", "entities", "faq", "sources"})
        for (auto const* how : {"", "?for=excel"}) {
            INFO(table << how);
            auto const file = browser.get("/console/export/" + std::string(table) + how);
            CHECK(file.type == "text/csv; charset=utf-8");
            auto const again = upload(browser, table, file.body);
            CHECK(again.status == 422);
            CHECK(again.body.find(pages::say("console.import.no-change", Language::fr).substr(0, 15)) != std::string::npos);
        }
}

TEST_CASE("a sheet that cannot be read says what to do in the spreadsheet", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    struct Row {
        char const* name;
        std::string bytes;
        char const* text;
    };
    for (Row const& row : {Row{"no text", std::string("i\0d\0;\0\xFF", 7), "import.encoding"}, Row{"Windows-1252 with faults", "id;kind\r\nh\xF4pital;hospital\r\n", "import.was-windows"}, Row{"a workbook", "PK\x03\x04", "import.workbook"}, Row{"nothing", "", "import.nothing"}}) {
        INFO(row.name);
        auto const answer = upload(browser, "entities", row.bytes);
        CHECK(answer.status == 422);
        CHECK(answer.body.find(pages::say("console." + std::string(row.text), Language::fr).substr(0, 12)) != std::string::npos);
    }
    // What Excel saves by itself is read as it was meant, and that is said.
    auto const windows = upload(browser, "entities", "id;kind;name_en;name_fr;acronym;aliases;parent\r\nroom-2;hospital;The \x93H\xF4tel\x94;L'H\xF4tel-Dieu \x80;;;lab\r\n");
    REQUIRE(windows.status == 303);
    CHECK(windows.location.ends_with("?done=was-windows"));
    auto const sheet = browser.get(windows.location);
    CHECK(sheet.body.find("L&#39;H\u00f4tel-Dieu \u20ac") != std::string::npos);
    CHECK(sheet.body.find(pages::say("console.done.was-windows", Language::fr).substr(0, 20)) != std::string::npos);
    // Pasted, it goes the same way.
    CHECK(browser.send("/console/import/entities", {{"sheet", "id\tkind\tname_en\tname_fr\tacronym\taliases\tparent\nroom\tresearch_centre\tThe Room\tLa Salle\t\t\tlab\n"}}).status == 303);
    CHECK(browser.send("/console/import/entities", {{"sheet", "id\tkind\n"}}).status == 422);
}

TEST_CASE("what is due is settled with one press", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    REQUIRE(office.desk->tables.set(office.editor, knowledge::Table::facts, "lab.founded.1", "review_by", "2020-01-01").value().revision > 0);
    CHECK(browser.get("/console/review").body.find("/console/still-true/facts%3Alab.founded.1") != std::string::npos);
    REQUIRE(browser.send("/console/still-true/facts:lab.founded.1", {{"what", "review"}}).location.starts_with("/console/review?done=still-true"));
    CHECK(browser.get("/console/review").body.find("lab.founded.1") == std::string::npos);
    REQUIRE(browser.send("/console/end/facts:unit.part_of.1", {}).status == 303);
    CHECK(office.desk->tables.row(knowledge::Table::facts, "unit.part_of.1").value().value()[8] == to_string(today_here()));
}

TEST_CASE("dead letters are tried again or thrown away", "[console]")
{
    Office office;
    auto const outbox = knowledge::Outbox::open(office.database).value();
    office.desk->outbox = outbox.get();
    for (auto const* key : {"a", "b"})
        REQUIRE(outbox->accept({key, 100, {}, {{0, key, "slack", "c", "POST", "https://hooks.example.org/secret-path", "{}", 1, 4'000'000'000, 0}}}).value());
    auto const due = outbox->due("slack", 4'000'000'000, 10).value();
    REQUIRE(!due.empty());
    REQUIRE(outbox->bury(due[0].id, "404 <no_such_channel>"));
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const page = browser.get("/console/letters");
    CHECK(page.body.find("404 &lt;no_such_channel&gt;") != std::string::npos);
    CHECK(page.body.find("hooks.example.org") != std::string::npos);
    CHECK(page.body.find("secret-path") == std::string::npos);
    auto const id = std::to_string(due[0].id);
    CHECK(browser.send("/console/letter-retry/" + id, {}).status == 303);
    CHECK(outbox->dead_letters(10).value().empty());
    CHECK(browser.send("/console/letter-drop/" + id, {}).status == 404);
    REQUIRE(outbox->bury(due[0].id, "again"));
    auto const dropped = browser.send("/console/letter-drop/" + id, {});
    CHECK(dropped.status == 303);
    CHECK(outbox->dead_letters(10).value().empty());
    CHECK(browser.send("/console/letter-retry/" + id, {}).status == 404);
    // Taken back, it is there again.
    std::smatch undo;
    auto const offered = browser.get(dropped.location);
    REQUIRE(std::regex_search(offered.body, undo, std::regex("/console/take-back/[0-9]+")));
    CHECK(browser.send(undo[0], {}).status == 303);
    CHECK(outbox->dead_letters(10).value().size() == 1);
    CHECK(browser.send("/console/letter-retry/" + id, {}).status == 303);
    office.desk->outbox = nullptr;
}

TEST_CASE("a thousand edits by two at once: none is lost", "[console][threads]")
{
    Office office;
    auto& answers = office.desk->answers;
    std::atomic<int> refused = 0;
    auto const write = [&](std::string const& who) {
        for (int i = 0; i < 500; ++i)
            for (;;) {
                auto draft = answers.open("open").value();
                draft.answer.entry.answer.en += who;
                auto const saved = answers.save(office.editor, draft);
                if (saved)
                    break;
                if (saved.error().code != Errc::conflict)
                    return;
                ++refused;
            }
    };
    std::thread one(write, "a");
    std::thread two(write, "b");
    one.join();
    two.join();
    auto const text = answers.open("open").value().answer.entry.answer.en;
    CHECK(std::ranges::count(text, 'a') == 500);
    CHECK(std::ranges::count(text, 'b') == 500);
    CHECK(answers.open("open").value().version == 1'000);
    INFO("refused " << refused);
}

TEST_CASE("the draft of a sheet is no answer, and an answer has the id of one", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const sheet = browser.send("/console/import/facts", {{"sheet", "id,entity,property,value,unit,text_en,text_fr,valid_from,valid_to,source,layer,review_by\nlab.founded.1,lab,founded,1977,,The lab is from 1977.,Le labo est de 1977.,,,web,public,\n"}});
    REQUIRE(sheet.status == 303);
    std::string const id = sheet.location.substr(sheet.location.rfind('/') + 1);
    Browser other(*office.desk);
    other.sign_in("answerer@example.org", Office::password);
    Fields const typed = {{"version", "1"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}};
    CHECK(other.send("/console/edit/" + id, typed).status == 404);
    CHECK(browser.send("/console/publish/" + id, {{"version", "1"}}).status == 404);
    auto const drafts = office.desk->store.with([](auto& store) { return store.drafts(); }).value();
    REQUIRE(drafts.size() == 1);
    CHECK(drafts[0].version == 1);
    CHECK(drafts[0].answer.rows.find("1977") != std::string::npos);
    for (char const* bad : {"Parking", "facts:parking", "par king", ""}) {
        knowledge::Draft draft;
        draft.answer = staff::tests::answer_about_parking();
        draft.answer.entry.id = bad;
        auto const saved = office.desk->answers.save(office.editor, draft);
        REQUIRE_FALSE(saved.has_value());
        CHECK(saved.error().code == Errc::not_found);
    }
    CHECK(browser.send("/console/sheet/" + id, {{"version", "1"}}).status == 303);
}

TEST_CASE("a row is not edited as of a revision that is to come", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const form = browser.get("/console/row-edit/entities:unit");
    Fields fields = {{"kind", "research_centre"}, {"name_en", "The Unit"}, {"name_fr", "L'unit\u00e9 nouvelle"}, {"parent", "lab"}, {"version", "0"}};
    fields.emplace_back("base", "9000000000000");
    CHECK(browser.send("/console/row-edit/entities:unit", fields).status == 422);
    fields.back().second = hidden(form.body, "base");
    CHECK(browser.send("/console/row-edit/entities:unit", fields).status == 303);
}
