//! Normative acts: order 1017 and the Concept that it approved stand in the source text; all others
//! are plainly made up («демо») and show every state that an act can be in.
use super::network::Placed;
use crate::acts::{self, ActDraft, ActId, Kind, Relation};
use chrono::{Datelike as _, Days, NaiveDate};
use kit::{
    Fault, Visit,
    db::Tx,
    files::{Failure, Files},
};

const DEPARTMENT: &str = "Управление образования администрации Белгородского района";
const DEMO: &str = "Управление образования (демо)";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn draft(kind: Kind, number: &str, issued_on: NaiveDate, title: &str) -> ActDraft {
    ActDraft {
        kind,
        number: (!number.is_empty()).then(|| number.to_owned()),
        issued_on,
        issuer: DEMO.into(),
        title: title.into(),
        note: None,
        owner: None,
        effective_from: issued_on,
        effective_until: None,
        organisations: Vec::new(),
    }
}

/// Writes the acts; gives the one that carries the demo's file, and the order on the Centre.
pub async fn acts(tx: &mut Tx, visit: &Visit, organisations: &[Placed]) -> Result<(ActId, ActId), Fault> {
    let place = |name: &str| organisations.iter().find(|o| o.short_name == name).map(|o| o.id);
    let gymnasium = place("Майская гимназия");
    let order = centre(tx, visit, gymnasium.as_slice()).await?;
    plans(tx, visit).await?;

    let mut own =
        draft(Kind::Order, "демо-57", visit.today - Days::new(40), "О расписании открытых лабораторий (демо)");
    own.issuer = "Майская гимназия".into();
    (own.owner, own.organisations) =
        (gymnasium, gymnasium.into_iter().chain(place("Станция юных натуралистов")).collect());
    acts::insert(tx, visit, &own).await?;

    let mut agreement = draft(
        Kind::Agreement,
        "демо-14",
        day(visit.today.year() - 1, 9, 1),
        "О сотрудничестве школы и детского сада (демо)",
    );
    agreement.organisations = place("Дубовская СОШ").into_iter().chain(place("Детский сад (демо) №\u{a0}07")).collect();
    agreement.effective_until = Some(day(visit.today.year() + 1, 8, 31));
    acts::insert(tx, visit, &agreement).await?;
    acts::insert(
        tx,
        visit,
        &draft(
            Kind::Letter,
            "демо-208",
            visit.today - Days::new(9),
            "О сроках подачи заявок на второе полугодие (демо)",
        ),
    )
    .await?;
    acts::insert(
        tx,
        visit,
        &draft(Kind::Protocol, "демо-3", visit.today - Days::new(30), "Протокол совета координаторов сети (демо)"),
    )
    .await?;
    Ok((regulations(tx, visit).await?, order))
}

/// From the source text, as it is printed there.
async fn centre(
    tx: &mut Tx,
    visit: &Visit,
    gymnasium: &[crate::organisations::OrganisationId],
) -> Result<ActId, Fault> {
    let issued = day(2010, 10, 14);
    let order = ActDraft {
        issuer: DEPARTMENT.into(),
        note: Some("Приказ и создал Центр для одарённых детей, и утвердил его Концепцию.".into()),
        organisations: gymnasium.to_vec(),
        ..draft(Kind::Order, "1017", issued, "О создании Центра для одарённых детей")
    };
    let concept = ActDraft {
        issuer: DEPARTMENT.into(),
        note: Some("Утверждена тем же приказом, который создал Центр, поэтому номер и дата у них общие.".into()),
        organisations: gymnasium.to_vec(),
        ..draft(
            Kind::Concept,
            "1017",
            issued,
            "Концепция создания условий для выявления, развития и поддержки одарённых учащихся",
        )
    };
    let order = acts::insert(tx, visit, &order).await?;
    let concept = acts::insert(tx, visit, &concept).await?;
    acts::insert_link(tx, visit, order, concept, Relation::Approves).await?;
    Ok(order)
}

/// A chain: each regulation is approved by its order and replaces the one before; an old order is
/// repealed, another amended, one is still to come.
async fn regulations(tx: &mut Tx, visit: &Visit) -> Result<ActId, Fault> {
    let year = visit.today.year();
    let coming = visit.today + Days::new(38);
    let steps = [(day(2014, 8, 29), "демо-12"), (day(2019, 8, 27), "демо-31"), (day(year - 1, 8, 28), "демо-44")];
    let mut last: Option<(ActId, ActId)> = None;
    for (issued, number) in steps {
        let order = acts::insert(
            tx,
            visit,
            &draft(Kind::Order, number, issued, "Об утверждении Положения об обмене ресурсами (демо)"),
        )
        .await?;
        let mut text = draft(Kind::Regulation, number, issued, "Положение об обмене ресурсами в сети (демо)");
        text.effective_from = day(issued.year(), 9, 1);
        let regulation = acts::insert(tx, visit, &text).await?;
        acts::insert_link(tx, visit, order, regulation, Relation::Approves).await?;
        if let Some((old_order, old_regulation)) = last {
            acts::insert_link(tx, visit, regulation, old_regulation, Relation::Replaces).await?;
            acts::insert_link(tx, visit, order, old_order, Relation::Repeals).await?;
        }
        last = Some((order, regulation));
    }
    let mut next =
        draft(Kind::Order, "демо-61", visit.today - Days::new(3), "О порядке выдачи оборудования на руки (демо)");
    next.effective_from = coming;
    acts::insert(tx, visit, &next).await?;
    let Some((_, regulation)) = last else { return Err(Fault::NotFound) };
    let change = draft(
        Kind::Order,
        "демо-52",
        visit.today - Days::new(75),
        "О внесении изменений в Положение об обмене ресурсами (демо)",
    );
    let change = acts::insert(tx, visit, &change).await?;
    acts::insert_link(tx, visit, change, regulation, Relation::Amends).await?;
    Ok(regulation)
}

/// A plan for each of three academic years: two are over.
async fn plans(tx: &mut Tx, visit: &Visit) -> Result<(), Fault> {
    let now = if visit.today.month() >= 9 { visit.today.year() } else { visit.today.year() - 1 };
    for first in [2016, now - 1, now] {
        let mut plan = draft(
            Kind::Plan,
            "",
            day(first, 8, 30),
            &format!("План работы сети на {first}/{:02} учебный год (демо)", (first + 1) % 100),
        );
        (plan.effective_from, plan.effective_until) = (day(first, 9, 1), Some(day(first + 1, 8, 31)));
        acts::insert(tx, visit, &plan).await?;
    }
    Ok(())
}

/// The text of the demo's file.
const TEXT: &str = "Положение об обмене ресурсами в сети (демонстрационный образец)\r\n\r\n\
    1. Организация публикует, чем готова делиться: педагогами, помещениями, оборудованием, материалами.\r\n\
    2. Заявку решает владелец ресурса.\r\n\
    3. Что обе стороны подтвердили, входит в «Отдано / получено».\r\n";

/// Gives an act its file.
pub async fn file(visit: &Visit, files: &Files, act: ActId) -> Result<(), Fault> {
    let received =
        files.take(visit.new_id(), "Положение (демо).txt", TEXT.as_bytes()).await.map_err(|failure| match failure {
            Failure::Refused(refused) => refused.into(),
            Failure::Fault(fault) => fault,
        })?;
    let settled = files.settle(&visit.net, received, visit.now).await?;
    visit
        .net
        .transact(async |tx: &mut Tx| kit::files::attach(tx, visit, &settled, acts::KIND, act.0).await.map(drop))
        .await
}
