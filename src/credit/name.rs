//! The outlets that a text names: those of the table, those whose form tells them, and what stands for them.

use std::collections::HashMap;
use std::ops::Range;

use super::SourceKind;
use super::lexicon::{DAY, DET, EMPLOYEE, OUTLET_NOUN, PAPER, STOP};
use super::shape::is_call_sign;
use super::table::Meaning;
use super::tokens::Tokens;
use crate::text::{TokenKind, key};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// An outlet of the table.
    Known(usize),
    /// A programme of one: the outlet, and the programme's words.
    Show(usize, Range<usize>),
    /// Kept as printed.
    Printed(Range<usize>),
    /// The document's own outlet, which no table knows.
    Own,
}

impl Source {
    /// What it is, as far as the table or its form tells.
    pub(super) fn kind(&self, scene: &Tokens<'_>) -> SourceKind {
        match self {
            Self::Known(outlet) => scene.table.kind_of(*outlet),
            Self::Show(..) => SourceKind::Broadcast,
            Self::Printed(tokens) => printed_kind(scene, tokens.clone()),
            Self::Own if scene.own_printed.ends_with("TV") || scene.own_printed.contains("Radio") => {
                SourceKind::Broadcast
            }
            Self::Own => SourceKind::Outlet,
        }
    }
}

/// What the form of an unknown name tells of its kind.
fn printed_kind(scene: &Tokens<'_>, tokens: Range<usize>) -> SourceKind {
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

/// How it was told to be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A full name or abbreviation of the table.
    Full,
    /// Likewise, of a name that is an ordinary word too.
    Ambiguous,
    /// “the Times”, bound to an outlet named before.
    Short,
    /// A programme.
    Show,
    /// Unknown, of a form that newspapers' names have.
    Shaped,
    /// “the newspaper”.
    Noun,
}

/// A place where a text names an outlet.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Without its article and quotation marks.
    pub(super) tokens: Range<usize>,
    pub(super) source: Source,
    pub(super) form: Form,
}

impl Name {
    /// Whether it is plainly an outlet, whatever stands around it. What ends as newspapers' names do may be anything
    /// (the Czech Republic, Senate Leader).
    pub(super) fn is_certain(&self, scene: &Tokens<'_>) -> bool {
        let last = self.tokens.end.saturating_sub(1);
        match self.form {
            Form::Full | Form::Short => true,
            Form::Shaped => !scene.is(last, PAPER) || is_call_sign(scene.word(self.tokens.start)),
            Form::Ambiguous | Form::Show | Form::Noun => false,
        }
    }
}

/// All names of a text, in order, without overlap. O(n).
pub(super) fn read(scene: &Tokens<'_>) -> Vec<Name> {
    let mut found = known(scene);
    found.extend(super::shape::shaped(scene, &found));
    found.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
    let mut names: Vec<Name> = Vec::with_capacity(found.len());
    for name in found {
        if names.last().is_none_or(|last| last.tokens.end <= name.tokens.start) {
            names.push(name);
        }
    }
    nouns(scene, names)
}

/// Names of the table, and short names bound to what was named before them.
fn known(scene: &Tokens<'_>) -> Vec<Name> {
    let text = scene.text;
    let mut names: Vec<Name> = Vec::new();
    let mut binder = Binder::default();
    let mut next_token = 0;
    for (tokens, meaning) in scene.table.find(text) {
        if tokens.start < next_token {
            continue;
        }
        next_token = tokens.end;
        let tokens = match meaning.full {
            Some(_) if scene.key(tokens.start) == key("the") && tokens.len() > 1 => {
                tokens.start + 1..tokens.end
            }
            _ => tokens,
        };
        // “ABC 7”, “Fox 13”: a station of the network, and no more
        if scene.kind(tokens.end) == Some(TokenKind::Number)
            && scene.word(tokens.end).len() < 3
            && meaning.full.is_some_and(|outlet| scene.table.kind_of(outlet) == SourceKind::Broadcast)
            && scene
                .text
                .token(tokens.start)
                .is_some_and(|token| token.is_upper() || scene.word(tokens.start) == "Fox")
            && tokens.len() == 1
            && !scene.is(tokens.end + 1, DAY)
        {
            let station = tokens.start..tokens.end + 1;
            next_token = station.end;
            names.push(Name {
                tokens: station.clone(),
                source: Source::Printed(station),
                form: Form::Shaped,
            });
            continue;
        }
        if let Some((source, form)) = mean(scene, &tokens, meaning, &mut binder, names.last()) {
            names.push(Name { tokens, source, form });
        }
    }
    names
}

