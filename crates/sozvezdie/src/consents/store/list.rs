//! The SQL of the list: children by class, with what is there and what is missing.
use crate::{
    consents::model::Purpose,
    learners::{self, Scope},
    organisations::OrganisationId,
    people::{PersonId, PersonName},
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

kit::codes! {
    /// Which children are shown: all, those without a consent in force, those whose form is out.
    pub enum Shown { All = "all", Missing = "missing", Printed = "printed" }
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Child {
    pub id: PersonId,
    pub full_name: String,
    pub birth_date: NaiveDate,
    pub organisation: OrganisationId,
    pub class_name: Option<String>,
}
kit::db::row!(Child { id, full_name, birth_date, organisation, class_name });

/// Which children are asked for.
#[derive(Clone, Debug)]
pub struct Which {
    pub scope: Scope,
    pub filter: learners::Filter,
    /// The organisations that the viewer answers for, with those that went over into them.
    pub organisations: Vec<Uuid>,
    pub shown: Shown,
    pub purposes: Vec<Purpose>,
    pub today: NaiveDate,
}

impl Which {
    fn conditions(&self) -> Where {
        let mut w = self.filter.conditions(&self.scope);
        w.and_in("l.organisation_id", self.organisations.iter().copied());
        let any: Vec<String> = match self.shown {
            Shown::All => return w,
            // Nothing is collected: nothing is missing.
            _ if self.purposes.is_empty() => vec!["FALSE".to_owned()],
            Shown::Missing => self.missing(&mut w),
            Shown::Printed => {
                let draft = "EXISTS (SELECT 1 FROM consent c WHERE c.network_id = $1 AND c.learner_id = l.id
                               AND c.purpose = {purpose} AND c.state = 'draft')";
                self.purposes.iter().map(|purpose| draft.replace("{purpose}", &w.arg(*purpose))).collect()
            }
        };
        w.and_raw(&format!("({})", any.join(" OR ")));
        w
    }

    /// What a child is missing. Of each purpose but the transfer, which is signed for each recipient, one
    /// consent at most is in force: they are counted in one walk. For an IN SQLite would seek each of them.
    fn missing(&self, w: &mut Where) -> Vec<String> {
        let today = w.arg(self.today);
        let in_force = format!(
            "FROM consent c WHERE c.network_id = $1 AND c.learner_id = l.id AND c.state = 'signed'
               AND (c.until_date IS NULL OR c.until_date >= {today})"
        );
        let (by_recipient, single): (Vec<Purpose>, Vec<Purpose>) =
            self.purposes.iter().partition(|purpose| **purpose == Purpose::Transfer);
        let mut any: Vec<String> = by_recipient
            .into_iter()
            .map(|purpose| format!("NOT EXISTS (SELECT 1 {in_force} AND c.purpose = {})", w.arg(purpose)))
            .collect();
        if !single.is_empty() {
            let asked: Vec<String> =
                single.iter().map(|purpose| format!(" WHEN {} THEN TRUE", w.arg(*purpose))).collect();
            let asked = asked.concat();
            let all = single.len();
            any.push(format!("(SELECT COUNT(*) {in_force} AND CASE c.purpose{asked} ELSE FALSE END) < {all}"));
        }
        any
    }
}

/// What is missing is asked child by child: beyond this it is only «more than».
const ENOUGH: i64 = 1_000;

impl Which {
    /// How far the list is counted.
    pub fn counted(&self) -> i64 {
        if self.shown == Shown::All { COUNTED } else { ENOUGH }
    }
}

const CHILD: &str = "l.id, l.full_name, l.birth_date, l.organisation_id, l.class_name";

/// One page by name, and how many there are in all.
pub async fn page(net: &Net, which: &Which, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Child>, Fault> {
    let mut w = which.conditions();
    let mut reader = net.reader().await?;
    let count = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM learner l WHERE {} LIMIT {}) AS counted",
        w.sql(),
        which.counted() + 1
    );
    let counted = w.args.clone();
    if let Some(cursor) = cursor {
        let (value, id) = (w.arg(cursor.value.as_str()), w.arg(cursor.id));
        w.and_raw(&format!("(l.full_name, l.id) > ({value}, {id})"));
    }
    let limit = w.arg(size + 1);
    let sql = format!("SELECT {CHILD} FROM learner l WHERE {} ORDER BY l.full_name, l.id LIMIT {limit}", w.sql());
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let mut items: Vec<Child> = if most == 0 { Vec::new() } else { reader.all(sql, w.args).await? };
    // All are on the page: the children are not walked through once more.
    let total = if cursor.is_none() && most > 0 && items.len() <= most {
        i64::try_from(items.len()).unwrap_or(i64::MAX)
    } else {
        reader.scalar(count, counted).await?
    };
    let more = items.len() > most;
    items.truncate(most);
    let next = items.last().filter(|_| more).map(|c| Cursor { value: c.full_name.clone(), id: c.id.0 });
    Ok(Slice { items, next, total })
}

