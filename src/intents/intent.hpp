// An intent as its file says it: what it is about, how it is recognised, what it answers with, its tests.
#pragma once

#include "base/diagnostic.hpp"
#include "base/language.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace immunobot::intents {

// The kind of answer that people expect. What is known of others and not of one teaches silence, except for texts, lists and
// organisations.
enum class Expected { text, date, number, money, person, place, organisation, list, link };

struct Keyword {
    std::string text;      // a word or a phrase, as written
    std::size_t line = 0;  // where it stands in the file
    std::size_t column = 0;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(text, line, column);
    }
};

// How one language recognises the intent.
struct Wording {
    std::vector<std::vector<Keyword>> must;  // one of each line has to be there
    std::vector<Keyword> any;                // one of these has to be there, if given
    std::vector<Keyword> may;                // only adds weight
    std::vector<Keyword> never;              // one of these blocks
    std::vector<Keyword> examples;           // whole questions, with {entity} or {entity:kind} slots

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(must, any, may, never, examples);
    }
};

// One test line, asked against all intents. What is empty is not checked.
struct IntentTest {
    std::string ask;
    std::optional<Language> language;
    std::string intent;
    std::string not_intent;
    std::string status;
    std::vector<std::string> entities;
    std::vector<std::string> says;
    std::vector<std::string> lacks;
    std::vector<IntentTest> then;  // follow-ups in the same conversation
    std::size_t line = 0;
};

struct Intent {
    std::string id;
    std::string file;
    LocalText title;
    std::vector<std::string> properties;  // of facts; empty for a fixed reply
    Expected expects = Expected::text;
    std::string status;                   // of a fixed reply: smalltalk, safety, answered, unknown
    std::array<std::vector<std::string>, 2> says;  // fixed replies, by Language
    LocalText page_question;              // of a fixed reply that the FAQ shows too; empty: it does not
    bool alone = false;                   // matches only when nothing else of substance is said
    bool private_text = false;            // the message must not be kept
    std::array<Wording, 2> wording;       // by Language
    std::vector<IntentTest> tests;
    std::size_t answers_line = 0;         // where the file says 'answers'

    bool is_fixed_reply() const { return !status.empty(); }
    Wording const& in(Language language) const { return wording[static_cast<std::size_t>(language)]; }

    // All that answering needs.
    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(id, file, title.en, title.fr, properties, expects, status, says, page_question.en, page_question.fr, alone, private_text, wording);
    }
};

// Reads one file. What is wrong is appended to `found` with line, column and a hint; nothing comes back if
// any of it is an error. `text` is the content, `file` the name to show.
std::optional<Intent> parse_intent(std::string const& text, std::string const& file, Diagnostics& found);

// Reads all *.yaml of a folder, in the order of their names. A file with errors is left out (and reported).
std::vector<Intent> read_intents(std::string const& folder, Diagnostics& found);

}  // namespace immunobot::intents
