//! The conference of «Биотоп» on the day that the demo stands on: sections, theses in every state,
//! programme, points of the jury; and one that takes theses.
use super::{
    consents,
    learners::{Child, Staff},
    network::Placed,
};
use crate::{
    conferences::{
        self, Advice, Conference, Origin, SectionDraft, SectionId, SlotDraft, ThesisDraft, ThesisId, ThesisState,
    },
    events::{self, EditionDraft, EditionState, EventKind, Format, Level, StageDraft, StageId, StageState, enter},
    organisations::OrganisationId,
    people::PersonId,
    shell::AcademicYear,
};
use chrono::Duration;
use kit::{Fault, Visit, db::Tx};

const STATION: &str = "Станция юных натуралистов";
const TITLE: &str = "Конференция научного общества «Биотоп» (демо)";
const SECTIONS: [(&str, &str, i64); 2] =
    [("Экология", "лаборатория", 600), ("Ботаника и зоология", "актовый зал", 600)];

/// Title, section, what becomes of it, what it is about.
type Work = (&'static str, usize, ThesisState, &'static str);

const WORKS: [Work; 9] = [
    (
        "Лишайники старых лип и чистота воздуха в посёлке",
        0,
        ThesisState::Accepted,
        "Считали площадь лишайников на стволах лип у дороги, у школы и в парке.",
    ),
    (
        "Сколько воды берёт школьный огород",
        0,
        ThesisState::Accepted,
        "Измеряли расход воды при поливе из шланга и при капельном поливе.",
    ),
    (
        "Батарейки в нашем доме: откуда берутся и куда уходят",
        0,
        ThesisState::Accepted,
        "Опросили сорок семей и взвесили батарейки, собранные за месяц.",
    ),
    (
        "Зимующие птицы у кормушек трёх улиц",
        1,
        ThesisState::Accepted,
        "Восемь недель отмечали виды и число птиц у шести кормушек.",
    ),
    (
        "Как быстро прорастают семена календулы разных лет",
        1,
        ThesisState::Accepted,
        "Сравнили всхожесть семян, собранных в три разных года.",
    ),
    (
        "Следы зверей на первом снегу",
        1,
        ThesisState::Accepted,
        "Прошли три маршрута после первого снегопада и зарисовали следы.",
    ),
    (
        "Чем питается ушастая сова у села",
        1,
        ThesisState::Revise,
        "Разобрали погадки, собранные под деревьями на окраине села.",
    ),
    (
        "Шум на переменах: измерения и предложения",
        0,
        ThesisState::Submitted,
        "Измеряли уровень шума в коридорах на пяти переменах.",
    ),
    (
        "Влияние музыки на рост гороха",
        1,
        ThesisState::Declined,
        "Выращивали горох в двух комнатах: с музыкой и в тишине.",
    ),
];

const REST: &str = "Цель работы — ответить на вопрос наблюдениями, которые можно повторить.\nИзмерения вели по одной методике, каждое повторяли трижды и брали среднее. Дневник наблюдений заполняли в тот же день.\nРезультаты сведены в таблицу и показаны на графике. Различия между участками заметны и повторяются от недели к неделе.\nВывод: предположение подтвердилось частично. Наблюдения стоит продолжить весной и добавить ещё один участок.";

pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &Staff<'_>,
    children: &[Child],
    teachers: &[PersonId],
) -> Result<(), Fault> {
    let station = organisations.iter().find(|o| o.short_name == STATION).map(|o| o.id);
    let (Some(station), Some(pedagogue), [botanist, _, _, first, second, ..]) =
        (station, staff.find("pedagogue"), teachers)
    else {
        return Ok(());
    };
    let coming = ("Весенние чтения «Биотопа» (демо)", 60, EditionState::Announced, StageState::Planned);
    let spring = held(tx, visit, station, coming).await?;
    let draft = SectionDraft {
        title: "Природа родного края".into(),
        room: None,
        on_date: visit.today + Duration::days(60),
        starts_at: 600,
    };
    conferences::insert_section(tx, visit, spring, &draft).await?;
    let today = (TITLE, 0, EditionState::Running, StageState::Running);
    let stage = held(tx, visit, station, today).await?;
    let mut sections = Vec::new();
    for (title, room, starts_at) in SECTIONS {
        let draft = SectionDraft { title: title.into(), room: Some(room.into()), on_date: visit.today, starts_at };
        sections.push(conferences::insert_section(tx, visit, stage, &draft).await?);
    }
    let [ecology, nature] = sections.as_slice() else { return Ok(()) };
    let deputy = staff.find("deputy2");
    conferences::seat(tx, visit, (stage, *ecology), *first, true).await?;
    conferences::seat(tx, visit, (stage, *nature), *second, true).await?;
    conferences::seat(tx, visit, (stage, *nature), pedagogue, false).await?;
    if let Some(deputy) = deputy {
        conferences::seat(tx, visit, (stage, *ecology), deputy, false).await?;
    }
    let c = conferences::within(tx, stage).await?;
    let authors = authors(tx, visit, &c, station, children).await?;
    let mut jury = [(*ecology, vec![*first]), (*nature, vec![*second, pedagogue])];
    if let (Some((_, ecologists)), Some(deputy)) = (jury.first_mut(), deputy) {
        ecologists.push(deputy);
    }
    let mut works = Vec::new();
    for (number, work) in WORKS.iter().enumerate() {
        let Some(author) = authors.get(number) else { break };
        // What the pedagogue leads is judged by others; nobody judges own pupils.
        let supervisor = if number % 3 == 0 { pedagogue } else { *botanist };
        let from = Origin { project: None, organisation: station, supervisor, authors: vec![*author] };
        let section = if work.1 == 0 { *ecology } else { *nature };
        let body = format!("{}\n{REST}", work.3);
        let draft = ThesisDraft { section, title: work.0.into(), body };
        let id = conferences::insert_thesis(tx, visit, &c, &from, &draft).await?;
        judge(tx, visit, (&c, id), work.2, &[*first, *second]).await?;
        works.push((id, section, work.2, supervisor));
    }
    programme(tx, visit, stage, &works).await?;
    for (number, (id, section, state, supervisor)) in (0_i64..).zip(&works) {
        let jurors = jury.iter().filter(|(of, _)| of == section).flat_map(|(_, jurors)| jurors);
        for (seat, juror) in (0_i64..).zip(jurors).filter(|(_, juror)| *juror != supervisor) {
            for criterion in 0..4 {
                let points = 6 + (number * 3 + seat + criterion) % 5;
                if *state == ThesisState::Accepted {
                    conferences::give(tx, visit, (*id, *juror, criterion), Some(points)).await?;
                }
            }
        }
    }
    Ok(())
}

