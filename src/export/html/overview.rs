//! The story at a glance: its numbers, what was printed more than once, who was credited, what is not known.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::escape::{Name, OneLine, shortened};
use super::say::{self, Count};
use super::story::{Numbered, Speaker, Story, is_altered, meaning};
use crate::credit::{Relation, SourceKind};
use crate::matching::Utterance;

/// Writes the section that an editor reads first.
pub(super) fn section(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    writeln!(out, "<section id=\"glance\" aria-labelledby=\"glance-title\">")?;
    writeln!(out, "<h2 id=\"glance-title\">At a glance</h2>")?;
    numbers(out, story)?;
    repeated(out, story)?;
    once(out, story)?;
    credited(out, story)?;
    writeln!(out, "</section>")
}

fn numbers(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    let graph = story.graph;
    let printings = || graph.utterances().iter().flat_map(|u| u.occurrences.iter().map(move |o| (u, o)));
    let altered = printings().filter(|(_, occurrence)| is_altered(occurrence)).count();
    let telling =
        printings().filter(|(utterance, occurrence)| !meaning(utterance, occurrence).is_empty()).count();
    let stated = graph.repeats().iter().filter(|repeat| repeat.is_stated()).count();
    let inferred = graph.repeats().iter().filter(|repeat| repeat.is_inferred()).count();
    let ruled = graph.repeats().len() - stated - inferred;
    writeln!(out, "<dl class=\"numbers\">")?;
    for (what, count) in [
        ("articles", graph.documents().len()),
        ("outlets named", story.outlets()),
        ("utterances", graph.utterances().len()),
        ("printings", printings().count()),
        ("altered in words", altered),
        ("of them in meaning", telling),
        ("repeats stated", stated),
        ("repeats inferred", inferred),
    ] {
        writeln!(out, "<div><dt>{what}</dt><dd>{count}</dd></div>")?;
    }
    if ruled > 0 {
        writeln!(out, "<div><dt>repeats ruled</dt><dd>{ruled}</dd></div>")?;
    }
    writeln!(out, "</dl>")
}

/// The utterances that more than one article prints, by speaker.
fn repeated(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    let speakers: Vec<(&Speaker<'_>, Vec<Numbered<'_>>)> = story
        .speakers
        .iter()
        .map(|speaker| {
            let many = speaker.utterances.iter().copied().filter(|one| one.documents > 1);
            (speaker, many.collect::<Vec<_>>())
        })
        .filter(|(_, many)| !many.is_empty())
        .collect();
    if speakers.is_empty() {
        return writeln!(out, "<p>No utterance was printed by more than one of these articles.</p>");
    }
    writeln!(out, "<h3>Printed by more than one article</h3>")?;
    writeln!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Utterances printed by more than one article\">\
         <table class=\"repeated\"><thead><tr><th scope=\"col\">Utterance</th>\
         <th scope=\"col\" class=\"n\">Outlets</th><th scope=\"col\" class=\"n\">Independent, at&nbsp;most</th>\
         <th scope=\"col\">Altered</th></tr></thead>"
    )?;
    for (speaker, many) in speakers {
        let name = say::speaker_or(speaker.name, "Nobody named");
        writeln!(
            out,
            "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"4\"><a href=\"#s{}\"><bdi>{name}</bdi></a></th></tr>",
            speaker.number
        )?;
        for one in many {
            row(out, story, one)?;
        }
        writeln!(out, "</tbody>")?;
    }
    writeln!(out, "</table></div>")
}

fn row(out: &mut dyn Write, story: &Story<'_>, one: Numbered<'_>) -> io::Result<()> {
    let independence = story.graph.independence(&one.utterance.id);
    let (words, cut) = shortened(&one.utterance.text, 96);
    write!(
        out,
        "<tr><td><a href=\"#u{}\"><bdi>{}{}</bdi></a>",
        one.number,
        OneLine(words),
        if cut { "…" } else { "" }
    )?;
    let sources = credited_for(story, one.utterance);
    if !sources.is_empty() {
        write!(out, "<br><small>credited: {}</small>", say::names(&sources, 4))?;
    }
    writeln!(
        out,
        "</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
        independence.outlets,
        independence.sources.len(),
        altered(one.utterance)
    )
}

/// Whom documents credit for an utterance, the most credited first.
fn credited_for<'a>(story: &Story<'a>, utterance: &'a Utterance) -> Vec<Name<'a>> {
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    let documents: BTreeSet<&str> = utterance.occurrences.iter().map(|o| o.document.as_str()).collect();
    for document in documents {
        for repeat in story.graph.sources(document, &utterance.id).filter(|repeat| repeat.is_stated()) {
            if let Some(outlet) = &repeat.from_outlet {
                *sources.entry(outlet).or_default() += 1;
            }
        }
    }
    let mut sources: Vec<(&str, usize)> = sources.into_iter().collect();
    sources.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
    sources.into_iter().map(|(name, _)| Name(name)).collect()
}

/// What became of the words, in a cell.
fn altered(utterance: &Utterance) -> String {
    let count = utterance.occurrences.iter().filter(|occurrence| is_altered(occurrence)).count();
    let mut changes: Vec<_> =
        utterance.occurrences.iter().flat_map(|occurrence| meaning(utterance, occurrence)).collect();
    changes.sort_unstable();
    changes.dedup();
    match (count, changes.is_empty()) {
        (0, true) => "<span class=\"unknown\">no</span>".to_owned(),
        (count, true) => Count(count.max(1), "printing").to_string(),
        (_, false) => format!("<strong class=\"alarm\">{}</strong>", say::changes(&changes)),
    }
}

