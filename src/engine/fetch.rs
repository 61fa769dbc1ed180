//! Memory that will be needed soon.

/// A line of a processor's cache.
#[cfg(feature = "prefetch")]
const LINE_BYTES: usize = 64;

/// Lets the processor fetch a record, line by line, while it goes on with something else. It changes nothing but
/// how long the record is waited for later.
pub fn fetch<T>(record: &T) {
    fetch_start(record, size_of::<T>());
}

/// Lets the processor fetch the first bytes of a record, as [`fetch`] does all of it.
#[cfg(feature = "prefetch")]
pub fn fetch_start<T>(record: &T, n_bytes: usize) {
    let first: *const u8 = std::ptr::from_ref(record).cast();
    for line in 0..n_bytes.min(size_of::<T>()).div_ceil(LINE_BYTES) {
        branches::prefetch_read_data::<_, 0>(first.wrapping_add(line * LINE_BYTES));
    }
}

/// The same where the processor cannot be asked.
#[cfg(not(feature = "prefetch"))]
pub fn fetch_start<T>(_: &T, _: usize) {}
