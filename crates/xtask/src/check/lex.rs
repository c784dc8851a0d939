//! Rust text as a flat list of words, each with its line and whether it is test code.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Word(String),
    /// The content of a string literal of any sort, escapes left as they are.
    Text(String),
    /// A comment with its marks; documentation too.
    Comment(String),
    Mark(char),
    /// Numbers, characters, lifetimes: nothing a rule looks at.
    Other,
}

#[derive(Debug, Clone)]
pub struct Token {
    pub kind: Kind,
    /// From 1.
    pub line: usize,
    /// Inside an item marked `#[cfg(test)]` or `#[test]`.
    pub test: bool,
}

impl Token {
    pub fn word(&self) -> Option<&str> {
        if let Kind::Word(word) = &self.kind { Some(word) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    pub fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub fn is_word(&self, word: &str) -> bool {
        self.word() == Some(word)
    }
}

/// The words of a file; comments among them.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader { rest: source, line: 1, found: Vec::new() };
    while reader.step() {}
    let mut found = reader.found;
    mark_tests(&mut found);
    found
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<Token>,
}

impl Reader<'_> {
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else {
            return false;
        };
        if first.is_whitespace() {
            self.eat(first.len_utf8());
        } else if self.rest.starts_with("//") {
            let length = self.rest.find('\n').unwrap_or(self.rest.len());
            self.push_comment(length);
        } else if self.rest.starts_with("/*") {
            let length = block_comment_length(self.rest);
            self.push_comment(length);
        } else if let Some(literal) = string_literal(self.rest) {
            self.push(literal.length, Kind::Text(literal.content.to_owned()));
        } else if let Some(length) = quoted_length(self.rest) {
            self.push(length, Kind::Other);
        } else if first.is_alphabetic() || first == '_' {
            let raw = if self.rest.starts_with("r#") { 2 } else { 0 };
            let word = self.rest.get(raw..).unwrap_or_default();
            let length = word.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(word.len());
            let word = word.get(..length).unwrap_or_default().to_owned();
            self.push(raw + length, Kind::Word(word));
        } else if first.is_ascii_digit() {
            let length = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
            self.push(length.unwrap_or(self.rest.len()), Kind::Other);
        } else {
            self.push(first.len_utf8(), Kind::Mark(first));
        }
        true
    }

    fn push_comment(&mut self, length: usize) {
        let text = self.rest.get(..length).unwrap_or_default().to_owned();
        self.push(length, Kind::Comment(text));
    }

    fn push(&mut self, length: usize, kind: Kind) {
        self.found.push(Token { kind, line: self.line, test: false });
        self.eat(length);
    }

    fn eat(&mut self, length: usize) {
        let (eaten, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.line += eaten.matches('\n').count();
        self.rest = rest;
    }
}

fn block_comment_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            match rest.chars().next() {
                Some(c) => at += c.len_utf8(),
                None => break,
            }
        }
    }
    text.len()
}

struct Literal<'a> {
    content: &'a str,
    length: usize,
}

/// `"…"`, `b"…"`, `c"…"`, `r#"…"#` and so on, when the text begins with one.
fn string_literal(text: &str) -> Option<Literal<'_>> {
    let prefix = ["br", "cr", "r", "b", "c", ""]
        .into_iter()
        .find(|prefix| text.strip_prefix(prefix).is_some_and(|rest| rest.trim_start_matches('#').starts_with('"')))?;
    let after_prefix = text.get(prefix.len()..)?;
    let hashes = after_prefix.len() - after_prefix.trim_start_matches('#').len();
    let raw = prefix.ends_with('r');
    if hashes > 0 && !raw {
        return None;
    }
    let start = prefix.len() + hashes + 1;
    let body = text.get(start..)?;
    let end = if raw {
        body.find(&format!("\"{}", "#".repeat(hashes)))
    } else {
        let mut escaped = false;
        body.char_indices().find_map(|(at, c)| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends.then_some(at)
        })
    };
    let end = end.unwrap_or(body.len());
    Some(Literal { content: body.get(..end)?, length: start + end + 1 + hashes })
}

