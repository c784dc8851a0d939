//! A request of the demo: the blank of a department, still to be answered.
use crate::replies::{self, Request};
use documents::write::{Column, Kind, Table};
use kit::{Fault, Visit};
use uuid::Uuid;

/// Receives the request for whoever coordinates the Centre.
pub async fn build(visit: &Visit, by: Uuid) -> Result<(), Fault> {
    let titles = [
        "№ п/п",
        "Наименование организации",
        "Количество участников",
        "Количество победителей",
        "Количество призёров",
        "Доля мероприятий с призовыми местами, %",
        "Примечание",
    ];
    let columns = titles.iter().map(|title| Column::new(*title, Kind::Text)).collect();
    let table = Table { title: "Форма 1".into(), columns, ..Table::default() };
    let request = Request {
        title: "Запрос управления образования о победителях и призёрах (демо)".into(),
        file_name: "Форма 1.xlsx".into(),
        content: documents::write::xlsx(&table).map_err(anyhow::Error::from)?,
    };
    replies::receive(visit, request, by).await
}
