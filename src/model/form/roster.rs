//! Who works where in a region.
//!
//! As assigned, a form's teams have the shares of today's staff that its file gives them. By work, the same hours are
//! divided by the work that each team gets. A team of offered load \\(R\\) \[professionals who would be busy if nobody
//! waited\] gets
//!
//! \\[ R + \beta \sqrt{R\,n} \\]
//!
//! professionals, \\(n\\) being the number of its pools and \\(\beta\\) one number for all teams, such that together
//! they are as many as there are today: square-root staffing (S. Halfin & W. Whitt, Operations Research 29 (1981); W.
//! Whitt, Management Science 38 (1992)). With the same \\(\beta\\) a family meets about the same chance of a wait at
//! each of them, and a large pool needs less above its work than several small ones. Where there are fewer hours than
//! work there is no such number, and each team gets the same share of what it needs.

use serde::Serialize;

use crate::engine::{DAYS_PER_YEAR, MINUTES_PER_HOUR, MINUTES_PER_WEEK, MINUTES_PER_YEAR};
use crate::model::chain::staff::{full_minutes, regional_minutes};
use crate::model::{Form, Observations, Organisation, Parameters, Region, Scale, Setting};

/// Staff for whom nobody waits, as a multiple of today's.
const PLENTY: u32 = 4;

/// Hours a week for families of one fte, the sick taken off.
pub fn hours_per_fte(parameters: &Parameters) -> f64 {
    let s = &parameters.staff;
    s.fte_hours_per_week * s.client_share * (1.0 - s.sick_share)
}

/// What an hour for families costs \[euros\]: all that an fte costs, spread over the hours that families get of it.
pub(crate) fn euros_per_hour(parameters: &Parameters) -> f64 {
    let weeks_per_year = f64::from(MINUTES_PER_YEAR) / f64::from(MINUTES_PER_WEEK);
    parameters.money.euros_per_fte / (weeks_per_year * hours_per_fte(parameters))
}

/// Whose hours are where.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub enum Division {
    /// By the shares of today's organisations that the form gives to its teams.
    #[default]
    AsAssigned,
    /// By the work that each team gets.
    ByWork,
}

impl Division {
    /// Every division, by its name in a file.
    pub const WORDS: &[(&str, Division)] = &[
        (Division::ByWork.key(), Division::ByWork),
        (Division::AsAssigned.key(), Division::AsAssigned),
    ];

    /// Its name in a file.
    pub const fn key(self) -> &'static str {
        match self {
            Division::ByWork => "by_work",
            Division::AsAssigned => "as_assigned",
        }
    }
}

/// Professionals of one organisation in one team.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Desk {
    /// Where they come from: today's work of that organisation is what they can do.
    pub organisation: Organisation,
    /// Index in [`Form::teams`].
    pub team: usize,
    /// How many they are.
    pub n_people: u32,
    /// What each of them does for families in a week \[minutes\].
    pub minutes: u32,
}

/// Who works where: by organisation, and in it by team.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Roster(pub Vec<Desk>);

/// What was found of one team when hours were divided by work.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TeamPlan {
    /// Hours a week that it would be busy if nobody waited.
    pub offered_hours: f64,
    /// Hours a week of its professionals, vacancies counted as they are on average.
    pub hours: f64,
    /// Its professionals.
    pub n_people: u32,
}

/// Hours divided by work, and from what.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// Who works where.
    pub roster: Roster,
    /// By team, in the order of the form; none for a team outside the chain.
    pub teams: Vec<Option<TeamPlan>>,
    /// Professionals above the work, in square roots of it; `None` where there are fewer hours than work.
    pub beta: Option<f64>,
}

impl Roster {
    /// Today's staff by the shares that the form gives.
    pub fn as_assigned(form: &Form, parameters: &Parameters, region: &Region) -> Self {
        Self::shared(&[(form, 1.0)], parameters, region)
    }

    /// Today's staff as the forms of a setting divide it on its first day, by where people live.
    pub fn of(setting: &Setting) -> Self {
        Self::shared(&setting.forms(), &setting.parameters, &setting.region)
    }

