//! What a table that waits to be filled asks for: its header, the meaning of its columns, of the labels in its
//! rows. A blank has no values to judge by, so only its words speak.

use documents::{Sheet, Value};

use crate::kind::Field;
use crate::table::{Lexicon, best_header, header_key, is_counter, shaped_header};
use crate::values::{event, text::clean};

/// The least that words must say to be taken for a field.
const ENOUGH: u32 = 64;

/// Facts of organisations, children, events and results, and the counts that blanks ask for.
pub const FIELDS: &[Field] = &[
    Field::new("number", &["№", "№ пп", "номер пп", "пп"]).anchor(),
    Field::new(
        "organisation",
        &[
            "организац",
            "школ",
            "оо",
            "оу",
            "оуо",
            "образовательн организац",
            "образовательн учрежден",
            "учрежден",
            "наименован оо",
            "наименован оу",
            "наименован организац",
            "наименован образовательн",
            "место обучен",
            "место учеб",
            "краткое наименован",
        ],
    )
    .anchor(),
    Field::new("organisation_full", &["полн наименован"]).anchor(),
    Field::new("head", &["руководител организац", "директор", "фио руководител", "руководител оо", "фио директор"])
        .anchor(),
    Field::new("address", &["адрес"]).anchor(),
    Field::new("phone", &["телефон"]).anchor(),
    Field::new("email", &["е mail", "электрон почт", "email", "адрес электрон"]).anchor(),
    Field::new("inn", &["инн"]).anchor(),
    Field::new(
        "learner",
        &[
            "фио",
            "фамилия имя отчество",
            "фамилия имя",
            "фио участник",
            "фио обучающ",
            "фио учащ",
            "фио ребен",
            "фио победител",
            "фио призер",
            "участник",
            "обучающ",
            "учащ",
            "ребенок",
            "победител призер",
        ],
    )
    .anchor(),
    Field::new("last_name", &["фамил"]).anchor(),
    Field::new("first_name", &["имя"]).anchor(),
    Field::new("patronymic", &["отчеств"]).anchor(),
    Field::new("birth_date", &["дата рожд", "др", "год рожд", "день рожд"]).anchor(),
    Field::new("class", &["класс", "класс обучен"]).anchor(),
    Field::new("age", &["возраст", "полных лет"]).anchor(),
    Field::new(
        "event",
        &[
            "мероприят",
            "наименован мероприят",
            "названи мероприят",
            "конкурс",
            "названи конкурс",
            "наименован конкурс",
            "олимпиад",
            "наименован олимпиад",
            "названи олимпиад",
            "соревнован",
            "событи",
        ],
    )
    .anchor(),
    Field::new("level", &["уровень", "уровен", "статус мероприят", "уровень мероприят"]).anchor(),
    Field::new("stage", &["этап"]).anchor(),
    Field::new("format", &["формат", "форма участ", "форма проведен", "очно заочно", "очн заочн"]).anchor(),
    Field::new("subject", &["предмет", "направлен", "дисциплин", "секци"]).anchor(),
    Field::new("list", &["перечен", "перечн"]).anchor(),
    Field::new("year", &["учебн год", "год"]).anchor(),
    Field::new("date", &["дата проведен", "срок проведен", "дата мероприят", "дата участ", "дата", "сроки"]).anchor(),
    Field::new("place_held", &["место проведен"]).anchor(),
    Field::new("organiser", &["организатор"]).anchor(),
    Field::new("result", &["результат", "результат участ", "итог", "статус", "статус участ", "достижен", "диплом"])
        .anchor(),
    Field::new("degree", &["степень", "степень диплом", "диплом степен"]).anchor(),
    Field::new("place", &["место", "занят место", "призовое место"]).anchor(),
    Field::new("score", &["балл", "набран балл", "количество балл", "кол во балл"]).anchor(),
    Field::new("document", &["документ", "реквизит", "основан", "приказ", "подтвержда"]).anchor(),
    Field::new(
        "pedagogue",
        &["педагог", "учител", "наставник", "подготовивш", "фио педагог", "фио учител", "фио наставник", "руководител"],
    )
    .anchor(),
    Field::new(
        "events",
        &[
            "количество мероприят",
            "кол во мероприят",
            "число мероприят",
            "всего мероприят",
            "количество конкурс",
            "кол во конкурс",
        ],
    )
    .anchor(),
    Field::new(
        "prize_events",
        &[
            "мероприят с приз",
            "мероприят в которых",
            "результативных мероприят",
            "количество результативн",
            "количество мероприят с приз",
            "количество мероприят с победител",
            "кол во мероприят с приз",
        ],
    )
    .anchor(),
    Field::new(
        "prize_share",
        &[
            "дол мероприят",
            "доля мероприят",
            "доля призовых мероприят",
            "доля результативн",
            "процент мероприят",
            "доля мероприят с приз",
            "результативность",
            "к1",
            "k1",
        ],
    )
    .anchor(),
    Field::new(
        "participations",
        &["количество участий", "кол во участий", "число участий", "всего участий", "участий"],
    )
    .anchor(),
    Field::new(
        "prize_participations",
        &[
            "победител и призер",
            "количество победител и призер",
            "кол во победител и призер",
            "призовых участий",
            "победителей и призеров",
            "число победител и призер",
        ],
    )
    .anchor(),
    Field::new("participation_share", &["доля призовых участий", "доля участий", "к2", "k2"]).anchor(),
    Field::new(
        "children",
        &[
            "количество участник",
            "кол во участник",
            "число участник",
            "всего участник",
            "участник чел",
            "количество обучающ",
            "кол во обучающ",
            "количество детей",
            "кол во детей",
            "приняли участие",
            "численность участник",
            "численность",
            "количество учащ",
            "охват",
            "участвовал",
            "чел участ",
        ],
    )
    .anchor(),
    Field::new(
        "prize_children",
        &[
            "количество детей призер",
            "количество детей победител",
            "детей с приз",
            "количество обучающ победител",
            "количество обучающ призер",
            "обучающ ставших победител",
            "число детей победител",
        ],
    )
    .anchor(),
    Field::new(
        "children_share",
        &["доля победител", "доля призер", "доля детей", "доля обучающ", "процент победител", "к3", "k3"],
    )
    .anchor(),
    Field::new("winners", &["победител", "количество победител", "кол во победител", "число победител"]).anchor(),
    Field::new("prize_winners", &["призер", "количество призер", "кол во призер", "число призер"]).anchor(),
    Field::new(
        "prize_places",
        &["призовых мест", "количество призовых мест", "кол во призовых мест", "призов мест", "к4", "k4"],
    )
    .anchor(),
    Field::new("pending", &["ожида результат", "результат ожида", "без результат"]).anchor(),
    Field::new("indicator", &["показател", "наименован показател", "индикатор", "критери"]).anchor(),
    Field::new("value", &["значен", "значен показател", "факт", "фактическ", "количество", "кол во", "всего", "итого"])
        .anchor(),
];

