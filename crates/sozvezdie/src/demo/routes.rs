//! The demo's individual routes: one in every state, the learner's with a sign-in over three
//! organisations.
use super::{
    learners::{Child, Staff},
    network::Placed,
};
use crate::{
    organisations::OrganisationId,
    people::PersonId,
    routes::{
        self, Content, Entered, EnteredStep, RouteDraft, RouteState, Stage, StepContent, StepDraft, StepKind,
        StepState, StudyForm, WordKind,
    },
};
use chrono::{Duration, NaiveDate, NaiveTime};
use kit::{Fault, Visit, db::Tx};
use uuid::Uuid;

/// A step: stage, kind, title, where (by the name of the organisation), teacher, hours, days from
/// today to its beginning and its end, weekday with the hour, form of control.
struct Plan(
    Stage,
    StepKind,
    &'static str,
    &'static str,
    &'static str,
    i64,
    (i64, i64),
    Option<(u8, u32)>,
    &'static str,
);

const GYMNASIUM: &str = "Майская гимназия";
const STATION: &str = "Станция юных натуралистов";
const DUBOVSKAYA: &str = "Дубовская СОШ";

use Stage::{Design, Diagnostic, Implementation, Reflection};
use StepKind::{Event, Module, Support};

/// «Юный исследователь природы»: over three organisations.
const NATURE: [Plan; 7] = [
    Plan(
        Diagnostic,
        Support,
        "Беседа о склонностях и интересах",
        GYMNASIUM,
        "Координатова О. С.",
        2,
        (-75, -68),
        None,
        "заключение для семьи",
    ),
    Plan(
        Design,
        Module,
        "Выбор темы и план исследования",
        GYMNASIUM,
        "Координатова О. С.",
        4,
        (-66, -48),
        Some((1, 15)),
        "план работы",
    ),
    Plan(
        Implementation,
        Module,
        "Лабораторный практикум «Живая вода»",
        STATION,
        "Лесных М. В.",
        24,
        (-45, 40),
        Some((2, 15)),
        "зачёт по практикуму",
    ),
    Plan(
        Implementation,
        Module,
        "Обработка данных в таблицах",
        DUBOVSKAYA,
        "Примерова А. И.",
        12,
        (-20, 35),
        Some((4, 16)),
        "таблица и график",
    ),
    Plan(Implementation, Event, "Районный конкурс исследовательских работ", "", "", 4, (45, 52), None, "участие"),
    Plan(Reflection, Module, "Защита работы", GYMNASIUM, "Координатова О. С.", 3, (60, 66), Some((5, 14)), "защита"),
    Plan(Reflection, Support, "Разговор о том, что получилось", GYMNASIUM, "Внимательная Е. П.", 1, (67, 72), None, ""),
];

/// «Математика и олимпиады».
const MATHS: [Plan; 4] = [
    Plan(Diagnostic, Module, "Входная работа", GYMNASIUM, "Координатова О. С.", 2, (-40, -38), None, "работа"),
    Plan(
        Implementation,
        Module,
        "Олимпиадная математика",
        GYMNASIUM,
        "Координатова О. С.",
        34,
        (-35, 120),
        Some((3, 15)),
        "решённые задачи",
    ),
    Plan(
        Implementation,
        Module,
        "Программирование для исследователя",
        DUBOVSKAYA,
        "Примерова А. И.",
        16,
        (5, 90),
        Some((5, 16)),
        "программа",
    ),
    Plan(Reflection, Module, "Разбор итогов года", GYMNASIUM, "Координатова О. С.", 2, (125, 130), None, "самооценка"),
];

/// «Слово и сцена».
const WORD: [Plan; 3] = [
    Plan(Design, Module, "Выбор текста и роли", GYMNASIUM, "Координатова О. С.", 3, (3, 12), None, "паспорт проекта"),
    Plan(
        Implementation,
        Module,
        "Творческая мастерская «Слово»",
        STATION,
        "Демонов С. У.",
        18,
        (14, 100),
        Some((2, 16)),
        "показ",
    ),
    Plan(Reflection, Event, "Открытый показ для родителей", GYMNASIUM, "", 2, (104, 106), None, "показ"),
];

struct Walk<'a> {
    organisations: &'a [Placed],
    today: NaiveDate,
    lead: OrganisationId,
    author: Uuid,
    guardian: Option<Uuid>,
    approver: Option<Uuid>,
    station: Option<Uuid>,
    dubovskaya: Option<Uuid>,
}

