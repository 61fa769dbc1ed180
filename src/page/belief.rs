//! The first screen of a run under several belief sets: ranges in its table, and what holds under all of them.

use super::board::Board;
use serde_json::{Value, json};

use super::document::HEADING_LENGTH;
use super::grid::{self, Cell, colour, counts, spoken};
use crate::report::chart::escaped;
use crate::report::figure::picture::{decimals, row};
use crate::report::finding::verdict::Verdict;
use crate::report::side::agreement::Agreement;
use crate::report::side::comparison::Spot;
use crate::report::side::range::Range;
use crate::report::words::board_kpi::FIRST;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::cut;
use crate::report::{Lang, SideBySide, significant};

/// Between the ends of a range.
const BETWEEN: &str = "–";

/// The belief sets of a run beside each other, if it has several.
pub(crate) fn several(run: &Board) -> Option<&SideBySide> {
    run.beside.as_ref().filter(|found| found.group(0).len() > 1)
}

/// The table of the first screen: ranges over belief sets, and a direction where all of them show it.
pub(crate) fn table(run: &Board, found: &SideBySide, lang: Lang) -> String {
    grid::table(run, "", FIRST, lang, |form, kpi| {
        cell(run, found, form, kpi, lang)
    })
}

fn cell(run: &Board, found: &SideBySide, form: usize, kpi: usize, lang: Lang) -> Cell {
    let place = run.merged();
    let range = found.range(0, Spot { form, place, kpi });
    let is_baseline = form == run.baseline();
    let grows = (range.n_growing > 0).then_some(Agreement::Grows);
    let shown = match is_baseline {
        true => grows.map(Some),
        false => Some(range.agreement),
    };
    let sign = shown.map_or(String::new(), |one| spoken(sign(one), words(one, lang)));
    let numbers = numbers(range, decimals(run, kpi), lang);
    let is_known = !is_baseline && range.agreement.is_some_and(|one| one != Agreement::Grows);
    let breadth = match is_known {
        true => counts(found.breadth(0, form, kpi), lang),
        false => String::new(),
    };
    let colour = match range.agreement {
        Some(Agreement::Lower) => colour(kpi, Verdict::Lower),
        Some(Agreement::Higher) => colour(kpi, Verdict::Higher),
        _ => "",
    };
    let row = FIRST.iter().position(|key| self::row(key) == kpi);
    let row = row.expect("the table has no other rows");
    (
        format!(" data-r=\"{row}\"{colour}"),
        format!("{sign}<b>{numbers}</b>{breadth}"),
    )
}

/// The ends of a range; nothing where a queue behind the figure grows under one of the belief sets.
fn numbers(range: Range, decimals: usize, lang: Lang) -> String {
    match range.n_growing {
        0 => range.told(decimals, BETWEEN, lang).unwrap_or_default(),
        _ => String::new(),
    }
}

fn sign(agreement: Option<Agreement>) -> &'static str {
    agreement.map_or(Verdict::Unknown.sign(), Agreement::sign)
}

fn words(agreement: Option<Agreement>, lang: Lang) -> &'static str {
    let key = agreement.map_or("unknown", Agreement::key);
    phrase(&format!("script_sets_{key}"), lang)
}

/// What holds under all belief sets and what depends on them, in how many forms; where the rest is told.
pub(crate) fn lists(run: &Board, found: &SideBySide, lang: Lang) -> String {
    let holds = |kpi: &str| {
        let sides = [("lower", Agreement::Lower), ("higher", Agreement::Higher)];
        let told = sides.map(|(word, asked)| {
            let n = n_forms(run, found, kpi, asked);
            (n > 0).then(|| format!("{} ({n})", phrase(&format!("script_{word}"), lang)))
        });
        let told: Vec<String> = told.into_iter().flatten().collect();
        (!told.is_empty()).then(|| format!("{} {}", brief(kpi, lang), told.join(", ")))
    };
    let depends = |kpi: &str| {
        let n = n_forms(run, found, kpi, Agreement::Depends);
        (n > 0).then(|| format!("{} ({n})", brief(kpi, lang)))
    };
    let list = |told: Vec<String>| match told.is_empty() {
        true => phrase("belief_nothing", lang).to_owned(),
        false => told.join("; "),
    };
    let n = run.variants().count().to_string();
    let among = told("belief_among", lang, &[("n", &n)]);
    let [holds, depends] = [
        list(FIRST.iter().copied().filter_map(holds).collect()),
        list(FIRST.iter().copied().filter_map(depends).collect()),
    ]
    .map(|text| escaped(&text));
    let [first, second] = ["belief_holds", "belief_depends"].map(|key| phrase(key, lang));
    format!(
        "<div class=\"beliefs\">\n<p><a href=\"#{}-beside\"><strong>{}</strong></a> {}: {holds}.</p>\n\
         <p><strong>{}</strong>: {depends}.</p>\n</div>",
        lang.key(),
        escaped(first),
        escaped(&among),
        escaped(second),
    )
}

/// Under which of several belief sets the tables elsewhere on the page hold.
pub(crate) fn elsewhere(run: &Board, lang: Lang) -> String {
    let belief = &run.manifest.belief;
    let belief = cut(lang.pick(&belief.nl, &belief.en), HEADING_LENGTH);
    match several(run) {
        Some(_) => escaped(&(told("belief_elsewhere", lang, &[("belief", &belief)]) + " ")),
        None => String::new(),
    }
}

