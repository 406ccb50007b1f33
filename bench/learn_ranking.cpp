// Fits the weights of src/assistant/ranking.cpp and the confidence of src/assistant/confidence.cpp on questions that the
// index has not seen: what the one half of data/questions.csv asks is put to the other half.
//
//   learn_ranking DATA INTENTS [PAIRS.tsv [FRESH.tsv [TREES.inc]]]
//
// Half of data/refusals.csv is put to an index that knows the other half, and so are the questions of PAIRS.tsv (class,
// language, question), which the data cannot answer although they ask for what it knows of others.
// Prints accuracy before and after, and the weights to paste into ranking.cpp; writes the trees of the confidence to the last
// file named (src/assistant/confidence_trees.inc).
#include "assistant/answering.hpp"
#include "assistant/assistant.hpp"
#include "assistant/confidence.hpp"
#include "assistant/embedding_lessons.hpp"
#include "assistant/grouping.hpp"
#include "assistant/snapshot.hpp"
#include "intents/intent.hpp"
#include "knowledge/folder.hpp"

#include "bench/boosted_trees.hpp"
#include "bench/tree_file.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <string>

using namespace immunobot;
using namespace immunobot::assistant;

namespace {

constexpr int tree_count = 400;
constexpr float tree_rate = 0.1f;
constexpr float fresh_weight = 10;   // fresh questions are few, and the most like what will be asked
constexpr std::size_t looked_at = 3;        // facts of each question that are judged as if they were the best
constexpr std::size_t every_unlearned = 6;   // lessons that are given once more, beside all fresh ones, as if it were of what the embedding model does not know

struct Held {
    std::string fact;
    Language language = Language::en;
    std::string text;
    bool pair = false;    // a wish that the data answers for others: a fact beside it does less harm
    bool fresh = false;   // by somebody who had not seen the facts
};

struct Candidates {
    Held held;
    std::vector<RankedFact> ranked;
    std::vector<bool> gold;
    bool any_gold = false;
    struct Judged {
        std::vector<float> input;   // of the confidence
        bool right = false;
    };
    std::vector<Judged> first_few;   // each as if it were the best
};

// Questions by people who had not seen the facts, by their text, with all that answers them. Those that have become ways of asking are
// held out like these, half of them at a time.
class Fresh {
public:
    explicit Fresh(std::vector<Held> const& all)
    {
        for (auto const& one : all)
            by_text_.emplace(one.text, one);
    }

