//! The network as a picture: points where the organisations stand, with the same as a table.
use super::{LIST, model::Kind, store::Point, url, view::kind_words};
use crate::shell::Page;
use kit::{Visit, html as piece};
use maud::{Markup, html};

/// Width of the drawing and the margin around its points, in units of the SVG.
const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 60.0;

/// Places points on the plane: longitudes shortened by the cosine of the middle latitude.
struct Projection {
    west: f64,
    north: f64,
    scale: f64,
    squeeze: f64,
    height: f64,
}

impl Projection {
    fn around(points: &[Point]) -> Option<Self> {
        let (mut west, mut east, mut south, mut north) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for p in points {
            (west, east) = (west.min(p.longitude), east.max(p.longitude));
            (south, north) = (south.min(p.latitude), north.max(p.latitude));
        }
        if west > east {
            return None;
        }
        let squeeze = f64::midpoint(south, north).to_radians().cos();
        // A single point, or points in one line, still get a plane to stand on.
        let wide = ((east - west) * squeeze).max(0.01);
        let scale = (WIDTH - 2.0 * MARGIN) / wide;
        let height = ((north - south) * scale + 2.0 * MARGIN).clamp(200.0, 900.0);
        Some(Self {
            west,
            north,
            scale: scale.min((height - 2.0 * MARGIN) / (north - south).max(0.001)),
            squeeze,
            height,
        })
    }

    fn place(&self, p: &Point) -> (f64, f64) {
        (
            MARGIN + (p.longitude - self.west) * self.squeeze * self.scale,
            MARGIN + (self.north - p.latitude) * self.scale,
        )
    }
}

/// Where a name is written: its left end, beside the mark.
struct Label {
    x: f64,
    y: f64,
    /// It stands left of its mark and ends there.
    before: bool,
}

/// Names beside their marks, right or left, wherever they touch neither a mark nor another name.
/// What finds no room is left to the pointer, the keyboard and the table.
fn labels(points: &[Point], places: &[(f64, f64)]) -> Vec<Option<Label>> {
    /// A letter's width and a line's height at the size of the style sheet.
    const LETTER: f64 = 6.4;
    const LINE: f64 = 14.0;
    const GAP: f64 = 13.0;
    let mut taken: Vec<(f64, f64, f64, f64)> =
        places.iter().map(|(x, y)| (x - 10.0, y - 10.0, x + 10.0, y + 10.0)).collect();
    let mut found: Vec<Option<Label>> = Vec::with_capacity(points.len());
    for (point, (x, y)) in points.iter().zip(places) {
        #[expect(clippy::cast_precision_loss, reason = "a name has few letters")]
        let width = point.short_name.chars().count() as f64 * LETTER;
        let free = |left: f64| {
            let own = (left, y - LINE / 2.0, left + width, y + LINE / 2.0);
            let inside = own.0 >= 0.0 && own.2 <= WIDTH;
            let clear = taken.iter().all(|t| t.2 <= own.0 || t.0 >= own.2 || t.3 <= own.1 || t.1 >= own.3);
            (inside && clear).then_some(own)
        };
        let after = free(x + GAP);
        let own = after.or_else(|| free(x - GAP - width));
        taken.extend(own);
        let before = after.is_none();
        found.push(own.map(|_| Label { x: if before { x - GAP } else { x + GAP }, y: y + 4.0, before }));
    }
    found
}

/// The mark of a kind: shape and colour, so that colour is never alone.
fn mark(kind: Kind, x: f64, y: f64) -> Markup {
    match kind {
        Kind::General => html! { circle.pt.k-school cx=(round(x)) cy=(round(y)) r="8" {} },
        Kind::Preschool => {
            html! { rect.pt.k-preschool x=(round(x - 7.0)) y=(round(y - 7.0)) width="14" height="14" rx="3" {} }
        }
        Kind::Additional => {
            let points = format!(
                "{},{} {},{} {},{}",
                round(x),
                round(y - 11.0),
                round(x + 10.0),
                round(y + 8.0),
                round(x - 10.0),
                round(y + 8.0)
            );
            html! { polygon.pt.k-extra points=(points) {} }
        }
    }
}

fn round(v: f64) -> String {
    format!("{v:.1}")
}

pub fn page(visit: &Visit, points: &[Point]) -> Markup {
    let t = visit.lang;
    let title = t.say("map-title");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("organisations-title").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("map-about")) } }, piece::link_button(LIST, "list", t.say("map-as-list"), false)))
        @match Projection::around(points) {
            None => (piece::empty("map", &t.say("map-empty"), html! {})),
            Some(projection) => {
                section.panel { div.body {
                    p.legend {
                        @for kind in Kind::ALL { span { svg.key viewBox="0 0 24 24" aria-hidden="true" { (mark(*kind, 12.0, 12.0)) } (kind_words(t, *kind)) } }
                    }
                    (piece::scroll(&title, html! {
                        svg.map viewBox={ "0 0 " (WIDTH) " " (round(projection.height)) } role="group" aria-label=(title) {
                            @let places: Vec<_> = points.iter().map(|p| projection.place(p)).collect();
                            @for ((p, (x, y)), label) in points.iter().zip(&places).zip(labels(points, &places)) {
                                a href=(url(p.id)) aria-label={ (p.short_name) ", " (kind_words(t, p.kind)) } {
                                    title { (p.short_name) }
                                    (mark(p.kind, *x, *y))
                                    @if let Some(label) = label { text x=(round(label.x)) text-anchor=[label.before.then_some("end")] y=(round(label.y)) { (p.short_name) } }
                                }
                            }
                        }
                    }))
                }
                details {
                    summary { (t.say("as-table")) }
                    (piece::scroll(&t.say("as-table"), html! {
                        table.tbl {
                            thead { tr { th scope="col" { (t.say("organisation-one")) } th scope="col" { (t.say("organisation-kind")) } th.num scope="col" { (t.say("organisation-latitude")) } th.num scope="col" { (t.say("organisation-longitude")) } } }
                            tbody { @for p in points { tr { td { a href=(url(p.id)) { (p.short_name) } } td { (kind_words(t, p.kind)) } td.num { (format!("{:.4}", p.latitude)) } td.num { (format!("{:.4}", p.longitude)) } } } }
                        }
                    }))
                } }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::OrganisationId;

    fn point(latitude: f64, longitude: f64) -> Point {
        Point {
            id: OrganisationId(uuid::Uuid::nil()),
            kind: Kind::General,
            short_name: String::new(),
            latitude,
            longitude,
        }
    }

    #[test]
    fn every_point_stands_inside_the_picture() {
        let points = [point(50.1, 36.0), point(50.9, 37.2), point(50.5, 36.6)];
        let projection = Projection::around(&points).unwrap();
        for p in &points {
            let (x, y) = projection.place(p);
            assert!((0.0..=WIDTH).contains(&x) && (0.0..=projection.height).contains(&y), "{x} {y}");
        }
        let (_, high) = projection.place(&points[1]);
        let (_, low) = projection.place(&points[0]);
        assert!(high < low, "north is up");
    }

    #[test]
    fn one_point_and_none_are_pictures_too() {
        assert!(Projection::around(&[]).is_none());
        let one = [point(50.5, 36.5)];
        let (x, y) = Projection::around(&one).unwrap().place(&one[0]);
        assert!(x.is_finite() && y.is_finite());
    }
}
