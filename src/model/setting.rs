//! Everything that one pass of the model is given.

use serde::Serialize;

use super::area::Local;
use super::{Change, Form, Parameters, Reading, Region, Roster};
use crate::engine::Date;

/// The time line of a run: a warm-up that is thrown away, then what is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Period {
    /// First day of what is measured.
    pub start: Date,
    /// Length of the warm-up before it \[days\].
    pub warm_up_days: u32,
    /// Length of what is measured \[days\].
    pub measured_days: u32,
}

impl Period {
    /// First day of the warm-up: the run's time zero.
    pub fn first_day(&self) -> Date {
        self.start.plus_days(-(self.warm_up_days as i32))
    }

    /// Last day of what is measured, and of the run.
    pub fn last_day(&self) -> Date {
        self.start.plus_days(self.measured_days as i32 - 1)
    }

    /// Length of the whole run \[days\].
    pub fn total_days(&self) -> u32 {
        self.warm_up_days + self.measured_days
    }
}

/// One region through one period, under one form or under several in turn.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Setting {
    /// The organisation on the first day.
    pub form: Form,
    /// The parameters, with every override that applies to this form.
    pub parameters: Parameters,
    /// The region.
    pub region: Region,
    /// The time line.
    pub period: Period,
    /// Who works where; without it today's staff as the form divides it.
    pub roster: Option<Roster>,
    /// The forms that come into force later, by day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The forms that are in force in places of the region instead of `form`, on the first day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub local: Vec<Local>,
    /// Whose families are counted: those of these [places](Region::places); without it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<Vec<u8>>,
    /// Readings of the proeftuin monitor, at most 32; none where nobody asks for them.
    pub readings: Vec<Reading>,
}
