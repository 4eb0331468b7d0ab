//! What the targets share: how bytes become articles, and what must hold of whatever is read in them.

use std::io::Write;
use std::path::PathBuf;

use quotetrace::matching::{Occurrence, Utterance};
use quotetrace::quotation::Kind;
use quotetrace::text::{Normal, Offsets, Text};
use quotetrace::{Analysis, Document, Span, Tracker};

/// Parts one article from the next, and one field of an article from the next, in an input that is text.
const ARTICLE: char = '\u{1e}';
const FIELD: char = '\u{1f}';

/// The articles of an input: text, outlet, title, address, date, author, language, as many as are there.
pub fn articles(data: &[u8]) -> Vec<Document> {
    let input = String::from_utf8_lossy(data);
    input.split(ARTICLE).enumerate().map(|(number, fields)| article(number, fields)).collect()
}

fn article(number: usize, fields: &str) -> Document {
    let mut fields = fields.split(FIELD);
    let mut document = Document::new(format!("d{number}"), fields.next().unwrap_or_default());
    let mut next = || fields.next().filter(|field| !field.is_empty());
    if let Some(outlet) = next() {
        document = document.with_outlet(outlet);
    }
    if let Some(title) = next() {
        document = document.with_title(title);
    }
    if let Some(url) = next() {
        document = document.with_url(url);
    }
    if let Some(time) = next().and_then(|date| date.parse().ok()) {
        document = document.with_published(time);
    }
    if let Some(author) = next() {
        document = document.with_author(author);
    }
    if let Some(language) = next() {
        document = document.with_language(language);
    }
    document
}

/// The articles of an input in a tracker, with indirect speech.
pub fn tracked(documents: Vec<Document>) -> Tracker {
    let mut tracker = Tracker::new().with_analyzer(quotetrace::Analyzer::new().with_indirect(true));
    assert_eq!(tracker.add_all(documents).len(), 0, "sound articles are taken");
    tracker
}

/// Spans that lie on characters, whatever was asked for.
fn fits(span: Span, raw: &str) {
    assert!(span.start <= span.end && span.of(raw).is_some(), "{span:?} is no stretch of the text");
}

/// Tokens, sentences and paragraphs hold together, and each map goes there and back.
pub fn check_text(raw: &str) {
    let text = Text::new(raw);
    let mut end = 0;
    for (index, token) in text.tokens().iter().enumerate() {
        let span = token.span();
        fits(span, raw);
        assert!(span.start >= end && !span.is_empty(), "tokens in order, none overlapping");
        end = span.end;
        assert!(text.sentences()[token.sentence()].contains(&index), "a token lies in its sentence");
        assert!(text.paragraphs()[token.paragraph()].tokens.contains(&index), "and in its paragraph");
        assert_eq!(text.token_at(span.start), index);
        assert_eq!(text.tokens_in(span), index..index + 1);
    }
    let mut next = 0;
    for paragraph in text.paragraphs() {
        assert_eq!(paragraph.tokens.start, next, "paragraphs follow each other");
        next = paragraph.tokens.end;
        assert_eq!(text.span_of(paragraph.tokens.clone()), Some(paragraph.span));
        for sentence in &text.sentences()[paragraph.sentences.clone()] {
            assert!(paragraph.tokens.start <= sentence.start && sentence.end <= paragraph.tokens.end);
        }
    }
    assert_eq!(next, text.tokens().len());

    let normal = Normal::new(raw);
    let mut end = 0;
    for word in normal.words() {
        fits(word.span(), raw);
        assert!(word.span().start >= end && !word.span().is_empty(), "words in order, none overlapping");
        end = word.span().end;
    }
    if let Some(whole) = normal.span_of(0..normal.words().len()) {
        fits(whole, raw);
        let again = Normal::of(raw, whole);
        assert!(again.keys().eq(normal.keys()), "what stands around the words changes none");
    }

    let offsets = Offsets::new(raw);
    for byte in 0..=raw.len() {
        let (scalars, units) = (offsets.scalars(byte), offsets.utf16(byte));
        assert_eq!(scalars.is_some(), raw.is_char_boundary(byte), "byte {byte}");
        assert_eq!(scalars.and_then(|at| offsets.from_scalars(at)), scalars.map(|_| byte));
        assert_eq!(units.and_then(|at| offsets.from_utf16(at)), units.map(|_| byte));
    }
}

