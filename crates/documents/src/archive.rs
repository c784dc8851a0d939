//! Zip archives taken apart with distrust: parts are looked up by name and unpacked as a stream whose
//! bytes are counted. Nothing is written to the disk, so names such as `../../x` are only strings.

use std::collections::HashMap;
use std::io::{self, BufRead, Cursor, Read, Write as _};

use zip::read::ZipFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::blank::FillError as WriteError;
use crate::budget::Budget;
use crate::model::Workbook;
use crate::refusal::{Reason, Refusal};
use crate::xml::{Mark, Xml};
use crate::{ods, xlsx};

/// Parts an archive may have; a workbook of a hundred sheets has some three hundred.
const MAX_PARTS: usize = 4096;

/// A part that unpacks to more than [`RATIO_FROM`] bytes and to more than this many times its packed size
/// is a bomb. Tables of repeated cells reach about 40; deflate itself cannot exceed 1,032.
const MAX_RATIO: u64 = 100;
const RATIO_FROM: u64 = 8 << 20;

/// Bytes between two pieces of markup. A cell holds at most 32,767 characters, some 200 KB in a formula's
/// worst case; a longer run only serves to fill the memory.
const MAX_RUN: usize = 256 << 10;

/// Reads an xlsx or an ods, or says which other document the archive is.
pub(crate) fn read_office(bytes: &[u8], budget: &Budget) -> Result<Workbook, Refusal> {
    let mut archive = Archive::open(bytes, budget)?;
    archive.refuse_document_types()?;
    if archive.has("content.xml") || archive.has("mimetype") {
        return ods::read(&mut archive);
    }
    if archive.has("word/document.xml") || archive.has("ppt/presentation.xml") {
        return Err(Refusal::new(Reason::NotATable, "a letter or slides"));
    }
    if archive.has("xl/workbook.bin") {
        return Err(Refusal::new(Reason::UnsupportedFormat, "xlsb"));
    }
    if archive.has("[content_types].xml") || archive.has("xl/workbook.xml") {
        return xlsx::read(&mut archive);
    }
    Err(Refusal::new(Reason::NotATable, "an archive, but no workbook"))
}

/// An open archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    places: HashMap<String, usize>,
    length: u64,
    pub(crate) budget: &'a Budget,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8], budget: &'a Budget) -> Result<Self, Refusal> {
        // The reader keeps some 300 bytes per part, and looks at every end record: count both first.
        if signatures(bytes, b"\x01\x02") > MAX_PARTS || signatures(bytes, b"\x05\x06") > 16 {
            return Err(Refusal::new(Reason::TooLargeUnpacked, "too many parts"));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| budget.failure(error.to_string()))?;
        let mut places = HashMap::new();
        for place in 0..zip.len() {
            let part = zip.by_index_data(place).map_err(|error| budget.failure(error.to_string()))?;
            if part.encrypted() {
                return Err(Refusal::new(Reason::PasswordProtected, "encrypted parts"));
            }
            let name = String::from_utf8_lossy(part.name_raw());
            places.insert(plain_name(&name), place);
        }
        Ok(Self { zip, places, length: bytes.len() as u64, budget })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&plain_name(name))
    }

    /// A part as a stream of bytes; `None` when there is none of this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'a>>, Refusal> {
        let budget = self.budget;
        let Some(place) = self.places.get(&plain_name(name)).copied() else {
            return Ok(None);
        };
        let file = self.zip.by_index(place).map_err(|error| budget.failure(format!("{name}: {error}")))?;
        let packed = file.compressed_size().min(self.length).max(1);
        Ok(Some(Part { file, buffer: vec![0; 32 << 10], start: 0, end: 0, packed, unpacked: 0, run: 0, budget }))
    }

    /// A whole part as text; empty when there is none of this name.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, Refusal> {
        let budget = self.budget;
        let mut bytes = Vec::new();
        if let Some(mut part) = self.part(name)? {
            // Read as a stream so that the counters see every byte; the run between two marks is ours here.
            loop {
                let read = part.fill_buf().map_err(|error| budget.failure(format!("{name}: {error}")))?;
                let length = read.len();
                if length == 0 {
                    break;
                }
                bytes.extend_from_slice(read);
                part.consume(length);
                part.mark();
            }
        }
        String::from_utf8(bytes).map_err(|_| Refusal::new(Reason::Corrupted, format!("{name}: not UTF-8")))
    }

    /// The same archive with other contents of some parts and without others; everything else is copied as
    /// it lies there, byte by byte.
    pub(crate) fn with(mut self, changed: &HashMap<String, Option<String>>) -> Result<Vec<u8>, WriteError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for place in 0..self.zip.len() {
            let file = self.zip.by_index_raw(place)?;
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            match changed.get(&plain_name(&name)) {
                None => writer.raw_copy_file(file)?,
                Some(None) => {}
                Some(Some(text)) => {
                    writer.start_file(name, options)?;
                    writer.write_all(text.as_bytes())?;
                }
            }
        }
        Ok(writer.finish()?.into_inner())
    }

    /// A part as XML.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<Xml<'a, Part<'_, 'a>>>, Refusal> {
        let budget = self.budget;
        Ok(self.part(name)?.map(|part| Xml::new(part, budget)))
    }

    /// No part may declare a document type, not even one that is never read: a workbook has no use for it.
    pub(crate) fn refuse_document_types(&mut self) -> Result<(), Refusal> {
        let budget = self.budget;
        let mut names: Vec<String> =
            self.places.keys().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")).cloned().collect();
        names.sort_unstable();
        for name in names {
            let Some(part) = self.part(&name)? else {
                continue;
            };
            let mut head = Vec::new();
            part.take(2048).read_to_end(&mut head).map_err(|error| budget.failure(format!("{name}: {error}")))?;
            let head = String::from_utf8_lossy(&head);
            if let Some(at) = head.find("<!DOCTYPE") {
                return Err(crate::xml::document_type(head.get(at..).unwrap_or_default()));
            }
        }
        Ok(())
    }
}

/// Some writers use backslashes or other cases than the ones they refer to.
pub(crate) fn plain_name(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// How often `PK` followed by two bytes stands in the file, as far as it matters.
fn signatures(bytes: &[u8], kind: &[u8; 2]) -> usize {
    bytes.windows(4).filter(|window| window.starts_with(b"PK") && window.ends_with(kind)).take(MAX_PARTS + 1).count()
}

/// One part while it is unpacked.
pub(crate) struct Part<'p, 'a> {
    file: ZipFile<'p, Cursor<&'a [u8]>>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    packed: u64,
    unpacked: u64,
    run: usize,
    budget: &'a Budget,
}

impl Part<'_, '_> {
    fn stop(&self, reason: Reason) -> io::Error {
        self.budget.trip(reason);
        io::Error::other(reason.code())
    }
}

impl BufRead for Part<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.start = 0;
            self.end = self.file.read(&mut self.buffer)?;
            self.unpacked += self.end as u64;
            if !self.budget.unpack(self.end) {
                return Err(self.stop(Reason::TooLargeUnpacked));
            }
            if self.unpacked > RATIO_FROM && self.unpacked / self.packed > MAX_RATIO {
                return Err(self.stop(Reason::TooLargeUnpacked));
            }
        }
        if self.run > MAX_RUN {
            return Err(self.stop(Reason::TooLargeUnpacked));
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.end);
        self.run += amount;
    }
}

impl Read for Part<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let amount = self.fill_buf()?.read(into)?;
        self.consume(amount);
        Ok(amount)
    }
}

impl Mark for Part<'_, '_> {
    fn mark(&mut self) {
        self.run = 0;
    }
}
