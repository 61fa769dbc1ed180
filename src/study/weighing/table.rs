//! The tables of a weighing.

use super::belief::Believing;
use super::information::Information;
use super::tipping::Tip;
use super::weigh::{CriterionValue, Scope, Weighing};
use crate::experiment::Figures;
use crate::report::record::column::{self, column};
use crate::report::record::table::{Row, described};
use crate::report::{Column, Run, Table, significant};
use crate::scenario::{Criterion, Entry, Framework};

const FORM: Column = column("form", "", "Key of the form of organisation.", "vorm");
const PROFILE: Column = column(
    "profile",
    "",
    "Key of the profile of weights in the framework.",
    "profiel",
);
const SCOPE: Column = column(
    "scope",
    "",
    "known: criteria of which the simulation or experts say something of every form, their weights made to add up to 1; all: every criterion, a form being worth anything from 0 to 1 on what nobody knows.",
    "reikwijdte",
);
const CRITERION: Column = column("criterion", "", "Key of the criterion.", "criterium");
const MEAN: Column = column("mean", "0 to 1", "Mean over draws.", "gemiddelde");
const LOW: Column = column(
    "low",
    "0 to 1",
    "Value that 2.5 % of the draws stay below.",
    "ondergrens",
);
const HIGH: Column = column(
    "high",
    "0 to 1",
    "Value that 97.5 % of the draws stay below.",
    "bovengrens",
);

const FIRST: Column = column(
    "first",
    "share",
    "Share of draws in which the form is worth most.",
    "kans op de eerste plaats",
);

