//! A setting of a form that a sweep varies, named by its path in the form's file.

use std::fmt;

use super::team::SCALES;
use super::{CHECKS, INTAKES};
use crate::model::{Form, Function, Mode, Organisation, Severity};
use crate::scenario::fault::diagnostic::Diagnostic;
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::{code, suggestion};
use crate::scenario::section::shape::words_of;

/// What a factor is at a point.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// A number: of a parameter in its unit, of a time \[days\].
    Number(f64),
    /// A word of a form's file.
    Word(String),
}

impl fmt::Display for Value {
    /// As it is written in a list of points: reading it gives the same value.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => write!(out, "{number}"),
            Value::Word(word) => out.write_str(word),
        }
    }
}

/// A setting of one form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Setting {
    /// Share of a team's professionals who may do everything that the team does.
    GeneralistShare(usize),
    /// Share of an organisation's staff that works in a team; other teams that have
    /// staff of it divide the rest as they did.
    StaffFrom(usize, Organisation),
    /// How many pools a team has.
    Scale(usize),
    /// How the one who does a function comes in.
    Mode(Function),
    /// The team that does a function.
    Team(Function),
    /// Who holds the family from the melding on.
    Intake,
    /// From which severity on a second professional joins.
    JoinFrom,
    /// Where the independent check is placed.
    Check,
    /// Room for local differences.
    LocalRoom,
    /// Hours that working in the shared dossier costs for each activity of a team in it.
    DossierHours,
    /// Hours of coordination for each activity of a case.
    CoordinationHours,
}

/// What a setting may be.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Choice {
    /// A number from 0 to this.
    UpTo(f64),
    /// One of these words.
    Words(Vec<String>),
}

impl Setting {
    /// Those of a form as a whole, by their names in the section `[form]`.
    pub const OF_FORM: &[(&str, Setting)] = &[
        ("intake", Setting::Intake),
        ("join_from", Setting::JoinFrom),
        ("check", Setting::Check),
        ("local_room", Setting::LocalRoom),
        ("dossier_hours_per_case", Setting::DossierHours),
        ("coordination_hours_per_case", Setting::CoordinationHours),
    ];

    /// The setting at a path of the form's file, such as `teams.rvt.generalist_share`.
    pub(crate) fn at(path: &str, form: &Form) -> Result<Self, Diagnostic> {
        let words: Vec<&str> = path.split('.').collect();
        match words[..] {
            ["teams", team, "generalist_share"] => Ok(Setting::GeneralistShare(place(team, form)?)),
            ["teams", team, "scale"] => Ok(Setting::Scale(place(team, form)?)),
            ["teams", team, "staff_from", organisation] => {
                let found = Organisation::from_key(organisation);
                let words = Organisation::ALL.map(Organisation::key);
                let found =
                    found.ok_or_else(|| unknown(said!("organisation"), organisation, &words))?;
                Ok(Setting::StaffFrom(place(team, form)?, found))
            }
            ["functions", function, setting @ ("mode" | "team")] => {
                let words: Vec<&str> = Function::ALL
                    .into_iter()
                    .filter(|&one| form.task(one).is_some())
                    .map(Function::key)
                    .collect();
                let found = Function::from_key(function).filter(|&one| form.task(one).is_some());
                let found = found.ok_or_else(|| unknown(said!("function"), function, &words))?;
                Ok(match setting {
                    "mode" => Setting::Mode(found),
                    _ => Setting::Team(found),
                })
            }
            ["form", setting] => {
                let words = words_of(Self::OF_FORM);
                let found = Self::OF_FORM.iter().find(|(word, _)| *word == setting);
                found
                    .map(|&(_, setting)| setting)
                    .ok_or_else(|| unknown(said!("setting"), setting, &words))
            }
            _ => {
                let fact = said!("`{}` is no setting of a form that can vary", shown(path));
                let help = said!(
                    "write teams.NAME.generalist_share, .scale or .staff_from.ORGANISATION, functions.NAME.mode or .team, or form.NAME"
                );
                Err(Diagnostic::error(code::NO_SUCH_SETTING, fact).help(help))
            }
        }
    }

