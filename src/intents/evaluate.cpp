#include "intents/evaluate.hpp"

#include "intents/classifier.hpp"

#include <boost/json.hpp>

#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <ostream>

namespace immunobot::intents {
namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Result<Example> parse_line(std::string const& line, std::string const& where)
{
    boost::system::error_code failed;
    json::value const parsed = json::parse(line, failed);
    auto const* object = failed ? nullptr : parsed.if_object();
    auto const text_of = [&](char const* key) -> json::string const* {
        auto const* value = object != nullptr ? object->if_contains(key) : nullptr;
        return value != nullptr ? value->if_string() : nullptr;
    };
    auto const* text = text_of("text");
    auto const* intent = text_of("intent");
    if (text == nullptr || intent == nullptr)
        return Error{Errc::bad_data, where + ": not an object with \"text\" and \"intent\"", "one JSON object per line"};
    auto const* language = text_of("lang");
    return Example{std::string(*text), std::string(*intent),
                   language != nullptr ? language_from_code(*language) : std::nullopt};
}

Result<std::vector<Example>> read_examples(std::filesystem::path const& path)
{
    std::ifstream file(path);
    std::vector<Example> examples;
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (line.empty())
            continue;
        auto example = parse_line(line, path.string() + ":" + std::to_string(number));
        if (!example)
            return example.error();
        examples.push_back(std::move(*example));
    }
    if (!file.eof())
        return Error{Errc::storage, path.string() + ": can't be read"};
    return examples;
}

double peak_memory_mb()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace

Result<void> evaluate(std::filesystem::path const& train, std::filesystem::path const& test,
                      std::filesystem::path const& out, std::ostream& costs)
{
    auto const examples = read_examples(train);
    if (!examples)
        return examples.error();
    auto const questions = read_examples(test);
    if (!questions)
        return questions.error();

    auto const training = Clock::now();
    auto const classifier = Classifier::train(*examples);
    double const train_s = seconds_since(training);

    Classifier::Scratch scratch;
    std::vector<Classifier::Decision> decisions;
    decisions.reserve(questions->size());
    auto const asking = Clock::now();
    for (auto const& question : *questions)
        decisions.push_back(classifier.decide(question.text, scratch, question.language));
    double const ask_s = seconds_since(asking);

    std::ofstream file(out);
    for (auto const& decision : decisions)
        file << json::object{{"intent", decision.intent}, {"score", decision.score}, {"answered", decision.answered}}
             << '\n';
    if (!file.flush())
        return Error{Errc::storage, out.string() + ": can't be written"};
    double const qps = ask_s > 0 ? static_cast<double>(decisions.size()) / ask_s : 0;
    costs << json::object{{"train_s", train_s}, {"qps", qps}, {"rss_mb", peak_memory_mb()}} << '\n';
    return {};
}

}  // namespace immunobot::intents
