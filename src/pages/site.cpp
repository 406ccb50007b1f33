#include "pages/site.hpp"

#include "knowledge/fragments.hpp"
#include "knowledge/in_force.hpp"
#include "knowledge/sheet.hpp"
#include "knowledge/vocabulary.hpp"
#include "pages/texts.hpp"
#include "pages/vocabulary.hpp"
#include "text/fold.hpp"
#include "text/marked.hpp"

#include <algorithm>

namespace immunobot::pages {
namespace {

std::size_t index(Language language)
{
    return static_cast<std::size_t>(language);
}

constexpr std::string_view word_ends = " '?!.,;:\"()-";

std::vector<std::string_view> words_of(std::string_view folded)
{
    std::vector<std::string_view> words;
    while (!folded.empty()) {
        auto const end = std::min(folded.find_first_of(word_ends), folded.size());
        if (end > 0)
            words.push_back(folded.substr(0, end));
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return words;
}

bool begins_a_word(std::string_view folded, std::string_view word)
{
    for (auto at = folded.find(word); at != std::string_view::npos; at = folded.find(word, at + 1))
        if (at == 0 || word_ends.find(folded[at - 1]) != std::string_view::npos)
            return true;
    return false;
}

// The first that is a question; where none is, the first.
std::string const& natural_question(std::vector<std::string> const& wordings)
{
    auto const found = std::ranges::find_if(wordings, [](auto const& wording) { return wording.ends_with('?'); });
    return found == wordings.end() ? wordings.front() : *found;
}

std::string answer_words(Entry const& entry, Language language)
{
    std::string all = entry.entry ? text::without_marks(entry.entry->answer.in(language)) : std::string();
    for (auto const* fact : entry.facts)
        all += ' ' + fact->text.in(language);
    if (entry.entity)
        all += ' ' + entry.entity->name.in(language) + ' ' + entry.entity->acronym;
    return all;
}

std::shared_ptr<std::vector<FaqEntry> const> with_their_facts(knowledge::Knowledge const& knowledge)
{
    auto out = std::make_shared<std::vector<FaqEntry>>(knowledge.faq);
    knowledge::FactsById const fact_of(knowledge.facts);
    for (auto& entry : *out)
        entry.answer = knowledge::with_facts(entry.answer, fact_of);
    return out;
}

}  // namespace

void keep_titles(knowledge::Knowledge& knowledge)
{
    auto const keep = [](std::vector<std::string>& wordings) {
        if (!wordings.empty())
            wordings = std::vector<std::string>{natural_question(wordings)};
    };
    // Those of "entity.property" are for understanding alone.
    std::erase_if(knowledge.askings, [](auto const& asking) { return std::ranges::count(asking.id, '.') < 2; });
    for (auto& asking : knowledge.askings) {
        keep(asking.questions_en);
        keep(asking.questions_fr);
    }
}

Site::Site(std::shared_ptr<knowledge::Knowledge const> knowledge, Date today, assistant::Standing standing)
    : knowledge_(knowledge::told_on(std::move(knowledge), today)), today_(today), standing_(std::move(standing))
{
    for (auto const& entity : knowledge_->entities)
        entities_[entity.id] = &entity;
    for (auto const& source : knowledge_->sources)
        sources_[source.id] = &source;
    for (auto const& asking : knowledge_->askings)
        askings_[asking.id] = &asking;
    for (auto const& fact : knowledge_->facts)
        facts_[fact.entity].push_back(&fact);
    for (auto const& topic : topic_kinds()) {
        Topic made{topic.id, {}};
        for (auto const& entity : knowledge_->entities)
            if (topic.holds(entity.kind) && facts_.contains(entity.id))
                made.entities.push_back(&entity);
        if (!made.entities.empty())
            topics_.push_back(std::move(made));
    }
    faq_ = with_their_facts(*knowledge_);
    for (auto const language : {Language::en, Language::fr}) {
        add_questions(language);
        add_words(language);
    }
}

std::string Site::question_for(Fact const& fact, Language language) const
{
    auto const found = askings_.find(fact.id);
    if (found != askings_.end()) {
        auto const& questions = language == Language::fr ? found->second->questions_fr : found->second->questions_en;
        if (!questions.empty())
            return natural_question(questions);
    }
    auto const* about = entity(fact.entity);
    return say("faq.plain_question", language,
               {{"property", property_name(fact.property, language)}, {"entity", about ? short_name(*about, language) : fact.entity}});
}

// Several facts may answer one question: it is asked once.
void Site::add_questions(Language language)
{
    auto& questions = questions_[index(language)];
    for (auto const& [id, facts] : facts_) {
        auto& entries = questions[id];
        std::map<std::string, std::size_t> known;
        for (auto const* fact : facts) {
            if (is_past(fact->valid_to))
                continue;
            auto title = question_for(*fact, language);
            auto const [place, added] = known.try_emplace(text::fold(title), entries.size());
            if (added)
                entries.push_back({std::move(title), fact->id, entity(id), {}, nullptr});
            entries[place->second].facts.push_back(fact);
        }
    }
    add_entries(*faq_, language, frequent_[index(language)]);
    add_entries(standing_.about, language, about_[index(language)]);
}

void Site::add_entries(std::vector<FaqEntry> const& entries, Language language, std::vector<Entry>& out) const
{
    for (auto const& entry : entries) {
        auto const& titles = language == Language::fr ? entry.questions_fr : entry.questions_en;
        if (!is_past(entry.valid_to) && !titles.empty())
            out.push_back({natural_question(titles), entry.id, entity(entry.entity), {}, &entry});
    }
}

// Folding is most of the work of a search, so it is done once.
void Site::add_words(Language language)
{
    auto const add = [&](Entry& entry) {
        entry.title_words = text::fold(entry.title);
        entry.answer_words = text::fold(answer_words(entry, language));
    };
    std::ranges::for_each(frequent_[index(language)], add);
    std::ranges::for_each(about_[index(language)], add);
    for (auto& [id, entries] : questions_[index(language)])
        std::ranges::for_each(entries, add);
}

Entity const* Site::entity(std::string_view id) const
{
    auto const found = entities_.find(id);
    return found == entities_.end() ? nullptr : found->second;
}

Source const* Site::source(std::string_view id) const
{
    auto const found = sources_.find(id);
    return found == sources_.end() ? nullptr : found->second;
}

std::vector<Source const*> Site::sources_of(FaqEntry const& entry, Language language) const
{
    std::vector<Source const*> out;
    auto const add = [&](std::string_view id) {
        if (auto const* one = source(id); one && std::ranges::find(out, one) == out.end())
            out.push_back(one);
    };
    add(entry.source);
    auto const written = std::ranges::find(knowledge_->faq, entry.id, &FaqEntry::id);
    if (written == knowledge_->faq.end())
        return out;
    for (auto const id : knowledge::facts_named_in(written->answer.in(language)))
        if (auto const fact = std::ranges::find(knowledge_->facts, id, &Fact::id); fact != knowledge_->facts.end())
            add(fact->source);
    return out;
}

std::span<Fact const* const> Site::facts_of(Entity const& entity) const
{
    auto const found = facts_.find(entity.id);
    return found == facts_.end() ? std::span<Fact const* const>() : std::span<Fact const* const>(found->second);
}

std::vector<Theme> Site::themes_of(Entity const& entity) const
{
    std::vector<Theme> themes;
    for (auto const id : theme_ids()) {
        Theme theme{id, {}};
        for (auto const* fact : facts_of(entity))
            if (theme_of(fact->property) == id)
                theme.facts.push_back(fact);
        std::ranges::stable_sort(theme.facts, {}, [](Fact const* fact) { return rank_in_theme(fact->property); });
        if (!theme.facts.empty())
            themes.push_back(std::move(theme));
    }
    return themes;
}

Relations Site::relations_of(Entity const& about) const
{
    Relations found;
    found.parent = entity(about.parent);
    for (auto const& one : knowledge_->entities)
        if (one.parent == about.id)
            found.children.push_back(&one);
    auto const add = [&](Entity const* one) {
        bool const known = !one || one == &about || one == found.parent || std::ranges::find(found.children, one) != found.children.end() ||
                           std::ranges::find(found.others, one) != found.others.end();
        if (!known)
            found.others.push_back(one);
    };
    for (auto const& fact : knowledge_->facts) {
        if (!knowledge::names_entities(fact.property) && fact.property != "partner")
            continue;
        for (auto const item : knowledge::split_list(fact.value))
            if (fact.entity == about.id)
                add(entity(item));
            else if (item == about.id)
                add(entity(fact.entity));
    }
    return found;
}

Topic const* Site::topic(std::string_view id) const
{
    auto const found = std::ranges::find(topics_, id, &Topic::id);
    return found == topics_.end() ? nullptr : &*found;
}

Topic const* Site::topic_of(Entity const& about) const
{
    for (auto const& topic : topics_)
        if (std::ranges::find(topic.entities, &about) != topic.entities.end())
            return &topic;
    return nullptr;
}

std::vector<Entry> const& Site::questions_on(Entity const& about, Language language) const
{
    static std::vector<Entry> const none;
    auto const& all = questions_[index(language)];
    auto const found = all.find(about.id);
    return found == all.end() ? none : found->second;
}

std::vector<Entry> const& Site::frequent(Language language) const
{
    return frequent_[index(language)];
}

std::vector<Entry> const& Site::about(Language language) const
{
    return about_[index(language)];
}

std::vector<Entry const*> Site::search(std::string_view typed, Language language, std::size_t most) const
{
    auto const folded = text::fold(typed);
    auto const words = words_of(folded);
    std::vector<Entry const*> in_question;
    std::vector<Entry const*> in_answer;
    if (words.empty())
        return in_question;
    auto const look = [&](Entry const& entry) {
        auto const asks = [&](auto word) { return begins_a_word(entry.title_words, word); };
        if (std::ranges::all_of(words, asks))
            in_question.push_back(&entry);
        else if (std::ranges::all_of(words, [&](auto word) { return asks(word) || begins_a_word(entry.answer_words, word); }))
            in_answer.push_back(&entry);
    };
    for (auto const* entries : {&frequent(language), &about(language)})
        std::ranges::for_each(*entries, look);
    for (auto const& one : knowledge_->entities)
        for (auto const& entry : questions_on(one, language))
            look(entry);
    in_question.insert(in_question.end(), in_answer.begin(), in_answer.end());
    in_question.resize(std::min(in_question.size(), most));
    return in_question;
}

bool Site::is_past(std::string_view valid_to) const
{
    return is_over(valid_to, today_);
}

std::string const& Site::short_name(Entity const& entity, Language language)
{
    return entity.acronym.empty() ? entity.name.in(language) : entity.acronym;
}

}  // namespace immunobot::pages
