// Values of ours as bytes and back, for a file that this program alone reads: no names, no versions, the machine's own
// order of bytes.
//
// A type takes part with a member `template <class Archive> void transfer(Archive& archive)` that calls archive(...) with
// all that it keeps, or is copied as it stands if it owns nothing (then it has no holes either: they would make the bytes of equal
// values differ). The same function writes and reads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace immunobot {

class ArchiveWriter {
public:
    template <class... Values>
    void operator()(Values&... values)
    {
        (put(values), ...);
    }
    std::string& bytes() { return bytes_; }

private:
    void raw(void const* from, std::size_t size) { bytes_.append(static_cast<char const*>(from), size); }
    void count(std::size_t size)
    {
        std::uint64_t const number = size;
        raw(&number, sizeof number);
    }
    template <class T>
    void put(T& value)
    {
        if constexpr (requires { value.transfer(*this); })
            value.transfer(*this);
        else {
            static_assert(std::is_trivially_copyable_v<T>);
            raw(&value, sizeof value);
        }
    }
    void put(std::string& value)
    {
        count(value.size());
        raw(value.data(), value.size());
    }
    template <class T>
    void put(std::vector<T>& list)
    {
        count(list.size());
        if constexpr (std::is_trivially_copyable_v<T>)
            raw(list.data(), list.size() * sizeof(T));
        else
            for (auto& item : list)
                put(item);
    }
    template <class T, std::size_t size>
        requires(!std::is_trivially_copyable_v<T>)
    void put(std::array<T, size>& list)
    {
        for (auto& item : list)
            put(item);
    }

    std::string bytes_;
};

// After the first thing that does not fit, everything that is read is left as it was and failed() is true.
class ArchiveReader {
public:
    explicit ArchiveReader(std::string_view bytes) : left_(bytes) {}

    template <class... Values>
    void operator()(Values&... values)
    {
        (get(values), ...);
    }
    bool failed() const { return failed_; }
    bool at_end() const { return left_.empty(); }

private:
    bool raw(void* to, std::size_t size)
    {
        if (failed_ || size > left_.size()) {
            failed_ = true;
            return false;
        }
        if (size > 0)
            std::memcpy(to, left_.data(), size);
        left_.remove_prefix(size);
        return true;
    }
    // Of items that take `each` bytes at least.
    std::size_t count(std::size_t each)
    {
        std::uint64_t number = 0;
        if (!raw(&number, sizeof number))
            return 0;
        if (number > left_.size() / each) {
            failed_ = true;
            return 0;
        }
        return number;
    }
    template <class T>
    void get(T& value)
    {
        if constexpr (requires { value.transfer(*this); })
            value.transfer(*this);
        else {
            static_assert(std::is_trivially_copyable_v<T>);
            raw(&value, sizeof value);
        }
    }
    void get(std::string& value)
    {
        value.resize(count(1));
        raw(value.data(), value.size());
    }
    template <class T>
    void get(std::vector<T>& list)
    {
        if constexpr (std::is_trivially_copyable_v<T>) {
            list.resize(count(sizeof(T)));
            raw(list.data(), list.size() * sizeof(T));
        } else {
            list.resize(count(1));
            for (auto& item : list)
                get(item);
        }
    }
    template <class T, std::size_t size>
        requires(!std::is_trivially_copyable_v<T>)
    void get(std::array<T, size>& list)
    {
        for (auto& item : list)
            get(item);
    }

    std::string_view left_;
    bool failed_ = false;
};

}  // namespace immunobot
