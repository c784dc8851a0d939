//! A report as an official document: its text with the figures put in.
use super::{
    counted::{Counted, Line, Part},
    model::Kind,
    text::{self, Bit, Piece, Place},
};
use crate::{
    figures::{self, By, Counts, Share},
    shell::AcademicYear,
};
use chrono::NaiveDate;
use documents::paper::{BLANK, Bar, Block, Paper, Signature};
use kit::{Lang, text::text_prefix};

/// A document is Russian whatever the page is.
const T: Lang = Lang::Ru;

pub fn percents(t: Lang, share: Share) -> String {
    share.percents().map_or_else(|| "—".into(), |value| fixed(t, value) + "\u{a0}%")
}

/// One decimal, also when it is zero: «30,0».
fn fixed(t: Lang, value: f64) -> String {
    let text = format!("{value:.1}").replace('-', "−");
    if t == Lang::Ru { text.replace('.', ",") } else { text }
}

fn of(share: Share) -> String {
    let values = [("some", T.number(share.numerator).into()), ("all", T.number(share.denominator).into())];
    T.say_with("figures-of", &values).into_owned()
}

/// What stands around a document.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// When it was handed in, or is made.
    pub day: NaiveDate,
    /// «Принят 24.11.2026», where it is.
    pub mark: Option<String>,
    /// Who made it, when, and what for.
    pub made: String,
    /// «А. П. Иванова» who signs, where it is known.
    pub signer: Option<String>,
}

/// What the file calls itself: whose it is, and of which years.
pub fn title(counted: &Counted) -> String {
    let title = T.say(&text_prefix!("report-title-", counted.kind.code()));
    let years = counted.period().words(T);
    match counted.kind {
        Kind::Organisation => format!("{title}: {}, {years}", counted.name),
        Kind::Centre | Kind::District => format!("{title}, {years}"),
    }
}

/// The whole document of a text that was checked before; what cannot be read stands as it was typed.
pub fn of_text(counted: &Counted, body: &str, around: &Around) -> Paper {
    let mut blocks = Vec::new();
    if counted.total.editions == 0 {
        let values = [("period", counted.period().words(T).into())];
        blocks.push(Block::Text { text: T.say_with("report-nothing", &values).into_owned() });
    }
    match text::parse(body) {
        Ok(pieces) => blocks.extend(pieces.iter().flat_map(|piece| block(counted, piece))),
        Err(_) => blocks.push(Block::Text { text: body.to_owned() }),
    }
    Paper {
        title: title(counted),
        issuer: counted.issuer.clone(),
        aside: around.mark.clone().into_iter().collect(),
        kind: T.say("report-kind").into_owned(),
        date: T.date(around.day),
        heading: format!(
            "{}, {}",
            T.say(&text_prefix!("report-heading-", counted.kind.code())),
            counted.period().words(T)
        ),
        body: blocks,
        signatures: vec![Signature {
            post: post(counted.kind),
            name: around.signer.clone().unwrap_or_else(|| BLANK.to_owned()),
        }],
        notes: vec![T.say("figures-rules").into_owned()],
        foot: around.made.clone(),
        ..Paper::default()
    }
}

fn post(kind: Kind) -> String {
    T.say(&text_prefix!("report-signer-", kind.code())).into_owned()
}

fn block(counted: &Counted, piece: &Piece) -> Vec<Block> {
    match piece {
        Piece::Heading(bits) => vec![Block::Heading { text: words(counted, bits) }],
        Piece::Paragraph(bits) => {
            let text = words(counted, bits);
            if text.is_empty() { Vec::new() } else { vec![Block::Text { text }] }
        }
        Piece::Table(by) => counted.part(*by).map(|part| table(counted, part)).unwrap_or_default(),
        Piece::Chart(by) => counted.part(*by).and_then(chart).into_iter().collect(),
    }
}

