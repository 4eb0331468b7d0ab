//! The utterances, speaker by speaker: the canonical wording, and every printing aligned under it.

use std::io::{self, Write};

use super::apparatus::apparatus;
use super::escape::{Direction, Escaped, Name, OneLine, language};
use super::say::{self, Count, Sure, When};
use super::story::{Numbered, Speaker, Story, is_reported, meaning};
use super::words;
use crate::credit::Relation;
use crate::matching::{Occurrence, Utterance};
use crate::provenance::Repeat;

/// Writes the section of all utterances.
pub(super) fn section(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    writeln!(out, "<section id=\"utterances\" aria-labelledby=\"utterances-title\">")?;
    writeln!(out, "<h2 id=\"utterances-title\">Utterances</h2>")?;
    writeln!(
        out,
        "<p class=\"lead\">What was said, once, however often it was printed. Under each wording stand its printings; \
         the line beside a printing shows which stretch of the wording it gives.</p>"
    )?;
    for one in &story.speakers {
        speaker(out, story, one)?;
    }
    writeln!(out, "</section>")
}

fn speaker(out: &mut dyn Write, story: &Story<'_>, speaker: &Speaker<'_>) -> io::Result<()> {
    let name = say::speaker_or(speaker.name, "Nobody named");
    writeln!(out, "<div class=\"speaker\">")?;
    writeln!(
        out,
        "<h3 id=\"s{}\"><bdi>{name}</bdi> <span class=\"aside\">{}</span></h3>",
        speaker.number,
        Count(speaker.utterances.len(), "utterance")
    )?;
    let (lone, full): (Vec<Numbered<'_>>, Vec<Numbered<'_>>) =
        speaker.utterances.iter().partition(|one| one.utterance.occurrences.len() == 1);
    for numbered in full {
        utterance(out, story, numbered)?;
    }
    if !lone.is_empty() {
        writeln!(out, "<ul class=\"lones\" aria-label=\"Printed once\">")?;
        for numbered in lone {
            once(out, story, numbered)?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</div>")
}

/// An utterance that was printed once, in two lines.
fn once(out: &mut dyn Write, story: &Story<'_>, numbered: Numbered<'_>) -> io::Result<()> {
    let Numbered { number, utterance, .. } = numbered;
    let Some(occurrence) = utterance.occurrences.first() else { return Ok(()) };
    let (open, close) = if is_reported(utterance) { ("", "") } else { ("“", "”") };
    write!(
        out,
        "<li id=\"u{number}\"><q{}{}>{open}{}{close}</q>",
        lang(story, utterance),
        Direction(&utterance.text),
        Escaped(trimmed(&utterance.text))
    )?;
    let date = story.graph.document(&occurrence.document).and_then(|header| header.published);
    let date = date
        .map_or_else(|| "date not known".to_owned(), |time| say::date(time.from(), "%-d\u{a0}%b\u{a0}%Y"));
    let sure = match utterance.speaker {
        Some(_) => format!("{} sure", Sure(utterance.confidence)),
        None => "speaker not known".to_owned(),
    };
    writeln!(
        out,
        "<small><a href=\"#a{number}p1\">{number}</a> {}, {date}, {sure}</small></li>",
        story.called(&occurrence.document)
    )
}

fn utterance(out: &mut dyn Write, story: &Story<'_>, numbered: Numbered<'_>) -> io::Result<()> {
    let Numbered { number, utterance, .. } = numbered;
    let lone = if numbered.documents == 1 { " lone" } else { "" };
    writeln!(
        out,
        "<article class=\"utterance{lone}\" id=\"u{number}\" aria-labelledby=\"u{number}-title\">"
    )?;
    write!(out, "<h4 id=\"u{number}-title\"><span class=\"label\">Utterance</span> {number}</h4>")?;
    let lang = lang(story, utterance);
    let quoted = if is_reported(utterance) { ("", "") } else { ("“", "”") };
    writeln!(
        out,
        "<blockquote{lang}{}>{}{}{}</blockquote>",
        Direction(&utterance.text),
        quoted.0,
        Escaped(trimmed(&utterance.text)),
        quoted.1
    )?;
    facts(out, story, utterance)?;
    apparatus(out, story, utterance)?;
    writeln!(out, "<ol class=\"printings\">")?;
    let occurrences: Vec<(usize, &Occurrence)> = utterance.occurrences.iter().enumerate().collect();
    for same in occurrences.chunk_by(|(_, a), (_, b)| a.document == b.document) {
        printed(out, story, numbered, same)?;
    }
    writeln!(out, "</ol></article>")
}

/// Quotation marks stand around the wording; its own last comma is the reporting sentence's.
fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches(',')
}

/// How sure, how many, how many independently, and from where.
fn facts(out: &mut dyn Write, story: &Story<'_>, utterance: &Utterance) -> io::Result<()> {
    let mut said = Vec::new();
    said.push(match utterance.speaker {
        Some(_) => format!("Speaker {} sure", Sure(utterance.confidence)),
        None => "Speaker not known".to_owned(),
    });
    let independence = story.graph.independence(&utterance.id);
    if independence.outlets > 1 {
        said.push(format!(
            "{}, at most {} independently",
            Count(independence.outlets, "outlet"),
            independence.sources.len()
        ));
        said.push(origin(story, utterance));
    }
    writeln!(out, "<p class=\"facts\">{}</p>", said.join(" <span class=\"dot\">·</span> "))
}

fn origin(story: &Story<'_>, utterance: &Utterance) -> String {
    match story.graph.origins(&utterance.id) {
        [] => "who had it first is not known".to_owned(),
        [first] => format!("earliest among these articles: {}", story.called(first)),
        all => {
            let mut names: Vec<Name<'_>> = all.iter().map(|id| story.called(id)).collect();
            names.dedup();
            format!("none of these has it from another: {}", say::names(&names, 4))
        }
    }
}

/// What one document prints of the utterance.
fn printed(
    out: &mut dyn Write,
    story: &Story<'_>,
    numbered: Numbered<'_>,
    same: &[(usize, &Occurrence)],
) -> io::Result<()> {
    let Some((_, first)) = same.first() else { return Ok(()) };
    let Some(header) = story.graph.document(&first.document) else { return Ok(()) };
    let utterance = numbered.utterance;
    write!(out, "<li><div class=\"whose\"><p><b class=\"outlet\">{}</b>", story.called(&header.id))?;
    if story.is_one_of_many(header)
        && let Some(title) = &header.title
    {
        write!(out, " <cite{}>{}</cite>", Direction(title), OneLine(title))?;
    }
    write!(out, "<br>{}</p>", When(header.published))?;
    let occurrences: Vec<&Occurrence> = same.iter().map(|(_, occurrence)| *occurrence).collect();
    words::coverage(out, utterance, &occurrences)?;
    write!(out, "</div><div class=\"words\">")?;
    for (at, occurrence) in same {
        line(out, story, numbered, *at, occurrence)?;
    }
    as_printed(out, story, &occurrences)?;
    for repeat in story.graph.sources(&first.document, &utterance.id) {
        writeln!(out, "<p class=\"whence\">{}</p>", whence(story, repeat))?;
    }
    writeln!(out, "</div></li>")
}

/// One printing: its words, how they differ, and the way to the sentence.
fn line(
    out: &mut dyn Write,
    story: &Story<'_>,
    numbered: Numbered<'_>,
    at: usize,
    occurrence: &Occurrence,
) -> io::Result<()> {
    let Numbered { number, utterance, .. } = numbered;
    let printing = at + 1;
    let lang = lang_of(story, &occurrence.document);
    let printed: String = occurrence.edits.iter().map(|edit| edit.text.as_str()).collect();
    write!(
        out,
        "<p class=\"printing\" id=\"u{number}p{printing}\"><span class=\"said\"{lang}{}>",
        Direction(&printed)
    )?;
    if occurrence.variants.is_empty() && numbered.documents > 1 {
        out.write_all(b"<span class=\"same\">In these words.</span>")?;
    } else if occurrence.variants.is_empty() {
        out.write_all(b"<span class=\"same\">Printed by this article alone.</span>")?;
    } else {
        words::printing(out, utterance, occurrence)?;
    }
    let labels: Vec<&str> = occurrence.variants.iter().map(|variant| say::variant(*variant)).collect();
    write!(out, "</span> ")?;
    if !labels.is_empty() {
        write!(out, "<span class=\"how\">{}</span> ", labels.join(", "))?;
    }
    let meaning = meaning(utterance, occurrence);
    if !meaning.is_empty() {
        write!(out, "<strong class=\"alarm\">meaning: {}</strong> ", say::changes(&meaning))?;
    }
    writeln!(out, "<a class=\"to-place\" href=\"#a{number}p{printing}\">in its article</a></p>")
}

/// The speaker as this document has it: the words that name them, whom they are read to mean, and how sure that is.
fn as_printed(out: &mut dyn Write, story: &Story<'_>, occurrences: &[&Occurrence]) -> io::Result<()> {
    let mut said: Vec<String> = Vec::new();
    for occurrence in occurrences {
        let name = occurrence.speaker.as_deref().filter(|name| !name.trim().is_empty());
        let read =
            name.map_or_else(|| "none named here".to_owned(), |name| attributed(story, occurrence, name));
        if !said.contains(&read) {
            said.push(read);
        }
    }
    writeln!(out, "<p class=\"speaker-as\">Speaker: {}</p>", said.join("; "))
}

fn attributed(story: &Story<'_>, occurrence: &Occurrence, name: &str) -> String {
    let read = format!("<bdi>{}</bdi>", say::speaker(name));
    let found = story.article(&occurrence.document).and_then(|(document, analysis)| {
        let attribution = analysis.quotations.get(occurrence.quotation)?.attribution.as_ref()?;
        Some((document, attribution))
    });
    let Some((document, attribution)) = found.filter(|(_, attribution)| attribution.speaker == name) else {
        return read;
    };
    let mention = attribution.mention.map_or("", |span| span.text(document.text()));
    let sure = Sure(attribution.confidence);
    if mention.is_empty() || mention == name {
        format!("{read}, {sure}")
    } else {
        format!("“{}”, read as {read}, {sure}", Name(mention))
    }
}

/// Where a document has an utterance from, as HTML.
pub(super) fn whence(story: &Story<'_>, repeat: &Repeat) -> String {
    let source = match (&repeat.from_document, &repeat.from_outlet) {
        (Some(id), _) => {
            format!("<a href=\"#d{}\">{}</a>", story.document(id), story.called(id))
        }
        (None, Some(outlet)) => format!("{} (not among these articles)", Name(outlet)),
        (None, None) => "a source that is not named".to_owned(),
    };
    let relation = repeat.credit.and_then(|at| story.graph.credits().get(at)).map(|c| c.credit.relation);
    let (class, verb) = match relation {
        Some(Relation::Wire) => ("stated", "Stated: copy of"),
        _ if repeat.is_stated() => ("stated", "Stated: it has it from"),
        _ if repeat.is_ruled() => ("stated", "Ruled: it has it from"),
        _ => ("inferred", "Inferred: it seems to have it from"),
    };
    let basis =
        if repeat.basis.is_empty() { String::new() } else { format!("by {}, ", say::basis(&repeat.basis)) };
    format!(
        "<span class=\"{class}\">{verb}</span> {source} <span class=\"aside\">{basis}{}</span>",
        Sure(repeat.confidence)
    )
}

/// The language of an utterance: that of its first document.
fn lang(story: &Story<'_>, utterance: &Utterance) -> String {
    utterance.occurrences.first().map_or_else(String::new, |occurrence| lang_of(story, &occurrence.document))
}

/// A `lang` attribute for words of a document.
pub(super) fn lang_of(story: &Story<'_>, document: &str) -> String {
    let tag = language(story.article(document).and_then(|(document, _)| document.language()));
    // The page itself is in English.
    tag.filter(|tag| *tag != "en").map_or_else(String::new, |tag| format!(" lang=\"{tag}\""))
}
