//! Whose records a viewer sees, as a condition on a row of `learner`: `domain.md` §6 in one place.
//!
//! Everything else is forbidden. What later capabilities open (a membership, an enrolment, a step
//! of a route) is a row of `learner_ground`, so that this condition knows none of them.
use crate::{
    learners::{ASSIGNED, CLASS, GroundKind, MEMBERS, OWN, RECEIVED, VIEW, Whom, model::adult_before},
    organisations,
    people::PersonId,
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    access::Reach,
    db::{Tx, Val, args},
};
use uuid::Uuid;

/// What a viewer's roles open today.
#[derive(Clone, Debug)]
pub struct Scope {
    person: Uuid,
    today: NaiveDate,
    /// Whole organisations, with those that went over into them.
    own: Vec<Uuid>,
    /// Where a class led by the viewer may be seen.
    class: Reach,
    members: Reach,
    received: Reach,
    /// Of those received, only who studies there: in a group, a society, a project.
    enrolled_alone: bool,
    assigned: bool,
    family: bool,
}

impl Scope {
    /// The scope of whoever looks.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(visit: &Visit) -> Result<Self, Fault> {
        let viewer = &visit.viewer;
        // No role sees the children of a whole network: that width would mean a slip in the table.
        let own = match viewer.reach(VIEW) {
            Reach::Organisations(own) => organisations::with_predecessors(&visit.net, &own).await?,
            Reach::Nowhere | Reach::Network => Vec::new(),
        };
        let narrow = |reach: Reach| if reach == Reach::Network { Reach::Nowhere } else { reach };
        Ok(Self {
            person: viewer.person.unwrap_or_default(),
            today: visit.today,
            own,
            class: narrow(viewer.reach(CLASS)),
            members: narrow(viewer.reach(MEMBERS)),
            received: narrow(viewer.reach(RECEIVED)),
            enrolled_alone: false,
            assigned: viewer.may(ASSIGNED),
            family: viewer.may(OWN),
        })
    }

    /// Whole organisations that the viewer sees, with those that went over into them.
    pub fn own(&self) -> &[Uuid] {
        &self.own
    }

    /// Only those for whom the viewer answers: without the own family, and without the children whom
    /// the organisation merely receives.
    #[must_use]
    pub fn answering(self) -> Self {
        Self { family: false, ..self.without_received() }
    }

    /// Without the children whom the organisation merely receives: of those it has a list of names.
    #[must_use]
    pub fn without_received(self) -> Self {
        Self { received: Reach::Nowhere, ..self }
    }

    /// Only those whom the viewer may name into something: without the children who merely come for a step
    /// of a route or an event, for their own school sends those.
    #[must_use]
    pub fn naming(self) -> Self {
        Self { enrolled_alone: true, ..self }
    }

    /// Only the members of a Centre that the viewer coordinates.
    #[must_use]
    pub fn of_members(self) -> Self {
        Self {
            own: Vec::new(),
            class: Reach::Nowhere,
            received: Reach::Nowhere,
            assigned: false,
            family: false,
            ..self
        }
    }

    /// Only the viewer and the viewer's own children.
    #[must_use]
    pub fn of_family(self) -> Self {
        Self {
            own: Vec::new(),
            class: Reach::Nowhere,
            members: Reach::Nowhere,
            received: Reach::Nowhere,
            assigned: false,
            ..self
        }
    }

    /// The condition on the learner `alias`; values are appended to `args`, whose first is `$2`.
    pub fn sql(&self, alias: &str, args: &mut Vec<Val>) -> String {
        let mut ways = Vec::new();
        if !self.own.is_empty() {
            ways.push(Reach::Organisations(self.own.clone()).sql(&format!("{alias}.organisation_id"), args));
        }
        if self.class != Reach::Nowhere {
            let (person, today) = (place(args, self.person), place(args, self.today));
            let at = self.class.sql("c.organisation_id", args);
            ways.push(format!(
                "({alias}.enrolled AND EXISTS (SELECT 1 FROM class_lead c WHERE c.network_id = $1 AND c.person_id = {person}
                   AND c.organisation_id = {alias}.organisation_id AND c.class_name = {alias}.class_name AND {at}
                   AND {}))",
                in_force("c", &today)
            ));
        }
        if self.members != Reach::Nowhere {
            let today = place(args, self.today);
            let at = self.members.sql("g.organisation_id", args);
            ways.push(ground(alias, &today, &format!("g.kind = 'membership' AND {at}")));
        }
        if self.received != Reach::Nowhere {
            let today = place(args, self.today);
            let at = self.received.sql("g.organisation_id", args);
            let kinds = match self.enrolled_alone {
                true => "g.kind = 'enrolment'",
                false => "g.kind IN ('enrolment', 'route', 'participation')",
            };
            ways.push(ground(alias, &today, &format!("{kinds} AND {at}")));
        }
        if self.assigned {
            let (today, person) = (place(args, self.today), place(args, self.person));
            ways.push(ground(alias, &today, &format!("g.person_id = {person}")));
        }
        if self.family {
            let (person, today) = (place(args, self.person), place(args, self.today));
            let adult = place(args, adult_before(self.today));
            ways.push(format!("{alias}.id = {person}"));
            ways.push(format!(
                "({alias}.birth_date > {adult} AND EXISTS (SELECT 1 FROM guardian w WHERE w.network_id = $1
                   AND w.learner_id = {alias}.id AND w.person_id = {person} AND (w.until_date IS NULL OR w.until_date >= {today})))"
            ));
        }
        let any = if ways.is_empty() { "FALSE".to_owned() } else { ways.join(" OR ") };
        format!("({alias}.merged_into IS NULL AND ({any}))")
    }
}

