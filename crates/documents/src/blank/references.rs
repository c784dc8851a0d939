//! References to cells in formulas, ranges and names: found among everything else a formula says, and moved.

/// A reference that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'f> {
    /// The sheet it names, without quotes; none is the formula's own.
    pub(super) sheet: Option<&'f str>,
    pub(super) row: u32,
    /// The row is fixed: `B$5`.
    pub(super) is_fixed: bool,
    /// It ends a range: `:B5`.
    pub(super) is_end: bool,
}

/// The formula with the row of each reference as `map` says.
pub(super) fn mapped(formula: &str, map: impl Fn(Found<'_>) -> u32) -> String {
    let mut out = String::with_capacity(formula.len() + 8);
    let mut rest = formula;
    let mut sheet: Option<&str> = None;
    let mut is_end = false;
    while let Some(letter) = rest.chars().next() {
        let (token, after) = match letter {
            '"' | '\'' => quoted(rest, letter),
            c if is_word(c) => {
                let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                rest.split_at(length)
            }
            c => rest.split_at(c.len_utf8()),
        };
        rest = after;
        if rest.starts_with('!') && (is_word(letter) || letter == '\'') {
            sheet = Some(token.trim_matches('\''));
            out.push_str(token);
            continue;
        }
        match cell(token).filter(|_| !rest.starts_with('(')) {
            Some((head, is_fixed, row)) => {
                out.push_str(head);
                out.push_str(&map(Found { sheet, row, is_fixed, is_end }).to_string());
                is_end = rest.starts_with(':');
                if !is_end {
                    sheet = None;
                }
            }
            None => {
                out.push_str(token);
                if token != ":" && token != "!" {
                    is_end = false;
                    sheet = None;
                }
            }
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.' | '\\')
}

/// A text or a name between quotes; a doubled quote does not end it.
fn quoted(text: &str, quote: char) -> (&str, &str) {
    let mut at = 1;
    loop {
        let Some(next) = text.get(at..).and_then(|rest| rest.find(quote)) else { return (text, "") };
        at += next + 1;
        if !text.get(at..).unwrap_or_default().starts_with(quote) {
            return text.split_at(at);
        }
        at += 1;
    }
}

/// `B`, fixed or not, 5 of `B$5`.
fn cell(token: &str) -> Option<(&str, bool, u32)> {
    let body = token.strip_prefix('$').unwrap_or(token);
    let letters = body.find(|c: char| !c.is_ascii_uppercase())?;
    if !(1..=3).contains(&letters) {
        return None;
    }
    let tail = body.get(letters..)?;
    let digits = tail.strip_prefix('$').unwrap_or(tail);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((token.strip_suffix(digits)?, tail.starts_with('$'), digits.parse().ok()?))
}

/// Where a row is after `count` rows were inserted under `edge`. A range that ends with the edge grows.
pub(super) fn moved(found: Found<'_>, edge: u32, count: u32) -> u32 {
    let below = found.row > edge || (found.is_end && found.row == edge);
    if below { found.row.saturating_add(count) } else { found.row }
}
