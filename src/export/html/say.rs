//! How the page says things: counts, dates, confidence, kinds, names of changes.

use std::fmt::{self, Display, Formatter};

use super::escape::{Name, OneLine};
use crate::confidence::Confidence;
use crate::credit::{Relation, Scope, SourceKind};
use crate::document::Published;
use crate::matching::{Change, Variant};
use crate::provenance::Basis;

/// “1 article”, “7 articles”.
pub(super) struct Count(pub(super) usize, pub(super) &'static str);

impl Display for Count {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let ending = if self.0 == 1 { "" } else { "s" };
        write!(out, "{}\u{a0}{}{ending}", self.0, self.1)
    }
}

/// A confidence in per cent.
pub(super) struct Sure(pub(super) Confidence);

impl Display for Sure {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{:.0}\u{a0}%", self.0.value() * 100.0)
    }
}

/// When something was published, or that it is not known.
pub(super) struct When(pub(super) Option<Published>);

impl Display for When {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(time) => write!(out, "<time datetime=\"{time}\">{}</time>", day_and_time(time)),
            None => out.write_str("<span class=\"unknown\">date not known</span>"),
        }
    }
}

fn day_and_time(time: Published) -> String {
    let pattern = if time.is_day() { "%-d\u{a0}%b\u{a0}%Y" } else { "%-d\u{a0}%b\u{a0}%Y, %H:%M\u{a0}UTC" };
    date(time.from(), pattern)
}

/// Seconds since 1970 in UTC, as `pattern` has it.
pub(crate) fn date(seconds: i64, pattern: &str) -> String {
    match jiff::Timestamp::from_second(seconds) {
        Ok(time) => time.strftime(pattern).to_string(),
        Err(_) => seconds.to_string(),
    }
}

/// Things in a row: “a, b and c”. They are escaped by whoever makes them.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// Names in a row, at most `limit` of them.
pub(super) fn names(all: &[Name<'_>], limit: usize) -> String {
    let mut shown: Vec<String> = all.iter().take(limit).map(Name::to_string).collect();
    if all.len() > limit {
        shown.push(format!("{} more", all.len() - limit));
    }
    list(&shown)
}

/// Speakers as one name: several are joined by “; ”.
pub(super) fn speaker(name: &str) -> String {
    OneLine(&name.replace("; ", " and ")).to_string()
}

/// A speaker's name, or `nobody` where there is none.
pub(super) fn speaker_or(name: Option<&str>, nobody: &str) -> String {
    name.filter(|name| !name.trim().is_empty()).map_or_else(|| nobody.to_owned(), speaker)
}

pub(super) const fn change(change: Change) -> &'static str {
    match change {
        Change::Negation => "a negation",
        Change::Number => "a number",
        Change::Modality => "a modal verb",
        Change::Subject => "the subject",
    }
}

/// What changed the meaning, in a row.
pub(super) fn changes(all: &[Change]) -> String {
    list(&all.iter().map(|one| change(*one).to_owned()).collect::<Vec<_>>())
}

pub(super) const fn variant(variant: Variant) -> &'static str {
    match variant {
        Variant::Typographic => "other marks",
        Variant::Truncated => "in part",
        Variant::Elided => "words left out with dots",
        Variant::Interpolated => "words in brackets",
        Variant::Reworded => "other words",
        Variant::Spliced => "spliced",
        Variant::Reported => "indirect speech",
    }
}

pub(super) const fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Outlet => "outlet",
        SourceKind::Broadcast => "broadcaster",
        SourceKind::Wire => "news agency",
        SourceKind::Platform => "platform",
        SourceKind::Document => "document",
        SourceKind::Event => "event",
    }
}

pub(super) const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Repeat => "takes it from",
        Relation::Channel => "the speaker’s own channel",
        Relation::Own => "this outlet itself",
        Relation::Wire => "is copy of",
        Relation::Origin => "had it first",
    }
}

pub(super) const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Quotation => "one quotation",
        Scope::Paragraph => "a paragraph",
        Scope::Article => "the article",
    }
}

pub(super) fn basis(all: &[Basis]) -> String {
    let named = all.iter().map(|basis| match basis {
        Basis::Credit => "a credit",
        Basis::Link => "a link",
        Basis::Wording => "wording",
        Basis::Time => "time",
    });
    list(&named.map(str::to_owned).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_said_as_people_say_them() {
        assert_eq!(Count(1, "article").to_string(), "1\u{a0}article");
        assert_eq!(Count(0, "article").to_string(), "0\u{a0}articles");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(names(&["A", "B", "C", "D"].map(Name), 2), "<bdi>A</bdi>, <bdi>B</bdi> and 2 more");
    }

    #[test]
    fn a_date_alone_shows_no_time() {
        let day = When("2026-03-02".parse().ok()).to_string();
        assert_eq!(day, "<time datetime=\"2026-03-02\">2\u{a0}Mar\u{a0}2026</time>");
        assert!(When("2026-03-02T19:40:00Z".parse().ok()).to_string().contains("19:40\u{a0}UTC"));
        assert!(When(None).to_string().contains("not known"));
    }
}
