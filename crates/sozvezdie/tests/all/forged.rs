//! No other site acts in a person's name.
use crate::{
    app::{Call, Pass, TestApp},
    matrix::everything,
    tables,
};
use kit::{db::testing::both_engines, visit::csrf_token};
use sozvezdie::{roles::Role, slices::MIGRATIONS};

both_engines! {
    migrations: MIGRATIONS;

    async fn every_changing_route_refuses_other_sites(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let administrator = app.as_role(Role::SystemAdministrator).await;
        let asked = everything(&app, Role::DepartmentSpecialist).await;
        let networks = [app.world.network, app.world.foreign];
        let before = tables::contents(&app.app.db, &networks).await;
        let mut seen = 0;
        for asked in asked.iter().filter(|a| !a.line.is_safe()) {
            for client in [&browser, &administrator, &app.anon()] {
                for site in ["cross-site", "same-site"] {
                    let call = client.bare(asked.line.method, &asked.path).header("sec-fetch-site", site);
                    let answer = call.raw("application/x-www-form-urlencoded", "name=x").send().await;
                    assert_eq!(answer.code(), 403, "{} {} from {site}", asked.line.method, asked.path);
                    seen += 1;
                }
            }
        }
        assert!(seen > 50, "{seen}");
        assert_eq!(before, tables::contents(&app.app.db, &networks).await, "a forged request changed something");
    }

    async fn a_request_shows_where_it_comes_from(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let Pass::Cookie(secret) = &browser.pass else { panic!() };
        let (right, wrong) = (csrf_token(secret), csrf_token("another session"));
        let path = format!("/organisations/{}/suspension", app.world.own);
        let call = || browser.bare("POST", &path).form(&[]);
        let forged = async |call: Call| {
            let answer = call.send().await.expect(403);
            assert!(answer.is_page() && answer.text().contains("<h1"), "{}", answer.text());
        };
        forged(call()).await;
        forged(call().header("x-csrf-token", &wrong)).await;
        forged(call().header("x-csrf-token", "")).await;
        forged(call().header("origin", "https://evil.example")).await;
        forged(call().header("origin", "null")).await;
        // A token does not help whom the browser itself names as foreign.
        forged(call().header("sec-fetch-site", "cross-site").header("x-csrf-token", &right)).await;
        assert_eq!(call().header("x-csrf-token", &right).send().await.code(), 303);
        // The page gives the token to our own script, and to nobody else's.
        let page = browser.get("/organisations").await.expect(200).text();
        assert!(page.contains(&format!("name=\"csrf\" content=\"{right}\"")));
        assert!(!app.anon().get("/organisations").await.text().contains("name=\"csrf\""));
        // 409 says that the door was open: it is suspended already.
        assert_eq!(call().header("origin", "http://127.0.0.1:8080").send().await.code(), 409);
        assert_eq!(call().header("sec-fetch-site", "same-origin").send().await.code(), 409);
    }

    async fn nobody_is_signed_in_from_elsewhere(db: Db) {
        let app = TestApp::new(db).await;
        let fields = [("email", "head@example.invalid"), ("password", crate::make::PASSWORD)];
        let call = app.anon().bare("POST", "/sign-in").header("sec-fetch-site", "cross-site").form(&fields);
        let answer = call.send().await.expect(403);
        assert!(answer.cookie(kit::visit::COOKIE).is_none());
    }

    async fn a_cookie_does_not_open_the_api_to_other_sites(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let body = serde_json::json!({ "kind": "general", "name": "Подложная школа" });
        let answer = browser.bare("POST", "/api/v1/organisations").json(&body).send().await.expect(403);
        assert_eq!(answer.json()["code"], "forged");
        // A program with a token is no browser that others could lead.
        app.program("department_specialist").await.json("POST", "/api/v1/organisations", body).await.expect(201);
    }
}
