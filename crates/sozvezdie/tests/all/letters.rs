//! Letters on their whole way: from a deed through the jobs to a mail server, and back through the
//! link that stops them.
use crate::app::TestApp;
use chrono::Duration;
use kit::{db::testing::both_engines, mail::Mail};
use serde_json::json;
use sozvezdie::slices::MIGRATIONS;
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

type Heard = Arc<Mutex<Vec<String>>>;

/// A mail server that takes whatever comes; each letter is one text, its envelope first.
async fn server() -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    let notes = heard.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(talk(socket, notes.clone()));
        }
    });
    (port, heard)
}

async fn talk(socket: TcpStream, heard: Heard) {
    let (read, mut write) = socket.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 here\r\n").await.unwrap();
    let (mut letter, mut in_data) = (String::new(), false);
    while let Ok(Some(line)) = lines.next_line().await {
        letter.push_str(&line);
        letter.push('\n');
        let reply = match line.split(' ').next().unwrap_or_default() {
            "." if in_data => {
                in_data = false;
                heard.lock().unwrap().push(std::mem::take(&mut letter));
                "250 taken"
            }
            _ if in_data => continue,
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        if write.write_all(format!("{reply}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

/// A header that was folded is one line again.
fn header(letter: &str, name: &str) -> String {
    let mut lines = letter.lines().skip_while(|line| !line.starts_with(&format!("{name}: ")));
    let first = lines.next().unwrap_or_else(|| panic!("no {name} in {letter}")).to_owned();
    let rest: String = lines.take_while(|line| line.starts_with(' ')).collect();
    (first + &rest)[name.len() + 2..].trim().to_owned()
}

/// All that is due at this moment.
async fn work(app: &TestApp) {
    app.app.jobs.turn(&app.app, &app.net(), &app.app.clock, &app.app.chance).await.unwrap();
}

fn request(app: &TestApp, day: &str) -> serde_json::Value {
    json!({ "resource_id": app.world.resource, "organisation_id": app.world.other, "starts_at": format!("{day}T10:00:00+03:00"),
            "ends_at": format!("{day}T11:00:00+03:00"), "headcount": 5, "purpose": "Занятие с Ваней" })
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_request_becomes_a_letter_and_its_link_ends_letters(db: Db) {
        let (port, heard) = server().await;
        let app = TestApp::new(db).await.with(|options| {
            options.mail = Mail::new(&format!("smtp://127.0.0.1:{port}"), "Созвездие <set@example.invalid>").unwrap();
            options.public_url = Some("https://set.example.invalid".into());
        });
        app.program("other_deputy").await.json("POST", "/api/v1/bookings", request(&app, "2026-12-01")).await.expect(201);
        work(&app).await;
        work(&app).await;
        let letters = heard.lock().unwrap().clone();
        let of = |who: &str| letters.iter().filter(|l| l.contains(&format!("RCPT TO:<{who}@example.invalid>"))).count();
        let told = ["head", "deputy_head", "centre_coordinator", "other_deputy", "pedagogue"].map(of);
        assert_eq!(told, [1, 1, 1, 0, 0], "who decides for the owner, and nobody else: {letters:?}");
        let letter = letters.iter().find(|l| l.contains("RCPT TO:<head@")).unwrap();
        assert_eq!(header(letter, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        let link = header(letter, "List-Unsubscribe");
        let path = link.trim_matches(['<', '>']).strip_prefix("https://set.example.invalid").unwrap().to_owned();

        // The page names nobody and changes nothing; the mail program's bare POST ends it.
        let page = app.anon().get(&path).await.expect(200);
        assert!(!page.text().contains("head@example.invalid") && page.header("cache-control").contains("no-store"));
        let wanted = async || app.program("head").await.get("/api/v1/notifications/settings").await.expect(200).json()["letters"].clone();
        assert_eq!(wanted().await, json!(true));
        app.anon().bare("POST", &path).raw("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click").send().await.expect(303);
        assert_eq!(wanted().await, json!(false));
        assert!(app.anon().get(&path).await.expect(200).text().contains("Писем больше не будет"));

        let next = app.later(Duration::days(1));
        next.program("other_deputy").await.json("POST", "/api/v1/bookings", request(&app, "2026-12-02")).await.expect(201);
        work(&next).await;
        work(&next).await;
        let letters = heard.lock().unwrap()[3..].to_vec();
        assert_eq!(letters.len(), 2, "{letters:?}");
        assert!(!letters.iter().any(|l| l.contains("RCPT TO:<head@")), "who has stopped them gets none");
    }

    async fn before_seven_nobody_is_written_to(db: Db) {
        let (port, heard) = server().await;
        let app = TestApp::new(db).await.with(|options| {
            options.mail = Mail::new(&format!("smtp://127.0.0.1:{port}"), "set@example.invalid").unwrap();
        });
        app.program("other_deputy").await.json("POST", "/api/v1/bookings", request(&app, "2026-12-01")).await.expect(201);
        let night = app.later(Duration::hours(20));
        work(&night).await;
        assert!(heard.lock().unwrap().is_empty(), "six in the morning");
        let morning = night.later(Duration::hours(1));
        work(&morning).await;
        work(&morning).await;
        assert_eq!(heard.lock().unwrap().len(), 3);
    }

    async fn a_calendars_link_is_changed_and_the_old_one_is_dead(db: Db) {
        let app = TestApp::new(db).await.with(|options| options.public_url = Some("https://set.example.invalid/".into()));
        let (head, other) = (app.as_person("head").await, app.as_person("deputy_head").await);
        let link = |page: &str| {
            let value = page.split("id=\"fresh\"").nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
            value.strip_prefix("https://set.example.invalid").unwrap_or_else(|| panic!("{value}")).to_owned()
        };
        let page = head.post("/calendar/feeds", &[("scope", "organisations")]).await.expect(200);
        assert!(page.header("cache-control").contains("no-store"));
        let first = link(&page.text());
        let feed = app.anon().get(&first).await.expect(200);
        assert!(feed.header("content-type").starts_with("text/calendar") && feed.text().starts_with("BEGIN:VCALENDAR\r\n"));
        let page = page.text();
        let renewal = page.split("action=\"").filter_map(|rest| rest.split('"').next()).find(|a| a.ends_with("/renewal")).unwrap();
        other.post(renewal, &[]).await.expect(404);
        let second = link(&head.post(renewal, &[("key", "k1")]).await.expect(200).text());
        app.anon().get(&first).await.expect(404);
        app.anon().get(&second).await.expect(200);
        // Sent twice, it is changed once, and the secret is told once.
        head.post(renewal, &[("key", "k1")]).await.expect(303);
        app.anon().get(&second).await.expect(200);
        head.post(&renewal.replace("renewal", "removal"), &[]).await.expect(303);
        app.anon().get(&second).await.expect(404);
        head.post(renewal, &[]).await.expect(404);
        for _ in 0..10 {
            head.post("/calendar/feeds", &[("scope", "person")]).await.expect(200);
        }
        head.post("/calendar/feeds", &[("scope", "person")]).await.expect(422);
        other.post("/calendar/feeds", &[("scope", "person")]).await.expect(200);
    }
}
