//! The SQL of learners.
pub mod audit;
pub mod charges;
pub mod duplicates;
pub mod hanging;
pub mod import;
pub mod places;
pub mod rollover;
pub mod scope;
pub mod subject;

use super::model::{Guardian, Learner, LearnerDraft, Listed, Relation};
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Where, args},
    text::name_key,
};
use scope::Scope;
use std::collections::HashSet;
use uuid::Uuid;

/// Which learners.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub q: Option<String>,
    pub organisation: Option<OrganisationId>,
    pub class: Option<String>,
    /// Also those who have left.
    pub left: bool,
}

impl Filter {
    /// The condition on the learner `l`, for a list of children that another slice draws.
    pub fn conditions(&self, scope: &Scope) -> Where {
        let mut w = Where::of("l");
        let may = scope.sql("l", &mut w.args);
        w.and_raw(&may);
        // Every word begins a word of the name; a person types words, not patterns.
        for word in self.q.iter().flat_map(|q| words(q)).take(5) {
            w.and("(' ' || l.name_key) LIKE ?", format!("% {word}%"));
        }
        w.and_opt("l.organisation_id = ?", self.organisation).and_opt("l.class_name = ?", self.class.as_deref());
        if !self.left {
            w.and_raw("l.enrolled");
        }
        w
    }
}

impl Filter {
    /// How well a learner `l` fits what was looked for, as a digit to sort by: a word is the whole family name,
    /// begins it, or is found elsewhere. Nothing was looked for: all fit alike.
    fn rank(&self, w: &mut Where) -> Option<String> {
        let typed: Vec<String> = self.q.iter().flat_map(|q| words(q)).take(5).collect();
        if typed.is_empty() {
            return None;
        }
        let mut any = |form: &dyn Fn(&str) -> String| {
            let like = |word: &String| format!("(l.name_key || ' ') LIKE {}", w.arg(form(word)));
            typed.iter().map(like).collect::<Vec<_>>().join(" OR ")
        };
        let (whole, begins) = (any(&|word| format!("{word} %")), any(&|word| format!("{word}%")));
        Some(format!("CASE WHEN {whole} THEN '0' WHEN {begins} THEN '1' ELSE '2' END"))
    }
}

fn words(q: &str) -> Vec<String> {
    let key = name_key(q).replace(['\\', '%', '_'], " ");
    key.split_whitespace().map(str::to_owned).collect()
}

const LISTED: &str = "l.id, l.full_name, l.birth_date, l.organisation_id, o.short_name, l.class_name, l.enrolled";
const FROM: &str = "learner l JOIN organisation o ON o.network_id = $1 AND o.id = l.organisation_id";

/// A row of the list with how well it fits what was looked for.
struct Found {
    listed: Listed,
    rank: String,
}

impl kit::db::Row for Found {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        row.expect_columns(8)?;
        let listed = Listed {
            id: row.get(0)?,
            full_name: row.get(1)?,
            birth_date: row.get(2)?,
            organisation: row.get(3)?,
            organisation_name: row.get(4)?,
            class_name: row.get(5)?,
            enrolled: row.get(6)?,
        };
        Ok(Self { listed, rank: row.get(7)? })
    }
}

/// One page of the learners within the scope, those who fit best first and by name, and how many there are in all.
pub async fn list(
    net: &Net,
    scope: &Scope,
    filter: &Filter,
    cursor: Option<&Cursor>,
    size: i64,
) -> Result<Slice<Listed>, Fault> {
    let mut w = filter.conditions(scope);
    let mut reader = net.reader().await?;
    let count =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM learner l WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let total: i64 = reader.scalar(count, w.args.clone()).await?;
    let rank = filter.rank(&mut w);
    if let Some(cursor) = cursor {
        // Of a search the cursor begins with the rank.
        let (place, name) = match &rank {
            Some(_) => cursor.value.split_at_checked(1).unwrap_or(("", &cursor.value)),
            None => ("", cursor.value.as_str()),
        };
        let (name, id) = (w.arg(name), w.arg(cursor.id));
        match &rank {
            Some(rank) => {
                let place = w.arg(place);
                w.and_raw(&format!(
                    "({rank} > {place} OR ({rank} = {place} AND (l.full_name, l.id) > ({name}, {id})))"
                ));
            }
            None => {
                w.and_raw(&format!("(l.full_name, l.id) > ({name}, {id})"));
            }
        }
    }
    let limit = w.arg(size + 1);
    let (shown, first) = match &rank {
        Some(rank) => (rank.as_str(), "ranked, "),
        None => ("''", ""),
    };
    let sql = format!(
        "SELECT {LISTED}, {shown} AS ranked FROM {FROM} WHERE {} ORDER BY {first}l.full_name, l.id LIMIT {limit}",
        w.sql()
    );
    let mut items: Vec<Found> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let last = |f: &Found| Cursor { value: format!("{}{}", f.rank, f.listed.full_name), id: f.listed.id.0 };
    let next = items.last().filter(|_| more).map(last);
    Ok(Slice { items: items.into_iter().map(|f| f.listed).collect(), next, total })
}