/// A column of a blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// From 0.
    pub column: u16,
    /// Its titles from upper to leaf.
    pub parts: Vec<String>,
    /// The field that its words speak of.
    pub field: Option<&'static str>,
    /// The level that its words name: a blank may ask for each level in a column of its own.
    pub level: Option<&'static str>,
}

impl Wanted {
    /// `upper / leaf`.
    #[must_use]
    pub fn title(&self) -> String {
        self.parts.join(" / ")
    }
}

/// What a blank asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Rows of the header.
    pub header_rows: Vec<u32>,
    /// The row under the header, and under the numbers of columns where there are some.
    pub first_row: u32,
    /// Its columns.
    pub columns: Vec<Wanted>,
}

impl Asked {
    /// The shape of the header: equal for tables that ask the same in the same order.
    #[must_use]
    pub fn shape(&self) -> String {
        let titles = self.columns.iter().map(|c| c.parts.iter().map(|p| header_key(p)).collect::<Vec<_>>().join("/"));
        titles.collect::<Vec<_>>().join("|")
    }
}

/// The header of a sheet and what its columns mean. None where nothing looks like a header.
#[must_use]
pub fn asked(sheet: &Sheet) -> Option<Asked> {
    let lexicon = Lexicon::new(FIELDS, &[]);
    let known = best_header(sheet, FIELDS, &lexicon);
    let (header_rows, titles) = known.or_else(|| shaped_header(sheet))?;
    let last = *header_rows.last()?;
    let columns = titles
        .into_iter()
        .map(|(column, parts)| {
            let (field, level) = meaning(&lexicon, &parts);
            Wanted { column, parts, field, level }
        })
        .collect();
    Some(Asked { header_rows, first_row: after_numbers(sheet, last + 1), columns })
}

