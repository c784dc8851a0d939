//! Works read by code; an appeal that changes a place and the figure.

use super::support::{Browser, Product, Window};

const CHEMISTRY: &str = "Олимпиада школьников по химии (демо)";
const ECOLOGY: &str = "Олимпиада школьников по экологии (демо)";

#[test]
fn an_appeal_changes_a_place_and_the_figure() {
    let product = Product::start();
    let coordinator = Browser::signed_in(&product, "coordinator", Window::Desk);
    coordinator.goto("/figures");
    // Nothing of this year is confirmed: the last year with results is shown.
    coordinator.wait_for_text("7 из 20");

    let department = Browser::signed_in(&product, "department", Window::Desk);
    department.goto("/waiting");
    department.wait_for_text(CHEMISTRY);
    department.wait_for_text("1 апелляция ждёт решения");
    department.click_text(&format!("{CHEMISTRY}. Муниципальный этап"));
    department.wait_for_text("Показ работ и апелляции");
    department.check_page();
    department.screenshot("appeals");
    let showing = department.path();
    // The end waits for the appeal.
    department.fill("Итоговый протокол", "Протокол жюри № 5");
    department.click_text("Подвести итоги");
    department.wait_for_text("Сначала решите все апелляции.");

    department.goto(&showing);
    department.click_text("Рассмотреть: № 2");
    department.wait_for_text("Решение комиссии");
    department.wait_for_text("Задание 3");
    department.check_page();
    decide(&department, "51");
    department.wait_for_text("Баллов больше, чем наибольший возможный балл.");
    department.check_page();
    decide(&department, "42");
    department.wait_for_text("Решение записано.");
    department.wait_for_text("апелляция № 2 удовлетворена");
    department.wait_for_text("призёр");
    department.check_page();
    department.screenshot("appeal-decided");

    department.goto(&showing);
    department.fill("Итоговый протокол", "Протокол жюри № 5");
    department.click_text("Подвести итоги");
    department.wait_for_text("Итоги подведены.");
    department.wait_for_text("Приказ об итогах");
    department.check_page();
    department.screenshot("appeals-final");

    coordinator.goto("/figures");
    coordinator.wait_for_text("1 из 1");
    coordinator.wait_for_text("100,0 %");
    coordinator.check_page();
}

fn decide(department: &Browser, score: &str) {
    department.script(
        "const choice = document.querySelector('#f-state'); choice.value = 'upheld'; \
         choice.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    department.fill("Новые баллы", score);
    department.fill("Обоснование", "Второй способ решения верен, ответ получен.");
    department.click_text("Записать решение");
}

#[test]
fn works_are_read_by_code_and_decoded_when_all_are_settled() {
    let product = Product::start();
    let judge = Browser::signed_in(&product, "pedagogue", Window::Phone);
    judge.goto("/");
    judge.wait_for_text(ECOLOGY);
    judge.click_text(&format!("{ECOLOGY}. Муниципальный этап"));
    judge.wait_for_text("Лист проверки");
    judge.check_page();
    judge.screenshot("judging-sheet");
    let text = judge.script("return document.querySelector('main table').innerText");
    let text = text.as_str().unwrap_or_default();
    assert!(!text.contains("ов ") && !text.contains("СОШ"), "a judge sees codes alone");
    let first = "document.querySelector('main td input')";
    judge.script(&format!("{first}.value = '99'"));
    judge.click_text("Сохранить баллы");
    judge.wait_for(".summary");
    judge.check_page();
    judge.script("document.querySelectorAll('main td input').forEach(i => { i.value = '12' })");
    judge.click_text("Сохранить баллы");
    judge.wait_for_text("Баллы сохранены.");
    judge.check_page();
}