/// The words of a paragraph; a sentence that has nothing to say leaves no double blank.
fn words(counted: &Counted, bits: &[Bit]) -> String {
    let mut all = String::new();
    for bit in bits {
        match bit {
            Bit::Words(words) => all += words,
            Bit::Place(place) => all += &filled(counted, *place),
        }
    }
    all.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a placeholder stands for.
pub fn filled(counted: &Counted, place: Place) -> String {
    let c = &counted.total;
    match place {
        Place::Period => counted.period().words(T),
        Place::Organisation => counted.name.clone(),
        Place::Events => T.number(c.editions),
        Place::PrizeEvents => T.number(c.prize_editions),
        Place::EventsShare => percents(T, c.k1()),
        Place::Participations => T.number(c.participations),
        Place::PrizeParticipations => T.number(c.prize_participations),
        Place::ParticipationsShare => percents(T, c.k2()),
        Place::Children => T.number(c.children),
        Place::PrizeChildren => T.number(c.prize_children),
        Place::ChildrenShare => percents(T, c.k3()),
        Place::Places => T.number(c.prize_places),
        Place::Pending => T.number(c.pending),
        Place::Compared => compared(counted).unwrap_or_default(),
        Place::HandedIn => counted.handed_in.map(handed_in).unwrap_or_default(),
    }
}

fn handed_in((some, all): (i64, i64)) -> String {
    T.say_with("report-handed-in", &[("some", T.number(some).into()), ("all", T.number(all).into())]).into_owned()
}

/// Against as many years before, where those hold anything.
fn compared(counted: &Counted) -> Option<String> {
    let (now, then) = (counted.total.k1().percents()?, counted.before.k1().percents()?);
    let values = [
        ("years", years(counted).into()),
        ("share", percents(T, counted.before.k1()).into()),
        ("points", points(T, now - then).into()),
    ];
    Some(T.say_with("report-compared", &values).into_owned())
}

/// «2013-2014 – 2014-2015»: the years before.
pub fn years(counted: &Counted) -> String {
    let before = counted.period().before();
    AcademicYear::span(before.from, before.to)
}

/// «+5,0».
pub fn points(t: Lang, difference: f64) -> String {
    let sign = if difference > 0.0 { "+" } else { "" };
    format!("{sign}{}", fixed(t, difference))
}

const HEADS: [&str; 5] = ["figures-k1", "figures-share", "figures-k2", "figures-k3", "figures-places"];

fn row(title: String, c: &Counts) -> Vec<String> {
    vec![title, of(c.k1()), percents(T, c.k1()), of(c.k2()), of(c.k3()), T.number(c.prize_places)]
}

/// A breakdown; of the years also the change from one to the next, and the years before.
fn table(counted: &Counted, part: &Part) -> Vec<Block> {
    if part.lines.is_empty() {
        return vec![Block::Flush { text: T.say("report-table-empty").into_owned() }];
    }
    let mut columns = vec![figures::by_words(T, part.by)];
    columns.extend(HEADS.iter().map(|key| T.say(key).into_owned()));
    let mut rows: Vec<Vec<String>> = part.lines.iter().map(|l| row(l.title.clone(), &l.counts)).collect();
    if part.by == By::Year {
        columns.push(T.say("report-change").into_owned());
        let changes = changes(&part.lines);
        rows.iter_mut().zip(changes).for_each(|(row, change)| row.push(change));
    }
    let mut total = row(T.say("figures-total").into_owned(), &counted.total);
    total.resize(columns.len(), String::new());
    rows.push(total);
    if part.by == By::Year && counted.before.editions > 0 {
        let title = T.say_with("report-before", &[("years", years(counted).into())]).into_owned();
        let mut before = row(title, &counted.before);
        before.resize(columns.len(), String::new());
        rows.push(before);
    }
    let mut blocks = vec![Block::Table { columns, rows }];
    if part.exceeds {
        blocks.push(Block::Flush { text: T.say("figures-exceed").into_owned() });
    }
    blocks
}

/// By how many points the share of a year differs from that of the year before it.
fn changes(lines: &[Line]) -> Vec<String> {
    let shares: Vec<Option<f64>> = lines.iter().map(|l| l.counts.k1().percents()).collect();
    let change = |pair: &[Option<f64>]| match pair {
        [Some(before), Some(now)] => points(T, now - before),
        _ => "—".to_owned(),
    };
    std::iter::once("—".to_owned()).chain(shares.windows(2).map(change)).collect()
}

/// Lines of a chart: more would fill a page of their own.
const BARS: usize = 20;

/// The share of events with prizes, line by line.
fn chart(part: &Part) -> Option<Block> {
    let bars: Vec<Bar> = part
        .lines
        .iter()
        .filter_map(|line| {
            let share = line.counts.k1();
            let value = share.percents()?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
            let tenths = (value * 10.0).round().clamp(0.0, 1000.0) as u32;
            Some(Bar { title: line.title.clone(), tenths, words: format!("{} ({})", percents(T, share), of(share)) })
        })
        .take(BARS)
        .collect();
    let title = T.say_with("report-chart", &[("by", part.by.code().into())]).into_owned();
    (!bars.is_empty()).then_some(Block::Chart { title, bars })
}
