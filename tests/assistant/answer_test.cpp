#include "assistant/assistant.hpp"

#include "assistant/json.hpp"
#include "shipped.hpp"
#include "text/utf8.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <random>

using namespace immunobot;
using assistant::Status;
using assistant::tests::ask;
using assistant::tests::shipped_bot;

TEST_CASE("the shipped intents and data have no problems", "[assistant]")
{
    for (auto const& problem : shipped_bot().problems())
        FAIL_CHECK(format(problem));
}

TEST_CASE("an answer has its facts, its sources and the language of the question", "[assistant]")
{
    auto const reply = ask("Où est le CIML ?");
    CHECK(reply.status == Status::answered);
    CHECK(reply.language == Language::fr);
    CHECK(reply.facts == std::vector<std::string>{"ciml.location.1"});
    REQUIRE(reply.sources.size() == 1);
    CHECK_FALSE(reply.sources[0].as_of.empty());
}

TEST_CASE("spelling, case and typography do not change the answer", "[assistant]")
{
    auto const wanted = ask("Où se trouve l'AP-HM ?").facts.front();
    for (auto const* same : {"où se trouve l\u2019AP-HM\u202f?", "OU SE TROUVE L'APHM", "Ou\u0300 se trouve l'ap hm ?"})
        CHECK(ask(same).facts.front() == wanted);
}

TEST_CASE("a title before somebody's name changes nothing", "[assistant]")
{
    auto const wanted = ask("who is Frédéric Vély").facts;
    REQUIRE_FALSE(wanted.empty());
    for (auto const* same : {"who is dr frederic vely", "Who is Dr. Frédéric Vély?", "qui est le docteur vely", "who is mr Vély", "who is Prof. Vély?"}) {
        INFO(same);
        CHECK(ask(same).facts == wanted);
    }
}

TEST_CASE("what the facts do not tell is not answered", "[assistant]")
{
    for (auto const* question : {"What is the best restaurant in Marseille?", "Quelle est la recette de la bouillabaisse ?", "Parking at La Timone hospital?",
                                 "asdkjh qwkjeh", "Who won the football world cup?"}) {
        INFO(question);
        auto const reply = ask(question);
        CHECK((reply.status == Status::unknown || reply.status == Status::unsure));
        CHECK(reply.facts.empty());
    }
}

TEST_CASE("a word of private life is one of science in another phrase", "[assistant]")
{
    CHECK(ask("what family of cells does Philippe Pierre study").facts == std::vector<std::string>{"philippe-pierre.research_topics.1"});
    CHECK(ask("does Philippe Pierre have children").facts.empty());
}

TEST_CASE("courtesy that asks nothing is met with courtesy", "[assistant]")
{
    struct Row { char const* text; Status status; };
    constexpr Row rows[] = {
        {"tant pis merci", Status::smalltalk},
        {"Je vous remercie infiniment de votre obligeance.", Status::smalltalk},
        {"thanks, that clears it up", Status::smalltalk},
        {"thanks, what is the address of the CIML?", Status::answered},
        {"merci, où est le CIML ?", Status::answered},
        {"thank you, and the name of the cleaner?", Status::unknown},
    };
    for (auto const& row : rows) {
        INFO(row.text);
        auto const reply = ask(row.text);
        INFO(reply.answer);
        CHECK(reply.status == row.status);
    }
}

TEST_CASE("after a question about the first, the third is the third of those", "[assistant]")
{
    REQUIRE(ask("first director of the CIML?", "order").facts == std::vector<std::string>{"ciml.former_leader.4"});
    for (auto const& fact : ask("and the third one", "order").facts)   // not the third axis of the cluster
        CHECK(fact.starts_with("ciml."));
}

TEST_CASE("what was told is told again in the other language", "[assistant]")
{
    auto const told = ask("qui dirige le CIML ?", "languages");
    REQUIRE(told.status == Status::answered);
    for (auto const& [text, language] : {std::pair("et en anglais ?", Language::en), std::pair("la même chose en français svp", Language::fr), std::pair("Merci. And in English?", Language::en)}) {
        INFO(text);
        auto const reply = ask(text, "languages");
        CHECK(reply.facts == told.facts);
        CHECK(reply.language == language);
    }
    REQUIRE(ask("who is Éric Vivier?", "nationality").status == Status::answered);
    CHECK(ask("is he french", "nationality").language == Language::en);
}

