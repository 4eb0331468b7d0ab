//! The articles, each with its quotations, speakers and credits marked in place.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::escape::{Direction, Name, OneLine, is_unseen, linkable};
use super::marks::{Mark, marked};
use super::say::{self, Count, Sure, When};
use super::story::{Place, Story};
use super::utterance::lang_of;
use crate::analysis::{Analysis, Quotation};
use crate::credit::{Credit, Relation};
use crate::document::Document;
use crate::provenance::Header;
use crate::quotation::Kind;
use crate::text::Span;

/// Writes the section of all articles.
pub(super) fn section(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    writeln!(out, "<section id=\"articles\" aria-labelledby=\"articles-title\">")?;
    writeln!(out, "<h2 id=\"articles-title\">Articles</h2>")?;
    writeln!(
        out,
        "<p class=\"lead\">The texts as they came, by date. The number after a quotation is its utterance; \
         the name is who is read to be speaking, and how sure that is.</p>"
    )?;
    for (at, header) in story.documents.iter().enumerate() {
        article(out, story, header, at + 1)?;
    }
    writeln!(out, "</section>")
}

fn article(out: &mut dyn Write, story: &Story<'_>, header: &Header, number: usize) -> io::Result<()> {
    let lang = lang_of(story, &header.id);
    writeln!(out, "<article class=\"source\" id=\"d{number}\" aria-labelledby=\"d{number}-title\">")?;
    let title = header.title.as_deref().filter(|title| !title.trim().is_empty());
    match title {
        Some(title) => {
            writeln!(out, "<h3 id=\"d{number}-title\"{lang}{}>{}</h3>", Direction(title), OneLine(title))?
        }
        None => writeln!(
            out,
            "<h3 id=\"d{number}-title\">Without a title <bdi>({})</bdi></h3>",
            OneLine(&header.id)
        )?,
    }
    byline(out, header)?;
    let Some((document, analysis)) = story.article(&header.id) else {
        anchors(out, story.places(&header.id).iter())?;
        return writeln!(out, "<p class=\"unknown\">The text is not in this report.</p></article>");
    };
    let text = document.text();
    let misplaced = story.places(&header.id).iter().filter(|place| !fits(place.occurrence.span, text));
    anchors(out, misplaced)?;
    let marks = marks(document, analysis, story.places(&header.id), number);
    writeln!(out, "<div class=\"text\"{lang}>")?;
    for paragraph in paragraphs(text) {
        write!(out, "<p{}>", Direction(paragraph.text(text)))?;
        let first = marks.partition_point(|mark| mark.span.start < paragraph.start);
        let last = marks.partition_point(|mark| mark.span.start < paragraph.end);
        // What runs on from an earlier paragraph is rare: parts never do.
        let running = marks.get(..first).unwrap_or(&[]).iter().rev().take(64);
        let mut here: Vec<&Mark> = running.filter(|mark| mark.span.end > paragraph.start).collect();
        here.reverse();
        here.extend(marks.get(first..last).unwrap_or(&[]));
        marked(out, text, paragraph, &here)?;
        writeln!(out, "</p>")?;
    }
    writeln!(out, "</div>")?;
    let hidden = text.chars().filter(|c| is_unseen(*c)).count();
    if hidden > 0 {
        let what = Count(hidden, "character");
        writeln!(
            out,
            "<p class=\"unknown\">{what} that cannot be seen or would turn the text around: shown as \u{fffd}.</p>"
        )?;
    }
    if analysis.quotations.is_empty() && analysis.credits.is_empty() {
        writeln!(out, "<p class=\"unknown\">No quotation and no credit was found here.</p>")?;
    }
    if !analysis.credits.is_empty() {
        credits(out, document, analysis, number)?;
    }
    writeln!(out, "</article>")
}

fn byline(out: &mut dyn Write, header: &Header) -> io::Result<()> {
    let outlet = header.outlet.as_deref().filter(|outlet| !outlet.trim().is_empty()).map_or_else(
        || format!("<span class=\"unknown\">outlet not known</span> ({})", Name(&header.id)),
        |outlet| Name(outlet).to_string(),
    );
    write!(out, "<p class=\"byline\">{outlet} <span class=\"dot\">·</span> {}", When(header.published))?;
    match header.url.as_deref().filter(|url| !url.trim().is_empty()) {
        Some(url) if linkable(url).is_some() => write!(
            out,
            " <span class=\"dot\">·</span> <a href=\"{0}\" rel=\"noopener noreferrer external\"><bdi>{0}</bdi></a>",
            OneLine(url)
        )?,
        Some(url) => write!(
            out,
            " <span class=\"dot\">·</span> <span class=\"unknown\">address not linked:</span> {}",
            Name(url)
        )?,
        None => {}
    }
    writeln!(out, "</p>")
}

/// Targets for the places that can't be marked in the text.
fn anchors<'a, 's: 'a>(out: &mut dyn Write, places: impl Iterator<Item = &'a Place<'s>>) -> io::Result<()> {
    for place in places {
        write!(out, "<span id=\"{}\"></span>", anchor(place))?;
    }
    Ok(())
}

/// Where a printing's link leads to.
fn anchor(place: &Place<'_>) -> String {
    format!("a{}p{}", place.utterance, place.printing)
}

fn fits(span: Span, text: &str) -> bool {
    span.of(text).is_some_and(|words| !words.is_empty())
}

/// The paragraphs: lines with something on them, each with the empty lines after it, so that no byte is left out.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        match found.last_mut() {
            Some(last) if line.trim().is_empty() => last.end = end,
            _ => found.push(Span::new(at, end)),
        }
        at = end;
    }
    found
}

