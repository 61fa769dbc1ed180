//! The numbers behind the choosers, as JSON that cannot end its element.

use serde_json::{Value, json};

use super::board::Board;
use super::staff::SHOWN;
use crate::model::KPIS;
use crate::report::chart::SHADES;
use crate::report::figure::map::{self, FIRST_ON_MAP, breaks, map_decimals};
use crate::report::figure::picture::row;
use crate::report::figure::picture::{decimals, name};
use crate::report::record::team_table::TeamLine;
use crate::report::words::phrase::phrases;
use crate::report::{Lang, Run, significant};
use crate::scenario::harmless_letter;
use crate::stats::Estimate;
use crate::study::weighing::section as weighing;

/// What stands for a figure that grows without end.
const GROWS: u8 = 1;

/// What page.js asks for.
pub(crate) fn json(run: &Board) -> String {
    let places = 0..run.places.len();
    let spots = |of: &dyn Fn(usize, usize, usize) -> Value| -> Value {
        let kpis = |form, place| (0..KPIS.len()).map(move |kpi| (form, place, kpi));
        let place = |form: usize| -> Vec<Value> {
            (places.clone())
                .map(|place| kpis(form, place).map(|(f, p, k)| of(f, p, k)).collect())
                .collect()
        };
        (0..run.forms().len())
            .map(|form| Value::from(place(form)))
            .collect()
    };
    let kpis = KPIS.iter().enumerate().map(|(kpi, one)| {
        let breaks = breaks(run, kpi);
        let legend = |lang| map::legend(run, kpi, &breaks, lang);
        json!({
            "nl": name(kpi, Lang::Nl),
            "en": name(kpi, Lang::En),
            "better": one.better.key(),
            "decimals": decimals(run, kpi),
            "map_decimals": map_decimals(run, kpi),
            "breaks": breaks,
            "legend": { "nl": legend(Lang::Nl), "en": legend(Lang::En) },
        })
    });
    let forms = 0..run.forms().len();
    let names = forms.clone().map(
        |form| json!({ "nl": run.heading(form, Lang::Nl), "en": run.heading(form, Lang::En) }),
    );
    let stuck = forms.clone().map(|form| {
        places
            .clone()
            .map(|place| !run.is_at_rest(form, place))
            .collect::<Value>()
    });
    let teams = forms.map(|form| {
        places
            .clone()
            .map(|place| staff(run, form, place))
            .collect::<Value>()
    });
    let shades = SHADES.map(|(fill, ink)| json!([fill, ink]));
    let data = json!({
        "forms": names.collect::<Value>(),
        "stuck": stuck.collect::<Value>(),
        "teams": teams.collect::<Value>(),
        "team_decimals": SHOWN.map(|(_, decimals)| decimals),
        "baseline": run.baseline(),
        "places": run.places,
        "kpis": kpis.collect::<Value>(),
        "first_kpi": row(FIRST_ON_MAP),
        "means": spots(&|form, place, kpi| match run.grows(form, place, kpi) {
            true => json!(GROWS),
            false => number(run.estimate(form, place, kpi)),
        }),
        "differences": spots(&|form, place, kpi| match run.difference_grows(form, place, kpi) {
            true => json!(GROWS),
            false => number(run.difference(form, place, kpi)),
        }),
        "ranges": super::belief::json(run),
        "shades": shades,
        "weighing": run.weighed.as_ref().map(weighing::json),
        "words": { "nl": phrases("script_", Lang::Nl), "en": phrases("script_", Lang::En) },
    });
    inert(&data.to_string())
}

/// What the table of staff shows of the teams of a form in a place.
fn staff(run: &Run, form: usize, place: usize) -> Value {
    let teams = run.teams_of(form, place);
    let figures = |team: &TeamLine| SHOWN.map(|(key, _)| json!(team.figure(key)));
    teams.map(|team| json!(figures(team))).collect()
}

/// Mean, and the ends of the interval where there is one; `0` where nothing was observed.
fn number(estimate: Option<Estimate>) -> Value {
    let short = |value: f64| significant(Some(value)).parse::<f64>().ok();
    match estimate {
        Some(one) if one.has_interval() => {
            json!([short(one.mean), short(one.low), short(one.high)])
        }
        Some(one) => json!([short(one.mean)]),
        None => json!(0),
    }
}

/// JSON that no browser takes for the end of a script, of letters that can be shown.
fn inert(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' => text.push_str(&format!("\\u{:04x}", letter as u32)),
            _ => text.push(harmless_letter(letter)),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_page_stays_json_and_ends_nothing() {
        let hostile = "</script><!--\u{2028}&amp;";
        let harmless = "</script><!--\u{fffd}&amp;";
        let text = inert(&json!({ "a": hostile }).to_string());
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["a"], harmless);
    }
}
