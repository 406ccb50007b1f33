#include "channels/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <memory>

namespace immunobot::channels {
namespace {

constexpr std::size_t ed25519_key_size = 32;
constexpr std::size_t ed25519_signature_size = 64;

// The order of the group of Ed25519, highest byte first.
constexpr std::string_view ed25519_order(
    "\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x14\xde\xf9\xde\xa2\xf7\x9c\xd6\x58\x12\x63\x1a\x5c\xf5\xd3\xed", 32);

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

unsigned char const* bytes_of(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

std::string hmac_sha256(std::string_view key, std::string_view message)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message), message.size(), digest.data(),
         &size);
    return {reinterpret_cast<char const*>(digest.data()), size};
}

std::string to_base64(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const left = bytes.size() - i;
        unsigned group = static_cast<unsigned char>(bytes[i]) * 65536U;
        if (left > 1)
            group += static_cast<unsigned char>(bytes[i + 1]) * 256U;
        if (left > 2)
            group += static_cast<unsigned char>(bytes[i + 2]);
        out += alphabet[group >> 18];
        out += alphabet[group >> 12 & 63];
        out += left > 1 ? alphabet[group >> 6 & 63] : '=';
        out += left > 2 ? alphabet[group & 63] : '=';
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t const padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    std::string out;
    out.reserve(text.size() / 4 * 3);
    unsigned group = 0;
    for (std::size_t i = 0; i < text.size() - padding; ++i) {
        auto const value = alphabet.find(text[i]);
        if (value == std::string_view::npos)
            return std::nullopt;
        group = group << 6 | static_cast<unsigned>(value);
        if (i % 4 != 0)
            out += static_cast<char>(group >> (6 - i % 4 * 2) & 255);
    }
    return out;
}

std::string sha256(std::string_view message)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(message.data(), message.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return {reinterpret_cast<char const*>(digest.data()), size};
}

bool ed25519_holds(std::string_view public_key, std::string_view message, std::string_view signature)
{
    if (public_key.size() != ed25519_key_size || signature.size() != ed25519_signature_size)
        return false;
    std::string const s(signature.rbegin(), signature.rbegin() + 32);  // is stored lowest byte first
    if (!std::ranges::lexicographical_compare(s, ed25519_order, {}, [](char c) { return static_cast<unsigned char>(c); },
                                              [](char c) { return static_cast<unsigned char>(c); }))
        return false;
    std::unique_ptr<EVP_PKEY, FreeKey> const key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(public_key), public_key.size()));
    std::unique_ptr<EVP_MD_CTX, FreeContext> const context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

std::string to_base64url(std::string_view bytes)
{
    std::string text = to_base64(bytes);
    text.resize(text.find_last_not_of('=') + 1);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

std::optional<std::string> from_base64url(std::string_view text)
{
    if (text.find_first_of("+/=") != std::string_view::npos)
        return std::nullopt;
    std::string plain(text);
    std::ranges::replace(plain, '-', '+');
    std::ranges::replace(plain, '_', '/');
    plain.append((4 - plain.size() % 4) % 4, '=');
    return from_base64(plain);
}

std::string to_hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (unsigned char const byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view text)
{
    auto const value = [](char c) {
        if (c >= '0' && c <= '9')
            return c - '0';
        char const letter = static_cast<char>(c | 0x20);
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    };
    if (text.size() % 2 != 0)
        return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        int const high = value(text[i]);
        int const low = value(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

bool same_secret(std::string_view secret, std::string_view given)
{
    return !secret.empty() && secret.size() == given.size() &&
           CRYPTO_memcmp(secret.data(), given.data(), secret.size()) == 0;
}

std::optional<std::int64_t> decimal(std::string_view text)
{
    if (text.empty() || text.size() > 12)
        return std::nullopt;
    std::int64_t number = 0;
    for (char const digit : text) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return number;
}

bool is_fresh(std::string_view text, std::int64_t now, std::int64_t window)
{
    auto const when = decimal(text);
    return when && *when >= now - window && *when <= now + window;
}

}  // namespace immunobot::channels
