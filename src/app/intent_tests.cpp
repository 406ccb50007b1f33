#include "app/intent_tests.hpp"

#include "base/local_time.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace immunobot::app {
namespace {

void append_xml(std::string& out, std::string_view text)
{
    for (char const c : text)
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\n': out += "&#10;"; break;
            default: out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;  // XML 1.0 has no others
        }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value)
{
    out.append(" ").append(name).append("=\"");
    append_xml(out, value);
    out += '"';
}

std::string seconds(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6f", value);
    return text;
}

// How a suite or all of them went, as attributes.
template <class Outcomes>
void append_totals(std::string& out, Outcomes const& outcomes)
{
    double time = 0;
    for (auto const& outcome : outcomes)
        time += outcome.seconds;
    append_attribute(out, "tests", std::to_string(std::ranges::size(outcomes)));
    append_attribute(out, "failures", std::to_string(std::ranges::count_if(outcomes, [](TestOutcome const& o) { return !o.fault.empty(); })));
    append_attribute(out, "time", seconds(time));
}

void append_case(std::string& out, TestOutcome const& outcome)
{
    out += "    <testcase";
    append_attribute(out, "classname", "intents." + outcome.intent->id);
    append_attribute(out, "name", outcome.test->ask);
    append_attribute(out, "file", outcome.intent->file);
    append_attribute(out, "line", std::to_string(outcome.test->line));
    append_attribute(out, "time", seconds(outcome.seconds));
    if (outcome.fault.empty()) {
        out += "/>\n";
        return;
    }
    out += ">\n      <failure";
    append_attribute(out, "message", outcome.fault);
    out += '>';
    append_xml(out, outcome.answer);
    out += "</failure>\n    </testcase>\n";
}

std::string listed(std::vector<std::string> const& names)
{
    std::string out;
    for (auto const& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out.empty() ? "nothing" : out;
}

// It was named, or what is told is of it.
bool is_about(assistant::Reply const& reply, std::string const& entity)
{
    return std::ranges::find(reply.entities, entity) != reply.entities.end() ||
           std::ranges::any_of(reply.facts, [&](std::string const& fact) { return fact.starts_with(entity + "."); });
}

}  // namespace

std::string fault(intents::IntentTest const& test, assistant::Reply const& reply)
{
    auto const answer = text::fold(reply.answer);
    if (!test.intent.empty() && reply.intent != test.intent)
        return "intent " + (reply.intent.empty() ? "none" : reply.intent) + " instead of " + test.intent;
    if (!test.not_intent.empty() && reply.intent == test.not_intent)
        return "intent " + reply.intent + " must not win";
    if (!test.status.empty() && assistant::name(reply.status) != test.status)
        return "status " + std::string(assistant::name(reply.status)) + " instead of " + test.status;
    for (auto const& entity : test.entities)
        if (!is_about(reply, entity))
            return "is about " + listed(reply.entities) + ", not about " + entity;
    for (auto const& said : test.says)
        if (answer.find(text::fold(said)) == std::string::npos)
            return "does not say \"" + said + "\"";
    for (auto const& said : test.lacks)
        if (answer.find(text::fold(said)) != std::string::npos)
            return "says \"" + said + "\"";
    return {};
}

std::vector<TestOutcome> run_tests(assistant::Assistant::Worker& worker, std::vector<intents::Intent> const& intents, std::string_view pattern)
{
    std::vector<TestOutcome> out;
    auto const today = today_here();
    for (auto const& intent : intents) {
        if (intent.id.find(pattern) == std::string::npos)
            continue;
        for (auto const& first : intent.tests) {
            std::string const conversation = first.then.empty() ? "" : intent.id + std::to_string(first.line);
            std::vector<intents::IntentTest const*> turns{&first};
            for (auto const& next : first.then)
                turns.push_back(&next);
            for (auto const* turn : turns) {
                auto const begin = std::chrono::steady_clock::now();
                auto reply = worker.answer({turn->ask, conversation, turn->language, false, "test"}, today);
                std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
                out.push_back({&intent, turn, fault(*turn, reply), std::move(reply.answer), took.count()});
            }
        }
    }
    return out;
}

std::string junit(std::vector<TestOutcome> const& outcomes)
{
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"immunobot test\"";
    append_totals(out, outcomes);
    out += ">\n";
    for (auto begin = outcomes.begin(); begin != outcomes.end();) {
        auto const end = std::find_if(begin, outcomes.end(), [&](TestOutcome const& o) { return o.intent != begin->intent; });
        out += "  <testsuite";
        append_attribute(out, "name", begin->intent->id + ": " + begin->intent->title.en);
        append_totals(out, std::ranges::subrange(begin, end));
        out += ">\n";
        for (; begin != end; ++begin)
            append_case(out, *begin);
        out += "  </testsuite>\n";
    }
    return out + "</testsuites>\n";
}

}  // namespace immunobot::app
