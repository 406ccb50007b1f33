// The knowledge as the pages show it: who belongs to whom, which questions a page answers, what is the case today.
// Made once per revision and day; immutable, any thread.
#pragma once

#include "assistant/wording.hpp"
#include "base/date.hpp"
#include "knowledge/model.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::pages {

using knowledge::Entity;
using knowledge::FaqEntry;
using knowledge::Fact;
using knowledge::Source;

// One question of the FAQ, in one language: with the facts that answer it, or an entry of its own.
struct Entry {
    std::string title;
    std::string anchor;                 // id of the first fact, or of the entry
    Entity const* entity = nullptr;     // may be null
    std::vector<Fact const*> facts;
    FaqEntry const* entry = nullptr;    // then there are no facts; those that its answers name stand in them
    std::string title_words = {};       // folded, for the search
    std::string answer_words = {};      // the same
};

// Entities of related kinds, on one page of the FAQ.
struct Topic {
    std::string_view id;                // "hospitals"; its name is the text "topic.hospitals"
    std::vector<Entity const*> entities;
};

// Facts of one entity under one heading ("theme.history").
struct Theme {
    std::string_view id;
    std::vector<Fact const*> facts;
};

struct Relations {
    Entity const* parent = nullptr;
    std::vector<Entity const*> children;
    std::vector<Entity const*> others;  // named in its facts, or whose facts name it
};

// Drops the ways of asking that no page shows: tens of thousands, of which one for each fact and language is a title.
void keep_titles(knowledge::Knowledge& knowledge);

class Site {
public:
    // What is not told on that day is left out of it. `standing`: the staff's own sentences.
    Site(std::shared_ptr<knowledge::Knowledge const> knowledge, Date today, assistant::Standing standing = {});

    knowledge::Knowledge const& knowledge() const { return *knowledge_; }
    std::int64_t revision() const { return knowledge_->revision; }
    Date const& today() const { return today_; }
    assistant::Standing const& standing() const { return standing_; }

    // The first entity of the data keeps the bot; null only if there are none.
    Entity const* house() const { return knowledge_->entities.empty() ? nullptr : &knowledge_->entities.front(); }
    Entity const* entity(std::string_view id) const;
    Source const* source(std::string_view id) const;   // null if there is none
    std::span<Fact const* const> facts_of(Entity const& entity) const;
    std::vector<Theme> themes_of(Entity const& entity) const;
    Relations relations_of(Entity const& entity) const;

    std::vector<Topic> const& topics() const { return topics_; }
    Topic const* topic(std::string_view id) const;
    Topic const* topic_of(Entity const& entity) const;

    // What facts answer of this entity; what no longer holds is left out.
    std::vector<Entry> const& questions_on(Entity const& entity, Language language) const;
    // Its source, and those of the facts that its answer names.
    std::vector<Source const*> sources_of(FaqEntry const& entry, Language language) const;

    // The entries of faq.csv that hold today.
    std::vector<Entry> const& frequent(Language language) const;
    // What is asked about the assistant itself.
    std::vector<Entry> const& about(Language language) const;

    // Entries that hold every word of `words` (any case and accents, beginnings of words), those with all of them in
    // the question first; at most `most`.
    std::vector<Entry const*> search(std::string_view words, Language language, std::size_t most) const;

    bool is_past(std::string_view valid_to) const;

    // What it is called in a sentence: the acronym where it has one.
    static std::string const& short_name(Entity const& entity, Language language);

private:
    void add_questions(Language language);
    void add_entries(std::vector<FaqEntry> const& entries, Language language, std::vector<Entry>& out) const;
    void add_words(Language language);
    std::string question_for(Fact const& fact, Language language) const;

    std::shared_ptr<knowledge::Knowledge const> knowledge_;
    Date today_;
    assistant::Standing standing_;
    std::map<std::string_view, Entity const*> entities_;
    std::map<std::string_view, Source const*> sources_;
    std::map<std::string_view, knowledge::Asking const*> askings_;
    std::map<std::string_view, std::vector<Fact const*>> facts_;
    std::map<std::string_view, std::vector<Entry>> questions_[2];
    std::vector<Entry> frequent_[2];
    std::vector<Entry> about_[2];
    std::shared_ptr<std::vector<FaqEntry> const> faq_;   // with the texts of the facts that they name
    std::vector<Topic> topics_;
};

}  // namespace immunobot::pages
