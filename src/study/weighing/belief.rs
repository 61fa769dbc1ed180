//! A run weighed under each of its belief sets: who is first how often, and whether that holds under all of them.

use super::finding::{most, of_hundred};
use super::manifest::echo;
use super::weigh::weigh;
use super::weigh::{Scope, Weighing};
use crate::report::chart::escaped;
use crate::report::finding::verdict::names;
use crate::report::folder::manifest::Named;
use crate::report::folder::written::BESIDE;
use crate::report::words::phrase::{phrase, told};
use crate::report::{FolderError, Lang, Run};
use crate::scenario::Framework;

/// A run under another belief set, weighed by the same framework.
pub struct Believing {
    /// The run, which stands beside that under the first belief set.
    pub run: Run,
    /// What came out.
    pub weighing: Weighing,
}

/// How often forms are first under a belief set, on what is known there.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Believed {
    pub(crate) belief: Named,
    /// Of how many criteria something is known.
    pub(crate) n_known: usize,
    /// Share of draws by profile that says something of its own, and form; empty where nothing is known.
    pub(crate) first: Vec<Vec<f64>>,
}

impl Run {
    /// The key of its belief set.
    pub fn belief(&self) -> &str {
        &self.manifest.belief.key
    }

    /// Whether it stands beside runs under other belief sets.
    pub fn has_other_beliefs(&self) -> bool {
        self.manifest.belief_sets().len() > 1
    }
}

/// The runs of the same scenario under its other belief sets, without variants, weighed by the same framework.
///
/// # Errors
///
/// When one of them is not whole.
pub fn weigh_others(
    run: &Run,
    framework: &Framework,
    n_draws: usize,
) -> Result<Vec<Believing>, FolderError> {
    let folder = run.folder.folder(BESIDE);
    let others = run
        .manifest
        .beside
        .iter()
        .filter(|one| one.variant.is_none());
    let weighed = others.map(|one| {
        let run = Run::read_in(&folder.folder(&one.key))?;
        let weighing = weigh(framework, &run.figures()?, None, n_draws, run.seed());
        Ok(Believing { run, weighing })
    });
    weighed.collect()
}

impl Believed {
    /// Of a weighing.
    pub(crate) fn of(run: &Run, framework: &Framework, weighing: &Weighing) -> Self {
        let n_known = weighing.is_known.iter().filter(|known| **known).count();
        let profiles = framework.profiles.iter().zip(&weighing.profiles);
        let voices = profiles.filter(|(one, _)| echo(&framework.profiles, one).is_none());
        let first = voices.map(|(_, found)| {
            let ranking = &found.scopes[Scope::Known as usize].ranking;
            ranking.acceptability.iter().map(|ranks| ranks[0]).collect()
        });
        Believed {
            belief: run.manifest.belief.clone(),
            n_known,
            first: match n_known {
                0 => Vec::new(),
                _ => first.collect(),
            },
        }
    }

    /// Its name before a colon, which is where people explain it.
    pub(crate) fn name(&self, lang: Lang) -> &str {
        let name = lang.pick(&self.belief.nl, &self.belief.en);
        name.split(':').next().unwrap_or(name).trim()
    }

    /// How often a form is first, from the profile with which it is least often to that with which it is most.
    pub(crate) fn range(&self, form: usize, lang: Lang) -> Option<String> {
        let shares = || self.first.iter().map(|forms| forms[form]);
        Some(range(
            shares().reduce(f64::min)?,
            shares().reduce(f64::max)?,
            lang,
        ))
    }

    /// The forms that are first most often, by profile.
    fn tops(&self) -> Vec<Vec<usize>> {
        let voices = self.first.iter();
        voices.map(|forms| most(forms.iter().copied())).collect()
    }

    /// All of them, each once.
    fn all_tops(&self) -> Vec<usize> {
        let mut forms = self.tops().concat();
        forms.sort_unstable();
        forms.dedup();
        forms
    }
}

fn range(low: f64, high: f64, lang: Lang) -> String {
    let [low, high] = [low, high].map(|share| of_hundred(share, lang));
    match low == high {
        true => low,
        false => format!("{low} {} {high}", phrase("to", lang)),
    }
}

/// Whether who is first hangs on the belief set, in sentences; `profiles` are the names of those that say something
/// of their own.
pub(crate) fn verdict(run: &Run, all: &[Believed], profiles: &[&str], lang: Lang) -> Vec<String> {
    let n = all.len().to_string();
    let tops = all[0].tops();
    let is_known = all.iter().all(|one| one.n_known > 0);
    let is_same = is_known && all.iter().all(|one| one.tops() == tops);
    let mut sentences = vec![match (is_same, &all[0].all_tops()[..]) {
        (true, forms) if tops.iter().all(|one| one == forms) => {
            let shares = all.iter().flat_map(|one| &one.first);
            let shares: Vec<f64> = shares.map(|one| one[forms[0]]).collect();
            let [low, high] = [f64::min, f64::max].map(|end| shares.iter().copied().reduce(end));
            let parts = [
                ("form", &*names(run, forms, lang)),
                ("n", &n),
                (
                    "range",
                    &range(low.unwrap_or(0.0), high.unwrap_or(0.0), lang),
                ),
            ];
            let key = match forms.len() {
                1 => "weighing_sets_same",
                _ => "weighing_sets_level",
            };
            told(key, lang, &parts)
        }
        (true, _) => {
            let of_profile = profiles.iter().zip(&tops).map(|(profile, forms)| {
                let parts = [("form", &*names(run, forms, lang)), ("profile", profile)];
                told("weighing_sets_of_profile", lang, &parts)
            });
            let list = of_profile.collect::<Vec<_>>().join("; ");
            told("weighing_sets_weights", lang, &[("n", &n), ("list", &list)])
        }
        (false, _) => {
            let list = all.iter().map(|one| under(run, one, lang));
            let list = list.collect::<Vec<_>>().join("; ");
            let key = match is_known {
                true => "weighing_sets_depend",
                false => "weighing_sets_unknown",
            };
            told(key, lang, &[("list", &list)])
        }
    }];
    if all.iter().any(|one| one.n_known != all[0].n_known) {
        let known = all
            .iter()
            .map(|one| format!("{} ({})", one.name(lang), one.n_known));
        let list = lang.list(&known.collect::<Vec<_>>());
        sentences.push(told("weighing_sets_known", lang, &[("list", &list)]));
    }
    sentences
}

