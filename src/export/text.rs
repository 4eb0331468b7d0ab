//! Plain text, for a person at a terminal: the story by speaker, every printing under its utterance.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::careful::clean;
use crate::credit::Relation;
use crate::error::Result;
use crate::matching::{Change, Edit, Occurrence, Op, Utterance, Variant, changes, has_word};
use crate::name::Name;
use crate::provenance::{Basis, ProvenanceGraph, Repeat};

/// How the text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextOptions {
    /// Whether to colour with ANSI escape codes. What is altered is marked without colour too.
    pub colour: bool,
    /// The longest line, in characters.
    pub width: usize,
}

impl TextOptions {
    /// What is used unless told otherwise: no colour, 100 characters.
    pub const DEFAULT: Self = Self { colour: false, width: 100 };

    /// With or without colour.
    #[must_use]
    pub const fn with_colour(mut self, colour: bool) -> Self {
        self.colour = colour;
        self
    }
}

impl Default for TextOptions {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Writes the story for a person to read: who said what, in which words each outlet printed it, whence it has it.
///
/// Control characters and marks that turn the direction of a text are left out. O(length of the story).
///
/// # Errors
/// Only what `out` gives.
pub fn text<W: Write>(graph: &ProvenanceGraph, options: TextOptions, mut out: W) -> Result<()> {
    let page = Page::new(graph, options);
    let mut written = page.glance();
    for (speaker, utterances) in page.by_speaker() {
        page.heading(&mut written, speaker);
        for utterance in utterances {
            page.utterance(&mut written, utterance);
            pass_on(&mut written, &mut out)?;
        }
    }
    page.unknown(&mut written);
    pass_on(&mut written, &mut out)
}

/// Writes whole lines, without the white space at their ends, and empties what they stood in.
fn pass_on<W: Write>(written: &mut String, out: &mut W) -> Result<()> {
    for line in written.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    written.clear();
    Ok(())
}

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const YELLOW: &str = "\u{1b}[33m";
const PLAIN: &str = "\u{1b}[0m";

struct Page<'a> {
    graph: &'a ProvenanceGraph,
    options: TextOptions,
    /// How many articles each outlet has.
    outlets: BTreeMap<&'a str, usize>,
}

impl<'a> Page<'a> {
    fn new(graph: &'a ProvenanceGraph, options: TextOptions) -> Self {
        let mut outlets = BTreeMap::new();
        for outlet in graph.documents().iter().filter_map(|header| header.outlet.as_deref()) {
            *outlets.entry(outlet).or_default() += 1;
        }
        Self { graph, options, outlets }
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.options.colour { format!("{colour}{text}{PLAIN}") } else { text.to_owned() }
    }

    /// The numbers of the story.
    fn glance(&self) -> String {
        let graph = self.graph;
        let printings: usize = graph.utterances().iter().map(|utterance| utterance.occurrences.len()).sum();
        let altered =
            graph.utterances().iter().flat_map(|utterance| &utterance.occurrences).filter(|o| is_altered(o));
        let stated = graph.repeats().iter().filter(|repeat| repeat.is_stated()).count();
        let ruled = graph.repeats().iter().filter(|repeat| repeat.is_ruled()).count();
        let mut line = format!(
            "{}, {} in {}",
            count(graph.documents().len(), "article"),
            count(graph.utterances().len(), "utterance"),
            count(printings, "printing"),
        );
        let _ = write!(line, "; {} altered", altered.count());
        let _ = write!(
            line,
            "; {} credited, {} inferred",
            count(stated, "repeat"),
            graph.repeats().len() - stated - ruled
        );
        if ruled > 0 {
            let _ = write!(line, ", {ruled} ruled");
        }
        self.paint(BOLD, &line) + "\n"
    }

    /// The utterances by speaker, the most printed speaker first; nobody's last.
    fn by_speaker(&self) -> Vec<(Option<&'a str>, Vec<&'a Utterance>)> {
        let mut by: BTreeMap<Option<&str>, Vec<&Utterance>> = BTreeMap::new();
        for utterance in self.graph.utterances() {
            by.entry(utterance.speaker.as_deref()).or_default().push(utterance);
        }
        let mut speakers: Vec<_> = by.into_iter().collect();
        for (_, utterances) in &mut speakers {
            utterances
                .sort_by_cached_key(|&utterance| (std::cmp::Reverse(outlets(utterance)), &utterance.text));
        }
        let printed =
            |all: &[&Utterance]| all.iter().map(|utterance| utterance.occurrences.len()).sum::<usize>();
        speakers.sort_by_key(|(name, all)| (name.is_none(), std::cmp::Reverse(printed(all)), *name));
        speakers
    }

