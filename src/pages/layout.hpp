// What all pages have: the head, the way around, the foot.
#pragma once

#include "pages/html.hpp"
#include "pages/places.hpp"
#include "pages/site.hpp"

#include <string>
#include <string_view>

namespace immunobot::pages {

// What a page is made from. Plain values and references: a page is a function of it.
struct View {
    Site const& site;
    Addresses const& addresses;
    Language language = Language::fr;
};

// The same in the other language.
View in(View const& view, Language language);

struct Head {
    Place here;
    std::string title;
    std::string description;
    std::string json_ld = {};     // of schema.org; empty: none
    bool indexed = true;          // search engines may keep it
    bool widget = false;          // the page holds an <immunobot-chat>
};

// The whole document around `main`, which holds the page's only <h1>.
std::string document(View const& view, Head const& head, Html const& main);

// The address of `to`, seen from the page `here`.
std::string link(View const& view, Place const& here, Place to);
// The same with an anchor.
std::string link(View const& view, Place const& here, Place to, std::string_view anchor);

// What the assistant is for, that this is no medical advice, and whom to turn to instead.
std::string health_notice(View const& view);

// What it is called, for people.
std::string name_of(Entity const& entity, Language language);

// The name of the house, for titles.
std::string house_name(View const& view);

// A link to what stands on this page under `id`, for those who want its address.
void put_anchor(Html& html, View const& view, std::string_view id, std::string_view title);

// A time element: "3 May 2026".
void put_date(Html& html, std::string_view date, Language language);

// "Source: title (publisher), published ..., checked on ...".
void put_source(Html& html, knowledge::Source const& source, Language language);

// What a browser may do with a page of ours: nothing but our own scripts, styles and requests, no HTML from strings.
inline constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

// The same for the first page, which shows another of ours in a frame, and for that one.
inline constexpr std::string_view framing_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
inline constexpr std::string_view framed_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'";

}  // namespace immunobot::pages
