//! The list for Excel, for those who may: who made it and why stands in the file and in the audit.
use super::{KIND, store, store::scope::Scope, web::Asked};
use crate::shell::export;
use axum::response::Response;
use documents::write::{Column, Kind, Table};
use kit::{
    Fault, Visit,
    audit::Entry,
    cursor::COUNTED,
    db::Tx,
    http::Query,
    text::{Message, text_prefix},
};
use serde::Deserialize;

kit::codes! {
    /// Why children's names leave the program.
    pub enum Why { Order = "order", Event = "event", Report = "report", Check = "check" }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Reason {
    why: String,
}

pub async fn xlsx(visit: Visit, Query(asked): Query<Asked>, Query(reason): Query<Reason>) -> Result<Response, Fault> {
    let t = visit.lang;
    let Ok(why) = reason.why.parse::<Why>() else {
        return Err(Fault::field("why", Message::new("learners-export-why-needed")));
    };
    let slice = store::list(&visit.net, &Scope::of(&visit).await?, &asked.filter(), None, COUNTED).await?;
    let subjects = slice.items.iter().map(|l| l.id.0).collect();
    let entry = Entry { action: "export", kind: KIND, object: None, fields: why.code().into(), subjects };
    let noted: Result<(), Fault> = visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, &visit).await).await;
    noted.map_err(|fault| Fault::Unavailable(format!("an export of children's records is not noted: {fault:?}")))?;
    let columns =
        [t.say("learner-one"), t.say("learner-birth-date"), t.say("learner-class"), t.say("learner-organisation")];
    let mut table = Table {
        title: t.say("learners-title").into(),
        columns: columns.map(|words| Column::new(words, Kind::Text)).into(),
        ..Table::default()
    };
    for l in slice.items {
        table.rows.push(vec![
            l.full_name.into(),
            t.date(l.birth_date).into(),
            l.class_name.into(),
            l.organisation_name.into(),
        ]);
    }
    let words = t.say(&text_prefix!("learners-export-why-", why.code()));
    table.footer.push(t.say_with("learners-export-why-foot", &[("why", words.as_ref().into())]).into());
    export::xlsx(&visit, table, "learners").await
}
