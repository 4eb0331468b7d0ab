//! Who speaks inside a quotation: “I told them, ‘No,’” is of who says all of it, and “he told me, ‘No’” never is.

use super::Attribution;
use crate::mention::{Cast, Form, Gender, Kind, Mention, Resolved};
use crate::text::{Span, Text, key, key_of};

/// What speakers call themselves.
const FIRST: [u64; 6] = [key("i"), key("we"), key("ich"), key("wir"), key("je"), key("nous")];
/// What nobody calls themselves.
const THIRD: [u64; 6] = [key("he"), key("she"), key("er"), key("sie"), key("il"), key("elle")];

/// Corrects whom a quotation is of that stands inside the words `around`, which `outer` says. O(mentions in the words).
pub fn nested(text: &Text<'_>, cast: &Cast<'_>, around: Span, outer: &Attribution, inner: &mut Attribution) {
    let Some(mention) = inner.mention.filter(|mention| around.covers(*mention)) else { return };
    let word = key_of(mention.text(text.raw()));
    if FIRST.contains(&word) && !outer.speaker.is_empty() {
        inner.speaker.clone_from(&outer.speaker);
        inner.role.clone_from(&outer.role);
        inner.affiliation.clone_from(&outer.affiliation);
    } else if THIRD.contains(&word) && inner.speaker == outer.speaker {
        let before = cast
            .mentions_in(Span::new(around.start, mention.start))
            .filter(|other| other.form != Form::Pronoun && !matches!(other.kind, Kind::Place | Kind::Other));
        let printed = |span: Span| span.text(text.raw()).to_owned();
        let named = |other: Mention| match cast.resolve(other.span).map(Resolved::into_name) {
            Some(name) if name != outer.speaker => Some(name),
            // “the referee said”: nobody calls themselves so either.
            _ => (other.form == Form::Noun).then(|| printed(other.span)),
        };
        inner.speaker = before
            .filter_map(named)
            .last()
            .or_else(|| spoken_of(cast, around, mention, &outer.speaker))
            .unwrap_or_else(|| printed(mention));
        (inner.role, inner.affiliation) = (None, None);
    }
}

/// How far before the words somebody is looked for of whom they speak, in bytes.
const REACH: usize = 400;

/// Whom the article itself spoke of last before the words `around`, of the gender of the pronoun and not their speaker:
/// Quill had met *Marlow*. “He told me, ‘Come.’”
fn spoken_of(cast: &Cast<'_>, around: Span, pronoun: Span, outer: &str) -> Option<String> {
    let gender = cast.mention_at(pronoun.start)?.gender;
    let before = Span::new(around.start.saturating_sub(REACH), around.start);
    let named = cast.mentions_in(before).filter(|other| other.form != Form::Pronoun && !other.quoted);
    let fits = |other: &Mention| {
        let Some(entity) = other.entity.and_then(|id| cast.entity(id)) else {
            // his late wife
            return other.kind == Kind::Person && other.gender == gender && !other.plural;
        };
        let same = entity.gender() == gender || entity.gender() == Gender::Unknown;
        entity.kind() == Kind::Person && same && entity.name() != outer
    };
    named.filter(fits).filter_map(|other| cast.resolve(other.span)).map(Resolved::into_name).last()
}

#[cfg(test)]
mod tests {
    use crate::analysis::Analyzer;
    use crate::document::Document;

    fn speakers(text: &str) -> Vec<String> {
        let analysis = Analyzer::new().analyze(&Document::new("d", text));
        analysis.quotations.iter().map(|said| said.speaker().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn what_i_said_is_said_by_who_speaks() {
        let text = "The mill is shut. “I told them, ‘You will not sell it,’ and I left,” said Doreen Platt.";
        assert_eq!(speakers(text), ["Doreen Platt", "Doreen Platt"]);
    }

    #[test]
    fn nobody_calls_themselves_he() {
        let text =
            "Tom Lund was angry. “I asked the referee and he said, ‘I never saw it happen,’” Lund said.";
        assert_eq!(speakers(text), ["Tom Lund", "the referee"]);
        let text = "Otto Prime had met Piet Marlow. “He told me, ‘Come with us, the food is better here,’” Prime said.";
        assert_eq!(speakers(text), ["Otto Prime", "Piet Marlow"]);
    }
}
