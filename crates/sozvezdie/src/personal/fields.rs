//! Every column that holds text or bytes, and whether it says something of a person. **A new column
//! gets one line here**: in [`PERSONAL`] with the kind of data it is, or in [`OTHERS`] with its
//! table. A test compares both lists with the schema of both engines.
use Kind::{Account, Child, Duplicate, Identity, Named, Role, Session, Trail, Upload, Words};

kit::codes! {
    /// What a personal column holds. Purpose, ground, retention, export and erasure go by the kind;
    /// their words are the texts `personal-…-kind`.
    pub enum Kind {
        Identity = "identity",
        Child = "child",
        Account = "account",
        Session = "session",
        Role = "role",
        Named = "named",
        Words = "words",
        Upload = "upload",
        Trail = "trail",
        Duplicate = "copy",
    }
}

/// What becomes of a column when its person's data are destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erase {
    /// The row goes.
    Row,
    /// The row stays, the column is emptied or replaced by words that name nobody.
    Blank,
    /// It stays until its time is over: a duty of the organisation.
    Keep,
}

impl Kind {
    /// Whether the person gets it when they ask for their data.
    pub fn is_exported(self) -> bool {
        matches!(self, Identity | Child | Role | Session | Named | Words | Upload | Trail)
    }

    pub fn erase(self) -> Erase {
        match self {
            Account | Session | Duplicate | Upload => Erase::Row,
            Identity | Child | Named | Words => Erase::Blank,
            Role | Trail => Erase::Keep,
        }
    }
}

/// Table and column, and the kind of data.
pub const PERSONAL: &[(&str, Kind)] = &[
    ("person.last_name", Identity),
    ("person.first_name", Identity),
    ("person.patronymic", Identity),
    ("person.name_key", Identity),
    ("person.email", Identity),
    ("person.phone", Identity),
    ("learner.full_name", Child),
    ("learner.name_key", Child),
    ("learner.birth_date", Child),
    ("learner.sex", Child),
    ("learner.snils", Child),
    ("learner.guardian_phone", Child),
    ("learner.class_name", Child),
    ("attachment.kind", Child),
    ("attachment.class_name", Child),
    ("attachment.from_date", Child),
    ("attachment.until_date", Child),
    ("attachment.basis", Child),
    ("guardian.relation", Child),
    ("guardian.until_date", Child),
    ("learner_ground.kind", Child),
    ("learner_ground.from_date", Child),
    ("learner_ground.until_date", Child),
    ("learner_pair.why", Child),
    ("learner_pair.moved", Child),
    ("learner_rollover.moved", Child),
    ("login.email", Account),
    ("login.email_key", Account),
    ("login.name", Account),
    ("login.password", Account),
    ("login.totp", Account),
    ("recovery_code.digest", Account),
    ("session.token", Session),
    ("session.kind", Session),
    ("session.device", Session),
    ("session.place", Session),
    ("calendar_feed_key.digest", Session),
    ("calendar_feed.scope", Session),
    ("notification.subject", Duplicate),
    ("role_grant.role", Role),
    ("role_grant.from_date", Role),
    ("role_grant.until_date", Role),
    ("organisation.head_name", Named),
    ("organisation.phones", Named),
    ("organisation.email", Named),
    ("resource.name", Named),
    ("resource.name_key", Named),
    ("resource.decides_name", Named),
    ("booking.responsible", Named),
    ("organisation.about", Words),
    ("resource.description", Words),
    ("resource.conditions", Words),
    ("booking.purpose", Words),
    ("booking.reason", Words),
    ("booking.owner_comment", Words),
    ("booking.asker_comment", Words),
    ("booking.loan_note", Words),
    ("exchange_need.title", Words),
    ("exchange_need.details", Words),
    ("common_request.title", Words),
    ("common_request.details", Words),
    ("paper_set.title", Words),
    ("paper.aside", Words),
    ("paper.heading", Words),
    ("paper.body", Words),
    ("paper.grid", Words),
    ("paper.ending", Words),
    ("paper.signatory", Named),
    ("paper_word.phrase", Named),
    ("paper_word.form", Named),
    ("act.title", Words),
    ("act.name_key", Words),
    ("act.note", Words),
    ("resource_adoption.note", Words),
    ("resource_version.note", Words),
    ("saved_view.name", Words),
    ("saved_view.query", Words),
    ("file.name", Upload),
    ("import_batch.file_name", Upload),
    ("import_batch.setup", Upload),
    ("import_batch.sheets", Upload),
    ("import_file.content", Upload),
    ("import_row.content", Upload),
    ("import_row.before_image", Upload),
    ("audit_entry.action", Trail),
    ("audit_entry.kind", Trail),
    ("audit_entry.fields", Trail),
    ("audit_entry.request", Trail),
    ("draft.body", Duplicate),
    ("idempotency.answer", Duplicate),
    ("job.payload", Duplicate),
    ("job.last_error", Duplicate),
    ("search_term.term", Duplicate),
];

