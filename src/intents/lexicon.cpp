#include "intents/lexicon.hpp"

#include "base/error.hpp"
#include "text/csv.hpp"
#include "text/fold.hpp"
#include "text/tokens.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>

namespace immunobot::intents {
namespace {

struct ClassName {
    std::string_view name;
    WordClass bit;
};
constexpr ClassName class_names[] = {
    {"function", function_word}, {"filler", filler}, {"home", home}, {"pronoun", pronoun}, {"negation", negation},
    {"when", asks_when}, {"where", asks_where}, {"who", asks_who}, {"how_many", asks_how_many}, {"why", asks_why},
    {"which", asks_which}, {"yes_no", yes_no}, {"list", list_all}, {"follows_on", follows_on},
    {"correction", correction}, {"first", ordinal_first}, {"second", ordinal_second}, {"third", ordinal_third}, {"fourth", ordinal_fourth}, {"fifth", ordinal_fifth}, {"sixth", ordinal_sixth},
    {"last", ordinal_last}, {"other_language", other_language}, {"stop", stop}, {"undo", undo}, {"money", money}, {"light", light}, {"tag", tag}, {"compares", compares}, {"earlier", earlier}, {"compares_age", compares_age}, {"how", asks_how}, {"opens", opens},
    {"person_pronoun", person_pronoun}, {"thing_pronoun", thing_pronoun}, {"private", private_life}, {"to_english", to_english}, {"to_french", to_french}};

// Rows that are no classes of words: they tell what is said of several (see Lexicon::of_several). Nothing for those that name no kind of entity.
std::optional<std::string_view> kind_named(std::string_view name)
{
    for (std::string_view const prefix : {"kind.", "kinds."})
        if (name.starts_with(prefix))
            return name.substr(prefix.size());
    return std::nullopt;
}

bool is_of_several(std::string_view name)
{
    constexpr std::string_view said[] = {"largest", "smallest", "most", "more", "least", "eldest", "youngest", "since", "after", "until", "before", "beyond"};
    return kind_named(name) || std::ranges::find(said, name) != std::end(said);
}

std::string nearest_class(std::string_view name)
{
    std::vector<std::string_view> names;
    for (auto const& known : class_names)
        names.push_back(known.name);
    auto const near = nearest(name, names);
    return near.empty() ? "the classes are in docs/knowledge.md" : "did you mean '" + std::string(near) + "'?";
}

std::optional<std::string> slurp(std::string const& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return std::nullopt;
    std::ostringstream out;
    out << stream.rdbuf();
    return out.str();
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> out;
    while (!text.empty()) {
        auto const end = std::min(text.find(separator), text.size());
        if (end > 0)
            out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

text::CsvTable table(std::string const& path, std::string const& key, Diagnostics& found, std::vector<std::string> const& columns = {"en", "fr"})
{
    auto const content = slurp(path);
    if (!content) {
        found.push_back({Severity::error, "L000", path, 0, 0, {}, "this file is missing", "give --data DIR"});
        return {};
    }
    return text::read_csv(*content, path, {key, columns[0], columns[1]}, {}, found);
}

// A row of what is said of several: a name, and its words in both languages. The error, if it names a kind that is none of `kinds`.
std::optional<Error> add_of_several(std::string const& name, std::array<std::string_view, 2> const& words, std::span<std::string_view const> kinds, text::WordMap<std::vector<std::string>>& out)
{
    if (auto const kind = kind_named(name); kind && !kinds.empty() && std::ranges::find(kinds, *kind) == kinds.end()) {
        auto const near = nearest(*kind, kinds);
        return Error{Errc::bad_data, "'" + std::string(*kind) + "' is no kind of entity", near.empty() ? "the kinds are in docs/knowledge.md" : "did you mean '" + std::string(near) + "'?"};
    }
    for (auto const column : words)
        for (auto const item : split(column, '|'))
            out[text::folded_words(text::tokenise(item))].push_back(name);
    return std::nullopt;
}

}  // namespace

void Lexicon::add(std::string_view item, Language language, ClassBits classes, ConceptId const* concept_id, text::Stemmer& stemmer)
{
    auto const tokens = text::tokenise(item);
    if (tokens.size() == 0)
        return;
    auto const put = [&](auto& target) {
        (language == Language::fr ? target.classes_fr : target.classes_en) |= classes;
        if (concept_id != nullptr && std::ranges::find(target.concepts, *concept_id) == target.concepts.end())
            target.concepts.push_back(*concept_id);
    };
    if (tokens.size() == 1) {
        auto& info = words_[tokens.word(0)];
        put(info);
        info.languages = static_cast<std::uint8_t>(info.languages | 1u << static_cast<unsigned>(language));
        if (concept_id != nullptr) {
            auto& list = by_stem_[stemmer.stem(tokens.word(0), language)];
            if (std::ranges::find(list, *concept_id) == list.end())
                list.push_back(*concept_id);
        }
        return;
    }
    Phrase phrase;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        phrase.words.emplace_back(tokens.word(i));
    auto& list = phrases_[phrase.words[0]];
    auto at = std::ranges::find(list, phrase.words, &Phrase::words);
    if (at == list.end())
        at = list.insert(list.end(), std::move(phrase));
    put(*at);
}

Lexicon Lexicon::read(std::string const& folder, Diagnostics& found, std::span<std::string_view const> kinds)
{
    Lexicon out;
    text::Stemmer stemmer;
    auto const words = table(folder + "/words.csv", "class", found);
    for (auto const& row : words.rows) {
        if (is_of_several(row[0].value)) {
            if (auto const problem = add_of_several(row[0].value, {row[1].value, row[2].value}, kinds, out.of_several_))
                found.push_back({Severity::error, "L001", folder + "/words.csv", row[0].line, row[0].column, {}, problem->message, problem->hint});
            continue;
        }
        auto const known = std::ranges::find(class_names, row[0].value, &ClassName::name);
        if (known == std::end(class_names)) {
            found.push_back({Severity::error, "L001", folder + "/words.csv", row[0].line, row[0].column, {}, "unknown class of words '" + row[0].value + "'", nearest_class(row[0].value)});
            continue;
        }
        for (auto const language : {Language::en, Language::fr})
            for (auto const item : split(row[language == Language::en ? 1 : 2].value, '|'))
                out.add(item, language, known->bit, nullptr, stemmer);
    }
    auto const groups = table(folder + "/lexicon.csv", "concept", found);
    for (auto const& row : groups.rows) {
        auto const id = static_cast<ConceptId>(out.concept_names_.size());
        out.concept_names_.push_back(row[0].value);
        for (auto const language : {Language::en, Language::fr})
            for (auto const item : split(row[language == Language::en ? 1 : 2].value, '|'))
                out.add(item, language, 0, &id, stemmer);
    }
    auto const forms = table(folder + "/forms.csv", "language", found, {"base", "forms"});
    for (auto const& row : forms.rows) {
        if (row[0].value != "en" && row[0].value != "fr") {
            found.push_back({Severity::error, "L010", folder + "/forms.csv", row[0].line, row[0].column, {}, "'" + row[0].value + "' is no language of the bot", "write en or fr"});
            continue;
        }
        for (auto const form : split(row[2].value, '|'))
            if (auto& base = out.bases_[row[0].value == "fr" ? 1 : 0][text::fold(form)]; base.empty())
                base = text::fold(row[1].value);
    }
    for (auto const language : {Language::en, Language::fr}) {
        std::string const path = folder + (language == Language::en ? "/common_en.txt" : "/common_fr.txt");
        auto const content = slurp(path);
        if (!content || !text::is_valid_utf8(*content)) {
            found.push_back({Severity::error, "L000", path, 0, 0, {}, content ? "this file is not UTF-8 text" : "this file is missing", content ? "save it as UTF-8" : "give --data DIR"});
            continue;
        }
        for (auto const line : split(*content, '\n')) {
            auto& languages = out.common_[text::fold(line.substr(0, line.find('\r')))];
            languages = static_cast<std::uint8_t>(languages | 1u << static_cast<unsigned>(language));
        }
    }
    for (auto& list : out.phrases_.values())
        std::ranges::stable_sort(list, std::greater{}, [](Phrase const& p) { return p.words.size(); });
    return out;
}

WordInfo const* Lexicon::word(std::string_view folded) const
{
    return words_.find(folded);
}

std::string_view Lexicon::base(std::string_view folded, Language language) const
{
    auto const* base = bases_[static_cast<std::size_t>(language)].find(folded);
    return base == nullptr ? folded : std::string_view(*base);
}

std::vector<ConceptId> const& Lexicon::concepts_of_stem(std::string_view stem) const
{
    static std::vector<ConceptId> const none;
    auto const* found = by_stem_.find(stem);
    return found == nullptr ? none : *found;
}

std::vector<std::string> const& Lexicon::of_several(std::string_view words) const
{
    static std::vector<std::string> const none;
    auto const* found = of_several_.find(words);
    return found == nullptr ? none : *found;
}

std::uint8_t Lexicon::common_languages(std::string_view folded) const
{
    auto const* found = common_.find(folded);
    return found == nullptr ? 0 : *found;
}

std::vector<Lexicon::Phrase> const& Lexicon::phrases_at(std::uint32_t number) const
{
    static std::vector<Phrase> const none;
    return number < phrases_.size() ? phrases_.values()[number] : none;
}

std::vector<std::string> Lexicon::all_words() const
{
    std::vector<std::string> out;
    for (std::uint32_t i = 0; i < words_.size(); ++i)
        out.emplace_back(words_.word(i));
    for (auto const& list : phrases_.values())
        for (auto const& phrase : list)
            out.insert(out.end(), phrase.words.begin(), phrase.words.end());
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace immunobot::intents
