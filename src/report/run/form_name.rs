//! What forms and their teams are called and numbered through all of a run.

use crate::report::Lang;
use crate::report::folder::manifest::Form;
use crate::report::run::reading::Run;
use crate::report::words::phrase::told;

impl Run {
    /// The head of a column or a row of a form: of the one with which others are compared, that it is how things are.
    pub(crate) fn heading(&self, form: usize, lang: Lang) -> String {
        let one = &self.forms()[form];
        let name = one.short_name(lang);
        let key = match one.is_by_work {
            true => "as_it_is_by_work",
            false => "as_it_is",
        };
        // Where another form is no proposal either, that one may be how things are.
        let n_real = self.forms().iter().filter(|one| !one.is_proposal).count();
        let is_named = one.is_by_work || n_real == 1;
        match form == self.baseline() && !one.is_proposal && is_named {
            true => told(key, lang, &[("name", &small(name))]),
            false => name.to_owned(),
        }
    }

    /// A number of a team that is the same in every form that has one of that key.
    pub(crate) fn team_number(&self, key: &str) -> usize {
        let teams = self.forms().iter().flat_map(Form::team_keys);
        let mut seen: Vec<&str> = Vec::new();
        for team in teams {
            if team == key {
                return seen
                    .iter()
                    .position(|one| *one == key)
                    .unwrap_or(seen.len());
            }
            if !seen.contains(&team) {
                seen.push(team);
            }
        }
        seen.len()
    }
}

/// A name within a sentence.
fn small(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
