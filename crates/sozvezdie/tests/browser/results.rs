//! A protocol on its way: pasted, found, mended by hand, confirmed by a document, counted, reported.

use super::support::{Browser, Product, Window};

const EVENT: &str = "Олимпиада «Проба пера»";
const SCHOOL: &str = "Разуменская СОШ № 2";

/// The columns of a protocol, and children of the demo: the first is a member of the Centre.
const HEADS: [&str; 10] = [
    "ФИО участника",
    "Класс",
    "Организация",
    "Мероприятие",
    "Уровень",
    "Форма участия",
    "Дата",
    "Предмет",
    "Результат",
    "Баллы",
];
const MEMBER: &str = "Демонов Тимофей Учебнович";
const OTHER: &str = "Вымыслов Артём Условнович";

#[test]
fn a_protocol_becomes_a_figure_and_a_report() {
    let product = Product::start();
    let department = Browser::signed_in(&product, "department", Window::Desk);
    import(&department);

    department.goto("/results");
    department.wait_for_text(EVENT);
    department.check_page();
    department.click_text(EVENT);
    department.wait_for_text("Документ об итогах");
    // Who holds the stage sees whose result is confirmed.
    department.wait_for_text(MEMBER);
    department.check_page();
    department.screenshot("results-sheet");
    by_hand(&department);

    department.fill("Основание", "  ");
    department.script("document.querySelector('form[action$=\"/confirmation\"]').noValidate = true");
    department.click_text("Записать");
    department.wait_for(".summary");
    department.check_page();
    department.fill("Основание", "Протокол жюри № 4");
    department.click_text("Записать");
    department.wait_for_text("Записано. Показатели уже учитывают это.");
    department.wait_for_text("подтверждён");
    department.check_page();

    diplomas(&department, &product);

    let coordinator = Browser::signed_in(&product, "coordinator", Window::Desk);
    coordinator.goto("/figures");
    coordinator.wait_for_text("1 из 1");
    coordinator.wait_for_text("100,0 %");
    coordinator.check_page();
    coordinator.goto("/reports/figures");
    coordinator.wait_for_text("Призовые места заняты в 1 из них");
    coordinator.check_page();
    coordinator.screenshot("results-report");

    let phone = Browser::signed_in(&product, "deputy1", Window::Phone);
    phone.goto("/results");
    phone.wait_for_text(EVENT);
    phone.check_page();
    phone.click_text(EVENT);
    phone.wait_for_text(MEMBER);
    phone.check_page();

    appeal(&department);
    coordinator.goto("/figures");
    coordinator.wait_for_text("0 из 1");
}

/// An appeal takes the award away: the result is disputed, typed anew and settled by a document.
fn appeal(department: &Browser) {
    department.script("document.querySelector('button[form=dispute]').click()");
    department.wait_for_text("Результат открыт как спорный.");
    department.check_page();
    department.wait_for("select[name^=\"said-\"]");
    department.script("document.querySelector('select[name^=\"said-\"]').value = 'participant'");
    department.click_text("Сохранить результаты");
    department.wait_for_text("Результаты сохранены.");
    department.fill("Что сделать", "завершить апелляцию: 1 спорный результат");
    department.fill("Основание", "Протокол апелляционной комиссии № 1");
    department.click_text("Записать");
    department.wait_for_text("Записано. Показатели уже учитывают это.");
    department.check_page();
}

