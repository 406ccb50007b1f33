#include "assistant/conversation.hpp"

#include "knowledge/redact.hpp"
#include "text/quoted.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace immunobot::assistant {
namespace {

namespace json = boost::json;

constexpr std::string_view version = "1";
constexpr std::size_t most_items = 200;         // of one list; more ordinals than that nobody counts
constexpr std::size_t longest_asked = 2'000;    // characters; follow-ups that are filled in may exceed it

struct List {
    std::string_view key;
    std::vector<std::string> Conversation::*items;
};

constexpr List lists[] = {
    {"focus", &Conversation::focus}, {"told", &Conversation::told}, {"offered", &Conversation::offered}, {"listed", &Conversation::listed}};

json::value const* member(json::object const& object, std::string_view key)
{
    return object.if_contains({key.data(), key.size()});
}

std::string text_of(json::object const& object, std::string_view key)
{
    auto const* value = member(object, key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::uint32_t number_of(json::object const& object, std::string_view key)
{
    auto const* value = member(object, key);
    return value != nullptr && value->is_int64() ? static_cast<std::uint32_t>(std::clamp<std::int64_t>(value->get_int64(), 0, UINT32_MAX)) : 0;
}

std::vector<std::string> items_of(json::object const& object, std::string_view key)
{
    std::vector<std::string> items;
    if (auto const* value = member(object, key); value != nullptr && value->is_array())
        for (auto const& item : value->get_array())
            if (item.is_string() && items.size() < most_items)
                items.emplace_back(item.get_string());
    return items;
}

}  // namespace

std::string to_text(Conversation const& conversation)
{
    std::string out = "{\"v\":";
    text::append_quoted(out, version);
    if (conversation.language) {
        out += ",\"lang\":";
        text::append_quoted(out, code(*conversation.language));
    }
    out += ",\"asked\":";
    text::append_quoted(out, knowledge::storable(conversation.asked, longest_asked));
    if (!conversation.typed.empty()) {
        out += ",\"typed\":";
        text::append_quoted(out, knowledge::storable(conversation.typed, longest_asked));
    }
    for (auto const& [key, items] : lists) {
        auto const& all = conversation.*items;
        if (all.empty())
            continue;
        out.append(",\"").append(key).append("\":[");
        for (std::size_t i = 0; i < std::min(all.size(), most_items); ++i) {
            out += i == 0 ? "" : ",";
            text::append_quoted(out, all[i]);
        }
        out += ']';
    }
    if (!conversation.listed.empty())
        out += ",\"list_age\":" + std::to_string(conversation.list_age);
    out += ",\"failures\":" + std::to_string(conversation.failures) + ",\"said\":" + std::to_string(conversation.said) + '}';
    return out;
}

std::optional<Conversation> conversation_from_text(std::string_view text)
{
    json::error_code failed;
    auto const value = json::parse({text.data(), text.size()}, failed);
    if (failed || !value.is_object() || text_of(value.get_object(), "v") != version)
        return std::nullopt;
    auto const& object = value.get_object();
    Conversation conversation;
    conversation.language = language_from_code(text_of(object, "lang"));
    conversation.asked = text_of(object, "asked");
    conversation.typed = text_of(object, "typed");
    conversation.list_age = number_of(object, "list_age");
    for (auto const& [key, items] : lists)
        conversation.*items = items_of(object, key);
    conversation.failures = number_of(object, "failures");
    conversation.said = number_of(object, "said");
    return conversation;
}

std::optional<Conversation> Conversations::find(std::string const& id) const
{
    std::lock_guard const lock(mutex_);
    auto const at = by_id_.find(id);
    if (at == by_id_.end() || std::chrono::steady_clock::now() - at->second->used > keep_)
        return std::nullopt;
    return at->second->conversation;
}

void Conversations::put(std::string const& id, Conversation conversation)
{
    auto const now = std::chrono::steady_clock::now();
    std::lock_guard const lock(mutex_);
    if (auto const at = by_id_.find(id); at != by_id_.end()) {
        by_age_.erase(at->second);
        by_id_.erase(at);
    }
    by_age_.push_front({id, std::move(conversation), now});
    by_id_.emplace(id, by_age_.begin());
    while (by_age_.size() > most_ || (!by_age_.empty() && now - by_age_.back().used > keep_)) {
        by_id_.erase(by_age_.back().id);
        by_age_.pop_back();
    }
}

bool Conversations::erase(std::string const& id)
{
    std::lock_guard const lock(mutex_);
    auto const at = by_id_.find(id);
    if (at == by_id_.end())
        return false;
    by_age_.erase(at->second);
    by_id_.erase(at);
    return true;
}

std::vector<std::string> Conversations::erase_if(std::function<bool(std::string const&)> const& fits)
{
    std::vector<std::string> erased;
    std::lock_guard const lock(mutex_);
    for (auto at = by_age_.begin(); at != by_age_.end();) {
        if (!fits(at->id)) {
            ++at;
            continue;
        }
        erased.push_back(at->id);
        by_id_.erase(at->id);
        at = by_age_.erase(at);
    }
    return erased;
}

std::size_t Conversations::size() const
{
    std::lock_guard const lock(mutex_);
    return by_age_.size();
}

}  // namespace immunobot::assistant
