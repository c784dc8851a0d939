//! Tables of endings and how they are put on.

use super::Case;

/// Endings from the genitive to the prepositional.
pub type Endings = [&'static str; 5];

/// Words that end so (or, after «=», are exactly so) lose as many letters and get these endings. The first
/// rule that fits is taken.
pub type Rule = (&'static [&'static str], usize, Endings);

/// Endings that leave a word as it is.
const SAME: Endings = ["", "", "", "", ""];
const FIRM: Endings = ["а", "у", "а", "ом", "е"];
const HISSING: Endings = ["а", "у", "а", "ем", "е"];
const SOFT: Endings = ["я", "ю", "я", "ем", "е"];

/// Ends in no letter that could be declined: «Шевченко», «Черных», «Гарибальди», «Гулиа».
pub const STIFF: Rule = (&["о", "е", "ё", "э", "и", "ы", "у", "ю", "ых", "их", "уа", "иа", "оа", "еа"], 0, SAME);

/// Nouns in -а and -я, of either gender.
pub const FIRST_DECLENSION: &[Rule] = &[
    (&["ия"], 1, ["и", "и", "ю", "ей", "и"]),
    (&["я"], 1, ["и", "е", "ю", "ей", "е"]),
    (&["га", "ка", "ха"], 1, ["и", "е", "у", "ой", "е"]),
    (&["жа", "ша", "ча", "ща"], 1, ["и", "е", "у", "ей", "е"]),
    (&["ца"], 1, ["ы", "е", "у", "ей", "е"]),
    (&["а"], 1, ["ы", "е", "у", "ой", "е"]),
];

/// Surnames of one syllable keep their vowel: «Цой», «Швец», «Грин».
pub const SHORT_SURNAMES_OF_MEN: &[Rule] = &[(&["й"], 1, SOFT), (&["ец", "ж", "ш", "ч", "щ", "ин", "ын"], 0, FIRM)];

pub const SURNAMES_OF_MEN: &[Rule] = &[
    STIFF,
    (&["=дарвин", "=чаплин", "=бенкендорф", "=франклин"], 0, FIRM),
    (&["ов", "ев", "ёв", "ин", "ын"], 0, ["а", "у", "а", "ым", "е"]),
    (&["гой", "кой", "хой", "жой", "шой", "чой", "щой"], 2, ["ого", "ому", "ого", "им", "ом"]),
    (&["ой", "ый"], 2, ["ого", "ому", "ого", "ым", "ом"]),
    (&["гий", "кий", "хий"], 2, ["ого", "ому", "ого", "им", "ом"]),
    (&["ний", "жий", "ший", "чий", "щий"], 2, ["его", "ему", "его", "им", "ем"]),
    (&["ий"], 2, ["ия", "ию", "ия", "ием", "ии"]),
    (&["й"], 1, SOFT),
    (&["лец"], 2, ["ьца", "ьцу", "ьца", "ьцом", "ьце"]),
    (&["аец", "еец", "оец", "иец"], 2, ["йца", "йцу", "йца", "йцем", "йце"]),
    (&["ец"], 2, ["ца", "цу", "ца", "цом", "це"]),
    (&["ь"], 1, SOFT),
    (&["ач"], 0, FIRM),
    (&["ж", "ш", "ч", "щ", "ц"], 0, HISSING),
];

pub const SURNAMES_OF_WOMEN: &[Rule] = &[
    STIFF,
    // As of men: these are words, not surnames in -ин.
    (&["=калина", "=малина", "=смородина", "=осина", "=щербина", "=судьина"], 1, ["ы", "е", "у", "ой", "е"]),
    (&["ова", "ева", "ёва", "ина", "ына"], 1, ["ой", "ой", "у", "ой", "ой"]),
    (&["жая", "шая", "чая", "щая"], 2, ["ей", "ей", "ую", "ей", "ей"]),
    (&["ая"], 2, ["ой", "ой", "ую", "ой", "ой"]),
    (&["яя"], 2, ["ей", "ей", "юю", "ей", "ей"]),
];

