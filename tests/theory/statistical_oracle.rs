//! Our variates and quantiles against those of `rand_distr`, which are drawn by other methods.
//!
//! The model draws by inversion, so that more of the uniform means more of the
//! value; `rand_distr` mostly rejects. Both must be the same distribution: the
//! share of its draws below our quantile u must be u. With 100,000 draws and 9
//! quantiles of each distribution, a bound of 4.1 standard errors has a false
//! alarm rate of 0.1 % for each distribution (Bonferroni).

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand_distr::Distribution;
use rvtsim::random::{LogNormal, exponential, normal};
use rvtsim::stats::{beta_i_inverse, gamma_p_inverse};

const N_DRAWS: usize = 100_000;

fn agrees(name: &str, ours: impl Fn(f64) -> f64, theirs: &impl Distribution<f64>) {
    let mut generator = Xoshiro256PlusPlus::seed_from_u64(20_260_101);
    let draws: Vec<f64> = (0..N_DRAWS)
        .map(|_| theirs.sample(&mut generator))
        .collect();
    for tenth in 1..10 {
        let u = f64::from(tenth) / 10.0;
        let quantile = ours(u);
        let below = draws.iter().filter(|&&draw| draw <= quantile).count();
        let share = below as f64 / N_DRAWS as f64;
        let standard_error = (u * (1.0 - u) / N_DRAWS as f64).sqrt();
        let z = (share - u) / standard_error;
        assert!(
            z.abs() < 4.1,
            "{name}: {share} of the draws below quantile {u}, z = {z:.2}"
        );
    }
}

#[test]
fn inversion_gives_the_distributions_of_rand_distr() {
    agrees(
        "exponential",
        |u| exponential(u, 2.0),
        &rand_distr::Exp::new(0.5).unwrap(),
    );
    agrees(
        "normal",
        normal,
        &rand_distr::Normal::new(0.0, 1.0).unwrap(),
    );
    agrees(
        "gamma",
        |u| 3.0 * gamma_p_inverse(2.5, u),
        &rand_distr::Gamma::new(2.5, 3.0).unwrap(),
    );
    agrees(
        "beta",
        |u| beta_i_inverse(2.0, 5.0, u),
        &rand_distr::Beta::new(2.0, 5.0).unwrap(),
    );
    agrees(
        "lognormal",
        |u| LogNormal::from_mean_cv(8.0, 0.5).at(u),
        &rand_distr::LogNormal::from_mean_cv(8.0, 0.5).unwrap(),
    );
}

#[test]
#[should_panic(expected = "gamma")]
fn another_shape_is_noticed() {
    agrees(
        "gamma",
        |u| 3.0 * gamma_p_inverse(2.6, u),
        &rand_distr::Gamma::new(2.5, 3.0).unwrap(),
    );
}
