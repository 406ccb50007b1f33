#include "knowledge/redact.hpp"

#include "knowledge/redact_names.hpp"
#include "knowledge/unicode.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <vector>

namespace immunobot::knowledge {
namespace {

constexpr std::size_t none = std::string_view::npos;

bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool beyond_ascii(char c)
{
    return static_cast<unsigned char>(c) >= 0x80;
}

// ---- e-mail addresses ----

bool in_local_part(char c)
{
    return digit(c) || ascii_letter(c) || beyond_ascii(c) || std::string_view("._%+-'").find(c) != none;
}

bool in_domain(char c)
{
    return digit(c) || ascii_letter(c) || beyond_ascii(c) || c == '.' || c == '-';
}

// A domain has a dot with letters behind it; a full stop that ends the sentence is not part of it.
std::size_t domain_end(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && in_domain(text[end]))
        ++end;
    while (end > at && (text[end - 1] == '.' || text[end - 1] == '-'))
        --end;
    std::size_t const dot = text.substr(at, end - at).rfind('.');
    return dot == none || dot == 0 || end - at - dot < 3 ? none : end;
}

// Appends text to `out` with addresses masked. Neither part of an address holds an '@', so no byte is looked at
// more than twice.
std::string mask_addresses(std::string_view text)
{
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = text.find('@'); at != none; at = text.find('@', at + 1)) {
        std::size_t begin = at;
        while (begin > copied && in_local_part(text[begin - 1]))
            --begin;
        std::size_t const end = domain_end(text, at + 1);
        if (begin == at || end == none)
            continue;
        out += text.substr(copied, begin - copied);
        out += "[e-mail]";
        copied = end;
    }
    out += text.substr(copied);
    return out;
}

// ---- numbers ----

