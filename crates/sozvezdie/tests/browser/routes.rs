//! A child's way: into the register, then a route over three organisations, accepted by each, agreed to
//! by the guardian, approved, on its way, corrected and looked back on.

use super::{
    gifted,
    support::{Browser, Product, Window},
};

const TITLE: &str = "Маршрут к звёздам";

#[test]
fn from_a_nomination_to_a_route_through_three_organisations() {
    let product = Product::start();
    gifted::into_the_register(&product);
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
    school.wait_for_text("Шаг индивидуального маршрута");
    assert!(!school.page_text().contains("Практикум у телескопа"), "another organisation's step is not its own to see");
    accept(&school);
    school.wait_for_text("Шаг принят");

    let home = Browser::signed_in(&product, "deputy1", Window::Desk);
    home.goto(&route);
    accept(&home);
    home.wait_for_text("Шаг принят");
    home.check_page();

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
    leads.wait_for_text("1 из 3 шагов");
    correct(&leads, &route);
    reflect(&product, &route);
}

/// A new version is begun; what was approved stays readable as it was.
fn correct(leads: &Browser, route: &str) {
    leads.goto(&format!("{route}/deeds/correction"));
    leads.fill("Причина", "Ребёнку удобнее другое время.");
    leads.check_page();
    leads.click_text("Уточнить маршрут");
    leads.wait_for_text("Пока новая версия не утверждена, действует прежняя");
    leads.check_page();
    leads.goto(&format!("{route}/versions/1"));
    leads.wait_for_text("Практикум у телескопа");
    leads.check_page();
    leads.screenshot("route-version");
}

/// What the child writes of it is read by the family and by who leads.
fn reflect(product: &Product, route: &str) {
    let learner = Browser::signed_in(product, "learner", Window::Phone);
    learner.goto(route);
    learner.fill("Что у меня получилось и что было трудно", "Нашёл Юпитер, трудно было ждать ясного неба.");
    learner.click_text("Записать");
    learner.wait_for_text("Записано");
    learner.check_page();
    learner.screenshot("route-reflection");
}

/// Writes the route with steps at three organisations and offers it; gives its address.
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
    for (title, host, day) in [
        ("Практикум у телескопа", "Станция юных натуралистов", "ср"),
        ("Вычисления", "Дубовская СОШ", "пт"),
        ("Теория", "Разуменская СОШ № 2", "пн"),
    ] {
        leads.goto(&format!("{route}/steps/new"));
        leads.fill("Название шага", title);
        leads.script(&format!("const s = document.querySelector('#f-organisation'); s.value = [...s.options].find(o => o.text.replace(/\\s/g, ' ') === '{host}').value"));
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
