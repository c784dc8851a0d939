//! The text of a schema step: fences, tokens, marks.

use std::fmt;

use super::{
    super::{Engine, Error, Result},
    Migration,
};

/// A step's text for one engine.
#[derive(Debug)]
pub(super) struct Script {
    pub parts: Vec<Part>,
    /// The tables it creates.
    pub tables: Vec<Table>,
}

/// A piece of a step.
#[derive(Debug)]
pub(super) struct Part {
    sql: String,
    /// Runs once for each network.
    pub each_network: bool,
}

impl Part {
    /// The text of a part that runs once.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// The text for one network, whose id stands in it as the literal `id`.
    pub fn for_network(&self, id: &str) -> String {
        self.sql.replace(NETWORK, id)
    }
}

/// Stands in a part for each network where the network's id belongs.
const NETWORK: &str = "{network}";

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// As it stands in the text, quotes included.
    pub name: String,
    pub mark: Mark,
}

/// Whose rows a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Dist,
    Ref,
    Local,
}

impl Mark {
    fn of_line(line: &str) -> Option<Mark> {
        match line.trim() {
            "-- dist" => Some(Mark::Dist),
            "-- ref" => Some(Mark::Ref),
            "-- local" => Some(Mark::Local),
            _ => None,
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Mark::Dist => "dist",
            Mark::Ref => "ref",
            Mark::Local => "local",
        })
    }
}

/// The text for `engine`, checked.
pub(super) fn script(step: &Migration, engine: Engine) -> Result<Script> {
    let mut script = Script { parts: Vec::new(), tables: Vec::new() };
    for (text, each_network) in fences(step.sql, engine)? {
        if each_network != text.contains(NETWORK) {
            return Err(Error::Other(format!("{NETWORK} belongs into «-- each network:», and only there")));
        }
        let (sql, mut tables) = part(&tokens(&text, engine)?, engine)?;
        script.tables.append(&mut tables);
        script.parts.push(Part { sql, each_network });
    }
    Ok(script)
}

/// One piece of the text, and the tables it creates.
fn part(sql: &str, engine: Engine) -> Result<(String, Vec<Table>)> {
    let words = words(sql);
    refuse_forbidden(&words)?;
    let mut tables = Vec::new();
    let mut strict = Vec::new();
    for (index, _) in words.iter().enumerate() {
        let Some((name, end)) = created_table(&words, index) else {
            continue;
        };
        let start = words.get(index).map_or(0, |w| w.at);
        let mut above = sql.get(..start).unwrap_or_default().lines().rev();
        let Some(mark) = above.find(|line| !line.trim().is_empty()).and_then(Mark::of_line) else {
            return Err(Error::Other(format!("no mark (-- dist, -- ref, -- local) directly above the table {name}")));
        };
        tables.push(Table { name: name.to_owned(), mark });
        strict.push(end);
    }
    let sql = if engine == Engine::Sqlite { with_strict(sql, &strict) } else { sql.to_owned() };
    Ok((sql, tables))
}

/// What is fenced, and for whom.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fence {
    Only(Engine),
    EachNetwork,
}

impl Fence {
    fn of_line(line: &str) -> Option<Fence> {
        match line.trim() {
            "-- sqlite:" => Some(Fence::Only(Engine::Sqlite)),
            "-- postgres:" => Some(Fence::Only(Engine::Postgres)),
            "-- each network:" => Some(Fence::EachNetwork),
            _ => None,
        }
    }
}

