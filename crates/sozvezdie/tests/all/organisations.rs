//! Keeping the registry: add, edit, rename, suspend, reorganise; two people at one record.
use crate::{
    app::{Answer, Client, TestApp},
    html::{self, Form},
};
use chrono::Duration;
use kit::{
    Lang,
    db::{args, testing::both_engines},
};
use sozvezdie::{roles::Role, slices::MIGRATIONS};
use uuid::Uuid;

async fn edit_form(client: &Client, id: Uuid) -> Form {
    let page = client.get(&format!("/organisations/{id}/edit")).await.expect(200);
    Form::of(&page.text(), &format!("/organisations/{id}"))
}

/// The words of a page, which must be a sound one.
#[track_caller]
fn words(answer: &Answer) -> String {
    assert_eq!(html::page_faults(&answer.text()), Vec::<String>::new());
    html::words(&answer.text())
}

async fn record(client: &Client, id: Uuid) -> serde_json::Value {
    client.get(&format!("/api/v1/organisations/{id}")).await.expect(200).json()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn an_organisation_is_added_and_shown(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let page = browser.get("/organisations/new").await.expect(200);
        let form = Form::of(&page.text(), "/organisations")
            .set("kind", "general")
            .set("name", "  Муниципальное   учреждение «Ёлкинская СОШ» ")
            .set("short_name", "Ёлкинская СОШ")
            .set("phones", "39-25-75")
            .set("about", "Первая строка\r\n\r\nВторая <строка>");
        let answer = browser.submit(&form).await.expect(303);
        assert_eq!(answer.cookie(kit::visit::FLASH_COOKIE).as_deref(), Some("done-organisation-added"));
        let shown = words(&browser.get(answer.location()).await.expect(200));
        for part in ["Муниципальное учреждение «Ёлкинская СОШ»", "+7 4722 39-25-75", "Первая строка", "Вторая <строка>"] {
            assert!(shown.replace('\u{a0}', " ").contains(part), "{part} is not in {shown}");
        }
        assert_eq!(record(&app.anon(), answer.new_id()).await["state"], "active");
    }

    async fn a_form_that_is_wrong_keeps_what_was_typed(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let page = browser.get("/organisations/new").await.expect(200);
        let form = Form::of(&page.text(), "/organisations").set("address", "с. Примерное, «дом» <1>").set("inn", "123").set("email", "нет");
        let answer = browser.submit(&form).await.expect(422);
        assert_eq!(html::page_faults(&answer.text()), Vec::<String>::new());
        let again = Form::of(&answer.text(), "/organisations");
        for name in ["address", "inn", "email"] {
            assert_eq!(again.get(name), form.get(name));
        }
        // Each wrong field says so at its place and in the summary above.
        for field in ["name", "kind", "inn", "email"] {
            assert!(answer.text().contains(&format!("id=\"e-{field}\"")) && answer.text().contains(&format!("href=\"#f-{field}\"")), "{field}");
        }
        let english = Client { lang: Lang::En, ..browser.clone() };
        assert_ne!(words(&english.submit(&form).await), words(&answer), "in the reader's language");
    }

    async fn a_number_belongs_to_one(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let form = edit_form(&browser, app.world.own).await.set("ogrn", "1023100509794");
        let known = intake::values::requisites::ogrn("1023100509794").is_some();
        let ogrn = if known { "1023100509794" } else { "1027700132195" };
        browser.submit(&form.set("ogrn", ogrn)).await.expect(303);
        let refused = browser.submit(&edit_form(&browser, app.world.other).await.set("ogrn", ogrn)).await.expect(422);
        assert!(refused.text().contains("id=\"e-ogrn\""));
        assert_eq!(record(&browser, app.world.other).await["ogrn"], serde_json::Value::Null);
    }

    async fn the_second_of_two_editors_sees_whose_change_it_was(db: Db) {
        let app = TestApp::new(db).await;
        let (head, deputy) = (app.as_role(Role::Head).await, app.as_role(Role::DeputyHead).await);
        let (mine, theirs) = (edit_form(&head, app.world.own).await, edit_form(&deputy, app.world.own).await);
        deputy.submit(&theirs.set("address", "ул. Заместителя, 2").set("about", "Их слова")).await.expect(303);
        let mine = mine.set("address", "ул. Директора, 1").set("licence", "Л-77");
        let answer = head.submit(&mine).await.expect(409);
        let shown = words(&answer);
        for part in ["deputy_head", "ул. Заместителя, 2", "ул. Директора, 1", "Их слова", "Л-77"] {
            assert!(shown.contains(part), "{part} is not in {shown}");
        }
        assert_eq!(record(&head, app.world.own).await["address"], "ул. Заместителя, 2", "nothing was overwritten");
        // «Сохранить мои правки»: the page holds all of mine, and the version of theirs.
        let keep = Form::of(&answer.text(), &mine.action);
        assert_eq!((keep.get("address"), keep.get("licence")), ("ул. Директора, 1", "Л-77"));
        assert_ne!(keep.get("version"), mine.get("version"));
        head.submit(&keep).await.expect(303);
        assert_eq!(record(&head, app.world.own).await["address"], "ул. Директора, 1");
        let history = words(&head.get(&format!("/organisations/{}?tab=history", app.world.own)).await.expect(200));
        assert!(history.contains("head") && history.contains("deputy_head"), "{history}");
    }

    async fn a_name_is_dated(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let id = app.world.other;
        let page = browser.get(&format!("/organisations/{id}/names/new")).await.expect(200);
        let form = Form::of(&page.text(), &format!("/organisations/{id}/names"))
            .set("name", "МАОУ «Журавлёвский лицей»")
            .set("short_name", "Журавлёвский лицей");
        for (from, wrong) in [("2099-01-01", true), ("вчера", true), ("01.09.2026", false)] {
            let answer = browser.submit(&form.clone().set("from", from)).await;
            assert_eq!(answer.code(), if wrong { 422 } else { 303 }, "{from}: {}", answer.text());
            if wrong {
                assert_eq!(Form::of(&answer.text(), &form.action).get("from"), from, "what was typed stays");
            }
            // A form's key is for one attempt: the page gives a new one.
        }
        let names = words(&app.anon().get(&format!("/organisations/{id}?on=2015-09-01")).await.expect(200));
        assert!(names.contains("Журавлёвский лицей") && names.contains("Журавлёвская СОШ"), "{names}");
        let now = record(&app.anon(), id).await;
        // The name of the first entry is of today, the new one of September: today's stays on top.
        assert_eq!(now["short_name"], "Журавлёвская СОШ");
        let later = app.later(Duration::days(30));
        let browser = later.as_role(Role::DepartmentSpecialist).await;
        let page = browser.get(&format!("/organisations/{id}/names/new")).await.expect(200);
        let form = Form::of(&page.text(), &format!("/organisations/{id}/names")).set("name", "Журавлёвский лицей").set("short_name", "Лицей");
        browser.submit(&form).await.expect(303);
        assert_eq!(record(&browser, id).await["short_name"], "Лицей");
        let found = words(&browser.get("/search?q=лицей").await.expect(200));
        assert!(found.contains("Лицей"), "{found}");
    }

    async fn states_go_along_their_table(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let press = async |id: Uuid, action: &str| browser.post(&format!("/organisations/{id}/{action}"), &[]).await;
        let (a, b, c) = (app.world.own, app.world.other, app.world.station);
        press(a, "activation").await.expect(409);
        press(a, "suspension").await.expect(303);
        assert_eq!(record(&app.anon(), a).await["state"], "suspended");
        assert_eq!(html::page_faults(&press(a, "suspension").await.expect(409).text()), Vec::<String>::new());
        press(a, "activation").await.expect(303);
        press(app.world.draft, "activation").await.expect(303);

        // A goes over into B, and B into C: each keeps its own record and its way on.
        let goes = async |from: Uuid, into: Uuid, on: &str| {
            let page = browser.get(&format!("/organisations/{from}/reorganisation")).await.expect(200);
            let form = Form::of(&page.text(), &format!("/organisations/{from}/reorganisation"));
            browser.submit(&form.set("successor", &into.to_string()).set("on", on).set("reason", "Приказ № 7")).await
        };
        goes(a, a, "2026-09-01").await.expect(422);
        goes(a, app.world.stranger.organisation, "2026-09-01").await.expect(422);
        goes(a, b, "2027-09-01").await.expect(422);
        goes(a, b, "2026-09-01").await.expect(303);
        goes(b, a, "2026-09-01").await.expect(422);
        goes(b, c, "2026-10-01").await.expect(303);
        let middle = words(&app.anon().get(&format!("/organisations/{b}")).await.expect(200));
        assert!(middle.contains("Майская гимназия") && middle.contains("Станция юных натуралистов"), "{middle}");
        let first = words(&app.anon().get(&format!("/organisations/{a}")).await.expect(200));
        assert!(first.contains("Журавлёвская СОШ") && first.contains("01.09.2026"), "{first}");
        for action in ["activation", "suspension", "closure"] {
            press(a, action).await.expect(409);
        }
        press(c, "closure").await.expect(303);
        press(c, "activation").await.expect(409);
    }

    async fn what_was_being_typed_comes_back_until_it_is_saved(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let typed = [("kind", "preschool"), ("name", "Детский сад «Ёжик»"), ("password", "тайна"), ("focuses", "tekhnicheskoe"), ("focuses", "hudozhestvennoe")];
        browser.call("POST", "/drafts/organisation-new").form(&typed).send().await.expect(204);
        let page = browser.get("/organisations/new").await.expect(200);
        let form = Form::of(&page.text(), "/organisations");
        assert_eq!((form.get("kind"), form.get("name")), ("preschool", "Детский сад «Ёжик»"));
        assert_eq!(form.fields.iter().filter(|(name, _)| name == "focuses").count(), 2);
        let kept: Vec<(String,)> = app.net().all("SELECT body FROM draft WHERE network_id = $1", args![]).await.unwrap();
        assert!(!kept[0].0.contains("password"), "{kept:?}");
        // Nobody else's, and nothing after it was saved.
        let other = app.as_person("draft_keeper").await;
        other.call("POST", "/drafts/organisation-new").form(&[("name", "Чужое")]).send().await.expect(204);
        assert!(!browser.get("/organisations/new").await.text().contains("Чужое"));
        browser.submit(&form).await.expect(303);
        assert!(!browser.get("/organisations/new").await.text().contains("Ёжик"));
        // A draft of an edit is the record's own.
        let draft = format!("/drafts/organisation-{}", app.world.own);
        browser.call("POST", &draft).form(&[("kind", "general"), ("address", "Недописано")]).send().await.expect(204);
        assert_eq!(edit_form(&browser, app.world.own).await.get("address"), "Недописано");
        assert_ne!(edit_form(&browser, app.world.other).await.get("address"), "Недописано");
        browser.call("POST", "/drafts/x").raw("application/x-www-form-urlencoded", vec![b'a'; 70_000]).send().await.expect(413);
        app.anon().call("POST", "/drafts/organisation-new").form(&[("name", "x")]).send().await.expect(401);
    }

    async fn an_etag_guards_a_program_against_overwriting(db: Db) {
        let app = TestApp::new(db).await;
        let program = app.program("head").await;
        let path = format!("/api/v1/organisations/{}", app.world.own);
        assert_eq!(program.get(&path).await.expect(200).header("etag"), "\"1\"");
        let patch = async |tag: &str, address: &str| program.call("PATCH", &path).header("if-match", tag).json(&serde_json::json!({ "address": address })).send().await;
        let done = patch("\"1\"", "Первый").await.expect(200).json();
        assert_eq!(done["version"], 2);
        let stale = patch("\"1\"", "Второй").await.expect(409);
        assert_eq!((stale.json()["code"].as_str(), stale.header("content-type")), (Some("stale"), "application/problem+json"));
        // What we cannot have given is no permission to overwrite.
        for tag in ["abc", "\"1x\"", "\"99\"", ""] {
            patch(tag, "Третий").await.expect(409);
        }
        assert_eq!(program.get(&path).await.json()["address"], "Первый");
        patch("*", "Любой").await.expect(200);
        program.json("PATCH", &path, serde_json::json!({ "address": "Без условия" })).await.expect(200);
        assert_eq!(program.get(&path).await.header("etag"), "\"4\"");
    }

    async fn a_program_changes_only_what_it_names(db: Db) {
        let app = TestApp::new(db).await;
        let program = app.program("head").await;
        let path = format!("/api/v1/organisations/{}", app.world.own);
        let before = program.get(&path).await.json();
        program.json("PATCH", &path, serde_json::json!({ "licence": "Л-1", "name": "Самозванная", "state": "closed", "id": Uuid::nil() })).await.expect(200);
        let after = program.get(&path).await.json();
        for (name, value) in before.as_object().unwrap() {
            if !["licence", "version", "updated_at"].contains(&name.as_str()) {
                assert_eq!(value, &after[name], "{name}");
            }
        }
        assert_eq!(after["licence"], "Л-1");
        for bad in [serde_json::json!({ "email": "нет" }), serde_json::json!({ "latitude": "север" }), serde_json::json!({ "kind": "lyceum" })] {
            let answer = program.json("PATCH", &path, bad).await.expect(422);
            assert_eq!(answer.json()["code"], "invalid");
        }
        program.call("PATCH", &path).raw("application/json", "{").send().await.expect(422);
        program.call("PATCH", &path).raw("application/json", "[1]").send().await.expect(422);
    }
}
