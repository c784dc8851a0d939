//! The SQL of who is given charge of children.
use crate::{
    organisations::OrganisationId,
    people::{PersonId, PersonName},
};
use chrono::NaiveDate;
use kit::{
    Fault,
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

/// Who leads a class.
#[derive(Clone, Debug)]
pub struct Lead {
    pub id: Uuid,
    pub class: String,
    pub name: String,
    pub from: NaiveDate,
}

type Named = (Uuid, String, String, String, Option<String>, NaiveDate);

/// Those who lead classes of an organisation today, by class.
pub async fn leads(net: &Net, organisation: OrganisationId, today: NaiveDate) -> Result<Vec<Lead>, Fault> {
    let sql = "SELECT c.id, c.class_name, p.last_name, p.first_name, p.patronymic, c.from_date
               FROM class_lead c JOIN person p ON p.network_id = $1 AND p.id = c.person_id
               WHERE c.network_id = $1 AND c.organisation_id = $2 AND (c.until_date IS NULL OR c.until_date >= $3)
               ORDER BY c.class_name, p.name_key, c.id";
    let rows: Vec<Named> = net.all(sql, args![organisation, today]).await?;
    let lead = |(id, class, last, first, patronymic, from)| {
        let name = PersonName { last, first, patronymic }.full();
        Lead { id, class, name, from }
    };
    Ok(rows.into_iter().map(lead).collect())
}

/// Those who hold one of these roles in an organisation today, by name.
pub async fn holders(
    net: &Net,
    organisation: OrganisationId,
    roles: &[&str],
    today: NaiveDate,
) -> Result<Vec<(PersonId, String)>, Fault> {
    let mut w = Where::of("g");
    w.and("g.organisation_id = ?", organisation).and_in("g.role", roles.iter().copied());
    w.and("g.from_date <= ?", today).and("(g.until_date IS NULL OR g.until_date >= ?)", today);
    let sql = format!(
        "SELECT p.id, p.last_name, p.first_name, p.patronymic FROM person p WHERE p.network_id = $1 AND p.id IN
           (SELECT g.person_id FROM role_grant g WHERE {}) ORDER BY p.name_key, p.id",
        w.sql()
    );
    let rows: Vec<(PersonId, String, String, Option<String>)> = net.all(sql, w.args).await?;
    Ok(rows
        .into_iter()
        .map(|(id, last, first, patronymic)| (id, PersonName { last, first, patronymic }.full()))
        .collect())
}

/// A right ends the day before, so that it opens nothing from today on.
pub async fn end_leads_of(
    tx: &mut Tx,
    organisation: OrganisationId,
    class: &str,
    today: NaiveDate,
) -> Result<(), Fault> {
    let sql = "UPDATE class_lead SET until_date = $4 WHERE network_id = $1 AND organisation_id = $2 AND class_name = $3
                 AND (until_date IS NULL OR until_date > $4)";
    tx.run(sql, args![organisation, class, today.pred_opt()]).await?;
    Ok(())
}

pub async fn end_lead(tx: &mut Tx, id: Uuid, organisations: &[Uuid], today: NaiveDate) -> Result<bool, Fault> {
    let mut w = Where::new();
    let last = w.arg(today.pred_opt());
    w.and("id = ?", id).and_in("organisation_id", organisations.iter().copied());
    w.and_raw(&format!("(until_date IS NULL OR until_date > {last})"));
    let sql = format!("UPDATE class_lead SET until_date = {last} WHERE {}", w.sql());
    Ok(tx.run(sql, w.args).await? == 1)
}

/// In whose charge a child is.
#[derive(Clone, Debug)]
pub struct Charge {
    pub id: Uuid,
    pub name: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

pub async fn charges(net: &Net, learner: PersonId, today: NaiveDate) -> Result<Vec<Charge>, Fault> {
    type Line = (Uuid, String, String, Option<String>, NaiveDate, Option<NaiveDate>);
    let sql = "SELECT g.id, p.last_name, p.first_name, p.patronymic, g.from_date, g.until_date
               FROM learner_ground g JOIN person p ON p.network_id = $1 AND p.id = g.person_id
               WHERE g.network_id = $1 AND g.learner_id = $2 AND g.kind = 'assignment' AND (g.until_date IS NULL OR g.until_date >= $3)
               ORDER BY p.name_key, g.id";
    let rows: Vec<Line> = net.all(sql, args![learner, today]).await?;
    let charge = |(id, last, first, patronymic, from, until)| {
        let name = PersonName { last, first, patronymic }.full();
        Charge { id, name, from, until }
    };
    Ok(rows.into_iter().map(charge).collect())
}

const END: &str =
    "UPDATE learner_ground SET until_date = $4 WHERE network_id = $1 AND learner_id = $2 AND kind = 'assignment'
    AND (until_date IS NULL OR until_date > $4)";

pub async fn end_charge(tx: &mut Tx, learner: PersonId, id: Uuid, today: NaiveDate) -> Result<bool, Fault> {
    Ok(tx.run(format!("{END} AND id = $3"), args![learner, id, today.pred_opt()]).await? == 1)
}

pub async fn end_charges_of(tx: &mut Tx, learner: PersonId, person: PersonId, today: NaiveDate) -> Result<(), Fault> {
    let sql = format!("{END} AND person_id = $3 AND source_id = $3");
    tx.run(sql, args![learner, person, today.pred_opt()]).await?;
    Ok(())
}
