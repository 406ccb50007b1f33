#include "staff/queue.hpp"

#include "assistant/snapshot.hpp"
#include "base/date.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace immunobot::staff {
namespace {

using knowledge::Act;
using knowledge::Group;
using knowledge::GroupQuestion;

constexpr float same_question = 0.6f;      // likeness from which two questions are one
constexpr std::size_t at_a_time = 500;
constexpr std::size_t compared = 8;        // questions of a group that a new one is compared with
constexpr std::size_t shown = 100;
constexpr std::size_t most_moved = 10'000;
constexpr std::size_t longest_note = 1'000;

// Asked often counts, and lately: a day halves nothing, a week does.
double urgency(Group const& group, std::int64_t now)
{
    double const days = std::max<double>(0, static_cast<double>(now - group.seen_at)) / static_cast<double>(seconds_a_day);
    return static_cast<double>(std::max<std::int64_t>(group.count, 1)) * std::exp2(-days / 7);
}

bool stands(knowledge::FaqEntry const& entry, std::string const& question)
{
    auto const same = [&](std::string const& own) { return text::fold(own) == text::fold(question); };
    return std::ranges::any_of(entry.questions_en, same) || std::ranges::any_of(entry.questions_fr, same);
}

Error missing()
{
    return {Errc::not_found, "there is no such group of questions"};
}

}  // namespace

bool waits(Group const& group)
{
    return group.state == "new" || group.state == "taken";
}

Result<> Queue::learn_groups(knowledge::StaffStore& store)
{
    auto const snapshot = bot_.snapshot();
    if (read_by_ != snapshot) {
        read_by_ = snapshot;
        groups_.clear();
    }
    auto const all = store.groups();
    if (!all)
        return all.error();
    assistant::Rehearsal rehearsal(snapshot);
    std::erase_if(groups_, [&](auto const& one) { return std::ranges::find(*all, one.first, &Group::id) == all->end(); });
    for (auto const& group : *all) {
        if (groups_.contains(group.id))
            continue;
        auto const questions = store.questions_of(group.id, compared);
        if (!questions)
            return questions.error();
        auto& traits = groups_[group.id];
        traits.push_back(rehearsal.traits(group.question));
        for (auto const& question : *questions)
            traits.push_back(rehearsal.traits(question.text));
    }
    return {};
}

std::int64_t Queue::group_of(Traits const& traits) const
{
    std::int64_t best = 0;
    float most = same_question;
    for (auto const& [group, samples] : groups_)
        for (auto const& sample : samples)
            if (float const alike = assistant::likeness(traits, sample); alike >= most && (alike > most || best == 0)) {
                most = alike;
                best = group;
            }
    return best;
}

Result<> Queue::file_new()
{
    return store_.with([&](knowledge::StaffStore& store) -> Result<> {
        std::lock_guard const lock(mutex_);
        auto const fresh = store.new_questions(at_a_time);
        if (!fresh)
            return fresh.error();
        if (fresh->empty())
            return {};
        if (auto learned = learn_groups(store); !learned)
            return learned;
        assistant::Rehearsal rehearsal(read_by_);
        auto questions = *fresh;
        std::int64_t new_ones = 0;
        for (auto& question : questions) {
            auto traits = rehearsal.traits(question.text);
            question.grouping = group_of(traits);
            if (question.grouping == 0)
                question.grouping = -++new_ones;
            auto& samples = groups_[question.grouping];
            if (samples.size() < compared)
                samples.push_back(std::move(traits));
        }
        auto const filed = store.file(questions);
        for (std::int64_t number = 1; number <= new_ones; ++number) {
            auto const placed = groups_.extract(-number);
            if (filed)
                groups_[(*filed)[static_cast<std::size_t>(number - 1)]] = placed.mapped();
        }
        return filed ? Result<>() : filed.error();
    });
}

