//! Made-up groups across organisations: preparation and workshops, with their registers.
use super::{
    consents,
    learners::{Child, Staff},
    network::Placed,
};
use crate::{
    groups::{self, Group, GroupForm, GroupId, GroupState, Mark, MemberId, SessionDraft, SessionMode, Standing},
    organisations::OrganisationId,
    people::{self, PersonDraft, PersonId, PersonName},
    resources::{Span, at},
    roles::{self, Role},
};
use chrono::{Duration, NaiveDate};
use kit::{Chance, Clock, Fault, Visit, access::Viewer, db::Tx};

const STATION: &str = "Станция юных натуралистов";
const GYMNASIUM: &str = "Майская гимназия";
const DUBOVOE: &str = "Дубовская СОШ";
const RAZUMNOE: &str = "Разуменская СОШ №\u{a0}2";

/// Teachers without a sign-in: name and organisation.
const TEACHERS: [(&str, &str, &str, &str); 5] = [
    ("Ботаникова", "Анна", "Примеровна", STATION),
    ("Прудникова", "Лидия", "Демоновна", STATION),
    ("Формулин", "Олег", "Макетович", GYMNASIUM),
    ("Роботов", "Кирилл", "Условнович", DUBOVOE),
    ("Эфирова", "Ирина", "Учебновна", RAZUMNOE),
];

