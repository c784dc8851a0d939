//! A child's route over three organisations: written from a template, accepted by each, agreed to by
//! the guardian, approved, and on its way.

use super::support::{Browser, Product, Window};

const TITLE: &str = "Маршрут к звёздам";

#[test]
fn a_route_goes_through_three_organisations() {
    let product = Product::start();
    let leads = Browser::signed_in(&product, "coordinator", Window::Desk);
    let route = write(&leads);

    let station = Browser::signed_in(&product, "naturalists", Window::Desk);
    station.goto(&route);
    station.wait_for_text("Имя ребёнка откроется");
    assert!(!station.page_text().contains("Демонов Тимофей"), "no name before the consent opens it");
    station.check_page();
    station.screenshot("route-part-asked");
    accept(&station);
    station.wait_for_text("Демонов Тимофей");
    station.check_page();
    station.screenshot("route-part-accepted");

    let school = Browser::signed_in(&product, "deputy2", Window::Phone);
    school.goto(&route);
    accept(&school);
    school.wait_for_text("Шаг принят");

    let family = Browser::signed_in(&product, "guardian", Window::Phone);
    family.goto("/");
    family.wait_for_text(TITLE);
    family.goto(&route);
    family.wait_for_text("Теперь слово за родителем");
    family.check_page();
    family.screenshot("route-guardian");
    family.click_text("Дать согласие");
    family.wait_for_text("Маршрут осталось утвердить");

    leads.goto(&route);
    leads.click_text("Утвердить");
    leads.wait_for_text("Ребёнок проходит маршрут");
    leads.wait_for_text("Версия 1");
    leads.check_page();
    leads.screenshot("route-running");

    station.goto(&route);
    station
        .script("[...document.querySelectorAll('main a')].find(a => a.innerText.startsWith('Отметить итог')).click()");
    station.wait_for_text("Чем закончилось");
    station.fill("Отметка", "зачёт");
    station.check_page();
    station.click_text("Сохранить");
    station.wait_for_text("Итог записан");
    leads.goto(&route);
    leads.wait_for_text("1 из 2 шагов");
}

/// Writes the route with two steps elsewhere and offers it; gives its address.
fn write(leads: &Browser) -> String {
    leads.goto("/routes");
    leads.wait_for("main h1");
    leads.check_page();
    leads.click_text("Новый маршрут");
    leads.wait_for_text("Цель");
    leads.script("const s = document.querySelector('#f-learner'); s.value = [...s.options].find(o => o.text.startsWith('Демонов Тимофей')).value");
    leads.fill("Название", TITLE);
    leads.script("document.querySelector('#f-goal').value = 'Увидеть и понять.'");
    leads.check_page();
    leads.screenshot("route-new");
    leads.click_text("Сохранить");
    leads.wait_for_text("Теперь добавьте шаги");
    let route = leads.path();
    for (title, host, day) in
        [("Практикум у телескопа", "Станция юных натуралистов", "ср"), ("Вычисления", "Дубовская СОШ", "пт")]
    {
        leads.goto(&format!("{route}/steps/new"));
        leads.fill("Название шага", title);
        leads.script(&format!("const s = document.querySelector('#f-organisation'); s.value = [...s.options].find(o => o.text === '{host}').value"));
        leads.fill("Часы", "8");
        leads.fill("День недели", day);
        leads.script(
            "document.querySelector('#f-starts').value = '15:00'; document.querySelector('#f-ends').value = '16:00'",
        );
        leads.check_page();
        leads.click_text("Сохранить");
        leads.wait_for_text("Шаг сохранён");
    }
    leads.check_page();
    leads.screenshot("route-draft");
    // The demo's other routes of the child may make it too much: then one says why.
    leads.click_text("Предложить организациям");
    leads.wait_until("the answer", || {
        let text = leads.page_text();
        text.contains("Организации решают") || text.contains("Почему нагрузка может быть больше")
    });
    if leads.page_text().contains("Почему нагрузка может быть больше") {
        leads.check_page();
        leads.script("document.querySelector('#f-reason').value = 'Ребёнок сам просит больше.'");
        leads.click_text("Предложить организациям");
    }
    leads.wait_for_text("Организации решают");
    route
}

fn accept(host: &Browser) {
    host.script("[...document.querySelectorAll('main button')].find(b => b.innerText.startsWith('Принять')).click()");
}
