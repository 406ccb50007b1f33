// The first page: try the assistant, fit it to a website, see that it is well.
#pragma once

#include "pages/layout.hpp"

#include <string>
#include <string_view>

namespace immunobot::pages {

struct Welcome {
    std::string_view origin;   // where the server is seen from outside, for the line to be pasted
    bool healthy = true;
    std::string_view docs = {};   // address of the guides; empty: none
    std::string_view contact = {};   // address where a person can be reached; empty: none
};

std::string home_page(View const& view, Welcome const& welcome);

// What the configurator shows in a frame: a page of somebody with the assistant on it.
std::string preview_page(View const& view);

// The first page of published files: the way to each language.
std::string files_home_page(View const& view);

}  // namespace immunobot::pages
