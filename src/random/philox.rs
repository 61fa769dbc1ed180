//! The block function under all chance.

/// The multiplier of Philox2x64.
const MULTIPLIER: u64 = 0xD2B7_4407_B1CE_6E93;
/// The golden ratio, by which the key advances every round.
const WEYL: u64 = 0x9E37_79B9_7F4A_7C15;

/// Scrambles a 128-bit counter under a 64-bit key, in ten rounds.
///
/// For every key a bijection, so different counters never meet. Philox2x64-10
/// of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC'11.
#[inline]
#[must_use]
pub const fn philox2x64(counter: [u64; 2], key: u64) -> [u64; 2] {
    let [mut left, mut right] = counter;
    let mut key = key;
    let mut round = 0;
    while round < 10 {
        let product = MULTIPLIER as u128 * left as u128;
        left = (product >> 64) as u64 ^ key ^ right;
        right = product as u64;
        key = key.wrapping_add(WEYL);
        round += 1;
    }
    [left, right]
}

#[cfg(test)]
mod tests {
    use super::philox2x64;

    /// The lines "philox2x64 10" of `tests/kat_vectors` in Random123, the
    /// authors' own library.
    #[test]
    fn gives_the_known_answers() {
        assert_eq!(
            philox2x64([0, 0], 0),
            [0xca00_a045_9843_d731, 0x66c2_4222_c9a8_45b5]
        );
        assert_eq!(
            philox2x64([u64::MAX, u64::MAX], u64::MAX),
            [0x65b0_21d6_0cd8_310f, 0x4d02_f322_2f86_df20]
        );
        assert_eq!(
            philox2x64(
                [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344],
                0xa409_3822_299f_31d0
            ),
            [0x0a5e_742c_2997_341c, 0xb0f8_83d3_8000_de5d]
        );
    }
}
