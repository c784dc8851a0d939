//! The SQL of the figures. The rules of what counts stand in one place, [`COUNTED`] and [`PENDING`].
use super::{
    model::{Among, By, Counts, Line, Maybe, Of, OnList, Selection, Side, Whose},
    tally::{About, Row, Tally},
};
use crate::{
    events::{EditionId, Format, Level, ListKind},
    learners::Scope,
    organisations::OrganisationId,
    people::PersonId,
    results::{Award, ParticipationId, ResultState, State},
    shell::AcademicYear,
};
use kit::{
    Fault,
    access::Reach,
    cursor::{COUNTED as MOST, Cursor, Slice},
    db::{Net, Reader, Val, Where, args},
};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// Counted: the edition's results are published, and the child took part with a confirmed result or
/// was disqualified, which is a participation without a prize (`domain.md` §5). Of `p` in
/// `participation` and `e` in `event_edition`.
pub const COUNTED: &str = "(e.state = 'published' AND ((p.state = 'took_part' AND p.result_state IN ('confirmed', 'approved')) OR p.state = 'disqualified'))";

/// Took part, and what came of it is not settled.
pub const PENDING: &str =
    "(e.state <> 'published' OR (p.state = 'took_part' AND p.result_state NOT IN ('confirmed', 'approved')))";

/// Looked at at all, of the same two: an edition of several stages is one event, so that only the stages
/// that count are; who did not come did not take part.
pub const TAKEN: &str = "p.counted = TRUE AND p.state IN ('took_part', 'disqualified') AND e.state <> 'cancelled'";

const LISTED: &str =
    "EXISTS (SELECT 1 FROM event_listing g JOIN event_list_entry n ON n.network_id = $1 AND n.id = g.entry_id
    JOIN event_list l ON l.network_id = $1 AND l.id = n.list_id
    WHERE g.network_id = $1 AND g.edition_id = e.id AND g.state = 'confirmed'";

const FROM: &str = "participation p JOIN event_edition e ON e.network_id = $1 AND e.id = p.edition_id";

fn column(side: Side) -> &'static str {
    match side {
        Side::Main => "p.organisation_id",
        Side::Sending => "p.sending_id",
        Side::Preparing => "p.preparing_id",
    }
}

fn and_maybe<T: kit::db::Bind + Clone>(w: &mut Where, column: &str, value: Option<&Maybe<T>>) {
    match value {
        Some(Maybe(Some(value))) => {
            w.and(&format!("{column} = ?"), value.clone());
        }
        Some(Maybe(None)) => {
            w.and_raw(&format!("{column} IS NULL"));
        }
        None => {}
    }
}

/// Rows with any of several values.
fn and_among(w: &mut Where, side: Side, among: &Among) {
    let keys = among.keys.iter();
    let numbers = among.keys.iter().filter_map(|key| key.parse::<i64>().ok());
    match among.by {
        By::Organisation => w.and_in(column(side), keys.filter_map(|key| key.parse::<Uuid>().ok())),
        By::Level => w.and_in("e.level", keys.map(String::as_str)),
        By::Format => w.and_in("e.format", keys.map(String::as_str)),
        By::Subject => w.and_in("e.subject", keys.map(String::as_str)),
        By::Year => w.and_in("p.academic_year", numbers),
        By::Class => w.and_in("p.class_number", numbers),
        By::Age => w.and_in("p.age", numbers),
        By::List => {
            let kinds: Vec<String> = keys.map(|key| w.arg(key.as_str())).collect();
            w.and_raw(&format!("{LISTED} AND l.kind IN ({}))", kinds.join(", ")))
        }
    };
}

