//! The articles that a quotation is held against, and the answer from all their matches.

use petgraph::visit::EdgeRef;

use super::answer::{Match, Verdict, Verification};
use super::claim::Claim;
use super::glance::Glance;
use super::options::VerifyOptions;
use super::splice;
use crate::analysis::Analysis;
use crate::document::{Document, Published};
use crate::limits::Notice;
use crate::matching::{Edit as Step, Op};
use crate::provenance::{Edge, Node, ProvenanceGraph};
use crate::tracker::{PassedOver, Tracker};

/// Scores nearer than this are as good as one another.
const NEAR: f32 = 0.05;

/// The articles that a quotation is held against.
pub(super) enum Sources<'a> {
    /// All that are known.
    All(&'a Tracker),
    /// One that nobody knows the utterances of.
    One(&'a Document, &'a Analysis),
}

/// Where a quotation's words stand, the best first.
struct Found {
    matches: Vec<Match>,
    /// What was not read.
    left_out: PassedOver,
}

impl Sources<'_> {
    pub(super) fn verify(&self, quotation: &str, options: &VerifyOptions) -> Verification {
        let Found { matches: mut whole, left_out } = self.found(quotation, options);
        let mut verdict = whole.first().map_or(Verdict::NotFound, |best| best.verdict);
        let (mut notices, mut in_pieces) = (Vec::new(), false);
        if !verdict.is_whole()
            && !whole.first().is_some_and(is_shortened)
            && let Some(pieces) = self.pieces(quotation, options, whole.first(), &mut notices)
        {
            (verdict, whole, in_pieces) = (Verdict::Spliced, pieces, true);
        }
        if !in_pieces && is_misattributed(&whole, options) {
            verdict = Verdict::Misattributed;
        }
        let earliest = if in_pieces { None } else { self.earliest(&whole) };
        let more = whole.len().saturating_sub(options.most_matches);
        // All that are as good as the best are named before the others are cut off, so that the margin is one of all.
        if options.utterances {
            self.name(&mut whole);
        }
        let (margin, ambiguous) = if in_pieces { (0.0, false) } else { margin(&whole) };
        whole.truncate(options.most_matches);
        let PassedOver { stretches, unreadable } = left_out;
        for (limit, count) in [("matches", more), ("stretches", stretches), ("unreadable", unreadable)] {
            if count > 0 {
                notices.push(Notice::new(limit, count));
            }
        }
        Verification { verdict, matches: whole, earliest, margin, ambiguous, notices }
    }

    /// The matches alone, without their utterances.
    pub(super) fn find(&self, quotation: &str, options: &VerifyOptions) -> Vec<Match> {
        let mut matches = self.found(quotation, options).matches;
        matches.truncate(options.most_matches);
        matches
    }

    fn found(&self, quotation: &str, options: &VerifyOptions) -> Found {
        let claim = Claim::new(quotation, options);
        let mut matches = Vec::new();
        if claim.keys.is_empty() {
            return Found { matches, left_out: PassedOver::default() };
        }
        let mut left_out = PassedOver::default();
        match self {
            Self::All(tracker) => {
                let mut glance = None;
                left_out = tracker.each_likely(
                    quotation,
                    options.most_stretches,
                    &mut |text| {
                        let glance = glance.get_or_insert_with(|| Glance::new(quotation, claim.keys.len()));
                        glance.as_ref().is_none_or(|glance| glance.may_hold(text))
                    },
                    &mut |document, analysis, stretches| {
                        matches.extend(claim.in_document(document, analysis, stretches));
                    },
                );
            }
            Self::One(document, analysis) => matches.extend(claim.in_document(document, analysis, None)),
        }
        let is_asked = |one: &Match| options.speaker.as_deref().is_some_and(|name| one.is_by(name));
        matches.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| (!is_asked(a)).cmp(&!is_asked(b)))
                .then_with(|| (&a.document, a.span.start).cmp(&(&b.document, b.span.start)))
        });
        Found { matches, left_out }
    }

    /// The best match of each piece, if the claim is of pieces that all stand somewhere to the word, and not all in one
    /// place.
    fn pieces(
        &self,
        quotation: &str,
        options: &VerifyOptions,
        best: Option<&Match>,
        notices: &mut Vec<Notice>,
    ) -> Option<Vec<Match>> {
        let mut pieces = splice::pieces(quotation);
        if pieces.is_empty() {
            pieces = best.map(|best| splice::cut(quotation, best)).unwrap_or_default();
        }
        if pieces.is_empty() {
            return None;
        }
        if pieces.len() > splice::MOST {
            notices.push(Notice::new("pieces", pieces.len() - splice::MOST));
            return None;
        }
        let mut found = Vec::new();
        for piece in pieces {
            let mut matches = self.found(piece, options).matches;
            matches.retain(|one| one.verdict.is_whole());
            if matches.is_empty() {
                return None;
            }
            found.push(matches);
        }
        if splice::is_one_place(&found) {
            return None;
        }
        Some(found.into_iter().filter_map(|piece| piece.into_iter().next()).collect())
    }

    /// Gives matches the utterances that the quotations there print. O(utterances of the documents).
    fn name(&self, matches: &mut [Match]) {
        let Self::All(tracker) = self else { return };
        // Asked for only where something was found, since the graph may have to be made for it.
        if matches.is_empty() {
            return;
        }
        let graph = tracker.graph();
        for one in matches.iter_mut().filter(|one| one.quotation.is_some()) {
            one.utterance = utterance(graph, one);
        }
    }

    fn published(&self, id: &str) -> Option<Published> {
        match self {
            Self::All(tracker) => tracker.get(id)?.0.published(),
            Self::One(document, _) => document.published(),
        }
    }

    fn earliest(&self, matches: &[Match]) -> Option<String> {
        let best = matches.first()?.score;
        let mut dated: Vec<(Published, &str)> = Vec::new();
        for one in matches.iter().take_while(|one| one.score >= best) {
            dated.push((self.published(&one.document)?, &one.document));
        }
        let (time, id) = dated.iter().min_by_key(|(time, _)| time.until())?;
        let is_first = dated.iter().all(|(other, name)| name == id || time.before(*other));
        is_first.then(|| (*id).to_owned())
    }
}

