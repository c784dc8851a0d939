//! What a notification says, and of what kind it is. Pure.
use chrono::{DateTime, Utc};
use kit::{access::Permission, db::row};
use uuid::Uuid;

kit::db::id_type!(
    /// One person's notification of one record.
    NotificationId
);

kit::codes! {
    /// What happened. The words are the texts `notification-kind-…` and `notification-line-…`.
    pub enum Kind {
        Requested = "requested",
        Confirmed = "confirmed",
        Declined = "declined",
        Countered = "countered",
        Accepted = "accepted",
        Refused = "refused",
        Moved = "moved",
        Cancelled = "cancelled",
        Distance = "distance",
        Stated = "stated",
        Disputed = "disputed",
        HandedOver = "handed_over",
        Need = "need",
        Response = "response",
        Consent = "consent",
        Role = "role",
        /// A family asked or withdrew: the subject is the code of the case.
        Family = "family",
        /// The school answered a family.
        Answered = "answered",
        /// Reminders: what was told long ago and is not done, and what comes due.
        Unanswered = "unanswered",
        LoanDue = "loan_due",
        LoanOverdue = "loan_overdue",
        MonthDue = "month_due",
        /// A report is called for, came back, was accepted.
        ReportDue = "report_due",
        ReportReturned = "report_returned",
        ReportAccepted = "report_accepted",
        /// Preliminary results are made known; somebody appealed; an appeal is decided.
        Preliminary = "preliminary",
        Appealed = "appealed",
        AppealDecided = "appeal_decided",
    }
}

impl Kind {
    /// Waits for a deed of the reader's; done by one, it is done for all.
    pub fn needs_deed(self) -> bool {
        matches!(
            self,
            Self::Requested
                | Self::Countered
                | Self::Stated
                | Self::Disputed
                | Self::Need
                | Self::Response
                | Self::Consent
                | Self::Family
                | Self::Unanswered
                | Self::LoanDue
                | Self::LoanOverdue
                | Self::MonthDue
                | Self::ReportDue
                | Self::ReportReturned
                | Self::Appealed
        )
    }

    /// Written of in letters unless the reader says otherwise: what asks for a deed, and what
    /// changes somebody's day. A need of the network asks nobody in particular.
    pub fn is_mailed(self) -> bool {
        (self.needs_deed() && self != Self::Need)
            || matches!(
                self,
                Self::Moved
                    | Self::Cancelled
                    | Self::Distance
                    | Self::Answered
                    | Self::Preliminary
                    | Self::AppealDecided
            )
    }

    /// What one must be allowed to do to be told of such things at all.
    pub fn of(self) -> Option<Permission> {
        match self {
            Self::Role => None,
            Self::Family => Some(Permission("cases.decide")),
            Self::Answered => Some(Permission("cases.ask")),
            Self::ReportDue | Self::ReportReturned | Self::ReportAccepted => Some(Permission("reports.view")),
            Self::Preliminary | Self::AppealDecided => Some(Permission("appeals.send")),
            Self::Appealed => Some(Permission("events.organise")),
            _ => Some(Permission("exchange.view")),
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            Self::Requested => "inbox",
            Self::Confirmed | Self::Accepted => "circle-check",
            Self::Declined | Self::Refused | Self::Cancelled => "circle-x",
            Self::Countered | Self::Response => "handshake",
            Self::Moved => "calendar-check",
            Self::Distance => "monitor",
            Self::Stated | Self::Consent | Self::MonthDue => "clipboard-check",
            Self::Disputed | Self::LoanOverdue => "triangle-alert",
            Self::HandedOver => "package",
            Self::Need => "hand-helping",
            Self::Role => "id-card",
            Self::Family | Self::Preliminary | Self::Appealed | Self::AppealDecided => "scale",
            Self::Answered => "message-square",
            Self::Unanswered | Self::LoanDue => "clock",
            Self::ReportDue | Self::ReportReturned | Self::ReportAccepted => "scroll-text",
        }
    }
}

/// Where a person reads of one kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub kind: Kind,
    pub in_app: bool,
    pub by_mail: bool,
}
row!(Choice { kind, in_app, by_mail });

impl Choice {
    /// What holds until somebody chooses.
    pub fn usual(kind: Kind) -> Self {
        Self { kind, in_app: true, by_mail: kind.is_mailed() }
    }
}

/// What is to be told.
#[derive(Clone, Debug)]
pub struct News {
    pub kind: Kind,
    /// News of one kind and bunch are one line.
    pub bunch: String,
    pub record: Uuid,
    /// The address where the reader goes on.
    pub link: String,
    /// A name that anybody in the exchange may read: never what somebody typed about a child.
    pub subject: String,
    /// The organisation that it comes from.
    pub other: Option<Uuid>,
    pub starts_at: Option<DateTime<Utc>>,
}

/// Who is told. Whoever did the deed never is.
#[derive(Clone, Debug)]
pub enum To {
    /// All who hold the permission in one of these organisations today.
    Holders(Permission, Vec<Uuid>),
    Person(Uuid),
}

/// A row as it is stored.
#[derive(Clone, Debug)]
pub struct Notification {
    pub id: NotificationId,
    pub kind: Kind,
    pub bunch: String,
    pub link: String,
    pub subject: String,
    pub other_id: Option<Uuid>,
    pub starts_at: Option<DateTime<Utc>>,
    pub needs_deed: bool,
    pub at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    pub settled_at: Option<DateTime<Utc>>,
}
row!(Notification { id, kind, bunch, link, subject, other_id, starts_at, needs_deed, at, read_at, settled_at });

/// Notifications of one bunch: a line of the page.
#[derive(Clone, Debug)]
pub struct Bunch {
    /// The one that still asks for something, else the latest.
    pub first: Notification,
    pub count: usize,
    pub is_new: bool,
    /// Every deed that it asked for is done.
    pub is_settled: bool,
}

impl Bunch {
    /// `None` of nothing.
    pub fn of(rows: &[Notification]) -> Option<Self> {
        let is_open = |n: &&Notification| n.settled_at.is_none();
        let first = rows.iter().filter(is_open).min_by_key(|n| n.starts_at).or_else(|| rows.first())?;
        Some(Self {
            first: first.clone(),
            count: rows.len(),
            is_new: rows.iter().any(|n| n.read_at.is_none() && n.settled_at.is_none()),
            is_settled: rows.iter().all(|n| n.settled_at.is_some()),
        })
    }
}
