#include "staff/links.hpp"

#include "knowledge/unicode.hpp"
#include "text/host.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <set>

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

using Sites = std::set<std::string, std::less<>>;

Sites sites_of(std::vector<knowledge::Source> const& sources)
{
    Sites out;
    for (auto const& source : sources)
        out.emplace(site_of(lower(host_of(source.url))));
    out.erase(std::string());
    return out;
}

// The same site, or one below it.
bool is_known(std::string_view host, Sites const& sites)
{
    for (auto own = site_of(host);; own.remove_prefix(own.find('.') + 1)) {
        if (sites.contains(own))
            return true;
        if (own.find('.') == std::string_view::npos)
            return false;
    }
}

// Signs that can be seen; beyond ASCII letters alone, of which a path may have some: browsers ask for them as "%C3%A9".
bool is_readable(std::string_view address)
{
    for (std::size_t at = 0; at < address.size();) {
        auto const code = text::next_code_point(address, at);
        if (code < 0x80 ? code <= ' ' || code == 0x7f : !knowledge::is_letter(code))
            return false;
    }
    return true;
}

std::string fault_of(std::string_view address, Sites const& sites)
{
    auto const small = lower(address);
    bool const is_web = small.starts_with(secure) || small.starts_with(open);
    auto const host = host_of(small);
    if (!is_web || !is_readable(address) || address.find('\\') != std::string_view::npos || !is_host(host))
        return "link.malformed";
    if (!small.starts_with(secure))
        return "link.not-secure";
    return is_known(host, sites) ? std::string() : "link.unknown-site";
}

// The host as the network knows it, if it is written with letters that can be taken for others, or stands for such; else empty.
std::string look_alike(std::string_view address)
{
    auto const authority = authority_of(address);
    auto const user = authority.rfind('@');   // it leads to what stands behind that
    auto host = text::ascii_host(without_port(user == std::string_view::npos ? authority : authority.substr(user + 1))).value_or(std::string());
    return text::has_other_letters(host) ? host : std::string();
}

Link link_of(std::string_view address, Sites const& sites)
{
    if (auto host = look_alike(address); !host.empty())
        return {std::string(address), "link.looks-alike", std::move(host)};
    return {std::string(address), fault_of(address, sites)};
}

std::string_view without_ending(std::string_view address)
{
    auto const end = [&] { return std::ranges::find_if(endings, [&](auto one) { return address.ends_with(one) && !(one == ")" && address.find('(') != std::string_view::npos); }); };
    for (auto found = end(); found != endings.end() && address.size() > found->size(); found = end())
        address.remove_suffix(found->size());
    return address;
}

// Goes through the text once, however many there are.
std::size_t next_beginning(std::string_view small, std::size_t at)
{
    for (; at < small.size(); ++at)
        if (std::ranges::any_of(beginnings, [&](auto one) { return small.substr(at).starts_with(one); }))
            return at;
    return std::string_view::npos;
}

}  // namespace

std::vector<Link> links_of(std::string_view text, std::vector<knowledge::Source> const& sources)
{
    std::vector<Link> out;
    std::set<std::string_view> seen;
    auto const sites = sites_of(sources);
    auto const small = lower(text);
    for (auto next = next_beginning(small, 0); next != std::string_view::npos;) {
        auto const stop = std::min(text.find_first_of(blanks, next), text.size());
        auto const address = without_ending(text.substr(next, stop - next));
        if (seen.insert(address).second)
            out.push_back(link_of(address, sites));
        next = next_beginning(small, stop);
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
