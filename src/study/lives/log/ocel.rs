//! An event log in OCEL 2.0 as JSON: <https://www.ocel-standard.org/>.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value as Json, json};

use super::Format;
use super::line::{Case, Detail, Line};

pub(crate) struct Ocel<W> {
    out: W,
    n_events: usize,
    /// Every household under its form, as an object.
    households: Vec<Json>,
    teams: BTreeSet<String>,
    activities: BTreeSet<&'static str>,
}

impl<W: Write> Ocel<W> {
    pub fn begin(mut out: W) -> io::Result<Self> {
        // Events come first: who took part in them is known when they have been written.
        write!(out, "{{\"events\":[")?;
        Ok(Ocel {
            out,
            n_events: 0,
            households: Vec::new(),
            teams: BTreeSet::new(),
            activities: BTreeSet::new(),
        })
    }
}

impl<W: Write> Format<W> for Ocel<W> {
    fn case(&mut self, case: &Case, lines: &[Line]) -> io::Result<()> {
        let Some(first) = lines.first() else {
            return Ok(());
        };
        let of_household = [
            ("form", case.form.clone()),
            ("region", case.region.clone()),
            ("has_children", case.has_children.to_string()),
            (
                "has_partner_violence",
                case.has_partner_violence.to_string(),
            ),
        ];
        let attributes = of_household
            .map(|(name, value)| json!({ "name": name, "time": first.at, "value": value }));
        self.households.push(json!({
            "id": case.id,
            "type": "household",
            "attributes": attributes,
            "relationships": [],
        }));
        for line in lines {
            self.activities.insert(line.activity);
            let mut partners = vec![json!({ "objectId": case.id, "qualifier": "household" })];
            if let Some(team) = &line.team {
                let id = format!("{}/{team}", case.form);
                partners.push(json!({ "objectId": id, "qualifier": "team" }));
                self.teams.insert(id);
            }
            let lifecycle = json!({ "name": "lifecycle", "value": line.transition });
            let details = line.details.iter().map(|(name, detail)| {
                let value = match detail {
                    Detail::Days(days) => json!(days),
                    detail => json!(detail.text()),
                };
                json!({ "name": name, "value": value })
            });
            let attributes: Vec<Json> = std::iter::once(lifecycle).chain(details).collect();
            let event = json!({
                "id": format!("e{}", self.n_events + 1),
                "type": line.activity,
                "time": line.at,
                "attributes": attributes,
                "relationships": partners,
            });
            let comma = if self.n_events == 0 { "" } else { "," };
            write!(self.out, "{comma}\n{event}")?;
            self.n_events += 1;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        let text = |name: &str| json!({ "name": name, "type": "string" });
        let of_event: Vec<Json> = std::iter::once("lifecycle")
            .chain(super::line::DETAILS)
            .map(|name| match name {
                "waited_days" => json!({ "name": name, "type": "float" }),
                name => text(name),
            })
            .collect();
        let event_types = self.activities.iter();
        let event_types: Vec<Json> = event_types
            .map(|name| json!({ "name": name, "attributes": of_event }))
            .collect();
        let of_household = ["form", "region", "has_children", "has_partner_violence"].map(text);
        let object_types = json!([
            { "name": "household", "attributes": of_household },
            { "name": "team", "attributes": [] },
        ]);
        let teams = self.teams.iter();
        let teams = teams
            .map(|id| json!({ "id": id, "type": "team", "attributes": [], "relationships": [] }));
        let objects: Vec<Json> = self.households.iter().cloned().chain(teams).collect();
        let (objects, event_types) = (Json::from(objects), Json::from(event_types));
        writeln!(
            self.out,
            "\n],\"objects\":{objects},\"objectTypes\":{object_types},\"eventTypes\":{event_types}}}"
        )?;
        self.out.flush()
    }
}
