//! Who comes in, who does not, and how it ends.
use crate::{
    app::{Answer, Client, Pass, TestApp},
    html::Form,
    make::PASSWORD,
    world::email,
};
use chrono::Duration;
use kit::{db::testing::both_engines, visit::COOKIE};
use sozvezdie::{roles::Role, slices::MIGRATIONS};
use totp_rs::{Builder, Secret};

/// Signs in as a browser does, with the page's own form.
async fn sign_in(browser: &Client, email: &str, password: &str, code: &str) -> Answer {
    let page = browser.get("/sign-in?next=/organisations").await.expect(200);
    let form = Form::of(&page.text(), "/sign-in").set("email", email).set("password", password).set("code", code);
    browser.submit(&form).await
}

/// The browser after the sign-in.
fn with_session(browser: &Client, answer: &Answer) -> Client {
    Client { pass: Pass::Cookie(answer.cookie(COOKIE).expect("a session")), ..browser.clone() }
}

/// What an authenticator shows at this moment of the test's clock.
fn code(secret: &str, app: &TestApp) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("a".to_owned()).build().unwrap();
    totp.generate(u64::try_from(app.app.clock.now().timestamp()).unwrap()).to_string()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn the_right_password_opens_a_session(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.anon();
        let answer = sign_in(&browser, " Head@Example.invalid ", PASSWORD, "").await.expect(303);
        assert_eq!(answer.location(), "/organisations");
        let set = answer.header("set-cookie").to_owned();
        for part in ["__Host-session=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(set.contains(part), "{part} is not in {set}");
        }
        let inside = with_session(&browser, &answer);
        assert!(inside.get("/account").await.expect(200).text().contains("head@example.invalid"));
        // A secret is stored as its digest, never as it is.
        let stored: Vec<(Vec<u8>,)> = app.app.db.directory().all("SELECT token FROM session", kit::db::args![]).await.unwrap();
        let secret = answer.cookie(COOKIE).unwrap();
        assert!(!stored.iter().any(|(token,)| token.as_slice() == secret.as_bytes()));
    }

    async fn a_new_sign_in_ends_the_old_session_of_the_browser(db: Db) {
        let app = TestApp::new(db).await;
        let first = with_session(&app.anon(), &sign_in(&app.anon(), &email("head"), PASSWORD, "").await);
        let again = first.post("/sign-in", &[("email", &email("pedagogue")), ("password", PASSWORD)]).await.expect(303);
        assert_ne!(again.cookie(COOKIE), Some(match &first.pass { Pass::Cookie(s) => s.clone(), _ => String::new() }));
        assert_eq!(first.get("/account").await.code(), 303);
        assert_eq!(with_session(&first, &again).get("/account").await.code(), 200);
    }

    async fn wrong_unknown_and_closed_look_the_same(db: Db) {
        let app = TestApp::new(db).await;
        app.app.db.directory().run("UPDATE login SET disabled = TRUE WHERE email_key = $1", kit::db::args![email("jury")]).await.unwrap();
        let mut bodies = Vec::new();
        for (who, password) in [(email("head"), "не тот пароль, совсем"), (email("emperor"), PASSWORD), (email("jury"), PASSWORD)] {
            let answer = sign_in(&app.anon(), &who, password, "").await.expect(422);
            assert!(answer.cookie(COOKIE).is_none());
            let text = answer.text();
            assert!(!text.contains(password), "a password came back");
            assert!(text.contains(&who), "the address is to be kept");
            bodies.push(text.replace(&who, "…"));
        }
        assert_eq!(bodies[0], bodies[1]);
        assert_eq!(bodies[0], bodies[2]);
    }

    async fn the_ninth_try_has_to_wait(db: Db) {
        let app = TestApp::new(db).await;
        for _ in 0..8 {
            sign_in(&app.anon(), &email("head"), "не тот пароль, совсем", "").await.expect(422);
        }
        let refused = sign_in(&app.anon(), &email("head"), PASSWORD, "").await.expect(429);
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
        let token = app.anon().json("POST", "/api/v1/tokens", serde_json::json!({ "email": email("head"), "password": PASSWORD })).await;
        assert_eq!(token.code(), 429, "the door for programs is the same door");
        // The rest of the school comes in, and the unlucky one from elsewhere.
        sign_in(&app.anon(), &email("deputy_head"), PASSWORD, "").await.expect(303);
        let mut elsewhere = app.anon();
        elsewhere.address = "192.0.2.77:5000".parse().unwrap();
        sign_in(&elsewhere, &email("head"), PASSWORD, "").await.expect(303);
    }

    async fn a_one_time_code_is_good_once(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::Head).await;
        let page = browser.get("/account/second-factor").await.expect(200);
        let form = Form::of(&page.text(), "/account/second-factor").set("password", PASSWORD);
        let secret = form.get("secret").to_owned();
        let wrong = browser.submit(&form.clone().set("code", "000000")).await.expect(422);
        assert_eq!(Form::of(&wrong.text(), "/account/second-factor").get("secret"), secret, "the picture must not change under the hand");
        assert!(!wrong.text().contains(PASSWORD));
        let other = app.as_role(Role::Head).await;
        let done = browser.submit(&form.clone().set("code", &code(&secret, &app))).await.expect(200);
        assert_eq!(with_session(&browser, &done).get("/account").await.code(), 200, "one is still in, with a new session");
        assert_eq!((browser.get("/account").await.code(), other.get("/account").await.code()), (303, 303), "the old ones are over");

        let app = app.later(Duration::minutes(2));
        let head = email("head");
        let asked = sign_in(&app.anon(), &head, PASSWORD, "").await.expect(422);
        assert!(asked.text().contains("e-code"), "says where the code goes");
        assert!(asked.cookie(COOKIE).is_none());
        sign_in(&app.anon(), &head, PASSWORD, "123456").await.expect(422);
        sign_in(&app.anon(), &head, "не тот пароль, совсем", &code(&secret, &app)).await.expect(422);
        let now = code(&secret, &app);
        sign_in(&app.anon(), &head, PASSWORD, &format!("{} {}", &now[..3], &now[3..])).await.expect(303);
        let replayed = sign_in(&app.anon(), &head, PASSWORD, &now).await.expect(422);
        assert!(replayed.cookie(COOKIE).is_none(), "a code that was looked at over the shoulder opens nothing");

        let app = app.later(Duration::minutes(2));
        let inside = with_session(&app.anon(), &sign_in(&app.anon(), &head, PASSWORD, &code(&secret, &app)).await.expect(303));
        inside.post("/account/second-factor/removal", &[("code", "000000")]).await.expect(422);
        let app = app.later(Duration::minutes(2));
        let inside = Client { pass: inside.pass, ..app.anon() };
        inside.post("/account/second-factor/removal", &[("code", &code(&secret, &app))]).await.expect(303);
        sign_in(&app.anon(), &head, PASSWORD, "").await.expect(303);
    }

    async fn a_secret_that_we_did_not_make_is_not_taken(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::Head).await;
        let page = browser.get("/account/second-factor").await.expect(200);
        let theirs = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        let form = Form::of(&page.text(), "/account/second-factor").set("password", PASSWORD).set("secret", theirs).set("code", &code(theirs, &app));
        browser.submit(&form).await.expect(422);
        sign_in(&app.anon(), &email("head"), PASSWORD, "").await.expect(303);
    }

    async fn signing_out_ends_the_session_and_what_was_being_typed(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        let other = app.as_role(Role::DepartmentSpecialist).await;
        browser.call("POST", "/drafts/organisation-new").form(&[("name", "Недописанная школа")]).send().await.expect(204);
        let answer = browser.post("/sign-out", &[]).await.expect(303);
        assert_eq!(answer.cookie(COOKIE).as_deref(), Some(""));
        assert!(browser.get("/account").await.location().starts_with("/sign-in"));
        let page = other.get("/organisations/new").await.expect(200);
        assert!(!page.text().contains("Недописанная школа"));
    }

    async fn a_session_ends_with_idleness_with_age_and_with_the_account(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::Head).await;
        let program = app.program("head").await;
        let at = |hours: i64, client: &Client| {
            let later = app.later(Duration::hours(hours));
            let client = Client { pass: client.pass.clone(), ..later.anon() };
            async move { client.get("/api/v1/me").await.code() }
        };
        assert_eq!(at(11, &browser).await, 200);
        assert_eq!(at(11 + 13, &browser).await, 401, "idle for more than twelve hours");
        assert_eq!(at(24 * 29, &program).await, 200);
        assert_eq!(at(24 * 31, &program).await, 401, "older than thirty days");
        // Busy all the time, and over after two weeks.
        let busy = app.as_role(Role::Pedagogue).await;
        for hours in (0..24 * 14).step_by(8) {
            assert_eq!(at(hours, &busy).await, 200, "after {hours} hours");
        }
        assert_eq!(at(24 * 14, &busy).await, 401);
        // The account is closed: at once, on every device.
        let closed = app.as_role(Role::Jury).await;
        let token = app.program("jury").await;
        app.app.db.directory().run("UPDATE login SET disabled = TRUE WHERE email_key = $1", kit::db::args![email("jury")]).await.unwrap();
        assert_eq!(closed.get("/account").await.code(), 303);
        assert_eq!(token.get("/api/v1/me").await.code(), 401);
    }

    async fn a_role_that_is_over_opens_nothing(db: Db) {
        let app = TestApp::new(db).await;
        let head = app.as_role(Role::Head).await;
        let edit = format!("/organisations/{}/edit", app.world.own);
        head.get(&edit).await.expect(200);
        let person = app.world.people["head"];
        let sql = "UPDATE role_grant SET until_date = '2026-11-23' WHERE network_id = $1 AND person_id = $2";
        app.write(app.world.network, async move |tx: &mut kit::db::Tx| tx.run(sql, kit::db::args![person]).await.map(drop)).await;
        head.get(&edit).await.expect(403);
    }

    async fn a_token_is_no_cookie_and_a_cookie_no_token(db: Db) {
        let app = TestApp::new(db).await;
        let form = serde_json::json!({ "email": email("head"), "password": PASSWORD });
        let answer = app.anon().json("POST", "/api/v1/tokens", form).await.expect(200);
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        let with = |pass| Client { pass, ..app.anon() };
        let me = with(Pass::Token(token.clone())).get("/api/v1/me").await.expect(200).json();
        assert_eq!(me["name"], "head");
        assert!(me["roles"].as_array().unwrap().iter().any(|r| r["role"] == "head" && r["organisation_id"] == app.world.own.to_string()));
        with(Pass::Cookie(token)).get("/api/v1/me").await.expect(401);
        let Pass::Cookie(secret) = app.as_role(Role::Head).await.pass else { panic!() };
        let refused = with(Pass::Token(secret)).get("/api/v1/organisations").await.expect(401);
        assert_eq!(refused.header("content-type"), "application/problem+json");
        with(Pass::Token("nonsense".into())).get("/api/v1/organisations").await.expect(401);
        let wrong = serde_json::json!({ "email": email("head"), "password": "не тот пароль, совсем" });
        app.anon().json("POST", "/api/v1/tokens", wrong).await.expect(422);
    }

    async fn a_new_password_closes_the_other_devices(db: Db) {
        let app = TestApp::new(db).await;
        let (here, there, program) = (app.as_role(Role::Head).await, app.as_role(Role::Head).await, app.program("head").await);
        let change = async |old: &str, new: &str| here.post("/account/password", &[("password", old), ("new_password", new)]).await;
        let new = "лиса несёт самовар";
        for (old, weak) in [("не тот пароль, совсем", new), (PASSWORD, PASSWORD), (PASSWORD, "кратко-1"), (PASSWORD, "password1234"), (PASSWORD, "head-head-head-head")] {
            let answer = change(old, weak).await.expect(422);
            assert!(!answer.text().contains(weak) && !answer.text().contains(PASSWORD), "a password came back");
        }
        there.get("/account").await.expect(200);
        let done = change(PASSWORD, new).await.expect(303);
        with_session(&here, &done).get("/account").await.expect(200);
        assert_eq!(here.get("/account").await.code(), 303, "the session is a new one");
        assert_eq!(there.get("/account").await.code(), 303);
        assert_eq!(program.get("/api/v1/me").await.code(), 401);
        sign_in(&app.anon(), &email("head"), PASSWORD, "").await.expect(422);
        sign_in(&app.anon(), &email("head"), new, "").await.expect(303);
    }

    async fn the_way_back_stays_at_home(db: Db) {
        let app = TestApp::new(db).await;
        for (next, leads) in [("https://evil.example/", "/"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("/organisations?kind=general", "/organisations?kind=general")] {
            let answer = app.anon().post("/sign-in", &[("email", &email("head")), ("password", PASSWORD), ("next", next)]).await.expect(303);
            assert_eq!(answer.location(), leads);
        }
    }
}
