// What the structure of the shipped facts answers, whatever the words: members, numbers, dates, what ties and what tells apart.
#include "assistant/assistant.hpp"

#include "shipped.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>

using namespace immunobot;
using assistant::Status;
using assistant::tests::ask;

TEST_CASE("a number tells facts of one kind apart", "[assistant]")
{
    using Facts = std::vector<std::string>;
    struct Row { char const* text; Facts facts; };
    for (auto const& [text, facts] : {Row{"what is a phase 2 trial", {"clinical-trial.kind.2"}}, Row{"phase III?", {"clinical-trial.kind.3"}},
                                      Row{"what's the difference between phase 1 and phase 3", {"clinical-trial.kind.1", "clinical-trial.kind.3"}},
                                      Row{"c'est quoi la phase 1 et la phase 4", {"clinical-trial.kind.1", "clinical-trial.kind.4"}},
                                      Row{"premier et troisieme axe", {"marseille-immunopole.axis.3", "marseille-immunopole.axis.5"}}, Row{"what is axis 3", {"marseille-immunopole.axis.5"}},
                                      Row{"how many patients in a phase 3 trial", {"clinical-trial.capacity.1"}}}) {
        INFO(text);
        CHECK(ask(text).facts == facts);
    }
    CHECK(ask("what are the 4 phases of a trial").facts.size() != 1);   // so many there are
    for (auto const* text : {"the first", "the first time", "MI 2", "CIML 2", "en premier lieu"}) {   // of what?
        INFO(text);
        CHECK(ask(text).facts.empty());
    }
}

TEST_CASE("who is not the one that is named is told by the list of all, and all of them by a no", "[assistant]")
{
    auto const list = std::vector<std::string>{"marseille-immunopole.has_member.5"};
    for (auto const* question : {"Which hospital is not run by AP-HM?", "quel hôpital ne fait pas partie de l'AP-HM ?", "which hospital apart from IPC"}) {
        INFO(question);
        CHECK(ask(question).facts == list);
    }
    for (auto const* question : {"are all your hospitals AP-HM?", "tous les hôpitaux du cluster sont à l'AP-HM ?"}) {
        INFO(question);
        auto const reply = ask(question);
        CHECK(reply.facts == list);
        CHECK((reply.answer.starts_with("No: ") || reply.answer.starts_with("Non")));
    }
    // What the AP-HM's own are not, no list of others tells.
    CHECK(ask("Which of the AP-HM hospitals is not in Marseille?").facts != list);
}

TEST_CASE("of a figure at several times the newest is told first, unless a year is asked for", "[assistant]")
{
    REQUIRE_FALSE(ask("how many people work at CIML?").facts.empty());
    CHECK(ask("how many people work at CIML?").facts[0] == "ciml.headcount.3");
    CHECK(ask("how many people worked at CIML in 1996?").facts == std::vector<std::string>{"ciml.headcount.2"});
}

TEST_CASE("what the structure of the facts answers after an answer", "[assistant]")
{
    struct Turn { char const* ask; char const* says; };
    static std::vector<Turn> const talks[] = {
        // One of those who were listed.
        {{"Who supports the cluster?", "eleven"}, {"is the Region one of them?", "Yes: The Provence-Alpes-"}},
        {{"Qui soutient le cluster ?", "onze"}, {"le D\u00e9partement aussi ?", "Oui"}, {"et la CCI ?", "soutient"}},
        // Who was there before.
        {{"who runs Innate Pharma?", "Dickinson"}, {"And who had the job before him?", "Brailly"}},
        {{"Who leads CIML?", "Philippe Pierre"}, {"and before?", "2008"}},
        // In the place of what was said.
        {{"Qui dirige l'IPC ?", "Norbert Vey"}, {"non, je voulais dire l'AP-HM", "Cr\u00e9mieux"}, {"elle emploie combien de personnes ?", "18"}},
        // Who was before is not whoever was just told.
        {{"Qui dirige l'Institut Paoli-Calmettes ?", "Vey"}, {"et avant lui c'\u00e9tait qui ?", "s\u00fbr de comprendre"}},
        // Which ones, and one of them.
        {{"how many technological innovation centres do you have?", "six"}, {"which ones?", "CIPHE"}, {"where's the second one located?", "Luminy"}},
        {{"Il y a combien d'h\u00f4pitaux chez vous ?", "quatre"}, {"lesquels ?", "Paoli"}},
        {{"Which hospitals belong to AP-HM?", "Nord"}, {"where is the first one?", "Marseille"}},
        {{"Which hospitals belong to AP-HM?", "Nord"}, {"where is the second hospital?", "264"}},
        {{"Qui dirige Innate Pharma ?", "Dickinson"}, {"depuis quand ?", "2024"}},
    };
    int number = 0;
    for (auto const& talk : talks) {
        std::string const conversation = "structure " + std::to_string(++number);
        for (auto const& turn : talk) {
            auto const answer = ask(turn.ask, conversation).answer;
            INFO(turn.ask << "\n" << answer);
            CHECK(answer.find(turn.says) != std::string::npos);
        }
    }
}

