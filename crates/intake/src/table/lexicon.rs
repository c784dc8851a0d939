//! How well a header speaks of a field. Headers are compared word by word and by the beginnings of words:
//! «Дата рожд.», «дата рождения ребёнка» and «Дата\nрождения» all say `дата рожд`.

use crate::kind::Field;
use crate::values::text::{clean, fold_latin, is_letter, is_letter_or_digit};

/// The words of a header: small letters, ё as е, letters that stand alone joined («Ф.И.О.» is `фио`).
pub(crate) fn words(text: &str) -> Vec<String> {
    let text = fold_latin(&clean(text)).to_lowercase().replace('ё', "е");
    let mut words: Vec<String> = Vec::new();
    let mut joins = false;
    for word in text.split(|letter: char| !is_letter_or_digit(letter) && letter != '№').filter(|word| !word.is_empty())
    {
        let single = word.chars().count() == 1 && word.chars().all(is_letter);
        match words.last_mut().filter(|_| joins && single) {
            Some(last) => last.push_str(word),
            None => words.push(word.to_owned()),
        }
        joins = single;
    }
    words
}

/// What two writings of a header have in common.
pub(crate) fn key(text: &str) -> String {
    words(text).join(" ")
}

/// The headers of a kind's fields, taken apart once.
pub(crate) struct Lexicon {
    fields: Vec<Vec<Vec<String>>>,
    others: Vec<String>,
}

/// Headers that count the rows.
const COUNTERS: [&str; 8] = ["№", "№ пп", "пп", "n", "n пп", "№ строки", "номер", "номер пп"];

/// Words by which a column says that another one has replaced it.
const OUTDATED: [&str; 6] = ["стар", "прежн", "бывш", "устар", "архив", "неактуальн"];

impl Lexicon {
    pub(crate) fn new(fields: &[Field], other_people: &[&str]) -> Self {
        let fields = fields.iter().map(|field| field.headers.iter().map(|header| words(header)).collect()).collect();
        Self { fields, others: other_people.iter().map(|word| (*word).to_owned()).collect() }
    }

    /// How well a header speaks of each field, from 0 to 100; only fields it speaks of at all.
    /// `parts` are the titles from the upper to the leaf: the leaf must take part.
    pub(crate) fn matches(&self, parts: &[String]) -> Vec<(usize, u32)> {
        let Some((leaf, upper)) = parts.split_last() else { return Vec::new() };
        let leaf = words(leaf);
        let mut whole: Vec<String> = upper.iter().flat_map(|part| words(part)).collect();
        let upper_length = whole.len();
        whole.extend(leaf.iter().cloned());
        let speaks_of_others = self.speaks_of_others(&whole);
        let mut found = Vec::new();
        for (place, headers) in self.fields.iter().enumerate() {
            let best = headers
                .iter()
                .filter(|header| !speaks_of_others || self.speaks_of_others(header))
                .filter_map(|header| {
                    likeness(&leaf, header, 0).or_else(|| likeness(&whole, header, upper_length).map(|score| score - 5))
                })
                .max();
            let penalty =
                if leaf.iter().any(|word| OUTDATED.iter().any(|stem| word.starts_with(stem))) { 30 } else { 0 };
            if let Some(score) = best {
                found.push((place, score.saturating_sub(penalty)));
            }
        }
        found
    }

    /// Whether a header is about somebody else than the rows.
    pub(crate) fn is_about_others(&self, parts: &[String]) -> bool {
        let whole: Vec<String> = parts.iter().flat_map(|part| words(part)).collect();
        self.speaks_of_others(&whole)
    }

    fn speaks_of_others(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.others.iter().any(|stem| word.starts_with(stem.as_str())))
    }
}

/// Whether a header only counts the rows.
pub(crate) fn is_counter(title: &str) -> bool {
    COUNTERS.contains(&key(title).as_str()) || title.trim() == "#"
}

/// 100 when the header is these words and nothing else, less the more it says besides. The match must reach
/// beyond the first `from` words.
fn likeness(header: &[String], wanted: &[String], from: usize) -> Option<u32> {
    if wanted.is_empty() {
        return None;
    }
    let hit = |window: &[String]| window.iter().zip(wanted).all(|(word, stem)| begins(word, stem));
    let at =
        header.windows(wanted.len()).enumerate().position(|(at, window)| at + wanted.len() > from && hit(window))?;
    let letters = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let matched = letters(header.get(at..at + wanted.len())?);
    let share = matched * 40 / letters(header).max(1);
    // What stands at the beginning of a header is what it is about.
    let place = if at == from.min(at) { 0 } else { 3 };
    Some(60 + u32::try_from(share).unwrap_or(0) - place)
}

fn begins(word: &str, stem: &str) -> bool {
    if stem.chars().count() <= 3 { word == stem } else { word.starts_with(stem) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_headers() {
        assert_eq!(words("Ф.И.О. обучающегося"), ["фио", "обучающегося"]);
        assert_eq!(words("№ п/п"), ["№", "пп"]);
        assert_eq!(words("Д.р."), ["др"]);
        assert_eq!(words("E-mail"), ["е", "mail"]);
    }

    #[test]
    fn the_leaf_decides_and_others_are_others() {
        const FIELDS: &[Field] = &[Field::new("name", &["фио"]), Field::new("phone", &["телефон родител", "телефон"])];
        let lexicon = Lexicon::new(FIELDS, &["родител"]);
        let parts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(lexicon.matches(&parts(&["Ученик", "Ф.И.О."])), [(0, 100)]);
        assert!(lexicon.matches(&parts(&["ФИО ученика", "Форма обучения"])).is_empty());
        assert!(lexicon.matches(&parts(&["ФИО родителя"])).is_empty());
        assert_eq!(lexicon.matches(&parts(&["Телефон родителей"])), [(1, 100)]);
    }
}
