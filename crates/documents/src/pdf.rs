//! Documents as PDF: templates in Typst, laid out inside the program.
//!
//! A template sees its data and nothing else: no other file, no package, no network, no wall clock. The
//! data is a file of its own that only the template's `json` reads, so that no name can ever become
//! markup. The same data of the same day gives the same bytes.

use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

/// The templates, in `/templates`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A [`crate::paper::Paper`].
    Paper,
    /// Forms of consent, one sheet each.
    Consents,
    /// Diplomas and certificates, one sheet each.
    Certificates,
    /// Theses of a conference by section, with a title page and contents.
    Collection,
    /// Leaves with the codes of works, one a page, to be cut in two.
    Leaves,
}

impl Template {
    fn text(self) -> &'static str {
        match self {
            Self::Paper => include_str!("../../../templates/paper.typ"),
            Self::Consents => include_str!("../../../templates/consents.typ"),
            Self::Certificates => include_str!("../../../templates/certificates.typ"),
            Self::Collection => include_str!("../../../templates/collection.typ"),
            Self::Leaves => include_str!("../../../templates/leaves.typ"),
        }
    }
}

/// A document that could not be made: a defect of the template, or data of another shape than it reads.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("the data cannot be written down: {0}")]
    Data(#[from] serde_json::Error),
    #[error("the document cannot be laid out: {0}")]
    Layout(String),
}

impl PdfError {
    fn of<'a>(errors: impl IntoIterator<Item = &'a SourceDiagnostic>) -> Self {
        let words: Vec<&str> = errors.into_iter().map(|error| error.message.as_str()).collect();
        Self::Layout(words.join("; "))
    }
}

/// Lays out `data` by a template. `day` stands in the properties of the file as the day it was made.
///
/// Takes milliseconds of a processor: off the threads that serve requests.
///
/// # Errors
/// A defect of the template, or data of another shape than it reads.
pub fn render(template: Template, data: &impl Serialize, day: NaiveDate) -> Result<Vec<u8>, PdfError> {
    let (main, data_file) = FILES.ok_or_else(|| PdfError::Layout("no place for the files".to_owned()))?;
    let source = Source::new(main, template.text().to_owned());
    let desk = Desk { source, data_file, data: Bytes::new(serde_json::to_vec(data)?), day };
    let document: PagedDocument = typst::compile(&desk).output.map_err(|errors| PdfError::of(&errors))?;
    let options = PdfOptions {
        // The hash of the text names the file, not a random number.
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Созвездие".to_owned())),
        timestamp: desk.today(None).map(Timestamp::new_utc),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| PdfError::of(&errors));
    // What earlier documents have left in the memory of the layouter goes.
    typst::comemo::evict(4);
    bytes
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    const FILES: [&[u8]; 2] = [
        include_bytes!("../../../templates/fonts/pt-serif-regular.ttf"),
        include_bytes!("../../../templates/fonts/pt-serif-bold.ttf"),
    ];
    FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// The two files that there are: the template and its data.
static FILES: LazyLock<Option<(FileId, FileId)>> = LazyLock::new(|| {
    let file = |name: &str| Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern());
    Some((file("main.typ")?, file("data.json")?))
});

