//! The text of a report: paragraphs with placeholders in braces, which figures are put into. Pure.
//!
//! `{доля мероприятий}` is a figure within a paragraph; `{таблица по уровням}` and `{диаграмма по
//! уровням}` stand on lines of their own. A line that begins with `# ` is a heading. The names are
//! Russian in every language of the interface, for so is the document.
use super::model::Kind;
use crate::figures::By;
use kit::text::Message;

kit::codes! {
    /// A figure or a name that is put into a sentence. The code is what stands between the braces.
    pub enum Place {
        Period = "период",
        Organisation = "организация",
        Events = "мероприятий",
        PrizeEvents = "мероприятий с призами",
        EventsShare = "доля мероприятий",
        Participations = "участий",
        PrizeParticipations = "участий с призом",
        ParticipationsShare = "доля участий",
        Children = "детей",
        PrizeChildren = "детей с призами",
        ChildrenShare = "доля детей",
        Places = "призовых мест",
        Pending = "ждут итогов",
        Compared = "сравнение",
        HandedIn = "сдали",
    }
}

/// By what a table or a chart may be, as one says it after «по».
const BY: [(&str, By); 7] = [
    ("годам", By::Year),
    ("уровням", By::Level),
    ("форматам", By::Format),
    ("перечням", By::List),
    ("предметам", By::Subject),
    ("классам", By::Class),
    ("организациям", By::Organisation),
];

const TABLE: &str = "таблица по ";
const CHART: &str = "диаграмма по ";

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    Words(String),
    Place(Place),
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Heading(Vec<Bit>),
    Paragraph(Vec<Bit>),
    Table(By),
    Chart(By),
}

/// The text that a report begins with.
pub fn usual(kind: Kind) -> &'static str {
    match kind {
        Kind::Centre => include_str!("../../../../templates/reports/centre.txt"),
        Kind::District => include_str!("../../../../templates/reports/district.txt"),
        Kind::Organisation => include_str!("../../../../templates/reports/organisation.txt"),
    }
    .trim_end()
}

/// Everything that may stand between braces, for the page of the form.
pub fn known(kind: Kind) -> Vec<String> {
    let places =
        Place::ALL.iter().filter(|p| kind == Kind::District || **p != Place::HandedIn).map(|p| p.code().to_owned());
    let by = BY.iter().filter(|(_, by)| kind != Kind::Organisation || *by != By::Organisation);
    let blocks = by.flat_map(|(words, _)| [format!("{TABLE}{words}"), format!("{CHART}{words}")]);
    places.chain(blocks).collect()
}

/// What stands between two braces.
enum Named {
    Place(Place),
    Block(Piece),
}

fn named(name: &str) -> Option<Named> {
    let by = |words: &str| BY.iter().find(|(known, _)| *known == words).map(|(_, by)| *by);
    if let Some(rest) = name.strip_prefix(TABLE) {
        return by(rest).map(|by| Named::Block(Piece::Table(by)));
    }
    if let Some(rest) = name.strip_prefix(CHART) {
        return by(rest).map(|by| Named::Block(Piece::Chart(by)));
    }
    name.parse().ok().map(Named::Place)
}

/// As people write it: in any case, with any blanks.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A name cut to what fits into a message.
fn shown(name: &str) -> String {
    name.trim().chars().take(60).collect()
}

/// The pieces of a text.
///
/// # Errors
/// What is wrong, naming the placeholder: it is unknown, is not closed, or needs a line of its own.
pub fn parse(text: &str) -> Result<Vec<Piece>, Message> {
    let mut pieces = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (is_heading, words) = match line.strip_prefix("# ") {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        pieces.push(piece(words, is_heading).map_err(|message| message.with("line", number + 1))?);
    }
    Ok(pieces)
}

fn piece(line: &str, is_heading: bool) -> Result<Piece, Message> {
    let mut bits = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        if before.contains('}') {
            return Err(Message::new("report-brace"));
        }
        let (name, then) = after.split_once('}').ok_or_else(|| Message::new("report-brace"))?;
        if name.contains('{') {
            return Err(Message::new("report-brace"));
        }
        match named(&tidy(name)) {
            None => return Err(Message::new("report-unknown-place").with("name", shown(name))),
            Some(Named::Block(block)) if before.is_empty() && then.is_empty() && bits.is_empty() && !is_heading => {
                return Ok(block);
            }
            Some(Named::Block(_)) => return Err(Message::new("report-place-alone").with("name", shown(name))),
            Some(Named::Place(place)) => {
                if !before.is_empty() {
                    bits.push(Bit::Words(before.to_owned()));
                }
                bits.push(Bit::Place(place));
            }
        }
        rest = then;
    }
    if rest.contains('}') {
        return Err(Message::new("report-brace"));
    }
    if !rest.is_empty() {
        bits.push(Bit::Words(rest.to_owned()));
    }
    Ok(if is_heading { Piece::Heading(bits) } else { Piece::Paragraph(bits) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> (String, Vec<(String, String)>) {
        let message = parse(text).unwrap_err();
        (message.key.into_owned(), message.values.into_iter().map(|(name, value)| (name.into_owned(), value)).collect())
    }

    #[test]
    fn what_stands_in_braces_is_a_figure_a_table_or_a_chart() {
        let pieces =
            parse("# Итоги\n\nДоля: { Доля  мероприятий }.\n{таблица по уровням}\n{Диаграмма по годам}").unwrap();
        let share = vec![Bit::Words("Доля: ".into()), Bit::Place(Place::EventsShare), Bit::Words(".".into())];
        assert_eq!(
            pieces,
            [
                Piece::Heading(vec![Bit::Words("Итоги".into())]),
                Piece::Paragraph(share),
                Piece::Table(By::Level),
                Piece::Chart(By::Year),
            ]
        );
    }

    #[test]
    fn an_unknown_placeholder_is_named_with_its_line() {
        let (key, values) = wrong("Первая строка\n\nДоля {доля счастья}");
        assert_eq!(key, "report-unknown-place");
        assert_eq!(values, [("name".into(), "доля счастья".into()), ("line".into(), "3".into())]);
        assert_eq!(wrong("{таблица по звёздам}").0, "report-unknown-place");
        assert_eq!(wrong("{}").0, "report-unknown-place");
    }

    #[test]
    fn a_brace_without_its_pair_is_refused_and_a_table_wants_its_own_line() {
        for text in ["{период", "период}", "}{период}", "{период} }", "{{период}}", "{пери{од}"]
        {
            assert_eq!(wrong(text).0, "report-brace", "{text}");
        }
        for text in [
            "Вот: {таблица по уровням}",
            "{таблица по уровням}.",
            "{период}{диаграмма по годам}",
            "# {таблица по годам}",
        ] {
            assert_eq!(wrong(text).0, "report-place-alone", "{text}");
        }
    }

    #[test]
    fn every_usual_text_and_every_known_name_is_understood() {
        for kind in Kind::ALL {
            assert!(parse(usual(*kind)).is_ok(), "{kind:?}");
            for name in known(*kind) {
                assert!(parse(&format!("{{{name}}}")).is_ok(), "{name}");
            }
        }
    }
}
