//! What programs rely on: the description of the API and the form of its refusals.
use crate::app::{Answer, Pass, TestApp};
use kit::{Lang, db::testing::both_engines};
use serde_json::{Value, json};
use sozvezdie::{
    roles::Role,
    slices::{self, MIGRATIONS},
};
use std::collections::BTreeSet;

/// `METHOD /path` of every described operation.
fn described(openapi: &Value) -> BTreeSet<String> {
    let paths = openapi["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect()
}

/// A refusal without what differs from run to run.
fn problem(answer: &Answer) -> String {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    serde_json::to_string_pretty(&answer.json()).unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn every_route_for_programs_is_described_and_no_other(db: Db) {
        let app = TestApp::new(db).await;
        let openapi = app.anon().get("/api/v1/openapi.json").await.expect(200).json();
        let described = described(&openapi);
        let declared: BTreeSet<String> = slices::declared()
            .iter()
            .filter(|d| d.path.starts_with("/api/v1/") && d.path != "/api/v1/openapi.json")
            .map(|d| format!("{} {}", d.method, d.path))
            .collect();
        assert_eq!(declared.difference(&described).collect::<Vec<_>>(), Vec::<&String>::new(), "not described");
        assert_eq!(described.difference(&declared).collect::<Vec<_>>(), Vec::<&String>::new(), "described, but not there");
        insta::assert_snapshot!("paths", described.into_iter().collect::<Vec<_>>().join("\n"));
    }

    async fn the_description_says_enough(db: Db) {
        let app = TestApp::new(db).await;
        let openapi = app.anon().get("/api/v1/openapi.json").await.expect(200).json();
        assert!(openapi["openapi"].as_str().unwrap().starts_with("3."));
        let mut poor = Vec::new();
        for (path, item) in openapi["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let name = format!("{method} {path}");
                if operation["summary"].as_str().unwrap_or_default().len() < 8 {
                    poor.push(format!("{name} has no summary"));
                }
                let successes = operation["responses"].as_object().unwrap().keys().filter(|code| code.starts_with('2')).count();
                if successes == 0 {
                    poor.push(format!("{name} never succeeds"));
                }
                let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
                let known: BTreeSet<&str> = parameters.iter().filter(|p| p["in"] == "path").filter_map(|p| p["name"].as_str()).collect();
                let wanted: BTreeSet<&str> = path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
                if known != wanted {
                    poor.push(format!("{name} describes {known:?} of {wanted:?}"));
                }
            }
        }
        assert!(poor.is_empty(), "{poor:#?}");
        // The same as a page for people, in both languages.
        for lang in [Lang::Ru, Lang::En] {
            let mut browser = app.anon();
            browser.lang = lang;
            let page = browser.get("/api").await.expect(200).text();
            assert!(page.contains("/api/v1/organisations/{id}"));
        }
    }

    async fn refusals_have_one_form(db: Db) {
        let app = TestApp::new(db).await;
        let department = app.program("department_specialist").await;
        let head = app.program("head").await;
        let list = "/api/v1/organisations";
        let own = format!("{list}/{}", app.world.own);
        let school = json!({ "kind": "general", "name": "Школа" });

        insta::assert_snapshot!("problem_sign_in", problem(&app.anon().json("POST", list, school.clone()).await.expect(401)));
        let nonsense = crate::app::Client { pass: Pass::Token("x".into()), ..app.anon() };
        assert_eq!(problem(&nonsense.get(list).await.expect(401)), problem(&app.anon().json("POST", list, school.clone()).await));
        insta::assert_snapshot!("problem_forbidden", problem(&head.json("POST", list, school.clone()).await.expect(403)));
        insta::assert_snapshot!("problem_not_found", problem(&head.get(&format!("{list}/{}", uuid::Uuid::nil())).await.expect(404)));
        insta::assert_snapshot!("problem_invalid", problem(&department.json("POST", list, json!({ "inn": "12", "about": "я".repeat(4001) })).await.expect(422)));
        department.json("PATCH", &own, json!({ "about": "x" })).await.expect(200);
        insta::assert_snapshot!("problem_stale", problem(&head.call("PATCH", &own).header("if-match", "\"1\"").json(&json!({ "about": "y" })).send().await.expect(409)));
        let keyed = |name: &str| department.call("POST", list).header("idempotency-key", "k").json(&json!({ "kind": "general", "name": name }));
        keyed("Один").send().await.expect(201);
        insta::assert_snapshot!("problem_key_reused", problem(&keyed("Два").send().await.expect(422)));
        let browser = app.as_role(Role::Head).await;
        insta::assert_snapshot!("problem_forged", problem(&browser.bare("PATCH", &own).json(&json!({})).send().await.expect(403)));
        insta::assert_snapshot!("problem_too_large", problem(&department.call("POST", list).raw("application/json", vec![b' '; 2 << 20]).send().await.expect(413)));
        let guess = json!({ "email": "nobody@example.invalid", "password": "не тот пароль, совсем" });
        let mut last = app.anon().json("POST", "/api/v1/tokens", guess.clone()).await.expect(422);
        for _ in 0..8 {
            last = app.anon().json("POST", "/api/v1/tokens", guess.clone()).await;
        }
        insta::assert_snapshot!("problem_too_many", problem(&last.expect(429)));
    }

    async fn a_program_is_answered_in_the_language_it_asks_for(db: Db) {
        let app = TestApp::new(db).await;
        let mut program = app.program("head").await;
        let title = async |program: &crate::app::Client| program.get("/api/v1/organisations/x").await.expect(404).json()["title"].clone();
        let russian = title(&program).await;
        program.lang = Lang::En;
        let english = title(&program).await;
        assert_ne!(russian, english);
        assert!(english.as_str().unwrap().is_ascii(), "{english}");
    }

    async fn the_process_says_how_it_is(db: Db) {
        let app = TestApp::new(db).await;
        assert_eq!(app.anon().get("/healthz").await.expect(200).text(), "ok\n");
        assert_eq!(app.anon().get("/readyz").await.expect(200).text(), "ready\n");
        app.anon().get("/metrics").await.expect(404);
        let asset = app.anon().get("/assets/css/app.css").await.expect(200);
        let tag = asset.header("etag").to_owned();
        assert_eq!(app.anon().call("GET", "/assets/css/app.css").header("if-none-match", &tag).send().await.code(), 304);
        for path in ["/assets/../Cargo.toml", "/assets/..%2FCargo.toml", "/assets/nothing.css", "/assets/"] {
            app.anon().get(path).await.expect(404);
        }
    }
}