/// Leaves out what is fenced for the other engine, and takes apart what runs once for each
/// network (`true`) and what runs once.
fn fences(sql: &str, engine: Engine) -> Result<Vec<(String, bool)>> {
    let mut parts = vec![(String::new(), false)];
    let mut fence: Option<Fence> = None;
    for line in sql.lines() {
        match (Fence::of_line(line), line.trim() == "-- end", fence) {
            (Some(_), _, Some(_)) => return Err(Error::Other("a fence within a fence".to_owned())),
            (None, true, None) => return Err(Error::Other("«-- end» without a fence".to_owned())),
            (Some(opened), _, None) => {
                fence = Some(opened);
                if opened == Fence::EachNetwork {
                    parts.push((String::new(), true));
                }
            }
            (None, true, Some(closed)) => {
                fence = None;
                if closed == Fence::EachNetwork {
                    parts.push((String::new(), false));
                }
            }
            (None, false, inside) => {
                let other = matches!(inside, Some(Fence::Only(only)) if only != engine);
                if let Some((text, _)) = parts.last_mut().filter(|_| !other) {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    if fence.is_some() {
        return Err(Error::Other("a fence without «-- end»".to_owned()));
    }
    Ok(parts)
}

/// Puts the engine's words for the tokens.
fn tokens(sql: &str, engine: Engine) -> Result<String> {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let token =
            after.split_once('}').filter(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase()));
        // Braces that are no token are text, an empty JSON object say.
        let Some((name, following)) = token else {
            out.push('{');
            rest = after;
            continue;
        };
        let word = match (name, engine) {
            ("id" | "bytes", Engine::Sqlite) => "BLOB",
            ("id", Engine::Postgres) => "UUID",
            ("bytes", Engine::Postgres) => "BYTEA",
            ("int" | "time" | "bool", Engine::Sqlite) => "INTEGER",
            ("int" | "time", Engine::Postgres) => "BIGINT",
            ("bool", Engine::Postgres) => "BOOLEAN",
            ("real", Engine::Sqlite) => "REAL",
            ("real", Engine::Postgres) => "DOUBLE PRECISION",
            ("text" | "json", _) => "TEXT",
            ("ru", _) => "COLLATE ru",
            ("network", _) => NETWORK, // for later
            (unknown, _) => return Err(Error::Other(format!("unknown token {{{unknown}}}"))),
        };
        out.push_str(word);
        rest = following;
    }
    out.push_str(rest);
    Ok(out)
}

/// A word or a sign of the text outside comments and strings.
#[derive(Debug)]
struct Word<'a> {
    text: &'a str,
    at: usize,
}

impl Word<'_> {
    fn is(&self, keyword: &str) -> bool {
        self.text.eq_ignore_ascii_case(keyword)
    }
}

/// The words of a text without its comments, strings and dollar-quoted blocks.
fn words(sql: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = sql.get(at..).filter(|rest| !rest.is_empty()) {
        let length = token_length(rest);
        let text = rest.get(..length).unwrap_or(rest);
        let speaks = text.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '\'' | '$'))
            && !text.starts_with("--")
            && !text.starts_with("/*");
        if speaks {
            found.push(Word { text, at });
        }
        at += text.len();
    }
    found
}

/// The bytes of the token that `rest` (not empty) starts with.
fn token_length(rest: &str) -> usize {
    let through = |end: &str, from: usize| {
        rest.get(from..).and_then(|tail| tail.find(end)).map_or(rest.len(), |found| from + found + end.len())
    };
    let first = rest.chars().next().unwrap_or(' ');
    if rest.starts_with("--") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return through("*/", 2);
    }
    match first {
        // A doubled quote inside is read as two strings in a row, which comes to the same.
        '\'' => through("'", 1),
        '"' => through("\"", 1),
        '$' => match rest.get(1..).and_then(|tail| tail.split_once('$')) {
            Some((tag, _)) if tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => {
                let quote = format!("${tag}$");
                through(&quote, quote.len())
            }
            _ => 1,
        },
        c if c.is_alphanumeric() || c == '_' => {
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len())
        }
        c => c.len_utf8(),
    }
}

/// If a CREATE TABLE starts at `index`: the table's name, and where the statement ends.
fn created_table<'a>(words: &[Word<'a>], index: usize) -> Option<(&'a str, usize)> {
    let mut rest = words.get(index..)?.iter();
    rest.next().filter(|w| w.is("CREATE"))?;
    let mut word = rest.next()?;
    if word.is("UNLOGGED") || word.is("VIRTUAL") {
        word = rest.next()?;
    }
    if !word.is("TABLE") {
        return None; // an index; or a temporary table, which nobody else sees
    }
    let mut name = rest.next()?;
    if name.is("IF") {
        name = rest.nth(2)?; // NOT, EXISTS, the name
    }
    let end = rest.find(|w| w.text == ";").map_or_else(|| end_of_last(words), |w| w.at);
    Some((name.text, end))
}

