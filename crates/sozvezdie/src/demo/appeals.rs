//! Two olympiads of this year after their day: the works of one are being read by code, the results of the
//! other are preliminary and an appeal waits.
use super::{groups::on, learners::Staff};
use crate::{
    appeals::{self, AppealForm, Decision, ShowingForm},
    centre,
    conferences::{Criteria, Criterion},
    events::{
        self, Candidate, Edition, EditionDraft, EditionState, EventKind, Format, How, Level, Source, Stage, StageDraft,
        StageState, enter,
    },
    judging::{self, Part},
    people::PersonId,
    results::{self, ParticipationId},
    shell::AcademicYear,
};
use chrono::Duration;
use kit::{Fault, Visit, db::Tx};

const DEPARTMENT: &str = "Управление образования (демо)";

/// The points of the second judge for each task, the best first; the first judge gave one more or less.
const POINTS: [[i64; 3]; 8] =
    [[14, 15, 15], [13, 13, 15], [12, 14, 13], [12, 12, 12], [13, 12, 9], [10, 10, 10], [9, 10, 8], [7, 8, 7]];
/// Whose appeal waits: by place.
const APPELLANT: usize = 4;

/// Writes both.
pub async fn build(tx: &mut Tx, visit: &Visit, staff: &Staff<'_>, teachers: &[PersonId]) -> Result<(), Fault> {
    let (Some(pedagogue), [_, _, first, second, third, ..]) = (staff.find("pedagogue"), teachers) else {
        return Ok(());
    };
    // Read by code: whoever sits in its jury finds it on the first page.
    let d = olympiad(visit, "Олимпиада школьников по экологии (демо)", "Экология", -1);
    let (_, stage, works) = held(tx, visit, &d, "read").await?;
    rules(tx, visit, &stage).await?;
    for (person, part) in [(*first, Part::Chair), (pedagogue, Part::Member), (*second, Part::Member)] {
        judging::seat(tx, visit, stage.id, person, part).await?;
    }
    for (number, (work, _)) in works.iter().enumerate() {
        let off = if number == 2 { 4 } else { 0 };
        if number < 6 {
            points(tx, visit, (&stage, *first), (*work, number), off).await?;
        }
        if number < 3 {
            points(tx, visit, (&stage, *second), (*work, number), -1).await?;
        }
    }
    // Preliminary: the term of appeals is over, one waits for the commission.
    let d = olympiad(visit, "Олимпиада школьников по химии (демо)", "Химия", -9);
    let then = on(visit, visit.today - Duration::days(4), 46);
    let (edition, stage, works) = held(tx, &then, &d, "shown").await?;
    rules(tx, &then, &stage).await?;
    for (person, part) in [(*third, Part::Chair), (*first, Part::Member), (*second, Part::Secretary)] {
        judging::seat(tx, &then, stage.id, person, part).await?;
    }
    for (number, (work, _)) in works.iter().enumerate() {
        points(tx, &then, (&stage, *third), (*work, number), 0).await?;
        points(tx, &then, (&stage, *first), (*work, number), 0).await?;
    }
    judging::decode_in(tx, &then, stage.id).await?;
    appealed(tx, visit, &then, (&edition, &stage), &works).await
}

/// Makes the results known and sends two appeals, one of them decided.
async fn appealed(
    tx: &mut Tx,
    visit: &Visit,
    then: &Visit,
    (edition, stage): (&Edition, &Stage),
    works: &[(ParticipationId, PersonId)],
) -> Result<(), Fault> {
    let day = |days: i64| (visit.today - Duration::days(days)).to_string();
    let place = "Майская гимназия, кабинет 21, с 15:00 до 17:00".to_owned();
    let draft = ShowingForm { from: day(4), until: day(3), appeal_until: day(1), place }.check()?;
    appeals::publish_in(tx, then, (edition, stage), &draft, true).await?;
    results::rank(tx, then, stage.id, true, "объявлены предварительные результаты").await?;
    let send = [
        (6, "Задание 1", "Просим проверить уравнение реакции: коэффициенты расставлены на обратной стороне листа."),
        (
            APPELLANT,
            "Задание 3",
            "Задача решена вторым способом, ответ верный. Просим оценить ход решения: сейчас за него поставлено 9 баллов из 20.",
        ),
    ];
    for (number, task, body) in send {
        let Some((work, learner)) = works.get(number) else { continue };
        let form = AppealForm { task: task.into(), body: body.into() };
        let what = (Some(form.task.as_str()), form.body.as_str());
        let id = appeals::send_in(tx, then, (edition, stage), (*work, *learner), what, false).await?;
        if number != APPELLANT {
            let answer =
                "Коэффициенты проверены повторно: в двух уравнениях они не сходятся. Баллы не меняются.".to_owned();
            let decision = Decision { score: None, answer, by_rules: false };
            appeals::decide_found(tx, visit, (edition, stage), id, &decision).await?;
        }
    }
    Ok(())
}

