// How long an answer takes in the program itself: one core, no network, no log.
//   bench_answers DATABASE INTENTS DATA [--suite FILE.jsonl]... [--seconds N] [--list]
// Asks the questions that stand as tests in the intent files, or those of the suites: JSON lines with "question", or with "turns"
// of which each has a "q". Each question is asked alone. --list prints them as bodies for POST /api/v1/ask instead.
// The reference of the same run is what no answer can do without: the reads from SQLite that this very answer rests on.

#include "assistant/assistant.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "intents/intent.hpp"
#include "knowledge/reader.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace json = boost::json;
using namespace immunobot;
using Clock = std::chrono::steady_clock;

struct Arguments {
    std::vector<std::string> places;  // database, intents, data
    std::vector<std::string> suites;
    double seconds = 3;
    bool list = false;
};

[[noreturn]] void stop(std::string const& why)
{
    std::cerr << "bench_answers: " << why << '\n';
    std::exit(2);
}

Arguments read_arguments(int argc, char** argv)
{
    Arguments out;
    for (int i = 1; i < argc; ++i) {
        std::string_view const word = argv[i];
        bool const last = i + 1 == argc;
        if (word == "--list")
            out.list = true;
        else if (word == "--suite" && !last)
            out.suites.emplace_back(argv[++i]);
        else if (word == "--seconds" && !last)
            out.seconds = std::atof(argv[++i]);
        else
            out.places.emplace_back(word);
    }
    if (out.places.size() != 3)
        stop("usage: bench_answers DATABASE INTENTS DATA [--suite FILE.jsonl]... [--seconds N] [--list]");
    return out;
}

void add(std::vector<std::string>& questions, json::object const& object, char const* key)
{
    if (auto const* found = object.if_contains(key); found != nullptr && found->is_string())
        questions.emplace_back(found->get_string());
}

void read_suite(std::vector<std::string>& questions, std::string const& path)
{
    std::ifstream file(path);
    if (!file)
        stop("cannot read " + path);
    for (std::string line; std::getline(file, line);) {
        json::error_code failed;
        auto const value = json::parse(line, failed);
        if (failed || !value.is_object())
            stop(path + " is no file of JSON lines");
        add(questions, value.get_object(), "question");
        if (auto const* turns = value.get_object().if_contains("turns"); turns != nullptr && turns->is_array())
            for (auto const& turn : turns->get_array())
                if (turn.is_object())
                    add(questions, turn.get_object(), "q");
    }
}

std::vector<std::string> read_questions(Arguments const& arguments)
{
    std::vector<std::string> questions;
    for (auto const& suite : arguments.suites)
        read_suite(questions, suite);
    if (arguments.suites.empty()) {
        Diagnostics ignored;
        for (auto const& intent : intents::read_intents(arguments.places[1], ignored))
            for (auto const& test : intent.tests)
                questions.push_back(test.ask);
    }
    if (questions.empty())
        stop("there are no questions");
    return questions;
}

// Of this thread: what others do on the machine does not count.
double cpu_microseconds()
{
    timespec now = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// Each question is timed; rounds over all of them until the time is over.
template <class Work>
std::vector<double> time_each(std::size_t questions, double seconds, Work const& work)
{
    for (std::size_t i = 0; i < questions; ++i)
        work(i);  // caches warm, memory there
    std::vector<double> microseconds;
    auto const end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    do {
        for (std::size_t i = 0; i < questions; ++i) {
            auto const begin = Clock::now();
            work(i);
            microseconds.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
        }
    } while (Clock::now() < end);
    std::ranges::sort(microseconds);
    return microseconds;
}

double mean(std::vector<double> const& sorted)
{
    return std::accumulate(sorted.begin(), sorted.end(), 0.0) / static_cast<double>(sorted.size());
}

double percentile(std::vector<double> const& sorted, double share)
{
    return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

template <class Value>
Value must(Result<Value> result)
{
    if (!result)
        stop(result.error().message);
    return std::move(*result);
}

}  // namespace

int main(int argc, char** argv)
{
    auto const arguments = read_arguments(argc, argv);
    auto const questions = read_questions(arguments);
    if (arguments.list) {
        for (auto const& question : questions)
            std::cout << json::serialize(json::object{{"question", question}}) << '\n';
        return 0;
    }
    assistant::AssistantOptions options;
    options.database = arguments.places[0];
    options.intents_folder = arguments.places[1];
    options.data_folder = arguments.places[2];
    options.index_file = options.database + ".bench";  // read back, as of a server
    auto const bot = must(assistant::Assistant::create(options));
    auto worker = must(bot->worker());
    auto reader = must(knowledge::Reader::open(options.database));
    auto const today = today_here();

    std::vector<std::vector<std::string>> facts;
    std::size_t answered = 0;
    for (auto const& question : questions) {
        assistant::Question asked;
        asked.text = question;
        auto const reply = worker.answer(asked, today);
        answered += reply.status == assistant::Status::answered;
        facts.push_back(reply.facts);
    }
    double const cpu_before = cpu_microseconds();
    auto const answers = time_each(questions.size(), arguments.seconds, [&](std::size_t i) {
        assistant::Question asked;
        asked.text = questions[i];
        if (worker.answer(asked, today).answer.empty())
            stop("no answer to " + questions[i]);
    });
    double const cpu = (cpu_microseconds() - cpu_before) / static_cast<double>(answers.size() + questions.size());
    auto const reads = time_each(questions.size(), arguments.seconds / 3, [&](std::size_t i) {
        std::vector<std::string_view> const ids(facts[i].begin(), facts[i].end());
        if (!reader.revision() || !reader.facts(ids))
            stop("the database cannot be read");
    });
    std::printf("questions=%zu answered=%zu times=%zu mean_us=%.1f p50_us=%.1f p99_us=%.1f max_us=%.1f answers_per_second=%.0f cpu_us=%.1f reads_mean_us=%.1f\n",
                questions.size(), answered, answers.size(), mean(answers), percentile(answers, 0.5), percentile(answers, 0.99),
                answers.back(), 1e6 / mean(answers), cpu, mean(reads));
    return 0;
}
