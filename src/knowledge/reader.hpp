// Reads facts for answers: one read-only connection with prepared statements.
//
// A Reader belongs to one thread. It never writes; the database refuses it.
// Fails with Errc::storage when the disk or the file does; "not there" is not an error.
#pragma once

#include "base/error.hpp"
#include "knowledge/model.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

struct FactRow {
    Fact fact;
    Source source;
    std::int64_t revision = 0;  // of the row
};

struct FaqRow {
    FaqEntry entry;
    Source source;
    std::int64_t revision = 0;
};

class Reader {
    struct Impl;

public:
    // Opens an existing database of this program's schema version; refuses a missing, newer or corrupt one.
    static Result<Reader> open(std::string const& path);
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    // While it lives, and until released, all is read in one transaction: of what there was at the first reading, and for
    // the price of one lock. One at a time, shorter than its reader, and released before anything that takes long. Where it
    // cannot be had, each reading is on its own, and tells what is wrong.
    class Hold {
    public:
        explicit Hold(Reader& reader);
        Hold(Hold const&) = delete;
        Hold& operator=(Hold const&) = delete;
        ~Hold();
        void release();

    private:
        Impl& impl_;
    };

    // The revision of the knowledge now; cheap enough to ask before each answer (one keyed read).
    Result<std::int64_t> revision();

    // Everything, in file order, in one read transaction.
    Result<Knowledge> load();

    // A digest of what load() gives, sources aside: equal while nothing changed, whatever file it is in.
    Result<std::string> fingerprint();

    // By key, joined with the source, in the order asked for; an id that is gone is left out.
    // One read transaction for all.
    Result<std::vector<FactRow>> facts(std::vector<std::string_view> const& ids);
    Result<std::optional<FaqRow>> faq(std::string_view id);

    // Full-text search for staff: ids of facts and FAQ entries whose words match all or, failing that,
    // some of `words`; best first, at most `limit`. Any text is safe.
    struct Hit {
        std::string id;
        bool is_faq = false;
    };
    Result<std::vector<Hit>> search(std::string_view words, std::size_t limit);

private:
    explicit Reader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace immunobot::knowledge