TEST_CASE("what is compared is told of each, by one property, or not at all", "[assistant]")
{
    for (auto const* text : {"Which is older, the CIML or Innate Pharma?", "Du CIML et d'Innate Pharma, lequel est le plus vieux ?"}) {
        auto const answer = ask(text).answer;
        INFO(answer);
        CHECK(answer.find("1976") != std::string::npos);
        CHECK(answer.find("1999") != std::string::npos);
    }
    CHECK(ask("qui a le plus gros budget, l'aphm ou l'ipc ?").status != Status::answered);
    // A difference is told by what each of them is, where nobody wrote an answer to it.
    CHECK(ask("What is the difference between the CIML and the CRCM?").facts == std::vector<std::string>{"ciml.definition.1", "crcm.full_name.1"});
    CHECK(ask("difference entre ciml et ciphe ??").facts.size() == 2);
}

TEST_CASE("all of a kind are told where all are asked for, and who came before somebody", "[assistant]")
{
    auto const former = ask("I need all the people who used to be at the head of CIML").facts;
    CHECK(std::ranges::count_if(former, [](std::string const& fact) { return fact.starts_with("ciml.former_leader."); }) == 9);
    CHECK(ask("who ran ciml before Vivier").answer.find("Gorvel") != std::string::npos);
    CHECK(ask("Is Paoli-Calmettes one of the AP-HM hospitals?").answer.find("No: ") == 0);
}

TEST_CASE("what ties two that are named is a fact that speaks of both, or nothing", "[assistant]")
{
    struct Row { char const* asked; char const* facts; };   // one of them
    for (Row const& row : {Row{"What's the connection between Daniel Olive and ImCheck?", "imcheck-therapeutics.founder.1 daniel-olive.role.2"}, Row{"Quelle est la relation entre MI-mAbs et Innate Pharma ?", "mi-mabs.founder.1"},
                           Row{"Does Helio Diagnostics have anything to do with HalioDx?", "helio-diagnostics.founded.1"}, Row{"le lien entre le CIML et le CNRS", "ciml.part_of.2 ciml.founder.1"}}) {
        INFO(row.asked);
        auto const facts = ask(row.asked).facts;
        REQUIRE(facts.size() == 1);
        CHECK(std::string_view(row.facts).find(facts[0]) != std::string_view::npos);
    }
    CHECK(ask("What does Ipsen have to do with Innate Pharma?").status != Status::answered);
}

TEST_CASE("a fact that says nothing of the named is not told, though one of its ways of asking names them", "[assistant]")
{
    for (auto const* text : {"is Innate still independent or did somebody buy them", "c'est vrai que Sanofi a racheté Innate Pharma ?", "did somebody buy Innate Pharma"}) {
        INFO(text);
        for (auto const& fact : ask(text).facts)
            CHECK_FALSE(fact.starts_with("imcheck-therapeutics."));
    }
    CHECK(ask("did somebody buy ImCheck").facts == std::vector<std::string>{"imcheck-therapeutics.acquired_by.1"});
}

TEST_CASE("what stands before a colon is what all the questions after it are about", "[assistant]")
{
    auto const facts = ask("programme PIONeeR : combien de patients, combien d'argent, quels partenaires ?").facts;
    CHECK(facts == std::vector<std::string>{"pioneer-project.capacity.1", "pioneer-project.budget.1", "pioneer-project.partner.1"});
}

