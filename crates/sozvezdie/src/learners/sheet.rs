//! What is kept of a child, on paper: for a family that asks what is known. Everything else that the
//! program keeps of the child stands in the JSON beside it.
use super::{
    access::Look,
    model::{Attachment, Guardian, Learner},
};
use crate::organisations::{self, OrganisationId};
use chrono::{DateTime, NaiveDate, Utc};
use documents::paper::{Block, Paper};
use kit::{Lang, clock::LOCAL, text::text_prefix};
use std::collections::HashMap;
use uuid::Uuid;

/// Looks that stand on the paper; the JSON has them all.
const LOOKS: usize = 200;

/// All that fills the paper.
pub struct Known<'a> {
    pub learner: &'a Learner,
    pub guardians: &'a [Guardian],
    pub attachments: &'a [Attachment],
    pub looks: &'a [Look],
    pub people: &'a HashMap<Uuid, String>,
    pub organisations: &'a HashMap<OrganisationId, String>,
    pub today: NaiveDate,
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| Lang::Ru.date(day)).unwrap_or_default()
}

/// «24.11.2026, 9:05»: a line of a narrow column.
fn shortly(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&LOCAL);
    format!("{},\u{a0}{}", Lang::Ru.date(at.date_naive()), at.format("%-H:%M"))
}

fn said(key: &str) -> String {
    Lang::Ru.say(key).into_owned()
}

fn table(columns: [&str; 3], rows: Vec<Vec<String>>) -> Vec<Block> {
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Table { columns: columns.map(str::to_owned).to_vec(), rows }]
}

/// The paper. Pure.
pub fn paper(k: &Known<'_>) -> Paper {
    let l = k.learner;
    let organisation = |id: &OrganisationId| k.organisations.get(id).cloned().unwrap_or_default();
    let fact = |name: &str, value: String| vec![name.to_owned(), value];
    let mut facts = vec![
        fact("Фамилия, имя, отчество", l.full_name.clone()),
        fact("Дата рождения", day(Some(l.birth_date))),
        fact("Организация", organisation(&l.organisation)),
        fact("Класс, группа", l.class_name.clone().unwrap_or_default()),
        fact("Пол", l.sex.map(|sex| said(&text_prefix!("learner-sex-", sex.code()))).unwrap_or_default()),
        fact("СНИЛС", l.snils.clone().unwrap_or_default()),
        fact("Телефон представителя", l.guardian_phone.as_deref().map(organisations::phone).unwrap_or_default()),
    ];
    facts.retain(|row| row.last().is_some_and(|value| !value.is_empty()));
    let mut body = vec![Block::Table {
        columns: vec!["Сведение".to_owned(), "Что записано".to_owned()], rows: facts
    }];
    let guardians = k.guardians.iter().map(|g| {
        let contacts: Vec<String> =
            [g.phone.as_deref().map(organisations::phone), g.email.clone()].into_iter().flatten().collect();
        vec![g.name().full(), said(&text_prefix!("learner-relation-", g.relation.code())), contacts.join(", ")]
    });
    body.extend(table(["Представитель", "Кем приходится", "Как связаться"], guardians.collect()));
    let places = k.attachments.iter().map(|a| {
        let class = a.class_name.clone().unwrap_or_default();
        vec![format!("{} {}", organisation(&a.organisation), class).trim().to_owned(), day(Some(a.from)), day(a.until)]
    });
    body.extend(table(["Где учился", "С", "По"], places.collect()));
    let looks = k.looks.iter().take(LOOKS).map(|look| {
        let who = look.actor.and_then(|id| k.people.get(&id).cloned()).unwrap_or_else(|| said("somebody"));
        let how = match look.action.as_str() {
            "export" => {
                format!("{} {}", said("learner-look-export"), said(&text_prefix!("learners-export-why-", look.how)))
            }
            _ => said(&text_prefix!("learner-look-", look.how)),
        };
        vec![who, how, shortly(look.at)]
    });
    body.extend(table(["Кто смотрел", "Как", "Когда"], looks.collect()));
    body.push(Block::Flush {
        text: "Согласия, обращения и\u{a0}всё остальное\u{a0}— в\u{a0}файле learner.json рядом.".to_owned(),
    });
    Paper {
        title: "Сведения об обучающемся".to_owned(),
        issuer: vec![organisation(&l.organisation)],
        kind: "СВЕДЕНИЯ".to_owned(),
        date: day(Some(k.today)),
        heading: "которые хранятся об\u{a0}обучающемся".to_owned(),
        body,
        ..Paper::default()
    }
}

/// The paper as PDF.
///
/// # Errors
/// A defect of the layout.
#[cfg(feature = "pdf")]
pub fn pdf(paper: &Paper, day: NaiveDate) -> anyhow::Result<Option<Vec<u8>>> {
    Ok(Some(documents::pdf::render(documents::pdf::Template::Paper, paper, day)?))
}

/// This program was built without PDF.
///
/// # Errors
/// None.
#[cfg(not(feature = "pdf"))]
pub fn pdf(_: &Paper, _: NaiveDate) -> anyhow::Result<Option<Vec<u8>>> {
    Ok(None)
}
