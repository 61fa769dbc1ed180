//! Student's t distribution.

use super::beta::beta_quantile;

/// The value that Student's t stays below with probability `p`.
///
/// `degrees_of_freedom` is positive and need not be whole. Uses
/// P(|T| > t) = I_x(ν/2, ½) with x = ν / (ν + t²) (Abramowitz & Stegun
/// 26.7.1). `p` = 0 gives −∞, 1 gives +∞. Relative accuracy about 1e-12.
///
/// # Panics
///
/// When `degrees_of_freedom` is not positive or `p` is outside \[0, 1\].
#[must_use]
pub fn student_t_quantile(p: f64, degrees_of_freedom: f64) -> f64 {
    assert!((0.0..=1.0).contains(&p), "a probability lies in [0, 1]");
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
}
