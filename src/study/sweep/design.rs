//! The points of a sweep, each known by its number.

use crate::model::{Block, Form, Period};
use crate::random::{Chance, Draws};
use crate::scenario::{Case, Plan, Scenario, Sweep, Value};
use crate::stats::{Grid, PointSet, Saltelli, Sobol, Trajectories, latin_hypercube};

/// Levels of a trajectory of Morris, as he recommends.
const MORRIS_LEVELS: u32 = 4;
/// Where the draws of designs are, apart from those of passes and calibrations.
const PURPOSE: u32 = 9_000;

/// A value for every factor; none is the scenario's own.
pub type Point = Vec<Option<Value>>;

/// Every point of a scenario's sweep.
pub struct SweepDesign<'a> {
    scenario: &'a Scenario,
    sweep: &'a Sweep,
    points: Points,
}

enum Points {
    /// They stand in the scenario.
    Listed,
    Grid(Grid),
    Cube(Box<dyn PointSet + Send + Sync>),
    OneAtATime,
}

impl<'a> SweepDesign<'a> {
    /// The design of a scenario; `None` if it has no sweep.
    pub fn new(scenario: &'a Scenario) -> Option<Self> {
        let sweep = scenario.sweep.as_ref()?;
        let (n, d) = (sweep.n_points as usize, sweep.factors.len());
        let draws: Draws = Chance::new(scenario.seed, 0, 0).of(PURPOSE);
        let uniform = |few: usize, many: usize| draws.uniform(few as u16, many as u32);
        let points = match sweep.plan {
            Plan::List => Points::Listed,
            Plan::Grid => {
                let levels = sweep.factors.iter();
                let levels = levels
                    .map(|factor| factor.n_levels(sweep.n_points))
                    .collect();
                Points::Grid(
                    Grid::new(levels).expect("the scenario has no more points than can be had"),
                )
            }
            Plan::LatinHypercube => Points::Cube(Box::new(latin_hypercube(n, d, uniform))),
            Plan::Sobol => Points::Cube(Box::new(Sobol::new(n, d, uniform))),
            Plan::Saltelli => Points::Cube(Box::new(Saltelli::new(n, d, false, uniform))),
            Plan::Morris => {
                // Of trajectories there may be many, of what each asks not.
                let swapped = |trajectory, index| uniform(index, trajectory);
                Points::Cube(Box::new(Trajectories::new(n, d, MORRIS_LEVELS, swapped)))
            }
            Plan::OneAtATime => Points::OneAtATime,
        };
        Some(SweepDesign {
            scenario,
            sweep,
            points,
        })
    }

