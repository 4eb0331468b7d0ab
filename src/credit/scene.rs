//! A text as the rules see it: its tokens, and the outlets that it names.

use std::ops::Deref;

use super::lexicon::{BY_CUE, DET, IS_OUTLET, OUTLET_WORD, PREP, REPORT, SAY, SPEAKS_TO, STOP, TELL};
use super::name::{self, Name};
use super::table::OutletTable;
use super::tokens::Tokens;
use crate::document::Document;
use crate::text::{Span, Text};

/// What every rule is given.
pub(super) struct Scene<'a> {
    tokens: Tokens<'a>,
    /// In order, without overlap.
    names: Vec<Name>,
}

impl<'a> Deref for Scene<'a> {
    type Target = Tokens<'a>;

    fn deref(&self) -> &Tokens<'a> {
        &self.tokens
    }
}

impl<'a> Scene<'a> {
    /// Reads a text of which it is not known yet what is quoted.
    pub(super) fn read(text: &'a Text<'a>, table: &'a OutletTable, document: &'a Document) -> Self {
        let tokens = Tokens::read(text, table, document);
        let names = name::read(&tokens);
        Self { tokens, names }
    }

    /// Tells what is quoted.
    pub(super) fn quote(&mut self, mut quoted: Vec<Span>) {
        quoted.sort_unstable();
        self.tokens.quoted = Span::joined(quoted);
    }

    /// The outlets that the text names, in order, without overlap.
    pub(super) fn names(&self) -> &[Name] {
        &self.names
    }

    /// The last token before `index` that is no article, quotation mark or word such as “news agency”, not
    /// leaving the paragraph.
    pub(super) fn before_phrase(&self, index: usize) -> Option<usize> {
        let first = self.paragraph(index).start;
        let mut at = index;
        for _ in 0..6 {
            let before = at.checked_sub(1).filter(|before| *before >= first)?;
            let skipped = self.is(before, DET)
                || (self.is(before, OUTLET_WORD) && self.is_description(before))
                || (self.is_mark(before) && !self.is_clitic(before))
                || self.is_apposed(before, index)
                || self.is_adjective(before);
            if !skipped {
                return Some(before);
            }
            at = before;
        }
        None
    }

    /// Whether a comma stands between a word that says what an outlet is and its name: a local newspaper*,* the Ledger.
    fn is_apposed(&self, comma: usize, name: usize) -> bool {
        let noun = comma.checked_sub(1).filter(|_| self.word(comma) == "," && comma + 3 > name);
        noun.is_some_and(|noun| self.is(noun, IS_OUTLET) && !self.is_capitalised(noun))
    }

    /// Whether a word such as “newspaper” describes; German ones have their capital.
    fn is_description(&self, index: usize) -> bool {
        const ENDINGS: &[&str] = &[
            "zeitung", "agentur", "sender", "Sender", "magazin", "Magazin", "portal", "Blatt", "Portal",
            "blatt",
        ];
        !self.is_capitalised(index) || ENDINGS.iter().any(|ending| self.word(index).ends_with(ending))
    }

    /// Adjectives that outlets are given: conservative, left-leaning, German.
    fn is_adjective(&self, index: usize) -> bool {
        let word = self.word(index);
        const ENDINGS: &[&str] = &["ative", "leaning", "-wing", "-based", "-run", "-owned", "-language"];
        // the Norwegian daily Kurant
        const NATIONS: &[&str] = &["ian", "ish", "ese"];
        // the streaming site Kurbel
        let modifier = || {
            let verb = SAY | TELL | REPORT | SPEAKS_TO | STOP | PREP | DET | BY_CUE;
            let small = self.is_word(index) && !self.is_capitalised(index) && !self.is(index, verb);
            small && self.is(index + 1, IS_OUTLET) && !self.is_capitalised(index + 1)
        };
        let national = || self.is_capitalised(index) && self.is(index + 1, OUTLET_WORD);
        ENDINGS.iter().any(|ending| word.ends_with(ending))
            || modifier()
            || national() && NATIONS.iter().any(|ending| word.ends_with(ending))
            || matches!(
                word,
                "personal"
                    | "official"
                    | "own"
                    | "private"
                    | "public"
                    | "popular"
                    | "local"
                    | "liberal"
                    | "German"
                    | "French"
                    | "British"
                    | "Israeli"
                    | "Russian"
                    | "Turkish"
                    | "Spanish"
                    | "Italian"
                    | "Chinese"
                    | "Japanese"
                    | "Canadian"
                    | "Australian"
                    | "Mexican"
                    | "Iranian"
                    | "Saudi"
                    | "Greek"
                    | "Irish"
                    | "Indian"
                    | "state"
                    | "financial"
                    | "political"
                    | "cable"
                    | "online"
                    | "türkische"
                    | "türkischen"
                    | "britische"
                    | "britischen"
                    | "deutsche"
                    | "deutschen"
                    | "französische"
                    | "französischen"
                    | "italienische"
                    | "italienischen"
                    | "russische"
                    | "russischen"
                    | "österreichische"
                    | "österreichischen"
                    | "griechische"
                    | "spanische"
                    | "spanischen"
                    | "amtliche"
                    | "amtlichen"
                    | "staatliche"
                    | "staatlichen"
                    | "US-Sender"
                    | "US-Zeitung"
            )
    }

    /// The name that ends just before the token at `index`.
    pub(super) fn name_ending(&self, index: usize) -> Option<&Name> {
        let at = self.names.partition_point(|name| name.tokens.end < index);
        self.names.get(at).filter(|name| name.tokens.end == index)
    }

    /// The name that holds the token at `index`.
    pub(super) fn name_at(&self, index: usize) -> Option<&Name> {
        let at = self.names.partition_point(|name| name.tokens.end <= index);
        self.names.get(at).filter(|name| name.tokens.start <= index)
    }
}
