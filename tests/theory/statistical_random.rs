//! Is addressable chance random, and do the variates have their distributions?
//!
//! All keys are fixed, so a run is repeatable. Every bound is a test of level
//! 0.1 %: for one bound in a thousand, a perfect source would fail it under
//! some other seed. Tests with two sides give 0.05 % to each.

use rvtsim::random::{
    Chance, Draws, LogNormal, choose, exponential, normal, philox2x64, truncated_exponential,
    truncated_normal,
};
use rvtsim::stats::{Moments, gamma_p, gamma_p_inverse, normal_cdf, normal_quantile};

const SEED: u64 = 20_260_101;

// ---- bounds -------------------------------------------------------------

/// Whether a standard normal statistic lies within its central 99.9 %.
fn is_normal(z: f64) -> bool {
    z.abs() < normal_quantile(0.9995)
}

/// Whether a chi-square statistic lies within its central 99.9 %.
fn is_chi_square(statistic: f64, freedom: f64) -> bool {
    let quantile = |p| 2.0 * gamma_p_inverse(freedom / 2.0, p);
    (quantile(0.0005)..quantile(0.9995)).contains(&statistic)
}

/// Whether counts fit shares (Pearson).
fn fits(counts: &[u64], shares: &[f64]) -> bool {
    let n = counts.iter().sum::<u64>() as f64;
    let terms = counts.iter().zip(shares).map(|(&count, share)| {
        let expected = n * share;
        (count as f64 - expected).powi(2) / expected
    });
    is_chi_square(terms.sum(), counts.len() as f64 - 1.0)
}

/// Whether numbers fill the 256 equal parts of (0, 1) evenly.
fn is_uniform(numbers: &[f64]) -> bool {
    let mut counts = [0; 256];
    for u in numbers {
        counts[(u * 256.0) as usize] += 1;
    }
    fits(&counts, &[1.0 / 256.0; 256])
}

/// Whether pairs fill the 16 by 16 parts of the unit square evenly.
fn is_uniform_square(pairs: impl Iterator<Item = (f64, f64)>) -> bool {
    let mut counts = [0; 256];
    for (u, v) in pairs {
        counts[(u * 16.0) as usize * 16 + (v * 16.0) as usize] += 1;
    }
    fits(&counts, &[1.0 / 256.0; 256])
}

/// Whether pairs of uniform numbers are uncorrelated.
fn is_uncorrelated(pairs: impl Iterator<Item = (f64, f64)>) -> bool {
    let mut products = Moments::default();
    for (u, v) in pairs {
        // Mean 0 and variance 1 for independent uniform numbers.
        products.push(12.0 * (u - 0.5) * (v - 0.5));
    }
    is_normal(products.mean() * (products.n() as f64).sqrt())
}

/// Whether a sample has a distribution function (Kolmogorov and Smirnov).
///
/// The 99.9 % point of the limit law, √(ln 2000 / 2), with the correction for
/// finite n of M. A. Stephens, J. Roy. Statist. Soc. B 32 (1970).
fn has_cdf(mut sample: Vec<f64>, cdf: impl Fn(f64) -> f64) -> bool {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let distance = sample.iter().enumerate().fold(0.0_f64, |most, (i, &x)| {
        let p = cdf(x);
        most.max(p - i as f64 / n).max((i + 1) as f64 / n - p)
    });
    distance * (n.sqrt() + 0.12 + 0.11 / n.sqrt()) < (2000_f64.ln() / 2.0).sqrt()
}

// ---- the source ---------------------------------------------------------

/// 65 536 draws along every field of the address, all else fixed.
fn streams() -> Vec<(&'static str, Vec<f64>)> {
    let along = |draw: &dyn Fn(u32) -> f64| (0..65_536).map(draw).collect();
    let here = Chance::new(SEED, 3, 7);
    vec![
        ("entity", along(&|i| here.of(i).uniform(1, 2))),
        ("index", along(&|i| here.of(11).uniform(1, i))),
        ("purpose", along(&|i| here.of(11).uniform(i as u16, 2))),
        (
            "replication",
            along(&|i| Chance::new(SEED, i, 7).of(11).uniform(1, 2)),
        ),
        (
            "region",
            along(&|i| Chance::new(SEED, 3, i as u8).of(i >> 8).uniform(1, 2)),
        ),
        (
            "seed",
            along(&|i| Chance::new(u64::from(i), 3, 7).of(11).uniform(1, 2)),
        ),
        ("second word", along(&|i| here.of(i).pair(1, 2).1)),
    ]
}