/// Who is first under one belief set.
fn under(run: &Run, one: &Believed, lang: Lang) -> String {
    let forms = one.all_tops();
    let form = names(run, &forms, lang);
    let parts = [("belief", one.name(lang)), ("form", &form)];
    let key = match (one.n_known, one.tops().iter().all(|own| *own == forms)) {
        (0, _) => "weighing_sets_none",
        (_, true) => "weighing_sets_one",
        (_, false) => "weighing_sets_some",
    };
    told(key, lang, &parts)
}

/// How often each form is first under each belief set, as a table.
pub(crate) fn table(run: &Run, all: &[Believed], lang: Lang) -> String {
    let names: Vec<String> = all.iter().map(|one| escaped(one.name(lang))).collect();
    let heads: String = names
        .iter()
        .map(|name| format!("<th scope=\"col\">{name}</th>"))
        .collect();
    let row = |form: usize| {
        let cells = all.iter().zip(&names).map(|(one, name)| {
            let told = one.range(form, lang).unwrap_or("–".to_owned());
            format!("<td data-label=\"{name}\">{}</td>", escaped(&told))
        });
        let cells: String = cells.collect();
        let name = escaped(&run.heading(form, lang));
        format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n")
    };
    let rows: String = (0..run.forms().len()).map(row).collect();
    let [caption, form] =
        ["weighing_sets_caption", "choose_form"].map(|key| escaped(phrase(key, lang)));
    format!(
        "<div class=\"place\">\n<table>\n<caption>{caption}</caption>\n\
         <thead><tr><th scope=\"col\">{form}</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::run::reading::tests::written;

    fn believed(key: &str, first: &[[f64; 6]]) -> Believed {
        let name = format!("{key}: wat iemand gelooft");
        Believed {
            belief: Named {
                key: key.to_owned(),
                nl: name.clone(),
                en: name,
            },
            n_known: first.len(),
            first: first.iter().map(|one| one.to_vec()).collect(),
        }
    }

    fn told(all: &[Believed]) -> String {
        let (_home, path) = written(&scenario(3));
        let run = Run::read(&path).unwrap();
        verdict(&run, all, &["Gelijk", "Veiligheid"], Lang::Nl).join(" ")
    }

    const FIFTH: [f64; 6] = [0.0, 0.1, 0.0, 0.0, 0.9, 0.0];
    const SECOND: [f64; 6] = [0.0, 0.7, 0.0, 0.0, 0.3, 0.0];

    #[test]
    fn who_is_first_under_all_belief_sets_is_said_with_how_often() {
        let less = [0.0, 0.2, 0.0, 0.0, 0.8, 0.0];
        let all = [
            believed("a", &[FIFTH, FIFTH]),
            believed("b", &[less, FIFTH]),
        ];
        assert_eq!(
            told(&all),
            "Openbaar lichaam per veiligheidsregio staat bovenaan onder alle 2 aannamesets en elk profiel: in 80 tot 90 van \
             de 100 trekkingen."
        );
    }

    #[test]
    fn who_is_first_under_one_of_them_only_depends_on_what_is_believed() {
        let all = [
            believed("a", &[FIFTH, FIFTH]),
            believed("b", &[SECOND, SECOND]),
        ];
        let told = told(&all);
        assert!(told.contains("hangt af van de aannameset"), "{told}");
        assert!(
            told.contains("onder ‘a’ Openbaar lichaam per veiligheidsregio"),
            "{told}"
        );
        assert!(told.contains("onder ‘b’ Expertnetwerk"), "{told}");
    }

    #[test]
    fn what_hangs_on_weights_and_not_on_beliefs_is_told_by_profile() {
        let all = ["a", "b"].map(|key| believed(key, &[FIFTH, SECOND]));
        let told = told(&all);
        assert!(told.contains("onder alle 2 aannamesets dezelfde"), "{told}");
        assert!(told.contains("Expertnetwerk bij ‘Veiligheid’"), "{told}");
    }

    #[test]
    fn without_a_rank_under_one_of_them_nothing_is_said_of_all() {
        let all = [believed("a", &[FIFTH, FIFTH]), believed("b", &[])];
        let told = told(&all);
        assert!(told.contains("onder ‘b’ geen rangorde"), "{told}");
        assert!(!told.contains("hangt af"), "{told}");
        assert!(told.contains("a (2) en b (0)"), "{told}");
        assert!(!told.contains("onder alle"), "{told}");
        // Where the first has none, it is the same.
        let all = [believed("b", &[]), believed("a", &[FIFTH, FIFTH])];
        assert!(!self::told(&all).contains("onder alle"));
    }
}