/// What was named before, to bind short names: by short name, the outlet that was last named in full.
#[derive(Default)]
struct Binder {
    short: HashMap<String, usize>,
}

impl Binder {
    fn note(&mut self, scene: &Tokens<'_>, outlet: usize) {
        let kind = scene.table.outlet(outlet).map(|outlet| outlet.kind());
        if !matches!(kind, Some(SourceKind::Outlet | SourceKind::Broadcast | SourceKind::Wire)) {
            return;
        }
        for short in scene.table.shorts_of(outlet) {
            self.short.insert(short.to_owned(), outlet);
        }
    }
}

fn mean(
    scene: &Tokens<'_>,
    tokens: &Range<usize>,
    meaning: &Meaning,
    binder: &mut Binder,
    last: Option<&Name>,
) -> Option<(Source, Form)> {
    let word = scene.printed(tokens.clone());
    let article = tokens.start.checked_sub(1).filter(|at| scene.key(*at) == key("the"));
    let bound = binder.short.contains_key(word);
    if article.is_some() && !bound && scene.own_short == Some(word) && !is_part_of_name(scene, tokens) {
        return Some((Source::Own, Form::Short));
    }
    if let Some(outlet) = meaning.full {
        if is_part_of_name(scene, tokens) {
            return None;
        }
        // “The Times” is a newspaper's whole name, and another's short one.
        let own = || scene.own.filter(|own| scene.table.shorts_of(*own).iter().any(|own| own == word));
        if article.is_some()
            && let Some(bound) = binder.short.get(word).copied().or_else(own)
        {
            return Some((Source::Known(bound), if bound == outlet { Form::Full } else { Form::Short }));
        }
        binder.note(scene, outlet);
        return Some((Source::Known(outlet), Form::Full));
    }
    if !meaning.short.is_empty() && article.is_some() && !is_part_of_name(scene, tokens) {
        let bound = binder.short.get(word).copied().or_else(|| {
            let own = scene.own.filter(|own| meaning.short.contains(own));
            own.or(meaning.ambiguous).or_else(|| scene.table.index_of(&format!("The {word}")))
        });
        if let Some(outlet) = bound {
            binder.note(scene, outlet);
            return Some((Source::Known(outlet), Form::Short));
        }
    }
    if let Some(outlet) = meaning.ambiguous
        && !is_part_of_name(scene, tokens)
    {
        // “The Hill” has its article; “Time” has “magazine”, or a cue that cannot be mistaken.
        let titled = scene.table.outlet(outlet).is_some_and(|outlet| outlet.name().starts_with("The "));
        let capital = article.is_some_and(|at| scene.is_capitalised(at));
        let magazine = scene.is(tokens.end, OUTLET_NOUN);
        if titled && article.is_none() {
            return None;
        }
        let form = if magazine || (titled && capital) { Form::Full } else { Form::Ambiguous };
        if form == Form::Full {
            binder.note(scene, outlet);
        }
        return Some((Source::Known(outlet), form));
    }
    // A short name that was bound before may do without its article (“Times reporter”), in a possessive.
    if let Some(&outlet) = meaning.short.iter().find(|outlet| binder.short.get(word) == Some(outlet)) {
        let employee = scene.is(tokens.end, EMPLOYEE);
        if employee && !is_part_of_name(scene, tokens) {
            return Some((Source::Known(outlet), Form::Short));
        }
    }
    show(scene, tokens, meaning, binder, last)
}

