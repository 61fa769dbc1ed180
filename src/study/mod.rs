//! Studies: questions that one run does not answer, each in a room of its own.
//!
//! | Room | Question | Begins in |
//! |:--|:--|:--|
//! | `calibration` | which parameters could have shown what is known? | `search` |
//! | `sweep` | what do the outcomes hang on? | `design`, `run`, `analysis` |
//! | `weighing` | which form is first, for whom, how surely? | `weigh` |
//! | `attribution` | what is a difference made of: structure, capacity and behaviour, or building blocks? | `effect`, `block` |
//! | `hours` | how many hours does each form need for the same service? | `ladder` |
//! | `selection` | how many replications are enough, and which form is best? | `precision`, `contest` |
//! | `lives` | what happened to this family, to families like this one, to all of them? | `life`, `search`, `journey`, `log` |
//!
//! A room holds its computing, its tables (`table`, read back by `reading`), its figures (`figure`), its section of the page
//! (`section`) and what the terminal shows of it (`terminal`, `summary`; of lives `story` and `finding`). A room imports what
//! lies below (`report`, `experiment` and lower) and no room that imports it; nothing below knows any of them, and the page
//! above asks each for its section (`page`).

pub(crate) mod attribution;
pub(crate) mod calibration;
pub(crate) mod hours;
pub(crate) mod lives;
pub(crate) mod selection;
pub(crate) mod sweep;
pub(crate) mod weighing;

pub use attribution::block::{BlockAttribution, BlockPlan, BlockShare, BlockShares};
pub use attribution::block_table::block_tables;
pub use attribution::block_terminal::block_page;
pub use attribution::effect::{Attribution, EffectPart, attribute};
pub use attribution::effect_table::attribution_tables;
pub use attribution::effect_terminal::attribution_page;
pub use calibration::failure::{CalibrationError, Miss};
pub use calibration::fit::{Fit, ParameterFit, Run};
pub use calibration::record::WaveFit;
pub use calibration::search::calibrate;
pub use calibration::space::{RULED_OUT, distance};
pub use calibration::summary::{calibrated_toml, fit_summary};
pub use calibration::table::fit_tables;
pub use hours::ladder::{Amount, FACTORS, FormHours, Hours, Ladder, Rung, Service};
pub use hours::need::{Decider, Need};
pub use hours::table::hours_tables;
pub use hours::terminal::hours_page;
pub use lives::finding::{finding, question_list};
pub use lives::journey::{
    Crowd, JOURNEY_FACTS, JOURNEYS, Journey, JourneyFact, JourneyType, journeys,
};
pub use lives::journey_table::with_journeys;
pub use lives::life::{Life, Lives, follow, lives_of};
pub use lives::log::csv::event_table;
pub use lives::log::household::household_table;
pub use lives::log::{LogFormat, LogWriter};
pub use lives::milestone::{Milestone, MilestoneRow};
pub use lives::search::{Finding, search};
pub use lives::story::{Layout, story};
pub use selection::contest::{Contender, Contest, Verdict, select};
pub use selection::precision::{Precise, TooWide, run_precisely};
pub use selection::terminal::{contest, contest_table};
pub use sweep::analysis::{Effect, Measure, Remark, Sensitivity, Values};
pub use sweep::coverage::{Chunk, Coverage};
pub use sweep::design::{Point, SweepDesign};
pub use sweep::folder::{Standing, SweepFolder, must_be_all};
pub use sweep::parquet_file::HAS_PARQUET;
pub use sweep::part::Part;
pub use sweep::reading::read_sweep;
pub use sweep::run::{PointSample, run_points};
pub use sweep::summary::{sweep_plan, sweep_status, sweep_summary};
pub use sweep::table::{results_table, sweep_tables};
pub use weighing::belief::{Believing, weigh_others};
pub use weighing::folder::{WeighedSweep, WeighingFiles};
pub use weighing::information::{Information, information};
pub use weighing::rank::Ranking;
pub use weighing::table::weighing_tables;
pub use weighing::terminal::{WeighingPage, weighing_page};
pub use weighing::tipping::{Tip, Tipping};
pub use weighing::weigh::{
    CriterionValue, FormWeighing, N_DRAWS, ProfileWeighing, Scope, ScopeWeighing, Weighing, weigh,
};
