#include "text/host.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace immunobot::text;

TEST_CASE("a name of a site is told as the network knows it", "[text]")
{
    struct Row {
        char const* written;
        char const* known;
    };
    for (Row const& row : {Row{"www.Example.ORG", "www.example.org"}, Row{"b\u00fccher.example", "xn--bcher-kva.example"}, Row{"B\u00dcCHER.example", "xn--bcher-kva.example"}, Row{"mu\u0308nchen.de", "xn--mnchen-3ya.de"},
                           Row{"stra\u00dfe.de", "xn--strae-oqa.de"}, Row{"\u043f\u0440\u0438\u043c\u0435\u0440.\u0438\u0441\u043f\u044b\u0442\u0430\u043d\u0438\u0435", "xn--e1afmkfd.xn--80akhbyknj4f"},
                           Row{"ex\u0430mple.org", "xn--exmple-4nf.org"},   // with the Cyrillic letter that looks like an a
                           Row{"\uff45xample\u3002org", "example.org"}, Row{"\u4f8b\u3048.\u30c6\u30b9\u30c8", "xn--r8jz45g.xn--zckzah"}, Row{"", ""}}) {
        INFO(row.written);
        CHECK(ascii_host(row.written) == std::string(row.known));
    }
    CHECK_FALSE(ascii_host("\xff.org"));
    CHECK_FALSE(ascii_host(std::string(254, 'a')));
    std::string long_one;
    for (int i = 0; i < 250; ++i)
        long_one += "\u00e9";
    CHECK_FALSE(ascii_host(std::string(5000, 'a')));
    static_cast<void>(ascii_host(long_one));
}

TEST_CASE("labels that stand for other letters are seen", "[text]")
{
    for (auto const* with : {"xn--exmple-4nf.org", "www.xn--exmple-4nf.org"})
        CHECK(has_other_letters(with));
    for (auto const* without : {"example.org", "axn--b.org", ""})
        CHECK_FALSE(has_other_letters(without));
}
