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

const FESTIVAL: &str = "Районная смена «Юный исследователь»";
const STADIUM: &str = "Стадион с искусственным покрытием";
const GREENHOUSE: &str = "Учебная теплица и опытный участок";

#[test]
fn a_common_request_is_gathered_and_agreed_in_part() {
    let product = Product::start();
    let asker = Browser::signed_in(&product, "deputy1", Window::Desk);
    for name in [STADIUM, GREENHOUSE] {
        asker.goto(&format!("/resources?q={}", name.replace(' ', "+")));
        asker.click_text(&format!("Добавить в общую заявку: {name}"));
        asker.wait_for_text("Добавлено в общую заявку");
    }
    asker.click_text("Общая заявка");
    asker.wait_for_text(GREENHOUSE);
    asker.fill("Что за мероприятие", FESTIVAL);
    asker.fill("Сколько человек", "12");
    asker.fill("День", &working_day());
    asker.fill("С", "10:00");
    asker.fill("До", "12:00");
    asker.click_text("Сохранить и проверить");
    asker.wait_until("the answer", || {
        let text = asker.page_text();
        text.contains("Свободно всё") || text.contains("Пока не получается")
    });
    asker.check_page();
    asker.screenshot("common-draft");
    // The demo's own bookings may stand there: then the nearest time at which all is free.
    if !asker.page_text().contains("Свободно всё") {
        asker.script("document.querySelector('button[name=when]').click()");
        asker.wait_for_text("Свободно всё");
    }
    asker.click_text("Подать общую заявку");
    asker.wait_for_text("согласовано 0 из 2");
    asker.check_page();
    let whole = asker.path();

    let agrees = Browser::signed_in(&product, "deputy2", Window::Desk);
    open_line(&agrees, STADIUM);
    agrees.click_text("Согласовать");
    agrees.wait_for_text("Обе стороны согласны");

    let declines = Browser::signed_in(&product, "naturalists", Window::Phone);
    open_line(&declines, GREENHOUSE);
    declines.click_text("Отклонить");
    declines.wait_for_text("Эти слова увидит другая сторона");
    declines.check_page();
    declines.fill("Почему", "В теплице ремонт отопления.");
    declines.click_text("Отклонить");
    declines.wait_for_text("не может дать этот ресурс");

    asker.goto(&whole);
    asker.wait_for_text("согласовано 1 из 2");
    asker.wait_for_text("В теплице ремонт отопления.");
    asker.check_page();
    asker.screenshot("common-partly");
    asker.click_text(&format!("Заменить : {GREENHOUSE}"));
    asker.wait_for_text("На что заменить");
    asker.check_page();
    asker.goto(&whole);
    asker.click_text("Отменить «Районная смена „Юный исследователь“»");
    asker.wait_for_text("Всё отменено");
}

/// A day two weeks ahead on which everything keeps its hours, as fields of dates write it.
fn working_day() -> String {
    let from = kit::Clock::system().today() + chrono::Duration::days(14);
    let is_plain = |day: &chrono::NaiveDate| {
        use chrono::Datelike as _;
        day.weekday() == chrono::Weekday::Tue
            && !matches!((day.month(), day.day()), (1, ..=8) | (2, 23) | (3, 8) | (5, 1 | 9) | (6, 12) | (11, 4))
    };
    from.iter_days().find(is_plain).map(|day| day.to_string()).unwrap_or_default()
}

/// The line that waits for this owner's answer.
fn open_line(owner: &Browser, name: &str) {
    owner.goto("/waiting");
    let line = format!(
        "[...document.querySelectorAll('main li, main tr')].find(e => e.innerText.includes('{name}') && e.innerText.includes('Юный исследователь'))"
    );
    owner.wait_until("the request", || owner.script(&format!("return !!({line})")) == true);
    owner.check_page();
    owner.script(&format!("({line}).querySelector('a[href^=\"/bookings/\"]').click()"));
    owner.wait_for_text("Что сейчас");
}

