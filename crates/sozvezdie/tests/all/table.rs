//! The table of the access matrix: **a new route adds one line here**, a new kind of record an arm
//! in [`Record::ids`].
use crate::{
    app::TestApp,
    make,
    matrix::{Line, Whose, only, open, signed_in},
};
use kit::db::{NetworkId, Tx, args};
use sozvezdie::roles::Role::{
    self, CentreCoordinator, ClassTeacher, DepartmentSpecialist, DeputyHead, GiftedLead, Guardian, Head, HostOperator,
    Learner, Pedagogue, Psychologist, SystemAdministrator,
};
use uuid::Uuid;

const ADMINISTRATOR: &[Role] = &[SystemAdministrator];
const DEPARTMENT: &[Role] = &[DepartmentSpecialist];
const HEADS: &[Role] = &[Head];
/// Who keeps the events of the whole network.
const EVENTS: &[Role] = &[DepartmentSpecialist, CentreCoordinator];
const LEADERS: &[Role] = &[Head, DeputyHead];
const REQUESTERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, Pedagogue];
/// Who sees what their organisation exchanges, and what others need.
const WITNESSES: &[Role] = &[Head, DeputyHead, CentreCoordinator, GiftedLead, Pedagogue, Psychologist, ClassTeacher];
const WITNESSES_AND_DEPARTMENT: &[Role] =
    &[DepartmentSpecialist, Head, DeputyHead, CentreCoordinator, GiftedLead, Pedagogue, Psychologist, ClassTeacher];
/// Who sees our child in the small world: its school, its class teacher, and those with a ground.
const CHILDS: &[Role] = &[
    Head,
    DeputyHead,
    GiftedLead,
    ClassTeacher,
    CentreCoordinator,
    Pedagogue,
    Psychologist,
    HostOperator,
    Learner,
    Guardian,
];
/// Who sees all children of the own school.
const SCHOOLS: &[Role] = &[Head, DeputyHead, GiftedLead];
const COORDINATOR: &[Role] = &[CentreCoordinator];
/// Who sees the rows behind the figures.
const COUNTERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, GiftedLead];
/// Who sees who looked.
const WATCHERS: &[Role] = &[Head, DeputyHead, Learner, Guardian];
/// Who runs the Centre that our organisation keeps.
const CENTRES: &[Role] = &[Head, CentreCoordinator];
const KEEPERS: &[Role] = &[Head, DeputyHead, CentreCoordinator];