/// The utterance that the document prints where the match is: the one with most of it.
fn utterance(graph: &ProvenanceGraph, one: &Match) -> Option<String> {
    let document = graph.node(&Node::Document(one.document.as_str().into()))?;
    let printed = graph.graph().edges(document).filter_map(|edge| match edge.weight() {
        Edge::Printed { span, .. } if span.overlaps(one.span) => {
            let shared = span.end.min(one.span.end) - span.start.max(one.span.start);
            Some((shared, std::cmp::Reverse(span.len()), graph.graph().node_weight(edge.target())?))
        }
        _ => None,
    });
    match printed.max_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| b.2.cmp(a.2)))?.2 {
        Node::Utterance(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Whether nothing but dots stands between the words of the match and those asked for.
fn is_shortened(one: &Match) -> bool {
    let is_fair = |edit: &Step| matches!(edit.op, Op::Keep | Op::Typography | Op::Elide);
    one.verdict == Verdict::Altered && one.edits.iter().all(is_fair)
}

/// Whether none of those who say the words as well as the best match does is the one they are ascribed to.
fn is_misattributed(matches: &[Match], options: &VerifyOptions) -> bool {
    let (Some(asked), Some(best)) = (&options.speaker, matches.first()) else { return false };
    let mut named =
        matches.iter().take_while(|one| one.score >= best.score).filter(|one| one.speaker.is_some());
    named.clone().next().is_some() && !named.any(|one| one.is_by(asked))
}

/// How far the best match is from the best one of other words, and whether it is so near that another utterance may be
/// meant.
fn margin(matches: &[Match]) -> (f32, bool) {
    let Some(best) = matches.first() else { return (0.0, false) };
    let is_other =
        |one: &&Match| one.utterance != best.utterance || (one.utterance.is_none() && one.score < best.score);
    let margin = best.score - matches.iter().find(is_other).map_or(0.0, |other| other.score);
    let is_rival = |one: &Match| {
        one.utterance.is_some() && one.utterance != best.utterance && best.score - one.score < NEAR
    };
    (margin, best.utterance.is_some() && matches.iter().any(is_rival))
}
