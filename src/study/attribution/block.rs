//! What each building block contributes to a difference between forms.
//!
//! A form is the baseline with some blocks of its own ([`Form::blocks_of`]). With every set of them a
//! form can be composed and run with the same families and the same chance; the share of a block is
//! its Shapley value, the mean over all orders of what it changes when it comes after those before it.
//! Shares add up to the difference in every replication, so their intervals are paired.
//!
//! Of `n` blocks there are 2ⁿ sets. Where that is no more than the asked number of orders would take
//! at most, all are run and the shares are exact; else a sample of orders stands for all, half of them
//! the reverse of the others, and what that leaves open widens the interval. Composed forms that are
//! the same, of one order and another or of two forms, are run once.

use crate::experiment::points_together;
use crate::experiment::{CONFIDENCE, Cost, Outcome, RunError};
use crate::model::{Block, BlockSet, Form};
use crate::random::Chance;
use crate::scenario::{Case, Scenario};
use crate::stats::{
    Estimate, Players, of_each, orders, rises, sets_of, shapley, student_t_quantile,
};

/// Where the draws of orders are, apart from those of passes and designs.
const PURPOSE: u32 = 9_200;

/// What a block contributes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BlockShare {
    /// The block.
    pub block: Block,
    /// Its share of the difference.
    pub share: Estimate,
    /// Standard error of the share for want of all orders; nought where all were run.
    pub order_error: f64,
    /// What the baseline becomes with this block alone, less the baseline.
    pub plus_one: Estimate,
    /// What the form becomes without this block, less the form.
    pub less_one: Estimate,
}

/// A difference and its parts.
#[derive(Clone, PartialEq, Debug)]
pub struct BlockShares {
    /// The parts, in the order of [`Block::ALL`].
    pub blocks: Vec<BlockShare>,
    /// The difference itself.
    pub total: Estimate,
}

/// Which composed forms are to be run.
#[derive(Clone, Debug)]
pub struct BlockPlan<'a> {
    scenario: &'a Scenario,
    /// By form; none for the baseline.
    games: Vec<Option<Game>>,
    /// Every composed form once.
    cases: Vec<Case>,
}

/// The blocks of a form, and how they are played.
#[derive(Clone, Debug)]
struct Game {
    blocks: Vec<Block>,
    /// Orders in pairs; none where all sets are run.
    orders: Vec<[Vec<usize>; 2]>,
    /// Number of the case of a set of blocks, by the set.
    cases: Vec<(Players, usize)>,
}

impl Game {
    fn new(blocks: BlockSet, n_orders: u32, scenario: &Scenario) -> Self {
        let blocks: Vec<Block> = blocks.iter().collect();
        let n = blocks.len();
        let is_exact = 1_u64 << n <= u64::from(n_orders) * n.max(1) as u64;
        let n_pairs = match is_exact {
            true => 0,
            false => n_orders.div_ceil(2) as usize,
        };
        let chance = Chance::new(scenario.seed, 0, 0).of(PURPOSE);
        let uniform = |pair, place| chance.uniform(place as u16, pair as u32);
        Game {
            orders: orders(n, n_pairs, uniform),
            blocks,
            cases: Vec::new(),
        }
    }

    fn everybody(&self) -> Players {
        (1 << self.blocks.len()) - 1
    }

