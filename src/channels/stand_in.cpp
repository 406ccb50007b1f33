#include "channels/stand_in.hpp"

#include "channels/signature.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>

namespace immunobot::channels::stand_in {
namespace {

namespace json = boost::json;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

constexpr unsigned rsa_bits = 2048;
constexpr std::size_t most_signature_bytes = 1024;
constexpr std::string_view key_name = "test";

EVP_PKEY* edwards_key()
{
    static Key const key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free);
    return key.get();
}

EVP_PKEY* rsa_key()
{
    static Key const key(EVP_RSA_gen(rsa_bits), &EVP_PKEY_free);
    return key.get();
}

// Empty when it cannot be made; then the test is refused, and says so.
std::string signed_by(EVP_PKEY* key, EVP_MD const* digest, std::string_view message)
{
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    std::string bytes(most_signature_bytes, '\0');
    std::size_t size = bytes.size();
    bool const made = key && context && EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
                      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size,
                                     reinterpret_cast<unsigned char const*>(message.data()), message.size()) == 1;
    return made ? bytes.substr(0, size) : std::string();
}

std::string number(EVP_PKEY const* key, char const* name)
{
    BIGNUM* value = nullptr;
    if (!key || EVP_PKEY_get_bn_param(key, name, &value) != 1)
        return {};
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(value);
    return to_base64url(bytes);
}

}  // namespace

std::string public_key()
{
    std::string bytes(32, '\0');
    std::size_t size = bytes.size();
    auto* const key = edwards_key();
    if (!key || EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(bytes.data()), &size) != 1)
        return {};
    return to_hex(bytes);
}

std::string signature(std::string_view message)
{
    return to_hex(signed_by(edwards_key(), nullptr, message));
}

std::string key_document()
{
    json::object const key{{"kty", "RSA"}, {"kid", key_name}, {"use", "sig"}, {"n", number(rsa_key(), OSSL_PKEY_PARAM_RSA_N)},
                           {"e", number(rsa_key(), OSSL_PKEY_PARAM_RSA_E)}};
    return json::serialize(json::object{{"keys", json::array{key}}});
}

std::string token(json::object const& claims)
{
    json::object const header{{"alg", "RS256"}, {"typ", "JWT"}, {"kid", key_name}};
    auto const message = to_base64url(json::serialize(header)) + "." + to_base64url(json::serialize(claims));
    return message + "." + to_base64url(signed_by(rsa_key(), EVP_sha256(), message));
}

}  // namespace immunobot::channels::stand_in
