//! A conference: sections, theses, programme, points of the jury. Pure.
use crate::{events::StageId, organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Lang,
    db::{Bind, Cell, Col, Mismatch, Val, row},
    form::{Check, Problems, tidy},
    html::Tone,
    text::Message,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

kit::db::id_type!(
    /// A section of a conference.
    SectionId
);
kit::db::id_type!(
    /// The theses of one work.
    ThesisId
);
kit::db::id_type!(
    /// What one reviewer was asked for.
    ReviewId
);
kit::db::id_type!(
    /// A line of a programme.
    SlotId
);

kit::codes! {
    /// How far theses are.
    pub enum ThesisState {
        Submitted = "submitted",
        /// Sent back: the authors mend the text.
        Revise = "revise",
        Accepted = "accepted",
        Declined = "declined",
        Withdrawn = "withdrawn",
    }
}

impl ThesisState {
    /// What the organiser may decide now; accepted theses are sent back no more once they stand in a
    /// programme, which the deed looks at.
    pub fn decisions(self) -> &'static [Self] {
        match self {
            Self::Submitted => &[Self::Accepted, Self::Revise, Self::Declined],
            Self::Revise => &[Self::Declined],
            Self::Accepted | Self::Declined => &[Self::Revise],
            Self::Withdrawn => &[],
        }
    }

    /// Whether the authors may still write.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Revise)
    }

    /// Whether the work still means to come.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Submitted | Self::Revise | Self::Accepted)
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Submitted => Tone::Info,
            Self::Revise => Tone::Warn,
            Self::Accepted => Tone::Ok,
            Self::Declined | Self::Withdrawn => Tone::Plain,
        }
    }
}

kit::codes! {
    /// What a reviewer advises.
    pub enum Advice { Accept = "accept", Revise = "revise", Decline = "decline" }
}

/// By what the jury judges, and how many points there are for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub title: String,
    pub most: i64,
}

/// The criteria of a conference, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Criteria(pub Vec<Criterion>);

impl Bind for Criteria {
    const NULL: Val = Val::Text(None);
    fn bind(self) -> Val {
        Val::Text(Some(serde_json::json!(self.0).to_string()))
    }
}

impl Col for Criteria {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch> {
        serde_json::from_str(cell.text()?).map(Self).map_err(|_| cell.mismatch("criteria"))
    }
}

impl Default for Criteria {
    /// What most regulations of school conferences ask for.
    fn default() -> Self {
        let all = ["Актуальность и новизна", "Методика и доказательность", "Доклад", "Ответы на вопросы"];
        Self(all.into_iter().map(|title| Criterion { title: title.into(), most: 10 }).collect())
    }
}

/// Criteria at most: more do not fit on a sheet.
const CRITERIA: usize = 8;

impl Criteria {
    /// «Доклад — 10», a line each.
    pub fn read(problems: &mut Problems, text: &str) -> Self {
        Self::read_few(problems, text, CRITERIA)
    }

    /// The same with at most so many lines.
    pub fn read_few(problems: &mut Problems, text: &str, limit: usize) -> Self {
        let mut all = Vec::new();
        for line in text.lines().filter_map(tidy) {
            let split = line.rsplit_once([' ', '-', '—', '–', ':', ';']);
            let read = split.and_then(|(title, most)| {
                let title = title.trim_end_matches([' ', '-', '—', '–', ':', ';', '\u{a0}']).trim();
                let most: i64 = most.parse().ok().filter(|n| (1..=100).contains(n))?;
                (!title.is_empty() && title.chars().count() <= 80).then(|| Criterion { title: title.to_owned(), most })
            });
            match read {
                Some(criterion) => all.push(criterion),
                None => problems.add("criteria", Message::new("conference-bad-criterion").with("line", line)),
            }
        }
        if (all.is_empty() || all.len() > limit) && problems.at("criteria").is_none() {
            problems.add("criteria", Message::new("conference-criteria-count").with("most", limit));
        }
        Self(all)
    }

