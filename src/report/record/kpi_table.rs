//! Rows of the tables of KPIs: what replications showed, what that comes to, and how forms differ.

use super::column::{
    AT_REST, BASELINE, CI_HIGH, CI_LOW, Column, FORM, KPI, MEAN, N, REGION, ROUTE, UNIT, column,
};
use super::field::{KpiNumber, Mean};
use super::row::record;

const CHANCE_SHARE: Column = column(
    "chance_share",
    "0 to 1",
    "Share of the squared spread over the replications that is chance, from those that run in one world; the rest is what worlds differ in, that is, assumptions. 1 where all run in one world, empty where no world was run twice or nothing differs.",
    "deel toeval",
);

record! {
    /// A row of replications.csv.
    pub(crate) struct ReplicationRow<'a> in "replications" {
        form: &'a str = FORM;
        /// Number of the replication, from 1: the same number has the same families and the same chance in every form.
        replication: u32 = ("", "herhaling");
        region: &'a str = REGION;
        kpi: &'a str = KPI;
        /// Value of the KPI; empty where nothing was observed that it could be about.
        value: Option<f64> = ("of the kpi", "waarde");
    }
}

record! {
    /// A row of kpis.csv.
    pub(crate) struct EstimateRow<'a> in "kpis" {
        form: &'a str = FORM;
        region: &'a str = REGION;
        kpi: KpiNumber = [KPI, UNIT];
        mean: Mean = [MEAN, CI_LOW, CI_HIGH, N];
        at_rest: bool = AT_REST;
        chance_share: Option<f64> = CHANCE_SHARE;
    }
}

record! {
    /// A row of paired.csv.
    pub(crate) struct PairedRow<'a> in "paired" {
        form: &'a str = FORM;
        baseline: &'a str = BASELINE;
        region: &'a str = REGION;
        kpi: KpiNumber = [KPI, UNIT];
        difference: Mean = [
            column("mean_difference", "of the kpi", "Mean over replications of the form's value less the baseline's in the same replication.", "gemiddeld verschil"),
            CI_LOW.meaning("Lower end of the interval of the mean difference (Student t over replications); the intervals of all forms that are compared on this KPI hold at once with 95 % (Bonferroni). Where replications run in worlds of their own, of the difference in the next world. Empty with fewer than two values."),
            CI_HIGH.meaning("Upper end of that interval."),
            N.meaning("Replications in which both forms have a value."),
        ];
        /// Standard deviation of the difference within a replication.
        sd_paired: Option<f64> = ("of the kpi", "spreiding van het verschil");
        /// Standard deviation that the difference would have had without the same families in both forms.
        sd_unpaired: Option<f64> = ("of the kpi", "spreiding zonder koppeling");
        at_rest: bool = AT_REST.meaning("Whether the figure stands in both forms: false where it grows without end in either, and the difference is none to build on.");
        chance_share: Option<f64> = CHANCE_SHARE;
    }
}

record! {
    /// A row of routes.csv.
    pub(crate) struct RouteRow<'a> in "routes" {
        form: &'a str = FORM;
        region: &'a str = REGION;
        route: &'a str = ROUTE;
        /// Closed cases a year that went this way, mean over replications.
        cases_per_year: f64 = ("per year", "zaken per jaar");
        /// Share of all closed cases, 0 to 1; empty if none were closed.
        share: Option<f64> = ("share", "aandeel");
    }
}
