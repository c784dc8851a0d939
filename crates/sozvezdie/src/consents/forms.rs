//! The forms to print: one sheet for each child and purpose, all of a class in one file.
use super::{
    COLLECT,
    collect::{self, Asked},
    deeds,
    model::{Consent, ConsentId, Purpose},
    sheet::{self, Blank, Sheet},
    store::{self, list::Shown},
};
use crate::{
    learners::{self, Scope},
    organisations::OrganisationId,
    papers::{self, Party, Words},
    people::PersonId,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::Problems,
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, hash_map};

/// Sheets of one file: some classes for two purposes.
const MOST: usize = 400;

/// What is to be printed: the children of a list, and for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct PrintForm {
    pub organisation: String,
    pub class: String,
    pub q: String,
    pub purposes: Vec<String>,
}

/// Makes the forms of those who have not signed, and gives their ids; those that are out already
/// keep their numbers.
///
/// # Errors
/// [`Fault::Invalid`] when nothing is chosen or nobody is left to ask.
pub async fn make(visit: &Visit, once: &Once, form: &PrintForm) -> Result<Done, Fault> {
    let purposes: Vec<Purpose> = form.purposes.iter().filter_map(|code| code.parse().ok()).collect();
    if purposes.is_empty() {
        return Err(Fault::field("purposes", Message::new("consent-choose-purpose")));
    }
    let asked = Asked {
        organisation: form.organisation.clone(),
        class: form.class.clone(),
        q: form.q.clone(),
        shown: Shown::Missing.code().into(),
        ..Asked::default()
    };
    let (_, mut which) = collect::which(visit, &asked, Scope::of(visit).await?, COLLECT).await?;
    let mut wanted: Vec<(PersonId, Purpose)> = Vec::new();
    for purpose in &purposes {
        which.purposes = vec![*purpose];
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let some = store::list::page(&visit.net, &which, None, most).await?;
        if some.next.is_some() {
            return Err(Fault::field("class", Message::new("consent-choose-class").with("limit", MOST)));
        }
        wanted.extend(some.items.iter().map(|child| (child.id, *purpose)));
    }
    let mut problems = Problems::default();
    if wanted.is_empty() {
        problems.add("purposes", Message::new("consent-nobody-to-print"));
    } else if wanted.len() > MOST {
        problems.add("class", Message::new("consent-choose-class").with("limit", MOST));
    }
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let mut ids = Vec::with_capacity(wanted.len());
        for (child, purpose) in &wanted {
            ids.push(deeds::draft(tx, visit, *child, *purpose, None).await?);
        }
        Ok(Done::changed(super::LIST.into(), serde_json::json!({ "forms": ids })))
    })
    .await
}

/// The sheets of these forms, for whoever may collect them or belongs to the family; the export is
/// noted as a look at each child.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Unavailable`].
pub async fn sheets(visit: &Visit, ids: &[ConsentId], address: Option<&str>) -> Result<Vec<Sheet>, Fault> {
    let consents = store::find_all(&visit.net, ids).await?;
    if consents.len() != ids.len() || ids.is_empty() {
        return Err(Fault::NotFound);
    }
    let mut children: Vec<PersonId> = consents.iter().map(|c| c.learner).collect();
    children.sort_unstable();
    children.dedup();
    let known = store::list::whose(&visit.net, &Scope::of(visit).await?, &children).await?;
    if known.len() != children.len() {
        return Err(Fault::NotFound);
    }
    let subjects = children.iter().map(|id| id.0).collect();
    let entry = Entry { action: "export", kind: learners::KIND, object: None, fields: "consent-form".into(), subjects };
    let noted: Result<(), Fault> = visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, visit).await).await;
    noted.map_err(|fault| Fault::Unavailable(format!("a printing of children's names is not noted: {fault:?}")))?;
    let words = Words::load(&visit.net).await?;
    let mut parties: HashMap<OrganisationId, Party> = HashMap::new();
    let mut sheets = Vec::with_capacity(consents.len());
    let guardians = store::list::guardians(&visit.net, &children, visit.today).await?;
    for c in in_order(consents, &known) {
        for id in [Some(c.organisation), c.recipient].into_iter().flatten() {
            if let hash_map::Entry::Vacant(place) = parties.entry(id) {
                place.insert(papers::party(visit, id).await?);
            }
        }
        let (Some(child), Some(operator)) = (known.iter().find(|k| k.id == c.learner), parties.get(&c.organisation))
        else {
            return Err(Fault::NotFound);
        };
        let guardian = guardians.iter().find(|g| g.learner == c.learner);
        let recipient = c.recipient.and_then(|id| parties.get(&id));
        let blank = Blank { consent: &c, child, guardian, operator, recipient, words: &words };
        sheets.push(sheet::fill(&blank, address, visit.today)?);
    }
    Ok(sheets)
}

/// By class, child and purpose: as they are handed out.
fn in_order(mut consents: Vec<Consent>, known: &[store::list::Child]) -> Vec<Consent> {
    let place = |id: PersonId| known.iter().find(|c| c.id == id).map(|c| (c.class_name.clone(), c.full_name.clone()));
    consents.sort_by_key(|c| (place(c.learner), c.purpose));
    consents
}