impl Walk<'_> {
    fn place(&self, name: &str) -> Option<OrganisationId> {
        self.organisations.iter().find(|o| o.short_name == name).map(|o| o.id)
    }

    fn step(&self, p: &Plan) -> StepDraft {
        let (from, until) = (self.today + Duration::days(p.6.0), self.today + Duration::days(p.6.1));
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let time = |hour: u32, minute: u32| NaiveTime::from_hms_opt(hour, minute, 0);
        StepDraft {
            stage: p.0,
            kind: p.1,
            title: p.2.into(),
            about: None,
            organisation: self.place(p.3),
            resource: None,
            teacher: text(p.4),
            hours: p.5,
            form: StudyForm::InPerson,
            from,
            until,
            weekday: p.7.map(|(day, _)| day),
            starts: p.7.and_then(|(_, hour)| time(hour, 0)),
            ends: p.7.and_then(|(_, hour)| time(hour + 1, 30)),
            choice: None,
            control: text(p.8),
            expected: None,
        }
    }

    /// How a step stands in a route of this state: what is over by today is done.
    fn stands(&self, draft: StepDraft, state: RouteState) -> EnteredStep {
        let elsewhere = draft.organisation.is_some_and(|o| o != self.lead);
        let in_force = matches!(state, RouteState::Running | RouteState::Corrected | RouteState::Completed);
        let stands = match state {
            RouteState::Draft => StepState::Planned,
            RouteState::Offered if elsewhere => StepState::Asked,
            RouteState::Completed => StepState::Completed,
            _ if in_force && draft.until < self.today => StepState::Completed,
            _ => StepState::Accepted,
        };
        let done = stands == StepState::Completed;
        let host = if draft.organisation == self.place(STATION) {
            self.station
        } else if draft.organisation == self.place(DUBOVSKAYA) {
            self.dubovskaya
        } else {
            self.approver
        };
        let module = done && draft.kind == Module;
        EnteredStep {
            state: stands,
            result: done.then(|| "Выполнено полностью.".into()),
            mark: module.then(|| "зачёт".into()),
            reason: None,
            host,
            draft,
        }
    }

    fn route(&self, learner: PersonId, (title, goal): (&str, &str), plan: &[Plan], state: RouteState) -> Entered {
        let steps: Vec<EnteredStep> = plan.iter().map(|p| self.stands(self.step(p), state)).collect();
        let from = steps.iter().map(|s| s.draft.from).min().unwrap_or(self.today);
        let until = steps.iter().map(|s| s.draft.until).max().unwrap_or(self.today);
        let number = match state {
            RouteState::Approved | RouteState::Running | RouteState::Completed | RouteState::Corrected => 1,
            _ => 0,
        };
        Entered {
            draft: RouteDraft {
                learner,
                organisation: self.lead,
                title: title.into(),
                note: Some("Ребёнок увлечён предметом, много читает сам и просит задач потруднее. Маршрут опирается на эти интересы и не отнимает время у отдыха.".into()),
                goal: goal.into(),
                tasks: Some("Научиться ставить вопрос и проверять ответ.\nВести записи и читать данные.\nРассказать о работе другим.".into()),
                support: Some("Встреча с педагогом-психологом в начале и в конце маршрута, по желанию чаще.".into()),
                results: Some("Законченная работа, которую не стыдно показать, и желание идти дальше.".into()),
                from,
                until,
                load_reason: None,
            },
            steps,
            state,
            number,
            reason: None,
            author: self.author,
            guardian: self.guardian,
            approver: self.approver,
        }
    }
}

const ABOUT_NATURE: (&str, &str) =
    ("Юный исследователь природы", "Провести собственное исследование малой реки и рассказать о нём.");
const ABOUT_MATHS: (&str, &str) = ("Математика и олимпиады", "Решать задачи, для которых школьной программы мало.");
const ABOUT_WORD: (&str, &str) = ("Слово и сцена", "Поставить короткий спектакль по любимой книге.");

