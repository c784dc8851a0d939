//! Rows that are single participations, children or events. A child whose family gave no consent to
//! hand the data over stands in none of them.
use super::{
    MAKE,
    fill::{Counter, Line, T},
    layout::Layout,
    model::{Cell, Left, Meaning, Rows, Setup, Told},
    store::{self, Held},
};
use crate::{
    consents::{self, Purpose},
    events::{self, EditionId},
    figures::{self, Behind, Selection},
    learners,
    people::PersonId,
    results::{Award, ParticipationId},
};
use chrono::NaiveDate;
use kit::{Fault, Visit, text::text_prefix};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Participations that a reply takes.
pub const MOST: i64 = 2000;
/// Events that are counted one by one.
const EVENTS: usize = 300;

type Lines = (Vec<BTreeMap<u16, Cell>>, Left, Vec<Uuid>);

/// The facts that rows are asked for.
struct Facts {
    born: HashMap<PersonId, NaiveDate>,
    held: HashMap<EditionId, Held>,
    lists: HashMap<EditionId, Vec<String>>,
    mentors: HashMap<ParticipationId, Vec<String>>,
}

pub async fn lines(visit: &Visit, layout: &Layout, setup: &Setup, s: &Selection) -> Result<Lines, Fault> {
    let rows = setup.rows();
    let named = setup.names_children() || rows == Rows::Learner;
    let slice =
        if named { figures::behind(visit, s, None, MOST).await? } else { figures::unnamed(visit, s, MOST).await? };
    let mut left = Left { over_limit: slice.next.is_some(), ..Left::default() };
    let mut items = slice.items;
    // Rows may be seen where nothing may be answered: what another organisation's children did stays there.
    let others = figures::beyond(visit, MAKE).await?;
    items.retain(|r| !others.contains(&r.organisation_id.0));
    if named {
        let all = items.len();
        // A child who merely comes for a step or an event is reported by the own school.
        let ids: Vec<PersonId> = items.iter().filter_map(|r| r.learner_id).collect();
        let own = learners::answered(visit, &ids).await?;
        items.retain(|r| r.learner_id.is_some_and(|id| own.contains(&id)));
        left.out_of_reach = all - items.len();
        let ids: BTreeSet<PersonId> = items.iter().filter_map(|r| r.learner_id).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let given = consents::holders(&visit.net, &ids, Purpose::Transfer, visit.today).await?;
        left.children_without_consent = ids.iter().filter(|id| !given.contains(*id)).count();
        let all = items.len();
        items.retain(|r| r.learner_id.is_some_and(|id| given.contains(&id)));
        left.without_consent = all - items.len();
    }
    let subjects: BTreeSet<Uuid> = items.iter().filter_map(|r| r.learner_id.map(|id| id.0)).collect();
    let facts = Facts::read(visit, &items).await?;
    let lines = match rows {
        Rows::Edition => by_event(visit, layout, setup, s, &items, &facts, &mut left).await?,
        Rows::Learner => by_child(layout, setup, &items, &facts),
        _ => (1_i64..)
            .zip(&items)
            .map(|(n, r)| line(layout, setup, n, &|m| participation(&m.field, r, &facts)))
            .collect(),
    };
    Ok((lines, left, if named { subjects.into_iter().collect() } else { Vec::new() }))
}

impl Facts {
    async fn read(visit: &Visit, items: &[Behind]) -> Result<Self, Fault> {
        let distinct = |ids: BTreeSet<_>| ids.into_iter().collect::<Vec<_>>();
        let children = distinct(items.iter().filter_map(|r| r.learner_id).collect());
        let editions: BTreeSet<EditionId> = items.iter().map(|r| r.edition_id).collect();
        let editions: Vec<EditionId> = editions.into_iter().collect();
        let ids: Vec<ParticipationId> = items.iter().map(|r| r.id).collect();
        Ok(Self {
            born: store::born(&visit.net, &children).await?,
            held: store::held(&visit.net, &editions).await?,
            lists: store::lists(&visit.net, &editions).await?,
            mentors: store::mentors(&visit.net, &ids).await?,
        })
    }
}