    fn heading(&self, out: &mut String, name: Option<&str>) {
        let name = name.map_or_else(|| "NOBODY NAMED".to_owned(), |name| clean(name).to_uppercase());
        let _ = writeln!(out, "\n{}", self.paint(BOLD, &name));
    }

    fn utterance(&self, out: &mut String, utterance: &Utterance) {
        out.push('\n');
        self.wrapped(out, 2, &format!("“{}”", clean(&utterance.text)));
        let mut sure = Vec::new();
        if utterance.speaker.is_some() {
            sure.push(format!("speaker {:.0} % sure", utterance.confidence.value() * 100.0));
        }
        sure.push(self.origin(utterance));
        let _ = writeln!(out, "  {}", self.paint(DIM, &sure.join("; ")));
        for occurrence in &utterance.occurrences {
            self.occurrence(out, utterance, occurrence);
        }
    }

    fn origin(&self, utterance: &Utterance) -> String {
        let origins = self.graph.origins(&utterance.id);
        match origins {
            _ if utterance.occurrences.iter().all(|o| Some(&o.document) == first_document(utterance)) => {
                "printed by one article".to_owned()
            }
            [] => "who had it first is not known".to_owned(),
            [first] => format!("earliest among the articles given: {}", self.outlet(first)),
            all => {
                let names: Vec<String> = all.iter().map(|id| self.outlet(id)).collect();
                format!("none of these has it from another article given: {}", names.join(", "))
            }
        }
    }

    /// One printing: where, in which words, and whence.
    fn occurrence(&self, out: &mut String, utterance: &Utterance, occurrence: &Occurrence) {
        let header = self.graph.document(&occurrence.document);
        let mut line = self.outlet(&occurrence.document);
        if let Some(published) = header.and_then(|header| header.published) {
            let _ = write!(line, ", {published}");
        }
        let how = self.how(&utterance.text, occurrence);
        if occurrence.speaker.is_some() && occurrence.speaker.as_deref() != utterance.speaker.as_deref() {
            let speaker = occurrence.speaker.as_deref().unwrap_or_default();
            let _ = write!(line, " [as {}]", clean(speaker));
        }
        self.wrapped(out, 4, &format!("• {line}: {how}"));
        let meaning = changes(&utterance.text, &occurrence.edits);
        if !meaning.is_empty() && !occurrence.variants.contains(&Variant::Reported) {
            let named: Vec<&str> = meaning.iter().map(|change| name_of(*change)).collect();
            let _ =
                writeln!(out, "      {}", self.paint(YELLOW, &format!("! meaning: {}", named.join(", "))));
        }
        for repeat in self.graph.sources(&occurrence.document, &utterance.id) {
            self.wrapped(out, 6, &self.whence(repeat));
        }
    }

    fn how(&self, wording: &str, occurrence: &Occurrence) -> String {
        let marked = self.marked(wording, occurrence);
        match occurrence.variants.as_slice() {
            [] => "in these words".to_owned(),
            variants => {
                let named: Vec<String> =
                    variants.iter().map(|variant| format!("{variant:?}").to_lowercase()).collect();
                format!("{}: {marked}", named.join(", "))
            }
        }
    }

    /// The printing with what was altered marked: [-left out-], {+put in+}.
    fn marked(&self, wording: &str, occurrence: &Occurrence) -> String {
        if occurrence.variants.contains(&Variant::Reported) {
            let text: String = occurrence.edits.iter().map(|edit| edit.text.as_str()).collect();
            return clean(&text);
        }
        let mut marked = String::from("“");
        for edit in occurrence.edits.iter() {
            self.mark(&mut marked, wording, edit);
        }
        marked.push('”');
        marked
    }

