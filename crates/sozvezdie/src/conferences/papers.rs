//! What a conference prints: the programme, the sheets of the jury, the collection of theses. Outside
//! the organiser's own list a child is named as far as its family agreed.
use super::{
    Conference,
    marks::{self, Sheet},
    model::{Author, Section, SectionId, ThesisId, ThesisState, Timed, clock, timetable},
    store::theses::{self as rows, Whose},
};
use crate::{
    consents::{self, Category},
    learners,
    papers::capital,
    people::{self, PersonId},
};
use documents::paper::{BLANK, Block, Paper, Signature};
use kit::{Fault, Lang, Visit, audit::Entry, db::Tx};
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

const T: Lang = Lang::Ru;

/// Who stands beside each work: everybody by name, or as far as the family agreed.
pub type Bylines = BTreeMap<ThesisId, Vec<String>>;

/// «Демонов Семён Учебнович, 9 класс, Майская гимназия» of what may be told.
fn byline(t: Lang, name: Option<&str>, class: Option<i64>, organisation: Option<&str>) -> String {
    let class = class.map(|class| t.say_with("certificate-class", &[("class", class.into())]).into_owned());
    let name = name.map_or_else(|| t.say("conference-unnamed").into_owned(), str::to_owned);
    [Some(name), class, organisation.map(str::to_owned)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Everybody by name: for whoever holds the conference.
pub fn full(t: Lang, authors: &[Author]) -> Bylines {
    let mut all = Bylines::new();
    for a in authors {
        all.entry(a.thesis).or_default().push(byline(t, Some(&a.name), a.class, Some(&a.organisation)));
    }
    all
}

/// For everybody: of each child what its family permits to publish.
///
/// # Errors
/// The database's.
pub async fn agreed(visit: &Visit, t: Lang, authors: &[Author]) -> Result<Bylines, Fault> {
    visit
        .net
        .transact(async |tx: &mut Tx| {
            let mut all = Bylines::new();
            for a in authors {
                let mut may = Vec::new();
                for what in [Category::Name, Category::Class, Category::Organisation] {
                    may.push(consents::may_be_shown(tx, a.learner, &[what], visit.today).await?);
                }
                let [name, class, school] = may.as_slice() else { continue };
                // A class and a school without a name tell who it is in a small place.
                let line = byline(
                    t,
                    name.then_some(a.name.as_str()),
                    a.class.filter(|_| *name && *class),
                    (*name && *school).then_some(a.organisation.as_str()),
                );
                all.entry(a.thesis).or_default().push(line);
            }
            Ok(all)
        })
        .await
}

/// The works that are talked about, and who wrote them.
pub struct Works {
    /// Title and supervisor.
    pub titles: BTreeMap<ThesisId, (String, PersonId)>,
    pub authors: Vec<Author>,
}

/// The accepted works of a conference.
///
/// # Errors
/// The database's.
pub async fn accepted(visit: &Visit, c: &Conference) -> Result<Works, Fault> {
    let all = rows::list(&visit.net, c.stage.id, &Whose::All).await?;
    let titles: BTreeMap<_, _> = all
        .into_iter()
        .filter(|t| t.state == ThesisState::Accepted)
        .map(|t| (t.id, (t.title, t.supervisor_id)))
        .collect();
    let mut authors = rows::authors(&visit.net, c.stage.id).await?;
    authors.retain(|a| titles.contains_key(&a.thesis));
    Ok(Works { titles, authors })
}

/// «Секция «Экология». 12 декабря 2026 г., 10:00, кабинет 21».
pub fn section_line(t: Lang, s: &Section) -> String {
    let mut parts = vec![t.date(s.on_date), clock(s.starts_at)];
    parts.extend(s.room.clone());
    parts.join(", ")
}

fn head(c: &Conference, title: &str, visit: &Visit) -> Paper {
    Paper {
        title: format!("{title}. {}", c.edition.title),
        issuer: vec![c.edition.organiser.clone().unwrap_or_else(|| BLANK.to_owned())],
        kind: title.to_uppercase(),
        date: T.date(visit.today),
        body: vec![Block::Flush { text: c.edition.title.clone() }],
        ..Paper::default()
    }
}

/// The programme, section by section.
pub fn programme(visit: &Visit, c: &Conference, works: &Works, by: &Bylines) -> Paper {
    let mut paper = head(c, &T.say("conference-programme"), visit);
    for section in &c.sections {
        paper.body.push(Block::Flush { text: format!("{}. {}", section.title, section_line(T, section)) });
        let jury: Vec<String> = c.jury(section.id).map(|j| j.name.clone()).collect();
        if !jury.is_empty() {
            paper.body.push(Block::Flush { text: format!("{}: {}", T.say("conference-jury"), jury.join(", ")) });
        }
        let columns = ["conference-time", "conference-talk", "conference-authors"];
        let columns = columns.iter().map(|key| T.say(key).into_owned()).collect();
        let rows = timetable(section, &c.slots).iter().map(|line| row(line, works, by)).collect();
        paper.body.push(Block::Table { columns, rows });
    }
    paper
}

fn row(line: &Timed<'_>, works: &Works, by: &Bylines) -> Vec<String> {
    let hours = format!("{}–{}", clock(line.from), clock(line.until));
    match line.slot.thesis {
        Some(id) => {
            let title = works.titles.get(&id).map(|(title, _)| title.clone()).unwrap_or_default();
            vec![hours, title, by.get(&id).map(|lines| lines.join("; ")).unwrap_or_default()]
        }
        None => vec![hours, line.slot.title.clone().unwrap_or_default(), String::new()],
    }
}

/// The sheet of one juror, to be filled in by hand.
pub fn sheet(visit: &Visit, s: &Sheet, authors: &[Author]) -> Paper {
    let c = &s.conference;
    let mut paper = head(c, &T.say("conference-sheet"), visit);
    if let Some(section) = c.section(s.section) {
        paper.body.push(Block::Flush { text: format!("{}. {}", section.title, section_line(T, section)) });
    }
    let mut columns = vec!["№".to_owned(), T.say("conference-work").into_owned()];
    columns.extend(c.rules.criteria.0.iter().map(|k| format!("{} (0–{})", k.title, k.most)));
    columns.push(T.say("conference-sum").into_owned());
    let by = full(T, authors);
    let blank = c.rules.criteria.0.len() + 1;
    let rows = (1..)
        .zip(s.works.iter().filter(|(_, is_own)| !is_own))
        .map(|(n, (t, _))| {
            let names = by.get(&t.id).map(|lines| lines.join("; ")).unwrap_or_default();
            let mut cells: Vec<String> = vec![i32::to_string(&n), format!("{}. {names}", t.title)];
            cells.resize(cells.len() + blank, String::new());
            cells
        })
        .collect();
    paper.body.push(Block::Table { columns, rows });
    let juror = c.jury(s.section).find(|j| j.person == s.juror).map_or("", |j| j.name.as_str());
    paper.title = format!("{}. {juror}", paper.title);
    paper.signatures =
        vec![Signature { post: T.say("conference-juror").into_owned(), name: documents::cases::initials(juror) }];
    paper
}

/// The collection of theses, for the template.
#[derive(Clone, Debug, Serialize)]
pub struct Collection {
    pub issuer: String,
    pub title: String,
    pub kind: String,
    pub days: String,
    pub foot: String,
    pub contents: String,
    pub sections: Vec<Chapter>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Chapter {
    pub title: String,
    pub works: Vec<Piece>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Piece {
    pub title: String,
    pub authors: Vec<String>,
    pub supervisor: String,
    pub lines: Vec<String>,
}

/// Gathers the accepted theses. That children are named there is noted as an export.
///
/// # Errors
/// [`Fault::NotFound`] where nothing is accepted; [`Fault::Unavailable`] when it cannot be noted.
pub async fn collection(visit: &Visit, c: &Conference) -> Result<Collection, Fault> {
    let all = rows::list(&visit.net, c.stage.id, &Whose::All).await?;
    let works = accepted(visit, c).await?;
    if works.titles.is_empty() {
        return Err(Fault::NotFound);
    }
    let by = agreed(visit, T, &works.authors).await?;
    let supervisors: Vec<Uuid> = works.titles.values().map(|(_, id)| id.0).collect();
    let names = people::names(&visit.net, &supervisors).await?;
    let mut sections = Vec::new();
    for section in &c.sections {
        let mut pieces = Vec::new();
        for t in marks::works(visit, c, section.id).await? {
            let supervisor = names
                .get(&t.supervisor_id.0)
                .map(|name| T.say_with("conference-led-by", &[("name", name.as_str().into())]).into_owned());
            let body = all.iter().find(|known| known.id == t.id).map(|known| known.body.as_str()).unwrap_or_default();
            pieces.push(Piece {
                title: t.title.clone(),
                authors: by.get(&t.id).cloned().unwrap_or_default(),
                supervisor: supervisor.unwrap_or_default(),
                lines: body.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            });
        }
        if !pieces.is_empty() {
            sections.push(Chapter { title: section.title.clone(), works: pieces });
        }
    }
    note(visit, &works.authors, "theses").await?;
    let days = crate::events::days_of(T, &c.edition, &c.stage);
    Ok(Collection {
        issuer: c.edition.organiser.clone().unwrap_or_default(),
        title: c.edition.title.clone(),
        kind: capital(&T.say("conference-collection-kind")),
        days,
        foot: chrono::Datelike::year(&visit.today).to_string(),
        contents: T.say("conference-contents").into_owned(),
        sections,
    })
}

/// Children's names leave the program in a file.
///
/// # Errors
/// [`Fault::Unavailable`].
pub async fn note(visit: &Visit, authors: &[Author], what: &str) -> Result<(), Fault> {
    let subjects: Vec<Uuid> = authors.iter().map(|a| a.learner.0).collect();
    let entry = Entry { action: "export", kind: learners::KIND, object: None, fields: what.into(), subjects };
    let noted: Result<(), Fault> = visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, visit).await).await;
    noted.map_err(|fault| Fault::Unavailable(format!("a printing of children's names is not noted: {fault:?}")))
}

/// The authors of the works of one section.
pub fn of_section(works: &Works, c: &Conference, section: SectionId) -> Vec<Author> {
    let talks = |id: ThesisId| c.slots.iter().any(|s| s.section == section && s.thesis == Some(id));
    works.authors.iter().filter(|a| talks(a.thesis)).cloned().collect()
}
