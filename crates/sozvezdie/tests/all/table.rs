//! The table of the access matrix: **a new route adds one line here**, a new kind of record an arm
//! in [`Record::ids`].
use crate::{
    app::TestApp,
    make,
    matrix::{Line, Whose, only, open, signed_in},
};
use kit::db::{NetworkId, Tx, args};
use sozvezdie::roles::Role::{
    self, CentreCoordinator, ClassTeacher, DepartmentSpecialist, DeputyHead, ExternalMentor, GiftedLead, Guardian,
    Head, HostOperator, Learner, Pedagogue, Psychologist, SystemAdministrator,
};
use uuid::Uuid;

const ADMINISTRATOR: &[Role] = &[SystemAdministrator];
const DEPARTMENT: &[Role] = &[DepartmentSpecialist];
const HEADS: &[Role] = &[Head];
/// Who opens the lists of participants, each with their own children; who may enter some.
const ENTRANTS: &[Role] = &[DepartmentSpecialist, CentreCoordinator, Head, DeputyHead, GiftedLead, Learner, Guardian];
const APPLICANTS: &[Role] = &[CentreCoordinator, Head, DeputyHead, GiftedLead, Learner, Guardian];
/// Who holds a stage of the own organisation.
const ORGANISERS: &[Role] = &[CentreCoordinator, Head, DeputyHead];
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
/// Who writes reports; whom the department asks for them, and the department.
const REPORTERS: &[Role] = &[CentreCoordinator, Head, DeputyHead];
const ASKED_FOR_REPORTS: &[Role] = &[DepartmentSpecialist, Head, DeputyHead];
/// Who sees the rows behind the figures.
const COUNTERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, GiftedLead];
/// Who sees who looked.
const WATCHERS: &[Role] = &[Head, DeputyHead, Learner, Guardian];
/// Who leads routes.
const ROUTE_KEEPERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, GiftedLead];
/// Who acts for an organisation of a step.
const ROUTE_HOSTS: &[Role] = &[Head, DeputyHead, CentreCoordinator, GiftedLead, HostOperator, Pedagogue];
/// Who sees a route whole: all of [`CHILDS`] but those who only receive the child.
const ROUTE_WHOLE: &[Role] =
    &[Head, DeputyHead, GiftedLead, ClassTeacher, CentreCoordinator, Pedagogue, Psychologist, Learner, Guardian];
/// Who has a portfolio of one's own, and who reads those of pedagogues.
const PORTFOLIO_HOLDERS: &[Role] =
    &[Head, DeputyHead, GiftedLead, ClassTeacher, CentreCoordinator, Pedagogue, Psychologist, Learner];
const PORTFOLIO_READERS: &[Role] = &[Head, DeputyHead, CentreCoordinator];
/// Who sees which prize-winners are being lost.
const LOSS_READERS: &[Role] = &[Head, DeputyHead, GiftedLead, ClassTeacher, CentreCoordinator];
/// Who sees which consents there are, who collects them, and whose they are.
const COLLECTED: &[Role] = &[Head, DeputyHead, GiftedLead, ClassTeacher];
const COLLECTORS: &[Role] = &[Head, DeputyHead, ClassTeacher];
const FAMILY: &[Role] = &[Learner, Guardian];
const GUARDIANS: &[Role] = &[Guardian];
const KNOWING: &[Role] = &[Head, DeputyHead, GiftedLead, ClassTeacher, Learner, Guardian];
const ASKING: &[Role] = &[Head, DeputyHead, ClassTeacher, Guardian];
/// Who runs the Centre that our organisation keeps.
const CENTRES: &[Role] = &[Head, CentreCoordinator];
const COORDINATORS: &[Role] = &[CentreCoordinator];
/// Who marks what is done in the plans that they lead; nobody of these leads our child's.
const MARKERS: &[Role] = &[CentreCoordinator, ClassTeacher, Pedagogue, Psychologist, ExternalMentor];
/// Who sees our child in the register.
const REGISTER: &[Role] =
    &[Head, DeputyHead, GiftedLead, ClassTeacher, CentreCoordinator, Pedagogue, Psychologist, Guardian];
const NOMINATORS: &[Role] = &[Head, DeputyHead, GiftedLead, ClassTeacher, Pedagogue, Guardian];
/// Who takes a nomination back, or a child out of the register.
const ENDERS: &[Role] = &[Head, DeputyHead, GiftedLead, CentreCoordinator];
const SAYERS: &[Role] = &[ClassTeacher, Pedagogue, Psychologist, GiftedLead];
/// Who has plans to see, and who of them sees our child's.
const PLANNED: &[Role] = &[
    Head,
    DeputyHead,
    GiftedLead,
    ClassTeacher,
    CentreCoordinator,
    Pedagogue,
    Psychologist,
    ExternalMentor,
    Learner,
    Guardian,
];
const PLANS_SEEN: &[Role] =
    &[Head, DeputyHead, GiftedLead, ClassTeacher, CentreCoordinator, Pedagogue, Psychologist, Learner, Guardian];
const KEEPERS: &[Role] = &[Head, DeputyHead, CentreCoordinator];

/// Who leads or keeps groups: the pedagogue is the teacher of ours in the small world.
const GROUP_LEADERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, Pedagogue];
const REGISTRARS: &[Role] = &[Head, DeputyHead, CentreCoordinator, Pedagogue, HostOperator];
const SENDERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, GiftedLead, ClassTeacher, Pedagogue];
/// Who reads a file into an organisation of their own; the coordinator results alone, of no other kind.
const IMPORTERS: &[Role] = &[Head, DeputyHead, CentreCoordinator];
/// Who sees the file of resources of the small world.
const IMPORTED: &[Role] = &[DepartmentSpecialist, Head, DeputyHead];
/// Who speaks for a child, or leads a society.
const JOINERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, GiftedLead, ClassTeacher, Pedagogue, Learner, Guardian];
/// Who sees the project of our child: all who see the child, and the supervisor.
const RESEARCHERS: &[Role] =
    &[Head, DeputyHead, CentreCoordinator, GiftedLead, ClassTeacher, Pedagogue, Psychologist, Learner, Guardian];
const WORKERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, Pedagogue, Learner];
/// Who may be asked to give points in a section of a conference.
const JUDGES: &[Role] = &[Head, DeputyHead, CentreCoordinator, Pedagogue, Psychologist, ExternalMentor];
/// Who appeals for our child.
const APPELLANTS: &[Role] = &[Head, DeputyHead, GiftedLead, Learner, Guardian];
/// Who may judge works wherever they sit in a jury: nobody of these does in the small world.
const WORK_JUDGES: &[Role] = &[DepartmentSpecialist, Role::Jury];
const REVIEWERS: &[Role] = &[Head, DeputyHead, CentreCoordinator, Pedagogue, Psychologist];
/// All who work with children, and families.
const GROUP_VIEWERS: &[Role] = &[
    DepartmentSpecialist,
    Head,
    DeputyHead,
    CentreCoordinator,
    GiftedLead,
    ClassTeacher,
    Pedagogue,
    Psychologist,
    HostOperator,
    Learner,
    Guardian,
];

