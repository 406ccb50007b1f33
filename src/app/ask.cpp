#include "app/commands.hpp"
#include "base/local_time.hpp"
#include "assistant/json.hpp"
#include "text/utf8.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <iostream>

namespace immunobot::app {
namespace {

using assistant::Question;
using assistant::Reply;

void print(Reply const& reply)
{
    std::cout << reply.answer << '\n';
    for (auto const& source : reply.sources)
        std::cout << (reply.language == Language::fr ? "  Source : " : "  Source: ") << source.title << ", " << source.url << " ("
                  << (reply.language == Language::fr ? "lue le " : "read on ") << source.as_of << ")\n";
}

void print(assistant::Explanation const& why, Reply const& reply)
{
    std::cout << "\nread as    " << why.normalised << "\nlanguage   " << why.language_reason << "\nwords\n";
    for (auto const& word : why.words) {
        std::printf("  %-16s %-9s %5.2f  %s\n", word.word.c_str(), word.role.c_str(), word.weight, word.note.c_str());
    }
    std::cout << "entities   ";
    for (auto const& entity : why.entities)
        std::cout << entity << ' ';
    std::printf("\ncoverage   %.2f   status %s   intent %s   confidence %.2f\n", why.coverage, std::string(assistant::name(reply.status)).c_str(),
                reply.intent.empty() ? "-" : reply.intent.c_str(), reply.confidence);
    for (auto const& step : why.steps)
        std::cout << "  - " << step << '\n';
    std::cout << "candidates\n";
    for (auto const& candidate : why.candidates)
        std::printf("  %6.2f  %.2f  %-42s %s\n", candidate.score, candidate.coverage, candidate.id.c_str(), candidate.why.c_str());
    std::fflush(stdout);
}

Result<Question> question_of(std::string const& line)
{
    boost::json::error_code failed;
    auto const value = boost::json::parse(line, failed);
    if (failed || !value.is_object())
        return Error{Errc::bad_request, "this line is no JSON object", "{\"question\": \"...\"}"};
    auto const text = [&](char const* key) {
        auto const* found = value.as_object().if_contains(key);
        return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
    };
    Question question;
    question.text = text("question");
    question.conversation = text("conversation");
    question.hint = language_from_code(text("lang"));
    question.channel = "cli";
    return question;
}

int ask_batch(Settings const& settings, assistant::Assistant::Worker& worker)
{
    std::ifstream file;
    if (settings.batch != "-") {
        file.open(settings.batch);
        if (!file)
            return explain({Errc::not_found, "cannot read " + settings.batch, {}});
    }
    std::istream& in = settings.batch == "-" ? std::cin : file;
    std::string line;
    std::size_t number = 0;
    auto const today = today_here();
    while (std::getline(in, line)) {
        ++number;
        if (line.empty())
            continue;
        auto question = question_of(line);
        if (!question)
            return explain({Errc::bad_request, settings.batch + ":" + std::to_string(number) + ": " + question.error().message, question.error().hint});
        question->explain = settings.explain;
        std::cout << assistant::to_json(worker.answer(*question, today)) << '\n';
        if (number % 1000 == 0)
            std::cerr << '\r' << number << " answered" << std::flush;
    }
    std::cerr << '\r' << number << " answered\n";
    return 0;
}

}  // namespace

int ask(Settings const& settings)
{
    auto const bot = open_assistant(settings);
    if (!bot)
        return explain(bot.error());
    auto worker = (*bot)->worker();
    if (!worker)
        return explain(worker.error());
    if (!settings.batch.empty())
        return ask_batch(settings, *worker);
    Question question;
    for (auto const& word : settings.arguments)
        question.text += (question.text.empty() ? "" : " ") + word;
    if (question.text.empty() || !text::is_valid_utf8(question.text)) {
        std::cerr << "immunobot ask: give a question, as UTF-8 text: immunobot ask \"Where is CIML?\"\n";
        return 2;
    }
    question.hint = settings.language;
    question.explain = settings.explain;
    question.channel = "cli";
    auto const reply = worker->answer(question, today_here());
    if (settings.json)
        std::cout << assistant::to_json(reply) << '\n';
    else
        print(reply);
    if (!settings.json && reply.explanation)
        print(*reply.explanation, reply);
    return 0;
}

}  // namespace immunobot::app
