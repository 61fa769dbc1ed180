//! What finished passes were made from, so that a run does not go on with other input.

use serde::{Deserialize, Serialize};

use super::manifest::Manifest;
use crate::report::Lang;
use crate::scenario::{Said, Scenario, said};

/// Differences that are told one by one; the others are counted.
const MAX_TOLD: usize = 12;

/// A name and what stands behind it.
type Fact = (String, String);

/// The program, the files, what the command line says, and the values that come of it.
///
/// Whether a pass may be taken over is decided by its
/// [id](crate::experiment::PassId). This is to tell a person that something has
/// changed, and what.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Origin {
    program: String,
    /// Paths and hashes.
    files: Vec<Fact>,
    /// What is simulated, and every parameter.
    values: Vec<Fact>,
}

impl Origin {
    /// What a run of a scenario by this program is made from.
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let files = scenario.inputs.iter();
        let period = &scenario.period;
        let regions: Vec<&str> = scenario.regions.iter().map(|one| &*one.name).collect();
        let forms: Vec<&str> = scenario.cases.iter().map(|one| &*one.form.key).collect();
        let mut values = vec![
            fact("scenario", &scenario.key),
            fact("seed", scenario.seed),
            fact("replications", scenario.replications),
            fact("regions", regions.join(", ")),
            fact("forms", forms.join(", ")),
            fact("belief", &scenario.belief.key),
            fact("beside", scenario.beside().join(", ")),
            fact("start", period.start),
            fact("warm_up", Lang::En.days(period.warm_up_days)),
            fact("measured", Lang::En.days(period.measured_days)),
        ];
        if let Some(calibration) = &scenario.calibration {
            values.push(fact("waves", calibration.n_waves));
            values.push(fact("points", calibration.n_points));
        }
        if let Some(sweep) = &scenario.sweep {
            values.push(fact("points of the sweep", sweep.n_all_points()));
        }
        for entry in &scenario.ledger {
            values.push(fact(entry.spec.key, entry.value_in_effect));
        }
        for case in &scenario.cases {
            for &(row, value) in &case.differences {
                let name = format!("{} in {}", scenario.ledger[row].spec.key, case.form.key);
                values.push((name, value.to_string()));
            }
        }
        Origin {
            program: concat!(env!("CARGO_PKG_VERSION"), ", model ", env!("RVTSIM_MODEL"))
                .to_owned(),
            files: files.map(|one| fact(&one.path, &one.sha256)).collect(),
            values,
        }
    }

    /// What a finished run was made from, as far as its manifest says.
    pub(crate) fn of_manifest(manifest: &Manifest) -> Self {
        let files = manifest.inputs.iter();
        let forms: Vec<&str> = (manifest.forms.iter())
            .map(|form| form.named.key.as_str())
            .collect();
        let period = &manifest.period;
        Origin {
            program: manifest.version.clone(),
            files: files.map(|one| fact(&one.file, &one.sha256)).collect(),
            values: vec![
                fact("scenario", &manifest.scenario.key),
                fact("seed", manifest.seed),
                fact("regions", manifest.regions.join(", ")),
                fact("forms", forms.join(", ")),
                fact("belief", &manifest.belief.key),
                fact("start", &period.start),
                fact("warm_up", Lang::En.days(period.warm_up_days)),
                fact("measured", Lang::En.days(period.measured_days)),
            ],
        }
    }

    /// As much of it as another origin, that of a manifest, tells of.
    pub(crate) fn told_like(mut self, told: &Origin) -> Self {
        let is_told = |one: &Fact| told.values.iter().any(|(name, _)| *name == one.0);
        self.values.retain(is_told);
        self.program = env!("CARGO_PKG_VERSION").to_owned();
        self
    }

    /// What is not as it was, a line for each; none where nothing has changed.
    pub(crate) fn changes_to(&self, now: &Origin) -> Vec<Said> {
        let mut told = Vec::new();
        if self.program != now.program {
            let (then, now) = (&self.program, &now.program);
            told.push(said!("rvtsim is another program: was {}, is {}", then, now));
        }
        for (file, then, now) in differences(&self.files, &now.files) {
            told.push(match (then, now) {
                (Some(_), Some(_)) => said!("{} has changed", file),
                (None, _) => said!("{} is read now, and was not", file),
                (_, None) => said!("{} was read, and no longer is", file),
            });
        }
        for (name, then, now) in differences(&self.values, &now.values) {
            let [then, now] = [then, now].map(|value| match value {
                Some(value) => value.into(),
                None => said!("not given"),
            });
            told.push(said!("{} was {}, is {}", name, then, now));
        }
        if told.len() > MAX_TOLD {
            let n_more = told.len() - MAX_TOLD;
            told.truncate(MAX_TOLD);
            told.push(said!("and {} more", n_more));
        }
        told
    }
}

