#include "staff/search.hpp"

#include "assistant/snapshot.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/fragments.hpp"
#include "staff/answers.hpp"
#include "text/fold.hpp"
#include "text/marked.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::staff {
namespace {

std::string first_of(std::vector<std::string> const& questions)
{
    return questions.empty() ? std::string() : questions[0];
}

Found found_in(knowledge::FaqEntry const& entry, knowledge::Source const& source, Found::Kind kind)
{
    return {kind, entry.id, {first_of(entry.questions_en), first_of(entry.questions_fr)}, text::without_marks(entry.answer), entry.answer, entry.entity, source, entry.valid_to, entry.review_by};
}

// What it says with its facts in it.
Result<Found> with_facts_of(knowledge::Reader& reader, Found found)
{
    std::vector<std::string_view> ids;
    for (auto const language : {Language::en, Language::fr})
        for (auto const id : knowledge::facts_named_in(found.written.in(language)))
            ids.push_back(id);
    if (ids.empty())
        return found;
    auto const rows = reader.facts(ids);
    if (!rows)
        return rows.error();
    found.written = knowledge::with_facts(found.written, [&](std::string_view id) -> knowledge::Fact const* {
        auto const row = std::ranges::find(*rows, id, [](auto const& one) -> std::string const& { return one.fact.id; });
        return row == rows->end() ? nullptr : &row->fact;
    });
    found.answer = text::without_marks(found.written);
    return found;
}

// Every word of `words` begins a word of the answer or its questions.
bool speaks_of(knowledge::FaqEntry const& entry, std::vector<std::string> const& words)
{
    std::string all = ' ' + text::fold(entry.answer.fr) + ' ' + text::fold(entry.answer.en);
    for (auto const* questions : {&entry.questions_en, &entry.questions_fr})
        for (auto const& question : *questions)
            all += ' ' + text::fold(question);
    std::ranges::replace_if(all, [](char c) { return static_cast<unsigned char>(c) < 0x80 && !std::isalnum(static_cast<unsigned char>(c)); }, ' ');
    return std::ranges::all_of(words, [&](auto const& word) { return all.find(' ' + word) != std::string::npos; });
}

std::vector<std::string> words_in(std::string_view text)
{
    std::vector<std::string> words;
    auto folded = text::fold(text);
    std::ranges::replace_if(folded, [](char c) { return static_cast<unsigned char>(c) < 0x80 && !std::isalnum(static_cast<unsigned char>(c)); }, ' ');
    for (std::size_t at = 0; at < folded.size();) {
        auto const end = std::min(folded.find(' ', at), folded.size());
        if (end - at >= 2)
            words.push_back(folded.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

// A word that is known has more to it than its letters: a name, a stem of the knowledge, a meaning.
bool knows_any(std::vector<assistant::Trait> const& traits)
{
    return std::ranges::any_of(traits, [](auto const& trait) { return trait.marks.size() > 1; });
}

void add(std::vector<std::string>& ids, std::string const& id)
{
    if (std::ranges::find(ids, id) == ids.end())
        ids.push_back(id);
}

}  // namespace

Search::Eyes::Eyes(std::shared_ptr<assistant::Snapshot const> snapshot) : rehearsal(std::move(snapshot))
{
    auto const& facts = rehearsal.snapshot().index.facts();
    numbers.reserve(facts.size());
    for (assistant::FactIndexId number = 0; number < facts.size(); ++number)
        numbers.emplace(facts[number].id, number);
}

Search::Eyes& Search::eyes()
{
    auto snapshot = bot_.snapshot();
    if (!eyes_ || &eyes_->rehearsal.snapshot() != snapshot.get())
        eyes_.emplace(std::move(snapshot));
    return *eyes_;
}

Result<void> Search::add_staff_answers(std::string_view words, std::vector<Found>& out)
{
    auto const wanted = words_in(words);
    if (wanted.empty())
        return {};
    auto const all = store_.with([](auto& store) { return store.staff_answers(); });
    if (!all)
        return all.error();
    for (auto const& one : *all)
        if (speaks_of(one.answer.entry, wanted)) {
            std::lock_guard const lock(mutex_);
            auto found = with_facts_of(reader_, found_in(one.answer.entry, {}, Found::Kind::staff));
            if (!found)
                return found.error();
            out.push_back(std::move(*found));
        }
    return {};
}

Result<std::vector<Found>> Search::find(std::string_view typed, std::size_t limit)
{
    auto const words = text::prefix(typed, assistant::longest_question);
    std::vector<Found> out;
    if (auto added = add_staff_answers(words, out); !added)
        return added.error();
    std::vector<std::string> ids;
    {
        std::lock_guard const lock(mutex_);
        auto const hits = reader_.search(words, limit);
        if (!hits)
            return hits.error();
        auto [told, near] = eyes().rehearsal.look(words, limit);
        // Where no word is known, all are as near as any.
        if (!knows_any(eyes().rehearsal.traits(words)))
            near.clear();
        // What visitors would be told comes first, then what both ways find, then the rest in turns.
        for (auto const& id : told.facts)
            add(ids, id);
        auto const is_hit = [&](std::string const& id) { return std::ranges::find(*hits, id, &knowledge::Reader::Hit::id) != hits->end(); };
        for (auto const& id : near)
            if (is_hit(id))
                add(ids, id);
        for (std::size_t i = 0; i < std::max(near.size(), hits->size()); ++i) {
            if (i < hits->size())
                add(ids, (*hits)[i].id);
            if (i < near.size())
                add(ids, near[i]);
        }
    }
    ids.resize(std::min(ids.size(), limit));
    auto rest = read(ids);
    if (!rest)
        return rest;
    std::ranges::move(*rest, std::back_inserter(out));
    out.resize(std::min(out.size(), limit));
    return out;
}

Result<std::optional<Found>> Search::read_one(std::string_view id)
{
    if (!is_of_fact(id)) {
        auto const entry = reader_.faq(id);
        if (!entry)
            return entry.error();
        if (!*entry)
            return std::nullopt;
        auto found = with_facts_of(reader_, found_in((*entry)->entry, (*entry)->source, Found::Kind::faq));
        return found ? Result<std::optional<Found>>(std::move(*found)) : found.error();
    }
    auto const rows = reader_.facts({id});
    if (!rows)
        return rows.error();
    if (rows->empty())
        return std::nullopt;
    auto const& row = rows->front();
    Found out{Found::Kind::fact, row.fact.id, {}, row.fact.text, {}, row.fact.entity, row.source, row.fact.valid_to, row.fact.review_by};
    auto const& known = eyes();
    if (auto const number = known.numbers.find(id); number != known.numbers.end())
        out.question = known.rehearsal.snapshot().index.facts()[number->second].asking;
    return out;
}

Result<std::optional<Found>> Search::read_hidden(std::string_view id)
{
    auto const hidden = store_.with([&](auto& store) { return store.published(id); });
    if (!hidden)
        return hidden.error();
    if (!*hidden || !(*hidden)->answer.staff_only)
        return std::nullopt;
    std::lock_guard const lock(mutex_);
    auto found = with_facts_of(reader_, found_in((*hidden)->answer.entry, {}, Found::Kind::staff));
    return found ? Result<std::optional<Found>>(std::move(*found)) : found.error();
}

Result<std::vector<Found>> Search::read(std::vector<std::string> const& ids)
{
    std::vector<Found> out;
    for (auto const& id : ids) {
        auto found = one(id);
        if (!found)
            return found.error();
        if (*found)
            out.push_back(std::move(**found));
    }
    return out;
}

Result<std::optional<Found>> Search::one(std::string_view id)
{
    {
        std::lock_guard const lock(mutex_);
        auto found = read_one(id);
        if (!found || *found)
            return found;
    }
    return read_hidden(id);
}

assistant::Reply Search::ask(std::string_view question, std::optional<Language> language)
{
    std::lock_guard const lock(asking_);
    return worker_.answer({std::string(question), {}, language, true, "console"}, today_here());
}

}  // namespace immunobot::staff
