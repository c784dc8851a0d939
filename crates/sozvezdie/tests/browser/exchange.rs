//! A resource on its way: published, found, asked for by two at once, agreed, held, counted.

use super::support::{Browser, Product, Window};

const NAME: &str = "Лаборатория микробиологии";

#[test]
fn a_laboratory_goes_from_hand_to_hand() {
    let product = Product::start();
    let owner = Browser::signed_in(&product, "deputy1", Window::Desk);
    publish(&owner);

    let asker = Browser::signed_in(&product, "deputy2", Window::Desk);
    let wish = ask(&asker, "Практикум 9 класса", "14");
    asker.wait_for_text("ждёт решения");
    asker.check_page();
    asker.screenshot("exchange-asked");

    let late = Browser::signed_in(&product, "coordinator", Window::Phone);
    find(&late);
    late.goto(&wish);
    fill_in(&late, "Сборы к олимпиаде", "8");
    late.wait_for_text("Ближайшее свободное время");
    late.check_page();
    late.screenshot("exchange-taken");
    late.script("document.querySelector('main .panel form button').click()");
    late.wait_for_text("Сборы к олимпиаде");
    late.wait_for_text("ждёт решения");

    owner.goto("/waiting");
    owner.wait_for_text("Практикум 9 класса");
    owner.check_page();
    owner.screenshot("exchange-waiting");
    owner.script(&format!(
        "[...document.querySelectorAll('main button')].find(b => b.innerText.includes('{NAME}')).click()"
    ));
    owner.wait_for_text("Обе стороны согласны");
    owner.check_page();
    owner.screenshot("exchange-agreed");
    owner.goto("/bookings");
    owner.wait_for_text(NAME);
    owner.check_page();

    asker.goto("/bookings");
    asker.wait_for_text(NAME);
    asker.wait_for_text("согласовано");
    asker.screenshot("exchange-bookings");
}

fn publish(owner: &Browser) {
    owner.goto("/resources");
    owner.click_text("Добавить ресурс");
    owner.wait_for_text("Новый ресурс");
    owner.fill("Класс ресурса", "Технологические");
    owner.fill("Тип", "лаборатория");
    owner.fill("Вместимость", "20");
    owner.fill("Название", "  ");
    owner.click_text("Сохранить");
    owner.wait_for(".err");
    owner.check_page();
    owner.fill("Название", NAME);
    owner.click_text("Сохранить");
    owner.wait_for_text("черновик");
    owner.click_text("Опубликовать");
    owner.wait_for_text("в обмене");
    owner.check_page();
    owner.screenshot("exchange-resource");
}

fn find(browser: &Browser) {
    browser.goto("/resources");
    browser.fill("Название или что нужно сделать", "микробиологии");
    browser.click_text("Показать");
    browser.wait_until("the list is narrowed", || browser.path().contains("q="));
    browser.wait_for_text(NAME);
    browser.check_page();
}

/// Gives the address of the form, so that somebody else asks for the same time.
fn ask(browser: &Browser, purpose: &str, headcount: &str) -> String {
    find(browser);
    browser.screenshot("exchange-found");
    browser.click_text(&format!("Подать заявку : {NAME}"));
    browser.wait_for_text("Для чего");
    browser.check_page();
    browser.screenshot("exchange-ask");
    let form = browser.path();
    fill_in(browser, purpose, headcount);
    form
}

fn fill_in(browser: &Browser, purpose: &str, headcount: &str) {
    browser.fill("Сколько человек", headcount);
    browser.fill("Для чего", purpose);
    browser.click_text("Подать заявку");
}

#[test]
fn both_sides_confirm_a_month_and_the_balance_counts_it() {
    let product = Product::start();
    let deputy = Browser::signed_in(&product, "deputy1", Window::Desk);
    let given = hours(&deputy);
    deputy.goto("/bookings/month");
    deputy.wait_for_text("Лист за");
    deputy.check_page();
    deputy.screenshot("exchange-month");
    // In the first days of a month there is nothing of it yet; the month before always has something.
    if !deputy.page_text().contains("Подтвердить всё за") {
        deputy.click_text("Предыдущий месяц");
    }
    deputy.script("document.querySelector('main form[method=post] button').click()");
    deputy.wait_until("nothing is left of the month", || !deputy.page_text().contains("Подтвердить всё за"));
    assert_ne!(hours(&deputy), given, "what both sides confirmed is counted");
}

/// The row of the viewer's own organisation in «Отдано / получено».
fn hours(browser: &Browser) -> String {
    browser.goto("/links");
    browser.text_of("main table.tbl.cards tbody tr, main section:nth-of-type(2) tbody tr")
}
