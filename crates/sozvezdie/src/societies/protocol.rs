//! The protocol of a meeting as a document.
use super::model::{Fellow, FellowId, Meeting, MeetingKind, Society};
use crate::papers::Party;
use documents::{
    cases,
    paper::{BLANK, Block, Paper, Signature},
};
use kit::Lang;

/// The document. Whoever may not be named here signs by hand.
pub fn paper(s: &Society, m: &Meeting, fellows: &[Fellow], host: &Party) -> Paper {
    let heading = match m.kind {
        MeetingKind::General => "общего собрания",
        MeetingKind::Council => "заседания совета",
    };
    let name = |id: Option<FellowId>| fellows.iter().find(|f| Some(f.id) == id).and_then(|f| f.full_name.clone());
    let (chair, secretary) = (name(m.chair_id), name(m.secretary_id));
    let who = |name: &Option<String>| name.as_deref().map_or_else(|| BLANK.to_owned(), cases::initials);
    let flush = |text: &str| Block::Flush { text: text.to_owned() };
    let mut body = vec![
        Block::Flush { text: format!("Председатель\u{a0}— {}.", who(&chair).trim_end_matches('.')) },
        Block::Flush { text: format!("Секретарь\u{a0}— {}.", who(&secretary).trim_end_matches('.')) },
        Block::Flush { text: format!("Присутствовали: {}\u{a0}чел.", m.present) },
        flush("ПОВЕСТКА ДНЯ:"),
    ];
    body.extend(numbered(&m.agenda));
    body.push(flush("РЕШИЛИ:"));
    match &m.decisions {
        Some(text) => body.extend(numbered(text)),
        None => body.push(Block::Text { text: BLANK.repeat(4) }),
    }
    let signature = |post: &str, name: &Option<String>| Signature {
        post: post.to_owned(),
        name: name.as_deref().map(cases::initials).unwrap_or_default(),
    };
    Paper {
        title: format!("Протокол № {} {heading}", m.number),
        issuer: vec![host.name.clone(), s.title.clone()],
        kind: "ПРОТОКОЛ".to_owned(),
        date: Lang::Ru.date(m.held_on),
        number: format!("№\u{a0}{}", m.number),
        place: m.place.clone().unwrap_or_else(|| host.place.clone()),
        heading: heading.to_owned(),
        body,
        signatures: vec![signature("Председатель", &chair), signature("Секретарь", &secretary)],
        ..Paper::default()
    }
}

/// Each line a point of its own.
fn numbered(text: &str) -> impl Iterator<Item = Block> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    (1..).zip(lines).map(|(i, line)| Block::Text { text: format!("{i}. {}.", line.trim_end_matches(['.', ' '])) })
}
