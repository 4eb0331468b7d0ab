//! Resolution as a table: a text, a span of it, and who that is. All people and outlets are invented.

use super::*;
use crate::text::{Span, Text};

/// Resolves the `nth` occurrence (from 0) of `words` in `raw`.
fn who(raw: &str, words: &str, nth: usize) -> Option<String> {
    let text = Text::new(raw);
    let quoted = marked(raw);
    let cast = Cast::read(&text, &Setting::new().with_quoted(&quoted));
    let (at, _) = raw.match_indices(words).nth(nth).expect("the words are there");
    cast.resolve(Span::new(at, at + words.len())).map(Resolved::into_name)
}

/// What stands between curly marks.
fn marked(raw: &str) -> Vec<Span> {
    raw.match_indices('“')
        .map(|(start, _)| {
            let end =
                raw.get(start..).and_then(|rest| rest.find('”')).map_or(raw.len(), |end| start + end + 3);
            Span::new(start, end)
        })
        .collect()
}

macro_rules! cases {
    ($($name:ident: $raw:expr, $($words:expr, $nth:expr => $who:expr),+;)*) => {
        $(#[test]
        fn $name() {
            $(assert_eq!(who($raw, $words, $nth).as_deref(), Some($who), "{:?} {}", $words, $nth);)+
        })*
    };
}

