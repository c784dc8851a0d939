//! The events of 2015-2016 and 2016-2017: forty in which members of the Centre took part, twelve of
//! them with a prize, so that the share is the 30 % of the source text. The source gives no counts:
//! the page says that these are a model.
use super::network::Placed;
use crate::{
    events::{
        self, Edition, EditionDraft, EditionState, EventKind, Format, Level, ListKind, Stage, StageDraft, StageState,
    },
    people::PersonId,
    results::{self, Award, Ground, Outcome, ParticipationId, Row, State},
};
use chrono::{Datelike as _, NaiveDate};
use kit::{Fault, Visit, db::Tx};

use EventKind::{Competition, Conference, Contest, Olympiad};
use Format::{Correspondence, Distance, InPerson};
use Level::{Intermunicipal, International, Interregional, Municipal, National, Regional, School};

/// What the best of the Centre got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Best {
    Nothing,
    Prize(Award),
    Degree(i64),
}

const NO: Best = Best::Nothing;
const WON: Best = Best::Prize(Award::Winner);
const PRIZE: Best = Best::Prize(Award::PrizeWinner);
const LAUREATE: Best = Best::Prize(Award::Laureate);

/// Title, kind, level, format, subject, (year, month, day), what the best got, the official list.
type Held = (&'static str, EventKind, Level, Format, &'static str, (i32, u32, u32), Best, Option<ListKind>);

const F: Option<ListKind> = Some(ListKind::Federal);
const R: Option<ListKind> = Some(ListKind::Regional);

