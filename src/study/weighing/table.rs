//! The tables of a weighing.

use super::belief::Believing;
use super::information::Information;
use super::tipping::Tip;
use super::weigh::{CriterionValue, Scope, ScopeWeighing, Weighing};
use crate::experiment::Figures;
use crate::report::record::column::{Column, FORM, column};
use crate::report::record::field::{Field, words};
use crate::report::record::reading::Cells;
use crate::report::record::row::record;
use crate::report::record::table::Row;
use crate::report::{Kind, ReadingError, Run, Table};
use crate::scenario::{Criterion, Entry, Framework};

words! { Scope, Scope::BOTH, Scope::key; }

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
const VALUE: [Column; 3] = [
    column("mean", "0 to 1", "Mean over draws.", "gemiddelde"),
    column(
        "low",
        "0 to 1",
        "Value that 2.5 % of the draws stay below.",
        "ondergrens",
    ),
    column(
        "high",
        "0 to 1",
        "Value that 97.5 % of the draws stay below.",
        "bovengrens",
    ),
];
const FIRST: Column = column(
    "first",
    "share",
    "Share of draws in which the form is worth most.",
    "kans op de eerste plaats",
);

record! {
    /// A row of criteria.csv.
    pub(crate) struct CriterionRow<'a> in "criteria" {
        form: &'a str = FORM;
        criterion: &'a str = CRITERION;
        /// measured, proxy_and_expert or expert.
        kind: &'a str = ("", "soort");
        /// What the value rests on: simulation, experts, both, or nothing, which is anything from 0 to 1.
        basis: &'a str = ("", "grondslag");
        value: CriterionValue = VALUE;
    }
}

record! {
    /// A row of weighing.csv.
    pub(crate) struct WeighingRow<'a> in "weighing" {
        profile: &'a str = PROFILE;
        scope: Scope = SCOPE;
        form: &'a str = FORM;
        value: CriterionValue = VALUE;
        first: f64 = FIRST;
        /// Share of worlds in which it is worth most with its central weights (weights.csv); empty if it never is.
        confidence: Option<f64> = ("share", "vertrouwensfactor");
        /// Mean net flow of PROMETHEE II, the second method.
        net_flow: f64 = ("-1 to 1", "netto voorkeur");
        /// Share of draws in which the form has the largest net flow.
        first_by_flow: f64 = ("share", "kans op de eerste plaats, tweede methode");
    }
}

record! {
    /// A row of beliefs.csv.
    pub(crate) struct BelievedRow<'a> in "beliefs" {
        /// Key of the belief set.
        belief: String = ("", "aannameset");
        /// Criteria of which something is known of every form under it; where that is none, there is no row with scope known.
        known: usize = ("count", "aantal bekende criteria");
        profile: &'a str = PROFILE;
        scope: Scope = SCOPE;
        form: &'a str = FORM;
        value: CriterionValue = VALUE;
        first: f64 = FIRST;
    }
}

record! {
    /// A row of ranks.csv.
    pub(crate) struct RankRow<'a> in "ranks" {
        profile: &'a str = PROFILE;
        scope: Scope = SCOPE;
        form: &'a str = FORM;
        /// The rank, 1 the best.
        rank: usize = ("count", "rang");
        /// Share of draws in which the form has this rank; forms that are worth the same share ranks.
        acceptability: f64 = ("share", "rangkans");
    }
}

record! {
    /// A row of pairs.csv.
    struct PairRow<'a> in "pairs" {
        profile: &'a str = PROFILE;
        scope: Scope = SCOPE;
        form: &'a str = FORM;
        /// Key of the form with which it is compared.
        other: &'a str = ("", "andere vorm");
        /// Share of draws in which the form is worth more than the other, half for the same.
        wins: f64 = ("share", "kans om te winnen");
        /// Share of worlds in which the form is worth less on no known criterion and more on one.
        dominates: f64 = ("share", "nergens minder");
    }
}

record! {
    /// A row of weights.csv.
    pub(crate) struct WeightRow<'a> in "weights" {
        profile: &'a str = PROFILE;
        scope: Scope = SCOPE;
        form: Option<&'a str> = FORM.meaning("Key of the form for which these are the central weights, the mean of those with which it is first; empty for the mean of all that the profile admits.");
        criterion: &'a str = CRITERION;
        /// The weight, all together 1.
        weight: f64 = ("share", "gewicht");
    }
}

record! {
    /// A row of worlds.csv.
    pub(crate) struct WorldRow<'a> in "worlds" {
        /// Number of the draw, from 1; the first draws of all that were made.
        world: usize = ("", "wereld");
        form: &'a str = FORM;
        criterion: &'a str = CRITERION;
        /// What the form is worth on the criterion in that draw; criteria of which nothing is known are left out.
        worth: Worth = ("0 to 1", "waarde");
    }
}

