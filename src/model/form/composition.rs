//! A form put together from the blocks of others.
//!
//! Most blocks are read off one form and laid over another as they stand. The others speak of teams,
//! and teams are what the block of pooling chooses; so where they come from a form with other teams
//! they are translated, each by a rule of one sentence:
//!
//! * *dossier*, *face*: a team is in the set if it does a function that a team of the set does in the
//!   form from which the block comes.
//! * *generalists*: a team has the mean share of the teams in which its staff works in that form.
//! * *scale*: a team works in areas if more than half of its staff does in that form.
//! * *pooling*: teams, their staff and who does which function come together; a function that the
//!   other form does not have goes to the team with most staff of the organisation that does it today.
//! * *drang*, *tafel*: the function is there or not; a new one comes in the way that it came in there.
//! * A way of coming in belongs to *consult* if one of the two forms consults, to *check* if one of
//!   them checks, and else to *joining*.
//!
//! A team that stands in both forms with the same name and staff is the same team, and needs no rule.
//! A team that is left without work is taken away, and its staff goes where most of their own
//! organisation works. Where nobody in a team could do its work it has generalists.
//!
//! Shares of staff are weights here: two organisations that a team has as a whole weigh the same.

use super::block::{Block, BlockSet};
use super::{Form, Label, Mode, Scale, Task, Team, TeamSet};
use crate::model::{Function, FunctionSet, Organisation};

impl Form {
    /// The form that `baseline` becomes with some blocks of `target`: with none it is the baseline,
    /// with all of them the target.
    pub fn composed(baseline: &Form, target: &Form, blocks: BlockSet) -> Form {
        if blocks.is_empty() {
            return baseline.clone();
        }
        let taken: Vec<(Block, &Form)> = blocks.iter().map(|block| (block, target)).collect();
        let form = baseline.with_blocks(&taken);
        match form.named_as(target) == *target {
            true => target.clone(),
            false => form,
        }
    }

    /// The blocks of `target` by which it differs from this form.
    pub fn blocks_of(&self, target: &Form) -> BlockSet {
        let all = BlockSet::all();
        let nothing = BlockSet::default();
        let is_without_effect = |block: &Block| {
            let is_same = |with: BlockSet, without: BlockSet| {
                let with = Form::composed(self, target, with);
                with.named_as(self) == Form::composed(self, target, without).named_as(self)
            };
            is_same(nothing.with(*block), nothing) && is_same(all, all.without(*block))
        };
        let blocks = Block::ALL.into_iter();
        blocks.filter(|block| !is_without_effect(block)).collect()
    }

    /// This form without any names: what a pass of it follows from.
    #[must_use]
    pub fn unnamed(&self) -> Form {
        let teams = self.teams.iter().map(|team| Team {
            key: String::new(),
            label: Label::default(),
            ..team.clone()
        });
        Form {
            key: String::new(),
            label: Label::default(),
            what: None,
            is_proposal: false,
            source: String::new(),
            teams: teams.collect(),
            ..self.clone()
        }
    }

    /// This form under the name of another: only what it is may then tell them apart.
    #[must_use]
    pub fn named_as(&self, other: &Form) -> Form {
        Form {
            key: other.key.clone(),
            label: other.label.clone(),
            what: other.what.clone(),
            is_proposal: other.is_proposal,
            source: other.source.clone(),
            ..self.clone()
        }
    }

    /// This form with blocks of others; of a block that is named twice the last counts.
    #[must_use]
    pub fn with_blocks(&self, taken: &[(Block, &Form)]) -> Form {
        let from = |block: Block| {
            let mut found = taken.iter().rev();
            found.find(|(one, _)| *one == block).map(|(_, form)| *form)
        };
        let structure = from(Block::Pooling).unwrap_or(self);
        // What says who sits together comes first: all else speaks of these teams.
        let mut form = match from(Block::Pooling) {
            Some(structure) => self.pooled_as(structure),
            None => self.clone(),
        };
        for block in [Block::Drang, Block::Tafel] {
            if let (Some(function), Some(other)) = (block.function(), from(block)) {
                form.take_function(function, other);
            }
        }
        for (block, other) in Block::ALL
            .into_iter()
            .filter_map(|one| Some((one, from(one)?)))
        {
            match block {
                Block::Dossier => {
                    form.shared_dossier = form.translated(other, other.shared_dossier);
                    form.dossier_hours_per_case = other.dossier_hours_per_case;
                }
                Block::Face => form.stays = form.translated(other, other.stays),
                Block::Generalists => form.take_generalists(other),
                Block::Scale => form.take_scale(other),
                Block::Joining | Block::Check | Block::Consult => form.take_modes(block, other),
                Block::Intake => form.intake = other.intake,
                Block::LocalRoom => form.local_room = other.local_room,
                Block::Coordination => {
                    form.coordination_hours_per_case = other.coordination_hours_per_case;
                }
                // The first two are done, and values are no part of the form itself.
                Block::Pooling | Block::Drang | Block::Tafel | Block::Values => {}
            }
        }
        form.give_generalists(structure);
        form.take_away_idle(structure);
        form
    }

