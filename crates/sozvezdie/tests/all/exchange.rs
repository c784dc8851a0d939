//! The exchange as programs use it: the way of one booking, and the rush over HTTP.
use crate::{
    app::{Client, TestApp},
    world::World,
};
use kit::db::testing::both_engines;
use serde_json::{Value, json};
use sozvezdie::slices::MIGRATIONS;
use std::{collections::BTreeMap, sync::Arc};

/// A lesson in the gymnasium's laboratory, asked for by the other school.
fn lesson(world: &World, from: &str, to: &str) -> Value {
    let at = |time: &str| format!("2026-11-25T{time}:00+03:00");
    json!({
        "resource_id": world.resource, "organisation_id": world.other, "starts_at": at(from), "ends_at": at(to), "headcount": 10,
        "purpose": "Лабораторная работа",
    })
}

async fn ask(client: &Client, key: &str, body: &Value) -> (u16, Value) {
    let answer = client.call("POST", "/api/v1/bookings").header("idempotency-key", key).json(body).send().await;
    (answer.code(), answer.json())
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_booking_goes_its_way(db: Db) {
        let app = TestApp::new(db).await;
        let (school, owner, stranger) = (app.program("other_deputy").await, app.program("head").await, app.program("garden_head").await);
        let body = lesson(&app.world, "10:00", "11:30");
        let (code, made) = ask(&school, "one", &body).await;
        assert_eq!((code, &made["state"]), (201, &json!("requested")));
        assert_eq!(ask(&school, "one", &body).await, (201, made.clone()), "the same key, the same answer");
        let (code, problem) = ask(&school, "two", &lesson(&app.world, "11:00", "12:00")).await;
        assert_eq!((code, &problem["code"]), (409, &json!("taken")));
        assert_eq!(problem["alternatives"].as_array().unwrap().len(), 3);
        let id = made["id"].as_str().unwrap();
        let act = async |client: &Client, deed: &str, body: Value| client.json("POST", &format!("/api/v1/bookings/{id}/{deed}"), body).await;
        let hours = || json!({ "headcount": 10, "hours": 1.5 });
        assert_eq!(act(&stranger, "completion", hours()).await.code(), 404);
        assert_eq!(act(&school, "confirmation", json!({})).await.code(), 403);
        assert_eq!(act(&owner, "confirmation", json!({})).await.expect(200).json()["state"], "planned");
        assert_eq!(act(&owner, "completion", hours()).await.expect(200).json()["state"], "took_place");
        assert_eq!(act(&school, "completion", hours()).await.expect(200).json()["state"], "confirmed");
        assert_eq!(act(&school, "quality", json!({ "quality": "yes" })).await.code(), 200);
        let department = app.program("department_specialist").await;
        let figures = department.get("/api/v1/figures/exchange-balance?year=2026-2027").await.expect(200).json();
        let rows: Vec<(&str, f64)> =
            figures["items"].as_array().unwrap().iter().map(|r| (r["organisation"]["name"].as_str().unwrap(), r["balance"].as_f64().unwrap())).collect();
        assert_eq!(rows, [("Журавлёвская СОШ", -1.5), ("Майская гимназия", 1.5)]);
        assert_eq!(app.anon().get("/api/v1/figures/exchange-balance").await.expect(200).json()["totals"]["hours"], 1.5);
    }

    async fn what_is_free_is_seen_by_all_and_who_has_it_by_the_sides(db: Db) {
        let app = TestApp::new(db).await;
        let school = app.program("other_deputy").await;
        ask(&school, "one", &lesson(&app.world, "10:00", "11:30")).await;
        let address = format!("/api/v1/resources/{}/availability?from=2026-11-25&to=2026-11-25", app.world.resource);
        let seen = app.anon().get(&address).await.expect(200).json();
        assert_eq!(seen["free"][0], json!({ "starts_at": "2026-11-25T06:00:00Z", "ends_at": "2026-11-25T07:00:00Z", "remaining": 15 }));
        assert_eq!(seen["busy"][0], json!({ "starts_at": "2026-11-25T07:00:00Z", "ends_at": "2026-11-25T08:30:00Z", "taken": 1, "remaining": 0 }));
        let own = school.get(&address).await.expect(200).json();
        assert_eq!(own["busy"][0]["by"][0]["organisation_id"], json!(app.world.other));
        let free = |from: &str| format!("/api/v1/resources?free_from=2026-11-25T{from}%2B03:00&free_to=2026-11-25T12:00:00%2B03:00");
        let ids = async |address: String| {
            let list = app.anon().get(&address).await.expect(200).json();
            list["items"].as_array().unwrap().iter().map(|r| r["id"].clone()).collect::<Vec<_>>()
        };
        assert!(!ids(free("11:00:00")).await.contains(&json!(app.world.resource)));
        assert!(ids(free("11:30:00")).await.contains(&json!(app.world.resource)));
    }

    async fn a_rush_has_one_winner_and_one_answer_per_key(db: Db) {
        let app = Arc::new(TestApp::new(db).await);
        let school = app.program("other_deputy").await;
        let tasks: Vec<_> = (0..60)
            .map(|i| {
                let (school, body) = (school.clone(), lesson(&app.world, "10:00", "11:30"));
                // Fifty keys; every fifth comes twice.
                let key = i / 6 * 5 + i % 6 % 5;
                tokio::spawn(async move { (key, ask(&school, &format!("key-{key}"), &body).await) })
            })
            .collect();
        let mut answers: BTreeMap<usize, (u16, Value)> = BTreeMap::new();
        for task in tasks {
            let (key, answer) = task.await.unwrap();
            let first = answers.entry(key).or_insert_with(|| answer.clone());
            assert_eq!(*first, answer, "key {key} was answered in two ways");
        }
        assert_eq!(answers.len(), 50);
        assert_eq!(answers.values().filter(|(code, _)| *code == 201).count(), 1);
        assert_eq!(answers.values().filter(|(code, _)| *code == 409).count(), 49);
    }
}
