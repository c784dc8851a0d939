//! What goes into the cells: sums with the way to their rows, or the rows themselves.
use super::{
    layout::{self, Layout},
    listed,
    model::{Cell, Filled, Left, Meaning, Rows, Setup, Told, Whom},
    store::{self, Place},
    whose::{own, reach, whom},
};
use crate::{
    events::{Format, Level, ListKind},
    figures::{self, Among, Asked, By, Counts, Key, Of, Selection, Whose},
    organisations,
    results::Award,
    shell::AcademicYear,
};
use intake::blank::{indicator, is_total};
use kit::{
    Fault, Lang, Visit,
    access::Reach,
    text::{text_key, text_prefix},
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A blank is answered in Russian, whatever the page is.
pub const T: Lang = Lang::Ru;

/// What is counted where a blank of indicators has no labels of its own.
const USUAL: [&str; 8] = [
    "events",
    "prize_events",
    "prize_share",
    "participations",
    "prize_participations",
    "children",
    "prize_children",
    "prize_places",
];

/// The words of a field.
pub fn field_words(t: Lang, code: &str) -> String {
    t.say(&text_prefix!("reply-field-", code)).into_owned()
}

/// Fills the table as it was set up. `of`: where the reply belongs.
///
/// # Errors
/// The database's; [`Fault::Unavailable`] when a look at children cannot be noted.
pub async fn fill(visit: &Visit, layout: &Layout, setup: &Setup, of: Option<Uuid>) -> Result<Filled, Fault> {
    let whom = whom(visit, of, &setup.whose);
    let own = own(visit, of, whom);
    let whose = if whom == Whom::Centre { Whose::Centre } else { Whose::All };
    let asked = Asked {
        from: setup.from.clone(),
        to: setup.to.clone(),
        whose: whose.code().into(),
        of: setup.of.clone(),
        organisation: own.map(|id| id.to_string()).unwrap_or_default(),
        ..Asked::default()
    };
    let base = asked.check(AcademicYear::of(visit.today))?;
    if setup.rows().is_listed() {
        let (lines, left, subjects) = listed::lines(visit, layout, setup, &base).await?;
        return Ok(Filled { left, subjects, ..made(layout, lines) });
    }
    let mut places = store::places(&visit.net, &reach(visit).await?).await?;
    places.retain(|place| own.is_none_or(|id| place.id.0 == id));
    let mut counter = Counter::of(visit, base).await?;
    if layout.labels.is_empty() {
        let mut lines = Vec::new();
        for (number, line) in (1_i64..).zip(counter.keys(setup, &places).await?) {
            lines.push(counter.line(layout, setup, &line, Some(number), &places).await?);
        }
        let mut filled = made(layout, lines);
        if let Some(foot) = layout.foot.as_ref().filter(|_| setup.rows() != Rows::Indicator) {
            let cells = counter.line(layout, setup, &Line::Whole, None, &places).await?;
            filled.lines.push((foot.row + filled.inserted, kept(layout, foot.row, cells)));
        }
        return Ok(filled);
    }
    labelled(layout, setup, &mut counter, &places).await
}

/// Fills the rows that the blank names.
async fn labelled(
    layout: &Layout,
    setup: &Setup,
    counter: &mut Counter<'_>,
    places: &[Place],
) -> Result<Filled, Fault> {
    let names = names(places);
    let subjects = if setup.rows() == Rows::Subject { counter.subjects().await? } else { Vec::new() };
    let line = |text: &str| match setup.rows() {
        Rows::Subject if !is_total(text) => subject(text, &subjects),
        rows => line_of(text, rows, &names),
    };
    let keys: Vec<Option<Line>> = layout.labels.iter().map(|l| line(&l.text)).collect();
    let total = total(&keys);
    let mut left = Left::default();
    let mut lines = Vec::new();
    let mut number = 0;
    for (label, key) in layout.labels.iter().zip(keys) {
        let is_sum = matches!(key, Some(Line::Whole));
        number += i64::from(!is_sum);
        let own = (!is_sum).then_some(number);
        left.unmatched += usize::from(key.is_none());
        let cells = match key {
            Some(Line::Whole) => counter.line(layout, setup, &total, own, places).await?,
            Some(key) => counter.line(layout, setup, &key, own, places).await?,
            None => unknown(layout, setup, number),
        };
        lines.push((label.row, kept(layout, label.row, cells)));
    }
    let template = lines.last().map_or(layout.last, |(row, _)| *row);
    Ok(Filled { lines, template, inserted: 0, left, subjects: Vec::new() })
}

/// What «Итого» sums up: the rows that the table names, or everything where it names none.
fn total(keys: &[Option<Line>]) -> Line {
    let mut among: Option<Among> = None;
    for key in keys.iter().flatten() {
        let Line::Of(by, Key(Some(code))) = key else { continue };
        let known = among.get_or_insert_with(|| Among { by: *by, keys: Vec::new() });
        if !known.keys.contains(code) {
            known.keys.push(code.clone());
        }
    }
    among.map_or(Line::Whole, Line::Among)
}

/// A row's cells with the words that the blank has in it already.
fn kept(layout: &Layout, row: u32, mut cells: BTreeMap<u16, Cell>) -> BTreeMap<u16, Cell> {
    for (column, text) in layout.kept.get(&row).into_iter().flatten() {
        cells.insert(*column, Cell::plain(Told::Kept(text.clone())));
    }
    cells
}

/// A row whose name nothing of ours bears: its number is known all the same.
fn unknown(layout: &Layout, setup: &Setup, number: i64) -> BTreeMap<u16, Cell> {
    let told = |column| if setup.meaning(column).field == "number" { Told::Number(number) } else { Told::Unknown };
    layout.asked.columns.iter().map(|c| (c.column, Cell::plain(told(c.column)))).collect()
}

/// Lines in the blank rows of the table, and in new ones where these do not suffice.
pub fn made(layout: &Layout, lines: Vec<BTreeMap<u16, Cell>>) -> Filled {
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let inserted = layout.room.map_or(0, |room| count.saturating_sub(room));
    let lines = (layout.asked.first_row..).zip(lines).collect();
    Filled { lines, template: layout.last, inserted, ..Filled::default() }
}

/// What a line of sums stands for.
#[derive(Clone, Debug)]
pub enum Line {
    Of(By, Key),
    /// The sum of several.
    Among(Among),
    Whole,
    Indicator(&'static str, Option<&'static str>),
}

/// What a label of the blank stands for.
fn line_of(text: &str, rows: Rows, names: &[(Uuid, String)]) -> Option<Line> {
    if is_total(text) {
        return Some(Line::Whole);
    }
    let of = |by, code: Option<String>| code.map(|code| Line::Of(by, Key(Some(code))));
    match rows {
        Rows::Organisation => of(By::Organisation, layout::organisation(text, names).map(|id| id.to_string())),
        Rows::Indicator => indicator(text).map(|(field, level)| Line::Indicator(field, level)),
        Rows::Level => of(By::Level, layout::level(text).map(|l| l.code().into())),
        Rows::Format => of(By::Format, layout::format(text).map(|f| f.code().into())),
        Rows::Class => of(By::Class, layout::class(text).map(|c| c.to_string())),
        Rows::Year => of(By::Year, layout::year_in(text).map(|y| y.0.to_string())),
        Rows::List => {
            let kinds = [("федерал", "federal"), ("рсош", "rsosh"), ("регион", "regional"), ("муниц", "municipal")];
            let text = text.to_lowercase();
            of(By::List, kinds.iter().find(|(stem, _)| text.contains(stem)).map(|(_, code)| (*code).into()))
        }
        Rows::One => Some(Line::Whole),
        Rows::Learner | Rows::Participation | Rows::Edition | Rows::Subject => None,
    }
}

/// The subject that a label means, however it is written; one that nobody took part in is unknown, and not zero.
fn subject(text: &str, subjects: &[String]) -> Option<Line> {
    let key = kit::text::name_key(text);
    let found = subjects.iter().find(|known| kit::text::name_key(known) == key)?;
    Some(Line::Of(By::Subject, Key(Some(found.clone()))))
}

/// Names by which a blank may call an organisation.
pub fn names(places: &[Place]) -> Vec<(Uuid, String)> {
    let short = places.iter().map(|p| (p.id.0, p.short_name.clone()));
    let full = places.iter().map(|p| (p.id.0, intake::values::organisation::short_name(&p.name)));
    let mut all: Vec<(Uuid, String)> = short.chain(full).collect();
    all.sort();
    all.dedup_by(|a, b| a.0 == b.0 && kit::text::name_key(&a.1) == kit::text::name_key(&b.1));
    all
}

/// What a count is called, and which rows are behind it.
fn measure(field: &str, c: &Counts) -> Option<(Told, Of)> {
    let share = |share: figures::Share| share.percents().map_or(Told::Nothing, Told::Percents);
    Some(match field {
        "events" => (Told::Number(c.editions), Of::Counted),
        "prize_events" => (Told::Number(c.prize_editions), Of::Prizes),
        "prize_share" => (share(c.k1()), Of::Counted),
        "participations" => (Told::Number(c.participations), Of::Counted),
        "prize_participations" | "winners" | "prize_winners" => (Told::Number(c.prize_participations), Of::Prizes),
        "participation_share" => (share(c.k2()), Of::Counted),
        "children" => (Told::Number(c.children), Of::Counted),
        "prize_children" => (Told::Number(c.prize_children), Of::Prizes),
        "children_share" => (share(c.k3()), Of::Counted),
        "prize_places" => (Told::Number(c.prize_places), Of::Prizes),
        "pending" => (Told::Number(c.pending), Of::Pending),
        _ => return None,
    })
}

/// Counts, each question asked once.
pub struct Counter<'v> {
    visit: &'v Visit,
    base: Selection,
    reach: Reach,
    known: HashMap<String, HashMap<Key2, Counts>>,
}

