//! Which form was found to be the best, in sentences and as a table.

use super::contest::{Contender, Contest, Verdict};
use crate::model::KPIS;
use crate::report::record::column::{CI_HIGH, CI_LOW, FORM, KPI, column};
use crate::report::words::number::decimals_for;
use crate::report::words::phrase::phrase;
use crate::report::words::text::{hang, length, pad_left, pad_right};
use crate::report::{Column, Lang, Table, counted, local, significant};
use crate::scenario::Scenario;

/// Characters in a line.
const WIDTH: usize = 100;

/// Columns of the table.
const COLUMNS: &[Column] = &[
    KPI,
    FORM,
    column(
        "mean",
        "of the kpi",
        "Mean over the replications that the form was in.",
        "gemiddelde",
    ),
    CI_LOW,
    CI_HIGH,
    column(
        "left_after_replication",
        "",
        "The replication after which it was clearly not the best; empty where it still may be.",
        "afgevallen na herhaling",
    ),
];

/// The forms as they left, the last ones first.
pub fn contest_table(scenario: &Scenario, contest: &Contest, verdict: &Verdict) -> String {
    let rows = verdict.contenders.iter().map(|one| {
        let estimate = one.estimate.as_ref();
        let end = |end: fn(&crate::stats::Estimate) -> f64| {
            significant(estimate.filter(|it| it.has_interval()).map(end))
        };
        vec![
            KPIS[contest.kpi].key.to_owned(),
            scenario.cases[one.case].form.key.clone(),
            significant(estimate.map(|it| it.mean)),
            end(|it| it.low),
            end(|it| it.high),
            one.left_after.map_or_else(String::new, |n| n.to_string()),
        ]
    });
    Table::new("best", COLUMNS, rows).to_csv()
}

/// Which form is the best, how sure that is, and when the others fell off.
pub fn contest(scenario: &Scenario, contest: &Contest, verdict: &Verdict, lang: Lang) -> String {
    let kpi = lang.kpi_alone(contest.kpi);
    let mut text = format!("{}\n{kpi}\n\n", lang.label(&scenario.label));
    let label = |one: &Contender| lang.label(&scenario.cases[one.case].form.label);
    let width = verdict
        .contenders
        .iter()
        .map(|one| length(label(one)))
        .max();
    let width = width.unwrap_or(0);
    for one in &verdict.contenders {
        let mean = one.estimate.as_ref().map_or_else(String::new, |it| {
            local(it.mean, decimals_for(it.mean), lang)
        });
        let left = match (one.left_after, lang) {
            _ if verdict.growing.contains(&one.case) => phrase("grows", lang).to_owned(),
            (None, Lang::Nl) => "kan de beste zijn".to_owned(),
            (None, Lang::En) => "may be the best".to_owned(),
            (Some(n), Lang::Nl) => format!("afgevallen na herhaling {n}"),
            (Some(n), Lang::En) => format!("left after replication {n}"),
        };
        let (name, mean) = (pad_right(label(one), width), pad_left(&mean, 10));
        text += &format!("{name}{mean}  {left}\n");
    }
    text.push('\n');
    let indifference = local(
        contest.indifference,
        decimals_for(contest.indifference),
        lang,
    );
    let n = verdict.n_replications;
    let replications = counted(n as usize, "replication", lang);
    let n_whole = scenario.cases.len() * scenario.regions.len() * n as usize;
    let passes = format!("{} / {}", verdict.n_passes, n_whole);
    let sentence = match (verdict.best(), lang) {
        (None, Lang::Nl) if !verdict.growing.is_empty() => "Geen rangorde: een wachtrij groeit zonder einde, en wat daarop rust is niet te vergelijken. Laat die vorm weg, of geef haar uren waarmee zij tot rust komt.".to_owned(),
        (None, Lang::En) if !verdict.growing.is_empty() => "No rank: a queue grows without end, and what rests on it cannot be compared. Leave that form out, or give it hours with which it comes to rest.".to_owned(),
        (Some(case), Lang::Nl) => format!(
            "{} is in dit model de beste op deze indicator. De kans dat de gekozen vorm de beste is, is minstens 95 %, als de beste minstens {indifference} van de andere verschilt; vormen die dichterbij liggen gelden als even goed.",
            lang.label(&scenario.cases[case].form.label)
        ),
        (Some(case), Lang::En) => format!(
            "{} is in this model the best on this KPI. The chance that the selected form is the best is 95 % or more, if the best differs by {indifference} or more from the others; forms that are nearer count as equally good.",
            lang.label(&scenario.cases[case].form.label)
        ),
        (None, Lang::Nl) => format!(
            "Na {replications} is niet beslist welke vorm op minder dan {indifference} na de beste is: geef meer herhalingen met --at-most, of een groter verschil met --indifference."
        ),
        (None, Lang::En) => format!(
            "After {replications} it is not decided which form is the best to within {indifference}: allow more with --at-most, or a larger difference with --indifference."
        ),
    };
    text += &hang("", &sentence, WIDTH);
    let cost = match lang {
        Lang::Nl => format!(
            "{replications}; {passes} passages gemaakt. Dit zegt iets over het model en zijn aannamen, niet over de werkelijkheid."
        ),
        Lang::En => format!(
            "{replications}; {passes} passes made. It speaks of the model and its assumptions, not of the world."
        ),
    };
    text + &hang("", &cost, WIDTH)
}
