#include "channels/meta.hpp"

#include "channels/fields.hpp"
#include "channels/form.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"

#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::channels {
namespace {

constexpr std::size_t longest_challenge = 1024;
constexpr std::string_view prefix = "sha256=";

void append_unit(std::string& out, char32_t unit)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[unit >> shift & 15];
}

// The body with all that is not ASCII as \uXXXX, one for each UTF-16 unit. Meta documents its signature over that form, and most
// deliveries come in it; those that do not are signed over it all the same.
std::string escaped_form(std::string_view body)
{
    std::string out;
    out.reserve(body.size() + body.size() / 2);
    for (std::size_t at = 0; at < body.size();) {
        if (static_cast<unsigned char>(body[at]) <= '~') {
            out += body[at++];
            continue;
        }
        auto const code = text::next_code_point(body, at);
        if (code > 0xffff) {
            append_unit(out, 0xd800 + ((code - 0x10000) >> 10));
            append_unit(out, 0xdc00 + ((code - 0x10000) & 0x3ff));
        } else {
            append_unit(out, code);
        }
    }
    return out;
}

bool signs(Settings const& settings, std::string_view body, std::string_view signature)
{
    bool holds = false;
    for (std::string_view const secret : settings.all("app_secret"))
        if (same_secret(to_hex(hmac_sha256(secret, body)), signature))
            holds = true;
    return holds;
}

}  // namespace

Proof prove_meta_subscription(Delivery const& delivery, Settings const& settings)
{
    auto const query = Form::parse(delivery.query);
    return proof(query && query->text("hub.mode") == "subscribe" && settings.holds("verify_token", query->text("hub.verify_token")));
}

Result<Parsed> parse_meta_subscription(Delivery const& delivery, Settings const&)
{
    auto const query = Form::parse(delivery.query);
    if (!query)
        return query.error();
    auto const challenge = query->text("hub.challenge");
    if (challenge.empty() || challenge.size() > longest_challenge)
        return Error{Errc::bad_request, "there is no challenge"};
    return Parsed(Handshake{{.content_type = text_content, .body = std::string(challenge)}});
}

Proof prove_meta_signature(Delivery const& delivery, Settings const& settings)
{
    auto const header = single_header(delivery, "x-hub-signature-256");
    if (!header || !header->starts_with(prefix))
        return Proof::fails;
    auto const signature = header->substr(prefix.size());
    if (signs(settings, delivery.body, signature))
        return Proof::holds;
    bool const plain = std::ranges::all_of(delivery.body, [](char c) { return static_cast<unsigned char>(c) <= '~'; });
    return proof(!plain && text::is_valid_utf8(delivery.body) && signs(settings, escaped_form(delivery.body), signature));
}

void refuse_as_meta(HttpAnswer& out, Refusal refusal, std::string_view)
{
    if (refusal == Refusal::unauthentic)
        out.status = 403;
    out.content_type = text_content;
}

Outcome judge_meta(Call const&, int status, std::string_view body)
{
    if (status >= 200 && status < 300)
        return Outcome::sent;
    if (status == 429 || status == 408 || status >= 500)
        return Outcome::later;
    // 4: too many calls; 80007, 130429, 131048, 131056: the same of WhatsApp; 1, 2: unknown, temporary.
    constexpr std::int64_t passing[] = {1, 2, 4, 613, 80007, 130429, 131000, 131048, 131056};
    auto const document = parse_strict(body, {}, platform_json);
    auto const code = document ? integer_at(*document, {"error", "code"}) : std::nullopt;
    return code && std::ranges::find(passing, *code) != std::end(passing) ? Outcome::later : Outcome::never;
}

Address meta_address(Call const& call, Settings const& settings, std::string_view)
{
    return {std::string(settings.one("api")) + "/" + call.target, {{"Authorization", "Bearer " + std::string(settings.one("access_token"))}}};
}

Channel::Sample meta_sample(std::string_view path, Settings const& settings, std::string const& body)
{
    return {std::string(path), "application/json", body,
            {{"X-Hub-Signature-256", "sha256=" + to_hex(hmac_sha256(settings.one("app_secret"), body))}}};
}

}  // namespace immunobot::channels