type Key2 = Option<String>;

impl<'v> Counter<'v> {
    pub async fn of(visit: &'v Visit, base: Selection) -> Result<Self, Fault> {
        // Answering and looking at rows may reach differently far: a reply holds what one answers for.
        Ok(Self { visit, base, reach: reach(visit).await?, known: HashMap::new() })
    }

    /// The counts of each line of a selection.
    async fn counts(&mut self, s: &Selection) -> Result<&HashMap<Key2, Counts>, Fault> {
        let question = s.at(s.by.map_or("", By::code), &[]);
        if !self.known.contains_key(&question) {
            let figures = figures::count(&self.visit.net, T, s, &self.reach).await?;
            let counts = match s.by {
                Some(_) => figures.lines.into_iter().map(|(line, _)| (line.key.0, line.counts)).collect(),
                None => HashMap::from([(None, figures.total)]),
            };
            self.known.insert(question.clone(), counts);
        }
        self.known.get(&question).ok_or(Fault::NotFound)
    }

    /// A sum of one line.
    pub async fn sum(
        &mut self,
        line: &Line,
        field: &str,
        meaning: &Meaning,
        edition: Option<Uuid>,
    ) -> Result<Option<Cell>, Fault> {
        let mut s = Selection { edition, ..self.base.clone() };
        s.level = meaning.level.parse().ok().or(s.level);
        if let Ok(year) = meaning.year.parse::<AcademicYear>() {
            (s.from, s.to) = (year, year);
        }
        let key = of_line(&mut s, line);
        s.award = match field {
            "winners" => Some(Award::Winner),
            "prize_winners" => Some(Award::PrizeWinner),
            _ => None,
        };
        let counts = self.counts(&s).await?.get(&key.and_then(|k| k.0.clone())).copied().unwrap_or_default();
        let found = measure(field, &counts);
        Ok(found.map(|(told, of)| Cell { told, href: Some(s.rows(figures::BEHIND, key, of)) }))
    }

