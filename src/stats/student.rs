//! Student's t distribution.

use super::beta::beta_quantile;
use super::normal::normal_quantile;

/// Degrees of freedom beyond which the expansion about the normal distribution has all digits; the
/// continued fraction of the beta function takes ever more terms.
const NEARLY_NORMAL: f64 = 1e6;

/// The value that Student's t stays below with probability `p`.
///
/// `degrees_of_freedom` is positive and need not be whole. Uses
/// P(|T| > t) = I_x(ν/2, ½) with x = ν / (ν + t²) (Abramowitz & Stegun
/// 26.7.1), and for more than 10⁶ degrees of freedom the expansion about the normal quantile (26.7.5).
/// `p` = 0 gives −∞, 1 gives +∞. Relative accuracy about 1e-12.
///
/// # Panics
///
/// When `degrees_of_freedom` is not positive or `p` is outside \[0, 1\].
#[must_use]
pub fn student_t_quantile(p: f64, degrees_of_freedom: f64) -> f64 {
    assert!((0.0..=1.0).contains(&p), "a probability lies in [0, 1]");
    if degrees_of_freedom > NEARLY_NORMAL {
        return nearly_normal(normal_quantile(p), degrees_of_freedom);
    }
    // p − ½ is exact wherever it is small, and the tail wherever it matters.
    let centre = p - 0.5;
    let tail = p.min(1.0 - p);
    let (x, y) = beta_quantile(
        0.5 * degrees_of_freedom,
        0.5,
        2.0 * tail,
        2.0 * centre.abs(),
    );
    (degrees_of_freedom * (y / x)).sqrt().copysign(centre)
}

fn nearly_normal(z: f64, freedom: f64) -> f64 {
    if z.is_infinite() {
        return z;
    }
    let square = z * z;
    let first = (square + 1.0) / 4.0;
    let second = ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    z * (1.0 + (first + (second + third / freedom) / freedom) / freedom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    /// Computed with mpmath 1.3 at 30 digits or more.
    #[test]
    fn has_all_digits() {
        for (p, freedom, exact) in [
            (0.75, 1.0, 1.0),
            (0.975, 2.0, 4.302_652_729_749_462),
            (0.975, 4.0, 2.776_445_105_197_793_5),
            (0.975, 29.0, 2.045_229_642_132_704),
            (0.995, 9.0, 3.249_835_541_592_126),
            (0.025, 11.0, -2.200_985_160_091_64),
            (0.51, 7.0, 2.597_794_156_951_69e-2),
            (0.975, 999.0, 1.962_341_461_133_449_6),
            (0.975, 1e6, 1.959_966_356_814_106_7),
            (0.999_999, 2.5, 220.173_429_175_704_25),
        ] {
            let relative = student_t_quantile(p, freedom) / exact - 1.0;
            assert!(
                relative.abs() < 1e-12,
                "t at {p}, {freedom} off by {relative:e}"
            );
        }
    }

    #[test]
    fn agrees_with_statrs_and_is_symmetric() {
        for freedom in [1.0, 2.0, 5.0, 30.0, 200.0] {
            let oracle = StudentsT::new(0.0, 1.0, freedom).unwrap();
            for i in 1..64 {
                let p = f64::from(i) / 64.0;
                let t = student_t_quantile(p, freedom);
                let apart = oracle.cdf(t) - p;
                assert!(apart.abs() < 1e-11, "t at {p}, {freedom} off by {apart:e}");
                assert_eq!(t.abs(), student_t_quantile(1.0 - p, freedom).abs());
            }
        }
        assert_eq!(student_t_quantile(0.5, 3.0), 0.0);
        assert_eq!(student_t_quantile(0.0, 3.0), f64::NEG_INFINITY);
        assert_eq!(student_t_quantile(1.0, 3.0), f64::INFINITY);
    }

    #[test]
    fn both_ways_agree_where_they_meet() {
        for p in [1e-300, 1e-12, 0.025, 0.4, 0.5, 0.975] {
            let slow = student_t_quantile(p, NEARLY_NORMAL);
            let fast = nearly_normal(normal_quantile(p), NEARLY_NORMAL);
            assert!(
                (slow - fast).abs() <= 1e-11 * fast.abs(),
                "{p}: {slow} {fast}"
            );
        }
        assert_eq!(student_t_quantile(0.0, 1e300), f64::NEG_INFINITY);
        let widest = student_t_quantile(0.975, u64::MAX as f64);
        assert!((widest - 1.959_963_984_540_054).abs() < 1e-12);
    }
}
