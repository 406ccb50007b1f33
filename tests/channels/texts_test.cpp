#include "channels/answer_text.hpp"
#include "channels/form.hpp"
#include "text/form_fields.hpp"
#include "channels/texts.hpp"

#include "text/utf8.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::channels;

TEST_CASE("forms are decoded strictly", "[channels]")
{
    auto const form = Form::parse("a=1+2&b=%C3%A9&empty=&bare&=x").value();
    CHECK(form.text("a") == "1 2");
    CHECK(form.text("b") == "\xc3\xa9");
    CHECK(form.has("empty"));
    CHECK(form.text("empty").empty());
    CHECK(form.has("bare"));
    CHECK_FALSE(form.has("c"));
    for (auto const* bad : {"a=%", "a=%4", "a=%zz", "a=%ff", "a=1&a=2", "a=1&%61=2"})
        CHECK_FALSE(Form::parse(bad).has_value());
    CHECK_FALSE(Form::parse("a=1&b=2&c=3", 2).has_value());
}

TEST_CASE("parts of addresses are escaped and back", "[channels]")
{
    CHECK(text::percent_encoded("!room:example.org/\xc3\xa9 ~") == "%21room%3Aexample.org%2F%C3%A9%20~");
    CHECK(text::percent_decoded("%21room%3Aexample.org%2F%C3%A9%20+") == "!room:example.org/\xc3\xa9 +");
    CHECK_FALSE(text::percent_decoded("%2"));
}

TEST_CASE("texts are shown as they are in every markup", "[channels]")
{
    struct Row { Markup markup; char const* text; char const* expected; };
    Row const rows[] = {
        {Markup::mrkdwn, "R&D <!channel> <@U1>", "R&amp;D &lt;!channel&gt; &lt;@\xe2\x80\x8bU1&gt;"},
        {Markup::google, "R&D <there> 1 < 2 a@b.org", "R&D <\xe2\x80\x8bthere> 1 < 2 a@b.org"},
        {Markup::google, "<users/all> <USERS/1> <https://e.org|x>", "<\xe2\x80\x8busers/all> <\xe2\x80\x8bUSERS/1> <\xe2\x80\x8bhttps://e.org|x>"},
        {Markup::html, "a<b> & \"c\"", "a&lt;b&gt; &amp; &quot;c&quot;"},
        {Markup::markdown, "*a* _b_ [c](d)", "\\*a\\* \\_b\\_ \\[c\\](d)"},
        {Markup::markdown, "# a\n> b # c", "\\# a\n\\> b # c"},
        {Markup::markdown, "see https://example.org/a_b_c and a_b", "see https://example.org/a_b_c and a\\_b"},
        {Markup::markdown, "@all @**everyone**", "@\xe2\x80\x8b" "all @\xe2\x80\x8b\\*\\*everyone\\*\\*"},
        {Markup::plain, "@here a@example.org @ b", "@\xe2\x80\x8bhere a@example.org @ b"},
        {Markup::plain, "*a* <b>", "*a* <b>"},
    };
    for (auto const& row : rows)
        CHECK(escaped(row.text, row.markup) == row.expected);
}

TEST_CASE("only web addresses become links", "[channels]")
{
    CHECK(link("a & b", "https://example.org/?a=1&b=2", Markup::mrkdwn) == "<https://example.org/?a=1&amp;b=2|a &amp; b>");
    CHECK(link("a & <b>", "https://example.org/?a=1&b=2", Markup::google) == "<https://example.org/?a=1&b=2|a & \xe2\x80\xb9" "b\xe2\x80\xba>");
    CHECK(link("a]", "https://example.org", Markup::markdown) == "[a\\]](https://example.org)");
    CHECK(link("<a>", "https://example.org", Markup::html) == "<a href=\"https://example.org\">&lt;a&gt;</a>");
    CHECK(link("a", "https://example.org", Markup::plain) == "a: https://example.org");
    for (auto const* bad : {"", "javascript:alert(1)", "https://a|b", "https://a>b", "https://a b", "ftp://a"})
        for (auto const markup : {Markup::mrkdwn, Markup::google})
            CHECK(link("label", bad, markup) == "label");
}