record! {
    /// A row of tipping.csv.
    pub(crate) struct TippingRow<'a> in "tipping" {
        profile: &'a str = PROFILE;
        /// Key of a criterion, or of a group of them.
        of: &'a str = ("", "van");
        /// What it weighs on average under the profile, as a share of what is known.
        weight: f64 = ("share", "gewicht");
        /// Nearest lower weight at which another form is worth most, the other weights keeping their proportions and everything else at its mean; empty if none.
        tips_below: Option<f64> = ("share", "kantelt onder");
        /// Key of that form.
        form_below: &'a str = ("", "vorm daaronder");
        /// Nearest higher weight of that kind.
        tips_above: Option<f64> = ("share", "kantelt boven");
        /// Key of that form.
        form_above: &'a str = ("", "vorm daarboven");
    }
}

record! {
    /// A row of evppi.csv.
    struct InformationRow<'a> in "evppi" {
        profile: &'a str = PROFILE;
        /// Key of the parameter; empty for all of the sweep at once, an upper bound.
        parameter: Option<&'a str> = ("", "parameter");
        /// How well it is known, A best, D an assumption.
        grade: Option<&'a str> = ("", "graad");
        /// Expected value of knowing it exactly before choosing, in the unit of the weighed value, on what is known.
        evppi: Option<f64> = ("0 to 1", "waarde van weten");
        /// Largest of what 20 shuffles of the parameter give; an evppi that is no larger is nothing.
        by_chance: Option<f64> = ("0 to 1", "door toeval");
        /// Share of points of the sweep in which knowing it would make another choice.
        changed: Option<f64> = ("share", "andere keuze");
    }
}

impl Field<'_> for CriterionValue {
    const KINDS: &'static [Kind] = &[Kind::Number; 3];

    fn write(self, row: &mut Row) {
        [self.mean, self.low, self.high].write(row);
    }

    fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
        let [mean, low, high] = Field::read(cells)?;
        Ok(CriterionValue { mean, low, high })
    }
}

/// A worth with the digits that are shown, so that a page of 200 worlds is small.
pub(crate) struct Worth(pub f64);

impl Field<'_> for Worth {
    const KINDS: &'static [Kind] = &[Kind::Number];

    fn write(self, row: &mut Row) {
        row.push(format!("{:.4}", self.0));
    }

    fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
        Field::read(cells).map(Worth)
    }
}

/// Every table of a weighing; the last is the dictionary of them all. Of several belief sets, the first among them,
/// there is one that holds all.
pub fn weighing_tables<'a>(
    framework: &'a Framework,
    figures: &'a Figures,
    weighing: &'a Weighing,
    parameters: &'a [(String, Option<&'a Entry>)],
    run: &Run,
    others: &'a [Believing],
) -> Vec<Table<'a>> {
    let source = Source {
        framework,
        forms: &figures.forms,
        weighing,
    };
    let mut tables = vec![
        Table::of(source.weighing()),
        Table::of(source.ranks()),
        Table::of(source.criteria()),
        Table::of(source.pairs()),
        Table::of(source.weights()),
        Table::of(source.tipping()),
        Table::of(source.worlds()),
    ];
    if weighing.n_points > 0 {
        tables.push(Table::of(source.evppi(parameters)));
    }
    if !others.is_empty() {
        let others = others.iter().map(|one| (&one.run, &one.weighing));
        let all = [(run, weighing)].into_iter().chain(others);
        let under = all.flat_map(|(run, weighing)| {
            let own = Source { weighing, ..source };
            own.under(run.belief())
        });
        tables.push(Table::of(under.collect::<Vec<BelievedRow>>()));
    }
    Table::described("columns", tables)
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

impl<'a> Source<'a> {
    /// Every profile, scope and form: its row of weighing.csv, with their numbers.
    fn spots(self) -> impl Iterator<Item = (WeighingRow<'a>, &'a ScopeWeighing, usize)> {
        let profiles = self.framework.profiles.iter().zip(&self.weighing.profiles);
        profiles.flat_map(move |(profile, weighed)| {
            Scope::BOTH.into_iter().flat_map(move |scope| {
                let found = &weighed.scopes[scope as usize];
                let forms = self.forms.iter().zip(&found.forms).enumerate();
                forms.map(move |(number, (form, own))| {
                    let row = WeighingRow {
                        profile: &profile.key,
                        scope,
                        form,
                        value: own.value,
                        first: found.ranking.acceptability[number][0],
                        confidence: own.confidence,
                        net_flow: own.net_flow,
                        first_by_flow: own.first_by_flow,
                    };
                    (row, found, number)
                })
            })
        })
    }

