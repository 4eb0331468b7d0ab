//! Whence each document has each utterance: what it says itself, and what wording, selection and time suggest.

mod article;
mod candidate;
mod feature;
mod fits;
mod forest;
pub mod learn;
mod linked;
mod printing;
mod stated;
mod weigh;
mod weights;

use std::cell::LazyCell;
use std::collections::HashMap;

use article::{Article, Lag, Sequences, lag};
use candidate::{Candidates, not_later};
use feature::{COUNT, local};
use printing::Printings;
use stated::{Claim, Stated};
use weigh::{Choice, Keep, add_hubs, choice, softmax};

use crate::analysis::Analysis;
use crate::document::{Document, Published};
use crate::matching::Utterance;
use crate::parallel::in_parallel;
use crate::provenance::Options;
use crate::provenance::repeat::{Basis, Evidence};

/// Where one document has one utterance from.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) document: u32,
    pub(crate) utterance: u32,
    printing: u32,
    /// What the document says, one for each source that it credits; where it says nothing, what is inferred.
    pub(crate) sources: Vec<Traced>,
    /// How likely it is that no document given is its source.
    pub(crate) none: f32,
    /// Whether the forest gives it no source.
    pub(crate) is_root: bool,
}

/// One source of one printing. What speaks for it is written out at the end, by [`Outcome::reasons`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traced {
    pub(crate) source: Option<u32>,
    pub(crate) chance: f32,
    pub(crate) ground: Ground,
}

/// Why a source is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The document says so: the credit, as an index into all.
    Credit(u32),
    /// It is the likeliest, among so many that are as likely; it prints `shared` of the `of` utterances.
    Inferred { shared: u32, of: u32, among: u32 },
    /// An editor says so: the ruling, as an index into all.
    Ruling(u32),
}

/// What inference gives, and how often it left candidates aside.
pub(crate) struct Outcome<'a> {
    pub(crate) found: Vec<Found>,
    pub(crate) left: usize,
    work: Work<'a>,
}

/// By how much surer the choices are than their scores, so that confidences are right as often as they say.
const SHARPNESS: f32 = 1.15;

/// How sure a credit is that was carried on to another quotation of the same speaker.
const CARRIED: f32 = 0.7;

/// Finds the source of every printing. `documents` are in order of id, and so are the utterances' occurrences.
/// Linear in printings × candidates, but for the rounds in which circles are opened ([`forest`]).
pub(crate) fn infer<'a>(
    documents: &'a [(&'a Document, &'a Analysis)],
    utterances: &[Utterance],
    options: &Options,
) -> Outcome<'a> {
    let work = Work::new(documents, utterances, options);
    let candidates = Candidates::new(&work.articles, &work.printings, options.tolerance, options.candidates);
    let choices = work.weigh(&candidates, &weights::WEIGHTS, Keep::Scores);
    let left = choices.iter().map(|choice| choice.left).sum();
    let found = in_parallel(&work.printings.by_utterance, |list| work.settle(list, &choices, options));
    let mut all = Vec::with_capacity(work.printings.all.len());
    all.extend(found.into_iter().flatten());
    Outcome { found: all, left, work }
}

impl Outcome<'_> {
    /// What a source rests on, and what of it can be pointed at. Linear in the readings of the two printings.
    pub(crate) fn reasons(&self, found: &Found, traced: &Traced) -> (Vec<Basis>, Vec<Evidence>) {
        let (mut basis, mut evidence) = (Vec::new(), Vec::new());
        match traced.ground {
            Ground::Ruling(ruling) => evidence.push(Evidence::Ruling { ruling: ruling as usize }),
            Ground::Credit(credit) => {
                basis.push(Basis::Credit);
                if let Some(credit) = self.work.credit(found.document, credit) {
                    evidence.push(Evidence::Credit { span: credit.span });
                }
                if let Some(source) = traced.source {
                    self.work.bases(found.printing, source, &mut basis, &mut evidence);
                }
                if !basis.contains(&Basis::Link)
                    && let Some(url) = self.work.link(found.document, credit)
                {
                    basis.push(Basis::Link);
                    evidence.push(Evidence::Link { url: url.to_owned() });
                }
            }
            Ground::Inferred { shared, of, among } => {
                if let Some(source) = traced.source {
                    self.work.bases(found.printing, source, &mut basis, &mut evidence);
                }
                if of > 1 {
                    evidence.push(Evidence::Selection { shared: shared as usize, of: of as usize });
                }
                if among > 1 {
                    evidence.push(Evidence::Tie { among: among as usize });
                }
            }
        }
        // There are as many as there are repeats, and they stay.
        basis.shrink_to_fit();
        evidence.shrink_to_fit();
        (basis, evidence)
    }
}

