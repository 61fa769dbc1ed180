//! Which form was found to be the best, in sentences and as a table.

use super::contest::{Contender, Contest, Verdict};
use crate::model::KPIS;
use crate::report::record::column::{CI_HIGH, CI_LOW, FORM, KPI, MEAN};
use crate::report::record::field::{Ends, with_ends};
use crate::report::record::row::record;
use crate::report::words::number::decimals_for;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{hang, length, pad_left, pad_right};
use crate::report::{Lang, Table, counted, local};
use crate::scenario::Scenario;

/// Characters in a line.
const WIDTH: usize = 100;

record! {
    /// A form and when it left.
    struct ContenderRow<'a> in "best" {
        kpi: &'a str = KPI;
        form: &'a str = FORM;
        mean: Ends = [
            MEAN.meaning("Mean over the replications that the form was in."),
            CI_LOW,
            CI_HIGH,
        ];
        /// The replication after which it was clearly not the best; empty where it still may be.
        left_after_replication: Option<u32> = ("", "afgevallen na herhaling");
    }
}

/// The forms as they left, the last ones first.
pub fn contest_table(scenario: &Scenario, contest: &Contest, verdict: &Verdict) -> String {
    let rows = verdict.contenders.iter().map(|one| ContenderRow {
        kpi: KPIS[contest.kpi].key,
        form: &scenario.cases[one.case].form.key,
        mean: with_ends(one.estimate),
        left_after_replication: one.left_after,
    });
    Table::of(rows).to_csv()
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
        let left = match one.left_after {
            _ if verdict.growing.contains(&one.case) => phrase("grows", lang).to_owned(),
            None => phrase("select_may_be_best", lang).to_owned(),
            Some(n) => told("select_left", lang, &[("n", &n.to_string())]),
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
    let best = verdict.best();
    let key = match best {
        Some(_) => "select_best",
        None if !verdict.growing.is_empty() => "select_no_rank",
        None => "select_not_decided",
    };
    let form = best.map_or("", |case| lang.label(&scenario.cases[case].form.label));
    let parts = [
        ("form", form),
        ("indifference", &*indifference),
        ("replications", &replications),
    ];
    let sentence = told(key, lang, &parts);
    text += &hang("", &sentence, WIDTH);
    let cost = told(
        "select_cost",
        lang,
        &[("replications", &replications), ("passes", &passes)],
    );
    text + &hang("", &cost, WIDTH)
}
