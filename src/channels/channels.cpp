#include "channels/channel.hpp"

#include "channels/botframework.hpp"
#include "channels/chatwoot.hpp"
#include "channels/generic.hpp"
#include "channels/matrix.hpp"
#include "channels/messenger.hpp"
#include "channels/rasa.hpp"
#include "channels/slack.hpp"
#include "channels/whatsapp.hpp"

#include <array>

namespace immunobot::channels {
namespace {

constexpr std::array table = {
    &generic, &rasa,
    // answers by call
    &slack, &whatsapp, &messenger, &matrix, &chatwoot, &botframework,
};

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same_name(std::string_view given, std::string_view lower_case)
{
    if (given.size() != lower_case.size())
        return false;
    for (std::size_t i = 0; i < given.size(); ++i)
        if (lower(given[i]) != lower_case[i])
            return false;
    return true;
}

}  // namespace

std::span<Channel const* const> all_channels()
{
    return table;
}

Channel const* channel_named(std::string_view name)
{
    for (auto const* channel : table)
        if (channel->name == name)
            return channel;
    return nullptr;
}

FoundHeader find_header(Delivery const& delivery, std::string_view lower_case_name)
{
    FoundHeader found;
    for (auto const& header : delivery.headers)
        if (same_name(header.name, lower_case_name) && found.count++ == 0)
            found.value = header.value;
    return found;
}

std::optional<std::string_view> single_header(Delivery const& delivery, std::string_view lower_case_name)
{
    auto const found = find_header(delivery, lower_case_name);
    if (found.count != 1 || found.value.empty())
        return std::nullopt;
    return found.value;
}

std::optional<std::string_view> bearer_token(Delivery const& delivery)
{
    constexpr std::string_view scheme = "bearer ";
    auto const header = single_header(delivery, "authorization");
    if (!header || header->size() <= scheme.size() || !same_name(header->substr(0, scheme.size()), scheme))
        return std::nullopt;
    return header->substr(scheme.size());
}

Parsed one_message(Incoming incoming)
{
    std::vector<Incoming> messages;
    messages.push_back(std::move(incoming));
    return messages;
}

std::string conversation_of(std::string_view channel, std::initializer_list<std::string_view> ids)
{
    std::string key(channel);
    for (auto const id : ids) {
        key += ':';
        for (char const c : id) {   // ':' in an id must not look like the end of it
            if (c == ':' || c == '%')
                key += c == ':' ? "%3A" : "%25";
            else
                key += c;
        }
    }
    return key;
}

}  // namespace immunobot::channels
