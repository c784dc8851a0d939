//! What a file is, told by its bytes while they stream by. Names lie; an archive, a macro or a
//! web page does not become a letter by being called one.
use crate::text::Message;

crate::codes! {
    /// The kinds of file that are kept.
    pub enum Media {
        Pdf = "pdf",
        Docx = "docx",
        Xlsx = "xlsx",
        Xls = "xls",
        Ods = "ods",
        Odt = "odt",
        Png = "png",
        Jpeg = "jpeg",
        Txt = "txt",
        Csv = "csv",
    }
}

impl Media {
    /// For `Content-Type`.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Txt => "text/plain",
            Self::Csv => "text/csv",
        }
    }

    /// How names of such files end.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Txt => &["txt", "md", "log"],
            other => std::slice::from_ref(match other {
                Self::Pdf => &"pdf",
                Self::Docx => &"docx",
                Self::Xlsx => &"xlsx",
                Self::Xls => &"xls",
                Self::Ods => &"ods",
                Self::Odt => &"odt",
                Self::Png => &"png",
                _ => &"csv",
            }),
        }
    }

    /// Whether a browser may show it in our own address; all else is only saved.
    pub const fn may_be_shown(self) -> bool {
        matches!(self, Self::Pdf | Self::Png | Self::Jpeg)
    }
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Empty,
    TooLarge,
    UnknownKind,
    Macros,
    Locked,
    Damaged,
    Bomb,
}

impl Refused {
    /// What is wrong and how to mend it.
    pub fn message(self) -> Message {
        match self {
            Self::Empty => Message::new("file-empty"),
            Self::TooLarge => Message::new("file-too-large").with("limit", super::LIMIT / (1024 * 1024)),
            Self::UnknownKind => Message::new("file-unknown-kind"),
            Self::Macros => Message::new("file-macros"),
            Self::Locked => Message::new("file-locked"),
            Self::Damaged => Message::new("file-damaged"),
            Self::Bomb => Message::new("file-bomb"),
        }
    }
}

/// Bytes of the beginning that are kept to look at.
const HEAD: usize = 512;
/// A compound file's directory is made of entries of this size at multiples of it.
const ENTRY: usize = 128;

/// What the bytes alone say; an archive must be opened to know more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Known(Media),
    Text,
    Zip,
}

/// Looks at a file as it streams by, in pieces of any size.
#[derive(Default)]
pub(super) struct Sniffer {
    head: Vec<u8>,
    /// Bytes of the last entry that is not whole yet.
    rest: Vec<u8>,
    has_control: bool,
    is_workbook: bool,
    has_macros: bool,
    is_locked: bool,
}

const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

impl Sniffer {
    pub fn feed(&mut self, chunk: &[u8]) {
        let before = self.head.len();
        let wanted = HEAD.saturating_sub(before).min(chunk.len());
        self.head.extend_from_slice(chunk.get(..wanted).unwrap_or_default());
        self.has_control |= chunk.iter().any(|b| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C) || *b == 0x7F);
        if self.head.starts_with(COMPOUND) {
            // What came before the first eight bytes were known belongs to the first entry too.
            let begun = self.head.get(..before).filter(|_| before < COMPOUND.len()).map(<[u8]>::to_vec);
            self.entries(&begun.unwrap_or_default());
            self.entries(chunk);
        }
    }

    fn entries(&mut self, chunk: &[u8]) {
        self.rest.extend_from_slice(chunk);
        let whole = self.rest.len() / ENTRY * ENTRY;
        let taken: Vec<u8> = self.rest.drain(..whole).collect();
        for entry in taken.chunks_exact(ENTRY) {
            match entry_name(entry).as_deref() {
                Some("Workbook" | "Book") => self.is_workbook = true,
                Some("VBA" | "_VBA_PROJECT" | "_VBA_PROJECT_CUR" | "Macros") => self.has_macros = true,
                Some("EncryptedPackage" | "EncryptionInfo") => self.is_locked = true,
                _ => {}
            }
        }
    }

    /// The first bytes.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    pub fn shape(&self) -> Result<Shape, Refused> {
        let head = self.head.as_slice();
        match head {
            [] => Err(Refused::Empty),
            [b'%', b'P', b'D', b'F', b'-', ..] => Ok(Shape::Known(Media::Pdf)),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(Shape::Known(Media::Png)),
            [0xFF, 0xD8, 0xFF, ..] => Ok(Shape::Known(Media::Jpeg)),
            [b'P', b'K', 3, 4, ..] => Ok(Shape::Zip),
            _ if head.starts_with(COMPOUND) => match (self.is_locked, self.has_macros, self.is_workbook) {
                (true, _, _) => Err(Refused::Locked),
                (_, true, _) => Err(Refused::Macros),
                (_, _, true) => Ok(Shape::Known(Media::Xls)),
                _ => Err(Refused::UnknownKind),
            },
            _ => self.text(),
        }
    }

    /// A text has no control characters; one that begins with a tag is a page or a drawing.
    fn text(&self) -> Result<Shape, Refused> {
        let first = self.head.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF));
        match first {
            None => Err(Refused::Empty),
            Some(b'<') => Err(Refused::UnknownKind),
            // Two bytes a letter, as some spreadsheets save «Unicode text».
            _ if self.head.starts_with(&[0xFF, 0xFE]) => {
                let has_zero = self.head.as_chunks::<2>().0.contains(&[0, 0]);
                if has_zero { Err(Refused::UnknownKind) } else { Ok(Shape::Text) }
            }
            _ if self.has_control => Err(Refused::UnknownKind),
            _ => Ok(Shape::Text),
        }
    }
}

