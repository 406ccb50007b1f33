// However a question is typed, it is the same question.
#include "assistant/json.hpp"
#include "shipped.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace immunobot;
using namespace immunobot::assistant;
using namespace immunobot::assistant::tests;

namespace {

char const* const questions[] = {
    "Where is the CIML?",
    "When was the CNRS created?",
    "Who leads Innate Pharma?",
    "Who founded Innate Pharma?",
    "How many people work at the IPC?",
    "What is the budget of PIONeeR?",
    "Which diseases does the cluster target?",
    "Who supports the cluster?",
    "What does MI-mAbs do?",
    "What is Marseille Immunopole?",
    "Who are the members of the cluster?",
    "What are the goals of Marseille Immunopole?",
    "How can I reach Marseille Immunopole?",
    "What is the website of Inserm?",
    "Was MI-FHU created in 2012?",
    "Who leads the CIML and when was it founded?",
    "Which prizes did Éric Vivier win?",
    "Is there parking at La Timone?",
    "Who won the football world cup?",
    "Hello",
    "Où se trouve le CIML ?",
    "Quand a été créé le CNRS ?",
    "Qui dirige Innate Pharma ?",
    "Qui a fondé Innate Pharma ?",
    "Combien de salariés compte l'Institut Paoli-Calmettes ?",
    "Quel est le budget de PIONeeR ?",
    "Quelles maladies le cluster vise-t-il ?",
    "Qui soutient le cluster ?",
    "Que fait MI-mAbs ?",
    "C'est quoi Marseille Immunopôle ?",
    "Quels sont les membres du cluster ?",
    "Quels sont les objectifs de Marseille Immunopôle ?",
    "Comment vous joindre ?",
    "Quel est le site web de l'Inserm ?",
    "Où se trouve l'hôpital de la Timone ?",
    "Qui est à la tête de l'université d'Aix-Marseille ?",
    "Depuis quand l'Institut Paoli-Calmettes existe-t-il ?",
    "Y a-t-il un parking à l'hôpital de la Conception ?",
    "À quoi sert l'immunothérapie ?",
    "Merci beaucoup",
};

// A letter as people type it: composed, decomposed, capital, bare.
struct Letter {
    std::string_view composed;
    std::string_view decomposed;
    std::string_view capital;
    std::string_view bare;
};
constexpr Letter letters[] = {
    {"é", "e\u0301", "É", "e"}, {"è", "e\u0300", "È", "e"}, {"ê", "e\u0302", "Ê", "e"}, {"à", "a\u0300", "À", "a"}, {"â", "a\u0302", "Â", "a"},
    {"ù", "u\u0300", "Ù", "u"}, {"û", "u\u0302", "Û", "u"}, {"ô", "o\u0302", "Ô", "o"}, {"î", "i\u0302", "Î", "i"}, {"ç", "c\u0327", "Ç", "c"},
    {"É", "E\u0301", "É", "E"}, {"À", "A\u0300", "À", "A"},
};

std::string spelled(std::string_view text, std::string_view Letter::*how)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        auto const* letter = std::ranges::find_if(letters, [&](Letter const& one) { return text.substr(i).starts_with(one.composed); });
        out += letter == std::end(letters) ? text.substr(i, 1) : letter->*how;
        i += letter == std::end(letters) ? 1 : letter->composed.size();
    }
    return out;
}

std::string capitals(std::string_view text)
{
    std::string out = spelled(text, &Letter::capital);
    for (char& c : out)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

std::string replaced(std::string_view text, char what, std::string_view by)
{
    std::string out;
    for (char const c : text)
        out += c == what ? std::string(by) : std::string(1, c);
    return out;
}

// All that a visitor sees of an answer; not which words were taken for typing errors.
std::string seen(Reply reply)
{
    reply.corrections.clear();
    return to_json(reply);
}

}  // namespace

TEST_CASE("a question is the same however its letters, blanks and apostrophes are typed", "[assistant]")
{
    static_assert(std::size(questions) == 40);
    struct Variant {
        char const* name;
        std::string (*of)(std::string_view);
    };
    static Variant const variants[] = {
        {"the same again", [](std::string_view text) { return std::string(text); }},
        {"decomposed letters", [](std::string_view text) { return spelled(text, &Letter::decomposed); }},
        {"no accents", [](std::string_view text) { return spelled(text, &Letter::bare); }},
        {"capitals", capitals},
        {"capitals without accents", [](std::string_view text) { return capitals(spelled(text, &Letter::bare)); }},
        {"doubled blanks", [](std::string_view text) { return replaced(text, ' ', "  "); }},
        {"blanks around", [](std::string_view text) { return " \t" + std::string(text) + " \n"; }},
        {"blanks that do not break", [](std::string_view text) { return replaced(text, ' ', "\u00A0"); }},
        {"curly apostrophes", [](std::string_view text) { return replaced(text, '\'', "\u2019"); }},
    };
    for (auto const* question : questions) {
        auto const wanted = seen(ask(question));
        for (auto const& variant : variants) {
            INFO(question << ": " << variant.name);
            CHECK(seen(ask(variant.of(question))) == wanted);
        }
    }
}

TEST_CASE("an answer does not depend on what others asked before", "[assistant]")
{
    auto const before = seen(ask("Where is it?"));
    for (auto const* question : questions)
        (void)ask(question, "another");
    CHECK(seen(ask("Where is it?")) == before);
    CHECK(seen(ask("Where is it?", "a new one")) == before);
}
