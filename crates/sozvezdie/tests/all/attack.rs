//! What an attacker tries first: another page's forms, tricks with headers, code in names, ids of
//! others, the doors of the machine.
use crate::{app::TestApp, make::PASSWORD, world::email};
use kit::db::{args, testing::both_engines};
use sozvezdie::{roles::Role, slices::MIGRATIONS};

both_engines! {
    migrations: MIGRATIONS;

    async fn another_origin_posts_nothing(db: Db) {
        let app = TestApp::new(db).await;
        let head = app.as_role(Role::Head).await;
        let post = async |app: &TestApp, headers: &[(&str, &str)]| {
            let client = crate::app::Client { pass: head.pass.clone(), ..app.anon() };
            let call = headers.iter().fold(client.bare("POST", "/look"), |call, (name, value)| call.header(name, value));
            call.form(&[("size", "150")]).send().await.code()
        };
        for forged in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "http://evil.example")],
            &[("origin", "https://127.0.0.1:8080")],
            &[("origin", "http://127.0.0.1:8081")],
            &[("origin", "null")],
            &[("sec-fetch-site", "same-origin"), ("origin", "http://evil.example")],
            &[],
        ] {
            assert_eq!(post(&app, forged).await, 403, "{forged:?}");
        }
        assert_eq!(post(&app, &[("origin", "http://127.0.0.1:8080")]).await, 303);
        let public = app.with(|o| o.public_url = Some("https://set.example.ru".into()));
        assert_eq!(post(&public, &[("origin", "https://set.example.ru")]).await, 303);
        assert_eq!(post(&public, &[("origin", "http://set.example.ru")]).await, 403);
        assert_eq!(post(&public, &[("origin", "http://127.0.0.1:8080")]).await, 403);
    }

    async fn two_guests_with_one_key_are_two(db: Db) {
        let app = TestApp::new(db).await;
        let net = app.net();
        let nobody = uuid::Uuid::nil();
        let once = |body: &[u8]| kit::once::Once::new(nobody, Some("key"), "apply", body, app.app.clock.now());
        let run = async |once: kit::once::Once, answer: &'static str| {
            once.run(&net, async |_: &mut kit::db::Tx| Ok(kit::once::Done::created("/x".into(), answer.into()))).await.unwrap().body.unwrap()
        };
        assert_eq!(run(once(b"a"), "first").await, "first");
        assert_eq!(run(once(b"a"), "second").await, "second", "another guest's answer");
        assert_eq!(run(once(b"b"), "third").await, "third");
        let stored = net.opt::<(i64,)>("SELECT COUNT(*) FROM idempotency WHERE network_id = $1 AND key = 'key'", args![]).await.unwrap().unwrap();
        assert_eq!(stored.0, 0);
    }

    async fn cookies_and_the_machines_doors_are_shut(db: Db) {
        let app = TestApp::new(db).await;
        let answer = app.anon().post("/sign-in", &[("email", &email("head")), ("password", PASSWORD)]).await.expect(303);
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.starts_with("__Host-") && cookie.contains("; Secure") && cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
        }
        for path in ["/look", "/language"] {
            let set = app.anon().post(path, &[("size", "150"), ("lang", "en")]).await.expect(303);
            let cookie = set.header("set-cookie").to_owned();
            assert!(cookie.starts_with("__Host-") && cookie.contains("Secure") && cookie.contains("SameSite=Lax"), "{cookie}");
        }
        // Health says nothing of what is inside, figures are for whoever knows the token.
        assert_eq!((app.anon().get("/healthz").await.expect(200).text(), app.anon().get("/readyz").await.expect(200).text()), ("ok\n".into(), "ready\n".into()));
        app.anon().get("/metrics").await.expect(404);
        let with = app.with(|o| o.metrics_token = Some("тайна-1".into()));
        with.anon().get("/metrics").await.expect(404);
        with.anon().bare("GET", "/metrics").header("authorization", "Bearer wrong").send().await.expect(404);
        with.as_role(Role::SystemAdministrator).await.get("/metrics").await.expect(404);
        // HSTS only where there is TLS: on this machine it would lock people out.
        assert_eq!(app.anon().get("/").await.header("strict-transport-security"), "");
        let public = app.with(|o| o.public_url = Some("https://set.example.ru".into()));
        for path in ["/", "/healthz", "/assets/css/app.css", "/nothing", "/api/v1/me"] {
            assert_eq!(public.anon().get(path).await.header("strict-transport-security"), "max-age=31536000", "{path}");
        }
        for path in ["/", "/healthz", "/sign-in", "/nothing", "/api/v1/organisations", "/organisations/export.csv"] {
            let answer = app.anon().get(path).await;
            assert!(answer.header("content-security-policy").contains("default-src 'self'"), "{path}");
            assert!(!answer.header("content-security-policy").contains("unsafe"), "{path}");
            assert_eq!((answer.header("x-content-type-options"), answer.header("referrer-policy")), ("nosniff", "same-origin"), "{path}");
        }
    }

    async fn a_forwarded_address_is_believed_of_our_proxy_only(db: Db) {
        let app = TestApp::new(db).await;
        let attempt = async |app: &TestApp, n: usize| {
            let call = app.anon().call("POST", "/sign-in").header("x-forwarded-for", format!("198.51.100.{n}"));
            call.form(&[("email", &email("head")), ("password", "не тот пароль, совсем")]).send().await.code()
        };
        for n in 0..8 {
            assert_eq!(attempt(&app, n).await, 422);
        }
        assert_eq!(attempt(&app, 99).await, 429, "a made-up header is no other place");
        let behind = app.with(|o| o.behind_proxy = true);
        for n in 0..9 {
            assert_eq!(attempt(&behind, n).await, 422);
        }
    }

    async fn code_in_names_stays_text_on_pages_in_tables_and_in_calendars(db: Db) {
        let app = TestApp::new(db).await;
        let head = app.as_role(Role::Head).await;
        let evil = "=HYPERLINK(\"http://evil.example\")<script>alert(1)</script>";
        let body = serde_json::json!({ "owner_id": app.world.own, "class": "technological", "kind": "laboratory", "name": evil, "capacity": 5, "sharing": "by_place", "description": "\r\nBEGIN:VEVENT\r\nSUMMARY:чужое" });
        let made = app.program("head").await.json("POST", "/api/v1/resources", body).await.expect(201).json();
        let id = made["id"].as_str().unwrap();
        app.program("head").await.json("POST", &format!("/api/v1/resources/{id}/publication"), serde_json::json!({})).await.expect(200);
        for path in [format!("/resources/{id}"), "/resources".into(), "/search?q=HYPERLINK".into()] {
            let page = head.get(&path).await.expect(200).text();
            assert!(page.contains("&lt;script&gt;") && !page.contains("<script>alert"), "{path}");
        }
        let csv = head.get("/resources/export.csv").await.expect(200).text();
        let line = csv.lines().find(|line| line.contains("HYPERLINK")).unwrap();
        assert!(!line.split(';').chain(line.split(',')).any(|cell| cell.trim_matches('"').starts_with('=')), "{line}");
    }

    async fn a_version_that_cannot_be_read_is_not_the_newest(db: Db) {
        let app = TestApp::new(db).await;
        let head = app.as_role(Role::Head).await;
        let id = app.world.own;
        let page = head.get(&format!("/organisations/{id}/edit")).await.expect(200).text();
        let form = crate::html::Form::of(&page, &format!("/organisations/{id}"));
        head.submit(&form.clone().set("version", "чужая")).await.expect(422);
        head.submit(&form.set("version", "999")).await.expect(409);
        let program = app.program("head").await;
        let path = format!("/api/v1/organisations/{id}");
        let changed = program.json("PATCH", &path, serde_json::json!({ "latitude": 50.61, "longitude": "36,6" })).await.expect(200).json();
        assert!(changed["version"].as_i64().unwrap() > 1);
        program.json("PATCH", &path, serde_json::json!({ "latitude": 91 })).await.expect(422);
        program.json("PATCH", &path, serde_json::json!({ "version": "x" })).await.expect(422);
        program.json("PATCH", &path, serde_json::json!({ "version": 1 })).await.expect(409);
    }
}
