//! What a run will take, before it is made: time, memory, and whether it can be had.
//!
//! Events go with families, memory with the records of families and with what
//! is kept of every replication. The constants were measured on the shipped
//! comparison (docs/architecture.md has the measurements); what a scenario does
//! to queues moves them by a half, so a cost is told as "about".

use super::design::Design;
use super::outcome::{Sample, TeamSample};
use super::staffing::n_pilots;
use super::team::TEAM_FIGURES;
use crate::model::{Flow, KPIS, Quarter, Volume};
use crate::scenario::{Diagnostic, Scenario, TOO_LONG, TOO_MANY_FAMILIES, TOO_MUCH_MEMORY, said};

/// Events of a family that comes, from its first melding or intake on.
const EVENTS_PER_ARRIVAL: f64 = 14.0;
/// Events of a family that is in sight, a year.
const EVENTS_PER_FAMILY_YEAR: f64 = 0.9;
/// Events of an incident, with what is done about it.
const EVENTS_PER_INCIDENT: f64 = 3.0;
/// Incidents of a family a year, at the highest hazard that there is, that the above holds.
const INCIDENTS_HELD: f64 = 10.0;
/// Time of one core for an event \[seconds\].
pub(crate) const SECONDS_PER_EVENT: f64 = 0.65e-6;
/// Time of one core for a pass in which nothing happens \[seconds\].
pub(crate) const SECONDS_PER_PASS: f64 = 0.005;
/// Memory of the program with its files, with the page that it draws at the end, and with what its allocator holds
/// ready \[bytes\].
const BYTES_OF_PROGRAM: f64 = 110e6;
/// Memory of a family in sight, with what is planned for it \[bytes\].
const BYTES_PER_FAMILY: f64 = 600.0;
/// Memory of a professional, with what is planned for them, in a pool where several kinds of people work \[bytes\].
const BYTES_PER_PROFESSIONAL: f64 = 600.0;
/// Memory of all regions of a replication together, less its quarters \[bytes\].
const BYTES_PER_GROUP: f64 = 85e3;
/// Flows that a form shows in a place, about; the shipped forms show some sixty.
const FLOWS: usize = 64;
/// Days in a quarter.
const DAYS_PER_QUARTER: f64 = 91.0;
/// A run that takes longer than this is a slip of the pen \[seconds\].
const LONGEST: f64 = 100.0 * 86_400.0;

/// Passes that are made together: enough to keep all threads at work, few enough to be kept in
/// memory.
const PASSES_TOGETHER: usize = 2_000;

/// How many points of a sweep are made together.
pub fn points_together(scenario: &Scenario) -> usize {
    let n_passes = Design::new(scenario).n_passes();
    (PASSES_TOGETHER / n_passes.max(1)).max(1)
}

/// What a run, or a study of several, is expected to take.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cost {
    /// Passes to make.
    pub n_passes: f64,
    /// Families in all passes, times the years for which they are in sight \[years\].
    pub family_years: f64,
    /// Events to handle.
    pub n_events: f64,
    /// Threads to make them on.
    pub n_threads: usize,
    /// Time \[seconds\].
    pub seconds: f64,
    /// Memory at its highest \[bytes\].
    pub bytes: f64,
    /// The part of it that grows with the replications \[bytes\].
    pub(crate) bytes_kept: f64,
    /// A region with more families than there are numbers for.
    unnumbered: Option<usize>,
}

