//! Telephones, e-mail addresses and sites.

use super::text::{clean, is_letter, is_letter_or_digit};

/// What stood in a cell of telephones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phones {
    /// The numbers, as `+7XXXXXXXXXX`, in their order and each once.
    pub good: Vec<String>,
    /// Whether something there was no number.
    pub has_bad: bool,
}

/// All numbers of a cell, divided by commas, semicolons, line breaks, slashes or «и».
#[must_use]
pub fn phones(text: &str, area_code: Option<&str>) -> Phones {
    let mut phones = Phones::default();
    let lowered = text.to_lowercase().replace(" и ", ",");
    for part in lowered.split([',', ';', '\n', '\r', '/', '|']) {
        if part.chars().all(|letter| letter.is_whitespace() || letter == '\u{a0}') {
            continue;
        }
        match phone(part, area_code) {
            Some(number) if phones.good.contains(&number) => {}
            Some(number) => phones.good.push(number),
            None => phones.has_bad = true,
        }
    }
    phones
}

/// One number as `+7XXXXXXXXXX`: eleven digits from 7 or 8, ten digits, or a local number that makes ten
/// with the network's area code (39-25-75 and 4722).
#[must_use]
pub fn phone(text: &str, area_code: Option<&str>) -> Option<String> {
    let text = clean(text).to_lowercase();
    let text = ["тел.", "тел", "моб.", "моб", "факс", "раб.", "дом.", "сот.", "т."]
        .iter()
        .fold(text.as_str(), |text, label| text.strip_prefix(label).unwrap_or(text).trim_start_matches([':', ' ']));
    // An extension is dialled by hand and is no part of the number.
    let text = ["доб", "(доб", "ext", "вн."].iter().fold(text, |text, mark| text.split(mark).next().unwrap_or(text));
    let plain = text.chars().all(|letter| letter.is_ascii_digit() || " +()-–—.".contains(letter));
    if !plain {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let foreign = text.starts_with('+') && !digits.starts_with('7');
    let national = match (digits.len(), area_code) {
        _ if foreign => return None,
        (11, _) if digits.starts_with(['7', '8']) => digits.get(1..)?.to_owned(),
        (10, _) => digits,
        (5..=7, Some(code)) if code.len() + digits.len() == 10 => format!("{code}{digits}"),
        _ => return None,
    };
    Some(format!("+7{national}"))
}

/// An e-mail address in small letters, also under Cyrillic domains (`.рф`).
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let text = clean(text).to_lowercase();
    let mut addresses = text.split([' ', ';', ',']).filter(|part| !part.is_empty());
    let first = addresses.next()?;
    let address = first.strip_prefix("mailto:").unwrap_or(first).trim_matches(['<', '>', '.']);
    let (local, domain) = address.split_once('@')?;
    let local_is_fine = !local.is_empty()
        && local.len() <= 128
        && local.chars().all(|letter| is_letter_or_digit(letter) || "._%+-'".contains(letter))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    // The others, if any, must be addresses as well: «school@ (нет)» is not one.
    let rest_is_fine = addresses.all(|other| other.contains('@'));
    (local_is_fine && is_host(domain) && rest_is_fine).then(|| address.to_owned())
}

/// A site without its scheme and final slash, the host in small letters.
#[must_use]
pub fn site(text: &str) -> Option<String> {
    let text = clean(text);
    let first = text.split([' ', ';', ',']).find(|part| !part.is_empty())?;
    let lower = first.to_lowercase();
    let mut bare = lower.as_str();
    for scheme in ["https://", "http://", "//"] {
        bare = bare.strip_prefix(scheme).unwrap_or(bare);
    }
    let bare = bare.trim_end_matches(['/', '.']);
    let host = bare.split(['/', '?', '#']).next()?;
    let (host, port) = host.split_once(':').unwrap_or((host, "443"));
    // «school.ru:x@evil.example» leads to the evil one.
    if !is_host(host) || !port.chars().all(|letter| letter.is_ascii_digit()) {
        return None;
    }
    Some(bare.to_owned())
}

/// A name of two labels or more, the last of letters.
fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let label_is_fine = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63 * 2
            && label.chars().all(|letter| is_letter_or_digit(letter) || letter == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top_is_fine = labels
        .last()
        .is_some_and(|top| top.chars().count() >= 2 && (top.starts_with("xn--") || top.chars().all(is_letter)));
    labels.len() >= 2 && host.len() <= 253 && labels.iter().all(label_is_fine) && top_is_fine
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn many_writings_of_one_number() {
        for text in [
            "+7 (000) 000-00-65",
            "8-000-000-00-65",
            "7 000 000 00 65",
            "80000000065",
            "0000000065",
            "тел.: 8 (000) 000-00-65 доб. 12",
        ] {
            assert_eq!(phone(text, None).as_deref(), Some("+70000000065"), "{text}");
        }
        assert_eq!(phone("39-25-75", Some("4722")).as_deref(), Some("+74722392575"));
        assert_eq!(phone("39-25-75", None), None);
        for text in ["нет", "00-17", "+375 29 000-00-00", "", "12345678901234", "8 000 000"] {
            assert_eq!(phone(text, Some("4722")), None, "{text}");
        }
    }

    #[test]
    fn several_numbers_in_a_cell() {
        let found = phones("7 000 000 00 25\n8 (000) 000-00-99, нет", None);
        assert_eq!(found, Phones { good: vec!["+70000000025".into(), "+70000000099".into()], has_bad: true });
    }

    #[test]
    fn addresses_and_sites() {
        assert_eq!(email(" School@demo.example.invalid; ").as_deref(), Some("school@demo.example.invalid"));
        assert_eq!(email("почта@школа.рф").as_deref(), Some("почта@школа.рф"));
        for text in ["school(at)demo", "нет", "@demo.ru", "a@b", "a..b@demo.ru", "a@demo.1"] {
            assert_eq!(email(text), None, "{text}");
        }
        assert_eq!(site("HTTPS://WWW.Demo.Example.Invalid/").as_deref(), Some("www.demo.example.invalid"));
        assert_eq!(site("vk.com/demo_school").as_deref(), Some("vk.com/demo_school"));
        assert_eq!(site("школа.рф").as_deref(), Some("школа.рф"));
        assert_eq!(site("нет"), None);
    }

    proptest! {
        #[test]
        fn a_number_reads_as_itself(text in "[0-9+() -]{0,16}", code in proptest::option::of("[0-9]{3,5}")) {
            if let Some(number) = phone(&text, code.as_deref()) {
                prop_assert_eq!(number.len(), 12);
                prop_assert_eq!(phone(&number, code.as_deref()), Some(number.clone()));
            }
        }

        #[test]
        fn addresses_read_as_themselves(text in ".{0,30}", plain in "[a-zа-я.]{1,12}@[a-zа-я.]{1,12}") {
            for text in [text, plain] {
                if let Some(address) = email(&text) {
                    prop_assert_eq!(email(&address), Some(address.clone()));
                }
                if let Some(host) = site(&text) {
                    prop_assert_eq!(site(&host), Some(host.clone()));
                }
            }
        }
    }
}