    pub fn text(&self) -> String {
        self.0.iter().map(|c| format!("{} — {}", c.title, c.most)).collect::<Vec<_>>().join("\n")
    }

    /// The most points there are together.
    pub fn sum(&self) -> i64 {
        self.0.iter().map(|c| c.most).sum()
    }
}

/// What holds for a whole conference.
#[derive(Clone, Debug)]
pub struct Rules {
    pub talk_minutes: i64,
    pub criteria: Criteria,
    pub version: i64,
}
row!(Rules { talk_minutes, criteria, version });

impl Default for Rules {
    fn default() -> Self {
        Self { talk_minutes: 10, criteria: Criteria::default(), version: 0 }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct Section {
    pub id: SectionId,
    pub stage_id: StageId,
    pub title: String,
    pub room: Option<String>,
    pub on_date: NaiveDate,
    /// Minutes after midnight.
    pub starts_at: i64,
    pub version: i64,
}
row!(Section { id, stage_id, title, room, on_date, starts_at, version });

#[derive(Clone, Debug)]
pub struct Juror {
    pub section: SectionId,
    pub person: PersonId,
    pub name: String,
    pub chair: bool,
}
row!(Juror { section, person, name, chair });

#[derive(Clone, Debug, Serialize)]
pub struct Thesis {
    pub id: ThesisId,
    pub stage_id: StageId,
    pub section_id: SectionId,
    pub project_id: Option<Uuid>,
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub supervisor_id: PersonId,
    pub code: String,
    pub title: String,
    pub body: String,
    pub state: ThesisState,
    pub verdict: Option<String>,
    pub version: i64,
}
row!(Thesis {
    id,
    stage_id,
    section_id,
    project_id,
    organisation_id,
    organisation,
    supervisor_id,
    code,
    title,
    body,
    state,
    verdict,
    version
});

#[derive(Clone, Debug)]
pub struct Author {
    pub thesis: ThesisId,
    pub learner: PersonId,
    pub name: String,
    pub organisation: String,
    pub class: Option<i64>,
}
row!(Author { thesis, learner, name, organisation, class });

#[derive(Clone, Debug)]
pub struct Review {
    pub id: ReviewId,
    pub thesis: ThesisId,
    pub reviewer: PersonId,
    pub due_on: NaiveDate,
    pub advice: Option<Advice>,
    pub body: Option<String>,
}
row!(Review { id, thesis, reviewer, due_on, advice, body });

/// A line of a programme.
#[derive(Clone, Debug)]
pub struct Slot {
    pub id: SlotId,
    pub section: SectionId,
    pub position: i64,
    pub thesis: Option<ThesisId>,
    /// Of a break.
    pub title: Option<String>,
    pub minutes: i64,
}
row!(Slot { id, section, position, thesis, title, minutes });

/// A line with the minutes of the day at which it begins and ends.
#[derive(Clone, Copy, Debug)]
pub struct Timed<'a> {
    pub slot: &'a Slot,
    pub from: i64,
    pub until: i64,
}

/// The lines of a section with their hours.
pub fn timetable<'a>(section: &Section, slots: &'a [Slot]) -> Vec<Timed<'a>> {
    let mut at = section.starts_at;
    let own = slots.iter().filter(|s| s.section == section.id);
    own.map(|slot| {
        let from = at;
        at += slot.minutes;
        Timed { slot, from, until: at }
    })
    .collect()
}

/// «9:40».
pub fn clock(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// «9:40» or «09.40» as minutes of a day.
pub fn read_clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once([':', '.'])?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// Somebody who would have to be in two places at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    pub person: PersonId,
    pub here: SectionId,
    pub there: SectionId,
    /// Minutes of the day at which both begin to run.
    pub at: i64,
}

/// Whoever is busy in a section from one minute to another: jurors all its length, authors their talk.
fn busy(section: &Section, slots: &[Slot], jurors: &[Juror], authors: &[Author]) -> Vec<(PersonId, i64, i64)> {
    let lines = timetable(section, slots);
    let end = lines.last().map_or(section.starts_at, |line| line.until);
    let mut all: Vec<(PersonId, i64, i64)> =
        jurors.iter().filter(|j| j.section == section.id).map(|j| (j.person, section.starts_at, end)).collect();
    for line in lines {
        let talks = authors.iter().filter(|a| line.slot.thesis == Some(a.thesis));
        all.extend(talks.map(|a| (a.learner, line.from, line.until)));
    }
    all
}

