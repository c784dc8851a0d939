//! A specialist of the department looks for a school, writes down its new telephone and sees who did.

use super::support::{Browser, Product, Window};

#[test]
fn a_specialist_corrects_a_telephone() {
    // It changes a record, so nobody else shares this network.
    let product = Product::start();
    let browser = Browser::signed_in(&product, "department_specialist", Window::Desk);
    browser.click_text("Организации");
    browser.wait_for_text("Список организаций");
    browser.fill("Название", "дубовская");
    browser.click_text("Показать");
    browser.wait_until("the list is narrowed", || browser.path().contains("q=") || browser.path().contains("name="));
    browser.click_text("Дубовская СОШ");
    browser.wait_for_text("Как связаться");
    let record = browser.path();
    browser.check_page();

    browser.click_text("Изменить");
    browser.wait_for("form[data-draft]");
    browser.fill("Телефоны", "звоните вечером");
    browser.click_text("Сохранить");
    browser.wait_for_text("Не разобрать номер");
    browser.check_page();

    browser.fill("Телефоны", "39-25-75");
    browser.click_text("Сохранить");
    browser.wait_until("the record is shown again", || {
        browser.path().starts_with(&record) && !browser.path().contains("edit")
    });
    browser.wait_for_text("39-25-75");
    browser.check_page();
    browser.screenshot("organisation");
}
