#include "staff/accounts.hpp"
#include "staff/difference.hpp"
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