    /// Every set that has to be run.
    fn sets(&self) -> Vec<Players> {
        let all = self.everybody();
        let mut sets: Vec<Players> = match self.orders.is_empty() {
            true => (0..=all).collect(),
            false => {
                let ends = (0..self.blocks.len()).map(|player| 1 << player);
                let orders = self.orders.iter().flatten();
                let orders = orders.flat_map(|order| sets_of(order));
                ends.flat_map(|own: Players| [own, all ^ own])
                    .chain(orders)
                    .collect()
            }
        };
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    fn set_of(&self, players: Players) -> BlockSet {
        let blocks = self.blocks.iter().enumerate();
        let own = blocks.filter(|(player, _)| players >> player & 1 != 0);
        own.map(|(_, block)| *block).collect()
    }

    fn case_of(&self, players: Players) -> usize {
        let found = self.cases.binary_search_by_key(&players, |(set, _)| *set);
        self.cases[found.expect("a set that was run")].1
    }
}

impl<'a> BlockPlan<'a> {
    /// The plan for a scenario, with so many orders where all would be too many.
    pub fn new(scenario: &'a Scenario, n_orders: u32) -> Self {
        let mut plan = BlockPlan {
            scenario,
            games: Vec::new(),
            cases: Vec::new(),
        };
        let mut known: Vec<Case> = Vec::new();
        let baseline = &scenario.cases[scenario.baseline];
        for (form, target) in scenario.cases.iter().enumerate() {
            if form == scenario.baseline {
                plan.games.push(None);
                continue;
            }
            let mut game = Game::new(blocks_of(baseline, target), n_orders, scenario);
            for players in game.sets() {
                let case = composed(baseline, target, game.set_of(players));
                let unnamed = Case {
                    form: case.form.unnamed(),
                    ..case.clone()
                };
                let found = known.iter().position(|one| *one == unnamed);
                game.cases.push((players, found.unwrap_or(known.len())));
                if found.is_none() {
                    known.push(unnamed);
                    plan.cases.push(case);
                }
            }
            plan.games.push(Some(game));
        }
        plan
    }

    /// How many composed forms there are to run.
    pub fn n_cases(&self) -> usize {
        self.cases.len()
    }

    /// The blocks of a form, in the order of [`Block::ALL`]; none of the baseline.
    pub fn blocks(&self, form: usize) -> &[Block] {
        self.games[form].as_ref().map_or(&[], |game| &game.blocks)
    }

    /// The number of orders in which a form's blocks came; none where all were played.
    pub fn n_orders(&self, form: usize) -> Option<usize> {
        let game = self.games[form].as_ref()?;
        (!game.orders.is_empty()).then(|| 2 * game.orders.len())
    }

    /// What the runs will take.
    pub fn cost(&self, n_threads: usize) -> Cost {
        let all = self.scenario_of(&self.cases);
        Cost::of_parts(
            &all,
            points_together(&self.scenario_of(&self.cases[..1])),
            n_threads,
        )
    }

    /// The same scenario with other cases.
    fn scenario_of(&self, cases: &[Case]) -> Scenario {
        Scenario {
            cases: cases.to_vec(),
            baseline: 0,
            ..self.scenario.clone()
        }
    }

    /// Runs every composed form and divides every difference.
    ///
    /// # Errors
    ///
    /// What `run` says.
    pub fn run(
        self,
        run: impl Fn(&Scenario) -> Result<Outcome, RunError>,
    ) -> Result<BlockAttribution<'a>, RunError> {
        let n_places = self.scenario.regions.len() + 1;
        let mut values = Vec::new();
        if !self.cases.is_empty() {
            let together = points_together(&self.scenario_of(&self.cases[..1]));
            for part in self.cases.chunks(together) {
                let outcome = run(&self.scenario_of(part))?;
                for case in 0..part.len() {
                    for place in 0..n_places {
                        let samples = outcome.samples(case, place);
                        values.extend(samples.map(|sample| sample.kpis.clone()));
                    }
                }
            }
        }
        Ok(BlockAttribution { plan: self, values })
    }
}

/// The blocks by which a case differs from another.
fn blocks_of(baseline: &Case, target: &Case) -> BlockSet {
    let blocks = baseline.form.blocks_of(&target.form);
    // Whose hours are where is a value as well.
    let given = |case: &Case| (case.parameters, case.division);
    match given(baseline) == given(target) {
        true => blocks,
        false => blocks.with(Block::Values),
    }
}

/// The baseline with some blocks of another case.
fn composed(baseline: &Case, target: &Case, blocks: BlockSet) -> Case {
    let values = match blocks.has(Block::Values) {
        true => target,
        false => baseline,
    };
    Case {
        form: Form::composed(&baseline.form, &target.form, blocks),
        ..values.clone()
    }
}

/// The parts of every difference from the baseline.
#[derive(Clone, Debug)]
pub struct BlockAttribution<'a> {
    /// What was run.
    pub plan: BlockPlan<'a>,
    /// Values of every KPI, by case, place and replication.
    values: Vec<Vec<Option<f64>>>,
}

