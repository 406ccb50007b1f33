#include "knowledge/rows.hpp"

#include "base/digest.hpp"
#include "knowledge/setting.hpp"
#include "knowledge/sheet.hpp"
#include "knowledge/statements.hpp"
#include "knowledge/unicode.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace immunobot::knowledge {
namespace {

Result<> first_failure(std::initializer_list<Result<>> results)
{
    for (auto const& result : results)
        if (!result)
            return result;
    return {};
}

Result<> put_search(Database& database, std::int64_t rowid, std::string const& body, bool fresh)
{
    if (!fresh)
        if (auto erased = run(database, "DELETE FROM search WHERE rowid=?1", rowid); !erased)
            return erased;
    return run(database, "INSERT INTO search(rowid, body) VALUES(?1, ?2)", rowid, std::string_view(body));
}

Result<std::int64_t> number_of(Database& database, Sql sql, std::string_view id)
{
    auto query = database.cached(sql);
    if (!query)
        return query.error();
    auto const row = (*query)->bind(1, id).step();
    if (!row)
        return row.error();
    return *row ? (*query)->integer(0) : 0;
}

constexpr char const* fact_number = "SELECT number FROM fact WHERE id=?1";
constexpr char const* faq_number = "SELECT number FROM faq WHERE id=?1";

std::string search_text(Fact const& fact)
{
    std::string property = fact.property;
    std::ranges::replace(property, '_', ' ');
    return open_ligatures(fact.text.en + '\n' + fact.text.fr + '\n' + fact.value + ' ' + fact.unit + ' ' + fact.entity + ' ' + property);
}

std::string search_text(FaqEntry const& entry)
{
    std::string text = entry.answer.en + '\n' + entry.answer.fr + '\n' + entry.entity;
    for (auto const* questions : {&entry.questions_en, &entry.questions_fr})
        for (std::string const& question : *questions)
            text += '\n' + question;
    return open_ligatures(text);
}

Result<> put_questions(Database& database, FaqEntry const& row, std::string_view language,
                       std::vector<std::string> const& questions)
{
    for (std::size_t i = 0; i < questions.size(); ++i)
        if (auto put = run(database, "INSERT INTO faq_question(faq, language, position, question) VALUES(?1, ?2, ?3, ?4)",
                           std::string_view(row.id), language, static_cast<std::int64_t>(i), std::string_view(questions[i]));
            !put)
            return put;
    return {};
}

std::vector<std::string> items_of(std::string_view text)
{
    auto const items = split_list(text);
    return {items.begin(), items.end()};
}

Result<> read_lists(Database& database, Knowledge& all)
{
    std::unordered_map<std::string_view, Entity*> entities;
    for (Entity& entity : all.entities)
        entities.emplace(entity.id, &entity);
    std::unordered_map<std::string_view, FaqEntry*> entries;
    for (FaqEntry& entry : all.faq)
        entries.emplace(entry.id, &entry);
    auto aliases = each(database, "SELECT entity, name FROM alias ORDER BY entity, position", [&](Statement const& query) {
        if (auto const found = entities.find(query.view(0)); found != entities.end())
            found->second->aliases.push_back(query.text(1));
    });
    if (!aliases)
        return aliases;
    return each(database, "SELECT faq, language, question FROM faq_question ORDER BY faq, language, position",
                [&](Statement const& query) {
                    auto const found = entries.find(query.view(0));
                    if (found == entries.end())
                        return;
                    auto& questions = query.view(1) == "fr" ? found->second->questions_fr : found->second->questions_en;
                    questions.push_back(query.text(2));
                });
}

}  // namespace

Source source_at(Statement const& query, int column)
{
    return {query.text(column),     query.text(column + 1), query.text(column + 2),
            query.text(column + 3), query.text(column + 4), query.text(column + 5)};
}

Fact fact_at(Statement const& query, int column)
{
    auto const at = [&](int offset) { return query.text(column + offset); };
    return {at(0), at(1), at(2), at(3), at(4), {at(5), at(6)}, at(7), at(8), at(9), at(10), at(11)};
}

Result<std::int64_t> read_revision(Database& database)
{
    auto query = database.cached("SELECT value FROM meta WHERE key='revision'");
    if (!query)
        return query.error();
    auto const row = (*query)->step();
    if (!row)
        return row.error();
    return *row ? (*query)->integer(0) : 0;
}