    Held const* find(std::string const& text) const
    {
        auto const at = by_text_.find(text);
        return at == by_text_.end() ? nullptr : &at->second;
    }
    // What the data does not hold.
    std::vector<Held> rest(std::set<std::string> const& held) const
    {
        std::vector<Held> out;
        for (auto const& [text, one] : by_text_)
            if (!held.contains(text))
                out.push_back(one);
        return out;
    }

private:
    std::map<std::string, Held> by_text_;
};

// The same half whatever else is asked (FNV-1a).
std::uint32_t hash_of(std::string const& text)
{
    std::uint32_t hash = 2166136261u;
    for (char const c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash ^ hash >> 15;
}

bool in_second_half(std::string const& text)
{
    return hash_of(text) % 2 == 1;
}

// The ways of asking stand in the order of their authors: what one half of a list says is mostly asked of an index that
// knows only the words of others. Of the entries of the FAQ only the fresh ones are asked.
std::vector<Held> hold_out(knowledge::Knowledge& knowledge, Fresh const& fresh, bool second)
{
    std::vector<Held> out;
    auto const hold = [&](std::string const& id, Language language, std::vector<std::string>& list, bool all) {
        std::vector<std::string> kept;
        auto const old = static_cast<std::size_t>(std::ranges::count_if(list, [&](auto const& text) { return fresh.find(text) == nullptr; }));
        std::size_t number = 0;
        for (auto const& text : list) {
            auto const* known = fresh.find(text);
            bool const held = known != nullptr ? in_second_half(text) == second : all && (number >= old / 2) == second;
            number += known == nullptr ? 1 : 0;
            if (held)
                out.push_back(known != nullptr ? *known : Held{id, language, text});
            else
                kept.push_back(text);
        }
        list = kept;
    };
    for (auto& asking : knowledge.askings) {
        hold(asking.id, Language::en, asking.questions_en, true);
        hold(asking.id, Language::fr, asking.questions_fr, true);
    }
    for (auto& entry : knowledge.faq) {
        hold(entry.id, Language::en, entry.questions_en, false);
        hold(entry.id, Language::fr, entry.questions_fr, false);
    }
    return out;
}

// The same of what nothing answers; `out` gets what is held out. Those with slots are no questions of anybody.
std::vector<intents::Refusal> hold_out(std::vector<intents::Refusal> const& refusals, Fresh const& fresh, bool second, std::vector<Held>& out)
{
    std::vector<intents::Refusal> kept;
    for (std::size_t i = 0; i < refusals.size(); ++i) {
        auto const* known = fresh.find(refusals[i].question);
        bool const stays = known != nullptr ? in_second_half(known->text) != second : (i % 2 == 0) == second;
        if (stays || refusals[i].question.find('{') != std::string::npos)
            kept.push_back(refusals[i]);
        else
            out.push_back(known != nullptr ? *known : Held{"", refusals[i].language, refusals[i].question});
    }
    return kept;
}

// A fact of the same entity and property is as good an answer, as far as this can tell.
std::string stem_of(std::string const& id)
{
    return id.substr(0, id.rfind('.'));
}

// As if the one of that place were the best: what is told with it answers as well.
Candidates::Judged judge(Snapshot const& snapshot, Analysis const& analysis, Candidates const& all, std::size_t place)
{
    auto ranked = all.ranked;
    auto gold = all.gold;
    auto const at = static_cast<std::ptrdiff_t>(place);
    std::rotate(ranked.begin(), ranked.begin() + at, ranked.begin() + at + 1);
    std::rotate(gold.begin(), gold.begin() + at, gold.begin() + at + 1);
    auto const input = confidence_input(snapshot, analysis, ranked);
    auto const told = told_together(snapshot.index, ranked, {.doubtful = true, .all = (analysis.asks & intents::list_all) != 0});
    return {{input.begin(), input.end()}, std::ranges::any_of(told, [&](std::size_t one) { return gold[one]; })};
}

std::vector<Candidates> ask(Snapshot const& snapshot, std::vector<Held> const& questions)
{
    Ranker ranker;
    text::Stemmer stemmer;
    std::unordered_map<std::string, FactIndexId> numbers;
    for (FactIndexId i = 0; i < snapshot.index.facts().size(); ++i)
        numbers.emplace(snapshot.index.facts()[i].id, i);
    std::vector<Candidates> out;
    for (auto const& held : questions) {
        Answering answering(snapshot, ranker, stemmer);
        auto const decision = answering.decide(held.text, held.language, {});
        if (decision.parts.size() != 1 || decision.fixed != PartDecision::none_intent)
            continue;
        Candidates one;
        one.held = held;
        one.ranked = decision.parts[0].ranked;
        std::ranges::stable_sort(one.ranked, std::greater(), &RankedFact::score);   // as the confidence sees them
        for (auto const& fact : one.ranked) {
            auto const& id = snapshot.index.facts()[fact.fact].id;
            bool gold = id == held.fact || ('|' + held.fact + '|').find('|' + id + '|') != std::string::npos || (!held.fact.empty() && (stem_of(id) == stem_of(held.fact) || stem_of(id) == held.fact));
            if (auto const wanted = numbers.find(held.fact); wanted != numbers.end() && !gold) {
                auto const& a = snapshot.index.facts()[fact.fact];
                auto const& b = snapshot.index.facts()[wanted->second];
                gold = std::ranges::count(a.value_entities, b.entity) > 0 && std::ranges::count(b.value_entities, a.entity) > 0;
            }
            one.gold.push_back(gold);
            one.any_gold = one.any_gold || one.gold.back();
        }
        for (std::size_t place = 0; place < std::min(looked_at, one.ranked.size()); ++place)
            one.first_few.push_back(judge(snapshot, decision.parts[0].analysis, one, place));
        out.push_back(std::move(one));
    }
    return out;
}

double dot(std::vector<double> const& w, RankedFact const& fact)
{
    double sum = 0;
    for (std::size_t i = 0; i < evidences; ++i)
        sum += w[i] * static_cast<double>(fact.evidence[i]);
    return sum;
}

void report(char const* name, std::vector<Candidates> const& all, std::vector<double> const& w, Snapshot const* snapshot)
{
    std::size_t first = 0, third = 0, found = 0, shown = 0;
    std::size_t count = 0;
    for (auto const& one : all) {
        if (one.held.fact.empty())
            continue;
        ++count;
        std::vector<std::pair<double, bool>> order;
        for (std::size_t i = 0; i < one.ranked.size(); ++i)
            order.emplace_back(-dot(w, one.ranked[i]), one.gold[i]);
        std::ranges::stable_sort(order, {}, &std::pair<double, bool>::first);
        found += one.any_gold;
        first += !order.empty() && order[0].second;
        for (std::size_t i = 0; i < 3 && i < order.size(); ++i)
            if (order[i].second) {
                ++third;
                break;
            }
        if (snapshot != nullptr && (order.empty() || !order[0].second) && shown++ % 12 == 0) {
            std::size_t best = 0;
            for (std::size_t i = 0; i < one.ranked.size(); ++i)
                if (dot(w, one.ranked[i]) > dot(w, one.ranked[best]))
                    best = i;
            std::cout << "  " << one.held.text << "  [" << one.held.fact << "]  -> " << (one.ranked.empty() ? "nothing" : snapshot->index.facts()[one.ranked[best].fact].id)
                      << (one.any_gold ? "" : "  (not a candidate)") << '\n';
        }
    }
    auto const share = [&](std::size_t n) { return 100.0 * static_cast<double>(n) / static_cast<double>(count); };
    std::printf("%s: %zu questions, first %.1f %%, among three %.1f %%, among candidates %.1f %%\n", name, count, share(first), share(third), share(found));
}

// Listwise: the right fact's share of exp(score) over all candidates is made large.
// What is named counts by rule, however well the likeness alone would do on these questions.
constexpr double least[evidences] = {1, 0, 5, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0.5, 0.5, 3, 0.2, 0};

std::vector<double> fit(std::vector<Candidates> const& all, std::vector<double> w)
{
    std::vector<double> sum(evidences);
    for (int round = 0; round < 60; ++round) {
        double const rate = 0.05 / (1 + 0.1 * round);
        for (auto const& one : all) {
            if (!one.any_gold)
                continue;
            std::vector<double> p;
            double best = -1e9, total = 0, gold = 0;
            for (auto const& fact : one.ranked)
                p.push_back(dot(w, fact)), best = std::max(best, p.back());
            for (std::size_t i = 0; i < p.size(); ++i) {
                p[i] = std::exp(p[i] - best);
                total += p[i];
                gold += one.gold[i] ? p[i] : 0;
            }
            for (std::size_t i = 0; i < p.size(); ++i) {
                double const pull = (one.held.fresh ? fresh_weight : 1) * ((one.gold[i] ? p[i] / gold : 0) - p[i] / total);
                for (std::size_t k = 0; k < evidences; ++k)
                    w[k] += rate * pull * static_cast<double>(one.ranked[i].evidence[k]);
            }
            for (std::size_t k = 0; k < evidences; ++k)
                w[k] = std::max(w[k], least[k]);
        }
    }
    return w;
}

// A fifth of the facts, and of the questions without an answer.
bool is_for_test(Held const& held)
{
    return hash_of(held.fact.empty() ? held.text : held.fact) % 5 == 0 && !held.fresh;
}

void learn_embeddings(IntentSet& set, knowledge::Knowledge const& knowledge)
{
    Linker const linker(knowledge.entities, [&](std::string_view word) { return set.lexicon->is_common(word); });
    set.embeddings = std::make_shared<intents::EmbeddingModel const>(intents::train_embeddings(embedding_lessons(knowledge, set.refusals, linker), {}));
}

// The same as of a fact that the embedding model has not learned (see Ranker::embedded).
std::vector<float> unlearned(std::vector<float> input)
{
    input[static_cast<std::size_t>(Evidence::embedded)] = input[static_cast<std::size_t>(Evidence::alike)];
    std::fill(input.end() - embedding_terms, input.end(), 0.0f);
    return input;
}

// A question without an answer counts `heavy` times, so that both kinds weigh enough; fresh ones come as they are asked.
std::vector<ConfidenceTree> fit_confidence(std::vector<Candidates> const& all, float heavy)
{
    std::vector<bench::Lesson> lessons;
    for (auto const& one : all) {
        float const weight = one.held.fresh ? fresh_weight : one.held.fact.empty() ? (one.held.pair ? 0.4f : 1.0f) * heavy : 1.0f;
        if (one.first_few.empty())
            continue;
        auto const& [input, right] = one.first_few.front();   // of the others as well, the trees are no better
        lessons.push_back({input, right, weight});
        if (one.held.fresh || lessons.size() % every_unlearned == 0)
            lessons.push_back({unlearned(input), right, weight});
    }
    return bench::grow_trees(lessons, tree_count, tree_rate);
}

void report_confidence(std::vector<Candidates> const& all, std::vector<ConfidenceTree> const& trees)
{
    for (double const enough : {0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8}) {
        double rights = 0, wrong = 0, silent = 0, false_answers = 0, answerable = 0, none = 0;
        for (auto const& one : all) {
            float best = 0;
            bool right = false;
            for (auto const& judged : one.first_few)
                if (float const sure = probability(trees, judged.input); sure > best)
                    best = sure, right = judged.right;
            bool const answers = static_cast<double>(best) >= enough;
            if (one.held.fact.empty()) {
                ++none;
                false_answers += answers;
            } else {
                ++answerable;
                (answers ? (right ? rights : wrong) : silent) += 1;
            }
        }
        std::printf("  from %.2f: right %.1f wrong %.1f silent %.1f | false answers %.1f\n", enough, 100 * rights / answerable, 100 * wrong / answerable,
                    100 * silent / answerable, none > 0 ? 100 * false_answers / none : 0.0);
    }
}

std::vector<Held> read_unknown(char const* path)
{
    std::vector<Held> out;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        auto const a = line.find('\t'), b = line.find('\t', a + 1);
        if (b != std::string::npos)
            out.push_back({"", line.substr(a + 1, b - a - 1) == "fr" ? Language::fr : Language::en, line.substr(b + 1), line.starts_with("pair")});
    }
    return out;
}

// Questions that people wrote who had not seen the facts: facts that answer (with '|' between; none: nothing does), language, question.
std::vector<Held> read_fresh(char const* path)
{
    std::vector<Held> out;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        auto const a = line.find('\t'), b = line.find('\t', a + 1);
        if (b != std::string::npos)
            out.push_back({line[0] == '-' ? std::string() : line.substr(0, a), line.substr(a + 1, b - a - 1) == "fr" ? Language::fr : Language::en, line.substr(b + 1), false, true});
    }
    return out;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::cerr << "usage: learn_ranking DATA INTENTS [PAIRS.tsv [FRESH.tsv [TREES.inc]]]\n";
        return 2;
    }
    Diagnostics found;
    auto knowledge = knowledge::read_folder(argv[1], found).value();
    std::vector<double> w{5, 1, 4, 6, 0, 0, 2, 4, 0, 2, 1, 1, 1, 1, 1, 0.3, 0.5};
    std::vector<Candidates> train, test;
    std::shared_ptr<Snapshot const> last;
    auto const set = read_intent_set({"", argv[2], argv[1]}, nullptr);
    auto const pairs = argc > 3 ? read_unknown(argv[3]) : std::vector<Held>();
    Fresh const fresh(argc > 4 ? read_fresh(argv[4]) : std::vector<Held>());
    std::set<std::string> asked;
    for (bool const second : {false, true}) {
        auto part = knowledge;
        auto held = hold_out(part, fresh, second);
        auto half = std::make_shared<IntentSet>(*set);
        half->refusals = hold_out(set->refusals, fresh, second, held);
        for (auto const& one : held)
            asked.insert(one.text);
        for (std::size_t i = 0; i < pairs.size(); ++i)
            if ((i % 2 == 0) == second)
                held.push_back(pairs[i]);
        learn_embeddings(*half, part);
        last = std::make_shared<Snapshot const>(half, part);
        for (auto& one : ask(*last, held))
            (is_for_test(one.held) ? test : train).push_back(std::move(one));
    }
    if (argc > 4) {
        auto whole = std::make_shared<IntentSet>(*set);
        learn_embeddings(*whole, knowledge);
        last = std::make_shared<Snapshot const>(whole, knowledge);
        for (auto& one : ask(*last, fresh.rest(asked)))
            train.push_back(std::move(one));
    }
    report("before", test, w, nullptr);
    w = fit(train, w);
    report("after", test, w, last.get());
    std::cout << "weights = {";
    for (double const one : w)
        std::printf("%.2ff, ", one);
    std::cout << "}\n";
    auto const held = std::ranges::count_if(train, [](Candidates const& one) { return !one.held.fresh; });
    auto const unanswerable = std::ranges::count_if(train, [](Candidates const& one) { return !one.held.fresh && one.held.fact.empty(); });
    auto const trees = fit_confidence(train, static_cast<float>(held) / static_cast<float>(std::max<std::ptrdiff_t>(unanswerable, 1)));
    report_confidence(test, trees);
    std::ofstream out(argc > 5 ? argv[5] : "confidence_trees.inc");
    bench::write_trees(out, "bench/learn_ranking", trees);
}