fn entry_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?]));
    if !(4..=64).contains(&length) || !length.is_multiple_of(2) || !matches!(entry.get(66), Some(1 | 2)) {
        return None;
    }
    let units: Vec<u16> = entry.get(..length - 2)?.as_chunks().0.iter().map(|two| u16::from_le_bytes(*two)).collect();
    String::from_utf16(&units).ok()
}

/// How far from the end an archive says where its directory is: the record and its comment.
pub(super) const TAIL: u64 = 22 + 0xFFFF;
/// Largest directory that is looked at.
const DIRECTORY: u64 = 1 << 20;
const PARTS: usize = 4096;
/// An archive that says it unpacks to more than this, and to more than this many times its size, is a bomb.
const UNPACKED: u64 = 64 << 20;
const RATIO: u64 = 100;

fn short(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)))
}

/// Where the directory of the archive stands, by the last bytes of the file.
pub(super) fn directory(tail: &[u8], size: u64) -> Result<std::ops::Range<u64>, Refused> {
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or(Refused::Damaged)?;
    let end = tail.get(at..).unwrap_or_default();
    let (length, start) = long(end, 12).zip(long(end, 16)).ok_or(Refused::Damaged)?;
    let range = start..start.saturating_add(length);
    if range.end > size || range.is_empty() {
        return Err(Refused::Damaged);
    }
    if length > DIRECTORY {
        return Err(Refused::Bomb);
    }
    Ok(range)
}

/// What an archive is, by its directory and its first bytes.
pub(super) fn archive(directory: &[u8], head: &[u8], size: u64) -> Result<Media, Refused> {
    let mut names = Vec::new();
    let (mut at, mut unpacked) = (0_usize, 0_u64);
    while let Some(part) = directory.get(at..).filter(|rest| rest.starts_with(b"PK\x01\x02")) {
        let lengths = short(part, 28).zip(short(part, 30)).zip(short(part, 32)).ok_or(Refused::Damaged)?;
        let ((name, extra), comment) = lengths;
        let text = usize::try_from(name).ok().and_then(|n| part.get(46..46 + n)).ok_or(Refused::Damaged)?;
        if short(part, 8).is_none_or(|flags| flags & 1 == 1) {
            return Err(Refused::Locked);
        }
        unpacked = unpacked.saturating_add(long(part, 24).unwrap_or(u64::MAX));
        names.push(String::from_utf8_lossy(text).replace('\\', "/").to_lowercase());
        if names.len() > PARTS {
            return Err(Refused::Bomb);
        }
        at += 46 + usize::try_from(name + extra + comment).unwrap_or(usize::MAX / 2);
    }
    if unpacked > UNPACKED && unpacked / size.max(1) > RATIO {
        return Err(Refused::Bomb);
    }
    let has = |name: &str| names.iter().any(|n| n == name);
    if names.iter().any(|n| n.ends_with("vbaproject.bin") || n.starts_with("basic/") || n.starts_with("scripts/")) {
        return Err(Refused::Macros);
    }
    match open_document(head) {
        Some(media) if has("content.xml") => return Ok(media),
        _ => {}
    }
    match (has("[content_types].xml"), has("word/document.xml"), has("xl/workbook.xml")) {
        (true, true, false) => Ok(Media::Docx),
        (true, false, true) => Ok(Media::Xlsx),
        _ => Err(Refused::UnknownKind),
    }
}