/// A conference that begins so many days from today.
async fn held(
    tx: &mut Tx,
    visit: &Visit,
    station: OrganisationId,
    (title, days, state, stage_state): (&str, i64, EditionState, StageState),
) -> Result<StageId, Fault> {
    let year = AcademicYear::of(visit.today);
    let on = visit.today + Duration::days(days);
    let mut d = EditionDraft::plain(title, EventKind::Conference, year, Level::Municipal, Format::InPerson);
    (d.subject, d.organiser, d.organiser_id) = (Some("Биология".into()), Some(STATION.into()), Some(station));
    (d.starts_on, d.ends_on, d.apply_until) = (Some(on), Some(on), Some(on - Duration::days(14)));
    (d.class_from, d.class_to, d.state) = (Some(5), Some(11), state);
    let rules = StageDraft {
        winner_quota: Some(1),
        prize_quota: Some(3),
        state: stage_state,
        ..StageDraft::plain("Очный тур")
    };
    d.stages = vec![StageDraft { starts_on: Some(on), ends_on: Some(on), ..rules }];
    let entered = enter(tx, visit, &d).await?;
    entered.stages.first().copied().ok_or(Fault::NotFound)
}

/// Children whose families agreed to what a conference needs.
async fn authors(
    tx: &mut Tx,
    visit: &Visit,
    c: &Conference,
    station: OrganisationId,
    children: &[Child],
) -> Result<Vec<PersonId>, Fault> {
    let mut found = Vec::new();
    for child in children.iter().filter(|c| ["8 Б", "9 А", "10 Б"].contains(&c.class.as_str())) {
        if found.len() == WORKS.len() {
            break;
        }
        consents::transfer(tx, visit, child.id, station).await?;
        let candidates = events::children(tx, &[child.id]).await?;
        let barred = events::bars(tx, visit, (&c.edition, &c.stage), &candidates, None).await?;
        if barred.first() == Some(&None) {
            found.push(child.id);
        }
    }
    Ok(found)
}

/// Two readers and a decision, as the state wants it.
async fn judge(
    tx: &mut Tx,
    visit: &Visit,
    (c, id): (&Conference, ThesisId),
    state: ThesisState,
    readers: &[PersonId],
) -> Result<(), Fault> {
    let due = visit.today + Duration::days(3);
    let (advice, words) = match state {
        ThesisState::Revise => {
            (Advice::Revise, "Материал интересный, но не сказано, сколько погадок разобрали и где их собрали.")
        }
        ThesisState::Declined => {
            (Advice::Decline, "Опыт поставлен один раз и без повторностей: по нему нельзя сделать вывод.")
        }
        _ => (Advice::Accept, "Вопрос поставлен ясно, измерения можно повторить. В докладе покажите график крупнее."),
    };
    for reader in readers {
        let review = match conferences::ask_in(tx, visit, id, *reader, due).await {
            Ok(review) => review,
            // Whoever knows the author is not asked.
            Err(Fault::Invalid(_)) => continue,
            Err(fault) => return Err(fault),
        };
        if state != ThesisState::Submitted {
            conferences::record_review(tx, visit, review, advice, words).await?;
        }
    }
    if state != ThesisState::Submitted {
        let verdict = (state != ThesisState::Accepted).then_some(words);
        conferences::decide_in(tx, visit, c, (id, ThesisState::Submitted), state, verdict).await?;
    }
    Ok(())
}

/// The talks of each section with a break after the second.
async fn programme(
    tx: &mut Tx,
    visit: &Visit,
    stage: StageId,
    works: &[(ThesisId, SectionId, ThesisState, PersonId)],
) -> Result<(), Fault> {
    let mut talks: Vec<SectionId> = Vec::new();
    for (id, section, ..) in works.iter().filter(|(_, _, state, _)| *state == ThesisState::Accepted) {
        if talks.iter().filter(|s| *s == section).count() == 2 {
            let pause = SlotDraft::Break("Перерыв".into());
            conferences::insert_slot(tx, visit, (stage, *section), &pause, 15).await?;
        }
        conferences::insert_slot(tx, visit, (stage, *section), &SlotDraft::Talk(*id), 10).await?;
        talks.push(*section);
    }
    Ok(())
}
