// A document with each of its parts left out, null, and of every other type.
#pragma once

#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <vector>

namespace immunobot::channels {

// Calls `each` with the document changed at one place, for all places and changes.
inline void with_each_change(boost::json::value& node, boost::json::value const& root, std::function<void(boost::json::value const&)> const& each)
{
    namespace json = boost::json;
    json::value const others[] = {nullptr, 7, -1.5, 18446744073709551615ULL, true, "", "text", json::array{nullptr}, json::object{{"a", nullptr}}};
    auto const kept = node;
    for (auto const& other : others) {
        node = other;
        each(root);
    }
    node = kept;
    if (auto* array = node.if_array())
        for (auto& item : *array)
            with_each_change(item, root, each);
    auto* object = node.if_object();
    if (!object)
        return;
    std::vector<std::string> names;
    for (auto const& member : *object)
        names.emplace_back(member.key());
    for (auto const& name : names) {
        with_each_change(node.as_object()[name], root, each);
        auto const member = node.as_object()[name];
        node.as_object().erase(name);
        each(root);
        node.as_object()[name] = member;
    }
}

}  // namespace immunobot::channels
