//! A route as a document: title, note, goal, steps by stages, results, and everybody who signed.
use super::{
    content::{Content, StepContent},
    model::{SignatureKind, Stage},
    web::record::Record,
};
use crate::{organisations::Organisation, papers};
use documents::{
    cases,
    paper::{BLANK, Block, Paper, Signature},
};
use kit::{Lang, Visit, clock::local_date, text::text_prefix};
use std::fmt::Write as _;

/// The document of a version; `number` is the version whose signatures stand on it.
pub fn of(visit: &Visit, record: &Record, c: &Content, number: i64, leads: &Organisation) -> Paper {
    let t = Lang::Ru;
    let r = &record.seen.route;
    let party = papers::Party::of(leads);
    let signed = |kind: SignatureKind| record.signatures.iter().find(|s| s.number == number && s.kind == kind);
    let approved = signed(SignatureKind::Approval);
    let day = approved
        .map_or_else(|| "«____»\u{a0}______________\u{a0}20____\u{a0}г.".to_owned(), |s| t.date(local_date(s.at)));
    let head = party.head.as_deref().map(cases::initials).unwrap_or_default();
    let class = r.class_name.clone().map(|class| format!(", {class}")).unwrap_or_default();
    let mut body =
        vec![Block::Flush { text: format!("Обучающийся: {}{class}, {}.", r.learner_name, r.school_name) }];
    if let (Some(from), Some(until)) = (c.from, c.until) {
        body.push(Block::Flush { text: format!("Срок: с\u{a0}{} по\u{a0}{}.", t.date(from), t.date(until)) });
    }
    section(&mut body, "ПОЯСНИТЕЛЬНАЯ ЗАПИСКА", &c.note);
    section(&mut body, "ЦЕЛЬ", &c.goal);
    section(&mut body, "ЗАДАЧИ", &c.tasks);
    for stage in Stage::ALL {
        let steps: Vec<&StepContent> = c.steps.iter().filter(|s| s.stage == stage.code()).collect();
        if !steps.is_empty() {
            let title = t.say(&text_prefix!("route-stage-", stage.code())).to_uppercase();
            body.push(Block::Flush { text: title });
            body.push(table(t, &steps));
        }
    }
    section(&mut body, "ПСИХОЛОГО-ПЕДАГОГИЧЕСКОЕ СОПРОВОЖДЕНИЕ", &c.support);
    section(&mut body, "ОЖИДАЕМЫЕ РЕЗУЛЬТАТЫ", &c.results);
    section(&mut body, "ПОЧЕМУ НАГРУЗКА МОЖЕТ БЫТЬ БОЛЬШЕ", &c.load_reason);
    words(&mut body, record);
    Paper {
        title: format!("Индивидуальный образовательный маршрут. {}", c.title),
        issuer: vec![party.name.clone()],
        requisites: party.requisites.clone(),
        aside: vec!["УТВЕРЖДАЮ".into(), papers::capital(&party.post), format!("{BLANK} {head}"), day],
        kind: "ИНДИВИДУАЛЬНЫЙ ОБРАЗОВАТЕЛЬНЫЙ МАРШРУТ".into(),
        heading: c.title.clone(),
        body,
        signatures: signatures(record, c, leads, number),
        notes: notes(visit, record, c, number),
        ..Paper::default()
    }
}

fn section(body: &mut Vec<Block>, title: &str, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    body.push(Block::Flush { text: title.to_owned() });
    body.extend(
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| Block::Text { text: line.trim().to_owned() }),
    );
}