cases! {
    a_surname_is_the_full_name:
        "Sen. Ada Quill spoke first. Quill said no. Ms. Quill left.",
        "Quill", 1 => "Ada Quill", "Ms. Quill", 0 => "Ada Quill";
    a_title_belongs_to_who_holds_it:
        "Harbor Mayor Ada Quill met Gov. Ben Marlow. The governor smiled; the mayor did not.",
        "the mayor", 0 => "Ada Quill", "The governor", 0 => "Ben Marlow";
    an_apposition_tells_the_role:
        "Otto Prime, a spokesman for the ferry line, waited. “No,” the spokesman said. Ada Quill, mayor of Harbor, left. The mayor waved.",
        "the spokesman", 0 => "Otto Prime", "The mayor", 0 => "Ada Quill";
    a_role_may_stand_before_the_name_with_a_comma:
        "The mayor of Harbor, Ada Quill, spoke. Later the mayor left.",
        "the mayor", 0 => "Ada Quill", "The mayor of Harbor, Ada Quill,", 0 => "Ada Quill";
    pronouns_go_by_gender:
        "Mr. Marlow and Ms. Quill argued. She won. He left.",
        "She", 0 => "Quill", "He", 0 => "Marlow";
    husband_and_wife_are_told_apart:
        "Walter Finch and Harriet Finch own the mill. Mr. Finch ran it. Mrs. Finch sold it.",
        "Mr. Finch", 0 => "Walter Finch", "Mrs. Finch", 0 => "Harriet Finch";
    an_acronym_is_its_organisation:
        "The Harbor Ferry Authority (HFA) closed a pier. HFA said it was old. The authority declined to comment.",
        "HFA", 1 => "Harbor Ferry Authority";
    an_unnamed_source_is_printed:
        "It will close, a senior port official, who asked not to be named, said.",
        "a senior port official, who asked not to be named", 0 => "a senior port official";
    several_are_joined:
        "Ada Quill and Ben Marlow said no.",
        "Ada Quill and Ben Marlow", 0 => "Ada Quill; Ben Marlow";
    particles_suffixes_and_nicknames_are_part_of_the_name:
        "Pieter van der Berg Jr. and Roberta “Bo” Lindqvist met. Van der Berg left. Lindqvist stayed.",
        "Van der Berg", 0 => "Pieter van der Berg Jr.", "Lindqvist", 1 => "Roberta “Bo” Lindqvist";
    who_is_the_one_before:
        "They asked Ada Quill, who said no.",
        "who", 0 => "Ada Quill";
    the_agency_is_the_organisation_in_mind:
        "The Harbor Ferry Authority (HFA) closed a pier. Then the authority apologised.",
        "the authority", 0 => "Harbor Ferry Authority";
    namesakes_are_told_apart_by_their_titles:
        "Judge Priya Kessler met Sen. Ulrich Kessler. Judge Kessler spoke. Sen. Kessler left. Kessler wept.",
        "Judge Kessler", 0 => "Priya Kessler", "Sen. Kessler", 0 => "Ulrich Kessler",
        "Kessler", 4 => "Ulrich Kessler";
    a_president_is_not_his_wife:
        "President Quill spoke. Mr. Quill smiled. Mr. Quill and the first lady, Mabel Quill, left.",
        "President Quill", 0 => "Quill", "Mabel Quill", 0 => "Mabel Quill";
    a_pronoun_may_come_before_its_name:
        "Otto Prime waited. In her statement, Ada Quill said no.",
        "her", 0 => "Ada Quill";
    a_given_name_may_mislead_and_pronouns_correct_it:
        "Sen. Lindsey Marlow spoke. He said no. He left, and his staff with him.",
        "He", 0 => "Lindsey Marlow";
    the_text_may_be_in_capitals_or_have_none:
        "HARBOR MAYOR ADA QUILL SAID FRIDAY THAT THE FERRY STAYS. QUILL LEFT.\nthe ferry stays, mayor ada quill said on friday, and quill left with the others.",
        "QUILL", 1 => "ada quill", "quill", 1 => "ada quill";
    a_span_of_modifiers_means_the_whole_phrase:
        "At a rally, Republican nominee Otto Prime said so. Millford police Chief Ben Marlow agreed.",
        "Republican", 0 => "Otto Prime", "Millford", 0 => "Ben Marlow";
    those_who_are_nobody_by_name:
        "Ada Quill thanked those who came.",
        "who", 0 => "who";
    what_the_authors_name_is_theirs_alone:
        "Scott Finch won. Finch’s niece, state Del. Marcia “Cia” Price (D-Millford), cheered.",
        "Finch’s niece, state Del. Marcia “Cia” Price (D-Millford)", 0 => "Marcia “Cia” Price";
    a_report_keeps_the_noun_that_brought_it_in:
        "A new study says the pier is old. The report blames the sea.",
        "The report", 0 => "the study";
    they_are_the_pair_before:
        "Senators Ada Quill, Republican of Ohio, and Ben Marlow, Democrat of Iowa, want reform. They wrote a letter.",
        "They", 0 => "Ada Quill; Ben Marlow";
    french_titles_and_pronouns:
        "Le maire de Harbourg, Grégory Marlot, a dit non. La ministre Agnès Quillon est venue. Elle est partie avec M. Marlot.",
        "Elle", 0 => "Agnès Quillon", "Marlot", 1 => "Grégory Marlot";
    german_compounds_hold_roles:
        "Der Regierungssprecher Karl Lautner sagte das nicht. „Nein“, so der Sprecher. Außenministerin Berger und die Partei schwiegen.",
        "der Sprecher", 0 => "Karl Lautner", "Berger", 0 => "Berger";
    german_titles_and_pronouns:
        "Die Ministerin Anna Berger sagte das am Montag. Berger ist nicht dafür. Die Ministerin will gehen.",
        "Berger", 1 => "Anna Berger", "Die Ministerin", 1 => "Anna Berger";
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_every_span_addresses_it(
        raw in "([A-Z“”‘’(),.\\[\\]\n ]|Mr. |Ada |Quill|the mayor |she |, Jr\\.|van |\\PC){0,80}",
        from in 0..200_usize,
        length in 0..60_usize,
    ) {
        let text = Text::new(&raw);
        let quoted = [Span::new(3, 9)];
        let cast = Cast::read(&text, &Setting::new().with_title(Some(&raw)).with_quoted(&quoted));
        for mention in cast.mentions() {
            proptest::prop_assert!(mention.span.of(&raw).is_some_and(|words| !words.is_empty()));
            proptest::prop_assert!(mention.whole.covers(mention.span));
            proptest::prop_assert!(mention.entity.is_none_or(|id| cast.entity(id).is_some()));
            let _ = cast.resolve(mention.span);
        }
        let _ = cast.resolve(Span::new(from, from + length));
        let _ = cast.mention_at(from);
    }
}

#[test]
fn nothing_is_resolved_where_there_is_no_word() {
    let text = Text::new("“…”");
    let cast = Cast::read(&text, &Setting::new());
    assert_eq!(cast.resolve(Span::new(0, 9)), None);
    assert_eq!(cast.resolve(Span::new(90, 99)), None);
}