/// Pastes the protocol as from Excel.
fn import(department: &Browser) {
    department.goto("/results");
    department.click_text("Загрузить протокол");
    department.wait_for_text("Прочитать таблицу");
    let day = department.script("return new Date().toISOString().slice(0, 10).split('-').reverse().join('.')");
    let day = day.as_str().unwrap_or_default();
    let line = |child: &str, class: &str, result: &str, points: &str| {
        [child, class, SCHOOL, EVENT, "муниципальный", "очно", day, "русский язык", result, points].join("\\t")
    };
    let table =
        [HEADS.join("\\t"), line(MEMBER, "7 Б", "призёр", "30"), line(OTHER, "5", "участник", "12")].join("\\n");
    // A tab that is typed leaves the field: pasted, it stays.
    department.script(&format!(
        "const area = document.querySelector('main textarea'); area.value = '{table}'; \
         area.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    ));
    department.click_text("Прочитать таблицу");
    department.wait_for_text("Что в столбцах");
    department.click_text("К проверке");
    department.wait_for_text("Будут записаны 2 строки.");
    department.check_page();
    department.screenshot("results-preview");
    department.click_text("Загрузить 2 строки");
    department.wait_for_text("Таблица загружена.");
    department.check_page();
}

/// Mends the first row in the sheet: wrong first, then right.
fn by_hand(department: &Browser) {
    department.wait_for("input[name^=\"score-\"]");
    let first = "document.querySelector('input[name^=\"score-\"]')";
    department.fill("Наибольший возможный балл", "40");
    department.script(&format!("{first}.value = '400'"));
    department.click_text("Сохранить результаты");
    department.wait_for_text("Баллов больше, чем наибольший возможный балл.");
    department.check_page();
    department.script(&format!("{first}.value = '38,5'"));
    department.script("document.querySelector('select[name^=\"said-\"]').value = 'winner'");
    department.click_text("Сохранить результаты");
    department.wait_for_text("Результаты сохранены.");
    department.wait_until("the points are kept", || {
        department.script(&format!("return {first}.value")).as_str() == Some("38,5")
    });
    department.check_page();
}

/// Numbers the papers; a guest checks one of them.
fn diplomas(department: &Browser, product: &Product) {
    department.click_text("Выдать номера 2 документам");
    department.wait_for_text("Номера выданы.");
    department.wait_for("a[href$=\"/certificates.pdf\"]");
    department.check_page();
    let number = department.script("return document.querySelector('main td p.nowrap').innerText.split(/\\s/).pop()");
    let number = number.as_str().unwrap_or_default().to_owned();

    let guest = Browser::open(product.url(), Window::Phone);
    guest.goto("/certificates");
    guest.check_page();
    guest.fill("Номер документа", "AAAAAA-AAAAAA");
    guest.click_text("Проверить");
    guest.wait_for_text("Документа с таким номером сеть не выдавала");
    guest.check_page();
    guest.fill("Номер документа", &number.to_lowercase());
    guest.click_text("Проверить");
    guest.wait_for_text("подлинный");
    guest.wait_for_text(EVENT);
    guest.check_page();
    guest.screenshot("certificate-checked");
}

#[test]
fn an_olympiad_goes_from_school_to_the_municipal_stage() {
    let product = Product::start();
    let department = Browser::signed_in(&product, "department", Window::Desk);
    let event = |browser: &Browser| {
        browser.goto("/events?q=олимпиада+школьников+по+биологии");
        browser.click_text("Олимпиада школьников по биологии (демо)");
        browser.wait_for_text("Муниципальный этап");
    };
    event(&department);
    department.check_page();
    department.screenshot("olympiad");
    department.click_text("Результаты");
    department.wait_for("input[name^=\"score-\"]");
    department.fill("Наибольший возможный балл", "50");
    department.script(
        "const points = document.querySelectorAll('input[name^=\"score-\"]'); \
         points[0].value = '48'; points[1].value = '30'; points[2].value = '12,5'",
    );
    department.click_text("Сохранить результаты");
    department.wait_for_text("Результаты сохранены.");
    department.click_text("Предложить по правилам этапа");
    department.wait_for_text("Итоги заполнены по правилам этапа.");
    department.check_page();
    department.click_text("Сохранить результаты");
    department.wait_for_text("Результаты сохранены.");
    department.fill("Основание", "Протокол жюри школьного этапа");
    department.click_text("Записать");
    // A selection ends nothing: its results lead on.
    department.wait_for_text("Этот этап в показатели не входит");
    department.check_page();

    event(&department);
    assert!(!department.page_text().contains("итоги подведены"), "the school stage does not end the olympiad");
    department.script("document.querySelectorAll('main li a[href$=\"/entries\"]')[1].click()");
    department.wait_for_text("Участники: Муниципальный этап");
    department.click_text("Пригласить с прошлого этапа");
    department.wait_for_text("Приглашённые внесены в список");
    department.wait_for_text("Вымыслов Артём Условнович");
    department.click_text("Допустить всех заявленных (2)");
    department.wait_for_text("Выдать коды работ (2)");
    department.check_page();
    department.screenshot("olympiad-municipal");
}

#[test]
fn twelve_of_forty_opens_its_rows() {
    let coordinator = Browser::signed_in(Product::shared(), "coordinator", Window::Desk);
    coordinator.goto("/figures?from=2015-2016&to=2016-2017");
    coordinator.wait_for_text("30,0 %");
    let numbers = "[...document.querySelectorAll('dl.stats div:first-child a')]";
    let told = coordinator.script(&format!("return {numbers}.map(a => a.innerText).join(' из ')"));
    assert_eq!(told.as_str(), Some("12 из 40"));

    coordinator.script(&format!("{numbers}[0].click()"));
    coordinator.wait_for_text("Строки показателя");
    coordinator.wait_for_text("12 мероприятий");
    coordinator.wait_for_text("14 участий");
    let rows = "return document.querySelectorAll('main tbody tr').length";
    assert_eq!(coordinator.script(rows).as_i64(), Some(14));
    coordinator.check_page();
    coordinator.screenshot("figures-prizes");

    coordinator.goto("/figures?from=2015-2016&to=2016-2017");
    coordinator.wait_for_text("30,0 %");
    coordinator.script(&format!("{numbers}[1].click()"));
    coordinator.wait_for_text("40 мероприятий");
    coordinator.wait_for_text("152 участия");
    coordinator.check_page();

    // Years that are chosen in the wrong order are turned, not refused.
    coordinator.goto("/figures?from=2016-2017&to=2015-2016");
    coordinator.wait_for_text("12 из 40");

    let guest = Browser::open(Product::shared().url(), Window::Phone);
    guest.goto("/figures?from=2015-2016&to=2016-2017");
    guest.wait_for_text("30,0 %");
    guest.wait_for_text("меньше 5");
    let links = guest.script("return document.querySelectorAll('main a[href^=\"/participations\"]').length");
    assert_eq!(links.as_i64(), Some(0));
    guest.check_page();
}