/// The documents that print one utterance, by outlet, undated ones first and then by time.
struct Printers(HashMap<u64, Vec<u32>>);

impl Printers {
    fn of(list: &[u32], printings: &Printings, articles: &[Article]) -> Self {
        let mut by_outlet: HashMap<u64, Vec<u32>> = HashMap::new();
        for document in list.iter().filter_map(|&id| printings.get(id)).map(|printing| printing.document) {
            if let Some(outlet) = articles.get(document as usize).and_then(|article| article.outlet) {
                by_outlet.entry(outlet).or_default().push(document);
            }
        }
        let time = |document: &u32| {
            let time = articles.get(*document as usize).and_then(|article| article.time);
            (time.map(Published::from), *document)
        };
        by_outlet.values_mut().for_each(|documents| documents.sort_unstable_by_key(time));
        Self(by_outlet)
    }

    fn of_outlet(&self, outlet: u64) -> &[u32] {
        self.0.get(&outlet).map_or(&[], Vec::as_slice)
    }
}

struct Work<'a> {
    documents: &'a [(&'a Document, &'a Analysis)],
    articles: Vec<Article>,
    sequences: Sequences,
    printings: Printings,
    stated: Vec<Stated>,
    /// The index of every document's first credit among all.
    firsts: Vec<usize>,
    tolerance: i64,
}

impl<'a> Work<'a> {
    fn new(
        documents: &'a [(&'a Document, &'a Analysis)],
        utterances: &[Utterance],
        options: &Options,
    ) -> Self {
        let number = |id: &str| {
            let at = documents.binary_search_by(|(document, _)| document.id().cmp(id)).ok()?;
            u32::try_from(at).ok()
        };
        let mut articles: Vec<Article> =
            in_parallel(documents, |(document, analysis)| Article::of(document, analysis));
        let sequences = Sequences::count(&mut articles);
        let printings = Printings::of(utterances, documents.len(), &number);
        let mut firsts = Vec::with_capacity(documents.len());
        let mut stated = Vec::with_capacity(documents.len());
        let mut first = 0;
        for (number, (document, analysis)) in (0..).zip(documents) {
            stated.push(Stated::of(document, number, &analysis.credits, first, &printings));
            firsts.push(first);
            first += analysis.credits.len();
        }
        Self { documents, articles, sequences, printings, stated, firsts, tolerance: options.tolerance }
    }

    /// Every document's choice, with the probabilities of its choices.
    fn weigh(&self, candidates: &Candidates<'_>, weights: &[f32; COUNT], keep: Keep) -> Vec<Choice> {
        let ground = weigh::Known {
            articles: &self.articles,
            printings: &self.printings,
            stated: &self.stated,
            sequences: &self.sequences,
        };
        let numbers: Vec<u32> = (0..).zip(&self.articles).map(|(number, _)| number).collect();
        let mut choices = in_parallel(&numbers, |&number| choice(&ground, candidates, number, weights, keep));
        add_hubs(&mut choices, weights);
        for choice in &mut choices {
            choice.chances = softmax(&std::mem::take(&mut choice.scores), SHARPNESS);
        }
        choices
    }

