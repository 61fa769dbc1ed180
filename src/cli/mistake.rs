//! What is wrong with what was typed, and what to write instead.

use std::error::Error;
use std::num::{ParseFloatError, ParseIntError};

use clap::error::{ContextKind, ErrorKind};

use crate::scenario::{Said, said};

/// What clap found wrong, in a sentence, and below it what to do about it.
pub(super) fn mistake(error: &clap::Error) -> Said {
    let told = |kind| {
        let text = error.get(kind).map(ToString::to_string);
        text.filter(|text| !text.is_empty())
    };
    let argument = told(ContextKind::InvalidArg).unwrap_or_default();
    let value = told(ContextKind::InvalidValue);
    let mut lines = match error.kind() {
        ErrorKind::UnknownArgument => vec![said!("there is no argument {} here", argument)],
        ErrorKind::InvalidSubcommand => {
            let command = told(ContextKind::InvalidSubcommand).unwrap_or_default();
            vec![said!("there is no command {}", command)]
        }
        ErrorKind::MissingRequiredArgument => vec![said!("this is missing: {}", argument)],
        ErrorKind::ArgumentConflict => match told(ContextKind::PriorArg) {
            Some(other) if other != argument => vec![
                said!("{} does not go with {}", argument, other),
                said!("take out one of the two"),
            ],
            _ => vec![
                said!("{} is there twice", argument),
                said!("take out one of the two"),
            ],
        },
        ErrorKind::TooManyValues => vec![
            said!("{} takes no value", argument),
            said!("leave out what stands behind it"),
        ],
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match value {
            None => vec![said!("{} has no value", argument)],
            Some(value) => vec![said!("`{}` is no value for {}", value, argument)],
        },
        _ => vec![error.kind().into()],
    };
    lines.extend(error.source().and_then(wanted));
    if let Some(values) = told(ContextKind::ValidValue) {
        lines.push(said!("write one of these: {}", values));
    }
    let close = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let close = close.into_iter().find_map(told);
    lines.extend(close.map(|close| said!("did you mean {}?", close)));
    if let Some(usage) = told(ContextKind::Usage) {
        let usage = usage.trim_start_matches("Usage: ").trim().to_owned();
        lines.push(said!("usage: {}", usage));
    }
    lines.push(said!("all that can be written: --help"));
    Said::joined(lines, "\n")
}

/// What to write instead of what could not be read.
fn wanted(error: &(dyn Error + 'static)) -> Option<Said> {
    Some(if error.is::<ParseIntError>() {
        said!("write a whole number")
    } else if error.is::<ParseFloatError>() {
        said!("write a number")
    } else {
        Said::of(error)
    })
}