/// Columns that say nothing of a person: codes, days, numbers of documents, digests, and what
/// organisations say of themselves.
pub const OTHERS: &[(&str, &[&str])] = &[
    ("notification", &["kind", "bunch", "link"]),
    ("network", &["name", "territory", "founder", "area_code"]),
    ("idempotency", &["key", "fingerprint"]),
    ("audit_entry", &["seal"]),
    ("audit_head", &["seal"]),
    ("search_term", &["kind"]),
    ("draft", &["form"]),
    ("saved_view", &["list"]),
    (
        "organisation",
        &[
            "kind",
            "subkind",
            "legal_kind",
            "name",
            "short_name",
            "name_key",
            "inn",
            "kpp",
            "ogrn",
            "licence",
            "address",
            "site",
            "state",
        ],
    ),
    ("organisation_name", &["from_date", "name", "short_name", "reason"]),
    ("organisation_focus", &["focus"]),
    ("organisation_place", &["name", "address"]),
    ("organisation_successor", &["on_date", "reason"]),
    ("file_content", &["sha256"]),
    ("file", &["kind", "sha256", "media"]),
    ("job", &["kind", "key", "state"]),
    (
        "resource",
        &[
            "class",
            "kind",
            "place",
            "sharing",
            "safety",
            "audience",
            "subject",
            "licence",
            "inventory_number",
            "cancel_rule",
            "state",
        ],
    ),
    ("resource_hours", &["valid_from", "valid_until"]),
    ("resource_adoption", &["state"]),
    ("resource_file_access", &["access"]),
    ("resource_exception", &["on_date", "reason"]),
    (
        "booking",
        &[
            "class",
            "form",
            "mode",
            "state",
            "owner_quality",
            "asker_quality",
            "handed_on",
            "taken_back_on",
            "inventory_number",
        ],
    ),
    ("exchange_need", &["class", "priority", "state"]),
    (
        "act",
        &[
            "kind",
            "number",
            "number_key",
            "issued_on",
            "issuer",
            "effective_from",
            "effective_until",
            "replaced_on",
            "repealed_on",
        ],
    ),
    ("common_request", &["state"]),
    ("paper_set", &["issuer", "requisites", "place"]),
    ("paper", &["kind", "number", "dated", "post"]),
    ("paper_word", &["in_case"]),
    ("class_lead", &["class_name", "from_date", "until_date"]),
    ("learner_pair", &["state"]),
    ("learner_rollover", &["on_date"]),
    ("learner_destruction", &["ground"]),
    ("act_link", &["relation"]),
    ("import_batch", &["kind", "state", "file_hash", "tally"]),
    ("import_row", &["status", "decision", "outcome", "undone"]),
    ("import_mapping", &["kind", "headers"]),
    ("import_turn", &["kind"]),
];
