//! The sheet for the operator of the state's resource: only children whose families agreed.
use super::{Asked, KIND, Prize, Reconciled, reconcile, view::lists_words};
use crate::{figures, shell::export};
use axum::response::Response;
use documents::write::{Column, Field, Kind, Table};
use kit::{
    Fault, Lang, Visit,
    audit::Entry,
    db::Tx,
    http::Query,
    text::{text_key, text_prefix},
};

/// The sheet is Russian whatever the page is.
const T: Lang = Lang::Ru;

const HEADS: [(&str, Kind); 16] = [
    (text_key("register-last-name"), Kind::Text),
    (text_key("register-first-name"), Kind::Text),
    (text_key("register-patronymic"), Kind::Text),
    (text_key("register-born"), Kind::Date),
    (text_key("register-sex"), Kind::Text),
    (text_key("register-snils"), Kind::Text),
    (text_key("register-organisation"), Kind::Text),
    (text_key("figures-by-class"), Kind::Text),
    (text_key("figures-row-event"), Kind::Text),
    (text_key("figures-by-list"), Kind::Text),
    (text_key("figures-by-level"), Kind::Text),
    (text_key("figures-by-subject"), Kind::Text),
    (text_key("figures-by-year"), Kind::Text),
    (text_key("figures-row-result"), Kind::Text),
    (text_key("figures-row-ground"), Kind::Text),
    (text_key("register-consent"), Kind::Text),
];

fn line(r: &Reconciled, p: &Prize) -> Vec<Field> {
    let name = p.row.learner.as_deref().unwrap_or_default();
    let mut words = name.split_whitespace();
    let mut next = || Field::from(words.next().unwrap_or_default());
    let (last, first) = (next(), next());
    let patronymic = name.split_whitespace().skip(2).collect::<Vec<_>>().join(" ");
    let facts = r.facts.get(&p.child);
    vec![
        last,
        first,
        patronymic.into(),
        facts.map(|f| f.birth_date).into(),
        facts.and_then(|f| f.sex).map(|s| T.say(&text_prefix!("learner-sex-", s.code())).into_owned()).into(),
        facts.and_then(|f| f.snils.clone()).into(),
        p.row.organisation.clone().into(),
        p.row.class.map(|c| c.to_string()).into(),
        p.row.title.clone().into(),
        lists_words(T, &p.lists).into(),
        T.say(&text_prefix!("event-level-", p.row.level.code())).into_owned().into(),
        p.row.subject.clone().into(),
        p.row.academic_year.to_string().into(),
        figures::result_words(T, &p.row).into(),
        p.row.ground.clone().into(),
        T.say("register-consent-given").into_owned().into(),
    ]
}

/// The sheet; that it was taken, and whose data are in it, stands in the trail.
pub async fn sheet(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let r = reconcile(&visit, &asked).await?;
    let columns = HEADS.iter().map(|(key, kind)| Column::new(T.say(key), *kind)).collect();
    let rows = r.ready.iter().map(|p| line(&r, p)).collect();
    let mut table = Table { title: T.say("register-sheet").into(), columns, rows, ..Table::default() };
    table.footer.push(T.say("register-basis").into_owned());
    let entry = Entry {
        action: "export",
        kind: KIND,
        object: None,
        fields: format!("{} {}", r.from, r.to),
        subjects: r.subjects(),
    };
    visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, &visit).await).await?;
    export::xlsx(&visit, table, "state-register").await
}
