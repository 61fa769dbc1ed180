//! The model in a page: what a worker of the page can ask.
//!
//! A worker holds one [`Session`]: a scenario, and the passes that are known of it. It is asked by [`ask`] with a few
//! bytes, and answers with some. Who asks whom, and when, is the page's (`page/`); nothing here knows of
//! threads, clocks or screens.

mod archive;
mod form;
mod library;
mod question;
mod session;
mod shelf;

use std::cell::RefCell;

use question::Question;
use session::Session;

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// Takes the sentence of a panic, which is the last that is heard.
    safe fn failed(start: *const u8, length: usize);
}

/// To be called once, before anything else: the sentence of a panic is told before all ends.
#[unsafe(no_mangle)]
pub extern "C" fn begin() {
    std::panic::set_hook(Box::new(|panic| {
        let sentence = panic.to_string();
        failed(sentence.as_ptr(), sentence.len());
    }));
}

/// Room for a question of so many bytes, to be filled and handed to [`ask`].
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Answers a question; says how long the answer is, or how long the sentence of why there is none, as a negative number.
///
/// # Safety
///
/// The question is the room of that length that was asked for last, and is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ask(question: *mut u8, length: usize) -> isize {
    let question = std::ptr::slice_from_raw_parts_mut(question, length);
    // SAFETY: as the page promises, it was made by `room` with this length.
    let question = unsafe { Box::from_raw(question) };
    let answered = SESSION.with_borrow_mut(|session| Question::read(&question)?.answered(session));
    let (answer, sign) = match answered {
        Ok(answer) => (answer, 1),
        Err(sentence) => (sentence.into_bytes(), -1),
    };
    let length = answer.len() as isize;
    ANSWER.set(answer);
    sign * length
}

/// Where the last answer stands, until the next question.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}
