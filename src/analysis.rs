//! Floor 3: one document in, its quotations, their speakers and its credits out.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::confidence::Confidence;
use crate::credit::{self, Credit, OutletTable, Outlets};
use crate::document::Document;
use crate::limits::{Limits, Notice};
use crate::mention::{self, Cast, Setting};
use crate::quotation::{self, Kind, Stretch};
use crate::speaker::{self, Attribution, Reported, Verdict};
use crate::text::{Span, Text, Vocabulary};

/// One stretch of one document that gives somebody's words.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quotation {
    /// Its kind.
    pub kind: Kind,
    /// From its first part's start to its last part's end.
    pub span: Span,
    /// Its parts, each from opening mark to closing mark inclusive; one for most quotations.
    pub parts: Vec<Span>,
    /// The words as printed, without the outer marks; parts are joined by a space.
    pub text: String,
    /// The index of the quotation it is nested in.
    pub within: Option<usize>,
    /// Who says it.
    pub attribution: Option<Attribution>,
    /// Of indirect speech, how sure it is that exactly these words are reported; marks leave no doubt of that.
    #[serde(default)]
    pub extent: Option<Confidence>,
}

impl Quotation {
    /// The speaker's name, if there is one; of indirect speech the text may give a cue and nobody.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        let name = self.attribution.as_ref().map(|attribution| attribution.speaker.as_str());
        name.filter(|name| !name.is_empty())
    }
}

impl fmt::Debug for Quotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Quotation {{ {:?} {:?} “{}”, speaker: {:?} }}",
            self.kind,
            self.span,
            self.text,
            self.speaker()
        )
    }
}

/// What one document says: its quotations with their speakers, and its credits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Analysis {
    /// The document's id.
    pub document: String,
    /// Its quotations, in order of their first byte.
    pub quotations: Vec<Quotation>,
    /// Its credits, in order of their first byte.
    pub credits: Vec<Credit>,
    /// The limits that were hit.
    pub notices: Vec<Notice>,
}

/// The words that the rooms look a text up for.
static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::new(speaker::words().chain(mention::words()).chain(credit::words())));

/// Reads documents: a pure function from [`Document`] to [`Analysis`], with no state between documents.
///
/// It is `Send + Sync`; one serves all threads.
#[derive(Clone, Debug)]
pub struct Analyzer {
    limits: Limits,
    indirect: bool,
    outlets: Cow<'static, OutletTable>,
}

impl Default for Analyzer {
    fn default() -> Self {
        let outlets = Cow::Borrowed(OutletTable::shipped());
        Self { limits: Limits::default(), indirect: false, outlets }
    }
}

impl Analyzer {
    /// An analyzer with the default options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With other limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With indirect speech (said that …) looked for, or not, which is the default and costs nothing.
    #[must_use]
    pub fn with_indirect(mut self, indirect: bool) -> Self {
        self.indirect = indirect;
        self
    }

    /// With another table of outlets, such as the shipped one with more:
    ///
    /// ```
    /// use quotetrace::{Analyzer, Document, credit::OutletTable};
    ///
    /// let more = "Said\toutlet\t\t\tsaid.example";
    /// let analyzer = Analyzer::new().with_outlets(OutletTable::shipped().clone().with_tsv(more)?);
    /// let document = Document::new("d1", "“We will rebuild,” the mayor told Said.");
    /// assert_eq!(analyzer.analyze(&document).credits[0].source, "Said");
    /// # Ok::<(), quotetrace::Error>(())
    /// ```
    #[must_use]
    pub fn with_outlets(mut self, outlets: OutletTable) -> Self {
        self.outlets = Cow::Owned(outlets);
        self
    }