    fn weighing(self) -> impl Iterator<Item = WeighingRow<'a>> {
        self.spots().map(|(row, _, _)| row)
    }

    /// The same under a belief set, as far as there are ranks.
    fn under(self, belief: &str) -> impl Iterator<Item = BelievedRow<'a>> {
        let known = self.weighing.is_known.iter().filter(|one| **one).count();
        let ranked = self
            .weighing()
            .filter(move |row| known > 0 || row.scope == Scope::All);
        ranked.map(move |row| BelievedRow {
            belief: belief.to_owned(),
            known,
            profile: row.profile,
            scope: row.scope,
            form: row.form,
            value: row.value,
            first: row.first,
        })
    }

    fn ranks(self) -> impl Iterator<Item = RankRow<'a>> {
        self.spots().flat_map(|(row, found, form)| {
            let shares = found.ranking.acceptability[form].iter().zip(1..);
            shares.map(move |(&acceptability, rank)| RankRow {
                profile: row.profile,
                scope: row.scope,
                form: row.form,
                rank,
                acceptability,
            })
        })
    }

    fn criteria(self) -> impl Iterator<Item = CriterionRow<'a>> {
        let forms = self.forms.iter().zip(&self.weighing.criteria);
        forms.flat_map(move |(form, values)| {
            let known = values.iter().zip(&self.weighing.is_known);
            let criteria = self.framework.criteria.iter().zip(known);
            criteria.map(move |(criterion, (&value, &is_known))| CriterionRow {
                form,
                criterion: &criterion.key,
                kind: criterion.kind.key(),
                basis: basis(criterion, self.forms, is_known),
                value,
            })
        })
    }

    fn pairs(self) -> impl Iterator<Item = PairRow<'a>> {
        self.spots().flat_map(move |(row, found, form)| {
            let others = self.forms.iter().enumerate();
            let others = others.filter(move |&(other, _)| other != form);
            others.map(move |(other, key)| PairRow {
                profile: row.profile,
                scope: row.scope,
                form: row.form,
                other: key,
                wins: found.ranking.wins[form][other],
                dominates: self.weighing.dominates[form][other],
            })
        })
    }

    fn weights(self) -> Vec<WeightRow<'a>> {
        let mut rows = Vec::new();
        for (profile, weighed) in self.framework.profiles.iter().zip(&self.weighing.profiles) {
            for scope in Scope::BOTH {
                let found = &weighed.scopes[scope as usize];
                let own = self.forms.iter().zip(&found.forms);
                let central =
                    own.filter_map(|(key, form)| Some((Some(&**key), form.central.as_ref()?)));
                for (form, weights) in [(None, &found.weights)].into_iter().chain(central) {
                    let criteria = self.framework.criteria.iter().zip(weights);
                    rows.extend(criteria.map(|(criterion, &weight)| WeightRow {
                        profile: &profile.key,
                        scope,
                        form,
                        criterion: &criterion.key,
                        weight,
                    }));
                }
            }
        }
        rows
    }

    fn tipping(self) -> impl Iterator<Item = TippingRow<'a>> {
        let profiles = self.framework.profiles.iter().zip(&self.weighing.profiles);
        profiles.flat_map(move |(profile, found)| {
            let form = |tip: Option<Tip>| tip.map_or("", |tip| self.forms[tip.form].as_str());
            found.tippings.iter().map(move |tipping| TippingRow {
                profile: &profile.key,
                of: &tipping.key,
                weight: tipping.weight,
                tips_below: tipping.below.map(|tip| tip.weight),
                form_below: form(tipping.below),
                tips_above: tipping.above.map(|tip| tip.weight),
                form_above: form(tipping.above),
            })
        })
    }

    fn worlds(self) -> impl Iterator<Item = WorldRow<'a>> {
        let worlds = self.weighing.worlds.iter().zip(1..);
        worlds.flat_map(move |(of_world, world)| {
            let forms = self.forms.iter().zip(of_world);
            forms.flat_map(move |(form, own)| {
                let criteria = self.framework.criteria.iter().zip(own);
                let known = criteria.filter(|(_, worth)| !worth.is_nan());
                known.map(move |(criterion, &worth)| WorldRow {
                    world,
                    form,
                    criterion: &criterion.key,
                    worth: Worth(worth),
                })
            })
        })
    }

    fn evppi(self, parameters: &'a [(String, Option<&Entry>)]) -> Vec<InformationRow<'a>> {
        let mut rows = Vec::new();
        for (profile, found) in self.framework.profiles.iter().zip(&self.weighing.profiles) {
            let all = InformationRow {
                profile: &profile.key,
                parameter: None,
                grade: None,
                evppi: Some(found.all_information),
                by_chance: None,
                changed: None,
            };
            let pairs = parameters.iter().zip(&found.information);
            rows.extend(pairs.map(|((key, entry), information)| {
                let number = |value: fn(&Information) -> f64| information.as_ref().map(value);
                InformationRow {
                    profile: &profile.key,
                    parameter: Some(key),
                    grade: entry.map(|entry| entry.grade.key()),
                    evppi: number(|one| one.value),
                    by_chance: number(|one| one.by_chance),
                    changed: number(|one| one.changed),
                }
            }));
            rows.push(all);
        }
        rows
    }
}
