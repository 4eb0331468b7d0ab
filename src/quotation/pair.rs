//! Pairs opening and closing marks within one paragraph, so that a stray mark spoils nothing beyond it.

use super::mark::{Family, Mark, Shape, Side};
use crate::text::Span;

/// What became of an opening mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is still open.
    Open,
    /// It was closed.
    Closed,
    /// It runs to the end of its paragraph.
    Unclosed,
    /// It was no opening mark after all.
    Dropped,
}

/// An opening mark and the end of what it opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) mark: Mark,
    pub(super) end: usize,
    pub(super) state: State,
    /// The pair around it, by index.
    pub(super) parent: Option<usize>,
    /// Whether it goes on with the pair before it, which it reopens.
    pub(super) reopens: bool,
    /// Where a possessive apostrophe stands that may have closed it.
    pending: Option<usize>,
    /// Whether a pair of double marks opens inside it.
    holds: bool,
}

/// The pairs of one paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    /// In order of their opening marks.
    pub(super) pairs: Vec<Pair>,
    /// The end of a closing mark that nothing opens and before which nothing is opened.
    pub(super) stray: Option<usize>,
    /// How many marks would have opened deeper than the limit.
    pub(super) too_deep: usize,
    stack: Vec<usize>,
    /// How many pairs are not dropped so far.
    live: usize,
    overflow: usize,
}

impl Pairs {
    /// Pairs `marks`, those of a paragraph that ends at `end`. `depth` bounds the nesting; `reopened` is the
    /// family of the mark that the next paragraph starts with. O(marks · depth).
    pub(super) fn read(&mut self, marks: &[Mark], end: usize, depth: usize, reopened: Option<Family>) {
        self.pairs.clear();
        self.stack.clear();
        self.stray = None;
        self.too_deep = 0;
        self.live = 0;
        self.overflow = 0;
        for mark in marks.iter().filter(|mark| !mark.measure) {
            if mark.family == Family::Single {
                self.single(mark, depth);
            } else {
                self.double(mark, depth);
            }
        }
        self.finish(end, reopened);
    }

    /// The innermost open pair of a family, as a place in the stack.
    fn innermost(&self, family: Family) -> Option<usize> {
        self.stack.iter().rposition(|&index| self.pairs.get(index).is_some_and(|p| p.mark.family == family))
    }

    fn at(&self, place: Option<usize>) -> Option<&Pair> {
        self.pairs.get(*self.stack.get(place?)?)
    }

    fn double(&mut self, mark: &Mark, depth: usize) {
        let place = self.innermost(mark.family);
        let open = self.at(place).map(|pair| pair.mark.shape);
        let opens = match mark.family {
            Family::Double => double_opens(mark, open),
            Family::Guillemet | Family::Angle => guillemet_opens(mark, open),
            _ => mark.shape == Shape::Opening,
        };
        if opens {
            for &index in &self.stack {
                if let Some(pair) = self.pairs.get_mut(index) {
                    pair.holds = true;
                }
            }
            self.open(mark, depth);
        } else if self.overflow > 0 {
            self.overflow -= 1;
        } else if let Some(place) = place {
            self.close(place, mark.span.end);
        } else if self.live == 0 && mark.side != Side::Open {
            self.stray = self.stray.or(Some(mark.span.end));
        }
    }

    fn single(&mut self, mark: &Mark, depth: usize) {
        // A single mark closes only what was opened inside the innermost double ones.
        let top = self.stack.len().checked_sub(1);
        let place = top.filter(|_| self.at(top).is_some_and(|pair| pair.mark.family == Family::Single));
        let open = self.at(place).map(|pair| pair.mark.shape);
        let closes = match mark.shape {
            Shape::Low => false,
            Shape::Opening => {
                mark.side == Side::Close || (open == Some(Shape::Low) && mark.side != Side::Open)
            }
            Shape::Closing => true,
            Shape::Straight => mark.side != Side::Open,
        };
        if closes {
            let Some(place) = place else { return };
            let Some(pair) = self.stack.get(place).and_then(|&index| self.pairs.get_mut(index)) else {
                return;
            };
            if mark.side == Side::Open {
                // ’tis inside ‘…’: nothing is closed before a word.
            } else if mark.possessive {
                pair.pending = pair.pending.or(Some(mark.span.end));
            } else {
                self.close(place, mark.span.end);
            }
            return;
        }
        if mark.elides || (mark.shape == Shape::Straight && mark.side != Side::Open) {
            return;
        }
        // A single pair holds no single pair: the one that is open ended earlier, or never was one.
        if let Some(place) = place {
            self.give_up(place);
        }
        self.open(mark, depth);
    }

    fn open(&mut self, mark: &Mark, depth: usize) {
        if self.stack.len() >= depth {
            self.overflow += usize::from(mark.family != Family::Single);
            self.too_deep += 1;
            return;
        }
        let parent = self.stack.last().copied();
        self.stack.push(self.pairs.len());
        self.live += 1;
        self.pairs.push(Pair {
            mark: *mark,
            end: mark.span.end,
            state: State::Open,
            parent,
            reopens: false,
            pending: None,
            holds: false,
        });
    }

    /// Closes the pair at a place of the stack, and gives up what is open inside it.
    fn close(&mut self, place: usize, end: usize) {
        while self.stack.len() > place + 1 {
            self.give_up(self.stack.len() - 1);
        }
        let Some(pair) = self.stack.pop().and_then(|index| self.pairs.get_mut(index)) else { return };
        // An apostrophe that strays, and one that ends a word further on, would swallow what lies between.
        let swallows = pair.mark.family == Family::Single
            && pair.mark.shape == Shape::Straight
            && pair.holds
            && !(pair.mark.initial || pair.mark.announced);
        pair.end = end;
        pair.state = if swallows { State::Dropped } else { State::Closed };
        self.live -= usize::from(swallows);
    }