TEST_CASE("after phase 2, \"and 3\" is phase 3", "[assistant]")
{
    REQUIRE(ask("c'est quoi un essai de phase 2 ?", "phases").facts == std::vector<std::string>{"clinical-trial.kind.2"});
    CHECK(ask("merci ! et la 3", "phases").facts == std::vector<std::string>{"clinical-trial.kind.3"});
}

TEST_CASE("\"tell me about\" asks what it is", "[assistant]")
{
    for (auto const* text : {"Parlez-moi d'Immunotech", "tell me something about Immunotech", "j'aimerais en savoir plus sur Immunotech"}) {
        INFO(text);
        CHECK(ask(text).facts == std::vector<std::string>{"immunotech.definition.1"});
    }
}

TEST_CASE("a name before the question is what it is about", "[assistant]")
{
    for (auto const& fact : ask("a client dropped the name Stéphane Debono, any idea who that is").facts)
        CHECK(fact.find("debono") != std::string::npos);
    CHECK(ask("mon mari est aux hopitaux sud, c'est où exactement").facts.empty());   // unknown to the facts; not where the cluster is
    auto const reply = ask("est ce que M. Vacaresse est encore à la tête du conseil");
    CHECK(std::ranges::all_of(reply.facts, [](std::string const& fact) { return fact.find("vacaresse") != std::string::npos || fact.find("eurobiomed") != std::string::npos; }));
}

TEST_CASE("what points back is not answered about somebody else", "[assistant]")
{
    REQUIRE(ask("who is the head of MI-mAbs", "points").status == Status::answered);
    auto const reply = ask("is it ISO 9001 certified", "points");  // the biobank of AP-HM is
    INFO(reply.answer);
    CHECK(reply.facts.empty());
}

TEST_CASE("a follow-up takes entity and wish from the conversation", "[assistant]")
{
    CHECK(ask("When was the CNRS created?", "follow").answer.find("1939") != std::string::npos);
    CHECK(ask("and Inserm?", "follow").answer.find("1964") != std::string::npos);
    CHECK(ask("who leads CIML?", "other").answer.find("Philippe Pierre") != std::string::npos);
    CHECK(ask("where is it?", "other").facts == std::vector<std::string>{"ciml.location.1"});
}

TEST_CASE("a yes/no question is answered, never echoed", "[assistant]")
{
    CHECK(ask("Was MI-FHU created in 2012?").answer.starts_with("No:"));
    CHECK(ask("Was MI-FHU created in 2015?").answer.starts_with("Yes:"));
    // Who is of a cluster that has a city in its name is not said to be in that city.
    CHECK_FALSE(ask("Is Fabrice Barlesi still in Marseille?").answer.starts_with("Yes"));
    CHECK_FALSE(ask("Le Pr Barlesi il est toujours à Marseille ?").answer.starts_with("Oui"));
}

TEST_CASE("cries for help get the safety reply and nothing of them is to be kept", "[assistant]")
{
    for (auto const* text : {"I want to die", "je veux en finir", "my dad can't breathe", "should I stop my chemo?", "Hello, j'ai envie de mourir"}) {
        INFO(text);
        auto const reply = ask(text);
        CHECK(reply.status == Status::safety);
        CHECK(reply.private_text);
    }
    for (auto const* text : {"How many patients does the IPC receive?", "What are natural killer cells?", "Which diseases does the cluster target?"}) {
        INFO(text);
        CHECK(ask(text).status != Status::safety);
    }
}

TEST_CASE("the same question gives the same bytes", "[assistant]")
{
    CHECK(to_json(ask("Who supports the cluster?")) == to_json(ask("Who supports the cluster?")));
}

