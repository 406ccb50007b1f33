// Full-text search of facts and FAQ entries, for staff. The answers to visitors never come from here.
#pragma once

#include "base/error.hpp"
#include "knowledge/sqlite.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

// The words of any text as FTS5 terms, each quoted, a longer one as a beginning of words: no text can be an operator.
// At most 16 words of at most 64 bytes count. Bad UTF-8 separates words.
std::vector<std::string> search_terms(std::string_view text);

struct SearchHit {
    std::string id;
    bool is_faq = false;
};

// What holds all words; when there is nothing, what holds some. Best first.
Result<std::vector<SearchHit>> full_text_search(Database& database, std::string_view text, std::size_t limit);

}  // namespace immunobot::knowledge