fn line(layout: &Layout, setup: &Setup, number: i64, of: &dyn Fn(&Meaning) -> Option<Cell>) -> BTreeMap<u16, Cell> {
    let cell = |column: u16| {
        let meaning = setup.meaning(column);
        let own = (meaning.field == "number").then(|| Cell::plain(Told::Number(number)));
        own.or_else(|| of(meaning)).unwrap_or_else(|| Cell::plain(Told::Unknown))
    };
    layout.asked.columns.iter().map(|c| (c.column, cell(c.column))).collect()
}

fn told(words: Option<String>) -> Told {
    words.filter(|w| !w.trim().is_empty()).map_or(Told::Nothing, Told::Text)
}

/// What a row says of its event.
fn event(field: &str, r: &Behind, facts: &Facts) -> Option<Cell> {
    let held = facts.held.get(&r.edition_id);
    let known = |key: String| Some(T.say(&key).into_owned());
    let words = match field {
        "event" => Some(r.title.clone()),
        "level" => known(text_prefix!("event-level-", r.level.code())),
        "format" => known(text_prefix!("event-format-", r.format.code())),
        "stage" => Some(r.stage.clone()),
        "subject" => r.subject.clone(),
        "year" => Some(r.academic_year.to_string()),
        "organiser" => held.and_then(|h| h.organiser.clone()),
        "place_held" => held.and_then(|h| h.place.clone()),
        "date" => held.and_then(|h| days(h.starts_on, h.ends_on)),
        "list" => facts.lists.get(&r.edition_id).map(|kinds| {
            let words = kinds.iter().map(|kind| T.say(&text_prefix!("event-list-kind-", kind)).into_owned());
            words.collect::<Vec<_>>().join(", ")
        }),
        _ => return None,
    };
    Some(Cell { told: told(words), href: Some(events::url(r.edition_id)) })
}

