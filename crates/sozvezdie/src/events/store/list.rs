//! The SQL of the list of editions.
use super::{FROM, WHOLE};
use crate::{
    events::model::{Edition, EditionId, EditionState, EventKind, Format, Level, ListKind},
    organisations::OrganisationId,
    shell::AcademicYear,
};
use chrono::NaiveDate;
use kit::{
    Fault,
    access::Reach,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Where, args},
    text::name_key,
};
use std::collections::HashMap;
use uuid::Uuid;

kit::codes! {
    /// The order of the list.
    pub enum Sort { DateDown = "-date", Date = "date", Title = "title", TitleDown = "-title" }
}

/// On which lists an edition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    On(ListKind),
    /// On none of them.
    None,
}

/// Which editions, in which order.
#[derive(Clone, Debug)]
pub struct Filter {
    pub q: Option<String>,
    pub year: Option<AcademicYear>,
    pub kind: Option<EventKind>,
    pub level: Option<Level>,
    pub format: Option<Format>,
    pub state: Option<EditionState>,
    pub list: Option<Listed>,
    pub subject: Option<String>,
    pub organiser: Option<OrganisationId>,
    /// Only those that touch these days.
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub sort: Sort,
    /// Where drafts are seen.
    pub drafts: Reach,
}

/// The day an edition is sorted by; without days, the first of its academic year.
const DAY: &str = "COALESCE(e.starts_on, e.ends_on, CAST(e.academic_year AS TEXT) || '-09-01')";

const ON_LIST: &str =
    "EXISTS (SELECT 1 FROM event_listing g JOIN event_list_entry n ON n.network_id = $1 AND n.id = g.entry_id
    JOIN event_list l ON l.network_id = $1 AND l.id = n.list_id
    WHERE g.network_id = $1 AND g.edition_id = e.id AND g.state = 'confirmed'";

impl Filter {
    fn conditions(&self) -> Where {
        let mut w = Where::of("e");
        let pattern = self.q.as_deref().map(|q| format!("%{}%", name_key(q).replace(['\\', '%', '_'], " ")));
        if let Some(pattern) = pattern {
            let n = w.arg(pattern);
            w.and_raw(&format!("(e.title_key LIKE {n} OR v.title_key LIKE {n})"));
        }
        w.and_opt("e.academic_year = ?", self.year)
            .and_opt("v.kind = ?", self.kind)
            .and_opt("e.level = ?", self.level)
            .and_opt("e.format = ?", self.format)
            .and_opt("e.state = ?", self.state)
            .and_opt("e.subject = ?", self.subject.as_deref())
            .and_opt("e.organiser_id = ?", self.organiser);
        match self.list {
            Some(Listed::On(kind)) => {
                w.and(&format!("{ON_LIST} AND l.kind = ?)"), kind);
            }
            Some(Listed::None) => {
                w.and_raw(&format!("NOT {ON_LIST})"));
            }
            None => {}
        }
        if let Some((from, until)) = self.days {
            w.and("COALESCE(e.ends_on, e.starts_on) >= ?", from).and("COALESCE(e.starts_on, e.ends_on) <= ?", until);
        }
        let own = self.drafts.sql("e.organiser_id", &mut w.args);
        w.and_raw(&format!("(e.state <> 'draft' OR {own})"));
        w
    }
}

struct Sorted {
    edition: Edition,
    value: String,
}

impl kit::db::Row for Sorted {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        row.expect_columns(27)?;
        let edition = Edition {
            id: row.get(0)?,
            event_id: row.get(1)?,
            kind: row.get(2)?,
            paid: row.get(3)?,
            title: row.get(4)?,
            academic_year: row.get(5)?,
            level: row.get(6)?,
            format: row.get(7)?,
            subject: row.get(8)?,
            organiser: row.get(9)?,
            organiser_id: row.get(10)?,
            class_from: row.get(11)?,
            class_to: row.get(12)?,
            team_size: row.get(13)?,
            starts_on: row.get(14)?,
            ends_on: row.get(15)?,
            apply_until: row.get(16)?,
            place: row.get(17)?,
            site: row.get(18)?,
            act_id: row.get(19)?,
            prize_degrees: row.get(20)?,
            state: row.get(21)?,
            published_at: row.get(22)?,
            updated_at: row.get(23)?,
            updated_by: row.get(24)?,
            version: row.get(25)?,
        };
        Ok(Self { edition, value: row.get(26)? })
    }
}

