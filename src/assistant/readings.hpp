// The ways in which a message can be meant: as it stands, or as the follow-up of what was asked before.
//
// A follow-up is rewritten into a question that stands on its own ("et le CNRS ?" after "Quand a été créé l'Inserm ?"
// becomes "Quand a été créé le CNRS ?"); which reading is meant is then a matter of which one has the best answer.
// Pure.
#pragma once

#include "assistant/analysis.hpp"
#include "assistant/conversation.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

enum class ReadingKind : std::uint8_t {
    plain,          // the message as it stands
    introduction,   // ... without what introduces it
    listed,         // with what the list before has at this place
    named,          // the wish of before, of whom the message names
    remembered,     // the message, of whom was spoken of
    together,       // the message as the end of what was asked before
    question_word,  // what was asked before, with the question word of the message
    count
};

struct Reading {
    std::string text;
    float prior = 1;      // how likely it is before looking at answers; the confidence of a first question is multiplied by it
    ReadingKind kind = ReadingKind::plain;
    std::uint8_t place = 0;   // of the remembered: 0 for the likeliest
    std::string note;     // for --explain; empty for the message as it stands
    bool whole = true;    // false: a name was put to words that may ask for nothing
    bool strict = false;  // to count, its answer has to account for every word of the message
    bool last = false;    // looked at only when no other is answered
    bool more = false;    // asks for more about what was just told: "which ones?", "since when?"
    bool rest = false;    // what it leaves out of the message may ask for something else
};

// Likeliest first. `analysis` is that of `text`; `before` of what was asked before (of an empty text if nothing was).
std::vector<Reading> readings(Snapshot const& snapshot, std::string_view text, Analysis const& analysis, Conversation const& conversation,
                              Analysis const& before);

}  // namespace immunobot::assistant