/// Fields that are counted, and may be asked for by level or year.
#[must_use]
pub fn is_counted(field: &str) -> bool {
    matches!(
        field,
        "events"
            | "prize_events"
            | "prize_share"
            | "participations"
            | "prize_participations"
            | "participation_share"
            | "children"
            | "prize_children"
            | "children_share"
            | "winners"
            | "prize_winners"
            | "prize_places"
            | "pending"
            | "value"
    )
}

/// The counted field that a label in a row speaks of, and the level it names.
#[must_use]
pub fn indicator(text: &str) -> Option<(&'static str, Option<&'static str>)> {
    let parts = [clean(text)];
    let field = field(&Lexicon::new(FIELDS, &[]), &parts).filter(|code| is_counted(code) && *code != "value")?;
    Some((field, level(&parts)))
}

/// Whether a label sums up the rows above it.
#[must_use]
pub fn is_total(text: &str) -> bool {
    crate::table::words(text).first().is_some_and(|word| matches!(word.as_str(), "итого" | "всего"))
}

fn field(lexicon: &Lexicon, parts: &[String]) -> Option<&'static str> {
    if parts.last().is_some_and(|leaf| is_counter(leaf)) {
        return Some("number");
    }
    let found = lexicon.matches(parts).into_iter().max_by_key(|(place, score)| (*score, std::cmp::Reverse(*place)));
    found.filter(|(_, score)| *score >= ENOUGH).and_then(|(place, _)| FIELDS.get(place)).map(|field| field.code)
}

/// What a column asks for, and of which level.
fn meaning(lexicon: &Lexicon, parts: &[String]) -> (Option<&'static str>, Option<&'static str>) {
    let own = field(lexicon, parts);
    // «Всего» under «Количество победителей» asks for these, and not for a value of its own.
    let own = match own {
        Some("value") => upper_field(lexicon, parts).or(own),
        other => other,
    };
    if own.is_some_and(is_counted) {
        return (own, level(parts));
    }
    let Some(leaf) = parts.last() else { return (own, None) };
    // «Муниципальный уровень» under «Победителей» asks for these of that level: it is no column of levels.
    if let (Some(upper), Some(of)) = (upper_field(lexicon, parts), only_level(leaf)) {
        return (Some(upper), Some(of));
    }
    match (own, only_level(leaf)) {
        // Standing alone it still names one level, of a count that only the rows can tell.
        (None | Some("level" | "stage" | "organisation"), Some(of)) if is_level_alone(leaf) => (None, Some(of)),
        (None, _) => (None, level(parts)),
        _ => (own, None),
    }
}

/// The counted field that the titles above a leaf speak of.
fn upper_field(lexicon: &Lexicon, parts: &[String]) -> Option<&'static str> {
    let (_, upper) = parts.split_last()?;
    field(lexicon, upper).filter(|code| is_counted(code))
}

/// The one level that a title names; none where it lists several to choose from.
fn only_level(title: &str) -> Option<&'static str> {
    let named: std::collections::BTreeSet<&'static str> =
        crate::table::words(title).iter().filter_map(|word| level(std::slice::from_ref(word))).collect();
    named.first().copied().filter(|_| named.len() == 1)
}

/// Whether a title says nothing but a level: «Муниципальный этап», «на региональном уровне».
fn is_level_alone(title: &str) -> bool {
    let words = crate::table::words(title);
    let is_filling = |word: &String| {
        ["уров", "этап"].iter().any(|stem| word.starts_with(stem)) || matches!(word.as_str(), "на" | "в" | "чел" | "ед")
    };
    words.iter().all(|word| is_filling(word) || level(std::slice::from_ref(word)).is_some())
}

/// The level that titles name in full words: «школа» is none.
fn level(parts: &[String]) -> Option<&'static str> {
    let words = parts.iter().rev().flat_map(|part| crate::table::words(part));
    words
        .filter(|word| {
            ["школьн", "муницип", "межмуниц", "региональн", "межрегион", "всеросс", "междунар", "областн", "заключит"]
                .iter()
                .any(|stem| word.starts_with(stem))
        })
        .find_map(|word| if word.starts_with("заключит") { Some("national") } else { event::level(&word) })
}

