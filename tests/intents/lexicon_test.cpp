#include "intents/lexicon.hpp"

#include "word_folder.hpp"

using namespace immunobot;
using namespace immunobot::intents;
using namespace immunobot::intents::tests;

TEST_CASE("a word has the classes of its row, each language its own", "[intents]")
{
    WordFolder folder;
    folder.write("words.csv", "class,en,fr\n"
                              "tag,right|isn't it,non|n'est-ce pas\n"
                              "how,how,comment|quoi\n"
                              "opens,explain,que|qu'\n"
                              "compares,older|first,vieux\n"
                              "first,first,premier\n"
                              "light,big,\n"
                              "person_pronoun,he,lui\n"
                              "thing_pronoun,it,leur\n");
    auto const lexicon = folder.read();
    CHECK(folder.problems() == "");
    struct Row {
        char const* word;
        std::uint32_t en;
        std::uint32_t fr;
    };
    static Row const rows[] = {
        {"right", tag, 0}, {"non", 0, tag}, {"how", asks_how, 0}, {"comment", 0, asks_how}, {"explain", opens, 0}, {"que", 0, opens},
        {"qu", 0, opens}, {"older", compares, 0}, {"first", compares | ordinal_first, 0}, {"premier", 0, ordinal_first}, {"big", light, 0},
        {"he", person_pronoun, 0}, {"lui", 0, person_pronoun}, {"it", thing_pronoun, 0}, {"leur", 0, thing_pronoun},
    };
    for (auto const& row : rows) {
        INFO(row.word);
        auto const* word = lexicon.word(row.word);
        REQUIRE(word != nullptr);
        CHECK(word->classes_en == row.en);
        CHECK(word->classes_fr == row.fr);
        CHECK(word->classes() == (row.en | row.fr));
    }
    CHECK(lexicon.word("isn") == nullptr);  // part of a phrase alone
}

TEST_CASE("phrases keep their words in order, the longest first", "[intents]")
{
    WordFolder folder;
    folder.write("words.csv", "class,en,fr\ntag,isn't it,n'est-ce pas\nfiller,isn't it right then,\nyes_no,isn't,\n");
    auto const lexicon = folder.read();
    auto const& phrases = lexicon.phrases_from("isn");
    REQUIRE(phrases.size() == 3);
    CHECK(phrases[0].words == std::vector<std::string>{"isn", "t", "it", "right", "then"});
    CHECK(phrases[1].classes_en == tag);
    CHECK(phrases[1].classes_fr == 0);
    CHECK(phrases[2].classes_en == yes_no);
    REQUIRE(lexicon.phrases_from("n").size() == 1);
    CHECK(lexicon.phrases_from("n")[0].classes_fr == tag);
    CHECK(lexicon.phrases_from("it").empty());
}

TEST_CASE("an irregular form stands for its base, in its language alone", "[intents]")
{
    WordFolder folder;
    folder.write("forms.csv", "language,base,forms\nen,run,ran\nen,begin,began|begun\nfr,être,Été|FUT\nfr,lire,lu\n");
    auto const lexicon = folder.read();
    CHECK(folder.problems() == "");
    struct Row {
        char const* form;
        Language language;
        char const* base;
    };
    static Row const rows[] = {
        {"ran", Language::en, "run"}, {"began", Language::en, "begin"}, {"begun", Language::en, "begin"}, {"ran", Language::fr, "ran"},
        {"ete", Language::fr, "etre"}, {"fut", Language::fr, "etre"}, {"lu", Language::fr, "lire"}, {"lu", Language::en, "lu"},
        {"run", Language::en, "run"}, {"unheard", Language::en, "unheard"}, {"", Language::en, ""},
    };
    for (auto const& row : rows) {
        INFO(row.form);
        CHECK(lexicon.base(row.form, row.language) == row.base);
    }
}

TEST_CASE("which languages have a word is told by its lists", "[intents]")
{
    WordFolder folder;
    folder.write("words.csv", "class,en,fr\nfunction,the|on,le|on\n");
    folder.write("lexicon.csv", "concept,en,fr\nteam,team,équipe\n");
    folder.write("common_en.txt", "house\nTable\r\n\n");
    folder.write("common_fr.txt", "maison\ntable\nhôtel\n");
    auto const lexicon = folder.read();
    CHECK(lexicon.word("the")->languages == 1);
    CHECK(lexicon.word("le")->languages == 2);
    CHECK(lexicon.word("on")->languages == 3);
    CHECK(lexicon.word("equipe")->languages == 2);
    CHECK(lexicon.common_languages("house") == 1);
    CHECK(lexicon.common_languages("hotel") == 2);
    CHECK(lexicon.common_languages("table") == 3);
    CHECK(lexicon.common_languages("tables") == 0);
    CHECK_FALSE(lexicon.is_common(""));
}

