#include "channels/jwt.hpp"

#include "issuer.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace immunobot::channels;
namespace json = boost::json;

namespace {

constexpr std::int64_t now = 1'767'605'400;

Issuer const& issuer()
{
    static Issuer const one;
    return one;
}

json::object claims(json::object const& more = {})
{
    json::object all{{"iss", "https://issuer.example"}, {"aud", "us"}, {"exp", now + 60}, {"nbf", now - 60}};
    for (auto const& member : more)
        all[member.key()] = member.value();
    return all;
}

}  // namespace

TEST_CASE("a token of a known key within its time holds", "[channels]")
{
    auto const checked = check_token(issuer().token(claims()), issuer().document({{"endorsements", json::array{"msteams"}}}), now, 60);
    CHECK(checked.proof == Proof::holds);
    CHECK(checked.claims.as_object().at("iss").as_string() == "https://issuer.example");
    CHECK(checked.key.as_object().contains("endorsements"));
    CHECK(is_for(checked.claims, "us"));
    CHECK_FALSE(is_for(checked.claims, "u"));
    CHECK_FALSE(is_for(checked.claims, ""));
    CHECK(is_for(json::value(claims({{"aud", json::array{"others", "us"}}})), "us"));
    auto const longer = issuer().token(claims(), {{"alg", "RS512"}, {"kid", "k1"}}, EVP_sha512());
    CHECK(check_token(longer, issuer().document(), now, 60).proof == Proof::holds);
}

TEST_CASE("times of a token are held to, give or take the skew", "[channels]")
{
    struct Row { char const* what; json::object claims; std::int64_t skew; Proof proof; };
    Row const rows[] = {
        {"just ended", {{"exp", now}}, 0, Proof::fails},
        {"just ended, with skew", {{"exp", now}}, 1, Proof::holds},
        {"ended before the skew", {{"exp", now - 60}}, 60, Proof::fails},
        {"not yet", {{"nbf", now + 61}}, 60, Proof::fails},
        {"nearly", {{"nbf", now + 60}}, 60, Proof::holds},
        {"made in the future", {{"iat", now + 61}}, 60, Proof::fails},
        {"without an end", {{"exp", nullptr}}, 60, Proof::fails},
        {"an end in words", {{"exp", "tomorrow"}}, 60, Proof::fails},
        {"a fraction", {{"exp", static_cast<double>(now) + 0.5}}, 0, Proof::holds},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(check_token(issuer().token(claims(row.claims)), issuer().document(), now, row.skew).proof == row.proof);
    }
}

TEST_CASE("whatever else a token is, it does not hold", "[channels]")
{
    auto const good = issuer().token(claims());
    auto const document = issuer().document();
    static Issuer const other;
    static Issuer const weak(1024);
    struct Row { char const* what; std::string token; std::string keys; Proof proof; };
    auto const dot = good.rfind('.');
    Row const rows[] = {
        {"no keys yet", good, "", Proof::not_now},
        {"keys that are no JSON", good, "<html>", Proof::unknown_key},
        {"another name of a key", issuer().token(claims(), {{"alg", "RS256"}, {"kid", "k2"}}), document, Proof::unknown_key},
        {"a key of another kind", issuer().token(claims(), {{"alg", "RS256"}, {"kid", "k0"}}), document, Proof::unknown_key},
        {"a key for something else", good, issuer().document({{"use", "enc"}}), Proof::unknown_key},
        {"a key for another algorithm", good, issuer().document({{"alg", "RS512"}}), Proof::unknown_key},
        {"no name of a key", issuer().token(claims(), {{"alg", "RS256"}}), document, Proof::fails},
        {"another's key", other.token(claims()), document, Proof::fails},
        {"a weak key", weak.token(claims()), weak.document(), Proof::fails},
        {"no signature", good.substr(0, dot + 1), document, Proof::fails},
        {"no algorithm", to_base64url(R"({"alg":"none","kid":"k1"})") + good.substr(good.find('.'), dot - good.find('.')) + ".", document, Proof::fails},
        {"the public key as a secret", issuer().token(claims(), {{"alg", "HS256"}, {"kid", "k1"}}), document, Proof::fails},
        {"an extension that must be known", issuer().token(claims(), {{"alg", "RS256"}, {"kid", "k1"}, {"crit", json::array{"x"}}}), document, Proof::fails},
        {"two parts", good.substr(0, dot), document, Proof::fails},
        {"four parts", good + ".x", document, Proof::fails},
        {"nothing", "", document, Proof::fails},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(check_token(row.token, row.keys, now, 60).proof == row.proof);
    }
    for (std::size_t i = 0; i < good.size(); i += 7) {
        auto changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        INFO(i);
        CHECK(check_token(changed, document, now, 60).proof != Proof::holds);
    }
}
