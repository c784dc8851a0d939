//! Organisations around a circle, joined by what they give one another. Pure.
use std::f64::consts::TAU;

pub const WIDTH: f64 = 1000.0;
pub const HEIGHT: f64 = 900.0;
/// Marks stand on this circle; names reach outwards.
const RADIUS: f64 = 255.0;
pub const MARK: f64 = 5.0;
/// More would touch one another.
pub const MOST: usize = 80;
/// Letters of a name for which there is room.
pub const LETTERS: usize = 26;
/// Between a mark and its name, and a letter's width at the size of the style sheet.
const AWAY: f64 = 11.0;

/// A mark and where its name is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub x: f64,
    pub y: f64,
    /// The name begins here, turned by so many degrees; on the left side it ends here.
    pub text_x: f64,
    pub text_y: f64,
    pub turn: f64,
    pub is_left: bool,
}

/// Where the `i`th of `count` stands: clockwise from the top.
pub fn place(i: usize, count: usize) -> Place {
    #[expect(clippy::cast_precision_loss, reason = "few marks")]
    let angle = TAU * (i as f64) / (count.max(1) as f64) - TAU / 4.0;
    let (sin, cos) = angle.sin_cos();
    let (middle_x, middle_y) = (WIDTH / 2.0, HEIGHT / 2.0);
    let out = RADIUS + AWAY;
    let is_left = cos < -1e-9;
    let degrees = angle.to_degrees();
    Place {
        x: middle_x + RADIUS * cos,
        y: middle_y + RADIUS * sin,
        text_x: middle_x + out * cos,
        text_y: middle_y + out * sin,
        turn: if is_left { degrees - 180.0 } else { degrees },
        is_left,
    }
}

/// A bow between two marks, bent towards the middle.
pub fn bow(a: Place, b: Place) -> String {
    let bend = |v: f64, w: f64, middle: f64| middle + (f64::midpoint(v, w) - middle) * 0.25;
    let (x, y) = (bend(a.x, b.x, WIDTH / 2.0), bend(a.y, b.y, HEIGHT / 2.0));
    format!("M{:.1} {:.1}Q{x:.1} {y:.1} {:.1} {:.1}", a.x, a.y, b.x, b.y)
}

/// The thickness of a line: by the root, so that small ones stay visible beside large ones.
pub fn thickness(amount: i64, largest: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a year stay far below 2^52")]
    let share = amount.max(0) as f64 / largest.max(1) as f64;
    1.0 + 9.0 * share.min(1.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half the height of a line of text and the width of a letter, generously.
    const LETTER: f64 = 7.0;

    #[test]
    fn marks_never_touch_and_names_stay_inside() {
        for count in 1..=MOST {
            let all: Vec<Place> = (0..count).map(|i| place(i, count)).collect();
            for (i, a) in all.iter().enumerate() {
                for b in &all[i + 1..] {
                    let distance = (a.x - b.x).hypot(a.y - b.y);
                    assert!(distance >= 2.0 * MARK + 2.0, "{count}: {distance}");
                }
                // The far end of the longest name, along the ray.
                let reach = RADIUS + AWAY + LETTER * LETTERS as f64;
                let scale = reach / RADIUS;
                let (x, y) = (WIDTH / 2.0 + (a.x - WIDTH / 2.0) * scale, HEIGHT / 2.0 + (a.y - HEIGHT / 2.0) * scale);
                assert!((0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y), "{count}: {x} {y}");
            }
        }
    }

    #[test]
    fn names_never_stand_on_their_heads() {
        for i in 0..MOST {
            let turn = place(i, MOST).turn;
            assert!((-90.001..=90.001).contains(&turn), "{turn}");
        }
    }

    #[test]
    fn more_is_thicker() {
        assert!(thickness(10, 100) < thickness(50, 100));
        assert!(thickness(0, 0) >= 1.0 && thickness(100, 100) <= 10.0);
    }
}
