//! Letters as a mail server and a mail program get them.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

use chrono::{DateTime, Utc};
use kit::{
    Lang,
    db::testing::block_on,
    mail::{Letter, Mail},
};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
};
use uuid::Uuid;

fn letter() -> Letter {
    Letter {
        lang: Lang::Ru,
        to: "a.demonova@example.invalid".into(),
        subject: "Заявка на решении".into(),
        paragraphs: vec!["Ждёт вашего решения <b>одна</b> заявка.".into()],
        link: Some(("Открыть".into(), "https://set.example.invalid/decisions?a=1&b=2".into())),
        stop: Some(("Не присылать писем".into(), "https://set.example.invalid/letters/secret".into())),
    }
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

/// A mail server for one letter, which answers the recipient with `answer`; gives what it heard.
async fn server(answer: &'static str) -> (u16, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(String::new()));
    let notes = heard.clone();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let (read, mut write) = socket.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 here\r\n").await.unwrap();
        let mut in_data = false;
        while let Some(line) = lines.next_line().await.unwrap() {
            notes.lock().unwrap().push_str(&format!("{line}\n"));
            let reply = match line.split(' ').next().unwrap() {
                _ if in_data && line != "." => continue,
                "." => {
                    in_data = false;
                    "250 taken"
                }
                "DATA" => {
                    in_data = true;
                    "354 go on"
                }
                "RCPT" => answer,
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            write.write_all(format!("{reply}\r\n").as_bytes()).await.unwrap();
        }
    });
    (port, heard)
}

#[test]
fn a_letter_reaches_the_server_as_text_and_as_a_page() {
    block_on(async {
        let (port, heard) = server("250 ok").await;
        let mail = Mail::new(&format!("smtp://127.0.0.1:{port}"), "Созвездие <set@example.invalid>").unwrap();
        mail.send(Uuid::from_u128(5), at(), &letter()).await.unwrap();
        let heard = heard.lock().unwrap().clone();
        assert!(heard.contains("RCPT TO:<a.demonova@example.invalid>"), "{heard}");
        assert!(heard.contains("Message-ID: <00000000-0000-0000-0000-000000000005@example.invalid>"));
        assert!(heard.contains("Date: Mon, 21 Sep 2026 14:13:20 +0000"), "{heard}");
        assert!(heard.contains("multipart/alternative") && heard.contains("text/plain") && heard.contains("text/html"));
        assert!(!heard.contains("<b>одна"), "what people typed is text, not markup");
        assert!(heard.contains("List-Unsubscribe: <https://set.example.invalid/letters/secret>\n"), "{heard}");
        assert!(heard.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"), "{heard}");
    });
}

#[test]
fn a_refusal_is_told_without_the_address() {
    block_on(async {
        let (port, _) = server("550 a.demonova@example.invalid is unknown here").await;
        let mail = Mail::new(&format!("smtp://127.0.0.1:{port}"), "set@example.invalid").unwrap();
        let fault = mail.send(Uuid::from_u128(5), at(), &letter()).await.unwrap_err();
        assert_eq!(fault.internals().unwrap(), "the mail server: 550");
        let nobody = Mail::new("smtp://127.0.0.1:1", "set@example.invalid").unwrap();
        let fault = nobody.send(Uuid::from_u128(5), at(), &letter()).await.unwrap_err();
        assert_eq!(fault.internals().unwrap(), "the mail server: no answer");
    });
}

#[test]
fn a_folder_takes_letters_for_looking_at() {
    let folder = tempfile::tempdir().unwrap();
    let mail = Mail::new(&format!("folder:{}", folder.path().display()), "set@example.invalid").unwrap();
    block_on(async {
        mail.send(Uuid::from_u128(5), at(), &letter()).await.unwrap();
        // Sent twice, it is one letter.
        mail.send(Uuid::from_u128(5), at(), &letter()).await.unwrap();
        Mail::Off.send(Uuid::from_u128(6), at(), &letter()).await.unwrap();
    });
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(files.len(), 1);
}

#[test]
fn letters_do_not_travel_open() {
    for open in
        ["smtp://mail.example.invalid", "smtp://u:p@mail.example.invalid:25?tls=opportunistic", "smtp://10.0.0.1"]
    {
        assert!(Mail::new(open, "set@example.invalid").is_err(), "{open}");
    }
    for closed in
        ["smtps://u:p@mail.example.invalid", "smtp://mail.example.invalid:587?tls=required", "smtp://[::1]:25"]
    {
        assert!(Mail::new(closed, "set@example.invalid").is_ok(), "{closed}");
    }
    let said = format!("{:#}", Mail::new("smtp://user:geheim@[", "set@example.invalid").unwrap_err());
    assert!(!said.contains("geheim"), "{said}");
    assert!(
        !format!("{:?}", Mail::new("smtps://user:geheim@localhost", "set@example.invalid").unwrap()).contains("geheim")
    );
}