fn olympiad(visit: &Visit, title: &str, subject: &str, days: i64) -> EditionDraft {
    let year = AcademicYear::of(visit.today);
    let day = visit.today + Duration::days(days);
    let mut d = EditionDraft::plain(title, EventKind::Olympiad, year, Level::Municipal, Format::InPerson);
    (d.subject, d.organiser, d.state) = (Some(subject.into()), Some(DEPARTMENT.into()), EditionState::Running);
    (d.class_from, d.class_to) = (Some(5), Some(11));
    (d.starts_on, d.ends_on) = (Some(day), Some(day));
    let stage = StageDraft {
        starts_on: Some(day),
        ends_on: Some(day),
        winner_quota: Some(1),
        prize_quota: Some(2),
        state: StageState::Running,
        ..StageDraft::plain("Муниципальный этап")
    };
    d.stages = vec![stage];
    d
}

/// Enters the olympiad with coded works of children of one class, the one of them who is a member of the
/// Centre where the appeal will be.
async fn held(
    tx: &mut Tx,
    visit: &Visit,
    d: &EditionDraft,
    salt: &str,
) -> Result<(Edition, Stage, Vec<(ParticipationId, PersonId)>), Fault> {
    let entered = enter(tx, visit, d).await?;
    let edition = events::find_in(tx, entered.edition).await?.ok_or(Fault::NotFound)?;
    let stage = entered.stages.first().copied().ok_or(Fault::NotFound)?;
    let stage = events::stage_in(tx, stage).await?.ok_or(Fault::NotFound)?;
    let how = How { for_class: None, team: None, preparing: None, source: Source::School };
    let mut works = Vec::new();
    for child in children(tx, visit, (&edition, &stage)).await? {
        let Some(entry) = events::enter_learner(tx, visit, (&edition, &stage), &child, &how).await? else { continue };
        // What follows a salt of our own is no secret: the demo is the same each time.
        let code =
            events::code(&format!("{salt}{}", entry.0.simple()).to_uppercase().chars().rev().collect::<String>());
        let Some(code) = code else { continue };
        events::admit_coded(tx, visit, entry, &code).await?;
        works.push((ParticipationId(entry.0), child.id));
    }
    Ok((edition, stage, works))
}

/// Children of one class who may come, in the order of their places.
async fn children(tx: &mut Tx, visit: &Visit, (edition, stage): (&Edition, &Stage)) -> Result<Vec<Candidate>, Fault> {
    let (mut members, mut others): (Vec<Candidate>, Vec<Candidate>) = (Vec::new(), Vec::new());
    let day = stage.starts_on.unwrap_or(visit.today);
    for child in events::pupils(tx, 400).await? {
        let bar = events::bars(tx, visit, (edition, stage), std::slice::from_ref(&child), None).await?;
        if bar.first() != Some(&None) {
            continue;
        }
        let is_member = centre::member_on(tx, child.id, day).await?.is_some();
        if is_member { members.push(child) } else { others.push(child) }
    }
    let most = |class: Option<i64>| others.iter().filter(|c| c.class_number == class).count();
    // The child of the family with a sign-in, so that it can be seen how a family sees this.
    let known = |m: &Candidate| m.full_name == "Демонов Тимофей Учебнович";
    let Some(member) = members.into_iter().max_by_key(|m| (known(m), most(m.class_number))) else {
        return Ok(Vec::new());
    };
    others.retain(|c| c.class_number == member.class_number);
    others.truncate(POINTS.len() - 1);
    others.insert(APPELLANT.min(others.len()), member);
    Ok(others)
}

async fn rules(tx: &mut Tx, visit: &Visit, stage: &Stage) -> Result<(), Fault> {
    let task = |title: &str, most: i64| Criterion { title: title.into(), most };
    let tasks = Criteria(vec![task("Задание 1", 15), task("Задание 2", 15), task("Задание 3", 20)]);
    judging::put_rules(tx, visit, stage.id, tasks, 5).await
}

/// The points of a judge for the work of a place.
async fn points(
    tx: &mut Tx,
    visit: &Visit,
    (stage, judge): (&Stage, PersonId),
    (work, number): (ParticipationId, usize),
    off: i64,
) -> Result<(), Fault> {
    let Some(row) = POINTS.get(number) else { return Ok(()) };
    let given: Vec<_> =
        (0_i64..).zip(row).map(|(task, points)| (work, task, Some((points - off).clamp(0, 15)))).collect();
    judging::give(tx, visit, stage.id, judge, &given).await
}
