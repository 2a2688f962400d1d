//! The plain C interface: texts as bytes in the memory that page and engine share.
//!
//! The page writes a question into memory from [`allocate`], calls [`answer`] and reads four bytes of
//! length (little endian) and so many bytes of JSON; it gives both back with [`release`].

#![allow(unsafe_code)]

use std::cell::RefCell;
use std::ptr::slice_from_raw_parts_mut;

use calcifate::Explorer;

/// Bytes before an answer that say its length.
const LENGTH: usize = 4;

thread_local! {
    static EXPLORER: RefCell<Explorer> = RefCell::default();
}

/// Memory for a question of so many bytes, all zero.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(bytes: usize) -> *mut u8 {
    leaked(vec![0; bytes])
}

/// Gives memory back: a question with its bytes, or an answer with its bytes and those of its length.
///
/// # Safety
/// `pointer` and `bytes` are those of a question or an answer that was not given back yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(pointer: *mut u8, bytes: usize) {
    // SAFETY: `leaked` made this memory from a boxed slice of `bytes` bytes, and the caller gives it
    // back once and uses it no longer.
    drop(unsafe { Box::from_raw(slice_from_raw_parts_mut(pointer, bytes)) });
}

/// The answer to a question.
///
/// # Safety
/// `pointer` is from [`allocate`] for as many bytes, and nothing writes there meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn answer(pointer: *const u8, bytes: usize) -> *mut u8 {
    // SAFETY: `allocate` made these bytes, initialized, and the caller has not given them back; one
    // thread runs, so nobody writes while the slice lives.
    let question = unsafe { std::slice::from_raw_parts(pointer, bytes) };
    let question = String::from_utf8_lossy(question);
    let told = EXPLORER.with_borrow_mut(|explorer| explorer.answer(&question));
    let length = u32::try_from(told.len()).unwrap_or(u32::MAX);
    let mut out = Vec::with_capacity(LENGTH + told.len());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(told.as_bytes());
    leaked(out)
}

/// Bytes that live until [`release`].
fn leaked(bytes: Vec<u8>) -> *mut u8 {
    Box::into_raw(bytes.into_boxed_slice()).cast()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer to a question, asked as the page asks.
    fn asked(question: &str) -> String {
        let pointer = allocate(question.len());
        // SAFETY: as the functions want it; the answer has its length before it.
        unsafe {
            std::ptr::copy_nonoverlapping(question.as_ptr(), pointer, question.len());
            let told = answer(pointer, question.len());
            release(pointer, question.len());
            let mut length = [0; LENGTH];
            std::ptr::copy_nonoverlapping(told, length.as_mut_ptr(), LENGTH);
            let length = u32::from_le_bytes(length) as usize;
            let text = std::slice::from_raw_parts(told.add(LENGTH), length);
            let text = String::from_utf8_lossy(text).into_owned();
            release(told, LENGTH + length);
            text
        }
    }

    #[test]
    fn questions_are_answered_through_shared_memory() {
        assert!(asked(r#"{ "do": "catalogue" }"#).starts_with("{\"ok\":{"));
        for nonsense in ["", "{", "[]", "\0\u{1}", "{ \"do\": 7 }"] {
            assert!(asked(nonsense).starts_with("{\"problems\":[{"), "{nonsense}");
        }
        let person = asked(r#"{ "do": "person", "scenario": "duration = \"1 year\"" }"#);
        assert!(person.contains("\"calcium_diet\":"), "{person}");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let pointer = allocate(2);
        // SAFETY: as above.
        let length = unsafe {
            pointer.write(0xff);
            let told = answer(pointer, 2);
            release(pointer, 2);
            let length = [0, 1, 2, 3].map(|at| *told.add(at));
            let length = u32::from_le_bytes(length) as usize;
            release(told, LENGTH + length);
            length
        };
        assert!(length > 10);
    }
}