#[test]
fn uniform_along_every_field() {
    for (field, stream) in streams() {
        assert!(is_uniform(&stream), "along {field}");
        assert!(has_cdf(stream, |u| u), "along {field}");
    }
}

#[test]
fn neighbours_along_every_field_are_independent() {
    for (field, stream) in streams() {
        for lag in [1, 2, 256] {
            let pairs = stream.iter().copied().zip(stream[lag..].iter().copied());
            assert!(is_uncorrelated(pairs), "along {field}, lag {lag}");
        }
        let apart = stream.chunks_exact(2).map(|pair| (pair[0], pair[1]));
        assert!(is_uniform_square(apart), "along {field}");
    }
}

#[test]
fn the_two_numbers_of_a_pair_are_independent() {
    let pairs = || (0..65_536).map(|i| Chance::new(SEED, 0, 0).of(i).pair(1, 0));
    assert!(is_uncorrelated(pairs()));
    assert!(is_uniform_square(pairs()));
}

/// The same address under neighbouring seeds, replications and regions.
#[test]
fn neighbouring_worlds_are_independent() {
    let base = Chance::new(SEED, 3, 7);
    for (field, other) in [
        ("seed", Chance::new(SEED + 1, 3, 7)),
        ("replication", Chance::new(SEED, 2, 7)),
        ("region", Chance::new(SEED, 3, 6)),
    ] {
        let pairs = || (0..65_536).map(|i| (base.of(i).uniform(1, 2), other.of(i).uniform(1, 2)));
        assert!(is_uncorrelated(pairs()), "{field}");
        assert!(is_uniform_square(pairs()), "{field}");
    }
}

/// Flips one of the 192 input bits of a block and counts which of the 128
/// output bits flip with it; the sum of all squared deviations is chi-square.
fn avalanche(block: impl Fn([u64; 2], u64) -> [u64; 2]) -> bool {
    const BLOCKS: u64 = 512;
    let mut statistic = 0.0;
    for bit in 0..192 {
        let mut flips = [0_u32; 128];
        for i in 0..BLOCKS {
            let (counter, key) = ([i << 3, i * 5], SEED + i);
            let (mut other, mut other_key) = (counter, key);
            match bit / 64 {
                2 => other_key ^= 1 << (bit % 64),
                word => other[word] ^= 1 << (bit % 64),
            }
            let (a, b) = (block(counter, key), block(other, other_key));
            for (place, flip) in flips.iter_mut().enumerate() {
                *flip += ((a[place / 64] ^ b[place / 64]) >> (place % 64) & 1) as u32;
            }
        }
        for flip in flips {
            let z = (f64::from(flip) - BLOCKS as f64 / 2.0) / (BLOCKS as f64 / 4.0).sqrt();
            statistic += z * z;
        }
    }
    is_chi_square(statistic, 192.0 * 128.0)
}

#[test]
fn every_input_bit_flips_every_output_bit_half_the_time() {
    assert!(avalanche(philox2x64));
}

#[test]
fn every_output_bit_is_set_half_the_time() {
    let n = 65_536;
    let mut set = [0_u32; 128];
    for i in 0..n {
        let block = philox2x64([i, 0], SEED);
        for (place, count) in set.iter_mut().enumerate() {
            *count += (block[place / 64] >> (place % 64) & 1) as u32;
        }
    }
    let squares = set.map(|count| (f64::from(count) - n as f64 / 2.0).powi(2) / (n as f64 / 4.0));
    assert!(is_chi_square(squares.iter().sum(), 128.0));
}

/// The bounds above reject sources that are only a little wrong.
#[test]
fn faulty_sources_are_rejected() {
    let good: Vec<f64> = (0..65_536)
        .map(|i| Chance::new(SEED, 3, 7).of(i).uniform(1, 2))
        .collect();
    let skewed: Vec<f64> = good.iter().map(|u| u + 0.1 * u * (1.0 - u)).collect();
    assert!(!is_uniform(&skewed), "skewed");
    let even: Vec<f64> = (0..65_536)
        .map(|i| (f64::from(i) + 0.5) / 65_536.0)
        .collect();
    assert!(!is_uniform(&even), "too even");
    let leaning: Vec<f64> = good.iter().map(|u| u + 0.03 * u * (1.0 - u)).collect();
    assert!(!has_cdf(leaning, |u| u), "leaning");
    let echo = || {
        let windows = good.windows(2).enumerate();
        windows.map(|(i, w)| (w[0], if i % 32 == 0 { w[0] } else { w[1] }))
    };
    assert!(!is_uncorrelated(echo()), "echo");
    assert!(!is_uniform_square(echo()), "echo");
    assert!(
        !avalanche(|counter, key| philox2x64(counter, key & !1)),
        "a key bit ignored"
    );
}