Result<std::vector<Group>> Queue::groups()
{
    if (auto filed = file_new(); !filed)
        return filed.error();
    auto all = store_.with([](auto& store) { return store.groups(); });
    if (!all)
        return all;
    auto const now = seconds_now();
    std::ranges::stable_sort(*all, [&](Group const& a, Group const& b) { return urgency(a, now) > urgency(b, now); });
    return all;
}

Result<Queue::View> Queue::view(std::int64_t id)
{
    auto out = store_.with([&](auto& store) -> Result<View> {
        auto all = store.groups();
        if (!all)
            return all.error();
        auto const found = std::ranges::find(*all, id, &Group::id);
        if (found == all->end())
            return missing();
        auto questions = store.questions_of(id, shown);
        if (!questions)
            return questions.error();
        return View{*found, std::move(*questions), {}};
    });
    if (out)
        out->nearest = assistant::Rehearsal(bot_.snapshot()).nearest(out->group.question, 5);
    return out;
}

Result<Queue::Done> Queue::change(std::int64_t id, std::int64_t version, Act const& act, void (*edit)(Group&, std::string_view), std::string_view with)
{
    return store_.with([&](auto& store) -> Result<Done> {
        auto all = store.groups();
        if (!all)
            return all.error();
        auto const found = std::ranges::find(*all, id, &Group::id);
        if (found == all->end())
            return missing();
        Group group = *found;
        if (version != 0)
            group.version = version;
        edit(group, with);
        if (group.state != found->state || group.answer != found->answer)
            group.decided_at = waits(group) ? 0 : seconds_now();
        auto const done = store.decide(group, act);
        return done ? Result<Done>(Done{std::move(*found), {}}) : done.error();
    });
}

Result<Queue::Done> Queue::decide(Person const& by, std::int64_t group, std::int64_t version, Decision decision, std::string_view note)
{
    Act act{by.email, by.origin, {}, std::to_string(group), {}, std::string(text::prefix(note, longest_note))};
    switch (decision) {
        case Decision::take:
            act.action = "question.take";
            return change(group, version, act, [](Group& one, std::string_view who) { one.state = "taken"; one.assigned = who; }, by.email);
        case Decision::ignore:
            act.action = "question.ignore";
            return change(group, version, act, [](Group& one, std::string_view why) { one.state = "ignored"; one.note = why; }, act.after);
        case Decision::answered:
            act.action = "question.answered";
            return change(group, version, act, [](Group& one, std::string_view answer) { one.state = "answered"; one.answer = answer; }, act.after);
        case Decision::reopen: break;
    }
    act.action = "question.reopen";
    return change(group, version, act, [](Group& one, std::string_view) { one.state = "new"; }, {});
}

Result<Queue::Done> Queue::assign(Person const& by, std::int64_t group, std::int64_t version, std::string_view email, std::string_view note)
{
    auto const account = store_.with([&](auto& store) { return store.account(email); });
    if (!account)
        return account.error();
    if (!*account || (*account)->disabled)
        return Error{Errc::not_found, "there is no such colleague"};
    std::string const words = std::string(email) + '\n' + std::string(text::prefix(note, longest_note));
    Act const act{by.email, by.origin, "question.assign", std::to_string(group), {}, words};
    return change(group, version, act,
                  [](Group& one, std::string_view both) {
                      one.state = "taken";
                      one.assigned = both.substr(0, both.find('\n'));
                      one.note = both.substr(both.find('\n') + 1);
                  },
                  words);
}

Result<> Queue::mark_answered(Person const& by, std::int64_t group, std::string_view answer)
{
    auto const done = decide(by, group, 0, Decision::answered, answer);
    return done ? Result<>() : done.error();
}

Result<> Queue::settle(Person const& by, std::string_view answer)
{
    auto const waiting = store_.with([&](auto& store) -> Result<std::vector<Group>> {
        auto const published = store.published(answer);
        if (!published)
            return published.error();
        auto groups = store.groups();
        if (!groups)
            return groups;
        if (!*published || (*published)->answer.staff_only)
            return std::vector<Group>();   // visitors would ask in vain again
        auto const& entry = (*published)->answer.entry;
        std::erase_if(*groups, [&](Group const& group) { return !waits(group) || !stands(entry, group.question); });
        return groups;
    });
    if (!waiting)
        return waiting.error();
    for (auto const& group : *waiting)
        if (auto marked = mark_answered(by, group.id, answer); !marked)
            return marked;
    return {};
}

