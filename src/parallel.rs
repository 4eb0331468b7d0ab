//! One function of many things on all cores, in their order.

use std::num::NonZero;
use std::thread;

/// The fewest things that a thread is worth.
const SHARE: usize = 512;
/// The most threads.
const MOST: usize = 16;
/// How many pieces there are for each thread: some things take longer than others.
const PIECES: usize = 8;

/// `make` of every item, in the order of the items: what a loop gives. Where the system has no thread to give, it is a
/// loop.
pub(crate) fn in_parallel<T: Sync, R: Send>(items: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST);
    let threads = threads.min(items.len() / SHARE);
    if threads < 2 {
        return items.iter().map(make).collect();
    }
    // Thread t takes the pieces t, t + threads, and so on.
    let pieces: Vec<&[T]> = items.chunks(items.len().div_ceil(threads * PIECES)).collect();
    let share = |first: usize| -> Vec<Vec<R>> {
        pieces.iter().skip(first).step_by(threads).map(|piece| piece.iter().map(&make).collect()).collect()
    };
    let shares: Vec<Vec<Vec<R>>> = thread::scope(|scope| {
        let begun: Vec<_> = (1..threads)
            .map(|first| (first, thread::Builder::new().spawn_scoped(scope, move || share(first))))
            .collect();
        let own = share(0);
        let rest =
            begun.into_iter().map(|(first, thread)| match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(made)) => made,
                Ok(Err(cause)) => std::panic::resume_unwind(cause),
                Err(_) => share(first),
            });
        std::iter::once(own).chain(rest).collect()
    });
    let mut shares: Vec<_> = shares.into_iter().map(Vec::into_iter).collect();
    let mut made = Vec::with_capacity(items.len());
    for number in 0..pieces.len() {
        made.extend(shares.get_mut(number % threads).and_then(Iterator::next).into_iter().flatten());
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_items_however_many_there_are() {
        for count in [0, 1, SHARE, 2 * SHARE - 1, 2 * SHARE, 10_007] {
            let items: Vec<usize> = (0..count).collect();
            let squares: Vec<usize> = items.iter().map(|n| n * n).collect();
            assert_eq!(in_parallel(&items, |n| n * n), squares, "{count}");
        }
    }
}