/// Length of a character literal or a lifetime, when the text begins with one.
fn quoted_length(text: &str) -> Option<usize> {
    let marked = text.strip_prefix('b').unwrap_or(text);
    let prefix = text.len() - marked.len();
    let rest = marked.strip_prefix('\'')?;
    let mut characters = rest.char_indices();
    let (_, first) = characters.next()?;
    if first == '\\' {
        // Whatever is escaped, the literal ends at the next quote that is not the escaped one.
        characters.next()?;
        let (end, _) = characters.find(|(_, c)| *c == '\'')?;
        return Some(prefix + 1 + end + 1);
    }
    if let Some((end, '\'')) = characters.next() {
        return Some(prefix + 1 + end + 1);
    }
    let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    Some(prefix + 1 + length)
}

/// Marks the items behind `#[cfg(test)]`, `#[test]`, `#[tokio::test]`; the whole file behind `#![cfg(test)]`.
fn mark_tests(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        match test_attribute_at(tokens, at) {
            Some(Attribute { whole_file: true, .. }) => {
                for token in tokens.iter_mut() {
                    token.test = true;
                }
                return;
            }
            Some(Attribute { end, .. }) => {
                let end = item_end(tokens, end);
                for token in tokens.iter_mut().take(end).skip(at) {
                    token.test = true;
                }
                at = end;
            }
            None => at += 1,
        }
    }
}

struct Attribute {
    whole_file: bool,
    /// The token after the closing bracket.
    end: usize,
}

fn test_attribute_at(tokens: &[Token], at: usize) -> Option<Attribute> {
    if !tokens.get(at)?.is('#') {
        return None;
    }
    let whole_file = tokens.get(at + 1)?.is('!');
    let open = at + 1 + usize::from(whole_file);
    if !tokens.get(open)?.is('[') {
        return None;
    }
    let end = matching_end(tokens, open);
    let inside = tokens.get(open + 1..end)?;
    let path = inside.iter().take_while(|token| !token.is('(')).filter_map(Token::word);
    let has = |word: &str| inside.iter().any(|token| token.is_word(word));
    let is_test = match path.last()? {
        "cfg" => has("test") && !has("not"),
        last => last == "test",
    };
    is_test.then_some(Attribute { whole_file, end })
}

/// The end of the item that begins at `from`: its closing brace or semicolon.
fn item_end(tokens: &[Token], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at) {
        if token.is('{') {
            return matching_end(tokens, at);
        }
        if token.is('(') || token.is('[') {
            at = matching_end(tokens, at);
            continue;
        }
        if token.is('}') {
            return at;
        }
        at += 1;
        if token.is(';') {
            return at;
        }
    }
    at
}

/// The token after the bracket that closes the one at `open`.
pub fn matching_end(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Mark('(' | '[' | '{') => depth += 1,
            Kind::Mark(')' | ']' | '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<Kind> {
        tokens(source).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn tells_strings_comments_and_lifetimes_apart() {
        let source = r##"f("a\"b", r#"x"y"#, 'c', '\'', '\u{41}', &'life b"z") // end"##;
        let texts: Vec<String> = tokens(source).iter().filter_map(|token| token.text().map(str::to_owned)).collect();
        assert_eq!(texts, [r#"a\"b"#, "x\"y", "z"]);
        assert_eq!(kinds(source).last(), Some(&Kind::Comment("// end".to_owned())));
    }

    #[test]
    fn nested_comments_and_lines() {
        let found = tokens("/* a /* b */\n c */ x\ny");
        let lines: Vec<_> = found.iter().filter_map(|t| Some((t.word()?.to_owned(), t.line))).collect();
        assert_eq!(lines, [("x".to_owned(), 2), ("y".to_owned(), 3)]);
    }

    #[test]
    fn raw_names_are_names() {
        assert_eq!(kinds("r#type"), [Kind::Word("type".to_owned())]);
    }

    #[test]
    fn knows_test_code() {
        let source = "fn a() {} #[cfg(test)] mod tests { fn b() {} } #[test] fn c() { d } fn e() {}
            #[cfg(not(test))] fn f() {} #[tokio::test(flavor = \"x\")] async fn g() {} #[cfg(test)] mod h; fn i() {}";
        let found = tokens(source);
        let test = |word: &str| found.iter().find(|token| token.is_word(word)).map(|token| token.test);
        let marked: Vec<_> = "abcdefghi".chars().map(|c| test(&c.to_string()) == Some(true)).collect();
        assert_eq!(marked, [false, true, true, true, false, false, true, true, false]);
        assert!(tokens("#![cfg(test)] fn a() {}").iter().all(|token| token.test));
    }
}
