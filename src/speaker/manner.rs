//! Fills in the channel and the recipient of attributions that are already made.

use super::channel::{self, Around};
use super::lexicon::lexicon;
use super::{Attribution, recipient};
use crate::text::{Span, Text, key};

/// How many paragraphs may lie between a quotation and the one whose channel it goes on with.
const PARAGRAPHS: usize = 1;

/// Finds how the words left their speaker and to whom they were given, for attributions in order of their
/// quotations, each with the quotation's parts. One that has no reporting word of its own, or only goes on (added,
/// continued), has the channel and recipient of the same speaker's quotation just before. O(quotations).
pub fn manner<'q>(
    text: &Text<'_>,
    language: &str,
    attributions: impl Iterator<Item = (&'q [Span], &'q mut Attribution)>,
) {
    let mut words = None;
    let mut last: Option<Last> = None;
    let mut around = Around::default();
    for (parts, attribution) in attributions {
        let words = words.get_or_insert_with(|| lexicon(language));
        if around.read(text, parts, attribution).is_some() {
            let found = channel::find(text, &around, attribution);
            attribution.channel = found.map(|found| found.name.to_owned());
            attribution.recipient = recipient::find(text, words, &around, found);
        }
        let paragraph =
            |offset: usize| text.token(text.token_at(offset)).map_or(0, |token| token.paragraph());
        let start = parts.first().map_or(0, |part| paragraph(part.start));
        let nothing = attribution.channel.is_none() && attribution.recipient.is_none();
        if nothing
            && goes_on(text, attribution)
            && let Some(last) = &last
            && last.speaker == attribution.speaker
            && start <= last.paragraph + PARAGRAPHS
        {
            attribution.channel.clone_from(&last.channel);
            attribution.recipient.clone_from(&last.recipient);
        }
        if attribution.speaker.is_empty() {
            continue;
        }
        let last = last.get_or_insert_default();
        last.speaker.clone_from(&attribution.speaker);
        last.paragraph = parts.last().map_or(0, |part| paragraph(part.start));
        last.channel.clone_from(&attribution.channel);
        last.recipient.clone_from(&attribution.recipient);
    }
}

/// The quotation just before.
#[derive(Default)]
struct Last {
    speaker: String,
    paragraph: usize,
    channel: Option<String>,
    recipient: Option<String>,
}

fn goes_on(text: &Text<'_>, attribution: &Attribution) -> bool {
    const ON: [u64; 7] = [
        key("added"),
        key("adding"),
        key("adds"),
        key("continued"),
        key("continues"),
        key("concluded"),
        key("went"),
    ];
    let Some(cue) = attribution.cue else { return true };
    text.token(text.token_at(cue.start)).is_none_or(|token| ON.contains(&token.key()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::Confidence;

    /// Channel and recipient of the text between the first pair of curly marks, whose cue is `cue`.
    fn told(raw: &str, cue: &str) -> (String, String) {
        let text = Text::new(raw);
        let part = Span::new(raw.find('“').unwrap(), raw.find('”').unwrap() + '”'.len_utf8());
        let mut attribution = Attribution::new("Ada Quill", Confidence::new(1.0));
        let at = raw.find(cue).unwrap();
        attribution.cue = Some(Span::new(at, at + cue.len()));
        manner(&text, "en", std::iter::once((&[part][..], &mut attribution)));
        (attribution.channel.unwrap_or_default(), attribution.recipient.unwrap_or_default())
    }

    fn pair(channel: &str, recipient: &str) -> (String, String) {
        (channel.to_owned(), recipient.to_owned())
    }

    #[test]
    fn a_platform_stands_after_a_preposition_or_in_the_verb() {
        assert_eq!(told("“We will rebuild,” said Quill via Twitter.", "said"), pair("Twitter", ""));
        assert_eq!(
            told("“We will rebuild,” Quill wrote on her Facebook page.", "wrote"),
            pair("Facebook", "")
        );
        assert_eq!(told("Quill tweeted: “We will rebuild.”", "tweeted"), pair("Twitter", ""));
        assert_eq!(
            told("“We will rebuild,” Quill said in a post on Instagram.", "said"),
            pair("Instagram", "")
        );
    }

    #[test]
    fn a_document_or_occasion_stands_after_or_before_the_cue() {
        assert_eq!(
            told("“We will rebuild,” Quill said in a written statement.", "said"),
            pair("statement", "")
        );
        assert_eq!(
            told("At a press conference on Friday, Quill said “we will rebuild.”", "said").0,
            "press conference"
        );
        assert_eq!(told("“We will rebuild,” Quill said on CNN.", "said").0, "CNN");
    }

    #[test]
    fn a_recipient_is_told_or_written_to() {
        assert_eq!(told("“We will rebuild,” Quill told reporters on Friday.", "told"), pair("", "reporters"));
        assert_eq!(
            told("“We will rebuild,” Quill told The Harbor Ledger.", "told"),
            pair("", "The Harbor Ledger")
        );
        assert_eq!(
            told("“We will rebuild,” Quill told the Harbor Ledger Friday.", "told"),
            pair("", "Harbor Ledger")
        );
        assert_eq!(told("“We will rebuild,” Quill told KZQ’s Jo Marsh.", "told"), pair("", "KZQ’s Jo Marsh"));
        assert_eq!(
            told("“We will rebuild,” Quill said in a statement to The Harbor Ledger.", "said"),
            pair("statement", "The Harbor Ledger")
        );
        assert_eq!(
            told("“We will rebuild,” Quill said in an interview with KZQ.", "said"),
            pair("interview", "KZQ")
        );
        assert_eq!(
            told("Speaking to reporters, Quill said “we will rebuild.”", "said"),
            pair("", "reporters")
        );
    }

    #[test]
    fn words_inside_the_quotation_tell_nothing() {
        assert_eq!(told("“In a letter to the port we asked,” Quill said.", "said"), pair("", ""));
        assert_eq!(told("“We will rebuild,” Quill told him.", "told"), pair("", ""));
    }

    #[test]
    fn a_continuation_has_the_channel_of_what_it_continues() {
        let raw = "“One,” Quill said in a letter.\n“Two.”\n“Three,” Quill said.";
        let text = Text::new(raw);
        let said =
            raw.match_indices("said").map(|(at, word)| Span::new(at, at + word.len())).collect::<Vec<_>>();
        let marked = raw.match_indices('“').zip(raw.match_indices('”'));
        let parts: Vec<[Span; 1]> =
            marked.map(|((from, _), (to, mark))| [Span::new(from, to + mark.len())]).collect();
        let mut three = vec![Attribution::new("Ada Quill", Confidence::new(1.0)); 3];
        three[0].cue = Some(said[0]);
        three[2].cue = Some(said[1]);
        manner(&text, "en", parts.iter().map(|part| &part[..]).zip(&mut three));
        let channels: Vec<Option<&str>> = three.iter().map(|told| told.channel.as_deref()).collect();
        assert_eq!(channels, [Some("letter"), Some("letter"), None]);
    }
}