/// How many of those who are printed once are named at a glance, and how many sources.
const SPEAKERS: usize = 48;
const SOURCES: usize = 48;

/// Who else speaks: how many utterances one article alone prints.
fn once(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    let lone: Vec<String> = story
        .speakers
        .iter()
        .filter_map(|speaker| {
            let count = speaker.utterances.iter().filter(|one| one.documents == 1).count();
            let name = say::speaker_or(speaker.name, "nobody named");
            (count > 0).then(|| {
                format!(
                    "<li><a href=\"#s{}\"><bdi>{name}</bdi></a> <span class=\"aside\">{count}</span></li>",
                    speaker.number
                )
            })
        })
        .collect();
    if lone.is_empty() {
        return Ok(());
    }
    let more = lone.len().saturating_sub(SPEAKERS);
    let mut lone: Vec<String> = lone.into_iter().take(SPEAKERS).collect();
    if more > 0 {
        lone.push(format!("<li class=\"aside\">and {more} more</li>"));
    }
    writeln!(out, "<h3>Printed by one article alone</h3><ul class=\"run\">{}</ul>", lone.join(" "))
}

/// A source with the documents that credit it.
struct Source<'a> {
    name: &'a str,
    kind: SourceKind,
    relations: BTreeSet<Relation>,
    documents: BTreeSet<&'a str>,
}

/// Who was credited.
fn credited(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    writeln!(out, "<h3>Who was credited</h3>")?;
    let mut sources: BTreeMap<&str, Source<'_>> = BTreeMap::new();
    for credited in story.graph.credits() {
        let credit = &credited.credit;
        let source = sources.entry(&credit.source).or_insert_with(|| Source {
            name: &credit.source,
            kind: credit.kind,
            relations: BTreeSet::new(),
            documents: BTreeSet::new(),
        });
        source.relations.insert(credit.relation);
        source.documents.insert(&credited.document);
    }
    if sources.is_empty() {
        return writeln!(out, "<p class=\"unknown\">No article names where it has something from.</p>");
    }
    let mut sources: Vec<Source<'_>> = sources.into_values().collect();
    sources.sort_by_key(|source| (std::cmp::Reverse(source.documents.len()), source.name));
    writeln!(out, "<ul class=\"sources\">")?;
    for source in sources.iter().take(SOURCES) {
        let by: Vec<String> = source
            .documents
            .iter()
            .take(6)
            .map(|id| format!("<a href=\"#d{}\">{}</a>", story.document(id), story.called(id)))
            .chain((source.documents.len() > 6).then(|| format!("{} more", source.documents.len() - 6)))
            .collect();
        let relations: Vec<&str> = source.relations.iter().map(|relation| relation_noun(*relation)).collect();
        writeln!(
            out,
            "<li><b>{}</b> <span class=\"aside\">{}, {}</span><br><small>in {}</small></li>",
            Name(source.name),
            say::source_kind(source.kind),
            relations.join(", "),
            say::list(&by)
        )?;
    }
    if sources.len() > SOURCES {
        writeln!(out, "<li class=\"aside\">and {} more</li>", sources.len() - SOURCES)?;
    }
    writeln!(out, "</ul>")
}

const fn relation_noun(relation: Relation) -> &'static str {
    match relation {
        Relation::Repeat => "as a source",
        Relation::Channel => "as the speaker’s own channel",
        Relation::Own => "as the outlet itself",
        Relation::Wire => "as the agency of the copy",
        Relation::Origin => "as the first to have it",
    }
}

/// Writes what the story does not tell.
pub(super) fn unknown(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    let graph = story.graph;
    let documents = graph.documents();
    let undated = documents.iter().filter(|header| header.published.is_none()).count();
    let nameless = documents.iter().filter(|header| header.outlet.is_none()).count();
    let unsaid = graph.utterances().iter().filter(|utterance| utterance.speaker.is_none()).count();
    let rootless = story
        .utterances()
        .filter(|one| one.documents > 1 && graph.origins(&one.utterance.id).is_empty())
        .count();
    let mut said = Vec::new();
    if undated > 0 && undated == documents.len() {
        said.push("No article has a date, so nobody is called first.".to_owned());
    } else if undated > 0 {
        said.push(format!("When {} appeared: placed by wording alone.", Count(undated, "article")));
    }
    if nameless > 0 {
        said.push(format!(
            "Which outlet printed {}: called by the name of the file.",
            Count(nameless, "article")
        ));
    }
    if unsaid > 0 {
        said.push(format!("Who said {}.", Count(unsaid, "utterance")));
    }
    if rootless > 0 {
        said.push(format!(
            "Who was the first to print {} that more than one article has.",
            Count(rootless, "utterance")
        ));
    }
    for notice in graph.notices() {
        said.push(format!(
            "What lies beyond a limit that was hit: {} ({} times).",
            OneLine(&notice.limit),
            notice.count
        ));
    }
    writeln!(
        out,
        "<section id=\"unknown\" aria-labelledby=\"unknown-title\"><h2 id=\"unknown-title\">Not known</h2>"
    )?;
    writeln!(out, "<ul>")?;
    for line in said {
        writeln!(out, "<li>{line}</li>")?;
    }
    writeln!(
        out,
        "<li>What other outlets printed: “earliest” and “independent” speak of these articles alone.</li>\
         <li>What is true: an altered wording is shown, not judged.</li></ul></section>"
    )
}
