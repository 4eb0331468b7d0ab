//! From proposals to credits: overlaps settled, sources named, relations told apart.

use super::candidate::{Candidate, Credited, Rule};
use super::govern::Governed;
use super::name::Source;
use super::scene::Scene;
use super::table::{OutletTable, bare, without_article};
use super::{Credit, Relation, SourceKind, rules};
use crate::confidence::Confidence;
use crate::document::Document;
use crate::quotation::{Kind, Stretch};
use crate::text::{Span, Text};

/// The credits of a document, in order of their first byte. `quotation` of a credit is an index into
/// `stretches`. Linear in the length of the text (times a logarithm for looking up places).
///
/// ```
/// use quotetrace::credit::{self, OutletTable, Relation};
/// use quotetrace::text::Text;
/// use quotetrace::{Document, Limits, quotation};
///
/// let document = Document::new("d1", "“We will rebuild,” the mayor told The Hill.").with_outlet("Reuters");
/// let text = Text::new(document.text());
/// let (stretches, _) = quotation::find(&text, &Limits::DEFAULT);
/// let credits = credit::find(&text, &stretches, &document, OutletTable::shipped());
/// assert_eq!(credits[0].source, "The Hill");
/// assert_eq!(credits[0].relation, Relation::Repeat);
/// assert_eq!(credits[0].quotation, Some(0));
/// ```
#[must_use]
pub fn find(text: &Text<'_>, stretches: &[Stretch], document: &Document, table: &OutletTable) -> Vec<Credit> {
    Outlets::read(text, document, table).credits(stretches)
}

/// The outlets that a text names: found once, before it is known who says what, for all who ask for them.
pub(crate) struct Outlets<'a>(Scene<'a>);

impl<'a> Outlets<'a> {
    /// Finds them. O(n).
    pub(crate) fn read(text: &'a Text<'a>, document: &'a Document, table: &'a OutletTable) -> Self {
        Self(Scene::read(text, table, document))
    }

    /// The names that are no ordinary words and no nouns, in order of their first byte.
    pub(crate) fn certain(&self) -> Vec<Span> {
        let certain = self.0.names().iter().filter(|name| name.is_certain(&self.0));
        certain.filter_map(|name| self.0.text.span_of(name.tokens.clone())).collect()
    }

    /// The credits of the document, as [`find`] gives them.
    pub(crate) fn credits(self, stretches: &[Stretch]) -> Vec<Credit> {
        let Self(mut scene) = self;
        let spoken = |kind| !matches!(kind, Kind::Title | Kind::Scare | Kind::Block | Kind::Indirect);
        let quoted = stretches.iter().filter(|stretch| spoken(stretch.kind));
        scene.quote(quoted.flat_map(|stretch| stretch.parts.iter().copied()).collect());
        let governed = Governed::new(stretches);
        let mut candidates = rules::propose(&scene);
        candidates.retain(|found| !is_spoken(&scene, found));
        let settled = settle(&scene, candidates);
        settled.iter().filter_map(|found| credit(&scene, &governed, found)).collect()
    }
}

/// Whether somebody who is quoted says it: “I told CNN so,” she said.
fn is_spoken(scene: &Scene<'_>, found: &Candidate) -> bool {
    if matches!(found.rule, Rule::Embed | Rule::Tag | Rule::Dateline) {
        return false;
    }
    let last = found.tokens.end.saturating_sub(1);
    let quoted = scene.is_quoted(found.tokens.start) && scene.is_quoted(last);
    if !quoted {
        return false;
    }
    // A paragraph that is quoted whole may be another outlet's text.
    let paragraph = scene.paragraph(found.tokens.start);
    let whole = scene.is_quoted(paragraph.start) && scene.is_quoted(paragraph.end.saturating_sub(1));
    !(whole
        && matches!(found.rule, Rule::Reported | Rule::According)
        && matches!(found.credited, Credited::Outlet(_)))
}

