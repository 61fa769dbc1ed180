//! A weighing, as a terminal shows it.

use super::belief::{self, Believed, Believing};
use super::verdict::verdict;
use super::weigh::{ProfileWeighing, Scope, Weighing};
use crate::experiment::Figures;
use crate::report::words::number::decimals_for;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{cut, hang, header, pad_left, pad_right};
use crate::report::{Lang, Run, counted, local};
use crate::scenario::{Criterion, Entry, Framework, Profile};

/// Characters in a line.
pub(crate) const WIDTH: usize = 120;
/// Characters of the names of the rows.
const NAME_WIDTH: usize = 42;
/// Characters of a form.
const FORM_WIDTH: usize = 11;

/// What a page is about.
pub struct WeighingPage<'a> {
    /// What forms were weighed by.
    pub framework: &'a Framework,
    /// The run that was weighed.
    pub run: &'a Run,
    /// What its replications have shown.
    pub figures: &'a Figures,
    /// What came out.
    pub weighing: &'a Weighing,
    /// The parameters of the sweep, and what is known of them.
    pub parameters: &'a [(String, Option<&'a Entry>)],
    /// The same run under its other belief sets.
    pub others: &'a [Believing],
    /// The language.
    pub lang: Lang,
}

/// What forms are worth, who is first how often, and what that rests on.
pub fn weighing_page(page: &WeighingPage) -> String {
    page.heading()
        + &page.criteria()
        + &page.unknown()
        + &page.beside()
        + &page.first()
        + &page.beliefs()
        + &verdict(page)
}