    /// Finds the quotations of `document`, who says them, and its credits. Linear in the length of the text;
    /// never fails.
    #[must_use]
    pub fn analyze(&self, document: &Document) -> Analysis {
        let text = Text::with_vocabulary(document.text(), &VOCABULARY);
        let (mut stretches, mut notices) = quotation::find(&text, &self.limits);
        quotation::set_off(&text, &mut stretches, document.blocks());
        let outlets = Outlets::read(&text, document, &self.outlets);
        // Nobody need be known where nobody's words are given.
        let mut quotations = if stretches.is_empty() && !self.indirect {
            Vec::new()
        } else {
            self.quotations(&text, &stretches, document, &outlets.certain(), &mut notices)
        };
        if self.indirect {
            stretches = quotations.iter().map(stretch_of).collect();
        } else {
            stretches.iter_mut().zip(&quotations).for_each(|(stretch, said)| stretch.kind = said.kind);
        }
        let mut credits = outlets.credits(&stretches);
        // Analyses are kept by the hundred thousand.
        credits.shrink_to_fit();
        quotations.shrink_to_fit();
        notices.shrink_to_fit();
        Analysis { document: document.id().to_owned(), quotations, credits, notices }
    }

    /// The quotations of a text with their speakers: those of `stretches`, and indirect speech if it is asked for.
    fn quotations(
        &self,
        text: &Text<'_>,
        stretches: &[Stretch],
        document: &Document,
        outlets: &[Span],
        notices: &mut Vec<Notice>,
    ) -> Vec<Quotation> {
        let mut quoted: Vec<Span> = stretches.iter().flat_map(|stretch| &stretch.parts).copied().collect();
        quoted.sort_unstable();
        let setting = Setting::new()
            .with_title(document.title())
            .with_quoted(&quoted)
            .with_outlets(outlets)
            .with_language(document.language())
            .with_author(document.author().and_then(writer));
        let cast = Cast::read(text, &setting);
        let (verdicts, cut) = speaker::attribute(text, stretches, &cast, &self.limits);
        notices.extend(cut);
        let said = stretches.iter().zip(verdicts);
        let mut quotations: Vec<Quotation> =
            said.map(|(stretch, verdict)| quotation_of(text, stretch, verdict)).collect();
        if self.indirect {
            let reported = reported(text, &quotations, &cast);
            quotations = merge(quotations, reported);
        }
        let attributions = quotations.iter_mut().filter_map(|quotation| quotation.attribution.as_mut());
        speaker::authors(text, &cast, attributions);
        for index in 0..quotations.len() {
            inside(text, &cast, &mut quotations, index);
        }
        let attributed = quotations
            .iter_mut()
            .filter_map(|quotation| Some((quotation.parts.as_slice(), quotation.attribution.as_mut()?)));
        speaker::manner(text, cast.language(), attributed);
        quotations
    }
}

/// Corrects who says what stands inside another quotation.
fn inside(text: &Text<'_>, cast: &Cast<'_>, quotations: &mut [Quotation], index: usize) {
    let Some(outer) =
        quotations.get(index).and_then(|one| one.within).and_then(|outer| quotations.get(outer))
    else {
        return;
    };
    let (around, Some(by)) = (outer.span, outer.attribution.clone()) else { return };
    if let Some(inner) = quotations.get_mut(index).and_then(|one| one.attribution.as_mut()) {
        speaker::nested(text, cast, around, &by, inner);
    }
}

/// The one name of a byline, who is “I”, without its “By”; one word, several names or an address are nobody.
fn writer(byline: &str) -> Option<&str> {
    let (by, rest) = byline.trim().split_once(' ')?;
    let name = if by.eq_ignore_ascii_case("by") { rest.trim() } else { byline.trim() };
    let plain = |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | '-' | '’' | '\'');
    let several = name.split_whitespace().any(|word| matches!(word, "and" | "und" | "et" | "y"));
    (name.chars().all(plain) && !several).then_some(name)
}

/// A quotation as the credits see it.
fn stretch_of(quotation: &Quotation) -> Stretch {
    Stretch { kind: quotation.kind, parts: quotation.parts.clone(), within: quotation.within }
}

fn quotation_of(text: &Text<'_>, stretch: &Stretch, verdict: Verdict) -> Quotation {
    Quotation {
        kind: verdict.kind,
        span: stretch.span(),
        parts: stretch.parts.clone(),
        text: printed(text.raw(), &stretch.parts),
        within: stretch.within,
        attribution: verdict.attribution,
        extent: None,
    }
}