    /// The scenario.
    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// What it says of its sweep.
    pub fn sweep(&self) -> &'a Sweep {
        self.sweep
    }

    /// The number of points.
    pub fn n_points(&self) -> usize {
        match &self.points {
            Points::Listed | Points::OneAtATime => self.sweep.n_all_points() as usize,
            Points::Grid(grid) => grid.n_points(),
            Points::Cube(cube) => cube.n_points(),
        }
    }

    /// Its points in the unit cube, where the design has them there.
    pub(crate) fn cube(&self) -> Option<&(dyn PointSet + Send + Sync)> {
        match &self.points {
            Points::Cube(cube) => Some(&**cube),
            _ => None,
        }
    }

    /// A point; numbers begin at 1.
    ///
    /// # Panics
    ///
    /// When there is no point of this number.
    pub fn point(&self, number: usize) -> Point {
        let index = number - 1;
        let factors = &self.sweep.factors;
        match &self.points {
            Points::Listed => self.sweep.list[index].clone(),
            Points::Grid(grid) => {
                let levels = factors.iter().zip(grid.levels(index));
                levels
                    .map(|(factor, level)| Some(factor.level(level, self.sweep.n_points)))
                    .collect()
            }
            Points::Cube(cube) => {
                let places = factors.iter().zip(cube.point(index));
                places
                    .map(|(factor, place)| Some(factor.at(place)))
                    .collect()
            }
            Points::OneAtATime => {
                let mut point = vec![None; factors.len()];
                if let Some((factor, level)) = self.moved(number) {
                    point[factor] = Some(factors[factor].level(level, 2));
                }
                point
            }
        }
    }

    /// Which factor a point of one at a time moves, and to which of its levels; none at the first.
    pub(crate) fn moved(&self, number: usize) -> Option<(usize, usize)> {
        let mut left = number.checked_sub(2)?;
        for (factor, one) in self.sweep.factors.iter().enumerate() {
            let n = one.n_levels(2);
            if left < n {
                return Some((factor, left));
            }
            left -= n;
        }
        None
    }

    /// The period and the cases at a point.
    pub(crate) fn at(&self, number: usize) -> (Period, Vec<Case>) {
        let point = self.point(number);
        let mut period = self.scenario.period;
        let cases = self.scenario.cases.iter().enumerate().map(|(index, case)| {
            let mut form = case.form.clone();
            let mut values = case.values(&self.scenario.ledger);
            for (factor, value) in self.sweep.factors.iter().zip(&point) {
                if let Some(value) = value {
                    factor.apply(value, &mut values, (index, &mut form), &mut period);
                }
            }
            let values_of = self.sweep.factors.iter().zip(&point);
            let taken: Vec<(Block, &Form)> = values_of
                .filter_map(|(factor, value)| factor.taken(value.as_ref()?, index))
                .collect();
            if !taken.is_empty() {
                form = form.with_blocks(&taken);
            }
            Case {
                form,
                ..case.with(&values)
            }
        });
        let cases = cases.collect();
        (period, cases)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::experiment::fixture::sweep;
    use crate::model::BlockSet;
    use crate::scenario::{Changes, load};

    fn numbers(design: &SweepDesign, number: usize) -> Vec<Option<String>> {
        let point = design.point(number);
        point
            .iter()
            .map(|value| value.as_ref().map(Value::to_string))
            .collect()
    }

    #[test]
    fn one_at_a_time_moves_one_at_a_time() {
        let scenario = sweep(Plan::OneAtATime, 0);
        let design = SweepDesign::new(&scenario).unwrap();
        assert_eq!(design.n_points(), 1 + 2 + 2 + 3);
        let moved = |number: usize| {
            numbers(&design, number)
                .iter()
                .filter(|one| one.is_some())
                .count()
        };
        assert_eq!(moved(1), 0);
        assert!((2..=8).all(|number| moved(number) == 1));
        assert_eq!(
            numbers(&design, 8),
            [None, None, Some("consult".to_owned())]
        );
    }

    #[test]
    fn a_grid_has_every_combination_once() {
        let scenario = sweep(Plan::Grid, 4);
        let design = SweepDesign::new(&scenario).unwrap();
        let all: std::collections::BTreeSet<_> = (1..=design.n_points())
            .map(|number| numbers(&design, number))
            .collect();
        assert_eq!((design.n_points(), all.len()), (4 * 4 * 3, 48));
    }

    #[test]
    fn a_point_moves_what_it_names_and_nothing_else() {
        let scenario = sweep(Plan::OneAtATime, 0);
        let design = SweepDesign::new(&scenario).unwrap();
        let (_, base) = design.at(1);
        assert_eq!(base, scenario.cases);
        // The first factor is a parameter of all forms, the second a setting of one.
        let (_, cases) = design.at(2);
        assert!(cases.iter().zip(&base).all(|(here, there)| here.parameters != there.parameters && here.form == there.form));
        let (_, cases) = design.at(4);
        let n_other = cases
            .iter()
            .zip(&base)
            .filter(|(here, there)| here.form != there.form)
            .count();
        assert_eq!(n_other, 1);
        assert!(
            cases
                .iter()
                .zip(&base)
                .all(|(here, there)| here.parameters == there.parameters)
        );
    }

    #[test]
    fn a_point_less_one_block_is_the_form_composed_without_it() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = file.join("scenarios/studies/min_een_bouwsteen.toml");
        let scenario = load(&file, &Changes::default()).expect("the shipped study can be read");
        let design = SweepDesign::new(&scenario).unwrap();
        let case = |key: &str| {
            let mut cases = scenario.cases.iter();
            cases
                .position(|case| case.form.key == key)
                .expect("a form of the study")
        };
        let form = |key: &str| &scenario.cases[case(key)].form;
        let (v0, v5) = (form("v0_estafette"), form("v5_integraal_landelijk"));
        let blocks = [
            Block::Dossier,
            Block::Face,
            Block::Joining,
            Block::Pooling,
            Block::Generalists,
        ];
        assert_eq!(design.n_points(), 1 + blocks.len());
        for (number, block) in (2..).zip(blocks) {
            let (_, cases) = design.at(number);
            let without = Form::composed(v0, v5, BlockSet::all().without(block));
            let found = &cases[case("v5_integraal_landelijk")].form;
            assert_eq!(found.unnamed(), without.unnamed(), "{block:?}");
            assert_ne!(found, v5, "{block:?}");
            assert_eq!(cases[case("v0_estafette")].form, *v0);
        }
    }
}
