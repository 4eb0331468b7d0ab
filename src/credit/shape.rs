//! Outlets that no table knows, told by their form: the last word of a newspaper's name (the Springfield Shopper), a
//! capital inside a word (PolicyWatch), a call sign (KZQX), an address (harborledger.com), or what they are said to
//! be (the magazine Brine, Kurant newspaper).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::lexicon::{DAY, DET, EMPLOYEE, IS_OUTLET, IST_MEDIUM, OPENER, ORG, PAPER, REPORT, STOP, TITLE};
use super::name::{Form, Name, Source};
use super::tokens::Tokens;
use crate::text::{TokenKind, key_of};

/// Unknown outlets, by form: a run of capitalised words that ends as newspapers' names do, one word with a
/// capital inside (PolicyWatch), an address.
pub(super) fn shaped(scene: &Tokens<'_>, known: &[Name]) -> Vec<Name> {
    let mut names = Vec::new();
    let loose = told_by_verb(scene);
    let own = scene.own_short.map(key_of);
    let mut taken = known.iter().filter(|name| name.form != Form::Noun).peekable();
    // by last word, the name that was given in full: the Harbor City Beacon, then “the Beacon”
    let mut full: BTreeMap<u64, Range<usize>> = BTreeMap::new();
    let mut done = 0;
    for at in (0..scene.text.tokens().len()).filter(|at| scene.is_capitalised(*at) || is_dotted(scene, *at)) {
        while taken.next_if(|name| name.tokens.end <= at).is_some() {}
        let inside = taken.peek().is_some_and(|name| name.tokens.start <= at);
        if at < done || inside {
            continue;
        }
        if !scene.is_capitalised(at) {
            if let Some(tokens) = address(scene, at) {
                done = tokens.end;
                names.push(Name { source: Source::Printed(tokens.clone()), tokens, form: Form::Shaped });
            }
            continue;
        }
        let one = || is_camel(scene.word(at)).then_some(at..at + 1);
        if own == Some(scene.key(at)) && the_before(scene, &(at..at + 1)) {
            names.push(Name { tokens: at..at + 1, source: Source::Own, form: Form::Short });
            continue;
        }
        if loose.contains(&scene.key(at)) && the_before(scene, &(at..at + 1)) {
            names.push(Name { tokens: at..at + 1, source: Source::Printed(at..at + 1), form: Form::Shaped });
            continue;
        }
        let found = address(scene, at).or_else(|| call_sign(scene, at)).or_else(|| described(scene, at));
        let found = found.or_else(|| opened(scene, at)).or_else(one);
        let free = |tokens: &Range<usize>| taken.peek().is_none_or(|name| name.tokens.start >= tokens.end);
        if let Some(tokens) = found.filter(free) {
            done = tokens.end;
            names.push(Name { source: Source::Printed(tokens.clone()), tokens, form: Form::Shaped });
            continue;
        }
        if !scene.is(at, PAPER) {
            continue;
        }
        let (tokens, article) = paper(scene, known, at, done);
        done = tokens.end;
        let last = scene.key(tokens.end.saturating_sub(1));
        if tokens.len() > 1 {
            full.insert(last, tokens.clone());
        } else if let Some(full) = full.get(&last).filter(|_| the_before(scene, &tokens)) {
            names.push(Name { tokens, source: Source::Printed(full.clone()), form: Form::Short });
            continue;
        }
        if tokens.len() > 1 || article {
            names.push(Name { source: Source::Printed(tokens.clone()), tokens, form: Form::Shaped });
        }
    }
    names
}

/// Whether a word stands alone after its article: “the Beacon”, not “the Beacon Hill murders”.
fn the_before(scene: &Tokens<'_>, tokens: &Range<usize>) -> bool {
    let article = tokens.start.checked_sub(1).is_some_and(|the| matches!(scene.word(the), "the" | "The"));
    article && !scene.is_capitalised(tokens.end)
}

/// The name of a newspaper whose last word, or the first of its last words, stands at `at`, and whether its article
/// stands before it; `done` is where the name before it ends.
fn paper(scene: &Tokens<'_>, known: &[Name], at: usize, done: usize) -> (Range<usize>, bool) {
    let sentence = scene.sentence(at);
    let floor = sentence.start.max(done).max(at.saturating_sub(5));
    let mut first = at;
    while let Some(before) = first.checked_sub(1).filter(|before| *before >= floor) {
        // “Seattle’s Morning News”
        let town = scene.is_clitic(before)
            && first < at
            && before.checked_sub(1).is_some_and(|town| town >= floor && is_name_word(scene, town))
            && known.binary_search_by_key(&before, |name| name.tokens.end).is_err();
        if town {
            first = before - 1;
            break;
        }
        let part = is_name_word(scene, before)
            || (matches!(scene.word(before), "&" | "of" | "and")
                && before.checked_sub(1).is_some_and(|more| more >= floor && is_name_word(scene, more)));
        if !part {
            break;
        }
        first = before;
    }
    let mut end = at + 1;
    while scene.is(end, PAPER) && scene.is_capitalised(end) && end < sentence.end {
        end += 1;
    }
    if scene.kind(end) == Some(TokenKind::Number) && scene.word(end).len() < 3 {
        end += 1;
    }
    let article = first.checked_sub(1).is_some_and(|before| scene.word(before) == "The" && before > floor);
    (first..end, article)
}

