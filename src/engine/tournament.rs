//! A tree of maxima: who has most, and who is the first to have enough.

/// Numbers in places, with the greatest of every branch.
///
/// A complete binary tree in one vector: the root at 1, the children of `n` at
/// 2`n` and 2`n` + 1, the places in the second half. Changing a number and both
/// questions take steps as the logarithm of the number of places.
#[derive(Clone, Debug)]
pub(super) struct Tournament {
    nodes: Vec<i64>,
}

/// What stands where nobody does.
pub(super) const NOBODY: i64 = i64::MIN;

impl Tournament {
    /// A tree with room for so many places, all empty.
    pub fn new(n_places: usize) -> Self {
        Tournament {
            nodes: vec![NOBODY; 2 * n_places.next_power_of_two()],
        }
    }

    fn width(&self) -> usize {
        self.nodes.len() / 2
    }

    /// Makes room for so many places.
    pub fn widen(&mut self, n_places: usize) {
        if n_places > self.width() {
            let before = std::mem::replace(self, Self::new(n_places));
            for (place, &value) in before.nodes[before.width()..].iter().enumerate() {
                self.set(place, value);
            }
        }
    }

    /// Changes the number at a place.
    pub fn set(&mut self, place: usize, value: i64) {
        let mut node = self.width() + place;
        let nodes = self.nodes.as_mut_slice();
        nodes[node] = value;
        while node > 1 {
            let most = nodes[node].max(nodes[node ^ 1]);
            node /= 2;
            if nodes[node] == most {
                break;
            }
            nodes[node] = most;
        }
    }

    /// The greatest number.
    pub fn most(&self) -> i64 {
        self.nodes[1]
    }

    /// The first place from `from` on with at least so much.
    pub fn first_with(&self, value: i64, from: usize) -> Option<usize> {
        let width = self.width();
        if from >= width {
            return None;
        }
        let mut node = width + from;
        // Up, and to the right, to the first branch that has enough.
        while self.nodes[node] < value {
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
            node += usize::from(self.nodes[node] < value);
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
            assert_eq!(Some(&tree.most()), all.iter().max());
            let from = (random >> 50) as usize % (all.len() + 2);
            let first = (from..all.len()).find(|&place| all[place] >= value);
            assert_eq!(tree.first_with(value, from), first);
        }
    }
}
