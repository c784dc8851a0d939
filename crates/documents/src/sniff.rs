//! Tells by the first bytes what a file is. Extensions lie: a renamed xlsx, a web page saved as xls.

use crate::model::Container;
use crate::refusal::{Reason, Refusal};

/// How the bytes are to be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A zip archive: xlsx, ods or something else of the kind.
    Zip,
    /// The container of old Office files and of encrypted new ones.
    CompoundFile,
    /// A web page.
    Html,
    /// Anything that reads as text.
    Text,
}

impl Shape {
    /// The container for a refusal that happens before it is known better.
    pub(crate) const fn container(self) -> Option<Container> {
        match self {
            Self::Html => Some(Container::Html),
            Self::Zip | Self::CompoundFile | Self::Text => None,
        }
    }
}

/// Beginnings of files that people do pick by mistake.
const NOT_TABLES: [&[u8]; 14] = [
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"BM",
    b"Rar!",
    b"7z\xBC\xAF",
    b"\x1F\x8B",
    b"MZ",
    b"\x7FELF",
    b"RIFF",
    b"ID3",
    b"\x00\x00\x00",
];

/// What the bytes are.
///
/// # Errors
/// `empty` for nothing, `not_a_table` for known other things and for binary noise.
pub(crate) fn shape(bytes: &[u8], name_hint: Option<&str>) -> Result<Shape, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new(Reason::Empty, "no bytes"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Shape::Zip);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Ok(Shape::CompoundFile);
    }
    // «BM» and «MZ» are also how a text may begin; a picture or a program has zero bytes soon after.
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let binary = head.contains(&0);
    if NOT_TABLES.iter().any(|magic| bytes.starts_with(magic) && (magic.len() > 2 || binary)) {
        return Err(Refusal::new(Reason::NotATable, "another kind of file by its beginning"));
    }
    if spreadsheet_extension(name_hint) && binary && !looks_utf16(head) {
        return Err(Refusal::new(Reason::Corrupted, "named a spreadsheet, but neither a zip nor a compound file"));
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = text.get(..text.len().min(2048)).map_or_else(|| text.to_lowercase(), str::to_lowercase);
    if lower.starts_with("<?xml") && lower.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Err(Refusal::new(Reason::UnsupportedFormat, "SpreadsheetML 2003"));
    }
    if ["<html", "<!doctype html", "<table", "<meta", "<head", "<style"].iter().any(|tag| lower.starts_with(tag))
        || (lower.starts_with('<') && lower.contains("<table"))
    {
        return Ok(Shape::Html);
    }
    if lower.starts_with("<?xml") || lower.starts_with("<!doctype") {
        return Err(Refusal::new(Reason::NotATable, "some XML"));
    }
    Ok(Shape::Text)
}

fn spreadsheet_extension(name_hint: Option<&str>) -> bool {
    let extension = name_hint.and_then(|name| name.rsplit('.').next()).map(str::to_ascii_lowercase);
    matches!(extension.as_deref(), Some("xlsx" | "xlsm" | "xls" | "ods" | "xlsb"))
}

/// Every second byte small: Latin or Cyrillic letters in two bytes each.
pub(crate) fn looks_utf16(head: &[u8]) -> bool {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let pairs = head.len() / 2;
    let small = |byte: &&u8| **byte == 0 || **byte == 4;
    let odd = head.iter().skip(1).step_by(2).filter(small).count();
    let even = head.iter().step_by(2).filter(small).count();
    pairs >= 8 && (odd * 10 >= pairs * 9) != (even * 10 >= pairs * 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        assert_eq!(shape(b"PK\x03\x04....", Some("a.xls")), Ok(Shape::Zip));
        assert_eq!(shape(b"<html><table>", Some("a.xls")), Ok(Shape::Html));
        assert_eq!(shape("Имя;Класс\n".as_bytes(), Some("a.xlsx")), Ok(Shape::Text));
        assert_eq!(shape("MZ;BM".as_bytes(), None), Ok(Shape::Text));
    }

    #[test]
    fn other_files_are_named_as_such() {
        let reason = |bytes: &[u8]| shape(bytes, None).unwrap_err().reason;
        assert_eq!(reason(b"%PDF-1.7"), Reason::NotATable);
        assert_eq!(reason(b"  \r\n"), Reason::Empty);
        assert_eq!(reason(b"<?xml version=\"1.0\"?><note/>"), Reason::NotATable);
    }
}
