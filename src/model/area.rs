//! Areas of a region, and which form is in force in each.
//!
//! An area is a cluster of municipalities with a team of its own. Where a scenario names no municipalities the areas of
//! a region are equal; a [`Place`] that it names has areas of its own, and the rest of the region shares the others.

use serde::Serialize;

use super::chain::{Chain, HouseholdId};
use super::{Form, FunctionSet, Organisation, Parameters, Region, Scale, Setting};
use crate::model::chain::staff::people;

/// A part of a region that a scenario names: municipalities, or a part of one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Place {
    /// Its name: those of the municipalities in it.
    pub name: String,
    /// Inhabitants.
    pub inhabitants: u32,
}

/// A form that is in force in a place, and not in the rest of its region.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Local {
    /// Index in [`Region::places`].
    pub place: u8,
    /// The form, with [the same teams](super::aligned) as the one of the region.
    pub form: Form,
}

/// The areas of a region.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Areas {
    /// Share of the region's inhabitants, by area.
    shares: Vec<f64>,
    /// The place in which each lies, if it is one that a scenario names.
    places: Vec<Option<u8>>,
}

impl Areas {
    /// As many as the inhabitants ask for, of places that are named and of the rest; each has at least one.
    pub fn of(parameters: &Parameters, region: &Region) -> Self {
        let n = |inhabitants: u32| {
            (f64::from(inhabitants) / parameters.staff.inhabitants_per_area)
                .round()
                .clamp(1.0, 255.0) as u8
        };
        let named: u32 = region.places.iter().map(|place| place.inhabitants).sum();
        let rest = region.inhabitants.saturating_sub(named);
        let places = (0..).zip(&region.places);
        let parts = places.map(|(at, place)| (Some(at), place.inhabitants));
        let parts = parts.chain((rest > 0).then_some((None, rest)));
        let mut areas = Areas {
            shares: Vec::new(),
            places: Vec::new(),
        };
        for (place, inhabitants) in parts {
            let n = n(inhabitants).min((255 - areas.shares.len()) as u8).max(1);
            let share = f64::from(inhabitants) / f64::from(region.inhabitants) / f64::from(n);
            for _ in 0..n {
                areas.shares.push(share);
                areas.places.push(place);
            }
        }
        areas
    }

    /// How many there are, 1..=255.
    pub fn n(&self) -> u8 {
        self.shares.len() as u8
    }

    /// The area of somebody drawn among the inhabitants.
    pub fn at(&self, u: f64) -> u8 {
        if self.places.iter().all(Option::is_none) {
            return (u * f64::from(self.n())) as u8;
        }
        let mut left = u * self.shares.iter().sum::<f64>();
        let found = self.shares.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        found.unwrap_or(self.shares.len() - 1) as u8
    }

    /// By area: which of the local forms is in force, counted from 1; 0 where it is the region's own.
    fn in_force(&self, local: &[Local]) -> Vec<u8> {
        let of_place = |place: &Option<u8>| {
            let here = place.and_then(|place| local.iter().position(|one| one.place == place));
            here.map_or(0, |at| at as u8 + 1)
        };
        self.places.iter().map(of_place).collect()
    }

    /// By area: whether one of these places is there.
    pub fn within(&self, places: &[u8]) -> Vec<bool> {
        let is_in = |place: &Option<u8>| place.is_some_and(|place| places.contains(&place));
        self.places.iter().map(is_in).collect()
    }
}

impl Setting {
    /// The forms that are in force, the region's own first, and what share of the inhabitants lives under each.
    pub(crate) fn forms(&self) -> Vec<(&Form, f64)> {
        let of_place = |local: &Local| {
            let place = &self.region.places[usize::from(local.place)];
            f64::from(place.inhabitants) / f64::from(self.region.inhabitants)
        };
        let local: f64 = self.local.iter().map(of_place).sum();
        let all = self.local.iter().map(|one| (&one.form, of_place(one)));
        [(&self.form, 1.0 - local)].into_iter().chain(all).collect()
    }

