//! A class teacher prints, ticks what came back and sees what is missing; a guardian withdraws, what the
//! consent opened is closed, the school answers; a guardian sees who looked.

use super::support::{Browser, Product, Window};

#[test]
fn forms_go_out_come_back_and_what_is_missing_shrinks() {
    let product = Product::start();
    let teacher = Browser::signed_in(&product, "class-teacher", Window::Desk);
    teacher.goto("/consents?shown=missing&purpose=publication");
    teacher.wait_for("main input[name=back]");
    teacher.check_page();
    teacher.screenshot("consents-class");
    let count = "document.querySelectorAll('main input[name=back]').length";
    let before = teacher.script(&format!("return {count}")).as_u64().unwrap_or_default();
    assert!(before > 1, "the demo's class lacks {before} consents");

    // Silence is no consent: what the paper permits must be said.
    teacher.script("document.querySelector('main input[name=back]').click()");
    teacher.click_text("Отметить вернувшиеся");
    teacher.wait_for_text("молчание согласием не считается");
    teacher.check_page();
    teacher.script("document.querySelector('main input[name=categories][value=results]').click()");
    teacher.click_text("Отметить вернувшиеся");
    teacher.wait_for_text("Отмечен 1 бланк");
    teacher.check_page();
    teacher.screenshot("consents-ticked");
    let after = teacher.script(&format!("return {count}")).as_u64().unwrap_or_default();
    assert_eq!(after, before - 1);
    teacher.click_text("Вернуть как было");
    teacher.wait_for_text("бланки снова на руках");
}

#[test]
fn a_withdrawal_shuts_the_other_organisation_out_and_the_school_answers() {
    let product = Product::start();
    let host = Browser::signed_in(&product, "naturalists", Window::Desk);
    host.goto("/routes");
    host.wait_for_text("Шаги вашей организации");
    assert!(host.page_text().contains("Демонов Тимофей Учебнович"), "the demo's route is open to the host");

    let guardian = Browser::signed_in(&product, "guardian", Window::Phone);
    guardian.goto("/");
    guardian.wait_for_text("Ждёт вас");
    guardian.check_page();
    guardian.screenshot("guardian-home");
    guardian.click_text("Согласия");
    guardian.wait_for_text("Передача другой организации сети");
    guardian.check_page();
    guardian.screenshot("guardian-consents");
    guardian.script("[...document.querySelectorAll('main li')].find(l => l.innerText.includes('Передача другой')).querySelector('a').click()");
    guardian.wait_for_text("Что сказано в согласии");
    guardian.check_page();
    guardian.click_text("Отозвать согласие");
    guardian.wait_for_text("Что сделает школа");
    guardian.wait_for_text("10 рабочих дней");
    guardian.check_page();
    guardian.screenshot("guardian-withdrawn");
    let case = guardian.path();

    host.goto("/routes");
    host.wait_for_text("Шаги вашей организации");
    assert!(!host.page_text().contains("Демонов Тимофей"), "the withdrawn consent still names the child");

    let office = Browser::signed_in(&product, "deputy1", Window::Desk);
    office.goto("/cases");
    office.wait_for_text("Отзыв согласия: Передача");
    office.check_page();
    office.screenshot("cases");
    office.goto(&case);
    office.wait_for_text("Что нужно сделать");
    office.click_text("Сделано : Ответить семье");
    office.wait_for(".err");
    office.check_page();
    office.fill("Ответ семье – его увидят на своей странице", "Передача прекращена, организация извещена.");
    office.click_text("Сделано : Ответить семье");
    office.wait_for_text("Отмечено");
    office.check_page();

    guardian.goto("/notifications");
    guardian.wait_for_text("Школа ответила на ваше обращение");
    guardian.check_page();
    guardian.click_text("Школа ответила на ваше обращение");
    guardian.wait_for_text("Передача прекращена, организация извещена.");
    guardian.check_page();
}

#[test]
fn a_guardian_sees_who_looked() {
    let product = Product::start();
    let office = Browser::signed_in(&product, "deputy1", Window::Desk);
    office.goto("/learners?q=демонов+тимофей");
    office.click_text("Демонов Тимофей Учебнович");
    office.wait_for_text("Законные представители");

    let guardian = Browser::signed_in(&product, "guardian", Window::Phone);
    guardian.goto("/");
    guardian.click_text("Кто смотрел");
    guardian.wait_for_text("М. У. Завучева, заместитель директора, Разуменская СОШ № 2");
    guardian.wait_for_text("открыта карточка");
    guardian.wait_for_text("имя в списке");
    guardian.wait_for_text("это вы");
    guardian.check_page();
    guardian.screenshot("guardian-reads");
    // Another family's child is nobody's business.
    guardian.goto("/learners?q=вымыслов");
    guardian.wait_for_text("Ничего не подошло");
    guardian.check_page();
}