impl BlockAttribution<'_> {
    /// The parts of the difference of a KPI between a form and the baseline in a place, by the
    /// number that [`Outcome::places`] gives it. None for the baseline, and where a composed form
    /// showed nothing.
    pub fn shares(&self, form: usize, place: usize, kpi: usize) -> Option<BlockShares> {
        let scenario = self.plan.scenario;
        let game = self.plan.games[form].as_ref()?;
        let n_places = scenario.regions.len() + 1;
        let n_replications = scenario.replications as usize;
        let sets = game.sets();
        let value = |players: Players, replication: usize| {
            let group = game.case_of(players) * n_places + place;
            self.values[group * n_replications + replication][kpi]
        };
        let is_whole = |replication: &usize| {
            sets.iter()
                .all(|&players| value(players, *replication).is_some())
        };
        let whole: Vec<usize> = (0..n_replications).filter(is_whole).collect();
        let of = |players, replication| value(players, replication).expect("it is whole");
        let level = of_each(CONFIDENCE, scenario.cases.len() - 1);
        let estimate = |difference: &dyn Fn(usize) -> f64| {
            let values: Vec<f64> = whole.iter().map(|&one| difference(one)).collect();
            Estimate::of(&values, level)
        };
        let all = game.everybody();
        let shares: Vec<Played> = whole
            .iter()
            .map(|&one| game.play(|set| of(set, one)))
            .collect();
        let share = |(player, &block): (usize, &Block)| {
            let own = 1 << player;
            let values: Vec<f64> = shares.iter().map(|played| played.shares[player]).collect();
            let order_error = order_error(&shares, player);
            Some(BlockShare {
                block,
                share: widened(
                    Estimate::of(&values, level)?,
                    order_error,
                    game.orders.len(),
                    level,
                ),
                order_error,
                plus_one: estimate(&|one| of(own, one) - of(0, one))?,
                less_one: estimate(&|one| of(all ^ own, one) - of(all, one))?,
            })
        };
        let blocks = game.blocks.iter().enumerate();
        Some(BlockShares {
            blocks: blocks.map(share).collect::<Option<_>>()?,
            total: estimate(&|one| of(all, one) - of(0, one))?,
        })
    }
}

/// What the blocks add in one replication.
struct Played {
    shares: Vec<f64>,
    /// The same by pair of orders.
    by_pair: Vec<Vec<f64>>,
}

impl Game {
    fn play(&self, value: impl Fn(Players) -> f64) -> Played {
        let n = self.blocks.len();
        if self.orders.is_empty() {
            return Played {
                shares: shapley(n, value),
                by_pair: Vec::new(),
            };
        }
        let pair = |[one, other]: &[Vec<usize>; 2]| {
            let (one, other) = (rises(one, &value), rises(other, &value));
            one.iter().zip(other).map(|(a, b)| 0.5 * (a + b)).collect()
        };
        let by_pair: Vec<Vec<f64>> = self.orders.iter().map(pair).collect();
        let mean = |player: usize| {
            let sum: f64 = by_pair.iter().map(|pair| pair[player]).sum();
            sum / by_pair.len() as f64
        };
        Played {
            shares: (0..n).map(mean).collect(),
            by_pair,
        }
    }
}

/// Standard error of a share over pairs of orders, replications together.
fn order_error(played: &[Played], player: usize) -> f64 {
    let n_pairs = played.first().map_or(0, |one| one.by_pair.len());
    if n_pairs < 2 {
        return 0.0;
    }
    let of_pair = |pair: usize| {
        let sum: f64 = played.iter().map(|one| one.by_pair[pair][player]).sum();
        sum / played.len() as f64
    };
    let values: Vec<f64> = (0..n_pairs).map(of_pair).collect();
    Estimate::of(&values, CONFIDENCE).map_or(0.0, |one| one.standard_error)
}

/// An interval that holds what a sample of orders leaves open as well.
fn widened(share: Estimate, order_error: f64, n_pairs: usize, level: f64) -> Estimate {
    if order_error == 0.0 || !share.has_interval() {
        return share;
    }
    let by_order = order_error * student_t_quantile(0.5 + 0.5 * level, (n_pairs - 1) as f64);
    let half = (0.5 * (share.high - share.low)).hypot(by_order);
    Estimate {
        low: share.mean - half,
        high: share.mean + half,
        ..share
    }
}

