#include "server/catalogue.hpp"

#include "pages/site.hpp"

#include <algorithm>
#include <utility>

namespace immunobot::server {
namespace {

bool wanted(knowledge::Fact const& fact, FactQuery const& query)
{
    return (query.entity.empty() || fact.entity == query.entity) &&
           (query.property.empty() || fact.property == query.property);
}

// Whether item number `index` of those found lies on the page.
bool on_page(std::size_t index, std::size_t limit, std::size_t offset)
{
    return index >= offset && index - offset < limit;
}

}  // namespace

Catalogue::Catalogue(knowledge::Knowledge knowledge) : knowledge_(std::move(knowledge))
{
    for (auto const& source : knowledge_.sources)
        sources_[source.id] = &source;
    for (auto const& fact : knowledge_.facts)
        facts_[fact.id] = &fact;
    for (auto const& entity : knowledge_.entities)
        entities_[entity.id] = &entity;
}

SourcedFact Catalogue::with_source(knowledge::Fact const& fact) const
{
    auto const source = sources_.find(fact.source);
    return {fact, source == sources_.end() ? knowledge::Source{} : *source->second};
}

FactPage Catalogue::facts(FactQuery const& query) const
{
    FactPage page;
    for (auto const& fact : knowledge_.facts)
        if (wanted(fact, query) && on_page(page.total++, query.limit, query.offset))
            page.facts.push_back(with_source(fact));
    return page;
}

FactPage Catalogue::among(FactQuery const& query, std::vector<std::string_view> const& ids) const
{
    FactPage page;
    for (auto const id : ids) {
        auto const found = facts_.find(id);
        if (found == facts_.end() || !wanted(*found->second, query))
            continue;
        if (on_page(page.total++, query.limit, query.offset))
            page.facts.push_back(with_source(*found->second));
    }
    return page;
}

EntityPage Catalogue::entities(std::string_view kind, std::size_t limit, std::size_t offset) const
{
    EntityPage page;
    for (auto const& entity : knowledge_.entities)
        if ((kind.empty() || entity.kind == kind) && on_page(page.total++, limit, offset))
            page.entities.push_back(entity);
    return page;
}

std::optional<EntityView> Catalogue::entity(std::string_view id) const
{
    auto const found = entities_.find(id);
    if (found == entities_.end())
        return std::nullopt;
    EntityView view{*found->second, {}, {}};
    for (auto const& entity : knowledge_.entities)
        if (entity.parent == id)
            view.children.push_back(entity.id);
    for (auto const& fact : knowledge_.facts)
        if (fact.entity == id)
            view.facts.push_back(with_source(fact));
    return view;
}

Result<std::shared_ptr<Catalogue const>> Catalogues::newest(knowledge::Reader& reader)
{
    auto const revision = reader.revision();
    if (!revision)
        return revision.error();
    std::lock_guard const lock(mutex_);
    if (current_ && current_->revision() == *revision)
        return current_;
    auto knowledge = reader.load();
    if (!knowledge)
        return knowledge.error();
    pages::keep_titles(*knowledge);
    current_ = std::make_shared<Catalogue const>(std::move(*knowledge));
    return current_;
}

}  // namespace immunobot::server
