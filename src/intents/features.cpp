#include "intents/features.hpp"

#include <algorithm>
#include <array>

namespace immunobot::intents {
namespace {

// What a key stands for; mixed into it, so that the word "ab" and the letters "ab" differ.
enum class Kind : std::uint64_t { word = 1, form, number, pair, letters, symbol, placeholder, text_start, text_end };

constexpr std::size_t shortest_piece = 2;
constexpr std::size_t longest_piece = 4;

constexpr std::uint64_t fnv_offset = 0xcbf29ce484222325u;
constexpr std::uint64_t fnv_prime = 0x100000001b3u;

constexpr std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 30;
    value *= 0xbf58476d1ce4e5b9u;
    value ^= value >> 27;
    value *= 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

constexpr std::uint64_t start(Kind kind)
{
    return mixed(static_cast<std::uint64_t>(kind)) ^ fnv_offset;
}

constexpr std::uint64_t step(std::uint64_t state, char byte)
{
    return (state ^ static_cast<unsigned char>(byte)) * fnv_prime;
}

constexpr std::uint64_t key_of(Kind kind, std::string_view bytes)
{
    std::uint64_t state = start(kind);
    for (char const byte : bytes)
        state = step(state, byte);
    return mixed(state);
}

constexpr std::uint64_t pair_key(std::uint64_t first, std::uint64_t second)
{
    return mixed(first * fnv_prime + second + static_cast<std::uint64_t>(Kind::pair));
}

bool is_number(std::string_view word)
{
    return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// The length of the placeholder that `text` begins with, 0 if it doesn't; `kind` is what follows its colon.
std::size_t placeholder_length(std::string_view text, std::string_view& kind)
{
    kind = {};
    if (text.empty() || text[0] != '{')
        return 0;
    std::size_t at = 1;
    std::size_t kind_begin = 0;
    for (; at < text.size() && (is_name_byte(text[at]) || (text[at] == ':' && kind_begin == 0)); ++at)
        if (text[at] == ':')
            kind_begin = at + 1;
    if (at < 2 || at >= text.size() || text[at] != '}')
        return 0;
    if (kind_begin != 0)
        kind = text.substr(kind_begin, at - kind_begin);
    return at + 1;
}

// Signs that mean something in a question, unlike punctuation.
constexpr std::array<std::string_view, 9> symbols = {"%", "$", "@", "#", "&", "+", "\xC2\xA3", "\xC2\xB0",
                                                     "\xE2\x82\xAC"};

// Function words that only one of the two languages has; sorted.
constexpr std::array english_words = std::to_array<std::string_view>(
    {"a", "an", "and", "are", "be", "can", "did", "do", "does", "for", "has", "have", "how", "i", "in", "is", "it",
     "me", "my", "not", "of", "that", "the", "this", "to", "was", "what", "when", "where", "which", "who", "with",
     "you", "your"});
constexpr std::array french_words = std::to_array<std::string_view>(
    {"ai", "au", "aux", "c", "ce", "cette", "comment", "d", "dans", "de", "des", "du", "elle", "en", "est", "et",
     "il", "j", "je", "l", "la", "le", "les", "ma", "mes", "mon", "ne", "nous", "ou", "pas", "pour", "pourquoi",
     "puis", "qu", "quand", "que", "quel", "quelle", "qui", "quoi", "sont", "sur", "tu", "un", "une", "vous", "y"});

}  // namespace

Language guess_language(text::Tokens const& tokens)
{
    int french = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        french += std::ranges::binary_search(french_words, tokens.word(i)) ? 1 : 0;
        french -= std::ranges::binary_search(english_words, tokens.word(i)) ? 1 : 0;
    }
    return french > 0 ? Language::fr : Language::en;
}

void FeatureReader::read(std::string_view text, std::optional<Language> language)
{
    features_.clear();
    words_.clear();
    chain_.clear();
    chain_word_.clear();
    if (!language) {
        text::tokenise(text, tokens_);
        language = guess_language(tokens_);
    }
    std::size_t plain = 0;
    for (std::size_t at = text.find('{'); at < text.size(); at = text.find('{', at)) {
        std::string_view kind;
        std::size_t const length = placeholder_length(text.substr(at), kind);
        if (length == 0) {
            ++at;
            continue;
        }
        read_plain(text.substr(plain, at - plain), static_cast<std::uint32_t>(plain), *language);
        read_placeholder(text.substr(at, length), static_cast<std::uint32_t>(at), kind);
        at += length;
        plain = at;
    }
    read_plain(text.substr(plain), static_cast<std::uint32_t>(plain), *language);
    add_pairs();
}

void FeatureReader::read_plain(std::string_view text, std::uint32_t offset, Language language)
{
    if (text.empty())
        return;
    text::tokenise(text, tokens_);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        auto const& token = tokens_.list[i];
        add_word(tokens_.word(i), {offset + token.begin, offset + token.end}, language);
    }
    add_symbols(text, offset);
}

