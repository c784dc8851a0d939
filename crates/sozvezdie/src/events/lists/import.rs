//! Official lists out of a file: the kind `event-lists` of `imports`. Whose list it is and of which
//! academic year stands above the table; a list that is not there yet begins with the file.
use super::{EntryId, KIND, LIST, LineDraft, ListDraft, ListId, store};
use crate::{
    events::ListKind,
    imports::{Applied, Deed, Finding, Incoming, Issue, Order, Pending, Scope, Target, Undone, Verdict, plainly},
    shell::AcademicYear,
};
use kit::{
    Fault, Lang, Visit,
    access::Permission,
    audit::Entry as Line,
    db::Tx,
    text::{Message, name_key, text_prefix},
};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

/// The kind `event-lists`.
pub struct EventLists;

/// Reading official lists into the network.
pub const IMPORT: Permission = Permission("imports.event-lists");

impl Target for EventLists {
    fn code(&self) -> &'static str {
        "event-lists"
    }

    fn permission(&self) -> Permission {
        IMPORT
    }

    fn list(&self) -> &'static str {
        LIST
    }

    fn url(&self, _: Uuid) -> String {
        LIST.to_owned()
    }

    fn shown(&self, t: Lang, field: &str, value: &Json) -> String {
        match (field, value.as_str()) {
            ("list", Some(code)) if code.parse::<ListKind>().is_ok() => {
                t.say(&text_prefix!("event-list-kind-", code)).into_owned()
            }
            _ => plainly(value),
        }
    }

    fn compare<'a>(&'a self, tx: &'a mut Tx, _: &'a Scope, rows: &'a [Incoming]) -> Pending<'a, Vec<Finding>> {
        Box::pin(async move {
            let mut known: HashMap<(String, i64), Vec<String>> = HashMap::new();
            let mut seen: HashMap<(String, i64, String), i64> = HashMap::new();
            let mut found = Vec::with_capacity(rows.len());
            for row in rows {
                let Some((kind, year)) = place(row) else {
                    found.push(refused("list", "list-unknown"));
                    continue;
                };
                let of = (kind.code().to_owned(), year.0);
                if !known.contains_key(&of) {
                    let keys = match store::of_year(tx, kind, year).await? {
                        Some((list, _)) => store::keys(tx, list).await?,
                        None => Vec::new(),
                    };
                    known.insert(of.clone(), keys);
                }
                let key = line_key(row);
                let is_there = known.get(&of).is_some_and(|keys| keys.contains(&key));
                let repeats = seen.get(&(of.0.clone(), of.1, key.clone())).copied();
                seen.entry((of.0, of.1, key)).or_insert(row.place);
                found.push(if draft(row).is_none() {
                    refused("title", "form-required")
                } else if is_there {
                    refused("title", "list-line-there")
                } else {
                    Finding { verdict: Verdict::New, repeats, notes: Vec::new() }
                });
            }
            Ok(found)
        })
    }

    fn apply<'a>(
        &'a self,
        tx: &'a mut Tx,
        visit: &'a Visit,
        scope: &'a Scope,
        order: &'a Order,
    ) -> Pending<'a, Applied> {
        Box::pin(async move {
            let unknown = || Fault::field("list", Message::new("list-unknown"));
            let (kind, year) = place(&order.row).ok_or_else(unknown)?;
            let line = draft(&order.row).ok_or_else(|| Fault::field("title", Message::new("form-required")))?;
            // A file that comes within the year is an amendment from its day on.
            let (list, from) = match store::of_year(tx, kind, year).await? {
                Some((list, made)) if made == visit.now => (list, year.first_day()),
                Some((list, _)) => (list, scope.as_of.clamp(year.first_day(), year.last_day())),
                None => (begin(tx, visit, kind, year, order.row.text("list_title")).await?, year.first_day()),
            };
            let id = EntryId(visit.new_id());
            store::insert_lines(tx, list, &[(id, &line)], from, None).await?;
            Ok(Applied { record: id.0, version: 1, before: None, changed: true })
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, visit: &'a Visit, deed: &'a Deed) -> Pending<'a, Undone> {
        Box::pin(async move {
            if !store::remove_line(tx, EntryId(deed.record)).await? {
                return Ok(Undone::Kept);
            }
            Line::new("undo-import", KIND, deed.record).write(tx, visit).await?;
            Ok(Undone::Removed)
        })
    }
}

fn refused(field: &str, why: &'static str) -> Finding {
    Finding { verdict: Verdict::Refused(vec![Issue::rule(field, Message::new(why))]), repeats: None, notes: Vec::new() }
}

/// Whose list, of which year.
fn place(row: &Incoming) -> Option<(ListKind, AcademicYear)> {
    let year = row.values.get("year").and_then(Json::as_f64).filter(|year| (1990.0..2200.0).contains(year))?;
    #[expect(clippy::cast_possible_truncation, reason = "a year within bounds")]
    let year = AcademicYear(year as i64);
    Some((row.text("list")?.parse().ok()?, year))
}

fn draft(row: &Incoming) -> Option<LineDraft> {
    let short = |field: &str| row.text(field).map(|text| text.chars().take(500).collect::<String>());
    #[expect(clippy::cast_possible_truncation, reason = "one of three")]
    let rsosh_level = row.values.get("rsosh_level").and_then(Json::as_f64).map(|level| level as i64);
    Some(LineDraft {
        number: short("number"),
        title: short("title")?,
        organiser: short("organiser"),
        subjects: short("subjects"),
        rsosh_level: rsosh_level.filter(|level| (1..=3).contains(level)),
    })
}

/// What makes two lines one: title and subjects.
fn line_key(row: &Incoming) -> String {
    key(row.text("title").unwrap_or_default(), row.text("subjects"))
}

/// The same of a line that is there.
pub fn key(title: &str, subjects: Option<&str>) -> String {
    format!("{}\n{}", name_key(title), name_key(subjects.unwrap_or_default()))
}

async fn begin(
    tx: &mut Tx,
    visit: &Visit,
    kind: ListKind,
    year: AcademicYear,
    title: Option<&str>,
) -> Result<ListId, Fault> {
    let usual = || Lang::Ru.say(&text_prefix!("event-list-kind-", kind.code())).into_owned();
    let title = title.map_or_else(usual, |title| title.chars().take(300).collect());
    let draft = ListDraft { kind, academic_year: year, title, act_id: None, from: year.first_day(), lines: Vec::new() };
    super::insert(tx, visit, &draft).await
}
