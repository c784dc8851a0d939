//! How an account opens and is held shut: the second factor, issued passwords, sessions, rights.
use crate::{
    app::{Answer, Client, Pass, TestApp},
    html::Form,
    make::PASSWORD,
    world::email,
};
use chrono::Duration;
use kit::{
    db::{args, testing::both_engines},
    visit::COOKIE,
};
use sozvezdie::{roles::Role, slices::MIGRATIONS};
use totp_rs::{Builder, Secret};

const NEW: &str = "лиса несёт самовар";

async fn sign_in(app: &TestApp, key: &str, password: &str, code: &str) -> Answer {
    app.anon().post("/sign-in", &[("email", &email(key)), ("password", password), ("code", code)]).await
}

fn inside(app: &TestApp, answer: &Answer) -> Client {
    Client { pass: Pass::Cookie(answer.cookie(COOKIE).expect("a session")), ..app.anon() }
}

/// The same browser when the program runs at another time.
fn moved(app: &TestApp, client: &Client) -> Client {
    Client { pass: client.pass.clone(), ..app.anon() }
}

fn code(secret: &str, app: &TestApp) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("a".to_owned()).build().unwrap();
    totp.generate(u64::try_from(app.app.clock.now().timestamp()).unwrap()).to_string()
}

async fn token(app: &TestApp, key: &str, password: &str, code: &str) -> Answer {
    let body = serde_json::json!({ "email": email(key), "password": password, "code": code });
    app.anon().json("POST", "/api/v1/tokens", body).await
}

/// Turns the factor on; gives the browser, the secret and the recovery codes.
async fn turn_on(app: &TestApp, browser: &Client) -> (Client, String, Vec<String>) {
    let page = browser.get("/account/second-factor").await.expect(200);
    let form = Form::of(&page.text(), "/account/second-factor").set("password", PASSWORD);
    let secret = form.get("secret").to_owned();
    let done = browser.submit(&form.set("code", &code(&secret, app))).await.expect(200);
    let codes = recovery(&done);
    (inside(app, &done), secret, codes)
}

fn recovery(page: &Answer) -> Vec<String> {
    let text = page.text();
    let codes: Vec<String> =
        text.split("<li><code>").skip(1).filter_map(|rest| rest.split("</code>").next()).map(str::to_owned).collect();
    assert_eq!(codes.len(), 10, "{text}");
    codes
}

