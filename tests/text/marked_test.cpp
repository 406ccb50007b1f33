#include "text/marked.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <random>
#include <string>

using namespace immunobot::text;

namespace {

// "see <the plan|https://e.org> and <bold>": what was found, with the plain text between.
std::string drawn(std::string_view written)
{
    auto const found = marked(written);
    std::string out;
    std::size_t at = 0;
    std::size_t strong_end = 0;
    for (auto const& mark : found.marks) {
        if (strong_end > 0 && mark.begin >= strong_end) {
            out.append(found.text, at, strong_end - at).append(">");
            at = strong_end;
            strong_end = 0;
        }
        out.append(found.text, at, mark.begin - at).append("<");
        at = mark.begin;
        if (mark.address.empty()) {
            strong_end = mark.end;
            continue;
        }
        out.append(found.text, at, mark.shown - at).append("|").append(mark.address).append(">");
        at = mark.end;
    }
    if (strong_end > 0) {
        out.append(found.text, at, strong_end - at).append(">");
        at = strong_end;
    }
    return out.append(found.text, at);
}

}  // namespace

TEST_CASE("strong words and labelled links are taken out of a text", "[text]")
{
    struct Row { char const* written; char const* text; char const* drawn; };
    for (auto const row : {
             Row{"Plain text.", "Plain text.", "Plain text."},
             Row{"Open **every day** but Sunday.", "Open every day but Sunday.", "Open <every day> but Sunday."},
             Row{"See [the plan](https://e.org/plan).", "See the plan (https://e.org/plan).", "See <the plan|https://e.org/plan>."},
             Row{"[write](mailto:info@e.org) or [call](tel:+33491269494)", "write (info@e.org) or call (+33491269494)", "<write|mailto:info@e.org> or <call|tel:+33491269494>"},
             Row{"[info@e.org](mailto:info@e.org), [e.org/a](https://e.org/a), [https://e.org](https://e.org)", "info@e.org, e.org/a, https://e.org", "<info@e.org|mailto:info@e.org>, <e.org/a|https://e.org/a>, <https://e.org|https://e.org>"},
             Row{"**two** **words**", "two words", "<two> <words>"},
             Row{"**see [it](https://e.org) now**", "see it (https://e.org) now", "<see <it|https://e.org> now>"},
             Row{"[**it**](https://e.org)", "it (https://e.org)", "<<it|https://e.org>>"},
             Row{"- **a**\n- b", "- a\n- b", "- <a>\n- b"},
             Row{"\xc2\xab\xc2\xa0**\xc3\xa9t\xc3\xa9**\xc2\xa0\xc2\xbb", "\xc2\xab\xc2\xa0\xc3\xa9t\xc3\xa9\xc2\xa0\xc2\xbb", "\xc2\xab\xc2\xa0<\xc3\xa9t\xc3\xa9>\xc2\xa0\xc2\xbb"}}) {
        INFO(row.written);
        CHECK(marked(row.written).text == row.text);
        CHECK(drawn(row.written) == row.drawn);
    }
}

TEST_CASE("what is no whole mark stays as it stands", "[text]")
{
    for (auto const* written : {"2 ** 3", "**", "****", "******", "** a**", "**a **", "**a", "a**", "**a\nb**", "***a***", "*a*", "**a***", "[a]", "[a](", "[a]()", "[](https://e.org)", "[ a](https://e.org)", "[a ](https://e.org)",
                                "[a] (https://e.org)", "[a](http://e.org)", "[a](javascript:alert(1))", "[a](JavaScript:x)", "[a](data:text/html,x)", "[a](https://)", "[a](https:// e.org)", "[a](https://e.org", "[a](https://e.org b)",
                                "[a](https://e.org/(b))", "[a](https://e.org\"onclick=x)", "[a](https://e.org<b>)", "[a](//e.org)", "[a](/b)", "[a](mailto:)", "[a](mailto:x)", "[a](mailto:a@b.org?subject=x)", "[a](tel:)", "[a](tel:call)",
                                "[a](file:///etc/passwd)", "[a\nb](https://e.org)", "![a]", "[a](https://\xff", "[a](https://.)", "[a](https://good.org@evil.org/)", "[https://good.org](https://evil.org)",
                                "[www.good.org](https://evil.org)", "[see https://good.org](https://evil.org)"}) {
        INFO(written);
        CHECK(marked(written).text == written);
        CHECK(marked(written).marks.empty());
    }
    CHECK(drawn("[a [b](https://e.org)") == "[a <b|https://e.org>");
    CHECK(drawn("**a [b** c](https://e.org)") == "<a [b> c](https://e.org)");
    CHECK(drawn("[a **b** c](https://e.org)") == "<a **b** c|https://e.org>");
    CHECK(drawn("**a** b**") == "<a> b**");
    CHECK(drawn("![a](https://e.org)") == "!<a|https://e.org>");
}

TEST_CASE("hostile texts are read in linear time", "[text]")
{
    auto const repeated = [](std::string_view one, std::size_t times) {
        std::string out;
        for (; times > 0; --times)
            out += one;
        return out;
    };
    for (auto const* one : {"*", "**", "**a ", "**a", "[", "]", "[a](", "[a](https://e.org", "[a](https://e.org/[", "** ", "***", "[**a", "**[a](https://e.org)", "a**b"}) {
        INFO(one);
        auto const begun = std::chrono::steady_clock::now();
        auto const text = repeated(one, 100'000);
        CHECK(marked(text).text.size() <= 2 * text.size());
        CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(2));
    }
}

// Whatever stands there: marks lie inside of the text, in order, strong texts hold links whole, and the text alone is read the same again.
TEST_CASE("marks of any text are in order", "[text]")
{
    std::mt19937 random(11);
    char const* const pieces[] = {"*", "**", "**", "a", " ", "\n", "[", "]", "](", "(", ")", "https://e.org", "mailto:a@b.fr", "tel:15", "[a](https://e.org)", "\xc3\xa9", "\xff", "\\"};
    for (int round = 0; round < 20'000; ++round) {
        std::string written;
        for (auto count = random() % 16; count > 0; --count)
            written += pieces[random() % std::size(pieces)];
        INFO(written);
        auto const found = marked(written);
        std::size_t free_from = 0;
        std::size_t strong_end = 0;
        for (auto const& mark : found.marks) {
            REQUIRE(mark.begin < mark.shown);
            REQUIRE(mark.shown <= mark.end);
            REQUIRE(mark.end <= found.text.size());
            REQUIRE(mark.begin >= free_from);
            REQUIRE((mark.begin >= strong_end || (!mark.address.empty() && mark.end <= strong_end)));
            REQUIRE(found.text.substr(mark.begin, mark.end - mark.begin).find('\n') == std::string::npos);
            if (mark.address.empty())
                strong_end = mark.end;
            else
                free_from = mark.end;
        }
    }
}
