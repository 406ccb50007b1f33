#include "channels/jwt.hpp"

#include "channels/fields.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <array>
#include <cmath>
#include <memory>
#include <utility>

namespace immunobot::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_token = 16 * 1024;
constexpr std::size_t most_keys = 100;
constexpr int fewest_bits = 2048;
constexpr int most_bits = 8192;

template <auto free>
struct Free {
    template <class T>
    void operator()(T* thing) const { free(thing); }
};
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;

// "header.claims.signature", each part in base64url.
struct Parts {
    std::string_view header, claims, signature;
    std::string_view signed_part;
};

std::optional<Parts> parts_of(std::string_view token)
{
    auto const first = token.find('.');
    auto const second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos || token.size() > longest_token)
        return std::nullopt;
    return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1), token.substr(0, second)};
}

std::optional<json::value> decoded_object(std::string_view part)
{
    auto const text = from_base64url(part);
    if (!text)
        return std::nullopt;
    auto value = parse_strict(*text);
    if (!value || !value->is_object())
        return std::nullopt;
    return std::move(*value);
}

EVP_MD const* digest_of(std::string_view algorithm)
{
    if (algorithm == "RS256")
        return EVP_sha256();
    if (algorithm == "RS384")
        return EVP_sha384();
    return algorithm == "RS512" ? EVP_sha512() : nullptr;
}

// The key of the document that the token names; a key for something else than signatures is none.
json::value const* named_key(json::value const& document, std::string_view id, std::string_view algorithm)
{
    std::size_t looked_at = 0;
    for (auto const& key : items_at(document, {"keys"})) {
        if (++looked_at > most_keys)
            break;
        auto const use = text_at(key, {"use"});
        auto const only = text_at(key, {"alg"});
        if (text_at(key, {"kid"}) == id && text_at(key, {"kty"}) == "RSA" && (use.empty() || use == "sig") &&
            (only.empty() || only == algorithm))
            return &key;
    }
    return nullptr;
}

Key rsa_key(std::string_view modulus, std::string_view exponent)
{
    Number const n(BN_bin2bn(bytes_of(modulus), static_cast<int>(modulus.size()), nullptr));
    Number const e(BN_bin2bn(bytes_of(exponent), static_cast<int>(exponent.size()), nullptr));
    Builder const builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder || BN_num_bits(n.get()) < fewest_bits || BN_num_bits(n.get()) > most_bits ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    Parameters const parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    return Key(key);
}

bool signature_holds(json::value const& entry, EVP_MD const* digest, std::string_view message, std::string_view signature)
{
    auto const modulus = from_base64url(text_at(entry, {"n"}));
    auto const exponent = from_base64url(text_at(entry, {"e"}));
    auto const bytes = from_base64url(signature);
    if (!modulus || !exponent || !bytes || exponent->empty() || exponent->size() > 8)
        return false;
    auto const key = rsa_key(*modulus, *exponent);
    DigestContext const context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(*bytes), bytes->size(), bytes_of(message), message.size()) == 1;
}

// A point in time of the claims: seconds since 1970, in some issuers' tokens with a fraction.
std::optional<double> time_of(json::value const& claims, std::string_view name)
{
    auto const* value = value_at(claims, {name});
    if (!value || !value->is_number())
        return std::nullopt;
    auto const seconds = value->to_number<double>();
    return std::isfinite(seconds) ? std::optional(seconds) : std::nullopt;
}

bool is_within_its_time(json::value const& claims, std::int64_t now, std::int64_t skew)
{
    auto const end = time_of(claims, "exp");
    if (!end || static_cast<double>(now) >= *end + static_cast<double>(skew))
        return false;
    for (auto const* name : {"nbf", "iat"}) {
        auto const begin = time_of(claims, name);
        if (value_at(claims, {name}) && (!begin || static_cast<double>(now) < *begin - static_cast<double>(skew)))
            return false;
    }
    return true;
}

}  // namespace

CheckedToken check_token(std::string_view token, std::string_view jwks, std::int64_t now, std::int64_t skew)
{
    auto const parts = parts_of(token);
    auto const header = parts ? decoded_object(parts->header) : std::nullopt;
    auto claims = header ? decoded_object(parts->claims) : std::nullopt;
    if (!claims)
        return {};
    auto const algorithm = text_at(*header, {"alg"});
    auto const id = text_at(*header, {"kid"});
    auto const* digest = digest_of(algorithm);
    // "crit" names extensions without which the token must not be taken; we know of none.
    if (!digest || id.empty() || value_at(*header, {"crit"}) || !is_within_its_time(*claims, now, skew))
        return {};
    if (jwks.empty())
        return {.proof = Proof::not_now};
    auto const document = parse_strict(jwks, {}, platform_json);
    auto const* key = document ? named_key(*document, id, algorithm) : nullptr;
    if (!key)
        return {.proof = Proof::unknown_key};
    if (!signature_holds(*key, digest, parts->signed_part, parts->signature))
        return {};
    return {Proof::holds, std::move(*claims), *key};
}

bool is_for(json::value const& claims, std::string_view audience)
{
    if (audience.empty())
        return false;
    if (text_at(claims, {"aud"}) == audience)
        return true;
    for (auto const& one : items_at(claims, {"aud"}))
        if (one.is_string() && std::string_view(one.get_string().data(), one.get_string().size()) == audience)
            return true;
    return false;
}

}  // namespace immunobot::channels
