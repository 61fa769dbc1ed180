//! The setting of a scenario that a command is about: one belief set, and a variant or none.

use crate::report::Earlier;
use clap::Args;

use super::terminal::note;
use crate::scenario::{Changes, Scenario, said};

/// What a command is told about earlier work in its folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Args)]
pub struct EarlierArguments {
    /// Go on with a run that was interrupted, from the passes that it has finished
    #[arg(long)]
    pub resume: bool,
    /// Replace an earlier run of the same scenario that is in the folder, finished or not
    #[arg(long)]
    pub replace: bool,
}

impl EarlierArguments {
    /// The same for whoever writes the folder.
    pub(super) fn allowed(self) -> Earlier {
        Earlier {
            is_resumed: self.resume,
            is_replaced: self.replace,
        }
    }
}

/// Which setting is asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug, Args)]
pub struct SettingArguments {
    /// The belief set, a file in scenarios/beliefs/ without .toml, instead of the scenario's own
    #[arg(long, value_name = "KEY")]
    pub belief: Option<String>,
    /// A variant of the scenario, instead of the scenario without its variants
    #[arg(long, value_name = "KEY")]
    pub variant: Option<String>,
}

impl SettingArguments {
    /// What it changes of a scenario, beside other changes.
    pub(super) fn and(&self, changes: Changes) -> Changes {
        Changes {
            belief: self.belief.clone(),
            variant: self.variant.clone(),
            ..changes
        }
    }

    /// The same as options that can be typed.
    pub(super) fn options(&self) -> [(&'static str, Option<String>); 2] {
        [
            ("belief", self.belief.clone()),
            ("variant", self.variant.clone()),
        ]
    }
}

/// How somebody gets another setting of a scenario.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Other {
    /// By an option of the command.
    ByOption,
    /// By a scenario of their own.
    ByFile,
}

/// A scenario with nothing beside it; where there is a choice, which setting it is is said.
pub(super) fn one_of(scenario: Scenario, other: Other) -> Scenario {
    let (name, own) = (&scenario.key, &scenario.belief.key);
    let beliefs = scenario.beliefs.iter().map(|one| one.key.as_str());
    let beliefs = beliefs.collect::<Vec<_>>().join(", ");
    let variants = scenario.variants.iter().map(|one| one.key.as_str());
    let variants = variants.collect::<Vec<_>>().join(", ");
    let has_beliefs = scenario.beliefs.len() > 1;
    let has_variants = !scenario.variants.is_empty() && scenario.variant.is_none();
    let told = [
        has_beliefs.then(|| match other {
            Other::ByOption => said!(
                "{} has several belief sets ({}): what follows is under {}; for another: --belief KEY",
                name,
                beliefs,
                own
            ),
            Other::ByFile => said!(
                "{} has several belief sets ({}): what follows is under {}; for another, extend it with `belief = \"KEY\"`",
                name,
                beliefs,
                own
            ),
        }),
        has_variants.then(|| match other {
            Other::ByOption => said!(
                "{} has variants ({}): what follows is without them; for one of them: --variant KEY",
                name,
                variants
            ),
            Other::ByFile => said!(
                "{} has variants ({}): what follows is without them; for one of them, extend it with its values",
                name,
                variants
            ),
        }),
    ];
    for one in told.into_iter().flatten() {
        note(&one);
    }
    scenario.alone()
}
