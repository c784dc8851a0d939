//! Passwords that are tried first: leaked ones, walks over the keyboard, one or two common words
//! with a year behind them, in either layout.
//!
//! `common.bin` holds the first six bytes of the SHA-256 of each of the 30,000 commonest leaked
//! passwords, in order: the list of the project zxcvbn (MIT licence), in lower case. Hashed, because
//! the words themselves are no reading for a school.
use crate::search::other_layout;
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

const LEAKED: &[u8] = include_bytes!("common.bin");
/// Bytes kept of each digest.
const KEPT: usize = 6;
/// Shorter pieces are letters, not words.
const SHORTEST_WORD: usize = 4;
const LONGEST_WORD: usize = 24;
/// So many loose digits beside the words are a year or a birthday, and no secret.
const LOOSE_DIGITS: usize = 8;
/// So many common words in a row are still guessed.
const WORDS: usize = 2;

/// What people here take, and lists made elsewhere miss.
const RUSSIAN: &str = "пароль парол администратор админ директор школа гимназия лицей детсад садик учитель завуч ученик \
    педагог воспитатель родители россия москва белгород разумное майский область район сеть созвездие звезда любовь \
    люблю любимая любимый солнышко солнце котенок кошка собака зайка зайчик малыш мама папа мамочка семья дочка сынок \
    счастье удача жизнь победа привет секрет доступ компьютер интернет здравствуй спартак зенит динамо чемпион \
    наташа татьяна светлана ольга елена ирина марина анна мария екатерина катя настя анастасия юлия виктория \
    людмила галина валентина надежда оксана алена дарья полина ксения александр алексей андрей дмитрий сергей михаил \
    николай владимир максим артем иван никита денис евгений роман кирилл виктор василий наталья любимая январь \
    февраль март апрель июнь июль август сентябрь октябрь ноябрь декабрь весна лето осень зима понедельник вторник \
    среда четверг пятница суббота воскресенье qwerty parol administrator administratsiya direktor shkola belgorod \
    rossiya moskva lubov lyubov natasha sozvezdie changeme welcome letmein";

/// Whether the password (in lower case) is among those that are tried first.
pub fn is_common(password: &str) -> bool {
    let password = password.replace('ё', "е");
    let few = password.chars().collect::<HashSet<_>>().len() < 5;
    few || is_walk(&password) || is_made_of_words(&password) || is_made_of_words(&other_layout(&password))
}

fn is_leaked(word: &str) -> bool {
    let digest = Sha256::digest(word.as_bytes());
    let Some(wanted) = digest.get(..KEPT) else { return false };
    let (mut from, mut to) = (0, LEAKED.len() / KEPT);
    while from < to {
        let middle = usize::midpoint(from, to);
        match LEAKED.get(middle * KEPT..(middle + 1) * KEPT).map(|found| found.cmp(wanted)) {
            Some(std::cmp::Ordering::Equal) => return true,
            Some(std::cmp::Ordering::Less) => from = middle + 1,
            _ => to = middle,
        }
    }
    false
}

fn is_known(word: &str) -> bool {
    is_leaked(word) || RUSSIAN.split_whitespace().any(|known| known == word)
}

/// Whether nothing is left when one or two known words, a few digits and what stands between them
/// are taken out.
fn is_made_of_words(password: &str) -> bool {
    let letters: Vec<char> = password.chars().collect();
    // For each place: the fewest words, and then the fewest loose digits, that lead there.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; letters.len() + 1];
    let better = |place: &mut Option<(usize, usize)>, way: (usize, usize)| {
        *place = Some(place.map_or(way, |known| known.min(way)));
    };
    if let Some(start) = best.first_mut() {
        *start = Some((0, 0));
    }
    for at in 0..letters.len() {
        let Some((words, digits)) = best.get(at).copied().flatten() else { continue };
        if let (Some(c), Some(place)) = (letters.get(at), best.get_mut(at + 1)) {
            if c.is_ascii_digit() && digits < LOOSE_DIGITS {
                better(place, (words, digits + 1));
            } else if !c.is_alphanumeric() {
                better(place, (words, digits));
            }
        }
        for end in at + SHORTEST_WORD..=(at + LONGEST_WORD).min(letters.len()) {
            let word: String = letters.get(at..end).unwrap_or_default().iter().collect();
            if words < WORDS
                && is_known(&word)
                && let Some(place) = best.get_mut(end)
            {
                better(place, (words + 1, digits));
            }
        }
    }
    best.last().copied().flatten().is_some()
}

/// Rows of keys, the Latin and the Russian letters one under the other.
const KEYS: [&str; 7] =
    ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю."];

/// Row and column of a key; the Russian rows lie on the Latin ones.
fn key(c: char) -> Option<(usize, usize)> {
    KEYS.iter().enumerate().find_map(|(row, keys)| {
        let column = keys.chars().position(|k| k == c)?;
        Some((if row > 3 { row - 3 } else { row }, column))
    })
}

/// Whether the finger nearly always went to the same key or one beside it: «1qaz2wsx3edc».
fn is_walk(password: &str) -> bool {
    let keys: Vec<_> = password.chars().map(key).collect();
    let beside = keys.windows(2).filter(|pair| match pair {
        [Some(a), Some(b)] => a.0.abs_diff(b.0) <= 1 && a.1.abs_diff(b.1) <= 1,
        _ => false,
    });
    beside.count() * 5 >= keys.len().saturating_sub(1) * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_known() {
        assert!(LEAKED.len() / KEPT > 29_000 && LEAKED.len().is_multiple_of(KEPT));
        for common in [
            "password1234",
            "passwordpassword",
            "1q2w3e4r5t6y",
            "1qaz2wsx3edc",
            "qwertyuiopasdf",
            "йцукенгшщзхъ",
            "123456789012345",
            "пароль123456",
            "gfhjkmgfhjkm",
            "gfhjkm-12345",
            "белгород2026!",
            "любовь наташа",
            "sozvezdie2026",
            "созвездие 2026",
            "changemechangeme",
            "iloveyou12345678",
            "zxcvbnm12345",
            "aaaabbbbcccc",
        ] {
            assert!(is_common(common), "{common}");
        }
    }

    #[test]
    fn several_words_that_have_nothing_to_do_with_one_another_are_taken() {
        for good in [
            "три лисы и самовар",
            "correct horse battery staple",
            "zvezda-nad-shkoloy-1",
            "лиса несёт самовар",
            "x7kQ2mvR9tLw4z",
        ] {
            assert!(!is_common(good), "{good}");
        }
    }
}