async fn trail(app: &TestApp, action: &str) -> i64 {
    let sql = "SELECT COUNT(*) FROM audit_entry WHERE network_id = $1 AND action = $2";
    app.net().opt::<(i64,)>(sql, args![action]).await.unwrap().unwrap().0
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_recovery_code_opens_once_and_new_ones_take_its_place(db: Db) {
        let app = TestApp::new(db).await;
        let (_, secret, codes) = turn_on(&app, &app.as_role(Role::Head).await).await;
        let app = app.later(Duration::minutes(2));
        // Stored as digests: whoever reads the table reads no code.
        let stored: Vec<(Vec<u8>,)> = app.app.db.directory().all("SELECT digest FROM recovery_code", args![]).await.unwrap();
        assert_eq!(stored.len(), 10);
        assert!(stored.iter().all(|(digest,)| digest.len() == 32));

        sign_in(&app, "head", "не тот пароль, совсем", &codes[0]).await.expect(422);
        let answer = sign_in(&app, "head", PASSWORD, &codes[0].to_uppercase().replace('-', " ")).await.expect(303);
        sign_in(&app, "head", PASSWORD, &codes[0]).await.expect(422);
        token(&app, "head", PASSWORD, &codes[1]).await.expect(200);
        token(&app, "head", PASSWORD, &codes[1]).await.expect(422);

        let browser = inside(&app, &answer);
        browser.post("/account/recovery-codes", &[("code", "000000")]).await.expect(422);
        let fresh = recovery(&browser.post("/account/recovery-codes", &[("code", &code(&secret, &app))]).await.expect(200));
        sign_in(&app, "head", PASSWORD, &codes[2]).await.expect(422);
        sign_in(&app, "head", PASSWORD, &fresh[0]).await.expect(303);
        // Another's codes are another's.
        sign_in(&app, "deputy_head", "не тот пароль, совсем", &fresh[1]).await.expect(422);
    }

    async fn one_time_codes_are_not_guessed_on(db: Db) {
        let app = TestApp::new(db).await;
        let (_, secret, codes) = turn_on(&app, &app.as_role(Role::Head).await).await;
        let app = app.later(Duration::minutes(2));
        for guess in 0..8 {
            sign_in(&app, "head", PASSWORD, &format!("{guess:06}")).await.expect(422);
        }
        sign_in(&app, "head", PASSWORD, &code(&secret, &app)).await.expect(429);
        sign_in(&app, "head", PASSWORD, &codes[0]).await.expect(429);
        token(&app, "head", PASSWORD, &code(&secret, &app)).await.expect(429);
        sign_in(&app, "deputy_head", PASSWORD, "").await.expect(303);
    }

    async fn a_running_factor_is_not_replaced_by_the_password_alone(db: Db) {
        let app = TestApp::new(db).await;
        let (browser, ..) = turn_on(&app, &app.as_role(Role::Head).await).await;
        let page = browser.get("/account/second-factor").await.expect(200);
        let form = Form::of(&page.text(), "/account/second-factor").set("password", PASSWORD);
        let secret = form.get("secret").to_owned();
        browser.submit(&form.set("code", &code(&secret, &app))).await.expect(409);
    }

    async fn staff_are_led_to_the_second_factor_and_held_to_it(db: Db) {
        let app = TestApp::new(db).await.with(|o| o.second_factor_days = Some(14));
        let answer = sign_in(&app, "head", PASSWORD, "").await.expect(303);
        assert_eq!(answer.location(), "/account/second-factor");
        let head = inside(&app, &answer);
        assert!(head.get("/account/second-factor").await.expect(200).text().contains("08.12.2026"), "the day is said");
        head.get("/bookings").await.expect(200);
        let program = Client { pass: Pass::Token(token(&app, "head", PASSWORD, "").await.expect(200).json()["token"].as_str().unwrap().into()), ..app.anon() };
        program.get("/api/v1/me").await.expect(200);
        // A family's account is not staff's.
        assert_eq!(sign_in(&app, "guardian", PASSWORD, "").await.expect(303).location(), "/");

        // The days pass; signing in again begins no new grace.
        let app = app.later(Duration::days(13));
        sign_in(&app, "head", PASSWORD, "").await.expect(303);
        let app = app.later(Duration::days(2));
        let late = inside(&app, &sign_in(&app, "head", PASSWORD, "").await.expect(303));
        for path in ["/", "/bookings", "/organisations"] {
            assert_eq!(late.get(path).await.expect(303).location(), "/account/second-factor", "{path}");
        }
        assert_eq!(late.post("/bookings", &[]).await.expect(303).location(), "/account/second-factor");
        for path in ["/account", "/account/second-factor", "/look"] {
            late.get(path).await.expect(200);
        }
        let refused = moved(&app, &program).get("/api/v1/bookings").await.expect(403).json();
        assert_eq!(refused["code"], "second-factor-due");
        token(&app, "head", PASSWORD, "").await.expect(422);

        let (done, ..) = turn_on(&app, &late).await;
        done.get("/bookings").await.expect(200);
        // Where nobody must, nobody is held.
        let easy = app.with(|o| o.second_factor_days = None);
        assert_eq!(sign_in(&easy, "deputy_head", PASSWORD, "").await.expect(303).location(), "/");
    }

    async fn an_issued_password_is_changed_first_and_expires(db: Db) {
        let app = TestApp::new(db).await;
        let admin = app.as_role(Role::SystemAdministrator).await;
        let before = app.as_role(Role::Head).await;
        let person = app.world.people["head"];
        let issue = async || {
            let page = admin.post(&format!("/people/{person}/password"), &[]).await.expect(200).text();
            page.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).unwrap().to_owned()
        };
        let old = issue().await;
        let issued = issue().await;
        assert_eq!(before.get("/account").await.code(), 303, "every session is over");
        sign_in(&app, "head", PASSWORD, "").await.expect(422);
        sign_in(&app, "head", &old, "").await.expect(422);
        token(&app, "head", &issued, "").await.expect(422);

        let answer = sign_in(&app, "head", &issued, "").await.expect(303);
        assert_eq!(answer.location(), "/account/password");
        let head = inside(&app, &answer);
        assert_eq!(head.get("/bookings").await.expect(303).location(), "/account/password");
        assert_eq!(head.get("/api/v1/bookings").await.expect(403).json()["code"], "password-issued");
        head.get("/account/password").await.expect(200);
        head.post("/account/password", &[("password", &issued), ("new_password", &issued)]).await.expect(422);
        let done = head.post("/account/password", &[("password", &issued), ("new_password", NEW)]).await.expect(303);
        inside(&app, &done).get("/bookings").await.expect(200);
        token(&app, "head", NEW, "").await.expect(200);

        let issued = issue().await;
        let app = app.later(Duration::days(7));
        let late = sign_in(&app, "head", &issued, "").await.expect(422);
        assert!(late.text().contains("Срок выданного пароля вышел"));
        // The own one never does.
        sign_in(&app.later(Duration::days(4000)), "deputy_head", PASSWORD, "").await.expect(303);
    }

    async fn one_sees_where_one_is_signed_in_and_ends_it(db: Db) {
        let app = TestApp::new(db).await;
        let agent = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0";
        let call = app.anon().call("POST", "/sign-in").header("user-agent", agent);
        let other = inside(&app, &call.form(&[("email", &email("head")), ("password", PASSWORD)]).send().await.expect(303));
        let (here, program, stranger) = (app.as_role(Role::Head).await, app.program("head").await, app.as_role(Role::Pedagogue).await);
        let page = here.get("/account").await.expect(200).text();
        for words in ["Firefox, Windows", "192.0.2.1", "Программа с ключом API", "этот вход"] {
            assert!(page.contains(words), "{words}");
        }
        let names: Vec<String> = page.split("name=\"session\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect();
        assert_eq!(names.len(), 3, "two to end, and all others at once: {names:?}");
        stranger.post("/account/sessions/removal", &[("session", &names[0])]).await.expect(404);
        let answer = |client: &Client| { let client = client.clone(); async move { client.get("/api/v1/me").await.code() } };
        assert_eq!((answer(&other).await, answer(&program).await), (200, 200));
        for wrong in ["", "guess"] {
            let page = here.post("/account/sessions/removal", &[("session", &names[0]), ("session_password", wrong)]).await.expect(422);
            assert!(page.text().contains("id=\"e-session_password\""), "the field says what is wrong");
        }
        assert_eq!((answer(&other).await, answer(&program).await), (200, 200), "not without the password");
        for name in names.iter().filter(|n| *n != "others") {
            here.post("/account/sessions/removal", &[("session", name), ("session_password", PASSWORD)]).await.expect(303);
        }
        assert_eq!((answer(&here).await, answer(&other).await, answer(&program).await), (200, 401, 401));
        let again = app.as_role(Role::Head).await;
        here.post("/account/sessions/removal", &[("session", "others"), ("session_password", PASSWORD)]).await.expect(303);
        assert_eq!((answer(&here).await, answer(&again).await, answer(&stranger).await), (200, 401, 200));
        assert_eq!(trail(&app, "end_sessions").await, 3);
    }

    async fn the_administrator_ends_sessions_and_takes_a_lost_factor_away(db: Db) {
        let app = TestApp::new(db).await;
        let admin = app.as_role(Role::SystemAdministrator).await;
        let at = |key: &str, tail: &str| format!("/people/{}{tail}", app.world.people[key]);
        let (head, _, codes) = turn_on(&app, &app.as_role(Role::Head).await).await;
        let program = app.program("head").await;
        assert!(admin.get(&at("head", "")).await.expect(200).text().contains("Где открыт вход"));
        admin.post(&at("head", "/sessions/removal"), &[("session", "nothing")]).await.expect(404);
        admin.post(&at("head", "/sessions/removal"), &[]).await.expect(303);
        assert_eq!((head.get("/api/v1/me").await.code(), program.get("/api/v1/me").await.code()), (401, 401));

        let program = app.program("head").await;
        admin.post(&at("head", "/second-factor/removal"), &[]).await.expect(303);
        assert_eq!(program.get("/api/v1/me").await.code(), 401);
        assert_eq!((trail(&app, "reset_factor").await, trail(&app, "end_sessions").await), (1, 1));
        assert_ne!(sign_in(&app, "head", PASSWORD, &codes[0]).await.expect(303).cookie(COOKIE), None);
        admin.post(&at("system_administrator", "/second-factor/removal"), &[]).await.expect(409);
    }

    async fn rights_that_change_end_the_sessions(db: Db) {
        let app = TestApp::new(db).await;
        let admin = app.as_role(Role::SystemAdministrator).await;
        let person = app.world.people["head"];
        let (browser, program) = (app.as_role(Role::Head).await, app.program("head").await);
        admin.post(&format!("/people/{person}/roles"), &[("role", "pedagogue"), ("organisation", &app.world.other.to_string())]).await.expect(303);
        assert_eq!((browser.get("/api/v1/me").await.code(), program.get("/api/v1/me").await.code()), (401, 401), "given");
        let (browser, program) = (app.as_role(Role::Head).await, app.program("head").await);
        browser.get("/bookings").await.expect(200);
        let grant = app.net().opt::<(uuid::Uuid,)>("SELECT id FROM role_grant WHERE network_id = $1 AND person_id = $2 AND role = 'head'", args![person]).await.unwrap().unwrap().0;
        admin.post(&format!("/people/{person}/roles/{grant}/removal"), &[]).await.expect(303);
        assert_eq!((browser.get("/api/v1/me").await.code(), program.get("/api/v1/me").await.code()), (401, 401), "taken away");
    }
}
