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
    german_titles_and_pronouns:
        "Die Ministerin Anna Berger sagte das am Montag. Berger ist nicht dafür. Die Ministerin will gehen.",
        "Berger", 1 => "Anna Berger", "Die Ministerin", 1 => "Anna Berger";
}

#[test]
fn nothing_is_resolved_where_there_is_no_word() {
    let text = Text::new("“…”");
    let cast = Cast::read(&text, &Setting::new());
    assert_eq!(cast.resolve(Span::new(0, 9)), None);
    assert_eq!(cast.resolve(Span::new(90, 99)), None);
}
