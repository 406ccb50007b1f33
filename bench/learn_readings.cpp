// Fits the trees that tell how a follow-up was meant (src/assistant/reading_trees.inc) on conversations of tests/conversations.
//
//   learn_readings DATA INTENTS TREES.inc CONVERSATIONS.jsonl...
//
// Every turn is asked after those before it; each way to read it is judged by what it would be answered with. Prints how
// well trees that have not seen a conversation do on it, by threshold, and writes trees that have seen them all.
#include "assistant/answering.hpp"
#include "assistant/assistant.hpp"
#include "assistant/snapshot.hpp"
#include "knowledge/folder.hpp"
#include "text/fold.hpp"

#include "bench/boosted_trees.hpp"
#include "bench/tree_file.hpp"

#include <boost/json.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <regex>
#include <string>

using namespace immunobot;
using namespace immunobot::assistant;

namespace {

constexpr int tree_count = 150;
constexpr double least_in_leaf = 8;
constexpr float tree_rate = 0.1f;
constexpr std::size_t folds = 8;

struct Tried {
    bench::Lesson lesson;
    float before = 0;   // how sure it was without the trees
};

struct Turn {
    std::size_t conversation = 0;
    bool answerable = false;
    std::vector<Tried> tried;
};

std::string folded(std::string_view text)
{
    std::string out;
    for (char const c : text::fold(text))
        if (c != ' ' || (!out.empty() && out.back() != ' '))
            out += c;
    return out;
}

// Whether the answer has one of each group of patterns, and none of those that it must not have.
bool fits(boost::json::object const& turn, std::string const& answer)
{
    auto const found = [&](boost::json::value const& pattern) {
        auto const& text = pattern.as_string();
        return std::regex_search(answer, std::regex(text.begin(), text.end()));
    };
    if (auto const* says = turn.if_contains("says"))
        for (auto const& group : says->as_array())
            if (std::ranges::none_of(group.as_array(), found))
                return false;
    if (auto const* lacks = turn.if_contains("lacks"))
        return std::ranges::none_of(lacks->as_array(), found);
    return true;
}

class Asking {
public:
    Asking(Snapshot const& snapshot, knowledge::Knowledge const& knowledge) : snapshot_(snapshot)
    {
        for (auto const& fact : knowledge.facts)
            texts_.emplace(fact.id, &fact.text);
        for (auto const& entry : knowledge.faq)
            texts_.emplace(entry.id, &entry.answer);
    }

    void ask(boost::json::object const& row, std::size_t number, std::vector<Turn>& out)
    {
        Conversation conversation;
        std::optional<Language> const page = row.at("lang").as_string() == "fr" ? Language::fr : Language::en;
        for (auto const& value : row.at("turns").as_array()) {
            auto const& turn = value.as_object();
            std::vector<ReadingTrial> trials;
            Answering answering(snapshot_, ranker_, stemmer_);
            answering.watch(trials);
            auto const decision = answering.decide(std::string_view(turn.at("ask").as_string()), page, conversation);
            bool answered = true;
            for (auto const& part : decision.parts) {
                answering.remember(conversation, part);
                answered = answered && !part.chosen.empty();
                conversation.language = part.analysis.language;
            }
            conversation.failures = answered ? 0 : conversation.failures + 1;
            if (decision.parts.size() == 1 && !trials.empty())
                out.push_back(judge(turn, number, trials));
        }
    }

private:
    Turn judge(boost::json::object const& turn, std::size_t number, std::vector<ReadingTrial> const& trials) const
    {
        Turn out{number, turn.at("status").as_string() == "answered", {}};
        for (auto const& trial : trials) {
            if (trial.input.empty())
                continue;
            std::string answer;
            for (auto const fact : trial.part.chosen)
                if (auto const at = texts_.find(snapshot_.index.facts()[fact].id); at != texts_.end())
                    answer += at->second->in(trial.part.analysis.language) + ' ';
            bool const stated = out.answerable || turn.if_contains("says") != nullptr;
            out.tried.push_back({{trial.input, stated && fits(turn, folded(answer)), 1}, trial.input[0] * trial.input[1]});
        }
        return out;
    }

    Snapshot const& snapshot_;
    std::unordered_map<std::string, LocalText const*> texts_;
    Ranker ranker_;
    text::Stemmer stemmer_;
};

std::vector<ConfidenceTree> fit(std::vector<Turn> const& turns, std::size_t without)
{
    std::vector<bench::Lesson> lessons;
    for (auto const& turn : turns)
        if (turn.conversation % folds != without)
            for (auto const& tried : turn.tried)
                lessons.push_back(tried.lesson);
    return bench::grow_trees(lessons, tree_count, tree_rate, least_in_leaf);
}

template <class Score>
void report(char const* name, std::vector<Turn> const& turns, Score const& score)
{
    std::printf("%s\n", name);
    for (double const enough : {0.2, 0.25, 0.32, 0.4, 0.5, 0.6}) {
        double right = 0, wrong = 0, silent = 0, false_answers = 0, answerable = 0, none = 0;
        for (auto const& turn : turns) {
            Tried const* best = nullptr;
            double most = -1;
            for (auto const& tried : turn.tried)
                if (double const here = score(turn, tried); here > most)
                    most = here, best = &tried;
            bool const answers = best != nullptr && most >= enough;
            (turn.answerable ? answerable : none) += 1;
            if (turn.answerable)
                (answers ? (best->lesson.yes ? right : wrong) : silent) += 1;
            else
                false_answers += answers && !best->lesson.yes;
        }
        std::printf("  from %.2f: right %.1f wrong %.1f silent %.1f | false answers %.1f\n", enough, 100 * right / answerable, 100 * wrong / answerable, 100 * silent / answerable,
                    100 * false_answers / std::max(none, 1.0));
    }
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 5) {
        std::cerr << "usage: learn_readings DATA INTENTS TREES.inc CONVERSATIONS.jsonl...\n";
        return 2;
    }
    Diagnostics found;
    auto const knowledge = knowledge::read_folder(argv[1], found).value();
    Snapshot const snapshot(read_intent_set({"", argv[2], argv[1]}, nullptr), knowledge);
    Asking asking(snapshot, knowledge);
    std::vector<Turn> turns;
    std::size_t conversations = 0;
    for (int i = 4; i < argc; ++i) {
        std::ifstream in(argv[i]);
        for (std::string line; std::getline(in, line);)
            asking.ask(boost::json::parse(line).as_object(), conversations++, turns);
    }
    std::printf("%zu follow-ups\n", turns.size());
    report("as it is", turns, [](Turn const&, Tried const& tried) { return static_cast<double>(tried.before); });
    std::vector<std::vector<ConfidenceTree>> by_fold;
    for (std::size_t fold = 0; fold < folds; ++fold)
        by_fold.push_back(fit(turns, fold));
    report("by trees, held out", turns, [&](Turn const& turn, Tried const& tried) { return static_cast<double>(probability(by_fold[turn.conversation % folds], tried.lesson.input)); });
    std::ofstream out(argv[3]);
    bench::write_trees(out, "bench/learn_readings", fit(turns, folds));
}
