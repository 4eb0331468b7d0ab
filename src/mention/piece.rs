//! One word of a run of capitalised words, and what it can be in a name.

use super::language::{Class, Entry};

/// What no person's name holds, unless a given name stands before it.
pub(super) const NO_PERSON: Class = Class(
    Class::PLACE.0
        | Class::DEMONYM.0
        | Class::PARTY.0
        | Class::ORG_HEAD.0
        | Class::OUTLET_HEAD.0
        | Class::ORG_SUFFIX.0
        | Class::PLURAL.0
        | Class::THING.0,
);

/// One word of a run of capitalised words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) token: u32,
    pub(super) key: u64,
    pub(super) word: Entry,
    pub(super) name: Entry,
    pub(super) capital: bool,
    pub(super) initial: bool,
    /// Part of a nickname between marks or brackets.
    pub(super) nick: bool,
}

impl Piece {
    pub(super) fn is(&self, class: Class) -> bool {
        self.word.class.is(class)
    }

    pub(super) fn is_given(&self) -> bool {
        self.name.class.is(Class::GIVEN)
    }

    pub(super) fn is_common(&self) -> bool {
        self.name.class.is(Class::COMMON)
    }
}

/// Whether a word may be one of a person's name.
pub(super) fn namely(piece: &Piece) -> bool {
    !piece.is_common() && !piece.is(NO_PERSON) || piece.initial || piece.nick
}

/// Where everyday words follow on a person's name: after the given name and a surname, or after a surname.
pub(super) fn tail_of(name: &[Piece]) -> Option<usize> {
    let needed = if name.first().is_some_and(Piece::is_given) { 2 } else { 1 };
    let mut words = 0;
    for (at, piece) in name.iter().enumerate() {
        if words >= needed && !namely(piece) {
            return Some(at);
        }
        words += u32::from(!piece.nick && !piece.initial);
    }
    None
}
