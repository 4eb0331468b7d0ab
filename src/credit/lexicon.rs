//! The words that the rules look for, and the classes that each is of.

use std::sync::LazyLock;

use crate::text::{Text, WordTable, key_of};

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $word:literal at $bit:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: u64 = 1 << $bit;)*

        fn class_named(name: &str) -> u64 {
            match name {
                $($word => $name,)*
                _ => 0,
            }
        }
    };
}

classes! {
    /// Articles, possessives and other openers of a noun phrase.
    DET = "det" at 0;
    /// His, her, their.
    POSS = "poss" at 1;
    /// Verbs of saying, in any form.
    SAY = "say" at 2;
    /// Told and its forms.
    TELL = "tell" at 3;
    /// What an outlet does with news: reported, revealed.
    REPORT = "report" at 4;
    /// What an outlet may do among other things: writes, found, asked.
    REPORT_SAID = "reportsaid" at 5;
    /// What an outlet makes: report, story, interview.
    REPORT_NOUN = "reportn" at 6;
    /// What stands for an outlet that was named: newspaper, network.
    OUTLET_NOUN = "outletn" at 7;
    /// What may stand between a cue and an outlet's name: news agency.
    OUTLET_WORD = "outletadj" at 8;
    /// Who works for an outlet, and words of their titles.
    EMPLOYEE = "employee" at 9;
    /// Who may ask questions and write for an outlet.
    JOURNALIST = "journalist" at 10;
    /// Tweeted.
    TWEETED = "tweetv" at 11;
    /// Tweet, tweets: noun or verb.
    TWEET = "tweetn" at 12;
    /// A document that is made to say something: statement, letter.
    DOC_STRONG = "docstrong" at 13;
    /// A document that says something only if the sentence has it so: plan, records.
    DOC_WEAK = "docweak" at 14;
    /// A document that may be the subject of a verb of saying.
    DOC_SUBJECT = "docsubj" at 15;
    /// An occasion on which people speak: rally, hearing.
    EVENT = "event" at 16;
    /// An occasion that may have to do with speaking: meeting, floor.
    EVENT_WEAK = "eventweak" at 17;
    /// Reporters, journalists.
    PRESS = "press" at 18;
    /// Committee, crowd: who is spoken to at an occasion.
    AUDIENCE = "audience" at 19;
    /// What is done or given *to* an outlet: confirmed to, a statement to.
    SPEAKS_TO = "speaksto" at 20;
    /// What is done *by* an outlet: obtained by, a report by.
    BY_CUE = "bycue" at 21;
    /// Adverbs between an outlet and its verb.
    ADVERB = "adv" at 22;
    /// Auxiliaries.
    AUX = "aux" at 23;
    /// Days, months, last, this.
    DAY = "day" at 24;
    /// Prepositions that open where something was said.
    PREP = "prep" at 25;
    /// Words of image credits.
    IMAGE = "image" at 26;
    /// What ends a noun phrase.
    STOP = "stop" at 27;
    /// The last words of newspapers' names.
    PAPER = "paper" at 28;
    /// Words of organisations that are no outlets.
    ORG = "org" at 29;
    /// Titles of persons.
    TITLE = "title" at 30;
    /// Media without a name: press, television.
    MEDIA = "media" at 31;
    /// A programme, or who has one: podcast, host.
    PROGRAMME = "programme" at 32;
    /// Poll, survey.
    POLL = "poll" at 33;
    /// Testified.
    TESTIFIED = "testified" at 34;
    /// What opens the signature of a tweet that was pasted.
    EMBED = "embed" at 35;
    /// The last word before the name in a line that credits: “Source:”, “h/t”, “based on a report by”.
    CUE = "cue" at 36;
    /// The verb of a sentence that says no more than who had it.
    CARRIED = "carried" at 37;
    /// What may point back at a report: it, here.
    ANAPHOR = "anaphor" at 38;
    /// What an outlet is said to be, in small letters: newspaper, website.
    IS_OUTLET = "isoutlet" at 39;
    /// The same with its German capital: Zeitung.
    IST_MEDIUM = "istmedium" at 40;
    /// The word that an outlet's name begins with and little else does: Radio, Gazzetta.
    OPENER = "opener" at 41;
}

/// The classes whose words rules begin at.
pub(super) const BEGINS: u64 = REPORT
    | REPORT_NOUN
    | OUTLET_NOUN
    | TWEETED
    | TWEET
    | DOC_STRONG
    | DOC_WEAK
    | EVENT
    | EVENT_WEAK
    | PRESS
    | AUDIENCE
    | MEDIA
    | PROGRAMME
    | POLL
    | TESTIFIED
    | EMBED
    | CUE
    | CARRIED
    | ANAPHOR;

/// The classes of words, by token key.
static WORDS: LazyLock<WordTable<u64>> = LazyLock::new(|| {
    let mut words = WordTable::default();
    for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((class, list)) = line.split_once('\t') else { continue };
        for word in list.split_whitespace() {
            words.change(key_of(word), |classes| *classes |= class_named(class));
        }
    }
    words
});

/// The classes of every token, in order. O(n).
pub(super) fn classes(text: &Text<'_>) -> Vec<u64> {
    WORDS.all(text)
}

/// The keys of all words that have a class.
pub(crate) fn words() -> impl Iterator<Item = u64> {
    WORDS.iter().map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_word_list_has_a_class_that_exists() {
        for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (class, list) = line.split_once('\t').unwrap();
            assert_ne!(class_named(class), 0, "{class}");
            assert!(list.split_whitespace().count() > 0);
        }
    }
}