    /// The same choices in the teams of another form.
    fn pooled_as(&self, structure: &Form) -> Form {
        let mut form = Form {
            teams: structure.teams.clone(),
            ..self.clone()
        };
        for function in Function::ALL {
            let task = self.task(function).map(|task| Task {
                team: match structure.task(function) {
                    Some(task) => task.team,
                    None => form.home_of(function, self),
                },
                ..task
            });
            form.tasks[function as usize] = task;
        }
        form.take_generalists(self);
        form.take_scale(self);
        form.shared_dossier = form.translated(self, self.shared_dossier);
        form.stays = form.translated(self, self.stays);
        form
    }

    /// Has or has not a function, as another form.
    fn take_function(&mut self, function: Function, other: &Form) {
        let own = self.task(function);
        self.tasks[function as usize] = other.task(function).map(|task| {
            own.unwrap_or_else(|| Task {
                team: self.home_of(function, other),
                ..task
            })
        });
    }

    /// The team for a function that another form has and this one had not.
    fn home_of(&mut self, function: Function, other: &Form) -> usize {
        let task = other.task(function).expect("the other form has it");
        let team = &other.teams[task.team];
        if let Some(same) = self.same_team(team) {
            return same;
        }
        if team.scale != Scale::External {
            let today = Organisation::of(function);
            return today
                .and_then(|today| self.most_staff(today, |_| true))
                .unwrap_or_else(|| self.local_team());
        }
        if self.teams.len() == Form::MOST_TEAMS {
            let outside = |team: &Team| team.scale == Scale::External;
            return self.teams.iter().position(outside).expect("the judge");
        }
        let mut team = team.clone();
        while self.teams.iter().any(|one| one.key == team.key) {
            team.key.push('_');
        }
        self.teams.push(team);
        self.teams.len() - 1
    }

    /// The team inside the chain that has most staff of an organisation, if any has.
    fn most_staff(&self, organisation: Organisation, may: impl Fn(usize) -> bool) -> Option<usize> {
        let teams = self.teams.iter().enumerate();
        let shares = teams
            .filter(|(number, team)| team.scale != Scale::External && may(*number))
            .map(|(number, team)| (number, team.share_of(organisation)))
            .filter(|(_, share)| *share > 0.0);
        // Of several the first.
        let most = shares.reduce(|most, one| if one.1 > most.1 { one } else { most });
        most.map(|(number, _)| number)
    }

    /// The team of vrijwillige hulp, which is never without work.
    fn local_team(&self) -> usize {
        let task = self.task(Function::VrijwilligeHulp);
        task.expect("no form is without vrijwillige hulp").team
    }

    /// The number here of a team of another form.
    fn same_team(&self, team: &Team) -> Option<usize> {
        self.teams.iter().position(|one| one.is_same(team))
    }

    /// The teams here that a set of teams of another form stands for.
    fn translated(&self, other: &Form, set: TeamSet) -> TeamSet {
        let functions: FunctionSet = Function::ALL
            .into_iter()
            .filter(|&one| other.task(one).is_some_and(|task| set.has(task.team)))
            .collect();
        let mut found = TeamSet::default();
        for (number, team) in self.teams.iter().enumerate() {
            let own = self.functions_of(number);
            let is_in = match (own == FunctionSet::default(), other.same_team(team)) {
                (true, Some(same)) => set.has(same),
                _ => own.and(functions) != FunctionSet::default(),
            };
            if is_in {
                found.insert(number);
            }
        }
        found
    }

