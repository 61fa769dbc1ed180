//! What a weighing comes down to, in sentences: what is robust, what hangs on a weight, what on
//! what nobody knows.

use super::finding::most;
use super::terminal::{WIDTH, WeighingPage};
use super::tipping::{Tip, Tipping};
use super::weigh::{ProfileWeighing, Scope};
use crate::report::words::text::hang;
use crate::report::{Lang, counted, local};
use crate::scenario::Grade;

/// From this share of draws on a form is said to be first.
const SURE: f64 = 0.8;
/// Up to this share it is said not to be.
const HARDLY: f64 = 0.05;
/// Fewer replications than this say little of their own spread.
const FEW_REPLICATIONS: usize = 5;
/// Parameters that are named.
const MOST_NAMED: usize = 5;

pub(crate) fn verdict(page: &WeighingPage) -> String {
    let title = page.pick("Conclusie", "Conclusion");
    let own = match page.weighing.is_known.contains(&true) {
        false => vec![growing(page), Some(nothing(page))],
        true => vec![
            growing(page),
            choice(page),
            never(page),
            dominated(page),
            unknown(page),
            tips(page),
            method(page),
            parameters(page),
        ],
    };
    let beliefs = page.of_beliefs().into_iter();
    let sentences = beliefs
        .chain(own.into_iter().flatten())
        .chain([caveat(page)]);
    let lines: String = sentences.map(|one| hang("  - ", &one, WIDTH)).collect();
    format!("\n{title}\n{lines}")
}

/// The forms that are first most often, more than one where they look level, and how often.
fn first_of(found: &ProfileWeighing, scope: Scope) -> (Vec<usize>, f64) {
    let ranking = &found.scopes[scope as usize].ranking;
    let shares = || ranking.acceptability.iter().map(|ranks| ranks[0]);
    (most(shares()), shares().fold(0.0, f64::max))
}

/// Keys of forms in a sentence.
fn keys(page: &WeighingPage, forms: &[usize]) -> String {
    let keys = forms.iter().map(|&form| page.figures.forms[form].clone());
    page.lang.list(&keys.collect::<Vec<_>>())
}

/// Forms of which a queue grows without end.
fn growing(page: &WeighingPage) -> Option<String> {
    let forms = page.run.growing_forms();
    let keys: Vec<String> = forms
        .iter()
        .map(|&form| page.figures.forms[form].clone())
        .collect();
    let list = page.lang.list(&keys);
    (!keys.is_empty()).then(|| match page.lang {
        Lang::Nl => format!(
            "Groeit zonder einde: {list}. Een wachtrij komt daar niet tot rust, en wat de simulatie van wachten, veiligheid en maatregelen laat zien, hangt er af van hoe lang de run duurt. Criteria die daarop rusten tellen voor geen enkele vorm mee: er is geen rangorde op."
        ),
        Lang::En => format!(
            "Grows without end: {list}. A queue finds no rest there, and what the simulation shows of waits, safety and measures depends on how long the run is. Criteria that rest on it count for no form: there is no rank by them."
        ),
    })
}

/// That nothing is known by which forms could be ranked.
fn nothing(page: &WeighingPage) -> String {
    page.pick(
        "Van geen enkel criterium is van elke vorm iets bekend: er is geen rangorde.",
        "Of no criterion is anything known of every form: there is no rank.",
    )
    .to_owned()
}