/// Writes the routes and a template.
pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &Staff<'_>,
    children: &[Child],
) -> Result<(), Fault> {
    let find = |name: &str| organisations.iter().find(|o| o.short_name == name).map(|o| o.id);
    let (Some(lead), Some(author)) = (find(GYMNASIUM), staff.find("coordinator")) else { return Ok(()) };
    let person = |address: &str| staff.find(address).map(|id| id.0);
    let walk = Walk {
        organisations,
        today: visit.today,
        lead,
        author: author.0,
        guardian: person("guardian"),
        approver: person("head"),
        station: person("naturalists"),
        dubovskaya: person("deputy2"),
    };
    if let Some(own) = staff.find("learner") {
        own_route(tx, visit, &walk, own).await?;
    }
    // The Centre's members; without a Centre, children of the gymnasium.
    let mut members = routes::members(tx, lead, visit.today).await?;
    if members.is_empty() {
        members = children.iter().filter(|c| c.organisation == lead).map(|c| c.id).skip(60).step_by(9).collect();
    }
    let known = staff.find("learner");
    let mut members = members.into_iter().filter(|id| Some(*id) != known);
    let others = Walk { guardian: None, ..walk };
    let states = [
        (ABOUT_MATHS, &MATHS[..], RouteState::Running),
        (ABOUT_WORD, &WORD[..], RouteState::Draft),
        (ABOUT_NATURE, &NATURE[..], RouteState::Offered),
        (ABOUT_WORD, &WORD[..], RouteState::Agreed),
        (ABOUT_WORD, &WORD[..], RouteState::Approved),
        (ABOUT_MATHS, &MATHS[..], RouteState::Corrected),
        (ABOUT_NATURE, &NATURE[..], RouteState::Completed),
        (ABOUT_MATHS, &MATHS[..], RouteState::Stopped),
    ];
    for (about, plan, state) in states {
        let Some(child) = members.next() else { break };
        let mut entered = others.route(child, about, plan, state);
        if state == RouteState::Corrected {
            (entered.number, entered.reason) = (2, Some("Появилась возможность заниматься программированием.".into()));
        }
        if state == RouteState::Stopped {
            entered.reason = Some("Семья переехала.".into());
        }
        routes::enter(tx, visit, &entered).await?;
    }
    template(tx, visit, lead).await
}

/// The route of the learner with a sign-in: running over three organisations, in its second version;
/// and one that waits for the guardian.
async fn own_route(tx: &mut Tx, visit: &Visit, walk: &Walk<'_>, own: PersonId) -> Result<(), Fault> {
    let mut entered = walk.route(own, ABOUT_NATURE, &NATURE, RouteState::Running);
    (entered.number, entered.reason) = (2, Some("Добавили разговор о том, что получилось.".into()));
    let id = routes::enter(tx, visit, &entered).await?;
    let said = [
        (
            WordKind::Reflection,
            "Понравилось брать пробы и смотреть в микроскоп. Трудно было ждать, пока вырастут культуры.",
            own.0,
        ),
        (WordKind::Comment, "Тимофей стал сам искать книги о воде. Спасибо!", walk.guardian.unwrap_or(own.0)),
    ];
    for (kind, words, by) in said {
        routes::insert_word(tx, visit, id, kind, words, by).await?;
    }
    let next = walk.route(own, ABOUT_WORD, &WORD, RouteState::Accepted);
    routes::enter(tx, visit, &next).await?;
    Ok(())
}

async fn template(tx: &mut Tx, visit: &Visit, lead: OrganisationId) -> Result<(), Fault> {
    let day = |ago: i64| Some(visit.today + Duration::days(ago));
    let step = |p: &Plan| StepContent {
        stage: p.0.code().into(),
        kind: p.1.code().into(),
        title: p.2.into(),
        hours: p.5,
        form: "in_person".into(),
        from: day(p.6.0),
        until: day(p.6.1),
        control: p.8.into(),
        ..StepContent::default()
    };
    let content = Content {
        title: ABOUT_NATURE.0.into(),
        goal: ABOUT_NATURE.1.into(),
        tasks:
            "Научиться ставить вопрос и проверять ответ.\nВести записи и читать данные.\nРассказать о работе другим."
                .into(),
        support: "Встреча с педагогом-психологом в начале и в конце маршрута.".into(),
        from: day(-75),
        until: day(72),
        steps: NATURE.iter().map(step).collect(),
        ..Content::default()
    };
    routes::insert_template(tx, visit, lead, ABOUT_NATURE.0, &content).await?;
    Ok(())
}