/// A programme: in quotation marks, or straight after the network that has it.
fn show(
    scene: &Tokens<'_>,
    tokens: &Range<usize>,
    meaning: &Meaning,
    binder: &mut Binder,
    last: Option<&Name>,
) -> Option<(Source, Form)> {
    let before = tokens.start.checked_sub(1)?;
    let quoted = scene.is_mark(before) && !scene.is_clitic(before);
    let mut at = if quoted { before.checked_sub(1)? } else { before };
    if scene.key(at) == key("the") {
        at = at.checked_sub(1)?;
    }
    if scene.is_clitic(at) {
        at = at.checked_sub(1)?;
    }
    let network = last.filter(|name| name.tokens.end == at + 1).and_then(|name| match name.source {
        Source::Known(outlet) => Some(outlet),
        _ => None,
    });
    let of = |outlet: &&usize| network == Some(**outlet);
    let many = tokens.len() > 1;
    let outlet = match meaning.shows.iter().find(of) {
        Some(outlet) => *outlet,
        // The network's own name may come after: “This Week” on ABC; or not at all.
        None if quoted || (many && is_titled(scene, tokens) && !is_common(scene, tokens)) => {
            *meaning.shows.first()?
        }
        None => return None,
    };
    binder.note(scene, outlet);
    Some((Source::Show(outlet, tokens.clone()), Form::Show))
}

/// Whether a programme's name is set as a title: “Meet the Press”, “60 Minutes”.
fn is_titled(scene: &Tokens<'_>, tokens: &Range<usize>) -> bool {
    let number =
        scene.kind(tokens.start) == Some(TokenKind::Number) && scene.is_capitalised(tokens.start + 1);
    scene.is_capitalised(tokens.start) || number
}

/// Programmes' names that are everyday words too.
fn is_common(scene: &Tokens<'_>, tokens: &Range<usize>) -> bool {
    const COMMON: &[&str] = &[
        "State of the Union",
        "This Week",
        "New Day",
        "The Source",
        "The Lead",
        "The Story",
        "The View",
        "All In",
        "Special Report",
        "The National",
        "The Five",
        "Your World",
        "This Morning",
        "World News",
        "On the Record",
        "Prime Time",
        "Late Night",
        "The Talk",
        "The Beat",
        "Happening Now",
        "Question Time",
        "On Point",
        "Inside Politics",
        "Early Start",
        "At This Hour",
        "Starting Point",
        "Mad Money",
        "The Factor",
        "The Cycle",
        "Here and Now",
        "Evening News",
        "The Last Word",
        "Out Front",
        "Real Time",
        "Six One",
        "Question Period",
        "Frontline",
        "Front Line",
        "Power Lunch",
        "Was nun",
        "Washington Week",
        "Washington Journal",
        "The Takeaway",
    ];
    let words = scene.printed(tokens.clone());
    COMMON.iter().any(|common| common.eq_ignore_ascii_case(words))
}

/// Whether a match is only a part of a longer name: “Capitol Hill”, “Post Office”, “Times Square”.
fn is_part_of_name(scene: &Tokens<'_>, tokens: &Range<usize>) -> bool {
    let first = scene.key(tokens.start);
    let last = tokens.end.saturating_sub(1);
    let before = tokens.start.checked_sub(1);
    let handle = |at: Option<usize>| at.is_some_and(|at| matches!(scene.word(at), "@" | "#" | "_"));
    let capitol = before.is_some_and(|at| {
        scene.is_word(at)
            && scene.is_capitalised(at)
            && !scene.is(at, DET | STOP)
            && tokens.len() == 1
            && scene.text.token(at).is_some_and(|token| !token.is_upper())
            && (first == key("hill") || scene.is(tokens.start, PAPER))
    });
    let square =
        matches!(scene.word(tokens.end), "Square" | "Office" | "Street" | "Avenue" | "Building" | "Tower")
            || (scene.key(last) == key("x") && !scene.is_word(tokens.end) && !is_led(scene, before));
    handle(before) || capitol || square || opens_longer(scene, tokens)
}

/// Whether a word that leads to a platform stands there: “on X”, “auf X”.
fn is_led(scene: &Tokens<'_>, before: Option<usize>) -> bool {
    before.is_some_and(|at| {
        matches!(scene.lower(at).as_ref(), "on" | "to" | "via" | "over" | "auf" | "über" | "sur")
    })
}