TEST_CASE("beside the reply to what is told of somebody's health stands what is known for sure", "[assistant]")
{
    struct Row { char const* text; char const* fact; };
    for (auto const& [text, fact] : {Row{"my dad has lung cancer, what is this pioneer study you're running about?", "pioneer-project."},
                                     Row{"Bonjour, je suis suivie à l'IPC pour un lymphome, est-ce que des essais cliniques y sont menés ?", "ipc."}}) {
        INFO(text);
        auto const reply = ask(text);
        CHECK(reply.status == Status::safety);
        REQUIRE_FALSE(reply.facts.empty());
        CHECK(reply.facts[0].starts_with(fact));
    }
    for (auto const* text : {"should I stop my chemo?", "will immunotherapy cure my dad", "should I try immunotherapy for my lung cancer?", "mon fils a 40 de fièvre, c'est grave ?"}) {
        INFO(text);
        CHECK(ask(text).facts.empty());
    }
    for (auto const* text : {"rate per mg", "what is your price per mg of antibody"}) {   // nobody is ill
        INFO(text);
        CHECK(ask(text).status != Status::safety);
    }
}

TEST_CASE("of two that may be meant the one that is known is told", "[assistant]")
{
    struct Row { char const* text; char const* fact; };
    for (auto const& [text, fact] : {Row{"is Norbert Vey at La Timone or at Paoli-Calmettes?", "norbert-vey.role.1"}, Row{"did Vivier found Innate or ImCheck", "innate-pharma.founder.2"},
                                     Row{"was ImCheck or Innate bought by Ipsen?", "imcheck-therapeutics.acquired_by.1"}}) {
        INFO(text);
        auto const facts = ask(text).facts;
        REQUIRE(facts.size() == 1);
        CHECK(facts[0] == fact);
    }
    CHECK(ask("who came first, CIML or CRCM?").facts.size() == 2);   // compared, not chosen from
    CHECK(ask("website of CIML or CRCM").facts.size() == 2);           // both are known
    auto const facts = ask("Is Eric Vivier at CIML or at Innate Pharma?").facts;
    CHECK(std::ranges::all_of(facts, [](std::string const& fact) { return fact.find("eric-vivier") != std::string::npos; }));
    auto const begin = std::chrono::steady_clock::now();
    (void)ask("Where is CNRS or Inserm or CIML or AMU or NFI or FORCE or MI-FHU or PIONeeR or Innate Pharma or ImCheck or HalioDx or Veracyte or AP-HM or IPC or TAGC or CRCM or LAI?");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

TEST_CASE("a list of wishes is answered wish by wish", "[assistant]")
{
    using Facts = std::vector<std::string>;
    CHECK(ask("budget, partners and duration of PIONeeR").facts == Facts{"pioneer-project.budget.1", "pioneer-project.partner.1", "pioneer-project.duration.1"});
    CHECK(ask("adresse, téléphone et site web de l'IPC").facts == Facts{"ipc.address.1", "ipc.contact.1", "ipc.website.1"});
    auto const properties = ask("Innate Pharma: founding year, founders, headcount").answer;
    for (auto const* part : {"1999", "Brailly", "181"})
        CHECK(properties.find(part) != std::string::npos);
    CHECK(ask("full names of CIML, CRCM, TAGC, CIPHE and LAI").facts.size() == 5);
    for (auto const& fact : ask("budget of PIONeeR, founders and address of Innate Pharma").facts)   // of whom, is not clear
        CHECK(fact.find("founder") == std::string::npos);
}

TEST_CASE("what is asked of each of the few that were listed is asked of each", "[assistant]")
{
    REQUIRE(ask("which research centres take part in MI-mAbs?", "each").facts == std::vector<std::string>{"mi-mabs.partner.1"});
    auto const facts = ask("where is each of them?", "each").facts;
    for (auto const* centre : {"ciml.", "crcm.", "ciphe."}) {
        INFO(centre);
        CHECK(std::ranges::any_of(facts, [&](std::string const& fact) { return fact.starts_with(centre); }));
    }
    CHECK(ask("where is each of them?", "nothing was listed").facts.empty());
    REQUIRE_FALSE(ask("which research centres take part in MI-mAbs?", "each year").facts.empty());
    CHECK(ask("how many mice each year?", "each year").facts.size() < 3);   // not of each of them
}

TEST_CASE("thanks that ask something are no thanks", "[assistant]")
{
    CHECK(ask("so when can he get it?").status != Status::smalltalk);
    CHECK(ask("ok merci qd même").status == Status::smalltalk);
}

TEST_CASE("what is asked of all of a kind is told of each that has it", "[assistant]")
{
    struct Row { char const* ask; char const* begins; std::vector<std::string> facts; };
    for (auto const& [question, begins, facts] : {
             Row{"Which companies in the cluster have been acquired?", "What I know of them:\n", {"haliodx.acquired_by.1", "imcheck-therapeutics.acquired_by.1", "emergence-therapeutics.acquired_by.1", "immunotech.acquired_by.1", "ipsogen.acquired_by.1"}},
             Row{"qui dirige les h\u00f4pitaux du cluster ?", "Ce que j'en sais", {"ap-hm.leader.1", "ipc.leader.1"}},
             Row{"startups created since 2019", "What I know of them:\n", {"helio-diagnostics.founded.1", "emergence-therapeutics.founded.1", "adcytherix.founded.1"}},
             Row{"companies founded before 1990", "What I know of them:\n", {"immunotech.founded.1"}},
             Row{"companies founded between 2010 and 2016", "What I know of them:\n", {"haliodx.founded.1", "imcheck-therapeutics.founded.1"}},
             Row{"companies founded after 2015", "What I know of them:\n", {"helio-diagnostics.founded.1", "emergence-therapeutics.founded.1", "adcytherix.founded.1"}},
             Row{"Which companies were founded in 2015?", "What I know of them:\n", {"haliodx.founded.2", "imcheck-therapeutics.founded.1"}},
             Row{"quelles entreprises ont \u00e9t\u00e9 rachet\u00e9es depuis 2011 et avant 2022 ?", "Ce que j'en sais", {"haliodx.acquired_by.1", "ipsogen.acquired_by.1"}},
             Row{"who founded the companies?", "What I know of them:\n", {"innate-pharma.founder.1", "innate-pharma.founder.2", "haliodx.founder.1", "imcheck-therapeutics.founder.1", "ipsogen.founder.1"}},
             Row{"quelle boite a lev\u00e9 105 millions \u00e0 marseille ?", "Ce que j'en sais", {"adcytherix.funding.1"}},
             Row{"Which of your companies work on ADCs?", "What I know of them:\n", {"adcytherix.definition.1"}}}) {
        INFO(question);
        auto const reply = ask(question);
        CHECK(reply.answer.starts_with(begins));
        CHECK(reply.facts == facts);
    }
    // What is said besides would have to be stated by the facts, and only looks like a question of the kind.
    for (auto const* question : {"which labs work on diabetes?", "which companies hire?", "which company is the best?", "our company was founded in 2019", "which companies pay the most?", "which hospital has the biggest budget?", "hospitals founded since 2000",
                                 "which companies will be acquired?", "quelles entreprises ont \u00e9t\u00e9 rachet\u00e9es par des groupes fran\u00e7ais ?", "when do the hospitals open?", "where is your lab?", "who owns the hospitals?", "Which labs work with companies?",
                                 "Which companies were not acquired?", "which hospital has the most patients?", "which companies raised more than us?"}) {
        INFO(question);
        CHECK(ask(question).facts.empty());
    }
}

TEST_CASE("one end of several is told by the figures that are known", "[assistant]")
{
    struct Row { char const* ask; char const* first; std::size_t told; };
    for (auto const& [question, first, told] : {Row{"oldest lab in the cluster", "crcm.founded.1", 3}, Row{"la plus vieille boite du cluster", "immunotech.founded.1", 3}, Row{"newest company of the cluster", "helio-diagnostics.founded.1", 3},
                                                Row{"which company raised the most money?", "adcytherix.funding.1", 3}, Row{"biggest employers", "ap-hm.headcount.1", 3}, Row{"which hospital has the fewest beds?", "ipc.capacity.1", 3}, Row{"what are the youngest and the oldest companies?", "immunotech.founded.1", 2},
                                                Row{"quel est le plus grand h\u00f4pital", "hopital-timone.definition.1", 4}}) {
        INFO(question);
        auto const reply = ask(question);
        REQUIRE_FALSE(reply.facts.empty());
        CHECK(reply.facts[0] == first);
        CHECK(reply.facts.size() == told);
        CHECK((reply.answer.starts_with("By the figures that I have:\n") || reply.answer.starts_with("D'apr")));
    }
    for (auto const* question : {"biggest hospital in the world", "la plus grosse entreprise de France", "is CIML the oldest lab?", "we are the oldest company in Marseille", "I work in the biggest lab", "is my company the youngest?", "which lab has the youngest researchers?",
                                 "who founded the youngest company?", "who can tell me more about the companies?", "which lab can tell me more?", "who is the most important person in the companies?"}) {
        INFO(question);
        CHECK_FALSE(ask(question).answer.starts_with("By the figures"));
        CHECK(ask(question).facts.size() < 2);
    }
    // Of two that are named all is told that was asked for.
    CHECK(ask("which has the fewest employees, CIML or CIPHE?").facts == std::vector<std::string>{"ciphe.headcount.1", "ciml.headcount.3"});
    CHECK(ask("ciml or crcm, which one's bigger").facts == std::vector<std::string>{"crcm.headcount.1", "ciml.headcount.3"});
}

TEST_CASE("which of those that were told comes first is told by their figures", "[assistant]")
{
    ask("difference between Innate Pharma and ImCheck?", "older");
    CHECK(ask("which one is older", "older").facts == std::vector<std::string>{"innate-pharma.founded.1", "imcheck-therapeutics.founded.1"});
    ask("how many beds does AP-HM have", "bigger");
    ask("and IPC?", "bigger");
    CHECK(ask("which one is bigger", "bigger").facts == std::vector<std::string>{"ap-hm.headcount.1", "ipc.headcount.1"});
    ask("what hospitals make up the ap-hm", "biggest");
    CHECK(ask("which is the biggest", "biggest").facts[0] == "hopital-timone.capacity.1");
    CHECK(ask("tell me more", "biggest").facts.empty());
    // Of all of the kind, not of the three that were told; where these are not known, nothing.
    ask("oldest lab", "newest");
    CHECK(ask("and the newest?", "newest").facts[0] == "mi-mabs.founded.1");
    ask("Which companies have been acquired?", "acquired");
    CHECK(ask("which one is the oldest?", "acquired").facts[0] == "immunotech.founded.1");
    CHECK(ask("and the youngest?", "acquired").facts.empty());
    // Somebody's age is nobody's founding.
    ask("who runs the hospitals?", "youngest");
    CHECK(ask("who is the youngest?", "youngest").facts.empty());
}

TEST_CASE("whether somebody has the most is not told by what they have", "[assistant]")
{
    for (auto const* question : {"Did ImCheck raise the most?", "Does IPC have the most beds?"}) {
        INFO(question);
        CHECK_FALSE(ask(question).answer.starts_with("Yes"));
    }
}

TEST_CASE("what a visitor tells besides is no part of the question", "[assistant]")
{
    struct Row { char const* ask; char const* fact; bool rest; };
    for (auto const& [question, fact, rest] : {Row{"was thinking about investing. which startups came out of the cluster", "marseille-immunopole.has_member.8", false}, Row{"what is an ADC, need for training tmrw", "adc.definition.1", false},
                                               Row{"Bonjour, infirmi\u00e8re \u00e0 la retraite, je voudrais savoir ce qu'est une tumoroth\u00e8que s'il vous pla\u00eet", "tumour-bank.definition.1", false},
                                               Row{"c'est quoi ces batiments a luminy, on peut visiter ?", "luminy-campus.definition.1", true}, Row{"who is the director of the IPC (and his salary)?", "ipc.leader.1", true}}) {
        INFO(question);
        auto const reply = ask(question);
        REQUIRE_FALSE(reply.facts.empty());
        CHECK(reply.facts[0] == fact);
        CHECK((reply.answer.find("On the rest of your question") != std::string::npos || reply.answer.find("Sur le reste de votre question") != std::string::npos) == rest);
    }
    for (auto const* question : {"je travaille au journal local, qui est le porte-parole de MI ?", "IHU M\u00e9diterran\u00e9e Infection, is it in the cluster?", "le ministre il en dit quoi du biocluster", "comment ma start up peut rejoindre marseille immunopole, c'est quoi les conditions ?"}) {
        INFO(question);
        CHECK(ask(question).facts.empty());
    }
}
