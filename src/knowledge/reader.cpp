#include "knowledge/reader.hpp"

#include "knowledge/rows.hpp"
#include "knowledge/schema.hpp"
#include "knowledge/search.hpp"

#include <utility>

namespace immunobot::knowledge {

struct Reader::Impl {
    OpenDatabase open;
    std::optional<Transaction> held = {};
    Database& database() { return open.database; }

    // None of its own where one is held.
    Result<std::optional<Transaction>> begin()
    {
        if (held)
            return std::optional<Transaction>();
        auto begun = Transaction::begin(database(), Transaction::Kind::read);
        if (!begun)
            return begun.error();
        return std::optional(std::move(*begun));
    }
};

namespace {

constexpr char const* one_fact =
    "SELECT fact.id, fact.entity, fact.property, fact.value, fact.unit, fact.text_en, fact.text_fr, fact.valid_from, "
    "fact.valid_to, fact.review_by, fact.source, fact.layer, source.id, source.title, source.publisher, source.url, "
    "source.published, source.seen, fact.revision FROM fact JOIN source ON source.id = fact.source WHERE fact.id = ?1";

constexpr char const* one_entry =
    "SELECT faq.id, faq.answer_en, faq.answer_fr, faq.entity, faq.source, faq.valid_to, faq.review_by, source.id, "
    "source.title, source.publisher, source.url, source.published, source.seen, faq.revision "
    "FROM faq JOIN source ON source.id = faq.source WHERE faq.id = ?1";

Result<> read_questions(Database& database, FaqEntry& entry)
{
    auto query = database.cached("SELECT language, question FROM faq_question WHERE faq = ?1 ORDER BY language, position");
    if (!query)
        return query.error();
    (*query)->bind(1, entry.id);
    while (true) {
        auto const row = (*query)->step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
        auto& questions = (*query)->view(0) == "fr" ? entry.questions_fr : entry.questions_en;
        questions.push_back((*query)->text(1));
    }
}

Result<std::optional<FactRow>> read_fact(Database& database, std::string_view id)
{
    auto query = database.cached(one_fact);
    if (!query)
        return query.error();
    Statement& statement = **query;
    auto const row = statement.bind(1, id).step();
    if (!row)
        return row.error();
    if (!*row)
        return std::nullopt;
    return FactRow{fact_at(statement, 0), source_at(statement, 12), statement.integer(18)};
}

Result<std::vector<FactRow>> read_facts(Database& database, std::vector<std::string_view> const& ids)
{
    std::vector<FactRow> rows;
    rows.reserve(ids.size());
    for (std::string_view const id : ids) {
        auto row = read_fact(database, id);
        if (!row)
            return row.error();
        if (*row)
            rows.push_back(std::move(**row));
    }
    return rows;
}

Result<std::optional<FaqRow>> read_entry(Database& database, std::string_view id)
{
    auto query = database.cached(one_entry);
    if (!query)
        return query.error();
    Statement& statement = **query;
    auto const row = statement.bind(1, id).step();
    if (!row)
        return row.error();
    if (!*row)
        return std::nullopt;
    FaqRow found{{statement.text(0), {}, {}, {statement.text(1), statement.text(2)}, statement.text(3), statement.text(4),
                  statement.text(5), statement.text(6)},
                 source_at(statement, 7), statement.integer(13)};
    if (auto questions = read_questions(database, found.entry); !questions)
        return questions.error();
    return found;
}

}  // namespace

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(std::string const& path)
{
    auto opened = open_current(path, Access::read);
    if (!opened)
        return opened.error();
    return Reader(std::make_unique<Impl>(Impl{std::move(*opened)}));
}

Reader::Hold::Hold(Reader& reader) : impl_(*reader.impl_)
{
    if (auto begun = Transaction::begin(impl_.database(), Transaction::Kind::read))
        impl_.held.emplace(std::move(*begun));
}

Reader::Hold::~Hold()
{
    release();
}

void Reader::Hold::release()
{
    impl_.held.reset();
}

Result<std::int64_t> Reader::revision()
{
    return read_revision(impl_->database());
}

Result<Knowledge> Reader::load()
{
    auto const transaction = impl_->begin();
    if (!transaction)
        return transaction.error();
    return read_all(impl_->database());
}

Result<std::string> Reader::fingerprint()
{
    auto const transaction = impl_->begin();
    if (!transaction)
        return transaction.error();
    return read_fingerprint(impl_->database());
}

Result<std::vector<FactRow>> Reader::facts(std::vector<std::string_view> const& ids)
{
    if (ids.size() < 2)  // one statement is a transaction of its own
        return read_facts(impl_->database(), ids);
    auto const transaction = impl_->begin();
    if (!transaction)
        return transaction.error();
    return read_facts(impl_->database(), ids);
}

Result<std::optional<FaqRow>> Reader::faq(std::string_view id)
{
    auto const transaction = impl_->begin();
    if (!transaction)
        return transaction.error();
    return read_entry(impl_->database(), id);
}

Result<std::vector<Reader::Hit>> Reader::search(std::string_view words, std::size_t limit)
{
    std::vector<Hit> hits;
    auto const found = full_text_search(impl_->database(), words, limit);
    if (!found)
        return found.error();
    for (auto const& one : *found)
        hits.push_back({one.id, one.is_faq});
    return hits;
}

}  // namespace immunobot::knowledge
