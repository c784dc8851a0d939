//! A class teacher prints, ticks what came back and sees what is missing; a guardian withdraws and sees
//! who looked.

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
fn a_guardian_withdraws_a_consent_and_sees_who_looked() {
    let product = Product::start();
    let office = Browser::signed_in(&product, "deputy1", Window::Desk);
    office.goto("/learners?q=демонов+тимофей");
    office.wait_for_text("Демонов Тимофей");

    let guardian = Browser::signed_in(&product, "guardian", Window::Phone);
    guardian.goto("/");
    guardian.wait_for_text("Ждёт вас");
    guardian.check_page();
    guardian.screenshot("guardian-home");
    guardian.click_text("Кто смотрел");
    guardian.wait_for_text("имя в списке");
    guardian.check_page();
    guardian.goto("/");
    guardian.click_text("Согласия");
    guardian.wait_for_text("Передача другой организации сети");
    guardian.check_page();
    guardian.screenshot("guardian-consents");
    guardian.script("[...document.querySelectorAll('main li')].find(l => l.innerText.includes('Передача другой')).querySelector('a').click()");
    guardian.wait_for_text("Что сказано в согласии");
    guardian.check_page();
    guardian.click_text("Отозвать согласие");
    guardian.wait_for_text("Что нужно сделать");
    guardian.check_page();
    guardian.screenshot("guardian-withdrawn");

    office.goto("/cases");
    office.wait_for_text("Отзыв согласия: Передача");
    office.check_page();
    office.screenshot("cases");
}
