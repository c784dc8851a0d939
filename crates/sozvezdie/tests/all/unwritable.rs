//! The audit cannot be written: children's records are shut, all else goes on.
use crate::{
    app::{Answer, TestApp},
    matrix::Whose,
    table::Record,
    world::CHILD,
};
use kit::db::{Migration, testing::both_engines};
use sozvezdie::{roles::Role, slices::MIGRATIONS};

/// A real fault: the table of the trail is away.
const AWAY: Migration =
    Migration { name: "9998_trail_away", sql: "ALTER TABLE audit_entry RENAME TO audit_entry_away;" };
const BACK: Migration =
    Migration { name: "9999_trail_back", sql: "ALTER TABLE audit_entry_away RENAME TO audit_entry;" };

async fn step(app: &TestApp, steps: &[Migration]) {
    let all: Vec<Migration> = MIGRATIONS.iter().chain(steps).copied().collect();
    app.app.db.migrate(&all).await.unwrap();
}

fn is_shut(answer: &Answer, path: &str) {
    assert_eq!(answer.code(), 503, "{path}: {}", answer.text());
    assert!(!answer.text().contains(CHILD), "{path}");
}

both_engines! {
    migrations: MIGRATIONS;

    async fn without_its_trail_no_childs_record_is_shown(db: Db) {
        let app = TestApp::new(db).await;
        let child = app.world.records[&(Record::Learner, Whose::Own)];
        let (head, family) = (app.as_role(Role::Head).await, app.as_role(Role::Guardian).await);
        let program = app.program("head").await;
        step(&app, &[AWAY]).await;
        for path in ["", "/export.xlsx?why=order", "/duplicates", &format!("/{child}"), &format!("/{child}/edit")] {
            is_shut(&head.get(&format!("/learners{path}")).await, path);
        }
        is_shut(&head.post(&format!("/learners/{child}/export"), &[]).await, "export");
        let page = head.get("/learners").await;
        assert!(page.is_page() && page.text().contains("<h1"), "a clear page: {}", page.text());
        assert!(!page.text().contains("audit"), "internals stay inside: {}", page.text());
        is_shut(&family.get(&format!("/learners/{child}")).await, "the family's own");
        for path in ["/api/v1/learners".into(), format!("/api/v1/learners/{child}")] {
            let answer = program.get(&path).await;
            is_shut(&answer, &path);
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
        let found = head.get("/search?q=детская").await;
        assert!(!found.text().contains(CHILD) && found.code() != 500, "{} {}", found.code(), found.text());

        for path in ["/", "/organisations", "/resources", "/bookings", "/calendar", "/waiting", "/acts", "/notifications", "/account", "/links"] {
            head.get(path).await.expect(200);
        }
        app.anon().get("/organisations").await.expect(200);
        // A change that leaves no line does not happen.
        let before = head.get(&format!("/organisations/{}", app.world.own)).await.text();
        let answer = program.json("PATCH", &format!("/api/v1/organisations/{}", app.world.own), serde_json::json!({ "site": "https://new.example" })).await;
        assert!(answer.code() >= 400, "{}", answer.text());
        assert!(!before.contains("new.example") && !head.get(&format!("/organisations/{}", app.world.own)).await.text().contains("new.example"));

        step(&app, &[AWAY, BACK]).await;
        let page = head.get(&format!("/learners/{child}")).await.expect(200);
        assert!(page.text().contains("Учебновна") || page.text().contains(CHILD), "it goes on without a restart");
    }
}
