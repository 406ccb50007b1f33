#include "staff/accounts.hpp"
#include "staff/difference.hpp"
#include "staff/links.hpp"
#include "staff/password.hpp"
#include "staff/secret.hpp"
#include "staff/throttle.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace immunobot::staff;
using namespace std::chrono_literals;

TEST_CASE("a difference gives both texts back", "[staff]")
{
    struct Row {
        char const* before;
        char const* after;
    };
    for (Row const& row : {Row{"", ""}, Row{"", "new text"}, Row{"old text", ""}, Row{"the lab is open on Monday", "the lab is closed on Monday  and Tuesday"}, Row{"a b c d", "d c b a"}, Row{"x\ny z", "x y\nz"}}) {
        std::string before;
        std::string after;
        for (auto const& piece : difference(row.before, row.after)) {
            before += piece.kind == Piece::Kind::added ? "" : piece.text;
            after += piece.kind == Piece::Kind::removed ? "" : piece.text;
        }
        CHECK(before == row.before);
        CHECK(after == row.after);
    }
    auto const one = difference("open on Monday", "closed on Monday");
    CHECK(one == std::vector<Piece>{{Piece::Kind::removed, "open "}, {Piece::Kind::added, "closed "}, {Piece::Kind::same, "on Monday"}});
}

TEST_CASE("texts that are too long to compare are still told", "[staff]")
{
    std::string many;
    for (int i = 0; i < 3'000; ++i)
        many += "word" + std::to_string(i) + ' ';
    CHECK(difference(many, "short").size() == 2);
}

TEST_CASE("passwords that are tried first are refused", "[staff]")
{
    struct Row {
        char const* password;
        PasswordFault fault;
    };
    for (Row const& row : {Row{"short", PasswordFault::too_short}, Row{"password1234", PasswordFault::common}, Row{"123456789012", PasswordFault::common},
                           Row{"aaaaaaaaaaaaaa", PasswordFault::common}, Row{"ababababababab", PasswordFault::common}, Row{"Marseille2026!", PasswordFault::common},
                           Row{"ada@example.org", PasswordFault::common}, Row{"correct horse battery", PasswordFault::none}, Row{"\u00e9t\u00e9 \u00e0 la plage", PasswordFault::none}}) {
        INFO(row.password);
        CHECK(fault_of(row.password, "ada@example.org") == row.fault);
    }
    CHECK(fault_of(std::string(201, 'x') + "y", "") == PasswordFault::too_long);
}

TEST_CASE("a password fits its own hash alone", "[staff]")
{
    auto const hash = hash_password("correct horse battery").value();
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(hash.find("m=19456,t=2,p=1") != std::string::npos);
    CHECK(fits(hash, "correct horse battery"));
    CHECK_FALSE(fits(hash, "correct horse battery "));
    CHECK_FALSE(fits("", "nobody has this password"));
    CHECK_FALSE(is_outdated(hash));
}

TEST_CASE("secrets differ and are long", "[staff]")
{
    std::set<std::string> all;
    for (int i = 0; i < 100; ++i)
        all.insert(new_secret());
    CHECK(all.size() == 100);
    CHECK(all.begin()->size() == 43);
    CHECK(same_secret("abc", "abc"));
    CHECK_FALSE(same_secret("abc", "abd"));
    CHECK_FALSE(same_secret("abc", "abcd"));
}

TEST_CASE("tries are counted for a while, in bounded memory", "[staff]")
{
    Throttle throttle(3, 60s, 10);
    Throttle::Clock::time_point const start{};
    for (int i = 0; i < 3; ++i)
        CHECK(throttle.admits("a", start));
    CHECK_FALSE(throttle.admits("a", start + 59s));
    CHECK(throttle.admits("b", start));
    CHECK(throttle.admits("a", start + 60s));
    for (int i = 0; i < 1'000; ++i)
        throttle.admits(std::to_string(i), start + 60s);
    throttle.forget("999");
    CHECK(throttle.admits("999", start + 61s));
}

TEST_CASE("addresses are taken as people type them", "[staff]")
{
    CHECK(email_of(" Ada@Example.ORG ") == "ada@example.org");
    for (auto const* bad : {"", "ada", "ada@", "@x", "a@b@c", "a b@c", "a@b\r\nc", "<a@b>"})
        CHECK_FALSE(email_of(bad));
}

TEST_CASE("what is doubtful about a link is told by its letters", "[staff]")
{
    std::vector<immunobot::knowledge::Source> sources(2);
    sources[0].url = "https://www.example.org/news/1";
    sources[1].url = "";
    struct Row {
        char const* text;
        std::vector<std::string> told;   // address, fault
    };
    for (Row const& row : {Row{"No link at all.", {}}, Row{"See https://example.org/a.", {"https://example.org/a", ""}}, Row{"(https://shop.example.org/?x=1)", {"https://shop.example.org/?x=1", ""}},
                           Row{"https://www.EXAMPLE.org", {"https://www.EXAMPLE.org", ""}}, Row{"http://example.org", {"http://example.org", "link.not-secure"}},
                           Row{"https://evil-example.org, ici", {"https://evil-example.org", "link.unknown-site"}}, Row{"www.example.org", {"www.example.org", "link.malformed"}},
                           Row{"https://", {"https://", "link.malformed"}}, Row{"https://localhost/x", {"https://localhost/x", "link.malformed"}}, Row{"https://127.0.0.1/x", {"https://127.0.0.1/x", "link.malformed"}},
                           Row{"https://a@example.org/", {"https://a@example.org/", "link.malformed"}}, Row{"ftp://example.org", {"ftp://example.org", "link.malformed"}},
                           Row{"https://ex\u0430mple.org/a", {"https://ex\u0430mple.org/a", "link.looks-alike"}}, Row{"https://www.xn--exmple-4nf.org.", {"https://www.xn--exmple-4nf.org", "link.looks-alike"}}, Row{"www.ex\u0430mple.org", {"www.ex\u0430mple.org", "link.looks-alike"}},
                           Row{"https://example.org/immunit\u00e9.", {"https://example.org/immunit\u00e9", ""}}, Row{"https://example.org/\u200fa", {"https://example.org/\u200fa", "link.malformed"}}, Row{"https://example.org/\u2026a", {"https://example.org/\u2026a", "link.malformed"}}, Row{"\u00ab https://example.org/a \u00bb et https://example.org/a !", {"https://example.org/a", ""}}, Row{"https://example.org/a_(b)", {"https://example.org/a_(b)", ""}}, Row{"https://", {"https://", "link.malformed"}}}) {
        INFO(row.text);
        std::vector<std::string> told;
        for (auto const& link : links_of(row.text, sources)) {
            told.push_back(link.address);
            told.push_back(link.fault);
        }
        CHECK(told == row.told);
    }
    CHECK(links_of("https://user:good.org@ex\u0430mple.org:443/a", sources)[0].host == "xn--exmple-4nf.org");
    CHECK(links_of("https://ex\u0430mple.org:443/a", sources)[0].host == "xn--exmple-4nf.org");
    CHECK(links_of("https://example.org", sources)[0].host.empty());
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "https://example.org/" + std::to_string(i) + ' ';
    many += "https://ex\u0430mple.org/a";
    auto const all = links_of(many, sources);
    REQUIRE(all.size() == 101);
    CHECK(all.back().fault == "link.looks-alike");
}