fn end_of_last(words: &[Word<'_>]) -> usize {
    words.last().map_or(0, |w| w.at + w.text.len())
}

/// A step is one transaction of the migrator's, and a group of transactions shares one COMMIT.
fn refuse_forbidden(words: &[Word<'_>]) -> Result<()> {
    let mut starts = true;
    for word in words {
        if starts && ["BEGIN", "COMMIT", "ROLLBACK", "START"].iter().any(|k| word.is(k)) {
            return Err(Error::Other(format!("{} stands in the text: a step is one transaction anyhow", word.text)));
        }
        if word.is("DEFERRABLE") {
            let why = "a deferred key would fail all transactions that share the COMMIT";
            return Err(Error::Other(format!("DEFERRABLE is not for this program: {why}")));
        }
        starts = word.text == ";";
    }
    Ok(())
}

/// Puts STRICT at the ends of the CREATE TABLE statements.
fn with_strict(sql: &str, ends: &[usize]) -> String {
    let mut out = String::with_capacity(sql.len() + ends.len() * 8);
    let mut from = 0;
    for &end in ends {
        let statement = sql.get(from..end).unwrap_or_default();
        out.push_str(statement);
        // After WITHOUT ROWID it is one more of a list.
        let options = !statement.trim_end().ends_with(')');
        out.push_str(if options { ", STRICT" } else { " STRICT" });
        from = end;
    }
    out.push_str(sql.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sql: &'static str, engine: Engine) -> Result<Script> {
        script(&Migration { name: "0001", sql }, engine)
    }

    impl Script {
        fn sql(&self) -> String {
            self.parts.iter().map(Part::sql).collect()
        }
    }

    #[test]
    fn tokens_and_marks_become_the_words_of_the_engine() {
        let text = "-- the places\n-- dist\nCREATE TABLE place (network_id {id} NOT NULL, open {bool}, at {time}, \
                    name {text} {ru} DEFAULT '{}');\nCREATE INDEX i ON place (network_id);";
        let lite = of(text, Engine::Sqlite).unwrap();
        assert!(
            lite.sql().contains(
                "network_id BLOB NOT NULL, open INTEGER, at INTEGER, name TEXT COLLATE ru DEFAULT '{}') STRICT;"
            ),
            "{}",
            lite.sql()
        );
        let big = of(text, Engine::Postgres).unwrap();
        assert!(big.sql().contains("network_id UUID NOT NULL, open BOOLEAN, at BIGINT"), "{}", big.sql());
        assert_eq!(big.tables, [Table { name: "place".into(), mark: Mark::Dist }]);
    }

    #[test]
    fn fences_leave_the_other_engine_out() {
        let text = "-- sqlite:\nSELECT 1;\n-- end\n-- postgres:\nSELECT 2;\n-- end\nSELECT 3;";
        assert_eq!(of(text, Engine::Sqlite).unwrap().sql().split_whitespace().collect::<String>(), "SELECT1;SELECT3;");
        assert_eq!(
            of(text, Engine::Postgres).unwrap().sql().split_whitespace().collect::<String>(),
            "SELECT2;SELECT3;"
        );
    }

    #[test]
    fn a_part_for_each_network_stands_alone() {
        let text = "SELECT 1;\n-- each network:\nUPDATE t SET a = 1 WHERE network_id = {network};\n-- end\nSELECT 2;";
        let script = of(text, Engine::Postgres).unwrap();
        let each: Vec<bool> = script.parts.iter().map(|part| part.each_network).collect();
        assert_eq!(each, [false, true, false]);
        assert_eq!(script.parts[1].for_network("'x'").trim(), "UPDATE t SET a = 1 WHERE network_id = 'x';");
    }

    #[test]
    fn strict_follows_without_rowid_and_a_missing_semicolon() {
        let text = "-- ref\nCREATE TABLE a (x {int}) WITHOUT ROWID;\n-- local\ncreate table if not exists b (x {int}) -- the last";
        let lite = of(text, Engine::Sqlite).unwrap();
        assert!(lite.sql().contains("WITHOUT ROWID, STRICT;"), "{}", lite.sql());
        assert!(lite.sql().contains("(x INTEGER) STRICT -- the last"), "{}", lite.sql());
        assert_eq!(lite.tables.len(), 2);
    }

    #[test]
    fn what_is_not_in_order_is_refused() {
        for (text, wanted) in [
            ("CREATE TABLE a (x {int});", "the table a"),
            ("-- dist\n-- something else\nCREATE TABLE a (x {int});", "the table a"),
            ("-- dist\nCREATE TABLE a (x {int}); CREATE TABLE b (x {int});", "the table b"),
            ("-- dist\nCREATE /* here */ TABLE\n a (x {int});\n CREATE TABLE \"b c\" (x {int});", "the table \"b c\""),
            ("-- dist\nCREATE TABLE a (x {uint});", "{uint}"),
            ("-- sqlite:\nSELECT 1;", "without «-- end»"),
            ("-- end", "without a fence"),
            ("DELETE FROM t WHERE network_id = {network};", "each network"),
            ("-- each network:\nDELETE FROM t;\n-- end", "each network"),
            ("-- sqlite:\n-- postgres:\n-- end", "within a fence"),
            ("SELECT 1; COMMIT; SELECT 2", "COMMIT"),
            ("-- dist\nCREATE TABLE a (x {int} REFERENCES b DEFERRABLE);", "DEFERRABLE"),
        ] {
            let error = of(text, Engine::Sqlite).unwrap_err().to_string();
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }

    #[test]
    fn a_table_in_a_comment_or_a_string_is_none() {
        let text = "-- CREATE TABLE a (x {int});\n/* CREATE TABLE b */ SELECT 'CREATE TABLE c', 'it''s; COMMIT';\n\
                    DO $body$ CREATE TABLE d; BEGIN $body$;\nCREATE TEMP TABLE e (x {int});";
        assert!(of(text, Engine::Postgres).unwrap().tables.is_empty());
    }
}