/// The rows of a selection that took part, within reach.
fn conditions(s: &Selection, reach: &Reach) -> Where {
    let mut w = Where::of("p");
    w.and_in("p.academic_year", s.years());
    // Said as equalities: SQLite walks an index by nothing else.
    w.and_raw(match s.whose {
        Whose::Centre => "p.centre_member = TRUE",
        Whose::All => "p.centre_member IN (TRUE, FALSE)",
    });
    w.and_raw(TAKEN);
    w.and_opt("e.level = ?", s.level).and_opt("e.format = ?", s.format).and_opt("e.id = ?", s.edition);
    w.and_opt("p.award = ?", s.award);
    and_maybe(&mut w, "e.subject", s.subject.as_ref());
    and_maybe(&mut w, "p.class_number", s.class.as_ref());
    and_maybe(&mut w, "p.age", s.age.as_ref());
    and_maybe(&mut w, column(s.side), s.organisation.as_ref());
    if let Some(among) = &s.among {
        and_among(&mut w, s.side, among);
    }
    match s.list {
        Some(OnList::Of(kind)) => {
            w.and(&format!("{LISTED} AND l.kind = ?)"), kind);
        }
        Some(OnList::Any) => {
            w.and_raw(&format!("{LISTED})"));
        }
        Some(OnList::None) => {
            w.and_raw(&format!("NOT {LISTED})"));
        }
        None => {}
    }
    if s.without_paid {
        let paid = "EXISTS (SELECT 1 FROM event v WHERE v.network_id = $1 AND v.id = e.event_id AND v.paid)";
        w.and_raw(&format!("NOT ({paid} AND NOT {LISTED}))"));
    }
    if *reach != Reach::Network {
        let ways: Vec<String> = Side::ALL.iter().map(|side| reach.sql(column(*side), &mut w.args)).collect();
        w.and_raw(&format!("({})", ways.join(" OR ")));
    }
    w
}

/// Counts a selection with these breakdowns, of each its lines in no order. Every participation of the
/// years is read once, year by year, out of one index; what is different is counted beside, where one
/// walk does for all lines. `COUNT(DISTINCT …)` sorts all rows again for each of its numbers.
pub async fn count(net: &Net, s: &Selection, parts: &[By], reach: &Reach) -> Result<(Counts, Vec<Vec<Line>>), Fault> {
    let mut reader = net.slow().reader().await?;
    let of_editions = parts.iter().any(|by| matches!(by, By::Level | By::Format | By::Subject | By::List));
    let mut tally = Tally::new(parts);
    for year in s.years() {
        let (sql, args) = walk(s, year, reach);
        let rows: Vec<Row> = reader.all(sql, args).await?;
        // Asked for afterwards: of every row that was read the edition is there.
        let editions = if of_editions && !rows.is_empty() { about(&mut reader, year).await? } else { HashMap::new() };
        let added = tokio::task::spawn_blocking(move || {
            tally.add(year, &rows, &editions);
            tally
        });
        tally = added.await.map_err(anyhow::Error::from)?;
    }
    Ok(tally.counts())
}

/// The statement that reads what a selection counts of one year. The editions come first, so that what
/// depends on them is looked at once for each and not once for each row.
pub(super) fn walk(s: &Selection, year: AcademicYear, reach: &Reach) -> (String, Vec<Val>) {
    let mut w = conditions(&Selection { from: year, to: year, ..s.clone() }, reach);
    w.and_raw("e.network_id = $1 AND p.edition_id = e.id").and("e.academic_year = ?", year);
    let sql = format!(
        "SELECT p.edition_id, p.learner_id, p.team_id, {COUNTED}, p.prize, {PENDING}, p.class_number, p.age, {}
         FROM event_edition e CROSS JOIN participation p WHERE {}",
        column(s.side),
        w.sql()
    );
    (sql, w.args)
}

/// The editions of a year with the lists that they stand on.
async fn about(reader: &mut Reader, year: AcademicYear) -> Result<HashMap<EditionId, About>, Fault> {
    let sql = "SELECT id, level, format, subject FROM event_edition WHERE network_id = $1 AND academic_year = $2";
    let rows: Vec<(EditionId, Level, Format, Option<String>)> = reader.all(sql, args![year]).await?;
    let mut editions: HashMap<EditionId, About> = rows
        .into_iter()
        .map(|(id, level, format, subject)| {
            (id, About { level, format, subject: subject.map(Into::into), lists: Vec::new() })
        })
        .collect();
    let sql = "SELECT DISTINCT g.edition_id, l.kind FROM event_edition e
               JOIN event_listing g ON g.network_id = $1 AND g.edition_id = e.id
               JOIN event_list_entry n ON n.network_id = $1 AND n.id = g.entry_id
               JOIN event_list l ON l.network_id = $1 AND l.id = n.list_id
               WHERE e.network_id = $1 AND e.academic_year = $2 AND g.state = 'confirmed'";
    for (edition, kind) in reader.all::<(EditionId, ListKind)>(sql, args![year]).await? {
        if let Some(about) = editions.get_mut(&edition) {
            about.lists.push(kind);
        }
    }
    Ok(editions)
}