fn table(t: Lang, steps: &[&StepContent]) -> Block {
    let columns = ["№", "Содержание", "Где и с\u{a0}кем", "Когда", "Контроль и\u{a0}результат"];
    let row = |(i, s): (usize, &&StepContent)| {
        let mut what = format!("{}. {}", t.say(&text_prefix!("route-kind-", s.kind)), s.title);
        if !s.about.is_empty() {
            let _ = write!(what, ". {}", s.about.replace('\n', " "));
        }
        if !s.choice.is_empty() {
            let _ = write!(what, " (на\u{a0}выбор: {})", s.choice);
        }
        let form = t.say(&text_prefix!("route-form-", s.form)).into_owned();
        let whom = [s.organisation_name.clone(), s.teacher.clone(), form];
        let whom: Vec<String> = whom.into_iter().filter(|text| !text.is_empty()).collect();
        let result = [s.control.clone(), s.expected.replace('\n', " ")];
        let result: Vec<String> = result.into_iter().filter(|text| !text.is_empty()).collect();
        let hours = t.say_with("route-hours", &[("hours", s.hours.into())]);
        vec![(i + 1).to_string(), what, whom.join("; "), format!("{}; {hours}", when(t, s)), result.join("; ")]
    };
    Block::Table {
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        rows: steps.iter().enumerate().map(row).collect(),
    }
}

/// «01.10.2026–20.12.2026, вт 15:00–16:30».
pub fn when(t: Lang, s: &StepContent) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|d| t.date(d)).unwrap_or_default();
    let mut text = format!("{}–{}", day(s.from), day(s.until));
    if let Some(weekday) = s.weekday {
        let _ = write!(text, ", {}", t.say(&text_prefix!("route-weekday-", weekday)));
    }
    if !s.starts.is_empty() {
        let _ = write!(text, " {}–{}", s.starts, s.ends);
    }
    text
}

/// The learner's reflection and the guardian's comment.
fn words(body: &mut Vec<Block>, record: &Record) {
    use super::model::WordKind;
    for (kind, title) in [(WordKind::Reflection, "РЕФЛЕКСИЯ ОБУЧАЮЩЕГОСЯ"), (WordKind::Comment, "КОММЕНТАРИЙ РОДИТЕЛЯ")]
    {
        let said: Vec<&str> = record.words.iter().rev().filter(|w| w.kind == kind).map(|w| w.words.as_str()).collect();
        section(body, title, &said.join("\n"));
    }
}

/// Everybody signs on a line of their own: the author, each organisation, the guardian.
fn signatures(record: &Record, c: &Content, leads: &Organisation, number: i64) -> Vec<Signature> {
    let name = |person: Option<uuid::Uuid>| cases::initials(record.name(person));
    let mut lines = vec![Signature {
        post: format!("Составил(а), {}", leads.short_name),
        name: name(record.seen.route.author),
    }];
    let mut hosts: Vec<(uuid::Uuid, &str)> =
        c.steps.iter().filter_map(|s| Some((s.organisation?, s.organisation_name.as_str()))).collect();
    hosts.sort_unstable();
    hosts.dedup();
    for (host, title) in hosts.into_iter().filter(|(host, _)| *host != leads.id.0) {
        let signed = record.signatures.iter().rev().find(|s| {
            s.number <= number && s.kind == SignatureKind::Step && s.organisation.is_some_and(|o| o.0 == host)
        });
        lines.push(Signature {
            post: format!("Согласовано, {title}"), name: name(signed.and_then(|s| s.person))
        });
    }
    let guardian = record.signatures.iter().find(|s| s.number == number && s.kind == SignatureKind::Guardian);
    lines.push(Signature {
        post: "С\u{a0}маршрутом согласен(на), родитель".into(),
        name: name(guardian.and_then(|s| s.person)),
    });
    lines.push(Signature {
        post: "Обучающийся".into(), name: cases::initials(&record.seen.route.learner_name)
    });
    lines
}

/// When it was agreed in the program, line by line.
fn notes(visit: &Visit, record: &Record, c: &Content, number: i64) -> Vec<String> {
    let t = Lang::Ru;
    let mut lines = vec![format!("Версия {number}. Напечатано {}.", t.date(visit.today))];
    for s in record.signatures.iter().filter(|s| s.number == number) {
        let step = s.step.and_then(|id| c.steps.iter().find(|step| step.id == id.0)).map(|step| step.title.as_str());
        let what = match s.kind {
            SignatureKind::Step => kit::text::nested(format!("Шаг «{}» принят", step.unwrap_or_default())),
            SignatureKind::Guardian => "Согласие родителя дано".to_owned(),
            SignatureKind::Approval => "Маршрут утверждён".to_owned(),
        };
        lines.push(format!("{what} {}: {}.", t.date(local_date(s.at)), record.name(s.person)));
    }
    lines
}