/// Columns of criteria.csv.
pub(crate) const CRITERIA: &[Column] = &[
    FORM,
    CRITERION,
    column("kind", "", "measured, proxy_and_expert or expert.", "soort"),
    column(
        "basis",
        "",
        "What the value rests on: simulation, experts, both, or nothing, which is anything from 0 to 1.",
        "grondslag",
    ),
    MEAN,
    LOW,
    HIGH,
];
/// Columns of weighing.csv.
const WEIGHING: &[Column] = &[
    PROFILE,
    SCOPE,
    FORM,
    MEAN,
    LOW,
    HIGH,
    FIRST,
    column(
        "confidence",
        "share",
        "Share of worlds in which it is worth most with its central weights (weights.csv); empty if it never is.",
        "vertrouwensfactor",
    ),
    column(
        "net_flow",
        "-1 to 1",
        "Mean net flow of PROMETHEE II, the second method.",
        "netto voorkeur",
    ),
    column(
        "first_by_flow",
        "share",
        "Share of draws in which the form has the largest net flow.",
        "kans op de eerste plaats, tweede methode",
    ),
];
/// Columns of beliefs.csv.
pub(crate) const OF_BELIEFS: &[Column] = &[
    column("belief", "", "Key of the belief set.", "aannameset"),
    column(
        "known",
        "count",
        "Criteria of which something is known of every form under it; where that is none, there is no row with scope known.",
        "aantal bekende criteria",
    ),
    PROFILE,
    SCOPE,
    FORM,
    MEAN,
    LOW,
    HIGH,
    FIRST,
];
/// Columns of ranks.csv.
pub(crate) const RANKS: &[Column] = &[
    PROFILE,
    SCOPE,
    FORM,
    column("rank", "count", "The rank, 1 the best.", "rang"),
    column(
        "acceptability",
        "share",
        "Share of draws in which the form has this rank; forms that are worth the same share ranks.",
        "rangkans",
    ),
];
/// Columns of pairs.csv.
const PAIRS: &[Column] = &[
    PROFILE,
    SCOPE,
    FORM,
    column(
        "other",
        "",
        "Key of the form with which it is compared.",
        "andere vorm",
    ),
    column(
        "wins",
        "share",
        "Share of draws in which the form is worth more than the other, half for the same.",
        "kans om te winnen",
    ),
    column(
        "dominates",
        "share",
        "Share of worlds in which the form is worth less on no known criterion and more on one.",
        "nergens minder",
    ),
];
/// Columns of weights.csv.
pub(crate) const WEIGHTS: &[Column] = &[
    PROFILE,
    SCOPE,
    column(
        "form",
        "",
        "Key of the form for which these are the central weights, the mean of those with which it is first; empty for the mean of all that the profile admits.",
        "vorm",
    ),
    CRITERION,
    column("weight", "share", "The weight, all together 1.", "gewicht"),
];
/// Columns of worlds.csv.
pub(crate) const WORLDS: &[Column] = &[
    column(
        "world",
        "",
        "Number of the draw, from 1; the first draws of all that were made.",
        "wereld",
    ),
    FORM,
    CRITERION,
    column(
        "worth",
        "0 to 1",
        "What the form is worth on the criterion in that draw; criteria of which nothing is known are left out.",
        "waarde",
    ),
];
/// Columns of tipping.csv.
pub(crate) const TIPPING: &[Column] = &[
    PROFILE,
    column(
        "of",
        "",
        "Key of a criterion, or of a group of them.",
        "van",
    ),
    column(
        "weight",
        "share",
        "What it weighs on average under the profile, as a share of what is known.",
        "gewicht",
    ),
    column(
        "tips_below",
        "share",
        "Nearest lower weight at which another form is worth most, the other weights keeping their proportions and everything else at its mean; empty if none.",
        "kantelt onder",
    ),
    column("form_below", "", "Key of that form.", "vorm daaronder"),
    column(
        "tips_above",
        "share",
        "Nearest higher weight of that kind.",
        "kantelt boven",
    ),
    column("form_above", "", "Key of that form.", "vorm daarboven"),
];
/// Columns of evppi.csv.
const EVPPI: &[Column] = &[
    PROFILE,
    column(
        "parameter",
        "",
        "Key of the parameter; empty for all of the sweep at once, an upper bound.",
        "parameter",
    ),
    column(
        "grade",
        "",
        "How well it is known, A best, D an assumption.",
        "graad",
    ),
    column(
        "evppi",
        "0 to 1",
        "Expected value of knowing it exactly before choosing, in the unit of the weighed value, on what is known.",
        "waarde van weten",
    ),
    column(
        "by_chance",
        "0 to 1",
        "Largest of what 20 shuffles of the parameter give; an evppi that is no larger is nothing.",
        "door toeval",
    ),
    column(
        "changed",
        "share",
        "Share of points of the sweep in which knowing it would make another choice.",
        "andere keuze",
    ),
];
/// Every table of a weighing; the last is the dictionary of them all. Of several belief sets, the first among them,
/// there is one that holds all.
pub fn weighing_tables<'a>(
    framework: &'a Framework,
    figures: &'a Figures,
    weighing: &'a Weighing,
    parameters: &'a [(String, Option<&'a Entry>)],
    run: &Run,
    others: &[Believing],
) -> Vec<Table<'a>> {
    let source = Source {
        framework,
        forms: &figures.forms,
        weighing,
    };
    let mut tables = vec![
        Table::new("weighing", WEIGHING, source.weighing().into_iter()),
        Table::new("ranks", RANKS, source.ranks().into_iter()),
        Table::new("criteria", CRITERIA, source.criteria().into_iter()),
        Table::new("pairs", PAIRS, source.pairs().into_iter()),
        Table::new("weights", WEIGHTS, source.weights().into_iter()),
        Table::new("tipping", TIPPING, source.tipping().into_iter()),
        Table::new("worlds", WORLDS, source.worlds().into_iter()),
    ];
    if weighing.n_points > 0 {
        let rows = source.evppi(parameters).into_iter();
        tables.push(Table::new("evppi", EVPPI, rows));
    }
    if !others.is_empty() {
        let others = others.iter().map(|one| (&one.run, &one.weighing));
        let all = [(run, weighing)].into_iter().chain(others);
        let under = all.flat_map(|(run, weighing)| {
            let own = Source { weighing, ..source };
            own.under(run.belief())
        });
        let rows: Vec<Row> = under.collect();
        tables.push(Table::new("beliefs", OF_BELIEFS, rows.into_iter()));
    }
    let rows = column::dictionary("columns", described(&tables));
    tables.push(Table::new("columns", column::COLUMNS, rows.into_iter()));
    tables
}

