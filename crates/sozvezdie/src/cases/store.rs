//! The SQL of cases.
use super::model::{Case, CaseId, CaseKind, CaseState, Due, Step};
use crate::{
    consents::{ConsentId, Purpose},
    organisations::OrganisationId,
    people::PersonId,
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

const WHOLE: &str =
    "k.id, k.learner_id, k.organisation_id, k.kind, k.purpose, k.consent_id, k.state, k.details, k.opened_on,
    k.closed_on, k.kept_until, k.created_at, k.created_by";
const STEP: &str = "s.case_id, s.step, s.due_on, s.done_on, s.done_by, s.note";

/// What a new case says.
pub struct NewCase {
    pub id: CaseId,
    pub learner: PersonId,
    pub organisation: OrganisationId,
    pub kind: CaseKind,
    pub purpose: Option<Purpose>,
    pub consent: Option<ConsentId>,
    pub details: Option<String>,
}

pub async fn insert(tx: &mut Tx, visit: &Visit, new: &NewCase) -> Result<(), Fault> {
    let sql = "INSERT INTO subject_case (network_id, id, learner_id, organisation_id, kind, purpose, consent_id, state, details,
                 opened_on, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11)";
    let values = args![
        new.id,
        new.learner,
        new.organisation,
        new.kind,
        new.purpose,
        new.consent,
        &new.details,
        visit.today,
        visit.now,
        visit.viewer.person
    ];
    tx.run(sql, values).await?;
    let steps = new.kind.steps(new.purpose).iter();
    let rows = steps.map(|step| args![new.id, *step, step.due(visit.today)]).collect();
    Ok(tx.insert("case_step (network_id, case_id, step, due_on)", rows).await?)
}

/// A step is done. False when it was done before, or there is none such.
pub async fn finish(tx: &mut Tx, visit: &Visit, id: CaseId, step: Step, note: Option<&str>) -> Result<bool, Fault> {
    let sql = "UPDATE case_step SET done_on = $4, done_by = $5, note = $6
               WHERE network_id = $1 AND case_id = $2 AND step = $3 AND done_on IS NULL";
    Ok(tx.run(sql, args![id, step, visit.today, visit.viewer.person, note]).await? == 1)
}

/// Closes the case if nothing of it is left to do.
pub async fn close(tx: &mut Tx, id: CaseId, today: NaiveDate, kept_until: Option<NaiveDate>) -> Result<bool, Fault> {
    let sql = "UPDATE subject_case SET state = 'closed', closed_on = $3, kept_until = $4
               WHERE network_id = $1 AND id = $2 AND state = 'open'
                 AND NOT EXISTS (SELECT 1 FROM case_step s WHERE s.network_id = $1 AND s.case_id = $2 AND s.done_on IS NULL)";
    Ok(tx.run(sql, args![id, today, kept_until]).await? == 1)
}

pub async fn find(net: &Net, id: CaseId) -> Result<Option<Case>, Fault> {
    let sql = format!("SELECT {WHOLE} FROM subject_case k WHERE k.network_id = $1 AND k.id = $2");
    Ok(net.opt(sql, args![id]).await?)
}

pub async fn steps(net: &Net, ids: &[CaseId]) -> Result<Vec<Due>, Fault> {
    let mut w = Where::of("s");
    w.and_in("s.case_id", ids.iter().copied());
    Ok(net.all(format!("SELECT {STEP} FROM case_step s WHERE {} ORDER BY s.due_on, s.step", w.sql()), w.args).await?)
}

/// The cases of these organisations in one state: open ones by what is due first, closed ones by the latest.
pub async fn of_organisations(net: &Net, organisations: &[Uuid], state: CaseState) -> Result<Vec<Case>, Fault> {
    let mut w = Where::of("k");
    w.and("k.state = ?", state).and_in("k.organisation_id", organisations.iter().copied());
    let order = match state {
        CaseState::Open => {
            "(SELECT MIN(s.due_on) FROM case_step s WHERE s.network_id = $1 AND s.case_id = k.id AND s.done_on IS NULL), k.id"
        }
        CaseState::Closed => "k.closed_on DESC, k.id DESC",
    };
    let sql = format!("SELECT {WHOLE} FROM subject_case k WHERE {} ORDER BY {order} LIMIT 500", w.sql());
    Ok(net.all(sql, w.args).await?)
}

pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<Case>, Fault> {
    let sql =
        format!("SELECT {WHOLE} FROM subject_case k WHERE k.network_id = $1 AND k.learner_id = $2 ORDER BY k.id DESC");
    Ok(net.all(sql, args![learner]).await?)
}

/// Open cases of these organisations.
pub async fn count_open(net: &Net, organisations: &[Uuid]) -> Result<i64, Fault> {
    let mut w = Where::of("k");
    w.and_raw("k.state = 'open'").and_in("k.organisation_id", organisations.iter().copied());
    Ok(net.scalar(format!("SELECT COUNT(*) FROM subject_case k WHERE {}", w.sql()), w.args).await?)
}

/// The words of a family and of those who answered go; the acts stay, without a name.
pub async fn forget(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let notes = "UPDATE case_step SET note = NULL WHERE network_id = $1 AND note IS NOT NULL
                   AND case_id IN (SELECT id FROM subject_case WHERE network_id = $1 AND learner_id = $2)";
    let gone = tx.run(notes, args![learner]).await?;
    let words =
        "UPDATE subject_case SET details = NULL WHERE network_id = $1 AND learner_id = $2 AND details IS NOT NULL";
    Ok(gone + tx.run(words, args![learner]).await?)
}
