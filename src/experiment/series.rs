//! The table of series: what can be followed through a run, quarter by quarter.

use super::comparison::mean;
use super::outcome::Outcome;
use crate::engine::{MINUTES_PER_DAY, MINUTES_PER_YEAR};
use crate::model::{QUARTER_DAYS, Quarter, TeamQuarter, Wait};
use crate::stats::Estimate;

/// How a series is computed from a quarter.
#[derive(Clone, Copy, Debug)]
enum Formula {
    /// Of all families together.
    Whole(fn(&Quarter) -> Option<f64>),
    /// Of one team, or of all teams of the chain together.
    Team(fn(&TeamQuarter) -> Option<f64>),
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct SeriesRow {
    /// Its name in series.csv.
    pub key: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What a Dutch reader sees.
    pub nl: &'static str,
    /// What an English reader sees.
    pub en: &'static str,
    /// How it is defined.
    pub definition: &'static str,
    /// Whether it has a panel in the picture of the warm-up.
    pub is_main: bool,
    formula: Formula,
}

impl SeriesRow {
    /// Whether every team has its own beside that of all together.
    pub fn is_of_team(&self) -> bool {
        matches!(self.formula, Formula::Team(_))
    }
}

macro_rules! series {
    ($( $panel:ident $key:literal [$unit:literal], $nl:literal, $en:literal,
        $definition:literal = $formula:expr; )+) => {
        /// Every series.
        pub const SERIES: &[SeriesRow] = &[
            $( SeriesRow {
                key: $key,
                unit: $unit,
                nl: $nl,
                en: $en,
                definition: $definition,
                is_main: series!(@$panel),
                formula: { use Formula::*; $formula },
            }, )+
        ];
    };
    (@panel) => { true };
    (@detail) => { false };
}

series! {
    panel "open_cases" ["families"],
        "gezinnen met een open zaak", "families with an open case",
        "Families with an open case on the last day of the quarter."
        = Whole(|quarter| Some(quarter.open_cases as f64));
    panel "hulp_stock" ["families"],
        "gezinnen met vrijwillige hulp", "families with voluntary help",
        "Families with running voluntary help on the last day of the quarter."
        = Whole(|quarter| Some(quarter.hulp_stock as f64));
    panel "ots_stock" ["families"],
        "gezinnen onder OTS", "families under OTS",
        "Families under an (also voorlopige) ondertoezichtstelling on the last day of the quarter."
        = Whole(|quarter| Some(quarter.ots_stock as f64));
    panel "voogdij_stock" ["families"],
        "gezinnen onder voogdij", "families under voogdij",
        "Families with a child under voogdij on the last day of the quarter."
        = Whole(|quarter| Some(quarter.voogdij_stock as f64));
    detail "jeugdreclassering_stock" ["young people"],
        "jongeren onder jeugdreclassering", "young people under jeugdreclassering",
        "Young people under jeugdreclassering on the last day of the quarter."
        = Whole(|quarter| Some(quarter.jeugdreclassering_stock as f64));
    panel "queue_mean" ["requests"],
        "verzoeken in een wachtrij", "requests in a queue",
        "Mean number of requests that wait for the team, in all its areas together; with no team, for all teams but those outside the chain."
        = Team(|team| Some(team.waiting as f64 / per_quarter()));
    detail "load_percent" ["percent"],
        "belasting professionals", "staff load",
        "Reserved hours as a share of available hours; for a team outside the chain, its places taken; with no team, of all teams but those."
        = Team(|team| share(100.0 * team.reserved as f64, team.available as f64));
    panel "meldingen_per_year" ["per year"],
        "meldingen per jaar", "meldingen a year",
        "Meldingen of every kind in the quarter, as a number a year."
        = Whole(|quarter| Some(a_year(quarter.meldingen)));
    detail "ots_per_year" ["per year"],
        "nieuwe OTS per jaar", "new OTS a year",
        "Families with a new ondertoezichtstelling in the quarter, as a number a year."
        = Whole(|quarter| Some(a_year(quarter.new_ots)));
    panel "wait_assessment_mean_days" ["days"],
        "dagen tot veiligheidsbeoordeling", "days to assessment",
        "Mean time from a melding that opens a case to the end of its veiligheidsbeoordeling, of those that ended in the quarter."
        = Whole(|quarter| mean_days(quarter, Wait::Assessment));
    panel "wait_first_help_mean_days" ["days"],
        "dagen tot eerste hulp", "days to first help",
        "Mean time from the opening of a case to the first help, of those that ended in the quarter."
        = Whole(|quarter| mean_days(quarter, Wait::FirstHelp));
    panel "wait_raad_mean_days" ["days"],
        "dagen wachten op de Raad", "days waiting for the Raad",
        "Mean time from asking for a beschermingsonderzoek to its start, of those that started in the quarter."
        = Whole(|quarter| mean_days(quarter, Wait::Raad));
    detail "wait_jeugdbeschermer_mean_days" ["days"],
        "dagen wachten op een jeugdbeschermer", "days waiting for a jeugdbeschermer",
        "Mean time from the judge's order to a jeugdbeschermer, of those that began in the quarter."
        = Whole(|quarter| mean_days(quarter, Wait::Jeugdbeschermer));
    detail "unsafe_stock" ["families"],
        "onveilige gezinnen zonder bescherming", "unsafe families without protection",
        "Families with an open case on the last day of the quarter that are unsafe and that neither help, conditions nor a measure protects."
        = Whole(|quarter| Some(quarter.unsafe_stock as f64));
    detail "waiting_stock" ["families"],
        "gezinnen die alleen wachten", "families that only wait",
        "Families with an open case on the last day of the quarter for whom nothing runs: they wait for a team, the jeugdbeschermingstafel, the judge or a specialist."
        = Whole(|quarter| Some(quarter.waiting_stock as f64));
    detail "lead_changes_per_year" ["per year"],
        "gezinnen met een andere professional", "families that get another professional",
        "How often in the quarter a family that had a lead got another, of the same team or of another, as a number a year."
        = Whole(|quarter| Some(a_year(quarter.lead_changes)));
}

/// Minutes of a quarter.
fn per_quarter() -> f64 {
    f64::from(QUARTER_DAYS * MINUTES_PER_DAY)
}

fn a_year(n_in_quarter: u64) -> f64 {
    n_in_quarter as f64 * f64::from(MINUTES_PER_YEAR) / per_quarter()
}

fn mean_days(quarter: &Quarter, wait: Wait) -> Option<f64> {
    let wait = quarter.waits[wait as usize];
    share(
        wait.minutes as f64 / f64::from(MINUTES_PER_DAY),
        wait.n as f64,
    )
}

/// All teams of the chain together.
fn chain(quarter: &Quarter) -> TeamQuarter {
    let own = quarter.teams.iter().filter(|team| !team.is_external);
    own.fold(TeamQuarter::default(), |mut sum, team| {
        sum.merge(team);
        sum
    })
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// A series of one form: a row of [`SERIES`], and of which team.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Track {
    /// Number of the row in [`SERIES`].
    pub row: usize,
    /// Index of the team in the form; `None` where it is of all together.
    pub team: Option<usize>,
}

impl Track {
    /// Its row in the table.
    pub fn series(self) -> &'static SeriesRow {
        &SERIES[self.row]
    }

