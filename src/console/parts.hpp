// Parts that several pages have.
#pragma once

#include "console/page.hpp"
#include "staff/merging.hpp"
#include "staff/variables.hpp"
#include "text/marked.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::console {

// Rows of answers with what copies, pins and collects them. `heading`: the level of their titles.
enum class Heading { second, third };
void put_rows(Html& html, Page const& page, std::vector<staff::Found> const& found, Heading heading = Heading::second);

// What to do first; nothing for who has done it, or has put it away. (first_steps.cpp)
void put_first_steps(Html& html, Page const& page);

// What one has pinned and copied last; nothing if there is nothing. (hand.cpp)
void put_at_hand(Html& html, Page const& page);

// What an answer is called.
std::string title_of(staff::Found const& found, Language language);

std::string title_of(knowledge::FaqEntry const& entry, Language language);

// "WHAT: WHICH", as each language writes it.
std::string labelled(Page const& page, std::string_view what, std::string_view which);

// The text `key` about a day; about a month or a year alone, the text `key`.rough.
std::string dated(Page const& page, std::string_view key, std::string const& day);

// An answer as it is copied: variables filled in, its marks taken out.
text::Marked copied_text(Page const& page, staff::Found const& found, Language language);
// "Source: TITLE, ADDRESS"; empty if it has none.
std::string copied_source(staff::Found const& found, Language language);
// `found`: null where there is no answer.
staff::Variables variables_of(Page const& page, staff::Found const* found, Language language);

// A button that takes back what one has just done oneself, as the address says it; nothing if that is too old or another's. (undoing.cpp)
void put_undo_now(Html& html, Page const& page);

// How visitors see both texts, in each kind of channel. (previews.cpp)
void put_previews(Html& html, Page const& page, knowledge::Draft const& draft);

// What the bot would say to `question`, and why. (bot_says.cpp)
void put_bot_says(Html& html, Page const& page, std::string_view question, bool whole);

// An answer with the texts of the facts that it names.
std::string with_facts(Page const& page, std::string_view written, Language language);

// A text as visitors see it.
void put_said(Html& html, text::Marked const& text, Language language);

// Both texts side by side, as visitors see them.
void put_texts(Html& html, Page const& page, knowledge::Answer const& answer);

// The beginning of a table that can be scrolled sideways where the window is narrow, up to its first row; it ends with
// "</tbody></table></div>". Nothing as `caption`: it is the label, for those who do not see the heading above.
void begin_table(Html& html, std::string_view label, std::string_view caption, std::vector<std::string> const& columns);
// The same by the keys of the texts.
void begin_table(Html& html, Page const& page, std::string_view label, std::string_view caption, std::initializer_list<std::string_view> columns);

// `most` characters of it, with dots if there are more.
std::string clipped(std::string_view text, std::size_t most);

// Word by word.
void put_difference(Html& html, Page const& page, std::string_view before, std::string_view after);

// What became of a text that two have changed, field by field, where it is not as `mine` alone left it. `who`: has saved before;
// empty: it was published.
void put_conflict(Html& html, Page const& page, std::vector<staff::MergedField> const& fields, std::string_view who, std::int64_t when);

// What was published, and what was decided besides: nothing for who sees only the first. (decisions.cpp)
void put_history_tabs(Html& html, Page const& page);

// Where four eyes have to see a draft: whether this person wrote it last, and what is shown then in place of publishing it. `blocked`: questions
// would lose their answers. (four_eyes.cpp)
staff::Alone alone_in(Form const& form);
bool waits_for_another(Page const& page, knowledge::Draft const& draft);
void put_for_another(Html& html, Page const& page, knowledge::Draft const& draft, bool blocked);

// What is doubtful about a text that is to be published in place of another (of a new one: of empty texts), and stops nothing: that only one
// language has changed, and links. Nothing if all is well. (cautions.cpp)
void put_cautions(Html& html, Page const& page, LocalText const& before, LocalText const& after);
void put_cautions(Html& html, Page const& page, knowledge::Answer const& answer);

// Why a draft was sent back, for whoever goes on with it, and the form that sends one back that waits for somebody's look; each nothing where
// it has no place. (sending_back.cpp)
void put_remark(Html& html, Page const& page, knowledge::Remark const& remark);
void put_sending_back(Html& html, Page const& page, knowledge::Draft const& draft);
// "draft", "sent back", "to be reviewed", ...
std::string const& state_of(Page const& page, knowledge::Draft const& draft);

// The field for the reason; `despite` the questions that would lose their answer, or otherwise needed. (undoing.cpp)
void put_why(Html& html, Page const& page, bool despite, bool needed = false);

// What refers to a row, each with a link to it. (tables.cpp)
void put_use_list(Html& html, Page const& page, std::vector<staff::Tables::Use> const& uses);

// Version `version` of a draft that is saved goes to whoever reviews it; what stands in the way is shown. (publishing.cpp)
void send_for_review(Page& page, std::string const& id, std::int64_t version);

// What is said where publishing was refused for what can be mended on the page itself; empty: it cannot. (publishing.cpp)
std::string_view mendable(Page const& page, Error const& refused);

// Who else has a text open; false: nobody.
bool put_others(Html& html, Page const& page, std::string_view text);

// Every field that differs.
void put_changes(Html& html, Page const& page, knowledge::Answer const& before, knowledge::Answer const& after);

// The same for any row of the history, whose versions are JSON; empty: it was not there.
void put_row_changes(Html& html, Page const& page, std::string_view before, std::string_view after);

// The name of a field or column.
std::string const& field_name(Page const& page, std::string_view name);

// Drafts that answer a question that visitors asked, each with who writes it; and that one was begun. (begun.cpp)
void put_begun(Html& html, Page const& page, std::int64_t group);
void note_begun(Page const& page, std::int64_t group, std::string const& draft);

// What is wrong with a field, and where that stands. (editor_fields.cpp)
std::string fault_text(Page const& page, staff::Fault const& fault);

// What asking all stored questions again has shown.
void put_regression(Html& html, Page const& page, staff::Regression const& regression);

// How long questions are kept. (charts.cpp)
std::string kept_note(Page const& page);

// What people call a channel of the log. (charts.cpp)
std::string channel_name(Page const& page, std::string_view channel);

// "valid until", "to be looked at again": what a reader has to know; nothing when all is well.
void put_warnings(Html& html, Page const& page, std::string_view valid_to, std::string_view review_by);

}  // namespace immunobot::console