/// One row behind a figure. The child is named to those alone who may see its record.
#[derive(Clone, Debug, Serialize)]
pub struct Behind {
    pub id: ParticipationId,
    pub edition_id: EditionId,
    pub title: String,
    pub level: Level,
    pub format: Format,
    pub academic_year: AcademicYear,
    pub subject: Option<String>,
    pub stage: String,
    pub learner_id: Option<PersonId>,
    pub learner: Option<String>,
    pub team: Option<String>,
    pub class: Option<i64>,
    pub age: Option<i64>,
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub centre_member: bool,
    pub state: State,
    pub result_state: ResultState,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub place: Option<i64>,
    pub score: Option<f64>,
    pub prize: bool,
    pub ground: Option<String>,
}
kit::db::row!(Behind {
    id,
    edition_id,
    title,
    level,
    format,
    academic_year,
    subject,
    stage,
    learner_id,
    learner,
    team,
    class,
    age,
    organisation_id,
    organisation,
    centre_member,
    state,
    result_state,
    award,
    degree,
    place,
    score,
    prize,
    ground
});

/// A page of exactly the rows behind a figure, event by event.
pub async fn rows(
    net: &Net,
    s: &Selection,
    (reach, scope): (&Reach, &Scope),
    cursor: Option<&Cursor>,
    size: i64,
) -> Result<Slice<Behind>, Fault> {
    let mut w = conditions(s, reach);
    match s.of {
        Of::Counted => w.and_raw(COUNTED),
        Of::Prizes => w.and_raw("p.prize").and_raw(COUNTED),
        Of::Pending => w.and_raw(PENDING),
    };
    let mut reader = net.slow().reader().await?;
    let count = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {FROM} WHERE {} LIMIT {}) AS counted", w.sql(), MOST + 1);
    let total: i64 = reader.scalar(count, w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let edition: Uuid = cursor.value.parse().map_err(|_| Fault::NotFound)?;
        let (edition, id) = (w.arg(edition), w.arg(cursor.id));
        w.and_raw(&format!("(p.edition_id, p.id) > ({edition}, {id})"));
    }
    let limit = w.arg(size + 1);
    let may = scope.sql("c", &mut w.args);
    let sql = format!(
        "SELECT p.id, p.edition_id, e.title, e.level, e.format, p.academic_year, e.subject, g.title,
           CASE WHEN {may} THEN c.id END, CASE WHEN {may} THEN c.full_name END, m.title, p.class_number, p.age, p.organisation_id,
           o.short_name, p.centre_member, p.state, p.result_state, p.award, p.degree, p.place, p.score, p.prize, p.ground
         FROM {FROM} JOIN event_stage g ON g.network_id = $1 AND g.id = p.stage_id JOIN learner c ON c.network_id = $1 AND c.id = p.learner_id
         JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
         LEFT JOIN event_team m ON m.network_id = $1 AND m.id = p.team_id
         WHERE {} ORDER BY p.edition_id, p.id LIMIT {limit}",
        w.sql()
    );
    let mut items: Vec<Behind> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items.last().filter(|_| more).map(|r| Cursor { value: r.edition_id.to_string(), id: r.id.0 });
    Ok(Slice { items, next, total })
}

/// The academic years that anybody took part in, the latest first.
pub async fn years(net: &Net) -> Result<Vec<AcademicYear>, Fault> {
    let sql = "SELECT DISTINCT academic_year FROM event_edition WHERE network_id = $1 AND state <> 'draft' ORDER BY academic_year DESC LIMIT 40";
    Ok(net.all::<(AcademicYear,)>(sql, args![]).await?.into_iter().map(|(year,)| year).collect())
}

/// The latest year, up to this one, in which a member of the Centre has a confirmed result.
pub async fn latest(net: &Net, this: AcademicYear) -> Result<Option<AcademicYear>, Fault> {
    let sql = "SELECT academic_year FROM participation WHERE network_id = $1 AND academic_year <= $2 AND centre_member = TRUE AND counted = TRUE
               AND result_state IN ('confirmed', 'approved') ORDER BY academic_year DESC LIMIT 1";
    Ok(net.opt::<(AcademicYear,)>(sql, args![this]).await?.map(|(year,)| year))
}

/// The subjects of editions.
pub async fn subjects(net: &Net) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT subject FROM event_edition WHERE network_id = $1 AND subject IS NOT NULL AND state <> 'draft' ORDER BY subject LIMIT 200";
    Ok(net.all::<(String,)>(sql, args![]).await?.into_iter().map(|(subject,)| subject).collect())
}

/// Short names of organisations.
pub async fn organisation_names(net: &Net) -> Result<HashMap<String, String>, Fault> {
    let sql = "SELECT id, short_name FROM organisation WHERE network_id = $1";
    let rows: Vec<(OrganisationId, String)> = net.all(sql, args![]).await?;
    Ok(rows.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}
