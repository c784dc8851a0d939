//! Made-up research projects of children at every stage.
use super::{
    consents,
    groups::on,
    learners::{Child, Staff},
    network::Placed,
};
use crate::{
    organisations::OrganisationId,
    people::PersonId,
    research::{self, Move, Project, ProjectForm, ProjectState, Review, Sheet, Stage},
};
use chrono::{Duration, NaiveDate};
use kit::{Fault, Visit, db::Tx};

const STATION: &str = "Станция юных натуралистов";
const GYMNASIUM: &str = "Майская гимназия";

/// Title, subject, question, how far it went, whether it is completed, where it was submitted.
type Made = (&'static str, &'static str, &'static str, Stage, bool, &'static str);

const PROJECTS: [Made; 8] = [
    (
        "Птицы школьного двора зимой",
        "Биология",
        "Какие птицы прилетают к кормушкам и когда? Предполагаем, что число видов растёт в морозы.",
        Stage::Topic,
        false,
        "",
    ),
    (
        "Чем пахнет осенний лес: летучие вещества опавших листьев",
        "Химия",
        "Какие листья пахнут сильнее и почему запах меняется после дождя?",
        Stage::Plan,
        false,
        "",
    ),
    (
        "Мхи посёлка как показатель чистоты воздуха",
        "Экология",
        "Где мхов больше: у дороги или в парке? Считаем площадь покрытия стволов.",
        Stage::Research,
        false,
        "",
    ),
    (
        "Вода трёх прудов: сравнение по живым организмам",
        "Экология",
        "Можно ли судить о чистоте воды по личинкам насекомых?",
        Stage::Research,
        false,
        "",
    ),
    (
        "Старые сорта яблонь в садах нашего района",
        "Краеведение",
        "Какие сорта сохранились в садах старше сорока лет и откуда они появились?",
        Stage::Paper,
        false,
        "",
    ),
    (
        "Как меняется освещённость класса в течение дня",
        "Физика",
        "В какие часы света за дальними партами не хватает?",
        Stage::Review,
        false,
        "Районная конференция исследовательских работ",
    ),
    (
        "Муравьи на пришкольном участке",
        "Биология",
        "Как муравьи выбирают тропы и что меняется после дождя?",
        Stage::Defence,
        false,
        "Районная конференция исследовательских работ",
    ),
    (
        "Почва школьной теплицы: что даёт компост",
        "Биология",
        "Растёт ли рассада лучше, если добавить компост из столовой?",
        Stage::Defence,
        true,
        "Районная конференция исследовательских работ",
    ),
];

const TEXT: &str = "Цель работы: ответить на вопрос наблюдениями, которые можно повторить.\nНаблюдения шли восемь недель, по два раза в неделю, в одно и то же время дня.\nКаждое измерение повторили трижды и взяли среднее.\nРезультаты сведены в таблицу и показаны на графике.\nГипотеза подтвердилась частично: в пасмурные дни разница меньше, чем ожидали.\nВывод: наблюдения стоит продолжить весной и добавить второй участок.";

const REVIEW: &str = "Вопрос поставлен ясно, измерения можно повторить.\nСоветую добавить погоду в таблицу наблюдений и объяснить два выпадающих значения.";

pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &Staff<'_>,
    children: &[Child],
    teachers: &[PersonId],
) -> Result<(), Fault> {
    let find = |name: &str| organisations.iter().find(|o| o.short_name == name).map(|o| o.id);
    let (Some(station), Some(gymnasium), Some(pedagogue)) = (find(STATION), find(GYMNASIUM), staff.find("pedagogue"))
    else {
        return Ok(());
    };
    // Of the demo's teachers, the two of the station and the one of the gymnasium supervise; the fourth and
    // the fifth, of other schools, review what is not their pupils'.
    let [botanist, pond, physicist, ..] = teachers else { return Ok(()) };
    let supervisors = [pedagogue, *botanist, *pond, *botanist, *physicist, *physicist, *pond, pedagogue];
    for (number, (made, supervisor)) in PROJECTS.into_iter().zip(supervisors).enumerate() {
        let host = if supervisor == *physicist { (gymnasium, GYMNASIUM) } else { (station, STATION) };
        let seed = 9_000 + u64::try_from(number).unwrap_or(0) * 20;
        let begun = visit.today - Duration::weeks(11);
        let then = on(visit, begun, seed);
        let mut project = start(tx, &then, made, host, supervisor).await?;
        let of_gymnasium = children
            .iter()
            .filter(|c| c.organisation == gymnasium && ["8 Б", "9 А", "10 Б"].contains(&c.class.as_str()));
        for child in of_gymnasium.skip(number * 3).take(1 + number % 2) {
            if child.organisation != host.0 {
                consents::transfer(tx, &then, child.id, host.0).await?;
            }
            research::insert_author(tx, &then, &project, child.id).await?;
        }
        // The deputy head with a sign-in has one to review.
        let readers: Vec<PersonId> = teachers.iter().copied().chain(staff.find("deputy2")).collect();
        carry_on(tx, visit, &mut project, made, &readers, seed).await?;
    }
    Ok(())
}

