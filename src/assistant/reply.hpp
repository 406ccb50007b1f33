// The one answer structure: every channel, the command line and the tests are views of it.
#pragma once

#include "base/language.hpp"
#include "text/marked.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

enum class Status { answered, unsure, unknown, smalltalk, safety };

std::string_view name(Status status);

struct CitedSource {
    std::string id;
    std::string title;
    std::string url;
    std::string published;  // empty: not known
    std::string as_of;      // the day the source was read
};

struct Suggestion {
    std::string label;
    std::string question;   // what choosing it asks
};

// Where the answer names an entity, which has a page of its own.
struct Mention {
    std::size_t begin = 0;  // bytes in Reply::answer
    std::size_t end = 0;
    std::string entity;
};

struct Correction {
    std::string from;       // as typed
    std::string to;         // as understood
};

// Why this answer: everything --explain prints. All texts are for people.
struct Explanation {
    struct Word {
        std::string word;    // as typed
        std::string role;    // "entity", "keyword", "content", "function", "unknown", ...
        std::string note;    // what it matched, for example "ciml" or "founded (en any)"
        double weight = 0;
    };
    struct Candidate {
        std::string id;      // fact, FAQ entry or intent
        double score = 0;
        double coverage = 0;
        std::string why;     // what spoke for it, or why it lost
    };
    std::vector<std::string> plain;       // the same for visitors: sentences in the language of the reply
    std::string normalised;
    std::string language_reason;
    std::vector<Word> words;
    std::vector<std::string> entities;    // "ciml (alias CIML, characters 12-16)"
    double coverage = 0;                  // 0..1 share of the question's weight that is accounted for
    std::vector<Candidate> candidates;    // best first, losers after
    std::vector<std::string> steps;       // follow-up filled in, question split, rule applied, ...
};

// What of an answer may be said to everybody, by a button below it: the answer to `question` with its source.
struct Shareable {
    std::string question;   // what gives that answer; empty: nothing does
    std::string answer;     // without its sources; empty: there is nothing to share
    std::string address;    // of its first source; empty: it has none
};

struct Reply {
    std::string id;          // given by whoever sends it (server, command line); the assistant leaves it empty
    std::string answer;      // plain text in `language`, at most 1,200 characters, never empty
    Status status = Status::unknown;
    Language language = Language::en;
    std::string intent;      // empty when none
    std::vector<std::string> entities;
    double confidence = 0;   // 0..1
    std::vector<std::string> facts;
    std::vector<Mention> mentions;   // each entity once, in the order of the answer; see blocks.hpp
    std::vector<text::Mark> marks;   // strong words and links with a label, in the order of the answer
    std::vector<CitedSource> sources;
    std::vector<Suggestion> suggestions;      // at most 4
    std::vector<Correction> corrections;
    std::unique_ptr<Explanation> explanation; // only when asked for
    bool private_text = false;                // a health message: nothing of it must be kept, nor what was told of whom it names
    std::string advice;                       // of such a message: the fixed sentence, all of the answer that may be kept
};

}  // namespace immunobot::assistant
