#include "assistant/readings.hpp"

#include "assistant/besides.hpp"

#include <algorithm>
#include <span>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr ClassBits wishes_taken_over = asks_when | asks_where | asks_who | asks_how_many | asks_why | money | list_all;
constexpr std::size_t most_focus = 3;

// Of an ordinal among so many; past the end for what is none.
std::size_t place_of(ClassBits ordinal, std::size_t size)
{
    auto const order = static_cast<std::size_t>(order_of(ordinal));
    return ordinal == ordinal_last ? size - 1 : order > 0 ? order - 1 : size;
}

ClassBits all_classes(Analysis const& analysis)
{
    ClassBits bits = 0;
    for (auto const& word : analysis.words)
        bits |= own_classes(word, analysis.language);
    return bits;
}

EntityCard const* find_card(Snapshot const& snapshot, std::string_view id)
{
    auto const at = std::ranges::find(snapshot.entities, id, &EntityCard::id);
    return at == snapshot.entities.end() ? nullptr : &*at;
}

std::string_view without_end(std::string_view text)
{
    auto const last = text.find_last_not_of(" \t\n\r?!.,;:");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string with_name(std::string_view text, std::string_view name, bool asks)
{
    return std::string(without_end(text)) + ' ' + std::string(name) + (asks ? " ?" : "");
}

// The words of `text` from the first name to the last.
std::string_view names_in(std::string_view text, Analysis const& analysis)
{
    if (analysis.links.empty())
        return {};
    auto const& first = analysis.links.front();
    auto const& last = analysis.links.back();
    auto const begin = analysis.tokens.list[first.first].begin;
    auto const end = analysis.tokens.list[last.first + last.count - 1u].end;
    return end <= text.size() ? text.substr(begin, end - begin) : std::string_view();
}

class Reader {
public:
    Reader(Snapshot const& snapshot, std::string_view text, Analysis const& analysis, Conversation const& conversation, Analysis const& before)
        : snapshot_(snapshot), text_(text), analysis_(analysis), conversation_(conversation), before_(before)
    {
        named_ = std::ranges::any_of(analysis.links, [&](Link const& link) { return link.entity != snapshot.home; });
        auto const picks = [&](Slot const& slot) {
            return std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) { return word.folded == slot.text && (own_classes(word, analysis.language) & (any_ordinal | list_all)) != 0; });
        };
        bool const heavy = std::ranges::any_of(analysis.slots, [&](Slot const& s) { return s.kind == Slot::Kind::word && s.counts && s.weight > 1 && !picks(s); });
        // "The last one on the list" asks for no list.
        ClassBits const asked = says(analysis, any_ordinal) ? wishes_taken_over & ~ClassBits{list_all} : wishes_taken_over;
        wishes_ = heavy || analysis.open || (analysis.asks & asked) != 0;
        bool const speaks = std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) {
            return is_content(word) && (own_classes(word, analysis.language) & (any_ordinal | light)) == 0;
        });
        // "since when?" asks nothing but a date, of what was just told.
        bool const only_date = !speaks && (analysis.asks & asks_when) != 0;
        heavy_ = heavy && !only_date;
    }

    std::vector<Reading> read()
    {
        if (conversation_.begins()) {
            as_it_stands(1);
            leave_out(without_introduction(snapshot_, analysis_, true), "without its introduction");
            leave_out(without_afterword(snapshot_, analysis_), "without what is said besides");
            return std::move(out_);
        }
        if (listed())
            return std::move(out_);
        if (named_)
            with_own_name();
        else
            without_name();
        leave_out(without_introduction(snapshot_, analysis_, conversation_.focus.empty()), "without its introduction");
        return std::move(out_);
    }

