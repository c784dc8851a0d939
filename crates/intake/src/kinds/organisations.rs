//! The registry of a network's organisations.

use documents::Value as Cell;

use crate::Context;
use crate::duplicates::{entries, equal_by, fingerprint, group, why_differs};
use crate::kind::{Facts, Field, Kind, RowView, RowWriter, Section};
use crate::reading::{Duplicates, Group, Severity, SheetReading};
use crate::value::Value;
use crate::values::contact::{email, phones, site};
use crate::values::organisation::{OrganisationKind, short_name};
use crate::values::requisites::{inn, kpp, ogrn};
use crate::values::text::{clean, is_letter, name_key};

/// `organisations`.
pub(crate) struct Organisations;

const FIELDS: &[Field] = &[
    Field::new(
        "name",
        &[
            "наименование оо",
            "наименование организац",
            "наименование учрежден",
            "наименование образовательн",
            "полное наименование",
            "полное название",
            "наименование",
            "название организац",
            "название учрежден",
            "название",
            "образовательная организац",
            "образовательное учрежден",
            "организация",
            "учреждение",
            "школа",
            "оо",
            "оу",
        ],
    )
    .anchor()
    .fitting(is_name),
    Field::new(
        "short_name",
        &[
            "краткое наименование",
            "краткое название",
            "сокращенное наименование",
            "сокращенное название",
            "короткое название",
        ],
    ),
    Field::new(
        "kind",
        &[
            "тип организац",
            "тип учрежден",
            "тип оо",
            "тип",
            "вид организац",
            "вид учрежден",
            "вид оо",
            "вид",
            "категория организац",
        ],
    )
    .fitting(is_kind),
    Field::new(
        "address",
        &[
            "фактический адрес",
            "адрес факт",
            "почтовый адрес",
            "адрес организац",
            "адрес",
            "место нахожден",
            "местонахожден",
            "юридический адрес",
        ],
    ),
    Field::new("phones", &["контактный телефон", "номер телефон", "телефон", "тел", "контакты"]).fitting(is_phone),
    Field::new(
        "email",
        &[
            "e mail",
            "email",
            "адрес электронной почты",
            "электронная почта",
            "электронный адрес",
            "эл почта",
            "эл адрес",
            "почта",
        ],
    )
    .fitting(is_email),
    Field::new("site", &["официальный сайт", "адрес сайта", "сайт", "интернет", "url", "web"]).fitting(is_site),
    Field::new("head", &["фио руководител", "фио директор", "руководител", "директор", "заведующ"]),
    Field::new("inn", &["инн"]),
    Field::new("kpp", &["кпп"]),
    Field::new("ogrn", &["огрн"]),
    Field::new("comment", &["комментари", "примечани", "дополнительные сведения"]),
];

fn shown(cell: &Cell) -> String {
    clean(&cell.to_string())
}

fn is_name(cell: &Cell) -> bool {
    let text = shown(cell);
    let letters = text.chars().filter(|letter| is_letter(*letter)).count();
    letters >= 3 && letters * 2 > text.chars().count() && !text.contains('@')
}

fn is_kind(cell: &Cell) -> bool {
    OrganisationKind::parse(&shown(cell)).is_some()
}

fn is_phone(cell: &Cell) -> bool {
    let digits = cell.to_string().chars().filter(char::is_ascii_digit).count();
    digits >= 5
}

fn is_email(cell: &Cell) -> bool {
    cell.to_string().contains('@')
}

fn is_site(cell: &Cell) -> bool {
    site(&cell.to_string()).is_some()
}

