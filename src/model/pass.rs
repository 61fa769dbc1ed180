//! One pass: one form in one region through one replication.

use std::cell::Cell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::chain::Chain;
use super::{HouseholdName, Journal, Observations, Setting};
use crate::engine::Time;
use crate::model::chain::HouseholdId;
use crate::model::chain::household::Household;
use crate::model::chain::register::Households;

/// What a pass gives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pass {
    /// What was observed after the warm-up.
    pub observations: Observations,
    /// Events handled, warm-up included.
    pub n_events: u64,
}

thread_local! {
    /// Memory of the pass that this thread made last, for the records of the next: tens of megabytes, which
    /// the system would have to clear anew.
    static ROOM: Cell<Vec<Household>> = const { Cell::new(Vec::new()) };
}

/// Runs one pass. The same arguments give the same answer, anywhere.
///
/// # Examples
///
/// ```
/// use rvtsim::experiment::{Design, PassKey};
/// use rvtsim::model::{Kpi, simulate};
/// use rvtsim::scenario::{Changes, load};
/// use std::path::Path;
///
/// let scenario = load(Path::new("scenarios/referentie.toml"), &Changes::default()).expect("it is shipped");
/// let key = PassKey { case: 0, replication: 1, region: 0, rank: 0 };
/// let mut setting = Design::new(&scenario).unstaffed(key);
/// let load = Kpi::from_key("load_percent").expect("a KPI");
/// let of_now = load.value(&simulate(&setting, 1, 1).observations).expect("staff");
/// // Half as many professionals more at the lokaal team, and the same families.
/// setting.parameters.staff.fte_lokaal_team *= 1.5;
/// let of_more = load.value(&simulate(&setting, 1, 1).observations).expect("staff");
/// assert!(of_more < of_now);
/// ```
pub fn simulate(setting: &Setting, seed: u64, replication: u32) -> Pass {
    simulate_on(setting, seed, replication, &mut Past::default())
}

/// A region before anything changes there, as far as it was needed: passes that differ in nothing before that share it.
#[derive(Default)]
pub struct Past(Option<Begun>);

/// What has been simulated, from what, and the number of its events.
struct Begun {
    setting: Setting,
    chance: (u64, u32),
    chain: Chain,
    n_events: u64,
}

/// Runs one pass, and begins with what `past` holds if this is what the pass begins with; the answer is the same.
///
/// Of passes that share a past, those of which the form changes first come first; one in which nothing changes comes
/// last, and uses it up.
pub fn simulate_on(setting: &Setting, seed: u64, replication: u32, past: &mut Past) -> Pass {
    let chance = (seed, replication);
    let unchanged = setting.unchanged();
    let is_usable = |begun: &Begun| {
        let is_in_time = (setting.changes.first()).is_none_or(|next| begun.chain.now <= next.at());
        begun.chance == chance && is_in_time && begun.setting == unchanged
    };
    let mut begun = past.0.take().filter(is_usable).unwrap_or_else(|| {
        let mut chain = Chain::unpopulated(unchanged.clone(), seed, replication);
        chain.households = Households::in_room(ROOM.take());
        chain.populate();
        Begun {
            setting: unchanged,
            chance,
            chain,
            n_events: 0,
        }
    });
    let (mut chain, n_before) = match setting.changes.first() {
        None => (begun.chain, begun.n_events),
        Some(next) => {
            begun.n_events += begun.chain.run_until(next.at());
            begun.chain.now = next.at();
            let (mut chain, n_before) = (begun.chain.clone(), begun.n_events);
            chain.setting = Arc::new(setting.clone());
            past.0 = Some(begun);
            (chain, n_before)
        }
    };
    let n_events = n_before + chain.complete();
    ROOM.set(chain.households.into_room());
    Pass {
        observations: chain.seen,
        n_events,
    }
}

/// The life of one household in one pass; `None` if it never comes.
pub fn follow(
    setting: &Setting,
    seed: u64,
    replication: u32,
    household: HouseholdName,
) -> Option<Journal> {
    let mut chain = Chain::new(setting.clone(), seed, replication);
    chain.watched_entity = household.entity();
    let (mut journals, _) = chain.into_journals();
    journals.pop()
}

/// The lives in one pass of all households that come after a moment of it, in
/// the order of their coming; of all there are, stock included, after
/// [`Time::ZERO`]. With the number of events from that moment on.
pub fn journals(
    setting: &Setting,
    seed: u64,
    replication: u32,
    after: Time,
) -> (Vec<Journal>, u64) {
    let mut chain = Chain::unpopulated(setting.clone(), seed, replication);
    if after == Time::ZERO {
        chain.notebook.watched = 0..u32::MAX;
        chain.populate();
    } else {
        chain.populate();
        chain.run_until(after);
        chain.notebook.watched = chain.households.n_records()..u32::MAX;
    }
    chain.into_journals()
}

impl Chain {
    /// Runs to the end of the period; what happened to the households that were watched.
    fn into_journals(mut self) -> (Vec<Journal>, u64) {
        let until = self.horizon;
        let n_events = self.run_until(until);
        self.now = until;
        for household in self.notebook.watched.clone() {
            if household >= self.households.n_records() {
                break;
            }
            self.count_time(HouseholdId(household));
        }
        let lives = std::mem::take(&mut self.notebook).by_household();
        let journal = |(household, entries): (u32, _)| Journal {
            family: self.households[HouseholdId(household)].family(),
            entries,
            until,
        };
        (lives.into_iter().map(journal).collect(), n_events)
    }
}