/// The first clash of a conference, if there is any: nobody speaks or judges in two rooms at once.
pub fn clash(sections: &[Section], slots: &[Slot], jurors: &[Juror], authors: &[Author]) -> Option<Clash> {
    let all: Vec<_> = sections.iter().map(|s| (s, busy(s, slots, jurors, authors))).collect();
    for (number, (here, mine)) in all.iter().enumerate() {
        let others = all.iter().skip(number + 1).filter(|(there, _)| there.on_date == here.on_date);
        for (there, theirs) in others {
            for (person, from, until) in mine {
                let meets = |(other, f, u): &&(PersonId, i64, i64)| other == person && f < until && from < u;
                if let Some((_, f, _)) = theirs.iter().find(meets) {
                    return Some(Clash { person: *person, here: here.id, there: there.id, at: *from.max(f) });
                }
            }
        }
    }
    None
}

/// The points of one juror by one criterion.
#[derive(Clone, Debug)]
pub struct Mark {
    pub thesis: ThesisId,
    pub juror: PersonId,
    pub criterion: i64,
    pub points: i64,
}
row!(Mark { thesis, juror, criterion, points });

/// The mean of what the jurors gave a work, in hundredths of a point: only whole sheets count. None
/// while there is none.
pub fn average(marks: &[Mark], thesis: ThesisId, criteria: usize) -> Option<i64> {
    let mut sheets: BTreeMap<Uuid, Vec<i64>> = BTreeMap::new();
    let known = i64::try_from(criteria).unwrap_or(0);
    for mark in marks.iter().filter(|m| m.thesis == thesis && (0..known).contains(&m.criterion)) {
        sheets.entry(mark.juror.0).or_default().push(mark.points);
    }
    sheets.retain(|_, points| points.len() == criteria);
    let count = i64::try_from(sheets.len()).ok().filter(|n| *n > 0)?;
    let sum: i64 = sheets.values().flatten().sum();
    Some((sum * 100 + count / 2) / count)
}

/// «28,5» of hundredths.
pub fn points(t: Lang, hundredths: i64) -> String {
    let comma = match t {
        Lang::Ru => ',',
        Lang::En => '.',
    };
    let text = format!("{}{comma}{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches(comma).to_owned()
}

/// Letters of theses at most.
pub const TEXT: usize = 8_000;

/// What was typed of theses.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ThesisForm {
    /// A research project that they come from; then its authors and supervisor stand.
    pub project: String,
    pub section: String,
    pub title: String,
    pub body: String,
    /// Ids of children.
    pub learner: Vec<String>,
    pub version: String,
    /// What was looked for; the page shows the same again.
    pub q: String,
}

/// Theses without anything wrong; who wrote them is looked up.
#[derive(Clone, Debug)]
pub struct ThesisDraft {
    pub section: SectionId,
    pub title: String,
    pub body: String,
}

