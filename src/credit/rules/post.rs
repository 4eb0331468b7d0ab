//! Posts on platforms: tweeted, in a tweet, wrote on Facebook, took to Twitter.

use std::ops::Range;

use super::{Candidate, Credited, Hit, Phrase, Rule, via};
use crate::credit::SourceKind;
use crate::credit::lexicon::{DAY, DET, DOC_STRONG, DOC_WEAK, SAY, TWEET, TWEETED};
use crate::credit::name::{Form, Source};
use crate::credit::scene::Scene;
use crate::text::key;

/// A platform that is named: “wrote on Twitter”, “via Instagram”, “in a Facebook post”.
pub(super) fn platform(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let mut prep = phrase.before?;
    let name = &phrase.name.tokens;
    // “in other Twitter posts”, “in a lengthy Facebook post”
    for _ in 0..3 {
        let adjective = scene.is_word(prep) && !scene.is_capitalised(prep) && !opens_place(scene, prep);
        let more = prep > scene.sentence(name.start).start && noun_after(scene, phrase.after_name).is_some();
        if !(adjective && more && !scene.is(prep, crate::credit::lexicon::STOP | SAY)) {
            break;
        }
        prep -= 1;
    }
    if is_follow(scene, name.start) || phrase.staff {
        return None;
    }
    let certain = phrase.name.form == Form::Full;
    // “in a Facebook post”, “on her Facebook page”
    let noun = noun_after(scene, phrase.after_name);
    if let Some(end) = noun {
        let start = said_before(scene, prep, 9).filter(|_| opens_place(scene, prep));
        return start
            .or_else(|| opens_place(scene, prep).then_some(prep))
            .map(|start| Hit::new(start, end, Rule::Post));
    }
    let verb = |words: &[&str]| (prep.saturating_sub(1)..prep).any(|at| words.contains(&scene.word(at)));
    match scene.lower(prep).as_ref() {
        "via" if said_before(scene, prep, 8).is_none() && !via::is_credit(scene, prep, phrase.end) => None,
        "on" | "via" | "auf" | "sur" => {
            let at_once = prep.checked_sub(1).is_some_and(|at| {
                scene.is(at, SAY | TWEETED)
                    || matches!(scene.word(at), "posted" | "posting" | "shared" | "commenting")
            });
            let at_once = at_once || leads(scene, phrase.end);
            if phrase.name.form == Form::Ambiguous && !at_once && said_before(scene, prep, REACH).is_none() {
                return None;
            }
            let start = said_before(scene, prep, REACH);
            let quoted = scene.has_marks(prep) || leads(scene, phrase.end) || opens_talk(scene, prep);
            match start {
                Some(start) => Some(Hit::new(start, phrase.end, Rule::Post)),
                None if quoted || scene.word(prep).eq_ignore_ascii_case("via") => {
                    Some(Hit::new(prep, phrase.end, Rule::Post))
                }
                None => None,
            }
        }
        // “took to Twitter”
        "to" if verb(&["took", "taken", "taking", "takes", "turned", "turning", "posted"]) && certain => {
            Some(Hit::new(prep - 1, phrase.end, Rule::Post))
        }
        "to" => None,
        "a" | "another" => None,
        _ => None,
    }
}

/// How many tokens before the platform its verb stands at the most: *wrote* its health spokeswoman Ada von Quill on.
const REACH: usize = 9;

/// Whether a colon or a comma and somebody's words follow at once: less forgiving on Bluesky: “…”
fn leads(scene: &Scene<'_>, at: usize) -> bool {
    match scene.word(at) {
        ":" => true,
        "," => scene.is_mark(at + 1) && !scene.is_clitic(at + 1),
        _ => false,
    }
}

/// “On Reddit, users were less polite. “…””: it opens its sentence, and somebody's words follow in the paragraph.
fn opens_talk(scene: &Scene<'_>, prep: usize) -> bool {
    let sentence = scene.sentence(prep);
    let next = sentence.end..scene.paragraph(prep).end.min(sentence.end + 3);
    prep == sentence.start && next.into_iter().any(|at| scene.is_mark(at) && !scene.is_clitic(at))
}