#[test]
fn a_loan_is_handed_over_and_taken_back() {
    let product = Product::start();
    let asker = Browser::signed_in(&product, "deputy2", Window::Phone);
    asker.goto("/resources?q=химик");
    asker.click_text("Набор «Юный химик» для опытов");
    asker.wait_until("the resource", || asker.path().starts_with("/resources/"));
    asker.click_text("Взять на время");
    asker.wait_for_text("День возврата");
    asker.fill("Сколько человек", "15");
    asker.fill("Сколько штук", "1");
    asker.fill("Для чего", "Неделя химии, 7 «А»");
    asker.check_page();
    asker.click_text("Взять на время");
    asker.wait_until("the request", || asker.path().starts_with("/bookings/") && !asker.path().contains("/new"));
    let loan = asker.path();
    let loan = loan.split('?').next().unwrap_or_default().to_owned();

    let owner = Browser::signed_in(&product, "deputy1", Window::Desk);
    owner.goto(&loan);
    owner.click_text("Согласовать");
    owner.wait_for_text("ещё не выдано");
    owner.click_text("Выдать");
    owner.wait_for_text("Инвентарный номер");
    owner.check_page();
    owner.fill("Кто отвечает", "А. И. Примерова");
    owner.fill("Состояние и комплект", "всё на месте");
    owner.click_text("Выдать");
    owner.wait_for_text("Выдача записана");
    owner.check_page();
    owner.screenshot("loan-handed-over");

    asker.goto(&loan);
    asker.wait_for_text("А. И. Примерова");
    asker.check_page();

    owner.goto(&loan);
    owner.click_text("Принять обратно");
    owner.wait_for_text("Скольким людям послужило");
    owner.check_page();
    owner.fill("Скольким людям послужило", "24");
    owner.click_text("Принять обратно");
    owner.wait_for_text("Возврат записан");
    owner.check_page();

    asker.goto(&loan);
    asker.click_text("Состоялось");
    asker.wait_for_text("24 чел.");
    asker.check_page();
    asker.click_text("Состоялось");
    asker.wait_for_text("подтверждено");
    asker.check_page();
    asker.screenshot("loan-confirmed");
}

/// The first booking of a list that stands in this state, with the account's own statement or without.
fn first_of(browser: &Browser, state: &str) -> Option<String> {
    browser.goto(&format!("/bookings?state={state}"));
    browser.wait_for("main h1");
    let href = browser.script("return document.querySelector('main a.row-link')?.getAttribute('href') ?? ''");
    href.as_str().filter(|href| !href.is_empty()).map(str::to_owned)
}

#[test]
fn sides_that_differ_come_to_agree() {
    let product = Product::start();
    let deputy = Browser::signed_in(&product, "deputy1", Window::Desk);
    // The other side has stated an outcome; this one says something else.
    deputy.goto("/waiting?task=confirm_outcome");
    deputy.wait_for("main h1");
    let waits =
        deputy.script("return document.querySelector('main a[href^=\"/bookings/\"]')?.getAttribute('href') ?? ''");
    let booking = waits.as_str().unwrap_or_default().to_owned();
    assert!(booking.starts_with("/bookings/"), "the demo has an outcome to check: {booking}");
    deputy.goto(&booking);
    deputy.click_text("Состоялось");
    deputy.wait_for_text("Сколько человек было");
    deputy.check_page();
    deputy.fill("Сколько человек было", "1");
    deputy.fill("Сколько часов", "0:20");
    deputy.click_text("Состоялось");
    deputy.wait_for_text("расходится");
    deputy.check_page();
    deputy.screenshot("dispute");
    assert!(first_of(&deputy, "disputed").is_some(), "and it is found in the list");

    let phone = Browser::signed_in(&product, "deputy1", Window::Phone);
    phone.goto(&booking);
    phone.wait_for_text("Согласиться с партнёром");
    phone.check_page();
    phone.screenshot("dispute-phone");
    phone.script("[...document.querySelectorAll('main button')].find(b => b.innerText.includes('Согласиться с партнёром')).click()");
    phone.wait_for_text("подтверждено");
    phone.check_page();
    phone.screenshot("dispute-agreed");
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
        deputy.wait_for_text("Подтвердить всё за");
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