    /// Settles the sources of the printings of one utterance.
    fn settle(&self, list: &[u32], choices: &[Choice], options: &Options) -> Vec<Found> {
        let slot = |document: u32| {
            let at = list
                .binary_search_by_key(&Some(document), |&id| self.printings.get(id).map(|p| p.document))
                .ok()?;
            u32::try_from(at).ok()
        };
        // Most utterances are credited to nobody.
        let printers = LazyCell::new(|| Printers::of(list, &self.printings, &self.articles));
        let mut open = Vec::with_capacity(list.len());
        let mut said = Vec::with_capacity(list.len());
        for &id in list {
            let Some(printing) = self.printings.get(id) else { continue };
            let (Some(choice), Some(stated)) =
                (choices.get(printing.document as usize), self.stated.get(printing.document as usize))
            else {
                continue;
            };
            let claims = claims_of(stated, id);
            let sources: Vec<Option<u32>> =
                claims.iter().map(|claim| self.resolve(claim, &printers, choice)).collect();
            open.push(if claims.is_empty() {
                let fixed = !stated.wire.is_empty() || stated.own.binary_search(&id).is_ok();
                let sources =
                    self.likely(choice, id).into_iter().filter(|(source, _)| source.is_none() || !fixed);
                sources.map(|(source, chance)| (source.and_then(slot), chance.max(1e-30).ln())).collect()
            } else {
                let known: Vec<forest::Offer> =
                    sources.iter().flatten().map(|&source| (slot(source), 0.0)).collect();
                if known.is_empty() { vec![(None, 0.0)] } else { known }
            });
            said.push((id, choice, claims, sources));
        }
        let chosen = forest::forest(&open);
        let mut found = Vec::with_capacity(said.len());
        for (((id, choice, claims, sources), options_here), pick) in said.into_iter().zip(&open).zip(chosen) {
            let Some(printing) = self.printings.get(id) else { continue };
            let chosen = pick.and_then(|at| options_here.get(at)).and_then(|option| option.0);
            // Once more rather than kept: an utterance of 10,000 printings has half a million of them.
            let likely = if claims.is_empty() { self.likely(choice, id) } else { Vec::new() };
            let none = if claims.is_empty() {
                likely.iter().filter(|(source, _)| source.is_none()).map(|(_, chance)| chance).sum()
            } else {
                0.0
            };
            let stated = claims.iter().zip(&sources).map(|(claim, &source)| self.stated_of(claim, source));
            let source = chosen.and_then(|at| list.get(at as usize)).and_then(|&id| self.printings.get(id));
            let inferred = source
                .filter(|_| claims.is_empty())
                .and_then(|source| self.inferred(id, source.document, &likely, choices, options));
            let mut sources: Vec<Traced> = stated.chain(inferred).collect();
            sources.shrink_to_fit();
            found.push(Found {
                document: printing.document,
                utterance: printing.utterance,
                printing: id,
                sources,
                none,
                is_root: claims.is_empty() && chosen.is_none(),
            });
        }
        found
    }

    /// How likely each source is for one printing: its document's main source, where that prints it and it fits.
    fn likely(&self, choice: &Choice, id: u32) -> Vec<(Option<u32>, f32)> {
        // They are in the order in which the document prints them.
        let place = |id: u32| self.printings.get(id).map(|printing| (printing.place, printing.utterance));
        let Ok(index) = choice.printings.binary_search_by_key(&place(id), |&printing| place(printing)) else {
            return vec![(None, 1.0)];
        };
        let residuals = choice.residuals(index);
        let mut likely: Vec<(Option<u32>, f32)> = Vec::with_capacity(choice.chances.len());
        for ((&source, residual), chance) in choice.sources.iter().zip(residuals).zip(&choice.chances) {
            if let Some(residual) = residual {
                likely.push((Some(source), chance * residual.exp()));
            }
        }
        likely.push((None, choice.chances.last().copied().unwrap_or(1.0)));
        let total: f32 = likely.iter().map(|(_, chance)| chance).sum();
        if total > 0.0 {
            for (_, chance) in &mut likely {
                *chance /= total;
            }
        }
        likely
    }

    /// The document that a credit means: the one of that outlet which prints the utterance and is not later.
    fn resolve(&self, claim: &Claim, printers: &Printers, choice: &Choice) -> Option<u32> {
        /// How likely one of several must be.
        const CLEAR: f32 = 0.8;
        let copy = self.printings.get(claim.printing)?;
        let article = self.articles.get(copy.document as usize)?;
        let fits = |document: u32| {
            document != copy.document
                && self.articles.get(document as usize).is_some_and(|other| {
                    other.outlet == Some(claim.source) && not_later(other, article, self.tolerance)
                })
        };
        // The earliest fits if any does; one of the first three may be the copy itself.
        let mut fitting = printers.of_outlet(claim.source).iter().take(3).copied().filter(|&one| fits(one));
        let (first, second) = (fitting.next()?, fitting.next());
        if second.is_none() {
            return Some(first);
        }
        let weighed: Vec<(u32, f32)> = choice
            .sources
            .iter()
            .zip(&choice.chances)
            .filter(|(source, _)| fits(**source))
            .map(|(&source, &chance)| (source, chance))
            .collect();
        let total: f32 = weighed.iter().map(|(_, chance)| chance).sum();
        weighed.iter().find(|(_, chance)| *chance > CLEAR * total).map(|&(source, _)| source)
    }