/// “post”, “page”, “message”: one past it.
fn noun_after(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let nouns = |at: usize| {
        matches!(
            scene.word(at),
            "post"
                | "posts"
                | "page"
                | "message"
                | "messages"
                | "posting"
                | "postings"
                | "thread"
                | "video"
                | "account"
                | "update"
                | "feed"
                | "Live"
                | "story"
                | "livestream"
                | "rant"
                | "exchange"
                | "profile"
        )
    };
    (at..at + 2)
        .find(|at| nouns(*at))
        .filter(|found| *found == at || scene.is_word(at))
        .map(|found| found + 1)
}

fn opens_place(scene: &Scene<'_>, prep: usize) -> bool {
    matches!(
        scene.lower(prep).as_ref(),
        "in" | "on"
            | "via"
            | "with"
            | "to"
            | "from"
            | "through"
            | "wrote"
            | "posted"
            | "during"
            | "auf"
            | "en"
    )
}

/// The verb of saying that a place belongs to, within `reach` tokens before it and in one clause.
fn said_before(scene: &Scene<'_>, place: usize, reach: usize) -> Option<usize> {
    let floor = scene.sentence(place).start.max(place.saturating_sub(reach));
    (floor..place).rev().take_while(|at| !scene.is_mark(*at) && !matches!(scene.word(*at), "," | ";")).find(
        |at| {
            scene.is(*at, SAY | TWEETED)
                || matches!(
                    scene.word(*at),
                    "posted"
                        | "pushed"
                        | "fired"
                        | "lashed"
                        | "lashing"
                        | "weighed"
                        | "vented"
                        | "unloaded"
                        | "ranted"
                        | "raged"
                        | "mocked"
                        | "hit"
                        | "posting"
                        | "posts"
                        | "shared"
                        | "commenting"
                        | "commented"
                        | "push"
                        | "messaged"
                )
        },
    )
}

/// “Follow us on Twitter”, “Like our page on Facebook”, “find her on Facebook”.
fn is_follow(scene: &Scene<'_>, at: usize) -> bool {
    let floor = scene.sentence(at).start.max(at.saturating_sub(14));
    (floor..at).any(|at| {
        matches!(
            scene.lower(at).as_ref(),
            "follow"
                | "like"
                | "share"
                | "join"
                | "find"
                | "subscribe"
                | "connect"
                | "folgen"
                | "síguenos"
                | "followers"
        ) && (at == scene.sentence(at).start || scene.is_capitalised(at))
    })
}

/// Tweets that name no platform: tweeted, in a tweet, his tweets.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    for at in scene.all::<{ TWEETED | TWEET }>() {
        let found = if scene.is(at, TWEETED) {
            tweeted(scene, at)
        } else if scene.is(at, TWEET) {
            tweet(scene, at)
        } else {
            None
        };
        if let Some(tokens) = found {
            out.push(Candidate {
                credited: credited(scene),
                ..Candidate::channel(tokens, "Twitter", SourceKind::Platform, Rule::Post)
            });
        }
    }
}

fn credited(scene: &Scene<'_>) -> Credited {
    match scene.table.index_of("Twitter") {
        Some(twitter) => Credited::Outlet(Source::Known(twitter)),
        None => Credited::Label("Twitter".to_owned()),
    }
}

/// “tweeted”, with the one word of its subject: “she tweeted”.
fn tweeted(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    if matches!(scene.word(at), "Retweet" | "Tweeting") && scene.is_capitalised(at + 1) {
        return None;
    }
    let before = at.checked_sub(1)?;
    let again = scene.word(at).starts_with("retweet") || scene.word(at).starts_with("Retweet");
    if again && !scene.has_marks(at) {
        return None;
    }
    let subject = scene.is_word(before)
        && scene.sentence(at).start <= before
        && (scene.is_capitalised(before)
            || matches!(scene.word(before), "he" | "she" | "they" | "president"));
    Some(if subject { before } else { at }..at + 1)
}

