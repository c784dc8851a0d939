//! A file is the list as it was seen, opened by somebody else's spreadsheet.
use crate::{
    app::{Answer, TestApp},
    make,
};
use calamine::{Data, Reader as _, Xlsx};
use kit::{Chance, Clock, Visit, access::Viewer, db::testing::both_engines};
use sozvezdie::{
    organisations::{Kind, OrganisationState},
    roles::{self, Role},
    slices::MIGRATIONS,
};
use std::io::Cursor;

const EVIL: [&str; 5] = ["=cmd|'/c calc'!A1", "+7(4722)1", "-2+3", "@SUM(A1)", "\t=1+1"];

/// An organisation that is called like a formula, and one with what breaks delimited files.
async fn with_evil_names(app: &TestApp) {
    let clock = Clock::fixed(crate::app::now());
    let viewer = Viewer::guest(roles::policy);
    let visit = Visit::by_program(app.net(), app.app.db.directory(), viewer, &clock, Chance::seeded(9));
    let mut tx = visit.net.begin().await.unwrap();
    for name in EVIL.iter().copied().chain(["Точка; с «запятой»\nи \"строкой\""]) {
        make::organisation(&mut tx, &visit, &make::plain(Kind::Additional, name), OrganisationState::Active).await;
    }
    tx.commit().await.unwrap();
}

/// The first sheet as text, and whether a cell is a formula.
fn sheet(answer: &Answer) -> (Vec<Vec<String>>, usize) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("not a text: {other:?}"),
    };
    let formulas = book.worksheet_formula(&name).map_or(0, |f| f.used_cells().count());
    (range.rows().map(|row| row.iter().map(text).collect()).collect(), formulas)
}

fn records(answer: &Answer) -> Vec<Vec<String>> {
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark by which Excel knows UTF-8");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_spreadsheet_holds_what_the_list_shows(db: Db) {
        let app = TestApp::new(db).await;
        with_evil_names(&app).await;
        let browser = app.as_role(Role::Head).await;
        let answer = browser.get("/organisations/export.xlsx?kind=additional&sort=-name").await.expect(200);
        let name = answer.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\"organisations-2026-11-24-"), "{name}");
        assert!(name.contains("filename*=UTF-8''%D0%9E%D1%80%D0%B3"), "what it holds, in Russian: {name}");
        let (rows, formulas) = sheet(&answer);
        assert_eq!(formulas, 0);
        let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        for evil in EVIL {
            // What looks like a formula is a text, and reads as it was written.
            assert!(names.contains(&evil), "{evil:?} is not in {names:?}");
        }
        assert!(!names.contains(&"Майская гимназия"), "the filter holds in the file too");
        let listed = browser.get("/api/v1/organisations?kind=additional&sort=-name").await.json();
        let listed: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|o| o["short_name"].as_str().unwrap()).collect();
        let kept: Vec<&str> = names.into_iter().filter(|n| listed.contains(n)).collect();
        assert_eq!(kept, listed, "in the same order");
        let all = rows.concat().join(" ").replace('\u{a0}', " ");
        assert!(all.contains("head") && all.contains("24 ноября 2026"), "says who made it and when: {all}");
    }

    async fn a_report_says_in_full_who_made_it_and_what_for(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let path = "/reports/district?from=2025-2026&to=2025-2026&format=xlsx";
        assert_eq!(browser.get(&format!("{path}&why=%20")).await.code(), 422, "no purpose is none");
        let answer = browser.get(&format!("{path}&why=council")).await.expect(200);
        let name = answer.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\"district-2025-2026-2026-11-24-10-00.xlsx\""), "{name}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.to_vec())).unwrap();
        let first = book.sheet_names()[0].clone();
        let range = book.worksheet_range(&first).unwrap();
        let all: Vec<String> = range.used_cells().map(|(_, _, cell)| cell.to_string().replace('\u{a0}', " ")).collect();
        let made = all.iter().find(|text| text.contains("council")).expect("what for");
        for words in ["Анна Учебновна", "специалист управления образования", "24 ноября 2026"] {
            assert!(made.contains(words), "{words} is not in {made}");
        }
    }

    async fn a_delimited_file_opens_by_a_double_click(db: Db) {
        let app = TestApp::new(db).await;
        with_evil_names(&app).await;
        let answer = app.anon().get("/organisations/export.csv?kind=additional").await.expect(200);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        let rows = records(&answer);
        let width = rows[0].len();
        assert!(width >= 7, "{rows:?}");
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} would be taken for a formula");
        }
        let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        for evil in EVIL {
            assert!(names.contains(&format!("'{evil}").as_str()), "{evil:?} is not in {names:?}");
        }
        assert!(names.contains(&"Точка; с «запятой»\nи \"строкой\""), "{names:?}");
    }

    async fn the_head_of_the_file_speaks_the_readers_language(db: Db) {
        let app = TestApp::new(db).await;
        let mut browser = app.anon();
        let russian = records(&browser.get("/organisations/export.csv").await);
        browser.lang = kit::Lang::En;
        let english = records(&browser.get("/organisations/export.csv").await);
        assert_ne!(russian[0], english[0]);
        assert_eq!(russian[1][0], english[1][0], "what people typed is not translated");
    }
}
