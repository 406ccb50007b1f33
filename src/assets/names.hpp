// Gives the names of a whole script shorter ones. Pure.
//
// Every name is exchanged for the same other one wherever it stands, and no two for the same, so what a name means does
// not change. Only names that the script declares itself are touched, and only if they are the name of no property
// anywhere in it and stand in no template; whatever is in doubt keeps its name. Private names (#name), properties whose
// names begin with '$' and custom properties of styles that begin with "--_" are always its own.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace immunobot::assets {

// Fails with Errc::internal when the script cannot be cut into tokens.
Result<std::string> shorten_names(std::string_view script);

}  // namespace immunobot::assets