/// Whether one word of a name, “the Hill”, only begins that of a newspaper: “the Hill Country Herald”.
fn opens_longer(scene: &Tokens<'_>, tokens: &Range<usize>) -> bool {
    let is_more = |at: usize| {
        scene.is_capitalised(at)
            && scene.text.token(at).is_some_and(|token| token.is_word() && token.is_spaced())
    };
    let ends = |at: usize| scene.is(at, PAPER) && !scene.is(at, OUTLET_NOUN);
    let first = tokens.end;
    let plain = tokens.len() == 1
        && is_more(first)
        && !scene.is(first, DAY | EMPLOYEE | OUTLET_NOUN)
        && scene.text.token(tokens.start).is_some_and(|token| !token.is_upper());
    plain && !ends(first) && (first + 1..first + 3).take_while(|at| is_more(*at)).any(ends)
}

/// Adds “the newspaper”, “the network”: the last outlet of that kind; and “this newspaper”, which is the document's own.
/// O(names + tokens).
fn nouns(scene: &Tokens<'_>, names: Vec<Name>) -> Vec<Name> {
    let mut last = Last::default();
    let mut all = Vec::with_capacity(names.len() + 4);
    let mut next = 0;
    for name in names {
        all.extend(nouns_in(scene, next..name.tokens.start, &last));
        next = name.tokens.end;
        last.note(scene, &name);
        all.push(name);
    }
    all.extend(nouns_in(scene, next..scene.text.tokens().len(), &last));
    all
}

/// The outlets named last, for the nouns that may stand for them.
#[derive(Default)]
struct Last {
    paper: Option<Source>,
    broadcast: Option<Source>,
    any: Option<Source>,
}

impl Last {
    fn note(&mut self, scene: &Tokens<'_>, name: &Name) {
        if name.form == Form::Ambiguous {
            return;
        }
        let source = match &name.source {
            Source::Show(outlet, _) => Source::Known(*outlet),
            other => other.clone(),
        };
        match source.kind(scene) {
            SourceKind::Outlet => self.paper = Some(source.clone()),
            SourceKind::Broadcast => self.broadcast = Some(source.clone()),
            SourceKind::Wire => {}
            _ => return,
        }
        self.any = Some(source);
    }
}

fn nouns_in(scene: &Tokens<'_>, tokens: Range<usize>, last: &Last) -> Vec<Name> {
    let mut names = Vec::new();
    for at in scene.all_in::<OUTLET_NOUN>(tokens).filter(|at| !scene.is_capitalised(*at)) {
        let Some(before) = at.checked_sub(1) else { continue };
        let source = if matches!(scene.word(before), "this" | "This") && is_paper(scene.word(at)) {
            scene.own.map(Source::Known).or(scene.own_name.as_ref().map(|_| Source::Own))
        } else if is_definite(scene, before) {
            match scene.word(at) {
                "network" | "station" | "channel" | "broadcaster" | "show" | "program" | "programme"
                | "Sender" | "cadena" | "emisora" | "chaîne" => last.broadcast.clone(),
                word if is_paper(word) => last.paper.clone(),
                _ => last.any.clone(),
            }
        } else {
            None
        };
        names.extend(source.map(|source| Name { tokens: at..at + 1, source, form: Form::Noun }));
    }
    names
}

fn is_paper(word: &str) -> bool {
    matches!(
        word,
        "newspaper"
            | "paper"
            | "tabloid"
            | "magazine"
            | "Zeitung"
            | "Blatt"
            | "periódico"
            | "diario"
            | "journal"
            | "quotidien"
    )
}

/// Whether a noun after the token is definite: the newspaper, the cable network.
fn is_definite(scene: &Tokens<'_>, before: usize) -> bool {
    let news = [key("news"), key("cable"), key("wire"), key("conservative"), key("liberal")];
    let before = if news.contains(&scene.key(before)) { before.saturating_sub(1) } else { before };
    [key("the"), key("die"), key("das"), key("der"), key("dem"), key("el"), key("la"), key("le")]
        .contains(&scene.key(before))
}
