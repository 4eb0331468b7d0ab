//! Proper names: a run of capitalised words, read as titles and the names of people, organisations and places.

use super::language::{Class, Gender};
use super::piece::{NO_PERSON, Piece, namely, tail_of};
use super::scan::{Form, Found, Kind, Opening, Scanner};
use crate::text::key;

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
        let several = used.is_empty() && pieces.first().is_some_and(|piece| piece.is(Class::PLURAL));
        let read =
            if used.is_empty() { None } else { self.parse(used, cut, possessive, opens && first == 0) };
        self.pieces = pieces;
        match read {
            Some(extended) => Some(extended.max(next)),
            // The words may still be a noun or a pronoun: The mayor, He, Officials
            None if (first == 0 || several) && next == at + 1 => None,
            None => Some(next),
        }
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
        let (pieces, end) = self.without_degree(pieces, end);
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
            if n == 1 && first.is(Class::ROLE.or(Class::PLURAL).or(Class::PERSON).or(Class::TITLE)) {
                return None;
            }
            if n == 1 && first.is(Class::DEMONYM.or(Class::PARTY).or(Class::FORMER).or(Class::VICE)) {
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
            // the newspaper that Ada Quill founded is not called so
            if (n == 1 || !first.is_given()) && self.is_outlet(start, end) {
                found.kind = Kind::Organisation;
                found.class = Class::OUTLET_HEAD;
                found.doubtful = false;
            }
        }
        self.extend_particles(&mut found);
        self.link_noun_before(&mut found);
        self.link_body_before(&mut found, first.is_given());
        self.link_self_named(&mut found);
        self.found.push(found);
        Some(end)
    }

    /// A run that holds a person and more: House Newt Gingrich, Lawmakers Rip John Doe, John Doe Says. What goes
    /// before the given name and after the surname is cut off where it is no part of a person's name.
    fn person_in<'p>(&self, pieces: &'p [Piece], end: usize) -> (&'p [Piece], usize) {
        let Some(given) = pieces.windows(2).position(|pair| match pair {
            [given, next] => {
                let opens =
                    given.is_given() && !given.is(Class::PLACE) || given.initial && !given.is_common();
                opens && !given.nick && namely(next)
            }
            _ => false,
        }) else {
            return (pieces, end);
        };
        let (before, name) = pieces.split_at(given);
        let foreign = (before.iter().any(|piece| !namely(piece)) || self.is_occupation(before))
            && before.iter().all(|piece| !piece.is_given());
        let name = if foreign && !before.is_empty() { name } else { pieces };
        if name.first().is_none_or(|first| !first.is_given()) {
            return (name, end);
        }
        // Clinton Foundation stays whole; Hillary Clinton Speaks does not.
        let tail = tail_of(name);
        let organisation = name.last().is_some_and(|last| last.is(Class::ORG_HEAD.or(Class::ORG_SUFFIX)));
        match tail.filter(|_| !organisation).and_then(|tail| name.get(..tail)) {
            Some(cut) => {
                let end = cut.last().map_or(end, |last| last.token as usize + 1);
                (cut, end)
            }
            None => (name, end),
        }
    }

    /// Ada Quill *KC*, Ada Quill *MP*: what somebody may write behind their name is no part of it.
    fn without_degree<'p>(&self, pieces: &'p [Piece], end: usize) -> (&'p [Piece], usize) {
        let upper =
            |piece: &Piece| self.text.token(piece.token as usize).is_some_and(|token| token.is_upper());
        match pieces.split_last() {
            Some((last, name)) if name.len() > 1 && last.is(Class::DEGREE.or(Class::ROLE)) && upper(last) => {
                let person = name.first().is_some_and(|first| namely(first) && !upper(first));
                if person { (name, last.token as usize) } else { (pieces, end) }
            }
            _ => (pieces, end),
        }
    }

    /// Whether the word that opens a sentence, before a name of two words, is what somebody does: Promoter Ada Quill.
    fn is_occupation(&self, before: &[Piece]) -> bool {
        let [piece] = before else { return false };
        let word = self.text.word(piece.token as usize);
        let ending = ["ist", "er", "or", "ian", "man", "eer"].iter().any(|ending| word.ends_with(ending));
        ending && word.len() > 5 && !piece.initial && self.opens_sentence(piece.token as usize)
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
                .is_some_and(|next| next.is(Class::ORG_HEAD.or(Class::ORG_SUFFIX)) && !next.is(Class::ROLE))
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
        if !last.is(Class::ROLE.or(Class::PERSON)) || self.noun_follows(end) {
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
            found.gender_told = true;
        }
    }

    fn person_parts(&self, name: &[Piece], found: &mut Found) {
        let mut words = 0_u8;
        for (at, piece) in name.iter().enumerate() {
            let particle_next =
                name.get(at + 1).is_some_and(|next| next.is(Class::PARTICLE) && !next.capital);
            if piece.is(Class::SUFFIX.or(Class::DEGREE)) && words > 0 {
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
        // St Andrews, but: Jill St. John
        let saint = name.len() == 2 && first.key == key("st");
        if all_place || saint || self.is_place_pair(name) {
            return Kind::Place;
        }
        // Moth & Moon
        let joined = |before: usize| {
            self.text.token(before).is_some_and(|token| !token.is_word()) && self.text.word(before) == "&"
        };
        let pair = name.iter().skip(1).any(|piece| joined((piece.token as usize).saturating_sub(1)));
        if pair {
            return Kind::Organisation;
        }
        let thing = name.last().is_some_and(|last| last.is(Class::THING.or(Class::ORG_HEAD)));
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

    /// In a headline every word has a capital: only what is known as a name is one.
    fn headline_name(&self, name: &[Piece]) -> bool {
        let Some(first) = name.first() else { return false };
        let Some(last) = name.last() else { return false };
        if name.len() == 1 {
            return !first.is_common();
        }
        first.is_given() && !last.is_common() && name.len() <= 4
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
}