pub const NAMES_OF_MEN: &[Rule] = &[
    STIFF,
    (&["=павел"], 2, ["ла", "лу", "ла", "лом", "ле"]),
    (&["=лев"], 2, ["ьва", "ьву", "ьва", "ьвом", "ьве"]),
    (&["=пётр", "=петр"], 3, ["етра", "етру", "етра", "етром", "етре"]),
    (&["=илья"], 1, ["и", "е", "ю", "ёй", "е"]),
    (&["ий"], 2, ["ия", "ию", "ия", "ием", "ии"]),
    (&["й", "ь"], 1, SOFT),
    (&["ж", "ш", "ч", "щ", "ц"], 0, HISSING),
];

pub const NAMES_OF_WOMEN: &[Rule] = &[STIFF, (&["ь"], 1, ["и", "и", "ь", "ью", "и"])];

pub const PATRONYMICS: &[Rule] = &[
    (&["=ильич", "=кузьмич", "=лукич", "=фомич"], 0, FIRM),
    (&["ич"], 0, HISSING),
    (&["на"], 1, ["ы", "е", "у", "ой", "е"]),
];

/// Men of any other consonant.
pub const CONSONANT: Rule = (&[""], 0, FIRM);

/// Nouns in posts and in names of organisations, by their gender.
pub const MASCULINE: &[Rule] = &[
    (&["ец"], 2, ["ца", "цу", "ца", "цом", "це"]),
    (&["ий"], 2, ["ия", "ию", "ия", "ием", "ии"]),
    (&["й", "ь"], 1, SOFT),
    (&["ж", "ш", "ч", "щ", "ц"], 0, HISSING),
    CONSONANT,
];
pub const NEUTER: &[Rule] = &[(&["ие"], 1, ["я", "ю", "е", "ем", "и"]), (&["о"], 1, ["а", "у", "о", "ом", "е"])];

pub const ADJECTIVES_OF_MEN: &[Rule] = &[
    (&["гой", "кой", "хой", "жой", "шой", "гий", "кий", "хий"], 2, ["ого", "ому", "ого", "им", "ом"]),
    (&["ий"], 2, ["его", "ему", "его", "им", "ем"]),
    (&["ый", "ой"], 2, ["ого", "ому", "ого", "ым", "ом"]),
];
pub const ADJECTIVES_OF_WOMEN: &[Rule] = &[
    (&["жая", "шая", "чая", "щая"], 2, ["ей", "ей", "ую", "ей", "ей"]),
    (&["ая"], 2, ["ой", "ой", "ую", "ой", "ой"]),
    (&["яя"], 2, ["ей", "ей", "юю", "ей", "ей"]),
];
pub const ADJECTIVES_OF_THINGS: &[Rule] = &[
    (&["гое", "кое", "хое"], 2, ["ого", "ому", "ое", "им", "ом"]),
    (&["ое"], 2, ["ого", "ому", "ое", "ым", "ом"]),
    (&["ее"], 2, ["его", "ему", "ее", "им", "ем"]),
];

/// The word in a case, by the first rule that fits; `None` when none does.
pub fn apply(word: &str, rules: &[Rule], case: Case) -> Option<String> {
    let place = case.place()?;
    let low = word.to_lowercase();
    let fits = |suffix: &str| match suffix.strip_prefix('=') {
        Some(whole) => low == whole,
        None => low.ends_with(suffix),
    };
    let (_, cut, endings) = rules.iter().find(|(suffixes, _, _)| suffixes.iter().any(|suffix| fits(suffix)))?;
    let ending = endings.get(place)?;
    let letters = word.chars().count().saturating_sub(*cut);
    let stem: String = word.chars().take(letters).collect();
    // «ИВАНОВ» stays in capitals; «И» alone tells nothing.
    let in_capitals = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    Some(if in_capitals { stem + &ending.to_uppercase() } else { stem + ending })
}

/// Syllables of a Russian word.
pub fn syllables(word: &str) -> usize {
    word.to_lowercase().chars().filter(|letter| "аеёиоуыэюя".contains(*letter)).count()
}
