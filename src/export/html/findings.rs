//! What deserves a second look: meaning altered, speakers disputed, credits in a circle, credits not found.

use std::io::{self, Write};

use super::escape::Name;
use super::say::{self, Count};
use super::story::{Numbered, Story, meaning};
use super::utterance::whence;
use super::words;

/// How many findings of one kind are shown.
const SHOWN: usize = 25;

/// Writes the section of findings.
pub(super) fn section(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    writeln!(out, "<section id=\"findings\" aria-labelledby=\"findings-title\">")?;
    writeln!(out, "<h2 id=\"findings-title\">Findings</h2>")?;
    writeln!(out, "<p class=\"lead\">Where to look again. None of these is a verdict on anybody.</p>")?;
    let any = [
        altered(out, story)?,
        disputed(out, story)?,
        cycles(out, story)?,
        without_credit(out, story)?,
        orphans(out, story)?,
        syndicated(out, story)?,
    ];
    if !any.contains(&true) {
        writeln!(out, "<p>Nothing was found that asks for a second look.</p>")?;
    }
    writeln!(out, "</section>")
}

/// Writes a list under a heading, cut at [`SHOWN`], each thing as it is `told`; whether there was anything to write.
fn listed<T>(
    out: &mut dyn Write,
    (title, explained): (&str, &str),
    items: &[T],
    told: impl Fn(&T) -> io::Result<String>,
) -> io::Result<bool> {
    if items.is_empty() {
        return Ok(false);
    }
    writeln!(
        out,
        "<h3>{title} <span class=\"aside\">{}</span></h3><p class=\"note\">{explained}</p>",
        items.len()
    )?;
    writeln!(out, "<ul class=\"findings\">")?;
    for item in items.iter().take(SHOWN) {
        writeln!(out, "<li>{}</li>", told(item)?)?;
    }
    if items.len() > SHOWN {
        writeln!(out, "<li class=\"unknown\">{} more are not listed here.</li>", items.len() - SHOWN)?;
    }
    writeln!(out, "</ul>")?;
    Ok(true)
}

/// A link to an utterance by its number.
fn to(numbered: Option<Numbered<'_>>) -> String {
    numbered.map_or_else(
        || "an utterance".to_owned(),
        |one| format!("<a href=\"#u{0}\">utterance {0}</a>", one.number),
    )
}

fn altered(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let mut items = Vec::new();
    for one in story.utterances() {
        for (at, occurrence) in one.utterance.occurrences.iter().enumerate() {
            let changes = meaning(one.utterance, occurrence);
            if !changes.is_empty() {
                items.push((one, at, occurrence, changes));
            }
        }
    }
    let explained = "A printing departs from the wording that most support, in words that carry the meaning. \
                     Which of the two was said is not decided here.";
    listed(out, ("Meaning altered", explained), &items, |(one, at, occurrence, changes)| {
        let mut words = Vec::new();
        words::printing(&mut words, one.utterance, occurrence)?;
        Ok(format!(
            "{} changes <strong class=\"alarm\">{}</strong> in <a href=\"#u{}p{}\">utterance {}</a>: <span class=\"said\" dir=\"auto\">{}</span>",
            story.called(&occurrence.document),
            say::changes(changes),
            one.number,
            at + 1,
            one.number,
            String::from_utf8_lossy(&words)
        ))
    })
}

fn disputed(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let heading = ("Speaker disputed", "Articles give the same words to different names.");
    listed(out, heading, &story.graph.disputed(), |dispute| {
        let speaker = |(name, documents): &(&str, Vec<&str>)| {
            let by: Vec<Name<'_>> = documents.iter().map(|id| story.called(id)).collect();
            format!("<b><bdi>{}</bdi></b> in {}", say::speaker(name), say::names(&by, 3))
        };
        let speakers: Vec<String> = dispute.speakers.iter().map(speaker).collect();
        Ok(format!("{}: {}", to(story.number_of(dispute.utterance)), say::list(&speakers)))
    })
}

fn cycles(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let heading = ("Credits in a circle", "Outlets say that they have it from each other.");
    listed(out, heading, &story.graph.cycles(), |cycle| {
        let outlets: Vec<Name<'_>> = cycle.outlets.iter().map(|outlet| Name(outlet)).collect();
        Ok(format!("{}: {}", to(story.number_of(cycle.utterance)), say::names(&outlets, 8)))
    })
}

fn without_credit(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let explained = "Wording and time suggest a source, and no credit to it was found in the text. The article may \
                     name it in a way that was not understood, or have the words from the speaker too.";
    let heading = ("Repeats without a credit found", explained);
    listed(out, heading, &story.graph.repeats_without_credit(), |repeat| {
        Ok(format!(
            "<a href=\"#d{}\">{}</a>, {}. {}",
            story.document(&repeat.document),
            story.called(&repeat.document),
            to(story.number_of(&repeat.utterance)),
            whence(story, repeat)
        ))
    })
}

fn orphans(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let heading = ("Credited, and not among these articles", "Where to look next.");
    listed(out, heading, &story.graph.orphans(), |orphan| {
        let mut by: Vec<Name<'_>> =
            orphan.credits.iter().map(|credited| story.called(&credited.document)).collect();
        by.dedup();
        Ok(format!("<b>{}</b>, credited by {}", Name(orphan.source), say::names(&by, 6)))
    })
}

fn syndicated(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let heading = ("Copy of one agency", "Many printings, one source.");
    listed(out, heading, &story.graph.syndication(), |group| {
        let outlets: Vec<Name<'_>> = group.documents.iter().map(|id| story.called(id)).collect();
        Ok(format!(
            "<b>{}</b>: {} by {}",
            Name(group.agency),
            Count(group.documents.len(), "printing"),
            say::names(&outlets, 8)
        ))
    })
}
