#include "intents/lint.hpp"

#include "word_folder.hpp"

using namespace immunobot;
using namespace immunobot::intents;

namespace {

struct File {
    std::string name;
    std::string about;  // 'answers' or 'says'
    std::string en;
    std::string fr;
    std::string tests = "";
};

std::vector<Intent> read(std::vector<File> const& files)
{
    std::vector<Intent> out;
    for (auto const& file : files) {
        Diagnostics found;
        auto intent = parse_intent("intent: " + file.name + "\ntitle: {en: a, fr: b}\n" + file.about + "\nen: " + file.en + "\nfr: " + file.fr +
                                       "\ntests: [" + file.tests + "]\n",
                                   file.name + ".yaml", found);
        for (auto const& one : found)
            UNSCOPED_INFO(format(one));
        REQUIRE(intent);
        out.push_back(*intent);
    }
    return out;
}

std::string lines_of(Diagnostics const& found)
{
    std::string out;
    for (auto const& one : found)
        out += one.file + ":" + std::to_string(one.line) + ":" + std::to_string(one.column) + " " + one.code + " " + one.message + "\n";
    return out;
}

std::string overlaps(std::vector<File> const& files)
{
    intents::tests::WordFolder folder;
    folder.write("forms.csv", "language,base,forms\nen,run,ran\n");
    Diagnostics found;
    find_overlaps(read(files), folder.read(), found);
    return lines_of(found);
}

std::string const fact = "answers: {property: founded}";
std::string const other_fact = "answers: {property: location}";
std::string const small_talk = "says: {status: smalltalk, en: a, fr: b}";

}  // namespace

TEST_CASE("two intents that can both match are told with the shortest question", "[intents]")
{
    struct Row {
        char const* name;
        std::vector<File> files;
        std::string told;
    };
    Row const rows[] = {
        {"one word of both", {{"a", small_talk, "{any: [hi, help]}", "{any: [salut]}"}, {"b", fact, "{any: [aid, helps]}", "{any: [aide]}"}},
         "a.yaml:4:16 L101 the question \"help\" is of 'a' and of 'b'\n"},
        {"by an irregular form", {{"a", small_talk, "{any: [ran]}", "{any: [salut]}"}, {"b", fact, "{any: [run]}", "{any: [aide]}"}},
         "a.yaml:4:12 L101 the question \"ran\" is of 'a' and of 'b'\n"},
        {"in the other language", {{"a", small_talk, "{any: [hi]}", "{any: [salut]}"}, {"b", fact, "{any: [run]}", "{any: [aide, saluts]}"}},
         "a.yaml:5:12 L101 the question \"salut\" is of 'a' and of 'b'\n"},
        {"a phrase that holds a word of the other", {{"a", small_talk, "{any: [\"how are you\"]}", "{any: [salut]}"}, {"b", fact, "{any: [how]}", "{any: [aide]}"}}, "a.yaml:4:12 L101 the question \"how are you\" is of 'a' and of 'b'\n"},
        {"one word of each line", {{"a", small_talk, "{must: [[my, his], [pain, head]]}", "{any: [salut]}"}, {"b", fact, "{any: [heads]}", "{any: [aide]}"}},
         "a.yaml:4:14 L101 the question \"my head\" is of 'a' and of 'b'\n"},
        {"a wish of each is a compound question", {{"a", small_talk, "{any: [hi]}", "{any: [salut]}"}, {"b", fact, "{any: [aid]}", "{any: [aide]}"}}, ""},
        {"never keeps them apart", {{"a", small_talk, "{any: [help]}", "{any: [salut]}"}, {"b", fact, "{any: [help], never: [helps]}", "{any: [aide]}"}}, ""},
        {"facts of different properties: the facts decide", {{"a", fact, "{any: [help]}", "{any: [x]}"}, {"b", other_fact, "{any: [help]}", "{any: [y]}"}}, ""},
        {"facts of one property", {{"a", fact, "{any: [help]}", "{any: [x]}"}, {"b", fact, "{any: [help]}", "{any: [y]}"}},
         "a.yaml:4:12 L101 the question \"help\" is of 'a' and of 'b'\n"},
        {"a reply that wants the message for itself", {{"a", small_talk + "\nalone: true", "{any: [help]}", "{any: [x]}"}, {"b", fact, "{any: [help]}", "{any: [y]}"}}, ""},
        {"a test says which is right", {{"a", small_talk, "{any: [help]}", "{any: [x]}", "{ask: \"please help\", intent: a}"}, {"b", fact, "{any: [help]}", "{any: [y]}"}}, ""},
        {"a test that says nothing", {{"a", small_talk, "{any: [help]}", "{any: [x]}", "{ask: \"please help\"}"}, {"b", fact, "{any: [help]}", "{any: [y]}"}},
         "a.yaml:4:12 L101 the question \"help\" is of 'a' and of 'b'\n"},
        {"examples alone match nothing", {{"a", small_talk, "{examples: [help]}", "{any: [x]}"}, {"b", fact, "{any: [help]}", "{any: [y]}"}}, ""},
    };
    for (auto const& row : rows)
        DYNAMIC_SECTION(row.name) { CHECK(overlaps(row.files) == row.told); }
}

TEST_CASE("keywords that do nothing are told", "[intents]")
{
    Diagnostics found;
    find_dead_keywords(read({{"a", fact, "{any: [founded, \"?!\", Founded, \"who founded\"], may: [founded], never: [who, WHO]}", "{any: [créé, cree], must: [[né], [né]]}"}}), found);
    CHECK(lines_of(found) == "a.yaml:4:21 L102 the keyword '?!' has no word in it\n"
                         "a.yaml:4:27 L104 the keyword 'Founded' stands here already (line 4: 'founded')\n"
                         "a.yaml:4:36 L103 the keyword 'who founded' is blocked by 'who' in 'never' (line 4)\n"
                         "a.yaml:4:81 L104 the keyword 'WHO' stands here already (line 4: 'who')\n"
                         "a.yaml:5:18 L104 the keyword 'cree' stands here already (line 5: 'créé')\n");
}
