//! The seventy organisations. School names are public; the rest carry the badge «условное
//! название». Addresses, telephones and coordinates are made up.
use crate::organisations::{self, Focus, Kind, OrganisationDraft, OrganisationId, OrganisationState};
use kit::{Fault, Visit, db::Tx};

/// An organisation of the demo as others of the demo find it.
pub struct Placed {
    pub id: OrganisationId,
    pub short_name: String,
}

/// Schools whose names are public (`domain.md` §8), the core organisation first.
const SCHOOLS: [&str; 28] = [
    "Майская гимназия",
    "Разуменская СОШ №\u{a0}1",
    "Разуменская СОШ №\u{a0}2",
    "Разуменская СОШ №\u{a0}3",
    "Беловская СОШ",
    "Беломестненская СОШ",
    "Бессоновская СОШ",
    "Ближнеигуменская СОШ",
    "Веселолопанская СОШ",
    "Головинская СОШ",
    "Дубовская СОШ",
    "Журавлёвская СОШ",
    "Комсомольская СОШ",
    "Крутоложская СОШ",
    "Краснооктябрьская СОШ",
    "Мясоедовская СОШ",
    "Никольская СОШ",
    "Новосадовская СОШ",
    "Октябрьская СОШ",
    "Пушкарская СОШ",
    "Солохинская СОШ",
    "Стрелецкая СОШ",
    "Тавровская СОШ",
    "Хохловская СОШ",
    "Щетиновская СОШ",
    "Яснозоренская СОШ",
    "Северная СОШ №\u{a0}1",
    "Северная СОШ №\u{a0}2",
];

/// Full and short name, focuses, and what the source text says of it.
type Additional = (&'static str, &'static str, &'static [Focus], &'static str);

const ADDITIONAL: [Additional; 5] = [
    (
        "Муниципальное бюджетное учреждение дополнительного образования «Детский оздоровительно-образовательный (спортивный) центр Белгородского района Белгородской области»",
        "Детский оздоровительно-образовательный центр",
        &[Focus::Sport, Focus::Tourism],
        "",
    ),
    (
        "Муниципальное учреждение дополнительного образования «Станция юных натуралистов Белгородского района Белгородской области»",
        "Станция юных натуралистов",
        &[Focus::NaturalScience, Focus::Artistic, Focus::Social],
        "Основу образовательной программы составляют общеразвивающие программы естественнонаучной, художественной и социально-гуманитарной направленности. С одарёнными детьми и членами научного общества обучающихся «Биотоп» работают по индивидуальным образовательным маршрутам.",
    ),
    (
        "Муниципальное учреждение дополнительного образования «Станция юных техников Белгородского района Белгородской области»",
        "Станция юных техников",
        &[Focus::Technical],
        "",
    ),
    (
        "Муниципальное учреждение дополнительного образования «Центр детского творчества Белгородского района Белгородской области»",
        "Центр детского творчества",
        &[Focus::Artistic, Focus::Social],
        "",
    ),
    (
        "Муниципальное автономное учреждение дополнительного образования «Центр технологического образования Белгородского района Белгородской области»",
        "Центр технологического образования",
        &[Focus::Technical],
        "",
    ),
];

