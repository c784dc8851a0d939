//! Lines of iCalendar text (RFC 5545), by hand: for every slice that has a calendar to give.

/// Longest line in octets, without its end.
pub const LINE: usize = 75;

/// What has a meaning of its own in a value; line ends of any kind become one sign.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between letters: a further line begins with a space that counts.
pub fn put(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_cannot_add_a_line() {
        assert_eq!(escape("Зал; сцена, 2\\3\r\nEND:VEVENT\rX\u{0}"), "Зал\\; сцена\\, 2\\\\3\\nEND:VEVENT\\nX");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let text = "Станция юных натуралистов ".repeat(12);
        let mut out = String::new();
        put(&mut out, &text);
        assert!(out.ends_with("\r\n"));
        assert!(out.split("\r\n").all(|line| line.len() <= LINE), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), text);
    }
}
