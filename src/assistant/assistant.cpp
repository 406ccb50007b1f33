#include "assistant/assistant.hpp"

#include "assistant/answering.hpp"
#include "assistant/compose.hpp"
#include "assistant/conversation.hpp"
#include "assistant/embedding_lessons.hpp"
#include "assistant/explain.hpp"
#include "assistant/plain_words.hpp"
#include "assistant/index_file.hpp"
#include "assistant/snapshot.hpp"
#include "assistant/type_ahead.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/reader.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <filesystem>
#include <future>
#include <mutex>
#include <utility>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace immunobot::assistant {
namespace {

constexpr std::size_t suggestions_tried = 3;  // for each that is wanted

// Compiling takes several times the memory of what is compiled, and malloc would keep it for later.
void return_memory()
{
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

// Empty when it cannot be read: then there is no index, and the reading after it tells why.
std::string fingerprint_of(knowledge::Reader& reader)
{
    auto fingerprint = reader.fingerprint();
    return fingerprint ? *std::move(fingerprint) : std::string();
}

struct Loaded {
    Result<knowledge::Knowledge> knowledge;
    std::string fingerprint;   // empty if it changed meanwhile
};

Loaded load(knowledge::Reader& reader)
{
    auto const before = fingerprint_of(reader);
    auto knowledge = reader.load();
    bool const same = fingerprint_of(reader) == before;
    return {std::move(knowledge), same ? before : std::string()};
}

}  // namespace

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

// The last good version of each file stays in force when a new one is broken.
std::shared_ptr<IntentSet const> read_intent_set(AssistantOptions const& options, IntentSet const* before)
{
    auto set = std::make_shared<IntentSet>();
    auto const files = files_digest(options);
    auto lexicon_read = std::async(std::launch::async, [&] {
        Diagnostics words;
        auto lexicon = std::make_shared<intents::Lexicon const>(intents::Lexicon::read(options.data_folder, words));
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

struct Assistant::Impl {
    AssistantOptions options;
    Conversations conversations;
    knowledge::Journal* journal = nullptr;

    // Guards the pointers only; what they point to is immutable.
    mutable std::mutex mutex;
    std::shared_ptr<IntentSet const> intents;
    std::shared_ptr<Snapshot const> snapshot;
    std::shared_ptr<Wording const> wording;
    Diagnostics wording_problems;
    std::mutex rebuild;  // one rebuild at a time

    std::mutex typing;
    std::shared_ptr<TypeAhead const> type_ahead;         // under `typing`
    std::weak_ptr<Snapshot const> type_ahead_snapshot;   // what it was made of

    explicit Impl(AssistantOptions given)
        : options(std::move(given)), conversations(options.conversations, std::chrono::minutes(options.conversation_minutes))
    {
        read_wording();
    }

    // The last good sentences stay in force when the new ones have errors.
    void read_wording()
    {
        Diagnostics found;
        auto read = std::make_shared<Wording const>(Wording::read(options.data_folder, found));
        std::lock_guard const lock(mutex);
        if (wording == nullptr || !has_errors(found))
            wording = std::move(read);
        wording_problems = std::move(found);
    }

    std::shared_ptr<Wording const> current_wording() const
    {
        std::lock_guard const lock(mutex);
        return wording;
    }

    // What memory knows no more, the journal may: after a restart, or when many others have talked meanwhile.
    Conversation recall(std::string const& id)
    {
        if (auto const known = conversations.find(id))
            return *known;
        if (journal == nullptr)
            return {};
        auto const saved = journal->load_conversation(id);
        return saved && *saved ? conversation_from_text(**saved).value_or(Conversation()) : Conversation();
    }

    void keep(std::string const& id, Conversation conversation)
    {
        if (journal != nullptr)
            journal->save_conversation(id, to_text(conversation));
        conversations.put(id, std::move(conversation));
    }

    // Made when somebody types for the first time after a change.
    std::shared_ptr<TypeAhead const> type_ahead_of(std::shared_ptr<Snapshot const> const& of)
    {
        std::lock_guard const lock(typing);
        if (type_ahead == nullptr || type_ahead_snapshot.lock() != of) {
            type_ahead = std::make_shared<TypeAhead const>(*of);
            type_ahead_snapshot = of;
        }
        return type_ahead;
    }

    std::shared_ptr<Snapshot const> current() const
    {
        std::lock_guard const lock(mutex);
        return snapshot;
    }

    Result<> rebuild_from(Loaded loaded)
    {
        if (!loaded.knowledge)
            return loaded.knowledge.error();
        std::shared_ptr<IntentSet const> set;
        {
            std::lock_guard const lock(mutex);
            set = intents;
        }
        auto made = std::make_shared<Snapshot const>(set, *loaded.knowledge);
        loaded.knowledge = knowledge::Knowledge();
        if (auto const key = index_key(set->files, loaded.fingerprint); !key.empty() && !options.index_file.empty())
            // Read back, it has none of the holes and reserves of what was compiled: a third less memory.
            if (write_index(options.index_file, key, *made))
                if (auto kept = read_index(options, key)) {
                    made = kept;
                    std::lock_guard const lock(mutex);
                    if (intents == set)
                        intents = kept->intents;
                }
        set = nullptr;
        return_memory();
        std::lock_guard const lock(mutex);
        snapshot = std::move(made);
        return {};
    }

    // The index of the start before, if it was compiled from what is there now.
    bool take_index(knowledge::Reader& reader)
    {
        auto const key = index_key(files_digest(options), fingerprint_of(reader));
        auto const kept = key.empty() || options.index_file.empty() ? nullptr : read_index(options, key);
        if (kept == nullptr)
            return false;
        intents = kept->intents;
        snapshot = kept;
        return_memory();
        return true;
    }
};

struct Assistant::Worker::Impl {
    Assistant::Impl& shared;
    knowledge::Reader reader;
    text::Stemmer stemmer;
    Ranker ranker;
    bool storage_failed = false;

    std::shared_ptr<Snapshot const> fresh_snapshot(knowledge::Reader::Hold& hold)
    {
        auto snapshot = shared.current();
        auto const revision = reader.revision();
        storage_failed = !revision;
        if (!revision || *revision == snapshot->revision)
            return snapshot;
        // One compiles; the others answer from what there was until it is done.
        std::unique_lock const lock(shared.rebuild, std::try_to_lock);
        if (!lock.owns_lock())
            return snapshot;
        snapshot = shared.current();
        hold.release();  // compiling takes a while, and is of what there is by then
        if (*revision != snapshot->revision && !shared.rebuild_from(load(reader)))
            storage_failed = true;
        return shared.current();
    }
};

Assistant::Assistant(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Assistant::~Assistant() = default;

Result<std::unique_ptr<Assistant>> Assistant::create(AssistantOptions options)
{
    auto impl = std::make_unique<Impl>(std::move(options));
    auto reader = knowledge::Reader::open(impl->options.database);
    if (reader && impl->take_index(*reader))
        return std::unique_ptr<Assistant>(new Assistant(std::move(impl)));
    auto loaded = std::async(std::launch::async, [&]() -> Loaded { return reader ? load(*reader) : Loaded{reader.error(), {}}; });
    impl->intents = read_intent_set(impl->options, nullptr);
    if (impl->intents->matcher->intents().empty())
        return Error{Errc::bad_intents, "no usable intent in " + impl->options.intents_folder, "give --intents DIR; 'immunobot check' tells what is wrong"};
    if (impl->intents->lexicon->all_words().empty())
        return Error{Errc::bad_data, "no word lists in " + impl->options.data_folder, "give --data DIR"};
    if (auto const built = impl->rebuild_from(loaded.get()); !built)
        return built.error();
    return std::unique_ptr<Assistant>(new Assistant(std::move(impl)));
}

Result<Assistant::Worker> Assistant::worker()
{
    auto reader = knowledge::Reader::open(impl_->options.database);
    if (!reader)
        return reader.error();
    return Worker(std::unique_ptr<Worker::Impl>(new Worker::Impl{*impl_, std::move(*reader), {}, {}, false}));
}

void Assistant::reload_intents()
{
    std::lock_guard const rebuilding(impl_->rebuild);
    std::shared_ptr<IntentSet const> before;
    {
        std::lock_guard const lock(impl_->mutex);
        before = impl_->intents;
    }
    impl_->read_wording();
    auto set = read_intent_set(impl_->options, before.get());
    {
        std::lock_guard const lock(impl_->mutex);
        impl_->intents = std::move(set);
    }
    if (auto reader = knowledge::Reader::open(impl_->options.database))
        static_cast<void>(impl_->rebuild_from(load(*reader)));  // on failure the old snapshot stays in force
}

Diagnostics Assistant::problems() const
{
    std::lock_guard const lock(impl_->mutex);
    auto out = impl_->intents->problems;
    out.insert(out.end(), impl_->wording_problems.begin(), impl_->wording_problems.end());
    return out;
}

void Assistant::remember_in(knowledge::Journal* journal)
{
    impl_->journal = journal;
}

std::shared_ptr<Snapshot const> Assistant::snapshot() const
{
    return impl_->current();
}

std::shared_ptr<Snapshot const> Assistant::compile(knowledge::Knowledge const& knowledge) const
{
    return std::make_shared<Snapshot const>(impl_->current()->intents, knowledge);
}

Result<std::int64_t> Assistant::publish(std::function<Result<std::int64_t>()> const& commit)
{
    auto reader = knowledge::Reader::open(impl_->options.database);
    if (!reader)
        return reader.error();
    // Held from before the commit: no thread that answers is the first to see it.
    std::lock_guard const lock(impl_->rebuild);
    auto const revision = commit();
    if (revision)
        static_cast<void>(impl_->rebuild_from(load(*reader)));  // failing, whoever is asked next tries again
    return revision;
}

bool Assistant::forget(std::string const& conversation)
{
    return impl_->conversations.erase(conversation);
}

std::vector<std::string> Assistant::forget_if(std::function<bool(std::string const&)> const& fits)
{
    return impl_->conversations.erase_if(fits);
}

Standing Assistant::standing() const
{
    return impl_->current_wording()->standing();
}

Assistant::Size Assistant::size() const
{
    auto const snapshot = impl_->current();
    std::size_t const rows = snapshot->index.facts().size();
    return {snapshot->entities.size(), rows - snapshot->faq, snapshot->faq, snapshot->intents->matcher->intents().size(), snapshot->revision};
}

Assistant::Worker::Worker(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Assistant::Worker::Worker(Worker&&) noexcept = default;
Assistant::Worker::~Worker() = default;

bool Assistant::Worker::storage_failed() const
{
    return impl_->storage_failed;
}

namespace {

Reply plain_reply(std::string answer, Status status, Language language)
{
    Reply reply;
    reply.answer = std::move(answer);
    reply.status = status;
    reply.language = language;
    return reply;
}

// "2" or "2." chooses what the reply before offered under that number.
std::string chosen_question(std::string_view text, Conversation const& conversation)
{
    auto const first = text.find_first_not_of(" \t\n");
    auto const last = text.find_last_not_of(" \t\n.)");
    if (first == std::string_view::npos || first != last || text[first] < '1' || text[first] > '9')
        return std::string(text);
    auto const number = static_cast<std::size_t>(text[first] - '1');
    return number < conversation.offered.size() ? conversation.offered[number] : std::string(text);
}

void remember(Conversation& conversation, std::string_view text, Decision const& decision, Reply const& reply, Answering const& answering)
{
    conversation.language = reply.language;
    conversation.offered.clear();
    for (auto const& suggestion : reply.suggestions)
        conversation.offered.push_back(suggestion.question);
    conversation.said += 1;
    conversation.typed = reply.corrections.empty() || reply.private_text ? std::string() : std::string(text);
    bool const silent = reply.status == Status::unknown || reply.status == Status::unsure;
    conversation.failures = silent ? conversation.failures + 1 : 0;
    if (decision.stopped) {
        if (!decision.undone)
            conversation = {};
        conversation.language = reply.language;
        return;
    }
    if (decision.fixed != PartDecision::none_intent || decision.parts.empty())
        return;
    auto const told = std::find_if(decision.parts.rbegin(), decision.parts.rend(), [](PartDecision const& part) { return !part.chosen.empty(); });
    answering.remember(conversation, told == decision.parts.rend() ? decision.parts.back() : *told);
}

// What to ask when nothing has been asked yet: the staff's choice.
std::vector<std::string> starters(Wording const& wording, Language language)
{
    std::vector<std::string> out;
    std::string_view rest = wording.say(Phrase::starters, language);
    while (!rest.empty()) {
        auto const end = std::min(rest.find('|'), rest.size());
        out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

}  // namespace

Reply Assistant::Worker::answer(Question const& question, Date const& today)
{
    auto& shared = impl_->shared;
    knowledge::Reader::Hold hold(impl_->reader);
    auto const snapshot = impl_->fresh_snapshot(hold);
    auto const wording = shared.current_wording();
    Language const default_language = question.say_in.value_or(question.hint.value_or(Language::en));
    if (text::length(question.text) > longest_question)
        return plain_reply(wording->say(Phrase::too_long, default_language), Status::unknown, default_language);
    Conversation conversation;
    if (!question.conversation.empty())
        conversation = shared.recall(question.conversation);
    std::string text = chosen_question(question.text, conversation);
    using Spelling = Analyser::Spelling;
    Answering answering(*snapshot, impl_->ranker, impl_->stemmer, question.as_typed ? Spelling::as_typed : Spelling::corrected, today);
    Decision decision = answering.decide(text, question.hint, conversation);
    if (decision.undone && !conversation.typed.empty()) {
        text = conversation.typed;
        decision = Answering(*snapshot, impl_->ranker, impl_->stemmer, Spelling::as_typed, today).decide(text, conversation.language, {});
    } else if (decision.undone) {
        decision.stopped = true;  // a no to what was told or offered: there is nothing to add
    }
    // Understood in the language that it was asked in, and said in the one that was chosen.
    for (auto& part : decision.parts)
        part.analysis.language = question.say_in.value_or(part.analysis.language);
    Composer composer(*snapshot, *wording, impl_->reader, today);
    auto composed = composer.compose(decision, conversation);
    impl_->storage_failed = impl_->storage_failed || !composed;
    if (!composed)
        return plain_reply(wording->say(Phrase::storage, default_language), Status::unknown, default_language);
    Reply reply = std::move(*composed);
    if (reply.answer.empty())
        reply.answer = wording->say(Phrase::unknown, reply.language);
    if (question.explain) {
        reply.explanation = explain(text, decision, *snapshot);
        reply.explanation->plain = plain_words(reply, decision, *snapshot, *wording);
    }
    if (auto const& kept = question.remembered_as.empty() ? question.conversation : question.remembered_as; !kept.empty()) {
        remember(conversation, text, decision, reply, answering);
        shared.keep(kept, std::move(conversation));
    }
    return reply;
}

// Each is asked before it is offered: what is suggested has to be answered.
std::vector<Suggestion> Assistant::Worker::suggest(std::string_view typed, Language language, std::size_t limit)
{
    knowledge::Reader::Hold hold(impl_->reader);
    auto const snapshot = impl_->fresh_snapshot(hold);
    hold.release();   // nothing more is read
    bool const begins = text::fold(typed).find_first_not_of(' ') == std::string::npos;
    auto const questions = begins ? starters(*impl_->shared.current_wording(), language)
                                  : impl_->shared.type_ahead_of(snapshot)->matching(typed, language, suggestions_tried * limit);
    Answering answering(*snapshot, impl_->ranker, impl_->stemmer);
    std::vector<Suggestion> out;
    for (auto const& question : questions) {
        auto const decision = answering.decide(question, language, {});
        bool const answered = !decision.parts.empty() && std::ranges::all_of(decision.parts, [](PartDecision const& part) { return !part.chosen.empty(); });
        if (answered)
            out.push_back({question, question});
        if (out.size() == limit)
            break;
    }
    return out;
}

}  // namespace immunobot::assistant
