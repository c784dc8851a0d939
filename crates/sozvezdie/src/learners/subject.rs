//! What a family may ask of those who keep a child's data: all of it in their hands, and its
//! destruction with an act.
use super::{
    DESTROY, KIND,
    access::{self, within},
    destructions::ACTS,
    model::Learner,
    sheet,
    store::{self, places, subject as sql},
    web::{Can, names as organisation_names},
};
use crate::{
    imports,
    people::{self, PersonId},
    shell::{OfLearner, drafts},
};
use chrono::NaiveDate;
use documents::paper::Paper;
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    text::{Message, name_key},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::io::{Cursor, Write as _};
use zip::{ZipWriter, write::SimpleFileOptions};

kit::codes! {
    /// Why a child's data are destroyed (152-ФЗ ст. 21).
    pub enum Ground {
        Withdrawn = "withdrawn",
        PurposeReached = "purpose_reached",
        Unlawful = "unlawful",
        Demanded = "demanded",
    }
}

/// Everything that is kept of a child, as an archive with a JSON file and a PDF: for the family, and for
/// those who answer for the record. The export is noted as a look.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn export(visit: &Visit, id: PersonId, subjects: &[OfLearner]) -> Result<Vec<u8>, Fault> {
    let learner = within(visit, id).await?;
    let guardians = store::guardians(&visit.net, id).await?;
    if !Can::of(visit, &learner.organisation, id, &guardians).await?.reads {
        return Err(Fault::NotFound);
    }
    let entry =
        Entry { action: "export", kind: KIND, object: Some(id.0), fields: "request".into(), subjects: vec![id.0] };
    let noted: Result<(), Fault> = visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, visit).await).await;
    noted.map_err(|fault| Fault::Unavailable(format!("an export of a child's data is not noted: {fault:?}")))?;
    let (all, paper) = whole(visit, &learner, subjects).await?;
    let today = visit.today;
    // Milliseconds of a processor: not on the threads that serve requests.
    let made = tokio::task::spawn_blocking(move || zipped(&all, &paper, today)).await.map_err(anyhow::Error::from)?;
    made.map_err(Fault::Internal)
}

/// Everything as JSON, and the paper of the chief of it.
async fn whole(visit: &Visit, l: &Learner, subjects: &[OfLearner]) -> Result<(serde_json::Value, Paper), Fault> {
    let kept = store::guardians(&visit.net, l.id).await?;
    let guardians: Vec<_> = kept
        .iter()
        .map(|g| json!({ "name": g.name().full(), "relation": g.relation, "until": g.until, "phone": g.phone, "email": g.email }))
        .collect();
    let looks = store::audit::looks(&visit.net, l.id, None, 10_000).await?;
    let actors: Vec<_> = looks.items.iter().filter_map(|look| look.actor).collect();
    let names = people::names(&visit.net, &actors).await?;
    let looked: Vec<_> = looks
        .items
        .iter()
        .map(|look| json!({ "at": look.at, "who": look.actor.and_then(|id| names.get(&id)), "action": look.action, "how": look.how }))
        .collect();
    let attachments = places::history(&visit.net, l.id).await?;
    let mut all = json!({
        "made_at": visit.now,
        "learner": {
            "id": l.id, "full_name": l.full_name, "birth_date": l.birth_date, "sex": l.sex, "snils": l.snils,
            "guardian_phone": l.guardian_phone, "organisation": l.organisation, "class_name": l.class_name, "enrolled": l.enrolled,
        },
        "guardians": guardians,
        "attachments": &attachments,
        "reasons_to_see": sql::grounds(&visit.net, l.id).await?,
        "looks": looked,
    });
    for subject in subjects {
        let kept = (subject.export)(visit, l.id.0).await?;
        if let Some(map) = all.as_object_mut().filter(|_| !kept.is_null()) {
            map.insert(subject.name.into(), kept);
        }
    }
    let known = sheet::Known {
        learner: l,
        guardians: &kept,
        organisations: &organisation_names(visit, &attachments, l.organisation).await?,
        attachments: &attachments,
        looks: &looks.items,
        people: &names,
        today: visit.today,
    };
    Ok((all, sheet::paper(&known)))
}

