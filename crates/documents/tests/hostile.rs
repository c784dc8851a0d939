//! Files made to do harm, and files broken on the way. Each is refused for its own reason or read
//! harmlessly; none may panic. Limits are asserted by their answer, not by a clock.

#![expect(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

#[cfg(test)]
mod support;

use documents::{Limits, Reason, Refusal, Workbook, read};
use proptest::prelude::*;
use support::{archive, honest, ods, sheet, xlsx};

fn open(bytes: &[u8]) -> Result<Workbook, Refusal> {
    read(bytes, Some("file.xlsx"), &Limits::upload())
}

fn reason(bytes: &[u8]) -> Reason {
    open(bytes).unwrap_err().reason
}

#[test]
fn the_control_is_readable() {
    let workbook = open(&honest()).unwrap();
    assert_eq!(workbook.sheets[0].rows.len(), 49);
    assert_eq!(workbook.sheets[0].rows[6].value(1).to_string(), "Имя 7");
}

#[test]
fn a_bomb_of_spaces_stops_before_it_is_unpacked() {
    let mut bomb = sheet("");
    bomb.extend(std::iter::repeat_n(b' ', 40 << 20));
    assert_eq!(reason(&xlsx(&bomb, &[])), Reason::TooLargeUnpacked);
}

#[test]
fn a_bomb_of_markup_stops_by_its_ratio() {
    let bomb = sheet(&r#"<row r="1"/>"#.repeat(1 << 20));
    assert_eq!(reason(&xlsx(&bomb, &[])), Reason::TooLargeUnpacked);
}

#[test]
fn a_bomb_in_a_part_that_is_only_looked_at() {
    let bomb = vec![b'<'; 16 << 20];
    let workbook = open(&xlsx(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), &[("docProps/core.xml", &bomb)]));
    assert!(workbook.is_ok(), "{workbook:?}");
}

#[test]
fn rows_and_cells_are_counted() {
    let limits = Limits { rows: 100, cells: 150, ..Limits::upload() };
    let row = |cells: &str| format!("<row>{cells}</row>");
    let rows = sheet(&row("<c><v>1</v></c>").repeat(101));
    assert_eq!(read(&xlsx(&rows, &[]), None, &limits).unwrap_err().reason, Reason::TooLarge);
    let cells = sheet(&row(&"<c><v>1</v></c>".repeat(151)));
    assert_eq!(read(&xlsx(&cells, &[]), None, &limits).unwrap_err().reason, Reason::TooLarge);
    let fitting = sheet(&row("<c><v>1</v></c>").repeat(100));
    assert!(read(&xlsx(&fitting, &[]), None, &limits).is_ok());
}

