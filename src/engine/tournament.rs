//! A tree of maxima: who has most, and who is the first to have enough.

/// Numbers in places, with the first of every branch.
///
/// A complete tree in one vector, four branches to a node: node 0 is the root, below branch
/// `b` of all is node `b` + 1, the places are the branches of the last nodes. Changing a number
/// takes steps as the logarithm of the number of places, and so does finding who has enough;
/// who has most is found at the root.
#[derive(Clone, Debug)]
pub(super) struct Tournament {
    nodes: Vec<[Rank; FAN]>,
    /// The branch that is the first place.
    first_place: usize,
}

/// Branches of a node. With two there are twice the levels to go through.
const FAN: usize = 4;

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
        let (mut first_place, mut width) = (0, FAN);
        while width < n_places {
            first_place += width;
            width *= FAN;
        }
        Tournament {
            nodes: vec![[Rank::LEAST; FAN]; (first_place + width) / FAN],
            first_place,
        }
    }

    /// Makes room for so many places.
    pub fn widen(&mut self, n_places: usize) {
        if n_places > self.nodes.len() * FAN - self.first_place {
            let before = std::mem::replace(self, Self::new(n_places));
            let places = before.nodes.iter().flatten().skip(before.first_place);
            for (place, rank) in places.enumerate() {
                self.set(place, rank.value());
            }
        }
    }

    /// Changes the number at a place.
    pub fn set(&mut self, place: usize, value: i64) {
        let mut branch = self.first_place + place;
        let mut first = Rank::new(value, place);
        loop {
            let node = &mut self.nodes[branch / FAN];
            let known = std::mem::replace(&mut node[branch % FAN], first);
            if known == first || branch < FAN {
                break;
            }
            first = first_of(node);
            branch = branch / FAN - 1;
        }
    }

    /// The greatest number, and the first place where it stands.
    pub fn first(&self) -> Rank {
        first_of(&self.nodes[0])
    }

    /// The first place from `from` on with at least so much.
    pub fn first_with(&self, value: i64, from: usize) -> Option<usize> {
        let least = Rank::least_with(value);
        let has_enough = |branch: usize| self.nodes[branch / FAN][branch % FAN] >= least;
        let mut branch = self.first_place + from;
        if branch >= self.nodes.len() * FAN {
            return None;
        }
        // Up, and to the right, to the first branch that has enough.
        while !has_enough(branch) {
            while branch % FAN == FAN - 1 {
                branch = (branch / FAN).checked_sub(1)?;
            }
            branch += 1;
        }
        // Down to its first place.
        while branch < self.first_place {
            branch = FAN * (branch + 1);
            while !has_enough(branch) {
                branch += 1;
            }
        }
        Some(branch - self.first_place)
    }
}

fn first_of([one, two, three, four]: &[Rank; FAN]) -> Rank {
    *one.max(two).max(three.max(four))
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
