//! Texts in two languages (Fluent), numbers and dates as people write them.
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, sync::OnceLock};

pub use fluent_bundle::FluentValue as Value;

/// The language of a page. Russian is the first, English the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Ru,
    En,
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: OnceLock<(Bundle, Bundle)> = OnceLock::new();

/// Reads the texts once, at start. Later calls change nothing.
///
/// # Errors
/// Names the message that cannot be read or stands twice.
pub fn install(ru: &[String], en: &[String]) -> Result<(), String> {
    let both = (bundle("ru", ru)?, bundle("en", en)?);
    let _ = BUNDLES.set(both);
    Ok(())
}

fn bundle(code: &str, sources: &[String]) -> Result<Bundle, String> {
    let locale = code.parse().map_err(|e| format!("{code}: {e}"))?;
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // Marks of direction around each value would end up in documents and exports.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new(source.clone()).map_err(|(_, e)| format!("{code}: {e:?}"))?;
        bundle.add_resource(resource).map_err(|e| format!("{code}: {e:?}"))?;
    }
    Ok(bundle)
}

impl Lang {
    /// `ru` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The other language, for the switch.
    pub fn other(self) -> Self {
        match self {
            Self::Ru => Self::En,
            Self::En => Self::Ru,
        }
    }

    /// Understands `en`, `en-GB` and the like; all else is Russian.
    pub fn from_code(code: &str) -> Self {
        if code.trim().to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Ru }
    }

    /// The text of a key. A missing key shows itself as `⟨key⟩`; a test forbids it.
    pub fn say(self, key: &str) -> Cow<'static, str> {
        self.format(key, None)
    }

    /// The text of a key with values put in.
    pub fn say_with(self, key: &str, values: &[(&'static str, Value<'_>)]) -> Cow<'static, str> {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.format(key, Some(&args))
    }

    /// Whether the texts know the key: for texts named by stored codes.
    pub fn knows(self, key: &str) -> bool {
        self.bundle().is_some_and(|b| b.has_message(key))
    }

    fn bundle(self) -> Option<&'static Bundle> {
        BUNDLES.get().map(|(ru, en)| match self {
            Self::Ru => ru,
            Self::En => en,
        })
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, a)| (id, Some(a)));
        let found = self.bundle().and_then(|bundle| {
            let message = bundle.get_message(id)?;
            let pattern = match attribute {
                Some(name) => message.get_attribute(name)?.value(),
                None => message.value()?,
            };
            let text = bundle.format_pattern(pattern, args, &mut Vec::new());
            Some(match (args, text) {
                // Borrowed from the bundle, which lives as long as the program.
                (None, Cow::Borrowed(text)) => Cow::Borrowed(text),
                (_, text) => Cow::Owned(nested(text.into_owned())),
            })
        });
        found.unwrap_or_else(|| Cow::Owned(format!("⟨{key}⟩")))
    }

    /// `24.11.2026`, for tables; `24 Nov 2026` in English.
    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::Ru => date.format("%d.%m.%Y").to_string(),
            Self::En => date.format("%-d %b %Y").to_string(),
        }
    }

    /// `24 ноября` and, when the year is not `this_year`, `24 ноября 2015 года`.
    pub fn day(self, date: NaiveDate, this_year: i32) -> String {
        let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
        match (self, date.year() == this_year) {
            (Self::Ru, true) => format!("{}\u{a0}{month}", date.day()),
            (Self::Ru, false) => format!("{}\u{a0}{month} {}\u{a0}года", date.day(), date.year()),
            (Self::En, true) => date.format("%-d %B").to_string(),
            (Self::En, false) => date.format("%-d %B %Y").to_string(),
        }
    }

    /// `24 ноября, вт, 14:00` by local time.
    pub fn moment(self, at: DateTime<Utc>, this_year: i32) -> String {
        let local = at.with_timezone(&crate::clock::LOCAL);
        let weekday = self.weekday_short(local.date_naive());
        format!("{}, {weekday}, {}:{:02}", self.day(local.date_naive(), this_year), local.hour(), local.minute())
    }

    /// `вт`; `Tue`.
    pub fn weekday_short(self, date: NaiveDate) -> &'static str {
        let names = match self {
            Self::Ru => ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
            Self::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        };
        names.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default()
    }

    /// `1 284`, with no-break spaces; `1,284` in English.
    pub fn number(self, number: i64) -> String {
        let separator = match self {
            Self::Ru => '\u{a0}',
            Self::En => ',',
        };
        let digits = number.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if number < 0 {
            out.push('−');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// `1,5`: at most one decimal, none when it is zero.
    pub fn decimal(self, value: f64) -> String {
        let tenths = (value * 10.0).round();
        #[expect(clippy::cast_possible_truncation, reason = "hours and percentages stay far below 2^63")]
        let tenths = tenths as i64;
        let whole = self.number(tenths / 10);
        let rest = (tenths % 10).abs();
        let sign = if tenths < 0 && tenths / 10 == 0 { "−" } else { "" };
        let comma = match self {
            Self::Ru => ',',
            Self::En => '.',
        };
        if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}{comma}{rest}") }
    }
}

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// A key made of a literal beginning and a code, e.g. `text_prefix!("role-", role)`: the check of
/// unused texts then counts every key with that beginning as used.
#[macro_export]
#[doc(hidden)]
macro_rules! __text_prefix {
    ($prefix:literal, $code:expr) => {
        ::std::format!(concat!($prefix, "{}"), $code)
    };
}
pub use crate::__text_prefix as text_prefix;

