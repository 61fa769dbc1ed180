//! What a scenario says of where and when: regions divided into the places of which it says something, and the sections
//! that say so.

use super as path;
use crate::model::Region;
use crate::scenario::export;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::file::library::Document;
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::Value;
use crate::scenario::input::Counted;
use crate::scenario::plan::heading::Heading;
use crate::scenario::region::area::{self, Layout, Units};

/// The sections `[areas]` and `[paths]`, as TOML.
pub(crate) fn written(documents: &[Document]) -> String {
    let section = |key: &&str| {
        let node = overlay::merged(documents, key, Depth::Tables, &mut Diagnostics::default())?;
        match &node.value {
            Value::Table(table) => Some(export::written(key, table)),
            _ => None,
        }
    };
    ["areas", "paths"].iter().filter_map(section).collect()
}

/// Divides the regions into the places of which paths and `areas` say something, and leaves those in which families
/// are counted; which families those are.
pub(crate) fn divide(
    heading: Option<&mut Heading>,
    paths: Option<&[path::Draft]>,
    units: Option<&Units>,
    log: &mut Diagnostics,
) -> Option<(Layout, Option<Counted>)> {
    let (heading, paths, known) = (heading?, paths?, units?);
    let areas = match &heading.areas {
        Some(node) => Some((known.of(node, log)?, &node.place)),
        None => None,
    };
    let is_run = |path: &&path::Draft| heading.forms.iter().any(|(key, _)| *key == path.key);
    let changes = paths.iter().filter(is_run).flat_map(|path| &path.changes);
    let said = changes.map(|change| &change.units[..]);
    let counted = areas.as_ref().map(|(units, _)| &units[..]);
    let layout = known.layout(&said.chain(counted).collect::<Vec<_>>());
    let regions = heading.regions.as_mut()?;
    for region in regions.iter_mut() {
        *region = layout.divide(region);
    }
    let words = heading.areas.as_ref().map_or(Vec::new(), area::words);
    let Some((units, place)) = areas else {
        return Some((layout, None));
    };
    let places = |region: &Region| layout.places_of(region.number, &units);
    regions.retain(|region| !places(region).is_empty());
    if regions.is_empty() {
        let fact = said!("none of these areas lies in a region that is run");
        let help = said!("choose the region in which they lie, or other areas");
        let fault = Diagnostic::error(code::BAD_AREA, fact);
        log.push(fault.help(help).at(place));
        return None;
    }
    let places: Vec<Vec<u8>> = regions.iter().map(places).collect();
    let each = regions.iter().zip(&places);
    let inhabitants = each.flat_map(|(region, places)| {
        places
            .iter()
            .map(|&place| region.places[usize::from(place)].inhabitants)
    });
    let counted = Counted {
        names: known.names(&words),
        words,
        inhabitants: inhabitants.sum(),
        places,
    };
    Some((layout, Some(counted)))
}
