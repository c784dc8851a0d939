//! The papers of a nomination and of a sitting: application, petition, protocol, order. Nothing is
//! stored; they say what the register says, and leave blanks where it says nothing.
use super::model::{Decided, Profile, Sitting};
use crate::papers::{InCase, Party, Words};
use chrono::NaiveDate;
use documents::{
    cases,
    paper::{BLANK, Block, Paper, Signature},
};
use kit::{Lang, text::text_prefix};

kit::codes! {
    /// The papers of one child.
    pub enum ChildPaper { Application = "application", Petition = "petition" }
}

kit::codes! {
    /// The papers of a sitting.
    pub enum SittingPaper { Protocol = "protocol", Order = "order" }
}

/// `24.11.2026`, or a blank.
fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "«____»\u{a0}______________\u{a0}20____\u{a0}г.".to_owned(), |day| Lang::Ru.date(day))
}

fn number(number: Option<&str>) -> String {
    format!("№\u{a0}{}", number.unwrap_or("________"))
}

fn text(text: String) -> Block {
    Block::Text { text }
}

/// «обучающегося» or «обучающуюся», by the name.
fn learner_word(name: &str, case: InCase) -> &'static str {
    let is_girl = cases::gender(name) == Some(cases::Gender::Feminine);
    match (case, is_girl) {
        (InCase::Accusative, true) => "обучающуюся",
        (_, true) => "обучающейся",
        (_, false) => "обучающегося",
    }
}

/// «Демонова Семёна Учебновича, обучающегося 7 Б класса».
fn child(p: &Profile, words: &Words, case: InCase) -> String {
    let class = p.class_name.as_deref().map(|c| format!(" {c} класса")).unwrap_or_default();
    format!("{}, {}{class}", words.person(&p.full_name, case), learner_word(&p.full_name, case))
}

/// «академическая одарённость (химия), творческая одарённость».
fn kinds(p: &Profile) -> String {
    let word = |k: &super::model::GiftKind| Lang::Ru.say(&text_prefix!("gifted-kind-", k.code())).to_lowercase();
    let all: Vec<String> = p.kinds().iter().map(word).collect();
    let subject = p.subject.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
    format!("{}{subject}", all.join(", "))
}

/// To whom a paper of the family or the school goes: the head of the organisation that keeps the Centre.
fn to(centre: &Party, words: &Words) -> Vec<String> {
    let head = centre.head.as_deref().map_or_else(|| BLANK.to_owned(), |h| words.addressee(h, InCase::Dative));
    vec![
        format!(
            "{} {}",
            capital(&words.phrase(&centre.post, InCase::Dative)),
            words.phrase(&centre.short_name, InCase::Genitive)
        ),
        head,
    ]
}

fn capital(text: &str) -> String {
    crate::papers::capital(text)
}

/// The application of the child's guardian.
pub fn application(p: &Profile, school: &Party, centre: &Party, words: &Words) -> Paper {
    let from = p.applicant.as_deref().map_or_else(|| BLANK.to_owned(), |name| words.person(name, InCase::Genitive));
    let mut aside = to(centre, words);
    aside.push(format!("от\u{a0}{from}"));
    Paper {
        title: format!("Заявление. {}", p.full_name),
        aside,
        kind: "ЗАЯВЛЕНИЕ".into(),
        date: day(p.applied_on),
        heading: "о\u{a0}рассмотрении на\u{a0}зачисление в\u{a0}Центр для\u{a0}одарённых детей".into(),
        body: vec![
            text(format!(
                "Прошу рассмотреть на\u{a0}зачисление в\u{a0}Центр для\u{a0}одарённых детей моего ребёнка: {} ({}), {} года рождения.",
                child(p, words, InCase::Accusative),
                school.short_name,
                Lang::Ru.date(p.birth_date)
            )),
            text("С\u{a0}порядком работы Центра и\u{a0}с\u{a0}тем, что участие в\u{a0}нём добровольно и\u{a0}может быть окончено по\u{a0}моему заявлению, знаком(а).".into()),
            text("Согласия на\u{a0}обработку данных и\u{a0}на\u{a0}психологическую диагностику даются отдельными документами.".into()),
        ],
        signatures: vec![Signature { post: "Законный представитель".into(), name: p.applicant.as_deref().map(cases::initials).unwrap_or_default() }],
        ..Paper::default()
    }
}

/// The petition of the child's school.
pub fn petition(p: &Profile, school: &Party, centre: &Party, words: &Words) -> Paper {
    let conclusion = if p.conclusion.is_some() {
        "К\u{a0}ходатайству прилагаются заявление законного представителя и\u{a0}заключение педагога-психолога."
    } else {
        "К\u{a0}ходатайству прилагается заявление законного представителя."
    };
    Paper {
        title: format!("Ходатайство. {}", p.full_name),
        issuer: vec![school.name.clone()],
        requisites: school.requisites.clone(),
        aside: to(centre, words),
        kind: "ХОДАТАЙСТВО".into(),
        date: day(p.petition_on),
        number: number(p.petition_number.as_deref()),
        place: school.place.clone(),
        heading: "о\u{a0}включении в\u{a0}банк данных одарённых детей".into(),
        body: vec![
            text(format!(
                "Администрация организации ходатайствует о\u{a0}включении {}, в\u{a0}банк данных одарённых детей и\u{a0}о\u{a0}зачислении в\u{a0}Центр.",
                child(p, words, InCase::Genitive)
            )),
            text(format!("В\u{a0}чём проявляется: {}.", kinds(p))),
            text(format!("Основание: {}", sentence(&p.reason))),
            text(conclusion.into()),
        ],
        signatures: vec![school.signature()],
        ..Paper::default()
    }
}