TEST_CASE("strong words and labelled links are written as each platform has them", "[channels]")
{
    auto const written = [](std::string_view text, Markup markup) {
        auto read = text::marked(text);
        assistant::Reply reply;
        reply.answer = std::move(read.text);
        reply.marks = std::move(read.marks);
        return answer_text(reply, markup, Suggestions::elsewhere);
    };
    struct Row { char const* text; Markup markup; char const* expected; };
    std::string const zwsp = "\xe2\x80\x8b";
    for (auto const& row : {
             Row{"a **b & c** d", Markup::plain, "a b & c d"}, Row{"a **b & c** d", Markup::mrkdwn, "a *b &amp; c* d"}, Row{"a **b & c** d", Markup::google, "a *b & c* d"},
             Row{"a **b_c** d", Markup::markdown, "a **b\\_c** d"}, Row{"a **b & c** d", Markup::html, "a <strong>b &amp; c</strong> d"},
             Row{"[a b](https://e.org/x_y)!", Markup::plain, "a b (https://e.org/x_y)!"}, Row{"[a b](https://e.org/x_y)!", Markup::mrkdwn, "<https://e.org/x_y|a b>!"},
             Row{"[a b](https://e.org/x_y)!", Markup::google, "<https://e.org/x_y|a b>!"}, Row{"[a b](https://e.org/x_y)!", Markup::markdown, "[a b](https://e.org/x_y)!"},
             Row{"[a b](https://e.org/x_y)!", Markup::html, "<a href=\"https://e.org/x_y\">a b</a>!"},
             Row{"[write](mailto:a@e.org)", Markup::html, "write (a@e.org)"}, Row{"[call](tel:+33491)", Markup::mrkdwn, "call (+33491)"},
             Row{"**see [it](https://e.org) now**", Markup::mrkdwn, "*see <https://e.org|it> now*"}, Row{"**see [it](https://e.org) now**", Markup::html, "<strong>see <a href=\"https://e.org\">it</a> now</strong>"},
             Row{"[**it**](https://e.org)", Markup::markdown, "**[it](https://e.org)**"}, Row{"**a*b**", Markup::mrkdwn, "a*b"}, Row{"x**(a)**", Markup::markdown, "x(a)"},
             Row{"[<b>](https://e.org)", Markup::html, "<a href=\"https://e.org\">&lt;b&gt;</a>"}, Row{"**@all**", Markup::plain, "@\xe2\x80\x8b" "all"}}) {
        INFO(row.text);
        CHECK(written(row.text, row.markup) == row.expected);
    }
    CHECK(written("a**b**c", Markup::mrkdwn) == "a" + zwsp + "*b*" + zwsp + "c");
    CHECK(written("plain *a* [b] text", Markup::markdown) == escaped("plain *a* [b] text", Markup::markdown));
    CHECK(split("aaa <strong>b c</strong>", 20, Unit::characters) == std::vector<std::string>{"aaa", "<strong>b c</strong>"});
}

TEST_CASE("texts are cut at the limit of the platform, in its unit", "[channels]")
{
    std::string const clef = "\xf0\x9d\x84\x9e";   // one character, two UTF-16 units, four bytes
    CHECK(length_in(clef, Unit::characters) == 1);
    CHECK(length_in(clef, Unit::utf16) == 2);
    CHECK(length_in(clef, Unit::bytes) == 4);
    CHECK(shortened("abcdef", 6, Unit::characters) == "abcdef");
    CHECK(shortened("abcdef", 5, Unit::characters) == "abcd\xe2\x80\xa6");
    CHECK(shortened("abcdef", 5, Unit::bytes) == "ab\xe2\x80\xa6");
    CHECK(shortened("ab " + clef + clef, 4, Unit::utf16) == "ab\xe2\x80\xa6");
}

TEST_CASE("parts end where a reader expects it and lose no word", "[channels]")
{
    CHECK(split("short", 10, Unit::characters) == std::vector<std::string>{"short"});
    CHECK(split("", 10, Unit::characters).empty());
    CHECK(split("one two.\n\nthree four", 14, Unit::characters) == std::vector<std::string>{"one two.", "three four"});
    CHECK(split("One is. Two is. Three is.", 16, Unit::characters) == std::vector<std::string>{"One is. Two is.", "Three is."});
    CHECK(split("abcdefghij", 4, Unit::characters) == std::vector<std::string>{"abcd", "efgh", "ij"});
    CHECK(split("x &amp; &amp;", 10, Unit::characters) == std::vector<std::string>{"x &amp;", "&amp;"});
    CHECK(split("aaa <https://e.org|b c>", 20, Unit::characters) == std::vector<std::string>{"aaa", "<https://e.org|b c>"});
    CHECK(split("a b c d", 1, Unit::characters, 2) == std::vector<std::string>{"a", "\xe2\x80\xa6"});
}

