//! The table of queues: how long one waits for each function, also for work beside a family's way.

use crate::model::{Better, WaitObservations, wait_horizon};

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct QueueFigure {
    /// Its column in queues.csv.
    pub key: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// What a Dutch reader sees.
    pub nl: &'static str,
    /// How it is defined.
    pub definition: &'static str,
    formula: fn(&WaitObservations, f64) -> Option<f64>,
}

impl QueueFigure {
    /// Its value for a queue that was observed for so many years; `None` where nobody asked.
    pub fn value(&self, queue: &WaitObservations, years: f64) -> Option<f64> {
        (queue.n() > 0)
            .then(|| (self.formula)(queue, years))
            .flatten()
    }
}

/// Every figure of a queue.
pub const QUEUE_FIGURES: &[QueueFigure] = &[
    QueueFigure {
        key: "asked_per_year",
        unit: "per year",
        better: Better::Neither,
        nl: "gevraagd per jaar",
        definition: "Times a year that the function was asked for, also beside a family's way, and by who takes over from a leaver.",
        formula: |queue, years| (years > 0.0).then(|| queue.n() as f64 / years),
    },
    QueueFigure {
        key: "wait_mean_days",
        unit: "days",
        better: Better::Lower,
        nl: "wachttijd, gemiddeld (dagen)",
        definition: "Mean time from asking to the start, of all that was asked for in the measured period; what still waits on the last day, or was withdrawn before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long.",
        formula: |queue, years| Some(days(queue.survival()?.restricted_mean(wait_horizon(years)))),
    },
    QueueFigure {
        key: "wait_p50_days",
        unit: "days",
        better: Better::Lower,
        nl: "wachttijd, mediaan (dagen)",
        definition: "Median of the same times, at most two years, or the measured period where that is shorter.",
        formula: |queue, years| quantile(queue, 0.5, years),
    },
    QueueFigure {
        key: "wait_p90_days",
        unit: "days",
        better: Better::Lower,
        nl: "wachttijd, P90 (dagen)",
        definition: "90th percentile of the same times, at most two years, or the measured period where that is shorter.",
        formula: |queue, years| quantile(queue, 0.9, years),
    },
    QueueFigure {
        key: "begun_percent",
        unit: "percent",
        better: Better::Higher,
        nl: "begonnen (%)",
        definition: "Share of all that was asked for in the measured period that had begun by the last day.",
        formula: |queue, _| Some(100.0 * queue.n_met() as f64 / queue.n() as f64),
    },
    QueueFigure {
        key: "waiting_at_end",
        unit: "count",
        better: Better::Lower,
        nl: "wacht nog, laatste dag",
        definition: "Of all that was asked for in the measured period, what still waits on the last day.",
        formula: |queue, _| Some(queue.n_open() as f64),
    },
];

fn quantile(queue: &WaitObservations, q: f64, years: f64) -> Option<f64> {
    Some(days(queue.survival()?.quantile(q).min(wait_horizon(years))))
}

fn days(minutes: f64) -> f64 {
    minutes / f64::from(crate::engine::MINUTES_PER_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::WaitEnd;

    #[test]
    fn who_still_waits_is_in_every_figure() {
        let mut queue = WaitObservations::default();
        let value = |queue: &WaitObservations, key: &str| {
            let row = QUEUE_FIGURES.iter().find(|figure| figure.key == key);
            row.unwrap().value(queue, 1.0)
        };
        assert_eq!(value(&queue, "asked_per_year"), None);
        queue.record(10 * 1440, WaitEnd::Met, None);
        for (days, end) in [(20, WaitEnd::Open), (30, WaitEnd::Open), (5, WaitEnd::Left)] {
            queue.record(days * 1440, end, None);
        }
        assert_eq!(value(&queue, "asked_per_year"), Some(4.0));
        assert_eq!(value(&queue, "begun_percent"), Some(25.0));
        assert_eq!(value(&queue, "waiting_at_end"), Some(2.0));
        // Of the three who wait ten days one is helped then; the last is followed for thirty.
        let mean = value(&queue, "wait_mean_days").unwrap();
        assert!((mean - (10.0 + 20.0 * 2.0 / 3.0)).abs() < 0.2, "{mean}");
        assert!(value(&queue, "wait_p50_days").unwrap() > 29.0);
    }
}
