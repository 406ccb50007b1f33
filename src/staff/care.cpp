// What ends, what is to be looked at again, and who sees to it.
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/fragments.hpp"
#include "staff/answers.hpp"
#include "text/marked.hpp"

#include <algorithm>
#include <map>

namespace immunobot::staff {
namespace {

constexpr std::int64_t most_months = 60;

Date after_months(Date day, std::int64_t months)
{
    auto const all = day.year * 12 + day.month - 1 + static_cast<int>(months);
    auto const last = last_day(Date{all / 12, all % 12 + 1, 0});
    return {last.year, last.month, std::min(day.day, last.day)};
}

// Gathers what is due until `soon`.
class Gatherer {
public:
    Gatherer(std::vector<knowledge::Care> const& cares, Date const& today) : soon_(after_months(today, 1))
    {
        for (auto const& care : cares)
            cares_[care.row] = &care;
    }

    void ends(std::string const& day, Answers::Due due)
    {
        due.ends = true;
        add(day, std::move(due));
    }

    // By the day that stands in the text, or by the months of who looks after it: whichever comes first.
    void review(std::string const& day, Answers::Due due)
    {
        auto const found = cares_.find(due.id);
        auto const again = found == cares_.end() ? std::string() : next_look(*found->second);
        due.of_care = !again.empty() && (day.empty() || again < day);
        add(due.of_care ? again : day, std::move(due));
    }

    std::vector<Answers::Due> take(std::size_t limit)
    {
        std::ranges::stable_sort(all_, {}, &Answers::Due::day);
        all_.resize(std::min(all_.size(), limit));
        return std::move(all_);
    }

private:
    void add(std::string const& day, Answers::Due due)
    {
        auto const date = parse_date(day);
        if (!date || last_day(*date) > soon_)
            return;
        if (auto const found = cares_.find(due.id); found != cares_.end()) {
            due.owner = found->second->owner;
            due.months = found->second->months;
        }
        due.day = day;
        all_.push_back(std::move(due));
    }

    Date soon_;
    std::map<std::string_view, knowledge::Care const*> cares_;
    std::vector<Answers::Due> all_;
};

Answers::Due due_of(std::string const& id, LocalText const& text, bool is_fact, bool is_staff_only)
{
    Answers::Due due;
    due.id = id;
    due.text = text;
    due.is_fact = is_fact;
    due.is_staff_only = is_staff_only;
    return due;
}

}  // namespace

std::string next_look(knowledge::Care const& care)
{
    auto const last = parse_date(care.looked_at);
    return last && care.months > 0 ? to_string(after_months(last_day(*last), care.months)) : std::string();
}

Result<std::vector<Answers::Due>> Answers::due(std::size_t limit)
{
    auto const all = knowledge();
    if (!all)
        return all.error();
    auto const cares = store_.with([](auto& store) { return store.cares(); });
    if (!cares)
        return cares.error();
    auto const hidden = store_.with([](auto& store) { return store.staff_answers(); });
    if (!hidden)
        return hidden.error();
    auto const today = today_here();
    Gatherer gatherer(*cares, today);
    for (auto const& fact : all->facts) {
        // That it is over is said with it; that it will be is for the staff to know.
        bool const over = is_over(fact.valid_to, today);
        if (!over || !fact.review_by.empty())
            gatherer.review(fact.review_by, due_of(fact.id, fact.text, true, false));
        if (!over)
            gatherer.ends(fact.valid_to, due_of(fact.id, fact.text, true, false));
    }
    knowledge::FactsById const fact_of(all->facts);
    auto const look = [&](knowledge::FaqEntry const& entry, bool is_staff_only) {
        auto const said = text::without_marks(knowledge::with_facts(entry.answer, fact_of));
        gatherer.ends(entry.valid_to, due_of(entry.id, said, false, is_staff_only));
        gatherer.review(entry.review_by, due_of(entry.id, said, false, is_staff_only));
    };
    for (auto const& entry : all->faq)
        look(entry, false);
    for (auto const& one : *hidden)
        look(one.answer.entry, true);
    return gatherer.take(limit);
}

Result<> Answers::is_there(std::string_view row)
{
    auto const found = store_.with([&](auto& store) { return store.published(row); });
    if (!found)
        return found.error();
    return *found ? Result<>() : Error{Errc::not_found, "there is no answer " + std::string(row)};
}

Result<> Answers::take_care(Person const& by, std::string_view row, std::string_view owner, std::int64_t months)
{
    if (months < 0 || months > most_months)
        return Error{Errc::bad_request, "it is looked at every 1 to 60 months, or not at all"};
    if (auto there = is_there(row); !there)
        return there;
    return store_.with([&](auto& store) -> Result<> {
        auto const before = store.care(row);
        if (!before)
            return before.error();
        auto const account = store.account(owner);
        if (!account)
            return account.error();
        bool const stays = *before && (*before)->owner == owner;   // whoever has left may stay named until somebody follows
        if (!owner.empty() && !stays && (!*account || (*account)->disabled))
            return Error{Errc::not_found, "there is no such colleague"};
        auto const shown = [](knowledge::Care const& care) { return care.owner + ", " + std::to_string(care.months); };
        knowledge::Care const care{std::string(row), std::string(owner), months, to_string(today_here())};
        return store.set_care(care, {by.email, by.origin, "answer.care", care.row, *before ? shown(**before) : std::string(), shown(care)});
    });
}

Result<> Answers::look_at(Person const& by, std::string_view row)
{
    if (auto there = is_there(row); !there)
        return there;
    auto const today = to_string(today_here());
    return store_.with([&](auto& store) { return store.note_looked_at(row, today, {by.email, by.origin, "answer.look-at", std::string(row), {}, today}); });
}

}  // namespace immunobot::staff
