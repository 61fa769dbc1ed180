//! The chain of child and family protection.
//!
//! The law is here, the organisation is in a [`Form`]. One [`Chain`] is one form
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
//! Reading order: [`Function`] and [`Form`] say what there is to do and who does
//! it, [`Block`] and `composition` which choices a form is made of; `household` what a family is and where it stands; `chain` holds the
//! state and the events (`foresight` asks for their memory); `activity` asks, waits, begins and ends; `circle` says
//! who is with a family, and so what a handover, a re-tell and an assessment
//! are; `melding`, `pathway`, `help`, `petition` and `measure` say what follows what;
//! `danger` and `decision` are the incidents and the judgements, `exposure` what time does to a household; `staff`, `leaving`,
//! `stock` and `arrival` fill the world; `path` says which form is in force from when, `area` where, and `change` what happens on that day; `behaviour` and `transition` hold what
//! may be assumed of people and is nothing unless a scenario says so; `observe`
//! records, `wait` how long families wait, also those whose wait has no end yet, `quarter` the course of a run, `distribution` families by class, `flow` from which
//! step to which they go; `proeftuin` counts as the proeftuin
//! monitor did; the [`KPIS`] table says what is made of it. `journal` is one
//! household's life event by event, `fact` what it comes down to, and the
//! [`QUESTIONS`] table what may be asked of it.

mod activity;
mod area;
mod arrival;
mod audit;
mod behaviour;
mod block;
mod chain;
mod change;
mod circle;
mod composition;
mod danger;
mod decision;
mod distribution;
mod exposure;
mod fact;
mod flow;
mod foresight;
mod form;
mod function;
mod help;
mod household;
mod journal;
mod kpi;
mod leaving;
mod measure;
mod melding;
mod monitor;
mod name;
mod observe;
mod organisation;
mod parameter;
mod pass;
mod path;
mod pathway;
mod petition;
mod proeftuin;
mod purpose;
mod quarter;
mod question;
mod region;
mod roster;
mod setting;
mod severity;
mod staff;
mod stock;
mod structure;
mod transition;
mod turn;
mod volume;
mod wait;
mod work;
pub use area::{Local, Place};
pub use block::*;
pub use chain::Chain;
pub use danger::Protection;
pub use distribution::*;
pub use fact::*;
pub use flow::*;
pub use form::*;
pub use function::*;
pub use journal::*;
pub use kpi::*;
pub use monitor::*;
pub use name::*;
pub use organisation::*;
pub use parameter::*;
pub use pass::*;
pub use path::*;
pub use proeftuin::*;
pub use quarter::*;
pub use question::*;
pub use region::*;
pub use roster::*;
pub use setting::*;
pub use severity::*;
pub use structure::{FixedRoute, Structure, structure};
pub use volume::Volume;
pub use wait::*;
pub use work::Kind;
