//! The shell of the page: head, way in, contents, how to read it, foot.

use std::io::{self, Write};

use super::say::{self, Count};
use super::story::Story;
use crate::export::flow::STYLE as FLOW_STYLE;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// What the page may run and load: its own style and script, by their hashes, and nothing else from anywhere. Written
/// by `.ci/browser --hashes`, which also checks them.
const POLICY: &str = include_str!("policy.txt");

/// Writes everything before the sections.
pub(super) fn head(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    let articles = Count(story.graph.documents().len(), "article");
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", POLICY.trim())?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    writeln!(out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
    writeln!(out, "<title>Who said what: {articles}</title>")?;
    writeln!(out, "<style>{FLOW_STYLE}{STYLE}</style>\n</head>\n<body>")?;
    writeln!(out, "<a class=\"skip\" href=\"#main\">Skip to the story</a>")?;
    writeln!(out, "<header><p class=\"eyebrow\">quotetrace</p>")?;
    writeln!(out, "<h1>Who said what, in which words, and who had it from whom</h1>")?;
    writeln!(out, "<p class=\"lead\">{}</p></header>", summary(story))?;
    contents(out, story)?;
    writeln!(out, "<main id=\"main\" tabindex=\"-1\">")
}

/// The story in a sentence.
fn summary(story: &Story<'_>) -> String {
    let graph = story.graph;
    let times = || graph.documents().iter().filter_map(|header| header.published);
    let first = times().min_by_key(|time| time.from());
    let last = times().max_by_key(|time| time.from());
    let when = match (first, last) {
        (Some(first), Some(last)) => {
            let [from, to] = [first, last].map(|time| say::date(time.from(), "%-d\u{a0}%B\u{a0}%Y"));
            if from == to { format!(" of {from}") } else { format!(" from {from} to {to}") }
        }
        _ => ", none of them dated".to_owned(),
    };
    format!(
        "{}{when}. {} in {}.",
        Count(graph.documents().len(), "article"),
        Count(graph.utterances().len(), "utterance"),
        Count(graph.utterances().iter().map(|utterance| utterance.occurrences.len()).sum(), "printing"),
    )
}

fn contents(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    /// Speakers named here; the others are found by their sections.
    const SPEAKERS: usize = 16;
    writeln!(out, "<nav aria-label=\"Contents\"><ul>")?;
    for (at, what) in [("glance", "At a glance"), ("findings", "Findings"), ("flow", "Flow")] {
        writeln!(out, "<li><a href=\"#{at}\">{what}</a></li>")?;
    }
    writeln!(out, "<li><a href=\"#utterances\">Utterances</a><ul>")?;
    for speaker in story.speakers.iter().take(SPEAKERS) {
        let name = say::speaker_or(speaker.name, "Nobody named");
        writeln!(out, "<li><a href=\"#s{}\"><bdi>{name}</bdi></a></li>", speaker.number)?;
    }
    if story.speakers.len() > SPEAKERS {
        writeln!(out, "<li class=\"aside\">and {} more</li>", story.speakers.len() - SPEAKERS)?;
    }
    writeln!(out, "</ul></li>")?;
    for (at, what) in [("articles", "Articles"), ("unknown", "Not known"), ("legend", "How to read this")] {
        writeln!(out, "<li><a href=\"#{at}\">{what}</a></li>")?;
    }
    writeln!(out, "</ul>")?;
    // Shown by the script alone, which is what makes it work.
    writeln!(
        out,
        "<form id=\"tools\" role=\"search\" hidden><label for=\"filter\">Filter utterances</label>\
         <input id=\"filter\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\">\
         <p id=\"found\" role=\"status\"></p>\
         <label class=\"check\"><input id=\"keys\" type=\"checkbox\"> Keys: j next, k previous, / filter</label></form>"
    )?;
    writeln!(out, "</nav>")
}

/// Writes how the marks are to be read.
pub(super) fn legend(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"legend\" aria-labelledby=\"legend-title\"><h2 id=\"legend-title\">How to read this</h2>\
         <dl class=\"key text\">\
         <div><dt><del>words</del></dt><dd>Left out of this printing, and nothing in it shows that.</dd></div>\
         <div><dt><del class=\"elided\">words</del> …</dt><dd>Left out, and dots in the printing show it.</dd></div>\
         <div><dt><ins>words</ins></dt><dd>Put in by this printing.</dd></div>\
         <div><dt><ins class=\"bracket\">[words]</ins></dt><dd>Put in by the outlet, in brackets.</dd></div>\
         <div><dt><span class=\"meaning\"><del>may</del> <ins>will</ins><small>a modal verb</small></span></dt>\
         <dd>Changes what is said: a negation, a number, a modal verb or the subject.</dd></div>\
         <div><dt><span class=\"typo\">words</span></dt><dd>The same words in other marks or case.</dd></div>\
         <div><dt><span class=\"cut\">⋯</span></dt><dd>The wording goes on here; this printing does not.</dd></div>\
         <div><dt><q>“words”</q><a href=\"#legend\">1</a></dt>\
         <dd>In an article: a quotation and the number of its utterance.</dd></div>\
         <div><dt><b>she</b> <i>said</i></dt><dd>In an article: who speaks, and the word that reports.</dd></div>\
         <div><dt><span class=\"credit\">via the Ledger</span></dt><dd>In an article: a credit.</dd></div>\
         </dl>\
         <p><b>Stated</b> is what an article says of its source. <b>Inferred</b> is what wording and time suggest. The two are \
         never mixed. Percentages say how sure the reading is: of those given 90&nbsp;%, nine in ten should be right.</p></section>"
    )
}

/// Writes everything after the sections.
pub(super) fn foot(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "</main>\n<footer><p>Made by quotetrace from the articles above; nothing was loaded from anywhere.</p></footer>"
    )?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}