/// One page of the list after `cursor`, and how many there are in all.
pub async fn list(net: &Net, filter: &Filter, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Edition>, Fault> {
    let mut w = filter.conditions();
    let total =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM {FROM} WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let mut reader = net.reader().await?;
    let total: i64 = reader.scalar(total, w.args.clone()).await?;
    let (column, down) = match filter.sort {
        Sort::DateDown => (DAY, true),
        Sort::Date => (DAY, false),
        Sort::Title => ("e.title", false),
        Sort::TitleDown => ("e.title", true),
    };
    if let Some(cursor) = cursor {
        let (value, id) = (w.arg(cursor.value.as_str()), w.arg(cursor.id));
        let sign = if down { '<' } else { '>' };
        w.and_raw(&format!("({column}, e.id) {sign} ({value}, {id})"));
    }
    let order = if down { "DESC" } else { "ASC" };
    let sql = format!(
        "SELECT {WHOLE}, {column} FROM {FROM} WHERE {} ORDER BY {column} {order}, e.id {order} LIMIT {}",
        w.sql(),
        size + 1
    );
    let mut items: Vec<Sorted> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items.last().filter(|_| more).map(|last| Cursor { value: last.value.clone(), id: last.edition.id.0 });
    Ok(Slice { items: items.into_iter().map(|s| s.edition).collect(), next, total })
}

/// The academic years that there are editions of, the latest first.
pub async fn years(net: &Net) -> Result<Vec<AcademicYear>, Fault> {
    let sql = "SELECT DISTINCT academic_year FROM event_edition WHERE network_id = $1 AND state <> 'draft' ORDER BY academic_year DESC";
    Ok(net.all::<(AcademicYear,)>(sql, args![]).await?.into_iter().map(|(year,)| year).collect())
}

/// The subjects that there are, in the order of the alphabet.
pub async fn subjects(net: &Net) -> Result<Vec<String>, Fault> {
    let sql =
        "SELECT DISTINCT subject FROM event_edition WHERE network_id = $1 AND subject IS NOT NULL AND state <> 'draft'";
    let mut all: Vec<String> = net.all::<(String,)>(sql, args![]).await?.into_iter().map(|(s,)| s).collect();
    all.sort();
    Ok(all)
}

/// How many editions of each kind there are, drafts where they are seen.
pub async fn counts(net: &Net, drafts: &Reach) -> Result<Vec<(EventKind, i64)>, Fault> {
    let mut w = Where::of("e");
    let own = drafts.sql("e.organiser_id", &mut w.args);
    w.and_raw(&format!("(e.state <> 'draft' OR {own})"));
    let sql = format!(
        "SELECT v.kind, COUNT(*) FROM event_edition e JOIN event v ON v.network_id = $1 AND v.id = e.event_id
         WHERE {} GROUP BY v.kind",
        w.sql()
    );
    let mut rows: Vec<(EventKind, i64)> = net.all(sql, w.args).await?;
    rows.sort_unstable_by_key(|(kind, _)| *kind);
    Ok(rows)
}

/// The lists that each of these editions stands on, as people have confirmed.
pub async fn lists_of(net: &Net, ids: &[EditionId]) -> Result<HashMap<EditionId, Vec<(ListKind, Option<i64>)>>, Fault> {
    let mut w = Where::of("g");
    w.and_in("g.edition_id", ids.iter().copied()).and_raw("g.state = 'confirmed'");
    let sql = format!(
        "SELECT DISTINCT g.edition_id, l.kind, n.rsosh_level FROM event_listing g
         JOIN event_list_entry n ON n.network_id = $1 AND n.id = g.entry_id
         JOIN event_list l ON l.network_id = $1 AND l.id = n.list_id WHERE {}",
        w.sql()
    );
    let mut rows: Vec<(EditionId, ListKind, Option<i64>)> = net.all(sql, w.args).await?;
    rows.sort_unstable();
    let mut all: HashMap<EditionId, Vec<_>> = HashMap::new();
    for (id, kind, level) in rows {
        all.entry(id).or_default().push((kind, level));
    }
    Ok(all)
}

/// How many different children entered an edition, whatever became of them; those withdrawn left out.
pub async fn entered(net: &Net, id: EditionId) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(DISTINCT learner_id) FROM participation WHERE network_id = $1 AND edition_id = $2 AND state <> 'withdrawn'";
    Ok(net.scalar(sql, args![id]).await?)
}

/// Organisations of the network that hold editions.
pub async fn organisers(net: &Net) -> Result<Vec<Uuid>, Fault> {
    let sql = "SELECT DISTINCT organiser_id FROM event_edition WHERE network_id = $1 AND organiser_id IS NOT NULL AND state <> 'draft'";
    Ok(net.all::<(Uuid,)>(sql, args![]).await?.into_iter().map(|(id,)| id).collect())
}
