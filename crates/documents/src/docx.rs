//! Documents as DOCX: the same [`Paper`] that [`crate::pdf`] lays out, to be edited in a word processor.
//!
//! Written straight as WordprocessingML: a document needs a dozen of its elements, and the libraries for it
//! bring an archiver, an XML reader and a thread pool of their own. The same paper gives the same bytes.

use std::io::{Cursor, Write as _};

use quick_xml::escape::escape;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::paper::{Bar, Block, Paper, Side, Signature};

/// A file that could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    #[error("the archive cannot be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("the archive cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// Twentieths of a point, as the format counts.
const INDENT: u32 = 709;
const TEXT_WIDTH: u32 = 9355;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="120" w:after="240"/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:spacing w:val="20"/><w:sz w:val="28"/></w:rPr></w:style><w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#;
/// The number of the page in the middle of the upper margin; the first page has none.
const HEADER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#;
const SECTION: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>"#;

/// Writes a paper as DOCX.
///
/// # Errors
/// None that depends on the paper; the archive's own.
pub fn write(paper: &Paper) -> Result<Vec<u8>, DocxError> {
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{}{SECTION}</w:body></w:document>"#,
        body(paper)
    );
    let core = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:language>ru-RU</dc:language></cp:coreProperties>"#,
        text(&paper.title)
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No wall clock: archives begin their time in 1980.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("docProps/core.xml", core.as_str()),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/document.xml", document.as_str()),
        ("word/styles.xml", STYLES),
        ("word/header1.xml", HEADER),
    ];
    for (name, content) in parts {
        archive.start_file(name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// How a paragraph stands.
#[derive(Clone, Copy, Default)]
struct Look {
    align: &'static str,
    bold: bool,
    /// Half-points; 0 is the usual size.
    size: u32,
    indent: u32,
    before: u32,
    style: &'static str,
    /// Not to be parted from what follows.
    keep: bool,
}

fn body(paper: &Paper) -> String {
    let mut out = String::new();
    for (place, line) in paper.issuer.iter().enumerate() {
        out += &paragraph(line, Look { align: "center", bold: place == 0, ..Look::default() });
    }
    for line in &paper.requisites {
        out += &paragraph(line, Look { align: "center", size: 20, ..Look::default() });
    }
    for (place, line) in paper.aside.iter().enumerate() {
        let before = if place == 0 { 240 } else { 0 };
        out += &paragraph(line, Look { indent: TEXT_WIDTH / 2 + 200, before, ..Look::default() });
    }
    if !paper.kind.is_empty() {
        out += &paragraph(&paper.kind, Look { style: "Title", before: 240, ..Look::default() });
    }
    if !(paper.date.is_empty() && paper.number.is_empty() && paper.place.is_empty()) {
        let cells = [(&paper.date, "left"), (&paper.place, "center"), (&paper.number, "right")];
        let cells: Vec<String> =
            cells.iter().map(|(line, align)| paragraph(line, Look { align, ..Look::default() })).collect();
        // A blank for the date is the longest of the three, and must not break.
        out += &table(&[cells], &[9, 6, 5], false);
    }
    if !paper.heading.is_empty() {
        let look = Look { bold: true, before: 240, keep: true, ..Look::default() };
        out += &table(&[vec![paragraph(&paper.heading, look), EMPTY.to_owned()]], &[13, 7], false);
        out += EMPTY;
    }
    for block in &paper.body {
        out += &piece(block);
    }
    for signature in &paper.signatures {
        out += EMPTY;
        out += &sign(signature);
    }
    if !paper.sides.is_empty() {
        out += EMPTY;
        let widths = vec![1; paper.sides.len()];
        out += &table(&[paper.sides.iter().map(side).collect()], &widths, false);
    }
    for (place, line) in paper.notes.iter().enumerate() {
        let before = if place == 0 { 360 } else { 0 };
        out += &paragraph(line, Look { size: 20, before, ..Look::default() });
    }
    if !paper.foot.is_empty() {
        let before = if paper.notes.is_empty() { 360 } else { 120 };
        out += &paragraph(&paper.foot, Look { size: 18, before, ..Look::default() });
    }
    out
}

const EMPTY: &str = "<w:p/>";

fn piece(block: &Block) -> String {
    match block {
        // A first line set in is a look of its own; `indent` moves the whole paragraph.
        Block::Text { text: words } => format!(
            r#"<w:p><w:pPr><w:ind w:firstLine="{INDENT}"/><w:jc w:val="both"/></w:pPr>{}</w:p>"#,
            run(words, Look::default())
        ),
        Block::Flush { text: words } => paragraph(words, Look { align: "both", ..Look::default() }),
        Block::Heading { text: words } => {
            paragraph(words, Look { bold: true, before: 240, keep: true, ..Look::default() })
        }
        Block::Chart { title, bars } => chart(title, bars),
        Block::Table { columns, rows } => {
            // A name beside nothing but numbers takes more room than they do, as in the PDF.
            let numbers = columns.len() > 3 && rows.iter().all(|row| row.iter().skip(1).all(|cell| is_number(cell)));
            let head = if numbers { 18 } else { 22 };
            let cell = |words: &str, bold, align, size| paragraph(words, Look { bold, align, size, ..Look::default() });
            let align = |place: usize| match place {
                0 if !numbers => "center",
                0 => "left",
                _ if numbers => "right",
                _ => "left",
            };
            let mut all: Vec<Vec<String>> =
                vec![columns.iter().map(|title| cell(title, true, "center", head)).collect()];
            all.extend(rows.iter().map(|row| {
                let words = |place: usize| row.get(place).map_or("", String::as_str);
                (0..columns.len()).map(|place| cell(words(place), false, align(place), 22)).collect()
            }));
            let numbered = columns.first().is_some_and(|title| title.starts_with('№'));
            let first = if numbered {
                1
            } else if numbers {
                5
            } else {
                3
            };
            let widths: Vec<u32> = (0..columns.len()).map(|place| if place == 0 { first } else { 3 }).collect();
            format!("{EMPTY}{}{EMPTY}", table(&all, &widths, true))
        }
    }
}

/// A figure, or what stands for none.
fn is_number(cell: &str) -> bool {
    cell.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".,%−+–—-".contains(c))
}

/// Width of the longest bar, in the format's units.
const BAR: u32 = 3400;

/// Bars as shaded cells: they open in every word processor, print, and can be edited as any table.
fn chart(title: &str, bars: &[Bar]) -> String {
    let mut out = paragraph(title, Look { size: 22, before: 120, keep: true, ..Look::default() });
    let rows: Vec<Vec<String>> = bars
        .iter()
        .map(|bar| {
            let small = |words: &str| paragraph(words, Look { size: 20, ..Look::default() });
            vec![small(&bar.title), shaded(bar.tenths), small(&bar.words)]
        })
        .collect();
    out += &table(&rows, &[33, 37, 30], false);
    out + EMPTY
}

/// A bar within its cell; one of no length is a hair.
fn shaded(tenths: u32) -> String {
    let long = (BAR * tenths.min(1000) / 1000).max(20);
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{long}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{long}"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="240" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{long}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="2F6F62"/></w:tcPr>{}</w:tc></w:tr></w:tbl>{}"#,
        paragraph("", Look { size: 8, ..Look::default() }),
        // A cell ends with a paragraph.
        paragraph("", Look { size: 2, ..Look::default() }),
    )
}