TEST_CASE("a reply is valid JSON of the agreed form", "[assistant]")
{
    auto const value = boost::json::parse(to_json(ask("Quel est le budget de PIONeeR ?"))).as_object();
    for (auto const* key : {"id", "answer", "status", "lang", "intent", "entities", "confidence", "facts", "sources", "suggestions", "corrections", "explanation"})
        CHECK(value.contains(key));
}

TEST_CASE("any text gets a short valid answer in bounded time", "[assistant]")
{
    (void)ask("Where is the CIML?");  // the bot is made before time is taken
    std::mt19937 random(7);
    std::string const pieces[] = {"ciml ", "l'", "?", "é", "e\u0301", "2014 ", "and ", "et ", "who ", "\u202e", "a", "AP-HM", "zzz", "\n", "'", "of ", "🙂"};
    for (int round = 0; round < 200; ++round) {
        std::string text;
        while (text::length(text) < 1900 && (random() % 400 != 0))
            text += pieces[random() % std::size(pieces)];
        auto const begin = std::chrono::steady_clock::now();
        auto const reply = ask(text);
        auto const took = std::chrono::steady_clock::now() - begin;
        CHECK_FALSE(reply.answer.empty());
        CHECK(text::is_valid_utf8(reply.answer));
        CHECK(text::length(reply.answer) <= 1200);
        CHECK(took < std::chrono::seconds(3));  // generous: sanitizers on a busy machine; the benchmark measures
    }
}

TEST_CASE("a question that is too long is refused politely", "[assistant]")
{
    CHECK(ask(std::string(2001, 'a')).status == Status::unknown);
}

TEST_CASE("never mind ends what was spoken of", "[assistant]")
{
    ask("Où est le CIML ?", "stopping");
    CHECK(ask("Annuler", "stopping").status == Status::smalltalk);
    CHECK(ask("never mind", "stopping").status == Status::smalltalk);
    CHECK(ask("stop !", "stopping").status == Status::smalltalk);
    CHECK(ask("When did the trial stop?").status != Status::smalltalk);
}

TEST_CASE("what was asked before does not answer a message about something else", "[assistant]")
{
    ask("Where is CIML?", "changing");
    ask("Quand a été créée la FHU ?", "changing");
    for (auto const* text : {"What is the weather in Marseille?", "who won the world cup?", "how do I renew my passport"}) {
        auto const reply = ask(text, "changing");
        CHECK(reply.status != Status::answered);
        CHECK(reply.answer.find("FHU") == std::string::npos);
    }
}

TEST_CASE("since when is not answered by saying again what has no date", "[assistant]")
{
    struct Row { char const* first; char const* when; bool has_date; };
    for (Row const& row : {Row{"Who leads CIML?", "since when?", false}, Row{"Qui dirige le CIML ?", "depuis quand ?", false},
                           Row{"Who leads Innate Pharma?", "since when?", true}, Row{"Qui dirige Innate Pharma ?", "depuis quand ?", true}}) {
        std::string const conversation = std::string("since when ") + row.first;
        auto const first = ask(row.first, conversation);
        REQUIRE(first.status == Status::answered);
        auto const when = ask(row.when, conversation);
        INFO(when.answer);
        CHECK((when.status == Status::answered) == row.has_date);
        CHECK((when.facts == first.facts) == row.has_date);
    }
}

TEST_CASE("yes and no are said only where the fact itself settles it", "[assistant]")
{
    // The way of asking names AP-HM, the fact does not; a list of examples is not the whole list.
    CHECK(ask("Is Paoli-Calmettes one of the AP-HM hospitals?").answer.find("Yes") == std::string::npos);
    CHECK(ask("HalioDx est une spin-off du CIML, non ?").answer.find("Non") == std::string::npos);
    // Named beside whoever it is, or in a fact about former times.
    for (auto const* question : {"est-ce que M. Vivier dirige le CIML ?", "Does Éric Vivier lead CIML?", "Is Michaël Danon the president of Eurobiomed?",
                                 "Michaël Danon est-il le président d'Eurobiomed ?", "is Bernard Malissen the director of CIML"}) {
        auto const answer = ask(question).answer;
        INFO(question << " " << answer);
        CHECK(answer.find("Yes") == std::string::npos);
        CHECK(answer.find("Oui") == std::string::npos);
    }
}

