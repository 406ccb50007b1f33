#include "staff/links.hpp"

#include "text/host.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace immunobot::staff {
namespace {

constexpr std::string_view secure = "https://";
constexpr std::string_view open = "http://";
constexpr std::string_view www = "www.";
constexpr std::array beginnings = {secure, open, std::string_view("ftp://"), www};
constexpr std::string_view blanks = " \t\r\n<>\"";
// After an address, part of the sentence; the last two are those of French and of English quotation marks.
constexpr std::array<std::string_view, 10> endings = {".", ",", ";", ":", "!", "?", ")", "]", "\xC2\xBB", "\xE2\x80\x9D"};

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// "www.example.org:8080" of "https://www.example.org:8080/x"; empty: there is none.
std::string_view authority_of(std::string_view address)
{
    auto const slashes = address.find("://");
    auto const rest = slashes == std::string_view::npos ? address : address.substr(slashes + 3);
    return rest.substr(0, rest.find_first_of("/?#"));
}

std::string_view without_port(std::string_view authority)
{
    return authority.substr(0, authority.find(':'));
}

std::string_view host_of(std::string_view address)
{
    return without_port(authority_of(address));
}

// A name of at least two labels; neither a user before it nor an address of numbers.
bool is_host(std::string_view host)
{
    bool const plain = std::ranges::all_of(host, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
    auto const dot = host.rfind('.');
    if (!plain || dot == std::string_view::npos || dot == 0 || dot + 2 >= host.size() || host.find("..") != std::string_view::npos)
        return false;
    return std::ranges::any_of(host.substr(dot), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string_view site_of(std::string_view host)
{
    return host.starts_with(www) ? host.substr(www.size()) : host;
}

// The same site, or one below it.
bool is_known(std::string_view host, std::vector<knowledge::Source> const& sources)
{
    return std::ranges::any_of(sources, [&](knowledge::Source const& source) {
        auto const theirs = lower(host_of(source.url));
        auto const site = site_of(theirs);
        auto const own = site_of(host);
        return !site.empty() && (own == site || (own.ends_with(site) && own[own.size() - site.size() - 1] == '.'));
    });
}

std::string fault_of(std::string_view address, std::vector<knowledge::Source> const& sources)
{
    auto const small = lower(address);
    bool const is_web = small.starts_with(secure) || small.starts_with(open);
    auto const host = host_of(small);
    bool const printable = std::ranges::all_of(address, [](char c) { return c > ' ' && c < '\x7f'; });
    if (!is_web || !printable || address.find('\\') != std::string_view::npos || !is_host(host))
        return "link.malformed";
    if (!small.starts_with(secure))
        return "link.not-secure";
    return is_known(host, sources) ? std::string() : "link.unknown-site";
}

// The host as the network knows it, if it is written with letters that can be taken for others, or stands for such; else empty.
std::string look_alike(std::string_view address)
{
    auto const authority = authority_of(address);
    auto const user = authority.rfind('@');   // it leads to what stands behind that
    auto host = text::ascii_host(without_port(user == std::string_view::npos ? authority : authority.substr(user + 1))).value_or(std::string());
    return text::has_other_letters(host) ? host : std::string();
}

Link link_of(std::string_view address, std::vector<knowledge::Source> const& sources)
{
    if (auto host = look_alike(address); !host.empty())
        return {std::string(address), "link.looks-alike", std::move(host)};
    return {std::string(address), fault_of(address, sources)};
}

std::string_view without_ending(std::string_view address)
{
    auto const end = [&] { return std::ranges::find_if(endings, [&](auto one) { return address.ends_with(one) && !(one == ")" && address.find('(') != std::string_view::npos); }); };
    for (auto found = end(); found != endings.end() && address.size() > found->size(); found = end())
        address.remove_suffix(found->size());
    return address;
}

}  // namespace

std::vector<Link> links_of(std::string_view text, std::vector<knowledge::Source> const& sources)
{
    std::vector<Link> out;
    auto const small = lower(text);
    for (std::size_t at = 0; at < text.size() && out.size() < most_links;) {
        auto next = std::string_view::npos;
        for (auto const beginning : beginnings)
            next = std::min(next, small.find(beginning, at));
        if (next == std::string_view::npos)
            break;
        auto const stop = std::min(text.find_first_of(blanks, next), text.size());
        auto const address = without_ending(text.substr(next, stop - next));
        if (std::ranges::find(out, address, &Link::address) == out.end())
            out.push_back(link_of(address, sources));
        at = stop;
    }
    return out;
}

std::vector<knowledge::DeadLink> dead_links_of(LocalText const& answer, std::string_view source, std::vector<knowledge::DeadLink> const& dead)
{
    auto const named = links_of(answer.fr + '\n' + answer.en, {});
    std::vector<knowledge::DeadLink> out;
    std::ranges::copy_if(dead, std::back_inserter(out), [&](knowledge::DeadLink const& one) { return one.url == source || std::ranges::find(named, one.url, &Link::address) != named.end(); });
    return out;
}

}  // namespace immunobot::staff
