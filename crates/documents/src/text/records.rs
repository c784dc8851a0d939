//! Records of a delimited text, read as leniently as the programs that wrote them are careless: a quote in
//! the middle of a cell is a letter, a quote that never closes is one too.

const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// Records looked at for the delimiter.
const SAMPLE: usize = 200;

/// Characters of one quoted cell; beyond them the opening quote is taken for a letter, so that one stray
/// quote does not swallow the file.
const LONGEST_QUOTED: usize = 32_767;

/// The delimiter of a first line `sep=;`, and the text after that line.
pub(super) fn declared_delimiter(text: &str) -> (Option<char>, &str) {
    let Some(rest) = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP=")) else {
        return (None, text);
    };
    let mut letters = rest.chars();
    let Some(delimiter) = letters.next() else {
        return (None, text);
    };
    let after = letters.as_str();
    match after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])) {
        Some(rows) => (Some(delimiter), rows),
        None => (None, text),
    }
}

/// The character that divides most records into the same number of cells; `None` for one column.
pub(super) fn guess_delimiter(text: &str) -> Option<char> {
    let weigh = |delimiter: char| {
        let mut widths: Vec<usize> = Records::new(text, Some(delimiter))
            .take(SAMPLE)
            .filter(|record| record.len() > 1 || record.iter().any(|field| !field.is_empty()))
            .map(|record| record.len())
            .collect();
        let records = widths.len();
        widths.sort_unstable();
        let (usual, times) = widths
            .chunk_by(|one, other| one == other)
            .filter_map(|equal| Some((*equal.first()?, equal.len())))
            .filter(|(width, _)| *width > 1)
            .max_by_key(|(width, times)| (*times, *width))?;
        // Titles and signatures above and below the table have another width; half is enough.
        (times * 2 >= records).then_some((times * 100 / records, usual, delimiter))
    };
    DELIMITERS.into_iter().filter_map(weigh).max_by_key(|(share, usual, _)| (*share, *usual)).map(|(_, _, found)| found)
}

/// Records one after another. An empty line is a record of one empty cell, so that numbers stay true.
pub(super) struct Records<'a> {
    rest: &'a str,
    delimiter: Option<char>,
}

impl<'a> Records<'a> {
    pub(super) const fn new(text: &'a str, delimiter: Option<char>) -> Self {
        Self { rest: text, delimiter }
    }

    /// A quoted cell at the start of `rest`: its text and what follows its closing quote.
    fn quoted(&self) -> Option<(String, &'a str)> {
        let mut text = String::new();
        let mut rest = self.rest.strip_prefix('"')?;
        loop {
            let (piece, after) = rest.split_once('"')?;
            text.push_str(piece);
            if text.len() > LONGEST_QUOTED * 4 {
                return None;
            }
            match after.chars().next() {
                Some('"') => {
                    text.push('"');
                    rest = after.get(1..)?;
                }
                Some('\r' | '\n') | None => return Some((text, after)),
                Some(letter) if Some(letter) == self.delimiter => return Some((text, after)),
                // «"Ладья" по шахматам» was never meant to be quoted.
                Some(_) => return None,
            }
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let mut record = Vec::new();
        loop {
            let field = match self.quoted() {
                Some((text, after)) => {
                    self.rest = after;
                    text
                }
                None => {
                    let ends = |letter| letter == '\n' || letter == '\r' || Some(letter) == self.delimiter;
                    let end = self.rest.find(ends).unwrap_or(self.rest.len());
                    let (text, after) = self.rest.split_at(end);
                    self.rest = after;
                    text.to_owned()
                }
            };
            record.push(field);
            let mut letters = self.rest.chars();
            match letters.next() {
                Some('\r') => {
                    self.rest = letters.as_str().strip_prefix('\n').unwrap_or(letters.as_str());
                    return Some(record);
                }
                Some('\n') => {
                    self.rest = letters.as_str();
                    return Some(record);
                }
                Some(_) => self.rest = letters.as_str(),
                None => return Some(record),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, delimiter: char) -> Vec<Vec<String>> {
        Records::new(text, Some(delimiter)).collect()
    }

    #[test]
    fn quotes_lines_and_empty_records() {
        assert_eq!(records("a;\"1\"\"А\"\"\";c\r\n\r\n;x", ';'), [vec!["a", "1\"А\"", "c"], vec![""], vec!["", "x"]]);
        assert_eq!(records("\"one\ntwo\",b\rc", ','), [vec!["one\ntwo", "b"], vec!["c"]]);
        assert_eq!(records("a;", ';'), [vec!["a", ""]]);
    }

    #[test]
    fn careless_quotes_are_letters() {
        assert_eq!(records("\"Ладья\" по шахматам;2\nb;3", ';'), [vec!["\"Ладья\" по шахматам", "2"], vec!["b", "3"]]);
        assert_eq!(records("МОУ \"Дубовская\";1", ';'), [vec!["МОУ \"Дубовская\"", "1"]]);
        assert_eq!(records("\"never closed;1\nb;2", ';'), [vec!["\"never closed", "1"], vec!["b", "2"]]);
    }

    #[test]
    fn the_delimiter_is_the_steady_one() {
        assert_eq!(guess_delimiter("a;b;c\n1,5;2;3\n1,5;2,7;3\n"), Some(';'));
        assert_eq!(guess_delimiter("a\tb\n1; 2\t3\n"), Some('\t'));
        assert_eq!(guess_delimiter("Список\n\na,b\n1,2\n3,4\n"), Some(','));
        assert_eq!(guess_delimiter("Иванов\nПетров\n"), None);
        assert_eq!(declared_delimiter("sep=;\r\na;b"), (Some(';'), "a;b"));
    }
}
