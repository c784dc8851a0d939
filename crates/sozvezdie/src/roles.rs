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
    Head, HostOperator, Jury, Learner, Pedagogue, Psychologist, SystemAdministrator,
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

/// A permission; who holds it in the whole network, and who in the own organisation.
type Row = (&'static str, &'static [Role], &'static [Role]);

const TABLE: &[Row] = &[
    // Everybody is a guest too: what a guest may, all may.
    ("organisations.view", &[Guest], &[]),
    ("organisations.add", &[DepartmentSpecialist], &[]),
    ("organisations.edit", &[DepartmentSpecialist], &[Head, DeputyHead]),
    ("organisations.govern", &[DepartmentSpecialist], &[]),
    ("organisations.history", &[DepartmentSpecialist], &[Head, DeputyHead]),
    ("acts.view", &[Guest], &[]),
    ("acts.edit", &[DepartmentSpecialist], &[Head, DeputyHead]),
    (
        "staff.view",
        &[DepartmentSpecialist],
        &[Head, DeputyHead, CentreCoordinator, GiftedLead, Pedagogue, Psychologist, ClassTeacher],
    ),
    ("staff.edit", &[DepartmentSpecialist], &[Head, DeputyHead]),
    ("resources.view", &[Guest], &[]),
    ("resources.edit", &[DepartmentSpecialist], &[Head, DeputyHead, CentreCoordinator]),
    ("resources.history", &[DepartmentSpecialist], &[Head, DeputyHead, CentreCoordinator]),
    ("resources.adopt", &[], &[Head, DeputyHead]),
    (
        "exchange.view",
        &[DepartmentSpecialist],
        &[Head, DeputyHead, CentreCoordinator, GiftedLead, Pedagogue, Psychologist, ClassTeacher],
    ),
    ("exchange.request", &[DepartmentSpecialist], &[Head, DeputyHead, CentreCoordinator, Pedagogue]),
    ("exchange.decide", &[], &[Head, DeputyHead, CentreCoordinator]),
    ("exchange.figures", &[Guest], &[]),
    ("papers.edit", &[DepartmentSpecialist], &[Head, DeputyHead, CentreCoordinator, Pedagogue]),
    ("imports.view", &[DepartmentSpecialist], &[Head, DeputyHead, CentreCoordinator]),
    ("imports.organisations", &[DepartmentSpecialist], &[]),
    ("imports.resources", &[DepartmentSpecialist], &[Head, DeputyHead]),
    ("imports.event-lists", &[DepartmentSpecialist], &[]),
    ("imports.contingent", &[], &[Head, DeputyHead]),
    // Children: nobody sees those of a whole network. Whose records each sees is said by
    // `learners::Scope`; these open the ways of it.
    (
        "learners.see",
        &[],
        &[
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
        ],
    ),
    ("learners.view", &[], &[Head, DeputyHead, GiftedLead]),
    ("learners.edit", &[], &[Head, DeputyHead]),
    ("learners.destroy", &[], &[Head]),
    ("learners.class", &[], &[ClassTeacher]),
    ("learners.members", &[], &[CentreCoordinator]),
    ("learners.received", &[], &[Head, DeputyHead, HostOperator]),
    ("learners.assigned", &[], &[Psychologist, Pedagogue]),
    ("learners.own", &[], &[Learner, Guardian]),
    // Routes: whose one sees there, say `learners::Scope` and the steps of the own organisation.
    (
        "routes.see",
        &[DepartmentSpecialist],
        &[
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
        ],
    ),
    (
        "routes.open",
        &[],
        &[
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
        ],
    ),
    ("routes.edit", &[], &[CentreCoordinator, Head, DeputyHead, GiftedLead]),
    ("routes.accept", &[], &[Head, DeputyHead, CentreCoordinator]),
    ("routes.part", &[], &[Head, DeputyHead, CentreCoordinator, GiftedLead, HostOperator, Pedagogue]),
    ("routes.approve", &[], &[Head, CentreCoordinator]),
    ("routes.agree", &[], &[Guardian, Learner]),
    ("routes.limits", &[DepartmentSpecialist], &[]),
    ("routes.figures", &[DepartmentSpecialist], &[]),
    ("centre.view", &[Guest], &[]),
    ("centre.edit", &[DepartmentSpecialist], &[Head, CentreCoordinator]),
    ("centre.enrol", &[], &[Head, CentreCoordinator]),
    ("events.view", &[Guest], &[]),
    ("events.edit", &[DepartmentSpecialist, CentreCoordinator], &[Head, DeputyHead]),
    ("results.view", &[DepartmentSpecialist, CentreCoordinator], &[Head, DeputyHead, GiftedLead]),
    ("results.edit", &[DepartmentSpecialist, CentreCoordinator], &[Head, DeputyHead]),
    ("imports.results", &[DepartmentSpecialist], &[Head, DeputyHead, CentreCoordinator]),
    ("figures.view", &[Guest], &[]),
    ("figures.rows", &[DepartmentSpecialist, CentreCoordinator], &[Head, DeputyHead, GiftedLead]),
    ("register.reconcile", &[CentreCoordinator], &[Head, DeputyHead]),
    ("replies.make", &[DepartmentSpecialist, CentreCoordinator], &[Head, DeputyHead]),
    // Whose reports each sees, say `reports::Sight` and the state: a draft is its author's.
    ("reports.view", &[DepartmentSpecialist], &[CentreCoordinator, Head, DeputyHead]),
    ("reports.count", &[DepartmentSpecialist, CentreCoordinator], &[]),
    ("reports.centre", &[], &[CentreCoordinator]),
    ("reports.district", &[DepartmentSpecialist], &[]),
    ("reports.hand-in", &[], &[Head, DeputyHead]),
    ("reports.decide", &[DepartmentSpecialist], &[]),
    // Of whom: `learners::Scope`.
    ("losses.see", &[], &[CentreCoordinator, Head, DeputyHead, GiftedLead, ClassTeacher]),
    // A child's portfolio: whose, says `learners::Scope`; who only receives a list of names has none.
    (
        "portfolios.see",
        &[],
        &[Head, DeputyHead, GiftedLead, ClassTeacher, CentreCoordinator, Pedagogue, Psychologist, Learner, Guardian],
    ),
    (
        "portfolios.own",
        &[],
        &[Head, DeputyHead, GiftedLead, ClassTeacher, CentreCoordinator, Pedagogue, Psychologist, Learner],
    ),
    ("portfolios.staff", &[CentreCoordinator], &[Head, DeputyHead]),
    // What groups there are, for all who work in the network and for families; who is in them, for those
    // who lead or hold them. `groups::members` says whom else.
    (
        "groups.view",
        &[
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
        ],
        &[],
    ),
    ("groups.edit", &[], &[Head, DeputyHead, CentreCoordinator]),
    // A pedagogue those that they lead, wherever they are held: `groups::Can`.
    ("groups.lead", &[], &[Head, DeputyHead, CentreCoordinator, Pedagogue]),
    ("groups.register", &[], &[Head, DeputyHead, CentreCoordinator, Pedagogue, HostOperator]),
    ("groups.send", &[], &[Head, DeputyHead, GiftedLead, CentreCoordinator, ClassTeacher, Pedagogue]),
    ("groups.receive", &[], &[Head, DeputyHead, HostOperator]),
    (
        "societies.view",
        &[
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
        ],
        &[],
    ),
    (
        "societies.join",
        &[],
        &[Head, DeputyHead, GiftedLead, CentreCoordinator, ClassTeacher, Pedagogue, Learner, Guardian],
    ),
    ("societies.edit", &[], &[Head, DeputyHead, CentreCoordinator]),
    // A pedagogue those in which they lead a section: `societies::Can`.
    ("societies.lead", &[], &[Head, DeputyHead, CentreCoordinator, Pedagogue]),
    // Research: whose projects each sees is said by `research::store`.
    (
        "research.view",
        &[],
        &[Head, DeputyHead, CentreCoordinator, GiftedLead, ClassTeacher, Pedagogue, Psychologist, Learner, Guardian],
    ),
    // Whose names one sees in a list of participants is said by `events::entries::Sight`.
    ("events.entries", &[DepartmentSpecialist], &[CentreCoordinator, Head, DeputyHead, GiftedLead, Learner, Guardian]),
    ("research.edit", &[], &[Head, DeputyHead, CentreCoordinator]),
    ("research.lead", &[], &[Head, DeputyHead, CentreCoordinator, Pedagogue]),
    ("research.work", &[], &[Head, DeputyHead, CentreCoordinator, Pedagogue, Learner]),
    ("research.review", &[], &[Head, DeputyHead, CentreCoordinator, Pedagogue, Psychologist]),
    ("events.organise", &[DepartmentSpecialist], &[CentreCoordinator, Head, DeputyHead]),
    // Conferences: theses of the own organisation, own pupils' theses, reviews, points of a jury.
    ("conferences.keep", &[], &[Head, DeputyHead, CentreCoordinator]),
    ("conferences.submit", &[], &[Head, DeputyHead, CentreCoordinator, Pedagogue]),
    ("conferences.review", &[], &[Head, DeputyHead, CentreCoordinator, Pedagogue, Psychologist]),
    ("conferences.judge", &[Jury], &[Head, DeputyHead, CentreCoordinator, Pedagogue, Psychologist, ExternalMentor]),
    // Whose: the own child, or a child of the own school that one sees anyway (`learners::speaks_for`).
    ("appeals.send", &[], &[Head, DeputyHead, GiftedLead, Learner, Guardian]),
    ("appeals.school", &[], &[Head, DeputyHead, GiftedLead]),
    // A judge sees the stages alone in whose jury they sit; whoever holds one types points from paper.
    (
        "judging.judge",
        &[DepartmentSpecialist, Jury],
        &[Head, DeputyHead, CentreCoordinator, Pedagogue, Psychologist, ExternalMentor],
    ),
    // Of whom: `learners::Scope`.
    ("events.suit", &[], &[CentreCoordinator, Head, DeputyHead, GiftedLead, Learner, Guardian]),
    ("events.lists", &[DepartmentSpecialist, CentreCoordinator], &[]),
    (
        "gifted.see",
        &[],
        &[Head, DeputyHead, GiftedLead, ClassTeacher, CentreCoordinator, Pedagogue, Psychologist, Guardian],
    ),
    ("gifted.propose", &[], &[Head, DeputyHead, GiftedLead, ClassTeacher, Pedagogue, Guardian]),
    ("gifted.lead", &[], &[Head, DeputyHead, GiftedLead]),
    ("gifted.end", &[], &[Head, DeputyHead, GiftedLead, CentreCoordinator]),
    // Raw results are the psychologist's alone: no other role may ever stand here.
    ("gifted.diagnose", &[], &[Psychologist]),
    ("gifted.decide", &[], &[Head, CentreCoordinator]),
    ("gifted.say", &[], &[ClassTeacher, Pedagogue, Psychologist, GiftedLead]),
    (
        "plans.see",
        &[],
        &[
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
        ],
    ),
    ("plans.edit", &[], &[CentreCoordinator]),
    ("plans.mark", &[], &[CentreCoordinator, ClassTeacher, Pedagogue, Psychologist, ExternalMentor]),
    ("consents.view", &[], &[Head, DeputyHead, GiftedLead, ClassTeacher]),
    ("consents.collect", &[], &[Head, DeputyHead, ClassTeacher]),
    ("consents.govern", &[], &[Head, DeputyHead]),
    ("consents.network", &[DepartmentSpecialist], &[]),
    ("consents.own", &[], &[Learner, Guardian]),
    ("cases.decide", &[], &[Head, DeputyHead]),
    ("cases.ask", &[], &[Learner, Guardian]),
    ("people.govern", &[SystemAdministrator], &[]),
    ("components.view", &[SystemAdministrator, DepartmentSpecialist], &[]),
];

/// How far a role carries a permission; `None` denies.
pub fn policy(role: &str, permission: Permission) -> Option<Width> {
    let (_, network, organisation) = TABLE.iter().find(|(name, ..)| *name == permission.0)?;
    let holds = |holders: &[Role]| holders.iter().any(|holder| holder.code() == role);
    if holds(network) { Some(Network) } else { holds(organisation).then_some(Organisation) }
}

/// The roles that hold a permission, for the page that says who grants it.
pub fn holders(permission: Permission) -> impl Iterator<Item = Role> {
    let row = TABLE.iter().find(|(name, ..)| *name == permission.0);
    row.into_iter().flat_map(|(_, network, organisation)| network.iter().chain(*organisation).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_stands_once_and_has_a_holder() {
        for (i, (name, network, organisation)) in TABLE.iter().enumerate() {
            assert!(!network.is_empty() || !organisation.is_empty(), "{name}");
            assert!(network.iter().all(|role| !organisation.contains(role)), "{name} says two widths");
            assert!(TABLE.iter().skip(i + 1).all(|(other, ..)| other != name), "{name} stands twice");
        }
    }

    #[test]
    fn a_head_edits_the_own_organisation_and_an_unknown_role_nothing() {
        assert_eq!(policy("head", Permission("organisations.edit")), Some(Organisation));
        assert_eq!(policy("emperor", Permission("organisations.edit")), None);
        assert_eq!(policy("head", Permission("organisations.burn")), None);
    }
}
