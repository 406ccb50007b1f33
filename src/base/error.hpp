// What can go wrong, as a value. Everything that can fail for a reason outside our own code
// returns Result<T>; exceptions are for bugs.
#pragma once

#include <boost/system/result.hpp>

#include <iosfwd>
#include <string>

namespace immunobot {

enum class Errc {
    bad_request = 1,  // what a caller sent is not acceptable
    bad_data,         // a row or file of data/ is not acceptable
    bad_intents,      // an intent file is not acceptable
    bad_option,       // a command-line option, environment variable or configuration line
    not_found,        // a named thing does not exist
    conflict,         // it does not fit what is already there
    not_allowed,      // it is for somebody else to do
    storage,          // the disk or the database file
    busy,             // too much at once; try again later
    internal          // our own fault
};

struct Error {
    Errc code = Errc::internal;
    std::string message;    // what failed, with the file:line or the value that did
    std::string hint = {};  // what a person can do about it; may be empty
};

std::ostream& operator<<(std::ostream& out, Error const& error);

// Lets Result<T>::value() throw in tests.
[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const& where);

template <class T = void>
using Result = boost::system::result<T, Error>;

}  // namespace immunobot
