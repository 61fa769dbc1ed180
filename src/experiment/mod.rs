//! One scenario becomes evidence: passes, estimates, paired differences, doubt.
//!
//! A [`Design`] lists every pass (form, replication, region). [`run`] makes
//! them side by side, the largest regions first, and puts each result in the
//! place that belongs to it, so that an [`Outcome`] is the same for any number
//! of threads. An outcome answers with estimates over replications and with
//! differences from the baseline, paired by replication because the same
//! families meet the same chance in every form. [`warnings`] says what a
//! reader should doubt. What is asked of more than one run is a study of its own (`study`).
//!
//! A [`Cost`] says before a run what it will take, and whether that can be had.
//!
//! A pass is a function of what it is given ([`PassId`]). So a run may be ended
//! at any moment and taken up again, if somebody kept its finished passes
//! ([`PassStore`]); how it is carried out ([`Execution`]) never shows in what
//! comes out.
//!
//! Replications are numbered from 1, everywhere: in the draws, in the tables
//! and on the command line.

pub(crate) mod change_over;
pub(crate) mod comparison;
pub(crate) mod cost;
pub(crate) mod design;
pub(crate) mod distribution;
pub(crate) mod execution;
pub(crate) mod executor;
pub(crate) mod failure;
pub(crate) mod figure;
#[cfg(test)]
pub(crate) mod fixture;
pub(crate) mod merging;
pub(crate) mod outcome;
pub(crate) mod proeftuin;
pub(crate) mod progress;
pub(crate) mod queue;
pub(crate) mod rest;
pub(crate) mod runner;
pub(crate) mod series;
pub(crate) mod settling;
pub(crate) mod staffing;
pub(crate) mod store;
pub(crate) mod stretch;
pub(crate) mod team;
pub(crate) mod warning;

pub use change_over::*;
pub use comparison::{CONFIDENCE, Pairing, between, excludes_zero};
pub use cost::{Cost, points_together};
pub use design::{Design, PassKey};
pub use distribution::{Part, YearlyFlow};
pub use execution::Execution;
pub use failure::{PassFailure, RunError};
pub use figure::{Figures, SweepFigures, SweepPoint};
pub use outcome::{Outcome, Sample, TeamSample};
pub use proeftuin::{
    Counted, INTAKES, Intake, MonitorDoubt, Observed, SUPPORT_GROUPS, SupportGroup, Supported,
    comparable,
};
pub use progress::{InPart, Progress, Watcher};
pub use queue::{QUEUE_FIGURES, QueueFigure};
pub use rest::FULL_LOAD;
pub use runner::{make_pass, run};
pub use series::{SERIES, SeriesRow, Track, tracks};
pub use settling::{
    FEWEST_QUARTERS, MOVING, QUARTER_WEEKS, Settling, Unsettled, WarmUp, is_measured, settlings,
    warm_up,
};
pub use store::{PassId, PassStore, StoreError};
pub use stretch::{Stretch, StretchKind, stretches};
pub use team::{TEAM_FIGURES, TeamFigure};
pub use warning::{
    TOO_FEW_REPLICATIONS, UnstableTeam, WIDE_INTERVAL, Warning, headlines, is_wide, warnings,
};
