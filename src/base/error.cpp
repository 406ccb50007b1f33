#include "base/error.hpp"

#include <ostream>
#include <stdexcept>

namespace immunobot {

std::ostream& operator<<(std::ostream& out, Error const& error)
{
    out << error.message;
    if (!error.hint.empty())
        out << " (" << error.hint << ')';
    return out;
}

void throw_exception_from_error(Error const& error, boost::source_location const&)
{
    throw std::runtime_error(error.hint.empty() ? error.message : error.message + " (" + error.hint + ")");
}

}  // namespace immunobot