private:
    void add(ReadingKind kind, std::string text, float prior, std::string note, std::uint8_t place = 0)
    {
        bool const joined = kind == ReadingKind::together;
        bool const last = kind == ReadingKind::introduction;
        // Of what was introduced a name alone is no question: "do you take students? I am at the Foo Institute".
        bool const whole = !last && (wishes_ || kind == ReadingKind::plain || joined || kind == ReadingKind::question_word);
        bool const more = joined && !heavy_ && !named_;
        bool const leans = analysis_.points_back || analysis_.follows_on;
        bool const own = kind <= ReadingKind::listed;
        out_.push_back({std::move(text), prior, kind, place, std::move(note), whole, joined || (!leans && !own), last, more});
    }
    void leave_out(std::optional<OwnPart> const& own, std::string note)
    {
        if (!own)
            return;
        add(ReadingKind::introduction, std::string(text_.substr(own->begin, own->end - own->begin)), 0.8f, std::move(note));
        out_.back().whole = own->whole;
        out_.back().rest = own->rest;
    }
    void as_it_stands(float prior) { add(ReadingKind::plain, std::string(text_), prior, {}); }

    // "the second one", "le troisième": of what the last answer listed.
    bool listed()
    {
        auto const& list = conversation_.listed;
        if (named_)
            return false;
        if (list.empty()) {
            if (other_ordinal())
                return true;
            of_what_was_asked_for();
            return false;
        }
        for (auto const& word : analysis_.words) {
            auto const bits = own_classes(word, analysis_.language) & any_ordinal;
            std::size_t const at = place_of(bits, list.size());
            auto const* card = at < list.size() ? find_card(snapshot_, list[at]) : nullptr;
            if (card == nullptr || !stands_alone(word, *card))
                continue;
            auto const& name = card->name.in(analysis_.language);
            if (wishes_) {
                auto const begin = analysis_.tokens.list[word.token].begin;
                std::string text(text_);
                text.replace(begin, end_of_ordinal(word.token) - begin, name);
                add(ReadingKind::listed, std::move(text), 1, "of the list before: " + card->id);
            } else {
                other_name(1, name, card->kind);  // "and the first?"
                out_.push_back({name, 0.4f, ReadingKind::listed, 0, "of the list before: " + card->id});  // if that is no question: what it is
            }
            return true;
        }
        return false;
    }

    static bool in_digits(AnalysedWord const& word) { return word.folded[0] >= '0' && word.folded[0] <= '9'; }

    // "Who was the first director of it?" - "and the third?", "what is phase 2?" - "and 3?": of nothing else.
    bool other_ordinal()
    {
        auto const place_in = [](Analysis const& of) { return std::ranges::find_if(of.words, [&](AnalysedWord const& word) { return place_of_word(word.folded, own_classes(word, of.language)) > 0; }); };
        auto const ours = place_in(analysis_);
        auto const theirs = place_in(before_);
        if (wishes_ || ours == analysis_.words.end() || theirs == before_.words.end() || in_digits(*ours) != in_digits(*theirs))
            return false;
        auto const& place = before_.tokens.list[theirs->token];
        auto asked = conversation_.asked;
        if (place.end > asked.size())
            return false;
        asked.replace(place.begin, place.end - place.begin, ours->folded);
        add(ReadingKind::named, std::move(asked), 1.1f, "the question before, of another place in the order");
        return true;
    }

    // "the first one", of what has no names of its own: "the first axis".
    void of_what_was_asked_for()
    {
        std::string asked_for = before_.head;
        for (auto const& word : before_.words)
            if (before_.head.empty() && is_content(word))
                asked_for = word.folded;
        for (auto const& word : analysis_.words) {
            std::size_t const next = word.token + 1u;
            bool const alone = next >= analysis_.words.size() || !is_content(analysis_.words[next]);
            if (asked_for.empty() || !alone || (own_classes(word, analysis_.language) & any_ordinal) == 0)
                continue;
            add(ReadingKind::listed, std::string(without_end(text_)) + ' ' + asked_for, 1, "of what was asked for before");
            return;
        }
    }

    // Of "last", of "last one".
    std::size_t end_of_ordinal(std::size_t token) const
    {
        bool const one = token + 1 < analysis_.words.size() && (analysis_.words[token + 1].folded == "one" || analysis_.words[token + 1].folded == "ones");
        return analysis_.tokens.list[token + (one ? 1 : 0)].end;
    }

    // "the last", "the last one", "the last company", but not "the last director", which is asked of something else.
    bool stands_alone(AnalysedWord const& ordinal, EntityCard const& card) const
    {
        std::size_t const next = ordinal.token + 1u;
        if (next >= analysis_.words.size() || analysis_.tokens.list[next].after_comma)
            return true;
        auto const& word = analysis_.words[next];
        if (!is_content(word))
            return true;
        // Whether the word means what the item is: "company", "société".
        std::string_view kind = card.kind;
        for (bool more = true; more;) {
            auto const end = kind.find('_');
            auto const* known = snapshot_.vocabulary.find(kind.substr(0, end));
            if (known != nullptr && std::ranges::any_of(known->concepts, [&](ConceptId id) { return std::ranges::find(word.word.concepts, id) != word.word.concepts.end(); }))
                return true;
            more = end != std::string_view::npos;
            kind.remove_prefix(more ? end + 1 : 0);
        }
        return false;
    }

    // "and the CNRS?": another name, the wish of before. "Who leads the CNRS?" needs nothing of before.
    void with_own_name()
    {
        bool const opens = analysis_.follows_on;
        if (!conversation_.asked.empty() && (!wishes_ || opens))
            other_name(wishes_ ? 0.7f : 1.1f, names_in(text_, analysis_), snapshot_.entities[analysis_.links.front().entity].kind);
        if (!wishes_ && !analysis_.corrects)
            together(0.9f);
        as_it_stands(wishes_ ? 1.0f : opens ? 0.35f : 0.6f);
        if (analysis_.points_back && wishes_)
            remembered(0.6f);
    }

    void without_name()
    {
        bool const leans = analysis_.points_back || analysis_.follows_on;
        bool const own_home = analysis_.names_home && !leans;
        // "since when?" is about what was said; "and where?" rather about whom it was said of.
        bool const where = (analysis_.asks & asks_where) != 0;
        if (asks_which_ones(analysis_) && !conversation_.asked.empty())
            return together(1);
        if (wishes_) {
            if (!own_home)
                remembered(!heavy_ && !where ? 0.8f : leans ? 1.15f : 1.0f);
            as_it_stands(own_home ? 1.1f : leans ? 0.4f : 0.95f);
            if (!heavy_)
                with_other_question_word(where ? 1.0f : 2.1f);
            together(heavy_ ? (leans ? 0.9f : 0.75f) : where ? 1.0f : 2.0f);
        } else {
            together(1.2f);
            if (only_numbers() && !conversation_.asked.empty())
                return;   // "in 2018?" asks nothing by itself
            remembered(0.5f);
            as_it_stands(0.7f);
        }
    }

    bool only_numbers() const
    {
        return !analysis_.numbers.empty() && std::ranges::none_of(analysis_.words, [](AnalysedWord const& word) { return is_content(word) || word.role == Role::home; });
    }

    // What was asked before, of another body.
    void other_name(float prior, std::string_view name, std::string_view kind)
    {
        std::string asked = conversation_.asked;
        Link const* replaced = nullptr;
        for (auto const& link : before_.links) {
            bool const same_kind = snapshot_.entities[link.entity].kind == kind;
            if (replaced == nullptr || (same_kind && snapshot_.entities[replaced->entity].kind != kind))
                replaced = &link;
        }
        if (replaced != nullptr) {
            auto const begin = before_.tokens.list[replaced->first].begin;
            auto const end = before_.tokens.list[replaced->first + replaced->count - 1u].end;
            if (end <= asked.size())
                asked.replace(begin, end - begin, name);
        } else {
            asked = with_name(asked, name, true);
        }
        add(ReadingKind::named, std::move(asked), prior, "the wish of before, of another");
    }

    // The message, of what was spoken of: "he" of a person, "it" of a body.
    void remembered(float prior)
    {
        auto focus = conversation_.focus;
        auto const bits = all_classes(analysis_);
        auto const is_person = [&](std::string const& id) {
            auto const* card = find_card(snapshot_, id);
            return card != nullptr && card->kind == "person";
        };
        if ((bits & person_pronoun) != 0 && std::ranges::any_of(focus, is_person))
            std::erase_if(focus, [&](std::string const& id) { return !is_person(id); });
        else if ((bits & thing_pronoun) != 0)
            std::ranges::stable_partition(focus, [&](std::string const& id) { return !is_person(id); });
        for (std::uint8_t i = 0; i < focus.size() && i < most_focus; ++i, prior *= 0.85f)
            if (auto const* card = find_card(snapshot_, focus[i]))
                add(ReadingKind::remembered, with_name(text_, card->name.in(analysis_.language), analysis_.tokens.question_mark), prior, "of what was spoken of: " + card->id, i);
    }

    // The message as the end of what was asked before: "in which year?", "lesquels ?".
    void together(float prior)
    {
        if (conversation_.asked.empty())
            return;
        // A question mark alone makes no question for yes or no of "its number of employees, and in 2012?".
        auto const more = before_.yes_no || analysis_.yes_no ? text_ : without_end(text_);
        add(ReadingKind::together, std::string(without_end(conversation_.asked)) + ' ' + std::string(more), prior, "together with the question before");
    }

    // "Who founded it?", "and when?": the other question word before what was asked.
    void with_other_question_word(float prior)
    {
        constexpr ClassBits words = asks_when | asks_where | asks_who | asks_why;
        if (before_.words.empty() || conversation_.asked.empty() || (analysis_.asks & words) == 0 || (own_classes(before_.words[0], before_.language) & leading_question_words) == 0)
            return;
        std::size_t rest = 1;
        while (rest < before_.words.size() && (own_classes(before_.words[rest], before_.language) & leading_question_words) != 0)
            ++rest;
        if (rest < before_.words.size() && before_.tokens.list[rest].begin < conversation_.asked.size())
            add(ReadingKind::question_word, std::string(without_end(text_)) + ' ' + conversation_.asked.substr(before_.tokens.list[rest].begin), prior,
                "the question before, with another question word");
    }

    Snapshot const& snapshot_;
    std::string_view text_;
    Analysis const& analysis_;
    Conversation const& conversation_;
    Analysis const& before_;
    bool named_ = false;
    bool wishes_ = false;
    bool heavy_ = false;
    std::vector<Reading> out_;
};

}  // namespace

std::vector<Reading> readings(Snapshot const& snapshot, std::string_view text, Analysis const& analysis, Conversation const& conversation,
                              Analysis const& before)
{
    return Reader(snapshot, text, analysis, conversation, before).read();
}

}  // namespace immunobot::assistant