fn days(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<String> {
    let day = |d: NaiveDate| d.format("%d.%m.%Y").to_string();
    match (from, to) {
        (Some(from), Some(to)) if from != to => Some(format!("{}–{}", day(from), day(to))),
        (from, to) => from.or(to).map(day),
    }
}

/// What a row says of its child.
fn child(field: &str, r: &Behind, facts: &Facts) -> Option<Cell> {
    let name = r.learner.as_deref().unwrap_or_default();
    let part = |n: usize| name.split_whitespace().nth(n).map(str::to_owned);
    let words = match field {
        "learner" => r.learner.clone(),
        "last_name" => part(0),
        "first_name" => part(1),
        "patronymic" => Some(name.split_whitespace().skip(2).collect::<Vec<_>>().join(" ")),
        "birth_date" => r.learner_id.and_then(|id| facts.born.get(&id)).map(|d| d.format("%d.%m.%Y").to_string()),
        "organisation" => Some(r.organisation.clone()),
        "class" => r.class.map(|c| c.to_string()),
        "age" => return Some(Cell::plain(r.age.map_or(Told::Nothing, Told::Number))),
        _ => return None,
    };
    Some(Cell { told: told(words), href: r.learner_id.map(learners::url) })
}

fn participation(field: &str, r: &Behind, facts: &Facts) -> Option<Cell> {
    let told = match field {
        "result" => told(Some(figures::result_words(T, r))),
        "degree" => told(r.degree.map(|degree| "I".repeat(usize::try_from(degree.clamp(1, 3)).unwrap_or(1)))),
        "place" => r.place.map_or(Told::Nothing, Told::Number),
        "score" => r.score.map_or(Told::Nothing, Told::Decimal),
        "document" => told(r.ground.clone()),
        "pedagogue" => told(facts.mentors.get(&r.id).map(|names| names.join(", "))),
        _ => return child(field, r, facts).or_else(|| event(field, r, facts)),
    };
    Some(Cell { told, href: Some(format!("/results?participation={}", r.id)) })
}

/// One line for each child, with all its events.
fn by_child(layout: &Layout, setup: &Setup, items: &[Behind], facts: &Facts) -> Vec<BTreeMap<u16, Cell>> {
    let mut children: BTreeMap<(String, PersonId), Vec<&Behind>> = BTreeMap::new();
    for r in items {
        if let (Some(id), Some(name)) = (r.learner_id, &r.learner) {
            children.entry((kit::text::name_key(name), id)).or_default().push(r);
        }
    }
    (1_i64..).zip(children.values()).map(|(n, rows)| line(layout, setup, n, &|m| of_child(m, rows, facts))).collect()
}

fn of_child(m: &Meaning, all: &[&Behind], facts: &Facts) -> Option<Cell> {
    let latest = all.iter().max_by_key(|r| r.academic_year)?;
    if let Some(cell) = child(&m.field, latest, facts) {
        return Some(cell);
    }
    let fits = |r: &&&Behind| {
        (m.level.is_empty() || r.level.code() == m.level)
            && (m.year.is_empty() || r.academic_year.to_string() == m.year)
    };
    let rows: Vec<&Behind> = all.iter().filter(fits).copied().collect();
    let number = |n: usize| Told::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let events = |rows: &mut dyn Iterator<Item = &&Behind>| rows.map(|r| r.edition_id).collect::<BTreeSet<_>>().len();
    let with = |award: Award| rows.iter().filter(|r| r.award == Some(award)).count();
    let prizes = rows.iter().filter(|r| r.prize).count();
    let told = match m.field.as_str() {
        "events" => number(events(&mut rows.iter())),
        "prize_events" => number(events(&mut rows.iter().filter(|r| r.prize))),
        "participations" => number(rows.len()),
        "prize_participations" | "prize_places" => number(prizes),
        "winners" => number(with(Award::Winner)),
        "prize_winners" => number(with(Award::PrizeWinner)),
        "result" => {
            let lines = rows.iter().map(|r| format!("{}\u{a0}— {}", r.title, figures::result_words(T, r)));
            told(Some(lines.collect::<Vec<_>>().join("; ")))
        }
        field => {
            let mut words: Vec<String> = Vec::new();
            for r in &rows {
                if let Told::Text(text) = participation(field, r, facts)?.told
                    && !words.contains(&text)
                {
                    words.push(text);
                }
            }
            told(Some(words.join("; ")))
        }
    };
    Some(Cell { told, href: latest.learner_id.map(learners::url) })
}

/// One line for each event.
async fn by_event(
    visit: &Visit,
    layout: &Layout,
    setup: &Setup,
    s: &Selection,
    items: &[Behind],
    facts: &Facts,
    left: &mut Left,
) -> Result<Vec<BTreeMap<u16, Cell>>, Fault> {
    let mut seen = BTreeSet::new();
    let mut one: Vec<&Behind> = items.iter().filter(|r| seen.insert(r.edition_id)).collect();
    one.sort_by_key(|r| (facts.held.get(&r.edition_id).and_then(|h| h.starts_on), r.title.clone()));
    left.over_limit |= one.len() > EVENTS;
    one.truncate(EVENTS);
    let mut counter = Counter::of(visit, s.clone()).await?;
    let mut lines = Vec::with_capacity(one.len());
    for (number, r) in (1_i64..).zip(one) {
        let mut cells = line(layout, setup, number, &|m| event(&m.field, r, facts));
        for column in &layout.asked.columns {
            let m = setup.meaning(column.column);
            if let Some(cell) = counter.sum(&Line::Whole, &m.field, m, Some(r.edition_id.0)).await? {
                cells.insert(column.column, cell);
            }
        }
        lines.push(cells);
    }
    Ok(lines)
}
