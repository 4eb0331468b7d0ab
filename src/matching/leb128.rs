//! Numbers in as many bytes as they need: seven bits a byte, the low ones first, and the eighth bit where more follow
//! (LEB128, as in DWARF).

/// How many bits a number may have, more than any here has.
const BITS: u32 = 35;

/// Writes a number.
pub(crate) fn push(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number; `None` where the bytes end, or go on for too long.
pub(crate) fn pull(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let mut number = 0;
    for shift in (0..BITS).step_by(7) {
        let byte = bytes.next()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), (1 << BITS) - 1];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|number| push(*number, &mut bytes));
        let mut bytes = bytes.into_iter();
        assert_eq!(numbers.map(|_| pull(&mut bytes).unwrap()), numbers);
        assert_eq!(pull(&mut bytes), None);
    }

    #[test]
    fn what_does_not_end_is_no_number() {
        assert_eq!(pull(&mut [0xff; 9].into_iter()), None);
        assert_eq!(pull(&mut [0x80].into_iter()), None);
    }
}
