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
};

std::string ask_page(View const& view, Asked const& asked);

// After the thumbs; `kept` is false when no such reply is remembered.
std::string thanks_page(View const& view, bool kept);

}  // namespace immunobot::pages
