#include "assets/names.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::assets;

TEST_CASE("names of a script become shorter where that is safe", "[assets]")
{
    struct Row {
        char const* what;
        char const* given;
        char const* made;
    };
    static Row const rows[] = {
        {"a constant", "const first=1;f(first);g(first)", "const e=1;f(e);g(e)"},
        {"a function and its parameters", "function add(one,two){return one+two}add(1,2)", "function e(t,a){return t+a}e(1,2)"},
        {"an arrow", "const twice=(value)=>value+value;twice(2)", "const t=(e)=>e+e;t(2)"},
        {"an arrow without brackets", "list2.map(item=>item+1)", "list2.map(e=>e+1)"},
        {"private names", "class A{#count=0;more(){this.#count+=1}}", "class A{#e=0;more(){this.#e+=1}}"},
        {"properties of its own", "const a={$first:1};a.$first+=b.$second", "const a={e:1};a.e+=b.n"},
        {"custom properties", "const s=\"a{--_ink:red;b:var(--_ink);c:var(--_other)}\"", "const s=\"a{--_a:red;b:var(--_a);c:var(--_b)}\""},
        {"globals stay", "document.title=location.href", "document.title=location.href"},
        {"properties stay, and so do their namesakes", "const text=1;x.text=text", "const text=1;x.text=text"},
        {"keys stay", "const label=1;f({label:label})", "const label=1;f({label:label})"},
        {"short properties stay", "const label=1;f({label})", "const label=1;f({label})"},
        {"so do parts of an object", "const{size}=box2;f(size)", "const{size}=box2;f(size)"},
        {"methods stay", "class B2{open(){f()}close(){g()}}const open=1", "class e{open(){f()}close(){g()}}const open=1"},
        {"getters stay", "class B2{get size(){return 1}}const size=1", "class e{get size(){return 1}}const size=1"},
        {"names in templates stay", "const name2=1;f(`a ${name2}`)", "const name2=1;f(`a ${name2}`)"},
        {"names in strings are text", "const word=1;f('word',word)", "const e=1;f('word',e)"},
        {"a spread is a name", "const items=[];f(...items)", "const e=[];f(...e)"},
        {"an optional property is none", "const items=[];a?.items;items", "const items=[];a?.items;items"},
        {"a choice is no key", "const yes=1;const no=2;f(a?yes:no)", "const t=1;const e=2;f(a?t:e)"},
        {"conditions declare nothing", "if(window){window.a()}", "if(window){window.a()}"},
        {"keywords are kept", "const value=async()=>{await null;return this}", "const e=async()=>{await null;return this}"},
        {"no name is taken twice", "const e=1;const other=2;f(e,other,t)", "const e=1;const n=2;f(e,n,t)"},
        {"parts of an array", "const[alpha,beta]=pair2;f(alpha,beta)", "const[e,t]=pair2;f(e,t)"},
        {"what was caught", "try{f()}catch(problem){g(problem)}", "try{f()}catch(e){g(e)}"},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const made = shorten_names(row.given);
        REQUIRE(made);
        CHECK(*made == row.made);
    }
    CHECK_FALSE(shorten_names("`abc"));
}