/// “in a tweet”, “his tweets on Monday”, “to tweet”, “with a tweet claiming”.
fn tweet(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    // “Trump tweets: …”, “continued to tweet”
    let before = at.checked_sub(1)?;
    let verb = scene.word(at).starts_with("tweet")
        && (matches!(scene.word(before), "to" | "will" | "would" | "also")
            || (scene.word(at) == "tweets" && scene.is_capitalised(before) && !scene.is_clitic(before)));
    if verb {
        return Some(before..at + 1);
    }
    let sentence = scene.sentence(at);
    let mut start = at;
    while start > sentence.start && at - start < 7 {
        let before = start - 1;
        let part = scene.is_word(before)
            && !matches!(scene.word(before), "via")
            && (scene.is(before, DET | DAY | DOC_STRONG | DOC_WEAK)
                || !scene.is(before, crate::credit::lexicon::STOP | SAY)
                || scene.key(before) == key("of"));
        if !(part || scene.is_clitic(before)) {
            break;
        }
        start = before;
    }
    let prep = start.checked_sub(1).filter(|at| *at >= sentence.start);
    let placed = prep.is_some_and(|at| {
        matches!(
            scene.word(at),
            "in" | "In" | "with" | "via" | "from" | "out" | "by" | "on" | "through" | "As"
        )
    });
    let sent = prep.is_some_and(|at| {
        matches!(
            scene.word(at),
            "sent"
                | "sending"
                | "posted"
                | "posting"
                | "issued"
                | "deleted"
                | "wrote"
                | "fired"
                | "offered"
                | "shared"
                | "published"
        )
    }) || (start..at).any(|at| {
        matches!(
            scene.word(at),
            "sent" | "sending" | "posted" | "posting" | "offered" | "fired" | "issued" | "deleted" | "shared"
        )
    });
    let says = (at + 1..at + 4).take_while(|at| *at < sentence.end).any(|at| {
        scene.is(at, SAY)
            || matches!(scene.word(at), "saying" | "hit" | "came" | "that" | "declaring" | "reading")
            || (scene.word(at) == "followed" && scene.word(at - 1) == "tweets")
    });
    if start == at && prep.is_some_and(|at| matches!(scene.word(at), "by" | "via")) {
        return prep.map(|prep| prep..at + 1);
    }
    let announces = scene.word(sentence.end.saturating_sub(1)) == ":" && sentence.end - at < 24;
    if announces && scene.is_clitic(at.saturating_sub(1)) {
        return Some(start..at + 1);
    }
    let quoted = scene.has_marks(at);
    let said = scene.near(at).any(|at| scene.is(at, SAY));
    if (placed && (said || quoted || says)) || sent || says {
        let from = if placed { prep.unwrap_or(start) } else { start };
        let from = match said_before(scene, from, 3) {
            Some(verb) if placed => verb,
            _ => from,
        };
        return Some(from..at + 1);
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn what_is_said_on_a_platform() {
        for text in [
            "“We are ready,” she tweeted.",
            "“We are ready,” the mayor wrote on Twitter.",
            "“We are ready,” she said in a tweet.",
            "“We are ready.” Said Quill via Twitter.",
        ] {
            let credits = credits(text);
            assert_eq!(credits.len(), 1, "{text} {credits:?}");
            assert!(credits[0].starts_with("Twitter | channel | quotation"), "{credits:?}");
        }
        assert_eq!(sources("“No,” she said in a Facebook post."), ["Facebook"]);
        assert_eq!(sources("On Reddit, users were less polite. “Sink it,” wrote one."), ["Reddit"]);
        assert_eq!(sources("Her drummer was less forgiving on Bluesky: “Three years.”"), ["Bluesky"]);
    }

    #[test]
    fn one_place_is_one_credit() {
        assert_eq!(sources("“No,” Quill said in a video posted on Twitter."), ["Twitter"]);
        assert_eq!(sources("She announced the closure via tweet on Thursday."), ["Twitter"]);
        assert_eq!(sources("In other Twitter posts, Quill claimed that it would hold."), ["Twitter"]);
        assert_eq!(sources("He retweeted it to his readers."), [""; 0]);
    }

    #[test]
    fn a_platform_alone_is_none() {
        assert_eq!(sources("Follow us on Twitter"), [""; 0]);
        assert_eq!(sources("Twitter lost users in May."), [""; 0]);
    }
}
