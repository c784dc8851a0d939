//! Prints what is read out of a file: `cargo run -p documents --example dump -- FILE`.

use std::process::ExitCode;

use documents::{Limits, Value, Workbook, column_letters, read};

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("which file?");
        return ExitCode::FAILURE;
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    match read(&bytes, Some(&path), &Limits::default()) {
        Ok(workbook) => {
            print(&workbook);
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{refusal}\n{}", refusal.sentence_en());
            ExitCode::from(2)
        }
    }
}

fn print(workbook: &Workbook) {
    println!("{} {:?}", workbook.container.code(), workbook.text);
    for sheet in &workbook.sheets {
        println!("== {} «{}» hidden: {}", sheet.index, sheet.name, sheet.hidden);
        println!("   hidden columns {:?}, merged {:?}", sheet.hidden_columns, sheet.merges);
        for row in &sheet.rows {
            print!("{}{}", row.number, if row.hidden { " (hidden)" } else { "" });
            for cell in &row.cells {
                let kind = match cell.value {
                    Value::Text(_) => "",
                    Value::Number(_) => "#",
                    Value::Date(_) | Value::DateTime(_) => "@",
                    _ => "?",
                };
                let formula = if cell.formula { "=" } else { "" };
                print!(" | {}{formula}{kind} {:?}", column_letters(cell.column), cell.value.to_string());
            }
            println!();
        }
    }
}