/// Ends with one full stop.
fn sentence(text: &str) -> String {
    format!("{}.", text.replace('\n', " ").trim_end_matches(['.', ' ']))
}

/// The protocol of the commission.
pub fn protocol(s: &Sitting, decided: &[Decided], centre: &Party) -> Paper {
    let rows = decided.iter().enumerate().map(|(n, d)| {
        let decision = if d.admit {
            "включить в\u{a0}банк данных, зачислить в\u{a0}Центр"
        } else {
            "предложить другую форму поддержки"
        };
        vec![(n + 1).to_string(), d.full_name.clone(), place(d), decision.to_owned()]
    });
    let mut body = vec![text(format!("Председатель: {}.", whole_names(s.chair.trim_end_matches('.'))))];
    let members: Vec<&str> = s.members.lines().collect();
    body.push(text(format!("Члены комиссии: {}.", whole_names(members.join("; ").trim_end_matches('.')))));
    body.push(text("Повестка: рассмотрение ходатайств организаций и\u{a0}заявлений законных представителей.".into()));
    body.push(Block::Flush { text: "РЕШИЛИ:".into() });
    body.push(Block::Table {
        columns: ["№", "Фамилия, имя, отчество", "Класс, организация", "Решение"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    });
    let signature = |post: &str, name: &str| Signature {
        post: post.into(),
        name: name.split(',').next().unwrap_or_default().trim().into(),
    };
    let mut signatures = vec![signature("Председатель комиссии", &s.chair)];
    signatures.extend(members.iter().map(|name| signature("Член комиссии", name)));
    Paper {
        title: format!("Протокол комиссии от {}", Lang::Ru.date(s.held_on)),
        issuer: vec![centre.name.clone()],
        kind: "ПРОТОКОЛ".into(),
        date: day(Some(s.held_on)),
        number: number(Some(&s.protocol_number)),
        place: centre.place.clone(),
        heading: "заседания комиссии Центра для\u{a0}одарённых детей".into(),
        body,
        signatures,
        ..Paper::default()
    }
}

/// «Внимательная Е. П.» in one piece: initials do not part from each other and from the name.
fn whole_names(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut words = text.split(' ').peekable();
    let is_initial = |word: &str| {
        let letters = word.trim_end_matches(['.', ',', ';']);
        letters.chars().count() == 1 && letters.chars().all(char::is_uppercase)
    };
    while let Some(word) = words.next() {
        whole.push_str(word);
        if let Some(next) = words.peek() {
            whole.push(if is_initial(next) { '\u{a0}' } else { ' ' });
        }
    }
    whole
}

fn place(d: &Decided) -> String {
    let class = d.class_name.as_deref().unwrap_or_default();
    if class.is_empty() { d.organisation_name.clone() } else { format!("{class}, {}", d.organisation_name) }
}

/// The head's order with the list.
pub fn order(s: &Sitting, decided: &[Decided], centre: &Party, words: &Words) -> Paper {
    let admitted: Vec<&Decided> = decided.iter().filter(|d| d.admit).collect();
    let from = s.order_on.map_or_else(|| BLANK.to_owned(), |d| Lang::Ru.date(d));
    let mut body = vec![
        text(format!(
            "На\u{a0}основании протокола заседания комиссии от\u{a0}{} №\u{a0}{}",
            Lang::Ru.date(s.held_on),
            s.protocol_number
        )),
        Block::Flush { text: "ПРИКАЗЫВАЮ:".into() },
        text(format!(
            "1. Включить в\u{a0}банк данных одарённых детей и\u{a0}зачислить с\u{a0}{from} в\u{a0}Центр для\u{a0}одарённых детей:"
        )),
    ];
    for (n, d) in admitted.iter().enumerate() {
        let end = if n + 1 == admitted.len() { '.' } else { ';' };
        body.push(text(format!("1.{}. {} ({}){end}", n + 1, words.person(&d.full_name, InCase::Accusative), place(d))));
    }
    body.push(text(
        "2. Координатору Центра составить индивидуальные планы зачисленных обучающихся и\u{a0}предложить наставников."
            .into(),
    ));
    body.push(text("3. Контроль за\u{a0}исполнением приказа оставляю за\u{a0}собой.".into()));
    Paper {
        title: "Приказ о зачислении в Центр для одарённых детей".into(),
        issuer: vec![centre.name.clone()],
        requisites: centre.requisites.clone(),
        kind: "ПРИКАЗ".into(),
        date: day(s.order_on),
        number: number(s.order_number.as_deref()),
        place: centre.place.clone(),
        heading: "О\u{a0}зачислении в\u{a0}Центр для\u{a0}одарённых детей".into(),
        body,
        signatures: vec![centre.signature()],
        ..Paper::default()
    }
}
