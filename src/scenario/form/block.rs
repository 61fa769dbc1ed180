//! The section `[blocks]` of a form: building blocks that it takes from other forms.

use std::path::{Path, PathBuf};

use super as form;
use super::{Draft, rule};
use crate::model::{Block, Form};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::file::library::{Document, FORM, Library};
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::Node;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, may};

/// The section `[blocks]`. A form's own values of parameters stand in `[evidence]`.
pub(crate) const KEYS: &[Key] = &[
    of(
        Block::Dossier,
        "Which teams work in one dossier, and what that costs in hours.",
    ),
    of(
        Block::Face,
        "Whose professional stays with an unsafe family when another takes the lead.",
    ),
    of(
        Block::Joining,
        "Where a second professional joins instead of taking over, and from which severity on.",
    ),
    of(
        Block::Pooling,
        "Which teams there are, whose staff works in them and who does which function.",
    ),
    of(
        Block::Generalists,
        "Which share of the staff may do everything that their team does.",
    ),
    of(
        Block::Scale,
        "Whose staff works in areas, and whose for the region.",
    ),
    of(Block::Drang, "Whether there is drang."),
    of(Block::Tafel, "Whether there is a jeugdbeschermingstafel."),
    of(
        Block::Check,
        "Who looks at a measure anew, and whether in another organisation.",
    ),
    of(Block::Intake, "Who holds the family from the melding on."),
    of(
        Block::Consult,
        "Where another's expertise is asked by consult.",
    ),
    of(
        Block::LocalRoom,
        "How much room areas have to judge in their own way.",
    ),
    of(
        Block::Coordination,
        "What coordination costs in hours for each activity of a case.",
    ),
];

const fn of(block: Block, meaning: &'static str) -> Key {
    let (name, example) = (block.key(), "\"v5_integraal_landelijk\"");
    may(
        name,
        Kind::Name("forms"),
        "the form's own",
        example,
        meaning,
    )
}

