//! Rows of the tables of series: quarter by quarter, and whether they come to rest.

use super::column::{CI_HIGH, CI_LOW, Column, FORM, MEAN, N, UNIT, column};
use super::field::{Ends, Mean, SeriesNumber};
use super::row::record;
use crate::engine::Date;

pub(crate) const SERIES_KEY: Column = column(
    "series",
    "",
    "Key of the series; its unit and definition stand in this dictionary under table series_key.",
    "reeks",
);
const TEAM_OF_SERIES: Column = column(
    "team",
    "",
    "Key of the team in the form; empty where the series is of all families or all teams of the chain together.",
    "team",
);
const LOW: &str = "Lower end of the 95 % interval of the mean (Student t over replications); empty with fewer than two values.";
const HIGH: &str = "Upper end of the 95 % interval of the mean (Student t over replications); empty with fewer than two values.";

record! {
    /// A row of series.csv.
    pub(crate) struct QuarterRow<'a> in "series" {
        form: &'a str = FORM;
        /// All regions of the run together: NL if none is left out, else totaal.
        region: &'a str = ("", "regio");
        /// Last day of the quarter of thirteen weeks, counted from the first day of the warm-up.
        date: Date = ("", "laatste dag van het kwartaal");
        /// measured if the whole quarter lies in the measured period, else warm_up.
        phase: &'a str = ("", "fase");
        team: Option<&'a str> = TEAM_OF_SERIES;
        series: SeriesNumber = SERIES_KEY;
        unit: &'a str = UNIT.meaning("Unit of the series.");
        mean: Mean = [
            MEAN.in_unit("of the series"),
            CI_LOW.in_unit("of the series").meaning(LOW),
            CI_HIGH.in_unit("of the series").meaning(HIGH),
            N.named("n_replications"),
        ];
        /// Welch's moving average: the mean over five quarters with this one in the middle, fewer near the ends; empty where a quarter of them has no value. Where it becomes level the warm-up has ended.
        smoothed: Option<f64> = ("of the series", "voortschrijdend gemiddelde");
    }
}

record! {
    /// A row of warm_up.csv.
    pub(crate) struct WarmUpRow<'a> in "warm_up" {
        form: &'a str = FORM;
        series: SeriesNumber = SERIES_KEY;
        team: Option<&'a str> = TEAM_OF_SERIES;
        /// Warm-up of the run, in whole weeks.
        given_weeks: u32 = ("weeks", "inlooptijd");
        /// Warm-up that the series needs by the marginal standard error rule (MSER) over the quarters of the whole run, mean of replications; empty if the rule cuts in the second half, so that the series is not at rest within the run, or if the run has fewer than ten quarters.
        needed_weeks: Option<u32> = ("weeks", "nodige inlooptijd");
        /// true if the rule finds a rest and the measured quarters do not change by 2 % a year or more with an interval that excludes zero; empty if the run is too short to say.
        settles: Option<bool> = ("", "komt tot rust");
        change: Ends = [
            column("change_percent_per_year", "percent per year", "Slope of a straight line through the measured quarters as a share of their mean, mean of replications.", "verandering per jaar in de gemeten periode"),
            column("ci_low", "percent per year", "Lower end of the 95 % interval of the change (Student t over replications); empty with fewer than two values.", "ondergrens"),
            column("ci_high", "percent per year", "Upper end of the 95 % interval of the change (Student t over replications); empty with fewer than two values.", "bovengrens"),
        ];
    }
}
