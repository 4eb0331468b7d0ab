//! The rules, one idea a file; each says what it takes and what it leaves, by its tests.
//!
//! Those that begin at an outlet's name look at the words around it, and the first that fits has it. Those that
//! begin at a word (tweeted, statement, hearing) look through the tokens.

mod according;
mod by;
mod citing;
mod document;
mod embed;
mod event;
mod foreign;
mod given;
mod interview;
mod it;
mod journalist;
mod line;
mod media;
mod phrase;
mod poll;
mod post;
mod programme;
mod report;
mod reported;
mod signed;
mod tag;
mod told;
mod via;

use super::SourceKind;
use super::candidate::{Candidate, Credited, Rule};
use super::lexicon::PREP;
use super::name::{Form, Name, Source};
use super::scene::Scene;
use super::shape::is_call_sign;
use super::{Relation, Scope};
use phrase::Phrase;

/// What a rule that begins at a name found.
struct Hit {
    /// The first token of the words that give the credit.
    start: usize,
    /// One past the last.
    end: usize,
    rule: Rule,
    relation: Option<Relation>,
    scope: Option<Scope>,
}

impl Hit {
    const fn new(start: usize, end: usize, rule: Rule) -> Self {
        Self { start, end, rule, relation: None, scope: None }
    }

    const fn with_relation(mut self, relation: Relation) -> Self {
        self.relation = Some(relation);
        self
    }

    const fn with_scope(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }
}

type NameRule = fn(&Scene<'_>, &Phrase<'_>) -> Option<Hit>;

/// In the order in which they are asked.
const NAME_RULES: &[NameRule] = &[
    line::contributed,
    tag::dateline,
    tag::tag,
    line::source,
    line::appeared,
    told::told,
    according::according,
    interview::interview,
    given::given,
    by::by,
    via::via,
    via::from,
    citing::citing,
    foreign::foreign,
    reported::reported,
    reported::says_the,
    report::report,
    signed::signed,
    signed::announced,
];

/// All that the rules propose, in no order. Linear in the tokens.
pub(super) fn propose(scene: &Scene<'_>) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let mut journalists = journalist::Journalists::default();
    let mut passed: Option<(&Name, Phrase<'_>)> = None;
    for name in scene.names() {
        let phrase = Phrase::around(scene, name);
        if phrase.is_in_longer {
            continue;
        }
        let is_platform = kind_of(scene, &name.source) == SourceKind::Platform;
        let hit = if is_platform {
            post::platform(scene, &phrase)
        } else {
            let found = NAME_RULES.iter().find_map(|rule| rule(scene, &phrase));
            found.or_else(|| coordinate(scene, &phrase, out.last()))
        };
        let Some(hit) = hit else {
            passed = Some((name, phrase));
            continue;
        };
        if let Some((first, before)) =
            passed.take().filter(|(_, before)| shares_verb(scene, before, &phrase, &hit))
        {
            out.push(Candidate {
                tokens: before.name.tokens.start..hit.end,
                credited: Credited::Outlet(first.source.clone()),
                kind: kind_of(scene, &first.source),
                rule: hit.rule,
                relation: hit.relation,
                scope: hit.scope,
            });
        }
        if let Some(who) = phrase.journalist
            && matches!(hit.rule, Rule::Told | Rule::Interview | Rule::Reported | Rule::ReportOf)
        {
            journalists.note(scene, who, &name.source);
        }
        let kind = kind_of(scene, &name.source);
        let relation = if is_platform { Some(Relation::Channel) } else { hit.relation };
        out.push(Candidate {
            tokens: hit.start..hit.end,
            credited: Credited::Outlet(name.source.clone()),
            kind,
            rule: hit.rule,
            relation,
            scope: hit.scope,
        });
    }
    journalists.find(scene, &mut out);
    line::find(scene, &mut out);
    media::find(scene, &mut out);
    post::find(scene, &mut out);
    embed::find(scene, &mut out);
    document::find(scene, &mut out);
    poll::find(scene, &mut out);
    programme::find(scene, &mut out);
    event::find(scene, &mut out);
    it::find(scene, &mut out);
    out
}

/// “told CNN and Fox News”: the second has its cue from the first.
fn coordinate(scene: &Scene<'_>, phrase: &Phrase<'_>, last: Option<&Candidate>) -> Option<Hit> {
    let last = last?;
    let joint = phrase.before?;
    let joins = matches!(scene.word(joint), "and" | "&" | "/" | "," | "und" | "y" | "et" | "or");
    let joint = if joins && scene.word(joint - 1) == "," { joint - 1 } else { joint };
    let beside = joins && last.tokens.end >= joint && last.tokens.end <= joint + 1;
    let takes = matches!(last.rule, Rule::Told | Rule::Given | Rule::By | Rule::Interview | Rule::According);
    (beside && takes).then(|| Hit::new(last.tokens.start, phrase.end, last.rule))
}

/// “The Straits Times and the Yonhap news agency said”: the first has its verb from the second.
fn shares_verb(scene: &Scene<'_>, first: &Phrase<'_>, second: &Phrase<'_>, hit: &Hit) -> bool {
    let joint = second.before.is_some_and(|at| matches!(scene.word(at), "and" | "&" | "und" | "y" | "et"));
    let beside = second.name.tokens.start.saturating_sub(first.end) <= 6;
    let platform = kind_of(scene, &first.name.source) == SourceKind::Platform;
    let clean = !first.staff
        && !first.possessive
        && !first.is_in_longer
        && first.before.is_none_or(|at| !scene.is(at, PREP));
    joint && beside && clean && !platform && hit.rule == Rule::Reported && is_certain(first.name)
}

fn kind_of(scene: &Scene<'_>, source: &Source) -> SourceKind {
    match source {
        Source::Known(outlet) => scene.table.kind_of(*outlet),
        Source::Show(..) => SourceKind::Broadcast,
        Source::Printed(tokens) => printed_kind(scene, tokens.clone()),
    }
}

/// What the form of an unknown name tells of its kind.
fn printed_kind(scene: &Scene<'_>, tokens: std::ops::Range<usize>) -> SourceKind {
    let broadcast = tokens.clone().any(|at| {
        matches!(
            scene.word(at),
            "Radio"
                | "TV"
                | "Television"
                | "Broadcasting"
                | "Channel"
                | "FM"
                | "AM"
                | "Network"
                | "ABC"
                | "CBS"
                | "NBC"
                | "FOX"
                | "Fox"
                | "CW"
                | "Edition"
                | "Morning"
                | "Tonight"
        )
    });
    let call_sign =
        tokens.start + 1 >= tokens.end.saturating_sub(2) && is_call_sign(scene.word(tokens.start));
    if broadcast || call_sign { SourceKind::Broadcast } else { SourceKind::Outlet }
}

/// Whether a name may be read as one beside a cue that other things stand beside as well.
fn is_certain(name: &Name) -> bool {
    matches!(name.form, Form::Full | Form::Short | Form::Show)
}
