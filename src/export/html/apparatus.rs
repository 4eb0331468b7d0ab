//! Where the printings of an utterance differ, place by place: a critical apparatus.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::escape::{Escaped, Name, OneLine};
use super::say;
use super::story::{Story, meaning_of, printed_by};
use crate::matching::{Edit, Op, Utterance, Variant, has_word};

/// Fewer printings are compared by eye.
const PRINTINGS: usize = 3;

/// Writes, for every place at which a printing has other words, what it has and which outlets have that. Places are in
/// order; nothing is written where all agree. O(e log e) for e edits.
pub(super) fn apparatus(out: &mut dyn Write, story: &Story<'_>, utterance: &Utterance) -> io::Result<()> {
    let readings = readings(utterance);
    if readings.is_empty() || printed_by(utterance) < PRINTINGS {
        return Ok(());
    }
    writeln!(
        out,
        "<table class=\"apparatus\"><caption>Where they differ</caption><thead><tr><th scope=\"col\">Wording</th>\
         <th scope=\"col\">Reading</th><th scope=\"col\">In</th></tr></thead><tbody>"
    )?;
    for (edit, documents) in readings.values() {
        let outlets: Vec<Name<'_>> = documents.iter().map(|id| story.called(id)).collect();
        let alarm = if meaning_of(&utterance.text, edit).is_empty() { "" } else { " class=\"alarm\"" };
        writeln!(
            out,
            "<tr><td><bdi>{}</bdi></td><td><span{alarm}>{}</span></td><td>{}</td></tr>",
            lemma(&utterance.text, edit),
            reading(edit),
            say::names(&outlets, 6)
        )?;
    }
    writeln!(out, "</tbody></table>")
}

type Reading<'a> = (&'a Edit, Vec<&'a str>);

/// The different readings in order of place, each with the documents that have it. Indirect speech is left out: it
/// shifts words by its nature.
fn readings(utterance: &Utterance) -> BTreeMap<(usize, usize, &str), Reading<'_>> {
    let mut readings: BTreeMap<(usize, usize, &str), Reading<'_>> = BTreeMap::new();
    for occurrence in utterance.occurrences.iter().filter(|o| !o.variants.contains(&Variant::Reported)) {
        for edit in occurrence.edits.iter().filter(|edit| is_reading(&utterance.text, edit)) {
            let key = (edit.at.start, edit.at.end, edit.text.trim());
            let (_, documents) = readings.entry(key).or_insert_with(|| (edit, Vec::new()));
            if documents.last() != Some(&occurrence.document.as_str()) {
                documents.push(&occurrence.document);
            }
        }
    }
    readings
}

fn is_reading(wording: &str, edit: &Edit) -> bool {
    !matches!(edit.op, Op::Keep | Op::Typography) && (has_word(&edit.text) || has_word(edit.at.text(wording)))
}

/// The words of the wording that a reading stands for, or the word after which it is put in.
fn lemma(wording: &str, edit: &Edit) -> String {
    let words = edit.at.text(wording);
    if has_word(words) {
        return OneLine(words).to_string();
    }
    let before = wording.get(..edit.at.start).and_then(|head| head.split_whitespace().next_back());
    before.map_or_else(|| "at the beginning".to_owned(), |word| format!("after “{}”", Escaped(word)))
}

fn reading(edit: &Edit) -> String {
    match edit.op {
        Op::Delete => "<i>left out</i>".to_owned(),
        Op::Elide => "<i>left out, with dots</i>".to_owned(),
        _ if !has_word(&edit.text) => "<i>left out</i>".to_owned(),
        _ => format!("<bdi>{}</bdi>", OneLine(&edit.text)),
    }
}
