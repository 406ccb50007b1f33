// What the operator configured for a channel: named values, of which secrets may have several at once, so that one
// can be exchanged for another without a gap. Made at start and at each reload; then only read, by any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::channels {

// One thing that can be configured. IMMUNOBOT_<CHANNEL>_<NAME> in the environment, "name" in the section [channel] of
// the configuration file.
struct Setting {
    enum class Kind : std::uint8_t {
        secret,     // never shown; several may be given with commas between: all of them hold
        text,
        list,       // several, with commas between
        address,    // a URL
        number
    };
    std::string_view name;            // "signing_secret"
    Kind kind = Kind::text;
    bool required = false;            // the channel is off without it ...
    std::string_view unless = {};     // ... but for when this other one is set
    std::string_view otherwise = {};  // when it is not given
    std::string_view help;
};

// The users of a platform who are staff, for channels that tell who wrote a message: "U024BE7LH=ada@example.org".
inline constexpr Setting staff_setting{.name = "staff", .kind = Setting::Kind::list,
                                       .help = "users who may type the staff's commands: USER=EMAIL, with the address of their account"};

class Settings {
public:
    // Takes from `given` what each of `known` is set to (empty: not set), and the default for what is not.
    using Lookup = std::function<std::string(Setting const&)>;
    static Settings read(std::span<Setting const> known, Lookup const& given);

    void set(std::string_view name, std::vector<std::string> values);

    // All values of a setting; none if it is not set.
    std::span<std::string const> all(std::string_view name) const;
    // The first value; empty if it is not set.
    std::string_view one(std::string_view name) const;
    bool has(std::string_view name) const { return !one(name).empty(); }
    // The value as a whole number, if it is one of at most nine digits.
    std::int64_t number(std::string_view name, std::int64_t otherwise) const;

    // Whether `given` is one of the values of the secret `name`; the time it takes does not tell which or how much of it.
    bool holds(std::string_view name, std::string_view given) const;

    // The address of the account that a user of the platform has; empty: none.
    std::string_view staff_account(std::string_view user) const;

    // The names of required settings that are not set: the channel is on when there are none.
    std::vector<std::string_view> missing(std::span<Setting const> known) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace immunobot::channels