/// Who is first, and whether that holds whatever the weights.
fn choice(page: &WeighingPage) -> Option<String> {
    let voices = page.voices();
    let firsts: Vec<(&str, (Vec<usize>, f64))> = voices
        .iter()
        .map(|(name, found)| (*name, first_of(found, Scope::Known)))
        .collect();
    let forms = &firsts.first()?.1.0;
    let least = firsts.iter().map(|one| one.1.1).fold(1.0, f64::min);
    let is_one = firsts.iter().all(|one| one.1.0 == *forms);
    let (key, percent) = (keys(page, forms), page.percent(least));
    Some(match (is_one, forms.len() > 1, least >= SURE, page.lang) {
        (true, true, _, Lang::Nl) => format!(
            "Op wat bekend is, en onder de aannames van deze run, zijn {key} onder elk profiel even vaak de eerste: elk in {percent} % van de trekkingen. Daartussen is geen voorkeur."
        ),
        (true, true, _, Lang::En) => format!(
            "On what is known, and under the assumptions of this run, {key} are first equally often under every profile: each in {percent} % of the draws. Between them there is no preference."
        ),
        (true, false, true, Lang::Nl) => format!(
            "Op wat bekend is, en onder de aannames van deze run, is {key} onder elk profiel de eerste, in ten minste {percent} % van de trekkingen: dat hangt niet van de gewichten af."
        ),
        (true, false, true, Lang::En) => format!(
            "On what is known, and under the assumptions of this run, {key} is first under every profile, in at least {percent} % of the draws: that does not hang on the weights."
        ),
        (true, false, false, Lang::Nl) => format!(
            "Op wat bekend is, en onder de aannames van deze run, is {key} onder elk profiel het vaakst de eerste, maar soms in niet meer dan {percent} % van de trekkingen: een voorkeur, geen uitkomst."
        ),
        (true, false, false, Lang::En) => format!(
            "On what is known, and under the assumptions of this run, {key} is most often first under every profile, but in as few as {percent} % of the draws: a preference, not a result."
        ),
        (false, ..) => {
            let told = |(name, (forms, share)): &(&str, (Vec<usize>, f64))| {
                let (keys, share) = (keys(page, forms), page.percent(*share));
                let each = if forms.len() > 1 {
                    page.pick("elk ", "each ")
                } else {
                    ""
                };
                format!("{name} {keys} ({each}{share} %)")
            };
            let list: Vec<String> = firsts.iter().map(told).collect();
            let head = page.pick(
                "Welke vorm op wat bekend is het vaakst de eerste is, hangt van de gewichten af:",
                "Which form is most often first on what is known hangs on the weights:",
            );
            format!("{head} {}.", list.join("; "))
        }
    })
}

/// Forms that are first nowhere.
fn never(page: &WeighingPage) -> Option<String> {
    let voices = page.voices();
    let hardly = |form: &usize| {
        let most = voices
            .iter()
            .map(|(_, found)| found.scopes[Scope::Known as usize].ranking.acceptability[*form][0]);
        most.fold(0.0, f64::max) <= HARDLY
    };
    let forms = &page.figures.forms;
    let none: Vec<String> = (0..forms.len())
        .filter(hardly)
        .map(|form| forms[form].clone())
        .collect();
    let (list, percent) = (page.lang.list(&none), page.percent(HARDLY));
    (!none.is_empty()).then(|| match page.lang {
        Lang::Nl => format!("Onder geen enkel profiel vaker dan {percent} % de eerste: {list}."),
        Lang::En => format!("First in no more than {percent} % under any profile: {list}."),
    })
}

/// Forms that are nowhere better than another.
fn dominated(page: &WeighingPage) -> Option<String> {
    let forms = &page.figures.forms;
    let mut pairs = Vec::new();
    for (one, row) in page.weighing.dominates.iter().enumerate() {
        for (other, &share) in row.iter().enumerate() {
            if share >= SURE {
                pairs.push(match page.lang {
                    Lang::Nl => format!("{} nergens beter dan {}", forms[other], forms[one]),
                    Lang::En => format!("{} nowhere better than {}", forms[other], forms[one]),
                });
            }
        }
    }
    pairs.extend(same(page));
    Some(match (pairs.is_empty(), page.lang) {
        (true, lang) => lang
            .pick(
                "Geen vorm is op alles wat bekend is minstens zo goed als een andere: elke keuze geeft iets op.",
                "No form is at least as good as another on all that is known: every choice gives something up.",
            )
            .to_owned(),
        (false, lang) => {
            let head = lang.pick("Op wat bekend is:", "On what is known:");
            format!("{head} {}.", pairs.join("; "))
        }
    })
}

/// Whether two forms are worth the same on all that is known.
fn is_same(page: &WeighingPage, one: usize, other: usize) -> bool {
    let weighing = page.weighing;
    let mut known = (0..weighing.is_known.len()).filter(|&criterion| weighing.is_known[criterion]);
    known.all(|criterion| weighing.criteria[one][criterion] == weighing.criteria[other][criterion])
}

/// Pairs of forms that are worth the same on all that is known.
fn same(page: &WeighingPage) -> Vec<String> {
    let forms = &page.figures.forms;
    let pairs =
        (0..forms.len()).flat_map(|one| (one + 1..forms.len()).map(move |other| (one, other)));
    let pairs = pairs.filter(|&(one, other)| is_same(page, one, other));
    let told = |(one, other): (usize, usize)| match page.lang {
        Lang::Nl => format!("{} gelijk aan {}", forms[other], forms[one]),
        Lang::En => format!("{} the same as {}", forms[other], forms[one]),
    };
    pairs.map(told).collect()
}

