//! The name a person gave a file: kept for reading, never used as a path.
use super::media::Media;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Longest name kept, in characters.
const LONGEST: usize = 120;

/// The last part of what was sent, without anything that a file system or an eye could stumble
/// over, ending as the content demands: a PDF called `приказ.exe` becomes `приказ.exe.pdf`.
pub fn tidy(sent: &str, media: Media) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control() && !unseen(*c) && !"<>:\"|?*".contains(*c)).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = clean.trim_matches(['.', ' ']);
    let fits = |extension: &str| media.extensions().iter().any(|e| extension.eq_ignore_ascii_case(e));
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, extension)) if fits(extension) => (stem, extension.to_lowercase()),
        _ => (clean, media.extensions().first().copied().unwrap_or_default().to_owned()),
    };
    let stem: String = stem.chars().take(LONGEST - 6).collect();
    let stem = stem.trim_end_matches(['.', ' ']);
    format!("{}.{extension}", if stem.is_empty() { "file" } else { stem })
}

/// Marks that turn the direction of writing or take no room: `gpj.exe` must not read `exe.jpg`.
fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Characters of RFC 8187 that stand for themselves.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// `Content-Disposition` for a name in any alphabet.
pub fn disposition(name: &str, shown: bool) -> String {
    let way = if shown { "inline" } else { "attachment" };
    let extension = name.rsplit('.').next().filter(|e| e.chars().all(|c| c.is_ascii_alphanumeric())).unwrap_or("bin");
    format!("{way}; filename=\"file.{extension}\"; filename*=UTF-8''{}", utf8_percent_encode(name, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_harmless_and_stay_readable() {
        for (sent, kept) in [
            ("Приказ № 1017.pdf", "Приказ № 1017.pdf"),
            ("C:\\Users\\x\\Приказ.PDF", "Приказ.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("приказ.exe", "приказ.exe.pdf"),
            ("a\u{202e}fdp.exe", "afdp.exe.pdf"),
            ("\r\nSet-Cookie: x=1.pdf", "Set-Cookie x=1.pdf"),
            ("..", "file.pdf"),
            ("", "file.pdf"),
            (".pdf", "pdf.pdf"),
        ] {
            assert_eq!(tidy(sent, Media::Pdf), kept, "{sent:?}");
        }
        assert_eq!(tidy("снимок.JPEG", Media::Jpeg), "снимок.jpeg");
        assert!(tidy(&"ж".repeat(5000), Media::Pdf).chars().count() <= LONGEST);
    }

    #[test]
    fn a_header_holds_any_name() {
        let said = disposition("Приказ \"1\"; x.pdf", false);
        assert!(said.starts_with("attachment; filename=\"file.pdf\"; filename*=UTF-8''%D0%9F"));
        assert!(said.is_ascii() && !said.contains("; x"));
        assert!(disposition("a.png", true).starts_with("inline;"));
    }
}