/// The name of a KPI where a word or two must do.
fn brief(kpi: &str, lang: Lang) -> &'static str {
    phrase(&format!("brief_{kpi}"), lang)
}

/// Of how many forms the belief sets say this together, all regions together.
fn n_forms(run: &Board, found: &SideBySide, kpi: &str, asked: Agreement) -> usize {
    let (place, kpi) = (run.merged(), row(kpi));
    let says = |form: &usize| {
        let spot = Spot {
            form: *form,
            place,
            kpi,
        };
        found.agreement(0, spot) == Some(asked)
    };
    run.variants().filter(says).count()
}

/// The ranges of every region, which page.js writes in the table: ends, what all show, and whether it grows.
pub(crate) fn json(run: &Board) -> Value {
    let Some(found) = several(run) else {
        return Value::Null;
    };
    let short = |end: f64| significant(Some(end)).parse::<f64>().ok();
    let range = |form: usize, place: usize, kpi: usize| {
        let range = found.range(0, Spot { form, place, kpi });
        let ends = range.ends.filter(|_| range.n_growing == 0);
        let told = match (form == run.baseline(), range.n_growing) {
            (true, 0) => None,
            (true, _) => Some(Some(Agreement::Grows)),
            (false, _) => Some(range.agreement),
        };
        let told = told.map(|one| json!([sign(one), one.map_or("unknown", Agreement::key)]));
        json!([ends.map(|ends| ends.map(short)), told])
    };
    let kpis: Vec<usize> = FIRST.iter().map(|key| row(key)).collect();
    let place = |form: usize, place: usize| -> Value {
        kpis.iter().map(|&kpi| range(form, place, kpi)).collect()
    };
    let form =
        |form: usize| -> Value { (0..run.places.len()).map(|one| place(form, one)).collect() };
    (0..run.forms().len()).map(form).collect()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::experiment::Outcome;
    use crate::experiment::fixture::{growing_outcome, handovers, outcome, outcome_of, scenario};
    use crate::model::{Pass, Setting};
    use crate::report::run::reading::tests::written_of;

    /// A run beside another, as if both were the same scenario under two belief sets.
    fn beside(outcomes: [Outcome; 2]) -> ([TempDir; 2], Board) {
        let scenario = scenario(3);
        let [one, other] = outcomes.map(|outcome| written_of(&scenario, &outcome));
        let mut run = Board::read(&one.1).unwrap();
        let found = SideBySide::read(&[one.1.clone(), other.1.clone()]);
        run.beside = Some(found.unwrap());
        ([one.0, other.0], run)
    }

    /// Every form but the first has this many handovers more, with chance beside.
    fn more(extra: f64) -> Outcome {
        let model = |setting: &Setting, _: u64, replication: u32| -> Pass {
            let chance = f64::from(replication * replication);
            match setting.form.key.as_str() {
                "v0_estafette" => handovers(setting, 10.0 + chance),
                _ => handovers(setting, 10.0 + chance + extra),
            }
        };
        outcome_of(&scenario(3), model)
    }

    fn cell_of(run: &Board, form: usize) -> String {
        let found = several(run).unwrap();
        let (attributes, text) = cell(run, found, form, row("handovers_per_case"), Lang::Nl);
        attributes + &text
    }

    #[test]
    fn a_cell_holds_the_range_and_a_direction_that_all_belief_sets_show() {
        let (_homes, run) = beside([more(2.0), more(5.0)]);
        // Chance is 1, 4 and 9 in the three replications.
        let told = cell_of(&run, 1);
        assert!(told.contains("▲</span> <b>16,7–19,7</b>"), "{told}");
        assert!(told.contains("hoger onder alle aannamesets") && told.contains("class=\"bad\""));
        assert!(
            told.contains("lager in 0, hoger in 2 van 2 regio"),
            "{told}"
        );
        assert_eq!(cell_of(&run, 0), " data-r=\"4\"<b>14,7</b>");
        let lists = lists(&run, several(&run).unwrap(), Lang::Nl);
        assert!(
            lists.contains("5 vormen, alle regio&apos;s samen): overdrachten hoger (5)."),
            "{lists}"
        );
        assert!(
            lists.contains("Hangt af van wat u gelooft</strong>: niets."),
            "{lists}"
        );
    }

    #[test]
    fn no_direction_stands_where_belief_sets_do_not_agree() {
        let (_homes, run) = beside([more(2.0), more(-2.0)]);
        let told = cell_of(&run, 1);
        assert!(told.contains("⇅</span> <b>12,7–16,7</b>"), "{told}");
        assert!(told.contains("hangt af van aannameset") && !told.contains("class=\"bad\""));
        assert!(
            told.contains("lager in 0, hoger in 0 van 2 regio"),
            "{told}"
        );
        let lists = lists(&run, several(&run).unwrap(), Lang::Nl);
        assert!(lists.contains("samen): niets."), "{lists}");
        assert!(
            lists.contains("gelooft</strong>: overdrachten (5)."),
            "{lists}"
        );
        let written = json(&run)[1][run.merged()][4].clone();
        assert_eq!(written, json!([[12.6667, 16.6667], ["⇅", "depends"]]));
    }

    #[test]
    fn what_grows_under_one_of_them_has_no_range_and_no_direction() {
        let calm = outcome(&scenario(3));
        let growing = growing_outcome(&scenario(3), "v1_expertnetwerk");
        let (_homes, run) = beside([calm, growing]);
        let told = cell_of(&run, 1);
        assert!(
            told.contains("∞</span> <b></b>") && !told.contains("▲"),
            "{told}"
        );
    }
}