    fn stated_of(&self, claim: &Claim, source: Option<u32>) -> Traced {
        let copy = self.printings.get(claim.printing);
        let credit = copy.and_then(|copy| self.credit(copy.document, claim.credit));
        let chance = credit.map_or(0.5, |credit| credit.confidence.value());
        let chance = if claim.is_carried { CARRIED * chance } else { chance };
        Traced { source, chance, ground: Ground::Credit(claim.credit) }
    }

    /// A credit of `document` by its index among all.
    fn credit(&self, document: u32, credit: u32) -> Option<&crate::credit::Credit> {
        let (_, analysis) = self.documents.get(document as usize)?;
        let first = *self.firsts.get(document as usize)?;
        analysis.credits.get((credit as usize).checked_sub(first)?)
    }

    /// Where a link leads that stands at a credit of `document`.
    fn link(&self, document: u32, credit: u32) -> Option<&str> {
        let (article, analysis) = self.documents.get(document as usize)?;
        linked::link_of(article, analysis, self.credit(document, credit)?)
    }

    fn inferred(
        &self,
        id: u32,
        source: u32,
        likely: &[(Option<u32>, f32)],
        choices: &[Choice],
        options: &Options,
    ) -> Option<Traced> {
        let chance = likely.iter().find(|(other, _)| *other == Some(source)).map(|(_, chance)| *chance)?;
        if chance < options.threshold {
            return None;
        }
        let copy = self.printings.get(id)?;
        let choice = choices.get(copy.document as usize)?;
        let shared = choice.sources.binary_search(&source).map_or(0, |row| choice.fits.printed(row));
        let among = likely.iter().filter(|(other, p)| other.is_some() && (p - chance).abs() < 0.02).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (shared, of, among) = (number(shared), number(choice.printings.len()), number(among));
        Some(Traced { source: Some(source), chance, ground: Ground::Inferred { shared, of, among } })
    }

    /// What of a source's printing can be pointed at.
    fn bases(&self, id: u32, source: u32, basis: &mut Vec<Basis>, evidence: &mut Vec<Evidence>) {
        let Some(copy) = self.printings.get(id) else { return };
        let Some(theirs) = self.printings.find(copy.utterance, source) else { return };
        let (Some(article), Some(other)) =
            (self.articles.get(copy.document as usize), self.articles.get(source as usize))
        else {
            return;
        };
        if article.links_to(other) {
            basis.push(Basis::Link);
            let url = self.documents.get(source as usize).and_then(|(document, _)| document.url());
            evidence.extend(url.map(|url| Evidence::Link { url: url.to_owned() }));
        }
        // Both print the utterance: that they have the words in common is what brings them together.
        basis.push(Basis::Wording);
        let (_, likeness) = local(&self.printings, copy, theirs);
        if likeness.same {
            evidence.push(Evidence::Same);
        }
        if likeness.shared > 0 {
            evidence.push(Evidence::Shared { edits: likeness.shared, printings: likeness.rarest });
        }
        match lag(other.time, article.time) {
            Lag::Known(seconds) => {
                if seconds > 0 {
                    basis.push(Basis::Time);
                }
                evidence.push(Evidence::Time { lag: seconds });
            }
            Lag::Unknown => evidence.push(Evidence::Undated),
        }
    }
}

/// The claims of one printing.
fn claims_of(stated: &Stated, id: u32) -> &[Claim] {
    let from = stated.claims.partition_point(|claim| claim.printing < id);
    let rest = stated.claims.get(from..).unwrap_or(&[]);
    let to = rest.partition_point(|claim| claim.printing == id);
    rest.get(..to).unwrap_or(&[])
}