/// The form with the blocks that its files take from others; as many faults as there are in these
/// are reported, even if the form itself is none.
pub(crate) fn take(
    form: Option<Form>,
    path: &Path,
    documents: &[Document],
    above: &[PathBuf],
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Form> {
    let Some(node) = overlay::merged(documents, "blocks", Depth::Keys, log) else {
        return form;
    };
    let section = Section::of(&node, KEYS, log)?;
    let named: Vec<(Block, &Node)> = Block::ALL
        .into_iter()
        .filter(|block| KEYS.iter().any(|key| key.name == block.key()))
        .filter_map(|block| Some((block, section.optional(block.key())?)))
        .collect();
    let mut is_sound = section.finish(log);
    let within: Vec<PathBuf> = above.iter().cloned().chain([path.to_owned()]).collect();
    let mut sources: Vec<(&str, Option<Form>)> = Vec::new();
    for (_, node) in &named {
        let Some(key) = node.text(log) else {
            is_sound = false;
            continue;
        };
        if sources.iter().all(|(other, _)| *other != key) {
            sources.push((key, source(key, node, &within, library, log)));
        }
    }
    let sources: Vec<(&str, Form)> = sources
        .into_iter()
        .map(|(key, form)| Some((key, form?)))
        .collect::<Option<_>>()?;
    let form = form.filter(|_| is_sound)?;
    let source_of = |node: &Node| {
        let key = node.text(&mut Diagnostics::default())?;
        let found = sources.iter().find(|(other, _)| *other == key);
        found.map(|(_, form)| form)
    };
    let taken: Vec<(Block, &Form)> = named
        .iter()
        .filter_map(|(block, node)| Some((*block, source_of(node)?)))
        .collect();
    let composed = form.with_blocks(&taken);
    let is_neutral = rule::is_neutral(&composed);
    let place = named.first().map_or(&node.place, |(_, node)| &node.place);
    match rule::first_error(&Draft::changed(composed.clone(), is_neutral, place)) {
        Some(fault) => {
            log.push(fault);
            None
        }
        None => Some(composed),
    }
}

/// The form of which a block is taken.
fn source(
    key: &str,
    node: &Node,
    within: &[PathBuf],
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Form> {
    let path = library.member(FORM, key, Some(&node.place), log)?;
    if within.contains(&path) {
        let fact = said!("the blocks of `{}` come from itself in the end", shown(key));
        let help = said!("take a block from a form that takes none of this one");
        let fault = Diagnostic::error(code::EXTENDS_ITSELF, fact).help(help);
        log.push(fault.at(&node.place));
        return None;
    }
    let (form, _) = form::load_within(key, Some(&node.place), within, library, log)?;
    Some(form)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{BlockSet, Function, Mode, Scale};
    use crate::scenario::Place;
    use crate::scenario::fault::source::Source;

    /// Every form of the library.
    fn forms() -> Vec<Form> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut library = Library::of(
            &folder.join("referentie.toml"),
            &crate::scenario::Files::default(),
        )
        .expect("a library");
        let files = std::fs::read_dir(folder.join("forms")).expect("the forms");
        let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        let mut log = Diagnostics::default();
        let forms = paths.iter().map(|path| {
            let key = path.file_stem().unwrap().to_str().unwrap();
            let form = form::load(key, None, &mut library, &mut log);
            form.expect("a shipped form").0
        });
        forms.collect()
    }

    fn form(key: &str) -> Form {
        let found = forms().into_iter().find(|form| form.key == key);
        found.expect("a shipped form")
    }

    /// Composed of the relay and a form: `V5`, say, and these of its blocks.
    fn relay_with(key: &str, blocks: &[Block]) -> Form {
        let blocks = blocks.iter().copied().collect();
        Form::composed(&form("v0_estafette"), &form(key), blocks)
    }

    fn names(form: &Form, set: crate::model::TeamSet) -> Vec<&str> {
        let teams = form.teams.iter().enumerate();
        teams
            .filter(|(number, _)| set.has(*number))
            .map(|(_, team)| team.key.as_str())
            .collect()
    }

    fn subsets(blocks: BlockSet) -> Vec<BlockSet> {
        let mut all = vec![BlockSet::default()];
        for block in blocks.iter() {
            all.extend(all.clone().into_iter().map(|set| set.with(block)));
        }
        all
    }

    #[test]
    fn every_block_of_a_form_file_is_a_key() {
        let keys: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
        let blocks = Block::ALL.into_iter().filter(|one| *one != Block::Values);
        assert_eq!(keys, blocks.map(Block::key).collect::<Vec<_>>());
    }

    #[test]
    fn no_block_is_the_baseline_and_all_are_the_target() {
        let forms = forms();
        for baseline in &forms {
            for target in &forms {
                let composed = |blocks| Form::composed(baseline, target, blocks);
                assert_eq!(composed(BlockSet::default()), *baseline);
                assert_eq!(composed(BlockSet::all()), *target, "{}", baseline.key);
                let own = baseline.blocks_of(target);
                // Forms may differ by nothing but their names, and where their hours are.
                let (composed, target) = (composed(own).unnamed(), target.unnamed());
                assert_eq!(composed, target, "{}", baseline.key);
            }
        }
    }

    #[test]
    fn every_composed_form_is_a_valid_one() {
        let source = Arc::new(Source::new("a.toml", "a".to_owned(), String::new()));
        let place = Place::new(&source, 0..1);
        let forms = forms();
        let mut n = 0;
        for baseline in &forms {
            for target in &forms {
                let is_neutral = rule::is_neutral(baseline) && rule::is_neutral(target);
                for blocks in subsets(baseline.blocks_of(target)) {
                    let form = Form::composed(baseline, target, blocks);
                    let (one, other) = (&baseline.key, &target.key);
                    let draft = Draft::changed(form.clone(), is_neutral, &place);
                    let fault = rule::first_error(&draft).map(|fault| fault.message);
                    assert_eq!(fault, None, "{one} {other} {blocks:?}");
                    let idle = (0..form.teams.len())
                        .filter(|&team| form.functions_of(team) == Default::default());
                    assert_eq!(idle.count(), 0, "{one} {other} {blocks:?}");
                    n += 1;
                }
            }
        }
        assert!(n > 5_000, "{n}");
    }

    #[test]
    fn a_block_that_a_form_does_not_have_changes_nothing_whatever_the_others() {
        let relay = form("v0_estafette");
        for target in forms() {
            let own = relay.blocks_of(&target);
            for block in BlockSet::all().iter().filter(|block| !own.has(*block)) {
                for blocks in subsets(own) {
                    let [without, with] = [blocks, blocks.with(block)]
                        .map(|set| Form::composed(&relay, &target, set).named_as(&relay));
                    assert_eq!(without, with, "{} {block:?} {blocks:?}", target.key);
                }
            }
        }
    }

    #[test]
    fn the_proposed_variants_have_these_blocks() {
        let relay = form("v0_estafette");
        let blocks = |key: &str| {
            let blocks = relay.blocks_of(&form(key)).iter().map(Block::key);
            blocks.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            blocks("v1_expertnetwerk"),
            "face joining pooling consult local_room"
        );
        assert_eq!(
            blocks("v2_rnvt"),
            "dossier face joining pooling generalists scale check intake local_room"
        );
        assert_eq!(
            blocks("v3_voorkantfusie"),
            "dossier face joining pooling generalists tafel check local_room"
        );
        let last = "dossier face joining pooling generalists tafel check local_room";
        assert_eq!(blocks("v4_openbaar_lichaam"), last);
        assert_eq!(blocks("v5_integraal_landelijk"), last);
        assert_eq!(blocks("voorbeeld_geen_drang"), "drang");
        assert_eq!(blocks("voorbeeld_van_raad_naar_lokaal"), "pooling");
        assert_eq!(blocks("v0_estafette"), "");
    }

    #[test]
    fn a_dossier_and_a_face_go_with_the_functions_of_their_teams() {
        let of = |key: &str, block| {
            let form = relay_with(key, &[block]);
            let set = match block {
                Block::Dossier => form.shared_dossier,
                _ => form.stays,
            };
            names(&form, set).join(" ")
        };
        let all = "lokaal_team veilig_thuis rvdk gi jeugdreclassering";
        assert_eq!(of("v5_integraal_landelijk", Block::Dossier), all);
        assert_eq!(of("v5_integraal_landelijk", Block::Face), all);
        let without_raad = "lokaal_team veilig_thuis gi";
        assert_eq!(of("v2_rnvt", Block::Dossier), without_raad);
        assert_eq!(of("v3_voorkantfusie", Block::Dossier), without_raad);
        assert_eq!(of("v1_expertnetwerk", Block::Face), "lokaal_team");
        // The other way round: the relay's separate dossiers in the teams of a form.
        let form = relay_with("v5_integraal_landelijk", &[Block::Pooling]);
        assert_eq!(names(&form, form.shared_dossier), Vec::<&str>::new());
    }

    #[test]
    fn generalists_and_scale_go_with_the_staff() {
        let form = relay_with("v3_voorkantfusie", &[Block::Generalists]);
        let share = |key: &str| {
            let team = form.teams.iter().find(|team| team.key == key);
            team.unwrap().generalist_share
        };
        assert_eq!((share("lokaal_team"), share("veilig_thuis")), (0.1, 0.5));
        // A third of them is in the front-end team.
        assert!((share("gi") - (0.33 * 0.5 + 0.67 * 0.1)).abs() < 1e-9);
        let form = relay_with("v5_integraal_landelijk", &[Block::Pooling]);
        let shares = form
            .teams
            .iter()
            .filter(|team| team.scale != Scale::External);
        assert!(shares.into_iter().all(|team| team.generalist_share == 0.1));

        let scale = |form: &Form, key: &str| {
            let team = form.teams.iter().find(|team| team.key == key);
            team.unwrap().scale
        };
        let form = relay_with("v2_rnvt", &[Block::Scale]);
        assert_eq!(scale(&form, "veilig_thuis"), Scale::Area);
        assert_eq!(scale(&form, "gi"), Scale::Area);
        assert_eq!(scale(&form, "rvdk"), Scale::Region);
        let form = relay_with("v2_rnvt", &[Block::Pooling]);
        assert_eq!(scale(&form, "rnvt"), Scale::Region);
        assert_eq!(scale(&form, "lokaal_team"), Scale::Area);
    }

    #[test]
    fn a_function_that_is_not_there_finds_a_team_and_takes_its_team_away() {
        let has = |form: &Form, key: &str| form.teams.iter().any(|team| team.key == key);
        let pooled = relay_with("v5_integraal_landelijk", &[Block::Pooling]);
        assert!(has(&pooled, "jeugdbeschermingstafel"));
        let without = relay_with("v5_integraal_landelijk", &[Block::Tafel]);
        assert!(!has(&without, "jeugdbeschermingstafel"));
        assert!(without.task(Function::Jeugdbeschermingstafel).is_none());
        // From a form without drang to one that has it, in the teams of either.
        let (none, v3) = (form("voorbeeld_geen_drang"), form("v3_voorkantfusie"));
        let composed = |block: Block| Form::composed(&none, &v3, BlockSet::default().with(block));
        let with = composed(Block::Drang);
        let drang = with.task(Function::Drang).unwrap();
        assert_eq!(with.teams[drang.team].key, "gi");
        assert_eq!(drang.mode, Mode::Join);
        assert!(composed(Block::Pooling).task(Function::Drang).is_none());
    }

    #[test]
    fn a_way_of_coming_in_belongs_to_one_block() {
        let mode = |form: &Form, function| form.task(function).unwrap().mode;
        let joined = relay_with("v4_openbaar_lichaam", &[Block::Joining]);
        assert_eq!(mode(&joined, Function::Beschermingsonderzoek), Mode::Join);
        assert_eq!(mode(&joined, Function::ToetsEnVerzoek), Mode::TakeOver);
        let checked = relay_with("v4_openbaar_lichaam", &[Block::Check]);
        assert_eq!(mode(&checked, Function::ToetsEnVerzoek), Mode::Check);
        assert_eq!(mode(&checked, Function::Drang), Mode::TakeOver);
        let checked = relay_with("v2_rnvt", &[Block::Check]);
        assert_eq!(mode(&checked, Function::Beschermingsonderzoek), Mode::Check);
    }

    #[test]
    fn a_team_without_work_gives_its_staff_to_their_own_and_somebody_can_do_the_work() {
        let mut target = form("v0_estafette");
        let gi = target
            .teams
            .iter()
            .position(|team| team.key == "gi")
            .unwrap();
        // A team of its own for drang, with a third of the GI.
        let mut own = target.teams[gi].clone();
        own.key = "drangteam".to_owned();
        own.staff_from[0].1 = 0.25;
        target.teams[gi].staff_from[0].1 = 0.75;
        target.teams.push(own);
        let drang = target.tasks[Function::Drang as usize].as_mut().unwrap();
        drang.team = target.teams.len() - 1;
        let none = form("voorbeeld_geen_drang");
        let pooled = Form::composed(&none, &target, BlockSet::default().with(Block::Pooling));
        assert!(pooled.teams.iter().all(|team| team.key != "drangteam"));
        let gi = pooled.teams.iter().find(|team| team.key == "gi").unwrap();
        assert_eq!(gi.staff_from[0].1, 1.0);

        // A toets by people of Veilig Thuis, who can only do it as generalists.
        let mut target = form("v0_estafette");
        let place = |key: &str| {
            target
                .teams
                .iter()
                .position(|team| team.key == key)
                .unwrap()
        };
        let (safe, raad) = (place("veilig_thuis"), place("rvdk"));
        let toets = target.tasks[Function::ToetsEnVerzoek as usize].as_mut();
        toets.unwrap().team = safe;
        target.teams[safe].generalist_share = 0.3;
        let mut relay = form("v0_estafette");
        for team in [safe, raad] {
            relay.teams[team].generalist_share = 0.0;
        }
        let pooled = Form::composed(&relay, &target, BlockSet::default().with(Block::Pooling));
        assert_eq!(pooled.teams[safe].generalist_share, 0.3);
    }
}
