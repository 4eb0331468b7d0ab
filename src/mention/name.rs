//! Proper names: runs of capitalised words, cut into titles, names of people, organisations and places.

use super::language::{Class, Entry, Gender, bare_key};
use super::piece::{NO_PERSON, Piece, namely, tail_of};
use super::scan::{Form, Found, Kind, NONE, Opening, Scanner, run_in};
use crate::text::{Token, TokenKind, key};

/// The shortest surname, in bytes, that is looked for at the start of a glued word: not Mc in McDonald.
const SHORTEST_GLUED: usize = 4;

impl Scanner<'_> {
    /// Reads a run of capitalised words from `at`; `None` if no name starts there.
    pub(super) fn name(&mut self, at: usize) -> Option<usize> {
        let (end, possessive) = self.gather(at)?;
        let (cut, possessive) = self.without_glued(end, possessive);
        let mut first = 0;
        let opens = self.opens_sentence(at);
        if opens {
            first = self.strip_opening();
        }
        let next = end.max(at + 1);
        let pieces = std::mem::take(&mut self.pieces);
        let used = pieces.get(first..).unwrap_or(&[]);
        let read =
            if used.is_empty() { None } else { self.parse(used, cut, possessive, opens && first == 0) };
        self.pieces = pieces;
        match read {
            Some(extended) => Some(extended.max(next)),
            // The words may still be a noun or a pronoun: The mayor, He
            None if first == 0 && next == at + 1 => None,
            None => Some(next),
        }
    }

    fn piece(&self, at: usize, token: &Token, nick: bool) -> Piece {
        let key = bare_key(self.text, token);
        let span = token.span();
        Piece {
            token: at as u32,
            key,
            word: self.bare_word(at, token),
            name: if self.is_capital(at) || nick { self.language.name(key) } else { Entry::default() },
            capital: self.is_capital(at),
            initial: self.is_capital(at)
                && (span.len() <= 1 || token.is_abbreviation() && span.text(self.text.raw()).len() <= 5),
            nick,
        }
    }

    /// Whether the token is a capitalised word that a name may hold.
    fn is_namely(&self, at: usize) -> bool {
        let Some(token) = self.text.token(at).filter(|token| token.is_word()) else { return false };
        if !self.is_capital(at) {
            return false;
        }
        if !token.is_plain() && (self.is_contraction(token) || self.is_compound_adjective(token)) {
            return false;
        }
        // J.
        if token.is_abbreviation() && token.span().len() <= 3 && token.key() != key("i") {
            return true;
        }
        let class = self.bare_word(at, token).class;
        if class.is(Class::CLOSED) && class.is(Class::PARTICLE) && !class.is(Class::TITLE) {
            // Le Pen, but: Le maire
            return self.is_capital(at + 1) && !self.opens_sentence(at);
        }
        if class.is(Class::CLOSED.and(Class::CALENDAR)) && !class.is(Class::TITLE.and(Class::PARTICLE)) {
            return false;
        }
        true
    }

    /// I’m, Don’t, We’ll: an apostrophe with a small letter after it; but O’Neill.
    fn is_contraction(&self, token: &Token) -> bool {
        let word = token.span().text(self.text.raw());
        word.len() < 12
            && run_in(word).is_some_and(|(_, tail)| {
                matches!(tail.as_bytes(), b"m" | b"d" | b"t" | b"re" | b"ve" | b"ll")
            })
    }

    /// American-born, Harbor-based
    fn is_compound_adjective(&self, token: &Token) -> bool {
        let word = token.span().text(self.text.raw());
        word.rsplit_once('-').is_some_and(|(_, tail)| {
            matches!(
                tail,
                "born"
                    | "based"
                    | "backed"
                    | "led"
                    | "style"
                    | "elect"
                    | "era"
                    | "wide"
                    | "owned"
                    | "run"
                    | "turned"
                    | "bred"
                    | "speaking"
                    | "controlled"
                    | "area"
                    | "educated"
                    | "trained"
                    | "funded"
                    | "year-old"
            )
        })
    }

    /// Collects the run into `self.pieces`; returns its end and whether a possessive ending follows.
    fn gather(&mut self, at: usize) -> Option<(usize, bool)> {
        self.pieces.clear();
        let first = *self.text.token(at)?;
        if !self.is_namely(at) {
            let given = self.language.name(first.key()).class.is(Class::GIVEN);
            let follows = self.text.token(at + 1).is_some_and(|next| {
                self.is_namely(at + 1) && next.sentence() == first.sentence() && !next.is_abbreviation()
            });
            if !(given && follows) {
                return None;
            }
        }
        let mut j = at;
        while let Some(&token) = self.text.token(j) {
            if token.sentence() != first.sentence() || self.pieces.len() >= 24 {
                break;
            }
            if token.is_word() && self.is_capital(j) {
                if j > at && !self.is_namely(j) {
                    break;
                }
                let piece = self.piece(j, &token, false);
                self.pieces.push(piece);
                j += 1;
                if self.text.token(j).is_some_and(|next| next.kind() == TokenKind::Clitic) {
                    return Some((j, true));
                }
                continue;
            }
            let Some(next) = self.bridge(j, &token) else { break };
            for inside in j..next {
                let Some(token) = self.text.token(inside).filter(|token| token.is_word()) else { continue };
                let nick = self.text.token(j).is_some_and(|open| !open.is_word());
                let piece = self.piece(
                    inside,
                    token,
                    nick && !self.language.word(bare_key(self.text, token)).class.is(Class::SUFFIX),
                );
                self.pieces.push(piece);
            }
            j = next;
            if self.pieces.last().is_some_and(|piece| piece.word.class.is(Class::SUFFIX)) {
                break;
            }
        }
        let possessive = self.text.token(j).is_some_and(|next| next.kind() == TokenKind::Clitic);
        (!self.pieces.is_empty()).then_some((j, possessive))
    }

    /// Takes from the run what a page has pasted behind a name: its full form once more, glued to the headline of a
    /// link (Quill Ada Jane *QuillFerry* sails). Returns where the name ends, and whether it is a possessor.
    fn without_glued(&mut self, end: usize, possessive: bool) -> (usize, bool) {
        let raw = |piece: &Piece| self.text.word(piece.token as usize);
        let is_glued = |name: &str, word: &str| {
            let tail = word.strip_prefix(name).filter(|_| name.len() >= SHORTEST_GLUED);
            tail.is_some_and(|tail| tail.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        };
        let is_pasted = |piece: &&Piece| self.pieces.iter().any(|word| is_glued(raw(piece), raw(word)));
        let name = self.pieces.iter().position(|piece| is_pasted(&piece));
        let Some(kept) = name.map(|at| at + 1) else { return (end, possessive) };
        self.pieces.truncate(kept);
        (self.pieces.last().map_or(end, |piece| piece.token as usize + 1), false)
    }

    /// What may stand within a name between its capitalised words, from `at`: particles, a nickname between
    /// marks or brackets, `, Jr.`, `&`. Returns where the name goes on.
    fn bridge(&self, at: usize, token: &Token) -> Option<usize> {
        let is_name = |at: usize| self.is_namely(at);
        if token.is_word() {
            let mut end = at;
            while self.text.token(end).is_some_and(|token| {
                token.is_word()
                    && !self.is_capital(end)
                    && self.language.word(token.key()).class.is(Class::PARTICLE)
            }) && end < at + 3
            {
                end += 1;
            }
            return (end > at && is_name(end)).then_some(end);
        }
        let word = self.text.word(at);
        if word == "," {
            let suffix = self.text.token(at + 1)?;
            let known = self.language.word(bare_key(self.text, suffix)).class.is(Class::SUFFIX);
            return (self.is_capital(at + 1) && known).then_some(at + 2);
        }
        if word == "&" {
            return is_name(at + 1).then_some(at + 1);
        }
        let closer: &[&str] = match word {
            "(" => &[")"],
            "[" => &["]"],
            "\"" | "“" | "''" | "``" | "‘" | "'" | "„" | "”" => &["\"", "”", "''", "’", "'", "“"],
            _ => return None,
        };
        let close = (at + 2..at + 5).find(|&close| closer.contains(&self.text.word(close)))?;
        let inside_words = (at + 1..close).all(|i| self.text.token(i).is_some_and(|t| t.is_word()));
        let single = close == at + 2;
        let nick = self.text.token(close - 1).is_some_and(|t| {
            t.is_capitalised()
                && !t.is_upper()
                && t.span().len() > 1
                && !self.text.word(close - 1).contains('-')
        });
        let closely = self.text.token(at + 1).is_some_and(|t| !t.is_spaced());
        (inside_words && nick && closely && (single || word != "(") && is_name(close + 1))
            .then_some(close + 1)
    }

    /// At the start of a sentence: how many of the first pieces are everyday words.
    fn strip_opening(&self) -> usize {
        let Some(first) = self.pieces.first() else { return 0 };
        let second = self.pieces.get(1);
        let kept = Class::TITLE.and(Class::ROLE).and(Class::PLACE).and(Class::DEMONYM).and(Class::PARTY);
        let kept = kept.and(Class::ORG_HEAD).and(Class::FORMER).and(Class::VICE).and(Class::OUTLET_HEAD);
        // Secretary of State Ada Quill
        let of = || self.text.word(first.token as usize + 1) == "of";
        if first.is(kept) && (second.is_some() || first.is(Class::ROLE) && of()) {
            return 0;
        }
        if first.is_given() && second.is_some() {
            return 0;
        }
        let word = self.text.word(first.token as usize);
        // Defying Quill, the mayor …
        let participle = word.ends_with("ing") && word.len() > 5;
        let verbal = !first.is_given() && (participle || second.is_none() && word.ends_with("ed"));
        if !verbal && !first.is_common() && !first.is(Class::PLURAL.and(Class::ROLE).and(Class::ORG_NOUN)) {
            return 0;
        }
        // Homeland Security, Tax Policy Center: everyday words that a head makes a name.
        let organisation = self.pieces.len() > 1
            && self.pieces.last().is_some_and(|last| last.is(Class::ORG_HEAD.and(Class::ORG_SUFFIX)));
        usize::from(!organisation)
    }

    /// Makes mentions of a run. Returns the token after it if it is longer than the run.
    fn parse(&mut self, pieces: &[Piece], end: usize, possessive: bool, opens: bool) -> Option<usize> {
        let (pieces, end) = self.without_place_before_name(pieces, end);
        let title = self.title_of(pieces);
        if title.is_none()
            && let Some(split) = self.outlet_then_name(pieces)
        {
            let (outlet, name) = pieces.split_at(split);
            let outlet_end = outlet.last().map_or(end, |last| last.token as usize + 1);
            self.organisation(outlet, outlet_end, false, opens);
            return self.parse(name, end, possessive, false);
        }
        let (pieces, end) = if title.is_none() { self.person_in(pieces, end) } else { (pieces, end) };
        let n = pieces.len();
        let mut name = pieces.get(title.map_or(0, |t| t + 1)..).unwrap_or(&[]);
        let mut end = end;
        if title.is_some()
            && name.last().is_some_and(|last| !namely(last))
            && let Some(tail) = tail_of(name)
        {
            // President Doe Speech
            name = name.get(..tail).unwrap_or(name);
            end = name.last().map_or(end, |last| last.token as usize + 1);
        }
        if name.is_empty() {
            return self.capital_noun(pieces, end);
        }
        let first = name.first()?;
        let last = name.last()?;
        let whole = pieces.first()?.token as usize;
        let start = first.token as usize;
        if title.is_none() {
            if let Some(extended) = self.organisation(name, end, possessive, opens) {
                return Some(extended);
            }
            if n == 1 && first.is(Class::ROLE.and(Class::PLURAL).and(Class::PERSON).and(Class::TITLE)) {
                return None;
            }
            if n == 1 && first.is(Class::DEMONYM.and(Class::PARTY).and(Class::FORMER).and(Class::VICE)) {
                return None;
            }
        } else if self.is_organisation(name) && !name.first().is_some_and(Piece::is_given) {
            // Attorney General ... Department: the title belongs to something else.
            return self.organisation(name, end, possessive, opens);
        }
        if self.headline && title.is_none() && !self.headline_name(name) {
            return Some(end);
        }
        let mut found = self.blank(Form::Name, whole, start, end);
        found.possessive = possessive;
        self.person_parts(name, &mut found);
        if let Some(title) = title {
            self.titled(pieces, title, &mut found);
        } else {
            found.kind = self.kind_without_title(name);
            found.doubtful = found.kind == Kind::Person && last.is_common();
        }
        self.extend_particles(&mut found);
        self.link_noun_before(&mut found);
        self.found.push(found);
        Some(end)
    }

    /// the Harbor Post | Quill said: where an outlet's name ends and another name begins.
    fn outlet_then_name(&self, pieces: &[Piece]) -> Option<usize> {
        let before = (pieces.first()?.token as usize).checked_sub(1)?;
        let the = self.text.token(before).is_some_and(|token| token.key() == key("the"));
        let (last, rest) = pieces.split_last()?;
        let outlet = rest.last()?;
        let names = !last.is_common() && !last.is(NO_PERSON.and(Class::OUTLET_HEAD).and(Class::DOCUMENT));
        (the && names && rest.len() > 1 && outlet.is(Class::OUTLET_HEAD)).then_some(rest.len())
    }

    /// A run that holds a person and more: House Newt Gingrich, Lawmakers Rip John Doe, John Doe Says. What goes
    /// before the given name and after the surname is cut off where it is no part of a person's name.
    fn person_in<'p>(&self, pieces: &'p [Piece], end: usize) -> (&'p [Piece], usize) {
        let Some(given) = pieces.windows(2).position(|pair| match pair {
            [given, next] => given.is_given() && !given.nick && namely(next) && !given.is(Class::PLACE),
            _ => false,
        }) else {
            return (pieces, end);
        };
        let (before, name) = pieces.split_at(given);
        let foreign =
            before.iter().any(|piece| !namely(piece)) && before.iter().all(|piece| !piece.is_given());
        let name = if foreign && !before.is_empty() { name } else { pieces };
        if name.first().is_none_or(|first| !first.is_given()) {
            return (name, end);
        }
        // Clinton Foundation stays whole; Hillary Clinton Speaks does not.
        let tail = tail_of(name);
        let organisation = name.last().is_some_and(|last| last.is(Class::ORG_HEAD.and(Class::ORG_SUFFIX)));
        match tail.filter(|_| !organisation).and_then(|tail| name.get(..tail)) {
            Some(cut) => {
                let end = cut.last().map_or(end, |last| last.token as usize + 1);
                (cut, end)
            }
            None => (name, end),
        }
    }

    /// Secretary of *State* John Doe, Mayor of *Chicago* Jane Roe: what goes with the role goes.
    fn without_place_before_name<'p>(&self, pieces: &'p [Piece], end: usize) -> (&'p [Piece], usize) {
        let Some(first) = pieces.first() else { return (pieces, end) };
        let after_of = (first.token as usize).checked_sub(1).is_some_and(|before| {
            self.text.token(before).is_some_and(|t| t.is_word() && t.key() == key("of"))
        });
        if !after_of || pieces.len() < 3 {
            return (pieces, end);
        }
        let role_before = self
            .found
            .last()
            .is_some_and(|f| f.form == Form::Noun && f.class.is(Class::ROLE) && f.end + 1 == first.token);
        let given = pieces.iter().skip(1).position(Piece::is_given).map(|at| at + 1);
        match given.filter(|&at| role_before && at + 1 < pieces.len()) {
            Some(at) => (pieces.get(at..).unwrap_or(pieces), end),
            None => (pieces, end),
        }
    }

    /// The index of the last title of the run that has a name after it, or of its last word if all is title.
    fn title_of(&self, pieces: &[Piece]) -> Option<usize> {
        let n = pieces.len();
        let is_title = |k: usize| {
            let Some(piece) = pieces.get(k) else { return false };
            if piece.nick || !piece.capital {
                return false;
            }
            let before_given =
                k.checked_sub(1).and_then(|b| pieces.get(b)).is_some_and(|b| b.is_given() || b.initial);
            if piece.is(Class::TITLE) {
                let token = self.text.token(piece.token as usize);
                let dotted = token.is_some_and(|token| token.is_abbreviation());
                return dotted || !piece.is_given();
            }
            piece.is(Class::ROLE) && !(before_given && k + 1 == n) && !(before_given && piece.is_given())
        };
        let next_is_head = |k: usize| {
            pieces
                .get(k + 1)
                .is_some_and(|next| next.is(Class::ORG_HEAD.and(Class::ORG_SUFFIX)) && !next.is(Class::ROLE))
        };
        let last = (0..n).rev().find(|&k| is_title(k))?;
        if last + 1 == n {
            // All of it is a role (Chicago Mayor), unless a name stands before it: Larry King.
            let named = pieces.first().is_some_and(|p| p.is_given()) && n > 1;
            return (!named).then_some(last);
        }
        (!next_is_head(last)).then_some(last)
    }

    /// A role in capitals without a name: the President, Chicago Mayor.
    fn capital_noun(&mut self, pieces: &[Piece], end: usize) -> Option<usize> {
        let last = pieces.last()?;
        if !last.is(Class::ROLE.and(Class::PERSON)) || self.noun_follows(end) {
            return None;
        }
        let head = last.token as usize;
        let (start, opening) = self.opening(head);
        let mut found = self.blank(Form::Noun, start, start, head + 1);
        found.class = last.word.class;
        found.gender = last.word.gender;
        found.kind = Kind::Person;
        found.opening = if opening == Opening::Bare { Opening::Definite } else { opening };
        found.role = self.role(start, head, last.word.noun);
        self.link_backwards(&mut found);
        self.found.push(found);
        Some(end)
    }

    fn titled(&self, pieces: &[Piece], title: usize, found: &mut Found) {
        found.kind = Kind::Person;
        found.titled = true;
        let Some(piece) = pieces.get(title) else { return };
        let start = pieces.first().map_or(found.start as usize, |p| p.token as usize);
        found.role = self.role(start, piece.token as usize, piece.word.noun);
        if piece.word.gender != Gender::Unknown {
            found.gender = piece.word.gender;
        }
    }

    fn person_parts(&self, name: &[Piece], found: &mut Found) {
        let mut words = 0_u8;
        for (at, piece) in name.iter().enumerate() {
            let particle_next =
                name.get(at + 1).is_some_and(|next| next.is(Class::PARTICLE) && !next.capital);
            if piece.is(Class::SUFFIX.and(Class::DEGREE)) && words > 0 {
                found.suffix = piece.key;
                continue;
            }
            if piece.nick || (piece.is(Class::PARTICLE) && (!piece.is_given() || particle_next)) {
                continue;
            }
            words = words.saturating_add(1);
            if words == 1 {
                found.given = piece.key;
            }
            found.surname = piece.key;
        }
        found.words = words;
        let named = name.iter().find(|piece| piece.is_given() && !piece.initial);
        if (words > 1 || name.len() == 1)
            && let Some(gender) = named.map(|piece| piece.name.gender)
        {
            found.gender = gender;
        }
    }

    fn kind_without_title(&self, name: &[Piece]) -> Kind {
        let Some(first) = name.first() else { return Kind::Unknown };
        let all_place = name.iter().all(|piece| piece.is(Class::PLACE));
        if all_place || self.is_place_pair(name) {
            return Kind::Place;
        }
        let thing = name.last().is_some_and(|last| last.is(Class::THING.and(Class::ORG_HEAD)));
        if name.len() > 1 && (first.is_given() || first.initial) && !thing {
            return Kind::Person;
        }
        if name.len() == 1 && self.is_acronym(first) {
            return Kind::Organisation;
        }
        if thing && name.last().is_some_and(|last| last.is(Class::THING)) || name.iter().all(Piece::is_common)
        {
            return Kind::Other;
        }
        let plain = name.iter().all(|piece| !piece.is_common() && !piece.is(NO_PERSON));
        if (2..=4).contains(&name.len()) && plain && !self.headline {
            return Kind::Person;
        }
        Kind::Unknown
    }

    fn is_place_pair(&self, name: &[Piece]) -> bool {
        let (Some(first), Some(second)) = (name.first(), name.get(1)) else { return false };
        name.len() == 2 && self.language.is_place_pair(first.key, second.key)
    }

    fn is_acronym(&self, piece: &Piece) -> bool {
        self.text.token(piece.token as usize).is_some_and(|token| {
            token.is_upper()
                && token.span().len() >= 2
                && token.span().len() <= 8
                && !self.headline
                && !piece.is_common()
        })
    }

    /// In a headline every word has a capital: only what is known as a name is one.
    fn headline_name(&self, name: &[Piece]) -> bool {
        let Some(first) = name.first() else { return false };
        let Some(last) = name.last() else { return false };
        if name.len() == 1 {
            return !first.is_common();
        }
        first.is_given() && !last.is_common() && name.len() <= 4
    }

    fn is_organisation(&self, name: &[Piece]) -> bool {
        let (Some(first), Some(last)) = (name.first(), name.last()) else { return false };
        if last.is(Class::ORG_HEAD.and(Class::ORG_SUFFIX)) {
            return name.len() > 1;
        }
        // Anita Hill is a person, The Hill is none.
        last.is(Class::OUTLET_HEAD) && (name.len() > 2 || !first.is_given() || first.is(Class::PLACE))
    }

    /// An organisation's name, with what `of`, `and`, `for` join to it.
    fn organisation(&mut self, name: &[Piece], end: usize, possessive: bool, opens: bool) -> Option<usize> {
        let first = name.first()?;
        let start = first.token as usize;
        let mut end = end;
        let mut organisation = self.is_organisation(name);
        let heads = Class::ORG_HEAD;
        let opening_head = first.is(heads) || name.last().is_some_and(|last| last.is(heads));
        // Department of Justice; Immigration and Customs Enforcement; Citizens for Tax Justice
        if !possessive
            && !self.headline
            && let Some(after) =
                self.joined(end, opening_head, name.iter().all(|p| p.is_common() && !p.is_given()))
            && !(opens && name.len() == 1 && !opening_head && !organisation && !first.is_common())
        {
            end = after;
            organisation = true;
        }
        if !organisation {
            return None;
        }
        let mut whole = start;
        if let Some(before) = start.checked_sub(1) {
            let the = self.text.token(before).is_some_and(|t| t.is_capitalised() && t.key() == key("the"));
            if the && !self.opens_sentence(before) {
                whole = before;
            }
        }
        let mut found = self.blank(Form::Name, whole, whole, end);
        found.kind = Kind::Organisation;
        found.words = name.len().min(200) as u8;
        found.surname = name.last().map_or(0, |piece| piece.key);
        found.given = first.key;
        if name.last().is_some_and(|last| last.is(Class::OUTLET_HEAD)) {
            found.class = Class::OUTLET_HEAD;
        }
        self.found.push(found);
        Some(end)
    }

    /// Where an organisation's name goes on after a joining word at `end`, if it does.
    fn joined(&self, end: usize, head_before: bool, common_before: bool) -> Option<usize> {
        let joiner = self.text.token(end)?;
        if !joiner.is_word() || self.is_capital(end) {
            return None;
        }
        let of = joiner.key() == key("of") || joiner.key() == key("for") || joiner.key() == key("on");
        let and = joiner.key() == key("and");
        let mut at = end + 1;
        if of && self.text.token(at).is_some_and(|t| t.key() == key("the") && !t.is_capitalised()) {
            at += 1;
        }
        let mut last = None;
        let from = at;
        while let Some(token) = self.text.token(at).filter(|t| t.is_spaced() && self.is_namely(at)) {
            if at > from + 6 {
                break;
            }
            last = Some(bare_key(self.text, token));
            at += 1;
        }
        let last = self.language.word(last?);
        let head_after = last.class.is(Class::ORG_HEAD.and(Class::ORG_SUFFIX));
        let good = (of && head_before && !last.class.is(Class::ROLE))
            || (and && common_before && head_after)
            || (of && common_before && !last.class.is(Class::ROLE));
        good.then_some(at)
    }

    /// Whether “of” and what goes with a role stand between it and a name: Secretary *of State* Ada Quill.
    fn of_something(&self, from: usize, to: usize) -> bool {
        (from + 2..from + 5).contains(&to)
            && self.text.word(from) == "of"
            && (from + 1..to).all(|at| self.is_namely(at))
    }

    /// de Blasio, van der Bellen: small particles before a single surname belong to it.
    fn extend_particles(&self, found: &mut Found) {
        let mut start = found.start as usize;
        if found.words != 1 || found.whole != found.start {
            return;
        }
        while let Some(before) = start.checked_sub(1) {
            let particle = self.text.token(before).is_some_and(|token| {
                token.is_word()
                    && !token.is_capitalised()
                    && self.language.word(token.key()).class.is(Class::PARTICLE)
                    && !self.language.word(token.key()).class.is(Class::CLOSED)
            });
            if !particle || found.start as usize - before > 3 {
                break;
            }
            start = before;
        }
        if start < found.start as usize {
            found.start = start as u32;
            found.whole = start as u32;
        }
    }

    /// “spokesman John Doe”, “the mayor of Chicago, Jane Roe,”: ties the name to the noun before it.
    fn link_noun_before(&mut self, found: &mut Found) {
        let index = self.found.len().checked_sub(1);
        let Some((index, noun)) = index.and_then(|i| self.found.get(i).map(|noun| (i, *noun))) else {
            return;
        };
        // The role may stand behind a place or organisation: the mayor of Chicago, Jane Roe
        let (index, noun) = if noun.form == Form::Noun {
            (index, noun)
        } else {
            let Some(before) = index.checked_sub(1).and_then(|i| self.found.get(i).map(|noun| (i, *noun)))
            else {
                return;
            };
            if noun.kind == Kind::Person || before.1.form != Form::Noun {
                return;
            }
            before
        };
        if !noun.class.is(Class::ROLE.and(Class::PERSON)) || noun.class.is(Class::PLURAL) || noun.link != NONE
        {
            return;
        }
        if found.kind == Kind::Place && !found.titled {
            return;
        }
        let whole = found.whole as usize;
        let here = self.found.len() as u32;
        if noun.end as usize == whole || self.of_something(noun.end as usize, whole) && found.words > 1 {
            found.whole = noun.whole;
            found.link = index as u32;
            if let Some(noun) = self.found.get_mut(index) {
                noun.link = here;
            }
            found.kind = Kind::Person;
            found.oblique = noun.oblique;
            return;
        }
        let Some(comma) = whole.checked_sub(1) else { return };
        // der Vorsitzende der CDU, Otto Prime
        let of_words = if self.language.capital_nouns {
            Class::PREPOSITION.and(Class::DEFINITE)
        } else {
            Class::PREPOSITION
        };
        let near = comma >= noun.end as usize && comma - noun.end as usize <= 9;
        let of_between = comma == noun.end as usize
            || self
                .text
                .token(noun.end as usize)
                .is_some_and(|t| t.is_word() && self.language.word(t.key()).class.is(of_words));
        let ends = matches!(self.text.word(found.end as usize), "," | "." | ";" | ":" | "—" | "–" | "(")
            || self.text.token(found.end as usize).is_none_or(|t| t.kind() == TokenKind::Mark);
        let directly_named =
            comma != whole && self.text.word(comma) != "," && near && of_between && self.is_capital(comma);
        if (self.text.word(comma) == "," && near && of_between && ends && noun.opening != Opening::Indefinite
            || directly_named)
            && self.sentence_of(noun.start) == self.sentence_of(found.start)
            && !found.titled
        {
            found.link = index as u32;
            found.kind = Kind::Person;
            if let Some(noun) = self.found.get_mut(index) {
                noun.link = here;
            }
        }
    }
}
