//! What is sent twice is done once.
use crate::app::{Answer, Client, TestApp};
use kit::db::{args, testing::both_engines};
use serde_json::{Value, json};
use sozvezdie::{roles::Role, slices::MIGRATIONS};

const LIST: &str = "/api/v1/organisations";

async fn add(client: &Client, key: &str, body: &Value) -> Answer {
    client.call("POST", LIST).header("idempotency-key", key).json(body).send().await
}

/// How many organisations have this name.
async fn count(app: &TestApp, name: &str) -> i64 {
    app.net()
        .scalar("SELECT COUNT(*) FROM organisation WHERE network_id = $1 AND name = $2", args![name])
        .await
        .unwrap()
}

fn school(name: &str) -> Value {
    json!({ "kind": "general", "name": name })
}

both_engines! {
    migrations: MIGRATIONS;

    async fn the_same_key_and_body_get_the_same_answer(db: Db) {
        let app = TestApp::new(db).await;
        let client = app.program("department_specialist").await;
        let first = add(&client, "k1", &school("Однажды")).await.expect(201);
        let again = add(&client, "k1", &school("Однажды")).await.expect(201);
        assert_eq!((first.body, first.headers.get("location")), (again.body, again.headers.get("location")));
        assert_eq!(count(&app, "Однажды").await, 1);
        // Another person's key is another key, and no key is none.
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        add(&client, "k2", &school("Однажды")).await.expect(201);
        client.json("POST", LIST, school("Однажды")).await.expect(201);
        add(&browser, "k1", &school("Однажды")).await.expect(201);
        assert_eq!(count(&app, "Однажды").await, 3, "the browser is the same person");
    }

    async fn another_body_under_the_same_key_is_refused(db: Db) {
        let app = TestApp::new(db).await;
        let client = app.program("department_specialist").await;
        add(&client, "k1", &school("Первая")).await.expect(201);
        let answer = add(&client, "k1", &school("Вторая")).await.expect(422);
        assert_eq!(answer.json()["code"], "key-reused");
        assert_eq!(count(&app, "Вторая").await, 0);
        // The same body for another thing to do is another request too.
        let path = format!("{LIST}/{}", app.world.own);
        let other = client.call("PATCH", &path).header("idempotency-key", "k1").json(&school("Первая")).send().await.expect(422);
        assert_eq!(other.json()["code"], "key-reused");
    }

    async fn a_form_sent_twice_is_done_once(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let page = browser.get("/organisations/new").await.expect(200);
        let form = crate::html::Form::of(&page.text(), "/organisations").set("kind", "general").set("name", "Двойное нажатие");
        let first = browser.submit(&form).await.expect(303);
        let second = browser.submit(&form).await.expect(303);
        assert_eq!(first.location(), second.location());
        assert_eq!(count(&app, "Двойное нажатие").await, 1);
        // After «назад» the form still has its key, and another name.
        let changed = browser.submit(&form.set("name", "Передумали")).await.expect(422);
        assert_eq!(crate::html::page_faults(&changed.text()), Vec::<String>::new());
        assert_eq!(count(&app, "Передумали").await, 0);
    }

    async fn a_refusal_is_an_answer_too(db: Db) {
        let app = TestApp::new(db).await;
        let client = app.program("department_specialist").await;
        let with_inn = |name: &str| json!({ "kind": "general", "name": name, "inn": "3123045678" });
        let inn = ["3123045671", "3123045678", "3102018175", "7707083893"].iter().find(|inn| intake::values::requisites::inn(inn).is_some());
        let inn = inn.expect("one of them is right");
        let with_inn = |name: &str| { let mut body = with_inn(name); body["inn"] = json!(inn); body };
        let first = add(&client, "k1", &with_inn("Хозяйка номера")).await.expect(201).json();
        let refused = add(&client, "k2", &with_inn("Опоздавшая")).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], "inn");
        // The number is free again: the stored answer stands, a new key is a new question.
        let path = format!("{LIST}/{}", first["id"].as_str().unwrap());
        client.json("PATCH", &path, json!({ "inn": "" })).await.expect(200);
        let again = add(&client, "k2", &with_inn("Опоздавшая")).await.expect(422);
        assert_eq!(refused.body, again.body);
        assert_eq!(count(&app, "Опоздавшая").await, 0);
        add(&client, "k3", &with_inn("Опоздавшая")).await.expect(201);
    }

    async fn a_conflict_is_an_answer_too(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let press = async |action: &str, key: &str| browser.post(&format!("/organisations/{}/{action}", app.world.other), &[("key", key)]).await;
        press("activation", "k1").await.expect(409);
        press("suspension", "k2").await.expect(303);
        press("activation", "k1").await.expect(409);
        press("activation", "k3").await.expect(303);
    }

    async fn of_twenty_at_once_one_is_done(db: Db) {
        let app = TestApp::new(db).await;
        let client = app.program("department_specialist").await;
        let body = school("Одновременно");
        let calls = (0..20).map(|_| {
            let (client, body) = (client.clone(), body.clone());
            tokio::spawn(async move { add(&client, "same", &body).await })
        });
        let mut ids = std::collections::BTreeSet::new();
        for call in calls.collect::<Vec<_>>() {
            let answer = call.await.unwrap().expect(201);
            ids.insert(answer.json()["id"].as_str().unwrap().to_owned());
        }
        assert_eq!(ids.len(), 1);
        assert_eq!(count(&app, "Одновременно").await, 1);
        let lines: i64 = app.net().scalar("SELECT COUNT(*) FROM audit_entry WHERE network_id = $1 AND object = $2", args![ids.first().unwrap().parse::<uuid::Uuid>().unwrap()]).await.unwrap();
        assert_eq!(lines, 1, "audited as often as done");
    }

    async fn nothing_secret_is_kept_with_a_key(db: Db) {
        let app = TestApp::new(db).await;
        let body = json!({ "email": "head@example.invalid", "password": crate::make::PASSWORD });
        let ask = async || app.anon().call("POST", "/api/v1/tokens").header("idempotency-key", "k").json(&body).send().await.expect(200).json()["token"].clone();
        assert_ne!(ask().await, ask().await);
        let kept: i64 = app.net().scalar("SELECT COUNT(*) FROM idempotency WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(kept, 0);
    }
}