/// Of proposals that overlap, the one whose rule goes first; what stands straight after another joins it.
fn settle(scene: &Scene<'_>, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|found| (found.tokens.start, found.rule, found.tokens.end));
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for found in candidates {
        let Some(last) = kept.last_mut() else {
            kept.push(found);
            continue;
        };
        if found.tokens.start >= last.tokens.end {
            let gap = last.tokens.end..found.tokens.start;
            let same = matches!(found.rule, Rule::Document | Rule::Event)
                && matches!(last.rule, Rule::Told | Rule::Press | Rule::Post | Rule::Given)
                && gap.len() <= 2
                && gap
                    .clone()
                    .all(|at| scene.is_word(at) && !matches!(scene.word(at), "and" | "but" | "that"));
            // “the ads read, according to Politico”: the outlet has it
            let weaker = matches!(last.rule, Rule::Document | Rule::Event)
                && found.rule == Rule::According
                && matches!(found.credited, Credited::Outlet(_))
                && gap.len() <= 1;
            // “in a video posted on Twitter”: the platform has it, in whatever form; “told the crowd at a rally”
            let posted = matches!(last.rule, Rule::Document) && found.rule == Rule::Post && gap.is_empty();
            let staged = last.rule == Rule::Event && found.rule == Rule::Event && gap.is_empty();
            let hosted = last.rule == Rule::Document
                && found.rule == Rule::Document
                && gap.len() == 1
                && matches!(scene.word(gap.start), "posted" | "published" | "released" | "sent");
            if hosted {
                last.tokens.end = found.tokens.end;
            } else if posted || staged {
                let start = last.tokens.start;
                *last = found;
                last.tokens.start = start;
            } else if weaker {
                *last = found;
            } else if same {
                last.tokens.end = found.tokens.end;
            } else {
                kept.push(found);
            }
            continue;
        }
        let together = found.credited != last.credited
            && matches!(found.credited, Credited::Outlet(_))
            && matches!(last.credited, Credited::Outlet(_))
            && found.rule == last.rule;
        if together {
            kept.push(found);
        } else if found.rule < last.rule {
            let start = last.tokens.start.min(found.tokens.start);
            let end = last.tokens.end.max(found.tokens.end);
            *last = found;
            last.tokens = start..end;
        } else {
            last.tokens.end = last.tokens.end.max(found.tokens.end);
        }
    }
    kept
}

fn credit(scene: &Scene<'_>, governed: &Governed, found: &Candidate) -> Option<Credit> {
    let span = scene.text.span_of(found.tokens.clone())?;
    let source = match &found.credited {
        Credited::Outlet(source) => named(scene, source),
        Credited::Label(label) => label.clone(),
    };
    let relation = relation(scene, found, &source);
    let (scope, quotation) = governed.by(scene, found);
    let confidence = Confidence::new(confidence(found.rule));
    Some(Credit { source, kind: found.kind, relation, scope, span, quotation, confidence })
}

/// The name that a source goes by.
fn named(scene: &Scene<'_>, source: &Source) -> String {
    let name = |outlet: usize| scene.table.outlet(outlet).map_or("", |outlet| outlet.name());
    match source {
        Source::Known(outlet) => name(*outlet).to_owned(),
        Source::Show(outlet, tokens) => {
            let network = name(*outlet);
            let show = without_article(scene.printed(tokens.clone()));
            let short = network.strip_suffix(" News").unwrap_or(network);
            if bare(show).starts_with(&bare(short)) { show.to_owned() } else { format!("{network} {show}") }
        }
        Source::Own => scene.own_printed.to_owned(),
        Source::Printed(tokens) => {
            let article = tokens.start.checked_sub(1).filter(|at| scene.word(*at) == "The");
            scene.printed(article.unwrap_or(tokens.start)..tokens.end).to_owned()
        }
    }
}

fn relation(scene: &Scene<'_>, found: &Candidate, source: &str) -> Relation {
    if found.kind == SourceKind::Platform || matches!(found.credited, Credited::Label(_)) {
        return found.relation.unwrap_or(Relation::Channel);
    }
    let own = match &found.credited {
        Credited::Outlet(Source::Known(outlet) | Source::Show(outlet, _)) if scene.own.is_some() => {
            scene.own == Some(*outlet)
        }
        Credited::Outlet(Source::Own) => true,
        _ => {
            let name = scene.own_name.as_ref().is_some_and(|own| *own == bare(source));
            name || scene
                .own_short
                .is_some_and(|short| short == source && short.contains(|c: char| c.is_uppercase()))
        }
    };
    if own { Relation::Own } else { found.relation.unwrap_or(Relation::Repeat) }
}

