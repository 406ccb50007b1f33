#include "staff/pairs.hpp"

#include "base/date.hpp"
#include "knowledge/table.hpp"
#include "staff/tidy.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace immunobot::staff {
namespace {

using knowledge::Column;
using knowledge::Sheet;

constexpr std::array all_pair_columns = {Column{pair_columns[0], true}, Column{pair_columns[1], true}, Column{pair_columns[2], true}, Column{pair_columns[3], true}};
constexpr knowledge::SheetForm pair_form{"pairs", all_pair_columns};
constexpr knowledge::CsvLimits pair_limits{knowledge::largest_sheet, 64 * 1024, most_pairs, 200};

// Two questions are one if they differ in letters' case, accents and punctuation alone.
std::string wording_key(std::string_view question)
{
    std::string out;
    for (char const c : text::fold(question)) {
        bool const is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (is_letter)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

// Who has a question already.
struct Owner {
    std::string id;              // empty: a row of the sheet
    std::size_t line = 0;        // of that
    LocalText answer = {};       // both empty: a fact, whose sentences nobody would write into a sheet
};

class Owners {
public:
    void add(knowledge::FaqEntry const& entry)
    {
        for (auto const* questions : {&entry.questions_fr, &entry.questions_en})
            for (auto const& question : *questions)
                by_key_.try_emplace(wording_key(question), Owner{entry.id, 0, entry.answer});
    }
    void add(knowledge::Asking const& asking)
    {
        for (auto const* questions : {&asking.questions_fr, &asking.questions_en})
            for (auto const& question : *questions)
                by_key_.try_emplace(wording_key(question), Owner{asking.id});
    }
    void add(Pair const& pair)
    {
        for (auto const* question : {&pair.question.fr, &pair.question.en})
            if (!question->empty())
                by_key_.try_emplace(wording_key(*question), Owner{{}, pair.line, pair.answer});
    }
    Owner const* of(std::string const& question) const
    {
        auto const found = by_key_.find(wording_key(question));
        return found == by_key_.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, Owner> by_key_;
};

// Whether what the row says is what is there, as far as it says something.
bool says_the_same(Pair const& pair, Owner const& owner)
{
    return (pair.answer.fr.empty() || pair.answer.fr == owner.answer.fr) && (pair.answer.en.empty() || pair.answer.en == owner.answer.en);
}

// Puts the row where it belongs, by who has its questions; of several it meets, one whose answer is another.
void judge(PairsLook& out, Owners const& owners, Pair const& pair)
{
    std::optional<PairMeeting> met;
    bool is_there = true;
    for (auto const* question : {&pair.question.fr, &pair.question.en}) {
        if (question->empty())
            continue;
        auto const* const owner = owners.of(*question);
        bool const same = owner && says_the_same(pair, *owner);
        if (owner && (!met || !same))
            met = PairMeeting{pair.line, *question, owner->id, owner->line};
        is_there = is_there && same;
    }
    if (!met)
        out.fresh.push_back(pair);
    else
        (is_there ? out.doubled : out.conflicts).push_back(std::move(*met));
}

knowledge::Answer answer_of(Pair const& pair)
{
    knowledge::Answer out;
    if (!pair.question.fr.empty())
        out.entry.questions_fr = {pair.question.fr};
    if (!pair.question.en.empty())
        out.entry.questions_en = {pair.question.en};
    out.entry.answer = pair.answer;
    return out;
}

// Without a question or without an answer a row is no pair.
std::vector<PairFault> faults_of(Pair const& pair)
{
    std::vector<PairFault> out;
    if (pair.question.fr.empty() && pair.question.en.empty())
        out.push_back({pair.line, "question_fr", {}, "fault.empty"});
    if (pair.answer.fr.empty() && pair.answer.en.empty())
        out.push_back({pair.line, "answer_fr", {}, "fault.empty"});
    for (auto const& fault : Answers::unstorable(answer_of(pair))) {
        auto const language = fault.field.ends_with("_fr") ? Language::fr : Language::en;
        bool const of_question = fault.field.starts_with("question");
        out.push_back({pair.line, std::string(of_question ? "question_" : "answer_") + std::string(code(language)), (of_question ? pair.question : pair.answer).in(language), fault.what});
    }
    return out;
}

Pair pair_at(Sheet const& sheet, knowledge::CsvRow const& row)
{
    auto const cell = [&](std::size_t column) { return tidy_pasted(sheet.text(row, column)); };
    return {row.line, {cell(2), cell(0)}, {cell(3), cell(1)}};
}

Result<Owners> owners_of(Store& store, Answers& answers)
{
    auto const all = answers.knowledge();
    if (!all)
        return all.error();
    return store.with([&](auto& opened) -> Result<Owners> {
        auto const hidden = opened.staff_answers();
        if (!hidden)
            return hidden.error();
        auto const drafts = opened.drafts();
        if (!drafts)
            return drafts.error();
        Owners out;
        for (auto const& entry : all->faq)
            out.add(entry);
        for (auto const& asking : all->askings)
            out.add(asking);
        for (auto const& one : *hidden)
            out.add(one.answer.entry);
        for (auto const& draft : *drafts)
            out.add(draft.answer.entry);
        return out;
    });
}

}  // namespace

Result<PairsLook> Pairs::look(std::string bytes)
{
    PairsLook out;
    Diagnostics found;
    auto const sheet = Sheet::parse("pairs", std::move(bytes), pair_form, pair_limits, found);
    for (auto& one : found)
        if (one.severity == Severity::error) {
            auto fault = fault_at(sheet, std::move(one));
            out.faults.push_back({fault.what.line, std::move(fault.column), std::move(fault.value), "rule." + fault.what.code});
        }
    if (!out.faults.empty())
        return out;
    auto owners = owners_of(store_, answers_);
    if (!owners)
        return owners.error();
    for (auto const& row : sheet.rows()) {
        auto const pair = pair_at(sheet, row);
        if (auto faults = faults_of(pair); !faults.empty())
            out.faults.insert(out.faults.end(), faults.begin(), faults.end());
        else
            judge(out, *owners, pair);
        owners->add(pair);
    }
    return out;
}

Result<std::vector<knowledge::Draft>> Pairs::drafts_of(Person const& by, std::vector<Pair> const& pairs)
{
    std::vector<knowledge::Draft> out;
    for (auto const& pair : pairs) {
        auto const id = answers_.new_id();
        if (!id)
            return id.error();
        knowledge::Draft draft;
        draft.answer = answer_of(pair);
        draft.answer.entry.id = *id;
        draft.author = by.email;
        draft.saved_at = seconds_now();
        out.push_back(std::move(draft));
    }
    return out;
}

Result<std::int64_t> Pairs::make(Person const& by, std::string bytes)
{
    auto const seen = look(std::move(bytes));
    if (!seen)
        return seen.error();
    if (!seen->is_sound() || seen->fresh.empty())
        return Error{Errc::bad_request, "there is nothing to be made of this sheet, or something is wrong with it"};
    auto const drafts = drafts_of(by, seen->fresh);
    if (!drafts)
        return drafts.error();
    knowledge::Decided decision;
    decision.what = "draft.import";
    decision.target = std::to_string(drafts->size());
    knowledge::Act act{by.email, by.origin, decision.what, decision.target};
    for (auto const& draft : *drafts) {
        act.after += (act.after.empty() ? "" : "\n") + draft.answer.entry.id;
        decision.imported.push_back({draft.answer.entry.id, 1});
    }
    if (auto const saved = store_.with([&](auto& store) { return store.save_new(*drafts, act); }); !saved)
        return saved.error();
    return undo_.keep(by, std::move(decision));
}

}  // namespace immunobot::staff
