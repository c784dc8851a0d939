use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{Format, FormatBorder, Formula, Workbook};
use zip::write::SimpleFileOptions;

use super::{Entry, Filling, Form, Put, fill, open};
use crate::Reason;
use crate::model::Sheet;
use crate::read;

fn entry(row: u32, column: u16, put: Put) -> Entry {
    Entry { row, column, put }
}

fn shown(sheet: &Sheet, row: u32, column: u16) -> String {
    sheet.rows.iter().find(|r| r.number == row).map(|r| r.value(column).to_string()).unwrap_or_default()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A blank with a header, two rows to fill, a sum, a signature and a second sheet that looks at the first.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let ruled = Format::new().set_border(FormatBorder::Thin);
    let percents = Format::new().set_num_format("0.0%");
    let sheet = book.add_worksheet().set_name("Сводка").unwrap();
    sheet.merge_range(0, 0, 0, 2, "Сведения о победителях", &ruled).unwrap();
    for (column, title) in [(0, "Школа"), (1, "Участников"), (2, "Доля")] {
        sheet.write_string_with_format(1, column, title, &ruled).unwrap();
    }
    for row in [2, 3] {
        sheet.write_blank(row, 0, &ruled).unwrap();
        sheet.write_blank(row, 1, &ruled).unwrap();
        sheet.write_blank(row, 2, &percents).unwrap();
    }
    sheet.write_string(4, 0, "Итого").unwrap();
    sheet.write_formula(4, 1, Formula::new("=SUM(B3:B4)").set_result("0")).unwrap();
    sheet.write_string(6, 0, "Директор").unwrap();
    sheet.merge_range(6, 1, 6, 2, "подпись", &ruled).unwrap();
    let other = book.add_worksheet().set_name("Справка").unwrap();
    other.write_formula(0, 0, "=Сводка!B5*2").unwrap();
    other.write_string(1, 0, "Не трогать").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_is_filled_and_nothing_else_changes() {
    let bytes = workbook();
    assert_eq!(open(&bytes, "x.xlsx").unwrap().form, Form::Xlsx);
    let entries = vec![
        entry(3, 0, Put::Text("=Белая & <школа>".into())),
        entry(3, 1, Put::Number(7.0)),
        entry(3, 2, Put::Percents(12.5)),
        entry(4, 1, Put::Mark),
        entry(2, 0, Put::Text("чужое".into())),
        entry(5, 1, Put::Number(99.0)),
    ];
    let filled = fill(&bytes, Form::Xlsx, &Filling { sheet: 0, template: 3, inserted: 0, entries }).unwrap();
    let book = read(&filled, None, &crate::Limits::default()).unwrap();
    let first = &book.sheets[0];
    assert_eq!(shown(first, 3, 0), "=Белая & <школа>");
    assert_eq!((shown(first, 3, 1), shown(first, 3, 2)), ("7".into(), "0.125".into()));
    // What the sender wrote stays, formulas too.
    assert_eq!(shown(first, 2, 0), "Школа");
    assert!(part(&filled, "xl/worksheets/sheet1.xml").contains("<f>SUM(B3:B4)</f>"));
    assert_eq!(first.merges, open(&bytes, "x.xlsx").unwrap().sheets[0].merges);
    assert!(part(&filled, "xl/styles.xml").contains("FFFFFF00"));
    assert_eq!(part(&filled, "xl/worksheets/sheet2.xml"), part(&bytes, "xl/worksheets/sheet2.xml"));
    assert!(part(&filled, "xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
}

#[test]
fn rows_that_do_not_fit_push_the_rest_down_with_its_sums_and_merges() {
    let bytes = workbook();
    let entries = (3..8).map(|row| entry(row, 1, Put::Number(f64::from(row)))).collect();
    let filled = fill(&bytes, Form::Xlsx, &Filling { sheet: 0, template: 4, inserted: 3, entries }).unwrap();
    let first = &read(&filled, None, &crate::Limits::default()).unwrap().sheets[0];
    assert_eq!(
        (shown(first, 7, 1), shown(first, 8, 0), shown(first, 10, 0)),
        ("7".into(), "Итого".into(), "Директор".into())
    );
    let xml = part(&filled, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("<f>SUM(B3:B7)</f>"), "{xml}");
    assert!(first.merges.iter().any(|m| (m.first_row, m.first_column) == (10, 1)));
    assert!(part(&filled, "xl/worksheets/sheet2.xml").contains("Сводка!B8*2"));
    // An inserted row looks like its pattern.
    assert!(xml.matches("r=\"C6\" s=").count() == 1, "{xml}");
}

fn letter(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Запрос</w:t></w:r></w:p>{body}</w:body></w:document>"
    );
    for (name, text) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", document.as_str())] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn row(cells: &[&str]) -> String {
    let cell = |words: &&str| {
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"9\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p></w:tc>"
        )
    };
    format!("<w:tr w:rsidR=\"1\">{}</w:tr>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn a_table_of_a_letter_is_filled_and_grows() {
    let bytes = letter(&format!("<w:tbl>{}{}{}</w:tbl>", row(&["ФИО", "Класс"]), row(&["", ""]), row(&["Итого", ""])));
    let blank = open(&bytes, "x.docx").unwrap();
    assert_eq!(blank.captions, ["Запрос\n"]);
    assert_eq!((blank.form, shown(&blank.sheets[0], 1, 1).trim()), (Form::Docx, "Класс"));
    let entries = vec![
        entry(2, 0, Put::Text("Иванов & Ко".into())),
        entry(2, 1, Put::Mark),
        entry(3, 1, Put::Number(7.5)),
        entry(1, 0, Put::Text("чужое".into())),
    ];
    let filled = fill(&bytes, Form::Docx, &Filling { sheet: 0, template: 2, inserted: 1, entries }).unwrap();
    let sheet = &open(&filled, "x.docx").unwrap().sheets[0];
    let at = |row, column| shown(sheet, row, column).trim().to_owned();
    assert_eq!(
        (at(1, 0), at(2, 0), at(3, 1), at(4, 0)),
        ("ФИО".into(), "Иванов & Ко".into(), "7,5".into(), "Итого".into())
    );
    let xml = part(&filled, "word/document.xml");
    assert!(xml.contains("w:fill=\"FFFF00\"/><w:vAlign"), "{xml}");
    assert!(xml.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Иванов &amp; Ко"), "{xml}");
}

#[test]
fn merged_titles_of_a_letter_are_regions() {
    let wide = "<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>ФИО</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>Итоги</w:t></w:r></w:p></w:tc></w:tr>";
    let low = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>Место</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Балл</w:t></w:r></w:p></w:tc></w:tr>";
    let blank = open(&letter(&format!("<w:tbl>{wide}{low}</w:tbl>")), "x.docx").unwrap();
    let sheet = &blank.sheets[0];
    assert_eq!(shown(sheet, 2, 2).trim(), "Балл");
    assert!(sheet.merges.iter().any(|m| m.contains(1, 2) && m.contains(1, 1)), "{:?}", sheet.merges);
    assert!(sheet.merges.iter().any(|m| m.contains(2, 0) && m.contains(1, 0)), "{:?}", sheet.merges);
}

#[test]
fn what_is_no_blank_is_refused_with_its_reason() {
    let reason = |bytes: &[u8]| open(bytes, "x").unwrap_err().reason;
    assert_eq!(reason(b""), Reason::Empty);
    assert_eq!(reason(&letter("")), Reason::NotATable);
    assert_eq!(reason("ФИО;Класс\nИванов;7\n".as_bytes()), Reason::UnsupportedFormat);
    assert_eq!(reason(&letter(&format!("<w:tbl>{}</w:tbl>", row(&["", ""])))), Reason::Empty);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["xl/workbook.xml", "xl/vbaProject.bin"] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
    }
    assert_eq!(reason(&archive.finish().unwrap().into_inner()), Reason::Macros);
    assert!(open(&workbook()[..900], "x.xlsx").is_err());
}
