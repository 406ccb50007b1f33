#include "staff/password.hpp"

#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace immunobot::staff {
namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory = 19 * 1024 * 1024;

// What is tried first, without digits and signs at its ends; longer ones are made by saying them twice.
constexpr std::array<std::string_view, 30> common = {
    "password", "motdepasse", "azerty", "azertyuiop", "qwerty", "qwertyuiop", "bonjour", "soleil", "marseille", "immunopole",
    "immunobot", "welcome", "bienvenue", "letmein", "administrator", "administrateur", "changeme", "secret", "iloveyou", "jetaime",
    "abcdefghijkl", "abcdefghijklm", "olympiquedemarseille", "passw0rd", "doudou", "chouchou", "football", "dragon", "princess", "loulou"};

bool is_plain_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

std::string core_of(std::string_view folded)
{
    auto const first = std::find_if(folded.begin(), folded.end(), is_plain_letter);
    auto const last = std::find_if(folded.rbegin(), folded.rend(), is_plain_letter).base();
    return first < last ? std::string(first, last) : std::string();
}

bool is_repeated(std::string_view text)
{
    for (std::size_t period = 1; period <= 3; ++period)
        if (text.size() > period && text.substr(period) == text.substr(0, text.size() - period))
            return true;
    return false;
}

bool is_common(std::string_view password)
{
    auto const folded = text::fold(password);
    auto const core = core_of(folded);
    if (core.empty() || is_repeated(folded))
        return true;  // digits and signs alone, or one thing over and over
    return std::ranges::any_of(common, [&](std::string_view word) {
        return core == word || (core.size() == 2 * word.size() && core.starts_with(word) && core.ends_with(word));
    });
}

// Of nobody's password.
std::string const& nobody()
{
    static std::string const hash = [] {
        auto made = hash_password("nobody has this password");
        return made ? std::move(*made) : std::string();
    }();
    return hash;
}

}  // namespace

PasswordFault fault_of(std::string_view password, std::string_view email)
{
    auto const length = text::length(password);
    if (length < shortest_password)
        return PasswordFault::too_short;
    if (length > longest_password)
        return PasswordFault::too_long;
    bool const own_name = !email.empty() && text::fold(password) == text::fold(email);
    return own_name || is_common(password) ? PasswordFault::common : PasswordFault::none;
}

Result<std::string> hash_password(std::string_view password)
{
    if (sodium_init() < 0)
        return Error{Errc::internal, "the cryptographic library cannot be used"};
    std::string out(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), passes, memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return Error{Errc::busy, "there is not memory enough to check a password now", "try again later"};
    out.resize(out.find('\0'));
    return out;
}

bool fits(std::string_view hash, std::string_view password)
{
    bool const known = !hash.empty();
    std::string const against(known ? hash : std::string_view(nobody()));
    char const* const typed = password.empty() ? "" : password.data();   // never null
    bool const same = sodium_init() >= 0 && password.size() <= 4 * longest_password &&
                      crypto_pwhash_str_verify(against.c_str(), typed, password.size()) == 0;
    return known && same;
}

bool is_outdated(std::string_view hash)
{
    return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), passes, memory) != 0;
}

}  // namespace immunobot::staff