/// What the unknown criteria could still do.
fn unknown(page: &WeighingPage) -> Option<String> {
    let n = page
        .weighing
        .is_known
        .iter()
        .filter(|known| !**known)
        .count();
    let voices = page.voices();
    let (name, found) = voices.first().filter(|_| n > 0)?;
    let weights = &found.scopes[Scope::All as usize].weights;
    let unknown = (0..weights.len()).filter(|&one| !page.weighing.is_known[one]);
    let weight: f64 = unknown.map(|one| weights[one]).sum();
    let weight = page.percent(weight);
    let of_form = |form: usize| {
        let share = |scope: Scope| {
            let ranking = &found.scopes[scope as usize].ranking;
            page.percent(ranking.acceptability[form][0])
        };
        let (share, left) = (share(Scope::Known), share(Scope::All));
        let key = &page.figures.forms[form];
        match page.lang {
            Lang::Nl => format!("{key} van {share} naar {left} %"),
            Lang::En => format!("{key} from {share} to {left} %"),
        }
    };
    let (forms, _) = first_of(found, Scope::Known);
    let list = forms
        .into_iter()
        .map(of_form)
        .collect::<Vec<_>>()
        .join(", ");
    let all = counted(n, "criterion", page.lang);
    let they = match (n, page.lang) {
        (1, Lang::Nl) => "dat weegt",
        (_, Lang::Nl) => "zij wegen samen",
        (1, Lang::En) => "it weighs",
        (_, Lang::En) => "together they weigh",
    };
    Some(match page.lang {
        Lang::Nl => format!(
            "Van {all} is niets bekend; {they} gemiddeld {weight} % ({name}). Telt u mee wat niemand weet als alles wat kan, dan verandert de kans om de eerste te zijn: {list}. Een oordeel van deskundigen, per vorm, is wat hier ontbreekt."
        ),
        Lang::En => format!(
            "Of {all} nothing is known; {they} {weight} % on average ({name}). What nobody knows counted as anything that may be, the chance of being first changes: {list}. A judgement of experts, form by form, is what is missing here."
        ),
    })
}

/// The nearest weight at which the choice tips.
fn tips(page: &WeighingPage) -> Option<String> {
    let voices = page.voices();
    let (name, found) = voices.first()?;
    let both = |one: &Tipping| {
        [one.below, one.above]
            .into_iter()
            .flatten()
            .collect::<Vec<Tip>>()
    };
    let mut all: Vec<(&Tipping, Tip)> = Vec::new();
    for tipping in &found.tippings {
        all.extend(both(tipping).into_iter().map(|tip| (tipping, tip)));
    }
    let far = |one: &(&Tipping, Tip)| (one.1.weight - one.0.weight).abs();
    all.sort_by(|one, other| far(one).total_cmp(&far(other)));
    let told = |(tipping, tip): &(&Tipping, Tip)| {
        let form = keys(page, &alike(page, tip.form));
        let (now, then) = (page.percent(tipping.weight), page.percent(tip.weight));
        match page.lang {
            Lang::Nl => format!("{} van {now} naar {then} %: {form}", tipping.key),
            Lang::En => format!("{} from {now} to {then} %: {form}", tipping.key),
        }
    };
    let list: Vec<String> = all.iter().take(3).map(told).collect();
    Some(match (list.is_empty(), page.lang) {
        (true, Lang::Nl) => format!("Geen enkel gewicht alleen verandert de keuze ({name})."),
        (true, Lang::En) => format!("No single weight changes the choice ({name})."),
        (false, Lang::Nl) => format!(
            "De keuze kantelt het eerst als één gewicht verandert ({name}; de andere in verhouding): {}.",
            list.join("; ")
        ),
        (false, Lang::En) => format!(
            "The choice tips first when one weight changes ({name}; the others in proportion): {}.",
            list.join("; ")
        ),
    })
}

/// Forms that are worth the same as this one on all that is known, itself among them.
fn alike(page: &WeighingPage, form: usize) -> Vec<usize> {
    let is_same = |other: &usize| is_same(page, form, *other);
    (0..page.figures.forms.len()).filter(is_same).collect()
}

