//! Who works where in the demo, and what those can do who work for others.
use super::network::Placed;
use crate::{
    organisations::OrganisationId,
    people::PersonId,
    resources::{Competences, ResourceKind, WorkForm},
    staff::{self, Category, PositionDraft, Who},
};
use chrono::NaiveDate;
use kit::{Fault, Visit, db::Tx};

/// A post in one line: the organisation, what it is called, hundredths of a full post, category.
type Post = (&'static str, &'static str, i64, Category);

const GYMNASIUM: &str = "Майская гимназия";
const NATURALISTS: &str = "Станция юных натуралистов";
const RAZUMNOE: &str = "Разуменская СОШ №\u{a0}2";

/// The posts of those who sign in, by the address of their account.
const ACCOUNTS: &[(&str, &[Post])] = &[
    ("coordinator", &[(GYMNASIUM, "координатор Центра для одарённых детей", 100, Category::Highest)]),
    ("head", &[(GYMNASIUM, "директор", 100, Category::None)]),
    (
        "deputy1",
        &[(RAZUMNOE, "заместитель директора", 100, Category::None), (RAZUMNOE, "учитель химии", 25, Category::Highest)],
    ),
    ("deputy2", &[("Дубовская СОШ", "заместитель директора", 100, Category::None)]),
    ("preschool", &[("Детский сад (демо) №\u{a0}07", "заведующий", 100, Category::None)]),
    ("naturalists", &[(NATURALISTS, "директор", 100, Category::None)]),
    ("class-teacher", &[(RAZUMNOE, "учитель математики", 100, Category::First)]),
    (
        "pedagogue",
        &[
            (NATURALISTS, "педагог дополнительного образования", 75, Category::Highest),
            (GYMNASIUM, "учитель физики", 50, Category::Highest),
        ],
    ),
    ("psychologist", &[(RAZUMNOE, "педагог-психолог", 100, Category::First)]),
];

/// Gives the accounts their posts.
pub async fn accounts(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    logins: &[(PersonId, String, String)],
) -> Result<(), Fault> {
    for (address, posts) in ACCOUNTS {
        let email = format!("{address}@example.invalid");
        let Some((person, _, _)) = logins.iter().find(|(_, _, known)| *known == email) else { continue };
        for (place, post, rate, category) in *posts {
            let Some(of) = organisations.iter().find(|o| o.short_name == *place) else { continue };
            put(tx, visit, *person, of.id, post, (*rate, *category)).await?;
        }
    }
    Ok(())
}

/// The post of somebody who stands behind a resource.
pub async fn behind(
    tx: &mut Tx,
    visit: &Visit,
    person: PersonId,
    of: OrganisationId,
    kind: ResourceKind,
) -> Result<(), Fault> {
    let post = if kind == ResourceKind::Psychologist { "педагог-психолог" } else { "педагог" };
    put(tx, visit, person, of, post, (100, Category::First)).await
}

async fn put(
    tx: &mut Tx,
    visit: &Visit,
    person: PersonId,
    organisation_id: OrganisationId,
    post: &str,
    (rate, category): (i64, Category),
) -> Result<(), Fault> {
    let draft = PositionDraft {
        who: Who::Known(person),
        organisation_id,
        post: post.to_owned(),
        rate,
        subjects: None,
        category,
        from: NaiveDate::from_ymd_opt(2019, 9, 1).unwrap_or(visit.today),
        until: None,
    };
    staff::insert(tx, visit, &draft).await.map(drop)
}

/// Words of a name that tell the subject.
const SUBJECTS: &[(&str, &str)] = &[
    ("физик", "физика"),
    ("математик", "математика"),
    ("русск", "русский язык"),
    ("хими", "химия"),
    ("эколог", "экология"),
    ("опыты с водой", "естествознание"),
    ("робот", "робототехника"),
    ("технолог", "технология"),
    ("моделиров", "моделирование"),
    ("речь", "сценическая речь"),
    ("туризм", "туризм"),
    ("шахмат", "шахматы"),
    ("краевед", "краеведение"),
    ("английск", "английский язык"),
    ("хор", "музыка"),
];

/// What the person behind a resource of this name can do.
pub fn able(kind: ResourceKind, name: &str, comes: bool) -> Competences {
    let lower = name.to_lowercase();
    let says = |word: &str| lower.contains(word);
    let subjects = SUBJECTS.iter().filter(|(word, _)| says(word)).map(|(_, subject)| (*subject).to_owned());
    let mut forms = Vec::new();
    let mut note = |holds: bool, form: WorkForm| {
        if holds {
            forms.push(form);
        }
    };
    if kind == ResourceKind::Psychologist {
        note(says("диагностик"), WorkForm::Diagnostics);
        note(true, WorkForm::PsychologicalSupport);
        return Competences { subjects: Vec::new(), forms };
    }
    note(says("консультац"), WorkForm::Consultation);
    note(comes, WorkForm::VisitingLesson);
    note(says("мастер-класс"), WorkForm::MasterClass);
    note(says("олимпиад") || says("подготовка"), WorkForm::ContestPreparation);
    note(says("руководство"), WorkForm::ProjectSupervision);
    if forms.is_empty() {
        forms.push(WorkForm::Consultation);
    }
    Competences { subjects: subjects.collect(), forms }
}
