//! The binary format of Excel 5 to 2003 (BIFF5 and BIFF8): records of a type, a length and some bytes.
//! Written here rather than taken from a library because hidden rows and columns and merged regions are
//! wanted, and because two cells at opposite corners of a sheet must not reserve the sheet between them.

mod record;
mod sheet;

use std::sync::Arc;

use encoding_rs::{Encoding, IBM866, WINDOWS_1251, WINDOWS_1252};

use crate::budget::Budget;
use crate::cfb::CompoundFile;
use crate::model::{Container, Sheet, Workbook};
use crate::number_format::{Shows, built_in, spelt_out};
use crate::refusal::{Reason, Refusal};
use record::{Bytes, Record, Records, kind};

/// What every sheet needs to know about its workbook.
struct Book<'b> {
    texts: Vec<Arc<str>>,
    /// What each cell format shows, by the index that cells refer to.
    formats: Vec<Shows>,
    from_1904: bool,
    /// The charset of texts before BIFF8; `None` from BIFF8 on, where texts are Unicode.
    charset: Option<&'static Encoding>,
    budget: &'b Budget,
}

struct Entry {
    name: String,
    hidden: bool,
    offset: usize,
    has_cells: bool,
}

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Workbook, Refusal> {
    let file = CompoundFile::open(bytes)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Refusal::new(Reason::PasswordProtected, "encrypted OOXML").within(Some(Container::EncryptedOoxml)));
    }
    let stream = match file.stream("Workbook")? {
        Some(stream) => stream,
        None => match file.stream("Book")? {
            Some(stream) => stream,
            None => {
                return Err(Refusal::new(Reason::NotATable, "a compound file without a workbook"));
            }
        },
    };
    drop(file);
    read_workbook(&stream, budget).map_err(|refusal| refusal.within(Some(Container::Xls)))
}

fn read_workbook(stream: &[u8], budget: &Budget) -> Result<Workbook, Refusal> {
    let (book, entries) = read_globals(stream, budget)?;
    let mut sheets = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let Some(records) = stream.get(entry.offset..).filter(|_| entry.has_cells) else {
            continue;
        };
        let sheet = Sheet { name: entry.name, index, hidden: entry.hidden, ..Sheet::default() };
        sheets.push(sheet::read(Records::new(records), &book, sheet)?);
    }
    Ok(Workbook { container: Container::Xls, text: None, sheets })
}

fn read_globals<'b>(stream: &[u8], budget: &'b Budget) -> Result<(Book<'b>, Vec<Entry>), Refusal> {
    let mut records = Records::new(stream);
    let begin = records.next().filter(|record| record.kind == kind::BEGIN);
    let version = begin.and_then(|record| Bytes::new(record.data).short());
    let charset = match version {
        Some(0x0600) => None,
        Some(0x0500) => Some(WINDOWS_1252),
        _ => {
            return Err(Refusal::new(Reason::UnsupportedFormat, "neither BIFF8 nor BIFF5"));
        }
    };
    let mut book = Book { texts: Vec::new(), formats: Vec::new(), from_1904: false, charset, budget };
    let mut entries = Vec::new();
    let mut own_formats: Vec<(u32, Shows)> = Vec::new();
    let mut format_ids: Vec<u32> = Vec::new();
    while let Some(record) = records.next() {
        let mut data = Bytes::new(record.data);
        match record.kind {
            kind::PASSWORD => return Err(Refusal::new(Reason::PasswordProtected, "FILEPASS")),
            kind::CODE_PAGE if book.charset.is_some() => {
                book.charset = data.short().map(charset_of);
            }
            kind::FROM_1904 => book.from_1904 = data.short() == Some(1),
            kind::SHEET => entries.extend(entry(&record, &book)),
            kind::FORMAT => {
                if let Some((id, code)) = format(&mut data, &book) {
                    own_formats.push((u32::from(id), spelt_out(&code)));
                }
            }
            kind::CELL_FORMAT => {
                format_ids.push(data.skip(2).and_then(Bytes::short).unwrap_or(0).into());
            }
            kind::SHARED_TEXTS => book.texts = shared_texts(record.data, &mut records, budget)?,
            kind::END => break,
            _ => {}
        }
    }
    let shows = |id: u32| {
        let own = own_formats.iter().rev().find(|(own, _)| *own == id);
        own.map_or_else(|| built_in(id), |(_, shows)| *shows)
    };
    book.formats = format_ids.into_iter().take(1 << 16).map(shows).collect();
    Ok((book, entries))
}

fn charset_of(code_page: u16) -> &'static Encoding {
    match code_page {
        1251 => WINDOWS_1251,
        866 => IBM866,
        10_007 => encoding_rs::X_MAC_CYRILLIC,
        _ => WINDOWS_1252,
    }
}

fn entry(record: &Record<'_>, book: &Book<'_>) -> Option<Entry> {
    let mut data = Bytes::new(record.data);
    let offset = data.long()? as usize;
    let hidden = data.byte()? & 3 != 0;
    let has_cells = data.byte()? == 0;
    let length = usize::from(data.byte()?);
    let name = data.text(length, book.charset)?;
    Some(Entry { name, hidden, offset, has_cells })
}

fn format(data: &mut Bytes<'_>, book: &Book<'_>) -> Option<(u16, String)> {
    let id = data.short()?;
    let length = if book.charset.is_some() { usize::from(data.byte()?) } else { usize::from(data.short()?) };
    Some((id, data.text(length, book.charset)?))
}

/// The shared texts: one long record cut into pieces wherever 8 KB were full, also within a text.
fn shared_texts(first: &[u8], records: &mut Records<'_>, budget: &Budget) -> Result<Vec<Arc<str>>, Refusal> {
    let mut pieces = vec![first];
    while let Some(data) = records.next_if(kind::CONTINUED) {
        pieces.push(data);
    }
    let mut source = record::Pieces::new(&pieces);
    // The number of texts is declared after their total use; the pieces end the loop whatever it says.
    source.skip(8);
    let mut texts = Vec::new();
    while !source.is_over() {
        let Some(text) = source.text() else { break };
        budget.cell()?;
        texts.push(budget.text(&text)?);
    }
    Ok(texts)
}
