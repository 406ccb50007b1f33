// What WhatsApp and Messenger have in common: Meta's way of verifying an address and of signing deliveries. Pure; any thread.
#pragma once

#include "channels/channel.hpp"

namespace immunobot::channels {

// GET ?hub.mode=subscribe&hub.verify_token=...&hub.challenge=...: whether the token is ours (setting "verify_token").
Proof prove_meta_subscription(Delivery const& delivery, Settings const& settings);
// The challenge, as it was sent.
Result<Parsed> parse_meta_subscription(Delivery const& delivery, Settings const& settings);

// X-Hub-Signature-256 over the body, with the setting "app_secret".
Proof prove_meta_signature(Delivery const& delivery, Settings const& settings);

// Where a refusal of a subscription is a 403.
void refuse_as_meta(HttpAnswer& out, Refusal refusal, std::string_view detail);

// Meta lets answers follow a message for so long.
inline constexpr std::chrono::seconds meta_window = std::chrono::hours(24);
inline constexpr std::chrono::seconds meta_repeats = std::chrono::hours(24 * 7);
inline constexpr std::size_t meta_body = 4 * 1024 * 1024;

// The Graph API, with the setting "access_token".
Address meta_address(Call const& call, Settings const& settings, std::string_view);

// `body` as Meta would send it: signed with "app_secret".
Channel::Sample meta_sample(std::string_view path, Settings const& settings, std::string const& body);

// 429 and errors that pass are tried again. Meta says some of them with other statuses.
Outcome judge_meta(Call const& call, int status, std::string_view body);

}  // namespace immunobot::channels
