//! Which charset a text is in. A byte order mark decides; then whether it is valid UTF-8; then which of the
//! one-byte Cyrillic charsets gives letters in the frequency of Russian.

use std::borrow::Cow;

use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use crate::refusal::{Reason, Refusal};
use crate::sniff::looks_utf16;

/// A text and how it was written.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) charset: &'static str,
    pub(crate) bom: bool,
}

/// Enough of a text to tell its charset.
const SAMPLE: usize = 64 << 10;

/// Russian letters from frequent to rare; the place is the weight.
const FREQUENT: &str = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";

/// Decodes a text.
///
/// # Errors
/// `not_a_table` when the bytes are no text at all.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Refusal> {
    let head = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        return Ok(Decoded { text, charset: code(encoding), bom: true });
    }
    if looks_utf16(head) {
        let little = head.iter().skip(1).step_by(2).filter(|byte| matches!(byte, 0 | 4)).count() * 2 > head.len() / 2;
        let encoding = if little { UTF_16LE } else { UTF_16BE };
        return Ok(Decoded {
            text: encoding.decode_without_bom_handling(bytes).0,
            charset: code(encoding),
            bom: false,
        });
    }
    if head.iter().any(|byte| matches!(byte, 0..=8 | 14..=25 | 28..=31)) {
        return Err(Refusal::new(Reason::NotATable, "binary"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), charset: code(UTF_8), bom: false });
    }
    let sample = head.strip_suffix(b"\n").unwrap_or(head);
    let encoding = [WINDOWS_1251, KOI8_R, IBM866]
        .into_iter()
        .max_by_key(|encoding| (likeness(&encoding.decode_without_bom_handling(sample).0), *encoding == WINDOWS_1251))
        .unwrap_or(WINDOWS_1251);
    Ok(Decoded { text: encoding.decode_without_bom_handling(bytes).0, charset: code(encoding), bom: false })
}

fn code(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "KOI8-R" => "koi8-r",
        "IBM866" => "ibm866",
        _ => "windows-1251",
    }
}

/// How much a text is like Russian. A wrong charset turns small letters into capitals in the middle of
/// words, or into frames and other letters.
fn likeness(text: &str) -> i64 {
    let mut score = 0;
    let mut after_letter = false;
    for letter in text.chars() {
        if letter.is_ascii() {
            after_letter = false;
            continue;
        }
        let small = letter.to_lowercase().next().unwrap_or(letter);
        match FREQUENT.chars().position(|known| known == small) {
            Some(place) => {
                let weight = 34 - i64::try_from(place).unwrap_or(34);
                let out_of_place = after_letter && letter != small;
                score += if out_of_place { -weight } else { weight };
                after_letter = letter == small;
            }
            None if matches!(letter, '«' | '»' | '№' | '–' | '—' | '…' | '\u{a0}') => {
                after_letter = false;
            }
            None => {
                score -= 20;
                after_letter = false;
            }
        }
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Фамилия;Имя;Класс\r\nЖуравлёва;Ольга;«7 Б»\r\nКРАСНОВ;ПЁТР;№ 3\r\n";

    #[test]
    fn one_byte_charsets_are_told_apart() {
        for encoding in [WINDOWS_1251, KOI8_R, IBM866] {
            let source = TEXT.replace(['«', '»', '№'], "");
            let (bytes, _, _) = encoding.encode(&source);
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.charset, &*decoded.text), (code(encoding), &*source));
        }
    }

    #[test]
    fn two_byte_charsets_need_no_mark() {
        for (big, charset) in [(false, "utf-16le"), (true, "utf-16be")] {
            let bytes: Vec<u8> = TEXT
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.charset, &*decoded.text, decoded.bom), (charset, TEXT, false));
        }
    }

    #[test]
    fn marks_and_plain_utf8() {
        let marked = format!("\u{feff}{TEXT}");
        let decoded = decode(marked.as_bytes()).unwrap();
        assert_eq!((decoded.charset, decoded.bom, &*decoded.text), ("utf-8", true, TEXT));
        assert_eq!(decode(TEXT.as_bytes()).unwrap().charset, "utf-8");
        assert!(decode(b"a\x01\x02").is_err());
    }
}
