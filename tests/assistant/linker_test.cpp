// Which entities a text names, whichever way it writes their names.
#include "assistant/linker.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::assistant;

namespace {

std::vector<knowledge::Entity> entities()
{
    return {
        {"tarn-centre", "research_centre", {"Tarn-Sorel Optics Centre", "Centre d'optique de Tarn-Sorel"}, "CTS", {"optics centre of Sorel"}, ""},
        {"hx-ab", "hospital", {"Hospitals of Sorel (HX-AB)", "Hôpitaux de Sorel (HX-AB)"}, "HX-AB", {"HX-AB"}, ""},
        {"archive", "technology_centre", {"HX-AB Archive", "Archive de HX-AB"}, "", {}, "hx-ab"},
        {"varga", "person", {"Ines Varga", "Ines Varga"}, "", {}, ""},
        {"prism", "concept", {"Prism pair", "Paire de prismes"}, "PRP", {}, ""},
        {"kx2", "concept", {"KX 2", "KX 2"}, "", {}, ""},
        {"dawn", "programme", {"DAWN", "DAWN"}, "", {}, ""},
    };
}

// The ids of what is named, in order.
std::string named(std::string_view text)
{
    static auto const all = entities();
    static Linker const linker(all, [](std::string_view word) { return word == "dawn"; });
    auto const tokens = text::tokenise(text);
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        words.push_back(tokens.word(i));
    std::vector<Link> links;
    linker.find(tokens, words, links);
    std::string out;
    for (auto const& link : links)
        out += (out.empty() ? "" : " ") + all[link.entity].id;
    return out;
}

}  // namespace

TEST_CASE("a name is found however its words are joined, ordered and spelled", "[assistant]")
{
    struct Row { char const* text; char const* ids; };
    for (auto const& [text, ids] : {
             Row{"where is the Tarn-Sorel Optics Centre", "tarn-centre"}, Row{"the optics centre at Sorel", "tarn-centre"}, Row{"the optics centre of the Sorel", "tarn-centre"},
             Row{"the Sorel optics centre", "tarn-centre"}, Row{"Optics Centre Tarn Sorel", "tarn-centre"}, Row{"centre optique du Tarn au Sorel", "tarn-centre"},
             Row{"who runs the HXAB archive", "archive"}, Row{"archive HX-AB", "archive"}, Row{"l'archive de HXAB", "archive"}, Row{"HXAB", "hx-ab"},
             Row{"Varga Ines", "varga"}, Row{"dr Varga Ines and the CTS", "varga tarn-centre"},
             Row{"what are PRPs and prism pairs", "prism prism"},
         }) {
        INFO(text);
        CHECK(named(text) == ids);
    }
}

TEST_CASE("an everyday word is a name with capitals, or after what comes before a name only", "[assistant]")
{
    for (auto const* text : {"who ran DAWN", "something called dawn", "un essai appelé dawn", "l'essai Dawn"}) {
        INFO(text);
        CHECK(named(text) == "dawn");
    }
    CHECK(named("at dawn") == "");
    CHECK(named("a dawn project") == "");
}

TEST_CASE("words of a name that stand apart name nobody", "[assistant]")
{
    for (auto const* text : {"optics and the centre and Sorel", "Ines asked Varga", "2 KX", "pairs of eyes", "a centre for optics", "pair prism"}) {
        INFO(text);
        CHECK(named(text) == "");
    }
}