    /// What it may be in a form.
    pub(crate) fn choice(self, form: &Form) -> Choice {
        let words =
            |words: Vec<&str>| Choice::Words(words.into_iter().map(str::to_owned).collect());
        match self {
            Setting::GeneralistShare(_) | Setting::StaffFrom(..) | Setting::LocalRoom => {
                Choice::UpTo(1.0)
            }
            Setting::CoordinationHours | Setting::DossierHours => Choice::UpTo(1000.0),
            Setting::Scale(_) => words(words_of(SCALES)),
            Setting::Mode(function) => {
                words(Mode::of(function).iter().map(|one| one.key()).collect())
            }
            Setting::Team(_) => words(form.teams.iter().map(|team| team.key.as_str()).collect()),
            Setting::Intake => words(words_of(INTAKES)),
            Setting::JoinFrom => words(Severity::ALL.map(Severity::key).to_vec()),
            Setting::Check => words(words_of(CHECKS)),
        }
    }

    /// The words that it may be in a form; none where it is a number.
    pub fn words(self, form: &Form) -> Vec<String> {
        match self.choice(form) {
            Choice::Words(words) => words,
            Choice::UpTo(_) => Vec::new(),
        }
    }

    /// What it is in a form; none where the form has no such thing.
    pub fn value(self, form: &Form) -> Option<Value> {
        let word = |word: Option<&'static str>| Some(Value::Word(word?.to_owned()));
        match self {
            Setting::GeneralistShare(team) => {
                Some(Value::Number(form.teams[team].generalist_share))
            }
            Setting::StaffFrom(team, organisation) => {
                Some(Value::Number(form.teams[team].share_of(organisation)))
            }
            Setting::LocalRoom => Some(Value::Number(form.local_room)),
            Setting::DossierHours => Some(Value::Number(form.dossier_hours_per_case)),
            Setting::CoordinationHours => Some(Value::Number(form.coordination_hours_per_case)),
            Setting::Scale(team) => word(word_of(SCALES, form.teams[team].scale)),
            Setting::Mode(function) => word(Some(form.task(function)?.mode.key())),
            Setting::Team(function) => {
                let team = form.task(function)?.team;
                Some(Value::Word(form.teams[team].key.clone()))
            }
            Setting::Intake => word(word_of(INTAKES, form.intake)),
            Setting::JoinFrom => word(Some(form.join_from.key())),
            Setting::Check => word(word_of(CHECKS, form.check)),
        }
    }

    /// The form with another value of it; the same form if this cannot be its value.
    pub fn apply(self, form: &mut Form, value: &Value) {
        match value {
            Value::Number(number) => self.apply_number(form, *number),
            Value::Word(word) => {
                // Words are looked at when the sweep is read.
                let _ = self.apply_word(form, word);
            }
        }
    }

    fn apply_number(self, form: &mut Form, number: f64) {
        match self {
            Setting::GeneralistShare(team) => form.teams[team].generalist_share = number,
            Setting::StaffFrom(team, organisation) => divide(form, team, organisation, number),
            Setting::LocalRoom => form.local_room = number,
            Setting::DossierHours => form.dossier_hours_per_case = number,
            Setting::CoordinationHours => form.coordination_hours_per_case = number,
            _ => {}
        }
    }

    fn apply_word(self, form: &mut Form, word: &str) -> Option<()> {
        match self {
            Setting::Scale(team) => form.teams[team].scale = meaning(SCALES, word)?,
            Setting::Mode(function) => {
                let mode = Mode::ALL.into_iter().find(|mode| mode.key() == word)?;
                form.tasks[function as usize].as_mut()?.mode = mode;
            }
            Setting::Team(function) => {
                let team = form.teams.iter().position(|team| team.key == word)?;
                form.tasks[function as usize].as_mut()?.team = team;
            }
            Setting::Intake => form.intake = meaning(INTAKES, word)?,
            Setting::JoinFrom => form.join_from = Severity::from_key(word)?,
            Setting::Check => form.check = meaning(CHECKS, word)?,
            _ => {}
        }
        Some(())
    }
}

