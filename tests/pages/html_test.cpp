#include "pages/html.hpp"
#include "pages/typography.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::pages;
using namespace std::string_literals;

TEST_CASE("text is escaped, literals are not", "[pages]")
{
    struct Case {
        std::string text;
        std::string expected;
    };
    Case const cases[] = {
        {"plain", "plain"},
        {"a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"},
        {"\"double\" 'single'", "&quot;double&quot; &#39;single&#39;"},
        {"</script><!--", "&lt;/script&gt;&lt;!--"},
        {"&amp;", "&amp;amp;"},
        {"\xC3\xA9t\xC3\xA9 \xE2\x80\x99 \xF0\x9F\x99\x82", "\xC3\xA9t\xC3\xA9 \xE2\x80\x99 \xF0\x9F\x99\x82"},
        {"nul\0bell\x07"s, "nul\xEF\xBF\xBD" "bell\xEF\xBF\xBD"},
        {"bad \xC3 byte \xFF", "bad \xEF\xBF\xBD byte \xEF\xBF\xBD"},
        {"half a character \xE2\x80", "half a character \xEF\xBF\xBD\xEF\xBF\xBD"},
        {"line\nbreak\ttab", "line\nbreak\ttab"},
    };
    for (auto const& one : cases) {
        Html html;
        html("<p title=\"", one.text, "\">", std::string_view(one.text), "</p>");
        CHECK(html.bytes() == "<p title=\"" + one.expected + "\">" + one.expected + "</p>");
    }
}

TEST_CASE("numbers and pieces of pages go in as they are", "[pages]")
{
    Html inner;
    inner("<b>", std::string("<"), "</b>");
    Html html;
    html(inner, std::size_t{12}, -3);
    CHECK(html.bytes() == "<b>&lt;</b>12-3");
}

TEST_CASE("json cannot leave its script element", "[pages]")
{
    Html html;
    html.json("{\"a\":\"</script><!--<script>&\"}");
    CHECK(html.bytes() == "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u0026\"}");
}

TEST_CASE("links lead to the web, to mail, to telephones and to this site alone", "[pages]")
{
    for (std::string_view const good : {"https://example.org/a?b=c#d", "http://example.org", "HTTPS://EXAMPLE.ORG", "mailto:a@example.org", "tel:+33400000000", "facts/ciml?lang=fr#x",
                                   "./?lang=fr", "#anchor", "../faq.html"})
        CHECK(safe_address(good) == good);
    for (auto const& bad : {""s, "javascript:alert(1)"s, "JavaScript:alert(1)"s, " javascript:alert(1)"s, "java\nscript:alert(1)"s, "\x01javascript:alert(1)"s,
                                  "data:text/html,x"s, "vbscript:x"s, "//evil.example"s, "file:///etc/passwd"s, "\\\\evil.example"s, "/\\evil.example"s, "blob:x"s, "a\0b"s})
        CHECK(safe_address(bad).empty());
}

TEST_CASE("addresses in a text become links, and nothing else does", "[pages]")
{
    struct Case {
        std::string text;
        std::string expected;
    };
    std::string const link = "<a href=\"https://a.example/b\" rel=\"noopener noreferrer\">https://a.example/b</a>";
    Case const cases[] = {
        {"See https://a.example/b.", "See " + link + "."},
        {"(https://a.example/b)", "(" + link + ")"},
        {"https://a.example/b, https://a.example/b", link + ", " + link},
        {"https://", "https://"},
        {"https://.", "https://."},
        {"https://a.example/b\"><script>", link + "&quot;&gt;&lt;script&gt;"},
        {"javascript:alert(1)", "javascript:alert(1)"},
        {"no address", "no address"},
    };
    for (auto const& one : cases) {
        Html html;
        html.linked(one.text);
        CHECK(html.bytes() == one.expected);
    }
}

TEST_CASE("French blanks do not break, English ones stay", "[pages]")
{
    struct Case {
        std::string text;
        std::string french;
        std::string english;
    };
    Case const cases[] = {
        {"Quoi ?", "Quoi\xE2\x80\xAF?", "Quoi ?"},
        {"Non ! Si ; oui", "Non\xE2\x80\xAF! Si\xE2\x80\xAF; oui", "Non ! Si ; oui"},
        {"Source : ici", "Source\xC2\xA0: ici", "Source : ici"},
        {"a :b", "a :b", "a :b"},
        {"\xC2\xAB x \xC2\xBB", "\xC2\xAB\xC2\xA0x\xC2\xA0\xC2\xBB", "\xC2\xAB x \xC2\xBB"},
        {"plus de 2 000 et 12 000 000", "plus de 2\xE2\x80\xAF" "000 et 12\xE2\x80\xAF" "000\xE2\x80\xAF" "000", "plus de 2 000 et 12 000 000"},
        {"04 91 00 00", "04 91 00 00", "04 91 00 00"},
        {"en 2014 300 personnes", "en 2014 300 personnes", "en 2014 300 personnes"},
        {"l'Inserm, d'\xC3\xA9t\xC3\xA9", "l\xE2\x80\x99Inserm, d\xE2\x80\x99\xC3\xA9t\xC3\xA9", "l\xE2\x80\x99Inserm, d\xE2\x80\x99\xC3\xA9t\xC3\xA9"},
        {"'quoted' words", "'quoted' words", "'quoted' words"},
        {"AP - HM", "AP\xC2\xA0\xE2\x80\x93 HM", "AP\xC2\xA0\xE2\x80\x93 HM"},
        {"", "", ""},
        {" ", " ", " "},
        {"'", "'", "'"},
    };
    for (auto const& one : cases) {
        CHECK(typeset(one.text, Language::fr) == one.french);
        CHECK(typeset(one.text, Language::en) == one.english);
    }
}
