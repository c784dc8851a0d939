//! Records that may be one child: found when a record is written, decided by people.
use super::{
    model::LearnerDraft,
    store::duplicates::{self as store, Near},
};
use crate::{imports::are_close, people::PersonId};
use kit::{Fault, Visit, db::Tx, text::name_key};

kit::codes! {
    /// Why two records may be one child.
    pub enum Why { SameSnils = "same_snils", SameName = "same_name", CloseName = "close_name" }
}

kit::codes! {
    /// open → merged or apart; merged → open when it is taken back.
    pub enum PairState { Open = "open", Merged = "merged", Apart = "apart" }
}

/// Whether two name keys are one but for a slip, or for a patronymic that one lacks.
pub fn are_near(one: &str, other: &str) -> bool {
    let lacks = |short: &str, long: &str| {
        short.split(' ').count() == 2 && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
    };
    lacks(one, other) || lacks(other, one) || are_close(one, other)
}

/// Looks for records that may be the same child and puts them into the queue, whichever
/// organisation's they are. A pair that was decided is not asked about again.
pub(super) async fn suspect(tx: &mut Tx, visit: &Visit, id: PersonId, draft: &LearnerDraft) -> Result<(), Fault> {
    let key = name_key(&draft.name.full());
    for Near { id: other, name_key, snils, birth_date } in
        store::near(tx, id, draft.birth_date, draft.snils.as_deref()).await?
    {
        let why = if snils.is_some() && snils == draft.snils {
            Why::SameSnils
        } else if birth_date != draft.birth_date {
            continue;
        } else if name_key == key {
            Why::SameName
        } else if are_near(&name_key, &key) {
            Why::CloseName
        } else {
            continue;
        };
        let (first, second) = if id < other { (id, other) } else { (other, id) };
        store::insert(tx, visit.new_id(), first, second, why, visit.now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_a_twin_is_not() {
        let near = |one: &str, other: &str| are_near(&name_key(one), &name_key(other));
        assert!(near("Демонов Семён Учебнович", "Демонов Семен Учебновч"));
        assert!(near("Демонов Семён", "Демонов Семён Учебнович"));
        assert!(!near("Демонов Семён Учебнович", "Демонов Иван Учебнович"));
        assert!(!near("Демонов Иван Учебнович", "Демонов Илья Учебнович"));
        assert!(!near("Демонова Анна", "Демонов Анатолий Учебнович"));
    }
}
