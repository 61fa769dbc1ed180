//! A resolved scenario as a file that a reader can understand, and load again.

use std::fmt::Write;

use super::input::{Case, Scenario};
use crate::model::Division;
use crate::scenario::file::raw::{Item, Node, Table, Value};
use crate::scenario::path::slip::Slip;
use crate::scenario::plan::world::Doubt;

impl Scenario {
    /// The scenario with every value in effect, as a TOML file for the same library.
    ///
    /// It extends nothing and leaves nothing to the evidence, save the parameters
    /// to which some form gives a value of its own, or each world another: those stand as comments, since
    /// a scenario's value would beat the form's and the world's.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "# Scenario `{}` with every value in effect.\n",
            self.key
        )?;
        self.write_heading(out)?;
        self.write_ways(out)?;
        out.push_str(&self.time_line);
        self.write_monitor(out)?;
        self.write_evidence(out)?;
        writeln!(out, "\n# Forms")?;
        for (number, case) in self.cases.iter().enumerate() {
            self.write_form(number, case, out)?;
        }
        writeln!(out, "\n# Files, by SHA-256")?;
        for input in &self.inputs {
            writeln!(out, "# {}  {}", input.sha256, input.path)?;
        }
        Ok(())
    }

    fn write_heading(&self, out: &mut String) -> std::fmt::Result {
        let names: Vec<String> = self.regions.iter().map(|one| quoted(&one.name)).collect();
        let forms: Vec<String> = self
            .cases
            .iter()
            .map(|case| quoted(&case.form.key))
            .collect();
        let (nl, en) = (quoted(&self.label.nl), quoted(&self.label.en));
        writeln!(out, "[scenario]")?;
        writeln!(out, "label = {{ nl = {nl}, en = {en} }}")?;
        writeln!(out, "start = {}", self.period.start)?;
        writeln!(out, "warm_up = \"{} days\"", self.period.warm_up_days)?;
        writeln!(out, "measured = \"{} days\"", self.period.measured_days)?;
        writeln!(out, "replications = {}", self.replications)?;
        writeln!(out, "seed = {}", self.seed)?;
        writeln!(out, "regions = [{}]", names.join(", "))?;
        writeln!(out, "forms = [{}]", forms.join(", "))?;
        writeln!(out, "baseline = {}", forms[self.baseline])?;
        if let Some(counted) = &self.counted {
            let words: Vec<String> = counted.words.iter().map(|word| quoted(word)).collect();
            writeln!(out, "areas = [{}]", words.join(", "))?;
        }
        writeln!(out, "belief = {}", quoted(&self.belief.key))
    }

    /// Whose hours are where, and in which worlds it runs, as far as that is not the plain way.
    fn write_ways(&self, out: &mut String) -> std::fmt::Result {
        if self.division != Division::default() {
            let word = quoted(self.division.key());
            writeln!(out, "\n[staffing]\ndivision = {word}")?;
        }
        if self.doubt != Doubt::None {
            writeln!(out, "\n[doubt]\nparameters = {}", quoted(self.doubt.key()))?;
            if self.twins > 0 {
                writeln!(out, "twins = {}", self.twins)?;
            }
        }
        Ok(())
    }

    /// Which parameters are others in some world, in the order of the ledger.
    fn drawn(&self) -> Vec<bool> {
        let mut drawn = vec![false; self.ledger.len()];
        for case in &self.cases {
            let given = case.parameters.values();
            for world in &case.worlds {
                let pairs = given.iter().zip(world.values());
                for (is_drawn, (given, value)) in drawn.iter_mut().zip(pairs) {
                    *is_drawn |= *given != value;
                }
            }
        }
        drawn
    }

    fn write_monitor(&self, out: &mut String) -> std::fmt::Result {
        let Some(monitor) = &self.monitor else {
            return Ok(());
        };
        writeln!(out, "\n[monitor]")?;
        writeln!(out, "source = {}", quoted(&monitor.source))?;
        writeln!(out, "grade = {}", quoted(monitor.grade.key()))?;
        writeln!(out, "consult_shares = {:?}", monitor.consult_shares)?;
        writeln!(out, "counts = [")?;
        for count in &monitor.counts {
            let (date, families, measures) = (count.date, count.families, count.measures);
            write!(out, "  {{ date = {date}, families = {families}")?;
            if let Some(ended) = count.ended {
                write!(out, ", ended = {ended}")?;
            }
            write!(out, ", measures = {measures}")?;
            if let Some(kinds) = count.kinds {
                let kinds = kinds.pairs().map(|(key, n)| format!("{key} = {n}"));
                write!(out, ", kinds = {{ {} }}", kinds.join(", "))?;
            }
            writeln!(out, " }},")?;
        }
        writeln!(out, "]")
    }

    fn write_evidence(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n[evidence]")?;
        let drawn = self.drawn();
        for (row, entry) in self.ledger.iter().enumerate() {
            let of_forms = |case: &Case| case.differences.iter().any(|&(other, _)| other == row);
            let start = match self.cases.iter().any(of_forms) || drawn[row] {
                true => "# ",
                false => "",
            };
            let (key, value) = (entry.spec.key, entry.value_in_effect);
            let (unit, grade) = (entry.spec.unit.key(), entry.grade.key());
            write!(out, "{start}\"{key}\" = {value} # {unit}, ")?;
            match entry.overridden_by.last() {
                None => writeln!(out, "grade {grade}")?,
                Some(file) => {
                    let file = crate::scenario::fault::rendering::shown(file);
                    writeln!(out, "{file} instead of {} of grade {grade}", entry.value)?;
                }
            }
        }
        Ok(())
    }

    fn write_form(&self, number: usize, case: &Case, out: &mut String) -> std::fmt::Result {
        let key = &case.form.key;
        let path = format!("forms/{key}.toml");
        let input = self.inputs.iter().find(|input| input.path == path);
        let sha256 = input.map_or("", |input| input.sha256.as_str());
        let role = if number == self.baseline {
            " (baseline)"
        } else {
            ""
        };
        writeln!(out, "# {key}{role}: {path}, SHA-256 {sha256}")?;
        for &(row, value) in &case.differences {
            let spec = self.ledger[row].spec;
            writeln!(out, "#   \"{}\" = {value} # {}", spec.key, spec.unit.key())?;
        }
        for stage in case.course.iter().flat_map(|course| &course.stages) {
            for (region, moment) in self.regions.iter().zip(&stage.moments) {
                if let Some(moment) = moment {
                    let day = self.period.first_day().plus_days(moment.day as i32);
                    let (form, region) = (&stage.case.form.key, &region.name);
                    let slips = stage.slip.map(|slip| {
                        let Slip {
                            earliest, latest, ..
                        } = slip;
                        format!(", or with the law between {earliest} and {latest}")
                    });
                    let slips = slips.unwrap_or_default();
                    writeln!(out, "#   from {day}{slips} in {region}: {form}")?;
                }
            }
            for &(row, value) in &stage.case.differences {
                let spec = self.ledger[row].spec;
                writeln!(
                    out,
                    "#     \"{}\" = {value} # {}",
                    spec.key,
                    spec.unit.key()
                )?;
            }
        }
        Ok(())
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A table under this heading, as a file says it; what it takes away of another file is left out.
pub(crate) fn written(heading: &str, table: &Table) -> String {
    let mut text = format!("\n[{heading}]\n");
    let mut tables = String::new();
    for Item { key, node, .. } in &table.items {
        let inner = format!("{heading}.{}", quoted(key));
        match &node.value {
            Value::Boolean(false) => {}
            Value::Table(table) => tables += &written(&inner, table),
            Value::List(list) if list.iter().all(is_table) && !list.is_empty() => {
                let each = list.iter().filter_map(|one| match &one.value {
                    Value::Table(table) => Some(written(&format!("[{inner}]"), table)),
                    _ => None,
                });
                tables.extend(each);
            }
            value => text += &format!("{} = {}\n", quoted(key), inline(value)),
        }
    }
    text + &tables
}

fn is_table(node: &Node) -> bool {
    matches!(node.value, Value::Table(_))
}

fn inline(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Whole(number) => number.to_string(),
        Value::Number(number) => format!("{number:?}"),
        Value::Boolean(is_so) => is_so.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => {
            let each: Vec<String> = list.iter().map(|one| inline(&one.value)).collect();
            format!("[{}]", each.join(", "))
        }
        Value::Table(table) => {
            let pair =
                |item: &Item| format!("{} = {}", quoted(&item.key), inline(&item.node.value));
            let each: Vec<String> = table.items.iter().map(pair).collect();
            format!("{{ {} }}", each.join(", "))
        }
    }
}