fn is_name_word(scene: &Tokens<'_>, at: usize) -> bool {
    let cue = matches!(
        scene.word(at),
        "Via" | "Source" | "Per" | "According" | "Citing" | "Following" | "Reported"
    );
    if cue {
        return false;
    }
    scene.is_capitalised(at) && !scene.is(at, DET | STOP | TITLE) && !scene.is(at, DAY)
        || (scene.kind(at) == Some(TokenKind::Number) && scene.word(at).len() < 3)
}

/// A capital inside a word whose other letters are small: PolicyWatch, not McCain.
fn is_camel(word: &str) -> bool {
    if word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let inner = word.char_indices().skip(3).find(|(_, c)| c.is_uppercase());
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    // “AZCentral”, “SCOTUSblog”
    let capitals = word.chars().take_while(|c| c.is_uppercase()).count();
    let initials = capitals >= 3 && word.chars().skip(capitals).filter(|c| c.is_lowercase()).count() >= 4;
    initials && word.chars().skip(capitals).all(char::is_lowercase)
        || inner.is_some_and(|(at, _)| {
            let head = word.get(..at).unwrap_or("");
            let tail = word.get(at..).unwrap_or("");
            small >= 5
                && head.chars().skip(1).all(char::is_lowercase)
                && tail.chars().skip(1).all(char::is_lowercase)
                && tail.len() > 2
                && !["Mac", "Fitz", "Van", "Vander"].contains(&head)
        })
}

/// What stands once as “…, the Lamplight reports, …” is an outlet wherever the text has “the Lamplight”.
fn told_by_verb(scene: &Tokens<'_>) -> BTreeSet<u64> {
    let loud = |at: usize| scene.text.token(at).is_some_and(|token| token.is_upper());
    let parenthesis = |verb: usize| {
        let at = verb.checked_sub(1)?;
        let set_off = scene.word(at.checked_sub(2)?) == "," && scene.word(at - 1) == "the";
        let reports =
            matches!(scene.word(verb), "reports" | "reported") && matches!(scene.word(verb + 1), "," | ".");
        let named = scene.is_capitalised(at) && !loud(at) && !scene.is(at, ORG | STOP | TITLE | DAY);
        (set_off && reports && named).then(|| scene.key(at))
    };
    scene.all::<REPORT>().filter_map(parenthesis).collect()
}

/// Whether a stop or the like follows without a space.
fn is_dotted(scene: &Tokens<'_>, at: usize) -> bool {
    let next = scene.text.token(at + 1);
    next.is_some_and(|next| next.kind() == TokenKind::Punctuation && !next.is_spaced())
}

/// “harborledger.com”, “Brine.co.uk”: words and stops without a space between them, the last a domain's ending.
fn address(scene: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    let tight = |at: usize| scene.text.token(at).is_some_and(|token| !token.is_spaced());
    if !is_dotted(scene, at) || !scene.is_word(at) || scene.word(at).len() < 3 || scene.word(at + 1) != "." {
        return None;
    }
    // “@harborledger.com” and “/harborledger.com” are of something longer
    let longer =
        tight(at) && at.checked_sub(1).is_some_and(|at| matches!(scene.word(at), "@" | "/" | "." | "-"));
    let mut end = at + 1;
    while end < at + 7 && scene.word(end) == "." && tight(end) && tight(end + 1) && scene.is_word(end + 1) {
        end += 2;
    }
    let ending = matches!(
        scene.lower(end - 1).as_ref(),
        "com"
            | "org"
            | "net"
            | "co"
            | "uk"
            | "de"
            | "fr"
            | "es"
            | "at"
            | "ch"
            | "ca"
            | "au"
            | "in"
            | "info"
            | "news"
            | "tv"
    );
    let goes_on = tight(end) && matches!(scene.word(end), "/" | "@" | "-");
    (end > at + 1 && ending && !longer && !goes_on).then_some(at..end)
}