impl Kind for Organisations {
    fn code(&self) -> &'static str {
        "organisations"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn other_people(&self) -> &'static [&'static str] {
        &["ответственн", "заместител", "завхоз", "секретар", "исполнител"]
    }

    /// «Дошкольные учреждения» between the rows: the kind of all below.
    fn section(&self, text: &str) -> Option<Section> {
        let lower = text.to_lowercase();
        let plural = ["организации", "учреждения", "школы", "сады", "оо", "доо", "доу", "удо"];
        let is_heading = plural
            .iter()
            .any(|word| lower.split(' ').any(|known| known.trim_matches(|letter: char| !is_letter(letter)) == *word));
        let kind = OrganisationKind::parse(text).filter(|_| is_heading && !lower.contains(['«', '"', '№']))?;
        Some(Section { name: "kind", value: Value::text(kind.code()) })
    }

    fn value_names(&self, facts: &Facts<'_>) -> Vec<&'static str> {
        let always = ["name", "short_name", "kind"];
        let names = FIELDS.iter().map(|field| field.code);
        names.filter(|name| always.contains(name) || facts.has(name)).collect()
    }

    fn read_row(&self, row: &RowView<'_>, out: &mut RowWriter<'_>) {
        let name = row.text("name");
        if name.is_empty() {
            out.problem("name", "missing_name", Severity::Error, None);
        } else {
            let stated = row.text("short_name");
            out.set("short_name", Value::text(if stated.is_empty() { short_name(&name) } else { stated }));
            out.set("name", Value::text(name.as_str()));
        }
        read_kind(row, out, &name);
        for field in ["address", "head", "comment"] {
            out.set(field, Value::text(row.text(field)));
        }
        let stated = phones(&row.cell("phones").to_string(), row.facts.context.area_code.as_deref());
        if stated.has_bad {
            out.problem("phones", "bad_phone", Severity::Warning, row.raw("phones"));
        }
        out.set("phones", Value::texts(stated.good));
        read_checked(row, out, "email", "bad_email", email);
        read_checked(row, out, "inn", "bad_inn", inn);
        read_checked(row, out, "kpp", "bad_kpp", kpp);
        read_checked(row, out, "ogrn", "bad_ogrn", ogrn);
        out.set("site", site(&row.text("site")).into());
    }

    fn harmonise(&self, sheets: &mut [SheetReading], context: &Context) -> Vec<crate::reading::EventGroup> {
        super::one_writing(sheets, "short_name", &context.organisations);
        Vec::new()
    }

    fn duplicates(&self, sheets: &[SheetReading]) -> (Duplicates, Vec<Group>) {
        let entries = entries(sheets);
        let exact = equal_by(&entries, |(_, row)| Some(fingerprint(&row.values)));
        let text = |entry: &crate::duplicates::Entry<'_>, name| {
            entry.0.value(entry.1, name).and_then(Value::as_text).map(str::to_owned)
        };
        let mut near = Vec::new();
        for rows in equal_by(&entries, |entry| text(entry, "short_name").map(|name| name_key(&name))) {
            // One of each writing: equal rows are already named above.
            let mut different = rows.clone();
            different.dedup_by_key(|(_, row)| fingerprint(&row.values));
            let mut seen = Vec::new();
            different.retain(|(_, row)| {
                let own = fingerprint(&row.values);
                let new = !seen.contains(&own);
                seen.push(own);
                new
            });
            if let [first, second, ..] = different.as_slice() {
                let names = (text(first, "name").unwrap_or_default(), text(second, "name").unwrap_or_default());
                near.push(group(why_differs(&names.0, &names.1), &different));
            }
        }
        let exact = exact.iter().map(|rows| group("exact", rows)).collect();
        (Duplicates { exact, near }, Vec::new())
    }
}

fn read_kind(row: &RowView<'_>, out: &mut RowWriter<'_>, name: &str) {
    let stated = row.text("kind");
    let kind = if stated.is_empty() { OrganisationKind::parse(name) } else { OrganisationKind::parse(&stated) };
    match (kind, row.section) {
        (Some(kind), _) => out.set("kind", Value::text(kind.code())),
        (None, Some(section)) if stated.is_empty() => out.set("kind", section.value.clone()),
        (None, _) if stated.is_empty() && name.is_empty() => {}
        (None, _) => out.problem("kind", "unknown_type", Severity::Error, row.raw("kind")),
    }
}

/// A value that is either right or wrong.
fn read_checked(
    row: &RowView<'_>,
    out: &mut RowWriter<'_>,
    field: &'static str,
    code: &'static str,
    parse: fn(&str) -> Option<String>,
) {
    let text = row.text(field);
    if text.is_empty() {
        return;
    }
    let value = parse(&text);
    if value.is_none() {
        out.problem(field, code, Severity::Error, row.raw(field));
    }
    out.set(field, value.into());
}
