//! `rvtsim compare`.

use std::path::PathBuf;

use clap::Args;

use super::terminal::{note, page_is, say};
use super::{Problem, value};
use crate::page::write_comparison;
use crate::report::{FolderError, Lang, SideBySide, side_by_side};
use crate::scenario::said;

pub(super) const ABOUT: &str = "\
Puts finished runs side by side: other scenarios, belief sets, years or forms. Says what differs
in their inputs, what each shows of every form, how that differs from the first run, and what
holds in all of them. Where seed, replications and regions are the same, differences are of the
same families, replication by replication; elsewhere they are of independent samples, and the
terminal, the table and the page say so.

Of one run that holds several belief sets or variants, these stand side by side; each of them is
also a run of its own, in the folder `beside` of the run.

Reads the folders alone: no scenario is read and nothing is simulated. Writes nothing without --out.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim compare results/meer_meldingen results/vergelijking
      what ten per cent more meldingen do, form by form
  rvtsim compare results/a results/b results/c --out results/naast_elkaar
      the same as a table and a page
  rvtsim compare results/vergelijking/beside/kritisch results/eigen/beside/kritisch
      two runs under the same belief set

Written, with --out:
  compare.html         one page, Dutch and English
  compare.csv          every figure of every run, its difference from the first, and what holds in all
  compare_columns.csv  what its columns mean";

/// What `rvtsim compare` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct CompareArguments {
    /// Folders of finished runs; the others are compared with the first
    #[arg(value_name = "RUN", required = true)]
    pub runs: Vec<PathBuf>,
    /// Folder for a table and a page
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Language of what is told
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// Reads finished runs, puts them side by side, writes.
pub(super) fn compare(arguments: &CompareArguments) -> Result<(), Problem> {
    let found = SideBySide::read(&arguments.runs).map_err(FolderError::from)?;
    if found.is_alone() {
        return Err(Problem::request(said!(
            "one run with one belief set and no variants: there is nothing to put beside it\nname a second run"
        )));
    }
    say(&side_by_side(&found, arguments.lang))?;
    match &arguments.out {
        Some(out) => {
            let page = write_comparison(&found, out)?;
            note(&said!("\nwritten to {}", out.display()));
            note(&page_is(&page));
        }
        None => note(&said!("\nas a table and a page: --out DIR")),
    }
    Ok(())
}
