#include "assistant/assistant_impl.hpp"

#include "assistant/about.hpp"
#include "assistant/index_file.hpp"

#include <future>
#include <utility>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace immunobot::assistant {
namespace {

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

}  // namespace

void Assistant::Impl::read_wording()
{
    Diagnostics found;
    auto read = std::make_shared<Wording const>(Wording::read(options.data_folder, found));
    std::lock_guard const lock(mutex);
    if (wording == nullptr || !has_errors(found))
        wording = std::move(read);
    wording_problems = std::move(found);
}

Conversation Assistant::Impl::recall(std::string const& id)
{
    if (auto const known = conversations.find(id))
        return *known;
    if (journal == nullptr)
        return {};
    auto const saved = journal->load_conversation(id);
    return saved && *saved ? conversation_from_text(**saved).value_or(Conversation()) : Conversation();
}

void Assistant::Impl::keep(std::string const& id, Conversation conversation)
{
    if (journal != nullptr)
        journal->save_conversation(id, to_text(conversation));
    conversations.put(id, std::move(conversation));
}

std::shared_ptr<TypeAhead const> Assistant::Impl::type_ahead_of(std::shared_ptr<Snapshot const> const& of)
{
    std::lock_guard const lock(typing);
    if (type_ahead == nullptr || type_ahead_snapshot.lock() != of) {
        type_ahead = std::make_shared<TypeAhead const>(*of);
        type_ahead_snapshot = of;
    }
    return type_ahead;
}

Loaded load(knowledge::Reader& reader)
{
    auto const before = fingerprint_of(reader);
    auto knowledge = reader.load();
    bool const same = fingerprint_of(reader) == before;
    return {std::move(knowledge), same ? before : std::string()};
}

Result<> Assistant::Impl::rebuild_from(Loaded loaded)
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

bool Assistant::Impl::take_index(knowledge::Reader& reader)
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
    auto out = impl_->current_wording()->standing();
    out.about = about_entries(impl_->current()->intents->matcher->intents());
    return out;
}

Assistant::Size Assistant::size() const
{
    auto const snapshot = impl_->current();
    std::size_t const rows = snapshot->index.facts().size();
    return {snapshot->entities.size(), rows - snapshot->faq, snapshot->faq, snapshot->intents->matcher->intents().size(), snapshot->revision};
}

}  // namespace immunobot::assistant