    /// Takes the last pair from the stack: it ends at the possessive that it may have ended at, or was none.
    fn give_up(&mut self, place: usize) {
        self.stack.truncate(place + 1);
        let Some(pair) = self.stack.pop().and_then(|index| self.pairs.get_mut(index)) else { return };
        (pair.state, pair.end) = match pair.pending {
            Some(end) if !pair.holds => (State::Closed, end),
            _ => (State::Dropped, pair.end),
        };
        self.live -= usize::from(pair.state == State::Dropped);
    }

    /// Where a paragraph lost its line breaks, the mark that stood at the start of each: “…. “…. “….” Nothing closes
    /// before it, and a sentence ends there. What it reopens ends there too.
    fn reopen(&mut self) {
        let Some(&outermost) = self.stack.first() else { return };
        let mut current = outermost;
        for index in outermost + 1..self.pairs.len() {
            let (Some(around), Some(pair)) = (self.pairs.get(current), self.pairs.get(index)) else { return };
            let reopens = around.state == State::Open && around.mark.family == pair.mark.family;
            let ends = |end: &usize| {
                reopens
                    && pair.state != State::Dropped
                    && pair.parent == Some(current)
                    && *end > around.mark.span.end
            };
            let Some(end) = pair.mark.stop.filter(ends) else { continue };
            let parent = around.parent;
            if let Some(around) = self.pairs.get_mut(current) {
                (around.state, around.end) = (State::Closed, end);
            }
            if let Some(pair) = self.pairs.get_mut(index) {
                (pair.parent, pair.reopens) = (parent, true);
            }
            current = index;
        }
        self.stack.retain(|&index| self.pairs.get(index).is_some_and(|pair| pair.state == State::Open));
    }

    /// Ends the paragraph: the outermost mark that is open and announces a quotation runs to its end.
    fn finish(&mut self, end: usize, reopened: Option<Family>) {
        self.reopen();
        let mut taken = false;
        for place in 0..self.stack.len() {
            let Some(&index) = self.stack.get(place) else { break };
            let Some(mark) = self.pairs.get(index).map(|pair| pair.mark) else { break };
            // One that touches the mark which really opens was put there by a program.
            let doubled = self
                .pairs
                .get(index + 1)
                .is_some_and(|next| next.mark.span.start == mark.span.end && next.mark.family == mark.family);
            let open = mark.side == Side::Open;
            let credible = !doubled
                && if mark.family == Family::Single {
                    // An apostrophe, unless the next paragraph starts with such a mark too.
                    open && reopened == Some(Family::Single) && (mark.initial || mark.announced)
                } else {
                    let reopened = reopened.is_some_and(|family| family != Family::Single);
                    mark.side != Side::Close && (mark.initial || (open && (mark.announced || reopened)))
                };
            let Some(pair) = self.pairs.get_mut(index) else { break };
            if credible && !taken {
                taken = true;
                pair.state = State::Unclosed;
                pair.end = end;
            } else if let Some(end) = pair.pending.filter(|_| !pair.holds) {
                pair.state = State::Closed;
                pair.end = end;
            } else {
                pair.state = State::Dropped;
            }
        }
        self.stack.clear();
        // Who stood in a pair that was none stands in the pair around it. Parents come first, so one pass does.
        for index in 0..self.pairs.len() {
            let parent = self.pairs.get(index).and_then(|pair| pair.parent);
            let Some(around) = parent.and_then(|parent| self.pairs.get(parent)) else { continue };
            let parent = if around.state == State::Dropped { around.parent } else { parent };
            // What ended at a possessive may have ended before this.
            let parent = parent.filter(|parent| {
                let start = self.pairs.get(index).map_or(0, |pair| pair.mark.span.start);
                self.pairs.get(*parent).is_some_and(|parent| parent.end > start)
            });
            if let Some(pair) = self.pairs.get_mut(index) {
                pair.parent = parent;
            }
        }
    }
}

impl Pair {
    /// From the opening mark to the closing one.
    pub(super) const fn span(&self) -> Span {
        Span::new(self.mark.span.start, self.end)
    }
}

/// Whether a double mark opens, given the shape of the innermost double mark that is open.
fn double_opens(mark: &Mark, open: Option<Shape>) -> bool {
    match (mark.shape, open) {
        (Shape::Low, _) => true,
        // „…“
        (Shape::Opening, Some(Shape::Low)) => mark.side == Side::Open,
        // Turned the wrong way.
        (Shape::Opening, Some(_)) => mark.side == Side::Open || !(mark.attached || mark.last),
        (Shape::Opening, None) => mark.side != Side::Close,
        // Turned the wrong way; a space that strays may stand behind it.
        (Shape::Closing, None) => mark.side == Side::Open || (mark.side == Side::Either && mark.initial),
        (Shape::Closing, Some(_)) => false,
        (Shape::Straight, None) => mark.side != Side::Close,
        (Shape::Straight, Some(_)) => mark.side == Side::Open,
    }
}

/// Whether a guillemet opens: «…», » … «, »…».
fn guillemet_opens(mark: &Mark, open: Option<Shape>) -> bool {
    match open {
        None => mark.side != Side::Close || mark.shape == Shape::Opening && mark.side == Side::Either,
        Some(shape) if shape == mark.shape => {
            mark.side == Side::Open || (mark.side == Side::Either && shape == Shape::Opening)
        }
        Some(_) => false,
    }
}
