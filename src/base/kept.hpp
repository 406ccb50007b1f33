// A list of plain values that are only read: its own, or in the bytes of a file that is mapped into memory, where they take
// none of ours until they are looked at. Copies share the values; what they stand in lives as long as the last of them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace immunobot {

template <class T>
class Kept {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Kept() = default;
    explicit Kept(std::vector<T> values)
    {
        auto own = std::make_shared<std::vector<T> const>(std::move(values));
        values_ = *own;
        holder_ = std::move(own);
    }
    // Values that live as long as `holder` does.
    Kept(std::span<T const> values, std::shared_ptr<void const> holder) : values_(values), holder_(std::move(holder)) {}

    T const* data() const { return values_.data(); }
    std::size_t size() const { return values_.size(); }
    bool empty() const { return values_.empty(); }
    T const& operator[](std::size_t i) const { return values_[i]; }
    T const* begin() const { return values_.data(); }
    T const* end() const { return values_.data() + values_.size(); }
    std::span<T const> all() const { return values_; }

private:
    std::span<T const> values_;
    std::shared_ptr<void const> holder_;
};

}  // namespace immunobot
