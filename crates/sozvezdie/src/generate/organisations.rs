//! Organisations: names that nobody bears, numbers that no office has given out.
use super::{BATCH, one_of};
use crate::organisations::{self, Focus, Kind, OrganisationDraft, OrganisationId, OrganisationState};
use kit::{Fault, Visit, db::Tx};
use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};

const STEMS: [&str; 16] = [
    "Берёзовская",
    "Луговая",
    "Полевая",
    "Озёрная",
    "Сосновская",
    "Заречная",
    "Степная",
    "Ключевская",
    "Раздольная",
    "Холмовская",
    "Родниковская",
    "Дубравинская",
    "Ивняковская",
    "Яблоневская",
    "Светлогорская",
    "Тихвинковская",
];

pub async fn write(
    visit: &Visit,
    count: usize,
    random: &mut StdRng,
    wrote: impl Fn(usize),
) -> Result<Vec<OrganisationId>, Fault> {
    let mut made = Vec::with_capacity(count);
    while made.len() < count {
        let numbers = made.len()..(made.len() + BATCH).min(count);
        let drafts: Vec<_> =
            numbers.map(|number| (OrganisationId(visit.new_id()), draft(number + 1, random))).collect();
        let batch: Vec<_> = drafts.iter().map(|(id, draft)| (*id, draft)).collect();
        visit
            .net
            .transact(async |tx: &mut Tx| organisations::insert_all(tx, visit, &batch, OrganisationState::Active).await)
            .await?;
        made.extend(drafts.iter().map(|(id, _)| *id));
        wrote(drafts.len());
    }
    Ok(made)
}

fn draft(number: usize, random: &mut StdRng) -> OrganisationDraft {
    // As many of each kind as in the district of the source text: 34, 31, 5.
    let (kind, what, full) = match random.random_range(0..70) {
        0..34 => (Kind::General, "школа", "Муниципальное общеобразовательное учреждение"),
        34..65 => (Kind::Preschool, "группа детского сада", "Муниципальное дошкольное образовательное учреждение"),
        _ => (Kind::Additional, "станция творчества", "Муниципальное учреждение дополнительного образования"),
    };
    let short = format!("{} {what} №\u{a0}{number:05}", one_of(&STEMS, random));
    let focus: Vec<Focus> =
        Focus::ALL.choose(random).copied().into_iter().filter(|_| kind == Kind::Additional).collect();
    OrganisationDraft {
        kind,
        subkind: None,
        name: format!("{full} «{short}»"),
        short_name: short,
        inn: Some(inn(number)),
        kpp: Some(format!("0000{:02}001", number % 90 + 10)),
        ogrn: Some(ogrn(number)),
        licence: None,
        address: Some(format!("с. Синтетическое, ул. Условная, {}", random.random_range(1..200))),
        latitude: Some(50.0 + f64::from(random.random_range(0..10_000)) / 10_000.0),
        longitude: Some(36.0 + f64::from(random.random_range(0..10_000)) / 10_000.0),
        phones: format!("+7000{:07}", random.random_range(0..10_000_000)),
        email: Some(format!("org{number}@example.invalid")),
        site: None,
        head_name: None,
        about: None,
        synthetic_name: true,
        focuses: focus,
    }
}

/// Of the tax office 0000, which there is none.
fn inn(number: usize) -> String {
    let digits = format!("{number:09}");
    let weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
    let sum: u32 = digits.chars().filter_map(|digit| digit.to_digit(10)).zip(weights).map(|(d, w)| d * w).sum();
    format!("{digits}{}", sum % 11 % 10)
}

fn ogrn(number: usize) -> String {
    let digits = format!("{number:012}");
    format!("{digits}{}", number % 11 % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use intake::values::requisites;

    #[test]
    fn numbers_have_their_check_digits() {
        for number in [1, 7, 10, 4711, 99_999, 1_000_000] {
            assert_eq!(requisites::inn(&inn(number)), Some(inn(number)));
            assert_eq!(requisites::ogrn(&ogrn(number)), Some(ogrn(number)));
        }
    }
}