TEST_CASE("who stands before a pronoun is whom it is about", "[assistant]")
{
    for (auto const* question : {"IHU Méditerranée Infection, is it in the cluster?", "Le labo Foobarix, est-ce qu'il fait partie du cluster ?"}) {
        auto const reply = ask(question);
        INFO(question << " " << reply.answer);
        CHECK(reply.answer.find("Yes") == std::string::npos);
        CHECK(reply.answer.find("Oui") == std::string::npos);
    }
}

TEST_CASE("two wishes of one message are both answered", "[assistant]")
{
    struct Row {
        char const* text;
        char const* one;
        char const* other;
    };
    Row const rows[] = {
        {"IPC website + phone pls", "institutpaolicalmettes.fr", "04 91 22 33 33"},
        {"What's Bpifrance and since when does it exist?", "investment bank", "2012"},
        {"Who founded MI-mAbs and when?", "Protisvalor", "2013"},
        {"le site web et l'effectif de MI-mAbs", "www.mimabs.org", "28"},
        {"the budget and the partners of PIONeeR", "25.5", "Gustave Roussy"},
        {"combien de patients et quel budget pour pioneer", "450", "25,5"},   // named in the end
        // One is not known: not somebody else's.
        {"l'adresse postale et le site web de MI-mAbs", "www.mimabs.org", "aucune information"},
    };
    for (auto const& row : rows) {
        auto const answer = ask(row.text).answer;
        INFO(answer);
        CHECK(answer.find(row.one) != std::string::npos);
        CHECK(answer.find(row.other) != std::string::npos);
    }
    CHECK(ask("l'adresse postale et le site web de MI-mAbs").answer.find("Paoli") == std::string::npos);
}

TEST_CASE("what is not known of a second question is said, and nothing is told twice", "[assistant]")
{
    auto const half = ask("Who leads the CIML and how many parking spaces does it have?");
    CHECK(half.status == Status::answered);
    CHECK(half.facts == std::vector<std::string>{"ciml.leader.1"});
    CHECK(half.answer.find("On the rest of your question I have no fact.") != std::string::npos);
    auto const moitie = ask("Qui dirige le CIML et combien de places de parking y a-t-il ?");
    CHECK(moitie.answer.find("Sur le reste de votre question") != std::string::npos);
    // Two questions, each with its fact.
    auto const both = ask("Where is IPC and how can I call them?");
    CHECK(both.facts == std::vector<std::string>{"ipc.address.1", "ipc.contact.1"});
    CHECK(both.answer.find("the rest of your question") == std::string::npos);
}

TEST_CASE("a question of the FAQ is the same with politeness around it, and contracted", "[assistant]")
{
    for (auto const* text : {"What is the difference between Marseille Immunopole and Eurobiomed?", "hello, what's the difference between marseille immunopole and eurobiomed please",
                             "could you tell me what the difference is between Marseille Immunopole and Eurobiomed?"})
        CHECK(ask(text).facts == std::vector<std::string>{"difference-mi-eurobiomed"});
    // That one belongs to the other does not make them the same.
    for (auto const* text : {"is marseille immunopole the same as eurobiomed", "Is Eurobiomed the same thing as Marseille Immunopole?", "eurobiomed et marseille immunopole c'est la même chose ?"})
        CHECK(ask(text).facts == std::vector<std::string>{"difference-mi-eurobiomed"});
    auto const mistyped = ask("What is the difference between Marseille Immunopole and Eurobiomde?");
    CHECK(mistyped.facts == std::vector<std::string>{"difference-mi-eurobiomed"});
    CHECK(mistyped.answer.find("Eurobiomde") != std::string::npos);   // what it was read as is said
}

TEST_CASE("a worried message that asks who somebody is gets both", "[assistant]")
{
    auto const reply = ask("je suis une ancienne malade du sein, c'est quoi au juste l'immunotherapie");
    CHECK(reply.status == Status::safety);
    CHECK(reply.private_text);
    CHECK(reply.facts.size() == 1);
    CHECK(ask("should I try immunotherapy for my lung cancer?").facts.empty());
}
