//! The language in which the program says what is wrong, and how it is used.

use std::sync::LazyLock;

use crate::report::Lang;
use crate::scenario::{Said, harmless};

/// The language of errors, warnings and help: that of `--lang`, wherever it stands, or else
/// Dutch where the system is, and English elsewhere.
pub(super) fn tongue() -> Lang {
    static TONGUE: LazyLock<Lang> = LazyLock::new(|| {
        let of_system = || of_system(|name| std::env::var(name).ok());
        asked().unwrap_or_else(of_system)
    });
    *TONGUE
}

/// What is said, in this language, as a terminal may show it.
pub(super) fn told(said: &Said) -> String {
    harmless(&said.text(tongue())).into_owned()
}

/// The language that `--lang` asks for.
fn asked() -> Option<Lang> {
    let arguments = std::env::args_os().skip(1);
    let arguments = arguments.map(|one| one.to_string_lossy().into_owned());
    asked_in(&arguments.collect::<Vec<String>>())
}

fn asked_in(arguments: &[String]) -> Option<Lang> {
    let behind = arguments.iter().zip(arguments.iter().skip(1));
    let apart = behind.filter_map(|(flag, value)| (flag == "--lang").then_some(value.as_str()));
    let together = arguments
        .iter()
        .filter_map(|one| one.strip_prefix("--lang="));
    apart.chain(together).find_map(Lang::from_key)
}

/// The language of messages as POSIX has it: the first of these that is set.
fn of_system(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    match set {
        Some(locale) if locale.to_lowercase().starts_with("nl") => Lang::Nl,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_goes_before_the_system() {
        let typed = |line: &str| asked_in(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(typed("run a.toml --lang nl"), Some(Lang::Nl));
        assert_eq!(typed("--lang=en check a.toml"), Some(Lang::En));
        assert_eq!(typed("run a.toml --lang"), None);
        assert_eq!(typed("run a.toml --lang fr"), None);
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let system = |pairs: &[(&str, &str)]| {
            of_system(|name| {
                let found = pairs.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(system(&[("LANG", "nl_NL.UTF-8")]), Lang::Nl);
        assert_eq!(
            system(&[("LC_ALL", "C"), ("LANG", "nl_NL.UTF-8")]),
            Lang::En
        );
        assert_eq!(
            system(&[("LC_ALL", ""), ("LC_MESSAGES", "nl_BE")]),
            Lang::Nl
        );
        assert_eq!(system(&[]), Lang::En);
    }
}
