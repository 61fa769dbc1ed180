//! A weighing on disk, on the terminal and on the page.
//!
//! Tables and manifest go into the folder `weighing` of a run and come back as [`Weighed`], of which
//! the page is made; [`standings`] says how forms stand under weights that somebody tries there.

pub(super) mod belief;
pub(super) mod figure;
pub(super) mod finding;
mod folder;
mod manifest;
mod page;
mod reading;
mod standing;
mod table;
mod verdict;

pub use belief::{Believing, weigh_others};
pub(super) use folder::WEIGHING;
pub use folder::{WeighedSweep, WeighingFiles, write_weighing};
pub(super) use manifest::Voice;
pub use page::{WeighingPage, weighing_page};
pub(super) use reading::Weighed;
pub(super) use standing::{Standing, equal_weights, leaders, pairs, standings};
pub(super) use table::{ATTRIBUTION, BELIEFS};
pub use table::{attribution_tables, weighing_tables};