    /// The subjects that anybody took part in.
    async fn subjects(&mut self) -> Result<Vec<String>, Fault> {
        let s = Selection { by: Some(By::Subject), ..self.base.clone() };
        Ok(self.counts(&s).await?.keys().flatten().cloned().collect())
    }

    /// The lines that are made where the blank names none.
    async fn keys(&mut self, setup: &Setup, places: &[Place]) -> Result<Vec<Line>, Fault> {
        let by = match setup.rows() {
            Rows::Indicator => return Ok(USUAL.iter().map(|field| Line::Indicator(field, None)).collect()),
            Rows::Organisation => By::Organisation,
            Rows::Level => By::Level,
            Rows::Format => By::Format,
            Rows::List => By::List,
            Rows::Subject => By::Subject,
            Rows::Class => By::Class,
            Rows::Year => By::Year,
            _ => return Ok(vec![Line::Whole]),
        };
        let counted = setup.columns.values().any(|m| intake::blank::is_counted(&m.field));
        let s = Selection { by: Some(by), ..self.base.clone() };
        let figures = figures::count(&self.visit.net, T, &s, &self.reach).await?;
        if by == By::Organisation {
            // Without sums the blank is a list of organisations.
            let has = |p: &Place| figures.lines.iter().any(|(l, _)| l.key.0.as_deref() == Some(&p.id.to_string()));
            let kept = places.iter().filter(|p| !counted || has(p));
            return Ok(kept.map(|p| Line::Of(by, Key(Some(p.id.to_string())))).collect());
        }
        Ok(figures.lines.into_iter().map(|(line, _)| Line::Of(by, line.key)).collect())
    }

