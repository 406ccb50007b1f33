#include "knowledge/search.hpp"

#include "knowledge/unicode.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::knowledge {
namespace {

constexpr std::size_t most_words = 16;
constexpr std::size_t longest_word = 64;
constexpr std::size_t shortest_beginning = 4;
constexpr std::size_t most_hits = 200;

// Ranking costs the most by far, and of words that stand nearly everywhere it tells little: beyond so many matches, the
// first ones are ranked.
constexpr std::int64_t most_ranked = 400;

// Letters of other scripts and accents are all above ASCII; what FTS5 then makes of them is its own affair.
bool in_word(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string join(std::vector<std::string> const& terms, std::string_view with)
{
    std::string out;
    for (std::string const& term : terms) {
        if (!out.empty())
            out += with;
        out += term;
    }
    return out;
}

Result<std::vector<SearchHit>> match(Database& database, std::string const& query, std::size_t limit)
{
    auto statement = database.cached(
        "SELECT coalesce(fact.id, faq.id), faq.id IS NOT NULL FROM "
        "(SELECT number FROM (SELECT rowid AS number, rank AS score FROM search WHERE search MATCH ?1 LIMIT ?3) ORDER BY score LIMIT ?2) AS hit "
        "LEFT JOIN fact ON hit.number % 2 = 0 AND fact.number = hit.number / 2 "
        "LEFT JOIN faq ON hit.number % 2 = 1 AND faq.number = hit.number / 2");
    if (!statement)
        return statement.error();
    (*statement)->bind(1, query).bind(2, static_cast<std::int64_t>(std::min(limit, most_hits))).bind(3, most_ranked);
    std::vector<SearchHit> hits;
    while (true) {
        auto const row = (*statement)->step();
        if (!row)
            return row.error();
        if (!*row)
            return hits;
        hits.push_back({(*statement)->text(0), (*statement)->integer(1) != 0});
    }
}

}  // namespace

std::vector<std::string> search_terms(std::string_view text)
{
    std::string const clean = open_ligatures(text::replace_bad(text.substr(0, 4'096)));
    std::vector<std::string> terms;
    for (std::size_t at = 0; at < clean.size() && terms.size() < most_words;) {
        std::size_t const begin = at;
        while (at < clean.size() && in_word(clean[at]))
            ++at;
        std::size_t const length = at - begin;
        if (length > 0 && length <= longest_word)
            terms.push_back('"' + clean.substr(begin, length) + (length >= shortest_beginning ? "\" *" : "\""));
        at = std::max(at, begin + 1);
    }
    return terms;
}

Result<std::vector<SearchHit>> full_text_search(Database& database, std::string_view text, std::size_t limit)
{
    auto const terms = search_terms(text);
    if (terms.empty() || limit == 0)
        return std::vector<SearchHit>();
    auto hits = match(database, join(terms, " AND "), limit);
    if (!hits || !hits->empty() || terms.size() == 1)
        return hits;
    return match(database, join(terms, " OR "), limit);
}

}  // namespace immunobot::knowledge