Result<Knowledge> read_all(Database& database)
{
    Knowledge all;
    auto const revision = read_revision(database);
    if (!revision)
        return revision.error();
    all.revision = *revision;
    auto const over = read_setting(database, *setting_form(over_setting));
    if (!over)
        return over.error();
    all.silent_when_over = *over == over_silent;
    auto const read = [&](Sql sql, auto take) { return each(database, sql, take); };
    auto const done = first_failure(
        {read("SELECT id, title, publisher, url, published, seen FROM source ORDER BY position",
              [&](Statement const& query) { all.sources.push_back(source_at(query, 0)); }),
         read("SELECT id, kind, name_en, name_fr, acronym, parent FROM entity ORDER BY position",
              [&](Statement const& query) {
                  all.entities.push_back({query.text(0), query.text(1), {query.text(2), query.text(3)}, query.text(4), {}, query.text(5)});
              }),
         read("SELECT id, entity, property, value, unit, text_en, text_fr, valid_from, valid_to, review_by, source, layer "
              "FROM fact ORDER BY position",
              [&](Statement const& query) { all.facts.push_back(fact_at(query, 0)); }),
         read("SELECT id, answer_en, answer_fr, entity, source, valid_to, review_by FROM faq ORDER BY position",
              [&](Statement const& query) {
                  all.faq.push_back({query.text(0), {}, {}, {query.text(1), query.text(2)}, query.text(3), query.text(4), query.text(5), query.text(6)});
              }),
         read("SELECT id, questions_en, questions_fr FROM asking ORDER BY position", [&](Statement const& query) {
             all.askings.push_back({query.text(0), items_of(query.view(1)), items_of(query.view(2))});
         })});
    if (!done)
        return done.error();
    if (auto lists = read_lists(database, all); !lists)
        return lists.error();
    return all;
}

Result<std::string> read_fingerprint(Database& database)
{
    Digest digest;
    auto const revision = read_revision(database);
    if (!revision)
        return revision.error();
    digest.add(static_cast<std::uint64_t>(*revision));
    struct Table {
        Sql sql;
        int columns;
    };
    constexpr Table tables[] = {
        {"SELECT id, kind, name_en, name_fr, acronym, parent FROM entity ORDER BY position", 6},
        {"SELECT entity, name FROM alias ORDER BY entity, position", 2},
        {"SELECT id, entity, property, value, unit, text_en, text_fr, valid_from, valid_to, layer FROM fact ORDER BY position", 10},
        {"SELECT id, answer_en, answer_fr, entity, valid_to FROM faq ORDER BY position", 5},
        {"SELECT faq, language, question FROM faq_question ORDER BY faq, language, position", 3},
        {"SELECT id, questions_en, questions_fr FROM asking ORDER BY position", 3},
        {"SELECT name, value FROM setting WHERE name='over'", 2}};
    for (auto const& table : tables) {
        std::uint64_t rows = 0;
        auto const read = each(database, table.sql, [&](Statement const& query) {
            ++rows;
            for (int column = 0; column < table.columns; ++column)
                digest.add(query.view(column));
        });
        if (!read)
            return read.error();
        digest.add(rows);
    }
    return digest.text();
}

Result<> put_row(Database& database, Source const& row, RowPlace place)
{
    return run(database,
               "INSERT INTO source(id, position, revision, title, publisher, url, published, seen) "
               "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(id) DO UPDATE SET position=?2, revision=?3, title=?4, "
               "publisher=?5, url=?6, published=?7, seen=?8",
               std::string_view(row.id), place.position, place.revision, std::string_view(row.title),
               std::string_view(row.publisher), std::string_view(row.url), std::string_view(row.published),
               std::string_view(row.seen));
}

Result<> put_row(Database& database, Entity const& row, RowPlace place)
{
    auto put = run(database,
                   "INSERT INTO entity(id, position, revision, kind, name_en, name_fr, acronym, parent) "
                   "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, nullif(?8, '')) ON CONFLICT(id) DO UPDATE SET position=?2, "
                   "revision=?3, kind=?4, name_en=?5, name_fr=?6, acronym=?7, parent=nullif(?8, '')",
                   std::string_view(row.id), place.position, place.revision, std::string_view(row.kind),
                   std::string_view(row.name.en), std::string_view(row.name.fr), std::string_view(row.acronym),
                   std::string_view(row.parent));
    if (put)
        put = run(database, "DELETE FROM alias WHERE entity=?1", std::string_view(row.id));
    for (std::size_t i = 0; put && i < row.aliases.size(); ++i)
        put = run(database, "INSERT INTO alias(entity, position, name) VALUES(?1, ?2, ?3)", std::string_view(row.id),
                  static_cast<std::int64_t>(i), std::string_view(row.aliases[i]));
    return put;
}

