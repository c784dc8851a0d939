//! Records of the binary format and the ways in which they hold numbers and texts.

use encoding_rs::Encoding;

/// Types of records that are read; all others are passed over.
pub(super) mod kind {
    pub(crate) const FORMULA: u16 = 0x0006;
    pub(crate) const END: u16 = 0x000A;
    pub(crate) const FROM_1904: u16 = 0x0022;
    pub(crate) const PASSWORD: u16 = 0x002F;
    pub(crate) const CONTINUED: u16 = 0x003C;
    pub(crate) const CODE_PAGE: u16 = 0x0042;
    pub(crate) const COLUMN: u16 = 0x007D;
    pub(crate) const SHEET: u16 = 0x0085;
    pub(crate) const SEVERAL_SHORT_NUMBERS: u16 = 0x00BD;
    pub(crate) const RICH_LABEL: u16 = 0x00D6;
    pub(crate) const CELL_FORMAT: u16 = 0x00E0;
    pub(crate) const MERGED: u16 = 0x00E5;
    pub(crate) const SHARED_TEXTS: u16 = 0x00FC;
    pub(crate) const SHARED_LABEL: u16 = 0x00FD;
    pub(crate) const NUMBER: u16 = 0x0203;
    pub(crate) const LABEL: u16 = 0x0204;
    pub(crate) const BOOL_OR_ERROR: u16 = 0x0205;
    pub(crate) const FORMULA_TEXT: u16 = 0x0207;
    pub(crate) const ROW: u16 = 0x0208;
    pub(crate) const SHORT_NUMBER: u16 = 0x027E;
    pub(crate) const FORMAT: u16 = 0x041E;
    pub(crate) const BEGIN: u16 = 0x0809;

    /// Records that begin with a row and a column.
    pub(crate) const OF_CELLS: [u16; 9] =
        [ROW, SHARED_LABEL, LABEL, RICH_LABEL, NUMBER, SHORT_NUMBER, SEVERAL_SHORT_NUMBERS, FORMULA, BOOL_OR_ERROR];
}

/// One record.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// Records one after another; a record that is cut short ends them.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) const fn new(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    fn peek(&self) -> Option<(Record<'a>, &'a [u8])> {
        let mut head = Bytes::new(self.rest);
        let kind = head.short()?;
        let length = usize::from(head.short()?);
        let (data, rest) = head.rest.split_at_checked(length)?;
        Some((Record { kind, data }, rest))
    }

    /// The data of the next record, when it is of this kind.
    pub(super) fn next_if(&mut self, kind: u16) -> Option<&'a [u8]> {
        let (record, rest) = self.peek().filter(|(record, _)| record.kind == kind)?;
        self.rest = rest;
        Some(record.data)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (record, rest) = self.peek()?;
        self.rest = rest;
        Some(record)
    }
}

/// Little-endian values one after another.
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(super) const fn new(data: &'a [u8]) -> Self {
        Self { rest: data }
    }

    pub(super) const fn remaining(&self) -> usize {
        self.rest.len()
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn skip(&mut self, count: usize) -> Option<&mut Self> {
        self.take(count)?;
        Some(self)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub(super) fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    pub(super) fn long(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(super) fn double(&mut self) -> Option<f64> {
        Some(f64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    /// A text of so many characters: bytes in a charset, or (BIFF8) a byte that says whether each character
    /// takes one byte or two, then the characters.
    pub(super) fn text(&mut self, length: usize, charset: Option<&'static Encoding>) -> Option<String> {
        if let Some(charset) = charset {
            let bytes = self.take(length.min(self.remaining()))?;
            return Some(charset.decode_without_bom_handling(bytes).0.into_owned());
        }
        let wide = self.byte()? & 1 == 1;
        let bytes = self.take((length * if wide { 2 } else { 1 }).min(self.remaining()))?;
        Some(if wide { from_wide(bytes) } else { bytes.iter().map(|byte| char::from(*byte)).collect() })
    }
}

fn from_wide(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).filter_map(|two| Bytes::new(two).short());
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The number in the 30 bits that most numbers of most tables fit into.
pub(super) fn short_number(bits: u32) -> f64 {
    let number = if bits & 2 == 2 {
        #[expect(clippy::cast_possible_wrap, reason = "the format stores a signed number there")]
        let whole = (bits as i32) >> 2;
        f64::from(whole)
    } else {
        f64::from_bits(u64::from(bits & 0xFFFF_FFFC) << 32)
    };
    if bits & 1 == 1 { number / 100.0 } else { number }
}

/// The shared texts, read over the borders of the records that hold them.
pub(super) struct Pieces<'a> {
    pieces: &'a [&'a [u8]],
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    pub(super) const fn new(pieces: &'a [&'a [u8]]) -> Self {
        Self { pieces, piece: 0, at: 0 }
    }

    /// The unread bytes of the current record; moves on when it is used up.
    fn current(&mut self) -> &'a [u8] {
        loop {
            let Some(piece) = self.pieces.get(self.piece) else {
                return &[];
            };
            let rest = piece.get(self.at..).unwrap_or_default();
            if !rest.is_empty() {
                return rest;
            }
            self.piece += 1;
            self.at = 0;
        }
    }

    pub(super) fn is_over(&mut self) -> bool {
        self.current().is_empty()
    }

    pub(super) fn skip(&mut self, mut count: usize) {
        while count > 0 {
            let step = self.current().len().min(count);
            if step == 0 {
                return;
            }
            self.at += step;
            count -= step;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.current().first().copied()?;
        self.at += 1;
        Some(byte)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn long(&mut self) -> Option<u32> {
        Some(u32::from(self.short()?) | u32::from(self.short()?) << 16)
    }

    /// The next text, without its formats and its furigana.
    pub(super) fn text(&mut self) -> Option<String> {
        let mut left = usize::from(self.short()?);
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.short()?) };
        let extra = if flags & 4 == 0 { 0 } else { self.long()? as usize };
        let mut wide = flags & 1 == 1;
        let mut text = String::new();
        while left > 0 {
            let before = self.piece;
            let rest = self.current();
            if rest.is_empty() {
                return None;
            }
            // Where a text goes on in the next record, its width is said anew.
            if self.piece != before {
                wide = self.byte()? & 1 == 1;
            }
            let rest = self.current();
            let width = if wide { 2 } else { 1 };
            let count = (rest.len() / width).min(left);
            let bytes = rest.get(..count * width)?;
            if count == 0 {
                return None;
            }
            if wide {
                text.push_str(&from_wide(bytes));
            } else {
                text.extend(bytes.iter().map(|byte| char::from(*byte)));
            }
            self.at += bytes.len();
            left -= count;
        }
        self.skip(runs * 4 + extra);
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_whole_or_hundredths_or_rounded() {
        assert_eq!(short_number(0x0000_02C2 | 2), 176.0);
        assert_eq!(short_number((12_345 << 2) | 3), 123.45);
        assert_eq!(short_number(0x3FF0_0000), 1.0);
        assert_eq!(short_number(0xFFFF_FFFE), -1.0);
    }

    #[test]
    fn a_text_goes_on_in_the_next_record_with_another_width() {
        let first = [5, 0, 0, b'a', b'b'];
        let second = [1, 0x34, 0x04, b'c', 0, b'd', 0, 1, 0, 0, b'z'];
        let pieces: [&[u8]; 2] = [&first, &second];
        let mut source = Pieces::new(&pieces);
        assert_eq!(source.text().as_deref(), Some("abдcd"));
        assert_eq!(source.text().as_deref(), Some("z"));
        assert!(source.is_over());
    }
}
