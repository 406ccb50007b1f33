#include "text/word_map.hpp"

#include <cstring>

namespace immunobot::text {
namespace {

constexpr std::size_t first_slots = 16;

std::uint32_t hash_of(std::string_view word)
{
    std::uint64_t value = word.size() * 0x9e3779b97f4a7c15u;
    std::uint64_t eight = 0;
    for (; word.size() >= sizeof eight; word.remove_prefix(sizeof eight)) {
        std::memcpy(&eight, word.data(), sizeof eight);
        value = (value ^ eight) * 0xbf58476d1ce4e5b9u;
        value ^= value >> 32;
    }
    eight = 0;
    for (std::size_t i = 0; i < word.size(); ++i)
        eight |= std::uint64_t{static_cast<unsigned char>(word[i])} << (8 * i);
    value = (value ^ eight) * 0x94d049bb133111ebu;
    return static_cast<std::uint32_t>(value >> 32);
}

}  // namespace

std::size_t WordTable::slot(std::string_view text, std::uint32_t hash) const
{
    std::size_t const mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].number != none && (slots_[at].hash != hash || word(slots_[at].number) != text))
        at = (at + 1) & mask;
    return at;
}

std::uint32_t WordTable::find(std::string_view word) const
{
    return slots_.empty() ? none : slots_[slot(word, hash_of(word))].number;
}

std::uint32_t WordTable::add(std::string_view word)
{
    if (2 * begin_.size() >= slots_.size())
        grow();
    auto const hash = hash_of(word);
    auto& found = slots_[slot(word, hash)];
    if (found.number == none) {
        found = {hash, size()};
        letters_ += word;
        begin_.push_back(static_cast<std::uint32_t>(letters_.size()));
    }
    return found.number;
}

void WordTable::grow()
{
    auto const old = std::move(slots_);
    slots_.assign(old.empty() ? first_slots : 2 * old.size(), Slot{});
    std::size_t const mask = slots_.size() - 1;
    for (auto const& one : old) {
        if (one.number == none)
            continue;
        std::size_t at = one.hash & mask;
        while (slots_[at].number != none)
            at = (at + 1) & mask;
        slots_[at] = one;
    }
}

}  // namespace immunobot::text
