//! How long until something happens, where not everybody was followed until it did.

use super::Histogram;

/// How far a share may be off by rounding and still be reached.
const ROUNDING: f64 = 1e-12;

/// The share that still waits after every length of time, by the product-limit estimate.
///
/// Of those who have waited up to a moment and are still followed, the share that the event comes to then is taken off:
/// S(t) = ∏ (1 − dᵢ / nᵢ) over the moments tᵢ ≤ t (E. L. Kaplan & P. Meier, Journal of the American Statistical
/// Association 53 (1958)). Who is no longer followed from tᵢ on counts in nᵢ and not after it. Beyond the longest time
/// that was seen nobody waits: its last is taken for an event (B. Efron, Proceedings of the Fifth Berkeley Symposium 4
/// (1967)), so that one family that is followed longest of few does not weigh as much as the horizon is long.
#[derive(Clone, Debug, PartialEq)]
pub struct Survival {
    /// Moments at which somebody stops waiting, with the share that waits after them.
    steps: Vec<(f64, f64)>,
}

impl Survival {
    /// The estimate from times up to the event, and times after which somebody was not followed any more; `None` if
    /// nobody was seen.
    pub fn of(events: &Histogram, censored: &Histogram) -> Option<Self> {
        let n = events.n() + censored.n();
        let (mut at_risk, mut share) = (n, 1.0);
        let mut steps = Vec::new();
        for (time, n_events, n_censored) in events.beside(censored) {
            if n_events > 0 {
                share *= 1.0 - n_events as f64 / at_risk as f64;
            }
            at_risk -= n_events + n_censored;
            if at_risk == 0 {
                share = 0.0;
            }
            if n_events > 0 || at_risk == 0 {
                steps.push((time, share));
            }
        }
        (n > 0).then_some(Survival { steps })
    }

    /// The share that has waited longer than this.
    pub fn after(&self, time: f64) -> f64 {
        let passed = self.steps.partition_point(|&(moment, _)| moment <= time);
        passed.checked_sub(1).map_or(1.0, |last| self.steps[last].1)
    }

    /// The mean of the times, each taken for the horizon where it is longer: the area under the curve up to there
    /// (J. O. Irwin, Journal of Hygiene 47 (1949); P. Royston & M. K. B. Parmar, BMC Medical Research Methodology 13
    /// (2013)). It is known also where the mean is not, because some were not followed to their event.
    pub fn restricted_mean(&self, horizon: f64) -> f64 {
        let (mut area, mut from, mut share) = (0.0, 0.0, 1.0);
        for &(time, next) in self.steps.iter().take_while(|(time, _)| *time < horizon) {
            area += share * (time - from);
            (from, share) = (time, next);
        }
        area + share * (horizon - from)
    }

    /// The shortest time within which the event has come to at least a share `q`.
    ///
    /// # Panics
    ///
    /// When `q` is outside \[0, 1\].
    pub fn quantile(&self, q: f64) -> f64 {
        assert!((0.0..=1.0).contains(&q), "a share lies in [0, 1]");
        let mut steps = self.steps.iter();
        let reached = steps.find(|(_, share)| *share <= 1.0 - q + ROUNDING);
        reached.expect("in the end nobody waits").0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(events: &[u32], censored: &[u32]) -> Survival {
        let histogram = |times: &[u32]| {
            let mut all = Histogram::default();
            times.iter().for_each(|&time| all.record(time));
            all
        };
        Survival::of(&histogram(events), &histogram(censored)).expect("somebody was seen")
    }

    /// Weeks in remission under 6-mercaptopurine: E. J. Freireich and others, Blood 21 (1963), as in many textbooks,
    /// such as D. R. Cox & D. Oakes, Analysis of Survival Data (1984).
    fn remission() -> Survival {
        of(
            &[6, 6, 6, 7, 10, 13, 16, 22, 23],
            &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
        )
    }

    #[test]
    fn a_published_example_has_its_published_estimate() {
        let found = remission();
        for (week, share) in [
            (5.0, 1.0),
            (6.0, 0.857),
            (7.0, 0.807),
            (10.0, 0.753),
            (13.0, 0.690),
            (16.0, 0.627),
            (22.0, 0.538),
            (23.0, 0.448),
            (34.9, 0.448),
        ] {
            assert!((found.after(week) - share).abs() < 0.0005, "{week}");
        }
        assert_eq!(found.quantile(0.5), 23.0);
        // The area under these steps up to week 35 is 23.287.
        assert!((found.restricted_mean(35.0) - 23.287).abs() < 0.0005);
    }

    #[test]
    fn a_case_by_hand() {
        // Of four one is done at 2; of the three one leaves at 3; of the two one is done at 5; the last leaves at 9.
        let found = of(&[2, 5], &[3, 9]);
        assert_eq!(found.steps, [(2.0, 0.75), (5.0, 0.375), (9.0, 0.0)]);
        assert_eq!(found.restricted_mean(4.0), 2.0 + 0.75 * 2.0);
        assert_eq!(found.restricted_mean(100.0), 2.0 + 0.75 * 3.0 + 0.375 * 4.0);
        let quantiles = [0.0, 0.25, 0.5, 0.7].map(|q| found.quantile(q));
        assert_eq!(quantiles, [2.0, 2.0, 5.0, 9.0]);
    }

    #[test]
    fn with_everybody_followed_it_is_what_was_seen() {
        let found = of(&[4, 1, 3, 2, 10], &[]);
        assert!((found.restricted_mean(50.0) - 4.0).abs() < 1e-12);
        let quantiles = [0.2, 0.4, 0.5, 0.8, 0.81, 1.0].map(|q| found.quantile(q));
        assert_eq!(quantiles, [1.0, 2.0, 3.0, 4.0, 10.0, 10.0]);
        assert_eq!((found.after(0.5), found.after(10.0)), (1.0, 0.0));
    }

    #[test]
    fn nobody_seen_is_no_estimate_and_nobody_done_is_as_long_as_was_looked() {
        let none = Histogram::default();
        assert_eq!(Survival::of(&none, &none), None);
        let waiting = of(&[], &[10, 20, 30]);
        assert_eq!(waiting.restricted_mean(100.0), 30.0);
        assert_eq!(waiting.quantile(0.1), 30.0);
    }

    /// What waits twice as long, followed as long as before, is never said to wait less.
    #[test]
    fn longer_waits_never_have_a_shorter_estimate() {
        let times = (0..200_u32).map(|i| 1 + (i * 37) % 97).collect::<Vec<_>>();
        let followed = |i: usize| 100 + (i as u32 * 53) % 60;
        let mut before = [0.0; 3];
        for factor in 1..=8 {
            let (mut events, mut censored) = (Vec::new(), Vec::new());
            for (i, time) in times.iter().enumerate() {
                match time * factor {
                    time if time <= followed(i) => events.push(time),
                    _ => censored.push(followed(i)),
                }
            }
            let found = of(&events, &censored);
            let now = [
                found.restricted_mean(120.0),
                found.quantile(0.5).min(120.0),
                found.quantile(0.9).min(120.0),
            ];
            for (now, before) in now.iter().zip(before) {
                assert!(*now >= before, "{factor}: {now} after {before}");
            }
            before = now;
        }
    }
}
