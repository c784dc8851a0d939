//! The report as a file.
use super::{Report, paper};
use crate::{figures, papers};
use chrono::NaiveDateTime;
use documents::write::{Column, Field, Kind, Table};
use kit::Lang;

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

/// The file's bytes. `made` says who made it and when; a document is Russian whatever the page is.
///
/// Takes milliseconds of a processor: off the threads that serve requests.
///
/// # Errors
/// A defect of the layout.
pub fn bytes(report: &Report, format: Format, made: &str, at: NaiveDateTime) -> anyhow::Result<Vec<u8>> {
    match format {
        Format::Json => Ok(serde_json::to_vec_pretty(&report.to_json())?),
        Format::Xlsx => Ok(documents::write::xlsx(&table(report, made, at))?),
        Format::Docx => papers::lay_out(&paper::of_report(report, made, at.date()), papers::Format::Docx, at.date()),
        Format::Pdf => papers::lay_out(&paper::of_report(report, made, at.date()), papers::Format::Pdf, at.date()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn whole(n: i64) -> Field {
    Field::from(n as f64)
}

fn line(part: &str, title: &str, c: &figures::Counts) -> Vec<Field> {
    let share = |s: figures::Share| s.percents().map_or(Field::Empty, Field::from);
    vec![
        part.into(),
        title.into(),
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

fn table(report: &Report, made: &str, at: NaiveDateTime) -> Table {
    let t = Lang::Ru;
    let number = |key: &str| Column::new(t.say(key), Kind::Integer);
    let percents = |key: &str| Column::new(t.say(key), Kind::Decimal);
    let columns = vec![
        Column::new(t.say("figures-by"), Kind::Text),
        Column::new(t.say("report-line"), Kind::Text),
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
    ];
    let mut rows = vec![line(&t.say("figures-total"), "", &report.total)];
    for (by, figures) in &report.parts {
        let part = figures::by_words(t, *by);
        rows.extend(figures.lines.iter().map(|(l, title)| line(&part, title, &l.counts)));
    }
    let mut table = Table { title: t.say("report-centre").into(), columns, rows, made: Some(at), ..Table::default() };
    table.footer = vec![paper::period(report), t.say("figures-rules").into(), made.to_owned()];
    table
}