/// The archive: the JSON, and the paper where this program makes PDF.
fn zipped(all: &serde_json::Value, paper: &Paper, today: NaiveDate) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("learner.json", SimpleFileOptions::default())?;
    archive.write_all(&serde_json::to_vec_pretty(all)?)?;
    if let Some(pdf) = sheet::pdf(paper, today)? {
        archive.start_file("learner.pdf", SimpleFileOptions::default())?;
        archive.write_all(&pdf)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// What the form of a destruction says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DestructionForm {
    pub ground: String,
    /// The child's last name, so that nobody destroys by a slip of the mouse.
    pub last_name: String,
}

/// The record, if the viewer may destroy it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn to_destroy(visit: &Visit, id: PersonId) -> Result<Learner, Fault> {
    let learner = access::to_change(visit, id).await?;
    visit.viewer.demand(DESTROY, Some(learner.organisation.0))?;
    Ok(learner)
}

/// Destroys everything that is kept of a child, with an act that names the ground and no person:
/// the record, its history, guardians who are nobody else's, sign-ins, drafts, answers kept for
/// repetition, letters on their way, and the files and rows of imports that may hold them. The trail of deeds stays: it holds ids only.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] when something
/// of the network still speaks of the person.
pub async fn destroy(
    visit: &Visit,
    once: &Once,
    id: PersonId,
    form: &DestructionForm,
    subjects: &[OfLearner],
) -> Result<Done, Fault> {
    let learner = to_destroy(visit, id).await?;
    let name = people::find_name(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    let typed = check.required("last_name", &form.last_name, 80);
    if !typed.is_empty() && name_key(&typed) != name_key(&name.last) {
        problems.add("last_name", Message::new("destruction-other-name"));
    }
    let ground = form.ground.parse::<Ground>().ok();
    if ground.is_none() {
        problems.add("ground", Message::new("form-choose"));
    }
    problems.into_result(())?;
    let Some(ground) = ground else { return Err(Fault::NotFound) };
    let gone = once
        .run(&visit.net, async |tx: &mut Tx| {
            let places: Vec<_> = places::history_in(tx, id).await?.into_iter().map(|a| a.organisation.0).collect();
            imports::forget(tx, "contingent", &places, id.0).await?;
            let mut elsewhere = 0_u64;
            // A slice builds on those above it: what it keeps goes first.
            for subject in subjects.iter().rev() {
                elsewhere += (subject.forget)(tx, id.0).await?;
            }
            let mut forgotten = sql::erase(tx, id).await?;
            forgotten.records = forgotten.records.saturating_add(i64::try_from(elsewhere).unwrap_or(i64::MAX));
            people::erase_name(tx, &name).await?;
            for person in &forgotten.people {
                drafts::drop_of_record(tx, &format!("learner-{person}")).await?;
            }
            let act = visit.new_id();
            sql::insert_act(tx, act, &learner, ground, forgotten.records, visit.viewer.person, visit.now).await?;
            Entry::new("destroy", KIND, id).fields(&[ground.code()]).write(tx, visit).await?;
            Ok(Done::changed(
                ACTS.into(),
                json!({ "act": act, "records": forgotten.records, "people": forgotten.people }),
            ))
        })
        .await
        .map_err(bound)?;
    // The sign-ins stand outside the network's rows; without a person they open nothing.
    let people = gone.body.as_ref().and_then(|body| body.get("people")).cloned().unwrap_or_default();
    let people: Vec<PersonId> = serde_json::from_value(people).unwrap_or_default();
    for person in people {
        people::erase_login(&visit.directory, visit.net.id(), person).await?;
    }
    Ok(gone)
}

/// Something that this program does not take apart by itself still speaks of the person.
fn bound(fault: Fault) -> Fault {
    let Fault::Internal(e) = &fault else { return fault };
    match e.downcast_ref::<kit::db::Error>() {
        Some(kit::db::Error::ForeignKey(_)) => Fault::conflict("bound", Message::new("destruction-bound")),
        _ => fault,
    }
}
