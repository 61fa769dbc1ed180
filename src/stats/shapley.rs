//! What each of several players adds to what they have together.
//!
//! The Shapley value of a player is the mean, over all orders in which players may come, of what the
//! value rises by when they come (L. S. Shapley, Contributions to the Theory of Games II (1953)). The
//! shares add up to the value of all less that of none; a player who never adds anything has nought,
//! and two who add the same everywhere have the same.

/// A set of players: a bit for each.
pub type Players = u32;

/// How many players there may be: a set is a number.
const MOST_PLAYERS: usize = 31;

/// The share of each of `n` players, over all orders; `value` is that of a set of them.
///
/// Of each player it asks for the value of every set with and without them, of which there are 2ⁿ.
///
/// # Panics
///
/// When there are more than 31 players.
pub fn shapley(n: usize, value: impl Fn(Players) -> f64) -> Vec<f64> {
    assert!(n <= MOST_PLAYERS, "a set of players is a number of 31 bits");
    let mut shares = vec![0.0; n];
    // Of the orders a share 1 / (n · C(n - 1, k)) begins with these k and goes on with the player.
    let mut weight = vec![0.0; n];
    let mut choices = 1.0;
    for (k, weight) in weight.iter_mut().enumerate() {
        *weight = 1.0 / (n as f64 * choices);
        choices *= (n - 1 - k) as f64 / (k + 1) as f64;
    }
    for players in 0..1_u32 << n {
        for (player, share) in shares.iter_mut().enumerate() {
            let own = 1 << player;
            if players & own == 0 {
                let rise = value(players | own) - value(players);
                *share += weight[players.count_ones() as usize] * rise;
            }
        }
    }
    shares
}

/// What each player adds when they come in this order.
pub fn rises(order: &[usize], value: impl Fn(Players) -> f64) -> Vec<f64> {
    let mut rises = vec![0.0; order.len()];
    let (mut players, mut before) = (0, value(0));
    for &player in order {
        players |= 1 << player;
        let after = value(players);
        rises[player] = after - before;
        before = after;
    }
    rises
}

/// The sets that [`rises`] asks for the value of.
pub fn sets_of(order: &[usize]) -> impl Iterator<Item = Players> + '_ {
    let mut players = 0;
    [0].into_iter().chain(order.iter().map(move |player| {
        players |= 1 << player;
        players
    }))
}

/// `n_pairs` orders of `n` players, each followed by its reverse.
///
/// Who comes early in an order comes late in its reverse, so what depends on company cancels in part
/// (antithetic sampling: R. Mitchell, J. Cooper, E. Frank & G. Holmes, Journal of Machine Learning
/// Research 23 (2022)). `uniform` gives the draw of a pair and a place, between 0 and 1.
pub fn orders(
    n: usize,
    n_pairs: usize,
    uniform: impl Fn(usize, usize) -> f64,
) -> Vec<[Vec<usize>; 2]> {
    let pair = |pair| {
        let mut order: Vec<usize> = (0..n).collect();
        // R. Durstenfeld, Communications of the ACM 7 (1964).
        for last in (1..n).rev() {
            let other = (uniform(pair, last) * (last + 1) as f64) as usize;
            order.swap(last, other.min(last));
        }
        let reverse = order.iter().rev().copied().collect();
        [order, reverse]
    };
    (0..n_pairs).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glove_game_has_the_shares_that_are_known() {
        // One left glove and two right ones; a pair is worth 1: shares 2/3, 1/6, 1/6.
        let value = |players: Players| f64::from(u8::from(players & 1 != 0 && players > 1));
        let shares = shapley(3, value);
        for (share, known) in shares.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((share - known).abs() < 1e-15, "{shares:?}");
        }
    }

    /// Each by themselves, two that need each other, one who spoils, and one who does nothing.
    fn invented(players: Players) -> f64 {
        let has = |player: u32| f64::from(players >> player & 1);
        3.0 * has(0) - 1.5 * has(1) + 4.0 * has(0) * has(2) - 2.0 * has(1) * has(2) * has(3)
    }

    #[test]
    fn shares_add_up_who_adds_nothing_has_nought_and_equals_have_the_same() {
        let shares = shapley(5, invented);
        let sum: f64 = shares.iter().sum();
        assert!((sum - invented(31)).abs() < 1e-12, "{shares:?}");
        assert_eq!(shares[4], 0.0);
        let known = [5.0, -1.5 - 2.0 / 3.0, 2.0 - 2.0 / 3.0, -2.0 / 3.0];
        for (share, known) in shares.iter().zip(known) {
            assert!((share - known).abs() < 1e-12, "{shares:?}");
        }
        let alike = shapley(6, |players| f64::from(players.count_ones()).powi(2));
        assert!(alike.iter().all(|share| (share - 6.0).abs() < 1e-12));
    }

    #[test]
    fn orders_come_with_their_reverse_and_on_average_to_the_same_shares() {
        // Evenly spread over each place (H. Weyl).
        let steps = [
            0.0,
            2.0_f64.sqrt(),
            3.0_f64.sqrt(),
            5.0_f64.sqrt(),
            7.0_f64.sqrt(),
        ];
        let uniform = |pair: usize, place: usize| (pair as f64 * steps[place]).fract();
        let orders = orders(5, 400, uniform);
        let exact = shapley(5, invented);
        let mut sums = [0.0; 5];
        for [order, reverse] in &orders {
            let back: Vec<usize> = reverse.iter().rev().copied().collect();
            assert_eq!(*order, back);
            for order in [order, reverse] {
                let found = rises(order, invented);
                let sum: f64 = found.iter().sum();
                assert!((sum - invented(31)).abs() < 1e-12);
                let asked: Vec<Players> = sets_of(order).collect();
                assert_eq!((asked.len(), asked[0], asked[5]), (6, 0, 31));
                for (sum, rise) in sums.iter_mut().zip(found) {
                    *sum += rise / (2 * orders.len()) as f64;
                }
            }
        }
        for (mean, exact) in sums.iter().zip(exact) {
            assert!((mean - exact).abs() < 0.1, "{sums:?}");
        }
        assert_eq!(sums[4], 0.0);
    }
}