impl BlockShares {
    /// The blocks, those that matter most first.
    pub fn largest_first(&self) -> Vec<&BlockShare> {
        let mut blocks: Vec<&BlockShare> = self.blocks.iter().collect();
        blocks.sort_by(|one, other| {
            let size = |block: &BlockShare| block.share.mean.abs();
            size(other).total_cmp(&size(one))
        });
        blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{handovers, on_threads, scenario};
    use crate::experiment::run;
    use crate::experiment::runner::run_with;
    use crate::model::{Function, KPIS, Mode, Pass, Setting};

    fn kpi() -> usize {
        let mut kpis = KPIS.iter();
        kpis.position(|one| one.key == "handovers_per_case")
            .unwrap()
    }

    /// A model in which blocks count as they do here: a dossier 2; staff in one team 3, and 4 more
    /// if there is one dossier as well; a tafel -1 if it is taken away; all times the replication.
    fn known_by_heart(setting: &Setting, _: u64, replication: u32) -> Pass {
        let form = &setting.form;
        let is = |yes: bool| f64::from(u8::from(yes));
        let has_dossier = is(form.shared_dossier.0 != 0);
        let is_pooled = is(form
            .teams
            .iter()
            .filter(|team| !team.staff_from.is_empty())
            .count()
            < 5);
        let is_gone = is(form.task(Function::Jeugdbeschermingstafel).is_none());
        let value = 2.0 * has_dossier + (3.0 + 4.0 * has_dossier) * is_pooled - is_gone;
        handovers(setting, 10.0 + f64::from(replication) * value)
    }

    /// The last form of the reference scenario beside the baseline: few teams, one dossier, no tafel.
    fn two_forms(replications: u32) -> Scenario {
        let mut scenario = scenario(replications);
        let last = scenario.cases.pop().unwrap();
        scenario.cases = vec![scenario.cases.swap_remove(scenario.baseline), last];
        scenario.baseline = 0;
        scenario
    }

    fn shares(scenario: &Scenario, n_orders: u32) -> BlockShares {
        let plan = BlockPlan::new(scenario, n_orders);
        let run = |scenario: &Scenario| run_with(scenario, &on_threads(2), known_by_heart);
        let found = plan.run(run).expect("it does not fail");
        assert!(found.shares(0, 0, kpi()).is_none(), "the baseline");
        let here = found.shares(1, 0, kpi());
        assert_eq!(here, found.shares(1, 2, kpi()), "the same in every place");
        here.expect("the form")
    }

    fn mean(shares: &BlockShares, block: Block) -> f64 {
        let found = shares.blocks.iter().find(|one| one.block == block);
        // Of a block that the form does not have there is nothing.
        found.map_or(0.0, |one| one.share.mean)
    }

    #[test]
    fn shares_are_those_that_are_known_by_heart() {
        let scenario = two_forms(2);
        // A thousand orders would take more than all sets do.
        let found = shares(&scenario, 1_000);
        let near = |block, known: f64| {
            let found = mean(&found, block);
            assert!((found - known).abs() < 1e-9, "{block:?} {found}");
        };
        // The mean of one and two, times what each adds.
        near(Block::Dossier, 1.5 * (2.0 + 2.0));
        near(Block::Pooling, 1.5 * (3.0 + 2.0));
        near(Block::Tafel, -1.5);
        let others = Block::ALL
            .into_iter()
            .filter(|one| ![Block::Dossier, Block::Pooling, Block::Tafel].contains(one));
        for block in others {
            assert_eq!(mean(&found, block), 0.0, "{block:?}");
        }
        let sum: f64 = found.blocks.iter().map(|one| one.share.mean).sum();
        assert!((sum - found.total.mean).abs() < 1e-9);
        assert_eq!(found.total.mean, 1.5 * 8.0);
        let dossier = &found.blocks[0];
        assert_eq!((dossier.block, dossier.order_error), (Block::Dossier, 0.0));
        assert_eq!(dossier.plus_one.mean, 1.5 * 2.0);
        assert_eq!(dossier.less_one.mean, -1.5 * 6.0);
        assert_eq!(found.largest_first()[0].block, Block::Pooling);
    }

    #[test]
    fn a_sample_of_orders_adds_up_as_well_and_says_what_it_leaves_open() {
        let scenario = two_forms(3);
        let plan = BlockPlan::new(&scenario, 8);
        let n = plan.blocks(1).len();
        assert_eq!(plan.n_orders(1), Some(8));
        assert!(
            plan.n_cases() <= 8 * (n - 1) + 2 + 2 * n,
            "{}",
            plan.n_cases()
        );
        assert!(BlockPlan::new(&scenario, 1_000).n_orders(1).is_none());
        let (found, exact) = (shares(&scenario, 8), shares(&scenario, 1_000));
        let sum: f64 = found.blocks.iter().map(|one| one.share.mean).sum();
        assert!((sum - exact.total.mean).abs() < 1e-9);
        assert_eq!(found.total, exact.total);
        for (one, whole) in found.blocks.iter().zip(&exact.blocks) {
            assert_eq!(
                (one.plus_one, one.less_one),
                (whole.plus_one, whole.less_one)
            );
            let width = |share: &Estimate| share.high - share.low;
            assert!(width(&one.share) >= width(&whole.share) * 0.5);
            if one.block == Block::Face {
                assert_eq!((one.share.mean, one.order_error), (0.0, 0.0));
            }
        }
        // What two blocks add together depends on the order, and only theirs is uncertain.
        let error = |block| {
            found
                .blocks
                .iter()
                .find(|one| one.block == block)
                .unwrap()
                .order_error
        };
        assert_eq!(error(Block::Tafel), 0.0);
        assert_eq!(found, shares(&scenario, 8), "seeded");
    }

    #[test]
    fn forms_that_are_the_same_are_run_once_and_all_blocks_are_the_form_itself() {
        let mut scenario = two_forms(1);
        let alone = BlockPlan::new(&scenario, 4).n_cases();
        let mut twin = scenario.cases[1].clone();
        twin.form.key = "twin".to_owned();
        twin.form.teams[0].label.en = "Another name".to_owned();
        scenario.cases.push(twin);
        let plan = BlockPlan::new(&scenario, 1_000);
        let n = 1 << plan.blocks(1).len();
        assert_eq!(plan.n_cases(), n, "the twin adds none");
        assert!(alone < n);
        let (baseline, target) = (&scenario.cases[0], &scenario.cases[1]);
        assert!(plan.cases.contains(baseline) && plan.cases.contains(target));
        let composed = |blocks| composed(baseline, target, blocks);
        assert_eq!(composed(BlockSet::all()), *target);
        assert_eq!(composed(BlockSet::default()), *baseline);
        // Values that a form says of itself are a block of their own.
        assert!(!plan.blocks(1).contains(&Block::Values));
        scenario.cases[1].parameters.work.retell_hours += 1.0;
        let plan = BlockPlan::new(&scenario, 4);
        assert_eq!(plan.blocks(1).last(), Some(&Block::Values));
        assert!(!plan.blocks(2).contains(&Block::Values));
    }

    #[test]
    fn a_run_of_the_chain_itself_adds_up() {
        let mut scenario = two_forms(1);
        scenario.regions.truncate(1);
        scenario.period.warm_up_days = 100;
        scenario.period.measured_days = 200;
        scenario.cases[1].form.tasks[Function::Drang as usize]
            .as_mut()
            .unwrap()
            .mode = Mode::TakeOver;
        let plan = BlockPlan::new(&scenario, 2);
        let found = plan.run(|scenario| run(scenario, &on_threads(2))).unwrap();
        let mut n = 0;
        for kpi in 0..KPIS.len() {
            if let Some(shares) = found.shares(1, 1, kpi) {
                let sum: f64 = shares.blocks.iter().map(|one| one.share.mean).sum();
                let size = shares.total.mean.abs().max(1.0);
                assert!((sum - shares.total.mean).abs() < 1e-9 * size);
                n += 1;
            }
        }
        assert!(n > 20, "{n}");
    }
}
