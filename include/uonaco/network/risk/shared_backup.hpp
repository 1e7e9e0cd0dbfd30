// SPDX-License-Identifier: Apache-2.0
// Shared backup path protection: what links must keep spare so that any one risk may fail, several backups sharing it.
#pragma once

#include "risk_states.hpp"

namespace uonaco::inline UONACO_ABI::risk {

/// The spare provision matrix: for each risk and link the demands whose working path has the risk and whose backup uses the link.
/// A link needs the most of any one risk (Liu, Tipper and Siripongwutikorn, 2005), for at any time one risk is down.
/// Whole b/s up to 2^53 add up exactly, so that what is added and removed again leaves no trace. Value type.
class spare_matrix {
  public:
    /// Preconditions of all: risks and links that are named exist; a path names each once.
    UONACO_LAZY
    spare_matrix(unsigned risks, unsigned links) : links_(links) {
        detail::late<UonacoLazy_>(spare_).resize(static_cast<unsigned long>(risks) * links);
    }

    unsigned links() const { return links_; }
    unsigned risks() const { return links_ == 0 ? 0 : static_cast<unsigned>(spare_.size() / links_); }

    /// A demand that moves to the links of its backup when a risk of its working path fails. O(|working| x |backup|).
    void add(view<unsigned> working, view<unsigned> backup, units::bit_rate demand) {
        change(working, backup, demand.si());
    }
    /// Precondition: it was added.
    void remove(view<unsigned> working, view<unsigned> backup, units::bit_rate demand) {
        change(working, backup, -demand.si());
    }

    /// What this risk would bring onto the link.
    units::bit_rate moved(unsigned risk, unsigned link) const {
        return units::bit_rate::from_si(spare_[at(risk, link)]);
    }

    /// What the link must keep spare. O(risks).
    units::bit_rate needed(unsigned link) const {
        double most = 0.0;
        for (unsigned r = 0; r < risks(); ++r) most = spare_[at(r, link)] > most ? spare_[at(r, link)] : most;
        return units::bit_rate::from_si(most);
    }
    /// Over all links. O(risks x links).
    units::bit_rate needed() const {
        units::bit_rate all{};
        for (unsigned l = 0; l < links_; ++l) all += needed(l);
        return all;
    }

    /// What the link would need beyond needed(link) if it were part of the backup of one more demand: the price of a backup search.
    /// 0 where the spare of others is enough. O(risks).
    units::bit_rate extra(view<unsigned> working, unsigned link, units::bit_rate demand) const {
        double most = 0.0;
        for (const unsigned r : working) {
            const double with = spare_[at(r, link)] + demand.si();
            most = with > most ? with : most;
        }
        const double has = needed(link).si();
        return units::bit_rate::from_si(most > has ? most - has : 0.0);
    }

  private:
    unsigned long at(unsigned risk, unsigned link) const {
        UONACO_ASSERT(link < links_ && risk < risks());
        return static_cast<unsigned long>(risk) * links_ + link;
    }
    void change(view<unsigned> working, view<unsigned> backup, double demand) {
        for (const unsigned r : working)
            for (const unsigned l : backup) spare_[at(r, l)] += demand;
    }

    unsigned links_ = 0;
    std::vector<double> spare_; ///< by risk, then link
};

} // namespace uonaco::inline UONACO_ABI::risk
