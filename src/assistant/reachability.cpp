#include "assistant/reachability.hpp"

#include "assistant/answering.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

namespace immunobot::assistant {
namespace {

class Prober {
public:
    explicit Prober(Snapshot const& snapshot) : snapshot_(snapshot) {}

    bool tells(std::string const& question, Language language, std::string const& fact)
    {
        Answering answering(snapshot_, ranker_, stemmer_);
        auto const& facts = snapshot_.index.facts();
        auto const decision = answering.decide(question, language, {});
        return std::ranges::any_of(decision.parts, [&](PartDecision const& part) {
            return std::ranges::any_of(part.chosen, [&](FactIndexId id) { return facts[id].id == fact; });
        });
    }

private:
    Snapshot const& snapshot_;
    Ranker ranker_;
    text::Stemmer stemmer_;
};

// The line of each row that begins with an id; a file whose columns stand in another order has none.
std::map<std::string, std::size_t> lines_of(std::string const& path)
{
    std::map<std::string, std::size_t> out;
    std::ifstream file(path, std::ios::binary);
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);)
        out.emplace(line.substr(0, line.find_first_of(",;\t")), ++number);
    return out;
}

}  // namespace

void find_intents_without_facts(std::vector<intents::Intent> const& intents, knowledge::Knowledge const& knowledge, Diagnostics& found)
{
    std::set<std::string_view> known;
    for (auto const& fact : knowledge.facts)
        known.insert(fact.property);
    for (auto const& intent : intents)
        if (!intent.is_fixed_reply() && std::ranges::none_of(intent.properties, [&](std::string const& property) { return known.contains(property); }))
            found.push_back({Severity::warning, "L111", intent.file, intent.answers_line, 0, {}, "there is no fact that '" + intent.id + "' could answer with",
                             "add facts of the property '" + intent.properties.at(0) + "', or remove the file"});
}

void find_unreached_facts(Snapshot const& snapshot, knowledge::Knowledge const& knowledge, std::string const& data_folder, Diagnostics& found)
{
    std::map<std::string_view, knowledge::Asking const*> askings;
    for (auto const& asking : knowledge.askings)
        askings.emplace(asking.id, &asking);
    Prober prober(snapshot);
    auto const reaches = [&](std::string_view id, std::string const& fact) {
        auto const at = askings.find(id);
        if (at == askings.end())
            return false;
        auto const told = [&](Language language) { return [&, language](std::string const& question) { return prober.tells(question, language, fact); }; };
        return std::ranges::any_of(at->second->questions_en, told(Language::en)) || std::ranges::any_of(at->second->questions_fr, told(Language::fr));
    };
    std::map<std::string, std::size_t> lines;
    std::string const path = data_folder + "/facts.csv";
    for (auto const& fact : knowledge.facts) {
        if (reaches(fact.id, fact.id) || reaches(fact.entity + "." + fact.property, fact.id))
            continue;
        if (lines.empty())
            lines = lines_of(path);
        auto const at = lines.find(fact.id);
        bool const asked = askings.contains(fact.id) || askings.contains(fact.entity + "." + fact.property);
        found.push_back({Severity::warning, "L110", path, at == lines.end() ? 0 : at->second, 0, {},
                         asked ? "none of the ways of asking for '" + fact.id + "' is answered with it" : "there is no way of asking for '" + fact.id + "'",
                         asked ? "say in questions.csv what tells it from its neighbours, or make one fact of them" : "add some to questions.csv"});
    }
}

}  // namespace immunobot::assistant
