//! From verdicts on pairs to utterances.

/// A fragment whose two best groups are no further apart, in nats, is ambiguous and joins neither…
const MARGIN: f32 = 2.5;
/// … unless the better one has evidence like this: then the two are one utterance told twice.
const SURE: f32 = 100.0;

/// A link between two forms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) evidence: f32,
    /// Whether most of one is in the other; else their ends overlap.
    pub(super) contained: bool,
    /// Whether they are the same words but for little.
    pub(super) same: bool,
}

/// How well a form fits the group that it has joined, in nats, and the group that it fits second best.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    pub(super) best: f32,
    pub(super) second: f32,
    /// It fits two equally well and has joined neither.
    pub(super) ambiguous: bool,
}

/// The group of each form, and how well it fits: longest first, each joins the group that fits it best.
pub(super) fn groups(order: &[(u32, u64)], edges: &[Edge]) -> (Vec<u32>, Vec<Standing>) {
    let count = order.len();
    let mut first = vec![0_u32; count + 2];
    for edge in edges {
        for end in [edge.a, edge.b] {
            if let Some(n) = first.get_mut(end as usize + 2) {
                *n += 1;
            }
        }
    }
    for at in 1..first.len() {
        let before = first.get(at - 1).copied().unwrap_or(0);
        if let Some(n) = first.get_mut(at) {
            *n += before;
        }
    }
    let mut by_end = vec![0_u32; edges.len() * 2];
    for (index, edge) in edges.iter().enumerate() {
        for end in [edge.a, edge.b] {
            if let Some(n) = first.get_mut(end as usize + 1) {
                if let Some(place) = by_end.get_mut(*n as usize) {
                    *place = index as u32;
                }
                *n += 1;
            }
        }
    }
    let mut ranked: Vec<u32> = (0..count as u32).collect();
    let rank = |form: u32| order.get(form as usize).map(|&(length, hash)| (std::cmp::Reverse(length), hash));
    ranked.sort_unstable_by_key(|&form| rank(form));
    let mut root: Vec<u32> = (0..count as u32).collect();
    let mut placed = vec![false; count];
    let mut near: Vec<(u32, f32, bool)> = Vec::new();
    let mut standings = vec![Standing::default(); count];
    for form in ranked {
        let range = match (first.get(form as usize), first.get(form as usize + 1)) {
            (Some(&start), Some(&end)) => start as usize..end as usize,
            _ => continue,
        };
        near.clear();
        for &index in by_end.get(range).unwrap_or_default() {
            let Some(edge) = edges.get(index as usize) else { continue };
            let other = if edge.a == form { edge.b } else { edge.a };
            if !placed.get(other as usize).copied().unwrap_or(false) {
                continue;
            }
            let group = find(&mut root, other);
            let value = if edge.contained { edge.evidence } else { edge.evidence * 0.5 };
            match near.iter_mut().find(|entry| entry.0 == group) {
                Some(entry) => {
                    entry.1 = entry.1.max(value);
                    entry.2 |= edge.same;
                }
                None => near.push((group, value, edge.same)),
            }
        }
        if let Some(done) = placed.get_mut(form as usize) {
            *done = true;
        }
        near.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then_with(|| rank(x.0).cmp(&rank(y.0))));
        let Some(&(best, value, _)) = near.first() else { continue };
        let second = near.get(1).map_or(0.0, |entry| entry.1);
        let ambiguous = value < SURE && value - second < MARGIN && second > 0.0;
        if let Some(standing) = standings.get_mut(form as usize) {
            *standing = Standing { best: value, second, ambiguous };
        }
        if ambiguous {
            continue;
        }
        unite(&mut root, best, form);
        for &(group, _, same) in near.iter().skip(1) {
            if same {
                unite(&mut root, best, group);
            }
        }
    }
    ((0..count as u32).map(|form| find(&mut root, form)).collect(), standings)
}

fn find(root: &mut [u32], form: u32) -> u32 {
    let mut at = form;
    while let Some(&up) = root.get(at as usize) {
        if up == at {
            break;
        }
        let above = root.get(up as usize).copied().unwrap_or(up);
        if let Some(slot) = root.get_mut(at as usize) {
            *slot = above;
        }
        at = above;
    }
    at
}

fn unite(root: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(root, a), find(root, b));
    if let Some(slot) = root.get_mut(b as usize) {
        *slot = a;
    }
}