/// All that is marked in a text, in order of start, longer ones first.
fn marks(document: &Document, analysis: &Analysis, places: &[Place<'_>], number: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut printed: BTreeMap<usize, Vec<&Place<'_>>> = BTreeMap::new();
    for place in places {
        printed.entry(place.occurrence.quotation).or_default().push(place);
    }
    for (index, quotation) in analysis.quotations.iter().enumerate() {
        quoted(&mut marks, quotation, printed.get(&index).map_or(&[], Vec::as_slice));
    }
    // Words without quotation marks are marked from end to end already.
    let taken: BTreeSet<String> = marks.iter().filter_map(|mark| mark.id.clone()).collect();
    for (place, id) in places.iter().map(|place| (place, anchor(place))).filter(|(_, id)| !taken.contains(id))
    {
        let (span, id) = (place.occurrence.span, Some(id));
        marks.push(Mark { span, element: "span", attributes: String::new(), id, after: String::new() });
    }
    for (index, credit) in analysis.credits.iter().enumerate() {
        marks.push(Mark {
            span: credit.span,
            element: "span",
            attributes: " class=\"credit\"".to_owned(),
            id: Some(format!("d{number}c{}", index + 1)),
            after: credited(credit),
        });
    }
    marks.retain(|mark| fits(mark.span, document.text()));
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    marks
}

/// Whom a credit names, after it; nothing where that is the outlet itself.
fn credited(credit: &Credit) -> String {
    let colon = match credit.relation {
        Relation::Own => return String::new(),
        Relation::Repeat | Relation::Wire => "",
        Relation::Channel | Relation::Origin => ":",
    };
    format!("<small class=\"to\">{}{colon} {}</small>", say::relation(credit.relation), Name(&credit.source))
}

/// The marks of one quotation: its parts, who says it, and the words that report it.
fn quoted(marks: &mut Vec<Mark>, quotation: &Quotation, places: &[&Place<'_>]) {
    let last = quotation.parts.len().saturating_sub(1);
    for (at, part) in quotation.parts.iter().enumerate() {
        let mut after: String = places
            .iter()
            .filter(|place| part.covers(place.occurrence.span))
            .map(|place| format!("<a href=\"#u{0}\">{0}</a>", place.utterance))
            .collect();
        if at == last && !matches!(quotation.kind, Kind::Scare | Kind::Title) {
            after.push_str(&format!("<small>{}</small>", spoken(quotation)));
        }
        let place = places.iter().find(|place| place.occurrence.span == *part);
        let attributes = kind_class(quotation.kind).to_owned();
        marks.push(Mark {
            span: *part,
            element: "q",
            attributes,
            id: place.map(|place| anchor(place)),
            after,
        });
    }
    let Some(attribution) = &quotation.attribution else { return };
    for (span, element) in [(attribution.mention, "b"), (attribution.cue, "i")] {
        if let Some(span) = span {
            marks.push(Mark { span, element, attributes: String::new(), id: None, after: String::new() });
        }
    }
}

/// Who says a quotation, how sure that is, and how the words got out.
fn spoken(quotation: &Quotation) -> String {
    let Some(attribution) = quotation.attribution.as_ref().filter(|found| !found.speaker.trim().is_empty())
    else {
        return "speaker not known".to_owned();
    };
    let mut said =
        format!("<bdi>{}</bdi>, {}", say::speaker(&attribution.speaker), Sure(attribution.confidence));
    if let Some(channel) = &attribution.channel {
        said.push_str(&format!(", by way of {}", Name(channel)));
    }
    if let Some(recipient) = &attribution.recipient {
        said.push_str(&format!(", to {}", Name(recipient)));
    }
    said
}

/// The class of a quotation's mark; most have none.
const fn kind_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct | Kind::Mixed | Kind::Block => "",
        Kind::Indirect => " class=\"indirect\"",
        Kind::Scare | Kind::Title => " class=\"aside\"",
    }
}

/// The credits of an article as a table: what the marks show, said in words.
fn credits(out: &mut dyn Write, document: &Document, analysis: &Analysis, number: usize) -> io::Result<()> {
    writeln!(out, "<details><summary>{} of this article</summary>", Count(analysis.credits.len(), "credit"))?;
    writeln!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Credits in article {number}\"><table><thead><tr><th scope=\"col\">Words</th><th scope=\"col\">Source</th>\
         <th scope=\"col\">What it is</th><th scope=\"col\">Relation</th><th scope=\"col\">Governs</th>\
         <th scope=\"col\" class=\"n\">Sure</th></tr></thead><tbody>"
    )?;
    for (index, credit) in analysis.credits.iter().enumerate() {
        let words = OneLine(credit.span.text(document.text())).to_string();
        let words = if fits(credit.span, document.text()) {
            format!("<a href=\"#d{number}c{}\"><bdi>{words}</bdi></a>", index + 1)
        } else {
            "<span class=\"unknown\">not in the text</span>".to_owned()
        };
        writeln!(
            out,
            "<tr><td>{words}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td></tr>",
            Name(&credit.source),
            say::source_kind(credit.kind),
            say::relation(credit.relation),
            say::scope(credit.scope),
            Sure(credit.confidence)
        )?;
    }
    writeln!(out, "</tbody></table></div></details>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_leave_no_byte_out() {
        let text = "One.\n\n\nTwo.\r\nThree.";
        let found: Vec<&str> = paragraphs(text).iter().map(|span| span.text(text)).collect();
        assert_eq!(found, ["One.\n\n\n", "Two.\r\n", "Three."]);
        assert!(paragraphs("").is_empty());
        assert_eq!(paragraphs("\n\nx").len(), 2);
    }
}
