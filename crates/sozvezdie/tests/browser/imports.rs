//! A deputy head brings the school's own list: from the file to learners, mended on the way, and
//! taken back.

use serde_json::json;

use super::support::{Browser, Product, Window};

/// A class as a school keeps it: a title above, a total below, a day that is none, a child twice.
const CLASS: &str = "Список обучающихся 6 В класса на 1 сентября;;;;;;\n;;;;;;\n\
№ п/п;Фамилия;Имя;Отчество;Дата рожд.;Класс;Телефон родителей\n\
1;ЖУРНАЛЬНАЯ;Алёна;Тестовна;03.02.2014;6в;+7 000 500-00-01\n\
2;Журналов;Тимур;Рашид оглы;31.02.2014;6 \"В\";80005000002\n\
3;Тетрадкина;Ева;;5/7/2014;6-В;\n\
4;Тетрадкин;Лев;Тестович;12.11.2013;6В;+7 000 500-00-04\n\
5;Тетрадкин;Лев;Тестович;12.11.2013;6В;+7 000 500-00-04\n\
Итого: 5 человек;;;;;;\n";

/// Puts a file into the page's one field for files, as a person who chose it.
fn choose_file(browser: &Browser, name: &str, text: &str) {
    let (name, text) = (json!(name), json!(text));
    browser.wait_for("main form");
    browser.script(&format!(
        "const field = document.querySelector('main input[type=file]'), files = new DataTransfer();
         files.items.add(new File([{text}], {name}));
         field.files = files.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    ));
}

#[test]
fn a_deputy_brings_a_class_from_a_file_to_learners_and_takes_it_back() {
    let product = Product::start();
    let deputy = Browser::signed_in(&product, "deputy1", Window::Desk);
    deputy.goto("/learners");
    deputy.click_text("Загрузка из Excel");
    deputy.wait_for_text("Прочитать таблицу");
    deputy.check_page();
    choose_file(&deputy, "Сломанная книга.xlsx", "PK\u{3}\u{4}не архив");
    deputy.click_text("Прочитать таблицу");
    deputy.wait_for(".err");
    deputy.check_page();

    choose_file(&deputy, "Список 6 В.csv", CLASS);
    deputy.click_text("Прочитать таблицу");
    deputy.wait_for_text("Что в столбцах");
    deputy.check_page();
    deputy.screenshot("import-columns");
    deputy.click_text("К проверке");
    deputy.wait_for_text("Проверьте перед загрузкой");
    deputy.wait_for_text("такого дня нет в календаре");
    deputy.check_page();
    deputy.screenshot("import-preview");

    deputy.fill("Дата рождения, строка 5: новое значение", "13.02.2014");
    deputy.click_text("Исправить");
    deputy.wait_for_text("Ячейка исправлена");
    deputy.check_page();
    deputy.fill("Что делать со строкой 8", "Объединить со строкой 7");
    deputy.click_text("Сохранить выбор");
    deputy.wait_for_text("Выбор сохранён");
    deputy.check_page();
    deputy.click_text("Загрузить 5 строк");
    deputy.wait_for_text("Таблица загружена");
    deputy.wait_for_text("Журналов Тимур Рашид оглы");
    deputy.check_page();
    deputy.screenshot("import-summary");
    let import = deputy.path();

    deputy.goto("/learners?class=6+В");
    deputy.wait_for_text("Журнальная Алёна Тестовна");
    deputy.wait_for_text("Показано 4 из 4");
    deputy.check_page();
    deputy.click_text("Журналов Тимур Рашид оглы");
    deputy.wait_for_text("13.02.2014");
    deputy.check_page();

    deputy.goto(&import);
    deputy.click_text("Отменить загрузку");
    deputy.wait_for_text("Загрузка отменена");
    deputy.check_page();
    deputy.goto("/learners?q=журнал");
    deputy.wait_for_text("Ничего не подошло");
    deputy.check_page();
}
