//! The harness against a page whose faults are known: it must see each of them.
#![expect(clippy::expect_used, reason = "a test that cannot go on says so by panicking")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use super::support::{Browser, ENTER, TAB, Window};

const PAGE: &str = r#"<!doctype html><html lang="ru"><title>Проба</title><meta name="viewport" content="width=device-width">
<main><h1>Проба</h1>
<form><p><label for="n">Имя *</label> <input id="n" name="name">
<p><label>Класс <select name="class"><option value="">—<option value="5">5 А</select></label>
<p><label for="d">День</label> <input id="d" name="day" type="date">
<p><label><input name="yes" type="checkbox"> Согласие</label>
<p><button>Отправить</button></form>
<p id="late"></p><a href="/faulty">Дальше</a></main>
<script>setTimeout(() => late.textContent = 'Пришло  позже', 300)</script>"#;

const FAULTY: &str = r#"<!doctype html><html><title>Изъяны</title><main><h1>Изъяны</h1><img src="/assets/none.png">
<div style="width: 2000px; background: #eee">Широко</div></main><script>console.error('нет', missing)</script>"#;

/// A site of two pages that lives as long as the tests.
fn site() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut stream = BufReader::new(stream);
            let mut request = String::new();
            let _ = stream.read_line(&mut request);
            if request.contains("/assets/") {
                let _ = write!(
                    stream.get_mut(),
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                );
                continue;
            }
            let page = if request.contains("/faulty") { FAULTY } else { PAGE };
            let length = page.len();
            let _ = write!(
                stream.get_mut(),
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
            );
        }
    });
    format!("http://127.0.0.1:{port}")
}

#[test]
fn fills_clicks_and_waits() {
    let browser = Browser::open(&site(), Window::Desk);
    browser.wait_for_text("Пришло позже");
    browser.fill("Имя", "Ёлкин");
    browser.fill("Класс", "5 А");
    browser.fill("День", "2026-09-01");
    browser.fill("Согласие", "yes");
    browser.click_text("Отправить");
    browser.wait_until("an answer", || browser.path().contains("class=5&day=2026-09-01&yes=on"));
    assert_eq!(browser.text_of("h1"), "Проба");
    browser.check_page();
    browser.press(TAB);
    assert_eq!(browser.focus(), "name");
    browser.press('z');
    browser.press(ENTER);
    browser.wait_until("an answer", || browser.path().contains("name=z"));
}

#[test]
fn sees_faults() {
    let browser = Browser::open(&site(), Window::Phone);
    browser.wait_for("main h1");
    browser.screenshot("harness");
    assert_eq!(browser.script("return window.innerWidth"), 390);
    browser.check_page();
    browser.click_text("Дальше");
    browser.wait_for_text("Изъяны");
    let faults = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| browser.check_page()));
    let said = faults.expect_err("the faults are seen");
    let said = said.downcast_ref::<String>().expect("a panic with words");
    for fault in ["image-alt", "html-has-lang", "missing is not defined", "none.png", "px wider"] {
        assert!(said.contains(fault), "{fault} is not in:\n{said}");
    }
}
