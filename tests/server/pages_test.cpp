// The pages over HTTP: language, caching, forms, and what goes wrong.

#include "running.hpp"

#include "server/coding.hpp"
#include "server/gzip.hpp"
#include "server/head_rules.hpp"
#include "server/languages.hpp"
#include "server/page_store.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::server;

namespace {

Answer send_form(Running const& running, std::string_view path, std::string_view body)
{
    return running.ask(post(path, body, "", "application/x-www-form-urlencoded"));
}

bool holds(Answer const& answer, std::string_view text)
{
    return answer.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a page comes in the language that is named, or else preferred, or else in French", "[server]")
{
    struct Row { char const* target; char const* accepted; char const* language; };
    Row const rows[] = {
        {"/faq?lang=en", "fr", "en"}, {"/faq?lang=fr", "en", "fr"}, {"/faq?lang=xx", "en-GB,en;q=0.9", "en"}, {"/faq", "de, en;q=0.5, fr;q=0.4", "en"},
        {"/faq", "de", "fr"}, {"/faq", "", "fr"}, {"/ask", "en", "en"}, {"/facts/mi-fhu", "en", "en"}, {"/", "en", "en"}, {"/facts/nothing", "en", "en"},
    };
    Running running;
    for (auto const& row : rows) {
        INFO(row.target << ' ' << row.accepted);
        auto const answer = running.ask(get(row.target, *row.accepted ? "Accept-Language: " + std::string(row.accepted) + "\r\n" : std::string()));
        CHECK(holds(answer, "<html lang=\"" + std::string(row.language) + "\">"));
    }
}

TEST_CASE("the preferred language has the highest weight", "[server]")
{
    struct Row { char const* field; std::optional<Language> expected; };
    Row const rows[] = {
        {"", {}}, {"fr", Language::fr}, {"en-US,en;q=0.9,fr;q=0.8", Language::en}, {"en;q=0.1, fr;q=0.2", Language::fr}, {"en;q=0,fr;q=0", {}}, {"*", {}},
        {"de-DE,de", {}}, {"FR-fr", Language::fr}, {",,;q=,", {}}, {"en;q=x", Language::en}, {"fr;q=0.999, en;q=1.0", Language::en}, {"frr, en", Language::en},
        {"en; q=0.3, fr ;q=0.4", Language::fr}, {"q=", {}}, {"en;q=1.9999999", Language::en}, {"fr;q=0.", {}},
    };
    for (auto const& row : rows) {
        INFO(row.field);
        CHECK(preferred_language(row.field) == row.expected);
    }
}

TEST_CASE("shared pages are compressed, tagged and not sent twice", "[server]")
{
    Running running;
    for (auto const* target : {"/faq?lang=en", "/faq/programmes?lang=en", "/facts?lang=en", "/facts/mi-fhu?lang=en", "/api/v1/facts.csv", "/api/v1/facts.json", "/api/v1/facts.jsonld",
                               "/faq/index.en.js"}) {
        INFO(target);
        auto const plain = running.ask(get(target));
        auto const small = running.ask(get(target, "Accept-Encoding: gzip, deflate, br\r\n"));
        REQUIRE(plain.status == 200);
        CHECK(small.field("content-encoding") == "gzip");
        CHECK(small.body == gzip(plain.body));
        CHECK(plain.field("vary").find("Accept-Encoding") != std::string::npos);
        CHECK(plain.field("etag") != small.field("etag"));
        auto const again = running.ask(get(target, "If-None-Match: " + small.field("etag") + "\r\n"));
        CHECK(again.status == 304);
        CHECK(again.body.empty());
        CHECK(running.ask(get(target, "Accept-Encoding: br\r\n")).field("content-encoding").empty());
    }
}

TEST_CASE("the first page and the empty form are compressed, what a visitor wrote is not", "[server]")
{
    Running running;
    for (auto const* target : {"/?lang=en", "/ask?lang=en"}) {
        INFO(target);
        auto const small = running.ask(get(target, "Accept-Encoding: gzip\r\n"));
        CHECK(small.field("content-encoding") == "gzip");
        CHECK(small.field("vary") == "Accept-Encoding, Accept-Language");
        CHECK(small.body.size() * 2 < running.ask(get(target)).body.size());
        CHECK(running.ask(get(target)).field("content-encoding").empty());
    }
    CHECK(running.ask(post("/ask", "question=hello", "Accept-Encoding: gzip\r\n", "application/x-www-form-urlencoded")).field("content-encoding").empty());
}

TEST_CASE("a question by form gets its answer as a page", "[server]")
{
    Running running;
    auto const first = running.ask(get("/ask?lang=en"));
    CHECK(first.field("cache-control") == "no-store");
    CHECK(holds(first, "<form class=\"ask\" method=\"post\""));
    auto const answer = send_form(running, "/ask", "question=When+was+it+created%3F&lang=en&conversation=0123456789abcdef0123456789abcdef");
    CHECK(answer.status == 200);
    CHECK(answer.field("cache-control") == "no-store");
    for (auto const* part : {"When was it created?", "I have no fact about that.", "About MI-FHU", "23\xC2\xA0November 2026", "Who supports the MI-FHU?", "value=\"0123456789abcdef0123456789abcdef\"",
                             "name=\"helpful\" value=\"yes\"", "Why this answer?"})
        CHECK(holds(answer, part));
    CHECK(running.services.questions == 1);
}

TEST_CASE("a conversation id that is not ours is not taken on", "[server]")
{
    Running running;
    for (auto const* id : {"x", "0123456789ABCDEF0123456789ABCDEF", "%22%3E%3Cscript%3E", ""}) {
        auto const answer = send_form(running, "/ask", "question=hello&conversation=" + std::string(id));
        CHECK(answer.status == 200);
        CHECK_FALSE(holds(answer, "name=\"conversation\" value=\"" + std::string(id) + "\""));
    }
}

TEST_CASE("what cannot be asked is said on the page, and nothing is asked", "[server]")
{
    struct Row { std::string body; int status; char const* said; };
    Row const rows[] = {
        {"lang=en", 400, "Please write a question first."},
        {"question=+%0D%0A&lang=en", 400, "Please write a question first."},
        {"question=" + std::string(2001, 'a') + "&lang=en", 400, "The question is too long"},
        {"question=%ff&lang=en", 400, "Revenez"},
        {"question=%zz", 400, "Revenez"},
        {"question=a&question=b", 400, "Revenez"},
    };
    Running running;
    for (auto const& row : rows) {
        auto const answer = send_form(running, "/ask", row.body);
        INFO(answer.raw.substr(0, 400));
        CHECK(answer.status == row.status);
        CHECK(holds(answer, row.said));
    }
    CHECK(running.services.questions == 0);
    CHECK(send_form(running, "/ask", "question=" + std::string(2000, 'a')).status == 200);
}

TEST_CASE("what goes wrong on a page is said as a page, without details", "[server]")
{
    Running running;
    struct Row { Answer answer; int status; char const* said; };
    Row const rows[] = {
        {running.ask(get("/facts/nothing?lang=en")), 404, "This page does not exist"},
        {running.ask(get("/faq/nothing?lang=en")), 404, "This page does not exist"},
        {running.ask(get("/facts/%3Cscript%3E?lang=en")), 404, "This page does not exist"},
        {running.ask(get("/faq?lang=en&q=" + std::string(201, 'a'))), 400, "could not be read"},
        {send_form(running, "/ask?lang=en", "question=storage&lang=en"), 503, "Out of order"},
        {send_form(running, "/ask/feedback?lang=en", "reply=busy&helpful=yes&lang=en"), 503, "Out of order"},
        {send_form(running, "/ask/feedback?lang=en", "reply=a&helpful=perhaps&lang=en"), 400, "could not be read"},
    };
    for (auto const& row : rows) {
        INFO(row.said);
        CHECK(row.answer.status == row.status);
        CHECK(row.answer.field("content-type") == "text/html; charset=utf-8");
        CHECK(holds(row.answer, row.said));
        CHECK_FALSE(holds(row.answer, "disk"));
        CHECK_FALSE(holds(row.answer, "<script>"));
    }
    CHECK(running.ask(post("/ask", "{}")).status == 415);
    CHECK(running.ask(post("/api/v1/ask", "question=a", "", "application/x-www-form-urlencoded")).status == 415);
}

TEST_CASE("people read a page where programs read JSON, in their language", "[server]")
{
    struct Row { char const* what; std::string request; int status; bool page; char const* said; };
    std::string const browser = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Language: fr\r\n";
    std::string const form = "application/x-www-form-urlencoded";
    Row const rows[] = {
        {"no such address, a browser", get("/nowhere", browser), 404, true, "Cette page n\xE2\x80\x99""existe pas"},
        {"deeper down", get("/a/b/c", browser), 404, true, "href=\"../../faq?lang=fr\""},
        {"a scheme as a path", get("/javascript:alert(1)", browser), 404, true, "href=\"./?lang=en\""},
        {"no such address, a program", get("/nowhere", "Accept: */*\r\n"), 404, false, "not-found"},
        {"no such address of the API", get("/api/v1/nowhere", browser), 404, false, "not-found"},
        {"no such webhook", get("/webhooks/nowhere", browser), 404, false, ""},
        {"no such page, for a program", get("/facts/nothing", "Accept: application/json\r\n"), 404, false, "not-found"},
        {"no such page, for whoever takes both", get("/facts/nothing?lang=en", "Accept: application/json, text/html\r\n"), 404, true, "This page"},
        {"a page that only takes forms", get("/ask/forget", browser), 405, true, "Cette page"},
        {"a failure", post("/ask?lang=fr", "question=throw", browser, form), 500, true, "Momentan\xC3\xA9ment indisponible"},
        {"a failure, for a program", post("/api/v1/ask", R"({"question":"throw"})", browser), 500, false, "internal"},
        {"too long", post("/ask?lang=en", "question=" + std::string(70'000, 'a'), browser, form), 413, true, "That was too long"},
    };
    Running running;
    for (auto const& row : rows) {
        INFO(row.what);
        auto const answer = running.ask(row.request);
        INFO(answer.raw.substr(0, 600));
        CHECK(answer.status == row.status);
        CHECK((answer.field("content-type") == "text/html; charset=utf-8") == row.page);
        CHECK(holds(answer, row.said));
        CHECK_FALSE(holds(answer, "SQL"));
    }
}

TEST_CASE("a conversation by form can be forgotten", "[server]")
{
    Running running;
    CHECK(holds(send_form(running, "/ask", "question=hello&lang=en&conversation=0123456789abcdef0123456789abcdef"), "action=\"ask/forget\""));
    auto const answer = send_form(running, "/ask/forget", "conversation=0123456789abcdef0123456789abcdef&lang=fr");
    CHECK(answer.status == 200);
    CHECK(holds(answer, "La conversation est oubli\xC3\xA9""e"));
    CHECK(running.services.page_forgotten);
    for (auto const* body : {"", "conversation=mi-fhu", "conversation=api%3Ami-fhu", "conversation=0123456789ABCDEF0123456789ABCDEF"})
        CHECK(send_form(running, "/ask/forget", body).status == 400);
}

TEST_CASE("pages say what the assistant is for and whom to turn to in an emergency as the data says", "[server]")
{
    Running running;
    CHECK(holds(running.ask(get("/faq?lang=en")), "On the federation, no medical advice. In an emergency, call 999."));
    CHECK(holds(running.ask(get("/ask?lang=fr")), "appelez le 999"));
}

TEST_CASE("too many questions are told when they may ask again", "[server]")
{
    auto options = quiet_options();
    options.rate_per_minute = 1;
    Running running(options);
    CHECK(send_form(running, "/ask", "question=hello").status == 200);
    auto const answer = send_form(running, "/ask?lang=en", "question=hello");
    CHECK(answer.status == 429);
    CHECK_FALSE(answer.field("retry-after").empty());
    CHECK(holds(answer, "Too many questions"));
    CHECK(holds(answer, "You can ask again in"));
}

TEST_CASE("thumbs are thanked for, and a forgotten reply is said to be so", "[server]")
{
    Running running;
    CHECK(holds(send_form(running, "/ask/feedback", "reply=a1&helpful=no&reason=old&lang=en"), "Thank you"));
    CHECK(holds(send_form(running, "/ask/feedback", "reply=unknown&helpful=yes&lang=en"), "no longer known"));
}

TEST_CASE("the search of the FAQ works without a script", "[server]")
{
    Running running;
    auto const found = running.ask(get("/faq?q=created&lang=en"));
    CHECK(found.status == 200);
    CHECK(found.field("cache-control") == "no-store");
    CHECK(holds(found, "1 question found"));
    CHECK(holds(found, "noindex"));
    CHECK(holds(found, "href=\"faq/programmes?lang=en#mi-fhu.founded.1\""));
    CHECK(holds(running.ask(get("/faq?q=%3Cscript%3Ealert(1)%3C/script%3E&lang=en")), "&lt;script&gt;"));
    CHECK(holds(running.ask(get("/faq?q=+&lang=en")), "By topic"));
}

TEST_CASE("pages name the address they are configured with, or that of the request", "[server]")
{
    auto options = quiet_options();
    options.public_url = "https://bot.example.org/";
    Running configured(options);
    CHECK(holds(configured.ask(get("/faq?lang=en")), "<link rel=\"canonical\" href=\"https://bot.example.org/faq?lang=en\">"));
    CHECK(holds(configured.ask(get("/sitemap.xml")), "<loc>https://bot.example.org/facts/mi-fhu?lang=fr</loc>"));
    CHECK(holds(configured.ask(get("/robots.txt")), "Sitemap: https://bot.example.org/sitemap.xml"));
    CHECK(holds(configured.ask(get("/?lang=en")), "&lt;script src=&quot;https://bot.example.org/widget.js&quot;"));
    Running running;
    CHECK_FALSE(holds(running.ask(get("/faq?lang=en")), "<link rel=\"canonical\""));   // better none than half an address
    CHECK_FALSE(holds(running.ask(get("/faq?lang=en")), "<link rel=\"alternate\""));
    CHECK(holds(running.ask(get("/sitemap.xml")), "<loc>http://"));
}

TEST_CASE("open data may be read by every page and names its licence", "[server]")
{
    Running running;
    for (auto const* name : {"facts.csv", "facts.json", "facts.jsonld"}) {
        auto const answer = running.ask(get("/api/v1/" + std::string(name), "Origin: https://elsewhere.example\r\n"));
        CHECK(answer.field("access-control-allow-origin") == "*");
        CHECK(answer.field("link") == "<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\"");
        CHECK(holds(answer, "mi-fhu.founded.1"));
    }
}

TEST_CASE("other origins cannot read pages", "[server]")
{
    auto options = quiet_options();
    options.allowed_origins = {"https://www.example.org"};
    Running running(options);
    for (auto const* target : {"/", "/ask", "/faq", "/facts/mi-fhu"})
        CHECK(running.ask(get(target, "Origin: https://www.example.org\r\n")).field("access-control-allow-origin").empty());
}

TEST_CASE("the type of a form may name UTF-8 and nothing else", "[server]")
{
    CHECK(is_form_type("application/x-www-form-urlencoded"));
    CHECK(is_form_type("Application/X-WWW-Form-Urlencoded; charset=UTF-8"));
    CHECK_FALSE(is_form_type("application/x-www-form-urlencoded; charset=latin1"));
    CHECK_FALSE(is_form_type("multipart/form-data"));
    CHECK_FALSE(is_form_type("application/json"));
}

TEST_CASE("stored pages belong to one revision and one day, and have a limit", "[server]")
{
    PageStore store;
    auto const one = std::make_shared<knowledge::Knowledge const>(knowledge::Knowledge{{}, {}, {}, {}, {}, false, 1});
    auto const two = std::make_shared<knowledge::Knowledge const>(knowledge::Knowledge{{}, {}, {}, {}, {}, false, 2});
    int made = 0;
    auto const make = [&] { return "page " + std::to_string(++made); };
    auto const first = store.site(one, {2026, 11, 25});
    CHECK(store.site(one, {2026, 11, 25}) == first);
    CHECK(store.page(*first, "a", make) == store.page(*first, "a", make));
    CHECK(made == 1);
    auto const second = store.site(two, {2026, 11, 25});
    CHECK(store.page(*second, "a", make)->hash != store.page(*first, "a", make)->hash);
    CHECK(made == 3);  // the page of the older one was made, and not kept
    CHECK(store.site(two, {2026, 11, 26}) != second);
}

TEST_CASE("the first page leads to the guides where the operator says where they are", "[server]")
{
    CHECK_FALSE(holds(Running().ask(get("/?lang=en")), ">Guides</a>"));
    auto options = quiet_options();
    options.docs_url = "https://example.org/guides?a=1&b=2";
    Running running(options);
    auto const page = running.ask(get("/?lang=en"));
    CHECK(holds(page, "<a href=\"https://example.org/guides?a=1&amp;b=2\">Guides</a>"));
    for (auto const* address : {"\"faq?lang=en\"", "\"facts?lang=en\"", "\"facts?lang=en#open\"", "\"ask?lang=en\"", "\"openapi.json\"", "\"readyz\""})
        CHECK(holds(page, address));
}

TEST_CASE("an answer names people and houses with links to their pages", "[server]")
{
    Running running;
    auto const page = send_form(running, "/ask", "question=who&lang=en&conversation=0123456789abcdef0123456789abcdef");
    INFO(page.body);
    CHECK(holds(page, "<p><a href=\"facts/mi-fhu?lang=en\" rel=\"noopener noreferrer\">FHU-MI</a> and nobody. Write to "
                      "<a href=\"mailto:a@example.org\" rel=\"noopener noreferrer\">a@example.org</a>.</p>"));
    auto const reply = running.ask(post("/api/v1/ask", R"({"question":"who"})"));
    CHECK(holds(reply, R"("blocks":[{"kind":"paragraph","lines":[[{"text":"FHU-MI","href":"/facts/mi-fhu?lang=en"},{"text":" and "},)"));
    CHECK(running.ask(get("/facts/mi-fhu?lang=en")).status == 200);
}
