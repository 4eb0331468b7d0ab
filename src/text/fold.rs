//! Which characters are the same for matching: dropped, folded, or kept.

/// What becomes of a character in the normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// It is left out: soft hyphen, zero-width, bidirectional control, variation selector.
    Drop,
    /// It is an apostrophe.
    Apostrophe,
    /// It is kept.
    Keep,
}

impl Fold {
    pub(super) fn of(c: char) -> Self {
        match c {
            '\'' => Self::Apostrophe,
            _ if c.is_ascii() => Self::Keep,
            '’' | '‘' | 'ʼ' | '′' | '＇' | '‛' | '´' => Self::Apostrophe,
            _ if is_invisible(c) => Self::Drop,
            _ => Self::Keep,
        }
    }

    /// The character that stands for `c`, if any does.
    pub(super) fn apply(c: char) -> Option<char> {
        match Self::of(c) {
            Self::Drop => None,
            Self::Apostrophe => Some('\''),
            Self::Keep => Some(c),
        }
    }
}

/// Whether nobody sees `c`, nor a space where it stands: soft hyphen, zero-width, bidirectional control, variation
/// selector.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

/// Whether `c` is a combining mark, which belongs to the letter before it.
pub(crate) fn is_combining(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}