/// One line per route, in the order of the slices. `open` is for everybody, `signed_in` for whoever
/// has an account, `only` for these roles in the whole network. Then, where needed:
/// `.own(ROLES)` adds the roles that have it in their own organisation (elsewhere they get 403, or
/// 404 with `.hidden_elsewhere()`); `.of(Record)` says what the ids of the path are; `.personal()`:
/// each has their own, another's is unknown; `.with("word")` fills a placeholder that is no id;
/// `.sends("body")` for a body without which the route answers 404; `.answers(404)` for
/// an answer that is no success (`.answers_signed_in` where the guest's differs); `.also(&["query"])` for other looks of the same page.
pub static TABLE: &[Line] = &[
    // shell
    open("GET", "/"),
    open("GET", "/sign-in").answers_signed_in(303),
    open("POST", "/sign-in").sends("email={role}%40nowhere.invalid&password=x"),
    open("POST", "/sign-out").ends_session(),
    signed_in("GET", "/account"),
    signed_in("GET", "/account/password"),
    signed_in("POST", "/account/password"),
    // 404 for the signed-in: no session is called so.
    signed_in("POST", "/account/sessions/removal").answers(404),
    // 404 even for the signed-in: there is no second factor.
    signed_in("POST", "/account/recovery-codes").answers(404),
    signed_in("GET", "/account/second-factor"),
    signed_in("POST", "/account/second-factor"),
    // 404 even for the signed-in: there is no second factor to remove.
    signed_in("POST", "/account/second-factor/removal").answers(404),
    open("GET", "/look"),
    open("POST", "/look"),
    open("POST", "/language"),
    open("GET", "/search").also(&["q=канарейка", "q=школа", "q=канар&fragment=palette", "q=гим&fragment=palette"]),
    signed_in("POST", "/drafts/{form}").with("organisation-new"),
    signed_in("POST", "/views").sends("list=%2Forganisations&query=kind%3Dgeneral&name=Школы"),
    signed_in("POST", "/views/{id}/removal").of(Record::View).personal(),
    only("GET", "/components", &[SystemAdministrator, DepartmentSpecialist]),
    open("GET", "/api"),
    open("GET", "/api/v1/openapi.json"),
    open("POST", "/api/v1/tokens").sends(r#"{"email":"{role}@nowhere.invalid","password":"x"}"#),
    signed_in("GET", "/api/v1/me"),
    // imports
    only("GET", "/imports", DEPARTMENT).own(LEADERS),
    only("POST", "/imports", DEPARTMENT).own(LEADERS),
    only("GET", "/imports/new", DEPARTMENT).own(LEADERS).also(&["kind=resources"]),
    only("GET", "/imports/{id}", DEPARTMENT)
        .own(LEADERS)
        .of(Record::Imported)
        .hidden_elsewhere()
        .also(&["outcome=added"]),
    only("GET", "/imports/{id}/columns", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/imports/{id}/columns", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("GET", "/imports/{id}/preview", DEPARTMENT)
        .own(LEADERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .also(&["status=new"]),
    only("POST", "/imports/{id}/decisions", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/imports/{id}/cells", DEPARTMENT)
        .own(LEADERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .sends("sheet=0&row=2&field=conditions&text=%D0%B4%D0%B0"),
    only("POST", "/imports/{id}/cancellation", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/imports/{id}/application", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/imports/{id}/reversal", DEPARTMENT).own(LEADERS).of(Record::Imported).hidden_elsewhere(),
    only("GET", "/imports/{id}/errors.xlsx", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/api/v1/imports", DEPARTMENT).own(LEADERS),
    only("GET", "/api/v1/imports/{id}", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/api/v1/imports/{id}/application", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/api/v1/imports/{id}/reversal", DEPARTMENT).own(LEADERS).of(Record::Imported).hidden_elsewhere(),
    // accounts
    only("GET", "/people", ADMINISTRATOR).also(&["q=канарейка"]),
    only("POST", "/people", ADMINISTRATOR),
    only("GET", "/people/new", ADMINISTRATOR),
    only("GET", "/people/{id}", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/roles", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/roles/{grant}/removal", ADMINISTRATOR).of(Record::RoleGrant),
    only("POST", "/people/{id}/password", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/second-factor/removal", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/sessions/removal", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/closing", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/opening", ADMINISTRATOR).of(Record::Person),
    only("GET", "/api/v1/people", ADMINISTRATOR),
    only("POST", "/api/v1/people", ADMINISTRATOR),
    only("POST", "/api/v1/people/{id}/roles", ADMINISTRATOR).of(Record::Person),
    only("POST", "/api/v1/people/{id}/roles/{grant}/removal", ADMINISTRATOR).of(Record::RoleGrant),
    // personal
    only("GET", "/personal-data", ADMINISTRATOR),
    // organisations
    open("GET", "/organisations").also(&[
        "state=draft",
        "q=канарейка",
        "kind=general&focus=fizkulturno-sportivnoe&sort=-name",
    ]),
    only("POST", "/organisations", DEPARTMENT),
    only("GET", "/organisations/new", DEPARTMENT),
    open("GET", "/organisations/map"),
    open("GET", "/organisations/export.xlsx"),
    open("GET", "/organisations/export.csv").also(&["state=draft"]),
    open("GET", "/organisations/{id}").of(Record::Organisation).also(&["tab=names", "tab=history"]),
    only("POST", "/organisations/{id}", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("GET", "/organisations/{id}/edit", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("POST", "/organisations/{id}/activation", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/suspension", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/closure", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/reorganisation", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/reorganisation", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/names/new", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/names", DEPARTMENT).of(Record::Organisation),
    open("GET", "/api/v1/organisations").also(&["state=draft"]),
    only("POST", "/api/v1/organisations", DEPARTMENT),
    open("GET", "/api/v1/organisations/{id}").of(Record::Organisation),
    only("PATCH", "/api/v1/organisations/{id}", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    // learners
    only("GET", "/learners", &[]).own(CHILDS).also(&["q=канарейка", "left=yes", "class=7+Б"]),
    only("POST", "/learners", &[]).own(LEADERS),
    only("GET", "/learners/new", &[]).own(LEADERS),
    // Names leave with a reason only.
    only("GET", "/learners/export.xlsx", &[]).own(SCHOOLS).answers(422).also(&["why=check"]),
    only("GET", "/learners/duplicates", &[]).own(LEADERS),
    only("POST", "/learners/duplicates/{id}/merging", &[]).own(LEADERS).of(Record::Pair).hidden_elsewhere(),
    only("POST", "/learners/duplicates/{id}/separation", &[]).own(LEADERS).of(Record::Pair).hidden_elsewhere(),
    only("POST", "/learners/duplicates/{id}/difference", &[]).own(LEADERS).of(Record::Pair).hidden_elsewhere(),
    only("GET", "/learners/{id}", &[])
        .own(CHILDS)
        .of(Record::Learner)
        .hidden_elsewhere()
        .also(&["tab=history", "tab=reads"]),
    only("POST", "/learners/{id}", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("GET", "/learners/{id}/edit", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("GET", "/learners/{id}/leaving", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/leaving", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("GET", "/learners/{id}/guardians/new", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/guardians", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/guardians/removal", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/export", &[]).own(CHILDS).of(Record::Learner).hidden_elsewhere().refuses_but(WATCHERS),
    only("GET", "/learners/{id}/destruction", &[]).own(HEADS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/destruction", &[]).own(HEADS).of(Record::Learner).hidden_elsewhere(),
    only("GET", "/learners/rollover", &[]).own(LEADERS),
    only("POST", "/learners/rollover", &[]).own(LEADERS),
    only("POST", "/learners/rollover/{id}/reversal", &[]).own(LEADERS).of(Record::Rollover).hidden_elsewhere(),
    only("GET", "/api/v1/learners", &[]).own(CHILDS).also(&["q=канарейка"]),
    only("POST", "/api/v1/learners", &[]).own(LEADERS),
    only("GET", "/api/v1/learners/{id}", &[]).own(CHILDS).of(Record::Learner).hidden_elsewhere(),
    only("PATCH", "/api/v1/learners/{id}", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    // Whoever is merely let in is not told who else is.
    only("GET", "/api/v1/learners/{id}/reads", &[])
        .own(CHILDS)
        .of(Record::Learner)
        .hidden_elsewhere()
        .refuses_but(WATCHERS),
    only("POST", "/api/v1/learners/{id}/export", &[])
        .own(CHILDS)
        .of(Record::Learner)
        .hidden_elsewhere()
        .refuses_but(WATCHERS),
    // resources
    open("GET", "/resources").also(&["q=канарейка", "class=staff", "owner=x&sort=-name"]),
    only("POST", "/resources", DEPARTMENT).own(KEEPERS),
    only("GET", "/resources/new", DEPARTMENT).own(KEEPERS),
    open("GET", "/resources/export.xlsx"),
    open("GET", "/resources/export.csv"),
    open("GET", "/resources/{id}").of(Record::Resource).also(&["tab=calendar", "tab=history"]),
    only("POST", "/resources/{id}", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("GET", "/resources/{id}/edit", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/publication", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/pause", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/closure", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("GET", "/resources/{id}/exceptions/new", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/exceptions", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    open("GET", "/api/v1/resources").also(&["q=канарейка", "free_from=2026-11-25T09:00&free_to=2026-11-25T10:00"]),
    only("POST", "/api/v1/resources", DEPARTMENT).own(KEEPERS),
    open("GET", "/api/v1/resources/{id}").of(Record::Resource),
    only("PATCH", "/api/v1/resources/{id}", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    open("GET", "/api/v1/resources/{id}/availability").of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/publication", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/pause", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/closure", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/exceptions", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/exceptions/removal", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/versions", DEPARTMENT).own(KEEPERS).of(Record::Material),
    only("POST", "/resources/{id}/file-access", DEPARTMENT).own(KEEPERS).of(Record::Material),
    // Any organisation adopts another's.
    only("POST", "/resources/{id}/adoptions", LEADERS).of(Record::Material),
    open("GET", "/resources/files/{id}").of(Record::MaterialFile),
    open("GET", "/api/v1/resources/files/{id}").of(Record::MaterialFile),
    open("GET", "/api/v1/resources/{id}/versions").of(Record::Material),
    only("POST", "/api/v1/resources/{id}/versions", DEPARTMENT).own(KEEPERS).of(Record::Material),
    only("POST", "/api/v1/resources/{id}/file-access", DEPARTMENT).own(KEEPERS).of(Record::Material),
    only("POST", "/api/v1/resources/{id}/adoptions", LEADERS).of(Record::Material),
    // acts
    open("GET", "/acts").also(&["q=канарейка", "state=archived"]),
    only("POST", "/acts", DEPARTMENT).own(LEADERS),
    only("GET", "/acts/new", DEPARTMENT).own(LEADERS),
    open("GET", "/acts/export.xlsx"),
    open("GET", "/acts/export.csv"),
    open("GET", "/acts/files/{id}").of(Record::ActFile).also(&["show=yes"]),
    open("GET", "/acts/{id}").of(Record::Act).also(&["tab=history"]),
    only("POST", "/acts/{id}", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("GET", "/acts/{id}/edit", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("POST", "/acts/{id}/links", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("GET", "/acts/{id}/links/new", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("POST", "/acts/{id}/links/removal", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("POST", "/acts/{id}/files", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("POST", "/acts/{id}/files/removal", DEPARTMENT).own(LEADERS).of(Record::Act),
    open("GET", "/api/v1/acts").also(&["q=канарейка"]),
    only("POST", "/api/v1/acts", DEPARTMENT).own(LEADERS),
    open("GET", "/api/v1/acts/files/{id}").of(Record::ActFile),
    open("GET", "/api/v1/acts/{id}").of(Record::Act),
    only("PATCH", "/api/v1/acts/{id}", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("POST", "/api/v1/acts/{id}/links", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("POST", "/api/v1/acts/{id}/files", DEPARTMENT).own(LEADERS).of(Record::Act),
    only("POST", "/acts/{id}/restoration", DEPARTMENT).own(LEADERS).of(Record::FreshAct),
    only("POST", "/acts/{id}/archiving", DEPARTMENT).own(LEADERS).of(Record::FreshAct),
    // exchange
    only("GET", "/bookings", DEPARTMENT).own(WITNESSES),
    only("POST", "/bookings", DEPARTMENT).own(REQUESTERS),
    // Without a resource one is led to the catalogue.
    only("GET", "/bookings/new", DEPARTMENT).own(REQUESTERS).answers(303),
    only("GET", "/bookings/export.xlsx", DEPARTMENT).own(WITNESSES),
    only("GET", "/bookings/export.csv", DEPARTMENT).own(WITNESSES),
    only("GET", "/bookings/month", DEPARTMENT).own(WITNESSES),
    only("POST", "/bookings/month", DEPARTMENT).own(REQUESTERS),
    only("GET", "/bookings/distance", DEPARTMENT).own(REQUESTERS),
    only("POST", "/bookings/distance", DEPARTMENT).own(REQUESTERS),
    only("GET", "/bookings/{id}", DEPARTMENT).own(WITNESSES).of(Record::BookingAsked).hidden_elsewhere(),
    only("GET", "/bookings/{id}/{deed}", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .with("completion")
        .hidden_elsewhere(),
    only("POST", "/bookings/{id}/{deed}", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .with("completion")
        .hidden_elsewhere(),
    only("GET", "/needs", DEPARTMENT).own(WITNESSES),
    only("POST", "/needs", DEPARTMENT).own(REQUESTERS),
    only("GET", "/needs/new", DEPARTMENT).own(REQUESTERS),
    only("GET", "/needs/{id}", WITNESSES_AND_DEPARTMENT).of(Record::Need),
    only("POST", "/needs/{id}/responses", KEEPERS).of(Record::Need),
    only("POST", "/needs/{id}/cancellation", DEPARTMENT).own(REQUESTERS).of(Record::Need),
    only("GET", "/common-requests", DEPARTMENT).own(WITNESSES),
    only("POST", "/common-requests", DEPARTMENT).own(REQUESTERS),
    only("GET", "/common-requests/draft", DEPARTMENT).own(REQUESTERS),
    // Nobody has a draft here.
    only("POST", "/common-requests/draft", DEPARTMENT).own(REQUESTERS).answers(404),
    only("POST", "/common-requests/draft/lines", DEPARTMENT).own(REQUESTERS).answers(404),
    only("POST", "/common-requests/draft/removal", DEPARTMENT).own(REQUESTERS),
    only("GET", "/common-requests/{id}", DEPARTMENT).own(WITNESSES).of(Record::Common).hidden_elsewhere(),
    only("POST", "/common-requests/{id}/cancellation", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Common)
        .hidden_elsewhere(),
    // Without a line to replace there is no such page.
    only("GET", "/common-requests/{id}/replacement", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Common)
        .hidden_elsewhere()
        .answers(404),
    only("POST", "/common-requests/{id}/replacement", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Common)
        .hidden_elsewhere()
        .answers(404),
    only("GET", "/api/v1/common-requests", DEPARTMENT).own(WITNESSES),
    only("POST", "/api/v1/common-requests", DEPARTMENT).own(REQUESTERS),
    only("POST", "/api/v1/common-requests/check", DEPARTMENT).own(REQUESTERS),
    only("GET", "/api/v1/common-requests/{id}", DEPARTMENT).own(WITNESSES).of(Record::Common).hidden_elsewhere(),
    only("POST", "/api/v1/common-requests/{id}/cancellation", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Common)
        .hidden_elsewhere(),
    only("POST", "/api/v1/common-requests/{id}/replacement", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Common)
        .hidden_elsewhere()
        .answers(404),
    only("GET", "/waiting", DEPARTMENT).own(REQUESTERS),
    // notifications: each has their own, another's is unknown
    signed_in("GET", "/notifications").also(&["state=new", "kind=requested", "kind=none&cursor="]),
    signed_in("POST", "/notifications/reading"),
    signed_in("POST", "/notifications/{id}/reading").of(Record::Notification).personal(),
    signed_in("GET", "/api/v1/notifications").also(&["state=new"]),
    signed_in("POST", "/api/v1/notifications/reading"),
    signed_in("POST", "/api/v1/notifications/{id}/reading").of(Record::Notification).personal(),
    // calendar
    only("GET", "/calendar", DEPARTMENT).own(WITNESSES),
    only("GET", "/calendar/feeds", DEPARTMENT).own(WITNESSES),
    only("POST", "/calendar/feeds", DEPARTMENT).own(WITNESSES),
    signed_in("POST", "/calendar/feeds/{id}/removal").of(Record::Feed).personal(),
    // A secret link that nobody was given.
    open("GET", "/calendar/{file}").with("nobody-knows-this.ics").answers(404),
    open("GET", "/links").also(&["year=2026"]),
    open("GET", "/links/export.xlsx"),
    open("GET", "/links/export.csv"),
    only("GET", "/api/v1/bookings", DEPARTMENT).own(WITNESSES),
    only("POST", "/api/v1/bookings", DEPARTMENT).own(REQUESTERS),
    only("POST", "/api/v1/bookings/distance", DEPARTMENT).own(REQUESTERS),
    only("POST", "/api/v1/bookings/month", DEPARTMENT).own(REQUESTERS),
    only("GET", "/api/v1/bookings/{id}", DEPARTMENT).own(WITNESSES).of(Record::BookingAsked).hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/confirmation", &[]).own(KEEPERS).of(Record::BookingGiven).hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/declination", &[]).own(KEEPERS).of(Record::BookingGiven).hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/counter-offer", &[]).own(KEEPERS).of(Record::BookingGiven).hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/acceptance", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/refusal", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/cancellation", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/move", DEPARTMENT).own(REQUESTERS).of(Record::BookingAsked).hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/completion", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/absence", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/quality", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/handing-over", &[]).own(KEEPERS).of(Record::BookingGiven).hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/taking-back", &[]).own(KEEPERS).of(Record::BookingGiven).hidden_elsewhere(),
    only("GET", "/api/v1/waiting", DEPARTMENT).own(WITNESSES),
    only("GET", "/api/v1/needs", DEPARTMENT).own(WITNESSES),
    only("POST", "/api/v1/needs", DEPARTMENT).own(REQUESTERS),
    // Whoever exchanges at all sees what others need.
    only("GET", "/api/v1/needs/{id}", WITNESSES_AND_DEPARTMENT).of(Record::Need),
    only("POST", "/api/v1/needs/{id}/cancellation", DEPARTMENT).own(REQUESTERS).of(Record::Need),
    only("POST", "/api/v1/needs/{id}/responses", KEEPERS).of(Record::Need),
    // papers
    only("GET", "/papers/words", DEPARTMENT).own(REQUESTERS),
    only("POST", "/papers/words", DEPARTMENT)
        .own(REQUESTERS)
        .sends("phrase=%D0%98%D0%BC%D1%8F&in_case=genitive&form=%D0%98%D0%BC%D0%B5%D0%BD%D0%B8"),
    only("POST", "/bookings/{id}/papers", DEPARTMENT).own(REQUESTERS).of(Record::BookingAsked).hidden_elsewhere(),
    only("GET", "/papers/{id}", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Papers)
        .hidden_elsewhere()
        .also(&["tab=history"]),
    only("GET", "/papers/{id}/{kind}", DEPARTMENT).own(REQUESTERS).of(Record::Papers).with("order").hidden_elsewhere(),
    only("POST", "/papers/{id}/{kind}", DEPARTMENT).own(REQUESTERS).of(Record::Papers).with("order").hidden_elsewhere(),
    // An unknown format: what is laid out is tested where it is made.
    only("GET", "/papers/{id}/{kind}/{format}", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Papers)
        .with("order")
        .hidden_elsewhere()
        .answers(404),
    only("POST", "/api/v1/bookings/{id}/papers", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::BookingAsked)
        .hidden_elsewhere(),
    only("GET", "/api/v1/papers/{id}", DEPARTMENT).own(REQUESTERS).of(Record::Papers).hidden_elsewhere(),
    only("GET", "/api/v1/papers/{id}/{kind}/{format}", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Papers)
        .with("order")
        .hidden_elsewhere()
        .answers(404),
    // No loan: there is nothing to write an act of.
    only("GET", "/bookings/{id}/handing-over.pdf", DEPARTMENT)
        .own(WITNESSES)
        .of(Record::BookingAsked)
        .hidden_elsewhere()
        .answers(409),
    only("GET", "/bookings/{id}/taking-back.pdf", DEPARTMENT)
        .own(WITNESSES)
        .of(Record::BookingAsked)
        .hidden_elsewhere()
        .answers(409),
    only("GET", "/api/v1/bookings/{id}/handing-over.pdf", DEPARTMENT)
        .own(WITNESSES)
        .of(Record::BookingAsked)
        .hidden_elsewhere()
        .answers(409),
    only("GET", "/api/v1/bookings/{id}/taking-back.pdf", DEPARTMENT)
        .own(WITNESSES)
        .of(Record::BookingAsked)
        .hidden_elsewhere()
        .answers(409),
    // centre
    open("GET", "/centre"),
    only("POST", "/centre", DEPARTMENT).own(CENTRES),
    only("GET", "/centre/edit", DEPARTMENT).own(CENTRES),
    only("GET", "/centre/members", &[]).own(CHILDS).also(&["on=2016-09-01", "q=канарейка"]),
    only("POST", "/centre/members", &[]).own(CENTRES),
    only("GET", "/centre/members/new", &[]).own(CENTRES).also(&["q=канарейка"]),
    only("GET", "/centre/members/{id}/leaving", &[]).own(CENTRES).of(Record::Membership).hidden_elsewhere(),
    only("POST", "/centre/members/{id}/leaving", &[]).own(CENTRES).of(Record::Membership).hidden_elsewhere(),
    open("GET", "/api/v1/centre"),
    only("PATCH", "/api/v1/centre", DEPARTMENT).own(CENTRES),
    only("GET", "/api/v1/centre/members", &[]).own(CHILDS).also(&["on=2016-09-01"]),
    only("POST", "/api/v1/centre/members", &[]).own(CENTRES),
    only("POST", "/api/v1/centre/members/{id}/leaving", &[]).own(CENTRES).of(Record::Membership).hidden_elsewhere(),
    open("GET", "/api/v1/figures/centre-members").also(&["on=2016-09-01"]),
    // events
    open("GET", "/events")
        .also(&["q=%D1%81%D0%BC%D0%BE%D1%82%D1%80", "year=2026-2027&level=municipal&list=none&sort=title"]),
    only("POST", "/events", EVENTS).own(LEADERS),
    only("GET", "/events/new", EVENTS).own(LEADERS),
    open("GET", "/events/calendar").also(&["month=2026-11", "month=never"]),
    open("GET", "/events/calendar.ics"),
    open("GET", "/events/export.xlsx"),
    open("GET", "/events/export.csv"),
    only("GET", "/events/stages/{id}/edit", EVENTS).own(LEADERS).of(Record::Stage),
    only("POST", "/events/stages/{id}", EVENTS).own(LEADERS).of(Record::Stage),
    only("POST", "/events/stages/{id}/state", EVENTS).own(LEADERS).of(Record::Stage),
    open("GET", "/events/{id}").of(Record::Edition).also(&["tab=history"]),
    only("POST", "/events/{id}", EVENTS).own(LEADERS).of(Record::Edition),
    only("GET", "/events/{id}/edit", EVENTS).own(LEADERS).of(Record::Edition),
    only("POST", "/events/{id}/state", EVENTS).own(LEADERS).of(Record::Edition),
    only("GET", "/events/{id}/stages/new", EVENTS).own(LEADERS).of(Record::Edition),
    only("POST", "/events/{id}/stages", EVENTS).own(LEADERS).of(Record::Edition),
    open("GET", "/api/v1/editions"),
    only("POST", "/api/v1/editions", EVENTS).own(LEADERS),
    open("GET", "/api/v1/editions/{id}").of(Record::Edition),
    only("PATCH", "/api/v1/editions/{id}", EVENTS).own(LEADERS).of(Record::Edition),
    only("POST", "/api/v1/editions/{id}/state", EVENTS).own(LEADERS).of(Record::Edition),
    only("POST", "/api/v1/editions/{id}/stages", EVENTS).own(LEADERS).of(Record::Edition),
    only("PATCH", "/api/v1/stages/{id}", EVENTS).own(LEADERS).of(Record::Stage),
    only("POST", "/api/v1/stages/{id}/state", EVENTS).own(LEADERS).of(Record::Stage),
    open("GET", "/api/v1/figures/exchange-balance"),
    open("GET", "/api/v1/figures/exchange-pairs"),
    // results
    only("GET", "/results", DEPARTMENT).own(COUNTERS).also(&["year=2026-2027"]),
    only("GET", "/results/{stage}", DEPARTMENT).own(COUNTERS).of(Record::Stage).hidden_elsewhere(),
    only("POST", "/results/{stage}/confirmation", EVENTS).own(LEADERS).of(Record::Stage).hidden_elsewhere(),
    only("POST", "/results/{stage}/disputes", EVENTS).own(LEADERS).of(Record::Stage).hidden_elsewhere().answers(404),
    // reports
    only("GET", "/reports", DEPARTMENT).own(COORDINATOR).also(&["from=2026-2027"]),
    only("GET", "/reports/centre", DEPARTMENT)
        .own(COORDINATOR)
        .also(&["from=2026-2027&format=json", "from=2026-2027&format=docx"]),
    // figures
    open("GET", "/figures").also(&["by=organisation&from=2026-2027", "by=list&whose=all&from=2026-2027"]),
    open("GET", "/figures/export.xlsx").also(&["by=organisation&whose=all&from=2026-2027"]),
    only("GET", "/participations", DEPARTMENT).own(COUNTERS).also(&["whose=all&from=2026-2027&of=pending"]),
    only("GET", "/participations/export.xlsx", DEPARTMENT).own(COUNTERS).also(&["whose=all&from=2026-2027&of=pending"]),
    open("GET", "/api/v1/figures/prize-share").also(&["by=organisation&whose=all&from=2026-2027"]),
    only("GET", "/api/v1/participations", DEPARTMENT).own(COUNTERS).also(&["whose=all&from=2026-2027&of=pending"]),
];

/// What the ids of a path are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Record {
    Act,
    ActFile,
    /// An act that nobody has seen yet.
    FreshAct,
    /// A booking for which our organisation asks, and one of a resource of ours.
    BookingAsked,
    BookingGiven,
    /// A common request of our organisation.
    Common,
    /// An announced edition of an event.
    Edition,
    Feed,
    /// A catalogue of resources on its way, and one that has arrived.
    Import,
    Imported,
    Learner,
    /// A child's stay in a Centre.
    Membership,
    /// A methodical resource, and its file.
    Material,
    MaterialFile,
    Need,
    Notification,
    /// Two children of one organisation who may be one.
    Pair,
    Organisation,
    /// The papers of a trip.
    Papers,
    Person,
    Resource,
    RoleGrant,
    /// The stage of an announced edition.
    Stage,
    /// A school year that an organisation moved into.
    Rollover,
    View,
}

impl Record {
    /// The ids of such a record, in the order of the placeholders. A route that uses its record up
    /// gets a new one each time.
    pub async fn ids(self, app: &TestApp, role: Role, whose: Whose) -> Vec<Uuid> {
        const UNKNOWN: Uuid = Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_dead);
        let world = &app.world;
        // Whoever stands here may be shut out by the test: nobody whose session another test of the
        // same matrix needs.
        let person = |whose| match whose {
            Whose::Own => world.people["garden_head"],
            Whose::Other => world.people["station_head"],
            Whose::Foreign => world.stranger.person,
            Whose::Unknown => UNKNOWN,
        };
        let network = if whose == Whose::Foreign { world.foreign } else { world.network };
        let owner = match whose {
            Whose::Own => world.own,
            Whose::Other => world.other,
            Whose::Foreign | Whose::Unknown => world.stranger.organisation,
        };
        match (self, whose) {
            (Self::RoleGrant, Whose::Unknown) => vec![UNKNOWN; 2],
            (_, Whose::Unknown) => vec![UNKNOWN],
            (Self::Import, _) => vec![import(app, network, owner, "ready").await],
            (Self::Papers, Whose::Own | Whose::Other) => vec![papers(app, network, owner).await],
            (Self::Imported, _) => vec![import(app, network, owner, "applied").await],
            (Self::Person, _) => vec![person(whose)],
            (Self::RoleGrant, _) => vec![person(whose), grant(app, network, person(whose)).await],
            // A guest has none: any will do to be sent to the sign-in.
            (Self::View | Self::Feed | Self::Notification, Whose::Own) => {
                let person = world.people.get(role.code()).copied().unwrap_or(world.people["nobody"]);
                vec![personal(app, self, network, person).await]
            }
            (Self::View | Self::Feed | Self::Notification, _) => {
                vec![personal(app, self, network, person(whose)).await]
            }
            (_, Whose::Foreign) if self != Self::Rollover => vec![world.stranger.records[&self]],
            (Self::Rollover, _) => vec![rollover(app, network, owner).await],
            (Self::FreshAct, _) => vec![act(app, owner).await],
            (Self::MaterialFile, _) => vec![app.material_file(whose).await],
            (Self::ActFile, _) => vec![app.act_file(whose).await],
            _ => vec![world.records[&(self, whose)]],
        }
    }
}

/// A view of a list, or a calendar feed, of this person.
async fn personal(app: &TestApp, record: Record, network: NetworkId, person: Uuid) -> Uuid {
    let id = app.new_id();
    app.write(network, async move |tx: &mut Tx| {
        if record == Record::Feed {
            let sql = "INSERT INTO calendar_feed (network_id, id, person_id, scope, created_at) VALUES ($1, $2, $3, 'person', 0)";
            return tx.run(sql, args![id, person]).await.map(drop);
        }
        if record == Record::Notification {
            let sql = "INSERT INTO notification (network_id, id, person_id, kind, bunch, record_id, link, subject, needs_deed, at)
                       VALUES ($1, $2, $3, 'confirmed', $4, $2, '/bookings', 'Зал', $5, 0)";
            return tx.run(sql, args![id, person, id.to_string(), false]).await.map(drop);
        }
        let sql = "INSERT INTO saved_view (network_id, id, person_id, list, name, query)
                   VALUES ($1, $2, $3, '/organisations', $4, 'kind=general')";
        tx.run(sql, args![id, person, id.to_string()]).await.map(drop)
    })
    .await;
    id
}

async fn act(app: &TestApp, owner: Uuid) -> Uuid {
    let visit = app.app.visit(&app.net());
    let mut tx = visit.net.begin().await.unwrap();
    let id = make::act(&mut tx, &visit, owner, "Приказ на один день").await;
    tx.commit().await.unwrap();
    id
}

async fn grant(app: &TestApp, network: NetworkId, person: Uuid) -> Uuid {
    let id = app.new_id();
    let sql =
        "INSERT INTO role_grant (network_id, id, person_id, role, from_date) VALUES ($1, $2, $3, 'jury', '2026-09-01')";
    app.write(network, async move |tx: &mut Tx| tx.run(sql, args![id, person]).await.map(drop)).await;
    id
}

async fn import(app: &TestApp, network: NetworkId, owner: Uuid, state: &'static str) -> Uuid {
    let id = app.new_id();
    let content = "Название;Вид ресурса\nТеплица;кабинет\n".as_bytes().to_vec();
    app.write(network, async move |tx: &mut Tx| {
        let sql = "INSERT INTO import_batch (network_id, id, kind, state, organisation_id, file_name, file_hash, setup, sheets, tally,
                     created_at, created_by, purged, version)
                   VALUES ($1, $2, 'resources', $3, $4, 'a.csv', $5, '{}', '[]', '{}', 0, $2, FALSE, 1)";
        tx.run(sql, args![id, state, owner, id.as_bytes().to_vec()]).await?;
        let sql = "INSERT INTO import_file (network_id, batch_id, content) VALUES ($1, $2, $3)";
        tx.run(sql, args![id, content]).await.map(drop)
    })
    .await;
    id
}

async fn papers(app: &TestApp, network: NetworkId, owner: Uuid) -> Uuid {
    let id = app.new_id();
    app.write(network, async move |tx: &mut Tx| {
        let sql = "INSERT INTO paper_set (network_id, id, organisation_id, title, issuer, requisites, place, created_at)
                   VALUES ($1, $2, $3, 'Выезд', 'Школа', '', '', 0)";
        tx.run(sql, args![id, owner]).await?;
        let sql = "INSERT INTO paper (network_id, id, set_id, kind, number, aside, heading, body, grid, ending, post, signatory, updated_at, version)
                   VALUES ($1, $2, $2, 'order', '', '', 'О выезде', '', '', '', '', '', 0, 1)";
        tx.run(sql, args![id]).await.map(drop)
    })
    .await;
    id
}

async fn rollover(app: &TestApp, network: NetworkId, organisation: Uuid) -> Uuid {
    let id = app.new_id();
    app.write(network, async move |tx: &mut Tx| {
        let sql = "INSERT INTO learner_rollover (network_id, id, organisation_id, on_date, moved, made_at) VALUES ($1, $2, $3, $4, '[]', 0)";
        tx.run(sql, args![id, organisation, id.to_string()]).await.map(drop)
    })
    .await;
    id
}