    fn mark(&self, out: &mut String, wording: &str, edit: &Edit) {
        let (before, after) = (clean(edit.at.text(wording)), clean(&edit.text));
        if matches!(edit.op, Op::Delete | Op::Replace) && has_word(&before) {
            let _ = write!(out, " {}", self.paint(RED, &format!("[-{}-]", before.trim())));
        }
        match edit.op {
            Op::Insert | Op::Replace if has_word(&after) => {
                let _ = write!(out, " {}", self.paint(GREEN, &format!("{{+{}+}}", after.trim())));
                if after.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push_str(&after),
        }
    }

    fn whence(&self, repeat: &Repeat) -> String {
        let from = match (&repeat.from_document, &repeat.from_outlet) {
            (Some(document), _) => self.outlet(document),
            (None, Some(outlet)) => format!("{} (not among these articles)", clean(outlet)),
            (None, None) => "a source not named".to_owned(),
        };
        if repeat.is_ruled() {
            return format!("← ruled: it has it from {from}");
        }
        let basis: Vec<String> =
            repeat.basis.iter().map(|basis| format!("{basis:?}").to_lowercase()).collect();
        let credit = repeat.credit.and_then(|index| self.graph.credits().get(index));
        let verb = match credit.map(|credited| credited.credit.relation) {
            Some(Relation::Wire) => "wire copy of",
            Some(_) => "says it has it from",
            None if repeat.basis.contains(&Basis::Credit) => "says it has it from",
            None => "seems to have it from",
        };
        format!("← {verb} {from} ({}; {:.0} %)", basis.join(", "), repeat.confidence.value() * 100.0)
    }

    /// What the story does not tell.
    fn unknown(&self, out: &mut String) {
        let documents = self.graph.documents();
        let undated = documents.iter().filter(|header| header.published.is_none()).count();
        let nameless = documents.iter().filter(|header| header.outlet.is_none()).count();
        let mut said = Vec::new();
        if undated > 0 && undated == documents.len() {
            said.push("No article has a date, so nobody is called first.".to_owned());
        } else if undated > 0 {
            said.push(format!("{} without a date: placed by wording alone.", count(undated, "article")));
        }
        if nameless > 0 {
            said.push(format!(
                "{} without the name of an outlet: called by the file's name.",
                count(nameless, "article")
            ));
        }
        for notice in self.graph.notices() {
            said.push(format!("A limit was hit: {} ({} times).", clean(&notice.limit), notice.count));
        }
        if !said.is_empty() {
            let _ = writeln!(out, "\n{}", self.paint(BOLD, "NOT KNOWN"));
            for line in said {
                self.wrapped(out, 2, &line);
            }
        }
    }

    /// A document's outlet, or else its id.
    fn outlet(&self, id: &str) -> String {
        let header = self.graph.document(id);
        let Some(outlet) = header.and_then(|header| header.outlet.as_deref()) else { return clean(id) };
        let is_one_of_several = self.outlets.get(outlet).is_some_and(|&articles| articles > 1);
        if is_one_of_several { format!("{} ({})", clean(outlet), clean(id)) } else { clean(outlet) }
    }

    /// Appends `text` broken into lines, each indented by `indent`, those after the first by two more.
    fn wrapped(&self, out: &mut String, indent: usize, text: &str) {
        let mut column = 0;
        for word in text.split_whitespace() {
            let width = word.chars().count();
            if column > 0 && column + 1 + width > self.options.width {
                out.push('\n');
                column = 0;
            }
            if column == 0 {
                column = if text.as_ptr() == word.as_ptr() { indent } else { indent + 2 };
                out.extend(std::iter::repeat_n(' ', column));
            } else {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += width;
        }
        out.push('\n');
    }
}

fn first_document(utterance: &Utterance) -> Option<&Name> {
    utterance.occurrences.first().map(|occurrence| &occurrence.document)
}

/// How many documents print an utterance.
fn outlets(utterance: &Utterance) -> usize {
    let mut documents: Vec<&str> = utterance.occurrences.iter().map(|o| o.document.as_str()).collect();
    documents.sort_unstable();
    documents.dedup();
    documents.len()
}

fn is_altered(occurrence: &Occurrence) -> bool {
    occurrence.variants.iter().any(|variant| matches!(variant, Variant::Reworded | Variant::Spliced))
}

fn name_of(change: Change) -> &'static str {
    match change {
        Change::Negation => "a negation",
        Change::Number => "a number",
        Change::Modality => "a modal verb",
        Change::Subject => "the subject",
    }
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::document::Document;
    use crate::provenance::Options;

    #[test]
    fn lines_are_broken_and_hang() {
        let graph = ProvenanceGraph::build([], Vec::new(), &Options::default());
        let options = TextOptions { width: 16, ..TextOptions::DEFAULT };
        let page = Page::new(&graph, options);
        let mut out = String::new();
        page.wrapped(&mut out, 2, "one two three four five");
        assert_eq!(out, "  one two three\n    four five\n");
    }

    #[test]
    fn an_article_without_quotations_is_counted_and_no_more() {
        let document = Document::new("a", "Nothing was said.");
        let analysis = Analyzer::new().analyze(&document);
        let graph = ProvenanceGraph::build([(&document, &analysis)], Vec::new(), &Options::default());
        let mut out = Vec::new();
        text(&graph, TextOptions::DEFAULT, &mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(written.starts_with("1 article, 0 utterances in 0 printings"), "{written}");
        assert!(written.contains("No article has a date, so nobody is called first."));
    }
}
