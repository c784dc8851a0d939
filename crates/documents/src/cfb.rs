//! Compound files: the little file system inside old Office documents and around encrypted new ones.
//! Only what is needed to take one stream out of it.

use crate::refusal::{Reason, Refusal};

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const ENTRY: usize = 128;

/// A stream or a storage by name.
struct Entry {
    name: String,
    start: u32,
    length: u64,
}

/// An open compound file.
pub(crate) struct CompoundFile<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_cutoff: u64,
    entries: Vec<Entry>,
}

fn corrupted(detail: &str) -> Refusal {
    Refusal::new(Reason::Corrupted, format!("compound file: {detail}"))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| long(four, 0))
}

impl<'a> CompoundFile<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let header = |at| long(bytes, at).ok_or_else(|| corrupted("no header"));
        let shift = short(bytes, 30).ok_or_else(|| corrupted("no header"))?;
        if !matches!(shift, 9 | 12) {
            return Err(corrupted("odd sector size"));
        }
        let mut file = Self {
            bytes,
            sector: 1 << shift,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            mini_cutoff: u64::from(header(56)?),
            entries: Vec::new(),
        };
        file.read_table(header(68)?)?;
        let directory = file.chain(header(48)?, None)?;
        file.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        file.mini_table = longs(&file.chain(header(60)?, None)?).collect();
        // The root entry's stream is where the small streams live.
        if let Some((start, length)) = file.entries.first().map(|root| (root.start, root.length)) {
            file.mini_stream = file.chain(start, usize::try_from(length).ok())?;
        }
        Ok(file)
    }

    /// The table of sectors: 109 of its own sectors are listed in the header, the rest in a chain.
    fn read_table(&mut self, mut next: u32) -> Result<(), Refusal> {
        let listed = self.bytes.get(76..512).ok_or_else(|| corrupted("no header"))?;
        let mut places: Vec<u32> = longs(listed).collect();
        let most = self.bytes.len() / self.sector + 1;
        while next < 0xFFFF_FFFA {
            let list = self.sector_at(next).ok_or_else(|| corrupted("table list"))?;
            places.extend(longs(list));
            next = places.pop().unwrap_or(END_OF_CHAIN);
            if places.len() > most + 128 * 1024 {
                return Err(corrupted("table list runs in a circle"));
            }
        }
        let per_sector = self.sector / 4;
        for place in places.into_iter().filter(|place| *place < 0xFFFF_FFFA) {
            let Some(sector) = self.sector_at(place) else {
                continue;
            };
            self.table.extend(longs(sector));
            if self.table.len() > most + per_sector * 2 {
                break;
            }
        }
        Ok(())
    }

    fn sector_at(&self, place: u32) -> Option<&'a [u8]> {
        let start = (place as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The bytes of a chain of sectors, cut to a length.
    fn chain(&self, start: u32, length: Option<usize>) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let mut place = start;
        while place < 0xFFFF_FFFA {
            if bytes.len() > self.bytes.len() {
                return Err(corrupted("a chain runs in a circle"));
            }
            if length.is_some_and(|length| bytes.len() >= length) {
                break;
            }
            bytes.extend_from_slice(self.sector_at(place).ok_or_else(|| corrupted("a chain leaves the file"))?);
            place = self.table.get(place as usize).copied().unwrap_or(END_OF_CHAIN);
        }
        if let Some(length) = length {
            bytes.truncate(length);
        }
        Ok(bytes)
    }

    /// Whether there is a stream or storage of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream; `None` when there is none of this name.
    pub(crate) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let length = usize::try_from(entry.length).map_err(|_| corrupted("a stream's length"))?;
        if entry.length >= self.mini_cutoff {
            return self.chain(entry.start, Some(length)).map(Some);
        }
        let mut bytes = Vec::new();
        let mut place = entry.start;
        while place < 0xFFFF_FFFA && bytes.len() < length {
            let start = (place as usize).saturating_mul(64);
            let end = (start.saturating_add(64)).min(self.mini_stream.len());
            let sector = self.mini_stream.get(start..end).ok_or_else(|| corrupted("a small chain leaves the file"))?;
            if sector.is_empty() {
                break;
            }
            bytes.extend_from_slice(sector);
            place = self.mini_table.get(place as usize).copied().unwrap_or(END_OF_CHAIN);
        }
        bytes.truncate(length);
        Ok(Some(bytes))
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    // Only storages (1), streams (2) and the root (5) are entries; the rest of a sector is filled with 0.
    if !matches!(bytes.get(66), Some(1 | 2 | 5)) {
        return None;
    }
    let length = usize::from(short(bytes, 64)?).saturating_sub(2).min(62);
    let units: Vec<u16> = bytes.get(..length)?.chunks_exact(2).filter_map(|two| short(two, 0)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        start: long(bytes, 116)?,
        length: u64::from(long(bytes, 120)?),
    })
}
