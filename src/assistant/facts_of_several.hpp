// The facts that answer what is asked of several bodies: of one property, of each of those that have it; the ends of them by their figures and
// years; those alone that have what else the question says. Strict: each word of the question is either such a question's own or stated by every
// fact that is told. Pure.
#pragma once

#include "assistant/asked_of_several.hpp"
#include "assistant/ranking.hpp"
#include "base/date.hpp"

#include <span>
#include <vector>

namespace immunobot::assistant {

class FactsOfSeveral {
public:
    // `of`: at least two. `ranked`: what was found for the question as it stands. What is referred to has to live as long.
    FactsOfSeveral(Snapshot const& snapshot, Date const& today, Analysis const& analysis, AskedOfSeveral const& asked, std::vector<EntityId> of, std::span<RankedFact const> ranked = {});

    // In the order in which they are told. Nothing if no property is asked for that two of them have (or one, where words or numbers of the
    // question choose among them), or if there are too many to tell.
    std::vector<FactIndexId> find() const;

private:
    FactFeatures const& of(FactIndexId fact) const { return snapshot_.index.facts()[fact]; }
    void read_wish();
    float by_keywords(std::uint16_t property) const;
    std::uint16_t wished() const;
    bool asks_only_end() const;
    std::uint16_t figure_asked_for() const;
    std::vector<FactIndexId> facts_of(std::uint16_t property) const;
    std::vector<FactIndexId> what_they_do() const;
    bool choose(std::vector<FactIndexId>& facts, std::uint16_t property) const;
    bool is_asked_anyway(Slot const& slot) const;
    bool is_plain_wish(Slot const& slot, std::uint16_t property) const;
    float least_keyword() const;
    bool is_of_home(Slot const& slot) const;
    bool is_amount(Slot const& slot) const;
    bool has(FactIndexId fact, Slot const& slot) const;
    bool has_number(FactIndexId fact, std::string const& digits) const;
    bool is_in_bounds(FactIndexId fact) const;
    void take_one_of_each(std::vector<FactIndexId>& facts) const;
    void order(std::vector<FactIndexId>& facts) const;
    void put_stated_first(std::vector<FactIndexId>& facts) const;
    std::vector<intents::ConceptId> meanings_of_end() const;
    bool says_kind(FactIndexId fact) const;

    Snapshot const& snapshot_;
    Date today_;
    Analysis const& analysis_;
    AskedOfSeveral const& asked_;
    std::vector<EntityId> of_;
    std::vector<bool> among_;     // entity -> it is one of them
    std::span<RankedFact const> ranked_;
    std::vector<float> likely_;   // property -> how likely it is asked for, if any is
};

}  // namespace immunobot::assistant
