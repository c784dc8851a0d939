//! A research project from its topic to the defence; who reviews it never learns whose it is.

use super::support::{Browser, Product, Window};

const TITLE: &str = "Водоросли школьного пруда";

#[test]
fn a_research_project_goes_from_its_topic_to_the_defence() {
    let product = Product::start();
    let school = Browser::signed_in(&product, "deputy1", Window::Desk);
    let project = begin(&school);
    to_the_paper(&school);
    send_to_review(&school);
    review(&product, &project);

    school.goto(&project);
    school.wait_for_text("допустить к защите");
    school.click_text("Дальше: защита");
    school.wait_for_text("Листов жюри пока нет");
    school.check_page();
    school.click_text("Завершить");
    school.wait_for_text("Впишите хотя бы один лист жюри");
    school.fill("Член жюри", "Жюрина А. Б.");
    for (criterion, points) in [("Содержание", "9"), ("Доклад", "9"), ("Ответы", "8")] {
        school.fill(criterion, points);
    }
    school.click_text("Добавить лист");
    school.wait_for_text("Лист жюри добавлен");
    school.click_text("Завершить");
    school.wait_for_text("защищено");
    school.check_page();
    school.screenshot("research-defended");
}

/// The topic, its supervisor and its author; gives the project's address.
fn begin(school: &Browser) -> String {
    school.goto("/research/new");
    school.fill("Тема", TITLE);
    choose(school, "#f-supervisor", "Эфирова");
    school.check_page();
    school.click_text("Сохранить");
    school.wait_for_text("Исследование начато");
    school.check_page();
    let project = school.path();
    school.goto(&format!("{project}/authors/new?q=Вымыслов+Роман"));
    school.wait_for("main input[name=learner]");
    school.script(
        "[...document.querySelectorAll('main label')].find(l => l.innerText.includes('7 Б')).querySelector('input').click()",
    );
    school.check_page();
    school.click_text("Добавить");
    school.wait_for_text("Изменения сохранены");
    project
}

/// Up to the paper. Without a text there is nothing to review, and the text names nobody.
fn to_the_paper(school: &Browser) {
    for step in ["Дальше: план", "Дальше: исследование", "Дальше: текст работы", "Дальше: рецензия"]
    {
        school.wait_for_text(step);
        school.click_text(step);
    }
    school.wait_for_text("Сначала вставьте текст для рецензентов");
    school.check_page();
    school.fill("Текст для рецензентов", "Работа Вымыслова о водорослях.");
    school.click_text("Сохранить текст");
    school.wait_for_text("В тексте есть фамилия");
    school.check_page();
    school.fill("Текст для рецензентов", "Мы нашли в пруду двенадцать видов водорослей.");
    school.click_text("Сохранить текст");
    school.wait_for_text("Текст для рецензентов сохранён");
    school.click_text("Дальше: рецензия");
    school.wait_for_text("Кого попросить о рецензии");
}

/// A colleague of the authors' school is not offered; somebody from elsewhere is asked.
fn send_to_review(school: &Browser) {
    let soon = "document.querySelector('#f-due_on').value = new Date(Date.now() + 864e6).toISOString().slice(0, 10)";
    school.wait_for("#f-reviewer");
    assert!(!school.page_text().contains("Наставникова"), "a colleague of the authors' school is not offered");
    choose(school, "#f-reviewer", "Демонов Семён");
    school.script(soon);
    school.click_text("Попросить");
    school.wait_for_text("Рецензент получит работу без имён");
    school.click_text("Дальше: защита");
    school.wait_for_text("До защиты нужна хотя бы одна написанная рецензия");
    school.check_page();
    school.screenshot("research-review-waits");
}

fn review(product: &Product, project: &str) {
    let reviewer = Browser::signed_in(product, "pedagogue", Window::Phone);
    reviewer.goto("/research");
    reviewer.wait_for_text("Рецензия на работу");
    reviewer.check_page();
    reviewer.script("document.querySelector('main a[href^=\"/research/reviews/\"]').click()");
    reviewer.wait_for_text("Кто автор, вам не видно");
    let shown = reviewer.page_text();
    for name in ["Вымыслов", "Эфирова", "Разуменская"] {
        assert!(!shown.contains(name), "«{name}» is shown to the reviewer");
    }
    for criterion in ["Новизна", "Метод", "Изложение"] {
        reviewer.fill(criterion, "8");
    }
    reviewer.fill("Совет", "допустить к защите");
    reviewer.fill("Рецензия", "Хорошая работа, стоит добавить рисунки.");
    reviewer.check_page();
    reviewer.screenshot("research-review");
    reviewer.click_text("Отправить рецензию");
    reviewer.wait_for_text("Рецензия отправлена");
    reviewer.check_page();
    reviewer.goto(project);
    reviewer.wait_for_text("Такой страницы нет");
}

/// Chooses the option that begins so: what comes after the name has spaces of its own.
fn choose(browser: &Browser, select: &str, begins: &str) {
    browser.wait_for(select);
    browser.script(&format!(
        "const s = document.querySelector('{select}'); s.value = [...s.options].find(o => o.text.startsWith('{begins}')).value"
    ));
}
