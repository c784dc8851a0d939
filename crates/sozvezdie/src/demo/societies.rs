//! The society «Биотоп» at the Station of young naturalists, after the source text: three focuses; all
//! people and meetings are made up.
use super::{
    consents,
    groups::on,
    learners::{Child, Staff},
    network::Placed,
};
use crate::{
    acts::{self, ActForm},
    organisations::Focus,
    people::PersonId,
    societies::{self, FellowId, MeetingDraft, MeetingKind, Post, SectionDraft, Society, SocietyForm},
};
use chrono::{Duration, NaiveDate};
use kit::{Fault, Visit, db::Tx};

const STATION: &str = "Станция юных натуралистов";

const SECTIONS: [(&str, Focus); 3] = [
    ("Юные исследователи природы", Focus::NaturalScience),
    ("Природа и творчество", Focus::Artistic),
    ("Экологические волонтёры", Focus::Social),
];

/// Weeks ago, kind, place, how many, agenda, decisions.
type Held = (i64, MeetingKind, &'static str, i64, &'static str, &'static str);

const MEETINGS: [Held; 4] = [
    (
        10,
        MeetingKind::General,
        "актовый зал станции",
        24,
        "Итоги летней практики\nВыборы совета общества\nПлан на учебный год",
        "Одобрить отчёты о летней практике\nИзбрать совет общества в составе пяти человек\nУтвердить план работы",
    ),
    (
        7,
        MeetingKind::Council,
        "кабинет 12",
        5,
        "Темы исследований на год\nПодготовка к районной конференции",
        "Утвердить темы исследований по секциям\nНазначить первую защиту тем на последнюю неделю месяца",
    ),
    (
        4,
        MeetingKind::Council,
        "кабинет 12",
        5,
        "Акция «Чистый берег»\nПриём новых участников",
        "Провести акцию вместе с двумя школами\nПринять в общество трёх новых участников",
    ),
    (
        1,
        MeetingKind::General,
        "дистанционно",
        21,
        "Ход исследовательских работ\nВыставка секции «Природа и творчество»",
        "Отметить работу секции юных исследователей\nОткрыть выставку в холле станции",
    ),
];

pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &Staff<'_>,
    children: &[Child],
    teachers: &[PersonId],
) -> Result<(), Fault> {
    let Some(station) = organisations.iter().find(|o| o.short_name == STATION).map(|o| o.id) else { return Ok(()) };
    let charter = ActForm {
        kind: "regulation".into(),
        issued_on: "2011-02-01".into(),
        issuer: STATION.into(),
        title: "Положение о научном обществе обучающихся «Биотоп»".into(),
        owner: station.to_string(),
        ..ActForm::default()
    };
    let charter = acts::insert(tx, visit, &charter.check()?).await?;
    let form = SocietyForm {
        organisation: station.to_string(),
        title: "Научное общество обучающихся «Биотоп»".into(),
        about: "Дети из разных школ района наблюдают, ставят опыты и защищают исследования. Многие занимаются по индивидуальным образовательным маршрутам.".into(),
        charter: charter.to_string(),
        founded_on: "2011-02-01".into(),
        ..SocietyForm::default()
    };
    let draft = form.check()?;
    let id = societies::insert(tx, visit, &draft).await?;
    let society = Society {
        id,
        organisation_id: station,
        organisation_name: STATION.into(),
        title: draft.title,
        about: draft.about,
        charter_id: draft.charter,
        charter: None,
        founded_on: draft.founded_on,
        members: 0,
        version: 1,
    };
    let mut sections = Vec::with_capacity(SECTIONS.len());
    for (i, (title, focus)) in SECTIONS.into_iter().enumerate() {
        let leader = if i == 0 { staff.find("pedagogue") } else { teachers.get(i - 1).copied() };
        let draft = SectionDraft { title: title.into(), focus: Some(focus), leader };
        sections.push(societies::insert_section(tx, visit, id, &draft).await?);
    }
    let then = on(visit, visit.today - Duration::weeks(11), 8_001);
    let fit: Vec<&Child> =
        children.iter().filter(|c| ["8 А", "9 Б", "7 Б", "10 А"].contains(&c.class.as_str())).collect();
    let mut council: Vec<FellowId> = Vec::new();
    for (i, child) in fit.into_iter().step_by(4).take(24).enumerate() {
        consents::transfer(tx, &then, child.id, station).await?;
        let post = match i {
            0 => Post::Chair,
            5 => Post::Secretary,
            9 | 13 | 17 => Post::Council,
            _ => Post::Member,
        };
        let section = sections.get(i % sections.len().max(1)).copied();
        let fellow = societies::insert_fellow(tx, &then, &society, child.id, section, post).await?;
        if matches!(post, Post::Chair | Post::Secretary) {
            council.push(fellow);
        }
    }
    meet(tx, visit, &society, &council).await
}

async fn meet(tx: &mut Tx, visit: &Visit, society: &Society, council: &[FellowId]) -> Result<(), Fault> {
    for (weeks, kind, place, present, agenda, decisions) in MEETINGS {
        let day: NaiveDate = visit.today - Duration::weeks(weeks);
        let draft = MeetingDraft {
            kind,
            held_on: day,
            place: Some(place.into()),
            present,
            chair: council.first().copied(),
            secretary: council.get(1).copied(),
            agenda: agenda.into(),
            decisions: Some(decisions.into()),
        };
        societies::insert_meeting(tx, &on(visit, day, 8_100 + weeks.unsigned_abs()), society.id, &draft).await?;
    }
    Ok(())
}