/// An OpenDocument names itself in its first part, unpacked.
fn open_document(head: &[u8]) -> Option<Media> {
    let name = usize::try_from(short(head, 26)?).ok()?;
    let extra = usize::try_from(short(head, 28)?).ok()?;
    let rest = head.get(30..)?.strip_prefix(b"mimetype")?;
    let said = rest.get(extra..).filter(|_| name == 8)?.strip_prefix(b"application/vnd.oasis.opendocument.")?;
    // What follows in the file is the next part's own header.
    if said.starts_with(b"textPK") {
        Some(Media::Odt)
    } else if said.starts_with(b"spreadsheetPK") {
        Some(Media::Ods)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(bytes: &[u8]) -> Result<Shape, Refused> {
        let mut sniffer = Sniffer::default();
        // One byte at a time: what is seen must not hang on how the network cuts.
        bytes.iter().for_each(|b| sniffer.feed(&[*b]));
        sniffer.shape()
    }

    #[test]
    fn content_decides() {
        assert_eq!(shape(b"%PDF-1.7\n\x00"), Ok(Shape::Known(Media::Pdf)));
        assert_eq!(shape(b"\x89PNG\r\n\x1a\n\x00"), Ok(Shape::Known(Media::Png)));
        assert_eq!(shape(&[0xFF, 0xD8, 0xFF, 0xE0]), Ok(Shape::Known(Media::Jpeg)));
        assert_eq!(shape("ФИО;Класс\r\nИванов;7-Б".as_bytes()), Ok(Shape::Text));
        // The same in windows-1251.
        assert_eq!(shape(&[0xD4, 0xC8, 0xCE, b';', 0xCA, b'\n']), Ok(Shape::Text));
        assert_eq!(shape(b"PK\x03\x04"), Ok(Shape::Zip));
    }

    #[test]
    fn disguises_are_refused() {
        for bytes in
            [b"MZ\x90\x00\x03".as_slice(), b"\x7fELF\x02\x01", b"GIF89a\x01\x00", b"Rar!\x1a\x07", b"\x00\x00\x00 ftyp"]
        {
            assert_eq!(shape(bytes), Err(Refused::UnknownKind), "{bytes:?}");
        }
        assert_eq!(shape(b" \n<html><script>"), Err(Refused::UnknownKind));
        assert_eq!(shape("\u{feff}<svg onload=1>".as_bytes()), Err(Refused::UnknownKind));
        assert_eq!(shape(b""), Err(Refused::Empty));
        assert_eq!(shape(b" \r\n"), Err(Refused::Empty));
    }

    fn compound(names: &[&str]) -> Vec<u8> {
        let mut bytes = COMPOUND.to_vec();
        bytes.resize(512, 0);
        for name in names {
            let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let length = u8::try_from(entry.len() + 2).unwrap();
            entry.resize(ENTRY, 0);
            (entry[64], entry[66]) = (length, 2);
            bytes.extend(entry);
        }
        bytes
    }

    #[test]
    fn old_office_files_are_told_apart() {
        assert_eq!(shape(&compound(&["Root", "Workbook"])), Ok(Shape::Known(Media::Xls)));
        assert_eq!(shape(&compound(&["WordDocument"])), Err(Refused::UnknownKind));
        assert_eq!(shape(&compound(&["Workbook", "_VBA_PROJECT_CUR"])), Err(Refused::Macros));
        assert_eq!(shape(&compound(&["EncryptedPackage"])), Err(Refused::Locked));
    }

    #[test]
    fn an_archive_is_damaged_where_its_directory_is_not() {
        assert_eq!(directory(b"PK\x03\x04 no end", 13), Err(Refused::Damaged));
        let mut end = b"PK\x05\x06".to_vec();
        end.resize(22, 0xFF);
        assert_eq!(directory(&end, 22), Err(Refused::Damaged));
    }
}
