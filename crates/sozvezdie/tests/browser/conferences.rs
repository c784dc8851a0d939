//! A conference: theses handed in and decided, a programme without clashes, points, the sheet of results.

use super::support::{Browser, Product, Window};

#[test]
fn theses_become_talks_and_points_become_places() {
    let product = Product::start();
    let head = Browser::signed_in(&product, "naturalists", Window::Desk);
    open(&head, "научного общества", "Конференция научного общества «Биотоп» (демо)");
    head.check_page();
    head.screenshot("conference");
    let conference = head.path();
    decide(&head);
    plan(&head, &conference);
    points(&head, &conference);

    let guest = Browser::open(product.url(), Window::Phone);
    guest.goto(&conference);
    guest.wait_for_text("Автор не назван");
    guest.wait_for_text("Шум на переменах");
    assert!(!guest.page_text().contains("Влияние музыки"), "declined theses are nobody's business");
    guest.check_page();
    guest.screenshot("conference-guest");
    submit(&head);
}

fn open(browser: &Browser, words: &str, title: &str) {
    browser.goto(&format!("/events?q={}", words.replace(' ', "+")));
    browser.click_text(title);
    browser.wait_for_text("Программа и тезисы");
    browser.click_text("Программа и тезисы");
    browser.wait_for_text("Регламент");
}

/// The theses that wait are accepted; sent back without a word they are not.
fn decide(head: &Browser) {
    head.click_text("Шум на переменах: измерения и предложения");
    head.wait_for_text("Записать решение");
    head.check_page();
    choose(head, "#f-state", "Вернуть на доработку");
    head.click_text("Записать решение");
    head.wait_for_text("Объясните авторам, почему.");
    head.check_page();
    choose(head, "#f-state", "Принять");
    head.click_text("Записать решение");
    head.wait_for_text("Решение записано.");
    head.check_page();
}

/// The work gets its hour; a juror of one section cannot sit in the other.
fn plan(head: &Browser, conference: &str) {
    head.goto(conference);
    head.wait_for_text("Регламент");
    head.script("[...document.querySelectorAll('main ul.list a')].find(a => a.innerText === 'Экология').click()");
    head.wait_for_text("Поставить в программу");
    choose(head, "#f-thesis", "Шум на переменах");
    head.click_text("Поставить в программу");
    head.wait_for_text("Программа изменена.");
    head.wait_for_text("10:45–10:55");
    head.check_page();
    choose(head, "#f-person", "Эфирова");
    head.click_text("Добавить в жюри");
    head.wait_for_text("нужно быть сразу в двух секциях");
    head.check_page();
    head.screenshot("conference-clash");
}

/// Wrong points come back, right ones make a mean that goes to the results.
fn points(head: &Browser, conference: &str) {
    head.click_text("Баллы жюри");
    head.wait_for("input[name^=\"p-0-\"]");
    head.check_page();
    let first = "document.querySelector('input[name^=\"p-0-\"]')";
    head.script(&format!("{first}.value = '11'"));
    head.click_text("Сохранить баллы");
    head.wait_for(".summary");
    head.check_page();
    head.script(&format!("{first}.value = '10'"));
    head.click_text("Сохранить баллы");
    head.wait_for_text("Баллы сохранены.");
    head.check_page();
    head.goto(conference);
    head.wait_for_text("Передать средние баллы в результаты");
    head.click_text("Передать средние баллы в результаты");
    head.wait_for_text("Средние баллы переданы в результаты.");
    head.check_page();
    head.click_text("Предложить по правилам этапа");
    head.wait_for_text("Итоги заполнены по правилам этапа.");
    head.check_page();
    head.screenshot("conference-results");
}

/// The next conference takes theses, without the names of those who wrote them.
fn submit(head: &Browser) {
    open(head, "весенние чтения", "Весенние чтения «Биотопа» (демо)");
    head.click_text("Подать тезисы");
    head.wait_for_text("Отправить тезисы");
    head.check_page();
    head.script("document.querySelector('form[action$=\"/theses\"]').noValidate = true");
    head.click_text("Отправить тезисы");
    head.wait_for(".summary");
    head.check_page();
}

fn choose(browser: &Browser, select: &str, words: &str) {
    browser.script(&format!(
        "const s = document.querySelector('{select}'); s.value = [...s.options].find(o => o.text.includes('{words}')).value; \
         s.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
}
