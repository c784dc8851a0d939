//! Who may do what: the one table of roles, permissions and their width (`domain.md` §6).
//!
//! What is not here is denied. A slice names its permissions; nobody else decides about them.
use kit::access::{Permission, Width};

kit::codes! {
    /// The roles of the network.
    pub enum Role {
        SystemAdministrator = "system_administrator",
        DepartmentSpecialist = "department_specialist",
        CentreCoordinator = "centre_coordinator",
        Head = "head",
        DeputyHead = "deputy_head",
        GiftedLead = "gifted_lead",
        ClassTeacher = "class_teacher",
        Pedagogue = "pedagogue",
        Psychologist = "psychologist",
        ExternalMentor = "external_mentor",
        HostOperator = "host_operator",
        Jury = "jury",
        Learner = "learner",
        Guardian = "guardian",
        Guest = "guest",
    }
}

use Role::{
    CentreCoordinator, ClassTeacher, DepartmentSpecialist, DeputyHead, ExternalMentor, GiftedLead, Guardian, Guest,
    Head, HostOperator, Learner, Pedagogue, Psychologist, SystemAdministrator,
};
use Width::{Network, Organisation};

impl Role {
    /// Works here: opens more than a family's own pages.
    pub fn is_staff(self) -> bool {
        !matches!(self, Role::Learner | Role::Guardian | Guest)
    }

    /// Held in the network as a whole, not in one organisation.
    pub fn is_networkwide(self) -> bool {
        matches!(self, SystemAdministrator | DepartmentSpecialist)
    }
}

/// A permission, and who holds it how far.
type Row = (&'static str, &'static [(Role, Width)]);

