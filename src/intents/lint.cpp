#include "intents/lint.hpp"

#include "intents/matcher.hpp"
#include "text/tokens.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace immunobot::intents {
namespace {

using IntentNumber = std::uint32_t;
using Pair = std::pair<IntentNumber, IntentNumber>;

constexpr std::size_t most_lines = 8;   // of 'must' and 'any' of two intents together; more would be no bit mask
constexpr std::size_t never_costs = std::numeric_limits<std::size_t>::max() / 4;

Diagnostic warning(std::string code, Intent const& intent, Keyword const& keyword, std::string message, std::string hint)
{
    return {Severity::warning, std::move(code), intent.file, keyword.line, keyword.column, {}, std::move(message), std::move(hint)};
}

std::vector<std::string> words_of(std::string_view text)
{
    auto const tokens = text::tokenise(text);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        out.emplace_back(tokens.word(i));
    return out;
}

// Every run of words of `words`, joined: what a keyword may be found in.
template <class Use>
void for_runs(std::vector<std::string> const& words, Use const& use)
{
    for (std::size_t first = 0; first < words.size(); ++first) {
        std::string run;
        for (std::size_t last = first; last < words.size(); ++last) {
            run += (run.empty() ? "" : " ") + words[last];
            use(run);
        }
    }
}

std::string joined(std::vector<std::string> const& words)
{
    std::string out;
    for (auto const& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

// A keyword, and what else it brings into a question.
struct Piece {
    Keyword const* keyword = nullptr;
    IntentNumber intent = 0;             // whose it is
    std::size_t words = 0;
    std::vector<std::size_t> lines;      // that it satisfies, of whatever intent
    std::vector<IntentNumber> blocks;    // intents whose 'never' it holds
};

struct Question {
    std::size_t words = never_costs;
    std::vector<Piece const*> pieces;
};

std::string text_of(Question const& question)
{
    std::string out;
    for (auto const* piece : question.pieces)
        out += (out.empty() ? "" : " ") + piece->keyword->text;
    return out;
}

// The keywords of one language as what they satisfy.
class Pieces {
public:
    Pieces(std::vector<Intent> const& intents, Lexicon const& lexicon, Language language) : lexicon_(lexicon), language_(language)
    {
        for (IntentNumber i = 0; i < intents.size(); ++i)
            add_lines(intents[i].in(language), i);
        of_line_.resize(lines_.size());
        for (auto const& [intent, lines] : of_intent_)
            for (auto const line : lines)
                for (auto const& keyword : *lines_[line])
                    add_piece(keyword, intent, line);
    }

    // The shortest question that satisfies all of `wanted`; without words when there is none.
    Question shortest(std::vector<IntentNumber> const& wanted) const
    {
        std::vector<std::size_t> lines;
        for (auto const intent : wanted)
            if (auto const at = of_intent_.find(intent); at != of_intent_.end())
                lines.insert(lines.end(), at->second.begin(), at->second.end());
            else
                return {};
        if (lines.size() > most_lines)
            return {};
        std::size_t const all = (std::size_t{1} << lines.size()) - 1;
        std::vector<Piece const*> cheapest(all + 1, nullptr);
        for (auto const line : lines)
            for (auto const number : of_line_[line])
                consider(pieces_[number], lines, wanted, cheapest);
        // Pieces only add, so the masks can be gone through from small to large.
        std::vector<Question> best(all + 1);
        best[0].words = 0;
        for (std::size_t have = 0; have < all; ++have)
            for (std::size_t gives = 1; gives <= all && best[have].words < never_costs; ++gives)
                if (cheapest[gives] != nullptr && (have | gives) != have && best[have].words + cheapest[gives]->words < best[have | gives].words) {
                    best[have | gives] = best[have];
                    best[have | gives].words += cheapest[gives]->words;
                    best[have | gives].pieces.push_back(cheapest[gives]);
                }
        return best[all];
    }

private:
    std::vector<std::string> stems(std::string_view text)
    {
        auto words = words_of(text);
        for (auto& word : words)
            word = std::string(stemmer_.stem(lexicon_.base(word, language_), language_));
        return words;
    }

    void add_lines(Wording const& wording, IntentNumber intent)
    {
        auto const add = [&](std::vector<Keyword> const& keywords) {
            for (auto const& keyword : keywords)
                satisfied_by_[joined(stems(keyword.text))].push_back(lines_.size());
            of_intent_[intent].push_back(lines_.size());
            lines_.push_back(&keywords);
        };
        for (auto const& line : wording.must)
            add(line);
        if (!wording.any.empty())
            add(wording.any);
        else if (wording.must.empty() && !wording.may.empty())
            add(wording.may);  // without the others, one of these is enough
        for (auto const& keyword : wording.never)
            blocked_by_[joined(stems(keyword.text))].push_back(intent);
    }

    void add_piece(Keyword const& keyword, IntentNumber intent, std::size_t line)
    {
        auto const words = stems(keyword.text);
        Piece piece{&keyword, intent, words.size(), {}, {}};
        for_runs(words, [&](std::string const& run) {
            if (auto const at = satisfied_by_.find(run); at != satisfied_by_.end())
                piece.lines.insert(piece.lines.end(), at->second.begin(), at->second.end());
            if (auto const at = blocked_by_.find(run); at != blocked_by_.end())
                piece.blocks.insert(piece.blocks.end(), at->second.begin(), at->second.end());
        });
        of_line_[line].push_back(pieces_.size());
        pieces_.push_back(std::move(piece));
    }

    static void consider(Piece const& piece, std::vector<std::size_t> const& lines, std::vector<IntentNumber> const& wanted, std::vector<Piece const*>& cheapest)
    {
        if (piece.words == 0 || std::ranges::any_of(piece.blocks, [&](IntentNumber i) { return std::ranges::find(wanted, i) != wanted.end(); }))
            return;
        std::size_t gives = 0;
        for (std::size_t i = 0; i < lines.size(); ++i)
            if (std::ranges::find(piece.lines, lines[i]) != piece.lines.end())
                gives |= std::size_t{1} << i;
        if (cheapest[gives] == nullptr || piece.words < cheapest[gives]->words)
            cheapest[gives] = &piece;
    }

    Lexicon const& lexicon_;
    Language language_;
    text::Stemmer stemmer_;
    std::vector<std::vector<Keyword> const*> lines_;
    std::map<IntentNumber, std::vector<std::size_t>> of_intent_;
    std::unordered_map<std::string, std::vector<std::size_t>> satisfied_by_;
    std::unordered_map<std::string, std::vector<IntentNumber>> blocked_by_;
    std::vector<Piece> pieces_;
    std::vector<std::vector<std::size_t>> of_line_;
};

// The real matcher, asked with a text.
class Asker {
public:
    Asker(std::vector<Intent> const& intents, Lexicon const& lexicon)
        : lexicon_(lexicon),
          matcher_(std::make_shared<std::vector<Intent> const>(intents), std::shared_ptr<Lexicon const>(std::shared_ptr<void>(), &lexicon))
    {
    }

    std::vector<IntentNumber> matched(std::string_view text, Language language)
    {
        auto words = words_of(text);
        std::vector<std::string_view> stems;
        for (auto& word : words)
            stems.push_back(word = std::string(stemmer_.stem(lexicon_.base(word, language), language)));
        std::vector<KeywordHit> hits;
        std::vector<IntentScore> scores;
        matcher_.find(stems, language, hits);
        matcher_.score(hits, language, scores);
        std::vector<IntentNumber> out;
        for (auto const& score : scores)
            out.push_back(score.intent);
        std::ranges::sort(out);
        return out;
    }

private:
    Lexicon const& lexicon_;
    text::Stemmer stemmer_;
    Matcher matcher_;
};

// The pairs of which a test says who is right.
std::set<Pair> settled(std::vector<Intent> const& intents, Asker& asker)
{
    std::set<Pair> out;
    for (auto const& intent : intents)
        for (auto const& test : intent.tests) {
            if (test.intent.empty() && test.not_intent.empty())
                continue;
            for (auto const language : {Language::en, Language::fr}) {
                auto const matched = asker.matched(test.ask, language);
                for (auto const one : matched)
                    for (auto const other : matched)
                        if (one < other && (intents[one].id == intent.id || intents[other].id == intent.id))
                            out.emplace(one, other);
            }
        }
    return out;
}

bool matters(Intent const& one, Intent const& other)
{
    if (one.is_fixed_reply() && other.is_fixed_reply())
        return true;
    if (one.is_fixed_reply() || other.is_fixed_reply())
        return !one.alone && !other.alone;  // a reply that wants the message for itself takes nothing from the facts
    return std::ranges::any_of(one.properties, [&](std::string const& property) { return std::ranges::find(other.properties, property) != other.properties.end(); });
}


}  // namespace

void find_overlaps(std::vector<Intent> const& intents, Lexicon const& lexicon, Diagnostics& found)
{
    Asker asker(intents, lexicon);
    auto const known = settled(intents, asker);
    std::set<Pair> told;
    for (auto const language : {Language::en, Language::fr}) {
        Pieces const pieces(intents, lexicon, language);
        std::vector<std::size_t> alone;
        for (IntentNumber i = 0; i < intents.size(); ++i)
            alone.push_back(pieces.shortest({i}).words);
        for (IntentNumber one = 0; one < intents.size(); ++one)
            for (IntentNumber other = one + 1; other < intents.size(); ++other) {
                if (!matters(intents[one], intents[other]) || known.contains({one, other}) || told.contains({one, other}))
                    continue;
                auto const both = pieces.shortest({one, other});
                if (both.pieces.empty() || both.words > std::max(alone[one], alone[other]))
                    continue;
                auto const witness = text_of(both);
                auto const matched = asker.matched(witness, language);
                if (!std::ranges::binary_search(matched, one) || !std::ranges::binary_search(matched, other))
                    continue;
                told.emplace(one, other);
                auto const& shown = *both.pieces.front();
                found.push_back(warning("L101", intents[shown.intent], *shown.keyword,
                                        "the question \"" + witness + "\" is of '" + intents[one].id + "' and of '" + intents[other].id + "'",
                                        "show with a test of either which of them is right, or take a word out of one"));
            }
    }
}

void find_dead_keywords(std::vector<Intent> const& intents, Diagnostics& found)
{
    for (auto const& intent : intents)
        for (auto const language : {Language::en, Language::fr}) {
            auto const& wording = intent.in(language);
            std::map<std::string, Keyword const*> never;
            for (auto const& keyword : wording.never)
                never.emplace(joined(words_of(keyword.text)), &keyword);
            auto const check = [&](std::vector<Keyword> const& list, bool blockable) {
                std::map<std::string, Keyword const*> seen;
                for (auto const& keyword : list) {
                    auto const words = words_of(keyword.text);
                    if (words.empty()) {
                        found.push_back(warning("L102", intent, keyword, "the keyword '" + keyword.text + "' has no word in it", "remove it"));
                        continue;
                    }
                    Keyword const* blocker = nullptr;
                    if (blockable)
                        for_runs(words, [&](std::string const& run) {
                            if (auto const at = never.find(run); at != never.end())
                                blocker = at->second;
                        });
                    if (blocker != nullptr)
                        found.push_back(warning("L103", intent, keyword, "the keyword '" + keyword.text + "' is blocked by '" + blocker->text + "' in 'never' (line " + std::to_string(blocker->line) + ")",
                                                "take it out of one of the two"));
                    if (auto const [at, fresh] = seen.emplace(joined(words), &keyword); !fresh)
                        found.push_back(warning("L104", intent, keyword, "the keyword '" + keyword.text + "' stands here already (line " + std::to_string(at->second->line) + ": '" + at->second->text + "')",
                                                "case, accents and apostrophes do not count: remove it"));
                }
            };
            for (auto const& line : wording.must)
                check(line, true);
            check(wording.any, true);
            check(wording.may, true);
            check(wording.never, false);
        }
}

}  // namespace immunobot::intents