impl Cost {
    /// The cost of a run on so many threads.
    pub fn of_run(scenario: &Scenario, n_threads: usize) -> Self {
        let design = Design::new(scenario);
        let (mut sum, mut largest) = (Pass::default(), Vec::new());
        let mut unnumbered = None;
        let replications = f64::from(scenario.replications);
        let n_pilots = n_pilots(scenario) as f64 / scenario.cases.len() as f64;
        let days = f64::from(scenario.period.total_days());
        for case in &scenario.cases {
            for (number, region) in scenario.regions.iter().enumerate() {
                let volume = Volume::of(&case.parameters, region, &scenario.period);
                if !volume.is_addressable {
                    unnumbered = Some(number);
                }
                let mut pass = Pass::of(&volume);
                // What lies before the first change is simulated for all paths at once, and then copied.
                let first = case
                    .stages_in(number, None)
                    .first()
                    .map(|(moment, _)| moment.day);
                let own = 1.0 - f64::from(first.unwrap_or(0)) / days;
                sum.add(&pass, own * replications + n_pilots);
                pass.bytes *= if case.course.is_some() { 2.0 } else { 1.0 };
                largest.push(pass);
            }
        }
        largest.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
        // Every pass may run beside its replications: the largest are made at once.
        let at_once = (0..n_threads).map(|thread| {
            let nth = thread / scenario.replications as usize;
            largest.get(nth).map_or(0.0, |pass| pass.bytes)
        });
        let group = BYTES_PER_GROUP + days / DAYS_PER_QUARTER * size_of::<Quarter>() as f64;
        let n_places = scenario.regions.len() as f64 + 1.0;
        let bytes_kept = scenario
            .cases
            .iter()
            .map(|case| replications * (group + n_places * sample_bytes(case.form.teams.len())));
        let bytes_kept: f64 = bytes_kept.sum();
        let longest = largest.first().map_or(0.0, |pass| pass.seconds);
        Cost {
            n_passes: (design.n_passes() + design.n_pilots()) as f64,
            family_years: sum.family_years,
            n_events: sum.n_events,
            n_threads,
            seconds: (sum.seconds / n_threads as f64).max(longest),
            bytes: BYTES_OF_PROGRAM + at_once.sum::<f64>() + bytes_kept,
            bytes_kept,
            unnumbered,
        }
    }

    /// The cost of a scenario in each of its settings, one after the other; the outcome of the first is kept
    /// until the last.
    pub fn of_settings(settings: &[Scenario], n_threads: usize) -> Self {
        let mut costs = settings.iter().map(|one| Cost::of_run(one, n_threads));
        let first = costs.next().expect("a scenario has a setting");
        costs.fold(first, |all, one| all.then(one, first.bytes_kept))
    }

    /// The cost of this and then of another run, while so much is kept beside that.
    fn then(self, next: Self, bytes_beside: f64) -> Self {
        Cost {
            n_passes: self.n_passes + next.n_passes,
            family_years: self.family_years + next.family_years,
            n_events: self.n_events + next.n_events,
            seconds: self.seconds + next.seconds,
            bytes: self.bytes.max(next.bytes + bytes_beside),
            unnumbered: self.unnumbered.or(next.unnumbered),
            ..self
        }
    }

    /// The cost of runs one after the other, of each of which little is kept; none of no runs.
    pub fn of_runs(runs: impl Iterator<Item = Scenario>, n_threads: usize) -> Option<Self> {
        let costs = runs.map(|run| Cost::of_run(&run, n_threads));
        costs.reduce(|all, one| all.then(one, 0.0))
    }

    /// The cost of a scenario of which so many cases are run together, and of each only its KPIs are
    /// kept when they are.
    pub fn of_parts(scenario: &Scenario, n_together: usize, n_threads: usize) -> Self {
        let mut cost = Cost::of_run(scenario, n_threads);
        let n_cases = scenario.cases.len().max(1) as f64;
        let at_once = (n_together as f64 / n_cases).min(1.0);
        let samples = f64::from(scenario.replications) * (scenario.regions.len() as f64 + 1.0);
        let figures = n_cases * samples * (KPIS.len() * size_of::<Option<f64>>()) as f64;
        cost.bytes -= cost.bytes_kept * (1.0 - at_once);
        cost.bytes += figures;
        cost
    }

    /// Why it cannot be had where so much memory is free; no word where that is not known.
    pub fn excess(&self, scenario: &Scenario, free_bytes: Option<u64>) -> Option<Diagnostic> {
        if let Some(region) = self.unnumbered {
            let fact = said!(
                "more families would come in {}, or more professionals work there, than there are numbers for",
                scenario.regions[region].name
            );
            let help = said!(
                "write a smaller value for `demand.own_intake`, `household.known_years` or the fte, or a shorter time"
            );
            return Some(Diagnostic::error(TOO_MANY_FAMILIES, fact).help(help));
        }
        let free = free_bytes.map_or(f64::INFINITY, |free| free as f64);
        if self.bytes > free {
            let fact = said!(
                "this needs about {} of memory, and {} is free",
                size(self.bytes),
                size(free)
            );
            let help = if self.bytes_kept > self.bytes / 2.0 {
                // With room to spare: what is free changes by the minute.
                let n = 0.8 * f64::from(scenario.replications) * free / self.bytes;
                let step = libm::pow(10.0, libm::floor(libm::log10(n)).max(0.0));
                let n = ((n / step).floor() * step).max(1.0);
                said!("write fewer replications: {} or less", n)
            } else {
                said!("name fewer regions, write a shorter time, or give fewer --threads")
            };
            return Some(Diagnostic::error(TOO_MUCH_MEMORY, fact).help(help));
        }
        if self.seconds > LONGEST {
            let fact = said!(
                "this would take about {} days on {}: {} events",
                format!("{:.0}", self.seconds / 86_400.0),
                match self.n_threads {
                    1 => said!("1 thread"),
                    n => said!("{} threads", n),
                },
                format!("{:.1e}", self.n_events)
            );
            let help = said!("write fewer replications, a shorter time, or fewer regions or forms");
            return Some(Diagnostic::error(TOO_LONG, fact).help(help));
        }
        None
    }
}

