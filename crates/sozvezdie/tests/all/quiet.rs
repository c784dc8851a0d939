//! Looking changes nothing.
use crate::{app::TestApp, matrix::every_get, tables};
use kit::{db::testing::both_engines, form::tidy};
use sozvezdie::{
    roles::Role,
    slices::{self, MIGRATIONS},
};

/// What taking a file along notes beside it: how often a methodical one was taken, in the last column; when
/// and by whom a filled form was, in the last but one and two; and nothing else.
fn uncounted(table: &str, rows: &[String]) -> Vec<String> {
    let noted = match table.split(' ').next() {
        Some("resource_version") => 1,
        Some("reply") => 3,
        _ => 0,
    };
    let whole = |row: &String| row.rsplitn(noted + 1, ',').last().unwrap().to_owned();
    rows.iter().map(whole).collect()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn no_get_changes_anything(db: Db) {
        let app = TestApp::new(db).await;
        let networks = [app.world.network, app.world.foreign];
        let addresses = every_get(&app, Role::Head).await;
        let mut clients = vec![app.anon()];
        for role in [Role::SystemAdministrator, Role::DepartmentSpecialist, Role::Head, Role::Pedagogue] {
            clients.push(app.as_role(role).await);
            clients.push(app.program(role.code()).await);
        }
        let before = tables::contents(&app.app.db, &networks).await;
        assert!(before.values().map(Vec::len).sum::<usize>() > 100, "too little to compare");
        for client in &clients {
            for address in &addresses {
                client.get(address).await;
                client.call("HEAD", address).send().await;
            }
        }
        let after = tables::contents(&app.app.db, &networks).await;
        for (table, rows) in &before {
            assert_eq!(uncounted(table, rows), uncounted(table, &after[table]), "looking changed {table}");
        }
    }

    async fn the_comparison_sees_a_change(db: Db) {
        let app = TestApp::new(db).await;
        let networks = [app.world.network, app.world.foreign];
        let before = tables::contents(&app.app.db, &networks).await;
        app.as_role(Role::DepartmentSpecialist).await.post(&format!("/organisations/{}/suspension", app.world.own), &[]).await.expect(303);
        let after = tables::contents(&app.app.db, &networks).await;
        let changed: Vec<_> = before.keys().filter(|t| before[*t] != after[*t]).filter_map(|t| tidy(t.split(' ').next()?)).collect();
        assert_eq!(changed, ["audit_entry", "organisation", "session"]);
    }
}

#[test]
fn what_reads_is_a_get_and_what_changes_is_not() {
    let odd: Vec<_> =
        slices::declared().into_iter().filter(|d| !matches!(d.method, "GET" | "POST" | "PATCH" | "DELETE")).collect();
    assert!(odd.is_empty(), "{odd:?}");
}
