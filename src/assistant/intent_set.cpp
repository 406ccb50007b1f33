// The intent files and word lists, as one set that is in force.
#include "assistant/assistant.hpp"

#include "assistant/embedding_lessons.hpp"
#include "assistant/index_file.hpp"
#include "assistant/snapshot.hpp"
#include "knowledge/vocabulary.hpp"

#include <algorithm>
#include <filesystem>
#include <future>
#include <utility>

namespace immunobot::assistant {
namespace {

// What was learned beforehand, where somebody did (see embedding_lessons.hpp).
void read_embeddings(std::string const& folder, IntentSet const* before, IntentSet& set)
{
    auto const path = folder + '/' + embeddings_file;
    if (!std::filesystem::exists(path))
        return;
    if (auto model = intents::EmbeddingModel::load(path)) {
        set.embeddings = std::make_shared<intents::EmbeddingModel const>(std::move(*model));
        return;
    } else {
        set.problems.push_back({Severity::error, "I020", path, 0, 0, {}, model.error().message, model.error().hint});
    }
    if (before != nullptr)
        set.embeddings = before->embeddings;
}

}  // namespace

// The last good version of each file stays in force when a new one is broken.
std::shared_ptr<IntentSet const> read_intent_set(AssistantOptions const& options, IntentSet const* before)
{
    auto set = std::make_shared<IntentSet>();
    auto const files = files_digest(options);
    auto lexicon_read = std::async(std::launch::async, [&] {
        Diagnostics words;
        auto lexicon = std::make_shared<intents::Lexicon const>(intents::Lexicon::read(options.data_folder, words, knowledge::entity_kinds()));
        return std::pair{std::move(lexicon), std::move(words)};
    });
    auto intents = std::make_shared<std::vector<intents::Intent>>(intents::read_intents(options.intents_folder, set->problems));
    if (before != nullptr && intents->empty())
        *intents = before->matcher->intents();  // the folder is not there at the moment
    if (before != nullptr)
        for (auto const& old : before->matcher->intents()) {
            bool const broken = std::ranges::any_of(set->problems, [&](Diagnostic const& d) { return d.severity == Severity::error && d.file == old.file; });
            if (broken && std::ranges::find(*intents, old.id, &intents::Intent::id) == intents->end())
                intents->push_back(old);
        }
    for (auto& intent : *intents)
        intent.tests = {};  // nobody asks for them here
    auto const [lexicon, words] = lexicon_read.get();
    bool const keep_words = before != nullptr && has_errors(words);
    set->lexicon = keep_words ? before->lexicon : lexicon;
    set->problems.insert(set->problems.end(), words.begin(), words.end());
    Diagnostics silences;
    set->refusals = intents::read_refusals(options.data_folder, silences);
    if (before != nullptr && has_errors(silences))
        set->refusals = before->refusals;
    set->problems.insert(set->problems.end(), silences.begin(), silences.end());
    read_embeddings(options.data_folder, before, *set);
    set->matcher = std::make_shared<intents::Matcher const>(std::move(intents), set->lexicon);
    if (set->problems.empty() && files == files_digest(options))
        set->files = files;
    return set;
}

}  // namespace immunobot::assistant
