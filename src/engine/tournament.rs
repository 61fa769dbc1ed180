//! A tree of maxima: who has most, and who is the first to have enough.

/// Numbers in places, with the first of every branch.
///
/// A complete binary tree in one vector: the root at 1, the children of `n` at
/// 2`n` and 2`n` + 1, the places in the second half. Changing a number takes steps as
/// the logarithm of the number of places, and so does finding who has enough; who has most
/// stands at the root.
#[derive(Clone, Debug)]
pub(super) struct Tournament {
    nodes: Vec<Rank>,
}

/// A number at a place: the greater comes before the less, and of equals the first place.
///
/// Both in one word, so that a comparison is one instruction: 33 bits and 31.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Rank(i64);

/// What stands where nobody does; every other number is above it and below 2³².
pub(super) const NOBODY: i64 = -(1 << 32);

const PLACE_BITS: u32 = 31;
const LAST_PLACE: i64 = (1 << PLACE_BITS) - 1;

impl Rank {
    /// Below every place where somebody is.
    const LEAST: Rank = Rank::least_with(NOBODY);

    const fn new(value: i64, place: usize) -> Self {
        Rank(value << PLACE_BITS | (LAST_PLACE - place as i64))
    }

    /// At or below everybody who has so much.
    const fn least_with(value: i64) -> Self {
        Rank(value << PLACE_BITS)
    }

    /// The number.
    pub const fn value(self) -> i64 {
        self.0 >> PLACE_BITS
    }

    /// Where it stands.
    pub const fn place(self) -> usize {
        (LAST_PLACE - (self.0 & LAST_PLACE)) as usize
    }
}

impl Tournament {
    /// A tree with room for so many places, all empty.
    pub fn new(n_places: usize) -> Self {
        Tournament {
            nodes: vec![Rank::LEAST; 2 * n_places.next_power_of_two()],
        }
    }

    fn width(&self) -> usize {
        self.nodes.len() / 2
    }

    /// Makes room for so many places.
    pub fn widen(&mut self, n_places: usize) {
        if n_places > self.width() {
            let before = std::mem::replace(self, Self::new(n_places));
            for (place, rank) in before.nodes[before.width()..].iter().enumerate() {
                self.set(place, rank.value());
            }
        }
    }

    /// Changes the number at a place.
    pub fn set(&mut self, place: usize, value: i64) {
        let mut node = self.width() + place;
        let mut first = Rank::new(value, place);
        let nodes = self.nodes.as_mut_slice();
        while node > 0 && nodes[node] != first {
            nodes[node] = first;
            first = first.max(nodes[node ^ 1]);
            node /= 2;
        }
    }

    /// The greatest number, and the first place where it stands.
    pub fn first(&self) -> Rank {
        self.nodes[1]
    }

    /// The first place from `from` on with at least so much.
    pub fn first_with(&self, value: i64, from: usize) -> Option<usize> {
        let (width, least) = (self.width(), Rank::least_with(value));
        if from >= width {
            return None;
        }
        let mut node = width + from;
        // Up, and to the right, to the first branch that has enough.
        while self.nodes[node] < least {
            while node % 2 == 1 {
                node /= 2;
            }
            if node == 0 {
                return None;
            }
            node += 1;
        }
        // Down to its first leaf.
        while node < width {
            node *= 2;
            node += usize::from(self.nodes[node] < least);
        }
        Some(node - width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_looking_at_everybody() {
        let mut tree = Tournament::new(1);
        let mut all: Vec<i64> = Vec::new();
        let mut random = 1_u64;
        for step in 0..2_000_usize {
            // The generator of D. E. Knuth's MMIX.
            random = random.wrapping_mul(6_364_136_223_846_793_005);
            random = random.wrapping_add(1_442_695_040_888_963_407);
            let value = (random >> 33) as i64 % 20 - 10;
            if step % 50 == 0 {
                all.push(NOBODY);
                tree.widen(all.len());
            }
            let place = (random >> 40) as usize % all.len();
            all[place] = value;
            tree.set(place, value);
            let most = all.iter().max().expect("there are places");
            let holder = all.iter().position(|one| one == most);
            assert_eq!(tree.first().value(), *most);
            assert_eq!(Some(tree.first().place()), holder);
            let from = (random >> 50) as usize % (all.len() + 2);
            let first = (from..all.len()).find(|&place| all[place] >= value);
            assert_eq!(tree.first_with(value, from), first);
        }
    }
}