/// The classes and groups within the scope, with how many are in each.
pub async fn classes(
    net: &Net,
    scope: &Scope,
    organisation: Option<OrganisationId>,
) -> Result<Vec<(String, i64)>, Fault> {
    let mut w = Filter { organisation, ..Filter::default() }.conditions(scope);
    w.and_raw("l.class_name IS NOT NULL");
    let sql = format!(
        "SELECT l.class_name, COUNT(*) FROM learner l WHERE {} GROUP BY l.class_number, l.class_name
         ORDER BY CASE WHEN l.class_number IS NULL THEN 0 ELSE 1 END, l.class_number, l.class_name",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// The organisations of the learners within the scope.
pub async fn organisations(net: &Net, scope: &Scope) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let mut w = Filter { left: true, ..Filter::default() }.conditions(scope);
    let limit = w.arg(200_i64);
    let sql = format!(
        "SELECT o.id, o.short_name FROM organisation o WHERE o.network_id = $1 AND o.id IN
           (SELECT l.organisation_id FROM learner l WHERE {}) ORDER BY o.short_name, o.id LIMIT {limit}",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

const WHOLE: &str =
    "l.id, l.full_name, l.birth_date, l.sex, l.snils, l.guardian_phone, l.organisation_id, l.class_number,
    l.class_name, l.enrolled, l.updated_at, l.updated_by, l.version";

/// The record, if it is within the scope.
pub async fn find(net: &Net, scope: &Scope, id: PersonId) -> Result<Option<Learner>, Fault> {
    let mut w = Where::of("l");
    w.and("l.id = ?", id);
    let may = scope.sql("l", &mut w.args);
    w.and_raw(&may);
    Ok(net.opt(format!("SELECT {WHOLE} FROM learner l WHERE {}", w.sql()), w.args).await?)
}

/// The record, whoever asks: for what the program itself does.
pub async fn find_in(tx: &mut Tx, id: PersonId) -> Result<Option<Learner>, Fault> {
    let sql = format!("SELECT {WHOLE} FROM learner l WHERE l.network_id = $1 AND l.id = $2 AND l.merged_into IS NULL");
    Ok(tx.opt(sql, args![id]).await?)
}

pub async fn insert(
    tx: &mut Tx,
    id: PersonId,
    d: &LearnerDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO learner (network_id, id, full_name, name_key, birth_date, sex, snils, guardian_phone, organisation_id,
                 enrolled, created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE, $10, $11, $10, $11, 1)";
    let full = d.name.full();
    let key = name_key(&full);
    let args = args![id, full, key, d.birth_date, d.sex, &d.snils, &d.guardian_phone, d.organisation, now, actor];
    tx.run(sql, args).await?;
    Ok(())
}

/// False when the version is no longer the one that was edited.
pub async fn update(
    tx: &mut Tx,
    id: PersonId,
    version: i64,
    d: &LearnerDraft,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let sql =
        "UPDATE learner SET full_name = $4, name_key = $5, birth_date = $6, sex = $7, snils = $8, guardian_phone = $9,
                 updated_at = $10, updated_by = $11, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3 AND merged_into IS NULL";
    let full = d.name.full();
    let key = name_key(&full);
    let args = args![id, version, full, key, d.birth_date, d.sex, &d.snils, &d.guardian_phone, now, actor];
    Ok(tx.run(sql, args).await? == 1)
}

/// Counts one more change of what hangs on a record.
pub async fn touch(tx: &mut Tx, id: PersonId, actor: Option<Uuid>, now: DateTime<Utc>) -> Result<(), Fault> {
    let sql =
        "UPDATE learner SET updated_at = $3, updated_by = $4, version = version + 1 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, now, actor]).await?;
    Ok(())
}

/// Those who answer for a child, by name.
pub async fn guardians(net: &Net, id: PersonId) -> Result<Vec<Guardian>, Fault> {
    let sql = "SELECT g.person_id, g.relation, g.until_date, p.last_name, p.first_name, p.patronymic, p.phone, p.email
               FROM guardian g JOIN person p ON p.network_id = $1 AND p.id = g.person_id
               WHERE g.network_id = $1 AND g.learner_id = $2 ORDER BY p.last_name, p.first_name, p.id";
    Ok(net.all(sql, args![id]).await?)
}

/// Somebody who is a guardian already, of whatever child: the same name with the same address or
/// telephone. A mother of two is one person.
pub async fn known_guardian(
    tx: &mut Tx,
    name: &str,
    email: Option<&str>,
    phone: Option<&str>,
) -> Result<Option<PersonId>, Fault> {
    let sql = "SELECT p.id FROM person p WHERE p.network_id = $1 AND p.name_key = $2
               AND ((p.email IS NOT NULL AND LOWER(p.email) = $3) OR (p.phone IS NOT NULL AND p.phone = $4))
               AND EXISTS (SELECT 1 FROM guardian g WHERE g.network_id = $1 AND g.person_id = p.id)
               ORDER BY p.id LIMIT 1";
    let found: Option<(PersonId,)> = tx.opt(sql, args![name_key(name), email.map(str::to_lowercase), phone]).await?;
    Ok(found.map(|(id,)| id))
}

/// Whether somebody holds the role of a guardian in an organisation.
pub async fn is_guardian_in(tx: &mut Tx, person: PersonId, organisation: OrganisationId) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM role_grant WHERE network_id = $1 AND person_id = $2 AND organisation_id = $3
               AND role = 'guardian' AND until_date IS NULL LIMIT 1";
    Ok(tx.opt::<(i64,)>(sql, args![person, organisation]).await?.is_some())
}

/// Names a guardian; named again, the newer word holds.
pub async fn put_guardian(
    tx: &mut Tx,
    learner: PersonId,
    person: PersonId,
    relation: Relation,
    until: Option<NaiveDate>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO guardian (network_id, learner_id, person_id, relation, until_date) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (network_id, learner_id, person_id) DO UPDATE SET relation = excluded.relation, until_date = excluded.until_date";
    tx.run(sql, args![learner, person, relation, until]).await?;
    Ok(())
}

/// Ends a guardian's right. False when there is none.
pub async fn end_guardian(tx: &mut Tx, learner: PersonId, person: PersonId, until: NaiveDate) -> Result<bool, Fault> {
    let sql = "UPDATE guardian SET until_date = $4
               WHERE network_id = $1 AND learner_id = $2 AND person_id = $3 AND (until_date IS NULL OR until_date > $4)";
    Ok(tx.run(sql, args![learner, person, until]).await? == 1)
}

/// Says who leads a class from a day on.
pub async fn put_lead(
    tx: &mut Tx,
    id: Uuid,
    organisation: OrganisationId,
    class: &str,
    person: PersonId,
    from: NaiveDate,
) -> Result<(), Fault> {
    let sql = "INSERT INTO class_lead (network_id, id, organisation_id, class_name, person_id, from_date) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![id, organisation, class, person, from]).await?;
    Ok(())
}

/// Those of these children who are within a scope.
pub async fn within(net: &Net, scope: &Scope, ids: &[PersonId]) -> Result<HashSet<PersonId>, Fault> {
    let mut all = HashSet::new();
    for some in ids.chunks(500) {
        let mut w = Where::of("l");
        let may = scope.sql("l", &mut w.args);
        w.and_raw(&may).and_in("l.id", some.iter().copied());
        let sql = format!("SELECT l.id FROM learner l WHERE {}", w.sql());
        all.extend(net.all::<(PersonId,)>(sql, w.args).await?.into_iter().map(|(id,)| id));
    }
    Ok(all)
}
