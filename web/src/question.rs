//! What can be asked: a line of JSON, and bytes after it where a question has some.

use rvtsim::model::Label;
use rvtsim::report::File;
use rvtsim::scenario::{Diagnostic, Lang, Level};
use serde::{Deserialize, Serialize};

use crate::archive;
use crate::session::Session;

/// A question with the bytes that come with it.
pub(crate) struct Question<'a> {
    what: What,
    bytes: &'a [u8],
}

/// What is asked.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
enum What {
    /// What there is to choose from.
    About,
    /// What these files mean together with those that ship; they are what all that follows is about.
    Check {
        /// Names and texts of files.
        files: Vec<(String, String)>,
        /// Which of them is the scenario; it may be one that ships.
        scenario: String,
        /// In which of its settings, `BELIEF` or `BELIEF+VARIANT`; else in the first.
        #[serde(default)]
        setting: Option<String>,
    },
    /// Makes a pass by its number in the plan; the answer is it, with those that it took beside.
    Pass {
        /// The number.
        number: usize,
    },
    /// Keeps passes that another worker has made.
    Keep,
    /// The page of the first so many replications, of which every pass is known.
    Page {
        /// How many.
        replications: u32,
        /// Whether with journeys, which takes passes of its own.
        journeys: bool,
    },
    /// What the run whose page was asked for last is made of, for another worker to set beside its own.
    Tables,
    /// That run beside earlier ones, of which the tables follow one after the other.
    Beside {
        /// What each of them is called, and how many bytes its tables are.
        earlier: Vec<(String, usize)>,
        /// What this one is called.
        later: String,
    },
    /// All files of the run whose page was asked for last, in one; with those of earlier ones, as for `Beside`.
    Archive {
        /// What each of them is called, and how many bytes its tables are.
        earlier: Vec<(String, usize)>,
        /// What this one is called.
        later: String,
    },
    /// These files as one.
    Pack {
        /// Names and texts.
        files: Vec<(String, String)>,
    },
    /// The texts in an archive.
    Unpack,
    /// One of them.
    File {
        /// Its name.
        name: String,
    },
}

impl<'a> Question<'a> {
    pub(crate) fn read(question: &'a [u8]) -> Result<Self, String> {
        let end = question.iter().position(|&byte| byte == b'\n');
        let end = end.unwrap_or(question.len());
        let what = serde_json::from_slice(&question[..end]);
        Ok(Question {
            what: what.map_err(|error| format!("this is no question: {error}"))?,
            bytes: question.get(end + 1..).unwrap_or_default(),
        })
    }

    pub(crate) fn answered(self, session: &mut Session) -> Result<Vec<u8>, String> {
        match self.what {
            What::About => json(&Session::about()?),
            What::Check {
                files,
                scenario,
                setting,
            } => json(&session.check(&files, &scenario, setting.as_deref())),
            What::Pass { number } => session.pass(number),
            What::Keep => session.keep(self.bytes).and_then(|n| json(&n)),
            What::Page {
                replications,
                journeys,
            } => session.page(replications, journeys),
            What::Tables => session.tables(),
            What::Beside { earlier, later } => session.beside(&earlier, &later, self.bytes),
            What::Archive { earlier, later } => session.archive(&earlier, &later, self.bytes),
            What::Pack { files } => {
                let files = files.into_iter();
                let files = files.map(|(name, text)| File {
                    name,
                    contents: text.into_bytes(),
                });
                archive::packed(files.collect())
            }
            What::Unpack => archive::texts(self.bytes).and_then(|texts| json(&texts)),
            What::File { name } => session.file(&name),
        }
    }
}

fn json(answer: &impl Serialize) -> Result<Vec<u8>, String> {
    serde_json::to_vec(answer).map_err(|error| error.to_string())
}

/// Something that is to be said of a file.
#[derive(Serialize)]
pub(crate) struct Remark {
    is_error: bool,
    code: &'static str,
    fact: Label,
    help: Option<Label>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    /// As a terminal shows it, with the line underlined.
    shown: Label,
}

impl Remark {
    pub(crate) fn of(one: &Diagnostic) -> Self {
        let place = one.place.as_ref();
        Remark {
            is_error: one.level == Level::Error,
            code: one.code,
            fact: in_both(|lang| one.message.text(lang)),
            help: (one.help.as_ref()).map(|help| in_both(|lang| help.text(lang))),
            file: place.map(|place| place.path().to_owned()),
            line: place.map(|place| place.line()),
            column: place.map(|place| place.column()),
            shown: in_both(|lang| one.render(false, lang)),
        }
    }
}

fn in_both(text: impl Fn(Lang) -> String) -> Label {
    Label {
        nl: text(Lang::Nl),
        en: text(Lang::En),
    }
}
