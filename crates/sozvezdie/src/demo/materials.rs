//! Files of the demo's methodical resources, made up, and who adopts them.
use crate::{
    organisations,
    resources::{self, AdoptionState, Class, FileAccess},
};
use documents::write::{self, Column, Kind, Table};
use kit::{
    Fault, Visit,
    cursor::COUNTED,
    db::Tx,
    files::{Failure, Files, Settled},
};

const NOTES: [&str; 2] = ["Первая редакция.", "Добавлены задания для самопроверки и критерии оценки."];
const STEPS: [(AdoptionState, &str); 4] = [
    (AdoptionState::Study, "Смотрим на методическом объединении."),
    (AdoptionState::Trial, "Пробуем в двух шестых классах."),
    (AdoptionState::Adopted, "Работаем второе полугодие, детям нравится."),
    (AdoptionState::Refused, "Пока не хватает часов в плане."),
];

/// A plan of lessons as a workbook.
fn plan(name: &str, edition: usize) -> Result<Vec<u8>, Fault> {
    let columns = ["Занятие", "Что делаем", "Результат"].map(|title| Column::new(title, Kind::Text));
    let rows = (1..=6 + edition * 3).map(|n| {
        let words = [format!("Занятие {n}"), format!("Задание {n}, работа в парах"), "Запись в тетради".to_owned()];
        words.map(write::Field::from).into()
    });
    let table = Table {
        title: "План занятий".into(),
        columns: columns.into(),
        rows: rows.collect(),
        footer: vec![format!("{name} (демонстрационный образец)")],
        ..Table::default()
    };
    write::xlsx(&table).map_err(|e| Fault::Internal(e.into()))
}

async fn settled(visit: &Visit, files: &Files, name: &str, edition: usize) -> Result<Settled, Fault> {
    let bytes = plan(name, edition)?;
    let taken = files.take(visit.new_id(), &format!("{name}.xlsx"), &bytes).await;
    let received = taken.map_err(|failure| match failure {
        Failure::Refused(refused) => refused.into(),
        Failure::Fault(fault) => fault,
    })?;
    files.settle(&visit.net, received, visit.now).await
}

/// Gives every methodical resource its versions, its access and some who adopt it.
pub async fn files(visit: &Visit, files: &Files) -> Result<(), Fault> {
    let asked = resources::Asked { class: Class::Methodical.code().into(), ..resources::Asked::default() };
    let all = resources::list(visit, &asked, None, COUNTED).await?.items;
    let schools = organisations::active(&visit.net).await?;
    for (i, listed) in all.iter().enumerate() {
        let mut versions = Vec::new();
        for edition in 0..=i % 2 {
            versions.push(settled(visit, files, &listed.name, edition).await?);
        }
        let adopters: Vec<_> =
            schools.iter().filter(|o| o.id != listed.owner.0).skip(i * 5).step_by(7).take(i % 5).collect();
        let access = [FileAccess::Everyone, FileAccess::Network, FileAccess::Adopters].into_iter().cycle().nth(i);
        let work = async |tx: &mut Tx| {
            for (file, note) in versions.iter().zip(NOTES) {
                resources::put_version(tx, visit, listed.id, Some(note), file).await?;
            }
            resources::put_access(tx, visit, listed.id, access.unwrap_or(FileAccess::Network)).await?;
            for (school, (last, note)) in adopters.iter().zip(STEPS) {
                for state in way(last) {
                    resources::put_adoption(tx, visit, listed.id, school.id, *state, Some(note)).await?;
                }
            }
            Ok::<_, Fault>(())
        };
        visit.net.transact(work).await?;
    }
    Ok(())
}

/// The steps that lead there.
fn way(last: AdoptionState) -> &'static [AdoptionState] {
    use AdoptionState::{Adopted, Refused, Study, Trial};
    match last {
        Study => &[Study],
        Trial => &[Study, Trial],
        Adopted => &[Study, Trial, Adopted],
        Refused => &[Study, Refused],
    }
}