fn meaning<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    let found = words.iter().find(|(other, _)| *other == word);
    found.map(|&(_, meaning)| meaning)
}

fn word_of<T: Copy + PartialEq>(words: &[(&'static str, T)], meaning: T) -> Option<&'static str> {
    let found = words.iter().find(|(_, other)| *other == meaning);
    found.map(|&(word, _)| word)
}

/// The index of a team.
fn place(team: &str, form: &Form) -> Result<usize, Diagnostic> {
    let found = form.teams.iter().position(|one| one.key == team);
    found.ok_or_else(|| {
        let words: Vec<&str> = form.teams.iter().map(|team| team.key.as_str()).collect();
        let fact = said!("the form `{}` has no team `{}`", form.key, shown(team));
        Diagnostic::error(code::NO_SUCH_TEAM, fact).help(suggestion::help(team, &words))
    })
}

fn unknown(noun: Said, word: &str, words: &[&str]) -> Diagnostic {
    let fact = said!("the form has no {} `{}`", noun, shown(word));
    Diagnostic::error(code::NO_SUCH_SETTING, fact).help(suggestion::help(word, words))
}

/// Gives a team this share of an organisation; the other teams divide the rest as they did.
fn divide(form: &mut Form, team: usize, organisation: Organisation, share: f64) {
    let total: f64 = form
        .teams
        .iter()
        .map(|one| one.share_of(organisation))
        .sum();
    let rest = total - form.teams[team].share_of(organisation);
    let factor = if rest > 0.0 {
        (total - share) / rest
    } else {
        0.0
    };
    for (number, one) in form.teams.iter_mut().enumerate() {
        if number == team {
            one.staff_from.retain(|(other, _)| *other != organisation);
            if share > 0.0 {
                one.staff_from.push((organisation, share));
                one.staff_from.sort_by_key(|(other, _)| *other as usize);
            }
        } else {
            for (other, part) in &mut one.staff_from {
                if *other == organisation {
                    *part *= factor;
                }
            }
            one.staff_from.retain(|&(_, part)| part > 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Changes, load};

    fn form(key: &str) -> Form {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let scenario = load(&file.join("scenarios/referentie.toml"), &Changes::default());
        let mut cases = scenario.expect("it is shipped").cases.into_iter();
        let case = cases.find(|case| case.form.key == key);
        case.expect("a form of the reference scenario").form
    }

    #[test]
    fn what_one_team_gets_of_an_organisation_the_others_lose() {
        let mut form = form("v4_openbaar_lichaam");
        let setting = Setting::at("teams.rvt.staff_from.rvdk", &form).unwrap();
        setting.apply(&mut form, &Value::Number(0.5));
        let shares = |form: &Form| -> Vec<f64> {
            let staff = form.teams.iter().flat_map(|team| &team.staff_from);
            staff
                .filter(|(one, _)| *one == Organisation::Rvdk)
                .map(|(_, share)| *share)
                .collect()
        };
        let after = shares(&form);
        assert!((after.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(after.contains(&0.5), "{after:?}");
        setting.apply(&mut form, &Value::Number(1.0));
        assert_eq!(shares(&form), [1.0]);
    }

    #[test]
    fn words_are_those_of_the_form_file() {
        let mut form = form("v2_rnvt");
        let drang = Function::from_key("drang").unwrap();
        let setting = Setting::at("functions.drang.mode", &form).unwrap();
        assert_eq!(setting, Setting::Mode(drang));
        let Choice::Words(words) = setting.choice(&form) else {
            panic!("words");
        };
        for word in words {
            setting.apply(&mut form, &Value::Word(word.clone()));
            assert_eq!(form.task(drang).unwrap().mode.key(), word);
        }
        for path in [
            "teams.rnv.scale",
            "functions.drang.hours",
            "form.colour",
            "x",
        ] {
            assert!(Setting::at(path, &form).is_err(), "{path}");
        }
    }
}