async fn start(
    tx: &mut Tx,
    then: &Visit,
    made: Made,
    host: (OrganisationId, &str),
    supervisor: PersonId,
) -> Result<Project, Fault> {
    let day = |week: i64| (then.today + Duration::weeks(week)).to_string();
    let form = ProjectForm {
        organisation: host.0.to_string(),
        title: made.0.into(),
        subject: made.1.into(),
        question: made.2.into(),
        submitted_to: made.5.into(),
        supervisor: supervisor.to_string(),
        due_topic: day(2),
        due_plan: day(5),
        due_research: day(12),
        due_paper: day(14),
        due_review: day(16),
        due_defence: day(18),
        ..ProjectForm::default()
    };
    let id = research::insert(tx, then, &form.check()?).await?;
    Ok(Project {
        id,
        organisation_id: host.0,
        organisation_name: host.1.into(),
        title: made.0.into(),
        subject: Some(made.1.into()),
        question: Some(made.2.into()),
        academic_year: research::year_of(then.today),
        supervisor_id: supervisor,
        stage: Stage::Topic,
        state: ProjectState::Running,
        code: String::new(),
        review_text: None,
        edition_id: None,
        submitted_to: None,
        due_on: None,
        version: 1,
    })
}

/// Stage by stage, a week and a half each, with what the stages need.
async fn carry_on(
    tx: &mut Tx,
    visit: &Visit,
    p: &mut Project,
    made: Made,
    teachers: &[PersonId],
    seed: u64,
) -> Result<(), Fault> {
    let (.., last, completed, _) = made;
    for (i, stage) in (1_i64..).zip(Stage::ALL.iter().copied().skip(1)).take_while(|(_, stage)| *stage <= last) {
        let day: NaiveDate = visit.today - Duration::days(75 - i * 12);
        let then = on(visit, day, seed + i.unsigned_abs());
        if stage == Stage::Review {
            research::set_text(tx, &then, p.id, Some(TEXT)).await?;
            p.review_text = Some(TEXT.into());
        }
        if stage == Stage::Defence {
            review(tx, visit, p, teachers, true, seed + 10).await?;
        }
        let now = research::advance(tx, &then, p, Move::To(stage)).await?;
        p.stage = now.stage;
    }
    if last == Stage::Review {
        review(tx, visit, p, teachers, false, seed + 10).await?;
    }
    if completed {
        let then = on(visit, visit.today - Duration::days(4), seed + 15);
        for (juror, points) in
            [("Жюри, 1-й член", [9, 8, 10]), ("Жюри, 2-й член", [8, 9, 9]), ("Жюри, 3-й член", [9, 9, 8])]
        {
            let [content, talk, answers] = points;
            let sheet = Sheet { juror: juror.into(), content, talk, answers, note: None };
            research::insert_sheet(tx, &then, p.id, &sheet).await?;
        }
        research::advance(tx, &then, p, Move::Complete).await?;
    }
    Ok(())
}

/// Asks the first of the teachers who knows no author, and writes what they say.
async fn review(
    tx: &mut Tx,
    visit: &Visit,
    p: &Project,
    teachers: &[PersonId],
    written: bool,
    seed: u64,
) -> Result<(), Fault> {
    let then = on(visit, visit.today - Duration::days(16), seed);
    let due = visit.today + Duration::days(5);
    for reviewer in teachers.iter().rev() {
        let id = match research::insert_review(tx, &then, p.id, *reviewer, due).await {
            Ok(id) => id,
            Err(Fault::Invalid(_)) => continue,
            Err(fault) => return Err(fault),
        };
        if written {
            let review = Review {
                id,
                project_id: p.id,
                reviewer_id: *reviewer,
                due_on: due,
                state: research::ReviewState::Written,
                novelty: Some(8),
                method: Some(7),
                writing: Some(9),
                advice: Some(research::Advice::Accept),
                body: Some(REVIEW.into()),
                written_at: None,
            };
            research::record_review(tx, &then, &review).await?;
        }
        return Ok(());
    }
    Ok(())
}