// Length of one separator inside a number ("06 12", "06.12", "(0)4", also no-break blanks); 0: none.
std::size_t separator(std::string_view text, std::size_t at)
{
    static constexpr std::string_view wide[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89", "\xe2\x80\x91", "\xe2\x80\x93"};
    if (at < text.size() && std::string_view(" .-/()").find(text[at]) != none)
        return 1;
    for (std::string_view const one : wide)
        if (text.substr(at).starts_with(one))
            return one.size();
    return 0;
}

// Groups of digits with what stands between: "+33 (0)4 91 22".
struct Number {
    std::size_t begin = 0;
    std::size_t end = 0;  // behind the last digit
    bool plus = false;
    struct Group {
        std::size_t begin = 0;
        std::size_t size = 0;
    };
    std::vector<Group> groups;
    std::size_t digits = 0;
};

// The Corsican departments 2A and 2B stand in social-security numbers.
bool corsican(std::string_view text, std::size_t at)
{
    if (at == 0 || text[at - 1] != '2' || std::string_view("ABab").find(text[at]) == none)
        return false;
    std::size_t const next = at + 1;
    return next < text.size() && (digit(text[next]) || (separator(text, next) > 0 && next + 1 < text.size() && digit(text[next + 1])));
}

// No number to be masked has more; the limit keeps a long list of years linear.
constexpr std::size_t most_groups = 20;

Number read_number(std::string_view text, std::size_t begin)
{
    Number number;
    number.begin = begin;
    std::size_t at = begin;
    if (text[at] == '+') {
        number.plus = true;
        ++at;
    }
    std::size_t gap = 0;  // separators since the last digit; two may stand together, as in "+33 (0)4"
    bool inside = false;
    while (at < text.size() && gap <= 2) {
        if (digit(text[at]) || (inside && corsican(text, at))) {
            if (!inside && number.groups.size() == most_groups)
                break;
            if (!inside)
                number.groups.push_back({at, 0});
            inside = true;
            ++number.groups.back().size;
            ++number.digits;
            number.end = ++at;
            gap = 0;
        } else if (std::size_t const length = separator(text, at); length > 0) {
            inside = false;
            ++gap;
            at += length;
        } else {
            break;
        }
    }
    return number;
}

std::string_view group(std::string_view text, Number const& number, std::size_t index)
{
    return text.substr(number.groups[index].begin, number.groups[index].size);
}

bool year(std::string_view digits)
{
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

// Groups at the front that are a date (2016-11-14, 14/11/2016) or a year; they are left alone.
std::size_t leading_date(std::string_view text, Number const& number)
{
    if (number.plus || number.groups.empty())
        return 0;
    auto const small = [&](std::size_t i) { return number.groups[i].size <= 2; };
    auto const mark = [&](std::size_t i) { return text[number.groups[i].begin + number.groups[i].size]; };
    if (number.groups.size() >= 3 && mark(0) == mark(1) && std::string_view("-/.").find(mark(0)) != none) {
        bool const iso = year(group(text, number, 0)) && small(1) && small(2);
        bool const french = small(0) && small(1) && year(group(text, number, 2));
        if (iso || french)
            return 3;
    }
    return year(group(text, number, 0)) ? 1 : 0;
}

// "2 000", "1.911.311", "96 000 000": at most three digits, then groups of three.
bool amount(std::string_view text, Number const& number)
{
    if (number.plus || number.groups.size() < 2 || number.groups.front().size > 3 || text[number.groups.front().begin] == '0')
        return false;
    return std::all_of(number.groups.begin() + 1, number.groups.end(), [](Number::Group const& g) { return g.size == 3; });
}

// French numbers without their first 0 ("6 12 34 56 78"), and 3-3-4 as in North America.
bool national_phone(Number const& number)
{
    auto const shape = [&](std::initializer_list<std::size_t> sizes) {
        return std::ranges::equal(number.groups, sizes, {}, &Number::Group::size);
    };
    return shape({1, 2, 2, 2, 2}) || shape({3, 3, 4});
}

std::string_view mask_for(std::string_view text, Number const& number)
{
    constexpr std::size_t shortest_id = 12;  // of the digits of a bank or social-security number
    constexpr std::size_t longest_phone = 15;
    bool const dialled = number.plus ? number.digits >= 8 : text[number.groups.front().begin] == '0' && number.digits >= 9;
    if (dialled && number.digits <= longest_phone)
        return "[phone]";
    if (amount(text, number))
        return number.digits > 15 ? "[number]" : "";
    if (national_phone(number))
        return "[phone]";
    if (number.digits >= shortest_id)
        return "[number]";
    bool const round = number.groups.size() == 1 && text.substr(number.begin, number.end - number.begin).ends_with("000");
    return number.groups.size() == 1 && number.digits >= 9 && !round ? "[number]" : "";
}

// Two letters, two digits, then groups of four with digits in them. Gives the end; npos: no IBAN.
std::size_t iban_end(std::string_view text, std::size_t begin)
{
    if (begin + 15 > text.size() || !ascii_letter(text[begin]) || !ascii_letter(text[begin + 1]) ||
        !digit(text[begin + 2]) || !digit(text[begin + 3]))
        return none;
    std::size_t at = begin + 4;
    std::size_t end = at;
    std::size_t size = 4;
    std::size_t digits = 2;
    std::size_t in_group = 0;
    while (at < text.size() && size < 34) {
        if (digit(text[at]) || ascii_letter(text[at])) {
            ++size;
            ++in_group;
            if (digit(text[at]))
                ++digits;
            end = ++at;
            continue;
        }
        std::size_t const length = separator(text, at);
        bool const whole = in_group % 4 == 0;  // 0 too: straight behind the first four
        std::size_t const next = at + length;
        // A group of letters alone is the bank's code, in capitals; else it is the next word.
        bool const goes_on = next < text.size() && (digit(text[next]) || (ascii_letter(text[next]) && text[next] <= 'Z' && size < 8));
        if (length == 0 || !whole || !goes_on)
            break;
        in_group = 0;
        at = next;
    }
    return size >= 15 && digits >= 10 ? end : none;
}

class NumberMask {
    // Trials have names like NCT and eight digits.
    static constexpr std::size_t longest_run_in_word = 9;

public:
    explicit NumberMask(std::string_view text) : text_(text) {}

    std::string run()
    {
        while (at_ < text_.size())
            step();
        return std::move(out_);
    }

private:
    void step()
    {
        char const c = text_[at_];
        bool const begins_number = digit(c) || (c == '+' && next_is_digit(1)) || (c == '(' && (next_is_digit(1) || next_is_plus()));
        if (begins_number)
            number();
        else if (ascii_letter(c) || beyond_ascii(c))
            word();
        else
            copy(1);
    }

    bool next_is_digit(std::size_t offset) const { return at_ + offset < text_.size() && digit(text_[at_ + offset]); }
    bool next_is_plus() const { return at_ + 2 < text_.size() && text_[at_ + 1] == '+' && digit(text_[at_ + 2]); }

    void copy(std::size_t bytes)
    {
        out_ += text_.substr(at_, bytes);
        at_ += bytes;
    }

    // A word keeps its digits ("IPH4502"), unless it begins an IBAN.
    void word()
    {
        if (std::size_t const end = iban_end(text_, at_); end != none) {
            out_ += "[number]";
            at_ = end;
            return;
        }
        std::size_t end = at_;
        std::size_t run = 0;  // of digits
        while (end < text_.size() && in_word(end)) {
            run = digit(text_[end]) ? run + 1 : 0;
            ++end;
            if (run == longest_run_in_word) {  // "tel0612345678"
                end -= run;
                break;
            }
        }
        copy(std::max<std::size_t>(end - at_, 1));
    }

    bool in_word(std::size_t at) const
    {
        char const c = text_[at];
        return ascii_letter(c) || digit(c) || (beyond_ascii(c) && separator(text_, at) == 0);
    }

    void number()
    {
        if (text_[at_] == '(' && next_is_plus()) {
            copy(1);
            return;
        }
        Number read = read_number(text_, at_);
        if (std::size_t const dated = leading_date(text_, read); dated > 0) {
            auto const& last = read.groups[dated - 1];
            copy(last.begin + last.size - at_);
            return;
        }
        auto const mask = mask_for(text_, read);
        if (mask.empty()) {
            copy(read.end - at_);
            return;
        }
        out_ += mask;
        at_ = read.end;
    }

    std::string_view text_;
    std::string out_;
    std::size_t at_ = 0;
};

// Control characters as blanks; zero-width ones, which could split a number unseen, dropped.
std::string visible(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        std::size_t const at = find_invisible(text);
        out += text.substr(0, at);
        if (at == none)
            break;
        std::size_t const length = text::character_size(text, at);
        if (length == 1)
            out += ' ';
        text.remove_prefix(at + std::max<std::size_t>(length, 1));
    }
    std::ranges::replace_if(out, [](char c) { return c == '\r' || c == '\n' || c == '\t'; }, ' ');
    return out;
}

}  // namespace

std::string redact(std::string_view text)
{
    return NumberMask(mask_names(mask_addresses(text))).run();
}

std::string storable(std::string_view text, std::size_t characters)
{
    std::string clean = text::replace_bad(text.substr(0, characters * 4));
    std::size_t end = 0;
    for (std::size_t count = 0; end < clean.size() && count < characters; ++count)
        end += std::max<std::size_t>(text::character_size(clean, end), 1);
    clean.resize(std::min(end, clean.size()));
    return redact(visible(clean));
}

}  // namespace immunobot::knowledge