    /// Its value in a quarter, or `None` where nothing was observed that it could be about.
    pub fn value(self, quarter: &Quarter) -> Option<f64> {
        match (self.series().formula, self.team) {
            (Formula::Whole(formula), _) => formula(quarter),
            (Formula::Team(formula), Some(team)) => formula(&quarter.teams[team]),
            (Formula::Team(formula), None) => formula(&chain(quarter)),
        }
    }
}

/// Every series of a form with so many teams: those of all together, then team
/// by team.
pub fn tracks(n_teams: usize) -> Vec<Track> {
    let whole = (0..SERIES.len()).map(|row| Track { row, team: None });
    let of_team = |team| {
        let rows = (0..SERIES.len()).filter(|&row| SERIES[row].is_of_team());
        rows.map(move |row| Track {
            row,
            team: Some(team),
        })
    };
    whole.chain((0..n_teams).flat_map(of_team)).collect()
}

impl Outcome {
    /// Mean and interval of a series in every quarter, all regions together,
    /// over the replications that have a value.
    pub fn series(&self, case: usize, track: Track) -> Vec<Option<Estimate>> {
        (0..self.n_quarters())
            .map(|quarter| {
                let values: Vec<f64> = self.values_in(case, track, quarter).collect();
                self.interval(&values)
            })
            .collect()
    }

    /// Mean of a series in a quarter.
    pub(crate) fn mean_in(&self, case: usize, track: Track, quarter: usize) -> Option<f64> {
        mean(self.values_in(case, track, quarter))
    }

    /// Values of a series in a quarter, of the replications that have one.
    pub(crate) fn values_in(
        &self,
        case: usize,
        track: Track,
        quarter: usize,
    ) -> impl Iterator<Item = f64> + '_ {
        (1..=self.n_replications())
            .filter_map(move |replication| track.value(&self.quarters(case, replication)[quarter]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::WaitSum;

    fn value(key: &str, team: Option<usize>, quarter: &Quarter) -> Option<f64> {
        let row = SERIES.iter().position(|series| series.key == key);
        let row = row.expect("a row of that name");
        Track { row, team }.value(quarter)
    }

    #[test]
    fn series_are_what_they_say() {
        // A day has 1440 minutes, a quarter 91 days.
        let mut quarter = Quarter::new(3);
        quarter.meldingen = 91;
        quarter.waits[Wait::Raad as usize] = WaitSum {
            minutes: 3 * 1440,
            n: 2,
        };
        let team = |queue: i128, reserved, is_external| TeamQuarter {
            is_external,
            waiting: queue * 91 * 1440,
            reserved,
            available: 100,
        };
        quarter.teams = vec![team(4, 90, false), team(1, 50, false), team(7, 10, true)];
        assert_eq!(value("meldingen_per_year", None, &quarter), Some(365.25));
        assert_eq!(value("wait_raad_mean_days", None, &quarter), Some(1.5));
        assert_eq!(value("wait_first_help_mean_days", None, &quarter), None);
        assert_eq!(value("queue_mean", Some(2), &quarter), Some(7.0));
        assert_eq!(value("load_percent", Some(0), &quarter), Some(90.0));
        // All teams, but not those outside the chain.
        assert_eq!(value("queue_mean", None, &quarter), Some(5.0));
        assert_eq!(value("load_percent", None, &quarter), Some(70.0));
    }

    #[test]
    fn a_form_has_every_series_and_every_team_its_own() {
        let n_of_team = SERIES.iter().filter(|series| series.is_of_team()).count();
        assert_eq!(tracks(3).len(), SERIES.len() + 3 * n_of_team);
        let keys: std::collections::BTreeSet<_> = SERIES.iter().map(|one| one.key).collect();
        assert_eq!(keys.len(), SERIES.len());
    }
}
