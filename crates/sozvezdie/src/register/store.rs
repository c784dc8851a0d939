//! The SQL of the reconciliation: what the resource asks of a child besides its prize.
use crate::{learners::Sex, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Fault,
    db::{Net, Where},
};
use std::collections::HashMap;

/// What the resource asks of a child.
#[derive(Clone, Debug)]
pub struct Facts {
    pub id: PersonId,
    pub birth_date: NaiveDate,
    pub sex: Option<Sex>,
    pub snils: Option<String>,
}
kit::db::row!(Facts { id, birth_date, sex, snils });

pub async fn facts(net: &Net, ids: &[PersonId]) -> Result<HashMap<PersonId, Facts>, Fault> {
    let mut all = HashMap::new();
    for some in ids.chunks(500) {
        let mut w = Where::new();
        w.and_in("id", some.iter().copied());
        let sql = format!("SELECT id, birth_date, sex, snils FROM learner WHERE {}", w.sql());
        all.extend(net.all::<Facts>(sql, w.args).await?.into_iter().map(|f| (f.id, f)));
    }
    Ok(all)
}
