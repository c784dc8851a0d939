//! Who did what stays on record, and cannot be quietly mended.
use crate::{
    app::TestApp,
    html::Form,
    matrix::{Whose, everything},
    tables,
};
use kit::{
    audit,
    db::{Tx, args, testing::both_engines},
};
use sozvezdie::{roles::Role, slices::MIGRATIONS};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What is nobody's record: forms and files on their way, answers kept for repetition, words of the
/// search.
const NO_RECORDS: &[&str] = &[
    "import_batch",
    "import_row",
    "import_file",
    "import_mapping",
    "import_turn",
    "reply_shape",
    "draft",
    "saved_view",
    "notification",
    "notification_choice",
    "notification_letters",
    "idempotency",
    "search_term",
    "audit_head",
    "job",
];

/// (action, fields, actor) of one object.
async fn lines(app: &TestApp, object: Uuid) -> Vec<(String, String, Option<Uuid>)> {
    let sql = "SELECT action, fields, actor FROM audit_entry WHERE network_id = $1 AND object = $2";
    app.net().all(sql, args![object]).await.unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn every_change_leaves_its_line(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let me = Some(app.world.people["department_specialist"]);
        let page = browser.get("/organisations/new").await;
        let new = Form::of(&page.text(), "/organisations").set("kind", "general").set("name", "Школа «Новая»");
        let id = browser.submit(&new).await.expect(303).new_id();
        let at = |tail: &str| format!("/organisations/{id}{tail}");
        let edit = Form::of(&browser.get(&at("/edit")).await.text(), &at(""));
        browser.submit(&edit.set("address", "ул. Новая, 1").set("phones", "39-25-75")).await.expect(303);
        browser.post(&at("/names"), &[("name", "Лицей «Новый»")]).await.expect(303);
        browser.post(&at("/suspension"), &[]).await.expect(303);
        browser.post(&at("/activation"), &[]).await.expect(303);
        browser.post(&at("/reorganisation"), &[("successor", &app.world.own.to_string())]).await.expect(303);
        let expected = [("active", "state"), ("create", ""), ("rename", "name"), ("reorganised", "state"), ("suspended", "state"), ("update", "address,phones")];
        let mut written = lines(&app, id).await;
        // All of one moment, as the clock stands still: they have no order.
        written.sort();
        assert_eq!(written.iter().map(|(a, f, _)| (a.as_str(), f.as_str())).collect::<Vec<_>>(), expected);
        assert!(written.iter().all(|(_, _, actor)| *actor == me));
        // What is refused leaves none.
        browser.post(&at("/activation"), &[]).await.expect(409);
        browser.post(&at("/names"), &[("name", "")]).await.expect(422);
        assert_eq!(lines(&app, id).await.len(), expected.len());
    }

    /// Whatever a route changes in the network's records, somebody can find out who it was.
    async fn no_route_changes_a_record_in_silence(db: Db) {
        let app = TestApp::new(db).await;
        let networks = [app.world.network];
        let mut changing = BTreeSet::new();
        for role in [Role::DepartmentSpecialist, Role::SystemAdministrator, Role::Head] {
            let client = app.as_role(role).await;
            for asked in everything(&app, role).await.into_iter().filter(|a| !a.line.is_safe() && a.whose == Whose::Own) {
                let before = tables::contents(&app.app.db, &networks).await;
                let client = if asked.line.ends_session { app.as_role(role).await } else { client.clone() };
                asked.line.ask(&client, role, &asked.path).await;
                let after = tables::contents(&app.app.db, &networks).await;
                let trail = format!("audit_entry of {}", app.world.network);
                let dist = before.keys().filter(|t| t.contains(" of ") && **t != trail && !NO_RECORDS.iter().any(|n| t.starts_with(&format!("{n} "))));
                let changed: Vec<_> = dist.filter(|t| before[*t] != after[*t]).collect();
                if !changed.is_empty() {
                    assert!(after[&trail].len() > before[&trail].len(), "{} {} changes {changed:?} in silence", asked.line.method, asked.path);
                    changing.insert((asked.line.method, asked.line.path));
                }
            }
        }
        assert!(changing.len() >= 3, "only {changing:?} changed anything: nothing was tested");
    }

    async fn a_sealed_trail_holds_and_a_mended_one_is_found(db: Db) {
        let app = TestApp::new(db).await;
        let net = app.net();
        let sealed = audit::seal(&net).await.unwrap();
        assert!(sealed > 20, "{sealed}");
        assert_eq!(audit::seal(&net).await.unwrap(), 0, "once is enough");
        assert_eq!(audit::verify(&net).await.unwrap(), None);
        app.as_role(Role::DepartmentSpecialist).await.post(&format!("/organisations/{}/suspension", app.world.own), &[]).await.expect(303);
        assert_eq!(audit::verify(&net).await.unwrap(), None, "what waits for its seal is no forgery");
        assert_eq!(audit::seal(&net).await.unwrap(), 1);
        let last = i64::try_from(sealed).unwrap() + 1;
        assert_eq!(audit::verify(&net).await.unwrap(), None);

        let place_of = async |change: &'static str, back: &'static str| {
            app.write(app.world.network, async move |tx: &mut Tx| tx.run(change, args![]).await.map(drop)).await;
            let found = audit::verify(&app.net()).await.unwrap();
            app.write(app.world.network, async move |tx: &mut Tx| tx.run(back, args![]).await.map(drop)).await;
            assert_eq!(audit::verify(&app.net()).await.unwrap(), None, "{back}");
            found
        };
        assert_eq!(
            place_of(
                "UPDATE audit_entry SET action = 'praised' WHERE network_id = $1 AND action = 'suspended'",
                "UPDATE audit_entry SET action = 'suspended' WHERE network_id = $1 AND action = 'praised'",
            )
            .await,
            Some(last)
        );
        assert_eq!(
            place_of(
                "UPDATE audit_entry SET at = at + 1 WHERE network_id = $1 AND place = 3",
                "UPDATE audit_entry SET at = at - 1 WHERE network_id = $1 AND place = 3",
            )
            .await,
            Some(3)
        );
        assert_eq!(
            place_of(
                "UPDATE audit_entry SET fields = 'x' || fields WHERE network_id = $1 AND place = 1",
                "UPDATE audit_entry SET fields = substr(fields, 2) WHERE network_id = $1 AND place = 1",
            )
            .await,
            Some(1)
        );
        // One taken out of the middle, and one off the end.
        let removed = async |place: i64| {
            let sql = "DELETE FROM audit_entry WHERE network_id = $1 AND place = $2";
            app.write(app.world.network, async move |tx: &mut Tx| tx.run(sql, args![place]).await.map(drop)).await;
            audit::verify(&app.net()).await.unwrap()
        };
        assert_eq!(removed(last).await, Some(last));
        assert_eq!(removed(5).await, Some(5));
    }

    async fn the_trail_holds_no_values(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::Head).await;
        let path = format!("/api/v1/organisations/{}", app.world.own);
        browser.json("PATCH", &path, serde_json::json!({ "about": "Тайна-137", "phones": "39-25-75" })).await.expect(200);
        let rows = tables::contents(&app.app.db, &[app.world.network]).await;
        let trail = &rows[&format!("audit_entry of {}", app.world.network)];
        assert!(trail.iter().any(|row| row.contains("about")));
        assert!(!trail.iter().any(|row| row.contains("Тайна-137") || row.contains("392575")));
    }

    async fn the_history_is_for_those_who_may_read_it(db: Db) {
        let app = TestApp::new(db).await;
        app.as_role(Role::Head).await.json("PATCH", &format!("/api/v1/organisations/{}", app.world.own), serde_json::json!({ "about": "x" })).await.expect(200);
        let address = format!("/organisations/{}?tab=history", app.world.own);
        let shows = async |key: &str| app.as_person(key).await.get(&address).await.expect(200).text().contains("class=\"log\"");
        assert!(shows("head").await && shows("department_specialist").await);
        assert!(!shows("other_deputy").await && !shows("pedagogue").await);
        assert!(!app.anon().get(&address).await.text().contains("class=\"log\""));
    }
}
