// The knowledge as the look-up routes list it: one immutable copy of a revision, shared by all threads,
// read again when the database has moved on. It is made at the first look-up, not at the start.
#pragma once

#include "knowledge/reader.hpp"
#include "server/backend.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace immunobot::server {

class Catalogue {
public:
    explicit Catalogue(knowledge::Knowledge knowledge);

    FactPage facts(FactQuery const& query) const;                      // without words
    FactPage among(FactQuery const& query, std::vector<std::string_view> const& ids) const;  // in this order
    EntityPage entities(std::string_view kind, std::size_t limit, std::size_t offset) const;
    std::optional<EntityView> entity(std::string_view id) const;
    knowledge::Knowledge const& all() const { return knowledge_; }
    std::int64_t revision() const { return knowledge_.revision; }

private:
    SourcedFact with_source(knowledge::Fact const& fact) const;

    knowledge::Knowledge knowledge_;
    std::map<std::string_view, knowledge::Source const*> sources_;
    std::map<std::string_view, knowledge::Fact const*> facts_;
    std::map<std::string_view, knowledge::Entity const*> entities_;
};

// Hands out the newest catalogue. Any thread; each brings its own reader.
class Catalogues {
public:
    Result<std::shared_ptr<Catalogue const>> newest(knowledge::Reader& reader);

private:
    std::mutex mutex_;
    std::shared_ptr<Catalogue const> current_;
};

}  // namespace immunobot::server
