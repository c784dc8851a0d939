//! Writes a table of N rows by 10 columns, reads it back, and prints the time and the memory of both:
//! `cargo run --release -p documents --example measure -- 100000`. With a path instead of a number: reads it.

use std::time::Instant;

use documents::write::{Column, Field, Kind, Table, csv, xlsx};
use documents::{Limits, read};

fn main() {
    let argument = std::env::args().nth(1).unwrap_or_else(|| "100000".to_owned());
    if let Ok(rows) = argument.parse() {
        let table = table(rows);
        for (name, bytes) in [("xlsx", xlsx(&table).unwrap_or_default()), ("csv", csv(&table))] {
            drop(std::fs::write(std::env::temp_dir().join(format!("measure.{name}")), &bytes));
            measure(name, &bytes);
        }
    } else {
        measure(&argument, &std::fs::read(&argument).unwrap_or_default());
    }
}

fn measure(name: &str, bytes: &[u8]) {
    let start = Instant::now();
    let before = peak();
    let outcome = read(bytes, Some(name), &Limits::upload());
    let outcome = match &outcome {
        Ok(workbook) => format!("{} rows", workbook.sheets.iter().map(|sheet| sheet.rows.len()).sum::<usize>()),
        Err(refusal) => refusal.to_string(),
    };
    println!("{name}: {} KB, {outcome}, {:?}, peak {before} -> {} KB", bytes.len() / 1024, start.elapsed(), peak());
}

/// The most memory this process has had, in KB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn table(rows: u32) -> Table {
    let columns = (0..10).map(|column| Column::new(format!("Столбец {column}"), Kind::Text)).collect();
    let row = |number: u32| {
        let cell =
            |column: u32| Field::from(format!("Значение {} {column}", if column < 4 { number } else { number % 50 }));
        (0..10).map(cell).collect()
    };
    Table { title: "Замер".to_owned(), columns, rows: (0..rows).map(row).collect(), ..Table::default() }
}
