//! Which points have been made: ranges of numbers.

use std::ops::Range;
use std::str::FromStr;

/// Some points of a sweep, as ranges of their numbers in order, apart from one another.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Coverage(Vec<Range<usize>>);

impl Coverage {
    /// The points of some ranges, which may overlap.
    pub fn of(mut ranges: Vec<Range<usize>>) -> Self {
        ranges.sort_by_key(|range| range.start);
        let mut joined: Vec<Range<usize>> = Vec::new();
        for range in ranges.into_iter().filter(|range| !range.is_empty()) {
            match joined.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        Coverage(joined)
    }

    /// The number of points.
    pub fn n_points(&self) -> usize {
        self.0.iter().map(Range::len).sum()
    }

    /// The ranges.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.0
    }

    /// The points of a range that are not among these.
    pub fn missing_in(&self, range: Range<usize>) -> Coverage {
        let mut missing = Vec::new();
        let mut next = range.start;
        for there in &self.0 {
            missing.push(next..there.start.min(range.end));
            next = next.max(there.end);
        }
        missing.push(next..range.end);
        Coverage::of(missing)
    }

    /// The same points in pieces of at most so many.
    pub fn in_pieces(&self, most: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        self.0.iter().flat_map(move |range| {
            let starts = range.clone().step_by(most);
            starts.map(move |start| start..range.end.min(start + most))
        })
    }
}

/// The `number`th of `of` parts of about the same size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chunk {
    number: usize,
    of: usize,
}

impl Chunk {
    /// All of it.
    pub const WHOLE: Chunk = Chunk { number: 1, of: 1 };

    /// Its points among so many, numbered from 1.
    pub fn points(self, n_points: usize) -> Range<usize> {
        let end = |number: usize| (number as u128 * n_points as u128 / self.of as u128) as usize;
        end(self.number - 1) + 1..end(self.number) + 1
    }
}

impl FromStr for Chunk {
    type Err = &'static str;

    /// A chunk is written `3/40`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: &str = "write the number of a chunk and how many there are, such as 3/40";
        let (number, of) = text.split_once('/').ok_or(WANTED)?;
        let number: usize = number.trim().parse().map_err(|_| WANTED)?;
        let of: usize = of.trim().parse().map_err(|_| WANTED)?;
        match (1..=of).contains(&number) && of <= 10_000_000 {
            true => Ok(Chunk { number, of }),
            false => Err(WANTED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_all_points_once() {
        for (n_points, n_chunks) in [(10, 3), (7, 7), (5, 9), (1000, 40)] {
            let ranges = (1..=n_chunks).map(|number| {
                let chunk: Chunk = format!("{number}/{n_chunks}").parse().unwrap();
                chunk.points(n_points)
            });
            let all: Vec<usize> = ranges.flatten().collect();
            assert!(all.into_iter().eq(1..=n_points));
        }
        for text in ["", "3", "0/4", "5/4", "a/b", "1/0"] {
            assert!(text.parse::<Chunk>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_missing_and_what_is_there_are_all() {
        let there = Coverage::of(vec![4..6, 1..3, 5..9, 20..20]);
        assert_eq!(there.ranges(), [1..3, 4..9]);
        let missing = there.missing_in(1..12);
        assert_eq!(missing.ranges(), [3..4, 9..12]);
        assert_eq!(there.n_points() + missing.n_points(), 11);
        assert_eq!(there.missing_in(5..7).n_points(), 0);
        assert_eq!(Coverage::default().missing_in(2..5).ranges().len(), 1);
        let pieces: Vec<_> = missing.in_pieces(2).collect();
        assert_eq!(pieces, [3..4, 9..11, 11..12]);
    }
}
