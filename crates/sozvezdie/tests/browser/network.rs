//! The network looked at from outside and from the department: list, record, map, who gives whom.

use super::support::{Browser, Product, Window};

#[test]
fn a_guest_looks_around() {
    let product = Product::shared();
    let guest = Browser::open(product.url(), Window::Phone);
    guest.goto("/organisations?kind=additional");
    guest.wait_for_text("Станция юных натуралистов");
    assert!(!guest.page_text().contains("Майская гимназия"), "the filter leaves only additional education");
    guest.click_text("Станция юных натуралистов");
    guest.wait_for_text("Как связаться");
    guest.check_page();
    guest.goto("/organisations/map");
    let marks = guest.script("return document.querySelectorAll('main svg a').length");
    assert!(marks.as_u64() >= Some(70), "every organisation has its mark: {marks}");
}

#[test]
fn every_number_opens_its_rows() {
    let product = Product::shared();
    let department = Browser::signed_in(product, "department_specialist", Window::Desk);
    department.goto("/links");
    department.wait_for_text("Кто кому сколько часов");
    department.check_page();
    department.screenshot("links");
    let said = department.script(
        "const a = document.querySelector('main details table td.num a'); a.closest('details').open = true;
         return a.closest('tr').children[4].innerText",
    );
    department.script("document.querySelector('main details table td.num a').click()");
    department.wait_until("the rows", || department.path().starts_with("/bookings?"));
    department.wait_for("main table tbody tr");
    department.check_page();
    let rows = department.script("return document.querySelectorAll('main table tbody tr').length.toString()");
    assert_eq!(rows, said, "as many rows as the picture says");
}