// ---- the variates -------------------------------------------------------

/// A variate with everything that is known about it.
struct Known {
    name: &'static str,
    quantile: Box<dyn Fn(f64) -> f64>,
    cdf: Box<dyn Fn(f64) -> f64>,
    mean: f64,
    variance: f64,
    /// The excess kurtosis.
    kurtosis: f64,
}

fn known() -> Vec<Known> {
    let mut all = vec![
        Known {
            name: "exponential",
            quantile: Box::new(|u| exponential(u, 3.0)),
            cdf: Box::new(|x| gamma_p(1.0, x / 3.0)),
            mean: 3.0,
            variance: 9.0,
            kurtosis: 6.0,
        },
        Known {
            name: "normal",
            quantile: Box::new(normal),
            cdf: Box::new(normal_cdf),
            mean: 0.0,
            variance: 1.0,
            kurtosis: 0.0,
        },
    ];
    for (name, cv) in [("lognormal 0.3", 0.3_f64), ("lognormal 0.8", 0.8)] {
        let law = LogNormal::from_mean_cv(20.0, cv);
        let square = (1.0 + cv * cv).ln();
        let w = 1.0 + cv * cv;
        all.push(Known {
            name,
            quantile: Box::new(move |u| law.at(u)),
            cdf: Box::new(move |x| normal_cdf(((x / 20.0).ln() + square / 2.0) / square.sqrt())),
            mean: 20.0,
            variance: (20.0 * cv).powi(2),
            kurtosis: w.powi(4) + 2.0 * w.powi(3) + 3.0 * w * w - 6.0,
        });
    }
    all
}

/// The cuts, whose distribution functions follow from those of the whole.
fn cut() -> Vec<Known> {
    let within = |cdf: fn(f64) -> f64, low: f64, high: f64| {
        move |x: f64| (cdf(x) - cdf(low)) / (cdf(high) - cdf(low))
    };
    let inside = |name, quantile: fn(f64) -> f64, cdf: Box<dyn Fn(f64) -> f64>| Known {
        name,
        quantile: Box::new(quantile),
        cdf,
        mean: f64::NAN,
        variance: f64::NAN,
        kurtosis: f64::NAN,
    };
    let hundred: fn(f64) -> f64 = |x| normal_cdf((x - 100.0) / 15.0);
    let third: fn(f64) -> f64 = |x| gamma_p(1.0, x / 3.0);
    vec![
        inside(
            "normal cut on both sides",
            |u| truncated_normal(u, 100.0, 15.0, 80.0, 145.0),
            Box::new(within(hundred, 80.0, 145.0)),
        ),
        inside(
            "normal above its mean",
            |u| truncated_normal(u, 100.0, 15.0, 120.0, f64::INFINITY),
            Box::new(within(hundred, 120.0, f64::INFINITY)),
        ),
        inside(
            "exponential cut",
            |u| truncated_exponential(u, 3.0, 1.0, 9.0),
            Box::new(within(third, 1.0, 9.0)),
        ),
    ]
}

/// The draws of 20 000 entities, another purpose for every variate.
fn sample(purpose: usize, quantile: impl Fn(f64) -> f64) -> Vec<f64> {
    let chance = Chance::new(SEED, 1, 1);
    let draw = |draws: Draws| quantile(draws.uniform(purpose as u16, 0));
    (0..20_000).map(|i| draw(chance.of(i))).collect()
}

#[test]
fn variates_have_their_distributions() {
    for (i, law) in known().iter().chain(&cut()).enumerate() {
        assert!(has_cdf(sample(i, &law.quantile), &law.cdf), "{}", law.name);
    }
    // A scale that is 6 % off is seen.
    let wide = sample(0, |u| exponential(u, 3.2));
    assert!(!has_cdf(wide, |x| gamma_p(1.0, x / 3.0)));
}