const TABLE: &[Row] = &[
    // Everybody is a guest too: what a guest may, all may.
    ("organisations.view", &[(Guest, Network)]),
    ("organisations.add", &[(DepartmentSpecialist, Network)]),
    ("organisations.edit", &[(DepartmentSpecialist, Network), (Head, Organisation), (DeputyHead, Organisation)]),
    ("organisations.govern", &[(DepartmentSpecialist, Network)]),
    ("organisations.history", &[(DepartmentSpecialist, Network), (Head, Organisation), (DeputyHead, Organisation)]),
    ("acts.view", &[(Guest, Network)]),
    ("acts.edit", &[(DepartmentSpecialist, Network), (Head, Organisation), (DeputyHead, Organisation)]),
    (
        "staff.view",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (GiftedLead, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (ClassTeacher, Organisation),
        ],
    ),
    ("staff.edit", &[(DepartmentSpecialist, Network), (Head, Organisation), (DeputyHead, Organisation)]),
    ("resources.view", &[(Guest, Network)]),
    (
        "resources.edit",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
        ],
    ),
    (
        "resources.history",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
        ],
    ),
    ("resources.adopt", &[(Head, Organisation), (DeputyHead, Organisation)]),
    (
        "exchange.view",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (GiftedLead, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (ClassTeacher, Organisation),
        ],
    ),
    (
        "exchange.request",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
        ],
    ),
    ("exchange.decide", &[(Head, Organisation), (DeputyHead, Organisation), (CentreCoordinator, Organisation)]),
    ("exchange.figures", &[(Guest, Network)]),
    (
        "papers.edit",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
        ],
    ),
    (
        "imports.view",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
        ],
    ),
    ("imports.organisations", &[(DepartmentSpecialist, Network)]),
    ("imports.resources", &[(DepartmentSpecialist, Network), (Head, Organisation), (DeputyHead, Organisation)]),
    ("imports.event-lists", &[(DepartmentSpecialist, Network)]),
    ("imports.contingent", &[(Head, Organisation), (DeputyHead, Organisation)]),
    // Children: nobody sees those of a whole network. Whose records each sees is said by
    // `learners::Scope`; these open the ways of it.
    (
        "learners.see",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (HostOperator, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    ("learners.view", &[(Head, Organisation), (DeputyHead, Organisation), (GiftedLead, Organisation)]),
    ("learners.edit", &[(Head, Organisation), (DeputyHead, Organisation)]),
    ("learners.destroy", &[(Head, Organisation)]),
    ("learners.class", &[(ClassTeacher, Organisation)]),
    ("learners.members", &[(CentreCoordinator, Organisation)]),
    ("learners.received", &[(Head, Organisation), (DeputyHead, Organisation), (HostOperator, Organisation)]),
    ("learners.assigned", &[(Psychologist, Organisation), (Pedagogue, Organisation)]),
    ("learners.own", &[(Learner, Organisation), (Guardian, Organisation)]),
    // Routes: whose one sees there, say `learners::Scope` and the steps of the own organisation.
    (
        "routes.see",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (HostOperator, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    (
        "routes.open",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (HostOperator, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    (
        "routes.edit",
        &[
            (CentreCoordinator, Organisation),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
        ],
    ),
    ("routes.accept", &[(Head, Organisation), (DeputyHead, Organisation), (CentreCoordinator, Organisation)]),
    (
        "routes.part",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (GiftedLead, Organisation),
            (HostOperator, Organisation),
            (Pedagogue, Organisation),
        ],
    ),
    ("routes.approve", &[(Head, Organisation), (CentreCoordinator, Organisation)]),
    ("routes.agree", &[(Guardian, Organisation), (Learner, Organisation)]),
    ("routes.limits", &[(DepartmentSpecialist, Network)]),
    ("routes.figures", &[(DepartmentSpecialist, Network)]),
    ("centre.view", &[(Guest, Network)]),
    ("centre.edit", &[(DepartmentSpecialist, Network), (Head, Organisation), (CentreCoordinator, Organisation)]),
    ("centre.enrol", &[(Head, Organisation), (CentreCoordinator, Organisation)]),
    ("events.view", &[(Guest, Network)]),
    (
        "events.edit",
        &[
            (DepartmentSpecialist, Network),
            (CentreCoordinator, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
        ],
    ),
    (
        "results.view",
        &[
            (DepartmentSpecialist, Network),
            (CentreCoordinator, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
        ],
    ),
    (
        "results.edit",
        &[
            (DepartmentSpecialist, Network),
            (CentreCoordinator, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
        ],
    ),
    (
        "imports.results",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
        ],
    ),
    ("figures.view", &[(Guest, Network)]),
    (
        "figures.rows",
        &[
            (DepartmentSpecialist, Network),
            (CentreCoordinator, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
        ],
    ),
    ("register.reconcile", &[(CentreCoordinator, Network), (Head, Organisation), (DeputyHead, Organisation)]),
    (
        "replies.make",
        &[
            (DepartmentSpecialist, Network),
            (CentreCoordinator, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
        ],
    ),
    // Whose reports each sees, say `reports::Sight` and the state: a draft is its author's.
    (
        "reports.view",
        &[
            (DepartmentSpecialist, Network),
            (CentreCoordinator, Organisation),
            (Head, Organisation),
            (DeputyHead, Organisation),
        ],
    ),
    ("reports.count", &[(DepartmentSpecialist, Network), (CentreCoordinator, Network)]),
    ("reports.centre", &[(CentreCoordinator, Organisation)]),
    ("reports.district", &[(DepartmentSpecialist, Network)]),
    ("reports.hand-in", &[(Head, Organisation), (DeputyHead, Organisation)]),
    ("reports.decide", &[(DepartmentSpecialist, Network)]),
    // Of whom: `learners::Scope`.
    (
        "losses.see",
        &[
            (CentreCoordinator, Organisation),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
        ],
    ),
    // A child's portfolio: whose, says `learners::Scope`; who only receives a list of names has none.
    (
        "portfolios.see",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    (
        "portfolios.own",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (Learner, Organisation),
        ],
    ),
    ("portfolios.staff", &[(CentreCoordinator, Network), (Head, Organisation), (DeputyHead, Organisation)]),
    // What groups there are, for all who work in the network and for families; who is in them, for those
    // who lead or hold them. `groups::members` says whom else.
    (
        "groups.view",
        &[
            (DepartmentSpecialist, Network),
            (Head, Network),
            (DeputyHead, Network),
            (CentreCoordinator, Network),
            (GiftedLead, Network),
            (ClassTeacher, Network),
            (Pedagogue, Network),
            (Psychologist, Network),
            (HostOperator, Network),
            (Learner, Network),
            (Guardian, Network),
        ],
    ),
    ("groups.edit", &[(Head, Organisation), (DeputyHead, Organisation), (CentreCoordinator, Organisation)]),
    // A pedagogue those that they lead, wherever they are held: `groups::Can`.
    (
        "groups.lead",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
        ],
    ),
    (
        "groups.register",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (HostOperator, Organisation),
        ],
    ),
    (
        "groups.send",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (CentreCoordinator, Organisation),
            (ClassTeacher, Organisation),
            (Pedagogue, Organisation),
        ],
    ),
    ("groups.receive", &[(Head, Organisation), (DeputyHead, Organisation), (HostOperator, Organisation)]),
    (
        "societies.view",
        &[
            (DepartmentSpecialist, Network),
            (Head, Network),
            (DeputyHead, Network),
            (CentreCoordinator, Network),
            (GiftedLead, Network),
            (ClassTeacher, Network),
            (Pedagogue, Network),
            (Psychologist, Network),
            (HostOperator, Network),
            (Learner, Network),
            (Guardian, Network),
        ],
    ),
    (
        "societies.join",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (CentreCoordinator, Organisation),
            (ClassTeacher, Organisation),
            (Pedagogue, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    ("societies.edit", &[(Head, Organisation), (DeputyHead, Organisation), (CentreCoordinator, Organisation)]),
    // A pedagogue those in which they lead a section: `societies::Can`.
    (
        "societies.lead",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
        ],
    ),
    // Research: whose projects each sees is said by `research::store`.
    (
        "research.view",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    // Whose names one sees in a list of participants is said by `events::entries::Sight`.
    (
        "events.entries",
        &[
            (DepartmentSpecialist, Network),
            (CentreCoordinator, Organisation),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    ("research.edit", &[(Head, Organisation), (DeputyHead, Organisation), (CentreCoordinator, Organisation)]),
    (
        "research.lead",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
        ],
    ),
    (
        "research.work",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Learner, Organisation),
        ],
    ),
    (
        "research.review",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
        ],
    ),
    (
        "events.organise",
        &[
            (DepartmentSpecialist, Network),
            (CentreCoordinator, Organisation),
            (Head, Organisation),
            (DeputyHead, Organisation),
        ],
    ),
    // Conferences: theses of the own organisation, own pupils' theses, reviews, points of a jury.
    ("conferences.keep", &[(Head, Organisation), (DeputyHead, Organisation), (CentreCoordinator, Organisation)]),
    (
        "conferences.submit",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
        ],
    ),
    (
        "conferences.review",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
        ],
    ),
    (
        "conferences.judge",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (ExternalMentor, Organisation),
            // A juror sees the sections alone in whose jury they sit.
            (Role::Jury, Network),
        ],
    ),
    // Whose: the own child, or a child of the own school that one sees anyway (`learners::speaks_for`).
    (
        "appeals.send",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    ("appeals.school", &[(Head, Organisation), (DeputyHead, Organisation), (GiftedLead, Organisation)]),
    // A judge sees the stages alone in whose jury they sit; whoever holds one types points from paper.
    (
        "judging.judge",
        &[
            (DepartmentSpecialist, Network),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (ExternalMentor, Organisation),
            (Role::Jury, Network),
        ],
    ),
    // Of whom: `learners::Scope`.
    (
        "events.suit",
        &[
            (CentreCoordinator, Organisation),
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    ("events.lists", &[(DepartmentSpecialist, Network), (CentreCoordinator, Network)]),
    (
        "gifted.see",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (Guardian, Organisation),
        ],
    ),
    (
        "gifted.propose",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (Pedagogue, Organisation),
            (Guardian, Organisation),
        ],
    ),
    ("gifted.lead", &[(Head, Organisation), (DeputyHead, Organisation), (GiftedLead, Organisation)]),
    (
        "gifted.end",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (CentreCoordinator, Organisation),
        ],
    ),
    // Raw results are the psychologist's alone: no other role may ever stand here.
    ("gifted.diagnose", &[(Psychologist, Organisation)]),
    ("gifted.decide", &[(Head, Organisation), (CentreCoordinator, Organisation)]),
    (
        "gifted.say",
        &[
            (ClassTeacher, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (GiftedLead, Organisation),
        ],
    ),
    (
        "plans.see",
        &[
            (Head, Organisation),
            (DeputyHead, Organisation),
            (GiftedLead, Organisation),
            (ClassTeacher, Organisation),
            (CentreCoordinator, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (ExternalMentor, Organisation),
            (Learner, Organisation),
            (Guardian, Organisation),
        ],
    ),
    ("plans.edit", &[(CentreCoordinator, Organisation)]),
    (
        "plans.mark",
        &[
            (CentreCoordinator, Organisation),
            (ClassTeacher, Organisation),
            (Pedagogue, Organisation),
            (Psychologist, Organisation),
            (ExternalMentor, Organisation),
        ],
    ),
    (
        "consents.view",
        &[(Head, Organisation), (DeputyHead, Organisation), (GiftedLead, Organisation), (ClassTeacher, Organisation)],
    ),
    ("consents.collect", &[(Head, Organisation), (DeputyHead, Organisation), (ClassTeacher, Organisation)]),
    ("consents.govern", &[(Head, Organisation), (DeputyHead, Organisation)]),
    ("consents.network", &[(DepartmentSpecialist, Network)]),
    ("consents.own", &[(Learner, Organisation), (Guardian, Organisation)]),
    ("cases.decide", &[(Head, Organisation), (DeputyHead, Organisation)]),
    ("cases.ask", &[(Learner, Organisation), (Guardian, Organisation)]),
    ("people.govern", &[(SystemAdministrator, Network)]),
    ("components.view", &[(SystemAdministrator, Network), (DepartmentSpecialist, Network)]),
];

/// How far a role carries a permission; `None` denies.
pub fn policy(role: &str, permission: Permission) -> Option<Width> {
    let (_, holders) = TABLE.iter().find(|(name, _)| *name == permission.0)?;
    holders.iter().find(|(holder, _)| holder.code() == role).map(|(_, width)| *width)
}

/// The roles that hold a permission, for the page that says who grants it.
pub fn holders(permission: Permission) -> impl Iterator<Item = Role> {
    TABLE
        .iter()
        .filter(move |(name, _)| *name == permission.0)
        .flat_map(|(_, holders)| holders.iter().map(|(role, _)| *role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_stands_once_and_has_a_holder() {
        for (i, (name, holders)) in TABLE.iter().enumerate() {
            assert!(!holders.is_empty(), "{name}");
            assert!(TABLE.iter().skip(i + 1).all(|(other, _)| other != name), "{name} stands twice");
        }
    }

    #[test]
    fn a_head_edits_the_own_organisation_and_an_unknown_role_nothing() {
        assert_eq!(policy("head", Permission("organisations.edit")), Some(Organisation));
        assert_eq!(policy("emperor", Permission("organisations.edit")), None);
        assert_eq!(policy("head", Permission("organisations.burn")), None);
    }
}
