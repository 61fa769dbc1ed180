//! What a feature of a file of borders is of: a veiligheidsregio, or an area of another kind.

use serde_json::Value;

use super::NAMES;

/// Properties in which a code or name is looked for before any other.
const FIRST: [&str; 8] = [
    "statcode",
    "code",
    "vrcode",
    "vr_code",
    "statnaam",
    "naam",
    "name",
    "veiligheidsregio",
];

/// What a feature is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    /// The region of this number in [`NAMES`].
    Region(usize),
    /// Something else, with its code if it has one.
    Other(Option<String>),
}

/// What a feature is of, by its code, or else by its name.
///
/// A code of another kind says that it is no region, whatever its name: there are a province and a
/// municipality of Utrecht as well.
pub(crate) fn subject_of(feature: &Value) -> Subject {
    let properties = &feature["properties"];
    let first = FIRST.iter().map(|key| (*key, &properties[*key]));
    let others = properties.as_object().into_iter().flatten();
    let all = first.chain(others.map(|(key, value)| (key.as_str(), value)));
    let texts = all.filter_map(|(key, value)| Some((key, value.as_str()?.trim())));
    let texts: Vec<(&str, &str)> = feature["id"]
        .as_str()
        .map(|id| ("id", id.trim()))
        .into_iter()
        .chain(texts)
        .collect();
    if let Some(region) = texts.iter().find_map(|(_, text)| number_of(text)) {
        return Subject::Region(region);
    }
    if let Some((_, code)) = texts.iter().find(|(_, text)| code_in(text).is_some()) {
        return Subject::Other(Some((*code).to_owned()));
    }
    let is_called = |name: &str| {
        let name = name.to_lowercase();
        let mut names = texts.iter().filter(|(key, _)| !is_of_another_kind(key));
        names.any(|(_, text)| text.to_lowercase() == name)
    };
    match NAMES.iter().position(|name| is_called(name)) {
        Some(region) => Subject::Region(region),
        None => Subject::Other(None),
    }
}

/// Whether a property is named after another kind of area.
fn is_of_another_kind(key: &str) -> bool {
    const KINDS: [&str; 10] = [
        "gemeente", "gm", "municip", "prov", "pv", "wijk", "buurt", "plaats", "corop", "ggd",
    ];
    let key = key.to_lowercase();
    KINDS.iter().any(|kind| key.starts_with(kind))
}

/// The letters and the digits of a code such as VR09, GM0344 or 2025VR09.
fn code_in(text: &str) -> Option<(&str, &str)> {
    let text = year_before(text).map_or(text, |(_, code)| code);
    let (letters, digits) = text.split_at_checked(2)?;
    let is_code = letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (1..=8).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some((letters, digits))
}

/// The year before a code, as in 2025VR09, and the code.
fn year_before(text: &str) -> Option<(&str, &str)> {
    let (year, code) = text.split_at_checked(4)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    (is_year && code.starts_with(|letter: char| letter.is_ascii_alphabetic()))
        .then_some((year, code))
}

/// The year of a feature, where its code has one.
pub(crate) fn year_of(feature: &Value) -> Option<String> {
    let properties = feature["properties"].as_object();
    let texts = properties
        .into_iter()
        .flat_map(|all| all.values())
        .chain([&feature["id"]]);
    let mut years = texts.filter_map(|text| {
        let (year, code) = year_before(text.as_str()?.trim())?;
        code_in(code).map(|_| year.to_owned())
    });
    years.next()
}

/// The number of the region of a code such as VR09.
fn number_of(text: &str) -> Option<usize> {
    let (letters, digits) = code_in(text)?;
    let number: usize = digits.parse().ok()?;
    let is_region = letters.eq_ignore_ascii_case("VR") && (1..=NAMES.len()).contains(&number);
    is_region.then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn regions_are_known_by_code_or_name_wherever_it_stands() {
        let region = Subject::Region;
        let other = |code: &str| Subject::Other(Some(code.to_owned()));
        for (feature, subject) in [
            (json!({ "properties": { "statcode": "VR19" } }), region(18)),
            (json!({ "properties": { "code": "vr9" } }), region(8)),
            (json!({ "id": "VR01", "properties": null }), region(0)),
            (json!({ "id": "2025VR01", "properties": {} }), region(0)),
            (json!({ "properties": { "iets": "zeeland" } }), region(18)),
            (
                json!({ "properties": { "statcode": "GM0344", "statnaam": "Utrecht " } }),
                other("GM0344"),
            ),
            (
                json!({ "properties": { "statcode": "PV29", "statnaam": "Zeeland" } }),
                other("PV29"),
            ),
            (
                json!({ "id": "CR09", "properties": { "naam": "Zeeland", "vr": "VR19" } }),
                region(18),
            ),
            (
                json!({ "properties": { "gemeentenaam": "Utrecht" } }),
                Subject::Other(None),
            ),
            (
                json!({ "properties": { "provincie": "Zeeland" } }),
                Subject::Other(None),
            ),
            (
                json!({ "properties": { "statcode": "VR26" } }),
                other("VR26"),
            ),
            (
                json!({ "properties": { "statcode": "é" } }),
                Subject::Other(None),
            ),
            (json!({}), Subject::Other(None)),
        ] {
            assert_eq!(subject_of(&feature), subject, "{feature}");
        }
    }
}
