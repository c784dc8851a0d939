//! Events, their editions and stages: levels, formats, states and what may follow what.
//! Pure: no SQL, no async.
use crate::{acts::ActId, organisations::OrganisationId, shell::AcademicYear};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    db::{Bind, Cell, Col, Mismatch, Val},
    html::Tone,
};
use serde::Serialize;
use uuid::Uuid;

kit::db::id_type!(
    /// What is held again and again: an olympiad, a contest.
    EventId
);
kit::db::id_type!(
    /// One holding of an event, in one academic year.
    EditionId
);
kit::db::id_type!(
    /// A stage of an edition.
    StageId
);

kit::codes! {
    /// How far an event reaches (`domain.md` §2), the nearest first.
    pub enum Level {
        School = "school",
        Municipal = "municipal",
        Intermunicipal = "intermunicipal",
        Regional = "regional",
        Interregional = "interregional",
        National = "national",
        International = "international",
    }
}

kit::codes! {
    /// How one takes part. Not a form of study.
    pub enum Format { InPerson = "in_person", Correspondence = "correspondence", Distance = "distance" }
}

kit::codes! {
    /// What kind of event it is.
    pub enum EventKind {
        Olympiad = "olympiad",
        Contest = "contest",
        Conference = "conference",
        Competition = "competition",
    }
}

kit::codes! {
    /// Whose official list. The federal one is the ministry's of education, РСОШ that of the
    /// olympiads whose winners universities admit.
    pub enum ListKind { Federal = "federal", Rsosh = "rsosh", Regional = "regional", Municipal = "municipal" }
}

kit::codes! {
    /// What becomes of equal results at the edge of a quota: all of them get the award, or none.
    pub enum TiePolicy { All = "all", None = "none" }
}

kit::codes! {
    /// How far an edition is. A draft is seen by those who may change it.
    pub enum EditionState {
        Draft = "draft",
        Announced = "announced",
        Running = "running",
        /// Its final results were made known.
        Published = "published",
        Cancelled = "cancelled",
    }
}

impl EditionState {
    /// What this one may become.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Announced],
            Self::Announced => &[Self::Running, Self::Published, Self::Cancelled, Self::Draft],
            Self::Running => &[Self::Published, Self::Cancelled],
            // A result that turned out wrong opens the edition again.
            Self::Published => &[Self::Running],
            Self::Cancelled => &[Self::Draft],
        }
    }

    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Draft | Self::Cancelled => Tone::Plain,
            Self::Announced => Tone::Info,
            Self::Running => Tone::Warn,
            Self::Published => Tone::Ok,
        }
    }
}

kit::codes! {
    /// How far a stage is.
    pub enum StageState {
        Planned = "planned",
        /// Applications are taken.
        Entering = "entering",
        /// It is being held; nobody enters any more.
        Running = "running",
        /// Results are known and may be appealed against.
        Preliminary = "preliminary",
        /// The jury's protocol is signed.
        Final = "final",
    }
}

impl StageState {
    /// What this one may become.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Planned => &[Self::Entering, Self::Running],
            Self::Entering => &[Self::Running, Self::Planned],
            Self::Running => &[Self::Preliminary, Self::Entering],
            Self::Preliminary => &[Self::Final, Self::Running],
            Self::Final => &[Self::Preliminary],
        }
    }

    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Planned => Tone::Plain,
            Self::Entering => Tone::Info,
            Self::Running | Self::Preliminary => Tone::Warn,
            Self::Final => Tone::Ok,
        }
    }
}

kit::codes! {
    /// Degrees of a diploma that may count as a prize place. Winners and prize-winners always do.
    pub enum PrizeDegree { First = "1", Second = "2", Third = "3", Laureate = "laureate", Diploma = "diploma" }
}

/// The degrees that count as a prize place at one edition; stored as a list of codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrizeDegrees(pub Vec<PrizeDegree>);

impl Default for PrizeDegrees {
    /// Diplomas of the three degrees and laureates: what most regulations say.
    fn default() -> Self {
        Self(vec![PrizeDegree::First, PrizeDegree::Second, PrizeDegree::Third, PrizeDegree::Laureate])
    }
}

