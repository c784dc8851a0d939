//! When two names may be one: for the slices that look for doubles.

/// The words of a name key in one order: «СОШ Беловская» is «Беловская СОШ».
pub fn words(key: &str) -> String {
    let mut words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// The numbers in a name key: «№ 1» is never taken for «№ 2».
pub fn digits(key: &str) -> String {
    let words = key.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    words.map(|word| word.trim_start_matches('0')).collect::<Vec<_>>().join(" ")
}

/// One or two letters next to each other are written otherwise. Short names are never close.
pub fn are_close(one: &str, other: &str) -> bool {
    if one.len().abs_diff(other.len()) > 4 {
        return false;
    }
    let (mut one, mut other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < 6 {
        return false;
    }
    while one.last().is_some() && one.last() == other.last() {
        one.pop();
        other.pop();
    }
    let common = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - common <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use intake::values::text::name_key;

    #[test]
    fn a_slip_is_close_and_another_number_is_not() {
        let close = |one: &str, other: &str| {
            let (one, other) = (name_key(one), name_key(other));
            digits(&one) == digits(&other) && are_close(&one, &other)
        };
        assert!(close("Головинская СОШ", "Головчинская СОШ"));
        assert!(close("Беловская СОШ", "Белвоская СОШ"));
        assert!(!close("Разуменская СОШ №1", "Разуменская СОШ №2"));
        assert!(!close("Беловская СОШ", "Тавровская СОШ"));
        assert!(!close("Лицей", "Лицеи"));
    }

    #[test]
    fn words_in_another_order_are_the_same_words() {
        assert_eq!(words("сош беловская"), words("беловская сош"));
        assert_eq!(digits("детский сад №07"), digits("детский сад № 7"));
    }
}
