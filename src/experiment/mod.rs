//! One scenario becomes evidence: passes, estimates, paired differences, doubt.
//!
//! A [`Design`] lists every pass (form, replication, region). [`run`] makes
//! them side by side, the largest regions first, and puts each result in the
//! place that belongs to it, so that an [`Outcome`] is the same for any number
//! of threads. An outcome answers with estimates over replications and with
//! differences from the baseline, paired by replication because the same
//! families meet the same chance in every form. [`warnings`] says what a
//! reader should doubt. [`follow`] shows one household in every form, [`search`]
//! finds one whose life is like this, [`journeys`] a typical one of some kinds.
//!
//! [`attribute`] tells what of a difference is structure, what capacity and what behaviour;
//! a [`Ladder`] of hours which hours a form needs for a service that is asked for;
//! [`weigh()`] weighs forms by a framework, over everything that is uncertain.
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

mod attribution;
mod block_share;
mod calibration;
mod change_over;
mod comparison;
mod cost;
mod design;
mod distribution;
mod execution;
mod executor;
mod failure;
#[cfg(test)]
pub(crate) mod fixture;
mod hours;
mod journey;
mod life;
mod merging;
mod milestone;
mod need;
mod outcome;
mod precision;
mod proeftuin;
mod progress;
mod queue;
mod rest;
mod runner;
mod search;
mod selection;
mod series;
mod settling;
mod staffing;
mod store;
mod stretch;
mod sweep;
mod team;
mod warning;
mod weighing;

pub use attribution::{Attribution, EffectPart, attribute};
pub use block_share::{BlockAttribution, BlockPlan, BlockShare, BlockShares};
pub use calibration::{
    CalibrationError, Fit, Miss, ParameterFit, RULED_OUT, Run, WaveFit, calibrate, distance,
};
pub use change_over::*;
pub use comparison::{CONFIDENCE, Pairing, between, excludes_zero};
pub use cost::Cost;
pub use design::{Design, PassKey};
pub use distribution::{Part, YearlyFlow};
pub use execution::Execution;
pub use failure::{PassFailure, RunError};
pub use hours::{Amount, FACTORS, FormHours, Hours, Ladder, Rung, Service};
pub use journey::{Crowd, JOURNEY_FACTS, JOURNEYS, Journey, JourneyFact, JourneyType, journeys};
pub use life::{Life, Lives, follow, lives_of};
pub use milestone::{Milestone, MilestoneRow};
pub use need::{Decider, Need};
pub use outcome::{Outcome, Sample, TeamSample};
pub use precision::{Precise, TooWide, run_precisely};
pub use proeftuin::{
    Counted, INTAKES, Intake, MonitorDoubt, Observed, SUPPORT_GROUPS, SupportGroup, Supported,
    comparable,
};
pub use progress::{InPart, Progress, Watcher};
pub use queue::{QUEUE_FIGURES, QueueFigure};
pub use rest::FULL_LOAD;
pub use runner::{make_pass, run};
pub use search::{Finding, search};
pub use selection::{Contender, Contest, Verdict, select};
pub use series::{SERIES, SeriesRow, Track, tracks};
pub use settling::{
    FEWEST_QUARTERS, MOVING, QUARTER_WEEKS, Settling, Unsettled, WarmUp, is_measured, settlings,
    warm_up,
};
pub use store::{PassId, PassStore, StoreError};
pub use stretch::{Stretch, StretchKind, stretches};
pub use sweep::{
    Effect, Measure, Point, PointSample, Remark, Sensitivity, SweepDesign, Values, points_together,
    run_points,
};
pub use team::{TEAM_FIGURES, TeamFigure};
pub use warning::{
    TOO_FEW_REPLICATIONS, UnstableTeam, WIDE_INTERVAL, Warning, headlines, is_wide, warnings,
};
pub use weighing::{
    CriterionValue, Figures, FormWeighing, Information, N_DRAWS, ProfileWeighing, Ranking, Scope,
    ScopeWeighing, SweepFigures, SweepPoint, Tip, Tipping, Weighing, information, weigh,
};
