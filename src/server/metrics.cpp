#include "server/metrics.hpp"

#include <algorithm>
#include <charconv>

namespace immunobot::server {
namespace {

using assistant::Status;

void append_number(std::string& out, double number)
{
    char digits[40];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void append_family(std::string& out, std::string_view name, std::string_view type, std::string_view help)
{
    out.append("# HELP immunobot_").append(name).append(" ").append(help);
    out.append("\n# TYPE immunobot_").append(name).append(" ").append(type).append("\n");
}

void append_sample(std::string& out, std::string_view name, std::string_view labels, std::uint64_t value)
{
    out.append("immunobot_").append(name);
    if (!labels.empty())
        out.append("{").append(labels).append("}");
    out.append(" ").append(std::to_string(value)).append("\n");
}

void append_single(std::string& out, std::string_view name, std::string_view type, std::string_view help,
                   std::uint64_t value)
{
    append_family(out, name, type, help);
    append_sample(out, name, "", value);
}

template <class Pick>
std::uint64_t sum(std::span<Metrics const* const> workers, Pick pick)
{
    std::uint64_t total = 0;
    for (auto const* worker : workers)
        total += pick(*worker);
    return total;
}

void append_requests(std::string& out, std::span<Metrics const* const> workers,
                     std::span<std::string_view const> routes)
{
    constexpr std::string_view classes[] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
    append_family(out, "requests_total", "counter", "Requests answered, by route and status class.");
    for (std::size_t route = 0; route < routes.size(); ++route)
        for (std::size_t status = 1; status < std::size(classes); ++status) {
            auto const count =
                sum(workers, [&](Metrics const& worker) { return worker.requests[route][status].value(); });
            if (count > 0)
                append_sample(out, "requests_total",
                              std::string("route=\"").append(routes[route]).append("\",status=\"").append(classes[status]).append("\""),
                              count);
        }
}

void append_answers(std::string& out, std::span<Metrics const* const> workers)
{
    append_family(out, "answers_total", "counter", "Questions answered, by status and language.");
    for (auto const status : {Status::answered, Status::unsure, Status::unknown, Status::smalltalk, Status::safety})
        for (auto const language : {Language::en, Language::fr}) {
            auto const count = sum(workers, [&](Metrics const& worker) {
                return worker.answers[static_cast<std::size_t>(status)][static_cast<std::size_t>(language)].value();
            });
            append_sample(out, "answers_total",
                          std::string("status=\"").append(assistant::name(status)).append("\",lang=\"").append(code(language)).append("\""),
                          count);
        }
}

void append_histogram(std::string& out, std::span<Metrics const* const> workers, std::string_view name,
                      std::string_view help, Histogram Metrics::*which)
{
    std::array<std::uint64_t, Histogram::bounds.size() + 1> classes{};
    std::uint64_t nanoseconds = 0;
    for (auto const* worker : workers)
        (worker->*which).add_to(classes, nanoseconds);
    append_family(out, name, "histogram", help);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        below += classes[i];
        out.append("immunobot_").append(name).append("_bucket{le=\"");
        if (i < Histogram::bounds.size())
            append_number(out, Histogram::bounds[i] / 1e6);
        else
            out += "+Inf";
        out.append("\"} ").append(std::to_string(below)).append("\n");
    }
    out.append("immunobot_").append(name).append("_sum ");
    append_number(out, static_cast<double>(nanoseconds) / 1e9);
    out.append("\nimmunobot_").append(name).append("_count ").append(std::to_string(below)).append("\n");
}

void append_connections(std::string& out, std::span<Metrics const* const> workers)
{
    auto const open = sum(workers, [](Metrics const& worker) {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, worker.open.load(std::memory_order_relaxed)));
    });
    append_single(out, "connections_open", "gauge", "Connections open now.", open);
    append_single(out, "connections_total", "counter", "Connections accepted.",
                  sum(workers, [](auto const& worker) { return worker.accepted.value(); }));
    append_single(out, "connections_evicted_total", "counter", "Connections closed to make room for new ones.",
                  sum(workers, [](auto const& worker) { return worker.evicted.value(); }));
    append_single(out, "connections_timed_out_total", "counter", "Connections closed because the client was too slow.",
                  sum(workers, [](auto const& worker) { return worker.timed_out.value(); }));
}

void append_journal(std::string& out, knowledge::Journal::Counters const& journal)
{
    append_family(out, "journal_entries_total", "counter", "Entries of the question log and feedback, by fate.");
    append_sample(out, "journal_entries_total", "fate=\"written\"", journal.written);
    append_sample(out, "journal_entries_total", "fate=\"shed\"", journal.shed);
    append_sample(out, "journal_entries_total", "fate=\"failed\"", journal.failed);
    append_single(out, "journal_waiting", "gauge", "Entries that wait to be written.", journal.waiting);
}

}  // namespace

void Histogram::add(std::chrono::nanoseconds took)
{
    auto const nanoseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, took.count()));
    std::size_t place = 0;
    while (place < bounds.size() && nanoseconds > bounds[place] * std::uint64_t{1000})
        ++place;
    classes_[place].add();
    nanoseconds_.add(nanoseconds);
}

void Histogram::add_to(std::array<std::uint64_t, bounds.size() + 1>& sums, std::uint64_t& nanoseconds) const
{
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += classes_[i].value();
    nanoseconds += nanoseconds_.value();
}

void append_metrics(std::string& out, std::span<Metrics const* const> workers, MetricsExtra const& extra)
{
    append_requests(out, workers, extra.route_names);
    append_answers(out, workers);
    append_histogram(out, workers, "request_seconds", "Time from a complete request to its answer.",
                     &Metrics::request_time);
    append_histogram(out, workers, "answer_seconds", "Time to understand a question and compose its answer.",
                     &Metrics::answer_time);
    append_single(out, "requests_refused_total", "counter", "Requests turned away before a route was known.",
                  sum(workers, [](auto const& worker) { return worker.refused.value(); }));
    append_single(out, "requests_limited_total", "counter", "Requests answered 429.",
                  sum(workers, [](auto const& worker) { return worker.limited.value(); }));
    append_single(out, "failures_total", "counter", "Requests that ended in an internal error.",
                  sum(workers, [](auto const& worker) { return worker.failures.value(); }));
    append_connections(out, workers);
    append_journal(out, extra.journal);
    if (extra.outbox) {
        append_single(out, "outbox_waiting", "gauge", "Calls to chat platforms that wait to be made.", extra.outbox->waiting);
        append_single(out, "outbox_dead_letters", "gauge", "Answers that could not be delivered.", extra.outbox->dead);
    }
    append_single(out, "facts", "gauge", "Facts in force.", extra.facts);
    append_single(out, "intents", "gauge", "Intents in force.", extra.intents);
    append_single(out, "problems", "gauge", "Problems with intents or data, see /readyz.", extra.problems);
    append_single(out, "streams", "gauge", "Open streams of Direct Line.", extra.streams);
    append_family(out, "uptime_seconds", "gauge", "Seconds since the start.");
    out += "immunobot_uptime_seconds ";
    append_number(out, extra.uptime_seconds);
    out += '\n';
    append_family(out, "build_info", "gauge", "The version that runs.");
    append_sample(out, "build_info", "version=\"" IMMUNOBOT_VERSION "\"", 1);
}

}  // namespace immunobot::server
