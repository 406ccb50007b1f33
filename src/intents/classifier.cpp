#include "intents/classifier.hpp"

#include "intents/training.hpp"

#include <algorithm>

namespace immunobot::intents {
namespace {

std::vector<std::string> names_of(std::span<Example const> examples)
{
    std::vector<std::string> names;
    names.reserve(examples.size());
    for (auto const& example : examples)
        names.push_back(example.intent);
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

}  // namespace

Classifier Classifier::train(std::span<Example const> examples, TrainingOptions const& options)
{
    Classifier made;
    made.intents_ = names_of(examples);
    Lessons lessons;
    lessons.classes = static_cast<std::uint32_t>(made.intents_.size());
    Scratch scratch;
    for (auto const& example : examples) {
        scratch.reader_.read(example.text, example.language);
        made.vocabulary_.add(scratch.reader_.features(), scratch.occurrences_, lessons.occurrences);
        auto const name = std::ranges::lower_bound(made.intents_, example.intent);
        lessons.labels.push_back(static_cast<std::uint32_t>(name - made.intents_.begin()));
    }
    made.vocabulary_.finish();
    lessons.values = lessons.occurrences;
    for (std::size_t i = 0; i < lessons.values.size(); ++i)
        made.vocabulary_.weigh(lessons.values.row(i));
    Learned learned = learn(lessons, made.vocabulary_, options.withheld);
    made.weights_ = std::move(learned.weights);
    made.threshold_ = learned.threshold;
    return made;
}

void Classifier::read(std::string_view text, std::optional<Language> language, Scratch& scratch) const
{
    scratch.reader_.read(text, language);
    auto& found = scratch.occurrences_;
    vocabulary_.count(scratch.reader_.features(), found);
    scratch.known_share_ = vocabulary_.known_share(found.known, found.unknown_words);
    vocabulary_.weigh(found.known);
    weights_.margins(found.known, scratch.margins_);
}

void Classifier::score(std::string_view text, Scratch& scratch, std::vector<Score>& out,
                       std::optional<Language> language) const
{
    out.clear();
    if (intents_.empty())
        return;
    read(text, language, scratch);
    auto const margins = std::span(scratch.margins_).first(intents_.size());
    float const best = *std::ranges::max_element(margins);
    double const sum = partition(margins, best, scratch.known_share_);
    for (std::uint32_t i = 0; i < margins.size(); ++i)
        out.push_back({i, static_cast<float>(likelihood(margins[i], best) / sum)});
    std::ranges::sort(out, [](Score const& a, Score const& b) {
        return a.score != b.score ? a.score > b.score : a.intent < b.intent;
    });
}

Classifier::Decision Classifier::decide(std::string_view text, Scratch& scratch, std::optional<Language> language) const
{
    if (intents_.empty())
        return {};
    read(text, language, scratch);
    Best const best = best_of(std::span(scratch.margins_).first(intents_.size()), scratch.known_share_);
    bool const answered = best.score >= threshold_ && !scratch.occurrences_.known.empty();
    return {intents_[best.label], best.score, answered};
}

std::optional<Classifier::Explanation> Classifier::explain(std::string_view text, std::string_view intent,
                                                           std::optional<Language> language) const
{
    auto const name = std::ranges::lower_bound(intents_, intent);
    if (name == intents_.end() || *name != intent)
        return std::nullopt;
    auto const label = static_cast<std::size_t>(name - intents_.begin());
    Scratch scratch;
    read(text, language, scratch);

    Explanation told;
    told.bias = static_cast<double>(weights_.row(weights_.features)[label]);
    told.known_share = static_cast<double>(scratch.known_share_);
    for (auto const& word : scratch.reader_.words())
        told.reasons.push_back({std::string(text.substr(word.begin, word.end - word.begin)), 0, false});

    std::vector<double> value(vocabulary_.size(), 0);  // of each occurrence of a feature
    for (auto const& feature : scratch.reader_.features())
        if (auto const number = vocabulary_.find(feature.key); number != Vocabulary::none)
            value[number] += 1;
    for (auto const& cell : scratch.occurrences_.known)
        value[cell.feature] = static_cast<double>(cell.value) / value[cell.feature];
    for (auto const& feature : scratch.reader_.features()) {
        auto const number = vocabulary_.find(feature.key);
        if (number == Vocabulary::none)
            continue;
        double const part = value[number] * static_cast<double>(weights_.row(number)[label]);
        told.reasons[feature.first].weight += part / 2;
        told.reasons[feature.last].weight += part / 2;
        if (feature.block == Block::words && feature.first == feature.last)
            told.reasons[feature.first].known = true;
    }
    told.margin = told.bias;
    for (auto const& reason : told.reasons)
        told.margin += reason.weight;
    return told;
}

}  // namespace immunobot::intents