fn place(args: &mut Vec<Val>, value: impl Into<Val>) -> String {
    args.push(value.into());
    format!("${}", args.len() + 1)
}

fn in_force(row: &str, today: &str) -> String {
    format!("{row}.from_date <= {today} AND ({row}.until_date IS NULL OR {row}.until_date >= {today})")
}

fn ground(alias: &str, today: &str, which: &str) -> String {
    let open = in_force("g", today);
    format!(
        "EXISTS (SELECT 1 FROM learner_ground g WHERE g.network_id = $1 AND g.learner_id = {alias}.id AND {which} AND {open})"
    )
}

/// Why somebody outside the own organisation may see a child.
#[derive(Clone, Debug)]
pub struct NewGround {
    pub id: Uuid,
    pub learner: PersonId,
    pub kind: GroundKind,
    pub whom: Whom,
    /// The membership, the enrolment, the step: whatever opened it.
    pub source: Uuid,
    pub consent: Option<Uuid>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

pub async fn insert_ground(tx: &mut Tx, g: &NewGround) -> Result<(), Fault> {
    let (organisation, person) = match g.whom {
        Whom::Organisation(id) => (Some(id), None),
        Whom::Person(id) => (None, Some(id)),
    };
    let sql = "INSERT INTO learner_ground (network_id, id, learner_id, kind, organisation_id, person_id, source_id, consent_id, from_date, until_date)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = args![g.id, g.learner, g.kind, organisation, person, g.source, g.consent, g.from, g.until];
    tx.run(sql, values).await?;
    Ok(())
}

/// Closes what one source opened, so that it opens nothing from today on.
pub async fn close_by_source(tx: &mut Tx, source: Uuid, today: NaiveDate) -> Result<u64, Fault> {
    let sql = "UPDATE learner_ground SET until_date = $3
               WHERE network_id = $1 AND source_id = $2 AND (until_date IS NULL OR until_date > $3)";
    Ok(tx.run(sql, args![source, today.pred_opt()]).await?)
}

/// Closes what one source opened to others than this organisation; to this one it ends on the day at the latest.
pub async fn keep_by_source(
    tx: &mut Tx,
    source: Uuid,
    (organisation, until): (Uuid, NaiveDate),
    today: NaiveDate,
) -> Result<u64, Fault> {
    let sql = "UPDATE learner_ground SET until_date = CASE WHEN organisation_id = $3 THEN $4 ELSE $5 END
               WHERE network_id = $1 AND source_id = $2 AND (until_date IS NULL OR until_date > $5)
                 AND (organisation_id IS NULL OR organisation_id <> $3 OR until_date IS NULL OR until_date > $4)";
    Ok(tx.run(sql, args![source, organisation, until, today.pred_opt()]).await?)
}

/// Closes what one consent opened, so that it opens nothing from today on.
pub async fn close_by_consent(tx: &mut Tx, consent: Uuid, today: NaiveDate) -> Result<u64, Fault> {
    let sql = "UPDATE learner_ground SET until_date = $3
               WHERE network_id = $1 AND consent_id = $2 AND (until_date IS NULL OR until_date > $3)";
    Ok(tx.run(sql, args![consent, today.pred_opt()]).await?)
}
