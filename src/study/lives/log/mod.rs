//! The event log: what happened to families, for programs that mine processes.
//!
//! A case is one household under one form. Work has the transitions of the XES standard:
//! `schedule` when a team is asked, `start` and `complete` when it is done, `pi_abort` when it is given up;
//! a measure has `start` and `complete`; everything else happens in a moment and is `complete`.
//! The clock is that of the model: Dutch winter time, the whole year.

pub(crate) mod csv;
pub(crate) mod household;
pub(crate) mod line;
pub(crate) mod ocel;
pub(crate) mod xes;

use std::io::{self, Write};

use super::life::Life;
use crate::scenario::Scenario;

use csv::Csv;
use line::{Case, Line};
use ocel::Ocel;
use xes::Xes;

/// A format of event logs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    /// A table: a row for each event.
    Csv,
    /// XES, IEEE 1849-2016.
    Xes,
    /// OCEL 2.0 as JSON: events of several objects.
    Ocel,
}

impl LogFormat {
    /// Every format.
    pub const ALL: &'static [LogFormat] = &[LogFormat::Csv, LogFormat::Xes, LogFormat::Ocel];

    /// Its name.
    pub fn key(self) -> &'static str {
        match self {
            LogFormat::Csv => "csv",
            LogFormat::Xes => "xes",
            LogFormat::Ocel => "ocel",
        }
    }
}

/// Writes a log life by life, so that it never is in memory as a whole.
trait Format<W> {
    fn case(&mut self, case: &Case, lines: &[Line]) -> io::Result<()>;
    fn end(self: Box<Self>) -> io::Result<()>;
}

/// An event log that is being written.
pub struct LogWriter<'a, W> {
    scenario: &'a Scenario,
    format: Box<dyn Format<W> + 'a>,
    n_cases: usize,
    n_events: usize,
}

impl<'a, W: Write + 'a> LogWriter<'a, W> {
    /// Begins a log.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn begin(scenario: &'a Scenario, format: LogFormat, out: W) -> io::Result<Self> {
        let format: Box<dyn Format<W> + 'a> = match format {
            LogFormat::Csv => Box::new(Csv::begin(out)?),
            LogFormat::Xes => Box::new(Xes::begin(out)?),
            LogFormat::Ocel => Box::new(Ocel::begin(out)?),
        };
        Ok(LogWriter {
            scenario,
            format,
            n_cases: 0,
            n_events: 0,
        })
    }

    /// Writes what happened to a household under one form, in a region of that index.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn life(&mut self, region: usize, life: &Life) -> io::Result<()> {
        let case = Case::of(self.scenario, region, life);
        let lines: Vec<Line> = life
            .journal
            .entries
            .iter()
            .map(|entry| Line::of(self.scenario, life.case, entry))
            .collect();
        self.n_cases += 1;
        self.n_events += lines.len();
        self.format.case(&case, &lines)
    }

    /// Ends it; gives the numbers of cases and of events.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn end(self) -> io::Result<(usize, usize)> {
        self.format.end()?;
        Ok((self.n_cases, self.n_events))
    }
}
