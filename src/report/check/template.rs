//! The file with which somebody begins a scenario of his own.

use crate::report::Lang;
use crate::scenario::{Nook, STARTING_POINT};

/// The name of the file where none is given.
pub fn template_name(lang: Lang) -> &'static str {
    lang.pick("mijn_scenario.toml", "my_scenario.toml")
}

/// What to do with the file, now that it is there; its name as a shell reads it.
pub fn begun(file: &str, lang: Lang) -> String {
    match lang {
        Lang::Nl => format!("{file} is gemaakt. Wat het betekent: rvtsim check {file}\n"),
        Lang::En => format!("{file} has been made. What it means: rvtsim check {file}\n"),
    }
}

/// A commented scenario that runs as it is, for its place in the library.
pub fn template(nook: &Nook, lang: Lang) -> String {
    let (up, file) = (&nook.up, nook.path.display());
    let schema = format!(
        "#:schema {}schema/scenario.json",
        if up.is_empty() { "./" } else { up }
    );
    let extends = format!("extends = \"{up}{STARTING_POINT}\"");
    match lang {
        Lang::Nl => format!(
            r#"{schema}
# Een eigen scenario: alles wat hier niet staat, komt uit {STARTING_POINT}.
#   rvtsim check {file}    wat dit bestand betekent en hoe lang het rekent
#   rvtsim run {file}      rekent het door
# Een regel die met # begint, telt niet mee. Alle sleutels: docs/reference.md.

{extends}

[scenario]
label = {{ nl = "Mijn scenario", en = "My scenario" }} # staat boven elke tabel
regions = ["Zeeland", "Drenthe"]     # of "all": alle 25
forms = ["v0_estafette", "v4_openbaar_lichaam"] # bestanden in forms/; met v0 wordt vergeleken
replications = 5                     # elk in een andere wereld die met de bekende cijfers klopt; 20 is ruim genoeg
belief = "neutraal"                  # wat niemand gemeten heeft; naast elkaar: beliefs = ["programma", "kritisch"]
# measured = "5 years"               # hoe lang er gemeten wordt

# Andere waarden dan in evidence.toml; `rvtsim evidence` toont ze alle, met bereik, graad en bron.
[evidence]
demand.growth_per_year = "2 %"       # een voorbeeld: elk jaar 2 % meer meldingen
# staff.fte_lokaal_team = 3500       # een getal in de eenheid van evidence.toml
# work.sight_hours_per_week = "0.2 hours per week"

# Wat als? Hetzelfde met en zonder deze waarden, dezelfde gezinnen.
# [variants.meer]
# label = {{ nl = "15 % meer jeugdbeschermers", en = "15 % more jeugdbeschermers" }}
# evidence.staff.fte_gi_jeugdbescherming = "15 % more"
"#
        ),
        Lang::En => format!(
            r#"{schema}
# A scenario of your own: whatever is not here comes from {STARTING_POINT}.
#   rvtsim check {file}    what this file means and how long it will run
#   rvtsim run {file}      runs it
# A line that begins with # does not count. Every key: docs/reference.md.

{extends}

[scenario]
label = {{ nl = "Mijn scenario", en = "My scenario" }} # stands above every table
regions = ["Zeeland", "Drenthe"]     # or "all": all 25
forms = ["v0_estafette", "v4_openbaar_lichaam"] # files in forms/; the others are compared with v0
replications = 5                     # each in another world that agrees with the known figures; 20 are ample
belief = "neutraal"                  # what nobody has measured; side by side: beliefs = ["programma", "kritisch"]
# measured = "5 years"               # how long is measured

# Other values than those of evidence.toml; `rvtsim evidence` shows all, with range, grade and source.
[evidence]
demand.growth_per_year = "2 %"       # an example: every year 2 % more meldingen
# staff.fte_lokaal_team = 3500       # a number in the unit of evidence.toml
# work.sight_hours_per_week = "0.2 hours per week"

# What if? The same with and without these values, the same families.
# [variants.more]
# label = {{ nl = "15 % meer jeugdbeschermers", en = "15 % more jeugdbeschermers" }}
# evidence.staff.fte_gi_jeugdbescherming = "15 % more"
"#
        ),
    }
}