#[test]
fn variates_have_their_means_and_variances() {
    for (i, law) in known().iter().enumerate() {
        let mut moments = Moments::default();
        for value in sample(100 + i, &law.quantile) {
            moments.push(value);
        }
        let n = moments.n() as f64;
        let mean = (moments.mean() - law.mean) / (law.variance / n).sqrt();
        assert!(is_normal(mean), "mean of {}: {mean}", law.name);
        let error = law.variance * ((law.kurtosis + 2.0) / n).sqrt();
        let variance = (moments.variance() - law.variance) / error;
        assert!(is_normal(variance), "variance of {}: {variance}", law.name);
    }
}

#[test]
fn a_choice_has_its_share() {
    let yes = sample(201, |u| f64::from(choose(u, 0.3)))
        .iter()
        .sum::<f64>();
    assert!(is_normal(
        (yes - 6_000.0) / (20_000.0_f64 * 0.3 * 0.7).sqrt()
    ));
}

/// More u, more value: evenly on the normal scale from −8 to 8, so that the
/// tails and the ends of the tables (at ±6) are among the steps.
#[test]
fn variates_rise_with_u() {
    for law in known().iter().chain(&cut()) {
        let mut last = (0.0, f64::NEG_INFINITY);
        for i in -8_000_i32..=8_000 {
            let u = normal_cdf(f64::from(i) / 1000.0);
            let value = (law.quantile)(u);
            // Near 1 two steps may share a u, and beyond ±7 two values near
            // the end of a cut an `f64`.
            let tie = u == last.0 || i.abs() > 7_000;
            assert!(
                value > last.1 || (tie && value == last.1),
                "{} falls from {} to {value} at {u}",
                law.name,
                last.1
            );
            last = (u, value);
        }
    }
}

#[test]
fn variates_invert_their_distribution_functions() {
    for law in known().iter().chain(&cut()) {
        for i in -6_500..=6_500 {
            let u = normal_cdf(f64::from(i) / 1000.0);
            let apart = ((law.cdf)((law.quantile)(u)) - u).abs();
            assert!(apart < 1e-7, "{} at {u} off by {apart:e}", law.name);
        }
    }
}

/// The exact bits, which no platform and no crate may change.
#[test]
fn values_are_golden() {
    let draws = Chance::new(SEED, 12, 3).of(456);
    let (first, second) = draws.pair(7, 89);
    let mut found = vec![first, second];
    for u in [1e-12, first, second, 0.5, 0.9, 1.0 - 1e-12] {
        found.extend([
            exponential(u, 3.0),
            normal(u),
            LogNormal::from_mean_cv(20.0, 0.8).at(u),
            truncated_normal(u, 100.0, 15.0, 80.0, 145.0),
            truncated_exponential(u, 3.0, 1.0, 9.0),
        ]);
    }
    let found: Vec<u64> = found.iter().map(|value| value.to_bits()).collect();
    assert!(found == GOLDEN, "the bits are now {found:#018x?}");
}

const GOLDEN: &[u64] = &[
    // The pair of uniform numbers.
    0x3feb_eba4_a332_413f,
    0x3fea_4dbd_2b5a_ef0b,
    // u = 1e-12.
    0x3d8a_6366_41c4_ed9c,
    0xc01c_234f_ba57_a32a,
    0x3fbc_62b7_4c2f_4930,
    0x4054_0000_0000_16d0,
    0x3ff0_0000_0000_311c,
    // u = first.
    0x4018_b792_a798_465f,
    0x3ff2_36b9_9878_671c,
    0x4041_63db_11a5_9648,
    0x405d_7657_fde4_4a23,
    0x4018_0c78_e564_d050,
    // u = second.
    0x4014_b601_86bd_6d06,
    0x3fed_8900_b9a5_e86b,
    0x403d_e413_17b0_85f1,
    0x405c_af5e_79d7_0af0,
    0x4015_5f24_a53a_4748,
    // u = 0.5.
    0x4000_a2b2_3f3b_ab73,
    0x0000_0000_0000_0000,
    0x402f_3c18_bb58_f889,
    0x4059_6c59_5d0c_a00f,
    0x4007_05f7_e31f_23ea,
    // u = 0.9.
    0x401b_a18a_998f_ffa1,
    0x3ff4_813c_36e2_6d33,
    0x4043_3b91_f0d8_2375,
    0x405d_fada_3d0b_0a83,
    0x4019_cd65_d637_a0a6,
    // u = 1 - 1e-12.
    0x4054_b929_0987_d5e0,
    0x401c_2350_895b_2ea4,
    0x40a1_2f5a_671b_230f,
    0x4062_1fff_fffe_59e4,
    0x4021_ffff_ffff_a7a8,
];
