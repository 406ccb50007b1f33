// The first page: try the assistant, fit it to a website, see that it is well.
#pragma once

#include "pages/layout.hpp"

#include <string>
#include <string_view>

namespace immunobot::pages {

struct Welcome {
    std::string_view origin;   // where the server is seen from outside, for the line to be pasted
    bool healthy = true;
};

std::string home_page(View const& view, Welcome const& welcome);

// The first page of published files: the way to each language.
std::string files_home_page(View const& view);

}  // namespace immunobot::pages