TEST_CASE("words of one group share a concept, in both languages and in all their forms", "[intents]")
{
    WordFolder folder;
    folder.write("lexicon.csv", "concept,en,fr\nlead,leader|head of,dirigeant\nstaff,employee,employé|dirigeant\n");
    auto const lexicon = folder.read();
    REQUIRE(lexicon.concepts() == 2);
    CHECK(lexicon.concept_name(0) == "lead");
    CHECK(lexicon.word("leader")->concepts == std::vector<ConceptId>{0});
    CHECK(lexicon.word("dirigeant")->concepts == std::vector<ConceptId>{0, 1});
    CHECK(lexicon.word("leader")->classes() == 0);
    text::Stemmer stemmer;
    CHECK(lexicon.concepts_of_stem(stemmer.stem("leaders", Language::en)) == std::vector<ConceptId>{0});
    CHECK(lexicon.concepts_of_stem("unheard").empty());
    CHECK(lexicon.phrases_from("head")[0].concepts == std::vector<ConceptId>{0});
    CHECK(lexicon.all_words() == std::vector<std::string>{"dirigeant", "employe", "employee", "head", "leader", "of"});
}

TEST_CASE("what is wrong with the word lists is told, and the rest is used", "[intents]")
{
    struct Row {
        char const* name;
        char const* file;
        char const* content;
        char const* code;
        std::size_t line;
    };
    static Row const rows[] = {
        {"unknown class", "words.csv", "class,en,fr\nfunction,the,le\nfunctoin,a,un\n", "L001", 3},
        {"unknown language", "forms.csv", "language,base,forms\nen,run,ran\nde,gehen,ging\n", "L010", 3},
        {"missing", "lexicon.csv", nullptr, "L000", 0},
    };
    for (auto const& row : rows)
        DYNAMIC_SECTION(row.name)
        {
            WordFolder folder;
            if (row.content != nullptr)
                folder.write(row.file, row.content);
            else
                folder.remove(row.file);
            auto const lexicon = folder.read();
            REQUIRE(folder.found.size() == 1);
            CHECK(folder.found[0].code == row.code);
            CHECK(folder.found[0].line == row.line);
            CHECK(folder.found[0].file.ends_with(row.file));
            CHECK(has_errors(folder.found));
            CHECK(lexicon.base("ging", Language::en) == "ging");
        }
}

TEST_CASE("what is said of several has no part in the classes of words", "[intents]")
{
    using Names = std::vector<std::string>;
    WordFolder folder;
    folder.write("words.csv", "class,en,fr\nfunction,the,le\nkind.company,company|companies,entreprise\nkind.hospital,companies,\nkind.shop,shop,magasin\nmost,the biggest,le plus grand\n");
    auto const lexicon = folder.read();
    CHECK(folder.found.empty());
    CHECK(lexicon.of_several("companies") == Names{"kind.company", "kind.hospital"});
    CHECK(lexicon.of_several("le plus grand") == Names{"most"});
    CHECK(lexicon.of_several("the").empty());
    CHECK(lexicon.word("companies") == nullptr);
    // Where the kinds are known, another is an error, and the other rows are used.
    std::string_view const kinds[] = {"company", "hospital"};
    Diagnostics found;
    auto const checked = Lexicon::read(folder.path(), found, kinds);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "L001");
    CHECK(found[0].line == 5);
    CHECK(checked.of_several("shop").empty());
    CHECK(checked.of_several("entreprise") == Names{"kind.company"});
}

TEST_CASE("the shipped word lists have no problems", "[intents]")
{
    Diagnostics found;
    auto const lexicon = Lexicon::read(IMMUNOBOT_ROOT "/data", found);
    CHECK(found.empty());
    CHECK(lexicon.base("led", Language::en) == "lead");
    CHECK((lexicon.word("comment")->classes_fr & asks_how) != 0);
    CHECK((lexicon.word("older")->classes_en & compares) != 0);
}