/// All that a template can see.
struct Desk {
    source: Source,
    data_file: FileId,
    data: Bytes,
    day: NaiveDate,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_file { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        let part = |number: u32| u8::try_from(number).ok();
        Datetime::from_ymd_hms(self.day.year(), part(self.day.month())?, part(self.day.day())?, 0, 0, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Block, Paper};

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    fn letter(text: &str) -> Paper {
        Paper {
            title: "Письмо".to_owned(),
            kind: "ПРИКАЗ".to_owned(),
            body: vec![Block::Text { text: text.to_owned() }],
            ..Paper::default()
        }
    }

    #[test]
    fn the_same_data_of_the_same_day_are_the_same_bytes() {
        let bytes = render(Template::Paper, &letter("Один"), day()).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
        assert_eq!(bytes, render(Template::Paper, &letter("Один"), day()).unwrap());
        assert_ne!(bytes, render(Template::Paper, &letter("Два"), day()).unwrap());
    }

    #[test]
    fn what_was_typed_is_never_markup() {
        // As markup any of these would fail, or read what it must not.
        for text in
            ["#panic()", "#read(\"/etc/passwd\")", "*a _b $c", "\\\"", "<a> @b", "#import \"@preview/a:1.0.0\"", ""]
        {
            render(Template::Paper, &letter(text), day()).unwrap();
        }
    }

    #[test]
    fn a_template_reads_no_file() {
        let (main, data_file) = FILES.unwrap();
        for text in ["#read(\"/etc/passwd\")", "#read(\"main.typ\")", "#import \"@preview/a:1.0.0\": b"] {
            let source = Source::new(main, text.to_owned());
            let desk = Desk { source, data_file, data: Bytes::new(Vec::<u8>::new()), day: day() };
            assert!(typst::compile::<PagedDocument>(&desk).output.is_err(), "{text}");
        }
    }

    #[test]
    fn diplomas_are_laid_out_and_what_is_on_them_is_no_markup() {
        let sheet = serde_json::json!({
            "issuer": "Управление образования", "kind": "ДИПЛОМ", "rank": "победителя", "given": "вручается",
            "name": "Демонову Тимофею #rect() $x$", "school": "Школа № 2, 7 класс", "team": "", "event": "Олимпиада «Проба»",
            "line": "муниципальный уровень", "details": "Биология", "post": "Председатель оргкомитета",
            "notes": ["№ K7M42X-Q9TRAB от 24.11.2026", "Основание: протокол № 4"],
            "code": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"></svg>",
        });
        let one = render(Template::Certificates, &[&sheet], day()).unwrap();
        let two = render(Template::Certificates, &[&sheet, &sheet], day()).unwrap();
        assert!(one.starts_with(b"%PDF-") && two.len() > one.len());
    }

    /// Width and height of each page.
    fn pages(paper: &Paper) -> Vec<(f64, f64)> {
        let (main, data_file) = FILES.unwrap();
        let source = Source::new(main, Template::Paper.text().to_owned());
        let desk = Desk { source, data_file, data: Bytes::new(serde_json::to_vec(paper).unwrap()), day: day() };
        let document = typst::compile::<PagedDocument>(&desk).output.unwrap();
        document.pages().iter().map(|page| (page.frame.width().to_mm(), page.frame.height().to_mm())).collect()
    }

    #[test]
    fn the_note_on_who_made_the_file_fills_no_page() {
        let mut longest = 0;
        for lines in 36..48 {
            let body = vec![Block::Text { text: "Строка".to_owned() }; lines];
            let bare = Paper { body, ..letter("") };
            let foot = "Выгрузил(а): Макетов Павел Макетович".to_owned();
            let noted = Paper { foot, ..bare.clone() };
            assert_eq!(pages(&noted), pages(&bare), "{lines} lines");
            longest = longest.max(pages(&bare).len());
        }
        assert_eq!(longest, 2, "the lines reach over the end of a page");
    }

    fn lies(paper: &Paper) -> bool {
        pages(paper).iter().all(|(width, height)| width > height)
    }

    #[test]
    fn a_sheet_to_be_filled_in_by_hand_lies_across() {
        let table = |blanks: usize| {
            let columns = ["№", "Работа"].into_iter().chain(std::iter::repeat_n("Доклад (0–10)", blanks));
            let mut row = vec!["1".to_owned(), "Птицы двора. Демонов Семён Учебнович, 9 класс".to_owned()];
            row.resize(2 + blanks, String::new());
            let columns = columns.map(str::to_owned).collect();
            Paper { body: vec![Block::Table { columns, rows: vec![row] }], ..letter("") }
        };
        assert!(lies(&table(5)) && lies(&table(9)) && !lies(&table(2)));
    }

    #[test]
    fn a_table_of_many_columns_of_words_lies_across_and_one_of_numbers_stands() {
        let table = |words: usize| {
            let columns = (1..=8).map(|n| format!("Столбец {n}")).collect();
            let row = (0..8).map(|n| if n < words { "удовлетворена" } else { "42" }.to_owned()).collect();
            Paper { body: vec![Block::Table { columns, rows: vec![row] }], ..letter("") }
        };
        assert!(lies(&table(8)) && lies(&table(4)) && !lies(&table(1)));
    }

    #[test]
    fn data_of_another_shape_are_a_fault_and_no_panic() {
        assert!(matches!(render(Template::Paper, &["no", "paper"], day()), Err(PdfError::Layout(_))));
    }
}