impl ThesisForm {
    /// # Errors
    /// [`kit::Fault::Invalid`], every field at once.
    pub fn check(&self, sections: &[Section]) -> Result<ThesisDraft, kit::Fault> {
        let mut problems = Problems::default();
        let section = self.section.parse().ok().filter(|id| sections.iter().any(|s| s.id == *id));
        if section.is_none() {
            problems.add("section", Message::new("form-choose"));
        }
        let title = Check { problems: &mut problems }.required("title", &self.title, 300);
        let body = kit::form::tidy_lines(&self.body).unwrap_or_default();
        let length = body.chars().count();
        if body.is_empty() {
            problems.add("body", Message::new("form-required"));
        } else if length > TEXT {
            problems.add("body", Message::new("form-too-long").with("limit", TEXT).with("length", length));
        }
        let section = section.unwrap_or(SectionId(Uuid::nil()));
        problems.into_result(ThesisDraft { section, title, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn section(n: u128, starts_at: i64) -> Section {
        let on_date = "2026-12-12".parse().unwrap();
        Section {
            id: SectionId(id(n)),
            stage_id: StageId(id(1)),
            title: "Секция".into(),
            room: None,
            on_date,
            starts_at,
            version: 1,
        }
    }

    fn slot(section: u128, thesis: Option<u128>, minutes: i64) -> Slot {
        Slot {
            id: SlotId(id(9)),
            section: SectionId(id(section)),
            position: 1,
            thesis: thesis.map(|t| ThesisId(id(t))),
            title: None,
            minutes,
        }
    }

    fn author(thesis: u128, learner: u128) -> Author {
        Author {
            thesis: ThesisId(id(thesis)),
            learner: PersonId(id(learner)),
            name: String::new(),
            organisation: String::new(),
            class: None,
        }
    }

    #[test]
    fn nobody_speaks_in_two_rooms_at_once() {
        let sections = [section(1, 600), section(2, 600)];
        let authors = [author(11, 5), author(21, 5), author(22, 6)];
        let early = [slot(1, Some(11), 10), slot(2, Some(21), 10)];
        let found = clash(&sections, &early, &[], &authors).unwrap();
        assert_eq!((found.person, found.at), (PersonId(id(5)), 600));
        // A talk and a break before it: the same child is free by then.
        let later = [slot(1, Some(11), 10), slot(2, Some(22), 5), slot(2, None, 5), slot(2, Some(21), 10)];
        assert_eq!(clash(&sections, &later, &[], &authors), None);
        let other_day = [section(1, 600), Section { on_date: "2026-12-13".parse().unwrap(), ..section(2, 600) }];
        assert_eq!(clash(&other_day, &early, &[], &authors), None);
    }

    #[test]
    fn a_juror_sits_in_one_room_as_long_as_it_lasts() {
        let juror =
            |s: u128| Juror { section: SectionId(id(s)), person: PersonId(id(7)), name: String::new(), chair: false };
        let slots = [slot(1, Some(11), 30), slot(2, Some(21), 30)];
        let both = [juror(1), juror(2)];
        assert!(clash(&[section(1, 600), section(2, 620)], &slots, &both, &[]).is_some());
        assert!(clash(&[section(1, 600), section(2, 630)], &slots, &both, &[]).is_none());
    }

    #[test]
    fn only_whole_sheets_make_the_mean() {
        let thesis = ThesisId(id(3));
        let mark = |juror: u128, criterion, points| Mark { thesis, juror: PersonId(id(juror)), criterion, points };
        let marks = [mark(1, 0, 8), mark(1, 1, 9), mark(2, 0, 10), mark(2, 1, 8), mark(3, 0, 1)];
        assert_eq!(average(&marks, thesis, 2), Some(1750));
        assert_eq!(average(&marks, thesis, 3), None);
        let said = |hundredths| points(Lang::Ru, hundredths);
        assert_eq!((said(1750), said(2000), said(1733)), ("17,5".into(), "20".into(), "17,33".into()));
        assert_eq!(points(Lang::En, 1750), "17.5");
    }

    #[test]
    fn criteria_are_read_line_by_line_and_a_bad_one_is_named() {
        let mut problems = Problems::default();
        let read = Criteria::read(&mut problems, "Новизна — 10\n Доклад: 5 \n\nОтветы 20");
        assert!(problems.is_empty());
        assert_eq!(read.text(), "Новизна — 10\nДоклад — 5\nОтветы — 20");
        assert_eq!(read.sum(), 35);
        for text in ["", "Доклад", "— 10", "Доклад — 0"] {
            let mut problems = Problems::default();
            Criteria::read(&mut problems, text);
            assert!(problems.at("criteria").is_some(), "{text}");
        }
        assert_eq!((read_clock("9:05"), read_clock("24:00"), read_clock("девять")), (Some(545), None, None));
        assert_eq!(clock(545), "9:05");
    }
}
