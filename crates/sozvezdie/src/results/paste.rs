//! A block of cells copied from a spreadsheet into the sheet of a stage. Words of a result are read as the
//! import of protocols reads them; what cannot be read stays as it was written, with a word beside it.
//! Nothing is kept before a person has seen it.
use super::{
    sheet::{Said, SheetForm, Typed, heads},
    store::list::Entry,
};
use documents::{Cell, Row, Sheet, Value};
use intake::values::event::Outcome;
use kit::{
    form::Problems,
    text::{Message, name_key},
};

/// Lines and cells of a line that are looked at.
const LINES: usize = 2000;
const CELLS: usize = 30;
/// Letters of a cell.
const LENGTH: usize = 40;
/// Names that are listed when nobody of the stage bears them.
const NAMED: usize = 5;

/// The columns of the sheet, in its order.
const ORDER: [&str; 4] = ["score", "said", "degree", "place"];

impl Typed {
    /// Reads words where the sheet expects a choice or a number. True when something was read.
    pub fn read_words(&mut self) -> bool {
        let before = self.clone();
        // «н/я» often stands where the points would.
        if self.said.is_empty() && said(&self.score) == Some((Said::NoShow, None, None)) {
            self.said = std::mem::take(&mut self.score);
        }
        if self.said.parse::<Said>().is_err()
            && !self.said.is_empty()
            && let Some((read, degree, place)) = said(&self.said)
        {
            let agree =
                |typed: &str, told: Option<u32>| told.is_none_or(|n| typed.is_empty() || typed == n.to_string());
            if agree(&self.degree, degree) && agree(&self.place, place) {
                read.code().clone_into(&mut self.said);
                self.degree = degree.map_or_else(|| self.degree.clone(), |n| n.to_string());
                self.place = place.map_or_else(|| self.place.clone(), |n| n.to_string());
            }
        }
        if self.degree.parse::<i64>().is_err()
            && let Some(degree) = Outcome::parse("", &self.degree).and_then(|o| o.degree)
        {
            self.degree = degree.to_string();
        }
        if self.place.parse::<i64>().is_err()
            && let Some(place) = Outcome::parse(&self.place, "").and_then(|o| o.place)
        {
            self.place = place.to_string();
        }
        *self != before
    }
}

/// What words say of a result: the choice, the degree, the place. None when they cannot be told.
fn said(words: &str) -> Option<(Said, Option<u32>, Option<u32>)> {
    if words.to_lowercase().starts_with("дискв") {
        return Some((Said::Disqualified, None, None));
    }
    let told = Outcome::parse(words, "")?;
    let said = match told.status {
        "winner" => Said::Winner,
        "prize_winner" => Said::PrizeWinner,
        "laureate" => Said::Laureate,
        "diploma_holder" => Said::DiplomaHolder,
        "participant" => Said::Participant,
        "no_show" => Said::NoShow,
        _ => return None,
    };
    Some((said, told.degree, told.place))
}

/// The cells of a copied block: tabs and lines; a cell with a line break inside stands in quotes.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let lines = rows.len();
        let Some(row) = rows.last_mut() else { break };
        let count = row.len();
        let Some(cell) = row.last_mut() else { break };
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            _ if is_quoted => cell.push(if letter == '\n' { ' ' } else { letter }),
            '\t' if count < CELLS => row.push(String::new()),
            '\n' if lines < LINES => rows.push(vec![String::new()]),
            '\t' | '\n' | '\r' => {}
            _ => cell.push(letter),
        }
    }
    let tidy = |cell: String| cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let rows = rows.into_iter().map(|row| row.into_iter().map(tidy).collect::<Vec<_>>());
    rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
}

/// What each column is: told by a header, else by its place.
struct Columns {
    name: Option<usize>,
    fields: Vec<Option<&'static str>>,
    /// Rows of the header.
    skip: usize,
}

fn columns(rows: &[Vec<String>], entries: &[Entry]) -> Columns {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if let Some(asked) = header(rows) {
        let field = |column: usize| {
            let found = asked.columns.iter().find(|c| usize::from(c.column) == column)?;
            found.field
        };
        let fields = (0..width).map(|column| match field(column)? {
            "score" => Some("score"),
            "result" => Some("said"),
            "degree" => Some("degree"),
            "place" => Some("place"),
            _ => None,
        });
        let name = (0..width).find(|column| field(*column) == Some("learner"));
        return Columns { name, fields: fields.collect(), skip: asked.header_rows.len() };
    }
    let is_named = rows.iter().any(|row| row.first().is_some_and(|cell| whose(cell, entries).is_some()));
    let first = usize::from(is_named);
    let fields = (0..width).map(|column| column.checked_sub(first).and_then(|at| ORDER.get(at)).copied());
    Columns { name: is_named.then_some(0), fields: fields.collect(), skip: 0 }
}

