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

/// Writes a list under a heading, cut at [`SHOWN`]; whether there was anything to write.
fn listed(out: &mut dyn Write, title: &str, explained: &str, items: &[String]) -> io::Result<bool> {
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
        writeln!(out, "<li>{item}</li>")?;
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
            if changes.is_empty() {
                continue;
            }
            let mut words = Vec::new();
            words::printing(&mut words, one.utterance, occurrence)?;
            items.push(format!(
                "{} changes <strong class=\"alarm\">{}</strong> in <a href=\"#u{}p{}\">utterance {}</a>: <span class=\"said\" dir=\"auto\">{}</span>",
                Name(story.called(&occurrence.document)),
                say::changes(&changes),
                one.number,
                at + 1,
                one.number,
                String::from_utf8_lossy(&words)
            ));
        }
    }
    let explained = "A printing departs from the wording that most support, in words that carry the meaning. \
                     Which of the two was said is not decided here.";
    listed(out, "Meaning altered", explained, &items)
}

fn disputed(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let items: Vec<String> = story
        .graph
        .disputed()
        .iter()
        .map(|dispute| {
            let speakers: Vec<String> = dispute
                .speakers
                .iter()
                .map(|(name, documents)| {
                    let by: Vec<&str> = documents.iter().map(|id| story.called(id)).collect();
                    format!("<b><bdi>{}</bdi></b> in {}", say::speaker(name), say::names(&by, 3))
                })
                .collect();
            format!("{}: {}", to(story.number_of(dispute.utterance)), say::list(&speakers))
        })
        .collect();
    listed(out, "Speaker disputed", "Articles give the same words to different names.", &items)
}

fn cycles(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let items: Vec<String> = story
        .graph
        .cycles()
        .iter()
        .map(|cycle| format!("{}: {}", to(story.number_of(cycle.utterance)), say::names(&cycle.outlets, 8)))
        .collect();
    listed(out, "Credits in a circle", "Outlets say that they have it from each other.", &items)
}

fn without_credit(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let repeats = story.graph.repeats_without_credit();
    let items: Vec<String> = repeats
        .iter()
        .map(|repeat| {
            format!(
                "<a href=\"#d{}\">{}</a>, {}. {}",
                story.document(&repeat.document),
                Name(story.called(&repeat.document)),
                to(story.number_of(&repeat.utterance)),
                whence(story, repeat)
            )
        })
        .collect();
    let explained = "Wording and time suggest a source, and no credit to it was found in the text. The article may \
                     name it in a way that was not understood, or have the words from the speaker too.";
    listed(out, "Repeats without a credit found", explained, &items)
}

fn orphans(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let items: Vec<String> = story
        .graph
        .orphans()
        .iter()
        .map(|orphan| {
            let mut by: Vec<&str> =
                orphan.credits.iter().map(|credited| story.called(&credited.document)).collect();
            by.dedup();
            format!("<b>{}</b>, credited by {}", Name(orphan.source), say::names(&by, 6))
        })
        .collect();
    listed(out, "Credited, and not among these articles", "Where to look next.", &items)
}

fn syndicated(out: &mut dyn Write, story: &Story<'_>) -> io::Result<bool> {
    let items: Vec<String> = story
        .graph
        .syndication()
        .iter()
        .map(|group| {
            let outlets: Vec<&str> = group.documents.iter().map(|id| story.called(id)).collect();
            format!(
                "<b>{}</b>: {} by {}",
                Name(group.agency),
                Count(group.documents.len(), "printing"),
                say::names(&outlets, 8)
            )
        })
        .collect();
    listed(out, "Copy of one agency", "Many printings, one source.", &items)
}
