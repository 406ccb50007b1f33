// What a visitor tells before or after the question: "I am writing an article, could you tell me ...", "What is a FOO, need it for an exam". Pure.
#pragma once

#include "assistant/analysis.hpp"

#include <cstddef>
#include <optional>

namespace immunobot::assistant {

// The part of a message that is the question itself, in bytes of the text.
struct OwnPart {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool whole = false;   // a name alone is asked about in it: "..., I want to know what a FOO is"
    bool rest = false;    // what is left out may ask for something else
};

// What stands before the question is no part of it, unless the question is about it: "somebody spoke of Jane Doe, who is that?". `begins`: nobody
// was spoken of before the message.
std::optional<OwnPart> without_introduction(Snapshot const& snapshot, Analysis const& message, bool begins);

// A clause that asks something of somebody, before others that neither ask nor name anybody.
std::optional<OwnPart> without_afterword(Snapshot const& snapshot, Analysis const& message);

}  // namespace immunobot::assistant
