#include "assistant/splitting.hpp"

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr std::uint32_t question_words = asks_when | asks_where | asks_who | asks_how_many | asks_why | asks_which | yes_no;

}  // namespace

std::vector<std::string_view> split_questions(std::string_view text, Analysis const& whole)
{
    std::vector<std::size_t> cuts{0};
    auto const side = static_cast<std::size_t>(whole.language);
    bool content = false;  // a wish before the cut; a name alone is one only before a full stop
    bool named = false;
    for (std::size_t i = 1; i < whole.words.size(); ++i) {
        auto const& before = whole.words[i - 1];
        content = content || before.role == Role::content || before.role == Role::unknown || (before.word.classes[side] & question_words) != 0;
        named = named || before.role == Role::entity;
        auto const& token = whole.tokens.list[i];
        bool const joined = before.folded == "and" || before.folded == "et" || token.after_comma;
        std::size_t next = i;
        while (next + 1 < whole.words.size() && whole.words[next].folded.size() <= 4 && (whole.words[next].word.classes[side] & question_words) == 0 &&
               whole.words[next].role == Role::function)
            ++next;  // "and in which year", "et a quelle date"
        bool const asks = (whole.words[next].word.classes[side] & question_words & ~std::uint32_t{yes_no}) != 0;
        if ((content || (named && token.sentence_start)) && (token.sentence_start || (joined && asks))) {
            cuts.push_back(token.begin);
            content = named = false;
        }
    }
    std::vector<std::string_view> parts;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        std::size_t const end = i + 1 < cuts.size() ? cuts[i + 1] : text.size();
        parts.push_back(text.substr(cuts[i], end - cuts[i]));
    }
    return parts;
}

}  // namespace immunobot::assistant