impl WeighingPage<'_> {
    pub(crate) fn percent(&self, share: f64) -> String {
        local(100.0 * share, 0, self.lang)
    }

    /// Profiles that say different things, the first of those that say the same.
    pub(crate) fn voices(&self) -> Vec<(&str, &ProfileWeighing)> {
        let profiles = self.framework.profiles.iter().zip(&self.weighing.profiles);
        let first = profiles.filter(|(profile, _)| self.echoes(profile).0 == profile.key);
        first
            .map(|(profile, found)| (self.lang.label(&profile.label), found))
            .collect()
    }

    /// The key of the first profile that says the same as this one, and the names of all others.
    fn echoes(&self, profile: &Profile) -> (&str, Vec<String>) {
        let all = self.framework.profiles.iter();
        let mut same = all.filter(|other| other.conditions == profile.conditions);
        let first = same.next().map_or("", |first| first.key.as_str());
        let names = same.map(|other| self.lang.label(&other.label).to_owned());
        (first, names.collect())
    }

    /// Which profiles are not shown because another says the same.
    fn silent(&self) -> String {
        let profiles = self.framework.profiles.iter().filter_map(|profile| {
            let (first, names) = self.echoes(profile);
            let is_first = first == profile.key && !names.is_empty();
            is_first.then(|| (self.lang.label(&profile.label), self.lang.list(&names)))
        });
        let told = profiles.map(|(name, others)| {
            told(
                "weigh_same_weights",
                self.lang,
                &[("name", name), ("others", &others)],
            )
        });
        told.map(|one| hang("", &one, WIDTH)).collect()
    }

    fn heading(&self) -> String {
        let (run, lang) = (self.run, self.lang);
        let n = self.figures.n_replications();
        let regions = run.manifest.regions.len();
        let belief = &run.manifest.belief;
        let belief = lang.pick(&belief.nl, &belief.en);
        let points = self.weighing.n_points;
        let sweep = match points {
            0 => phrase("weigh_none", lang).to_owned(),
            points => counted(points, "point", lang),
        };
        let parts = [
            ("belief", belief),
            ("regions", &*regions.to_string()),
            ("n", &n.to_string()),
            ("sweep", &sweep),
            ("draws", &local(self.weighing.n_draws as f64, 0, lang)),
        ];
        let facts = told("weigh_facts", lang, &parts);
        let title = told("weigh_title", lang, &[("run", &run.manifest.scenario.key)]);
        let label = lang.label(&self.framework.label);
        format!("\n{title}: {label}\n{}", hang("", &facts, WIDTH))
    }

    /// A table with a column for each form, in blocks that fit a line.
    fn grid(&self, title: &str, rows: &[(String, Vec<String>)]) -> String {
        let forms = &self.figures.forms;
        let all: Vec<usize> = (0..forms.len()).collect();
        let mut text = String::new();
        for own in all.chunks((WIDTH - NAME_WIDTH) / FORM_WIDTH) {
            let keys = own.iter().map(|&form| forms[form].as_str());
            text.push('\n');
            text += &header(&cut(title, NAME_WIDTH - 1), keys, [NAME_WIDTH, FORM_WIDTH]);
            for (name, cells) in rows {
                text += &pad_right(&cut(name, NAME_WIDTH - 1), NAME_WIDTH);
                let cells = own.iter().map(|&form| pad_left(&cells[form], FORM_WIDTH));
                text += &cells.collect::<String>();
                text.push('\n');
            }
        }
        text
    }

    fn cells(&self, cell: impl Fn(usize) -> String) -> Vec<String> {
        (0..self.figures.forms.len()).map(cell).collect()
    }

    /// Criteria with the one that is shown beside them right after.
    fn in_order(&self) -> Vec<usize> {
        let criteria = &self.framework.criteria;
        let mut order: Vec<usize> = (0..criteria.len()).collect();
        order.sort_by_key(|&one| criteria[one].beside.map_or((one, 0), |other| (other, 1)));
        order
    }

    fn criteria(&self) -> String {
        let title = phrase("weigh_values", self.lang);
        let known = self.in_order().into_iter();
        let known = known.filter(|&one| self.weighing.is_known[one]);
        let rows = known.map(|number| {
            let criterion = &self.framework.criteria[number];
            let mut name = self.name(criterion);
            if let Some(other) = criterion.beside {
                let beside = phrase("weigh_only_beside", self.lang);
                name += &format!(" ({beside} {})", self.framework.criteria[other].key);
            }
            let cell = |form: usize| self.percent(self.weighing.criteria[form][number].mean);
            (name, self.cells(cell))
        });
        self.grid(title, &rows.collect::<Vec<_>>())
    }

    pub(crate) fn name(&self, criterion: &Criterion) -> String {
        format!("{} {}", criterion.key, self.lang.label(&criterion.label))
    }

    /// What nobody knows, and why.
    fn unknown(&self) -> String {
        let unknown = (0..self.weighing.is_known.len()).filter(|&one| !self.weighing.is_known[one]);
        let unknown: Vec<&Criterion> = unknown.map(|one| &self.framework.criteria[one]).collect();
        if unknown.is_empty() {
            return String::new();
        }
        let (n, all) = (unknown.len(), self.framework.criteria.len());
        let head = told(
            "weigh_unknown_title",
            self.lang,
            &[("n", &n.to_string()), ("all", &all.to_string())],
        );
        let mut text = format!("\n{head}\n");
        let names = |is_measured: bool| -> Vec<String> {
            let own = unknown.iter().filter(|one| one.not_yet.is_none());
            let own = own.filter(|one| one.measures.is_empty() != is_measured);
            own.map(|one| self.name(one)).collect()
        };
        for criterion in unknown.iter().filter(|one| one.not_yet.is_some()) {
            let why = criterion
                .not_yet
                .as_ref()
                .map_or("", |why| self.lang.label(why));
            text += &hang("  ", &format!("{}: {why}", self.name(criterion)), WIDTH);
        }
        let whys = [
            phrase("weigh_no_experts", self.lang),
            phrase("weigh_not_in_run", self.lang),
        ];
        for (names, why) in [names(false), names(true)].into_iter().zip(whys) {
            if !names.is_empty() {
                text += &hang("  ", &format!("{}: {why}.", names.join(", ")), WIDTH);
            }
        }
        text
    }

    /// The figures of what would mislead alone, and of what stands beside it.
    fn beside(&self) -> String {
        let criteria = &self.framework.criteria;
        let pairs = criteria.iter().filter_map(|one| Some((one, one.beside?)));
        let mut rows = Vec::new();
        for (criterion, other) in pairs {
            for measure in criterion.measures.iter().chain(&criteria[other].measures) {
                let mean = |form: usize| {
                    let values = self.figures.together[form].iter();
                    let values: Vec<f64> = values.filter_map(|kpis| kpis[measure.kpi]).collect();
                    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
                };
                let decimals = decimals_for(mean(0).unwrap_or(0.0));
                let cell = |form: usize| {
                    mean(form).map_or("–".to_owned(), |mean| local(mean, decimals, self.lang))
                };
                rows.push((self.lang.kpi_alone(measure.kpi), self.cells(cell)));
            }
        }
        if rows.is_empty() {
            return String::new();
        }
        let title = phrase("weigh_beside_title", self.lang);
        self.grid(title, &rows)
    }

    /// How often each form is first, on what is known and on everything; nothing is known to be first on where nothing is
    /// known.
    fn first(&self) -> String {
        let title = phrase("weigh_first_title", self.lang);
        let has_known = self.weighing.is_known.contains(&true);
        let rows = self.voices().into_iter().map(|(name, found)| {
            let share = |scope: Scope, form: usize| {
                self.percent(found.scopes[scope as usize].ranking.acceptability[form][0])
            };
            let cell = |form: usize| {
                let known = match has_known {
                    true => share(Scope::Known, form),
                    false => "–".to_owned(),
                };
                format!("{known} · {}", share(Scope::All, form))
            };
            (name.to_owned(), self.cells(cell))
        });
        self.grid(title, &rows.collect::<Vec<_>>()) + &self.silent()
    }

    /// How often each form is first under each belief set.
    fn beliefs(&self) -> String {
        let all = self.believed();
        let title = phrase("weigh_beliefs_title", self.lang);
        let rows = all.iter().map(|one| {
            let cell = |form: usize| one.range(form, self.lang).unwrap_or("–".to_owned());
            (one.name(self.lang).to_owned(), self.cells(cell))
        });
        match all.len() {
            0 => String::new(),
            _ => self.grid(title, &rows.collect::<Vec<_>>()),
        }
    }

    /// What each belief set makes of the forms; nothing where there is one only.
    pub(crate) fn believed(&self) -> Vec<Believed> {
        if self.others.is_empty() {
            return Vec::new();
        }
        let others = self.others.iter().map(|one| (&one.run, &one.weighing));
        let all = [(self.run, self.weighing)].into_iter().chain(others);
        all.map(|(run, weighing)| Believed::of(run, self.framework, weighing))
            .collect()
    }

    /// Whether who is first hangs on the belief set.
    pub(crate) fn of_beliefs(&self) -> Vec<String> {
        let (all, voices) = (self.believed(), self.voices());
        let profiles: Vec<&str> = voices.iter().map(|(name, _)| *name).collect();
        match all.len() {
            0 => Vec::new(),
            _ => belief::verdict(self.run, &all, &profiles, self.lang),
        }
    }
}
