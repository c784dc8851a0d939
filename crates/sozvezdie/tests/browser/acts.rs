//! A specialist keeps the documents: adds an order, says what it replaces, and finds it again.

use super::support::{Browser, Product, Window};

#[test]
fn an_order_replaces_another() {
    let product = Product::start();
    let department = Browser::signed_in(&product, "department_specialist", Window::Desk);
    department.goto("/acts");
    department.wait_for_text("О создании Центра для одарённых детей");
    department.check_page();
    department.screenshot("acts");
    department.click_text("Добавить документ");
    department.wait_for_text("Новый документ");
    department.fill("Вид", "Приказ");
    department.fill("Номер", "77-к");
    department.fill("Дата", "2026-11-02");
    department.fill("Название", "  ");
    department.fill("Кто издал", "Управление образования (демо)");
    department.click_text("Сохранить");
    department.wait_for(".err");
    department.check_page();
    department.fill("Название", "О новом порядке открытых лабораторий");
    department.click_text("Сохранить");
    department.wait_for_text("Документ добавлен");
    let record = department.path();
    department.check_page();
    department.screenshot("act");

    department.goto("/acts");
    department.fill("Номер, название или кто издал", "открытых лабораторий");
    department.click_text("Показать");
    department.wait_until("the list is narrowed", || department.path().contains("q="));
    department.click_text("О новом порядке открытых лабораторий");
    department.wait_until("the record", || record.starts_with(&department.path()));
}
