//! An event log in XES, IEEE 1849-2016: <https://xes-standard.org/>.

use std::io::{self, Write};

use super::Format;
use super::line::{Case, Detail, Line};
use crate::scenario::harmless_letter;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <string key="lifecycle:transition" value="complete"/>
    <date key="time:timestamp" value="1970-01-01T00:00:00+01:00"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
  <classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>
"#;

pub(crate) struct Xes<W>(W);

impl<W: Write> Xes<W> {
    pub fn begin(mut out: W) -> io::Result<Self> {
        out.write_all(HEAD.as_bytes())?;
        Ok(Xes(out))
    }

    fn attribute(&mut self, indent: usize, kind: &str, key: &str, value: &str) -> io::Result<()> {
        let (pad, value) = (" ".repeat(indent), escaped(value));
        writeln!(self.0, "{pad}<{kind} key=\"{key}\" value=\"{value}\"/>")
    }
}

impl<W: Write> Format<W> for Xes<W> {
    fn case(&mut self, case: &Case, lines: &[Line]) -> io::Result<()> {
        writeln!(self.0, "  <trace>")?;
        let texts = [
            ("concept:name", &case.id),
            ("form", &case.form),
            ("region", &case.region),
            ("household", &case.household),
        ];
        for (key, value) in texts {
            self.attribute(4, "string", key, value)?;
        }
        let flags = [
            ("has_children", case.has_children),
            ("has_partner_violence", case.has_partner_violence),
        ];
        for (key, value) in flags {
            self.attribute(4, "boolean", key, &value.to_string())?;
        }
        for line in lines {
            writeln!(self.0, "    <event>")?;
            self.attribute(6, "string", "concept:name", line.activity)?;
            self.attribute(6, "string", "lifecycle:transition", line.transition)?;
            self.attribute(6, "date", "time:timestamp", &line.at)?;
            if let Some(team) = &line.team {
                self.attribute(6, "string", "org:group", team)?;
            }
            if let Some(professional) = line.professional {
                self.attribute(6, "string", "org:resource", &professional.to_string())?;
            }
            for (key, detail) in &line.details {
                let kind = match detail {
                    Detail::Text(_) => "string",
                    Detail::Days(_) => "float",
                    Detail::Flag(_) => "boolean",
                };
                self.attribute(6, kind, key, &detail.text())?;
            }
            writeln!(self.0, "    </event>")?;
        }
        writeln!(self.0, "  </trace>")
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        writeln!(self.0, "</log>")?;
        self.0.flush()
    }
}

/// A text between double quotes of XML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no other control characters.
            letter if letter.is_control() => out.push(' '),
            letter => out.push(harmless_letter(letter)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_text_is_taken_for_xml() {
        assert_eq!(
            escaped("a<b> & \"c\"\u{7}"),
            "a&lt;b&gt; &amp; &quot;c&quot; "
        );
    }
}