const HELD: [Held; 40] = [
    ("Школьный этап олимпиады по биологии", Olympiad, School, InPerson, "Биология", (2015, 10, 6), WON, None),
    ("Школьный этап олимпиады по математике", Olympiad, School, InPerson, "Математика", (2015, 10, 13), NO, None),
    ("Муниципальный этап олимпиады по биологии", Olympiad, Municipal, InPerson, "Биология", (2015, 11, 17), PRIZE, F),
    ("Муниципальный этап олимпиады по химии", Olympiad, Municipal, InPerson, "Химия", (2015, 11, 24), NO, F),
    (
        "Муниципальный этап олимпиады по русскому языку",
        Olympiad,
        Municipal,
        InPerson,
        "Русский язык",
        (2015, 12, 1),
        NO,
        F,
    ),
    (
        "Районная конференция «Первые шаги в науке»",
        Conference,
        Municipal,
        InPerson,
        "",
        (2016, 2, 11),
        Best::Degree(2),
        R,
    ),
    ("Конкурс чтецов «Белые журавли»", Contest, Municipal, InPerson, "Литература", (2016, 2, 19), NO, R),
    ("Межрайонная игра «Эколог»", Competition, Intermunicipal, InPerson, "Экология", (2016, 3, 4), NO, None),
    ("Региональный этап олимпиады по биологии", Olympiad, Regional, InPerson, "Биология", (2016, 1, 26), NO, F),
    (
        "Областной конкурс «Юный исследователь»",
        Contest,
        Regional,
        Correspondence,
        "Биология",
        (2016, 3, 15),
        LAUREATE,
        R,
    ),
    ("Областной конкурс «Моё Отечество»", Contest, Regional, Correspondence, "История", (2016, 4, 5), NO, R),
    ("Областная выставка «Цветы как признанье»", Contest, Regional, InPerson, "", (2015, 9, 4), NO, R),
    ("Межрегиональный турнир юных химиков", Competition, Interregional, InPerson, "Химия", (2016, 4, 22), NO, None),
    ("Всероссийский конкурс «Человек на Земле»", Contest, National, Correspondence, "Экология", (2016, 2, 29), NO, F),
    (
        "Всероссийская дистанционная олимпиада «Летописец»",
        Olympiad,
        National,
        Distance,
        "История",
        (2015, 12, 10),
        PRIZE,
        None,
    ),
    (
        "Всероссийский чемпионат по математике «Старт»",
        Olympiad,
        National,
        Distance,
        "Математика",
        (2016, 4, 14),
        NO,
        None,
    ),
    (
        "Всероссийская конференция «Открой в себе учёного»",
        Conference,
        National,
        Correspondence,
        "",
        (2016, 5, 12),
        NO,
        F,
    ),
    (
        "Международная игра «Русский медвежонок — демо»",
        Competition,
        International,
        Distance,
        "Русский язык",
        (2015, 11, 12),
        NO,
        None,
    ),
    (
        "Международный конкурс «Кенгурёнок — демо»",
        Competition,
        International,
        Distance,
        "Математика",
        (2016, 3, 17),
        NO,
        None,
    ),
    (
        "Международный конкурс рисунков «Мы — дети Земли»",
        Contest,
        International,
        Correspondence,
        "",
        (2016, 8, 31),
        NO,
        None,
    ),
    ("Школьный этап олимпиады по биологии", Olympiad, School, InPerson, "Биология", (2016, 10, 4), WON, None),
    ("Школьный этап олимпиады по физике", Olympiad, School, InPerson, "Физика", (2016, 10, 11), NO, None),
    ("Муниципальный этап олимпиады по биологии", Olympiad, Municipal, InPerson, "Биология", (2016, 11, 15), WON, F),
    (
        "Муниципальный этап олимпиады по математике",
        Olympiad,
        Municipal,
        InPerson,
        "Математика",
        (2016, 11, 22),
        PRIZE,
        F,
    ),
    ("Муниципальный этап олимпиады по литературе", Olympiad, Municipal, InPerson, "Литература", (2016, 12, 6), NO, F),
    (
        "Районная конференция «Первые шаги в науке»",
        Conference,
        Municipal,
        InPerson,
        "",
        (2017, 2, 9),
        Best::Degree(1),
        R,
    ),
    ("Районная командная игра «Умники»", Competition, Municipal, InPerson, "", (2017, 3, 2), NO, R),
    (
        "Межрайонный слёт юных экологов",
        Competition,
        Intermunicipal,
        InPerson,
        "Экология",
        (2017, 5, 19),
        Best::Degree(2),
        None,
    ),
    ("Региональный этап олимпиады по биологии", Olympiad, Regional, InPerson, "Биология", (2017, 1, 24), NO, F),
    (
        "Областной конкурс «Юный исследователь»",
        Contest,
        Regional,
        Correspondence,
        "Биология",
        (2017, 3, 14),
        Best::Degree(3),
        R,
    ),
    ("Областной конкурс «Моё Отечество»", Contest, Regional, Correspondence, "История", (2017, 4, 4), NO, R),
    ("Областная олимпиада по краеведению", Olympiad, Regional, InPerson, "История", (2017, 3, 28), NO, R),
    (
        "Межрегиональный конкурс «Вода — источник жизни»",
        Contest,
        Interregional,
        Correspondence,
        "Экология",
        (2017, 3, 22),
        NO,
        None,
    ),
    ("Всероссийский конкурс «Человек на Земле»", Contest, National, Correspondence, "Экология", (2017, 2, 27), NO, F),
    (
        "Всероссийская дистанционная олимпиада «Летописец»",
        Olympiad,
        National,
        Distance,
        "История",
        (2016, 12, 8),
        NO,
        None,
    ),
    (
        "Всероссийский чемпионат по математике «Старт»",
        Olympiad,
        National,
        Distance,
        "Математика",
        (2017, 4, 13),
        NO,
        None,
    ),
    ("Всероссийский конкурс сочинений — демо", Contest, National, Correspondence, "Русский язык", (2016, 9, 30), NO, F),
    (
        "Международная игра «Русский медвежонок — демо»",
        Competition,
        International,
        Distance,
        "Русский язык",
        (2016, 11, 17),
        LAUREATE,
        None,
    ),
    (
        "Международный конкурс «Кенгурёнок — демо»",
        Competition,
        International,
        Distance,
        "Математика",
        (2017, 3, 16),
        NO,
        None,
    ),
    (
        "Международный форум юных исследователей",
        Conference,
        International,
        InPerson,
        "Биология",
        (2017, 4, 27),
        NO,
        None,
    ),
];