#[derive(Clone, Copy)]
struct Source<'a> {
    framework: &'a Framework,
    forms: &'a [String],
    weighing: &'a Weighing,
}

/// What the value of a criterion rests on.
pub(crate) fn basis(criterion: &Criterion, forms: &[String], is_known: bool) -> &'static str {
    let is_scored = forms.iter().all(|form| criterion.score(form).is_some());
    match (is_known, criterion.measures.is_empty(), is_scored) {
        (false, _, _) => "nothing",
        (true, false, true) => "both",
        (true, true, _) => "experts",
        (true, false, false) => "simulation",
    }
}

impl Source<'_> {
    /// Begins a row for every profile, scope and form.
    fn spots(&self) -> impl Iterator<Item = (Row, usize, Scope, usize)> {
        let profiles = self.framework.profiles.iter().enumerate();
        profiles.flat_map(move |(number, profile)| {
            Scope::BOTH.into_iter().flat_map(move |scope| {
                self.forms.iter().enumerate().map(move |(form, key)| {
                    let row = vec![profile.key.clone(), scope.key().to_owned(), key.clone()];
                    (row, number, scope, form)
                })
            })
        })
    }

    fn weighing(&self) -> Vec<Row> {
        let row = |(mut row, profile, scope, form): (Row, usize, Scope, usize)| {
            let scope = &self.weighing.profiles[profile].scopes[scope as usize];
            let found = &scope.forms[form];
            row.extend(fields(&found.value));
            row.extend(
                [
                    Some(scope.ranking.acceptability[form][0]),
                    found.confidence,
                    Some(found.net_flow),
                    Some(found.first_by_flow),
                ]
                .map(significant),
            );
            row
        };
        self.spots().map(row).collect()
    }

    /// The same under a belief set, as far as there are ranks.
    fn under(&self, belief: &str) -> Vec<Row> {
        let n_known = self.weighing.is_known.iter().filter(|one| **one).count();
        let is_ranked = |row: &Row| n_known > 0 || row[1] == Scope::All.key();
        let n_columns = OF_BELIEFS.len() - 2;
        let rows = self.weighing().into_iter().filter(is_ranked);
        let rows = rows.map(|row| {
            let lead = [belief.to_owned(), n_known.to_string()];
            lead.into_iter()
                .chain(row.into_iter().take(n_columns))
                .collect()
        });
        rows.collect()
    }

    fn ranks(&self) -> Vec<Row> {
        let rows = self.spots().flat_map(|(row, profile, scope, form)| {
            let scope = &self.weighing.profiles[profile].scopes[scope as usize];
            let ranks = scope.ranking.acceptability[form].iter().enumerate();
            let ranks = ranks.map(move |(rank, share)| {
                let mut row = row.clone();
                row.extend([(rank + 1).to_string(), significant(Some(*share))]);
                row
            });
            ranks.collect::<Vec<_>>()
        });
        rows.collect()
    }

    fn criteria(&self) -> Vec<Row> {
        let forms = self.forms.iter().enumerate();
        let rows = forms.flat_map(|(form, key)| {
            let criteria = self.framework.criteria.iter().enumerate();
            criteria.map(move |(number, criterion)| {
                let is_known = self.weighing.is_known[number];
                let mut row = vec![
                    key.clone(),
                    criterion.key.clone(),
                    criterion.kind.key().to_owned(),
                    basis(criterion, self.forms, is_known).to_owned(),
                ];
                row.extend(fields(&self.weighing.criteria[form][number]));
                row
            })
        });
        rows.collect()
    }

    fn pairs(&self) -> Vec<Row> {
        let rows = self.spots().flat_map(|(row, profile, scope, form)| {
            let scope = &self.weighing.profiles[profile].scopes[scope as usize];
            let others = (0..self.forms.len()).filter(|&other| other != form);
            let others = others.map(|other| {
                let mut row = row.clone();
                row.extend([
                    self.forms[other].clone(),
                    significant(Some(scope.ranking.wins[form][other])),
                    significant(Some(self.weighing.dominates[form][other])),
                ]);
                row
            });
            others.collect::<Vec<_>>()
        });
        rows.collect()
    }

    fn weights(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, profile) in self.framework.profiles.iter().enumerate() {
            for scope in Scope::BOTH {
                let found = &self.weighing.profiles[number].scopes[scope as usize];
                let own = self.forms.iter().zip(&found.forms);
                let central = own.filter_map(|(key, form)| Some((&**key, form.central.as_ref()?)));
                for (form, weights) in [("", &found.weights)].into_iter().chain(central) {
                    let criteria = self.framework.criteria.iter().zip(weights);
                    rows.extend(criteria.map(|(criterion, weight)| {
                        vec![
                            profile.key.clone(),
                            scope.key().to_owned(),
                            form.to_owned(),
                            criterion.key.clone(),
                            significant(Some(*weight)),
                        ]
                    }));
                }
            }
        }
        rows
    }

    fn tipping(&self) -> Vec<Row> {
        let profiles = self.framework.profiles.iter().zip(&self.weighing.profiles);
        let rows = profiles.flat_map(|(profile, found)| {
            let of = |tip: Option<Tip>| {
                let form = tip.map(|tip| self.forms[tip.form].clone());
                [
                    significant(tip.map(|tip| tip.weight)),
                    form.unwrap_or_default(),
                ]
            };
            found.tippings.iter().map(move |tipping| {
                let mut row = vec![
                    profile.key.clone(),
                    tipping.key.clone(),
                    significant(Some(tipping.weight)),
                ];
                row.extend(of(tipping.below));
                row.extend(of(tipping.above));
                row
            })
        });
        rows.collect()
    }

    fn worlds(&self) -> Vec<Row> {
        let worlds = self.weighing.worlds.iter().enumerate();
        let rows = worlds.flat_map(|(number, world)| {
            let forms = self.forms.iter().zip(world);
            forms.flat_map(move |(form, own)| {
                let criteria = self.framework.criteria.iter().zip(own);
                let known = criteria.filter(|(_, worth)| !worth.is_nan());
                known.map(move |(criterion, worth)| {
                    vec![
                        (number + 1).to_string(),
                        form.clone(),
                        criterion.key.clone(),
                        // The digits that are shown, so that a page of 200 worlds is small.
                        format!("{worth:.4}"),
                    ]
                })
            })
        });
        rows.collect()
    }

    fn evppi(&self, parameters: &[(String, Option<&Entry>)]) -> Vec<Row> {
        let mut rows = Vec::new();
        for (profile, found) in self.framework.profiles.iter().zip(&self.weighing.profiles) {
            let pairs = parameters.iter().zip(&found.information);
            for ((key, entry), information) in pairs {
                let number =
                    |value: fn(&Information) -> f64| significant(information.as_ref().map(value));
                rows.push(vec![
                    profile.key.clone(),
                    key.clone(),
                    entry.map_or("", |entry| entry.grade.key()).to_owned(),
                    number(|one| one.value),
                    number(|one| one.by_chance),
                    number(|one| one.changed),
                ]);
            }
            let all = significant(Some(found.all_information));
            let empty = String::new;
            rows.push(vec![
                profile.key.clone(),
                empty(),
                empty(),
                all,
                empty(),
                empty(),
            ]);
        }
        rows
    }
}

fn fields(value: &CriterionValue) -> [String; 3] {
    [value.mean, value.low, value.high].map(|one| significant(Some(one)))
}
