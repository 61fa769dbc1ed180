//! Flows between steps and families by class are exact: nobody is lost, and other counts agree.

use crate::common::{FORMS, short_setting};
use rvtsim::engine::Time;
use rvtsim::model::{
    Chain, Entrance, Function, Observations, Quantity, Setting, Step, Tally, Wait,
};

/// What was seen in the measured part, and the open cases at each step when it began and ended.
fn seen(setting: &Setting, seed: u64) -> (Observations, Vec<u64>, Vec<u64>) {
    let mut chain = Chain::new(setting.clone(), seed, 0);
    // The warm-up ends at no end of a week: what that moves would be counted at the same moment.
    assert!(!setting.period.warm_up_days.is_multiple_of(7));
    chain.run_until(Time::from_days(setting.period.warm_up_days));
    let before = chain.n_at_steps();
    chain.run_until(Time::from_days(setting.period.total_days()));
    let after = chain.n_at_steps();
    (chain.finish().0, before, after)
}

fn families(seen: &Observations, which: impl Fn(Step, Step) -> bool) -> u64 {
    let flows = seen.flows.iter().filter(|flow| which(flow.from, flow.to));
    flows.map(|flow| u64::from(flow.families)).sum()
}

#[test]
fn who_comes_to_a_step_goes_on_from_it_or_is_still_there() {
    for form in FORMS {
        let (seen, before, after) = seen(&short_setting(form, "Zeeland", 370, 728), 5);
        let mut n_moved = 0;
        for (number, step) in Step::all().enumerate() {
            if let Step::Came(_) | Step::Closed = step {
                continue;
            }
            let came = families(&seen, |_, to| to == step);
            let went = families(&seen, |from, _| from == step);
            let place = format!("{form}, {}", step.key());
            assert_eq!(before[number] + came, went + after[number], "{place}");
            n_moved += came;
        }
        assert!(n_moved > 1000, "{form}: {n_moved}");
        // Whoever was counted as coming has gone on, or waits for the first step.
        let waiting = |at: &[u64]| -> u64 {
            let steps = Step::all().zip(at);
            let came = steps.filter(|(step, _)| {
                use Entrance::{FirstMelding, Hermelding, OwnIntake};
                [FirstMelding, Hermelding, OwnIntake]
                    .map(Step::Came)
                    .contains(step)
            });
            came.map(|(_, n)| n).sum()
        };
        let begun = families(&seen, |from, _| {
            matches!(from, Step::Came(entrance)
                if !matches!(entrance, Entrance::Jeugdreclassering | Entrance::Stock))
        });
        let opened = seen.tally(Tally::CasesOpened) as u64;
        assert_eq!(waiting(&before) + opened, begun + waiting(&after), "{form}");
    }
}

#[test]
fn flows_agree_with_what_else_was_counted() {
    for form in FORMS {
        let (seen, _, _) = seen(&short_setting(form, "Zeeland", 370, 728), 5);
        let closed = families(&seen, |_, to| to == Step::Closed);
        assert_eq!(closed, seen.routes.iter().sum::<u64>(), "{form}");
        // Steps that nobody does beside the way begin as often as families come to them.
        for function in [
            Function::Onderzoek,
            Function::VoorwaardenEnVervolg,
            Function::Jeugdreclassering,
            Function::Nazorg,
        ] {
            let came = families(&seen, |_, to| to == Step::At(function));
            let begun = seen.starts[function as usize];
            assert_eq!(came, begun, "{form}, {}", function.key());
            assert!(came > 0, "{form}, {}", function.key());
        }
        // Those beside the way come on top.
        for function in [
            Function::Veiligheidsbeoordeling,
            Function::Beschermingsonderzoek,
        ] {
            let at = |step: Step| step.function() == Some(function);
            let came = families(&seen, |_, to| at(to));
            assert!(came <= seen.starts[function as usize] && came > 0, "{form}");
        }
        for flow in seen.flows.iter() {
            assert!(flow.handovers <= flow.families);
            assert!(!matches!(flow.to, Step::Came(_)), "nobody comes in twice");
            assert!(flow.to != Step::Closed || flow.handovers == 0);
        }
    }
}

/// Assessments and onderzoeken are counted when they end, flows when they begin: what differs is
/// under way at the two ends of what was measured.
#[test]
fn steps_that_have_ended_have_begun_or_were_under_way() {
    let (seen, before, after) = seen(&short_setting("v0_estafette", "Zeeland", 370, 728), 5);
    for (function, tally) in [
        (Function::Veiligheidsbeoordeling, Tally::Assessed),
        (Function::Onderzoek, Tally::Onderzoeken),
        (Function::VoorwaardenEnVervolg, Tally::Voorwaarden),
    ] {
        let step = Step::At(function);
        let number = Step::all().position(|one| one == step).unwrap();
        let came = families(&seen, |_, to| to == step) as f64;
        let slack = (before[number] + after[number]) as f64;
        let ended = seen.tally(tally);
        assert!(
            (came - ended).abs() <= slack,
            "{}: {came}, {ended}",
            function.key()
        );
    }
}

#[test]
fn every_family_that_was_seen_stands_in_one_class() {
    for form in FORMS {
        let (seen, _, _) = seen(&short_setting(form, "Zeeland", 370, 728), 6);
        for (quantity, wait) in [
            (Quantity::WaitAssessment, Wait::Assessment),
            (Quantity::WaitFirstHelp, Wait::FirstHelp),
            (Quantity::WaitMeasure, Wait::Measure),
        ] {
            let shares = seen.shares_from(quantity).expect("somebody waited");
            assert_eq!(shares.len(), quantity.n_classes());
            assert!(shares[0] == 1.0 && shares.is_sorted_by(|one, next| one >= next));
            // The middle family stands where half are.
            let middle = seen.wait(wait).survival().unwrap().quantile(0.5) / 1440.0;
            let class = |days: f64| {
                let ends = quantity.ends().iter();
                ends.take_while(|&&end| f64::from(end) < days).count()
            };
            let (low, high) = (class(middle * 0.98), class(middle * 1.02));
            assert!(shares[low] >= 0.5, "{form}, {}", quantity.key());
            let is_last = high + 1 == quantity.n_classes();
            assert!(
                is_last || shares[high + 1] <= 0.5,
                "{form}, {}",
                quantity.key()
            );
        }
        let handovers = &seen.handovers;
        assert_eq!(
            handovers.n() as f64,
            seen.tally(Tally::CasesClosed),
            "{form}"
        );
        let open = Quantity::Handovers.n_classes() - 1;
        let counted: u64 = (0..open).map(|n| n as u64 * handovers.n_in(n)).sum();
        let more = seen.tally(Tally::Handovers) as u64 - counted;
        let n_more = handovers.n_in(open);
        assert!(
            more >= 6 * n_more && (n_more > 0 || more == 0),
            "{form}: {more}, {n_more}"
        );
    }
}