/// Whether another method says another thing.
fn method(page: &WeighingPage) -> Option<String> {
    let other = |found: &ProfileWeighing| {
        let forms = found.scopes[Scope::Known as usize].forms.iter();
        most(forms.map(|form| form.first_by_flow))
    };
    let voices = page.voices();
    let differs = voices.iter().filter_map(|(name, found)| {
        let (own, other) = (first_of(found, Scope::Known).0, other(found));
        (own != other).then(|| format!("{name}: {}", keys(page, &other)))
    });
    let differs: Vec<String> = differs.collect();
    Some(match (differs.is_empty(), page.lang) {
        (true, lang) => lang
            .pick(
                "De methode maakt niet uit: PROMETHEE II zet onder elk profiel het vaakst hetzelfde voorop.",
                "The method does not matter: PROMETHEE II puts the same first most often under every profile.",
            )
            .to_owned(),
        (false, Lang::Nl) => format!(
            "De methode maakt uit: PROMETHEE II zet iets anders het vaakst voorop onder {}.",
            differs.join("; ")
        ),
        (false, Lang::En) => format!(
            "The method matters: PROMETHEE II most often puts another first under {}.",
            differs.join("; ")
        ),
    })
}

/// Which assumptions are worth knowing.
fn parameters(page: &WeighingPage) -> Option<String> {
    let voices = page.voices();
    let (_, found) = voices.first()?;
    if page.weighing.n_points == 0 {
        return Some(
            page.pick(
                "Hoeveel hiervan op aannames over het model rust (graad D), is hier niet bekend: daarvoor is een sweep nodig (--sweep).",
                "How much of this rests on assumptions about the model (grade D) is not known here: that takes a sweep (--sweep).",
            )
            .to_owned(),
        );
    }
    let mut worth: Vec<(&str, f64)> = Vec::new();
    for ((key, entry), information) in page.parameters.iter().zip(&found.information) {
        let is_assumed = entry.is_some_and(|entry| entry.grade == Grade::D);
        let real = information.filter(|one| is_assumed && one.value > one.by_chance);
        worth.extend(real.map(|one| (key.as_str(), one.value)));
    }
    worth.sort_by(|one, other| other.1.total_cmp(&one.1));
    let told = |one: &(&str, f64)| format!("{} ({})", one.0, local(100.0 * one.1, 2, page.lang));
    let list: Vec<String> = worth.iter().take(MOST_NAMED).map(told).collect();
    Some(match (list.is_empty(), page.lang) {
        (true, Lang::Nl) => "Van geen enkele aanname (graad D) in de sweep is aan te tonen dat onderzoek ernaar de keuze zou veranderen.".to_owned(),
        (true, Lang::En) => "Of no assumption (grade D) in the sweep can it be shown that research into it would change the choice.".to_owned(),
        (false, Lang::Nl) => format!(
            "Onderzoek dat de keuze het meest kan veranderen, met de verwachte winst in punten van 100: {}.",
            list.join(", ")
        ),
        (false, Lang::En) => format!(
            "Research that could change the choice most, with the expected gain in points of 100: {}.",
            list.join(", ")
        ),
    })
}

/// What a reader should keep in mind.
fn caveat(page: &WeighingPage) -> String {
    let n = page.figures.n_replications();
    let replications = counted(n, "replication", page.lang);
    let few = match (n < FEW_REPLICATIONS, page.lang) {
        (true, Lang::Nl) => format!(" Met {replications} is de uitkomst zelf nog onzeker."),
        (true, Lang::En) => {
            format!(" With {replications} the outcome itself is still uncertain.")
        }
        (false, _) => String::new(),
    };
    let doubts = match (page.run.manifest.warnings.len(), page.lang) {
        (0, _) => String::new(),
        (n, Lang::Nl) => format!(
            " De run zelf heeft {}; zie manifest.json.",
            counted(n, "warning", page.lang)
        ),
        (n, Lang::En) => format!(
            " The run itself has {}; see manifest.json.",
            counted(n, "warning", page.lang)
        ),
    };
    let beliefs = match (page.others.len(), page.lang) {
        (0, Lang::Nl) => "één set aannames".to_owned(),
        (0, Lang::En) => "one belief set".to_owned(),
        (n, Lang::Nl) => format!("{} sets aannames", n + 1),
        (n, Lang::En) => format!("{} belief sets", n + 1),
    };
    let scope = match page.lang {
        Lang::Nl => format!(
            "Dit weegt wat de simulatie onder {beliefs} laat zien, met ijkpunten die voor een deel zelf aannames zijn. De vormen zijn voorstellen van dit project."
        ),
        Lang::En => format!(
            "This weighs what the simulation shows under {beliefs}, with reference points that are assumptions in part. The forms are proposals of this project."
        ),
    };
    scope + &few + &doubts
}
