//! Numbers with check digits: ИНН, ОГРН, КПП, СНИЛС.

/// An ИНН of an organisation (10 digits) or a person (12), digits only.
#[must_use]
pub fn inn(text: &str) -> Option<String> {
    let digits = digits(text, " -")?;
    let sum = |weights: &[u32]| digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 % 10;
    let fits = match digits.len() {
        10 => digits.get(9) == Some(&sum(&[2, 4, 10, 3, 5, 9, 4, 6, 8])),
        12 => {
            digits.get(10) == Some(&sum(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]))
                && digits.get(11) == Some(&sum(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]))
        }
        _ => false,
    };
    // Ten zeroes satisfy the check and mean «not filled in».
    (fits && digits.iter().any(|digit| *digit != 0)).then(|| joined(&digits))
}

/// An ОГРН of 13 digits, digits only.
#[must_use]
pub fn ogrn(text: &str) -> Option<String> {
    let digits = digits(text, " -")?;
    let (check, number) = digits.split_last().filter(|_| digits.len() == 13)?;
    let remainder = number.iter().fold(0, |remainder, digit| (remainder * 10 + digit) % 11);
    (remainder % 10 == *check && number.iter().any(|digit| *digit != 0)).then(|| joined(&digits))
}

/// A КПП: four digits, two digits or Latin capitals, three digits.
#[must_use]
pub fn kpp(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{a0}').collect();
    let text = text.to_ascii_uppercase();
    let fits = text.chars().count() == 9
        && text
            .chars()
            .enumerate()
            .all(|(place, letter)| letter.is_ascii_digit() || (matches!(place, 4 | 5) && letter.is_ascii_uppercase()));
    (fits && text != "000000000").then_some(text)
}

/// A СНИЛС as `112-233-445 95`. The check digits hold for numbers above 001-001-998; older ones have none
/// that could be checked.
#[must_use]
pub fn snils(text: &str) -> Option<String> {
    let digits = digits(text, " -–—\u{a0}")?;
    let (number, check) = digits.split_at_checked(9).filter(|_| digits.len() == 11)?;
    let value = number.iter().fold(0_u32, |value, digit| value * 10 + digit);
    let check = check.iter().fold(0_u32, |value, digit| value * 10 + digit);
    if value == 0 || (value > 1_001_998 && snils_check(number) != check) {
        return None;
    }
    Some(format!("{:03}-{:03}-{:03} {check:02}", value / 1_000_000, value / 1000 % 1000, value % 1000))
}

fn snils_check(number: &[u32]) -> u32 {
    let sum: u32 = number.iter().zip((1..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    match sum % 101 {
        100 => 0,
        check => check,
    }
}

/// The digits of a text that has nothing else but the signs allowed between them.
fn digits(text: &str, between: &str) -> Option<Vec<u32>> {
    text.trim().chars().filter(|letter| !between.contains(*letter)).map(|letter| letter.to_digit(10)).collect()
}

fn joined(digits: &[u32]) -> String {
    digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_numbers() {
        assert_eq!(snils("112-233-445-95").as_deref(), Some("112-233-445 95"));
        assert_eq!(snils("11223350893").as_deref(), Some("112-233-508 93"));
        assert_eq!(snils("112 233 459 00").as_deref(), Some("112-233-459 00"));
        assert_eq!(snils("112-233-445 96"), None);
        assert_eq!(snils("001-001-998 00").as_deref(), Some("001-001-998 00"));
        assert_eq!(snils("000-000-000 00"), None);
        assert_eq!(inn("7707083893").as_deref(), Some("7707083893"));
        assert_eq!(inn("7707083894"), None);
        assert_eq!(inn("500100732259").as_deref(), Some("500100732259"));
        assert_eq!(inn("500100732258"), None);
        assert_eq!(inn("0000000000"), None);
        assert_eq!(ogrn("1027700132195").as_deref(), Some("1027700132195"));
        assert_eq!(ogrn("1027700132196"), None);
        assert_eq!(kpp("7736 01001").as_deref(), Some("773601001"));
        assert_eq!(kpp("7736ab001").as_deref(), Some("7736AB001"));
        assert_eq!(kpp("77360100А"), None);
    }

    proptest! {
        /// One wrong digit in the number is always found: 101 and 11 are primes above every weight and digit,
        /// but their remainders of 100 and 10 fold onto 0, so a fold may hide it.
        #[test]
        fn a_wrong_digit_is_found(number in 1_001_999_u32..999_999_999, place in 0_usize..9, add in 1_u32..10) {
            let digits: Vec<u32> = format!("{number:09}").bytes().map(|byte| u32::from(byte - b'0')).collect();
            let check = snils_check(&digits);
            let mut wrong = digits.clone();
            wrong[place] = (wrong[place] + add) % 10;
            let value = wrong.iter().fold(0, |value, digit| value * 10 + digit);
            prop_assume!(value > 1_001_998 && !(check == 0 || snils_check(&wrong) == 0));
            let right = format!("{number:09}{check:02}");
            prop_assert!(snils(&right).is_some());
            let wrong = format!("{value:09}{check:02}");
            prop_assert_eq!(snils(&wrong), None);
        }

        #[test]
        fn numbers_read_as_themselves(text in "[0-9 -]{9,14}") {
            for read in [inn, ogrn, kpp, snils] {
                if let Some(value) = read(&text) {
                    prop_assert_eq!(read(&value), Some(value.clone()));
                }
            }
        }

        #[test]
        fn each_number_has_one_check_digit(number in "[1-9][0-9]{8}") {
            let good = (0..10).filter(|check| inn(&format!("{number}{check}")).is_some()).count();
            prop_assert_eq!(good, 1);
        }
    }
}
