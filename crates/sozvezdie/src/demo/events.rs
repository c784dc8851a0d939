//! Events of this year: every level, format and state, an olympiad on its way from school to the
//! municipal stage, and two official lists. All titles are plainly made up («демо»).
use super::network::Placed;
use crate::{
    events::{
        self, Decision, EditionDraft, EditionId, EditionState, EventKind, Format, How, Level, LineDraft, ListDraft,
        ListKind, Source, StageDraft, StageId, StageState, Why, enter,
    },
    organisations::OrganisationId,
    shell::AcademicYear,
};
use chrono::Days;
use kit::{Fault, Visit, db::Tx};

const DEPARTMENT: &str = "Управление образования (демо)";

/// Title, kind, subject, level, format, by whom, days from today to the beginning and to the end,
/// classes, team, state.
struct Row(&'static str, EventKind, &'static str, Level, Format, By, (i64, i64), (i64, i64), Option<i64>, EditionState);

enum By {
    Department,
    School(&'static str),
    Outsider(&'static str),
}

use By::{Department, Outsider, School};
use EditionState::{Announced, Draft, Published, Running};
use EventKind::{Competition, Conference, Contest, Olympiad};
use Format::{Correspondence, Distance, InPerson};
use Level::{Intermunicipal, International, Municipal, National, Regional};

const ROWS: [Row; 11] = [
    Row(
        "Конкурс исследовательских работ «Шаг в науку» (демо)",
        Contest,
        "наука",
        Municipal,
        Correspondence,
        Department,
        (16, 40),
        (5, 11),
        None,
        Announced,
    ),
    Row(
        "Фестиваль робототехники «РобоСтарт» (демо)",
        Competition,
        "робототехника",
        Municipal,
        InPerson,
        School("Разуменская СОШ №\u{a0}2"),
        (12, 12),
        (5, 9),
        Some(3),
        Announced,
    ),
    Row(
        "Конференция «Первые открытия» (демо)",
        Conference,
        "наука",
        Municipal,
        InPerson,
        School("Майская гимназия"),
        (25, 26),
        (7, 11),
        None,
        Announced,
    ),
    Row(
        "Экологический форум «Зелёная планета» (демо)",
        Contest,
        "экология",
        Regional,
        Correspondence,
        Outsider("Региональный эколого-биологический центр (демо)"),
        (-20, 30),
        (1, 11),
        None,
        Announced,
    ),
    Row(
        "Дистанционная олимпиада «Числа и фигуры» (демо)",
        Olympiad,
        "математика",
        National,
        Distance,
        Outsider("Портал «Знайка» (демо)"),
        (-5, 20),
        (1, 11),
        None,
        Announced,
    ),
    Row(
        "Конкурс чтецов «Живое слово» (демо)",
        Contest,
        "литература",
        Municipal,
        InPerson,
        Department,
        (-34, -34),
        (5, 11),
        None,
        Published,
    ),
    Row(
        "Турнир «Белая ладья» (демо)",
        Competition,
        "шахматы",
        Intermunicipal,
        InPerson,
        Outsider("Спортивная школа (демо)"),
        (7, 8),
        (3, 9),
        Some(4),
        Announced,
    ),
    Row(
        "Конкурс «Юный исследователь природы» (демо)",
        Contest,
        "биология",
        Regional,
        InPerson,
        Outsider("Региональный центр (демо)"),
        (-12, -10),
        (6, 10),
        None,
        Running,
    ),
    Row(
        "Всероссийский конкурс сочинений «Слово» (демо)",
        Contest,
        "русский язык",
        National,
        Correspondence,
        Outsider("Издательство «Страница» (демо)"),
        (-50, 15),
        (4, 11),
        None,
        Announced,
    ),
    Row(
        "Олимпиада по физике «Импульс» (демо)",
        Olympiad,
        "физика",
        Regional,
        InPerson,
        Outsider("Университет (демо)"),
        (60, 61),
        (9, 11),
        None,
        Announced,
    ),
    Row(
        "Олимпиада «Орбита знаний» (демо)",
        Olympiad,
        "астрономия",
        International,
        Distance,
        Outsider("Фонд «Орбита» (демо)"),
        (90, 120),
        (5, 11),
        None,
        Draft,
    ),
];

/// Days from today.
fn day(visit: &Visit, offset: i64) -> chrono::NaiveDate {
    visit.today + chrono::Duration::days(offset)
}

/// Writes the events, the lists and the first applications.
pub async fn build(tx: &mut Tx, visit: &Visit, organisations: &[Placed]) -> Result<(), Fault> {
    let place = |name: &str| organisations.iter().find(|o| o.short_name == name).map(|o| o.id);
    let mut made = Vec::new();
    for row in &ROWS {
        made.push((row.0, enter(tx, visit, &draft(visit, row, &place)).await?));
    }
    official(tx, visit, &made.iter().map(|(title, e)| (*title, e.edition)).collect::<Vec<_>>()).await?;
    for (title, entered) in &made {
        if title.contains("Первые открытия") || title.contains("Шаг в науку") {
            applications(tx, visit, (entered.edition, &entered.stages), 12).await?;
        }
    }
    olympiad(tx, visit).await
}

fn draft(visit: &Visit, row: &Row, place: &impl Fn(&str) -> Option<OrganisationId>) -> EditionDraft {
    let Row(title, kind, subject, level, format, by, (first, last), (from, to), team, state) = row;
    let mut d = EditionDraft::plain(title, *kind, AcademicYear::of(visit.today), *level, *format);
    d.subject = Some(crate::events::subject(subject));
    match by {
        Department => d.organiser = Some(DEPARTMENT.into()),
        School(name) => (d.organiser, d.organiser_id) = (Some((*name).into()), place(name)),
        Outsider(name) => d.organiser = Some((*name).into()),
    }
    (d.starts_on, d.ends_on) = (Some(day(visit, *first)), Some(day(visit, *last)));
    d.apply_until = (*first > 3).then(|| day(visit, first - 3));
    (d.class_from, d.class_to, d.team_size, d.state) = (Some(*from), Some(*to), *team, *state);
    d.event.paid = title.contains("Числа и фигуры");
    d
}

/// The olympiad of schools: the first stage is over, the second takes those invited.
async fn olympiad(tx: &mut Tx, visit: &Visit) -> Result<(), Fault> {
    let year = AcademicYear::of(visit.today);
    let mut d = EditionDraft::plain("Олимпиада школьников по биологии (демо)", Olympiad, year, Municipal, InPerson);
    (d.subject, d.organiser, d.state) = (Some("Биология".into()), Some(DEPARTMENT.into()), Running);
    (d.class_from, d.class_to) = (Some(5), Some(11));
    (d.starts_on, d.ends_on) = (Some(day(visit, -30)), Some(day(visit, 10)));
    let stage = |title: &str, level: Level, on: i64| StageDraft {
        level: Some(level),
        starts_on: Some(day(visit, on)),
        ends_on: Some(day(visit, on)),
        min_pct_winner: Some(50),
        ..StageDraft::plain(title)
    };
    d.stages = vec![
        StageDraft {
            counted: false,
            pass_score: Some(25.0),
            state: StageState::Running,
            ..stage("Школьный этап", Level::School, -30)
        },
        StageDraft {
            state: StageState::Planned,
            winner_quota: Some(3),
            prize_quota: Some(9),
            ..stage("Муниципальный этап", Municipal, 10)
        },
    ];
    let entered = enter(tx, visit, &d).await?;
    applications(tx, visit, (entered.edition, &entered.stages), 24).await
}

/// Enters children whose families agreed, at the first stage.
async fn applications(
    tx: &mut Tx,
    visit: &Visit,
    (edition, stages): (EditionId, &[StageId]),
    most: usize,
) -> Result<(), Fault> {
    let edition = crate::events::find_in(tx, edition).await?.ok_or(Fault::NotFound)?;
    let Some(first) = stages.first() else { return Ok(()) };
    let stage = crate::events::stage_in(tx, *first).await?.ok_or(Fault::NotFound)?;
    let how = How { for_class: None, team: None, preparing: None, source: Source::School };
    let mut entered = 0;
    for child in events::pupils(tx, 400).await? {
        if entered == most {
            break;
        }
        let bar = events::bars(tx, visit, (&edition, &stage), std::slice::from_ref(&child), None).await?;
        if bar.first() == Some(&None)
            && events::enter_learner(tx, visit, (&edition, &stage), &child, &how).await?.is_some()
        {
            entered += 1;
        }
    }
    Ok(())
}

fn line(number: usize, title: &str, organiser: &str, subjects: &str) -> LineDraft {
    LineDraft {
        number: Some(number.to_string()),
        title: title.into(),
        organiser: Some(organiser.into()),
        subjects: Some(subjects.into()),
        rsosh_level: None,
    }
}

/// A federal and a regional list; some lines are known to be our editions, others wait for a word.
async fn official(tx: &mut Tx, visit: &Visit, made: &[(&str, EditionId)]) -> Result<(), Fault> {
    let year = AcademicYear::of(visit.today);
    let lists: [(ListKind, &str, Vec<LineDraft>); 2] = [
        (
            ListKind::Federal,
            "Перечень олимпиад и иных интеллектуальных конкурсов (демо)",
            vec![
                line(3, "Всероссийский конкурс сочинений «Слово»", "Издательство «Страница» (демо)", "русский язык"),
                line(17, "Олимпиада школьников «Импульс»", "Университет (демо)", "физика"),
                line(
                    28,
                    "Всероссийский конкурс юных исследователей «Горизонт» (демо)",
                    "Центр «Горизонт» (демо)",
                    "наука",
                ),
                line(41, "Международный турнир юных математиков (демо)", "Академия (демо)", "математика"),
                line(56, "Всероссийская олимпиада «Звёздный путь» (демо)", "Планетарий (демо)", "астрономия"),
            ],
        ),
        (
            ListKind::Regional,
            "Региональный перечень мероприятий для одарённых детей (демо)",
            vec![
                line(1, "Форум «Зелёная планета»", "Региональный эколого-биологический центр (демо)", "экология"),
                line(4, "«Юный исследователь природы», региональный конкурс", "Региональный центр (демо)", "биология"),
                line(9, "Слёт юных краеведов (демо)", "Центр туризма (демо)", "краеведение"),
            ],
        ),
    ];
    for (kind, title, lines) in lists {
        let from = (year.first_day() + Days::new(19)).min(visit.today).max(year.first_day());
        let draft = ListDraft { kind, academic_year: year, title: title.into(), act_id: None, from, lines };
        let list = events::insert_list(tx, visit, &draft).await?;
        for (entry, words) in events::lines_of_list(tx, list).await? {
            let known = made.iter().find(|(title, _)| {
                ["Зелёная планета", "Слово"].iter().any(|name| title.contains(name) && words.contains(name))
            });
            if let Some((_, edition)) = known {
                events::confirm_line(tx, visit, (*edition, entry), Decision::Confirmed, &Why::Quoted.code()).await?;
            }
        }
    }
    Ok(())
}