/// The header of the block, where its first line is one.
fn header(rows: &[Vec<String>]) -> Option<intake::blank::Asked> {
    let row = |(number, cells): (u32, &Vec<String>)| Row {
        number,
        hidden: false,
        cells: (0_u16..)
            .zip(cells)
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| Cell { value: Value::Text(text.as_str().into()), column, formula: false })
            .collect(),
    };
    let sheet = Sheet { rows: (1..).zip(rows.iter().take(3)).map(row).collect(), ..Sheet::default() };
    let asked = intake::blank::asked(&sheet)?;
    let known = asked.columns.iter().filter(|c| matches!(c.field, Some("learner" | "score" | "result" | "place")));
    (asked.header_rows.first() == Some(&1) && known.count() >= 2).then_some(asked)
}

/// The row of the one child of this name.
fn whose<'e>(name: &str, entries: &'e [Entry]) -> Option<&'e Entry> {
    let key = name_key(name);
    if key.len() < 4 {
        return None;
    }
    let mut found = heads(entries).filter(|e| {
        let known = e.name.as_deref().map(name_key).unwrap_or_default();
        known == key || known.strip_prefix(&key).is_some_and(|rest| rest.starts_with(' ') && key.contains(' '))
    });
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Puts a block into the sheet: by the names in it, else from the first row on. Every cell that cannot
/// be read is named at its place.
pub fn put(form: &mut SheetForm, text: &str, entries: &[Entry]) -> Problems {
    let mut problems = Problems::default();
    let rows = cells(text);
    if rows.is_empty() {
        problems.add("table", Message::new("results-paste-empty"));
        return problems;
    }
    let columns = columns(&rows, entries);
    let open: Vec<&Entry> = heads(entries).filter(|e| e.may_be_typed()).collect();
    let (mut strangers, mut closed) = (Vec::new(), 0);
    for (at, row) in rows.iter().skip(columns.skip).enumerate() {
        let entry = match columns.name {
            Some(column) => {
                let name = row.get(column).map(String::as_str).unwrap_or_default();
                match whose(name, entries) {
                    Some(entry) => entry,
                    None => {
                        strangers.push(name.chars().take(LENGTH).collect::<String>());
                        continue;
                    }
                }
            }
            None => match open.get(at) {
                Some(entry) => entry,
                None => {
                    strangers.push(row.first().cloned().unwrap_or_default().chars().take(LENGTH).collect());
                    continue;
                }
            },
        };
        if !entry.may_be_typed() {
            closed += 1;
            continue;
        }
        let typed = form.rows.entry(entry.id.to_string()).or_default();
        for (cell, field) in row.iter().zip(&columns.fields) {
            let text: String = cell.chars().take(LENGTH).collect();
            match field {
                Some("score") => typed.score = text,
                Some("said") => typed.said = text,
                Some("degree") => typed.degree = text,
                Some("place") => typed.place = text,
                _ => {}
            }
        }
        typed.read_words();
    }
    tell(&mut problems, &strangers, closed);
    problems
}

fn tell(problems: &mut Problems, strangers: &[String], closed: usize) {
    if !strangers.is_empty() {
        let names = strangers.iter().take(NAMED).map(|name| format!("«{name}»")).collect::<Vec<_>>().join(", ");
        let message = Message::new("results-paste-strangers").with("count", strangers.len()).with("names", names);
        problems.add("table", message);
    } else if closed > 0 {
        problems.add("table", Message::new("results-paste-closed").with("count", closed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(score: &str, said: &str, degree: &str, place: &str) -> Typed {
        let mut typed = Typed { said: said.into(), degree: degree.into(), place: place.into(), score: score.into() };
        typed.read_words();
        typed
    }

    #[test]
    fn words_are_read_as_the_import_reads_them() {
        for (words, code, degree, place) in [
            ("1 место", "winner", "", "1"),
            ("Диплом II ст.", "prize_winner", "2", ""),
            ("призёр", "prize_winner", "", ""),
            ("н/я", "no_show", "", ""),
            ("Победитель", "winner", "", ""),
            ("дисквалификация", "disqualified", "", ""),
            ("winner", "winner", "", ""),
        ] {
            let typed = read("", words, "", "");
            assert_eq!(
                (typed.said.as_str(), typed.degree.as_str(), typed.place.as_str()),
                (code, degree, place),
                "{words}"
            );
        }
        assert_eq!(read("н/я", "", "", "").said, "no_show");
        assert_eq!(
            read("12,5", "", "II", "3 место"),
            Typed { score: "12,5".into(), degree: "2".into(), place: "3".into(), said: String::new() }
        );
    }

    #[test]
    fn what_is_unknown_or_at_odds_stays_as_it_was_written() {
        assert_eq!(read("", "молодец", "", "").said, "молодец");
        assert_eq!(read("", "1 место", "", "2").said, "1 место");
        assert_eq!(read("много", "", "", "").score, "много");
    }

    #[test]
    fn a_block_has_cells_with_quotes_and_line_breaks() {
        assert_eq!(cells("а\tб\r\n\"в\nг\"\t\"д\"\"е\"\n\n"), [["а", "б"], ["в г", "д\"е"]]);
        assert!(cells(" \n\t\n").is_empty());
    }
}
