//! Portfolios on paper. Documents are Russian, whatever the language of the page.
use super::{
    model::{Achievement, Counts, OfChild, OfPedagogue, Period, by_level},
    view::{by_share, circle_note, dates, lists, result, work_note},
};
use chrono::NaiveDate;
use documents::paper::{Block, Paper, Signature};
use kit::{Lang, text::text_prefix};

const T: Lang = Lang::Ru;

fn said(key: &str) -> String {
    T.say(key).into_owned()
}

fn flush(text: String) -> Block {
    Block::Flush { text }
}

/// A heading with a table of numbered rows; nothing where there are none.
fn table(heading: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<Block> {
    let rows: Vec<Vec<String>> =
        (1..).zip(rows).map(|(i, row): (usize, _)| std::iter::once(i.to_string()).chain(row).collect()).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = std::iter::once("№".to_owned()).chain(columns.iter().map(|key| said(key))).collect();
    vec![flush(said(heading)), Block::Table { columns, rows }]
}

/// «2015-2016 – 2016-2017», or nothing for all years.
fn years(period: &Period) -> String {
    match (period.from, period.to) {
        (None, None) => said("portfolio-all-years"),
        (from, to) => {
            let year =
                |year: Option<crate::shell::AcademicYear>| year.map_or_else(|| "…".to_owned(), |y| y.to_string());
            let span = if from == to { year(from) } else { format!("{}\u{a0}– {}", year(from), year(to)) };
            T.say_with("portfolio-of-years", &[("years", span.into())]).into_owned()
        }
    }
}

fn summary(rows: &[Achievement]) -> Vec<Block> {
    let cell = |c: &Counts| match c.is_empty() {
        true => "—".to_owned(),
        false => T
            .say_with(
                "portfolio-prizes-of",
                &[("prizes", c.prize_participations.into()), ("all", c.participations.into())],
            )
            .into_owned(),
    };
    let lines = by_level(rows)
        .into_iter()
        .map(|l| vec![said(&text_prefix!("event-level-", l.level.code())), cell(&l.official), cell(&l.other)]);
    table("portfolio-levels", &["figures-by-level", "portfolio-official", "portfolio-other"], lines)
}

/// The rows of one part.
fn events(rows: &[Achievement], official: bool, is_pedagogue: bool) -> Vec<Block> {
    let heading = if official { "portfolio-official-rows" } else { "portfolio-other-rows" };
    let about = |a: &Achievement| {
        let level = said(&text_prefix!("event-level-", a.level.code()));
        let list = a.is_official().then(|| lists(T, a));
        let about = [Some(level), a.subject.clone(), Some(a.year.to_string()), list];
        format!("{} ({})", a.title, about.into_iter().flatten().collect::<Vec<_>>().join(", "))
    };
    let who = |a: &Achievement| {
        let class = a.class.map(|class| T.say_with("portfolio-class", &[("class", class.into())]).into_owned());
        let name = a.name.clone().unwrap_or_else(|| said("portfolio-a-pupil"));
        [Some(name), class].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let came = |a: &Achievement| match a.share {
        100 => result(T, a),
        part => format!("{}; {}", result(T, a), T.say_with("portfolio-part", &[("share", part.into())])),
    };
    let some = rows.iter().filter(|a| a.is_official() == official);
    if is_pedagogue {
        let lines = some.map(|a| vec![about(a), who(a), came(a)]);
        return table(heading, &["figures-row-event", "portfolio-pupil", "figures-row-result"], lines);
    }
    table(heading, &["figures-row-event", "figures-row-result"], some.map(|a| vec![about(a), result(T, a)]))
}

fn made(today: NaiveDate) -> String {
    T.say_with("portfolio-made", &[("day", T.date(today).into())]).into_owned()
}

/// A child's.
pub fn of_child(p: &OfChild, today: NaiveDate) -> Paper {
    let c = Counts::of(p.achievements.iter());
    let mut body = vec![flush(
        T.say_with(
            "portfolio-paper-child",
            &[
                ("all", c.participations.into()),
                ("prizes", c.prize_participations.into()),
                ("places", c.prize_places.into()),
            ],
        )
        .into_owned(),
    )];
    body.extend(summary(&p.achievements));
    body.extend(events(&p.achievements, true, false));
    body.extend(events(&p.achievements, false, false));
    let works = p.works.iter().map(|w| vec![w.title.clone(), work_note(T, w, false)]);
    body.extend(table("portfolio-research", &["portfolio-what", "portfolio-about"], works));
    let groups = p.groups.iter().map(|g| vec![g.title.clone(), circle_note(T, g, today, false)]);
    body.extend(table("portfolio-groups", &["portfolio-what", "portfolio-about"], groups));
    let societies = p.societies.iter().map(|s| {
        vec![
            s.title.clone(),
            format!("{}, {}", said(&text_prefix!("society-post-", s.post.code())), dates(T, s.from, s.until, today)),
        ]
    });
    body.extend(table("portfolio-societies", &["portfolio-what", "portfolio-about"], societies));
    let routes = p
        .routes
        .iter()
        .map(|r| vec![r.title.clone(), format!("{}, {}", r.organisation, dates(T, r.from, r.until, today))]);
    body.extend(table("portfolio-routes", &["portfolio-what", "portfolio-about"], routes));
    Paper {
        title: format!("{}: {}", said("portfolio-title"), p.learner.full_name),
        issuer: vec![p.organisation.clone()],
        kind: said("portfolio-title").to_uppercase(),
        date: T.date(today),
        heading: [Some(p.learner.full_name.clone()), p.learner.class_name.clone(), Some(years(&p.period))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        body,
        notes: vec![said("portfolio-rules")],
        foot: made(today),
        ..Paper::default()
    }
}

/// A pedagogue's.
pub fn of_pedagogue(p: &OfPedagogue, today: NaiveDate) -> Paper {
    let c = Counts::of(p.achievements.iter());
    let values = [
        ("all", c.participations.into()),
        ("prizes", c.prize_participations.into()),
        ("pupils", c.children.into()),
        ("share", by_share(T, c.prize_shares).into()),
    ];
    let key = if c.is_shared() { "portfolio-paper-shared" } else { "portfolio-paper-pedagogue" };
    let mut body = vec![flush(T.say_with(key, &values).into_owned())];
    body.extend(summary(&p.achievements));
    body.extend(events(&p.achievements, true, true));
    body.extend(events(&p.achievements, false, true));
    let groups = p.groups.iter().map(|g| vec![g.title.clone(), circle_note(T, g, today, true)]);
    body.extend(table("portfolio-led", &["portfolio-what", "portfolio-about"], groups));
    let works = p.works.iter().map(|w| vec![w.title.clone(), work_note(T, w, true)]);
    body.extend(table("portfolio-supervised", &["portfolio-what", "portfolio-about"], works));
    let methods = p
        .methods
        .iter()
        .map(|m| vec![m.title.clone(), T.say_with("portfolio-adopted", &[("n", m.adopted.into())]).into_owned()]);
    body.extend(table("portfolio-methods", &["portfolio-what", "portfolio-about"], methods));
    let name = documents::cases::initials(&p.name);
    let post = p.posts.first();
    Paper {
        title: format!("{}: {}", said("portfolio-pedagogue"), p.name),
        issuer: post.map(|o| o.organisation.clone()).into_iter().collect(),
        kind: said("portfolio-title").to_uppercase(),
        date: T.date(today),
        heading: [Some(p.name.clone()), post.map(|o| o.post.clone()), Some(years(&p.period))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        body,
        signatures: vec![Signature {
            post: post.map_or_else(|| said("portfolio-a-pedagogue"), |o| o.post.clone()),
            name,
        }],
        notes: vec![said("portfolio-consent-note")],
        foot: made(today),
        ..Paper::default()
    }
}
