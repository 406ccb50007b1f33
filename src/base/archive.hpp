// Values of ours as bytes and back, for a file that this program alone reads: no names, no versions, the machine's own
// order of bytes.
//
// A Kept list of one that is to be mapped stands in the bytes aligned, so that it can be read where it is.
//
// A type takes part with a member `template <class Archive> void transfer(Archive& archive)` that calls archive(...) with
// all that it keeps, or is copied as it stands if it owns nothing (then it has no holes either: they would make the bytes of equal
// values differ). The same function writes and reads.
#pragma once

#include "base/kept.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace immunobot {

// From the first byte of what is written; that of what is mapped has to be as well.
inline constexpr std::size_t archive_alignment = 16;

enum class ArchiveUse { copied, mapped };

class ArchiveWriter {
public:
    explicit ArchiveWriter(ArchiveUse use = ArchiveUse::copied) : use_(use) {}

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
    template <class T>
    void put(Kept<T>& list)
    {
        static_assert(alignof(T) <= archive_alignment);
        count(list.size());
        if (use_ == ArchiveUse::mapped)
            bytes_.resize((bytes_.size() + archive_alignment - 1) / archive_alignment * archive_alignment);
        raw(list.data(), list.size() * sizeof(T));
    }
    template <class T, std::size_t size>
        requires(!std::is_trivially_copyable_v<T>)
    void put(std::array<T, size>& list)
    {
        for (auto& item : list)
            put(item);
    }

    ArchiveUse use_;
    std::string bytes_;
};

// After the first thing that does not fit, everything that is read is left as it was and failed() is true.
class ArchiveReader {
public:
    explicit ArchiveReader(std::string_view bytes) : left_(bytes) {}
    // Of bytes that are mapped, aligned, and there as long as `mapping` is: Kept lists stay in them.
    ArchiveReader(std::string_view bytes, std::shared_ptr<void const> mapping) : first_(bytes.data()), mapping_(std::move(mapping)), left_(bytes) {}

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
    template <class T>
    void get(Kept<T>& list)
    {
        if (mapping_ == nullptr) {
            std::vector<T> values;
            get(values);
            list = Kept<T>(std::move(values));
            return;
        }
        std::size_t const size = count(sizeof(T));
        std::size_t const past = static_cast<std::size_t>(left_.data() - first_) % archive_alignment;
        std::size_t const hole = past == 0 ? 0 : archive_alignment - past;
        failed_ = failed_ || hole > left_.size() || size * sizeof(T) > left_.size() - hole;
        if (failed_)
            return;
        left_.remove_prefix(hole);
        list = Kept<T>(std::span(reinterpret_cast<T const*>(left_.data()), size), mapping_);
        left_.remove_prefix(size * sizeof(T));
    }
    template <class T, std::size_t size>
        requires(!std::is_trivially_copyable_v<T>)
    void get(std::array<T, size>& list)
    {
        for (auto& item : list)
            get(item);
    }

    char const* first_ = nullptr;
    std::shared_ptr<void const> mapping_;
    std::string_view left_;
    bool failed_ = false;
};

}  // namespace immunobot