/// The indirect speech outside the marked `quotations`.
fn reported(text: &Text<'_>, quotations: &[Quotation], cast: &Cast<'_>) -> Vec<Quotation> {
    let parts = |speech: bool| {
        let outer = quotations.iter().filter(|quotation| quotation.within.is_none());
        let chosen =
            outer.filter(|quotation| !speech || !matches!(quotation.kind, Kind::Scare | Kind::Title));
        let mut parts: Vec<Span> = chosen.flat_map(|quotation| quotation.parts.iter().copied()).collect();
        parts.sort_unstable();
        parts
    };
    let found = speaker::indirect(text, &parts(false), &parts(true), cast);
    found.into_iter().map(|reported| indirect_of(text, reported)).collect()
}

fn indirect_of(text: &Text<'_>, reported: Reported) -> Quotation {
    let span = reported.parts.iter().copied().reduce(Span::cover).unwrap_or_default();
    Quotation {
        kind: Kind::Indirect,
        span,
        text: reported.parts.iter().map(|part| part.text(text.raw())).collect::<Vec<_>>().join(" "),
        parts: reported.parts,
        within: None,
        attribution: Some(reported.attribution),
        extent: Some(reported.extent),
    }
}

/// Both in order of their first byte; what lies within another still knows which.
fn merge(marked: Vec<Quotation>, reported: Vec<Quotation>) -> Vec<Quotation> {
    let mut places = vec![0; marked.len()];
    let both = marked.into_iter().enumerate().map(|(index, quotation)| (Some(index), quotation));
    let mut both: Vec<(Option<usize>, Quotation)> =
        both.chain(reported.into_iter().map(|quotation| (None, quotation))).collect();
    both.sort_by_key(|(_, quotation)| quotation.span.start);
    for (place, (index, _)) in both.iter().enumerate() {
        if let Some(slot) = index.and_then(|index| places.get_mut(index)) {
            *slot = place;
        }
    }
    let renumber = |(_, mut quotation): (Option<usize>, Quotation)| {
        quotation.within = quotation.within.and_then(|index| places.get(index).copied());
        quotation
    };
    both.into_iter().map(renumber).collect()
}

/// The words of the parts of a quotation in its text: without their outer marks, joined by a space.
pub(crate) fn printed(text: &str, parts: &[Span]) -> String {
    let mut words = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(quotation::without_outer_marks(text, *part).text(text));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_the_article_is_its_i() {
        let raw = "“The ferry stays,” I said to the harbor master.";
        let speaker = |author: &str| {
            let document = Document::new("d", raw).with_author(author);
            let said = Analyzer::new().analyze(&document).quotations.swap_remove(0);
            said.speaker().map(str::to_owned)
        };
        assert_eq!(speaker("Jo Marsh").as_deref(), Some("Jo Marsh"));
        assert_eq!(speaker("By Jo B. Marsh").as_deref(), Some("Jo B. Marsh"));
        for nobody in ["Jo Marsh and Bea Okafor", "Jo Marsh. Email: jo@ledger.example", "", "Staff"] {
            assert_eq!(speaker(nobody).as_deref(), Some("I"), "{nobody}");
        }
    }

    #[test]
    fn indirect_speech_is_an_option_and_keeps_who_lies_within_whom() {
        let raw = "Ada Quill said that the harbor would open in May.\n“He said ‘we will rebuild’ and left,” Jo Marsh said.";
        let document = Document::new("d", raw);
        let marked = Analyzer::new().analyze(&document).quotations;
        let all = Analyzer::new().with_indirect(true).analyze(&document).quotations;
        assert!(marked.iter().all(|quotation| quotation.kind != Kind::Indirect));
        assert_eq!(
            all.first().map(|quotation| (quotation.kind, quotation.speaker())),
            Some((Kind::Indirect, Some("Ada Quill")))
        );
        assert!(all.is_sorted_by_key(|quotation| quotation.span.start));
        for quotation in &all {
            let outer = quotation.within.and_then(|index| all.get(index));
            assert!(
                outer.is_none_or(|outer| outer.span.covers(quotation.span) && outer.kind != Kind::Indirect)
            );
        }
        let nested = |quotations: &[Quotation]| quotations.iter().filter(|q| q.within.is_some()).count();
        assert_eq!(nested(&all), nested(&marked));
    }
}