impl PrizeDegrees {
    /// Whether a diploma of this degree (1 to 3) is a prize here.
    pub fn hold_degree(&self, degree: i64) -> bool {
        degree.to_string().parse().is_ok_and(|code| self.0.contains(&code))
    }

    pub fn hold(&self, degree: PrizeDegree) -> bool {
        self.0.contains(&degree)
    }
}

impl Bind for PrizeDegrees {
    const NULL: Val = Val::Text(None);
    fn bind(self) -> Val {
        let codes: Vec<&str> = self.0.iter().map(|d| d.code()).collect();
        Val::Text(Some(serde_json::json!(codes).to_string()))
    }
}

impl Col for PrizeDegrees {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Mismatch> {
        let codes: Vec<String> = serde_json::from_str(cell.text()?).map_err(|_| cell.mismatch("a list of codes"))?;
        let degrees = codes.iter().map(|code| code.parse().map_err(|_| cell.mismatch("PrizeDegree")));
        Ok(Self(degrees.collect::<Result<_, _>>()?))
    }
}

/// One edition, with what it takes from its event.
#[derive(Clone, Debug)]
pub struct Edition {
    pub id: EditionId,
    pub event_id: EventId,
    pub kind: EventKind,
    /// Taking part costs money.
    pub paid: bool,
    pub title: String,
    /// Stated, not computed.
    pub academic_year: AcademicYear,
    pub level: Level,
    pub format: Format,
    pub subject: Option<String>,
    /// Who holds it, in words.
    pub organiser: Option<String>,
    /// Who holds it, where it is an organisation of the network; none: the network or an outsider.
    pub organiser_id: Option<OrganisationId>,
    pub class_from: Option<i64>,
    pub class_to: Option<i64>,
    /// Members of a team; none: everybody for themselves.
    pub team_size: Option<i64>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub apply_until: Option<NaiveDate>,
    pub place: Option<String>,
    pub site: Option<String>,
    /// The regulation.
    pub act_id: Option<ActId>,
    pub prize_degrees: PrizeDegrees,
    pub state: EditionState,
    pub published_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
}
kit::db::row!(Edition {
    id,
    event_id,
    kind,
    paid,
    title,
    academic_year,
    level,
    format,
    subject,
    organiser,
    organiser_id,
    class_from,
    class_to,
    team_size,
    starts_on,
    ends_on,
    apply_until,
    place,
    site,
    act_id,
    prize_degrees,
    state,
    published_at,
    updated_at,
    updated_by,
    version
});

impl Edition {
    /// The organisation that permissions are asked for.
    pub fn owner(&self) -> Option<Uuid> {
        self.organiser_id.map(|id| id.0)
    }

    /// Whether a learner of this class may take part; a child of no class only where none is asked.
    pub fn takes_class(&self, class: Option<i64>) -> bool {
        match class {
            Some(class) => {
                self.class_from.is_none_or(|from| class >= from) && self.class_to.is_none_or(|to| class <= to)
            }
            None => self.class_from.is_none() && self.class_to.is_none(),
        }
    }

    /// Whether applications are still taken on a day.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.state == EditionState::Announced
            && self.apply_until.or(self.starts_on).or(self.ends_on).is_none_or(|last| day <= last)
    }
}

/// One stage. Empty rules do not bind; shares are whole percents of the most there is.
#[derive(Clone, Debug)]
pub struct Stage {
    pub id: StageId,
    pub edition_id: EditionId,
    /// From 1, in the order in which they are held.
    pub position: i64,
    pub title: String,
    /// None: the edition's.
    pub level: Option<Level>,
    pub organiser_id: Option<OrganisationId>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub place: Option<String>,
    /// Its results enter the figures.
    pub counted: bool,
    /// Below this share of the most points nobody is a winner.
    pub min_pct_winner: Option<i64>,
    pub winner_quota: Option<i64>,
    pub prize_quota: Option<i64>,
    pub tie_policy: TiePolicy,
    /// Points that invite to the next stage.
    pub pass_score: Option<f64>,
    pub state: StageState,
    pub version: i64,
}
kit::db::row!(Stage {
    id,
    edition_id,
    position,
    title,
    level,
    organiser_id,
    starts_on,
    ends_on,
    place,
    counted,
    min_pct_winner,
    winner_quota,
    prize_quota,
    tie_policy,
    pass_score,
    state,
    version
});

