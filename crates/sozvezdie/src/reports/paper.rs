//! The report as an official document.
use super::Report;
use crate::figures::{self, By, Counts, Figures, Share};
use chrono::NaiveDate;
use documents::paper::{BLANK, Block, Paper, Signature};
use kit::Lang;

const T: Lang = Lang::Ru;

/// «2015-2016 – 2016-2017 учебные годы».
pub fn period(report: &Report) -> String {
    let s = &report.selection;
    if s.from == s.to {
        T.say_with("report-year", &[("year", s.from.to_string().into())]).into_owned()
    } else {
        T.say_with("report-years", &[("from", s.from.to_string().into()), ("to", s.to.to_string().into())]).into_owned()
    }
}

fn percents(share: Share) -> String {
    share.percents().map_or_else(|| "—".into(), |value| format!("{value:.1}").replace('.', ",") + "\u{a0}%")
}

fn of(share: Share) -> String {
    let values = [("some", T.number(share.numerator).into()), ("all", T.number(share.denominator).into())];
    T.say_with("figures-of", &values).into_owned()
}

/// The whole document.
pub fn of_report(report: &Report, made: &str, day: NaiveDate) -> Paper {
    let c = &report.total;
    let mut body = vec![Block::Text { text: sentence(report) }];
    if c.editions > 0 {
        body.push(Block::Text { text: beside(c) });
    }
    if c.pending > 0 {
        let values = [("count", c.pending.into()), ("events", c.pending_editions.into())];
        body.push(Block::Text { text: T.say_with("report-pending", &values).into_owned() });
    }
    for (by, figures) in
        report.parts.iter().filter(|(by, f)| !f.lines.is_empty() && (*by != By::Year || f.lines.len() > 1))
    {
        body.push(Block::Flush { text: figures::by_words(T, *by) });
        body.push(table(*by, figures));
        if figures.exceed() {
            body.push(Block::Flush { text: T.say("figures-exceed").into_owned() });
        }
    }
    Paper {
        title: T.say("report-centre").into_owned(),
        kind: T.say("report-kind").into_owned(),
        date: T.date(day),
        heading: format!("{} {}", T.say("report-heading"), period(report)),
        body,
        signatures: vec![Signature { post: T.say("report-signer").into_owned(), name: BLANK.into() }],
        notes: vec![T.say("figures-rules").into_owned(), made.to_owned()],
        ..Paper::default()
    }
}

/// What the period came to, in one sentence.
fn sentence(report: &Report) -> String {
    let c = &report.total;
    if c.editions == 0 {
        return T.say_with("report-nothing", &[("period", period(report).into())]).into_owned();
    }
    let values = [
        ("period", period(report).into()),
        ("events", c.editions.into()),
        ("prizes", c.prize_editions.into()),
        ("share", percents(c.k1()).into()),
    ];
    T.say_with("report-sentence", &values).into_owned()
}

fn beside(c: &Counts) -> String {
    let values = [
        ("children", c.children.into()),
        ("winners", c.prize_children.into()),
        ("participations", c.participations.into()),
        ("places", c.prize_places.into()),
    ];
    T.say_with("report-beside", &values).into_owned()
}

fn table(by: By, figures: &Figures) -> Block {
    let heads = ["figures-k1", "figures-share", "figures-k2", "figures-k3", "figures-places"];
    let mut columns = vec![figures::by_words(T, by)];
    columns.extend(heads.iter().map(|key| T.say(key).into_owned()));
    let row = |title: String, c: &Counts| {
        vec![title, of(c.k1()), percents(c.k1()), of(c.k2()), of(c.k3()), T.number(c.prize_places)]
    };
    let mut rows: Vec<Vec<String>> = figures.lines.iter().map(|(l, title)| row(title.clone(), &l.counts)).collect();
    rows.push(row(T.say("figures-total").into_owned(), &figures.total));
    Block::Table { columns, rows }
}
