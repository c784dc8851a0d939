//! Resources of every class, open on weekdays.
use super::{BATCH, one_of};
use crate::{
    organisations::OrganisationId,
    resources::{self, Class, Competences, Hours, ResourceDraft, ResourceId, ResourceKind, ResourceState, Sharing},
};
use kit::{Fault, Visit, db::Tx};
use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};

/// Minutes of the local day.
pub const OPENS: i64 = 9 * 60;
pub const CLOSES: i64 = 17 * 60;

type What = (ResourceKind, Sharing, &'static str);

const WHAT: [What; 10] = [
    (ResourceKind::Laboratory, Sharing::Exclusive, "Лаборатория"),
    (ResourceKind::Workshop, Sharing::ByPlace, "Мастерская"),
    (ResourceKind::Classroom, Sharing::ByPlace, "Кабинет"),
    (ResourceKind::Hall, Sharing::Exclusive, "Зал"),
    (ResourceKind::Sport, Sharing::ByPlace, "Спортивная площадка"),
    (ResourceKind::Equipment, Sharing::ByPiece, "Набор приборов"),
    (ResourceKind::Transport, Sharing::Exclusive, "Автобус"),
    (ResourceKind::Pedagogue, Sharing::ByPlace, "Консультация"),
    (ResourceKind::Psychologist, Sharing::Exclusive, "Приём психолога"),
    (ResourceKind::Methodical, Sharing::Exclusive, "Сборник заданий"),
];
const ABOUT: [&str; 8] = ["физики", "химии", "биологии", "астрономии", "робототехники", "черчения", "хора", "шахмат"];

/// Gives those that can be booked.
pub async fn write(
    visit: &Visit,
    count: usize,
    owners: &[OrganisationId],
    random: &mut StdRng,
    wrote: impl Fn(usize),
) -> Result<Vec<ResourceId>, Fault> {
    let (mut made, mut bookable) = (0, Vec::with_capacity(count));
    while made < count && !owners.is_empty() {
        let numbers = made..(made + BATCH).min(count);
        let drafts: Vec<_> = numbers
            .filter_map(|number| Some((ResourceId(visit.new_id()), draft(number + 1, *owners.choose(random)?, random))))
            .collect();
        let batch: Vec<_> = drafts.iter().map(|(id, draft)| (*id, draft)).collect();
        visit
            .net
            .transact(async |tx: &mut Tx| resources::insert_all(tx, visit, &batch, ResourceState::Published).await)
            .await?;
        bookable.extend(drafts.iter().filter(|(_, d)| d.class != Class::Methodical).map(|(id, _)| *id));
        made += drafts.len();
        wrote(drafts.len());
    }
    Ok(bookable)
}

fn draft(number: usize, owner_id: OrganisationId, random: &mut StdRng) -> ResourceDraft {
    let (kind, sharing, what) = WHAT.choose(random).copied().unwrap_or((ResourceKind::Hall, Sharing::Exclusive, "Зал"));
    let class = kind.class();
    let is_methodical = class == Class::Methodical;
    ResourceDraft {
        owner_id,
        class,
        kind,
        name: format!("{what} {} №\u{a0}{number:06}", one_of(&ABOUT, random)),
        description: Some("Синтетическая запись для измерений.".into()),
        person_id: None,
        place: (!is_methodical).then(|| format!("корпус 1, кабинет {}", random.random_range(101..399))),
        travels: false,
        sharing,
        capacity: (!is_methodical).then(|| random.random_range(10..30)),
        safety: None,
        conditions: Some("По договорённости.".into()),
        audience: None,
        age_from: Some(random.random_range(5..10)),
        age_to: Some(17),
        subject: None,
        licence: is_methodical.then(|| "CC BY 4.0".to_owned()),
        loanable: false,
        inventory_number: None,
        hours_per_week: None,
        decides_name: None,
        answer_days: Some(3),
        lead_days: 0,
        cancel_rule: None,
        hours: if is_methodical { Vec::new() } else { (1..=5).map(weekday).collect() },
        competences: Competences::default(),
    }
}

fn weekday(weekday: i64) -> Hours {
    Hours { weekday, opens: OPENS, closes: CLOSES, valid_from: None, valid_until: None }
}
