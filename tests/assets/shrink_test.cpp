#include "assets/shrink.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::assets;

namespace {

struct Row {
    char const* what;
    char const* given;
    char const* made;
};

}  // namespace

TEST_CASE("a script loses its comments and idle white space, and nothing else", "[assets]")
{
    static Row const rows[] = {
        {"comments go", "// one\nlet a = 1; /* two\n lines */ let b;", "let a=1;let b;"},
        {"a line may end a statement", "let a = 1\nlet b = a\n++b", "let a=1\nlet b=a\n++b"},
        {"a comment over a line is a line", "a()/*\n*/b()", "a()\nb()"},
        {"after what cannot end one it does not", "f(\n  a,\n  b\n)", "f(a,b)"},
        {"a chain goes on", "a\n  .b()\n  .c()", "a.b().c()"},
        {"a return keeps its line", "return\na", "return\na"},
        {"words stay apart", "return   x in  y", "return x in y"},
        {"signs stay apart", "a + +b - -c", "a+ +b- -c"},
        {"a number and a point", "1 .toString()", "1 .toString()"},
        {"strings are not touched", "s = 'a  // b' + \"/* c */  d\"", "s='a  // b'+\"/* c */  d\""},
        {"an escaped quote", "s = 'a\\'  b'", "s='a\\'  b'"},
        {"templates are not touched", "t = `a  ${ f(`x  y`, '}') }  // b`", "t=`a  ${ f(`x  y`, '}') }  // b`"},
        {"a regular expression", "x = /a  \\/ [/\"] b/g  .test(s)", "x=/a  \\/ [/\"] b/g.test(s)"},
        {"after a return too", "return /'/.test(a)", "return/'/.test(a)"},
        {"a division is none", "a / b / c // d", "a/ b/ c"},
        {"after a bracket", "(a + b) / c; '/'", "(a+b)/ c;'/'"},
        {"after another", "a / /b c/ in d", "a/ /b c/ in d"},
        {"blocks", "if (a) {\n  b()\n}\nelse {\n  c()\n}", "if(a){b()}\nelse{c()}"},
        {"letters of other scripts are words", "let \xc3\xa9 = 1", "let \xc3\xa9=1"},
        {"private names", "get #a() { return this.#b }", "get #a(){return this.#b}"},
        {"a method after a field", "class A { x = 1\n *y() {} }", "class A{x=1\n*y(){}}"},
        {"a call on a new line", "a\n(b)", "a\n(b)"},
        {"a comma after the last", "f([a, b,], {c: 1,\n},)", "f([a,b],{c:1})"},
        {"a hole in a list is none", "[a,,]; [,]", "[a,,];[,]"},
        {"an arrow of one parameter", "f((a) => b, async (c) => d, (e, g) => h, ({i}) => j, () => k)", "f(a=>b,async(c)=>d,(e,g)=>h,({i})=>j,()=>k)"},
        {"a call is no arrow", "x = (a) + b; return (c) => d", "x=(a)+b;return(c)=>d"},
        {"nothing", "  \n // all\n", ""},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const made = shrink_script(row.given);
        REQUIRE(made);
        CHECK(*made == row.made);
        CHECK(*shrink_script(*made) == *made);
    }
}

TEST_CASE("a style sheet is shrunk", "[assets]")
{
    static Row const rows[] = {
        {"rules", "/* a */ a , b > c {\n  color : red ;\n  margin: 0 auto;\n}\n", "a,b > c{color :red;margin:0 auto}"},
        {"inside", "p :first-child { a: b }", "p :first-child{a:b}"},
        {"sums", "a { width: calc(1px + 2px) }", "a{width:calc(1px + 2px)}"},
        {"strings", "a { content: \" ; } \" }", "a{content:\" ; } \"}"},
        {"media", "@media (width <= 1px) and (color) { a { b: c } }", "@media (width <= 1px) and (color){a{b:c}}"},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const made = shrink_styles(row.given);
        REQUIRE(made);
        CHECK(*made == row.made);
        CHECK(*shrink_styles(*made) == *made);
    }
}

TEST_CASE("what does not end stops the build", "[assets]")
{
    for (auto const* source : {"a /* b", "'abc", "'abc\n'", "`abc", "`a ${ b", "x = /abc\n/", "`${'a\n'}`"}) {
        INFO(source);
        CHECK_FALSE(shrink_script(source));
    }
    CHECK_FALSE(shrink_styles("a { /* b"));
    CHECK_FALSE(shrink_styles("a { content: 'b\n }"));
}