    fn shared(forms: &[(&Form, f64)], parameters: &Parameters, region: &Region) -> Self {
        let mut desks = Vec::new();
        for organisation in Organisation::ALL {
            let minutes = regional_minutes(organisation, parameters, region);
            let n_people = ((minutes / full_minutes(parameters)).round() as u32).max(1);
            let each = (minutes / f64::from(n_people)).round() as u32;
            let (mut before, mut share_before) = (0, 0.0);
            for team in 0..forms[0].0.teams.len() {
                let share = |(form, of_all): &(&Form, f64)| {
                    form.teams[team].share_of(organisation) * of_all
                };
                share_before += forms.iter().map(share).sum::<f64>();
                let up_to = (share_before * f64::from(n_people)).round() as u32;
                desks.push(Desk {
                    organisation,
                    team,
                    n_people: up_to.saturating_sub(before),
                    minutes: each,
                });
                before = before.max(up_to);
            }
        }
        desks.retain(|desk| desk.n_people > 0);
        Roster(desks)
    }

    /// So many that nobody waits for them, divided as assigned.
    pub fn plenty(setting: &Setting) -> Self {
        let mut roster = Self::of(setting);
        for desk in &mut roster.0 {
            desk.n_people *= PLENTY;
        }
        roster
    }

    /// Hours a week that everybody together has for families, with no place vacant.
    pub fn hours(&self) -> f64 {
        self.minutes() / f64::from(MINUTES_PER_HOUR)
    }

    fn minutes(&self) -> f64 {
        let desks = self.0.iter();
        desks
            .map(|desk| f64::from(desk.n_people) * f64::from(desk.minutes))
            .sum()
    }
}

impl Plan {
    /// Divides today's hours in a region by the work that a pass with this staff has shown.
    pub fn by_work(setting: &Setting, staff: &Roster, seen: &Observations) -> Self {
        let (form, today) = (&setting.form, Roster::of(setting));
        let total = today.minutes();
        let n_people: u32 = match total > 0.0 {
            true => today.0.iter().map(|desk| desk.n_people).sum(),
            // Where nobody has hours for families there is nobody.
            false => 0,
        };
        let minutes = (total / f64::from(n_people.max(1))).round();
        let full = minutes / f64::from(MINUTES_PER_HOUR);
        // A vacant place is one of a team's professionals all the same.
        let weeks = seen.years * DAYS_PER_YEAR / 7.0;
        let staffed = seen.teams.iter().filter(|team| !team.is_external);
        let available: f64 = staffed.map(|team| team.available_hours).sum::<f64>() / weeks;
        let filled = available / staff.hours();
        let n_pools = |&team: &usize| {
            let weights = setting.pool_weights(team);
            weights.iter().filter(|&&weight| weight > 0.0).count() as f64
        };
        let is_staffed = |team: &usize| form.teams[*team].scale != Scale::External;
        let teams: Vec<usize> = (0..form.teams.len()).filter(is_staffed).collect();
        let offered = |&team: &usize| seen.teams[team].reserved_hours / weeks / (full * filled);
        let loads: Vec<f64> = teams.iter().map(offered).collect();
        let pools: Vec<f64> = teams.iter().map(n_pools).collect();
        let (wanted, beta) = square_root_staffing(&loads, &pools, f64::from(n_people));
        let in_team = whole(&wanted, n_people);
        let mut desks = Vec::new();
        let mut plans = vec![None; form.teams.len()];
        for (at, (&team, &n_people)) in teams.iter().zip(&in_team).enumerate() {
            // People are whole, their hours are not: a few of them work part of a week.
            let each = wanted[at] / f64::from(n_people.max(1));
            plans[team] = Some(TeamPlan {
                offered_hours: loads[at] * full * filled,
                hours: wanted[at] * full * filled,
                n_people,
            });
            let own = seen.teams[team].reserved_by_organisation;
            let shares: Vec<f64> = match own.iter().any(|&minutes| minutes > 0) {
                true => own.iter().map(|&minutes| minutes as f64).collect(),
                false => {
                    let share = |one| {
                        let each = setting.forms().into_iter();
                        each.map(|(form, of_all)| form.teams[team].share_of(one) * of_all)
                            .sum()
                    };
                    Organisation::ALL.map(share).to_vec()
                }
            };
            for (organisation, n_people) in
                Organisation::ALL.into_iter().zip(whole(&shares, n_people))
            {
                desks.push(Desk {
                    organisation,
                    team,
                    n_people,
                    minutes: (minutes * each).round() as u32,
                });
            }
        }
        desks.retain(|desk| desk.n_people > 0);
        desks.sort_by_key(|desk| (desk.organisation, desk.team));
        Plan {
            roster: Roster(desks),
            teams: plans,
            beta,
        }
    }
}

