//! Counting what is different: events, children and places of every line of several breakdowns in one
//! walk over the rows. Which rows count is said in `store.rs`. Pure.
use super::{
    By,
    model::{Counts, Key, Line},
};
use crate::{
    events::{EditionId, Format, Level, ListKind},
    organisations::OrganisationId,
    people::PersonId,
    shell::AcademicYear,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use uuid::Uuid;

/// A participation that took part, and what it counts for.
pub struct Row {
    pub edition: EditionId,
    pub learner: PersonId,
    pub team: Option<Uuid>,
    pub is_counted: bool,
    pub is_prize: bool,
    pub is_pending: bool,
    pub class: Option<i64>,
    pub age: Option<i64>,
    pub organisation: Option<OrganisationId>,
}
kit::db::row!(Row { edition, learner, team, is_counted, is_prize, is_pending, class, age, organisation });

/// An edition as a breakdown sees it.
pub struct About {
    pub level: Level,
    pub format: Format,
    pub subject: Option<Arc<str>>,
    /// It may stand on several lists: then it is counted on each.
    pub lists: Vec<ListKind>,
}

/// What a line stands for, as small as it is looked for: once for every row.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Mark {
    None,
    Number(i64),
    Id(Uuid),
    Code(&'static str),
    Word(Arc<str>),
}

impl From<Mark> for Key {
    fn from(mark: Mark) -> Self {
        Self(match mark {
            Mark::None => None,
            Mark::Number(number) => Some(number.to_string()),
            Mark::Id(id) => Some(id.to_string()),
            Mark::Code(code) => Some(code.to_owned()),
            Mark::Word(word) => Some((*word).to_owned()),
        })
    }
}

fn number(number: Option<i64>) -> Mark {
    number.map_or(Mark::None, Mark::Number)
}

/// The marks of all rows of one edition, where they are the edition's.
fn of_edition(by: By, year: AcademicYear, about: Option<&About>) -> Vec<Mark> {
    let one = |mark: Option<Mark>| vec![mark.unwrap_or(Mark::None)];
    match by {
        By::Year => one(Some(Mark::Number(year.0))),
        By::Level => one(about.map(|a| Mark::Code(a.level.code()))),
        By::Format => one(about.map(|a| Mark::Code(a.format.code()))),
        By::Subject => one(about.and_then(|a| a.subject.clone()).map(Mark::Word)),
        By::List => match about {
            Some(about) if !about.lists.is_empty() => about.lists.iter().map(|l| Mark::Code(l.code())).collect(),
            _ => one(None),
        },
        By::Class | By::Age | By::Organisation => Vec::new(),
    }
}

/// The sets behind one line.
#[derive(Default)]
struct Sets {
    all: HashSet<EditionId>,
    settled: HashSet<EditionId>,
    prized: HashSet<EditionId>,
    /// Each child, and whether it has a prize.
    children: HashMap<PersonId, bool>,
    teams: HashSet<Uuid>,
    participations: i64,
    prize_participations: i64,
    single_places: i64,
    pending: i64,
}

impl Sets {
    fn add(&mut self, row: &Row) {
        self.all.insert(row.edition);
        self.pending += i64::from(row.is_pending);
        if !row.is_counted {
            return;
        }
        self.settled.insert(row.edition);
        self.participations += 1;
        *self.children.entry(row.learner).or_default() |= row.is_prize;
        if row.is_prize {
            self.prized.insert(row.edition);
            self.prize_participations += 1;
            match row.team {
                Some(team) => {
                    self.teams.insert(team);
                }
                None => self.single_places += 1,
            }
        }
    }

    fn counts(&self) -> Counts {
        let size = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Counts {
            editions: size(self.settled.len()),
            prize_editions: size(self.prized.len()),
            participations: self.participations,
            prize_participations: self.prize_participations,
            children: size(self.children.len()),
            prize_children: size(self.children.values().filter(|has_prize| **has_prize).count()),
            prize_places: self.single_places + size(self.teams.len()),
            pending_editions: size(self.all.len() - self.settled.len()),
            pending: self.pending,
        }
    }
}

/// The sums of some rows and their breakdowns, growing year by year.
pub struct Tally {
    total: Sets,
    parts: Vec<(By, HashMap<Mark, Sets>)>,
}

impl Tally {
    pub fn new(parts: &[By]) -> Self {
        Self { total: Sets::default(), parts: parts.iter().map(|by| (*by, HashMap::new())).collect() }
    }

    /// Counts the rows of one academic year.
    pub fn add(&mut self, year: AcademicYear, rows: &[Row], editions: &HashMap<EditionId, About>) {
        let mut marks: HashMap<EditionId, Vec<Vec<Mark>>> = HashMap::new();
        for row in rows {
            self.total.add(row);
            if self.parts.is_empty() {
                continue;
            }
            let of_edition = marks.entry(row.edition).or_insert_with(|| {
                let about = editions.get(&row.edition);
                self.parts.iter().map(|(by, _)| of_edition(*by, year, about)).collect()
            });
            for ((by, lines), of_edition) in self.parts.iter_mut().zip(of_edition.iter()) {
                let own = match by {
                    By::Class => number(row.class),
                    By::Age => number(row.age),
                    By::Organisation => row.organisation.map_or(Mark::None, |id| Mark::Id(id.0)),
                    By::Year | By::Level | By::Format | By::List | By::Subject => {
                        for mark in of_edition {
                            lines.entry(mark.clone()).or_default().add(row);
                        }
                        continue;
                    }
                };
                lines.entry(own).or_default().add(row);
            }
        }
    }

    /// The sums, and of each breakdown the lines in no order.
    pub fn counts(self) -> (Counts, Vec<Vec<Line>>) {
        let line = |(mark, sets): (Mark, Sets)| Line { key: mark.into(), counts: sets.counts() };
        (self.total.counts(), self.parts.into_iter().map(|(_, lines)| lines.into_iter().map(line).collect()).collect())
    }
}