/// Spans of the text, indices of the list, confidences that are confidences.
pub fn check_analysis(raw: &str, analysis: &Analysis) {
    let sure = |confidence: quotetrace::Confidence| assert!((0.0..=1.0).contains(&confidence.value()));
    let mut start = 0;
    for (index, quotation) in analysis.quotations.iter().enumerate() {
        fits(quotation.span, raw);
        assert!(quotation.span.start >= start, "in order of their first byte");
        start = quotation.span.start;
        assert!(!quotation.parts.is_empty(), "a quotation has a part");
        let mut end = quotation.span.start;
        for part in &quotation.parts {
            fits(*part, raw);
            assert!(part.start >= end && !part.is_empty(), "parts in order, none overlapping");
            end = part.end;
        }
        assert_eq!(end, quotation.span.end, "the last part ends where the quotation does");
        if let Some(within) = quotation.within {
            assert!(within < index, "what holds another comes first");
            assert!(analysis.quotations[within].span.covers(quotation.span), "and holds it");
        }
        quotation.extent.into_iter().for_each(sure);
        let Some(attribution) = &quotation.attribution else { continue };
        sure(attribution.confidence);
        assert!(quotation.kind == Kind::Indirect || !attribution.speaker.is_empty(), "a speaker has a name");
        [attribution.mention, attribution.cue].into_iter().flatten().for_each(|span| fits(span, raw));
    }
    for credit in &analysis.credits {
        fits(credit.span, raw);
        sure(credit.confidence);
        assert!(!credit.source.is_empty(), "a source has a name");
        assert!(credit.quotation.is_none_or(|index| index < analysis.quotations.len()));
    }
}

/// Every printing stands where it says, and its edits give what is printed there.
pub fn check_graph(tracker: &Tracker) {
    let graph = tracker.graph();
    assert_eq!(graph.documents().len(), tracker.len());
    for utterance in graph.utterances() {
        assert!(!utterance.occurrences.is_empty(), "an utterance is printed somewhere");
        utterance.occurrences.iter().for_each(|occurrence| check_occurrence(tracker, utterance, occurrence));
        for (span, count) in utterance.support() {
            fits(span, &utterance.text);
            assert!(count <= utterance.occurrences.len());
        }
        for origin in graph.origins(&utterance.id) {
            assert!(tracker.get(origin).is_some(), "an origin is a document");
        }
        assert!(graph.spread(&utterance.id).len() <= tracker.len());
    }
    for repeat in graph.repeats() {
        assert!(graph.utterance(&repeat.utterance).is_some() && tracker.get(&repeat.document).is_some());
        let Some(from) = &repeat.from_document else { continue };
        assert_ne!(*from, repeat.document, "nobody has it from itself");
        let time = |id: &str| tracker.get(id).and_then(|(document, _)| document.published());
        if let (false, Some(ours), Some(theirs)) = (repeat.is_stated(), time(&repeat.document), time(from)) {
            assert!(!ours.before(theirs), "what is inferred does not run backwards");
        }
    }
}

fn check_occurrence(tracker: &Tracker, utterance: &Utterance, occurrence: &Occurrence) {
    let (document, analysis) = tracker.get(&occurrence.document).expect("a printing stands in a document");
    let raw = document.text();
    fits(occurrence.span, raw);
    fits(occurrence.at, &utterance.text);
    assert!(analysis.quotations[occurrence.quotation].span.covers(occurrence.span), "inside its quotation");
    let printed: String = occurrence.edits.iter().map(|edit| edit.text.as_str()).collect();
    assert_eq!(printed, occurrence.span.text(raw), "the edits give what is printed");
    let mut at = occurrence.at.start;
    for edit in occurrence.edits.iter() {
        fits(edit.at, &utterance.text);
        assert_eq!(edit.at.start, at, "the edits cover the wording in order");
        at = edit.at.end;
    }
    assert_eq!(at, occurrence.at.end);
}

/// A file of this process alone, in memory where the machine has a file system there.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let memory = PathBuf::from("/dev/shm");
        let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
        Self(folder.join(format!("quotetrace-fuzz-{}-{name}", std::process::id())))
    }

    pub fn path(&self) -> &std::path::Path {
        &self.0
    }

    pub fn write(&self, bytes: &[u8]) {
        let mut file = std::fs::File::create(&self.0).expect("a scratch file");
        file.write_all(bytes).expect("a scratch file");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
