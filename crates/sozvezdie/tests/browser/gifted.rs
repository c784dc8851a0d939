//! A child on the way into the register: nominated, diagnosed, considered, ordered.

use super::support::{Browser, Product, Window};

/// What only the psychologist may read.
const RAW: &str = "Матрицы: 52 из 60";

/// From the class teacher's nomination to the head's order; the child stands in the register then.
/// Gives the address of its record there.
pub fn into_the_register(product: &Product) -> String {
    let teacher = Browser::signed_in(product, "class-teacher", Window::Phone);
    let school = Browser::signed_in(product, "deputy1", Window::Desk);
    let record = nominate(&teacher);
    consent(&school, &record);
    diagnose(product, &record);

    for other in [&teacher, &school] {
        other.goto(&record);
        other.wait_for_text("Опирается на наблюдение");
        assert!(!other.page_text().contains(RAW), "raw results are the psychologist's alone");
    }
    school.fill("Кто подал заявление", "Демонова Наталья Учебновна");
    school.click_text("Бумаги подписаны");
    school.wait_for_text("Бумаги отмечены");
    school.check_page();
    school.screenshot("gifted-applied");
    decide(product, &record);
    record
}

fn nominate(teacher: &Browser) -> String {
    teacher.goto("/centre/register/new?q=Демонов+Тимофей");
    propose(teacher, "academic");
    teacher.wait_for_text("Назовите предмет");
    teacher.check_page();
    teacher.fill("Предмет или область", "биология");
    teacher.click_text("Предложить ребёнка");
    teacher.wait_for_text("Ребёнок предложен");
    teacher.check_page();
    teacher.screenshot("gifted-proposed");
    let record = teacher.path();

    // A second nomination of the same child is refused where it was written.
    teacher.goto("/centre/register/new?q=Демонов+Тимофей");
    propose(teacher, "creative");
    teacher.wait_for_text("Ребёнок уже в банке данных или на пути в него");
    teacher.check_page();
    record
}

fn propose(teacher: &Browser, kind: &str) {
    teacher.wait_for("main input[name=learner]");
    teacher.script("document.querySelector('main input[name=learner]').click()");
    teacher.fill("По чьему слову", "предложил педагог");
    teacher.script(&format!("document.querySelector('main input[name=kinds][value={kind}]').click()"));
    teacher.fill("Почему предлагаете", "Ведёт дневник наблюдений и ставит опыты дома.");
    teacher.click_text("Предложить ребёнка");
}

/// The school asks a colleague, and may give the child to the psychologist only when the family consented.
fn consent(school: &Browser, record: &str) {
    school.goto(record);
    school.wait_for_text("Согласия семьи");
    school.check_page();
    school.screenshot("gifted-school");
    school.script("[...document.querySelectorAll('main label')].find(l => l.innerText.includes('Эфирова')).click()");
    school.click_text("Спросить");
    school.wait_for_text("Педагогов спросили");
    school.click_text("Поручить психологу");
    school.wait_for_text("Сначала нужно согласие семьи на психологическую диагностику");
    school.check_page();

    school.goto("/consents?class=7+Б&q=Демонов+Тимофей&purpose=diagnostics");
    school.wait_for("main input[name=back]");
    school.script("document.querySelector('main input[name=back]').click()");
    school.click_text("Отметить вернувшиеся");
    school.wait_for_text("Отмечен 1 бланк");
    school.goto(record);
    school.click_text("Поручить психологу");
    school.wait_for_text("Психолог видит карточку ребёнка");
    school.check_page();
}

fn diagnose(product: &Product, record: &str) {
    let psychologist = Browser::signed_in(product, "psychologist", Window::Desk);
    psychologist.goto(record);
    psychologist.wait_for_text("видите только вы");
    psychologist.fill("Методика", "Прогрессивные матрицы");
    psychologist.fill("Исходные результаты", RAW);
    psychologist.click_text("Сохранить результаты");
    psychologist.wait_for_text("Результаты сохранены");
    assert!(psychologist.page_text().contains(RAW), "the psychologist reads them again");
    psychologist.fill("Заключение для всех, кто сопровождает ребёнка", "Опирается на наблюдение, держит внимание.");
    psychologist.click_text("Дать заключение");
    psychologist.wait_for_text("Заключение дано");
    psychologist.check_page();
    psychologist.screenshot("gifted-psychologist");
}

/// The commission's protocol and the head's order.
fn decide(product: &Product, record: &str) {
    let leads = Browser::signed_in(product, "coordinator", Window::Desk);
    leads.goto("/centre/sittings/new");
    leads.wait_for_text("Демонов Тимофей");
    leads.fill("Номер протокола", "7");
    leads.fill("Председатель", "Директоров П. М., директор");
    leads.fill("Члены комиссии", "Координатова О. С.");
    leads.script(
        "[...document.querySelectorAll('main li')].find(r => r.innerText.includes('Демонов Тимофей')).querySelector('[name=admit]').click()",
    );
    leads.check_page();
    leads.click_text("Записать решения");
    leads.wait_for_text("Теперь нужен приказ");
    leads.check_page();
    leads.screenshot("gifted-sitting");
    let sitting = leads.path();

    let head = Browser::signed_in(product, "head", Window::Desk);
    head.goto(&sitting);
    head.fill("Номер приказа", "77");
    head.click_text("Приказ подписан");
    head.wait_for_text("дети зачислены");
    head.check_page();
    head.screenshot("gifted-ordered");
    leads.goto(record);
    leads.wait_for_text("Начать сопровождение");
    assert!(!leads.page_text().contains(RAW), "raw results are the psychologist's alone");
    leads.click_text("Начать сопровождение");
    leads.wait_for_text("Сопровождение началось");
    leads.check_page();
    leads.screenshot("gifted-supported");
}