/// The first row under the header that does not merely number the columns.
fn after_numbers(sheet: &Sheet, first: u32) -> u32 {
    let Some(row) = sheet.rows.iter().find(|row| row.number == first) else { return first };
    let numbers: Vec<Option<f64>> = row
        .cells
        .iter()
        .map(|cell| match &cell.value {
            Value::Number(n) => Some(*n),
            Value::Text(text) => text.trim().trim_end_matches('.').parse().ok(),
            _ => None,
        })
        .collect();
    let rising = numbers.windows(2).all(|pair| matches!(pair, [Some(a), Some(b)] if (b - a - 1.0).abs() < 1e-9));
    let begins = matches!(numbers.first(), Some(Some(one)) if *one <= 2.0);
    if numbers.len() > 1 && rising && begins { first + 1 } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::{Limits, read};

    fn of(text: &str) -> Asked {
        asked(&read(text.as_bytes(), None, &Limits::default()).unwrap().sheets[0]).unwrap()
    }

    fn fields(text: &str) -> Vec<&'static str> {
        of(text).columns.iter().map(|c| c.field.unwrap_or("?")).collect()
    }

    #[test]
    fn columns_of_a_list_of_children() {
        let text = "Сведения о победителях\n№ п/п;Ф.И.О. участника;Дата рождения;Класс;ОО;Наименование мероприятия;Уровень;Результат;ФИО педагога;Примечание\n";
        assert_eq!(
            fields(text),
            ["number", "learner", "birth_date", "class", "organisation", "event", "level", "result", "pedagogue", "?"]
        );
        assert_eq!(of(text).first_row, 3);
    }

    #[test]
    fn columns_of_counts_and_numbers_under_them() {
        let text = "Школа;Количество участников;Количество победителей;Кол-во призёров;Доля мероприятий с призами, %\n1;2;3;4;5\n";
        assert_eq!(fields(text), ["organisation", "children", "winners", "prize_winners", "prize_share"]);
        assert_eq!(of(text).first_row, 3);
    }

    #[test]
    fn a_level_in_the_header_is_the_level_asked_for() {
        let text = "Школа;Количество участников;;\n;школьный этап;муниципальный этап;региональный\n";
        let asked = of(text);
        assert_eq!(asked.header_rows, [1, 2]);
        let told: Vec<_> = asked.columns.iter().map(|c| (c.field, c.level)).collect();
        let children = Some("children");
        assert_eq!(
            told,
            [
                (Some("organisation"), None),
                (children, Some("school")),
                (children, Some("municipal")),
                (children, Some("regional"))
            ]
        );
    }

    #[test]
    fn a_level_under_a_count_is_no_column_of_levels() {
        let text = "№ п/п;Школа;Количество победителей;;;Всего участников\n;;муниципальный уровень;региональный уровень;всего;\n";
        let told: Vec<_> = of(text).columns.iter().map(|c| (c.field, c.level)).collect();
        let winners = Some("winners");
        assert_eq!(
            told,
            [
                (Some("number"), None),
                (Some("organisation"), None),
                (winners, Some("municipal")),
                (winners, Some("regional")),
                (winners, None),
                (Some("children"), None),
            ]
        );
        let told: Vec<_> = of("Показатель;Муниципальный уровень;Региональный уровень\n").columns;
        assert_eq!(
            told[1..].iter().map(|c| (c.field, c.level)).collect::<Vec<_>>(),
            [(None, Some("municipal")), (None, Some("regional"))]
        );
        // A school in the first row is no third level of the header.
        let asked = of("Школа;Количество участников;\n;муниципальный;региональный\nБеловская СОШ;;\nЗверинец;;\n");
        assert_eq!((asked.header_rows, asked.first_row), (vec![1, 2], 3));
        // Levels to choose from are a column of levels.
        assert_eq!(
            fields("Мероприятие;Уровень (муниципальный / региональный / всероссийский);Результат\n"),
            ["event", "level", "result"]
        );
    }

    #[test]
    fn a_header_in_unknown_words_is_found_by_its_shape() {
        let asked = of("Отчёт\n\nЗверь;Окрас;Кличка\n;;\n");
        assert_eq!(asked.header_rows, [3]);
        assert_eq!(asked.columns.len(), 3);
        assert!(asked.columns.iter().all(|c| c.field.is_none()));
    }

    #[test]
    fn labels_name_indicators_and_shapes_are_alike() {
        assert_eq!(indicator("Доля мероприятий с призовыми местами, %"), Some(("prize_share", None)));
        assert_eq!(
            indicator("Количество призовых мест на региональном уровне"),
            Some(("prize_places", Some("regional")))
        );
        assert_eq!(indicator("Беловская СОШ"), None);
        assert_eq!(of("ФИО;Класс\n").shape(), of("Ф. И. О.;класс\n").shape());
        assert_ne!(of("ФИО;Класс\n").shape(), of("ФИО;Возраст\n").shape());
    }
}
