// The one writing connection of the staff, and the lock under which it is used.
#pragma once

#include "knowledge/staff_store.hpp"

#include <mutex>
#include <utility>

namespace immunobot::staff {

class Store {
public:
    explicit Store(knowledge::StaffStore store) : store_(std::move(store)) {}

    // Calls `use` with the store, alone.
    template <class Use>
    auto with(Use use)
    {
        std::lock_guard const lock(mutex_);
        return use(store_);
    }

private:
    std::mutex mutex_;
    knowledge::StaffStore store_;
};

}  // namespace immunobot::staff
