//! One box finds it, however it is typed.
use crate::{app::TestApp, html};
use kit::db::testing::both_engines;
use sozvezdie::{roles::Role, slices::MIGRATIONS};

both_engines! {
    migrations: MIGRATIONS;

    async fn a_word_is_found_however_it_is_typed(db: Db) {
        let app = TestApp::new(db).await;
        let anon = app.anon();
        for (q, expected) in [
            ("гимназия", "Майская гимназия"),
            ("ГИМНАЗИИ", "Майская гимназия"),
            ("гимназией", "Майская гимназия"),
            ("майской гимназии", "Майская гимназия"),
            ("гимн", "Майская гимназия"),
            ("журавлёвская", "Журавлёвская СОШ"),
            ("журавлевской", "Журавлёвская СОШ"),
            ("vfqcrfz", "Майская гимназия"),
            (";ehfdk`dcrfz", "Журавлёвская СОШ"),
            ("юный натуралист", "Станция юных натуралистов"),
            ("образцова", "Майская гимназия"),
            ("сад 7", "Детский сад № 7"),
            ("школьная", "Детский сад № 7"),
        ] {
            for address in [format!("/search?q={q}"), format!("/search?q={q}&fragment=palette")] {
                let answer = anon.get(&address).await.expect(200);
                assert!(html::words(&answer.text()).contains(expected), "{address} does not find {expected}");
            }
        }
    }

    async fn what_is_not_there_is_not_found(db: Db) {
        let app = TestApp::new(db).await;
        for q in ["", " ", "№", "!!!", "гимназия журавлёвская", "ия", "е", "х%25", "' OR 1=1 --", &"а".repeat(5000)] {
            let answer = app.anon().get(&format!("/search?q={}", kit::text::url_part(q))).await.expect(200);
            assert_eq!(html::page_faults(&answer.text()), Vec::<String>::new(), "{q}");
            assert!(!answer.text().contains("href=\"/organisations/0"), "{q} finds something");
        }
    }

    async fn a_change_is_found_at_once_and_the_old_word_is_not(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::Head).await;
        let finds = async |q: &str| {
            let answer = app.anon().get(&format!("/search?q={q}")).await.expect(200);
            answer.text().contains(&app.world.own.to_string())
        };
        assert!(!finds("планетарий").await);
        let path = format!("/api/v1/organisations/{}", app.world.own);
        browser.json("PATCH", &path, serde_json::json!({ "about": "У нас есть планетарий", "head_name": "" })).await.expect(200);
        assert!(finds("планетарии").await);
        assert!(!finds("образцова").await);
    }

    async fn the_palette_leads_to_places_that_one_may_open(db: Db) {
        let app = TestApp::new(db).await;
        let places = async |role: Role, q: &str| app.as_role(role).await.get(&format!("/search?fragment=palette&q={q}")).await.expect(200).text();
        assert!(places(Role::Guest, "орган").await.contains("href=\"/organisations\""));
        assert!(places(Role::Guest, "jhufy").await.contains("href=\"/organisations\""), "in the other layout too");
        assert!(places(Role::SystemAdministrator, "").await.contains("href=\"/people\""));
        assert!(!places(Role::Head, "").await.contains("href=\"/people\""));
    }
}
