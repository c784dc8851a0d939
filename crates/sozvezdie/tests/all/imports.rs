//! Files into the registers, as a browser and a program send them.
use crate::app::{Answer, Client, TestApp};
use kit::db::testing::both_engines;
use sozvezdie::{roles::Role, slices::MIGRATIONS};
use std::io::Cursor;

const REGISTRY: &[u8] = include_bytes!("../../../intake/tests/samples/organisations-registry.xlsx");
const LOCKED: &[u8] = include_bytes!("../../../intake/tests/samples/password-protected.xlsx");
const CATALOGUE: &[u8] = include_bytes!("../../../intake/tests/samples/resources-catalogue.tsv");

/// The form of the first step with a file.
async fn upload(client: &Client, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    if let Some((name, content)) = file {
        body.extend(
            format!("--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
                .into_bytes(),
        );
        body.extend(content);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    client.call("POST", path).raw("multipart/form-data; boundary=edge", body).send().await
}

/// The batch's address, out of the address of its columns.
fn batch(answer: &Answer) -> String {
    answer.location().strip_suffix("/columns").unwrap_or_else(|| panic!("{:?}", answer.location())).to_owned()
}

async fn taken(client: &Client, kind: &str, name: &str, content: &[u8]) -> String {
    batch(&upload(client, "/imports", &[("kind", kind)], Some((name, content))).await.expect(303))
}

async fn total(client: &Client, list: &str) -> i64 {
    client.get(list).await.expect(200).json()["total"].as_i64().unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_registry_goes_through_every_step_and_back(db: Db) {
        let app = TestApp::new(db).await;
        let department = app.as_role(Role::DepartmentSpecialist).await;
        let before = total(&department, "/api/v1/organisations").await;
        let here = taken(&department, "organisations", "Реестр школ.xlsx", REGISTRY).await;
        let columns = department.get(&format!("{here}/columns")).await.expect(200).text();
        assert!(columns.contains("Строка для письма") && columns.contains("вычислено по формуле"), "{columns}");
        let preview = department.get(&format!("{here}/preview")).await.expect(200).text();
        assert!(preview.contains("это не адрес электронной почты"), "{preview}");

        // A bad cell is mended on the spot, then the rest goes in.
        let cell = [("sheet", "1"), ("row", "13"), ("field", "email"), ("text", "school@example.invalid"), ("status", "error")];
        let mended = department.post(&format!("{here}/cells"), &cell).await.expect(303);
        assert_eq!(mended.location(), format!("{here}/preview?status=error"));
        let errors = department.get(mended.location()).await.expect(200).text();
        assert!(!errors.contains("это не адрес электронной почты"), "{errors}");
        department.post(&format!("{here}/application"), &[("key", "one")]).await.expect(303);
        let added = total(&department, "/api/v1/organisations").await - before;
        assert_eq!(added, 19, "25 rows: two with errors, two doubles, two that were there");
        let summary = department.get(&here).await.expect(200).text();
        assert!(summary.contains("Реестр школ.xlsx") && summary.contains("Отменить загрузку"), "{summary}");

        // The same file once more is told.
        let again = taken(&department, "organisations", "copy.xlsx", REGISTRY).await;
        let columns = department.get(&format!("{again}/columns")).await.expect(200).text();
        assert!(columns.contains("уже загружали") && columns.contains(&here), "{columns}");

        department.post(&format!("{here}/reversal"), &[("key", "two")]).await.expect(303);
        assert_eq!(total(&department, "/api/v1/organisations").await, before);
        assert!(department.get("/imports").await.expect(200).text().contains("отменено"));
    }

    async fn a_refused_file_keeps_what_was_typed(db: Db) {
        let app = TestApp::new(db).await;
        let department = app.as_role(Role::DepartmentSpecialist).await;
        let refused = upload(&department, "/imports", &[("kind", "organisations")], Some(("a.xlsx", LOCKED))).await.expect(422).text();
        assert!(refused.contains("Файл закрыт паролем"), "{refused}");
        let fields = [("kind", "organisations"), ("table", "%PDF-1.7 мусор"), ("area_code", "дом")];
        let refused = upload(&department, "/imports", &fields, None).await.expect(422).text();
        assert!(refused.contains("%PDF-1.7 мусор") && refused.contains("Код города"), "{refused}");
        upload(&department, "/imports", &[("kind", "organisations")], None).await.expect(422);
        upload(&department, "/imports", &[("kind", "nonsense")], Some(("a.xlsx", REGISTRY))).await.expect(422);
        let huge = vec![b'a'; 21 * 1024 * 1024];
        upload(&department, "/imports", &[("kind", "organisations")], Some(("a.csv", &huge))).await.expect(413);
        department.call("POST", "/imports").raw("multipart/form-data; boundary=edge", "--edge\r\nnonsense").send().await.expect(422);
    }

    async fn a_pasted_table_is_as_good_as_a_file(db: Db) {
        let app = TestApp::new(db).await;
        let department = app.as_role(Role::DepartmentSpecialist).await;
        let fields = [("kind", "organisations"), ("table", "Наименование\tАдрес\nПятая школа\tул. Школьная, 5\n")];
        let here = batch(&upload(&department, "/imports", &fields, Some(("", b""))).await.expect(303));
        department.post(&format!("{here}/application"), &[]).await.expect(303);
        assert_eq!(department.get("/api/v1/organisations?q=пятая").await.expect(200).json()["total"], 1);
    }

    async fn columns_that_make_no_sense_are_shown_again(db: Db) {
        let app = TestApp::new(db).await;
        let department = app.as_role(Role::DepartmentSpecialist).await;
        let here = taken(&department, "organisations", "a.xlsx", REGISTRY).await;
        let twice = department.post(&format!("{here}/columns"), &[("c-1-0", "name"), ("c-1-2", "name")]).await.expect(422).text();
        assert!(twice.contains("Оставьте в одном") && twice.contains("id=\"f-c-1-2\""), "{twice}");
        department.post(&format!("{here}/columns"), &[("c-1-0", "address")]).await.expect(422);
        let choice = department.post(&format!("{here}/decisions"), &[("d-0", "add")]).await.expect(422).text();
        assert!(choice.contains("Исправьте"), "{choice}");
    }

    async fn what_somebody_else_did_is_said_over_the_page(db: Db) {
        let app = TestApp::new(db).await;
        let department = app.as_role(Role::DepartmentSpecialist).await;
        let here = taken(&department, "organisations", "a.xlsx", REGISTRY).await;
        // The same press twice is one; another's press comes too late.
        for _ in 0..2 {
            department.post(&format!("{here}/application"), &[("key", "mine")]).await.expect(303);
        }
        let late = department.post(&format!("{here}/application"), &[("key", "theirs")]).await.expect(409).text();
        assert!(late.contains("уже закончили"), "{late}");
        department.post(&format!("{here}/cancellation"), &[("key", "late")]).await.expect(409);
        department.get(&format!("{here}/preview")).await.expect(303);
    }

    async fn the_file_comes_back_with_its_bad_cells_marked(db: Db) {
        let app = TestApp::new(db).await;
        let department = app.as_role(Role::DepartmentSpecialist).await;
        let here = taken(&department, "organisations", "a.xlsx", REGISTRY).await;
        let file = department.get(&format!("{here}/errors.xlsx")).await.expect(200);
        let mut workbook = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(Cursor::new(file.body.to_vec())).unwrap();
        let sheet = calamine::Reader::worksheet_range(&mut workbook, "Реестр").unwrap();
        let row: Vec<String> = sheet.rows().nth(12).unwrap().iter().map(ToString::to_string).collect();
        assert!(row.last().unwrap().contains("school(at)demo"), "{row:?}");
    }

    async fn a_deputy_head_brings_in_the_own_organisation_only(db: Db) {
        let app = TestApp::new(db).await;
        let deputy = app.as_role(Role::DeputyHead).await;
        upload(&deputy, "/imports", &[("kind", "organisations")], Some(("a.xlsx", REGISTRY))).await.expect(403);
        let table = "Название;Вид ресурса;Владелец;Вместимость\nТеплица;кабинет;Майская гимназия;15\nАвтобус;транспорт;Журавлёвская СОШ;20\n\
                     Кабинет робототехники;кабинет;;\nНечто;кабинет;Никакая СОШ;3\n";
        let here = taken(&deputy, "resources", "a.csv", table.as_bytes()).await;
        let shown = deputy.get(&format!("/api/v1{here}")).await.expect(200).json();
        let of = |i: usize| shown["rows"]["items"][i]["status"].as_str().unwrap().to_owned();
        assert_eq!([of(0), of(1), of(2), of(3)], ["new", "error", "new", "error"], "{shown:#}");
        assert_eq!(shown["counts"]["warning"], 1, "the capacity that nobody gave is told");
        let before = total(&deputy, "/api/v1/resources").await;
        deputy.post(&format!("{here}/application"), &[]).await.expect(303);
        assert_eq!(total(&deputy, "/api/v1/resources").await, before + 2);
        // Others do not know of it.
        for key in ["other_deputy", "garden_head"] {
            let other = app.as_person(key).await;
            other.get(&here).await.expect(404);
            assert!(!other.get("/imports").await.expect(200).text().contains(&here));
        }
        deputy.post(&format!("{here}/reversal"), &[]).await.expect(303);
        assert_eq!(total(&deputy, "/api/v1/resources").await, before);
    }

    async fn a_program_imports_and_takes_back(db: Db) {
        let app = TestApp::new(db).await;
        let program = app.program("department_specialist").await;
        let made = upload(&program, "/api/v1/imports", &[("kind", "resources")], Some(("каталог.tsv", CATALOGUE))).await.expect(201);
        let (here, body) = (made.location().to_owned(), made.json());
        assert_eq!(body["state"], "ready");
        assert_eq!(body["counts"]["rows"], 28);
        let known = |n: &str| body["counts"][n].as_i64().unwrap();
        assert!(known("error") > 4, "owners of the sample are not in the small network: {body:#}");
        let done = program.json("POST", &format!("{here}/application"), serde_json::json!({})).await.expect(200).json();
        assert_eq!((done["state"].as_str(), done["tally"]["added"].as_i64()), (Some("applied"), Some(known("new"))));
        program.json("POST", &format!("{here}/application"), serde_json::json!({})).await.expect(409);
        let undone = program.json("POST", &format!("{here}/reversal"), serde_json::json!({})).await.expect(200).json();
        assert_eq!((undone["state"].as_str(), undone["kept"].as_i64()), (Some("undone"), Some(0)));
        let refused = upload(&program, "/api/v1/imports", &[("kind", "resources")], Some(("a.xlsx", LOCKED))).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "file", "{refused}");
    }
}
