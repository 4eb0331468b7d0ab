//! From every node's options to a forest: the best source for each, and no node its own ancestor.

/// What a node may choose: a source (`None`: it has none) and the logarithm of its probability.
pub(super) type Offer = (Option<u32>, f32);

/// Chooses for every node the best of its options so that no cycle remains; the result is an index into its
/// options, or `None` for a node without any.
///
/// Where the best options make a cycle, the node that loses least by turning to a source outside it does so, and
/// the options within that cycle are closed to it. O(nodes + options) for each round; a round opens every cycle there
/// is, and every opening closes an option for good.
pub(super) fn forest(options: &[Vec<Offer>]) -> Vec<Option<usize>> {
    let mut closed: Vec<Vec<bool>> = options.iter().map(|list| vec![false; list.len()]).collect();
    let mut chosen: Vec<Option<usize>> =
        (0..options.len()).map(|node| best(options, &closed, node, &[])).collect();
    loop {
        let cycles = cycles(options, &chosen);
        if cycles.is_empty() {
            return chosen;
        }
        for cycle in cycles {
            open(options, &mut closed, &mut chosen, &cycle);
        }
    }
}

fn open(options: &[Vec<Offer>], closed: &mut [Vec<bool>], chosen: &mut [Option<usize>], cycle: &[u32]) {
    let value = |node: u32, option: Option<usize>| {
        let list = options.get(node as usize);
        option.and_then(|at| list.and_then(|list| list.get(at))).map_or(f32::NEG_INFINITY, |option| option.1)
    };
    let turned = cycle.iter().map(|&node| {
        let other = best(options, closed, node as usize, cycle);
        let now = chosen.get(node as usize).copied().flatten();
        let other_value = if other.is_some() { value(node, other) } else { -1e9 };
        (value(node, now) - other_value, node, other)
    });
    let Some((_, node, other)) = turned.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))) else {
        return;
    };
    if let (Some(list), Some(closed)) = (options.get(node as usize), closed.get_mut(node as usize)) {
        for ((source, _), closed) in list.iter().zip(closed.iter_mut()) {
            *closed |= source.is_some_and(|source| cycle.binary_search(&source).is_ok());
        }
    }
    if let Some(slot) = chosen.get_mut(node as usize) {
        *slot = other;
    }
}

/// The best open option whose source is not in `without`, the first of equals.
fn best(options: &[Vec<Offer>], closed: &[Vec<bool>], node: usize, without: &[u32]) -> Option<usize> {
    let (list, closed) = (options.get(node)?, closed.get(node)?);
    let open = list.iter().zip(closed).enumerate().filter(|(_, ((source, _), closed))| {
        !**closed && source.is_none_or(|source| without.binary_search(&source).is_err())
    });
    let best = open.max_by(|(i, ((_, a), _)), (j, ((_, b), _))| a.total_cmp(b).then(j.cmp(i)));
    best.map(|(index, _)| index)
}

/// The cycles of the chosen sources, each in order of its nodes. Linear.
fn cycles(options: &[Vec<Offer>], chosen: &[Option<usize>]) -> Vec<Vec<u32>> {
    let source = |node: usize| -> Option<usize> {
        let option = options.get(node)?.get((*chosen.get(node)?)?)?;
        option.0.map(|source| source as usize)
    };
    let mut seen_in: Vec<usize> = vec![0; options.len()];
    let mut cycles = Vec::new();
    for start in 0..options.len() {
        let walk = start + 1;
        let mut at = Some(start);
        while let Some(node) = at {
            let Some(seen) = seen_in.get_mut(node) else { break };
            if *seen == walk {
                cycles.push(around(node, &source));
                break;
            }
            if *seen != 0 {
                break;
            }
            *seen = walk;
            at = source(node);
        }
    }
    cycles
}

fn around(start: usize, source: &dyn Fn(usize) -> Option<usize>) -> Vec<u32> {
    let mut cycle = Vec::new();
    let mut at = Some(start);
    while let Some(node) = at {
        cycle.push(u32::try_from(node).unwrap_or(u32::MAX));
        at = source(node).filter(|next| *next != start);
    }
    cycle.sort_unstable();
    cycle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_source_of_each() {
        let options =
            [vec![(None, -0.1)], vec![(Some(0), -0.2), (None, -2.0)], vec![(Some(0), -1.0), (Some(1), -0.5)]];
        assert_eq!(forest(&options), [Some(0), Some(0), Some(1)]);
    }

    #[test]
    fn a_cycle_opens_where_least_is_lost() {
        let options = [vec![(Some(1), -0.1), (None, -3.0)], vec![(Some(0), -0.1), (None, -1.0)]];
        assert_eq!(forest(&options), [Some(0), Some(1)]);
    }

    #[test]
    fn a_node_that_can_only_be_in_a_cycle_has_no_source() {
        let options = [vec![(Some(1), -0.1)], vec![(Some(0), -0.1)]];
        assert_eq!(forest(&options), [None, Some(0)]);
    }

    #[test]
    fn a_long_ring_and_a_long_chain_take_no_stack() {
        let ring: Vec<Vec<Offer>> =
            (0..100_000_u32).map(|n| vec![(Some((n + 1) % 100_000), -0.1), (None, -1.0)]).collect();
        let chosen = forest(&ring);
        assert_eq!(chosen.iter().filter(|c| **c == Some(1)).count(), 1);
    }
}