fn fact(name: &str, value: impl ToString) -> Fact {
    (name.to_owned(), value.to_string())
}

/// Names with what stands behind them on either side, where that is not the same.
fn differences<'a>(
    then: &'a [Fact],
    now: &'a [Fact],
) -> impl Iterator<Item = (&'a str, Option<&'a str>, Option<&'a str>)> {
    let find = |facts: &'a [Fact], name: &str| {
        let fact = facts.iter().find(|(other, _)| other == name);
        fact.map(|(_, value)| value.as_str())
    };
    let is_new = move |(name, _): &&Fact| find(then, name).is_none();
    let names = then.iter().chain(now.iter().filter(is_new));
    names
        .map(move |(name, _)| (name.as_str(), find(then, name), find(now, name)))
        .filter(|(_, then, now)| then != now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;

    fn told(changes: &[Said]) -> Vec<String> {
        changes.iter().map(|one| one.text(Lang::En)).collect()
    }

    #[test]
    fn nothing_has_changed_where_nothing_has_changed() {
        let origin = Origin::of(&scenario(2));
        assert!(origin.changes_to(&Origin::of(&scenario(2))).is_empty());
        let bytes = postcard::to_stdvec(&origin).unwrap();
        assert_eq!(postcard::from_bytes::<Origin>(&bytes).unwrap(), origin);
    }

    #[test]
    fn every_kind_of_change_is_told_by_its_name() {
        let mut now = scenario(2);
        let then = Origin::of(&now);
        now.seed = 7;
        now.replications = 5;
        now.regions.truncate(1);
        let value = &mut now.ledger[0];
        let told_value = format!("{} was {}, is 7.5", value.spec.key, value.value_in_effect);
        value.value_in_effect = 7.5;
        now.inputs[0].sha256 = "other".to_owned();
        let gone = now.inputs.pop().unwrap().path;
        let changes = told(&then.changes_to(&Origin::of(&now)));
        let is_told = |words: &str| changes.iter().any(|line| line.starts_with(words));
        assert!(
            is_told(&format!("seed was {}, is 7", scenario(2).seed)),
            "{changes:?}"
        );
        assert!(is_told("replications was 2, is 5"), "{changes:?}");
        assert!(is_told("regions was "), "{changes:?}");
        assert!(is_told(&told_value), "{changes:?}");
        assert!(
            is_told(&format!("{} has changed", now.inputs[0].path)),
            "{changes:?}"
        );
        assert!(
            is_told(&format!("{gone} was read, and no longer is")),
            "{changes:?}"
        );
        assert_eq!(changes.len(), 6);
        let mut other = then.clone();
        other.program = "0.0.0".to_owned();
        let changes = told(&other.changes_to(&then));
        assert!(changes[0].starts_with("rvtsim is another program: was 0.0.0"));
    }

    #[test]
    fn many_changes_are_counted() {
        let mut now = scenario(1);
        let then = Origin::of(&now);
        for entry in &mut now.ledger {
            entry.value_in_effect += 1.0;
        }
        let changes = told(&then.changes_to(&Origin::of(&now)));
        assert_eq!(changes.len(), MAX_TOLD + 1);
        let rest = now.ledger.len() - MAX_TOLD;
        assert_eq!(changes[MAX_TOLD], format!("and {rest} more"));
    }
}