/// Marks a literal of a table as a text key, so that the check of missing texts sees it. Where the
/// key is chosen at the call, plain `say(if … { "a" } else { "b" })` needs no mark.
pub const fn text_key(key: &'static str) -> &'static str {
    key
}

/// Text as it may stand in a query of an address.
pub fn url_part(text: &str) -> percent_encoding::PercentEncode<'_> {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
}

/// The address of the list at `base` with one thing changed and paging begun anew; `name` is one of the
/// pairs, or anything else for a further page, or nothing for the list as it is.
pub fn list_url<'v>(base: &str, mut pairs: Vec<(&str, &'v str)>, name: &str, value: &'v str) -> String {
    match pairs.iter_mut().find(|(n, _)| *n == name) {
        Some(pair) => pair.1 = value,
        None if !name.is_empty() => pairs.push(("after", value)),
        None => {}
    }
    let query: Vec<String> =
        pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url_part(v))).collect();
    if query.is_empty() { base.to_owned() } else { format!("{base}?{}", query.join("&")) }
}

/// A sentence to be said later, in the language of whoever reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub key: Cow<'static, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(Cow<'static, str>, String)>,
}

impl Message {
    /// Marks a literal as a text key, so that the check of missing keys sees it.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), values: Vec::new() }
    }

    /// A key that was made of parts.
    pub fn named(key: String) -> Self {
        Self { key: Cow::Owned(key), values: Vec::new() }
    }

    /// Puts a value in.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "callers give numbers and texts of their own making")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((Cow::Borrowed(name), value.to_string()));
        self
    }

    /// The sentence. Whole numbers among the values choose the right plural, and days (put in as
    /// `NaiveDate`) are written as the reader writes them.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        let mut args = FluentArgs::with_capacity(self.values.len());
        for (name, value) in &self.values {
            let value: Value<'_> = match (value.parse::<i64>(), value.parse::<NaiveDate>()) {
                (Ok(number), _) => number.into(),
                (_, Ok(day)) if value.len() == 10 => lang.date(day).into(),
                _ => value.as_str().into(),
            };
            args.set(name.as_ref(), value);
        }
        lang.format(&self.key, Some(&args))
    }
}

/// «Отменить «Смена «Эколог»»» as it is printed: „лапки“ inside «ёлочки». A text whose quotes do not
/// come in pairs stays as it is.
pub fn nested(text: String) -> String {
    let steps = text.chars().scan(0_i64, |depth, c| {
        *depth += match c {
            '«' => 1,
            '»' => -1,
            _ => 0,
        };
        Some(*depth)
    });
    let (mut deepest, mut last) = (0, 0);
    for depth in steps {
        if depth < 0 {
            return text;
        }
        deepest = deepest.max(depth);
        last = depth;
    }
    if deepest < 2 || last != 0 {
        return text;
    }
    let mut depth = 0;
    let inner = |c: char| match c {
        '«' => {
            depth += 1;
            if depth > 1 { '„' } else { c }
        }
        '»' => {
            depth -= 1;
            if depth > 0 { '“' } else { c }
        }
        _ => c,
    };
    text.chars().map(inner).collect()
}

/// Letters as a person searches for them: lower case, «ё» as «е», single spaces, quotes and «№»
/// dropped. What is stored in a column `name_key` is this. Whether two cells of a messy table mean
/// one thing is `intake::values::text::name_key`'s question: it also mends Latin letters inside
/// Russian words, which a search must not (whoever types «IT» means «IT»).
pub fn name_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    // «№1» and «№ 1» are one name.
    for word in text.split(|c: char| c.is_whitespace() || c == '№').filter(|w| !w.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        for c in word.chars().flat_map(char::to_lowercase) {
            match c {
                'ё' => key.push('е'),
                '«' | '»' | '"' | '“' | '”' | '„' | '\'' => {}
                c => key.push(c),
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_read_as_in_a_russian_letter() {
        assert_eq!(Lang::Ru.number(1_284), "1\u{a0}284");
        assert_eq!(Lang::Ru.number(-12), "−12");
        assert_eq!(Lang::Ru.decimal(1.5), "1,5");
        assert_eq!(Lang::Ru.decimal(-0.5), "−0,5");
        assert_eq!(Lang::Ru.decimal(30.0), "30");
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_eq!(Lang::Ru.day(day, 2026), "24\u{a0}ноября");
        assert_eq!(Lang::Ru.day(day, 2027), "24\u{a0}ноября 2026\u{a0}года");
        let at = crate::clock::start_of_day(day) + chrono::Duration::hours(14);
        assert_eq!(Lang::Ru.moment(at, 2026), "24\u{a0}ноября, вт, 14:00");
    }

    #[test]
    fn quotes_inside_quotes_are_others() {
        let printed = |text: &str| nested(text.to_owned());
        assert_eq!(printed("Отменить «Смена «Эколог»»"), "Отменить «Смена „Эколог“»");
        assert_eq!(printed("мешают «Набор «Г»», «Б»"), "мешают «Набор „Г“», «Б»");
        for as_it_is in ["ЦТР «Старт»", "«А», «Б»", "«Смена «Эколог»", "»«»", ""] {
            assert_eq!(printed(as_it_is), as_it_is);
        }
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        assert_eq!(name_key("  МОУ «Журавлёвская  СОШ» "), name_key("моу \"журавлевская сош\""));
        assert_eq!(name_key("Северная СОШ №\u{a0}2"), name_key("СЕВЕРНАЯ СОШ №2"));
    }
}