/// Those of these children whom the viewer may collect from.
pub async fn among(net: &Net, scope: &Scope, organisations: &[Uuid], ids: &[PersonId]) -> Result<Vec<Child>, Fault> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut w = learners::Filter { left: true, ..learners::Filter::default() }.conditions(scope);
        w.and_in("l.organisation_id", organisations.iter().copied()).and_in("l.id", some.iter().copied());
        let sql = format!("SELECT {CHILD} FROM learner l WHERE {} ORDER BY l.full_name, l.id", w.sql());
        all.extend(net.all::<Child>(sql, w.args).await?);
    }
    Ok(all)
}

/// Which purposes an organisation collects or does not, where it has said so.
pub async fn needs(net: &Net, organisation: OrganisationId) -> Result<Vec<(Purpose, bool)>, Fault> {
    let sql = "SELECT purpose, is_collected FROM consent_need WHERE network_id = $1 AND organisation_id = $2";
    Ok(net.all(sql, args![organisation]).await?)
}

pub async fn put_need(
    tx: &mut Tx,
    organisation: OrganisationId,
    purpose: Purpose,
    is_collected: bool,
) -> Result<(), Fault> {
    let sql = "INSERT INTO consent_need (network_id, organisation_id, purpose, is_collected) VALUES ($1, $2, $3, $4)
               ON CONFLICT (network_id, organisation_id, purpose) DO UPDATE SET is_collected = excluded.is_collected";
    tx.run(sql, args![organisation, purpose, is_collected]).await?;
    Ok(())
}

/// Takes a post back: what it signed is a form again. Gives the consents with their children.
pub async fn unsign(
    tx: &mut Tx,
    visit: &Visit,
    batch: Uuid,
    organisations: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>, Fault> {
    let mut w = Where::new();
    let (now, person) = (w.arg(visit.now), w.arg(visit.viewer.person));
    w.and("batch_id = ?", batch).and_raw("state = 'signed'").and_in("organisation_id", organisations.iter().copied());
    // A form printed anew meanwhile stays the one form.
    w.and_raw(
        "NOT EXISTS (SELECT 1 FROM consent d WHERE d.network_id = $1 AND d.learner_id = consent.learner_id
           AND d.purpose = consent.purpose AND d.state = 'draft')",
    );
    let sql = format!(
        "UPDATE consent SET state = 'draft', signer_id = NULL, authority = NULL, categories = '', way = NULL, signed_on = NULL,
           until_date = NULL, batch_id = NULL, updated_at = {now}, updated_by = {person}, version = version + 1
         WHERE {} RETURNING id, learner_id",
        w.sql()
    );
    Ok(tx.all(sql, w.args).await?)
}

/// How many a post signed that can still be taken back.
pub async fn of_batch(net: &Net, batch: Uuid) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) FROM consent WHERE network_id = $1 AND batch_id = $2 AND state = 'signed'";
    Ok(net.scalar(sql, args![batch]).await?)
}

