//! The chain of child and family protection.
//!
//! The law is in `law`, the organisation is in a [`Form`]. One [`Chain`] is one form
//! in one region; [`simulate`] runs it through one replication.
//!
//! ```text
//!  melding ─▶ veiligheidsbeoordeling ─┬─▶ onderzoek ──────────┐
//!     │               ▲               ├─▶ voorwaarden_en_     │
//!     │ crisis        │ vervolg-      │   vervolg ────────────┤
//!     ▼               │ melding       ▼                       ▼
//!  crisis             │        vrijwillige_hulp ◀─── own intake of the lokaal team
//!     │               │        │  (+ specialistische_hulp)
//!     │               │        ├─▶ safe: closed
//!     │ spoed         │        ▼ stalled, refused
//!     │            incident   drang ─▶ nazorg ─▶ closed
//!     │               ▲        │ failed
//!     │               │        ▼
//!     │               │   jeugdbeschermingstafel ─▶ beschermingsonderzoek
//!     │               │                                     │
//!     └──────────────▶ toets_en_verzoek ◀───────────────────┘
//!                             │
//!                             ▼
//!                          rechter ─▶ uitvoering_maatregel ─▶ nazorg ─▶ closed
//!                                     (voorlopige OTS, OTS by the year, voogdij)
//! ```
//!
//! Reading order, room by room:
//!
//! - `form`: [`Function`] and [`Form`] say what there is to do and who does it, [`Block`] and `composition` which choices
//!   a form is made of, `roster` who works where, `path` which form is in force from when.
//! - `law` says what follows what, as a value: every arrow above is a row of its table.
//! - `chain` holds the state and the events (`foresight` asks for their memory). In it `household` is what a family is and
//!   where it stands, and `register` keeps all of them; `activity` asks, waits, begins and ends; `circle` says who is
//!   with a family, and so what a handover, a re-tell and an assessment are; `pathway` asks the law what follows, and
//!   does it, with `melding`, `help`, `tafel` and `measure`; `answer` and `decision` say what the law must know; `danger`
//!   are the incidents, `exposure` what time does to a household; `staff`, `leaving`, `stock` and `arrival` fill the
//!   world; `change` says what happens on the day on which another form comes; `behaviour` and `transition` hold what may
//!   be assumed of people and is nothing unless a scenario says so; `observe` records.
//! - `observation`: `tally` what is added up, `wait` how long families wait, also those whose wait has no end yet, `quarter` the course of a run,
//!   `distribution` families by class, `flow` from which step to which they go, `proeftuin` the count of the proeftuin
//!   monitor; the [`KPIS`] table says what is made of it.
//! - `life`: `journal` is one household's life event by event, `fact` what it comes down to, and the [`QUESTIONS`] table
//!   what may be asked of it.
//! - Beside them `parameter` is the table of parameters, `region` and `area` where families live, `setting` all that
//!   a pass is given.

mod area;
mod chain;
mod form;
mod law;
pub(crate) mod life;
pub(crate) mod observation;
mod parameter;
mod pass;
mod region;
mod setting;
mod severity;
mod volume;
pub use area::{Local, Place};
pub use chain::Chain;
pub use chain::danger::Protection;
pub use form::block::*;
pub use form::function::*;
pub use form::organisation::*;
pub use form::path::*;
pub use form::roster::*;
pub use form::structure::{FixedRoute, Structure, structure};
pub use form::*;
pub use law::Kind;
pub use life::fact::*;
pub use life::journal::*;
pub use life::name::*;
pub use life::question::*;
pub use observation::distribution::*;
pub use observation::flow::*;
pub use observation::kpi::*;
pub use observation::proeftuin::*;
pub use observation::quarter::*;
pub use observation::tally::*;
pub use observation::wait::*;
pub use parameter::*;
pub use pass::*;
pub use region::*;
pub use setting::*;
pub use severity::*;
pub use volume::Volume;
