// Every route with every role, and everything that a foreign page might try.
#include "visitor.hpp"

#include "console/routes.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

std::string target_of(Route const& route)
{
    std::string path(route.path);
    if (auto const at = path.find("{id}"); at != std::string::npos)
        path.replace(at, 4, "1");
    return path;
}

}  // namespace

TEST_CASE("every route asks for its role", "[console]")
{
    Office office;
    std::size_t asked = 0;
    for (auto const& route : routes()) {
        auto const target = target_of(route);
        INFO((route.post ? "POST " : "GET ") << target);
        {
            Browser nobody(*office.desk);
            auto const answer = route.post ? nobody.post(target, {}) : nobody.get(target);
            if (!route.role)
                CHECK(answer.status != 403);
            else if (route.post)
                CHECK(answer.status == 401);
            else
                CHECK((answer.status == 303 && answer.location.starts_with("/console/sign-in")));
            ++asked;
        }
        if (!route.role || target == "/console/sign-out")
            continue;
        for (auto const role : staff::all_roles()) {
            INFO(staff::name(role));
            auto const in = office.desk->accounts.vouched(std::string(staff::name(role)) + "@example.org", "192.0.2.1").value().value();
            Browser browser(*office.desk);
            Request request = browser.blank(target);
            request.cookies = "immunobot-session=" + in.secret;
            if (route.post) {
                request.post = true;
                request.origin = "http://desk.test";
                request.body = "token=" + office.desk->accounts.visit(in.secret, "x").value()->form_token;
            }
            auto const answer = browser.raw(request);
            bool const allowed = staff::may(role, *route.role);
            CHECK((answer.status == 403) == !allowed);
            CHECK(answer.status != 401);
            CHECK(answer.status != 500);
            ++asked;
        }
    }
    CHECK(asked > 150);
}

TEST_CASE("a form of another page changes nothing", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    auto const accounts = [&] { return office.desk->store.with([](auto& store) { return store.accounts(); }).value().size(); };
    auto const before = accounts();
    struct Row {
        char const* name;
        char const* origin;
        char const* fetch_site;
        bool token;
        int status;
    };
    for (Row const& row : {Row{"no token", "http://desk.test", "same-origin", false, 403}, Row{"another origin", "http://evil.test", "", true, 403},
                           Row{"origin null", "null", "", true, 403}, Row{"another site", "", "cross-site", true, 403}, Row{"the same site, another host", "", "same-site", true, 403},
                           Row{"by hand", "", "none", true, 403}, Row{"nothing to tell where from", "", "", true, 403}}) {
        DYNAMIC_SECTION(row.name)
        {
            auto request = browser.blank("/console/invite");
            request.post = true;
            request.origin = row.origin;
            request.fetch_site = row.fetch_site;
            request.body = "email=eve%40example.org&name=Eve&role=admin&token=" + (row.token ? browser.token() : std::string("guess"));
            CHECK(browser.raw(request).status == row.status);
            CHECK(accounts() == before);
        }
    }
    SECTION("by GET")
    {
        CHECK(browser.get("/console/invite?email=eve%40example.org&name=Eve&role=admin&token=" + browser.token()).location == "/console/accounts");
        CHECK(accounts() == before);
    }
    SECTION("but our own does")
    {
        CHECK(browser.send("/console/invite", {{"email", "eve@example.org"}, {"name", "Eve"}, {"role", "viewer"}}).status == 200);
        CHECK(accounts() == before + 1);
    }
}

TEST_CASE("no form changes anything without its token, whatever its route", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    auto const revision = [&] { return office.desk->store.with([](auto& store) { return store.audit({}); }).value().size(); };
    auto const before = revision();
    std::size_t asked = 0;
    for (auto const& route : routes()) {
        if (!route.post || !route.role)
            continue;
        INFO(route.path);
        auto request = browser.blank(target_of(route));
        request.post = true;
        request.origin = "http://desk.test";
        for (auto const* token : {"", "token=guess", "token="}) {
            request.body = token;
            CHECK(browser.raw(request).status == 403);
        }
        request.body = "token=" + browser.token();
        request.origin = "http://evil.test";
        CHECK(browser.raw(request).status == 403);
        ++asked;
    }
    CHECK(asked > 30);
    CHECK(revision() == before);
}

TEST_CASE("whom a proxy vouches for does not work in the session of whoever sat there before", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    auto request = browser.blank("/console/me");
    request.vouched = "admin@example.org";
    CHECK(browser.raw(request).status == 200);
    SECTION("a page is theirs")
    {
        request.vouched = "Viewer@example.org";
        auto const page = browser.raw(request);
        CHECK(page.status == 200);
        CHECK(has(page, "viewer@example.org"));
        CHECK_FALSE(has(page, "admin@example.org"));
    }
    SECTION("a form is not sent")
    {
        request.path = "/console/invite";
        request.vouched = "viewer@example.org";
        request.post = true;
        request.origin = "http://desk.test";
        request.body = "email=eve%40example.org&name=Eve&role=admin&token=" + browser.token();
        CHECK(browser.raw(request).location == "/console");
        CHECK_FALSE(office.desk->accounts.find("eve@example.org", "x").value());
    }
    SECTION("who has no account is out")
    {
        request.vouched = "eve@example.org";
        CHECK(browser.raw(request).status == 303);
    }
    // The session that was left is over.
    request = browser.blank("/console/me");
    CHECK(browser.raw(request).status == 303);
}