/// Whether a word is one of the call signs of American stations: four letters that begin with K or W, “KZQX”, “WZQX-TV”.
pub(super) fn is_call_sign(whole: &str) -> bool {
    if !whole.starts_with(['K', 'W']) {
        return false;
    }
    let word = whole.strip_suffix("-TV").or_else(|| whole.strip_suffix("-FM")).unwrap_or(whole);
    word.len() == 4 && word != "WWII" && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// “KZQX”, “WZQX-TV”: the call sign at a place, where it is not only shouted.
fn call_sign(scene: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    if !is_call_sign(scene.word(at)) {
        return None;
    }
    // a headline is all in capitals
    let loud =
        |at: usize| scene.text.token(at).is_some_and(|token| token.is_upper()) && scene.word(at).len() > 2;
    if loud(at + 1) || at.checked_sub(1).is_some_and(loud) {
        return None;
    }
    let suffix = scene.word(at + 1) == "-" && matches!(scene.word(at + 2), "TV" | "FM" | "AM" | "DT");
    Some(at..if suffix { at + 3 } else { at + 1 })
}

/// “the magazine Brine”, “German newspaper Der Kurant”, “Kurant newspaper”: up to four capitalised words beside a
/// word that says what they are.
fn described(scene: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    let first =
        |at: usize| scene.is_capitalised(at) && !scene.is(at, STOP | TITLE | DAY) && !scene.is(at, EMPLOYEE);
    if !first(at) {
        return None;
    }
    let mark = at.checked_sub(1).filter(|at| scene.is_mark(*at) && !scene.is_clitic(*at));
    let before = mark.unwrap_or(at).checked_sub(1);
    let mut end = at + 1;
    while end < at + 4 && first(end) && scene.text.token(end).is_some_and(|token| token.is_spaced()) {
        end += 1;
    }
    let here = |noun: usize| noun >= scene.sentence(at).start;
    if before.is_some_and(|noun| is_noun(scene, noun) && here(noun)) {
        return Some(at..end);
    }
    // “the Iowa newspaper” says where it is
    let place = || end == at + 1 && before.is_some_and(|det| scene.is(det, DET) && here(det));
    let named =
        is_noun(scene, end) && !matches!(scene.word(end), "site" | "blog") && !scene.is(at, DET) && !place();
    named.then_some(at..end)
}

/// “Radio Costera”, “Gazzetta Marittima”: a word that such names begin with, and up to two more.
fn opened(scene: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    let more = |at: &usize| {
        let spaced = scene.text.token(*at).is_some_and(|token| token.is_spaced());
        spaced
            && scene.is_word(*at)
            && scene.is_capitalised(*at)
            && !scene.is(*at, STOP | TITLE | DAY | EMPLOYEE)
    };
    if !scene.is(at, OPENER) || scene.text.token(at).is_some_and(|token| token.is_upper()) {
        return None;
    }
    let end = at + 1 + (at + 1..at + 3).take_while(more).count();
    (end > at + 1).then_some(at..end)
}

fn is_noun(scene: &Tokens<'_>, at: usize) -> bool {
    let kind = if scene.is_capitalised(at) { IST_MEDIUM } else { IS_OUTLET };
    if !scene.is(at, kind) {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |before| scene.word(before));
    match scene.word(at) {
        "agency" => before == "news",
        "site" => matches!(before, "news" | "gossip" | "web" | "satirical" | "political"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn what_an_outlet_is_called_tells_that_it_is_one() {
        for (text, source) in [
            ("As the Springfield Shopper reported, the bridge is old.", "Springfield Shopper"),
            ("The bridge is old, PolicyWatch reported.", "PolicyWatch"),
            ("“It will hold,” Quill told KZQX-TV.", "KZQX-TV"),
            ("The bridge is old, according to harborledger.com.", "harborledger.com"),
            ("“It will hold,” Quill told the German newspaper Kurbel.", "Kurbel"),
            ("“It will hold,” Quill told Kurbel magazine on Friday.", "Kurbel"),
            ("The bridge is old, according to SCOTUSblog.", "SCOTUSblog"),
            ("The bridge is old, according to Gazzetta Marittima.", "Gazzetta Marittima"),
            ("“It will hold,” Quill said in an interview with Radio Costera.", "Radio Costera"),
        ] {
            assert_eq!(sources(text), [source], "{text}");
        }
    }

    #[test]
    fn what_reports_once_is_an_outlet_throughout() {
        assert_eq!(
            sources("The bridge, the Lamplight reports, is old. “No,” Quill told the Lamplight."),
            ["Lamplight", "Lamplight"]
        );
        assert_eq!(sources("“No,” Quill told the Lamplight."), [""; 0]);
    }

    #[test]
    fn the_last_word_stands_for_a_name_given_before() {
        assert_eq!(
            sources(
                "The Alder Point Beacon reported that it is old. “No,” Quill told the Beacon his lawyer."
            ),
            ["The Alder Point Beacon", "The Alder Point Beacon"]
        );
        assert_eq!(sources("“No,” Quill told the Beacon his lawyer."), [""; 0]);
    }

    #[test]
    fn what_the_outlet_calls_itself_is_itself() {
        let told = "“No,” a clerk told the Pennant.";
        let document = crate::document::Document::new("d", told).with_outlet("The Evening Pennant");
        assert_eq!(
            crate::credit::check::of(&document),
            ["The Evening Pennant | self | quotation | told the Pennant"]
        );
    }

    #[test]
    fn other_names_are_none() {
        for text in [
            "“It will hold,” Quill told the Iowa newspaper.",
            "Write to ada@harborledger.com for more.",
            "“It will hold,” Quill told McAllister.",
            "He fought in WWII, according to his son.",
        ] {
            assert_eq!(sources(text), [""; 0], "{text}");
        }
    }
}