/// What is said of the event that an edition is one of.
#[derive(Clone, Debug)]
pub struct EventDraft {
    pub title: String,
    pub kind: EventKind,
    pub organiser: Option<String>,
    pub site: Option<String>,
    pub about: Option<String>,
    pub paid: bool,
}

/// A checked edition.
#[derive(Clone, Debug)]
pub struct EditionDraft {
    pub event: EventDraft,
    pub title: String,
    pub academic_year: AcademicYear,
    pub level: Level,
    pub format: Format,
    pub subject: Option<String>,
    pub organiser: Option<String>,
    pub organiser_id: Option<OrganisationId>,
    pub class_from: Option<i64>,
    pub class_to: Option<i64>,
    pub team_size: Option<i64>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub apply_until: Option<NaiveDate>,
    pub place: Option<String>,
    pub site: Option<String>,
    pub act_id: Option<ActId>,
    pub prize_degrees: PrizeDegrees,
    pub state: EditionState,
    /// None at all: one stage that counts.
    pub stages: Vec<StageDraft>,
}

impl EditionDraft {
    /// An announced edition with a title and little else; the rest is changed by who knows it.
    pub fn plain(title: &str, kind: EventKind, academic_year: AcademicYear, level: Level, format: Format) -> Self {
        let event = EventDraft { title: title.into(), kind, organiser: None, site: None, about: None, paid: false };
        Self {
            event,
            title: title.into(),
            academic_year,
            level,
            format,
            subject: None,
            organiser: None,
            organiser_id: None,
            class_from: None,
            class_to: None,
            team_size: None,
            starts_on: None,
            ends_on: None,
            apply_until: None,
            place: None,
            site: None,
            act_id: None,
            prize_degrees: PrizeDegrees::default(),
            state: EditionState::Announced,
            stages: Vec::new(),
        }
    }
}

/// A checked stage.
#[derive(Clone, Debug)]
pub struct StageDraft {
    pub title: String,
    pub level: Option<Level>,
    pub organiser_id: Option<OrganisationId>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub place: Option<String>,
    pub counted: bool,
    pub min_pct_winner: Option<i64>,
    pub winner_quota: Option<i64>,
    pub prize_quota: Option<i64>,
    pub tie_policy: TiePolicy,
    pub pass_score: Option<f64>,
    pub state: StageState,
}

impl StageDraft {
    /// A stage of a name that counts and has no rules.
    pub fn plain(title: &str) -> Self {
        Self {
            title: title.into(),
            level: None,
            organiser_id: None,
            starts_on: None,
            ends_on: None,
            place: None,
            counted: true,
            min_pct_winner: None,
            winner_quota: None,
            prize_quota: None,
            tie_policy: TiePolicy::All,
            pass_score: None,
            state: StageState::Planned,
        }
    }
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Entered {
    pub event: EventId,
    pub edition: EditionId,
    /// In the order of the draft.
    pub stages: Vec<StageId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_left_again_and_reached_from_another() {
        for state in EditionState::ALL {
            assert!(!state.next().is_empty(), "{state:?}");
            assert!(EditionState::ALL.iter().any(|from| from.may_become(*state)), "{state:?}");
        }
        for state in StageState::ALL {
            assert!(!state.next().is_empty(), "{state:?}");
            assert!(StageState::ALL.iter().any(|from| from.may_become(*state)), "{state:?}");
        }
        assert!(!EditionState::Draft.may_become(EditionState::Published));
    }

    #[test]
    fn degrees_are_those_of_the_regulation() {
        let usual = PrizeDegrees::default();
        assert!(usual.hold_degree(1) && usual.hold_degree(3) && usual.hold(PrizeDegree::Laureate));
        assert!(!usual.hold_degree(4) && !usual.hold(PrizeDegree::Diploma));
        let bound = PrizeDegrees(vec![PrizeDegree::First]).bind();
        assert!(matches!(bound, Val::Text(Some(text)) if text == "[\"1\"]"));
    }
}