TEST_CASE("a token of a program is made and taken back by an administrator, and shown once", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    auto const made = browser.send("/console/token-make", {{"name", "wiki"}, {"role", "viewer"}, {"days", "90"}});
    REQUIRE(made.status == 200);
    std::smatch secret;
    REQUIRE(std::regex_search(made.body, secret, std::regex("<code>([^<]{20,})</code>")));
    auto const who = [&] { return office.desk->accounts.bearer(secret[1].str(), "test").value(); };
    REQUIRE(who());
    CHECK(who()->role == staff::Role::viewer);
    auto const list = browser.get("/console/tokens");
    CHECK(has(list, "wiki"));
    CHECK_FALSE(has(list, secret[1].str()));
    CHECK(browser.send("/console/token-make", {{"name", "wiki"}, {"role", "viewer"}, {"days", "0"}}).status == 422);
    std::smatch end;
    REQUIRE(std::regex_search(list.body, end, std::regex("/console/token-end/[0-9]+")));
    CHECK(browser.send(end[0], {}).status == 303);
    CHECK_FALSE(who());
}

TEST_CASE("the cookie of a session", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    auto const plain = browser.post("/console/sign-in", {{"email", "viewer@example.org"}, {"password", Office::password}});
    REQUIRE(plain.cookies.size() == 1);
    CHECK(plain.cookies[0].find("HttpOnly; SameSite=Strict") != std::string::npos);
    CHECK(plain.cookies[0].find("Secure") == std::string::npos);
    auto request = Browser(*office.desk).blank("/console/sign-in");
    request.post = true;
    request.https = true;
    request.origin = "https://desk.test";
    request.body = "email=viewer%40example.org&password=" + text::percent_encoded(Office::password);
    auto const secure = browser.raw(request);
    REQUIRE(secure.cookies.size() == 1);
    CHECK(secure.cookies[0].starts_with("__Host-immunobot="));
    CHECK(secure.cookies[0].find("; Secure") != std::string::npos);
    CHECK(secure.cookies[0].find("Path=/;") != std::string::npos);
}

TEST_CASE("after signing in, only addresses of the console are gone to", "[console]")
{
    Office office;
    for (auto const* to : {"https://evil.test/", "//evil.test/console", "/console//evil.test", "/consolex", "javascript:alert(1)", "/console\\evil", "/elsewhere"}) {
        Browser browser(*office.desk);
        auto const answer = browser.post("/console/sign-in", {{"email", "viewer@example.org"}, {"password", Office::password}, {"to", to}});
        CHECK(answer.location == "/console");
        office.desk->accounts.visit("", "");
    }
    Browser browser(*office.desk);
    CHECK(browser.post("/console/sign-in", {{"email", "editor@example.org"}, {"password", Office::password}, {"to", "/console/questions?state=ignored"}}).location == "/console/questions?state=ignored");
}

TEST_CASE("what is not there is not found, whatever is asked", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    for (auto const* target : {"/console/nothing", "/console/answer/nothing", "/console/edit/nothing", "/console/question/77", "/console/question/x", "/console/answer/../../etc/passwd", "/console/welcome/guess"})
        CHECK(browser.get(target).status == 404);
    CHECK(browser.get("/console?q=%ff").status == 400);
    CHECK(browser.get("/console?q=%zz").status == 400);
}

TEST_CASE("the address of a form alone leads to the page that it belongs to", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    for (auto const& route : routes()) {
        if (!route.post)
            continue;
        INFO(route.path);
        auto const there = browser.get(target_of(route));
        CHECK(there.status != 405);
        if (there.status != 303 || there.location.starts_with("/console?"))
            continue;
        std::string id;
        bool known = false;
        CHECK(find_route(false, there.location, id, known) != nullptr);
    }
    CHECK(browser.get("/console/send-back/open").location == "/console/publish/open");
    CHECK(browser.get("/console/send-back/sources%3Aweb").location == "/console/sheet/sources%3Aweb");
    CHECK(browser.get("/console/take/1").location == "/console/question/1");
    // Somebody who is not signed in learns no more from it.
    Browser nobody(*office.desk);
    CHECK(nobody.get(nobody.get("/console/send-back/open").location).location.starts_with("/console/sign-in?to="));
    CHECK(nobody.get("/console/send-back/a/b").status == 404);
    CHECK(nobody.post("/console/drafts", {}).status == 405);
}
