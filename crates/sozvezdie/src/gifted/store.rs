//! The SQL of the register of gifted children.
use super::model::{
    Application, Contribution, Decided, Diagnostics, NewSitting, Profile, ProfileId, Proposal, Sitting, SittingId,
    State, joined,
};
use crate::{
    centre::{CentreId, LeftReason},
    learners::Scope,
    organisations::OrganisationId,
    people::PersonId,
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

const PROFILE: &str = "p.id, l.id, l.full_name, l.birth_date, l.class_name, p.organisation_id, o.short_name, c.organisation_id, p.state, p.basis,
    p.kinds, p.subject, p.reason, p.proposed_on, p.proposed_by, p.conclusion, p.concluded_on, p.concluded_by, p.applicant, p.applied_on,
    p.petition_number, p.petition_on, p.left_on, p.left_reason, p.version";
const FROM: &str = "gifted_profile p
    JOIN learner r ON r.network_id = $1 AND r.id = p.learner_id
    JOIN learner l ON l.network_id = $1 AND l.id = COALESCE(r.merged_into, r.id)
    JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
    JOIN gifted_centre c ON c.network_id = $1 AND c.id = p.centre_id";

/// Which children of the register.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
    /// Those who have left, too.
    pub left: bool,
    /// Only those whose application was noted and who wait for the commission.
    pub waiting: bool,
    /// Only those on the way whose application was not noted yet.
    pub unsigned: bool,
    /// Only those whom this psychologist was given charge of and whose conclusion is not written, as of
    /// the day.
    pub to_diagnose: Option<(Uuid, NaiveDate)>,
    pub learner: Option<PersonId>,
}

