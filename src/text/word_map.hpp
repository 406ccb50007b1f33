// Words as numbers from 0, in the order in which they were added, and values by word.
//
// The letters of all words stand in one string, the table beside it is flat: a look-up costs one or two cache lines and
// thousands of words a handful of allocations. Any number of threads may read what none changes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace immunobot::text {

class WordTable {
public:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    // The number of a word, or `none`.
    std::uint32_t find(std::string_view word) const;
    // The number of a word that is added if it is new: then it is the number that size() was.
    std::uint32_t add(std::string_view word);

    // Lives until the next add().
    std::string_view word(std::uint32_t number) const
    {
        return std::string_view(letters_).substr(begin_[number], begin_[number + 1] - begin_[number]);
    }
    std::uint32_t size() const { return static_cast<std::uint32_t>(begin_.size() - 1); }

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(letters_, begin_, slots_);
    }

private:
    std::size_t slot(std::string_view word, std::uint32_t hash) const;
    void grow();

    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t number = none;
    };
    std::string letters_;
    std::vector<std::uint32_t> begin_{0};  // of each word, and the end of the last
    std::vector<Slot> slots_;              // linear probing, at most half full
};

template <class T>
class WordMap {
public:
    T const* find(std::string_view word) const
    {
        auto const number = words_.find(word);
        return number == WordTable::none ? nullptr : &values_[number];
    }
    // The value of a word that is added if it is new; lives until the next one is.
    T& operator[](std::string_view word)
    {
        auto const number = words_.add(word);
        if (number == values_.size())
            values_.emplace_back();
        return values_[number];
    }
    std::uint32_t size() const { return words_.size(); }
    std::string_view word(std::uint32_t number) const { return words_.word(number); }
    std::uint32_t number(std::string_view word) const { return words_.find(word); }
    std::vector<T>& values() { return values_; }
    std::vector<T> const& values() const { return values_; }

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(words_, values_);
    }

private:
    WordTable words_;
    std::vector<T> values_;
};

}  // namespace immunobot::text
