// The assistant as a page that needs no script: a form, and the answer to what was sent with it.
#pragma once

#include "assistant/reply.hpp"
#include "pages/layout.hpp"

#include <string>
#include <string_view>

namespace immunobot::pages {

struct Asked {
    std::string_view question;             // as typed; empty on the first visit
    std::string_view conversation;         // goes along in the form, so that follow-ups are understood
    assistant::Reply const* reply = nullptr;
    std::string_view complaint = {};       // key of a text that says what was wrong with the question
    int keep_days = 30;                    // that texts of questions are kept
    std::vector<assistant::Suggestion> starters = {};  // for the first visit
    std::string_view contact = {};         // address where a person can be reached; may be empty
    std::string_view privacy = {};         // page on what is kept; may be empty
};

std::string ask_page(View const& view, Asked const& asked);

// After the thumbs; `kept` is false when no such reply is remembered.
std::string thanks_page(View const& view, bool kept);

// After a conversation was erased.
std::string forgotten_page(View const& view);

}  // namespace immunobot::pages