/// Held too, and outside the share: results are not published, or nobody of the Centre came.
const OUTSIDE: [(Held, State); 3] = [
    (
        ("Всероссийский конкурс «Юннат — демо»", Contest, National, Correspondence, "Биология", (2017, 6, 20), NO, F),
        State::TookPart,
    ),
    (
        (
            "Областная дистанционная викторина «Росток»",
            Contest,
            Regional,
            Distance,
            "Экология",
            (2017, 5, 30),
            NO,
            None,
        ),
        State::TookPart,
    ),
    (
        ("Олимпиада «Шаг в будущее — демо»", Olympiad, Regional, InPerson, "Физика", (2016, 2, 20), NO, None),
        State::NoShow,
    ),
];

fn day((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Writes the events of both years with those who took part.
pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &[(PersonId, String, String)],
) -> Result<(), Fault> {
    let station = organisations.iter().find(|o| o.short_name == "Станция юных натуралистов").map(|o| o.id);
    let mentor = staff.iter().find(|(_, _, email)| email == "pedagogue@example.invalid").map(|(id, ..)| *id);
    let around = Around { station, mentor };
    for (n, held) in HELD.iter().enumerate() {
        one(tx, visit, &around, n, held, None).await?;
    }
    for (n, (held, state)) in OUTSIDE.iter().enumerate() {
        one(tx, visit, &around, 100 + n, held, Some(*state)).await?;
    }
    Ok(())
}

/// Who prepares the naturalists.
struct Around {
    station: Option<crate::organisations::OrganisationId>,
    mentor: Option<PersonId>,
}

fn draft(held: &Held, is_open: bool) -> EditionDraft {
    let (title, kind, level, format, subject, date, ..) = *held;
    let on = day(date);
    let year = crate::shell::AcademicYear::of(on);
    let mut draft = EditionDraft::plain(title, kind, year, level, format);
    draft.subject = (!subject.is_empty()).then(|| subject.to_owned());
    draft.organiser = Some(
        match level {
            School => "Майская гимназия",
            Municipal | Intermunicipal => "Управление образования (демо)",
            Regional | Interregional => "Областной оргкомитет (демо)",
            National | International => "Оргкомитет (демо)",
        }
        .into(),
    );
    (draft.starts_on, draft.ends_on) = (Some(on), Some(on));
    (draft.class_from, draft.class_to) = (Some(5), Some(11));
    draft.state = if is_open { EditionState::Running } else { EditionState::Published };
    let last = StageDraft {
        state: if is_open { StageState::Running } else { StageState::Final },
        ..StageDraft::plain("Заключительный этап")
    };
    // An event of several stages is one event: the first is not counted.
    let first =
        StageDraft { counted: false, state: StageState::Final, ..StageDraft::plain("Отборочный этап") };
    draft.stages = if level == National && kind == Contest { vec![first, last] } else { vec![last] };
    draft
}

async fn one(
    tx: &mut Tx,
    visit: &Visit,
    around: &Around,
    n: usize,
    held: &Held,
    outside: Option<State>,
) -> Result<(), Fault> {
    let on = day(held.5);
    let members = results::members_on(tx, on).await?;
    if members.is_empty() {
        return Ok(());
    }
    let is_open = outside == Some(State::TookPart);
    let entered = events::enter(tx, visit, &draft(held, is_open)).await?;
    let Some(edition) = events::find_in(tx, entered.edition).await? else { return Ok(()) };
    if let Some(list) = held.7 {
        results::put_on_list(tx, visit, &edition, list).await?;
    }
    for stage in events::stages_in(tx, edition.id).await? {
        let who: Vec<PersonId> =
            (0..3 + n % 3).filter_map(|i| members.get((n * 5 + i * 3) % members.len()).copied()).collect();
        field(tx, visit, around, (&edition, &stage), (n, on), who, held.6, outside).await?;
    }
    Ok(())
}

/// Enters the children of one stage and what came of it.
#[expect(clippy::too_many_arguments, reason = "the parts of one line of the table above")]
async fn field(
    tx: &mut Tx,
    visit: &Visit,
    around: &Around,
    (edition, stage): (&Edition, &Stage),
    (n, on): (usize, NaiveDate),
    mut who: Vec<PersonId>,
    best: Best,
    outside: Option<State>,
) -> Result<(), Fault> {
    who.sort_unstable();
    who.dedup();
    // A game of teams: all of them are one.
    let is_team = edition.kind == Competition && edition.format == InPerson && outside.is_none();
    let team = if is_team {
        let id = visit.new_id();
        results::put_team(tx, id, stage.id, "Команда Центра", None, who.first().copied()).await?;
        Some(id)
    } else {
        None
    };
    let is_nature = matches!(edition.subject.as_deref(), Some("Биология" | "Экология"));
    let mut rows = Vec::new();
    for (i, learner) in who.into_iter().enumerate() {
        let Some(snapshot) = results::snapshot(tx, learner, on).await? else { continue };
        let mut row = Row::new(ParticipationId(visit.new_id()), edition, stage, learner, snapshot);
        row.team = team;
        row.preparing = around.station.filter(|_| is_nature);
        row.state = match (outside, i) {
            (Some(state), _) => state,
            (None, 2) if n % 7 == 3 && !is_team => State::NoShow,
            (None, 2) if n == 16 => State::Disqualified,
            _ => State::TookPart,
        };
        rows.push(row);
    }
    results::enter(tx, visit, &rows).await?;
    for (i, row) in rows.iter().enumerate().filter(|(_, r)| r.state == State::TookPart) {
        if outside.is_none() && (team.is_none() || i == 0) {
            let outcome = outcome(n, i, best, stage.counted);
            results::put_outcome(tx, visit, row.id, State::TookPart, &outcome).await?;
        }
        if let (true, Some(mentor)) = (is_nature, around.mentor) {
            results::put_mentor(tx, row.id, mentor, 100).await?;
        }
    }
    if outside.is_none() {
        let text = format!("Протокол жюри от {:02}.{:02}.{} (демо)", on.day(), on.month(), on.year());
        results::confirm(tx, visit, stage.id, &Ground { text, act: None }).await?;
    }
    Ok(())
}

fn outcome(n: usize, i: usize, best: Best, counted: bool) -> Outcome {
    #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
    let score = (62 + (n * 7 + i * 11) % 21) as f64;
    let plain =
        Outcome { score: Some(score), max_score: Some(100.0), award: Some(Award::Participant), ..Outcome::default() };
    if i > 0 || !counted {
        return plain;
    }
    match best {
        Best::Nothing => plain,
        Best::Prize(award) => {
            Outcome { score: Some(93.0), award: Some(award), place: (award == Award::Winner).then_some(1), ..plain }
        }
        Best::Degree(degree) => Outcome { score: Some(90.0), award: None, degree: Some(degree), ..plain },
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        demo,
        figures::{self, Asked, By},
        roles,
        shell::AcademicYear,
        slices::MIGRATIONS,
    };
    use kit::{
        Chance, Clock, Lang, Visit,
        access::{Reach, Viewer},
        db::{NetworkId, testing::both_engines},
        files::Files,
    };
    use uuid::Uuid;

    both_engines! {
        migrations: MIGRATIONS;

        /// Twelve of forty, as the source text has it, whatever else the demo holds.
        async fn the_demo_shows_the_share_of_the_source(db: Db) {
            let clock = Clock::on(chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
            let net = db.network(NetworkId(Uuid::from_u128(0xA)));
            let visit = Visit::by_program(net, db.directory(), Viewer::guest(roles::policy), &clock, Chance::seeded(1));
            let folder = tempfile::tempdir().unwrap();
            let files = Files::open(folder.path()).unwrap();
            demo::build(&visit, &demo::staff::accounts(1), &files).await.unwrap();
            let asked = Asked { from: "2015-2016".into(), to: "2016-2017".into(), by: "year".into(), ..Asked::default() };
            let s = asked.check(AcademicYear(2026)).unwrap();
            assert_eq!(s.by, Some(By::Year));
            let found = figures::count(&visit.net, Lang::Ru, &s, &Reach::Network).await.unwrap();
            let k1 = found.total.k1();
            assert_eq!((k1.numerator, k1.denominator, k1.percents()), (12, 40, Some(30.0)));
            assert_eq!((found.total.pending_editions, found.total.pending > 0), (2, true));
            let yearly: Vec<_> = found.lines.iter().map(|(l, _)| (l.counts.prize_editions, l.counts.editions)).collect();
            assert_eq!(yearly, [(5, 20), (7, 20)], "pooled, not averaged");
        }
    }
}
