//! The law as a value: what follows what.
//!
//! [`follows`] is told what has happened to a family ([`Moment`]) and what is known of its case ([`Known`]). It says what
//! follows, a list of [`Next`] in the order in which they happen, and changes nothing. What is not known yet it asks: a
//! [`Question`], which chance or a professional answers, and then it is asked again with the answer. Who does a step is
//! the form's to say, and what a consequence does to a family is the chain's (`chain::pathway`).
//!
//! `step` is what can be asked for, `moment` what happens and is known, `consequence` what follows, `rule` the rules,
//! and `table` a row for every arrow of the diagram in `model`.

mod consequence;
mod moment;
mod rule;
mod step;
#[cfg(test)]
mod table;

pub(crate) use consequence::{Following, Next};
pub(crate) use moment::{Answers, Known, Moment, Question};
pub(crate) use rule::follows;
pub use step::Kind;
pub(crate) use step::{Ask, OrderKind, Track};
