//! A protocol or a year's list of results out of a file: the kind `results` of `imports`. What comes
//! in is entered, not confirmed: only a document confirms it.
use super::{
    model::{Award, Outcome, ParticipationId, ResultState, Source, State, day_of},
    store::{self, Row},
};
use crate::{
    events::{self, Edition, EditionDraft, EditionState, EventKind, Format, Level, Stage},
    imports::{
        Applied, Deed, Difference, Finding, Incoming, Issue, Order, Pending, Scope, Target, Undone, Verdict, plainly,
    },
    organisations::{self, OrganisationId},
    people::PersonId,
    shell::AcademicYear,
};
use chrono::NaiveDate;
use kit::{
    Fault, Lang, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    text::{Message, name_key, text_prefix},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

/// The kind `results`.
pub struct Protocols;

/// Reading results of children into the network.
pub const IMPORT: Permission = Permission("imports.results");

impl Target for Protocols {
    fn code(&self) -> &'static str {
        "results"
    }

    fn permission(&self) -> Permission {
        IMPORT
    }

    fn list(&self) -> &'static str {
        super::LIST
    }

    fn url(&self, record: Uuid) -> String {
        format!("{}?participation={record}", super::LIST)
    }

    // Who prepared the child is told by the school itself; a paper is kept with the certificate.
    fn unused_fields(&self) -> &'static [&'static str] {
        &["pedagogues", "document", "stage"]
    }

    // «Призёр», «Диплом II ст.», «н/я» are read as what they come to.
    fn value_of(&self, field: &'static str) -> &'static str {
        match field {
            "result" => "status",
            // They stand with each participant.
            "class" | "birth_date" => "participants",
            field => field,
        }
    }

    fn shown(&self, t: Lang, field: &str, value: &Json) -> String {
        match (field, value.as_str()) {
            ("level", Some(code)) => t.say(&text_prefix!("event-level-", code)).into_owned(),
            ("format", Some(code)) => t.say(&text_prefix!("event-format-", code)).into_owned(),
            ("result", Some("no_show")) => t.say("participation-state-no_show").into_owned(),
            ("result", Some("pending")) => t.say("result-state-none").into_owned(),
            ("result", Some(code)) => t.say(&text_prefix!("result-award-", code)).into_owned(),
            ("score" | "max_score", None) => value.as_f64().map_or_else(|| plainly(value), |n| t.decimal(n)),
            ("date" | "date_to", Some(day)) => day.parse().map_or_else(|_| day.to_owned(), |day| t.date(day)),
            ("participants" | "class" | "birth_date", _) if value.is_array() => {
                let people = value.as_array().into_iter().flatten().map(Named::of);
                let words = people.filter_map(|p| match field {
                    "class" => p.class.map(|class| format!("{class}{}", p.letter)),
                    "birth_date" => p.born.map(|day| t.date(day)),
                    _ => Some(p.full()),
                });
                words.collect::<Vec<_>>().join("; ")
            }
            _ => plainly(value),
        }
    }

    fn compare<'a>(&'a self, tx: &'a mut Tx, scope: &'a Scope, rows: &'a [Incoming]) -> Pending<'a, Vec<Finding>> {
        Box::pin(async move {
            let register = Register::read(tx, scope, rows).await?;
            let mut seen: HashMap<(String, Vec<PersonId>), i64> = HashMap::new();
            let mut findings = Vec::with_capacity(rows.len());
            for row in rows {
                let finding = match register.line(scope, row) {
                    Err(issues) => Finding { verdict: Verdict::Refused(issues), repeats: None, notes: Vec::new() },
                    Ok(line) => {
                        let key = (line.key(), line.children.clone());
                        let repeats = seen.get(&key).copied();
                        seen.entry(key).or_insert(row.place);
                        Finding { verdict: verdict(tx, &line).await?, repeats, notes: Vec::new() }
                    }
                };
                findings.push(finding);
            }
            Ok(findings)
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
            let register = Register::read(tx, scope, std::slice::from_ref(&order.row)).await?;
            let line = register.line(scope, &order.row).map_err(|issues| first_fault(&issues))?;
            let (id, before) = match order.into {
                Some(record) => {
                    let id = ParticipationId(record);
                    let known = store::kept(tx, id).await?.ok_or(Fault::NotFound)?;
                    if known.says(&line) {
                        return Ok(Applied { record, version: known.version, before: None, changed: false });
                    }
                    (id, Some(serde_json::to_value(Before::of(&known)).map_err(anyhow::Error::from)?))
                }
                None => (write(tx, visit, &line).await?, None),
            };
            super::put_outcome(tx, visit, id, line.state, &line.outcome).await?;
            let version = store::kept(tx, id).await?.map_or(1, |k| k.version);
            Ok(Applied { record: id.0, version, before, changed: true })
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, visit: &'a Visit, deed: &'a Deed) -> Pending<'a, Undone> {
        Box::pin(async move {
            let id = ParticipationId(deed.record);
            let Some(known) = store::kept(tx, id).await? else { return Ok(Undone::Kept) };
            if known.version != deed.version || !matches!(known.result, ResultState::None | ResultState::Entered) {
                return Ok(Undone::Kept);
            }
            let Some(before) = &deed.before else {
                store::remove(tx, id).await?;
                Entry::new("undo-import", super::KIND, id).write(tx, visit).await?;
                return Ok(Undone::Removed);
            };
            let before: Before = serde_json::from_value(before.clone()).map_err(anyhow::Error::from)?;
            super::put_outcome(tx, visit, id, before.state(), &before.outcome()).await?;
            Ok(Undone::Restored { version: store::kept(tx, id).await?.map_or(deed.version, |k| k.version) })
        })
    }
}

fn first_fault(issues: &[Issue]) -> Fault {
    let message = issues.first().and_then(|i| i.message.clone());
    Fault::field("participants", message.unwrap_or_else(|| Message::new("result-import-unknown-child")))
}

/// A participant as a protocol names one: the first name or its letter, with or without patronymic.
struct Named {
    last: String,
    first: String,
    patronymic: String,
    class: Option<i64>,
    /// « А» of «7 А», or nothing.
    letter: String,
    born: Option<NaiveDate>,
}

impl Named {
    fn of(value: &Json) -> Self {
        let text = |field: &str| value.get(field).and_then(Json::as_str).unwrap_or_default().to_owned();
        Self {
            last: text("last_name"),
            first: text("first_name"),
            patronymic: text("patronymic"),
            class: value.get("class").and_then(|class| class.get("number")).and_then(Json::as_i64),
            letter: value
                .get("class")
                .and_then(|class| class.get("letter"))
                .and_then(Json::as_str)
                .map(|letter| format!("\u{a0}{letter}"))
                .unwrap_or_default(),
            born: text("birth_date").parse().ok(),
        }
    }

    fn full(&self) -> String {
        [&self.last, &self.first, &self.patronymic]
            .into_iter()
            .filter(|p| !p.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn means(&self, child: &store::Known) -> bool {
        let key = name_key(&child.full_name);
        let mut theirs = key.split_whitespace();
        let (last, first, patronymic) =
            (theirs.next().unwrap_or_default(), theirs.next().unwrap_or_default(), theirs.next());
        let fits = |said: &str, known: &str| {
            let said = name_key(said);
            let letters = said.trim_end_matches('.');
            said.is_empty() || said == known || (letters.chars().count() == 1 && known.starts_with(letters))
        };
        name_key(&self.last) == last
            && !self.first.is_empty()
            && fits(&self.first, first)
            && patronymic.is_none_or(|known| fits(&self.patronymic, known))
            && self.born.is_none_or(|born| born == child.born)
    }
}

/// A row of a protocol understood.
struct Line {
    title: String,
    level: Level,
    format: Format,
    subject: Option<String>,
    on: NaiveDate,
    until: Option<NaiveDate>,
    team: Option<String>,
    organisation: OrganisationId,
    children: Vec<PersonId>,
    state: State,
    outcome: Outcome,
}

impl Line {
    fn key(&self) -> String {
        format!("{}|{}|{}", name_key(&self.title), self.level.code(), self.on)
    }

    fn year(&self) -> AcademicYear {
        AcademicYear::of(self.until.unwrap_or(self.on))
    }
}

/// The children and organisations that a file may speak of: those of a bound file are its own alone,
/// so that the preview tells nobody who studies elsewhere.
struct Register {
    names: Vec<(Uuid, String)>,
    by_last: HashMap<String, Vec<store::Known>>,
    /// The organisation that each one's organisation is now a part of.
    whose: HashMap<Uuid, Uuid>,
}

impl Register {
    async fn read(tx: &mut Tx, scope: &Scope, rows: &[Incoming]) -> Result<Self, Fault> {
        let names = organisations::short_names_in(tx).await?;
        let mut register = Self { names, by_last: HashMap::new(), whose: HashMap::new() };
        let mut heads: Vec<Uuid> =
            rows.iter().filter_map(|row| register.organisation(scope, row).ok()).map(|o| o.0).collect();
        heads.sort_unstable();
        heads.dedup();
        for head in &heads {
            for id in organisations::with_predecessors_in(tx, &[*head]).await? {
                register.whose.insert(id, *head);
            }
        }
        let all: Vec<Uuid> = register.whose.keys().copied().collect();
        let people = rows.iter().filter_map(|row| row.values.get("participants")?.as_array()).flatten();
        let mut lasts: Vec<String> = people.map(|person| name_key(&Named::of(person).last)).collect();
        lasts.sort_unstable();
        lasts.dedup();
        for child in store::children_of(tx, &all, &lasts).await? {
            let key = name_key(&child.full_name);
            let last = key.split_whitespace().next().unwrap_or_default().to_owned();
            register.by_last.entry(last).or_default().push(child);
        }
        Ok(register)
    }

    fn organisation(&self, scope: &Scope, row: &Incoming) -> Result<OrganisationId, Message> {
        let said = row.text("organisation").map(name_key);
        let found = said.as_deref().and_then(|key| self.names.iter().find(|(_, name)| name_key(name) == key));
        match (scope.organisation, said.is_some(), found) {
            (Some(own), false, _) => Ok(OrganisationId(own)),
            (Some(own), true, Some((id, _))) if *id == own => Ok(OrganisationId(own)),
            (Some(_), true, _) => Err(Message::new("learner-import-not-own")),
            (None, true, Some((id, _))) => Ok(OrganisationId(*id)),
            (None, _, _) => Err(Message::new("learner-import-no-organisation")),
        }
    }

    /// The row understood, or everything that is wrong with it. Nothing is guessed.
    fn line(&self, scope: &Scope, row: &Incoming) -> Result<Line, Vec<Issue>> {
        let mut issues = Vec::new();
        let mut wrong = |field: &str, key: Message| issues.push(Issue::rule(field, key));
        let title = row.text("event").map(str::to_owned);
        if title.is_none() {
            wrong("event", Message::new("form-required"));
        }
        let level: Option<Level> = row.text("level").and_then(|code| code.parse().ok());
        if level.is_none() {
            wrong("level", Message::new("result-import-no-level"));
        }
        let on: Option<NaiveDate> = row.text("date").and_then(|day| day.parse().ok());
        if on.is_none() {
            wrong("date", Message::new("result-import-no-date"));
        }
        let outcome = outcome(row);
        if outcome.is_none() {
            wrong("result", Message::new("result-import-no-status"));
        }
        let organisation = match self.organisation(scope, row) {
            Ok(id) => Some(id),
            Err(why) => {
                issues.push(Issue::rule("organisation", why));
                None
            }
        };
        let mut children = Vec::new();
        for person in row.values.get("participants").and_then(Json::as_array).into_iter().flatten() {
            match organisation.map(|at| self.child(&Named::of(person), at)) {
                Some(Ok(id)) if !children.contains(&id) => children.push(id),
                Some(Err(message)) => issues.push(Issue::rule("participants", message)),
                Some(Ok(_)) | None => {}
            }
        }
        if children.is_empty() && issues.is_empty() {
            issues.push(Issue::rule("participants", Message::new("form-required")));
        }
        let (Some(title), Some(level), Some(on), Some((state, outcome)), Some(organisation), true) =
            (title, level, on, outcome, organisation, issues.is_empty())
        else {
            return Err(issues);
        };
        Ok(Line {
            title,
            level,
            format: row.text("format").and_then(|code| code.parse().ok()).unwrap_or(Format::InPerson),
            subject: row.text("subject").map(str::to_owned),
            on,
            until: row.text("date_to").and_then(|day| day.parse().ok()),
            team: (children.len() > 1).then(|| row.text("team_name").unwrap_or_default().to_owned()),
            organisation,
            children,
            state,
            outcome,
        })
    }

    fn child(&self, named: &Named, at: OrganisationId) -> Result<PersonId, Message> {
        let unknown = || Message::new("result-import-unknown-child").with("name", named.full());
        let of = self.by_last.get(&name_key(&named.last)).ok_or_else(unknown)?;
        let same: Vec<_> =
            of.iter().filter(|c| self.whose.get(&c.organisation.0) == Some(&at.0) && named.means(c)).collect();
        // The class tells namesakes apart; alone it refuses nobody, for children change it every year.
        let of_class: Vec<_> = same.iter().filter(|c| named.class.is_some() && c.class == named.class).collect();
        match (same.as_slice(), of_class.as_slice()) {
            ([], _) => Err(unknown()),
            ([only], _) => Ok(only.id),
            (_, [only]) => Ok(only.id),
            _ => Err(Message::new("result-import-several").with("name", named.full())),
        }
    }
}

/// What the row says came of it; none for a word that means nothing.
fn outcome(row: &Incoming) -> Option<(State, Outcome)> {
    let number = |field: &str| row.values.get(field).and_then(Json::as_f64);
    #[expect(clippy::cast_possible_truncation, reason = "degrees and places are small whole numbers")]
    let whole = |field: &str| number(field).map(|n| n as i64);
    let award = match row.text("status")? {
        "no_show" => return Some((State::NoShow, Outcome::default())),
        "pending" => None,
        "winner" => Some(Award::Winner),
        "prize_winner" => Some(Award::PrizeWinner),
        "laureate" => Some(Award::Laureate),
        "diploma_holder" => Some(Award::DiplomaHolder),
        "participant" => Some(Award::Participant),
        _ => return None,
    };
    let degree = whole("degree").filter(|d| (1..=3).contains(d));
    let outcome = Outcome {
        score: number("score"),
        max_score: number("max_score"),
        place: whole("place"),
        place_to: None,
        // Of a degree alone the regulation of the event says what it is worth.
        award: if row.text("status_basis") == Some("degree") { None } else { award },
        degree,
    };
    Some((State::TookPart, outcome))
}

/// What a row would do to the data.
async fn verdict(tx: &mut Tx, line: &Line) -> Result<Verdict, Fault> {
    let Some((_, stage)) = find(tx, line).await? else { return Ok(Verdict::New) };
    let Some(child) = line.children.first() else { return Ok(Verdict::New) };
    let Some(known) = store::kept_at(tx, stage.id, *child).await? else { return Ok(Verdict::New) };
    if known.says(line) {
        return Ok(Verdict::Known {
            record: known.id.0,
            version: known.version,
            title: line.title.clone(),
            differences: Vec::new(),
        });
    }
    if known.result.counts() {
        return Ok(Verdict::Refused(vec![Issue::rule("result", Message::new("result-confirmed-already"))]));
    }
    let award = |award: Option<Award>| award.map_or(Json::Null, |a| a.code().into());
    let mut differences = Vec::new();
    if known.award != line.outcome.award {
        differences.push(Difference {
            field: "result".into(),
            old: award(known.award),
            new: award(line.outcome.award),
        });
    }
    let number = |n: Option<i64>| n.map_or(Json::Null, Json::from);
    for (field, old, new) in [("degree", known.degree, line.outcome.degree), ("place", known.place, line.outcome.place)]
    {
        if old != new {
            differences.push(Difference { field: field.into(), old: number(old), new: number(new) });
        }
    }
    if known.score != line.outcome.score {
        let number = |n: Option<f64>| n.map_or(Json::Null, Json::from);
        differences.push(Difference {
            field: "score".into(),
            old: number(known.score),
            new: number(line.outcome.score),
        });
    }
    Ok(Verdict::Known { record: known.id.0, version: known.version, title: line.title.clone(), differences })
}

impl store::Kept {
    fn says(&self, line: &Line) -> bool {
        let o = &line.outcome;
        (self.state, self.award, self.degree, self.place, self.score)
            == (line.state, o.award, o.degree, o.place, o.score)
    }
}

/// The edition of this title, year and level, and the stage that counts.
async fn find(tx: &mut Tx, line: &Line) -> Result<Option<(Edition, Stage)>, Fault> {
    let Some(id) = store::edition_of(tx, &name_key(&line.title), line.year(), line.level).await? else {
        return Ok(None);
    };
    let Some(edition) = events::find_in(tx, id).await? else { return Ok(None) };
    let stages = events::stages_in(tx, id).await?;
    let stage = stages.iter().rev().find(|s| s.counted).or(stages.last()).cloned();
    Ok(stage.map(|stage| (edition, stage)))
}

/// Writes the participations of a row, with the edition where there is none yet.
async fn write(tx: &mut Tx, visit: &Visit, line: &Line) -> Result<ParticipationId, Fault> {
    let (edition, stage) = match find(tx, line).await? {
        Some(found) => found,
        None => {
            let mut draft = EditionDraft::plain(&line.title, EventKind::Contest, line.year(), line.level, line.format);
            draft.subject = line.subject.as_deref().map(events::subject);
            (draft.starts_on, draft.ends_on) = (Some(line.on), Some(line.until.unwrap_or(line.on)));
            draft.state = EditionState::Running;
            events::enter(tx, visit, &draft).await?;
            find(tx, line).await?.ok_or(Fault::NotFound)?
        }
    };
    let day = day_of((stage.starts_on, stage.ends_on), (Some(line.on), line.until), visit.today);
    let mut rows: Vec<Row> = Vec::new();
    for child in &line.children {
        if store::kept_at(tx, stage.id, *child).await?.is_some() {
            continue;
        }
        let snapshot = store::snapshot(tx, *child, day).await?.ok_or(Fault::NotFound)?;
        let mut row = Row::new(ParticipationId(visit.new_id()), &edition, &stage, *child, snapshot);
        (row.sending, row.source, row.state) = (line.organisation, Source::Import, line.state);
        rows.push(row);
    }
    if rows.len() > 1 {
        let id = visit.new_id();
        let said = line.team.as_deref().filter(|title| !title.is_empty()).map(str::to_owned);
        let title = said.unwrap_or_else(|| Lang::Ru.say("result-team").into_owned());
        store::put_team(tx, id, stage.id, &title, Some(line.organisation), None).await?;
        rows.iter_mut().for_each(|row| row.team = Some(id));
    }
    super::enter(tx, visit, &rows).await?;
    rows.first().map(|r| r.id).ok_or(Fault::NotFound)
}

/// What an import found, for putting it back.
#[derive(Serialize, Deserialize)]
struct Before {
    state: String,
    score: Option<f64>,
    place: Option<i64>,
    award: Option<String>,
    degree: Option<i64>,
}

impl Before {
    fn of(k: &store::Kept) -> Self {
        let award = k.award.map(|a| a.code().to_owned());
        Self { state: k.state.code().to_owned(), score: k.score, place: k.place, award, degree: k.degree }
    }

    fn state(&self) -> State {
        self.state.parse().unwrap_or(State::TookPart)
    }

    fn outcome(&self) -> Outcome {
        let award = self.award.as_deref().and_then(|code| code.parse().ok());
        Outcome { score: self.score, place: self.place, award, degree: self.degree, ..Outcome::default() }
    }
}
