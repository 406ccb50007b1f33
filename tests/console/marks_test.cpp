// Strong words and links with a label, from the editor to whoever reads the answer.
#include "console/as_read.hpp"
#include "pages/texts.hpp"
#include "visitor.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

constexpr char const* marked_text = "Open **every day**.\n- see [the plan](https://example.org/plan)\n- **not** [this](javascript:alert(1))";
constexpr char const* marked_plain = "Open every day.\n- see the plan (https://example.org/plan)\n- not [this](javascript:alert(1))";
constexpr char const* marked_shown = "Open <strong>every day</strong>.</p>\n<ul><li>see <a href=\"https://example.org/plan\" rel=\"noopener noreferrer\">the plan</a></li>\n"
                              "<li><strong>not</strong> [this](javascript:alert(1))</li>\n</ul>";

knowledge::Answer marked_answer(std::string text)
{
    knowledge::Answer answer;
    answer.entry = {"open", {"Is it open?"}, {"C'est ouvert ?"}, {text, text}, {}, "web", {}, {}};
    return answer;
}

std::string as_read(void (*reader)(pages::Html&, std::string_view), std::string_view sent)
{
    pages::Html html;
    reader(html, sent);
    return std::move(html).take();
}

}  // namespace

TEST_CASE("strong words and links of an answer reach visitors, and staff see and copy what was meant", "[console]")
{
    Office office;
    auto const published = office.publish(marked_answer(marked_text), true);
    REQUIRE(staff::tests::failure(published) == "");
    auto const reply = office.ask("Is it open?");
    CHECK(reply.answer == marked_plain);
    CHECK(reply.marks.size() == 3);

    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    CHECK(has(browser.get("/console/answer/open"), marked_shown));
    auto const found = browser.get("/console?q=is+it+open");
    CHECK(has(found, "data-text=\"Open every day.\n- see the plan (https://example.org/plan)"));
    CHECK(has(found, "data-rich=\"&lt;p&gt;Open &lt;strong&gt;every day&lt;/strong&gt;."));
    CHECK(has(found, "<p class=\"text\">Open every day.\n- see the plan (https://example.org/plan)"));
    CHECK(has(browser.get("/console/edit/open"), "Open **every day**."));
    CHECK(has(browser.get("/console/history/open"), "**every"));
    CHECK_FALSE(has(browser.get("/console?q=founded"), "data-rich"));
}

TEST_CASE("the previews show marks as each platform does", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const page = browser.send("/console/edit/open", {{"questions_en", "Is it open?"}, {"answer_en", marked_text}, {"answer_fr", ""}, {"source", "web"}, {"then", "preview"}});
    CHECK(has(page, marked_shown));                                                                              // the website
    CHECK(has(page, "Open <strong>every day</strong>.\n- see <a href=\"https://example.org/plan\""));      // Slack, Matrix
    CHECK(has(page, "Open every day.\n- see the plan (https://example.org/plan)"));                        // plain text
}

TEST_CASE("the markups of the platforms are read as they read them", "[console]")
{
    CHECK(as_read(put_as_slack_reads, "a *b &amp; c* <https://e.org|d> 2*3*4 * e* *f") == "a <strong>b &amp; c</strong> <a href=\"https://e.org\" rel=\"noopener noreferrer\">d</a> 2*3*4 * e* *f");
    CHECK(as_read(put_as_slack_reads, "*see <https://e.org|it> now* <x *") == "<strong>see <a href=\"https://e.org\" rel=\"noopener noreferrer\">it</a> now</strong> &lt;x *");
    CHECK(as_read(put_as_matrix_reads, "a <strong>b &amp; <a href=\"https://e.org/?a&amp;b\">c</a></strong> <") == "a <strong>b &amp; <a href=\"https://e.org/?a&amp;b\" rel=\"noopener noreferrer\">c</a></strong> ");
}

TEST_CASE("marks do not count for the length of an answer", "[console]")
{
    std::string const text(1'190, 'x');
    CHECK(staff::Answers::unstorable(marked_answer("**" + text + "** [b](mailto:a@b.fr)")).size() == 2);   // "b (a@b.fr)" is said
    CHECK(staff::Answers::unstorable(marked_answer("**" + text + "** **b**, **c**, **d**")).empty());
}