/// How often a rule was right among its hits; see the notes on accuracy.
const fn confidence(rule: Rule) -> f32 {
    match rule {
        Rule::Embed | Rule::Dateline | Rule::Contributed => 0.97,
        Rule::Told | Rule::Post | Rule::Line | Rule::Press => 0.95,
        Rule::Given | Rule::By | Rule::Interview | Rule::According | Rule::Reported | Rule::Tag => 0.92,
        Rule::ReportOf | Rule::Via | Rule::Citing | Rule::Anaphor => 0.85,
        Rule::Document => 0.8,
        Rule::Event => 0.7,
    }
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, of, sources};
    use crate::document::Document;

    #[test]
    fn the_outlet_itself_is_no_repeat_under_any_of_its_names() {
        for outlet in ["The New York Times", "New York Times - News", "NYT"] {
            let document = Document::new("d", "“No,” Quill told the Times.").with_outlet(outlet);
            assert_eq!(of(&document), ["The New York Times | self | quotation | told the Times"], "{outlet}");
        }
        let by_address = Document::new("d", "“No,” Quill told CNN.").with_url("https://edition.cnn.com/a");
        assert_eq!(of(&by_address), ["CNN | self | quotation | told CNN"]);
    }

    #[test]
    fn a_document_that_credits_itself_under_an_alias_is_its_own() {
        use crate::credit::{Outlet, OutletTable, Relation, SourceKind};
        use crate::limits::Limits;
        let table = OutletTable::shipped().clone();
        let table =
            table.with([Outlet::new("The Harbor Ledger", SourceKind::Outlet).with_alias("HLX")]).unwrap();
        let document = Document::new("d", "“No,” Quill told HLX.").with_outlet("the harbor ledger");
        let text = crate::text::Text::new(document.text());
        let (stretches, _) = crate::quotation::find(&text, &Limits::DEFAULT);
        let found = super::find(&text, &stretches, &document, &table);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].source.as_str(), found[0].relation), ("The Harbor Ledger", Relation::Own));
    }

    #[test]
    fn an_outlet_called_said_is_one_only_where_it_is_named() {
        use crate::credit::{Outlet, OutletTable, SourceKind};
        use crate::limits::Limits;
        let table = OutletTable::shipped().clone();
        let table = table.with([Outlet::new("Said", SourceKind::Outlet)]).unwrap();
        let document = Document::new("d", "“No,” said Quill. “Yes,” Ada Said said. “Well,” Quill told Said.");
        let text = crate::text::Text::new(document.text());
        let (stretches, _) = crate::quotation::find(&text, &Limits::DEFAULT);
        let found = super::find(&text, &stretches, &document, &table);
        let evidence: Vec<&str> = found.iter().map(|credit| credit.span.text(document.text())).collect();
        assert!(evidence.contains(&"told Said"), "{evidence:?}");
        assert!(!evidence.iter().any(|words| words.starts_with("said Quill")), "{evidence:?}");
    }

    #[test]
    fn short_names_are_what_this_document_named() {
        assert_eq!(
            sources(
                "Quill told the Seattle Times that it held. “No,” she told the Times. She told the newspaper more."
            ),
            ["The Seattle Times"; 3]
        );
        assert_eq!(sources("Quill spoke on Capitol Hill. He said on the Hill that it held."), [""; 0]);
    }

    #[test]
    fn a_chain_is_two_credits() {
        let chain = "The Straits Times, citing Reuters, reports that the bridge is old.";
        assert_eq!(sources(chain), ["The Straits Times", "Reuters"]);
    }

    #[test]
    fn what_speakers_say_of_outlets_is_theirs() {
        assert_eq!(
            sources("“I told CNN so, and The Hill reported it,” she said, and left the room."),
            [""; 0]
        );
    }

    #[test]
    fn ten_thousand_credits_are_ten_thousand() {
        let text = "“No,” Quill told CNN. It said so in a statement. ".repeat(10_000);
        assert!(credits(&text).len() >= 10_000);
    }

    #[test]
    fn one_endless_sentence_costs_no_more_than_its_length() {
        let text = "the story in a statement on a tweet here via CNN said (@a ".repeat(20_000);
        let found = credits(&text).len();
        assert!(found <= 200_000, "{found}");
    }
}
