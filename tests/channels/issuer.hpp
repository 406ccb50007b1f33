// Who signs tokens in tests: an RSA key pair of its own, and the document with its public half.
#pragma once

#include "channels/signature.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>

namespace immunobot::channels {

class Issuer {
public:
    explicit Issuer(unsigned bits = 2048) : key_(EVP_RSA_gen(bits), &EVP_PKEY_free) {}

    std::string document(boost::json::object const& more = {}) const
    {
        boost::json::object key{{"kty", "RSA"}, {"kid", "k1"}, {"use", "sig"}, {"n", number(OSSL_PKEY_PARAM_RSA_N)}, {"e", number(OSSL_PKEY_PARAM_RSA_E)}};
        for (auto const& member : more)
            key[member.key()] = member.value();
        return boost::json::serialize(boost::json::object{{"keys", boost::json::array{boost::json::object{{"kty", "EC"}, {"kid", "k0"}}, key}}});
    }

    std::string token(boost::json::object const& claims, boost::json::object const& header = {{"alg", "RS256"}, {"kid", "k1"}}, EVP_MD const* digest = EVP_sha256()) const
    {
        auto const message = to_base64url(boost::json::serialize(header)) + "." + to_base64url(boost::json::serialize(claims));
        std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
        std::string signature(1024, '\0');
        std::size_t size = signature.size();
        auto* const bytes = reinterpret_cast<unsigned char*>(signature.data());
        REQUIRE(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1);
        REQUIRE(EVP_DigestSign(context.get(), bytes, &size, reinterpret_cast<unsigned char const*>(message.data()), message.size()) == 1);
        return message + "." + to_base64url(signature.substr(0, size));
    }

private:
    std::string number(char const* name) const
    {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &value);
        std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
        BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
        BN_free(value);
        return to_base64url(bytes);
    }

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

}  // namespace immunobot::channels