    async fn line(
        &mut self,
        layout: &Layout,
        setup: &Setup,
        line: &Line,
        number: Option<i64>,
        places: &[Place],
    ) -> Result<BTreeMap<u16, Cell>, Fault> {
        let mut cells = BTreeMap::new();
        for column in &layout.asked.columns {
            let meaning = setup.meaning(column.column);
            if meaning.field == "number" {
                // A sum bears no number, and its place stays as it is.
                cells.extend(number.map(|n| (column.column, Cell::plain(Told::Number(n)))));
                continue;
            }
            let cell = match line {
                Line::Indicator(field, level) => self.indicated(meaning, field, *level).await?,
                Line::Whole | Line::Among(_) => match self.sum(line, &meaning.field, meaning, None).await? {
                    None => match whole(&meaning.field) {
                        // The blank's own row says «Итого» already.
                        Some(_) if number.is_none() => continue,
                        words => words,
                    },
                    found => found,
                },
                Line::Of(by, key) => match self.sum(line, &meaning.field, meaning, None).await? {
                    None => fact(*by, key, &meaning.field, places),
                    found => found,
                },
            };
            cells.insert(column.column, cell.unwrap_or_else(|| Cell::plain(Told::Unknown)));
        }
        Ok(cells)
    }

    /// What a column says of an indicator: its value, of a level or a year where the column names one.
    async fn indicated(
        &mut self,
        meaning: &Meaning,
        field: &'static str,
        level: Option<&'static str>,
    ) -> Result<Option<Cell>, Fault> {
        let narrowed = !meaning.level.is_empty() || !meaning.year.is_empty();
        match meaning.field.as_str() {
            "indicator" => Ok(Some(Cell::plain(Told::Text(field_words(T, field))))),
            other if other == "value" || (narrowed && other.is_empty()) => {
                let mut meaning = meaning.clone();
                if let (Some(level), true) = (level, meaning.level.is_empty()) {
                    level.clone_into(&mut meaning.level);
                }
                self.sum(&Line::Whole, field, &meaning, None).await
            }
            other => self.sum(&Line::Whole, other, meaning, None).await,
        }
    }
}

/// Narrows a selection to a line; gives the key of its breakdown where it is one of several.
fn of_line<'l>(s: &mut Selection, line: &'l Line) -> Option<&'l Key> {
    let year = |code: &String| code.parse().ok().map(AcademicYear);
    match line {
        Line::Whole | Line::Indicator(..) => None,
        // A year of the rows need not lie in the period of the reply.
        Line::Of(By::Year, Key(Some(code))) => {
            if let Some(year) = year(code) {
                (s.from, s.to) = (year, year);
            }
            None
        }
        Line::Of(by, key) => {
            s.by = Some(*by);
            Some(key)
        }
        Line::Among(among) => {
            if among.by == By::Year {
                let years = || among.keys.iter().filter_map(year);
                if let (Some(from), Some(to)) = (years().min(), years().max()) {
                    (s.from, s.to) = (from, to);
                }
            }
            s.among = Some(among.clone());
            None
        }
    }
}

fn whole(field: &str) -> Option<Cell> {
    matches!(field, "organisation" | "level" | "subject" | "class" | "year")
        .then(|| Cell::plain(Told::Text(T.say(text_key("figures-total")).into_owned())))
}

/// What a line of a breakdown says of itself.
fn fact(by: By, key: &Key, field: &str, places: &[Place]) -> Option<Cell> {
    let code = key.0.as_deref();
    let text =
        |words: Option<String>| Some(Cell::plain(words.filter(|w| !w.is_empty()).map_or(Told::Nothing, Told::Text)));
    if by == By::Organisation {
        let place = places.iter().find(|p| Some(p.id.to_string().as_str()) == code)?;
        let href = Some(organisations::url(place.id));
        let words = match field {
            "organisation" => Some(place.short_name.clone()),
            "organisation_full" => Some(place.name.clone()),
            "head" => place.head.clone(),
            "address" => place.address.clone(),
            "phone" => Some(place.phones.split(['\n', ';']).map(organisations::phone).collect::<Vec<_>>().join(", ")),
            "email" => place.email.clone(),
            "inn" => place.inn.clone(),
            _ => return None,
        };
        return text(words).map(|cell| Cell { href, ..cell });
    }
    let known = |prefix: String| Some(T.say(&prefix).into_owned());
    match (by, field, code) {
        (By::Level, "level", Some(code)) => {
            text(code.parse::<Level>().ok().and_then(|l| known(text_prefix!("event-level-", l.code()))))
        }
        (By::Format, "format", Some(code)) => {
            text(code.parse::<Format>().ok().and_then(|f| known(text_prefix!("event-format-", f.code()))))
        }
        (By::List, "list", Some(code)) => {
            text(code.parse::<ListKind>().ok().and_then(|l| known(text_prefix!("event-list-kind-", l.code()))))
        }
        (By::Year, "year", Some(code)) => text(code.parse().ok().map(|y| AcademicYear(y).to_string())),
        (By::Subject, "subject", code) | (By::Class, "class", code) => text(code.map(str::to_owned)),
        (By::Level, "level", None) | (By::List, "list", None) => Some(Cell::plain(Told::Nothing)),
        _ => None,
    }
}
