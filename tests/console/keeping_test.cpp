// Nothing that was typed is lost when the session is over, or a page is older than the session.
#include "visitor.hpp"

#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

Fields const parking = {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui, \"derri\u00e8re\".\r\nEt <devant>."}, {"answer_en", "Yes."}};

// The fields of the form that sends it again, as a browser would send them.
Fields fields_of(std::string const& page)
{
    Fields out;
    std::regex const field("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    auto const begin = page.find("card again");
    REQUIRE(begin != std::string::npos);
    std::string const form = page.substr(begin);
    for (auto at = std::sregex_iterator(form.begin(), form.end(), field); at != std::sregex_iterator(); ++at) {
        std::string value = (*at)[2];
        for (auto const& [from, to] : {std::pair("&quot;", "\""), {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
            for (auto found = value.find(from); found != std::string::npos; found = value.find(from))
                value.replace(found, std::string_view(from).size(), to);
        out.emplace_back((*at)[1], value);
    }
    return out;
}

}  // namespace

TEST_CASE("what was typed when the session had ended is sent by signing in again", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    office.now += 24 * 3600;
    auto const over = browser.send("/console/new", parking);
    CHECK(over.status == 401);
    CHECK(has(over, "action=\"/console/new\""));
    CHECK(has(over, "Et &lt;devant&gt;."));
    CHECK(office.desk->answers.open("answer-00000000cafe").error().code == Errc::not_found);

    auto fields = fields_of(over.body);
    CHECK_FALSE(has(over, browser.token()));
    fields.emplace_back("again-email", "editor@example.org");
    fields.emplace_back("again-password", "not the password");
    auto const wrong = browser.post("/console/new", fields);
    CHECK(wrong.status == 401);
    CHECK(has(wrong, pages::say("console.sign-in.wrong", Language::fr)));
    CHECK_FALSE(has(wrong, "not the password"));
    fields = fields_of(wrong.body);
    fields.emplace_back("again-email", "editor@example.org");
    fields.emplace_back("again-password", Office::password);
    auto const done = browser.post("/console/new", fields);
    CHECK(done.status == 303);
    CHECK(done.location == "/console/edit/answer-00000000cafe?done=saved");
    CHECK(office.desk->answers.open("answer-00000000cafe").value().answer.entry.answer.fr == "Oui, \"derri\u00e8re\".\nEt <devant>.");
    CHECK(browser.get("/console").status == 200);
}

TEST_CASE("signing in by a form gives no more than the role may", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    Fields fields = {{"email", "eve@example.org"}, {"name", "Eve"}, {"role", "admin"}, {"again-email", "viewer@example.org"}, {"again-password", Office::password}};
    CHECK(browser.post("/console/invite", fields).status == 403);
    auto foreign = browser.blank("/console/invite");
    foreign.post = true;
    foreign.origin = "https://evil.test";
    foreign.body = "again-email=admin%40example.org&again-password=" + text::percent_encoded(Office::password) + "&email=eve%40example.org&role=admin";
    CHECK(browser.raw(foreign).status == 403);
    CHECK_FALSE(office.desk->store.with([](auto& store) { return store.account("eve@example.org"); }).value());
}

TEST_CASE("a page that is older than the session sends its text with one press more", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const old = browser.token();
    browser.sign_in("editor@example.org", Office::password);
    auto fields = parking;
    fields.emplace_back("token", old);
    auto const told = browser.post("/console/new", fields);
    CHECK(told.status == 403);
    CHECK_FALSE(has(told, "again-password"));
    CHECK(office.desk->answers.open("answer-00000000cafe").error().code == Errc::not_found);
    CHECK(browser.post("/console/new", fields_of(told.body)).location == "/console/edit/answer-00000000cafe?done=saved");
}

TEST_CASE("an import is kept, too, but not a file that is no text", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    auto request = browser.blank("/console/import/facts");
    request.post = true;
    request.origin = "http://desk.test";
    request.content_type = "multipart/form-data; boundary=x";
    request.body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\nContent-Type: application/octet-stream\r\n\r\nPK\xFF\xFE\r\n"
                   "--x\r\nContent-Disposition: form-data; name=\"sheet\"\r\n\r\nid;kind\r\nroom one;x\r\n--x--\r\n";
    auto const told = browser.raw(request);
    CHECK(told.status == 401);
    CHECK(has(told, "enctype=\"multipart/form-data\""));
    CHECK(has(told, "name=\"sheet\" value=\"id;kind"));
    CHECK_FALSE(has(told, "name=\"file\""));
}

TEST_CASE("a page that says that something went wrong is marked, so that nothing is forgotten", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    CHECK_FALSE(has(browser.get("/console/new"), "data-holds-form"));
    CHECK(has(browser.send("/console/new", {}), "data-holds-form"));
    for (auto const* target : {"/console/new", "/console/row-edit/facts:lab.founded.1", "/console/import/facts", "/console/me"}) {
        INFO(target);
        CHECK(std::regex_search(browser.get(target).body, std::regex("class=\"[a-z ]*kept\"")));
    }
}

TEST_CASE("what is too large for a page is not carried in it", "[console]")
{
    Office office;
    Browser nobody(*office.desk);
    auto const small = nobody.post("/console/import/faq", {{"sheet", std::string(100'000, 'x')}});
    CHECK(small.status == 401);
    CHECK(has(small, std::string(100'000, 'x')));
    auto const large = nobody.post("/console/import/faq", {{"sheet", std::string(2'000'000, '"')}});
    CHECK(large.status == 401);
    CHECK(large.body.size() < 20'000);
    CHECK(has(large, pages::say("console.again.too-large", Language::fr)));
    CHECK(has(large, "again-password"));
}