/// Whom the viewer may see, the latest first.
pub async fn list(net: &Net, scope: &Scope, f: &Filter, limit: i64) -> Result<Vec<Profile>, Fault> {
    let mut w = Where::of("p");
    let may = scope.sql("l", &mut w.args);
    w.and_raw(&may).and_opt("p.state = ?", f.state).and_opt("l.id = ?", f.learner);
    if !f.left && f.state != Some(State::Left) {
        w.and_raw("p.left_reason IS NULL");
    }
    if f.waiting {
        w.and_raw("p.state IN ('proposed', 'diagnosed') AND p.applied_on IS NOT NULL");
    }
    if f.unsigned {
        w.and_raw("p.state IN ('proposed', 'diagnosed') AND p.applied_on IS NULL");
    }
    if let Some((person, on)) = f.to_diagnose {
        let (person, on) = (w.arg(person), w.arg(on));
        w.and_raw(&format!(
            "p.state = 'proposed' AND p.concluded_on IS NULL AND EXISTS (SELECT 1 FROM learner_ground g WHERE g.network_id = $1
               AND g.source_id = p.id AND g.kind = 'assignment' AND g.person_id = {person} AND g.from_date <= {on}
               AND (g.until_date IS NULL OR g.until_date >= {on}))"
        ));
    }
    let limit = w.arg(limit);
    let sql =
        format!("SELECT {PROFILE} FROM {FROM} WHERE {} ORDER BY p.proposed_on DESC, p.id DESC LIMIT {limit}", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// One, if the viewer may see the child.
pub async fn find(net: &Net, scope: &Scope, id: ProfileId) -> Result<Option<Profile>, Fault> {
    let mut w = Where::of("p");
    w.and("p.id = ?", id);
    let may = scope.sql("l", &mut w.args);
    w.and_raw(&may);
    Ok(net.opt(format!("SELECT {PROFILE} FROM {FROM} WHERE {}", w.sql()), w.args).await?)
}

/// One, whoever asks: for those who have a reason of their own.
pub async fn find_any(net: &Net, id: ProfileId) -> Result<Option<Profile>, Fault> {
    Ok(net.opt(format!("SELECT {PROFILE} FROM {FROM} WHERE p.network_id = $1 AND p.id = $2"), args![id]).await?)
}

/// The same inside a transaction.
pub async fn find_in(tx: &mut Tx, id: ProfileId) -> Result<Option<Profile>, Fault> {
    Ok(tx.opt(format!("SELECT {PROFILE} FROM {FROM} WHERE p.network_id = $1 AND p.id = $2"), args![id]).await?)
}

/// False when the child is on the way already.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    id: ProfileId,
    centre: CentreId,
    organisation: OrganisationId,
    p: &Proposal,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO gifted_profile (network_id, id, learner_id, centre_id, organisation_id, state, basis, kinds, subject, reason,
                 proposed_on, proposed_by, created_at, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, 'proposed', $6, $7, $8, $9, $10, $11, $12, $12, $11, 1) ON CONFLICT DO NOTHING";
    let values = args![
        id,
        p.learner,
        centre,
        organisation,
        p.basis,
        joined(&p.kinds),
        p.subject.as_deref(),
        &p.reason,
        visit.today,
        visit.viewer.person,
        visit.now
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// Takes the way of a child for opening its record: what was opened once is not opened again. False when
/// the way is over.
pub async fn take(tx: &mut Tx, id: ProfileId) -> Result<bool, Fault> {
    let sql = "UPDATE gifted_profile SET version = version WHERE network_id = $1 AND id = $2 AND left_reason IS NULL";
    Ok(tx.run(sql, args![id]).await? == 1)
}

/// Takes a child one step on. False when they do not stand where the step begins.
pub async fn step(tx: &mut Tx, visit: &Visit, id: ProfileId, from: State, to: State) -> Result<bool, Fault> {
    let sql = "UPDATE gifted_profile SET state = $4, updated_at = $5, updated_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = $3";
    Ok(tx.run(sql, args![id, from, to, visit.now, visit.viewer.person]).await? == 1)
}

/// Ends the way of a child. False when it is over.
pub async fn leave(
    tx: &mut Tx,
    visit: &Visit,
    id: ProfileId,
    on: NaiveDate,
    reason: LeftReason,
) -> Result<bool, Fault> {
    let sql = "UPDATE gifted_profile SET state = 'left', left_on = $3, left_reason = $4, updated_at = $5, updated_by = $6, version = version + 1
               WHERE network_id = $1 AND id = $2 AND left_reason IS NULL";
    Ok(tx.run(sql, args![id, on, reason, visit.now, visit.viewer.person]).await? == 1)
}

/// Notes the application and the petition. False when the commission has met already.
pub async fn apply(tx: &mut Tx, visit: &Visit, id: ProfileId, a: &Application) -> Result<bool, Fault> {
    let sql = "UPDATE gifted_profile SET applicant = $3, applied_on = $4, petition_number = $5, petition_on = $6, updated_at = $7,
                 updated_by = $8, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state IN ('proposed', 'diagnosed')";
    let values = args![
        id,
        &a.applicant,
        a.applied_on,
        a.petition_number.as_deref(),
        a.petition_on,
        visit.now,
        visit.viewer.person
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// Writes the psychologist's conclusion. False when the commission has met already.
pub async fn conclude(tx: &mut Tx, visit: &Visit, id: ProfileId, conclusion: &str) -> Result<bool, Fault> {
    let sql = "UPDATE gifted_profile SET conclusion = $3, concluded_on = $4, concluded_by = $5, state = 'diagnosed', updated_at = $6,
                 updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state IN ('proposed', 'diagnosed')";
    let values = args![id, conclusion, visit.today, visit.viewer.person, visit.now];
    Ok(tx.run(sql, values).await? == 1)
}

/// Asks somebody for their word; asked again, nothing new. True when they are asked for the first time.
pub async fn ask(tx: &mut Tx, visit: &Visit, id: ProfileId, person: PersonId) -> Result<bool, Fault> {
    let sql =
        "INSERT INTO gifted_contribution (network_id, id, profile_id, person_id, asked_at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![visit.new_id(), id, person, visit.now]).await? == 1)
}

/// Writes what somebody who was asked says. False when the way is over, or nobody asked.
pub async fn say(tx: &mut Tx, visit: &Visit, id: Uuid, subject: Option<&str>, said: &str) -> Result<bool, Fault> {
    let sql = "UPDATE gifted_contribution SET subject = $4, said = $5, said_at = $6 WHERE network_id = $1 AND id = $2 AND person_id = $3
               AND profile_id IN (SELECT p.id FROM gifted_profile p WHERE p.network_id = $1 AND p.state IN ('proposed', 'diagnosed'))";
    Ok(tx.run(sql, args![id, visit.viewer.person, subject, said, visit.now]).await? == 1)
}

const SAID: &str = "id, profile_id, person_id, subject, said, said_at";

pub async fn contributions(net: &Net, id: ProfileId) -> Result<Vec<Contribution>, Fault> {
    let sql = format!(
        "SELECT {SAID} FROM gifted_contribution WHERE network_id = $1 AND profile_id = $2 ORDER BY asked_at, id"
    );
    Ok(net.all(sql, args![id]).await?)
}

/// What this person was asked for, of children who still wait for the commission.
///
/// # Errors
/// The database's.
pub async fn asked_of(net: &Net, person: Uuid) -> Result<Vec<Contribution>, Fault> {
    let sql = format!(
        "SELECT {SAID} FROM gifted_contribution WHERE network_id = $1 AND person_id = $2
         AND profile_id IN (SELECT p.id FROM gifted_profile p WHERE p.network_id = $1 AND p.state IN ('proposed', 'diagnosed'))
         ORDER BY asked_at, id LIMIT 200"
    );
    Ok(net.all(sql, args![person]).await?)
}

/// People of an organisation who teach or accompany: whom one may ask, and of which role.
pub async fn staff(
    net: &Net,
    organisation: OrganisationId,
    roles: &[&'static str],
    on: NaiveDate,
) -> Result<Vec<(PersonId, String)>, Fault> {
    let mut w = Where::of("g");
    w.and("g.organisation_id = ?", organisation).and_in("g.role", roles.iter().copied());
    w.and("g.from_date <= ?", on).and("(g.until_date IS NULL OR g.until_date >= ?)", on);
    let sql = format!(
        "SELECT DISTINCT q.id, q.last_name || ' ' || q.first_name || CASE WHEN q.patronymic IS NULL THEN '' ELSE ' ' || q.patronymic END
         FROM role_grant g JOIN person q ON q.network_id = $1 AND q.id = g.person_id WHERE {} ORDER BY 2, 1 LIMIT 300",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// Who leads the child's class today.
pub async fn class_teachers(tx: &mut Tx, learner: PersonId, on: NaiveDate) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT c.person_id FROM class_lead c JOIN learner l ON l.network_id = $1 AND l.organisation_id = c.organisation_id
                 AND l.class_name = c.class_name
               WHERE c.network_id = $1 AND l.id = $2 AND c.from_date <= $3 AND (c.until_date IS NULL OR c.until_date >= $3)";
    let rows: Vec<(PersonId,)> = tx.all(sql, args![learner, on]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub async fn add_diagnostics(
    tx: &mut Tx,
    visit: &Visit,
    id: ProfileId,
    (method, on, raw): (&str, NaiveDate, &str),
    consent: Uuid,
) -> Result<Uuid, Fault> {
    let new = visit.new_id();
    let sql = "INSERT INTO gifted_diagnostics (network_id, id, profile_id, method, on_date, raw, consent_id, by_person, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.run(sql, args![new, id, method, on, raw, consent, visit.actor(), visit.now]).await?;
    Ok(new)
}

pub async fn diagnostics(net: &Net, id: ProfileId) -> Result<Vec<Diagnostics>, Fault> {
    let sql = "SELECT method, on_date, raw, by_person FROM gifted_diagnostics WHERE network_id = $1 AND profile_id = $2
               ORDER BY on_date, id LIMIT 100";
    Ok(net.all(sql, args![id]).await?)
}

pub async fn insert_sitting(
    tx: &mut Tx,
    visit: &Visit,
    id: SittingId,
    centre: CentreId,
    s: &NewSitting,
) -> Result<(), Fault> {
    let sql = "INSERT INTO gifted_sitting (network_id, id, centre_id, held_on, protocol_number, chair, members, created_at, created_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = args![id, centre, s.held_on, &s.protocol_number, &s.chair, &s.members, visit.now, visit.viewer.person];
    tx.run(sql, values).await?;
    for (profile, admit) in &s.decisions {
        let sql = "INSERT INTO gifted_decision (network_id, sitting_id, profile_id, admit) VALUES ($1, $2, $3, $4)";
        tx.run(sql, args![id, *profile, *admit]).await?;
    }
    Ok(())
}

const CHARGED: &str = "SELECT DISTINCT g.person_id FROM learner_ground g
     WHERE g.network_id = $1 AND g.source_id = $2 AND g.kind = 'assignment' AND g.person_id IS NOT NULL
       AND g.from_date <= $3 AND (g.until_date IS NULL OR g.until_date >= $3)";

/// Whom the child was given to for diagnostics.
pub async fn charged(net: &Net, id: ProfileId, on: NaiveDate) -> Result<Vec<PersonId>, Fault> {
    let rows: Vec<(PersonId,)> = net.all(CHARGED, args![id, on]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether the child was given to this person already.
pub async fn is_charged(tx: &mut Tx, id: ProfileId, person: PersonId, on: NaiveDate) -> Result<bool, Fault> {
    let rows: Vec<(PersonId,)> = tx.all(CHARGED, args![id, on]).await?;
    Ok(rows.contains(&(person,)))
}

/// Considers a child whose application was noted. False when there is none, or they were considered.
pub async fn consider(tx: &mut Tx, visit: &Visit, id: ProfileId, centre: CentreId) -> Result<bool, Fault> {
    let sql = "UPDATE gifted_profile SET state = 'considered', updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND centre_id = $3 AND state IN ('proposed', 'diagnosed') AND applied_on IS NOT NULL";
    Ok(tx.run(sql, args![id, centre, visit.now, visit.viewer.person]).await? == 1)
}

const SITTING: &str =
    "s.id, c.organisation_id, s.held_on, s.protocol_number, s.chair, s.members, s.order_number, s.order_on";
const SITTINGS: &str = "gifted_sitting s JOIN gifted_centre c ON c.network_id = $1 AND c.id = s.centre_id";

pub async fn sittings(net: &Net, organisations: &kit::access::Reach) -> Result<Vec<Sitting>, Fault> {
    let mut w = Where::of("s");
    let own = organisations.sql("c.organisation_id", &mut w.args);
    w.and_raw(&own);
    let sql =
        format!("SELECT {SITTING} FROM {SITTINGS} WHERE {} ORDER BY s.held_on DESC, s.id DESC LIMIT 200", w.sql());
    Ok(net.all(sql, w.args).await?)
}

pub async fn find_sitting(net: &Net, id: SittingId) -> Result<Option<Sitting>, Fault> {
    Ok(net.opt(format!("SELECT {SITTING} FROM {SITTINGS} WHERE s.network_id = $1 AND s.id = $2"), args![id]).await?)
}

const DECIDED: &str = "SELECT d.profile_id, l.id, l.full_name, l.class_name, o.short_name, p.state, d.admit
    FROM gifted_decision d JOIN gifted_profile p ON p.network_id = $1 AND p.id = d.profile_id
    JOIN learner r ON r.network_id = $1 AND r.id = p.learner_id
    JOIN learner l ON l.network_id = $1 AND l.id = COALESCE(r.merged_into, r.id)
    JOIN organisation o ON o.network_id = $1 AND o.id = p.organisation_id
    WHERE d.network_id = $1 AND d.sitting_id = $2 ORDER BY l.full_name, l.id";

pub async fn decided(net: &Net, id: SittingId) -> Result<Vec<Decided>, Fault> {
    Ok(net.all(DECIDED, args![id]).await?)
}

pub async fn decided_in(tx: &mut Tx, id: SittingId) -> Result<Vec<Decided>, Fault> {
    Ok(tx.all(DECIDED, args![id]).await?)
}

/// Writes the order of a sitting. False when it was written already.
pub async fn order(tx: &mut Tx, id: SittingId, number: &str, on: NaiveDate) -> Result<bool, Fault> {
    let sql = "UPDATE gifted_sitting SET order_number = $3, order_on = $4 WHERE network_id = $1 AND id = $2 AND order_on IS NULL";
    Ok(tx.run(sql, args![id, number, on]).await? == 1)
}

/// Takes away every row about a child; gives how many.
pub async fn forget(tx: &mut Tx, learner: Uuid) -> Result<u64, Fault> {
    let of = "(SELECT p.id FROM gifted_profile p WHERE p.network_id = $1 AND (p.learner_id = $2
                 OR p.learner_id IN (SELECT l.id FROM learner l WHERE l.network_id = $1 AND l.merged_into = $2)))";
    let mut gone = 0;
    for table in ["gifted_contribution", "gifted_diagnostics", "gifted_decision"] {
        gone +=
            tx.run(format!("DELETE FROM {table} WHERE network_id = $1 AND profile_id IN {of}"), args![learner]).await?;
    }
    gone += tx.run(format!("DELETE FROM gifted_profile WHERE network_id = $1 AND id IN {of}"), args![learner]).await?;
    Ok(gone)
}
