// Texts for chat platforms: escaping for their markups, mentions made harmless, splitting at their limits.
// Pure; valid UTF-8 in, valid UTF-8 out; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::channels {

// How a platform reads a text.
enum class Markup : std::uint8_t {
    plain,
    mrkdwn,    // Slack: *bold* <https://address|label>, and & < > as entities
    google,    // Google Chat: *bold* <https://address|label>; it has no entities
    markdown,  // Mattermost, Rocket.Chat, Zulip, Discord, Teams: **bold** [label](https://address)
    html       // Telegram, Matrix: <strong>, <a href="https://address">label</a>
};

// `text` so that the platform shows it as it is and nobody is mentioned by it: neither "@all" nor "<!channel>" nor
// "@**everyone**" calls anybody.
std::string escaped(std::string_view text, Markup markup);

// `shown`, already written in that markup, as strong text; between characters `before` and `after` of the text, as these
// decide whether a platform sees the mark. Where it would not, or in Markup::plain, it stays as it is.
std::string strong(std::string shown, char before, char after, Markup markup);

// A link with a label. Only http(s) addresses become links; of any other only the label is left.
std::string link(std::string_view label, std::string_view address, Markup markup);

// The unit in which a platform counts.
enum class Unit : std::uint8_t { bytes, utf16, characters };
std::size_t length_in(std::string_view text, Unit unit);

// The beginning of `text` with at most `most` units; cut texts end with an ellipsis, which is counted.
std::string shortened(std::string_view text, std::size_t most, Unit unit);

// Like shortened(), but cut by the rule of split().
std::string fitted(std::string_view text, std::size_t most, Unit unit);

// Parts of at most `most` units each: cut between paragraphs, else sentences or words, else characters; never inside of
// an entity (&amp;), a tag, an element or a link of the markups above, unless one alone is longer. Never an empty part; at most
// `parts` of them, the last of which is shortened, by the same rule.
std::vector<std::string> split(std::string_view text, std::size_t most, Unit unit, std::size_t parts = 10);

// "&amp; &lt; &gt; &quot; &nbsp; &#39; &#x27;" as the characters they stand for; others stay.
std::string entities_decoded(std::string_view text);

// Blanks at both ends taken off, runs of blanks made one.
std::string tidy(std::string_view text);

}  // namespace immunobot::channels
