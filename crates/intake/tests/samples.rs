//! Files as schools send them, against what a careful person reads out of them. Whole truths are compared:
//! header rows, columns, what is ignored and why, every value and problem of every row, duplicates.

#[cfg(test)]
mod support;

use support::{assert_equal, truth, workbook};

#[test]
fn organisations_registry() {
    assert_equal("organisations-registry.xlsx");
}

#[test]
fn resources_catalogue() {
    assert_equal("resources-catalogue.tsv");
}

#[test]
fn a_password_is_named_as_the_cause() {
    let file = "password-protected.xlsx";
    let refusal = workbook(file).unwrap_err();
    assert_eq!(Some(refusal.reason.code()), truth(file)["reason"].as_str());
    assert_eq!(refusal.container.map(documents::Container::code), truth(file)["container"].as_str());
    assert!(refusal.sentence_ru().contains("паролем"));
}

#[test]
fn an_external_entity_is_refused() {
    let file = "external-entity.xlsx";
    let refusal = workbook(file).unwrap_err();
    assert_eq!(Some(refusal.reason.code()), truth(file)["reason"].as_str());
}

#[test]
fn a_declared_dimension_reserves_nothing() {
    let workbook = workbook("huge-dimension.xlsx").unwrap();
    assert_eq!(workbook.sheets[0].rows.len(), 7);
    assert_eq!(workbook.sheets[0].rows.iter().map(|row| row.cells.len()).sum::<usize>(), 21);
}
