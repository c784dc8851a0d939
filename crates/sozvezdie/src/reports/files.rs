//! The report as a file.
use super::{
    counted::{Counted, Part},
    paper::{self, Around},
};
use crate::{figures, papers};
use chrono::NaiveDateTime;
use documents::{
    paper::Block,
    write::{Chart, Column, Field, Kind, Sheet, Table},
};
use kit::{Lang, text::text_prefix};

kit::codes! {
    /// To edit, to count on, to sign, for programs.
    pub enum Format { Docx = "docx", Xlsx = "xlsx", Pdf = "pdf", Json = "json" }
}

impl Format {
    pub fn media(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
            Self::Json => "application/json",
        }
    }
}

/// A file is Russian whatever the page is.
const T: Lang = Lang::Ru;

/// The file's bytes: the figures with the text `body`. `around.made` says who made it, when and why.
///
/// Takes milliseconds of a processor: off the threads that serve requests.
///
/// # Errors
/// A defect of the layout.
pub fn bytes(
    counted: &Counted,
    body: &str,
    format: Format,
    around: &Around,
    at: NaiveDateTime,
) -> anyhow::Result<Vec<u8>> {
    let paper = || paper::of_text(counted, body, around);
    match format {
        Format::Json => Ok(serde_json::to_vec_pretty(&counted.to_json())?),
        Format::Xlsx => Ok(documents::write::book(&paper().title, &sheets(counted, body, around, at))?),
        Format::Docx => papers::lay_out(&paper(), papers::Format::Docx, around.day),
        Format::Pdf => papers::lay_out(&paper(), papers::Format::Pdf, around.day),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn whole(n: i64) -> Field {
    Field::from(n as f64)
}

fn line(c: &figures::Counts) -> Vec<Field> {
    let share = |s: figures::Share| s.percents().map_or(Field::Empty, Field::from);
    vec![
        whole(c.prize_editions),
        whole(c.editions),
        share(c.k1()),
        whole(c.prize_participations),
        whole(c.participations),
        share(c.k2()),
        whole(c.prize_children),
        whole(c.children),
        share(c.k3()),
        whole(c.prize_places),
        whole(c.pending),
    ]
}

fn columns() -> Vec<Column> {
    let number = |key: &str| Column::new(T.say(key), Kind::Integer);
    let percents = |key: &str| Column::new(T.say(key), Kind::Decimal);
    vec![
        number("figures-prize-events"),
        number("figures-events"),
        percents("figures-share"),
        number("figures-prize-participations"),
        number("figures-participations"),
        percents("figures-participations-share"),
        number("figures-prize-children"),
        number("figures-children"),
        percents("figures-children-share"),
        number("figures-places"),
        number("figures-pending"),
    ]
}

/// Everything on one sheet, the text on the next, then a sheet with a chart for each breakdown.
fn sheets(counted: &Counted, body: &str, around: &Around, at: NaiveDateTime) -> Vec<Sheet> {
    let footer = vec![counted.period().words(T), T.say("figures-rules").into(), around.made.clone()];
    let plain = |table: Table| Sheet { table, chart: None };
    let mut all = vec![plain(whole_table(counted, footer.clone(), at)), plain(words(counted, body, around))];
    all.extend(counted.parts.iter().filter(|part| !part.lines.is_empty()).map(|part| breakdown(part, &footer)));
    all
}

fn whole_table(counted: &Counted, footer: Vec<String>, at: NaiveDateTime) -> Table {
    let mut heads = vec![Column::new(T.say("figures-by"), Kind::Text), Column::new(T.say("report-line"), Kind::Text)];
    heads.extend(columns());
    let row = |part: &str, title: &str, c: &figures::Counts| {
        let mut row = vec![part.into(), title.into()];
        row.extend(line(c));
        row
    };
    let mut rows = vec![row(&T.say("figures-total"), "", &counted.total)];
    if counted.before.editions > 0 {
        let before = T.say_with("report-before", &[("years", paper::years(counted).into())]);
        rows.push(row(&before, "", &counted.before));
    }
    for part in &counted.parts {
        let by = figures::by_words(T, part.by);
        rows.extend(part.lines.iter().map(|l| row(&by, &l.title, &l.counts)));
    }
    let title = T.say(&text_prefix!("report-title-", counted.kind.code())).into();
    Table { title, columns: heads, rows, footer, made: Some(at) }
}

/// The text of the report, a paragraph a row; tables stand on their own sheets.
fn words(counted: &Counted, body: &str, around: &Around) -> Table {
    let rows = paper::of_text(counted, body, around).body.into_iter().filter_map(|block| match block {
        Block::Text { text } | Block::Flush { text } | Block::Heading { text } => Some(vec![Field::from(text)]),
        Block::Table { .. } | Block::Chart { .. } => None,
    });
    let title = T.say("report-text").into_owned();
    Table {
        title: title.clone(),
        columns: vec![Column::new(title, Kind::Text)],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The column of the share of events, after the name.
const SHARE: u16 = 3;

fn breakdown(part: &Part, footer: &[String]) -> Sheet {
    let title = figures::by_words(T, part.by);
    let mut heads = vec![Column::new(title.clone(), Kind::Text)];
    heads.extend(columns());
    let rows: Vec<Vec<Field>> = part
        .lines
        .iter()
        .map(|l| {
            let mut row = vec![Field::from(l.title.as_str())];
            row.extend(line(&l.counts));
            row
        })
        .collect();
    let chart = Chart {
        title: T.say_with("report-chart", &[("by", part.by.code().into())]).into_owned(),
        names: 0,
        numbers: SHARE,
        rows: u32::try_from(rows.len().min(30)).unwrap_or(30),
    };
    let mut footer = footer.to_vec();
    if part.exceeds {
        footer.push(T.say("figures-exceed").into_owned());
    }
    Sheet { table: Table { title, columns: heads, rows, footer, made: None }, chart: Some(chart) }
}