/// What one pass takes.
#[derive(Clone, Copy, Default)]
struct Pass {
    family_years: f64,
    n_events: f64,
    seconds: f64,
    bytes: f64,
}

impl Pass {
    fn of(volume: &Volume) -> Self {
        let held = INCIDENTS_HELD * volume.family_years;
        let n_events = EVENTS_PER_ARRIVAL * volume.arriving
            + EVENTS_PER_FAMILY_YEAR * volume.family_years
            + EVENTS_PER_INCIDENT * (volume.most_incidents - held).max(0.0)
            + volume.candidate_days;
        Pass {
            family_years: volume.family_years,
            n_events,
            seconds: SECONDS_PER_PASS + SECONDS_PER_EVENT * n_events,
            bytes: BYTES_PER_FAMILY * volume.in_sight
                + BYTES_PER_PROFESSIONAL * volume.professionals,
        }
    }

    fn add(&mut self, other: &Pass, times: f64) {
        self.family_years += times * other.family_years;
        self.n_events += times * other.n_events;
        self.seconds += times * other.seconds;
    }
}

/// What is kept of a form with so many teams in a place \[bytes\].
fn sample_bytes(n_teams: usize) -> f64 {
    let number = size_of::<Option<f64>>();
    let team = size_of::<TeamSample>() + TEAM_FIGURES.len() * number;
    let flows = FLOWS * size_of::<Flow>();
    (size_of::<Sample>() + KPIS.len() * number + n_teams * team + flows) as f64
}

/// A size as people read it.
fn size(bytes: f64) -> String {
    let giga = bytes / 1e9;
    if giga >= 1.0 {
        format!("{giga:.0} GB")
    } else {
        format!("{:.0} MB", bytes / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::scenario::Lang;

    const FREE: Option<u64> = Some(8_000_000_000);

    #[test]
    fn more_of_anything_costs_more() {
        let base = scenario(3);
        let cost = |scenario: &Scenario| Cost::of_run(scenario, 2);
        let mut longer = base.clone();
        longer.period.measured_days *= 2;
        let mut often = base.clone();
        often.replications *= 2;
        for more in [longer, often] {
            assert!(cost(&more).seconds > cost(&base).seconds);
            assert!(cost(&more).bytes > cost(&base).bytes);
        }
        assert!(Cost::of_run(&base, 4).seconds < cost(&base).seconds);
        assert!(Cost::of_run(&base, 4).bytes > cost(&base).bytes);
    }

    #[test]
    fn what_the_machine_does_not_have_is_refused_with_what_to_write() {
        let told = |scenario: &Scenario, free| {
            let excess = Cost::of_run(scenario, 2).excess(scenario, free);
            excess.map(|one| {
                (
                    one.code,
                    one.help.map_or(String::new(), |help| help.text(Lang::En)),
                )
            })
        };
        let base = scenario(3);
        assert_eq!(told(&base, FREE), None);
        assert_eq!(told(&base, None), None);
        let (code, help) = told(&base, Some(1_000_000)).unwrap();
        assert_eq!(code, "S070");
        assert!(help.contains("fewer regions"), "{help}");

        let mut often = base.clone();
        often.replications = 100_000;
        let (code, help) = told(&often, FREE).unwrap();
        assert_eq!(code, "S070");
        let n: u32 = help.split(' ').nth(3).unwrap().parse().unwrap();
        often.replications = n;
        assert_eq!(told(&often, FREE), None, "what is advised can be had");

        let mut crowded = base.clone();
        crowded.cases[1].parameters.demand.own_intake = 1e9;
        assert_eq!(told(&crowded, FREE).unwrap().0, "S071");

        let mut long = base.clone();
        long.replications = 100_000;
        long.period.measured_days = 36_500;
        for case in &mut long.cases {
            case.parameters.demand.growth_per_year = 0.05;
        }
        assert_eq!(told(&long, None).unwrap().0, "S072");
    }
}
