//! Text without what nobody means: doubled spaces, invisible signs, Latin letters inside Russian words.

/// One space between words, none around; non-breaking and other odd spaces are spaces, invisible signs are
/// nothing. Line breaks become spaces.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|letter: char| letter.is_whitespace() || is_odd_space(letter)) {
        let mut word = word.chars().filter(|letter| !is_invisible(*letter)).peekable();
        if word.peek().is_some() && !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(word);
    }
    clean
}

const fn is_quote(letter: char) -> bool {
    matches!(letter, '«' | '»' | '"' | '„' | '“' | '”' | '\'' | '’' | '`')
}

const fn is_odd_space(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0'..='\u{1f}' | '\u{7f}')
}

/// A Latin letter that looks like a Cyrillic one, as the Cyrillic one.
#[must_use]
pub const fn cyrillic_look_alike(letter: char) -> Option<char> {
    Some(match letter {
        'A' => 'А',
        'a' => 'а',
        'B' => 'В',
        'C' => 'С',
        'c' => 'с',
        'E' => 'Е',
        'e' => 'е',
        'H' => 'Н',
        'K' => 'К',
        'k' => 'к',
        'M' => 'М',
        'O' => 'О',
        'o' => 'о',
        'P' => 'Р',
        'p' => 'р',
        'T' => 'Т',
        'X' => 'Х',
        'x' => 'х',
        'Y' => 'У',
        'y' => 'у',
        _ => return None,
    })
}

/// Whether a letter is of the Russian alphabet.
#[must_use]
pub const fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

/// [`char::is_alphabetic`], with the Russian letters known at once: the standard library searches a table
/// for whatever is not ASCII, and nearly all that is read here is Russian.
#[must_use]
pub fn is_letter(letter: char) -> bool {
    is_cyrillic(letter) || letter.is_alphabetic()
}

/// [`char::is_alphanumeric`], likewise.
#[must_use]
pub fn is_letter_or_digit(letter: char) -> bool {
    is_cyrillic(letter) || letter.is_alphanumeric()
}

/// Latin look-alikes as Cyrillic letters, in words that have a Cyrillic letter or look-alikes only.
/// Other words (`online`, `IT-куб`) stay.
#[must_use]
pub fn fold_latin(text: &str) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !is_letter(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let foldable = word.chars().all(|letter| is_cyrillic(letter) || cyrillic_look_alike(letter).is_some());
        let mixed = word.chars().any(is_cyrillic);
        if foldable && (mixed || word.chars().count() == 1) {
            folded.extend(word.chars().map(|letter| cyrillic_look_alike(letter).unwrap_or(letter)));
        } else {
            folded.push_str(word);
        }
        let mut letters = after.chars();
        folded.extend(letters.next());
        rest = letters.as_str();
    }
    folded
}

/// Whether a text has Latin look-alikes inside Russian words.
#[must_use]
pub fn has_latin(text: &str) -> bool {
    fold_latin(text) != text
}

/// What two writings of the same name have in common: small letters, ё as е, Latin look-alikes folded, no
/// quotes, one space between words, nothing between «№» and its number. For comparing cells; the key that a
/// search goes by is `kit::text::name_key`.
#[must_use]
pub fn name_key(text: &str) -> String {
    // Quotes go first: what stood on both sides of one is one word afterwards.
    let unquoted: String = text.chars().filter(|letter| !is_quote(*letter)).collect();
    let folded = fold_latin(&clean(&unquoted)).to_lowercase();
    let mut key = String::with_capacity(folded.len());
    for letter in folded.chars() {
        match letter {
            'ё' => key.push('е'),
            '–' | '—' | '‑' => key.push('-'),
            ' ' if key.ends_with(['№', ' ']) || key.is_empty() => {}
            _ => key.push(letter),
        }
    }
    let numbered = key.replace(" n №", " №").replace("n №", "№");
    numbered.trim_end().to_owned()
}

/// Whether a word is all capitals, and long enough for that to mean something.
#[must_use]
pub fn is_shouted(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|letter| is_letter(*letter)).collect();
    letters.len() > 3 && letters.iter().all(|letter| letter.is_uppercase())
}

/// A word with its first letter, and every letter after a hyphen, large; the others small.
#[must_use]
pub fn capitalised(word: &str) -> String {
    let mut capitalised = String::with_capacity(word.len());
    let mut first = true;
    for letter in word.chars() {
        if first {
            capitalised.extend(letter.to_uppercase());
        } else {
            capitalised.extend(letter.to_lowercase());
        }
        first = !is_letter(letter) && letter != '\'' && letter != '’';
    }
    capitalised
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spaces_and_invisible_signs() {
        assert_eq!(clean(" с. Условное,\u{a0} ул.\u{200b} Мира\n 5 "), "с. Условное, ул. Мира 5");
        assert_eq!(clean("\u{200b}"), "");
    }

    #[test]
    fn look_alikes_fold_only_in_russian_words() {
        assert_eq!(fold_latin("Зeлeнoтpoпинa Kceния"), "Зеленотропина Ксения");
        assert_eq!(fold_latin("5 A online IT-куб"), "5 А online IT-куб");
        assert!(has_latin("Mария"));
        assert!(!has_latin("Мария, online"));
    }

    #[test]
    fn keys_of_the_same_name_are_equal() {
        assert_eq!(name_key("МОУ «Журавлёвская  СОШ»"), name_key("моу \"ЖУРАВЛЕВСКАЯ CОШ\""));
        assert_eq!(name_key("Разуменская СОШ № 2"), name_key("Разуменская СОШ №2"));
        assert_ne!(name_key("Разуменская СОШ №1"), name_key("Разуменская СОШ №2"));
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(text in ".{0,60}") {
            prop_assert_eq!(clean(&clean(&text)), clean(&text));
            prop_assert_eq!(fold_latin(&fold_latin(&text)), fold_latin(&text));
            prop_assert_eq!(name_key(&name_key(&text)), name_key(&text));
        }

        #[test]
        fn capitalising_twice_is_capitalising_once(word in "[а-яёА-ЯЁ'-]{0,20}") {
            prop_assert_eq!(capitalised(&capitalised(&word)), capitalised(&word));
        }
    }
}