    /// The mean over a team's staff of something that is true of the teams in which it works in
    /// another form; none where it does not work there.
    fn mean_over_staff(&self, team: &Team, other: impl Fn(&Team) -> f64) -> Option<f64> {
        let (mut sum, mut weights) = (0.0, 0.0);
        for &(organisation, weight) in &team.staff_from {
            let inside = self.teams.iter();
            let inside = inside.filter(|one| one.scale != Scale::External);
            let shares = inside.map(|one| (one.share_of(organisation), other(one)));
            let (total, part) = shares.fold((0.0, 0.0), |(total, part), (share, value)| {
                (total + share, part + share * value)
            });
            if total > 0.0 {
                sum += weight * part / total;
                weights += weight;
            }
        }
        // Equal values have no other mean, whatever their weights add up to.
        (weights > 0.0).then(|| (sum / weights * 1e12).round() / 1e12)
    }

    fn take_generalists(&mut self, other: &Form) {
        self.of_each_team(
            other,
            |team, share| team.generalist_share = share,
            |team| team.generalist_share,
        );
    }

    fn take_scale(&mut self, other: &Form) {
        let is_area = |team: &Team| f64::from(u8::from(team.scale == Scale::Area));
        let set = |team: &mut Team, share: f64| {
            team.scale = if share > 0.5 {
                Scale::Area
            } else {
                Scale::Region
            };
        };
        self.of_each_team(other, set, is_area);
    }

    /// Sets something of every team inside the chain as the team, or its staff, has it elsewhere.
    fn of_each_team(
        &mut self,
        other: &Form,
        set: impl Fn(&mut Team, f64),
        value: impl Fn(&Team) -> f64,
    ) {
        for team in &mut self.teams {
            if team.scale == Scale::External {
                continue;
            }
            let found = match other.same_team(team) {
                Some(same) => Some(value(&other.teams[same])),
                None => other.mean_over_staff(team, &value),
            };
            if let Some(found) = found {
                set(team, found);
            }
        }
    }

    /// Takes the ways of coming in that belong to a block, and what goes with them.
    fn take_modes(&mut self, block: Block, other: &Form) {
        match block {
            Block::Check => self.check = other.check,
            Block::Consult => self.consults = other.consults,
            _ => self.join_from = other.join_from,
        }
        for function in Function::ALL {
            if let (Some(own), Some(theirs)) =
                (&mut self.tasks[function as usize], other.task(function))
                && block_of(own.mode, theirs.mode) == block
            {
                own.mode = theirs.mode;
            }
        }
    }

    /// Sees to it that in every team somebody may do what it does.
    fn give_generalists(&mut self, structure: &Form) {
        let tasks = Function::ALL.map(|function| (function, self.task(function)));
        for (function, task) in tasks {
            let Some(team) = task.map(|task| task.team) else {
                continue;
            };
            let can = |from: &(Organisation, f64)| from.0.functions().has(function);
            let team = &mut self.teams[team];
            let is_lacking = team.scale != Scale::External
                && team.generalist_share <= 0.0
                && !team.staff_from.iter().any(can);
            if is_lacking {
                let own = structure.same_team(team);
                let own = own.map(|own| structure.teams[own].generalist_share);
                team.generalist_share = own.filter(|share| *share > 0.0).unwrap_or(1.0);
            }
        }
    }

    /// Takes away the teams that a block has left without work.
    fn take_away_idle(&mut self, structure: &Form) {
        let is_idle = |number: usize| {
            let was_idle = number < structure.teams.len()
                && structure.functions_of(number) == FunctionSet::default();
            !was_idle && self.functions_of(number) == FunctionSet::default()
        };
        let idle: Vec<usize> = (0..self.teams.len()).filter(|&one| is_idle(one)).collect();
        for &number in idle.iter().rev() {
            let staff = std::mem::take(&mut self.teams[number].staff_from);
            for (organisation, share) in staff {
                let busy = |team| self.functions_of(team) != FunctionSet::default();
                let does_theirs = |team| {
                    let functions = self.functions_of(team).and(organisation.functions());
                    functions != FunctionSet::default()
                };
                let home = self.most_staff(organisation, busy);
                let home = home.or_else(|| (0..self.teams.len()).find(|&one| does_theirs(one)));
                let home = home.unwrap_or_else(|| self.local_team());
                self.teams[home].add_staff(organisation, share);
            }
            self.teams.remove(number);
            for task in self.tasks.iter_mut().flatten() {
                task.team -= usize::from(task.team > number);
            }
            self.shared_dossier = self.shared_dossier.without(number);
            self.stays = self.stays.without(number);
        }
    }
}

/// To which block it belongs that a function comes in differently.
fn block_of(one: Mode, other: Mode) -> Block {
    match [one, other] {
        pair if pair.contains(&Mode::Consult) => Block::Consult,
        pair if pair.contains(&Mode::Check) => Block::Check,
        _ => Block::Joining,
    }
}
