//! What is wrong with a user's files, collected until it can all be said at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::lang::Lang;
use super::said::{Said, said};
use super::source::Place;
use super::{code, rendering, syntax};

/// How many diagnostics of each level are kept; nobody reads more.
const MAX_KEPT: usize = 50;

/// What may be wrong only because something else in the file could not be read.
const FOR_WANT_OF_A_LINE: [&str; 10] = [
    code::MISSING,
    code::NO_SUCH_AREA,
    code::BAD_AREA,
    code::NO_ENTRY,
    code::NO_TASK,
    code::NO_SUCH_TEAM,
    code::NOT_NEUTRAL,
    code::NOBODY_CAN,
    code::IDLE_TEAM,
    code::NO_STAFF,
];

/// What may be wrong only because a key has fallen into another table.
const OF_THE_WRONG_TABLE: [&str; 3] = [code::UNKNOWN_KEY, code::NO_SUCH_PARAMETER, code::TWICE];

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// The files do not say what to simulate.
    Error,
    /// The files are understood; somebody should look.
    Warning,
}

/// One plain fact about a user's files, and what to write instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Its code in [`CODES`](super::code::CODES).
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// The fact.
    pub message: Said,
    /// What to write instead.
    pub help: Option<Said>,
    /// Where; `None` for the command line and for files that cannot be read.
    pub place: Option<Place>,
}

impl Diagnostic {
    pub(crate) fn error(code: &'static str, message: Said) -> Self {
        Self {
            code,
            level: Level::Error,
            message,
            help: None,
            place: None,
        }
    }

    pub(crate) fn warning(code: &'static str, message: Said) -> Self {
        Self {
            level: Level::Warning,
            ..Self::error(code, message)
        }
    }

    pub(crate) fn help(mut self, help: Said) -> Self {
        self.help = Some(help);
        self
    }

    pub(crate) fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// The place of whoever asked for it, unless it has one of its own.
    pub(crate) fn asked_at(self, place: Option<&Place>) -> Self {
        match (&self.place, place) {
            (None, Some(place)) => self.at(place),
            _ => self,
        }
    }

    /// As it should be shown, with the line underlined.
    pub fn render(&self, color: bool, lang: Lang) -> String {
        rendering::render(self, color, lang)
    }
}

/// In English and without colours.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false, Lang::En))
    }
}

/// Everything that is wrong, in the order of the files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    n_left_out: usize,
    /// Files of which something could not be read.
    partial: BTreeMap<String, Broken>,
}

/// Lines of a file that are not TOML.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Broken {
    lines: BTreeSet<usize>,
    /// Those below which keys may belong to another table; kept apart, since a file may have
    /// a hundred thousand of the others.
    tables: BTreeSet<usize>,
}

