#include "assistant/index_file.hpp"

#include "assistant/embedding_lessons.hpp"

#include "base/archive.hpp"
#include "base/digest.hpp"

#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace immunobot::assistant {
namespace {

constexpr std::string_view magic = "immunobot index\n";
constexpr std::size_t digest_size = 32;
constexpr std::size_t header_size = magic.size() + 2 * digest_size;  // key, then digest of what follows
static_assert(header_size % archive_alignment == 0);
constexpr off_t most_bytes = 512 * 1024 * 1024;
constexpr char const* word_lists[] = {"words.csv", "lexicon.csv", "forms.csv", "refusals.csv", "common_en.txt", "common_fr.txt", embeddings_file};

class File {
public:
    File(std::string const& path, int flags, mode_t mode = 0) : handle_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File()
    {
        if (handle_ >= 0)
            ::close(handle_);
    }
    explicit operator bool() const { return handle_ >= 0; }

    std::optional<std::size_t> size() const
    {
        struct stat info = {};
        if (handle_ < 0 || ::fstat(handle_, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > most_bytes)
            return std::nullopt;
        return static_cast<std::size_t>(info.st_size);
    }
    bool read(char* to, std::size_t size) const
    {
        for (std::size_t done = 0; done < size;) {
            ssize_t const got = ::read(handle_, to + done, size - done);
            if (got <= 0)
                return false;
            done += static_cast<std::size_t>(got);
        }
        return true;
    }
    // Null when it cannot be.
    std::shared_ptr<char const> map(std::size_t size) const
    {
        void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, handle_, 0);
        if (bytes == MAP_FAILED)
            return nullptr;
        return {static_cast<char const*>(bytes), [size](char const* mapped) { ::munmap(const_cast<char*>(mapped), size); }};
    }
    bool write(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            ssize_t const written = ::write(handle_, bytes.data(), bytes.size());
            if (written <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

private:
    int handle_;
};

// False when the file is there and cannot be read.
bool add_file(Digest& digest, std::string const& path, std::string& buffer)
{
    File const file(path, O_RDONLY);
    auto const size = file.size();
    if (!size)
        return errno == ENOENT;
    buffer.resize(*size);
    if (!file.read(buffer.data(), *size))
        return false;
    digest.add(std::filesystem::path(path).filename().string()).add(buffer);
    return true;
}

// The linker's digest of the program: two builds that may compile differently never share it.
std::string_view build_id()
{
    static std::string const id = [] {
        std::string out;
        dl_iterate_phdr(
            [](dl_phdr_info* program, std::size_t, void* to) {
                for (int i = 0; i < program->dlpi_phnum; ++i) {
                    auto const& segment = program->dlpi_phdr[i];
                    if (segment.p_type != PT_NOTE)
                        continue;
                    auto const* const notes = reinterpret_cast<char const*>(program->dlpi_addr + segment.p_vaddr);
                    for (std::size_t at = 0; at + sizeof(ElfW(Nhdr)) <= segment.p_memsz;) {
                        ElfW(Nhdr) note;
                        std::memcpy(&note, notes + at, sizeof note);
                        std::size_t const name = at + sizeof note;
                        std::size_t const content = name + (note.n_namesz + 3u) / 4u * 4u;
                        if (content + note.n_descsz > segment.p_memsz)
                            break;
                        if (note.n_type == NT_GNU_BUILD_ID && std::string_view(notes + name, note.n_namesz) == std::string_view("GNU", 4))
                            static_cast<std::string*>(to)->assign(notes + content, note.n_descsz);
                        at = content + (note.n_descsz + 3u) / 4u * 4u;
                    }
                }
                return 1;  // the first one is the program itself
            },
            &out);
        return out;
    }();
    return id;
}

template <class Archive>
void transfer_set(Archive& archive, IntentSet& set, std::vector<intents::Intent>& list, intents::Lexicon& lexicon, intents::EmbeddingModel& embeddings)
{
    archive(set.files, list, lexicon, set.refusals, embeddings);
}

}  // namespace

std::string files_digest(AssistantOptions const& options)
{
    std::vector<std::string> paths;
    std::error_code failed;
    for (auto const& entry : std::filesystem::directory_iterator(options.intents_folder, failed))
        if (entry.path().extension() == ".yaml")
            paths.push_back(entry.path().string());
    if (failed)
        return {};
    std::ranges::sort(paths);
    for (char const* name : word_lists)
        paths.push_back(options.data_folder + '/' + name);
    Digest digest;
    std::string buffer;
    for (auto const& path : paths)
        if (!add_file(digest, path, buffer))
            return {};
    return digest.text();
}

std::string index_key(std::string const& files, std::string const& knowledge)
{
    if (files.empty() || knowledge.empty() || build_id().empty())
        return {};
    return Digest().add(IMMUNOBOT_VERSION).add(build_id()).add(files).add(knowledge).text();
}

std::shared_ptr<Snapshot const> read_index(AssistantOptions const& options, std::string const& key)
{
    File const file(options.index_file, O_RDONLY | O_NONBLOCK);
    auto const size = file.size();
    if (!size || *size < header_size || key.size() != digest_size)
        return nullptr;
    std::string header(header_size, '\0');
    if (!file.read(header.data(), header.size()) || !header.starts_with(magic) || header.compare(magic.size(), digest_size, key) != 0)
        return nullptr;
    auto const mapping = file.map(*size);
    if (mapping == nullptr)
        return nullptr;
    std::string_view const content(mapping.get() + header_size, *size - header_size);
    if (Digest().add(content).text() != header.substr(magic.size() + digest_size))
        return nullptr;
    ArchiveReader archive(content, mapping);
    auto set = std::make_shared<IntentSet>();
    auto list = std::make_shared<std::vector<intents::Intent>>();
    auto lexicon = std::make_shared<intents::Lexicon>();
    auto embeddings = std::make_shared<intents::EmbeddingModel>();
    transfer_set(archive, *set, *list, *lexicon, *embeddings);
    set->embeddings = std::move(embeddings);
    for (auto& intent : *list)
        intent.file = (std::filesystem::path(options.intents_folder) / std::filesystem::path(intent.file).filename()).string();
    set->lexicon = std::move(lexicon);
    set->matcher = std::make_shared<intents::Matcher const>(std::move(list), set->lexicon, archive);
    auto snapshot = std::make_shared<Snapshot>(std::move(set));
    snapshot->transfer(archive);
    if (archive.failed() || !archive.at_end())
        return nullptr;
    // All of it was looked at for the digest; from now on, what answers need is, and the rest takes no memory of ours.
    ::madvise(const_cast<char*>(mapping.get()), *size, MADV_DONTNEED);
    return snapshot;
}

bool write_index(std::string const& path, std::string const& key, Snapshot const& snapshot)
{
    // One function writes and reads, so it takes what it could change; a writer changes nothing.
    ArchiveWriter archive(ArchiveUse::mapped);
    auto const& set = *snapshot.intents;
    transfer_set(archive, const_cast<IntentSet&>(set), const_cast<std::vector<intents::Intent>&>(set.matcher->intents()), const_cast<intents::Lexicon&>(*set.lexicon),
                 const_cast<intents::EmbeddingModel&>(*set.embeddings));
    const_cast<intents::Matcher&>(*set.matcher).transfer(archive);
    const_cast<Snapshot&>(snapshot).transfer(archive);

    std::string const draft = path + ".new" + std::to_string(::getpid());
    constexpr mode_t owner_only = 0600;  // it holds what the database holds
    ::unlink(draft.c_str());             // of one that was stopped while it wrote
    bool written = false;
    if (File const file(draft, O_WRONLY | O_CREAT | O_EXCL, owner_only); file)
        written = file.write(magic) && file.write(key) && file.write(Digest().add(archive.bytes()).text()) && file.write(archive.bytes());
    else
        return false;
    // Not synchronised: after a crash a torn file is told by its digest.
    if (written && std::rename(draft.c_str(), path.c_str()) == 0)
        return true;
    ::unlink(draft.c_str());
    return false;
}

}  // namespace immunobot::assistant