/// One line per route, in the order of the slices. `open` is for everybody, `signed_in` for whoever
/// has an account, `only` for these roles in the whole network. Then, where needed:
/// `.own(ROLES)` adds the roles that have it in their own organisation (elsewhere they get 403, or
/// 404 with `.hidden_elsewhere()`); `.of(Record)` says what the ids of the path are; `.personal()`:
/// each has their own, another's is unknown; `.with("word")` fills a placeholder that is no id;
/// `.sends("body")` for a body without which the route answers 404; `.answers(404)` for
/// an answer that is no success; `.forbids(ROLES)` for roles that come in and may not do it to these records (`.answers_signed_in` where the guest's differs); `.also(&["query"])` for other looks of the same page.
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
    only("GET", "/imports", DEPARTMENT).own(IMPORTERS),
    only("POST", "/imports", DEPARTMENT).own(IMPORTERS),
    only("GET", "/imports/new", DEPARTMENT).own(IMPORTERS).also(&["kind=resources"]),
    only("GET", "/imports/{id}", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Imported)
        .hidden_elsewhere()
        .refuses_but(IMPORTED)
        .also(&["outcome=added"]),
    only("GET", "/imports/{id}/columns", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("POST", "/imports/{id}/columns", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("GET", "/imports/{id}/preview", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED)
        .also(&["status=new"]),
    only("POST", "/imports/{id}/decisions", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("POST", "/imports/{id}/cells", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED)
        .sends("sheet=0&row=2&field=conditions&text=%D0%B4%D0%B0"),
    only("POST", "/imports/{id}/cancellation", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("POST", "/imports/{id}/application", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("POST", "/imports/{id}/reversal", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Imported)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("GET", "/imports/{id}/errors.xlsx", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("POST", "/api/v1/imports", DEPARTMENT).own(IMPORTERS),
    only("GET", "/api/v1/imports/{id}", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("POST", "/api/v1/imports/{id}/application", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    only("POST", "/api/v1/imports/{id}/reversal", DEPARTMENT)
        .own(IMPORTERS)
        .of(Record::Imported)
        .hidden_elsewhere()
        .refuses_but(IMPORTED),
    // accounts
    only("GET", "/people", ADMINISTRATOR).also(&["q=канарейка"]),
    only("POST", "/people", ADMINISTRATOR),
    only("GET", "/people/new", ADMINISTRATOR),
    only("GET", "/people/{id}", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/roles", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/roles/{grant}/removal", ADMINISTRATOR).of(Record::RoleGrant),
    only("POST", "/people/{id}/entry", ADMINISTRATOR).of(Record::Person),
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
    open("GET", "/organisations/{id}").of(Record::Organisation).also(&[
        "on=2015-09-01",
        "tab=history",
        "tab=staff&former=yes",
        "tab=resources",
        "tab=exchange",
        "tab=acts",
    ]),
    only("POST", "/organisations/{id}", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("GET", "/organisations/{id}/edit", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("POST", "/organisations/{id}/activation", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/suspension", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/closure", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/reorganisation", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/reorganisation", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/names/new", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/names", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/places/new", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("POST", "/organisations/{id}/places", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("GET", "/organisations/{id}/places/{place}/edit", DEPARTMENT).own(LEADERS).of(Record::Place),
    only("POST", "/organisations/{id}/places/{place}", DEPARTMENT).own(LEADERS).of(Record::Place),
    only("POST", "/organisations/{id}/places/{place}/removal", DEPARTMENT).own(LEADERS).of(Record::Place),
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
    only("GET", "/learners/class-leads", &[]).own(LEADERS),
    only("POST", "/learners/class-leads", &[]).own(LEADERS),
    only("POST", "/learners/class-leads/{id}/ending", &[]).own(LEADERS).of(Record::Lead).hidden_elsewhere(),
    only("GET", "/learners/{id}/charges", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/charges", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/charges/ending", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
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
    only("POST", "/learners/{id}/entry", &[]).own(LEADERS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/export", &[]).own(CHILDS).of(Record::Learner).hidden_elsewhere().refuses_but(WATCHERS),
    only("GET", "/learners/destructions", &[]).own(HEADS),
    only("GET", "/learners/destructions/{id}/pdf", &[])
        .own(HEADS)
        .with("0190a0a0-0000-7000-8000-000000000000")
        .answers(404),
    only("GET", "/learners/{id}/destruction", &[]).own(HEADS).of(Record::Learner).hidden_elsewhere(),
    only("POST", "/learners/{id}/destruction", &[]).own(HEADS).of(Record::Learner).hidden_elsewhere(),
    only("GET", "/learners/rollover", &[]).own(LEADERS),
    only("POST", "/learners/rollover", &[]).own(LEADERS),
    only("POST", "/learners/rollover/{id}/reversal", &[]).own(LEADERS).of(Record::Rollover).hidden_elsewhere(),
    // consents
    only("GET", "/consents", &[]).own(COLLECTED).also(&[
        "shown=missing",
        "shown=printed",
        "class=7+Б",
        "purpose=transfer",
        "q=канарейка",
    ]),
    // 422 without a purpose.
    only("POST", "/consents/forms", &[]).own(COLLECTORS),
    only("POST", "/consents/receipts", &[]).own(COLLECTORS),
    only("POST", "/consents/receipts/{id}/reversal", &[]).own(COLLECTORS).of(Record::Receipt).hidden_elsewhere(),
    only("GET", "/consents/stack", &[]).own(COLLECTORS),
    only("POST", "/consents/stack", &[]).own(COLLECTORS),
    only("GET", "/consents/scans", &[]).own(COLLECTORS),
    only("POST", "/consents/scans", &[]).own(COLLECTORS),
    signed_in("GET", "/consents/grounds"),
    only("POST", "/consents/grounds", &[]).own(LEADERS),
    only("POST", "/consents/grounds/signing", DEPARTMENT),
    // 404 for whoever sees no child with such a form.
    only("GET", "/consents/number/{number}", &[]).own(CHILDS).with("999999").answers(404),
    only("GET", "/consents/of/{id}", &[]).own(CHILDS).of(Record::Learner).hidden_elsewhere().refuses_but(KNOWING),
    only("POST", "/consents/of/{id}", &[]).own(CHILDS).of(Record::Learner).hidden_elsewhere().refuses_but(ASKING),
    only("GET", "/consents/{id}", &[]).own(CHILDS).of(Record::Consent).hidden_elsewhere().refuses_but(KNOWING),
    only("GET", "/consents/{id}/form.pdf", &[]).own(CHILDS).of(Record::Consent).hidden_elsewhere().refuses_but(KNOWING),
    only("POST", "/consents/{id}/permissions", &[]).own(COLLECTORS).of(Record::Consent).hidden_elsewhere(),
    only("POST", "/consents/{id}/signature", &[])
        .own(FAMILY)
        .of(Record::Consent)
        .hidden_elsewhere()
        .refuses_but(GUARDIANS),
    // cases
    only("GET", "/cases", &[]).own(LEADERS).also(&["state=closed"]),
    only("GET", "/cases/{id}", &[]).own(CHILDS).of(Record::Case).hidden_elsewhere().refuses_but(WATCHERS),
    only("POST", "/cases/{id}/steps", &[]).own(LEADERS).of(Record::Case).hidden_elsewhere(),
    // Our child is not fourteen yet: the guardian speaks.
    only("GET", "/cases/of/{id}", &[]).own(FAMILY).of(Record::Learner).hidden_elsewhere().refuses_but(GUARDIANS),
    only("POST", "/cases/of/{id}", &[]).own(FAMILY).of(Record::Learner).hidden_elsewhere().refuses_but(GUARDIANS),
    only("POST", "/consents/{id}/withdrawal", &[])
        .own(CHILDS)
        .of(Record::Consent)
        .hidden_elsewhere()
        .refuses_but(ASKING),
    only("GET", "/api/v1/cases", &[]).own(LEADERS),
    only("POST", "/api/v1/consents/{id}/withdrawal", &[])
        .own(CHILDS)
        .of(Record::Consent)
        .hidden_elsewhere()
        .refuses_but(ASKING),
    only("GET", "/api/v1/consents", &[]).own(COLLECTED).also(&["shown=missing"]),
    only("POST", "/api/v1/consents/receipts", &[]).own(COLLECTORS),
    only("GET", "/api/v1/learners/{id}/consents", &[])
        .own(CHILDS)
        .of(Record::Learner)
        .hidden_elsewhere()
        .refuses_but(KNOWING),
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
    // staff
    only("POST", "/staff", DEPARTMENT).own(LEADERS),
    only("GET", "/staff/new", DEPARTMENT).own(LEADERS),
    only("GET", "/staff/{id}", DEPARTMENT)
        .own(WITNESSES)
        .of(Record::Staff)
        .hidden_elsewhere()
        .also(&["tab=resources", "tab=visits"]),
    only("GET", "/staff/positions/{id}/edit", DEPARTMENT).own(LEADERS).of(Record::Position).hidden_elsewhere(),
    only("POST", "/staff/positions/{id}", DEPARTMENT).own(LEADERS).of(Record::Position).hidden_elsewhere(),
    only("POST", "/staff/positions/{id}/end", DEPARTMENT).own(LEADERS).of(Record::Position).hidden_elsewhere(),
    only("GET", "/api/v1/staff-positions", DEPARTMENT).own(WITNESSES).answers(422),
    only("POST", "/api/v1/staff-positions", DEPARTMENT).own(LEADERS),
    only("PATCH", "/api/v1/staff-positions/{id}", DEPARTMENT).own(LEADERS).of(Record::Position).hidden_elsewhere(),
    only("POST", "/api/v1/staff-positions/{id}/end", DEPARTMENT).own(LEADERS).of(Record::Position).hidden_elsewhere(),
    // resources
    open("GET", "/resources").also(&["q=канарейка", "class=staff", "owner=x&sort=-name"]),
    only("POST", "/resources", DEPARTMENT).own(KEEPERS),
    only("POST", "/resources/bulk", DEPARTMENT).own(KEEPERS).answers(422),
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
    // groups
    only("GET", "/groups", GROUP_VIEWERS).also(&["q=канарейка", "state=completed", "own=yes"]),
    only("POST", "/groups", &[]).own(KEEPERS),
    only("GET", "/groups/new", &[]).own(KEEPERS),
    only("GET", "/groups/files/{id}", GROUP_VIEWERS).of(Record::GroupFile),
    only("GET", "/groups/{id}", GROUP_VIEWERS).of(Record::Group).also(&["tab=members", "tab=sessions"]),
    only("POST", "/groups/{id}", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("GET", "/groups/{id}/edit", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("POST", "/groups/{id}/state", &[]).own(KEEPERS).of(Record::Group),
    only("GET", "/groups/{id}/members/new", SENDERS).of(Record::Group),
    only("POST", "/groups/{id}/members", SENDERS).of(Record::Group),
    only("POST", "/groups/{id}/members/admission", SENDERS).of(Record::Group),
    only("POST", "/groups/{id}/members/removal", SENDERS).of(Record::Group),
    only("GET", "/groups/{id}/sessions/new", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("POST", "/groups/{id}/sessions", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("POST", "/groups/{id}/files", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("POST", "/groups/{id}/files/removal", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("GET", "/groups/sessions/{id}", &[]).own(REGISTRARS).of(Record::GroupSession),
    only("POST", "/groups/sessions/{id}", &[]).own(REGISTRARS).of(Record::GroupSession),
    only("POST", "/groups/sessions/{id}/cancellation", &[]).own(GROUP_LEADERS).of(Record::GroupSession),
    only("GET", "/api/v1/groups", GROUP_VIEWERS).also(&["q=канарейка"]),
    only("POST", "/api/v1/groups", &[]).own(KEEPERS),
    only("GET", "/api/v1/groups/files/{id}", GROUP_VIEWERS).of(Record::GroupFile),
    only("GET", "/api/v1/groups/{id}", GROUP_VIEWERS).of(Record::Group),
    only("PATCH", "/api/v1/groups/{id}", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("POST", "/api/v1/groups/{id}/members", SENDERS).of(Record::Group),
    only("POST", "/api/v1/groups/{id}/members/admission", SENDERS).of(Record::Group),
    only("POST", "/api/v1/groups/{id}/members/removal", SENDERS).of(Record::Group),
    only("POST", "/api/v1/groups/{id}/sessions", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("POST", "/api/v1/groups/{id}/files", &[]).own(GROUP_LEADERS).of(Record::Group),
    only("GET", "/api/v1/groups/sessions/{id}", &[]).own(REGISTRARS).of(Record::GroupSession),
    only("POST", "/api/v1/groups/sessions/{id}", &[]).own(REGISTRARS).of(Record::GroupSession),
    // societies
    only("GET", "/societies", GROUP_VIEWERS),
    only("POST", "/societies", &[]).own(KEEPERS),
    only("GET", "/societies/new", &[]).own(KEEPERS),
    only("GET", "/societies/meetings/{id}/edit", &[]).own(GROUP_LEADERS).of(Record::Meeting),
    only("POST", "/societies/meetings/{id}", &[]).own(GROUP_LEADERS).of(Record::Meeting),
    only("GET", "/societies/meetings/{id}/{format}", &[]).own(GROUP_LEADERS).of(Record::Meeting).with("docx"),
    only("GET", "/societies/{id}", GROUP_VIEWERS).of(Record::Society).also(&["tab=members", "tab=meetings"]),
    only("POST", "/societies/{id}", &[]).own(KEEPERS).of(Record::Society),
    only("GET", "/societies/{id}/edit", &[]).own(KEEPERS).of(Record::Society),
    only("POST", "/societies/{id}/sections", &[]).own(KEEPERS).of(Record::Society),
    only("GET", "/societies/{id}/members/new", JOINERS).of(Record::Society),
    only("POST", "/societies/{id}/members", JOINERS).of(Record::Society),
    only("POST", "/societies/{id}/members/post", &[]).own(GROUP_LEADERS).of(Record::Society),
    only("POST", "/societies/{id}/members/removal", JOINERS).of(Record::Society),
    only("GET", "/societies/{id}/meetings/new", &[]).own(GROUP_LEADERS).of(Record::Society),
    only("POST", "/societies/{id}/meetings", &[]).own(GROUP_LEADERS).of(Record::Society),
    only("GET", "/api/v1/societies", GROUP_VIEWERS),
    only("GET", "/api/v1/societies/{id}", GROUP_VIEWERS).of(Record::Society),
    // research
    only("GET", "/research", &[]).own(RESEARCHERS).also(&["q=канарейка", "stage=review"]),
    only("POST", "/research", &[]).own(GROUP_LEADERS),
    only("GET", "/research/new", &[]).own(GROUP_LEADERS),
    only("GET", "/research/files/{id}", &[]).own(RESEARCHERS).of(Record::ResearchFile).hidden_elsewhere(),
    only("GET", "/research/reviews/{id}", &[]).own(REVIEWERS).of(Record::Review).personal(),
    only("POST", "/research/reviews/{id}", &[]).own(REVIEWERS).of(Record::Review).personal(),
    only("GET", "/research/reviews/{id}/{format}", &[]).own(REVIEWERS).of(Record::Review).with("docx").personal(),
    only("GET", "/research/{id}", &[]).own(RESEARCHERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/research/{id}", &[]).own(GROUP_LEADERS).of(Record::Research).hidden_elsewhere(),
    only("GET", "/research/{id}/edit", &[]).own(GROUP_LEADERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/research/{id}/stage", &[]).own(GROUP_LEADERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/research/{id}/text", &[]).own(WORKERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/research/{id}/files", &[]).own(WORKERS).of(Record::Research).hidden_elsewhere(),
    only("GET", "/research/{id}/authors/new", &[]).own(GROUP_LEADERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/research/{id}/authors", &[]).own(GROUP_LEADERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/research/{id}/authors/removal", &[]).own(GROUP_LEADERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/research/{id}/reviews", &[]).own(KEEPERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/research/{id}/sheets", &[]).own(KEEPERS).of(Record::Research).hidden_elsewhere(),
    only("GET", "/api/v1/research", &[]).own(RESEARCHERS).also(&["q=канарейка"]),
    only("GET", "/api/v1/research/{id}", &[]).own(RESEARCHERS).of(Record::Research).hidden_elsewhere(),
    only("POST", "/api/v1/research/{id}/stage", &[]).own(GROUP_LEADERS).of(Record::Research).hidden_elsewhere(),
    only("GET", "/api/v1/research/reviews/{id}", &[]).own(REVIEWERS).of(Record::Review).personal(),
    only("POST", "/api/v1/research/reviews/{id}", &[]).own(REVIEWERS).of(Record::Review).personal(),
    // exchange
    only("GET", "/bookings", DEPARTMENT).own(WITNESSES),
    only("POST", "/bookings", DEPARTMENT).own(REQUESTERS),
    // Without a resource one is led to the catalogue.
    only("POST", "/bookings/bulk", &[]).own(KEEPERS).answers(422),
    only("POST", "/bookings/cancellations", DEPARTMENT).own(REQUESTERS).answers(422),
    only("GET", "/bookings/new", DEPARTMENT).own(REQUESTERS).answers(303),
    only("GET", "/bookings/export.xlsx", DEPARTMENT).own(WITNESSES),
    only("GET", "/bookings/export.csv", DEPARTMENT).own(WITNESSES),
    only("GET", "/bookings/month", DEPARTMENT).own(WITNESSES),
    only("POST", "/bookings/month", DEPARTMENT).own(REQUESTERS),
    only("GET", "/bookings/distance", DEPARTMENT).own(REQUESTERS),
    only("POST", "/bookings/distance", DEPARTMENT).own(REQUESTERS),
    only("GET", "/bookings/{id}", DEPARTMENT).own(WITNESSES).of(Record::BookingAsked).hidden_elsewhere(),
    // No visit of a person: there is nothing to agree to.
    only("GET", "/bookings/{id}/consent", DEPARTMENT)
        .own(WITNESSES)
        .of(Record::BookingAsked)
        .hidden_elsewhere()
        .answers(409),
    only("POST", "/bookings/{id}/consent", DEPARTMENT)
        .own(WITNESSES)
        .of(Record::BookingAsked)
        .hidden_elsewhere()
        .answers(409),
    only("GET", "/api/v1/bookings/{id}/consent", DEPARTMENT).own(WITNESSES).of(Record::BookingAsked).hidden_elsewhere(),
    only("POST", "/api/v1/bookings/{id}/consent", DEPARTMENT)
        .own(WITNESSES)
        .of(Record::BookingAsked)
        .hidden_elsewhere()
        .answers(409),
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
    signed_in("GET", "/notifications/settings"),
    signed_in("POST", "/notifications/settings"),
    signed_in("GET", "/api/v1/notifications/settings"),
    signed_in("POST", "/api/v1/notifications/settings"),
    // 404 for everyone: a secret that was never sent opens nothing.
    open("GET", "/letters/{secret}").with("nobody-was-sent-this").answers(404),
    open("POST", "/letters/{secret}").with("nobody-was-sent-this").answers(404),
    signed_in("GET", "/api/v1/notifications").also(&["state=new"]),
    signed_in("POST", "/api/v1/notifications/reading"),
    signed_in("POST", "/api/v1/notifications/{id}/reading").of(Record::Notification).personal(),
    // calendar
    only("GET", "/calendar", DEPARTMENT).own(WITNESSES),
    only("GET", "/calendar/feeds", DEPARTMENT).own(WITNESSES),
    only("POST", "/calendar/feeds", DEPARTMENT).own(WITNESSES),
    signed_in("POST", "/calendar/feeds/{id}/removal").of(Record::Feed).personal(),
    signed_in("POST", "/calendar/feeds/{id}/renewal").of(Record::Feed).personal(),
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
    // routes
    only("GET", "/routes", DEPARTMENT).own(CHILDS).also(&["hosts=2", "state=running", "year=2026"]),
    only("POST", "/routes", &[]).own(ROUTE_KEEPERS),
    only("GET", "/routes/new", &[]).own(ROUTE_KEEPERS),
    only("GET", "/routes/limits", DEPARTMENT).own(CHILDS),
    only("POST", "/routes/limits", DEPARTMENT),
    only("GET", "/routes/modules", DEPARTMENT).own(CHILDS),
    only("GET", "/routes/{id}", &[]).own(CHILDS).of(Record::Route).hidden_elsewhere(),
    only("POST", "/routes/{id}", &[]).own(ROUTE_KEEPERS).of(Record::Route).hidden_elsewhere(),
    only("GET", "/routes/{id}/edit", &[]).own(ROUTE_KEEPERS).of(Record::Route).hidden_elsewhere(),
    only("GET", "/routes/{id}/offers", &[]).own(ROUTE_KEEPERS).of(Record::Route).hidden_elsewhere().also(&["q=а"]),
    only("POST", "/routes/{id}/template", &[]).own(ROUTE_KEEPERS).of(Record::Route).hidden_elsewhere(),
    only("GET", "/routes/{id}/steps/new", &[]).own(ROUTE_KEEPERS).of(Record::Route).hidden_elsewhere(),
    only("POST", "/routes/{id}/steps", &[]).own(ROUTE_KEEPERS).of(Record::Route).hidden_elsewhere(),
    only("GET", "/routes/{id}/steps/{step}", &[]).own(ROUTE_KEEPERS).of(Record::RouteStep).hidden_elsewhere(),
    only("POST", "/routes/{id}/steps/{step}", &[]).own(ROUTE_KEEPERS).of(Record::RouteStep).hidden_elsewhere(),
    only("POST", "/routes/{id}/steps/{step}/removal", &[]).own(ROUTE_KEEPERS).of(Record::RouteStep).hidden_elsewhere(),
    only("POST", "/routes/{id}/steps/{step}/choice", &[]).own(ROUTE_KEEPERS).of(Record::RouteStep).hidden_elsewhere(),
    only("POST", "/routes/{id}/steps/{step}/acceptance", &[]).own(KEEPERS).of(Record::RouteStep).hidden_elsewhere(),
    only("GET", "/routes/{id}/steps/{step}/declination", &[]).own(KEEPERS).of(Record::RouteStep).hidden_elsewhere(),
    only("POST", "/routes/{id}/steps/{step}/declination", &[]).own(KEEPERS).of(Record::RouteStep).hidden_elsewhere(),
    only("GET", "/routes/{id}/steps/{step}/outcome", &[]).own(ROUTE_HOSTS).of(Record::RouteStep).hidden_elsewhere(),
    only("POST", "/routes/{id}/steps/{step}/outcome", &[]).own(ROUTE_HOSTS).of(Record::RouteStep).hidden_elsewhere(),
    only("GET", "/routes/{id}/steps/{step}/visits", &[]).own(ROUTE_HOSTS).of(Record::RouteStep).hidden_elsewhere(),
    only("POST", "/routes/{id}/steps/{step}/visits", &[]).own(ROUTE_HOSTS).of(Record::RouteStep).hidden_elsewhere(),
    only("GET", "/routes/{id}/deeds/{deed}", &[]).own(ROUTE_KEEPERS).of(Record::Route).with("stop").hidden_elsewhere(),
    only("POST", "/routes/{id}/deeds/{deed}", &[]).own(ROUTE_KEEPERS).of(Record::Route).with("stop").hidden_elsewhere(),
    // A child under age signs nothing.
    only("GET", "/routes/{id}/consent/{deed}", &[])
        .own(&[Learner, Guardian])
        .of(Record::Route)
        .with("refusal")
        .hidden_elsewhere()
        .refuses_but(&[Guardian]),
    only("POST", "/routes/{id}/consent/{deed}", &[])
        .own(&[Learner, Guardian])
        .of(Record::Route)
        .with("agreement")
        .hidden_elsewhere()
        .refuses_but(&[Guardian]),
    only("POST", "/routes/{id}/approval", &[]).own(&[Head, CentreCoordinator]).of(Record::Route).hidden_elsewhere(),
    // Whoever has but a step of it reads neither words nor versions.
    only("POST", "/routes/{id}/words", &[]).own(CHILDS).of(Record::Route).hidden_elsewhere().refuses_but(ROUTE_WHOLE),
    only("GET", "/routes/{id}/versions/{number}", &[])
        .own(CHILDS)
        .of(Record::Route)
        .with("1")
        .hidden_elsewhere()
        .refuses_but(ROUTE_WHOLE),
    only("GET", "/routes/{id}/paper/{format}", &[])
        .own(CHILDS)
        .of(Record::Route)
        .with("docx")
        .hidden_elsewhere()
        .refuses_but(ROUTE_WHOLE),
    only("GET", "/api/v1/routes", DEPARTMENT).own(CHILDS),
    only("GET", "/api/v1/routes/{id}", &[]).own(CHILDS).of(Record::Route).hidden_elsewhere(),
    only("POST", "/api/v1/routes/{id}/steps/{step}/acceptance", &[])
        .own(KEEPERS)
        .of(Record::RouteStep)
        .hidden_elsewhere(),
    only("POST", "/api/v1/routes/{id}/steps/{step}/declination", &[])
        .own(KEEPERS)
        .of(Record::RouteStep)
        .hidden_elsewhere(),
    only("GET", "/api/v1/figures/routes", DEPARTMENT).own(CHILDS),
    // papers
    only("GET", "/papers/words", DEPARTMENT).own(REQUESTERS),
    only("POST", "/papers/words", DEPARTMENT)
        .own(REQUESTERS)
        .sends("phrase=%D0%98%D0%BC%D1%8F&in_case=genitive&right=%D0%98%D0%BC%D0%B5%D0%BD%D0%B8"),
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
    // Nothing was asked for yet: nobody goes anywhere.
    only("POST", "/common-requests/{id}/papers", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Common)
        .hidden_elsewhere()
        .answers(409),
    only("POST", "/api/v1/common-requests/{id}/papers", DEPARTMENT)
        .own(REQUESTERS)
        .of(Record::Common)
        .hidden_elsewhere()
        .answers(409),
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
    only("GET", "/events/stages/{id}/entries", ENTRANTS).of(Record::Stage),
    only("GET", "/events/stages/{id}/entries/new", APPLICANTS).of(Record::Stage),
    only("POST", "/events/stages/{id}/entries/new", ENTRANTS).of(Record::Stage).forbids(DEPARTMENT),
    only("POST", "/events/stages/{id}/entries/admission", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Stage)
        .forbids(DEPARTMENT),
    only("POST", "/events/stages/{id}/entries/codes", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    // The only stage: nobody can come from an earlier one.
    only("POST", "/events/stages/{id}/entries/invitations", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Stage)
        .forbids(DEPARTMENT)
        .answers(409),
    only("GET", "/events/stages/{id}/entries/seating", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Stage)
        .forbids(DEPARTMENT)
        .also(&["rooms=15,12"]),
    // A paper that there is not: what is laid out is tested where it is made.
    only("GET", "/events/stages/{id}/entries/{file}", DEPARTMENT)
        .own(ORGANISERS)
        .forbids(DEPARTMENT)
        .of(Record::Stage)
        .with("none.pdf")
        .answers(404),
    // The id of a stage is none of an entry.
    only("POST", "/events/entries/{id}/withdrawal", ENTRANTS).of(Record::Stage).answers(404),
    open("GET", "/event-lists"),
    only("POST", "/event-lists", EVENTS),
    only("GET", "/event-lists/new", EVENTS),
    only("POST", "/event-lists/decisions", EVENTS),
    open("GET", "/event-lists/{id}").of(Record::EventList).also(&["on=2026-12-01&q=%D1%88"]),
    only("GET", "/event-lists/{id}/amendments/new", EVENTS).of(Record::EventList),
    only("POST", "/event-lists/{id}/amendments", EVENTS).of(Record::EventList),
    open("GET", "/event-lists/{id}/export.xlsx").of(Record::EventList),
    open("GET", "/api/v1/event-lists"),
    only("POST", "/api/v1/event-lists", EVENTS),
    open("GET", "/api/v1/event-lists/{id}").of(Record::EventList),
    only("POST", "/api/v1/event-lists/{id}/amendments", EVENTS).of(Record::EventList),
    only("POST", "/api/v1/event-lists/decisions", EVENTS),
    only("GET", "/api/v1/stages/{id}/entries", ENTRANTS).of(Record::Stage),
    only("POST", "/api/v1/stages/{id}/entries", ENTRANTS).of(Record::Stage),
    only("PATCH", "/api/v1/stages/{id}", EVENTS).own(LEADERS).of(Record::Stage),
    only("POST", "/api/v1/stages/{id}/state", EVENTS).own(LEADERS).of(Record::Stage),
    // gifted
    only("GET", "/centre/register", &[]).own(REGISTER).also(&["state=left"]),
    only("POST", "/centre/register", &[]).own(NOMINATORS),
    only("GET", "/centre/register/new", &[]).own(NOMINATORS).also(&["q=канарейка"]),
    only("GET", "/centre/register/{id}", &[]).own(REGISTER).of(Record::Profile).hidden_elsewhere(),
    only("POST", "/centre/register/{id}/asking", &[]).own(SCHOOLS).of(Record::Profile).hidden_elsewhere(),
    only("POST", "/centre/register/{id}/psychologist", &[]).own(SCHOOLS).of(Record::Profile).hidden_elsewhere(),
    only("POST", "/centre/register/{id}/application", &[]).own(SCHOOLS).of(Record::Profile).hidden_elsewhere(),
    only("POST", "/centre/register/{id}/diagnostics", &[]).own(&[Psychologist]).of(Record::Profile).hidden_elsewhere(),
    only("POST", "/centre/register/{id}/conclusion", &[]).own(&[Psychologist]).of(Record::Profile).hidden_elsewhere(),
    // Nobody in the world stands in the register yet.
    only("POST", "/centre/register/{id}/support", &[]).own(CENTRES).of(Record::Profile).hidden_elsewhere().answers(409),
    only("POST", "/centre/register/{id}/leaving", &[]).own(ENDERS).of(Record::Profile).hidden_elsewhere(),
    // An unknown format: what is laid out is tested where it is made.
    only("GET", "/centre/register/{id}/{paper}/{format}", &[])
        .own(REGISTER)
        .of(Record::Profile)
        .with("petition")
        .hidden_elsewhere()
        .answers(404),
    only("GET", "/centre/asked", &[]).own(SAYERS),
    // Nobody of these was asked.
    only("POST", "/centre/asked/{id}", &[]).own(SAYERS).of(Record::Asked).hidden_elsewhere().answers(404),
    only("GET", "/centre/sittings", &[]).own(CENTRES),
    only("POST", "/centre/sittings", &[]).own(CENTRES),
    only("GET", "/centre/sittings/new", &[]).own(CENTRES),
    only("GET", "/centre/sittings/{id}", &[]).own(CENTRES).of(Record::Sitting).hidden_elsewhere(),
    only("POST", "/centre/sittings/{id}/order", &[]).own(CENTRES).of(Record::Sitting).hidden_elsewhere(),
    only("GET", "/centre/sittings/{id}/{paper}/{format}", &[])
        .own(CENTRES)
        .of(Record::Sitting)
        .with("protocol")
        .hidden_elsewhere()
        .answers(404),
    only("GET", "/api/v1/gifted-profiles", &[]).own(REGISTER),
    only("POST", "/api/v1/gifted-profiles", &[]).own(NOMINATORS),
    only("GET", "/api/v1/gifted-profiles/{id}", &[]).own(REGISTER).of(Record::Profile).hidden_elsewhere(),
    only("POST", "/api/v1/gifted-profiles/{id}/application", &[]).own(SCHOOLS).of(Record::Profile).hidden_elsewhere(),
    only("POST", "/api/v1/gifted-profiles/{id}/conclusion", &[])
        .own(&[Psychologist])
        .of(Record::Profile)
        .hidden_elsewhere(),
    only("POST", "/api/v1/gifted-profiles/{id}/leaving", &[]).own(ENDERS).of(Record::Profile).hidden_elsewhere(),
    // plans
    only("GET", "/centre/plans", &[]).own(PLANNED).also(&["show=no_mentor", "show=overdue&year=2025", "show=mine"]),
    only("POST", "/centre/plans", &[]).own(COORDINATORS),
    only("GET", "/centre/plans/new", &[]).own(COORDINATORS),
    only("GET", "/centre/plans/{id}", &[]).own(PLANNED).of(Record::Plan).hidden_elsewhere().refuses_but(PLANS_SEEN),
    only("POST", "/centre/plans/{id}", &[]).own(COORDINATORS).of(Record::Plan).hidden_elsewhere(),
    only("GET", "/centre/plans/{id}/edit", &[]).own(COORDINATORS).of(Record::Plan).hidden_elsewhere(),
    only("POST", "/centre/plans/{id}/items", &[]).own(COORDINATORS).of(Record::Plan).hidden_elsewhere(),
    only("POST", "/centre/plans/{id}/items/{item}/mark", &[])
        .own(MARKERS)
        .of(Record::PlanItem)
        .hidden_elsewhere()
        .refuses_but(COORDINATORS),
    only("POST", "/centre/plans/{id}/items/{item}/removal", &[])
        .own(COORDINATORS)
        .of(Record::PlanItem)
        .hidden_elsewhere(),
    only("POST", "/centre/plans/{id}/mentor", &[]).own(COORDINATORS).of(Record::Plan).hidden_elsewhere(),
    // It is approved already.
    only("POST", "/centre/plans/{id}/approval", &[]).own(COORDINATORS).of(Record::Plan).hidden_elsewhere().answers(409),
    only("POST", "/centre/plans/{id}/closing", &[]).own(COORDINATORS).of(Record::Plan).hidden_elsewhere(),
    only("GET", "/centre/mentors", &[]).own(COORDINATORS),
    only("POST", "/centre/mentors", &[]).own(COORDINATORS),
    only("GET", "/centre/mentors/new", &[]).own(COORDINATORS),
    only("GET", "/centre/figures", &[]).own(PLANNED),
    only("GET", "/api/v1/plans", &[]).own(PLANNED),
    only("POST", "/api/v1/plans", &[]).own(COORDINATORS),
    only("GET", "/api/v1/plans/{id}", &[]).own(PLANNED).of(Record::Plan).hidden_elsewhere().refuses_but(PLANS_SEEN),
    only("POST", "/api/v1/plans/{id}/items", &[]).own(COORDINATORS).of(Record::Plan).hidden_elsewhere(),
    only("POST", "/api/v1/plans/{id}/approval", &[]).own(COORDINATORS).of(Record::Plan).hidden_elsewhere().answers(409),
    only("GET", "/api/v1/mentors", &[]).own(COORDINATORS),
    open("GET", "/api/v1/figures/centre-plans"),
    open("GET", "/api/v1/figures/centre-mentors"),
    open("GET", "/api/v1/figures/exchange-balance"),
    open("GET", "/api/v1/figures/exchange-pairs"),
    // results
    only("GET", "/results", DEPARTMENT).own(COUNTERS).also(&["year=2026-2027"]),
    only("GET", "/results/{stage}", EVENTS).own(COUNTERS).of(Record::Stage).hidden_elsewhere(),
    only("POST", "/results/{stage}/rows", EVENTS).own(LEADERS).of(Record::Stage).hidden_elsewhere(),
    only("POST", "/results/{stage}/pasted", EVENTS).own(LEADERS).of(Record::Stage).hidden_elsewhere(),
    only("POST", "/results/{stage}/certificates", EVENTS).own(LEADERS).of(Record::Stage).hidden_elsewhere(),
    // A sheet names its child: only whoever sees the child gets it.
    only("GET", "/results/{stage}/certificates.pdf", DEPARTMENT)
        .own(COUNTERS)
        .of(Record::Stage)
        .hidden_elsewhere()
        .refuses_but(COUNTERS),
    open("GET", "/certificates").also(&["number=K7M42X-Q9TRAB"]),
    only("POST", "/results/{stage}/confirmation", EVENTS).own(LEADERS).of(Record::Stage).hidden_elsewhere(),
    only("POST", "/results/{stage}/disputes", EVENTS).own(LEADERS).of(Record::Stage).hidden_elsewhere().answers(404),
    only("GET", "/api/v1/editions/{id}/certificates", EVENTS).own(COUNTERS).of(Record::Edition).hidden_elsewhere(),
    only("GET", "/api/v1/stages/{id}/certificates/{number}/pdf", DEPARTMENT)
        .own(COUNTERS)
        .of(Record::Stage)
        .with("K7M42X-Q9TRAB")
        .hidden_elsewhere()
        .answers(404),
    // portfolios
    only("GET", "/portfolio", &[]).own(PORTFOLIO_HOLDERS).answers(303),
    only("GET", "/learners/{id}/portfolio", &[])
        .own(ROUTE_WHOLE)
        .of(Record::Learner)
        .hidden_elsewhere()
        .also(&["from=2026-2027"]),
    only("GET", "/learners/{id}/portfolio.pdf", &[]).own(ROUTE_WHOLE).of(Record::Learner).hidden_elsewhere(),
    only("GET", "/staff/{id}/portfolio", COORDINATOR)
        .own(PORTFOLIO_HOLDERS)
        .of(Record::Staff)
        .hidden_elsewhere()
        .refuses_but(PORTFOLIO_READERS),
    only("GET", "/staff/{id}/portfolio.pdf", COORDINATOR)
        .own(PORTFOLIO_HOLDERS)
        .of(Record::Staff)
        .hidden_elsewhere()
        .refuses_but(PORTFOLIO_READERS),
    only("GET", "/api/v1/learners/{id}/portfolio", &[]).own(ROUTE_WHOLE).of(Record::Learner).hidden_elsewhere(),
    only("GET", "/api/v1/staff/{id}/portfolio", COORDINATOR)
        .own(PORTFOLIO_HOLDERS)
        .of(Record::Staff)
        .hidden_elsewhere()
        .refuses_but(PORTFOLIO_READERS),
    // losses
    only("GET", "/centre/losses", &[]).own(LOSS_READERS),
    only("GET", "/api/v1/losses", &[]).own(LOSS_READERS),
    // candidates
    only("GET", "/events/{id}/candidates", APPLICANTS).of(Record::Edition),
    only("GET", "/api/v1/editions/{id}/candidates", APPLICANTS).of(Record::Edition),
    // conferences
    only("GET", "/conferences/files/{id}", &[]).own(GROUP_LEADERS).of(Record::ThesisFile).hidden_elsewhere(),
    only("GET", "/conferences/sections/{id}", DEPARTMENT).own(ORGANISERS).of(Record::Section).forbids(DEPARTMENT),
    only("POST", "/conferences/sections/{id}", DEPARTMENT).own(ORGANISERS).of(Record::Section).forbids(DEPARTMENT),
    only("POST", "/conferences/sections/{id}/jury", DEPARTMENT).own(ORGANISERS).of(Record::Section).forbids(DEPARTMENT),
    only("POST", "/conferences/sections/{id}/programme", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Section)
        .forbids(DEPARTMENT),
    // Of those who may judge at all, only the jury of the section and its organiser get anything.
    only("GET", "/conferences/sections/{id}/marks", &[Role::Jury])
        .own(JUDGES)
        .of(Record::Section)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("POST", "/conferences/sections/{id}/marks", &[Role::Jury])
        .own(JUDGES)
        .of(Record::Section)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("GET", "/conferences/sections/{id}/criteria.pdf", &[Role::Jury])
        .own(JUDGES)
        .of(Record::Section)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("GET", "/conferences/theses/{id}", &[]).own(GROUP_LEADERS).of(Record::Thesis).hidden_elsewhere(),
    only("POST", "/conferences/theses/{id}", &[]).own(GROUP_LEADERS).of(Record::Thesis).hidden_elsewhere(),
    only("GET", "/conferences/theses/{id}/edit", &[]).own(GROUP_LEADERS).of(Record::Thesis).hidden_elsewhere(),
    only("POST", "/conferences/theses/{id}/files", &[]).own(GROUP_LEADERS).of(Record::Thesis).hidden_elsewhere(),
    only("POST", "/conferences/theses/{id}/withdrawal", &[]).own(GROUP_LEADERS).of(Record::Thesis).hidden_elsewhere(),
    only("POST", "/conferences/theses/{id}/reviews", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Thesis)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("POST", "/conferences/theses/{id}/decision", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Thesis)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("GET", "/conferences/reviews/{id}", &[]).own(REVIEWERS).of(Record::ThesisReview).personal(),
    only("POST", "/conferences/reviews/{id}", &[]).own(REVIEWERS).of(Record::ThesisReview).personal(),
    open("GET", "/conferences/{stage}").of(Record::Conference),
    only("POST", "/conferences/{stage}/rules", DEPARTMENT).own(ORGANISERS).of(Record::Conference).forbids(DEPARTMENT),
    only("POST", "/conferences/{stage}/sections", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Conference)
        .forbids(DEPARTMENT),
    only("POST", "/conferences/{stage}/points", DEPARTMENT).own(ORGANISERS).of(Record::Conference).forbids(DEPARTMENT),
    open("GET", "/conferences/{stage}/programme.pdf").of(Record::Conference),
    // Nothing is accepted yet: what is laid out is tested where it is made.
    only("GET", "/conferences/{stage}/collection.pdf", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Conference)
        .forbids(DEPARTMENT)
        .answers(404),
    only("GET", "/conferences/{stage}/theses/new", GROUP_LEADERS).of(Record::Conference).also(&["q=канарейка"]),
    only("POST", "/conferences/{stage}/theses", GROUP_LEADERS).of(Record::Conference),
    open("GET", "/api/v1/conferences/{stage}").of(Record::Conference),
    only("GET", "/api/v1/conferences/{stage}/theses", GROUP_LEADERS).of(Record::Conference),
    only("POST", "/api/v1/conferences/{stage}/theses", GROUP_LEADERS).of(Record::Conference),
    // judging
    only("GET", "/judging/{stage}", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    only("POST", "/judging/{stage}/rules", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    only("POST", "/judging/{stage}/jury", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    only("POST", "/judging/{stage}/decoding", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    // Of those who may judge at all, only the jury of the stage and its organiser get anything.
    only("GET", "/judging/{stage}/works", WORK_JUDGES)
        .own(JUDGES)
        .of(Record::Stage)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("POST", "/judging/{stage}/works", WORK_JUDGES)
        .own(JUDGES)
        .of(Record::Stage)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("GET", "/api/v1/stages/{id}/judging", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    only("GET", "/api/v1/stages/{id}/works", WORK_JUDGES)
        .own(JUDGES)
        .of(Record::Stage)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("POST", "/api/v1/stages/{id}/works", WORK_JUDGES)
        .own(JUDGES)
        .of(Record::Stage)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    // appeals
    only("GET", "/appeals/{stage}", ENTRANTS).of(Record::Stage),
    only("POST", "/appeals/{stage}/showing", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    only("POST", "/appeals/{stage}/final", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    only("POST", "/appeals/{stage}/order", DEPARTMENT).own(ORGANISERS).of(Record::Stage).forbids(DEPARTMENT),
    // A paper that there is not: what is laid out is tested where it is made.
    only("GET", "/appeals/{stage}/{file}", DEPARTMENT)
        .own(ORGANISERS)
        .forbids(DEPARTMENT)
        .of(Record::Stage)
        .with("none.pdf")
        .answers(404),
    only("GET", "/appeals/results/{id}", &[]).own(APPELLANTS).of(Record::Participation).hidden_elsewhere(),
    only("POST", "/appeals/results/{id}", &[]).own(APPELLANTS).of(Record::Participation).hidden_elsewhere(),
    only("GET", "/appeals/cases/{id}", DEPARTMENT)
        .own(APPLICANTS)
        .of(Record::Appeal)
        .hidden_elsewhere()
        .refuses_but(APPLICANTS),
    only("POST", "/appeals/cases/{id}/decision", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Appeal)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    only("POST", "/appeals/cases/{id}/withdrawal", &[]).own(APPELLANTS).of(Record::Appeal).hidden_elsewhere(),
    only("GET", "/api/v1/stages/{id}/appeals", ENTRANTS).of(Record::Stage),
    only("POST", "/api/v1/participations/{id}/appeals", &[])
        .own(APPELLANTS)
        .of(Record::Participation)
        .hidden_elsewhere(),
    only("POST", "/api/v1/appeals/{id}/decision", DEPARTMENT)
        .own(ORGANISERS)
        .of(Record::Appeal)
        .hidden_elsewhere()
        .refuses_but(ORGANISERS),
    // reports
    only("GET", "/reports", DEPARTMENT).own(REPORTERS).also(&["state=submitted&kind=organisation&year=2025-2026"]),
    only("POST", "/reports", DEPARTMENT).own(REPORTERS),
    only("GET", "/reports/new", DEPARTMENT).own(REPORTERS),
    only("GET", "/reports/figures", DEPARTMENT).own(COORDINATOR).also(&["kind=district&from=2026-2027"]),
    only("GET", "/reports/centre", DEPARTMENT)
        .own(COORDINATOR)
        .also(&["from=2026-2027&format=json", "from=2026-2027&format=docx"]),
    only("GET", "/reports/district", DEPARTMENT)
        .own(COORDINATOR)
        .also(&["from=2026-2027&format=json", "from=2026-2027&format=xlsx"]),
    only("POST", "/reports/calls", DEPARTMENT),
    only("GET", "/reports/calls/new", DEPARTMENT),
    only("GET", "/reports/calls/{id}", ASKED_FOR_REPORTS)
        .own(COORDINATOR)
        .of(Record::ReportCall)
        .refuses_but(ASKED_FOR_REPORTS)
        .also(&["show=all"]),
    only("GET", "/reports/calls/{id}/export.xlsx", DEPARTMENT).of(Record::ReportCall),
    only("POST", "/reports/calls/{id}/reminder", DEPARTMENT).of(Record::ReportCall),
    only("POST", "/reports/calls/{id}/closing", DEPARTMENT).of(Record::ReportCall),
    only("GET", "/reports/{id}", DEPARTMENT)
        .own(REPORTERS)
        .of(Record::Report)
        .hidden_elsewhere()
        .refuses_but(ASKED_FOR_REPORTS)
        .also(&["tab=today", "tab=history", "copy=1"]),
    only("POST", "/reports/{id}", DEPARTMENT)
        .own(REPORTERS)
        .of(Record::Report)
        .hidden_elsewhere()
        .refuses_but(ASKED_FOR_REPORTS)
        .forbids(DEPARTMENT),
    // What is handed in is not written on.
    only("GET", "/reports/{id}/edit", DEPARTMENT)
        .own(REPORTERS)
        .of(Record::Report)
        .hidden_elsewhere()
        .refuses_but(ASKED_FOR_REPORTS)
        .forbids(DEPARTMENT)
        .answers(409),
    only("GET", "/reports/{id}/files", DEPARTMENT)
        .own(REPORTERS)
        .of(Record::Report)
        .hidden_elsewhere()
        .refuses_but(ASKED_FOR_REPORTS)
        .also(&["format=json", "format=xlsx&why=x"]),
    only("POST", "/reports/{id}/submission", DEPARTMENT)
        .own(REPORTERS)
        .of(Record::Report)
        .hidden_elsewhere()
        .refuses_but(ASKED_FOR_REPORTS)
        .forbids(DEPARTMENT),
    only("POST", "/reports/{id}/return", DEPARTMENT).of(Record::Report),
    only("POST", "/reports/{id}/acceptance", DEPARTMENT).of(Record::Report),
    only("POST", "/reports/{id}/closing", DEPARTMENT).of(Record::Report),
    only("GET", "/api/v1/reports", DEPARTMENT).own(REPORTERS).also(&["state=submitted&page_size=1"]),
    only("POST", "/api/v1/reports", DEPARTMENT).own(REPORTERS),
    only("GET", "/api/v1/reports/{id}", DEPARTMENT)
        .own(REPORTERS)
        .of(Record::Report)
        .hidden_elsewhere()
        .refuses_but(ASKED_FOR_REPORTS),
    only("PATCH", "/api/v1/reports/{id}", DEPARTMENT)
        .own(REPORTERS)
        .of(Record::Report)
        .hidden_elsewhere()
        .refuses_but(ASKED_FOR_REPORTS)
        .forbids(DEPARTMENT),
    only("POST", "/api/v1/reports/{id}/submission", DEPARTMENT)
        .own(REPORTERS)
        .of(Record::Report)
        .hidden_elsewhere()
        .refuses_but(ASKED_FOR_REPORTS)
        .forbids(DEPARTMENT),
    only("POST", "/api/v1/reports/{id}/return", DEPARTMENT).of(Record::Report),
    only("POST", "/api/v1/reports/{id}/acceptance", DEPARTMENT).of(Record::Report),
    only("POST", "/api/v1/reports/{id}/closing", DEPARTMENT).of(Record::Report),
    only("GET", "/api/v1/report-calls", DEPARTMENT),
    only("POST", "/api/v1/report-calls", DEPARTMENT),
    only("GET", "/api/v1/report-calls/{id}", DEPARTMENT).of(Record::ReportCall),
    only("POST", "/api/v1/report-calls/{id}/reminder", DEPARTMENT).of(Record::ReportCall),
    only("POST", "/api/v1/report-calls/{id}/closing", DEPARTMENT).of(Record::ReportCall),
    // register
    only("GET", "/state-register", COORDINATOR).own(LEADERS).also(&["from=2026-2027"]),
    only("GET", "/state-register/export.xlsx", COORDINATOR).own(LEADERS).also(&["from=2026-2027"]),
    only("GET", "/api/v1/state-register", COORDINATOR).own(LEADERS).also(&["from=2026-2027"]),
    // replies
    only("GET", "/replies", EVENTS).own(LEADERS),
    only("POST", "/replies", EVENTS).own(LEADERS),
    only("GET", "/replies/{id}", EVENTS).own(LEADERS).of(Record::Reply).hidden_elsewhere(),
    only("POST", "/replies/{id}", EVENTS).own(LEADERS).of(Record::Reply).hidden_elsewhere(),
    only("POST", "/replies/{id}/removal", EVENTS).own(LEADERS).of(Record::Reply).hidden_elsewhere(),
    only("GET", "/replies/{id}/file", EVENTS).own(LEADERS).of(Record::Reply).hidden_elsewhere(),
    only("GET", "/api/v1/replies", EVENTS).own(LEADERS),
    only("POST", "/api/v1/replies", EVENTS).own(LEADERS),
    only("GET", "/api/v1/replies/{id}", EVENTS).own(LEADERS).of(Record::Reply).hidden_elsewhere(),
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
    /// The word that somebody was asked for of a child.
    Asked,
    /// An act that nobody has seen yet.
    FreshAct,
    /// A booking for which our organisation asks, and one of a resource of ours.
    BookingAsked,
    BookingGiven,
    /// A common request of our organisation.
    Common,
    /// A child's result that is shown, and an appeal against it.
    Participation,
    Appeal,
    /// An announced edition of an event.
    Edition,
    /// An official list; lists are nobody's own.
    EventList,
    /// What a family asked, a child's consent, a class teacher's lead, and a post of forms that came back.
    Case,
    Consent,
    Lead,
    Receipt,
    Feed,
    /// A group across organisations, a file of it and one of its sessions.
    Group,
    GroupFile,
    GroupSession,
    /// A research project, a file of it and a review that one was asked for.
    Research,
    ResearchFile,
    Review,
    /// A conference by its stage, a section of it, theses, a file of those and a review that one was asked for.
    Conference,
    Section,
    Thesis,
    ThesisFile,
    ThesisReview,
    /// A meeting of a society, and the society.
    Meeting,
    Society,
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
    /// The report of an organisation that is handed in, and a call for reports, which is nobody's own.
    Report,
    ReportCall,
    Person,
    /// A building of an organisation.
    Place,
    /// A post, and who holds it.
    Position,
    Staff,
    /// A year's plan of our child, and its action.
    Plan,
    PlanItem,
    /// A child's way into the register.
    Profile,
    /// A request with its blank.
    Reply,
    Resource,
    RoleGrant,
    /// The stage of an announced edition.
    Stage,
    /// A route that is being corrected, of our child, led by the own organisation.
    Route,
    /// The same with a step that waits: two ids.
    RouteStep,
    /// A school year that an organisation moved into.
    Rollover,
    /// A sitting of the commission.
    Sitting,
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
            (Self::RoleGrant | Self::RouteStep | Self::Place | Self::PlanItem, Whose::Unknown) => vec![UNKNOWN; 2],
            (Self::Place, Whose::Foreign) => vec![owner, world.stranger.records[&self]],
            (Self::Place, _) => vec![owner, place(app, network, owner).await],
            (Self::Position, Whose::Own | Whose::Other) => vec![position(app, network, owner).await.0],
            (Self::Staff, Whose::Own | Whose::Other) => vec![position(app, network, owner).await.1],
            (Self::PlanItem, Whose::Foreign) => {
                vec![world.stranger.records[&Self::Plan], world.stranger.records[&Self::PlanItem]]
            }
            (Self::PlanItem, _) => vec![world.records[&(Self::Plan, whose)], world.records[&(self, whose)]],
            (_, Whose::Unknown) => vec![UNKNOWN],
            (Self::Reply, Whose::Own | Whose::Other) => vec![reply(app, network, owner).await],
            (Self::Route | Self::RouteStep, _) => {
                let child = match whose {
                    Whose::Own | Whose::Other => world.records[&(Self::Learner, whose)],
                    Whose::Foreign | Whose::Unknown => world.stranger.records[&Self::Learner],
                };
                let (route, step) = route(app, network, owner, child).await;
                if self == Self::Route { vec![route] } else { vec![route, step] }
            }
            (Self::Lead, _) => vec![lead(app, network, owner).await],
            (Self::Receipt, _) => vec![receipt(app, network, owner).await],
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
            (Self::Review, Whose::Own) => {
                let person = world.people.get(role.code()).copied().unwrap_or(world.people["nobody"]);
                vec![review(app, world.records[&(Self::Research, whose)], person).await]
            }
            (Self::Review, Whose::Other) => {
                vec![review(app, world.records[&(Self::Research, whose)], world.people["nobody"]).await]
            }
            (Self::ThesisReview, Whose::Own) => {
                let person = world.people.get(role.code()).copied().unwrap_or(world.people["nobody"]);
                vec![thesis_review(app, world.records[&(Self::Thesis, whose)], person).await]
            }
            (Self::ThesisReview, Whose::Other) => {
                vec![thesis_review(app, world.records[&(Self::Thesis, whose)], world.people["nobody"]).await]
            }
            (Self::ThesisFile, _) => vec![thesis_file(app, world.records[&(Self::Thesis, whose)]).await],
            (Self::ResearchFile, _) => {
                vec![research_file(app, world.records[&(Self::Research, whose)]).await]
            }
            (Self::GroupFile, _) => vec![app.group_file(whose).await],
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

/// A request whose blank asks for schools and their participants.
async fn reply(app: &TestApp, network: NetworkId, owner: Uuid) -> Uuid {
    let id = app.new_id();
    app.write(network, async move |tx: &mut Tx| {
        make::reply(tx, id, owner, "Запрос").await;
        Ok(())
    })
    .await;
    id
}

/// A route in its first version that is being corrected, with a step that its own organisation is asked for.
async fn route(app: &TestApp, network: NetworkId, owner: Uuid, child: Uuid) -> (Uuid, Uuid) {
    let (route, step) = (app.new_id(), app.new_id());
    app.write(network, async move |tx: &mut Tx| {
        let sql = "INSERT INTO individual_route (network_id, id, learner_id, organisation_id, title, goal, from_date, until_date, state, number,
                     created_at, updated_at, version)
                   VALUES ($1, $2, $3, $4, 'Маршрут', 'Цель', '2026-09-01', '2027-05-31', 'corrected', 1, 0, 0, 1)";
        tx.run(sql, args![route, child, owner]).await?;
        let sql = "INSERT INTO route_step (network_id, id, route_id, number, stage, kind, title, organisation_id, hours, form, from_date, until_date, state)
                   VALUES ($1, $2, $3, 1, 'implementation', 'module', 'Шаг', $4, 4, 'in_person', '2026-10-01', '2027-01-31', 'asked')";
        tx.run(sql, args![step, route, owner]).await?;
        let sql = "INSERT INTO route_version (network_id, route_id, number, content, approved_at) VALUES ($1, $2, 1, '{}', 0)";
        tx.run(sql, args![route]).await.map(drop)
    })
    .await;
    (route, step)
}

async fn place(app: &TestApp, network: NetworkId, owner: Uuid) -> Uuid {
    let id = app.new_id();
    let sql = "INSERT INTO organisation_place (network_id, id, organisation_id, name, address) VALUES ($1, $2, $3, 'Корпус', 'ул. Школьная, 2')";
    app.write(network, async move |tx: &mut Tx| tx.run(sql, args![id, owner]).await.map(drop)).await;
    id
}

/// A post of a new person, and the person.
async fn position(app: &TestApp, network: NetworkId, owner: Uuid) -> (Uuid, Uuid) {
    let (id, person) = (app.new_id(), app.new_id());
    app.write(network, async move |tx: &mut Tx| {
        let sql = "INSERT INTO person (network_id, id, last_name, first_name, name_key, created_at, updated_at, version)
                   VALUES ($1, $2, 'Дневная', 'Анна', 'дневная анна', 0, 0, 1)";
        tx.run(sql, args![person]).await?;
        let sql = "INSERT INTO staff_position (network_id, id, person_id, organisation_id, post, rate, category, from_date, created_at, updated_at, version)
                   VALUES ($1, $2, $3, $4, 'учитель', 100, 'none', '2026-09-01', 0, 0, 1)";
        tx.run(sql, args![id, person, owner]).await.map(drop)
    })
    .await;
    (id, person)
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

async fn lead(app: &TestApp, network: NetworkId, organisation: Uuid) -> Uuid {
    let id = app.new_id();
    let person = if network == app.world.foreign { app.world.stranger.person } else { app.world.people["nobody"] };
    app.write(network, async move |tx: &mut Tx| {
        let sql = "INSERT INTO class_lead (network_id, id, organisation_id, class_name, person_id, from_date) VALUES ($1, $2, $3, '1 А', $4, '2026-09-01')";
        tx.run(sql, args![id, organisation, person]).await.map(drop)
    })
    .await;
    id
}

/// A post by which one form came back, of a child of its own.
async fn receipt(app: &TestApp, network: NetworkId, organisation: Uuid) -> Uuid {
    let (id, learner, batch) = (app.new_id(), app.new_id(), app.new_id());
    // Many make one at once: a number of its own, far above those that the counter gives.
    let number = 1_000_000 + i64::try_from(id.as_u128() & ((1 << 40) - 1)).unwrap();
    app.write(network, async move |tx: &mut Tx| {
        let sql = "INSERT INTO consent (network_id, id, number, learner_id, purpose, organisation_id, state, authority, categories, way,
                     signed_on, batch_id, created_at, updated_at, version)
                   VALUES ($1, $2, $6, $3, 'processing', $4, 'signed', 'parent', '', 'paper', '2026-11-20', $5, 0, 0, 2)";
        tx.run(sql, args![id, learner, organisation, batch, number]).await.map(drop)
    })
    .await;
    batch
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

/// A review of a project that this person was asked for; one each.
async fn review(app: &TestApp, project: Uuid, person: Uuid) -> Uuid {
    let id = Uuid::from_u128(project.as_u128() ^ person.as_u128());
    let sql = "INSERT INTO research_review (network_id, id, project_id, reviewer_id, due_on, state, assigned_at)
               VALUES ($1, $2, $3, $4, '2026-12-10', 'assigned', 0)
               ON CONFLICT (network_id, project_id, reviewer_id) DO UPDATE SET state = 'assigned'";
    app.write(app.world.network, async move |tx: &mut Tx| tx.run(sql, args![id, project, person]).await.map(drop))
        .await;
    id
}

/// A review of theses that this person was asked for; one each.
async fn thesis_review(app: &TestApp, thesis: Uuid, person: Uuid) -> Uuid {
    let id = Uuid::from_u128(thesis.as_u128() ^ person.as_u128());
    let sql = "INSERT INTO conference_review (network_id, id, thesis_id, reviewer_id, due_on, assigned_at)
               VALUES ($1, $2, $3, $4, '2026-12-10', 0) ON CONFLICT DO NOTHING";
    app.write(app.world.network, async move |tx: &mut Tx| tx.run(sql, args![id, thesis, person]).await.map(drop)).await;
    id
}

/// A file of theses: the content is the one of the act's file.
async fn thesis_file(app: &TestApp, thesis: Uuid) -> Uuid {
    let (act, id) = (app.act_file(Whose::Own).await, Uuid::from_u128(thesis.as_u128() ^ 0xF2));
    let sql = "INSERT INTO file (network_id, id, kind, record_id, sha256, size, media, name, uploaded_at)
               SELECT network_id, $2, 'conference_thesis', $3, sha256, size, media, name, uploaded_at
               FROM file WHERE network_id = $1 AND id = $4 ON CONFLICT DO NOTHING";
    app.write(app.world.network, async move |tx: &mut Tx| tx.run(sql, args![id, thesis, act]).await.map(drop)).await;
    id
}

/// A file of a project: the content is the one of the act's file.
async fn research_file(app: &TestApp, project: Uuid) -> Uuid {
    let (act, id) = (app.act_file(Whose::Own).await, Uuid::from_u128(project.as_u128() ^ 0xF1));
    let sql = "INSERT INTO file (network_id, id, kind, record_id, sha256, size, media, name, uploaded_at)
               SELECT network_id, $2, 'research_project', $3, sha256, size, media, name, uploaded_at
               FROM file WHERE network_id = $1 AND id = $4 ON CONFLICT DO NOTHING";
    app.write(app.world.network, async move |tx: &mut Tx| tx.run(sql, args![id, project, act]).await.map(drop)).await;
    id
}