/// Writes the seventy, in one transaction.
pub async fn organisations(tx: &mut Tx, visit: &Visit) -> Result<Vec<Placed>, Fault> {
    let mut placed = Vec::with_capacity(70);
    for (i, short) in SCHOOLS.iter().enumerate() {
        let mut draft = blank(Kind::General, short, i);
        draft.name = if i == 0 {
            "Муниципальное общеобразовательное учреждение «Майская гимназия Белгородского района Белгородской области»"
                .into()
        } else {
            short.replace("СОШ", "средняя общеобразовательная школа")
        };
        draft.subkind = Some(
            if i == 0 {
                "гимназия"
            } else {
                "средняя общеобразовательная школа"
            }
            .into(),
        );
        if i == 0 {
            draft.about = Some(
                "Базовая организация Центра для одарённых детей: Центр создан приказом управления образования № 1017 от 14 октября 2010 года.".into(),
            );
        }
        placed.push(add(tx, visit, draft).await?);
    }
    for number in 1..=6 {
        let short = format!("Школа (демо) №\u{a0}{number:02}");
        let mut draft = blank(Kind::General, &short, SCHOOLS.len() + number);
        draft.subkind = Some("основная общеобразовательная школа".into());
        draft.synthetic_name = true;
        placed.push(add(tx, visit, draft).await?);
    }
    for number in 1..=31 {
        let short = format!("Детский сад (демо) №\u{a0}{number:02}");
        let mut draft = blank(Kind::Preschool, &short, 40 + number);
        draft.subkind = Some("детский сад".into());
        draft.synthetic_name = true;
        placed.push(add(tx, visit, draft).await?);
    }
    for (i, (name, short, focuses, about)) in ADDITIONAL.iter().enumerate() {
        let mut draft = blank(Kind::Additional, short, 80 + i);
        draft.name = (*name).into();
        draft.focuses = focuses.to_vec();
        draft.about = (!about.is_empty()).then(|| (*about).to_owned());
        placed.push(add(tx, visit, draft).await?);
    }
    Ok(placed)
}

async fn add(tx: &mut Tx, visit: &Visit, draft: OrganisationDraft) -> Result<Placed, Fault> {
    let id = organisations::insert(tx, visit, &draft, OrganisationState::Active).await?;
    Ok(Placed { id, short_name: draft.short_name })
}

/// Made-up settlements and streets, in the manner of the samples.
const PLACES: [&str; 6] =
    ["с. Примерное", "п. Образцовка-Демо", "с. Макетное", "х. Тестовый", "с. Условное", "п. Учебный"];
const STREETS: [&str; 5] = ["ул. Школьная", "ул. Демонстрационная", "пер. Примерный", "пр-т Учебный", "ул. Условная"];
const HEADS: [&str; 6] = [
    "Демонова Анна Учебновна",
    "Примеров Пётр Ильич",
    "Образцова Ольга Макетовна",
    "Условная Алёна Игоревна",
    "Макетов Семён Олегович",
    "Тестова Ирина Юрьевна",
];

/// Where the made-up points lie around, in degrees.
const MIDDLE: (f64, f64) = (50.56, 36.60);

fn pick<const N: usize>(from: &[&'static str; N], i: usize) -> &'static str {
    from.get(i % N).copied().unwrap_or_default()
}

/// Everything of an organisation that is made up, different for each `i` and the same each time.
fn blank(kind: Kind, short: &str, i: usize) -> OrganisationDraft {
    // A sunflower: even spread without chance. `i` stays below a hundred.
    #[expect(clippy::cast_precision_loss, reason = "a small whole number")]
    let n = i as f64 + 1.0;
    let (radius, angle) = (0.032 * n.sqrt(), n * 2.399_963);
    let round = |degrees: f64| (degrees * 10_000.0).round() / 10_000.0;
    OrganisationDraft {
        kind,
        subkind: None,
        name: short.into(),
        short_name: short.into(),
        inn: None,
        kpp: None,
        ogrn: None,
        licence: None,
        address: Some(format!("{}, {}, {}", pick(&PLACES, i), pick(&STREETS, i / 2), i * 7 % 90 + 1)),
        latitude: Some(round(MIDDLE.0 + radius * angle.sin())),
        longitude: Some(round(MIDDLE.1 + 1.55 * radius * angle.cos())),
        phones: format!("+7000{:07}", 1_000_000 + i * 137),
        email: Some(format!("org{i:02}@example.invalid")),
        site: None,
        head_name: Some(pick(&HEADS, i * 5 + i / 6).into()),
        about: None,
        synthetic_name: false,
        focuses: Vec::new(),
    }
}
