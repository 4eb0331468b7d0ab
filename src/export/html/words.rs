//! A printing against the wording of its utterance, word by word.
//!
//! What was left out is `del`, what was put in is `ins`; the style sheet strikes and underlines them, names them for who
//! listens, and a sign stands at what changes the meaning. Nothing is told by colour alone.

use std::io::{self, Write};

use super::escape::{Escaped, OneLine};
use super::say;
use super::story::{meaning_of, words_in};
use crate::matching::{Change, Edit, Occurrence, Op, Utterance, Variant, has_word};
use crate::text::Span;

/// Writes the words of a printing with what was altered marked.
pub(super) fn printing(
    out: &mut dyn Write,
    utterance: &Utterance,
    occurrence: &Occurrence,
) -> io::Result<()> {
    let wording = utterance.text.as_str();
    if occurrence.variants.contains(&Variant::Reported) {
        // Indirect speech shifts person and tense: marking every shift would bury the words.
        let text: String = occurrence.edits.iter().map(|edit| edit.text.as_str()).collect();
        return write!(out, "{}", Escaped(&text));
    }
    if words_in(wording, Span::new(0, occurrence.at.start)) > 0 {
        out.write_all("<span class=\"cut\" title=\"starts later\">⋯</span> ".as_bytes())?;
    }
    for edit in occurrence.edits.iter() {
        step(out, wording, edit)?;
    }
    if words_in(wording, Span::new(occurrence.at.end, wording.len())) > 0 {
        out.write_all(" <span class=\"cut\" title=\"ends earlier\">⋯</span>".as_bytes())?;
    }
    Ok(())
}

fn step(out: &mut dyn Write, wording: &str, edit: &Edit) -> io::Result<()> {
    let (before, after) = (edit.at.text(wording), edit.text.as_str());
    match edit.op {
        Op::Keep => write!(out, "{}", Escaped(after)),
        Op::Typography if before.trim() == after.trim() => write!(out, "{}", Escaped(after)),
        Op::Typography if has_word(before) => {
            write!(out, "<span class=\"typo\" title=\"was: {}\">{}</span>", OneLine(before), Escaped(after))
        }
        Op::Typography => write!(out, "{}", Escaped(after)),
        Op::Insert | Op::Delete | Op::Replace if !has_word(before) && !has_word(after) => {
            write!(out, "{}", Escaped(after))
        }
        Op::Elide => {
            wrapped(out, "del", "elided", before)?;
            write!(out, "{}", Escaped(after))
        }
        Op::Bracket => pair(out, before, after, "bracket"),
        Op::Insert | Op::Delete | Op::Replace => {
            let meaning = meaning_of(wording, edit);
            if meaning.is_empty() {
                pair(out, before, after, "")
            } else {
                telling(out, before, after, &meaning)
            }
        }
    }
}

/// A change of meaning: the change, with a sign and what it is.
fn telling(out: &mut dyn Write, before: &str, after: &str, meaning: &[Change]) -> io::Result<()> {
    // The space stays outside, so that the box is as long as the words.
    let space = if before.starts_with(char::is_whitespace) || after.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    write!(out, "{space}<span class=\"meaning\">")?;
    pair(out, before.trim_start(), after.trim_start(), "")?;
    write!(out, "<small>{}</small></span>", say::changes(meaning))
}

fn pair(out: &mut dyn Write, before: &str, after: &str, class: &str) -> io::Result<()> {
    wrapped(out, "del", class, before)?;
    let apart = |text: &str, edge: fn(&str) -> Option<char>| edge(text).is_some_and(char::is_whitespace);
    let touch = !before.trim().is_empty()
        && !after.trim().is_empty()
        && !apart(before, |text| text.chars().next_back())
        && !apart(after, |text| text.chars().next());
    if touch {
        out.write_all(b" ")?;
    }
    wrapped(out, "ins", class, after)
}

/// The words of `text` in an element, the white space around them outside.
fn wrapped(out: &mut dyn Write, element: &str, class: &str, text: &str) -> io::Result<()> {
    let words = text.trim();
    if words.is_empty() {
        return write!(out, "{}", Escaped(text));
    }
    let head = text.len() - text.trim_start().len();
    let (lead, rest) = text.split_at_checked(head).unwrap_or(("", text));
    let tail = rest.get(words.len()..).unwrap_or("");
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    write!(out, "{}<{element}{class}>{}</{element}>{}", Escaped(lead), Escaped(words), Escaped(tail))
}

/// Draws which stretch of the wording a printing gives, and where it departs from it.
pub(super) fn coverage(
    out: &mut dyn Write,
    utterance: &Utterance,
    occurrences: &[&Occurrence],
) -> io::Result<()> {
    let whole = utterance.text.len().max(1);
    let x = |at: usize| at * 1000 / whole;
    write!(
        out,
        "<svg class=\"coverage\" viewBox=\"0 0 1000 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    )?;
    for (class, reported) in [("part", false), ("told", true)] {
        let mut path = String::new();
        for occurrence in occurrences.iter().filter(|o| o.variants.contains(&Variant::Reported) == reported) {
            let from = x(occurrence.at.start);
            path.push_str(&format!("M{from} 4H{}", x(occurrence.at.end).max(from + 4)));
        }
        if !path.is_empty() {
            write!(out, "<path class=\"{class}\" d=\"{path}\"/>")?;
        }
    }
    let edits = occurrences
        .iter()
        .filter(|occurrence| !occurrence.variants.contains(&Variant::Reported))
        .flat_map(|occurrence| occurrence.edits.iter())
        .filter(|edit| is_mark(&utterance.text, edit));
    let path: String = edits.map(|edit| format!("M{} 0V8", x(edit.at.start).clamp(2, 998))).collect();
    if !path.is_empty() {
        write!(out, "<path class=\"edit\" d=\"{path}\"/>")?;
    }
    write!(out, "</svg>")
}

fn is_mark(wording: &str, edit: &Edit) -> bool {
    matches!(edit.op, Op::Delete | Op::Insert | Op::Replace | Op::Elide | Op::Bracket)
        && (has_word(&edit.text) || has_word(edit.at.text(wording)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::place;

    fn marked(wording: &str, printing_text: &str) -> String {
        let placed = place(wording, printing_text).unwrap();
        let mut out = Vec::new();
        for edit in &placed.edits {
            step(&mut out, wording, edit).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_left_out_is_deleted_and_what_is_put_in_inserted() {
        assert_eq!(
            marked("It may begin with its own offices", "It should start with its own offices"),
            "It <span class=\"meaning\"><del>may begin</del> <ins>should start</ins><small>a modal verb</small></span> with its own offices"
        );
        assert_eq!(
            marked("We will not close the old line", "We will not close the line"),
            "We will not close the <del>old</del> line"
        );
    }

    #[test]
    fn words_are_escaped_inside_and_outside_of_marks() {
        let out = marked("a <b> c d e f", "a <i> c d e f");
        assert!(out.contains("<del>b</del> <ins>i</ins>") || out.contains("&lt;"), "{out}");
        assert!(!out.contains("<b>") && !out.contains("<i>"), "{out}");
    }

    #[test]
    fn dots_and_brackets_are_the_outlets_own_marks() {
        let out = marked("We will not raise the fares this year", "We will … raise [bus] fares this year");
        assert!(out.contains("<del class=\"elided\">not</del>"), "{out}");
        assert!(out.contains("class=\"bracket\""), "{out}");
    }
}
