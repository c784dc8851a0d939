//! Streams from givers on the left to receivers on the right. Pure: amounts in, places out.
use std::collections::BTreeMap;

/// Width of the drawing, the columns of nodes and their thickness.
pub const WIDTH: f64 = 900.0;
pub const LEFT: f64 = 292.0;
pub const RIGHT: f64 = 600.0;
pub const THICK: f64 = 9.0;
/// Above the first and below the last node.
const MARGIN: f64 = 12.0;
/// Between nodes: a line of text, so that names never touch.
const GAP: f64 = 18.0;
/// Nodes of a column; the rest goes together.
pub const MOST: usize = 8;

/// So much from one node to another; the numbers of their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    pub from: usize,
    pub to: usize,
    pub amount: i64,
}

/// A bar of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    pub amount: i64,
    pub top: f64,
    pub height: f64,
}

/// A band between two bars: the middle of its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ribbon {
    pub flow: Flow,
    pub start: f64,
    pub end: f64,
    pub width: f64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub left: Vec<Node>,
    pub right: Vec<Node>,
    pub ribbons: Vec<Ribbon>,
    pub height: f64,
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a year stay far below 2^52")]
fn real(n: i64) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "columns are short")]
fn gaps(count: usize) -> f64 {
    count.saturating_sub(1) as f64 * GAP
}

/// Lays out the streams between so many nodes left and right. Nothing flows: nothing is drawn.
pub fn lay_out(left: usize, right: usize, flows: &[Flow]) -> Picture {
    let total: i64 = flows.iter().map(|f| f.amount).sum();
    if total <= 0 {
        return Picture::default();
    }
    let most = left.max(right);
    // Bars share what the gaps leave; a longer column makes a taller drawing.
    let bars = 220.0 + gaps(most) * 0.8;
    let scale = bars / real(total);
    let height = bars + gaps(most) + 2.0 * MARGIN;
    let left = column(left, flows, scale, height, |f| f.from);
    let right = column(right, flows, scale, height, |f| f.to);
    let mut from: Vec<f64> = left.iter().map(|n| n.top).collect();
    let mut to: Vec<f64> = right.iter().map(|n| n.top).collect();
    let mut sorted: Vec<Flow> = flows.iter().copied().filter(|f| f.amount > 0).collect();
    sorted.sort_by_key(|f| (f.from, f.to));
    let mut ribbons = Vec::with_capacity(sorted.len());
    for flow in sorted {
        let (Some(start), Some(end)) = (from.get_mut(flow.from), to.get_mut(flow.to)) else { continue };
        let width = real(flow.amount) * scale;
        ribbons.push(Ribbon { flow, start: *start + width / 2.0, end: *end + width / 2.0, width });
        *start += width;
        *end += width;
    }
    Picture { left, right, ribbons, height }
}

/// Bars one below another, in the middle of the drawing.
fn column(count: usize, flows: &[Flow], scale: f64, height: f64, of: impl Fn(&Flow) -> usize) -> Vec<Node> {
    let amounts: Vec<i64> = (0..count).map(|i| flows.iter().filter(|f| of(f) == i).map(|f| f.amount).sum()).collect();
    let whole = real(amounts.iter().sum()) * scale + gaps(count);
    let mut top = (height - whole) / 2.0;
    let place = |amount: i64| {
        let node = Node { amount, top, height: real(amount) * scale };
        top += node.height + GAP;
        node
    };
    amounts.into_iter().map(place).collect()
}

/// The keys with the largest sums, in the order of `names`, and whether others are left over.
pub fn largest<K: Ord + Copy>(sums: &BTreeMap<K, i64>, names: &BTreeMap<K, String>) -> (Vec<K>, bool) {
    let mut keys: Vec<K> = sums.keys().copied().collect();
    keys.sort_by_key(|k| std::cmp::Reverse(sums.get(k).copied().unwrap_or_default()));
    // One more would stand alone behind «the others»: it may as well stand by its name.
    let has_rest = keys.len() > MOST + 1;
    if has_rest {
        keys.truncate(MOST);
    }
    keys.sort_by(|a, b| names.get(a).cmp(&names.get(b)));
    (keys, has_rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-6
    }

    fn some(random: &mut StdRng) -> (usize, usize, Vec<Flow>) {
        let (left, right) = (random.random_range(1..=MOST + 1), random.random_range(1..=MOST + 1));
        let mut flows = Vec::new();
        for from in 0..left {
            for to in 0..right {
                if from == to || random.random_range(0..3) > 0 {
                    flows.push(Flow { from, to, amount: random.random_range(1..100_000) });
                }
            }
        }
        (left, right, flows)
    }

    fn apart(nodes: &[Node]) -> bool {
        nodes.windows(2).all(|two| two[0].top + two[0].height + GAP <= two[1].top + 1e-6)
    }

    #[test]
    fn bars_sum_up_stand_apart_and_inside() {
        let mut random = StdRng::seed_from_u64(3);
        for _ in 0..300 {
            let (left, right, flows) = some(&mut random);
            let p = lay_out(left, right, &flows);
            let sum = |nodes: &[Node]| nodes.iter().map(|n| n.height).sum::<f64>();
            assert!(near(sum(&p.left), sum(&p.right)), "what is given is received");
            assert!(near(sum(&p.left), p.ribbons.iter().map(|r| r.width).sum()));
            assert!(apart(&p.left) && apart(&p.right));
            for n in p.left.iter().chain(&p.right) {
                assert!(
                    n.top >= MARGIN - 1e-6 && n.top + n.height <= p.height - MARGIN + 1e-6,
                    "{n:?} of {}",
                    p.height
                );
            }
        }
    }

    #[test]
    fn ribbons_fill_their_bars_without_overlapping() {
        let mut random = StdRng::seed_from_u64(4);
        for _ in 0..300 {
            let (left, right, flows) = some(&mut random);
            let p = lay_out(left, right, &flows);
            type End = fn(&Ribbon) -> (usize, f64);
            let ends: [(&[Node], End); 2] = [(&p.left, |r| (r.flow.from, r.start)), (&p.right, |r| (r.flow.to, r.end))];
            for (nodes, end) in ends {
                for (i, n) in nodes.iter().enumerate() {
                    let mut bands: Vec<_> =
                        p.ribbons.iter().filter(|r| end(r).0 == i).map(|r| (end(r).1, r.width)).collect();
                    bands.sort_by(|a, b| a.0.total_cmp(&b.0));
                    let mut edge = n.top;
                    for (middle, width) in bands {
                        assert!(near(middle - width / 2.0, edge));
                        edge += width;
                    }
                    assert!(near(edge, n.top + n.height));
                }
            }
        }
    }

    #[test]
    fn nothing_flows_nothing_is_drawn() {
        assert_eq!(lay_out(3, 3, &[]), Picture::default());
    }

    #[test]
    fn the_largest_stand_by_name_and_one_more_is_no_rest() {
        let names: BTreeMap<i64, String> = (0..20).map(|i| (i, format!("{:02}", 50 - i))).collect();
        let sums = |n: i64| (0..n).map(|i| (i, i * 10)).collect::<BTreeMap<i64, i64>>();
        assert_eq!(largest(&sums(9), &names), ((0..9).rev().collect(), false));
        let (keys, rest) = largest(&sums(12), &names);
        assert!(rest);
        assert_eq!(keys, (4..12).rev().collect::<Vec<_>>());
    }
}