impl Diagnostics {
    /// Every diagnostic that was kept.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.iter()
            .filter(|diagnostic| diagnostic.level == Level::Error)
    }

    /// The warnings.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.iter()
            .filter(|diagnostic| diagnostic.level == Level::Warning)
    }

    /// How many more there were than are kept.
    pub fn n_left_out(&self) -> usize {
        self.n_left_out
    }

    /// All of them as they should be shown, the lines underlined.
    pub fn render(&self, color: bool, lang: Lang) -> String {
        let shown = self.iter().map(|one| one.render(color, lang));
        let mut shown: Vec<String> = shown.collect();
        if self.n_left_out > 0 {
            shown.push(said!("and {} more", self.n_left_out).text(lang));
        }
        shown.join("\n\n")
    }

    /// Adds one, unless it is there already or follows from a line that is not TOML.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.is_consequence(&diagnostic) || self.list.contains(&diagnostic) {
        } else if self.is_full(diagnostic.level) {
            self.n_left_out += 1;
        } else {
            self.list.push(diagnostic);
        }
    }

    /// Whether the same is told already, wherever.
    pub(crate) fn tells(&self, diagnostic: &Diagnostic) -> bool {
        let says =
            |one: &Diagnostic| one.code == diagnostic.code && one.message == diagnostic.message;
        self.list.iter().any(says)
    }

    /// Whether something is told of this place.
    pub(crate) fn tells_of(&self, place: &Place) -> bool {
        self.list
            .iter()
            .any(|one| one.place.as_ref() == Some(place))
    }

    /// An empty list that knows of the same lines and files that cannot be trusted.
    pub(crate) fn fork(&self) -> Self {
        Self {
            list: Vec::new(),
            n_left_out: 0,
            partial: self.partial.clone(),
        }
    }

    /// Keeps the errors only.
    pub(crate) fn drop_warnings(&mut self) {
        self.list.retain(|one| one.level == Level::Error);
    }

    /// Takes over what another list holds.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.n_left_out += other.n_left_out;
        other.list.into_iter().for_each(|one| self.push(one));
    }

    /// Adds a syntax error; what the rest of its line says is not to be trusted, nor what stands
    /// below it, up to the next line `[name]`, if it breaks a table.
    pub(crate) fn push_syntax(&mut self, diagnostic: Diagnostic, breaks_table: bool) {
        let place = diagnostic.place.clone();
        self.push(diagnostic);
        if let Some(place) = place {
            self.note_broken(&place, breaks_table);
        }
    }

    /// Notes that the line of this place cannot be read.
    pub(crate) fn note_broken(&mut self, place: &Place, breaks_table: bool) {
        let broken = self.partial.entry(place.path().to_owned()).or_default();
        broken.lines.insert(place.line());
        if breaks_table {
            broken.tables.insert(place.line());
        }
    }

    /// Notes that something is lacking in a file, which has been reported: what is missing
    /// there may be missing because of it.
    pub(crate) fn note_lack(&mut self, place: &Place) {
        self.partial.entry(place.path().to_owned()).or_default();
    }

    /// Whether something is lacking in a file, which has been reported.
    pub(crate) fn is_partial(&self, place: &Place) -> bool {
        self.partial.contains_key(place.path())
    }

    /// Whether the line of this place is not TOML.
    pub(crate) fn is_broken(&self, place: &Place) -> bool {
        self.is_broken_line(place, place.line())
    }

    /// Whether the line of this place only goes on with one that is not TOML.
    pub(crate) fn goes_on(&self, place: &Place) -> bool {
        let before = place.line_before();
        let is_broken = before.is_some_and(|line| self.is_broken_line(place, line));
        is_broken && !syntax::is_fresh(place.excerpt().0) || self.is_astray(place)
    }

    fn is_broken_line(&self, place: &Place, line: usize) -> bool {
        let broken = self.partial.get(place.path());
        broken.is_some_and(|broken| broken.lines.contains(&line))
    }

    /// Whether a line above breaks the table to which this place should belong.
    fn is_astray(&self, place: &Place) -> bool {
        let broken = self.partial.get(place.path());
        let above = broken.and_then(|broken| broken.tables.range(..place.line()).next_back());
        above.is_some_and(|&line| !place.has_header_since(line))
    }

    /// Whether more errors would only be counted, so that their help need not be worked out.
    pub(crate) fn has_enough(&self) -> bool {
        self.is_full(Level::Error)
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    /// Puts the faults of each file together and in the order of its lines.
    pub(crate) fn sort(&mut self) {
        let mut files: Vec<String> = Vec::new();
        for place in self.list.iter().filter_map(|one| one.place.as_ref()) {
            if !files.iter().any(|path| path == place.path()) {
                files.push(place.path().to_owned());
            }
        }
        self.list.sort_by_key(|one| {
            let place = one.place.as_ref();
            place.map(|place| {
                let file = files.iter().position(|path| path == place.path());
                (file, place.span.start)
            })
        });
    }

    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    fn is_full(&self, level: Level) -> bool {
        self.list.iter().filter(|one| one.level == level).count() >= MAX_KEPT
    }

    fn is_consequence(&self, diagnostic: &Diagnostic) -> bool {
        let (code, place) = match &diagnostic.place {
            Some(place) => (diagnostic.code, place),
            None => return false,
        };
        self.is_broken(place)
            || self.is_partial(place) && FOR_WANT_OF_A_LINE.contains(&code)
            || OF_THE_WRONG_TABLE.contains(&code) && self.is_astray(place)
    }
}

/// In English and without colours.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false, Lang::En))
    }
}

impl std::error::Error for Diagnostics {}
