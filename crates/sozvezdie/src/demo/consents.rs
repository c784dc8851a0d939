//! Consents of the demo's children: most are there, some are missing, some forms are still at home.
use super::learners::Child;
use crate::{
    cases::{self, CaseId, CaseKind, NewCase},
    consents::{self, Category, Granting, Purpose},
    organisations::OrganisationId,
    people::PersonId,
};
use chrono::Duration;
use kit::{Fault, Visit, db::Tx};

/// Whether a child's consent for a purpose came back. The family with a sign-in has given the first
/// two, so that something is left to sign.
fn is_given(child: &Child, purpose: Purpose) -> bool {
    if child.n == usize::MAX {
        return matches!(purpose, Purpose::Processing | Purpose::Transfer);
    }
    match purpose {
        Purpose::Processing => child.n % 11 != 4,
        Purpose::Transfer => child.n.is_multiple_of(3),
        Purpose::Publication => child.n % 2 == 1,
        Purpose::Image => child.n % 5 < 3,
        Purpose::Diagnostics => child.n % 7 == 1,
        Purpose::StateRegister => child.n % 13 == 1,
    }
}

/// A child's consent that its data go to an organisation: signed well before whatever asks for it, for
/// one form serves all that the organisation does with the child.
pub async fn transfer(tx: &mut Tx, then: &Visit, child: PersonId, to: OrganisationId) -> Result<(), Fault> {
    let paper = Granting::paper(child, Purpose::Transfer, then.today - Duration::weeks(12));
    consents::grant(tx, then, &Granting { recipient: Some(to), ..paper }).await.map(drop)
}

/// Writes the consents. They were signed in the first weeks of the demo's September at the earliest.
pub async fn build(tx: &mut Tx, visit: &Visit, children: &[Child]) -> Result<(), Fault> {
    for child in children {
        let ago = i64::try_from(child.n % 60).unwrap_or(0) + 10;
        let on = visit.today - Duration::days(ago);
        for purpose in Purpose::ALL.iter().copied().filter(|purpose| is_given(child, *purpose)) {
            let mut given = Granting::paper(child.id, purpose, on);
            // Every other family shows less than it could.
            if purpose == Purpose::Publication && child.n % 4 == 1 {
                given.categories = vec![Category::Organisation, Category::Results];
            }
            consents::grant(tx, visit, &given).await?;
        }
    }
    if let Some(own) = children.iter().find(|child| child.n == usize::MAX) {
        let asked = NewCase {
            id: CaseId(visit.new_id()),
            learner: own.id,
            organisation: own.organisation,
            kind: CaseKind::Correct,
            purpose: None,
            consent: None,
            details: Some("В карточке прежний телефон. Новый: +7 000 299-99-98.".into()),
        };
        cases::enter(tx, visit, &asked).await?;
    }
    // Printed for the class of the class teacher, and not brought back yet.
    let led = children.iter().find(|child| child.n == usize::MAX).map(|own| (own.organisation, own.class.as_str()));
    for child in children.iter().filter(|child| Some((child.organisation, child.class.as_str())) == led) {
        if !is_given(child, Purpose::Publication) {
            consents::draft(tx, visit, child.id, Purpose::Publication, None).await?;
        }
    }
    Ok(())
}
