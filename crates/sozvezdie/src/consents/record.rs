//! One consent: who may see it, what is put right, who signs it in the program, who withdraws it.
use super::{
    COLLECT, KIND, OWN, VIEW, deeds,
    model::{Authority, Category, Consent, ConsentId, ConsentState, Granting, Way, joined},
    store, url,
};
use crate::{
    learners::{self, How, Scope},
    people::PersonId,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};

/// In what right a viewer stands to a consent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// Prints it, enters it, puts it right.
    pub collects: bool,
    /// Is the child or answers for it.
    pub family: bool,
    /// Signs and withdraws: whoever answers for the child, and the child itself from 14 on.
    pub speaks: bool,
}

/// The consent with what the viewer may do, and the child's name; the look is noted.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown one and one out of reach.
pub async fn open(visit: &Visit, id: ConsentId) -> Result<(Consent, store::list::Child, Rights), Fault> {
    let found = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let seen = store::list::whose(&visit.net, &Scope::of(visit).await?, &[found.learner]).await?;
    let child = seen.into_iter().next().ok_or(Fault::NotFound)?;
    let rights = rights(visit, &child).await?;
    let sees = rights.family || visit.viewer.reach(VIEW).covers(Some(child.organisation.0));
    if !sees || found.state == ConsentState::Destroyed {
        return Err(Fault::NotFound);
    }
    learners::note_read(visit, How::Elsewhere, &[found.learner]).await?;
    Ok((found, child, rights))
}

/// # Errors
/// The database's.
pub async fn rights(visit: &Visit, child: &store::list::Child) -> Result<Rights, Fault> {
    let collects = super::collect::reach(visit, COLLECT).await?.contains(&child.organisation.0);
    let Some(person) = visit.viewer.person.map(PersonId).filter(|_| visit.viewer.may(OWN)) else {
        return Ok(Rights { collects, ..Rights::default() });
    };
    let years = learners::age(child.birth_date, visit.today);
    let all = store::list::guardians(&visit.net, &[child.id], visit.today).await?;
    let (is_own, guards) = (person == child.id, years < 18 && all.iter().any(|g| g.person == person));
    Ok(Rights { collects, family: is_own || guards, speaks: guards || (is_own && years >= 14) })
}

/// What of a publication or an image is permitted, or who signs with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct PermitForm {
    pub categories: Vec<String>,
}

impl PermitForm {
    fn of(&self, c: &Consent) -> Vec<Category> {
        c.purpose.categories().iter().copied().filter(|k| self.categories.iter().any(|code| code == k.code())).collect()
    }
}

fn some_permitted(c: &Consent, categories: &[Category]) -> Result<(), Fault> {
    if c.purpose.has_categories() && categories.is_empty() {
        return Err(Fault::field("categories", Message::new("consent-permit-some")));
    }
    Ok(())
}

/// Puts right what a signed paper permits.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] when it is over.
pub async fn permit(visit: &Visit, once: &Once, id: ConsentId, form: &PermitForm) -> Result<Done, Fault> {
    let (c, _, rights) = open(visit, id).await?;
    if !rights.collects {
        return Err(Fault::Forbidden(COLLECT));
    }
    let categories = form.of(&c);
    some_permitted(&c, &categories)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::list::put_categories(tx, visit, id.0, &joined(&categories)).await? {
            return Err(Fault::conflict("state", Message::new("consent-not-in-force")));
        }
        Entry::new("update", KIND, id).fields(&["categories"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Signs a consent in the program, by whoever speaks for the child: only where the network has
/// agreed that this is a simple electronic signature (63-ФЗ ст. 6 ч. 2).
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] where only paper counts.
pub async fn sign(visit: &Visit, once: &Once, id: ConsentId, form: &PermitForm) -> Result<Done, Fault> {
    let (c, child, rights) = open(visit, id).await?;
    if !rights.speaks {
        return Err(Fault::NotFound);
    }
    if !store::list::signs_here(&visit.net).await? {
        return Err(Fault::conflict("paper", Message::new("consent-paper-only")));
    }
    let categories = form.of(&c);
    some_permitted(&c, &categories)?;
    let person = visit.viewer.person.map(PersonId);
    let all = store::list::guardians(&visit.net, &[child.id], visit.today).await?;
    let authority = match all.iter().find(|g| Some(g.person) == person) {
        None => Authority::Own,
        Some(g) if matches!(g.relation, learners::Relation::Mother | learners::Relation::Father) => Authority::Parent,
        Some(_) => Authority::Guardian,
    };
    let given = Granting {
        recipient: c.recipient,
        signer: person,
        authority,
        way: Way::SimpleSignature,
        categories,
        ..Granting::paper(c.learner, c.purpose, visit.today)
    };
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = deeds::grant_of_batch(tx, visit, &given, None).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// The form of a consent that the family is asked for, made so that it can be signed or printed.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn ask(visit: &Visit, once: &Once, learner: PersonId, form: &AskForm) -> Result<Done, Fault> {
    let seen = store::list::whose(&visit.net, &Scope::of(visit).await?, &[learner]).await?;
    let child = seen.into_iter().next().ok_or(Fault::NotFound)?;
    let rights = rights(visit, &child).await?;
    if !(rights.speaks || rights.collects) {
        return Err(Fault::NotFound);
    }
    let purpose = form.purpose.parse().map_err(|_| Fault::field("purpose", Message::new("form-choose")))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = deeds::draft(tx, visit, learner, purpose, None).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// For what a consent is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct AskForm {
    pub purpose: String,
}

/// A child whose consents are looked at as a whole; the look is noted.
///
/// # Errors
/// [`Fault::NotFound`] for a child out of reach, or of whose consents the viewer may not know.
pub async fn child(visit: &Visit, learner: PersonId) -> Result<(store::list::Child, Rights), Fault> {
    let seen = store::list::whose(&visit.net, &Scope::of(visit).await?, &[learner]).await?;
    let child = seen.into_iter().next().ok_or(Fault::NotFound)?;
    let rights = rights(visit, &child).await?;
    if !(rights.family || visit.viewer.reach(VIEW).covers(Some(child.organisation.0))) {
        return Err(Fault::NotFound);
    }
    learners::note_read(visit, How::Elsewhere, &[learner]).await?;
    Ok((child, rights))
}
