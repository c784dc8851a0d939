//! A guardian whom the school named comes in: the deputy writes the mother down, the administrator opens
//! her account, she changes the issued password and sees her child.

use super::support::{Browser, ENTER, Product, Window};

const OWN: &str = "тихая сова летает низко";

#[test]
fn a_guardian_whom_the_school_named_comes_in() {
    let product = Product::start();
    let deputy = Browser::signed_in(&product, "deputy1", Window::Desk);
    deputy.goto("/learners?q=вымыслов+роман+учебнович");
    deputy.click_text("Вымыслов Роман Учебнович");
    deputy.click_text("Добавить представителя");
    deputy.wait_for_text("Кем приходится");
    deputy.check_page();
    deputy.fill("Фамилия", "Вымыслова");
    deputy.fill("Имя", "Инна");
    deputy.fill("Кем приходится", "мать");
    deputy.fill("Почта", "inna@example.invalid");
    deputy.click_text("Сохранить");
    deputy.wait_for_text("Представитель добавлен");
    deputy.check_page();

    let administrator = Browser::signed_in(&product, "system_administrator", Window::Desk);
    administrator.goto("/people?q=вымыслова");
    administrator.wait_for_text("без входа");
    administrator.click_text("Вымыслова Инна");
    administrator.wait_for_text("Входа у человека ещё нет");
    administrator.check_page();
    administrator.screenshot("person-without-account");
    administrator.fill("Электронная почта", "guardian@example.invalid");
    administrator.click_text("Открыть вход");
    administrator.wait_for_text("С этим адресом уже есть вход");
    administrator.check_page();
    administrator.fill("Электронная почта", "inna@example.invalid");
    administrator.click_text("Открыть вход");
    administrator.wait_for_text("Вход открыт");
    administrator.click_text("Выдать пароль");
    administrator.wait_for("main code");
    administrator.check_page();
    let issued = administrator.text_of("main code");

    let mother = Browser::open(product.url(), Window::Phone);
    mother.goto("/sign-in");
    mother.fill("Электронная почта", "inna@example.invalid");
    mother.fill("Пароль", &issued);
    mother.press(ENTER);
    mother.wait_for_text("Вы вошли с выданным паролем");
    mother.check_page();
    mother.fill("Нынешний пароль", &issued);
    mother.fill("Новый пароль", OWN);
    mother.click_text("Сменить пароль");
    mother.wait_for_text("Вымыслов Роман Учебнович");
    mother.wait_for_text("Неделя ребёнка");
    mother.check_page();
    mother.screenshot("guardian-first-day");
}