fn sign(s: &Signature) -> String {
    let small = Look { align: "center", size: 16, ..Look::default() };
    let line = format!(
        "{}{}",
        paragraph("________________", Look { align: "center", ..Look::default() }),
        paragraph("(подпись)", small)
    );
    let row = vec![paragraph(&s.post, Look::default()), line, paragraph(&s.name, Look::default())];
    table(&[row], &[8, 6, 6], false)
}

fn side(side: &Side) -> String {
    let mut cell = paragraph(&side.title, Look { bold: true, ..Look::default() });
    for line in &side.lines {
        cell += &paragraph(line, Look { size: 22, ..Look::default() });
    }
    cell += &paragraph(&side.signature.post, Look { before: 240, ..Look::default() });
    cell += &paragraph(&format!("______________ {}", side.signature.name), Look { before: 360, ..Look::default() });
    cell += &paragraph("(подпись)", Look { size: 16, ..Look::default() });
    cell + &paragraph("М. П.", Look { size: 20, ..Look::default() })
}

/// A table of whole cells: with lines, or only to put things beside each other.
fn table(rows: &[Vec<String>], widths: &[u32], ruled: bool) -> String {
    let sum = widths.iter().sum::<u32>().max(1);
    let widths: Vec<u32> = widths.iter().map(|width| TEXT_WIDTH * width / sum).collect();
    let style = if ruled { r#"<w:tblStyle w:val="Grid"/>"# } else { "" };
    let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let mut out = format!(
        r#"<w:tbl><w:tblPr>{style}<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
    );
    for (place, row) in rows.iter().enumerate() {
        // The header of a long table stands on every page.
        let header = if ruled && place == 0 { "<w:tblHeader/>" } else { "" };
        out += &format!("<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>");
        for (cell, width) in row.iter().zip(&widths) {
            out += &format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>"#);
        }
        out += "</w:tr>";
    }
    out + "</w:tbl>"
}

fn paragraph(words: &str, look: Look) -> String {
    let mut properties = String::new();
    if !look.style.is_empty() {
        properties += &format!(r#"<w:pStyle w:val="{}"/>"#, look.style);
    }
    if look.keep {
        properties += "<w:keepNext/>";
    }
    if look.before > 0 {
        properties += &format!(r#"<w:spacing w:before="{}"/>"#, look.before);
    }
    if look.indent > 0 {
        properties += &format!(r#"<w:ind w:left="{}"/>"#, look.indent);
    }
    if !look.align.is_empty() {
        properties += &format!(r#"<w:jc w:val="{}"/>"#, look.align);
    }
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(words, look))
}

fn run(words: &str, look: Look) -> String {
    let bold = if look.bold { "<w:b/>" } else { "" };
    let size =
        if look.size > 0 { format!(r#"<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>"#, look.size) } else { String::new() };
    let lines: Vec<String> =
        words.lines().map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, text(line))).collect();
    format!("<w:r><w:rPr>{bold}{size}</w:rPr>{}</w:r>", lines.join("<w:br/>"))
}

/// What XML allows; control characters it does not.
pub(crate) fn text(words: &str) -> String {
    let clean: String =
        words.chars().filter(|letter| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')).collect();
    escape(clean).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn order(text: &str) -> Paper {
        Paper {
            title: "Приказ <1>".to_owned(),
            issuer: vec!["Школа & лицей".to_owned()],
            kind: "ПРИКАЗ".to_owned(),
            number: "№ 5".to_owned(),
            heading: "О выезде".to_owned(),
            body: vec![
                Block::Text { text: text.to_owned() },
                Block::Table { columns: vec!["№".to_owned(), "Кто".to_owned()], rows: vec![vec!["1".to_owned()]] },
            ],
            signatures: vec![Signature {
                post: "Директор".to_owned(), name: "А. С. Петрова".to_owned()
            }],
            sides: vec![Side::default(), Side::default()],
            ..Paper::default()
        }
    }

    #[test]
    fn every_part_is_well_formed_and_the_text_is_in_it() {
        let bytes = write(&order("a < b & «c» \u{1}\u{0}]]>")).unwrap();
        for name in
            ["[Content_Types].xml", "word/document.xml", "word/styles.xml", "word/header1.xml", "docProps/core.xml"]
        {
            let xml = part(&bytes, name);
            let mut reader = quick_xml::Reader::from_str(&xml);
            loop {
                match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) {
                    quick_xml::events::Event::Eof => break,
                    _ => continue,
                }
            }
        }
        let document = part(&bytes, "word/document.xml");
        for words in ["Школа &amp; лицей", "a &lt; b &amp; «c» ]]&gt;", "А. С. Петрова", "№ 5"] {
            assert!(document.contains(words), "{words}");
        }
    }

    #[test]
    fn the_same_paper_is_the_same_file() {
        assert_eq!(write(&order("Один")).unwrap(), write(&order("Один")).unwrap());
    }

    #[test]
    fn a_row_too_short_keeps_its_cells() {
        let document = part(&write(&order("")).unwrap(), "word/document.xml");
        assert_eq!(document.matches("<w:tr>").count(), 6);
        // Line of number, heading, two rows of two, signature, two sides.
        assert_eq!(document.matches("<w:tc>").count(), 3 + 2 + 4 + 3 + 2);
    }
}
