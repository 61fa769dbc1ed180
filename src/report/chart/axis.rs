//! Axes with round ticks.

use crate::report::Lang;
use crate::report::words::number::local;

/// Part of an axis beyond the last tick that a value may have without another tick.
const NEARLY: f64 = 1e-9;

/// An axis: its ends, its ticks, and what stands there.
#[derive(Clone, PartialEq, Debug)]
pub struct Axis {
    /// Value at its beginning.
    pub low: f64,
    /// Value at its end.
    pub high: f64,
    /// Values with what stands there.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// From a tick that is not above `low` to one that is not below `high`, with about so
    /// many ticks, at steps of 1, 2 or 5 times a power of ten.
    pub fn over(low: f64, high: f64, most: usize, lang: Lang) -> Self {
        let (low, high) = if high > low {
            (low, high)
        } else {
            (low, low + 1.0)
        };
        let span = high - low;
        let power = libm::floor(libm::log10(span / most as f64));
        let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * libm::pow(10.0, power));
        let step = steps.into_iter().find(|step| span / step <= most as f64);
        let step = step.unwrap_or(steps[3]);
        let decimals = (-libm::floor(libm::log10(step) + NEARLY)).max(0.0) as usize;
        let first = (low / step + NEARLY).floor() as i64;
        let last = (high / step - NEARLY).ceil() as i64;
        let at = |number: i64| number as f64 * step;
        let ticks = (first..=last).map(|number| (at(number), local(at(number), decimals, lang)));
        Axis {
            low: at(first),
            high: at(last),
            ticks: ticks.collect(),
        }
    }

    /// Where a value lies between two places; beyond the ends, at the end.
    pub fn place(&self, value: f64, from: f64, to: f64) -> f64 {
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        from + share * (to - from)
    }

    /// Whether a value lies beyond an end.
    pub fn is_beyond(&self, value: f64) -> bool {
        !(self.low..=self.high).contains(&value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(low: f64, high: f64) -> String {
        let ticks = Axis::over(low, high, 5, Lang::Nl).ticks.into_iter();
        ticks.map(|(_, words)| words).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_round_and_reach_beyond_both_ends() {
        assert_eq!(words(0.0, 0.0), "0,0 0,2 0,4 0,6 0,8 1,0");
        assert_eq!(words(0.0, 3.4), "0 1 2 3 4");
        assert_eq!(words(0.0, 5.0), "0 1 2 3 4 5");
        assert_eq!(words(0.0, 0.31), "0,0 0,1 0,2 0,3 0,4");
        assert_eq!(words(0.0, 13_608.0), "0 5000 10.000 15.000");
        assert_eq!(words(-12.0, 31.0), "−20 −10 0 10 20 30 40");
    }

    #[test]
    fn what_lies_beyond_an_end_is_drawn_at_it() {
        let axis = Axis::over(0.0, 4.0, 5, Lang::En);
        assert_eq!(axis.place(1.0, 10.0, 50.0), 20.0);
        assert_eq!(axis.place(9.0, 10.0, 50.0), 50.0);
        assert!(axis.is_beyond(9.0) && !axis.is_beyond(4.0));
    }
}
