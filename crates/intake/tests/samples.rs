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
fn contingent_with_a_header_of_two_levels() {
    assert_equal("contingent-two-level-header.xlsx");
}

#[test]
fn contingent_with_a_sheet_for_each_class() {
    assert_equal("contingent-sheet-per-class.xlsx");
}

#[test]
fn contingent_in_windows_1251() {
    assert_equal("contingent-windows-1251.csv");
}

#[test]
fn contingent_with_serial_dates() {
    assert_equal("contingent-serial-dates.xls");
}

#[test]
fn contingent_of_a_kindergarten() {
    assert_equal("contingent-kindergarten.ods");
}

#[test]
fn contingent_under_a_false_extension() {
    assert_equal("contingent-named-xls-but-xlsx.xls");
}

#[test]
fn contingent_of_a_declared_dimension() {
    assert_equal("huge-dimension.xlsx");
}

#[test]
fn contingent_of_five_thousand() {
    assert_equal("contingent-five-thousand.xlsx");
}

#[test]
fn results_in_an_olympiad_protocol() {
    assert_equal("results-olympiad-protocol.xlsx");
}

#[test]
fn results_of_a_year() {
    assert_equal("results-year-summary.csv");
}

#[test]
fn results_with_merged_events() {
    assert_equal("results-merged-events.xls");
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