Result<> Queue::unsettle(Person const& by, knowledge::Change const& undone)
{
    auto const was = undone.after.empty() ? Error{Errc::not_found, "it was taken out"} : knowledge::answer_from_json(undone.after);
    if (!was)
        return {};   // nothing was answered by it
    auto const again = store_.with([&](auto& store) -> Result<std::vector<Group>> {
        auto const now = store.published(undone.row);
        if (!now)
            return now.error();
        auto groups = store.groups();
        if (!groups)
            return groups;
        std::erase_if(*groups, [&](Group const& group) {
            bool const of_it = group.state == "answered" && group.answer == undone.row;
            return !of_it || (*now && (stands((*now)->answer.entry, group.question) || !stands(was->entry, group.question)));
        });
        return groups;
    });
    if (!again)
        return again.error();
    for (auto const& group : *again)
        if (auto opened = decide(by, group.id, group.version, Decision::reopen, {}); !opened)
            return opened.error();
    return {};
}

Result<std::vector<Group>> Queue::alike(std::vector<std::string> const& wordings)
{
    return store_.with([&](auto& store) -> Result<std::vector<Group>> {
        std::lock_guard const lock(mutex_);
        if (auto learned = learn_groups(store); !learned)
            return learned.error();
        auto groups = store.groups();
        if (!groups)
            return groups;
        assistant::Rehearsal rehearsal(read_by_);
        std::vector<Traits> typed;
        for (auto const& wording : wordings)
            typed.push_back(rehearsal.traits(wording));
        auto const fits = [&](Traits const& sample) {
            return std::ranges::any_of(typed, [&](Traits const& traits) { return assistant::likeness(traits, sample) >= same_question; });
        };
        std::erase_if(*groups, [&](Group const& group) { return !waits(group) || std::ranges::none_of(groups_[group.id], fits); });
        return groups;
    });
}

Result<Queue::Done> Queue::merge(Person const& by, std::int64_t from, std::int64_t into)
{
    if (from == into)
        return Error{Errc::bad_request, "a group cannot be joined with itself"};
    auto done = store_.with([&](auto& store) -> Result<Done> {
        auto all = store.groups();
        if (!all)
            return all.error();
        auto const found = std::ranges::find(*all, from, &Group::id);
        if (found == all->end())
            return missing();
        auto const questions = store.questions_of(from, most_moved);
        if (!questions)
            return questions.error();
        Done out{std::move(*found), {}};
        for (auto question = questions->rbegin(); question != questions->rend(); ++question)
            out.moved.push_back(question->reply);
        auto const merged = store.merge(from, into, {by.email, by.origin, "question.merge", std::to_string(into), std::to_string(from)});
        return merged ? Result<Done>(std::move(out)) : merged.error();
    });
    std::lock_guard const lock(mutex_);
    groups_.erase(into);  // read anew, with what came to it
    return done;
}

Result<std::int64_t> Queue::split(Person const& by, std::vector<std::string> const& replies)
{
    auto const made = store_.with([&](auto& store) { return store.split(replies, {by.email, by.origin, "question.split"}); });
    read_anew();
    return made;
}

Result<> Queue::take_back(Person const& by, Done const& done)
{
    auto group = done.before;
    if (done.moved.empty()) {
        ++group.version;
    } else {
        auto const apart = split(by, done.moved);
        if (!apart)
            return apart.error();
        group.id = *apart;
        group.version = 1;
    }
    return store_.with([&](auto& store) { return store.decide(group, {by.email, by.origin, "question.undo", std::to_string(group.id)}); });
}

void Queue::read_anew()
{
    std::lock_guard const lock(mutex_);
    groups_.clear();
}

}  // namespace immunobot::staff
