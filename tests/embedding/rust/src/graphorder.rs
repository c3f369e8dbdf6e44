//! `graphorder.h` for Rust: what is opened is closed when it goes out of scope.

use std::ffi::{c_char, c_int};
use std::{fmt, ptr, slice};

#[link(name = "graphorder")]
extern "C" {
    fn graphorder_open(model: *const c_char, length: usize, engine: *mut u64) -> c_int;
    fn graphorder_close(engine: u64) -> c_int;
    fn graphorder_plan(engine: u64, set: *const c_char, length: usize, answer: *mut u64) -> c_int;
    fn graphorder_text(answer: u64, text: *mut *const c_char, length: *mut usize) -> c_int;
    fn graphorder_free(answer: u64) -> c_int;
    fn graphorder_last_error(buffer: *mut c_char, size: usize, length: *mut usize) -> c_int;
    fn graphorder_live_handles() -> u64;
}

/// A call that has no answer.
#[derive(Debug)]
pub struct Error {
    pub status: i32,
    sentence: String,
}

impl Error {
    fn last() -> Self {
        let mut buffer = [0u8; 1024];
        // SAFETY: the buffer has the size that is told; the library writes a terminating zero.
        let status = unsafe { graphorder_last_error(buffer.as_mut_ptr().cast(), buffer.len(), ptr::null_mut()) };
        let end = buffer.iter().position(|&byte| byte == 0).unwrap_or(0);
        Error { status, sentence: String::from_utf8_lossy(&buffer[..end]).into_owned() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

impl std::error::Error for Error {}

/// A document, and whether it is a plan (0) or a refusal (1).
pub struct Answer {
    handle: u64,
    pub status: i32,
}

impl Answer {
    pub fn text(&self) -> &[u8] {
        let (mut text, mut length) = (ptr::null(), 0usize);
        // SAFETY: the bytes stay until the answer is freed, which is when self is dropped.
        unsafe {
            match graphorder_text(self.handle, &mut text, &mut length) {
                0 => slice::from_raw_parts(text.cast(), length),
                _ => &[],
            }
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        // SAFETY: a handle is only a number; one that is no longer good is refused.
        unsafe { graphorder_free(self.handle) };
    }
}

/// An engine. It may be used by many threads.
pub struct Engine {
    handle: u64,
}

impl Engine {
    pub fn open() -> Result<Self, Error> {
        let mut handle = 0;
        // SAFETY: a null model is allowed.
        match unsafe { graphorder_open(ptr::null(), 0, &mut handle) } {
            0 => Ok(Engine { handle }),
            _ => Err(Error::last()),
        }
    }

    pub fn plan(&self, set: &[u8]) -> Result<Answer, Error> {
        let mut handle = 0;
        // SAFETY: the slice is as long as it says, and is read during the call alone.
        let status = unsafe { graphorder_plan(self.handle, set.as_ptr().cast(), set.len(), &mut handle) };
        if handle == 0 { Err(Error::last()) } else { Ok(Answer { handle, status }) }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: as for answers.
        unsafe { graphorder_close(self.handle) };
    }
}

/// What was given out and not given back.
pub fn live_handles() -> u64 {
    // SAFETY: it always works.
    unsafe { graphorder_live_handles() }
}
