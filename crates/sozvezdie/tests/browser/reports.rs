//! A report goes from the department's call to the closed document: written with a wrong placeholder,
//! handed in, returned, mended, accepted, closed.

use super::support::{Browser, Product, Window};

#[test]
fn a_report_from_the_call_to_its_closing() {
    let product = Product::start();
    let department = Browser::signed_in(&product, "department_specialist", Window::Desk);
    department.goto("/reports/calls/new");
    department.check_page();
    department.fill("Сдать до", "2020-01-01");
    department.click_text("Начать сбор");
    department.wait_for(".err");
    department.check_page();
    department.goto("/reports");
    department.check_page();
    department.script("document.querySelector('main a.t[href^=\"/reports/calls/\"]').click()");
    department.wait_for_text("Не сдали");
    let call = department.path();
    department.check_page();
    department.screenshot("report-call");
    department.script("document.querySelector('form[action$=\"/reminder\"] button').click()");
    department.wait_for_text("Напоминания отправлены");
    department.wait_for_text("Сегодня всем уже напомнили");
    department.check_page();

    let deputy = Browser::signed_in(&product, "deputy1", Window::Desk);
    deputy.goto("/");
    deputy.wait_for_text("вернули на доработку");
    deputy.click_text("Поправить");
    deputy.wait_for_text("Отчёт вернули на доработку");
    let report = deputy.path();
    deputy.check_page();
    deputy.click_text("Изменить текст");
    deputy.wait_for_text("Что можно вставить");
    deputy.fill("Текст отчёта", "Наша школа.\n\nДоля: {доля счастья}");
    deputy.click_text("Сохранить текст");
    deputy.wait_for_text("«доля счастья» программа не знает");
    deputy.check_page();
    deputy.fill("Текст отчёта", "Наша школа готовит детей с Центром.\n\nУчастий: {участий}\n{таблица по уровням}");
    deputy.click_text("Сохранить текст");
    deputy.wait_for_text("Текст сохранён");
    deputy.click_text("Сдать отчёт");
    deputy.wait_for_text("Отчёт сдан");
    deputy.check_page();
    deputy.screenshot("report-handed-in");

    department.goto(&report);
    department.wait_for_text("Наша школа готовит детей с Центром");
    department.click_text("Принять");
    department.wait_for_text("Отчёт принят");
    department.click_text("Закрыть навсегда");
    department.wait_for_text("вернуть его на доработку будет нельзя");
    department.check_page();
    department.click_text("Да, закрыть навсегда");
    department.wait_for_text("Отчёт закрыт");
    department.check_page();
    department.click_text("Строки и сегодняшние данные");
    department.wait_for_text("Сегодня");
    department.check_page();

    department.goto(&call);
    department.click_text("Закончить сбор");
    department.wait_for_text("открыть этот сбор снова не получится");
    department.click_text("Да, закончить сбор");
    department.wait_for_text("Сбор закончен.");
    department.check_page();

    let phone = Browser::signed_in(&product, "deputy1", Window::Phone);
    phone.goto(&report);
    phone.wait_for_text("Закрыт");
    phone.check_page();
}
