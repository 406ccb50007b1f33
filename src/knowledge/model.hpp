// The cluster's knowledge as plain values: what data/*.csv holds and the database keeps.
// Nothing here knows of files or SQL.
#pragma once

#include "base/language.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace immunobot::knowledge {

// Something a visitor can ask about.
struct Entity {
    std::string id;                    // kebab-case
    std::string kind;                  // "hospital", "person", ...
    LocalText name;
    std::string acronym;               // may be empty
    std::vector<std::string> aliases;  // either language, former names, usual misspellings
    std::string parent;                // id of the closest containing entity; may be empty
    friend bool operator==(Entity const&, Entity const&) = default;
};

struct Source {
    std::string id;
    std::string title;
    std::string publisher;
    std::string url;
    std::string published;  // YYYY, YYYY-MM, YYYY-MM-DD or empty
    std::string seen;       // the day the page was read; never empty
    friend bool operator==(Source const&, Source const&) = default;
};

// One atomic statement with its source. `text` can be sent as it is.
struct Fact {
    std::string id;          // entity.property.number
    std::string entity;
    std::string property;
    std::string value;       // for machines: number, date, entity ids, URL or short text; '|' separates items
    std::string unit;
    LocalText text;
    std::string valid_from;  // when it begins to hold, or the date the source vouches for; may be empty
    std::string valid_to;    // when it ceased to hold; may be empty
    std::string review_by;   // when somebody has to look at it again; may be empty
    std::string source;      // id of a Source
    std::string layer;       // "seed" or "public"
    friend bool operator==(Fact const&, Fact const&) = default;
};

// A question people ask often, with its wordings and one answer per language.
struct FaqEntry {
    std::string id;
    std::vector<std::string> questions_en;  // the first is the title; the others are wordings
    std::vector<std::string> questions_fr;
    LocalText answer;
    std::string entity;      // may be empty
    std::string source;      // id of a Source
    std::string valid_to;    // may be empty
    std::string review_by;   // may be empty
    friend bool operator==(FaqEntry const&, FaqEntry const&) = default;
};

// Ways of asking for a fact, beside the words of its own sentences: what visitors type.
struct Asking {
    std::string id;                         // of the fact, or "entity.property" for all facts of that kind
    std::vector<std::string> questions_en;
    std::vector<std::string> questions_fr;
    friend bool operator==(Asking const&, Asking const&) = default;
};

// All of it at one revision. The order of the rows is that of data/*.csv.
struct Knowledge {
    std::vector<Source> sources;
    std::vector<Entity> entities;
    std::vector<Fact> facts;
    std::vector<FaqEntry> faq;
    std::vector<Asking> askings;
    bool silent_when_over = false;  // a setting (see setting.hpp): what has ended is not told, rather than told with its date
    std::int64_t revision = 0;  // grows with every change of the above
};

}  // namespace immunobot::knowledge
