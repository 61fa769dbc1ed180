//! Special functions end for every argument, and stay within their range.
//!
//! A file of others may hold any number. The slowest arguments are shapes so large that a continued
//! fraction gains next to nothing with each term.

use proptest::prelude::*;
use rvtsim::stats::{
    beta_i, beta_i_inverse, exact_interval, gamma_p, gamma_p_inverse, normal_cdf, normal_quantile,
    student_t_quantile,
};

/// Any positive number there is, each bit pattern as likely as any other.
fn shape() -> impl Strategy<Value = f64> {
    let bits = any::<u64>().prop_map(|bits| f64::from_bits(bits & (u64::MAX >> 1)));
    prop_oneof![
        4 => bits,
        1 => any::<u64>().prop_map(|whole| whole as f64),
    ]
    .prop_filter("positive", |shape| *shape > 0.0)
}

fn probability() -> impl Strategy<Value = f64> {
    prop_oneof![
        2 => 0.0..=1.0,
        1 => any::<u64>().prop_map(|bits| f64::from_bits(bits % (1.0_f64.to_bits() + 1))),
        1 => proptest::sample::select(&[0.0, f64::MIN_POSITIVE, 0.5, 1.0 - f64::EPSILON, 1.0][..]),
    ]
}

/// All of them; that it comes back is what matters.
fn ends(a: f64, b: f64, x: f64, p: f64) {
    let is_share = |value: f64| value.is_nan() || (-1e-9..=1.0 + 1e-9).contains(&value);
    assert!(
        is_share(beta_i(a, b, p)) || a.max(b) > 1e8,
        "I_{p}({a}, {b})"
    );
    assert!(is_share(gamma_p(a, x)) || a > 1e8, "P({a}, {x})");
    assert!(is_share(normal_cdf(x)), "{x}");
    let _ = [
        beta_i(a, b, x),
        beta_i_inverse(a, b, p),
        gamma_p_inverse(a, p),
        normal_quantile(x),
    ];
    let t = student_t_quantile(p, a);
    assert!(!t.is_nan() || a < 1e-3, "t at {p}, {a}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_they_are_asked(a in shape(), b in shape(), bits in any::<u64>(), p in probability()) {
        ends(a, b, f64::from_bits(bits), p);
        // The slow side: about the mean.
        ends(a, a, a, p);
    }

    #[test]
    fn an_exact_interval_holds_the_share_seen(n in 1..u32::MAX, share in 0.0..=1.0) {
        let hits = (f64::from(n) * share) as u32;
        let (low, high) = exact_interval(hits, n, 0.95);
        let share = f64::from(hits) / f64::from(n);
        prop_assert!(low <= share && share <= high, "{low} {share} {high}");
    }
}

#[test]
fn at_the_ends_of_whole_numbers() {
    for a in [
        1.0,
        u64::MAX as f64,
        f64::MAX,
        f64::MIN_POSITIVE,
        f64::INFINITY,
        1e12,
    ] {
        for p in [0.0, 1e-300, 0.025, 0.5, 0.975, 1.0] {
            ends(a, 0.5, a, p);
            ends(0.5, a, 1.0, p);
        }
    }
    for (hits, n) in [
        (0, u32::MAX),
        (1, u32::MAX),
        (u32::MAX, u32::MAX),
        (1 << 31, u32::MAX),
    ] {
        let (low, high) = exact_interval(hits, n, 0.95);
        assert!(low <= high, "{hits} of {n}: {low} {high}");
    }
}