/// A form that has not come back.
#[derive(Clone, Debug)]
pub struct Out {
    pub number: i64,
    pub learner: PersonId,
    pub purpose: Purpose,
    pub recipient: Option<OrganisationId>,
}
kit::db::row!(Out { number, learner, purpose, recipient });

/// The forms with these numbers that have not come back.
pub async fn by_numbers(net: &Net, numbers: &[i64]) -> Result<Vec<Out>, Fault> {
    let mut w = Where::new();
    w.and_raw("state = 'draft'").and_in("number", numbers.iter().copied());
    let sql = format!("SELECT number, learner_id, purpose, recipient_id FROM consent WHERE {}", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// The id of the form with a number.
pub async fn numbered(net: &Net, number: i64) -> Result<Option<Uuid>, Fault> {
    let sql = "SELECT id FROM consent WHERE network_id = $1 AND number = $2";
    Ok(net.opt::<(Uuid,)>(sql, args![number]).await?.map(|(id,)| id))
}

/// What was permitted in public is put right.
pub async fn put_categories(tx: &mut Tx, visit: &Visit, id: Uuid, categories: &str) -> Result<bool, Fault> {
    let sql = "UPDATE consent SET categories = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = 'signed'";
    Ok(tx.run(sql, args![id, categories, visit.now, visit.viewer.person]).await? == 1)
}

/// Those of these children whom the viewer may see at all.
pub async fn whose(net: &Net, scope: &Scope, ids: &[PersonId]) -> Result<Vec<Child>, Fault> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut w = learners::Filter { left: true, ..learners::Filter::default() }.conditions(scope);
        w.and_in("l.id", some.iter().copied());
        all.extend(net.all::<Child>(format!("SELECT {CHILD} FROM learner l WHERE {}", w.sql()), w.args).await?);
    }
    Ok(all)
}

/// Who answers for a child.
#[derive(Clone, Debug)]
pub struct Guarding {
    pub learner: PersonId,
    pub person: PersonId,
    pub relation: learners::Relation,
    pub name: String,
}

/// Who answers for these children today, by name.
pub async fn guardians(net: &Net, children: &[PersonId], today: NaiveDate) -> Result<Vec<Guarding>, Fault> {
    type Line = (PersonId, PersonId, learners::Relation, String, String, Option<String>);
    let mut all = Vec::new();
    for some in children.chunks(500) {
        let mut w = Where::of("g");
        w.and("(g.until_date IS NULL OR g.until_date >= ?)", today).and_in("g.learner_id", some.iter().copied());
        let sql = format!(
            "SELECT g.learner_id, g.person_id, g.relation, p.last_name, p.first_name, p.patronymic FROM guardian g
             JOIN person p ON p.network_id = $1 AND p.id = g.person_id WHERE {} ORDER BY p.name_key, p.id",
            w.sql()
        );
        all.extend(net.all::<Line>(sql, w.args).await?.into_iter().map(
            |(learner, person, relation, last, first, patronymic)| Guarding {
                learner,
                person,
                relation,
                name: PersonName { last, first, patronymic }.full(),
            },
        ));
    }
    Ok(all)
}

/// Whether this network takes a signature in the program for a simple electronic one.
pub async fn signs_here(net: &Net) -> Result<bool, Fault> {
    let sql = "SELECT is_allowed FROM consent_signing WHERE network_id = $1";
    Ok(net.opt::<(bool,)>(sql, args![]).await?.is_some_and(|(allowed,)| allowed))
}

pub async fn put_signing(tx: &mut Tx, is_allowed: bool, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql = "INSERT INTO consent_signing (network_id, is_allowed, at) VALUES ($1, $2, $3)
               ON CONFLICT (network_id) DO UPDATE SET is_allowed = excluded.is_allowed, at = excluded.at";
    tx.run(sql, args![is_allowed, now]).await?;
    Ok(())
}
