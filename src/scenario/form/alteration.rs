//! What a form that changes another without taking it apart has changed.

use super::setting::{Setting, Value};
use crate::model::{Form, Function, Organisation};

/// A setting that a form has other than the form that it extends.
#[derive(Clone, PartialEq, Debug)]
pub struct Alteration {
    /// The form.
    pub form: String,
    /// The form that it extends.
    pub base: String,
    /// The setting, by its path in the form's file.
    pub path: String,
    /// What it is in the form that is extended.
    pub before: Value,
    /// What it is in the form.
    pub after: Value,
}

/// What a form changes of the one that it extends. None where it has other teams: that is another form, and
/// not the same one changed.
pub(crate) fn alterations(form: &Form, base: &Form) -> Vec<Alteration> {
    let teams = |form: &Form| {
        form.teams
            .iter()
            .map(|team| team.key.clone())
            .collect::<Vec<_>>()
    };
    if teams(form) != teams(base) {
        return Vec::new();
    }
    let alteration = |(path, setting): (String, Setting)| {
        let [before, after] = [base, form].map(|form| setting.value(form));
        let (before, after) = (before?, after?);
        (before != after).then(|| Alteration {
            form: form.key.clone(),
            base: base.key.clone(),
            path,
            before,
            after,
        })
    };
    settings(form).into_iter().filter_map(alteration).collect()
}

/// Every setting of a form by its path.
fn settings(form: &Form) -> Vec<(String, Setting)> {
    let of_form = Setting::OF_FORM.iter();
    let of_form = of_form.map(|&(word, setting)| (format!("form.{word}"), setting));
    let of_teams = form.teams.iter().enumerate().flat_map(|(number, team)| {
        let path = |word: &str| format!("teams.{}.{word}", team.key);
        let staff = Organisation::ALL.into_iter().map(move |one| {
            let path = format!("teams.{}.staff_from.{}", team.key, one.key());
            (path, Setting::StaffFrom(number, one))
        });
        let own = [
            (path("generalist_share"), Setting::GeneralistShare(number)),
            (path("scale"), Setting::Scale(number)),
        ];
        own.into_iter().chain(staff)
    });
    let of_functions = Function::ALL.into_iter().flat_map(|function| {
        let path = |word: &str| format!("functions.{}.{word}", function.key());
        [
            (path("team"), Setting::Team(function)),
            (path("mode"), Setting::Mode(function)),
        ]
    });
    of_form.chain(of_teams).chain(of_functions).collect()
}
