//! The figures and the rows behind them for Excel.
use super::{Asked, Counts, Share, behind, count, reach, told, told_share, view, web::selection};
use crate::shell::export;
use axum::response::Response;
use documents::write::{Column, Field, Kind, Table};
use kit::{Fault, Visit, cursor::COUNTED, http::Query};

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn whole(n: Option<i64>) -> Field {
    n.map_or(Field::Empty, |n| Field::from(n as f64))
}

fn share(visit: &Visit, share: Share) -> [Field; 3] {
    let (numerator, denominator, percents) = told_share(visit, share);
    [whole(numerator), whole(denominator), percents.map_or(Field::Empty, Field::from)]
}

fn line(visit: &Visit, title: &str, c: &Counts) -> Vec<Field> {
    let mut row = vec![title.into()];
    row.extend(share(visit, c.k1()));
    row.extend(share(visit, c.k2()));
    row.extend(share(visit, c.k3()));
    row.push(whole(told(visit, c.prize_places)));
    row.push(whole(told(visit, c.pending)));
    row
}

/// The table of the page.
pub async fn figures(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let t = visit.lang;
    let (mut s, _) = selection(&visit, &asked).await?;
    s.by = s.by.or(Some(super::By::Level));
    let figures = count(&visit.net, t, &s, &reach(&visit).await?).await?;
    let number = |key: &str| Column::new(t.say(key), Kind::Integer);
    let percents = |key: &str| Column::new(t.say(key), Kind::Decimal);
    let columns = vec![
        Column::new(view::by_words(t, s.by.unwrap_or(super::By::Level)), Kind::Text),
        number("figures-prize-events"),
        number("figures-events"),
        percents("figures-share"),
        number("figures-prize-participations"),
        number("figures-participations"),
        percents("figures-participations-share"),
        number("figures-prize-children"),
        number("figures-children"),
        percents("figures-children-share"),
        number("figures-places"),
        number("figures-pending"),
    ];
    let mut rows: Vec<Vec<Field>> = figures.lines.iter().map(|(l, title)| line(&visit, title, &l.counts)).collect();
    rows.push(line(&visit, &t.say("figures-total"), &figures.total));
    let mut table = Table { title: t.say("nav-figures").into(), columns, rows, ..Table::default() };
    table.footer.push(view::years_words(&s));
    if figures.exceed() {
        table.footer.push(t.say("figures-exceed").into_owned());
    }
    export::xlsx(&visit, table, "figures").await
}

/// The rows behind a figure.
pub async fn rows(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let t = visit.lang;
    let (s, _) = selection(&visit, &asked).await?;
    let slice = behind(&visit, &s, None, COUNTED).await?;
    let columns = view::HEADS.iter().map(|key| Column::new(t.say(key), Kind::Text)).collect();
    let rows = slice.items.iter().map(|r| view::cells(t, r).into_iter().map(Field::from).collect()).collect();
    let mut table = Table { title: t.say("figures-rows").into(), columns, rows, ..Table::default() };
    table.footer.push(view::years_words(&s));
    export::xlsx(&visit, table, "participations").await
}