// "{entity:company}" is also an "{entity}": an example that takes any kind has to match it.
void FeatureReader::read_placeholder(std::string_view text, std::uint32_t offset, std::string_view kind)
{
    words_.push_back({offset, offset + static_cast<std::uint32_t>(text.size())});
    std::size_t const name_length = text.size() - 2 - (kind.empty() ? 0 : kind.size() + 1);
    std::uint64_t const key = key_of(Kind::placeholder, text.substr(1, name_length));
    add_word_key(key, false);
    if (!kind.empty())
        add_word_key(key_of(Kind::placeholder, kind), false);
    chain_.push_back(key);
    chain_word_.push_back(static_cast<std::uint32_t>(words_.size() - 1));
}

void FeatureReader::add_word_key(std::uint64_t key, bool is_word)
{
    auto const at = static_cast<std::uint32_t>(words_.size() - 1);
    features_.push_back({key, Block::words, is_word, at, at});
}

void FeatureReader::add_word(std::string_view folded, Word place, Language language)
{
    words_.push_back(place);
    // All numbers are one word; which number it is counts a little too.
    bool const number = is_number(folded);
    std::string_view const stem = number ? std::string_view("#") : stemmer_.stem(folded, language);
    std::uint64_t const key = key_of(Kind::word, stem);
    add_word_key(key, true);
    if (number)
        add_word_key(key_of(Kind::number, folded), false);
    else if (stem != folded)
        add_word_key(key_of(Kind::form, folded), false);
    add_letters(number ? std::string_view("#") : folded);
    chain_.push_back(key);
    chain_word_.push_back(static_cast<std::uint32_t>(words_.size() - 1));
}

void FeatureReader::add_letters(std::string_view folded)
{
    padded_.assign(1, '^');
    padded_.append(folded);
    padded_ += '$';
    auto const at = static_cast<std::uint32_t>(words_.size() - 1);
    for (std::size_t i = 0; i + shortest_piece <= padded_.size(); ++i) {
        std::size_t const end = std::min(padded_.size(), i + longest_piece);
        std::uint64_t state = start(Kind::letters);
        for (std::size_t j = i; j < end; ++j) {
            state = step(state, padded_[j]);
            if (j + 1 >= i + shortest_piece)
                features_.push_back({mixed(state), Block::letters, false, at, at});
        }
    }
}

// Neighbours in order, the edges of the text included: how a question begins and ends says much.
void FeatureReader::add_pairs()
{
    if (chain_.empty())
        return;
    auto const add = [this](std::uint64_t key, std::uint32_t first, std::uint32_t last) {
        features_.push_back({key, Block::words, false, first, last});
    };
    add(pair_key(static_cast<std::uint64_t>(Kind::text_start), chain_.front()), chain_word_.front(), chain_word_.front());
    for (std::size_t i = 0; i + 1 < chain_.size(); ++i)
        add(pair_key(chain_[i], chain_[i + 1]), chain_word_[i], chain_word_[i + 1]);
    add(pair_key(chain_.back(), static_cast<std::uint64_t>(Kind::text_end)), chain_word_.back(), chain_word_.back());
}

void FeatureReader::add_symbols(std::string_view text, std::uint32_t offset)
{
    for (std::string_view const symbol : symbols)
        for (std::size_t at = text.find(symbol); at != text.npos; at = text.find(symbol, at + symbol.size())) {
            auto const begin = offset + static_cast<std::uint32_t>(at);
            words_.push_back({begin, begin + static_cast<std::uint32_t>(symbol.size())});
            add_word_key(key_of(Kind::symbol, symbol), false);
        }
}

}  // namespace immunobot::intents