#[test]
fn texts_are_counted_once_each() {
    let limits = Limits { text: 100_000, ..Limits::upload() };
    let cell = |text: String| format!(r#"<row><c t="inlineStr"><is><t>{text}</t></is></c></row>"#);
    let equal: String = (0..5000).map(|_| cell("я".repeat(50))).collect();
    assert!(read(&xlsx(&sheet(&equal), &[]), None, &limits).is_ok());
    let different: String = (0..1000).map(|number| cell(format!("{number}{}", "я".repeat(1000)))).collect();
    assert_eq!(read(&xlsx(&sheet(&different), &[]), None, &limits).unwrap_err().reason, Reason::TooLarge);
}

#[test]
fn entities_are_refused_wherever_they_stand() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><sst><si><t>&c;</t></si></sst>"#;
    let outside = r#"<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd"><x/>"#;
    let cells = sheet(r#"<row><c t="s"><v>0</v></c></row>"#);
    for part in ["xl/sharedStrings.xml", "docProps/core.xml", "customXml/item1.xml", "xl/_rels/workbook.xml.rels"] {
        assert_eq!(reason(&xlsx(&cells, &[(part, laughs.as_bytes())])), Reason::EntityExpansion, "{part}");
        assert_eq!(reason(&xlsx(&cells, &[(part, outside.as_bytes())])), Reason::ExternalEntity, "{part}");
    }
    let undeclared = sheet(r#"<row><c t="inlineStr"><is><t>&canary;</t></is></c></row>"#);
    assert_eq!(reason(&xlsx(&undeclared, &[])), Reason::EntityExpansion);
    let late = format!("<!-- {} -->{laughs}", "x".repeat(5000));
    assert_eq!(reason(&xlsx(&cells, &[("xl/sharedStrings.xml", late.as_bytes())])), Reason::EntityExpansion);
}

#[test]
fn deep_nesting_and_endless_names() {
    let deep = sheet(&"<a>".repeat(10_000));
    assert_eq!(reason(&xlsx(&deep, &[])), Reason::Corrupted);
    let name = sheet(&format!("<{}/>", "a".repeat(1 << 20)));
    assert_eq!(reason(&xlsx(&name, &[])), Reason::TooLargeUnpacked);
    let attributes = sheet(&format!("<row {}><c><v>1</v></c></row>", "a=\"1\" ".repeat(20_000)));
    assert!(open(&xlsx(&attributes, &[])).is_ok());
}

#[test]
fn declared_sizes_are_not_believed() {
    let honest = honest();
    let mut checked = 0;
    // The sizes stand 20 and 24 bytes after the signature of each entry of the central directory.
    for at in honest.windows(4).enumerate().filter(|(_, bytes)| *bytes == b"PK\x01\x02").map(|(at, _)| at) {
        for size in [0_u32, 1, u32::MAX - 1] {
            let mut lying = honest.clone();
            lying[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
            let _ = open(&lying);
            lying[at + 20..at + 24].copy_from_slice(&size.to_le_bytes());
            let _ = open(&lying);
            checked += 1;
        }
    }
    assert!(checked >= 12);
}

#[test]
fn names_that_climb_out_are_only_names() {
    let climbing = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>"#;
    let bytes = xlsx(&sheet(""), &[("xl/_rels/workbook.xml.rels", climbing.as_bytes()), ("../../evil.xml", b"<x/>")]);
    assert_eq!(reason(&bytes), Reason::Empty);
    let found = xlsx(
        &sheet(""),
        &[("xl/_rels/workbook.xml.rels", climbing.as_bytes()), ("etc/passwd", &sheet(r#"<row><c><v>1</v></c></row>"#))],
    );
    assert!(open(&found).is_ok(), "a path inside the archive is a name like any other");
}

#[test]
fn cells_at_opposite_corners_cost_two_cells() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let workbook = open(&xlsx(&sheet(rows), &[])).unwrap();
    assert_eq!(workbook.sheets[0].rows.len(), 2);
    assert_eq!(workbook.sheets[0].rows[1].cells.len(), 1);
    assert_eq!(reason(&xlsx(&sheet(r#"<row r="1048577"><c><v>1</v></c></row>"#), &[])), Reason::Corrupted);
}

#[test]
fn repeated_cells_are_counted_as_often_as_they_stand() {
    let cell =
        r#"<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>"#;
    let filled = format!(r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#);
    assert_eq!(reason(&ods(&filled)), Reason::TooLarge);
    let blank = r#"<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="2000000000"/>b</text:p></table:table-cell></table:table-row>"#;
    let workbook = open(&ods(blank)).unwrap();
    assert_eq!(workbook.sheets[0].rows[0].number, 1_048_576);
    assert!(workbook.sheets[0].rows[0].value(0).to_string().len() < 300);
}

#[test]
fn many_parts_are_refused_before_they_are_listed() {
    let names: Vec<String> = (0..5000).map(|number| format!("x{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(reason(&archive(&parts)), Reason::TooLargeUnpacked);
}

#[test]
fn other_archives_are_no_tables() {
    assert_eq!(
        reason(&archive(&[("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<x/>")])),
        Reason::NotATable
    );
    assert_eq!(reason(&archive(&[("photo.jpg", b"x")])), Reason::NotATable);
    assert_eq!(reason(&archive(&[("xl/workbook.bin", b"x")])), Reason::UnsupportedFormat);
    let letter = r#"<office:document-content xmlns:office="o"><office:body><office:text/></office:body></office:document-content>"#;
    assert_eq!(reason(&archive(&[("mimetype", b"x"), ("content.xml", letter.as_bytes())])), Reason::NotATable);
    let manifest = r#"<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"#;
    let closed =
        archive(&[("mimetype", b"x"), ("META-INF/manifest.xml", manifest.as_bytes()), ("content.xml", b"\x01\x02")]);
    assert_eq!(reason(&closed), Reason::PasswordProtected);
}

#[test]
fn a_file_cut_short_is_corrupted() {
    let honest = honest();
    for cut in (30..honest.len() - 1).step_by(37) {
        assert_eq!(reason(&honest[..cut]), Reason::Corrupted, "cut at {cut}");
    }
}

#[test]
fn nothing_at_all() {
    assert_eq!(reason(b""), Reason::Empty);
    assert_eq!(reason(b"\r\n \t"), Reason::Empty);
    assert_eq!(reason(&xlsx(&sheet(""), &[])), Reason::Empty);
    assert_eq!(reason(b";;;\n;;;\n"), Reason::Empty);
    let limits = Limits { input: 10, ..Limits::upload() };
    assert_eq!(read(b"12345678901", None, &limits).unwrap_err().reason, Reason::TooLarge);
}

proptest! {
    #[test]
    fn random_bytes_never_panic(
        head in prop::sample::select(vec![
            b"".as_slice(), b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"<html><table>", b"\xFF\xFE", b"sep=;\n",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..2000),
    ) {
        let _ = open(&[head, &rest].concat());
    }

    #[test]
    fn a_spoilt_file_never_panics(place in 0_usize..5000, bytes in prop::collection::vec(any::<u8>(), 1..8)) {
        let mut spoilt = honest();
        let place = place % (spoilt.len() - bytes.len());
        spoilt[place..place + bytes.len()].copy_from_slice(&bytes);
        let _ = open(&spoilt);
    }

    #[test]
    fn spoilt_markup_never_panics(piece in "[<>/&;\"'a-z0-9 =:]{0,200}") {
        let _ = open(&xlsx(&sheet(&piece), &[]));
        let _ = open(&ods(&piece));
        let _ = read(format!("<html><table><tr><td>{piece}").as_bytes(), None, &Limits::upload());
    }
}
