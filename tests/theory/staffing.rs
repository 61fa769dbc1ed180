//! Hours divided by the square root of the work, against the best division that there is.

use rvtsim::model::{square_root_staffing, whole};

use crate::queue::erlang_c;

/// Mean number of those who wait in M/M/c.
fn waiting(servers: u32, load: f64) -> f64 {
    let servers = f64::from(servers);
    erlang_c(servers as usize, load) * load / (servers - load)
}

fn all_waiting(people: &[u32], loads: &[f64]) -> f64 {
    let pools = people.iter().zip(loads);
    pools.map(|(&people, &load)| waiting(people, load)).sum()
}

/// The division with the fewest who wait: each further person goes where they shorten the queues most. It is the best,
/// since each further person in a pool shortens its queue less than the one before (M. E. Dyer & L. G. Proll, Management
/// Science 23 (1977)).
fn best(loads: &[f64], n_people: u32) -> Vec<u32> {
    let mut people: Vec<u32> = loads.iter().map(|load| *load as u32 + 1).collect();
    while people.iter().sum::<u32>() < n_people {
        let gain = |at: usize| waiting(people[at], loads[at]) - waiting(people[at] + 1, loads[at]);
        let most = (0..loads.len()).max_by(|&one, &other| gain(one).total_cmp(&gain(other)));
        people[most.unwrap()] += 1;
    }
    people
}

#[test]
fn square_root_staffing_is_the_best_division_of_pools_of_known_optimum() {
    let plans: [(&[f64], u32); 4] = [
        (&[5.0, 20.0, 80.0], 115),
        (&[10.0, 40.0, 160.0], 225),
        (&[3.0, 30.0, 300.0], 350),
        (&[8.0, 8.0, 8.0, 120.0], 160),
    ];
    for (loads, n_people) in plans {
        let pools = vec![1.0; loads.len()];
        let (wanted, beta) = square_root_staffing(loads, &pools, f64::from(n_people));
        let people = whole(&wanted, n_people);
        assert_eq!(people.iter().sum::<u32>(), n_people);
        let most = all_waiting(&best(loads, n_people), loads);
        let least = all_waiting(&people, loads);
        assert!(
            least < most * (1.0 + 1e-9),
            "{loads:?}, beta {beta:?}: {people:?}"
        );
        // In proportion to the work the small pools drown.
        let sum: f64 = loads.iter().sum();
        let share = |load: &f64| (load / sum * f64::from(n_people)).round();
        let is_full = loads.iter().any(|load| share(load) <= *load);
        let proportional: Vec<u32> = loads.iter().map(|load| share(load) as u32).collect();
        assert!(
            is_full || all_waiting(&proportional, loads) > 1.3 * least,
            "{loads:?}"
        );
    }
}
