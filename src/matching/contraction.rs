//! Contractions and the words that they stand for.

use super::words::key;

/// What a contraction stands for; `apostrophe` says that it needs one (“its” is not “it is”).
pub(super) struct Contraction {
    key: u32,
    apostrophe: bool,
    pub(super) parts: [u32; 3],
}

macro_rules! contractions {
    ($($form:literal $needs:literal $a:literal $b:literal,)*) => {
        &[$(Contraction { key: key($form), apostrophe: $needs, parts: [key($a), key($b), 0] },)*]
    };
}

/// Closed classes of English: negated auxiliaries, and pronouns with a shortened verb.
const CONTRACTIONS: &[Contraction] = contractions! {
    "dont" false "do" "not", "doesnt" false "does" "not", "didnt" false "did" "not",
    "isnt" false "is" "not", "arent" false "are" "not", "wasnt" false "was" "not",
    "werent" false "were" "not", "havent" false "have" "not", "hasnt" false "has" "not",
    "hadnt" false "had" "not", "wont" true "will" "not", "wouldnt" false "would" "not",
    "couldnt" false "could" "not", "shouldnt" false "should" "not", "cant" false "can" "not",
    "cannot" false "can" "not", "mustnt" false "must" "not", "neednt" false "need" "not",
    "aint" false "is" "not",
    "im" false "i" "am", "ive" false "i" "have", "id" true "i" "would", "ill" true "i" "will",
    "youre" false "you" "are", "youve" false "you" "have", "youll" false "you" "will", "youd" false "you" "would",
    "were" true "we" "are", "weve" false "we" "have", "well" true "we" "will", "wed" true "we" "would",
    "theyre" false "they" "are", "theyve" false "they" "have", "theyll" false "they" "will",
    "theyd" false "they" "would",
    "its" true "it" "is", "itll" false "it" "will", "thats" false "that" "is", "thatll" false "that" "will",
    "theres" false "there" "is", "heres" false "here" "is", "whats" false "what" "is",
    "whos" false "who" "is", "hes" false "he" "is", "shes" false "she" "is",
    "hell" true "he" "will", "shell" true "she" "will", "hed" true "he" "would", "shed" true "she" "would",
    "therell" false "there" "will", "thered" false "there" "would", "thatd" false "that" "would",
    "itd" false "it" "would", "wholl" false "who" "will", "whod" false "who" "would", "hows" false "how" "is",
    "wheres" false "where" "is", "couldve" false "could" "have", "wouldve" false "would" "have",
    "shouldve" false "should" "have", "mightve" false "might" "have", "mustve" false "must" "have",
    "gotta" false "got" "to",
    "lets" true "let" "us", "gonna" false "going" "to", "wanna" false "want" "to",
};

const SLOTS: usize = 256;

/// Contractions by the low bits of their key, one index (plus one) a slot, the next slots on a clash.
const TABLE: [u8; SLOTS] = {
    let mut table = [0; SLOTS];
    let mut at = 0;
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    while at < CONTRACTIONS.len() {
        let mut slot = CONTRACTIONS[at].key as usize % SLOTS;
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = at as u8 + 1;
        at += 1;
    }
    table
};

/// What a word of this key stands for, if it is a contraction. O(1).
pub(super) fn contraction(key: u32, apostrophe: bool) -> Option<&'static Contraction> {
    let mut slot = key as usize % SLOTS;
    loop {
        let index = usize::from(*TABLE.get(slot)?).checked_sub(1)?;
        let found = CONTRACTIONS.get(index)?;
        if found.key == key {
            return (apostrophe || !found.apostrophe).then_some(found);
        }
        slot = (slot + 1) % SLOTS;
    }
}