/// One group of the demo.
struct Made {
    title: &'static str,
    kind: &'static str,
    at: &'static str,
    subject: &'static str,
    target: &'static str,
    plan: &'static str,
    product: &'static str,
    capacity: i64,
    /// Children who ask, and of which classes.
    asking: usize,
    classes: [&'static str; 3],
    /// Places in [`TEACHERS`]; the account's pedagogue leads with them where `own`.
    teachers: &'static [usize],
    own: bool,
    /// Weeks since it began; none: it takes children and has not begun.
    weeks: Option<i64>,
    over: bool,
    topics: [&'static str; 4],
}

const GROUPS: [Made; 6] = [
    Made {
        title: "Биология: готовимся к муниципальному этапу",
        kind: "preparation",
        at: STATION,
        subject: "Биология",
        target: "Всероссийская олимпиада школьников, муниципальный этап",
        plan: "Клетка и ткани\nСистематика растений: работа с определителем\nЗоология беспозвоночных\nЗадачи по генетике\nРазбор заданий прошлых лет",
        product: "",
        capacity: 12,
        asking: 11,
        classes: ["9 А", "8 Б", "9 Б"],
        teachers: &[0],
        own: true,
        weeks: Some(8),
        over: false,
        topics: ["Клетка под микроскопом", "Определяем растения", "Беспозвоночные пруда", "Задачи по генетике"],
    },
    Made {
        title: "Экологический театр «Капля»",
        kind: "workshop",
        at: STATION,
        subject: "Экология, театр",
        target: "",
        plan: "Выбор сюжета\nСценарий о малой реке\nДекорации из вторсырья\nРепетиции\nПремьера для детских садов",
        product: "",
        capacity: 8,
        asking: 11,
        classes: ["5 А", "6 Б", "5 Б"],
        teachers: &[1],
        own: false,
        weeks: Some(6),
        over: false,
        topics: ["Этюды «Вода»", "Читаем сценарий", "Костюмы из вторсырья", "Репетиция первой сцены"],
    },
    Made {
        title: "Физика: задачи повышенной сложности",
        kind: "preparation",
        at: GYMNASIUM,
        subject: "Физика",
        target: "Районная олимпиада по физике, 9–11 классы",
        plan: "Кинематика\nДинамика и законы сохранения\nТепловые явления\nЭлектрические цепи",
        product: "",
        capacity: 15,
        asking: 9,
        classes: ["10 А", "11 А", "9 А"],
        teachers: &[2],
        own: true,
        weeks: Some(7),
        over: false,
        topics: ["Относительное движение", "Законы сохранения", "Связанные тела", "Тепловой баланс"],
    },
    Made {
        title: "Мастерская робототехники «Орбита»",
        kind: "workshop",
        at: DUBOVOE,
        subject: "Техническое творчество",
        target: "",
        plan: "Сборка тележки\nДатчики линии и расстояния\nПрограмма движения\nСвой проект",
        product: "",
        capacity: 10,
        asking: 8,
        classes: ["7 А", "7 Б", "8 А"],
        teachers: &[3],
        own: false,
        weeks: Some(5),
        over: false,
        topics: ["Собираем тележку", "Датчик линии", "Едем по лабиринту", "Выбор проекта"],
    },
    Made {
        title: "Медиастудия «Голос района»",
        kind: "workshop",
        at: RAZUMNOE,
        subject: "Журналистика",
        target: "",
        plan: "Новость и заметка\nИнтервью\nСъёмка и монтаж\nВыпуск о школах района",
        product: "",
        capacity: 12,
        asking: 4,
        classes: ["7 Б", "8 А", "9 Б"],
        teachers: &[4],
        own: false,
        weeks: None,
        over: false,
        topics: ["", "", "", ""],
    },
    Made {
        title: "Исследователи природы: к районной конференции",
        kind: "preparation",
        at: STATION,
        subject: "Экология",
        target: "Районная конференция исследовательских работ",
        plan: "Тема и гипотеза\nМетодика наблюдений\nОбработка данных\nТезисы и доклад",
        product: "Семь докладов на районной конференции, сборник тезисов и стенд о прудах посёлка.",
        capacity: 10,
        asking: 7,
        classes: ["8 А", "7 А", "8 Б"],
        teachers: &[0, 1],
        own: false,
        weeks: Some(30),
        over: true,
        topics: ["Гипотеза и вопрос", "Пробы воды", "Таблицы и графики", "Репетиция доклада"],
    },
];

/// The program's visit on another day.
pub fn on(visit: &Visit, day: NaiveDate, seed: u64) -> Visit {
    let viewer = Viewer::guest(roles::policy);
    Visit::by_program(visit.net.clone(), visit.directory.clone(), viewer, &Clock::on(day), Chance::seeded(seed))
}

/// Writes the teachers and the groups with members, sessions and registers.
pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &Staff<'_>,
    children: &[Child],
) -> Result<Vec<PersonId>, Fault> {
    let find = |name: &str| organisations.iter().find(|o| o.short_name == name).map(|o| o.id);
    let mut teachers = Vec::with_capacity(TEACHERS.len());
    for (last, first, patronymic, place) in TEACHERS {
        let name = PersonName { last: last.into(), first: first.into(), patronymic: Some(patronymic.into()) };
        let id = people::add(tx, visit, &PersonDraft { name, email: None, phone: None }).await?;
        people::grant(tx, visit, id, Role::Pedagogue, find(place).map(|o| o.0)).await?;
        teachers.push(id);
    }
    for (number, made) in (0_u64..).zip(&GROUPS) {
        let Some(host) = find(made.at) else { continue };
        let begun = visit.today - Duration::weeks(made.weeks.unwrap_or(1));
        let then = on(visit, begun, 7_000 + number);
        let mut led: Vec<PersonId> = made.teachers.iter().filter_map(|i| teachers.get(*i).copied()).collect();
        led.extend(staff.find("pedagogue").filter(|_| made.own));
        let group = open(tx, &then, made, host, &led).await?;
        enrol(tx, &then, &group, made, children).await?;
        if let Some(weeks) = made.weeks {
            groups::set_state(tx, &then, &group, GroupState::Running).await?;
            meet(tx, visit, group.id, made, begun, if made.over { 6 } else { weeks + 3 }).await?;
        }
        if made.over
            && let Some(now) = groups::find_in(tx, group.id).await?
        {
            groups::set_state(tx, &on(visit, visit.today - Duration::weeks(20), 7_100), &now, GroupState::Completed)
                .await?;
        }
    }
    Ok(teachers)
}

async fn open(tx: &mut Tx, then: &Visit, made: &Made, host: OrganisationId, led: &[PersonId]) -> Result<Group, Fault> {
    let form = GroupForm {
        organisation: host.to_string(),
        kind: made.kind.into(),
        title: made.title.into(),
        subject: made.subject.into(),
        target: made.target.into(),
        plan: made.plan.into(),
        product: made.product.into(),
        capacity: made.capacity.to_string(),
        starts_on: then.today.to_string(),
        teachers: led.iter().map(ToString::to_string).collect(),
        ..GroupForm::default()
    };
    let id = groups::insert(tx, then, &form.check()?).await?;
    groups::find_in(tx, id).await?.ok_or(Fault::NotFound)
}

/// Children of those classes, school by school; every fourth of another school waits for a consent.
async fn enrol(tx: &mut Tx, then: &Visit, g: &Group, made: &Made, children: &[Child]) -> Result<(), Fault> {
    let fit: Vec<&Child> = children.iter().filter(|c| made.classes.contains(&c.class.as_str())).collect();
    let step = (fit.len() / made.asking.max(1)).max(1);
    for (i, child) in fit.into_iter().step_by(step).take(made.asking).enumerate() {
        if child.organisation != g.organisation_id && i % 4 != 3 {
            consents::transfer(tx, then, child.id, g.organisation_id).await?;
        }
        groups::insert_member(tx, then, g, child.id).await?;
    }
    Ok(())
}

/// A session every week; those that are over have a register, the last of them not yet.
async fn meet(tx: &mut Tx, visit: &Visit, id: GroupId, made: &Made, begun: NaiveDate, weeks: i64) -> Result<(), Fault> {
    let members: Vec<MemberId> = groups::members_of(tx, id, Standing::Member).await?;
    for (week, topic) in (0..weeks).zip(made.topics.iter().cycle()) {
        let day = begun + Duration::weeks(week) + Duration::days(1);
        let draft = SessionDraft {
            spans: vec![Span::new(at(day, 15 * 60), at(day, 16 * 60 + 30))],
            topic: Some((*topic).to_owned()),
            place: Some("кабинет 12".to_owned()),
            mode: if week % 5 == 4 { SessionMode::Distance } else { SessionMode::InPerson },
            resource: None,
        };
        // What is to come is planned already, and not by somebody of a day to come.
        let then = on(
            visit,
            day.min(visit.today - Duration::days(1)),
            7_200 + id.0.as_u64_pair().1 % 1_000 + u64::try_from(week).unwrap_or(0),
        );
        let planned = groups::plan_in(tx, &then, id, &draft.spans, &draft, &[]).await?;
        let Some(session) = planned.first().filter(|_| day < visit.today - Duration::days(3)) else { continue };
        let marks: Vec<(MemberId, Mark)> = (0_i64..)
            .zip(&members)
            .map(|(i, member)| {
                let mark = match (i * 5 + week * 3) % 13 {
                    0 => Mark::Ill,
                    4 => Mark::Late,
                    9 => Mark::Absent,
                    _ => Mark::Present,
                };
                (*member, mark)
            })
            .collect();
        groups::hold_in(tx, &then, *session).await?;
        groups::record_in(tx, &then, *session, &marks, None).await?;
    }
    Ok(())
}
