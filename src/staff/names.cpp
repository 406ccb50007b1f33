#include "staff/names.hpp"

#include "text/fold.hpp"

#include <algorithm>
#include <string>

namespace immunobot::staff {
namespace {

using knowledge::Entity;
using knowledge::Knowledge;
using knowledge::NewName;

constexpr std::size_t ways_of_each = 2;        // of each fact and language
constexpr std::size_t questions_a_name = 20;

std::vector<std::string> names_of(Entity const& entity)
{
    std::vector<std::string> out = {entity.name.en, entity.name.fr, entity.acronym};
    out.insert(out.end(), entity.aliases.begin(), entity.aliases.end());
    std::erase(out, std::string());
    return out;
}

bool is_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::string small(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

// Where the name stands as words of its own, in small letters or large; npos: nowhere.
std::size_t place_of_name(std::string const& question, std::string const& name)
{
    auto const text = small(question);
    auto const sought = small(name);
    for (auto at = text.find(sought); at != std::string::npos; at = text.find(sought, at + 1)) {
        bool const begins = at == 0 || !is_of_word(text[at - 1]);
        auto const end = at + sought.size();
        if (begins && (end == text.size() || !is_of_word(text[end])))
            return at;
    }
    return std::string::npos;
}

// The question with `name` in place of whichever of `others` stands in it, the longest first; empty: none does.
std::string renamed(std::string const& question, std::vector<std::string> const& others, std::string const& name)
{
    for (auto const& other : others)
        if (auto const at = other == name ? std::string::npos : place_of_name(question, other); at != std::string::npos)
            return std::string(question).replace(at, other.size(), name);
    return {};
}

void add_renamed(std::vector<StoredQuestion>& out, Entity const& entity, std::string const& name, knowledge::Asking const& asking, std::size_t most)
{
    auto others = names_of(entity);
    std::ranges::stable_sort(others, [](std::string const& a, std::string const& b) { return a.size() > b.size(); });
    for (auto const language : {Language::en, Language::fr}) {
        std::size_t of_this = 0;
        for (auto const& question : language == Language::en ? asking.questions_en : asking.questions_fr)
            if (auto text = renamed(question, others, name); !text.empty() && out.size() < most && of_this++ < ways_of_each)
                out.push_back({std::move(text), language, asking.id});
    }
}

}  // namespace

std::vector<Entity const*> entities_called(Knowledge const& all, std::string_view name)
{
    std::vector<Entity const*> out;
    auto const wanted = text::fold(name);
    for (auto const& entity : all.entities) {
        auto const names = names_of(entity);
        if (entity.id == wanted || std::ranges::any_of(names, [&](std::string const& one) { return text::fold(one) == wanted; }))
            out.push_back(&entity);
    }
    return out;
}

std::vector<NewName> new_names(Knowledge const& here, Knowledge const& wanted)
{
    std::vector<NewName> out;
    for (auto const& entity : wanted.entities) {
        auto const before = std::ranges::find(here.entities, entity.id, &Entity::id);
        if (before == here.entities.end() || before->aliases == entity.aliases)
            continue;
        for (auto const& alias : entity.aliases)
            if (std::ranges::find(before->aliases, alias) == before->aliases.end())
                out.push_back({entity.id, alias});
    }
    return out;
}

std::vector<StoredQuestion> named_questions(Knowledge const& all, std::vector<NewName> const& names)
{
    std::vector<StoredQuestion> out;
    for (auto const& [id, name] : names) {
        auto const entity = std::ranges::find(all.entities, id, &Entity::id);
        if (entity == all.entities.end() || std::ranges::find(entity->aliases, name) == entity->aliases.end())
            continue;
        auto const most = out.size() + questions_a_name;
        for (auto const& asking : all.askings)
            if (asking.id.starts_with(id + '.'))
                add_renamed(out, *entity, name, asking, most);
    }
    return out;
}

}  // namespace immunobot::staff
