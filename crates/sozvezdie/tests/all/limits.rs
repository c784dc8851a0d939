//! What is held back, and that nobody else is.
use crate::app::{Client, TestApp};
use kit::db::{args, testing::both_engines};
use sozvezdie::{
    roles::Role,
    shell::limits::{CALLS, EXPORTS},
    slices::MIGRATIONS,
};

both_engines! {
    migrations: MIGRATIONS;

    async fn one_who_exports_all_day_waits_and_the_colleague_does_not(db: Db) {
        let app = TestApp::new(db).await;
        let (greedy, colleague) = (app.as_role(Role::Head).await, app.as_role(Role::DeputyHead).await);
        for _ in 0..EXPORTS {
            greedy.get("/acts/export.csv").await.expect(200);
        }
        let refused = greedy.get("/organisations/export.xlsx").await.expect(429);
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
        assert!(refused.text().contains("Слишком много"), "in words: {}", refused.text());
        greedy.get("/acts").await.expect(200);
        colleague.get("/acts/export.csv").await.expect(200);
        app.anon().get("/acts/export.csv").await.expect(200);
    }

    async fn a_full_api_says_come_again(db: Db) {
        let app = TestApp::new(db).await;
        let program = app.program("head").await;
        let all = app.app.limits.calls.acquire_many(u32::try_from(CALLS).unwrap()).await.unwrap();
        let refused = program.get("/api/v1/organisations").await.expect(503);
        assert_eq!((refused.header("retry-after"), refused.header("content-type")), ("2", "application/problem+json"));
        assert_eq!(refused.json()["code"], "busy");
        app.as_role(Role::Head).await.get("/organisations").await.expect(200);
        app.anon().get("/api/v1/organisations").await.expect(200);
        drop(all);
        program.get("/api/v1/organisations").await.expect(200);
    }

    async fn drafts_of_a_person_have_an_end(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::Head).await;
        let other = app.as_role(Role::DeputyHead).await;
        let kept = async || app.net().all::<(String, i64)>("SELECT form, LENGTH(body) FROM draft WHERE network_id = $1 ORDER BY form", args![]).await.unwrap();
        other.call("POST", "/drafts/mine").form(&[("name", "моё")]).send().await.expect(204);
        for n in 0..60 {
            browser.call("POST", &format!("/drafts/form-{n:02}")).form(&[("name", "x")]).send().await.expect(204);
        }
        let forms = kept().await;
        assert_eq!(forms.len(), 51);
        assert!(forms.iter().any(|(form, _)| form == "form-59") && forms.iter().any(|(form, _)| form == "mine"));
        let long = "я".repeat(10_000);
        for n in 0..12 {
            browser.call("POST", &format!("/drafts/long-{n:02}")).form(&[("name", &long)]).send().await.expect(204);
        }
        let forms = kept().await;
        let bytes: i64 = forms.iter().filter(|(form, _)| form != "mine").map(|(_, bytes)| bytes).sum();
        assert!(bytes <= 512 * 1024, "{bytes}");
        assert!(forms.iter().any(|(form, _)| form == "long-11"), "the latest stays");
        let huge = "x".repeat(64 * 1024);
        browser.call("POST", "/drafts/huge").form(&[("name", &huge)]).send().await.expect(413);
    }

    async fn views_of_a_list_have_an_end(db: Db) {
        let app = TestApp::new(db).await;
        let (browser, other) = (app.as_role(Role::Head).await, app.as_role(Role::DeputyHead).await);
        let save = async |client: &Client, list: &str, name: &str| {
            client.post("/views", &[("list", list), ("query", "kind=general"), ("name", name)]).await
        };
        for n in 0..20 {
            save(&browser, "/organisations", &format!("Вид {n}")).await.expect(303);
        }
        let refused = save(&browser, "/organisations", "Ещё один").await.expect(422);
        assert!(refused.text().contains("уже 20 ваших видов"), "{}", refused.text());
        save(&browser, "/organisations", "Вид 3").await.expect(303);
        save(&browser, "/acts", "Ещё один").await.expect(303);
        save(&other, "/organisations", "Ещё один").await.expect(303);
    }
}
