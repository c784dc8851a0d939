//! Reads a file as a kind and prints the counts, the time and the memory:
//! `cargo run --release -p intake --example measure -- contingent FILE`. With a number instead of a file:
//! a made-up list of so many pupils by ten columns.

use std::time::Instant;

use documents::write::{Column, Field, Kind, Table, xlsx};
use documents::{Limits, read};
use intake::Context;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().unwrap_or_else(|| "contingent".to_owned());
    let file = arguments.next().unwrap_or_else(|| "100000".to_owned());
    if let Ok(rows) = file.parse() {
        let path = std::env::temp_dir().join("pupils.xlsx");
        drop(std::fs::write(&path, xlsx(&table(rows)).unwrap_or_default()));
        println!("wrote {}; measure it in a process of its own", path.display());
        return;
    }
    let bytes = std::fs::read(&file).unwrap_or_default();
    let start = Instant::now();
    let workbook = match read(&bytes, Some(&file), &Limits::upload()) {
        Ok(workbook) => workbook,
        Err(refusal) => return println!("{refusal}"),
    };
    println!("unpacked {:?}, peak {} KB", start.elapsed(), peak());
    match intake::read(&kind, &workbook, &Context::default(), None) {
        Ok(reading) => println!("{:?}", reading.counts()),
        Err(error) => println!("{error}"),
    }
    println!("read {:?}, peak {} KB", start.elapsed(), peak());
}

/// The most memory this process has had, in KB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn table(rows: usize) -> Table {
    let titles =
        ["№", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс", "Пол", "Телефон", "Школа", "Доп. образование"];
    let columns = titles.iter().map(|title| Column::new(*title, Kind::Text)).collect();
    let letters = ["а", "б", "в", "г", "д", "е", "ж", "з", "и", "к"];
    let row = |number: usize| {
        let stem: String =
            number.to_string().bytes().filter_map(|digit| letters.get(usize::from(digit - b'0'))).copied().collect();
        let class = number % 11 + 1;
        vec![
            Field::from(number.to_string()),
            Field::from(format!("Демо{stem}ов")),
            Field::from(["Пётр", "Иван", "Олег", "Лев"].get(number % 4).copied().unwrap_or("Ян")),
            Field::from("Ильич"),
            Field::from(format!("{:02}.{:02}.{}", number % 28 + 1, number % 12 + 1, 2018 - class)),
            Field::from(format!("{class} А")),
            Field::from("м"),
            Field::from(format!("8 000 {:03} {:02} {:02}", number / 10_000 % 1000, number / 100 % 100, number % 100)),
            Field::from(format!("МОУ «Условная СОШ № {}»", number % 34)),
            Field::from("хор"),
        ]
    };
    Table { title: "Список".to_owned(), columns, rows: (0..rows).map(row).collect(), ..Table::default() }
}
