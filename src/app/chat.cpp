#include "app/commands.hpp"
#include "base/local_time.hpp"
#include "text/utf8.hpp"

#include <editline/readline.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <iostream>
#include <memory>

namespace immunobot::app {
namespace {

struct Style {
    char const* bold = "";
    char const* dim = "";
    char const* plain = "";
};

Style style()
{
    bool const colour = isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
    return colour ? Style{"\033[1m", "\033[2m", "\033[0m"} : Style{};
}

// libedit throws away what the locale does not know, and without one that is every accent. Nothing else here asks for the
// locale, and nothing but the kind of letters is taken from it.
void accept_accents()
{
    if (std::setlocale(LC_CTYPE, "") == nullptr || MB_CUR_MAX == 1)
        std::setlocale(LC_CTYPE, "C.UTF-8");
}

// One line from the terminal (with editing and history) or from a pipe; nothing at the end.
std::optional<std::string> read_line()
{
    if (isatty(STDIN_FILENO) != 1) {
        std::string line;
        return std::getline(std::cin, line) ? std::optional(line) : std::nullopt;
    }
    std::unique_ptr<char, decltype(&std::free)> const line(readline("> "), &std::free);
    if (!line)
        return std::nullopt;
    if (*line != '\0')
        add_history(line.get());
    return std::string(line.get());
}

void show(assistant::Reply const& reply, Style const& look)
{
    std::cout << look.bold << reply.answer << look.plain << '\n';
    for (auto const& source : reply.sources)
        std::cout << look.dim << "  " << source.title << " - " << source.url << look.plain << '\n';
    for (std::size_t i = 0; i < reply.suggestions.size(); ++i)
        std::cout << look.dim << "  " << i + 1 << ". " << look.plain << reply.suggestions[i].label << '\n';
}

void show_why(assistant::Reply const& reply, Style const& look)
{
    if (!reply.explanation)
        return;
    auto const& why = *reply.explanation;
    std::cout << look.dim << "read as: " << why.normalised << "\nlanguage: " << why.language_reason << '\n';
    for (auto const& step : why.steps)
        std::cout << "- " << step << '\n';
    for (auto const& candidate : why.candidates)
        std::cout << "  " << candidate.id << ": " << candidate.why << '\n';
    std::cout << look.plain;
}

}  // namespace

int chat(Settings const& settings)
{
    auto const bot = open_assistant(settings);
    if (!bot)
        return explain(bot.error());
    auto worker = (*bot)->worker();
    if (!worker)
        return explain(worker.error());
    accept_accents();
    auto const look = style();
    auto language = settings.language;
    std::cout << "I am an automatic assistant, not a person. Please type no health or personal details.\n"
                 "Je suis un programme, pas une personne. Ne donnez aucun renseignement personnel ou de sant\xC3\xA9.\n"
              << look.dim << "/why  /lang en|fr  /quit; a number asks a suggestion" << look.plain << '\n';
    assistant::Reply last;
    while (auto const line = read_line()) {
        if (*line == "/quit" || *line == "/q")
            break;
        if (line->empty())
            continue;
        if (*line == "/why") {
            show_why(last, look);
        } else if (line->starts_with("/lang")) {
            language = line->size() > 6 ? language_from_code(std::string_view(*line).substr(6)) : std::nullopt;
            std::cout << (language ? "ok: " + std::string(code(*language)) : std::string("/lang en or /lang fr")) << '\n';
        } else if (line->starts_with('/')) {
            std::cout << "/why, /lang en|fr or /quit\n";
        } else if (!text::is_valid_utf8(*line)) {
            std::cout << "this line is not UTF-8 text\n";
        } else {
            last = worker->answer({*line, "terminal", language, true, "cli"}, today_here());
            show(last, look);
        }
    }
    return 0;
}

}  // namespace immunobot::app