TEST_CASE("parts keep every limit, whatever the text", "[channels]")
{
    std::string text;
    unsigned state = 7;
    static constexpr char const* pieces[] = {"a", " ", ". ", "\n", "\n\n", "\xc3\xa9", "\xf0\x9f\xa6\xa0", "&amp;", "<", "[x](https://e.org)", "<a href=\"b\">c</a>", "<strong>", "</strong>", ">"};
    for (int i = 0; i < 2000; ++i) {
        state = state * 1103515245U + 12345U;
        text += pieces[(state >> 16) % std::size(pieces)];
    }
    for (std::size_t const most : {4U, 17U, 50U, 333U})
        for (auto const unit : {Unit::bytes, Unit::utf16, Unit::characters}) {
            auto const parts = split(text, most, unit, 100000);
            std::string joined;
            for (auto const& part : parts) {
                REQUIRE_FALSE(part.empty());
                REQUIRE(length_in(part, unit) <= most);
                REQUIRE(text::is_valid_utf8(part));
                joined += part;
            }
            std::string expected = text;
            std::erase_if(joined, [](char c) { return c == ' ' || c == '\n'; });
            std::erase_if(expected, [](char c) { return c == ' ' || c == '\n'; });
            REQUIRE(joined == expected);
        }
}

TEST_CASE("a text that is cut short is cut in front of what must not be cut", "[channels]")
{
    std::string const more = "\xe2\x80\xa6";
    std::string const link = "<a href=\"https://e.org/?a&amp;b\">Site</a>";
    for (std::size_t most = 10; most < 8 + link.size(); ++most) {
        CHECK(split("It is: " + link + " and more", most, Unit::characters, 1) == std::vector<std::string>{"It is:" + more});
        CHECK(fitted("It is: " + link + " and more", most, Unit::characters) == "It is:" + more);
    }
    CHECK(fitted("It is: " + link, 7 + link.size(), Unit::characters) == "It is: " + link);
    CHECK(fitted("a &amp; b", 6, Unit::characters) == "a" + more);
    CHECK(fitted("see [x](https://e.org) now", 15, Unit::characters) == "see" + more);
    CHECK(fitted("see <https://e.org|x y> now", 22, Unit::bytes) == "see" + more);
    CHECK(fitted("", 5, Unit::characters).empty());
    CHECK(fitted(std::string(50, 'x'), 10, Unit::utf16) == std::string(9, 'x') + more);
}

TEST_CASE("entities are decoded once", "[channels]")
{
    CHECK(entities_decoded("a&nbsp;b &amp;lt; &#233;&#x20ac; &quot;") == "a b &lt; \xc3\xa9\xe2\x82\xac \"");
    for (auto const* odd : {"&", "&;", "&unknown;", "&#;", "&#xd800;", "&#0;", "&#99999999999;", "&#x;", "&amp"})
        CHECK(entities_decoded(odd) == odd);
    CHECK(tidy("  a \n b\t") == "a b");
}

TEST_CASE("a reply is said with its sources and what else may be asked", "[channels]")
{
    assistant::Reply reply;
    reply.answer = "It is R&D.";
    reply.language = Language::fr;
    reply.sources = {{"a", "About", "https://example.org", "2015", "2026-11-23"}, {"b", "Other", "", "", "2026-11-23"}};
    reply.suggestions = {{"One", "one?"}, {"Two", "two?"}};
    CHECK(answer_text(reply, Markup::mrkdwn, Suggestions::numbered) ==
          "It is R&amp;D.\n\nSources : <https://example.org|About> (2015); Other (2026-11-23)\n\n1. One\n2. Two");
    CHECK(answer_text(reply, Markup::plain, Suggestions::elsewhere) ==
          "It is R&D.\n\nSources : About: https://example.org (2015); Other (2026-11-23)");
    CHECK(button_value({"Label", "A question?"}, 64) == "ask:A question?");
    CHECK(button_value({"Label", std::string(100, 'x')}, 64) == "ask:Label");
    CHECK(question_of_value("ask:A question?") == "A question?");
    CHECK(question_of_value("hospitals") == "hospitals");
    for (auto const language : {Language::en, Language::fr})
        CHECK(help_text(language).starts_with(notice(language).substr(0, 20)));
}