/// So many professionals divided over teams by their offered loads and numbers of pools, before anybody is whole; and
/// \\(\beta\\), or `None` where there are fewer people than work.
pub fn square_root_staffing(
    loads: &[f64],
    pools: &[f64],
    n_people: f64,
) -> (Vec<f64>, Option<f64>) {
    let roots = loads.iter().zip(pools).map(|(load, n)| (load * n).sqrt());
    let roots: Vec<f64> = roots.collect();
    let (sum, sum_of_roots): (f64, f64) = (loads.iter().sum(), roots.iter().sum());
    let spare = n_people - sum;
    let beta = (spare >= 0.0 && sum_of_roots > 0.0).then(|| spare / sum_of_roots);
    let wanted = match beta {
        Some(beta) => (loads.iter().zip(&roots))
            .map(|(load, root)| load + beta * root)
            .collect(),
        None if sum > 0.0 => loads.iter().map(|load| load / sum * n_people).collect(),
        None => loads.to_vec(),
    };
    (wanted, beta)
}

/// So many divided in proportion, in whole numbers (largest remainders; of equal ones the first); who has a share of
/// less than one gets one if there is one to be had.
pub fn whole(shares: &[f64], n: u32) -> Vec<u32> {
    let sum: f64 = shares.iter().sum();
    if sum <= 0.0 {
        return vec![0; shares.len()];
    }
    let exact: Vec<f64> = shares
        .iter()
        .map(|share| share / sum * f64::from(n))
        .collect();
    let mut parts: Vec<u32> = exact.iter().map(|part| part.floor() as u32).collect();
    let mut left = n.saturating_sub(parts.iter().sum());
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| {
        let rest = |at: usize| exact[at] - exact[at].floor();
        let is_empty = |at: usize| parts[at] == 0 && shares[at] > 0.0;
        let first = is_empty(b).cmp(&is_empty(a));
        first.then(rest(b).total_cmp(&rest(a)))
    });
    for at in order {
        if left > 0 && shares[at] > 0.0 {
            parts[at] += 1;
            left -= 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_parts_add_up_and_nobody_with_work_is_left_out() {
        assert_eq!(whole(&[1.0, 1.0, 1.0], 4), [2, 1, 1]);
        assert_eq!(whole(&[0.1, 5.0, 4.9], 10), [1, 5, 4]);
        assert_eq!(whole(&[0.0, 5.0], 3), [0, 3]);
        assert_eq!(whole(&[0.0, 0.0], 3), [0, 0]);
    }

    #[test]
    fn spare_people_go_by_the_square_root_of_the_work() {
        // 100 + 25 of work, 15 to spare: 10 and 5 of them.
        let found = square_root_staffing(&[100.0, 25.0], &[1.0, 1.0], 140.0);
        assert_eq!(found, (vec![110.0, 30.0], Some(1.0)));
        // The same work in four pools has the spread of twice the root.
        let found = square_root_staffing(&[100.0, 25.0], &[1.0, 4.0], 145.0);
        assert_eq!(found, (vec![110.0, 35.0], Some(1.0)));
        // Fewer hours than work: each the same share of what it needs.
        let found = square_root_staffing(&[100.0, 50.0], &[1.0, 1.0], 120.0);
        assert_eq!(found, (vec![80.0, 40.0], None));
    }
}