    /// By pool of a team: how much of its staff works there, in a measure that only serves to compare. In an area where
    /// no form gives it staff there is nobody.
    pub(crate) fn pool_weights(&self, team: usize) -> Vec<f64> {
        if self.form.teams[team].scale != Scale::Area {
            return vec![1.0];
        }
        let areas = Areas::of(&self.parameters, &self.region);
        let forms = self.forms();
        let staff = |(form, _): &(&Form, f64)| {
            let of = |organisation| {
                form.teams[team].share_of(organisation)
                    * people(organisation, &self.parameters, &self.region)
            };
            Organisation::ALL.map(of).iter().sum::<f64>()
        };
        let mut by_form: Vec<f64> = forms.iter().map(staff).collect();
        if by_form.iter().all(|&staff| staff <= 0.0) {
            // Hours that follow the work may give a team people whom no form gives it.
            let does = |(form, _): &(&Form, f64)| form.functions_of(team) != FunctionSet::default();
            by_form = forms
                .iter()
                .map(|form| f64::from(u8::from(does(form))))
                .collect();
        }
        let in_force = areas.in_force(&self.local);
        let each = in_force.iter().zip(&areas.shares);
        each.map(|(&at, share)| share * by_form[usize::from(at)])
            .collect()
    }
}

/// Which pool gets the next of a team's people, when so many are in each: one that has nobody, else the one that is
/// farthest behind its weight; of equal ones the first.
pub(crate) fn next_pool(weights: &[f64], n_people: &[usize]) -> usize {
    let sum: f64 = weights.iter().sum();
    let n = n_people.iter().sum::<usize>() as f64 + 1.0;
    let rank = |pool: usize| {
        let is_empty = n_people[pool] == 0 && weights[pool] > 0.0;
        let behind = weights[pool] * n - n_people[pool] as f64 * sum;
        (is_empty, behind)
    };
    let mut best = 0;
    for pool in 1..weights.len() {
        let (one, other) = (rank(pool), rank(best));
        if (one.0, other.0) == (true, false) || one.0 == other.0 && one.1 > other.1 {
            best = pool;
        }
    }
    best
}

impl Chain {
    /// The form that is in force in an area.
    pub(crate) fn form_in(&self, area: u8) -> &Form {
        match self.in_force[usize::from(area)] {
            0 => &self.setting.form,
            at => &self.setting.local[usize::from(at) - 1].form,
        }
    }

    /// The form under which a household lives.
    pub(crate) fn form_of(&self, household: HouseholdId) -> &Form {
        // Every step asks, and hardly any region has more than one form.
        if self.setting.local.is_empty() {
            return &self.setting.form;
        }
        self.form_in(self.households[household].area)
    }

    /// The forms that are in force somewhere in the region, its own first.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &Form> {
        let own = self.in_force.contains(&0).then_some(&self.setting.form);
        let local = self.setting.local.iter().map(|one| &one.form);
        own.into_iter().chain(local)
    }

    /// The form that gives a team its staff in the at-th of its pools.
    pub(crate) fn form_at(&self, team: usize, at: usize) -> &Form {
        if self.form().teams[team].scale == Scale::Area {
            return self.form_in(at as u8);
        }
        let there = self.forms().find(|form| form.teams[team].is_there());
        there.unwrap_or(self.form())
    }

    /// What a team does in the at-th of its pools.
    pub(crate) fn functions_at(&self, team: usize, at: usize) -> FunctionSet {
        if self.form().teams[team].scale == Scale::Area {
            return self.form_in(at as u8).functions_of(team);
        }
        let of = |form: &Form| form.functions_of(team);
        self.forms()
            .map(of)
            .fold(FunctionSet::default(), FunctionSet::or)
    }

    /// Looks up anew which form is in force where, and where its people work.
    pub(crate) fn take_forms(&mut self) {
        self.in_force = self.areas.in_force(&self.setting.local);
        let teams = 0..self.setting.form.teams.len();
        self.pool_weights = teams.map(|team| self.setting.pool_weights(team)).collect();
    }

    /// Whether what happens to a household is counted; what is nobody's is where all are.
    pub(crate) fn is_counted(&self, household: HouseholdId) -> bool {
        let is_here = |household: HouseholdId| {
            household != HouseholdId::NOBODY
                && self.counted_in[usize::from(self.households[household].area)]
        };
        self.setting.counted.is_none() || is_here(household)
    }
}

#[cfg(test)]
mod tests {
    use super::next_pool;

    fn filled(weights: &[f64], n: usize) -> Vec<usize> {
        let mut n_people = vec![0; weights.len()];
        for _ in 0..n {
            let next = next_pool(weights, &n_people);
            n_people[next] += 1;
        }
        n_people
    }

    #[test]
    fn people_are_spread_by_weight_and_no_pool_with_work_is_left_without() {
        assert_eq!(filled(&[0.2; 5], 12), [3, 3, 2, 2, 2]);
        assert_eq!(filled(&[3.0, 1.0], 8), [6, 2]);
        assert_eq!(filled(&[1.0, 0.0, 1.0], 4), [2, 0, 2]);
        assert_eq!(filled(&[0.9, 0.01], 10), [9, 1]);
    }
}