Result<> put_row(Database& database, Fact const& row, RowPlace place)
{
    auto put = run(database,
                   "INSERT INTO fact(id, position, revision, entity, property, value, unit, text_en, text_fr, valid_from, "
                   "valid_to, review_by, source, layer) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) "
                   "ON CONFLICT(id) DO UPDATE SET position=?2, revision=?3, entity=?4, property=?5, value=?6, unit=?7, "
                   "text_en=?8, text_fr=?9, valid_from=?10, valid_to=?11, review_by=?12, source=?13, layer=?14",
                   std::string_view(row.id), place.position, place.revision, std::string_view(row.entity),
                   std::string_view(row.property), std::string_view(row.value), std::string_view(row.unit),
                   std::string_view(row.text.en), std::string_view(row.text.fr), std::string_view(row.valid_from),
                   std::string_view(row.valid_to), std::string_view(row.review_by), std::string_view(row.source),
                   std::string_view(row.layer));
    if (!put)
        return put;
    auto const number = number_of(database, fact_number, row.id);
    if (!number)
        return number.error();
    return put_search(database, *number * 2, search_text(row), place.fresh);
}

Result<> put_row(Database& database, FaqEntry const& row, RowPlace place)
{
    auto put = run(database,
                   "INSERT INTO faq(id, position, revision, answer_en, answer_fr, entity, source, valid_to, review_by) "
                   "VALUES(?1, ?2, ?3, ?4, ?5, nullif(?6, ''), ?7, ?8, ?9) ON CONFLICT(id) DO UPDATE SET position=?2, "
                   "revision=?3, answer_en=?4, answer_fr=?5, entity=nullif(?6, ''), source=?7, valid_to=?8, review_by=?9",
                   std::string_view(row.id), place.position, place.revision, std::string_view(row.answer.en),
                   std::string_view(row.answer.fr), std::string_view(row.entity), std::string_view(row.source),
                   std::string_view(row.valid_to), std::string_view(row.review_by));
    if (put)
        put = run(database, "DELETE FROM faq_question WHERE faq=?1", std::string_view(row.id));
    if (put)
        put = put_questions(database, row, "en", row.questions_en);
    if (put)
        put = put_questions(database, row, "fr", row.questions_fr);
    if (!put)
        return put;
    auto const number = number_of(database, faq_number, row.id);
    if (!number)
        return number.error();
    return put_search(database, *number * 2 + 1, search_text(row), place.fresh);
}

Result<> put_row(Database& database, Asking const& row, RowPlace place)
{
    return run(database,
               "INSERT INTO asking(id, position, revision, questions_en, questions_fr) VALUES(?1, ?2, ?3, ?4, ?5) "
               "ON CONFLICT(id) DO UPDATE SET position=?2, revision=?3, questions_en=?4, questions_fr=?5",
               std::string_view(row.id), place.position, place.revision, std::string_view(join_list(row.questions_en)),
               std::string_view(join_list(row.questions_fr)));
}

Result<> erase_row(Database& database, Source const& row)
{
    return run(database, "DELETE FROM source WHERE id=?1", std::string_view(row.id));
}

Result<> erase_row(Database& database, Entity const& row)
{
    return first_failure({run(database, "DELETE FROM alias WHERE entity=?1", std::string_view(row.id)),
                          run(database, "DELETE FROM entity WHERE id=?1", std::string_view(row.id))});
}

Result<> erase_row(Database& database, Fact const& row)
{
    auto const number = number_of(database, fact_number, row.id);
    if (!number)
        return number.error();
    return first_failure({run(database, "DELETE FROM search WHERE rowid=?1", *number * 2),
                          run(database, "DELETE FROM fact WHERE id=?1", std::string_view(row.id))});
}

Result<> erase_row(Database& database, FaqEntry const& row)
{
    auto const number = number_of(database, faq_number, row.id);
    if (!number)
        return number.error();
    return first_failure({run(database, "DELETE FROM search WHERE rowid=?1", *number * 2 + 1),
                          run(database, "DELETE FROM faq_question WHERE faq=?1", std::string_view(row.id)),
                          run(database, "DELETE FROM faq WHERE id=?1", std::string_view(row.id))});
}

Result<> erase_row(Database& database, Asking const& row)
{
    return run(database, "DELETE FROM asking WHERE id=?1", std::string_view(row.id));
}

Result<> move_row(Database& database, Asking const& row, std::int64_t position)
{
    return run(database, "UPDATE asking SET position=?2 WHERE id=?1", std::string_view(row.id), position);
}

Result<> move_row(Database& database, Source const& row, std::int64_t position)
{
    return run(database, "UPDATE source SET position=?2 WHERE id=?1", std::string_view(row.id), position);
}

Result<> move_row(Database& database, Entity const& row, std::int64_t position)
{
    return run(database, "UPDATE entity SET position=?2 WHERE id=?1", std::string_view(row.id), position);
}

Result<> move_row(Database& database, Fact const& row, std::int64_t position)
{
    return run(database, "UPDATE fact SET position=?2 WHERE id=?1", std::string_view(row.id), position);
}

Result<> move_row(Database& database, FaqEntry const& row, std::int64_t position)
{
    return run(database, "UPDATE faq SET position=?2 WHERE id=?1", std::string_view(row.id), position);
}

}  // namespace immunobot::knowledge
