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
    an_age_or_a_people_stands_for_who_was_named_last:
        "Ada Quill met Otto Prime. Quill won the race. “Yes,” said the 31-year-old. “No,” the Dane said.",
        "the 31-year-old", 0 => "Ada Quill", "the Dane", 0 => "Ada Quill";
    what_is_known_of_somebody_is_no_bar_to_an_age:
        "Harbor manager Otto Prime waited. “Yes,” said the 51-year-old. Ada Quill left. “No,” the Ukrainian said.",
        "the 51-year-old", 0 => "Otto Prime", "the Ukrainian", 0 => "Ada Quill";
    a_name_right_behind_a_noun_for_a_body_is_that_of_the_body:
        "The leak was found by the security firm Quillguard. He was glad. The firm wrote a report.",
        "The firm", 0 => "Quillguard", "He", 0 => "He";
    a_body_may_be_named_in_apposition:
        "Harborside’s parent company, Norvane, said no. The ferry’s operator, Norvik Lines, was late.",
        "Harborside’s parent company", 0 => "Norvane", "The ferry’s operator", 0 => "Norvik Lines";
    the_company_that_a_person_founded_is_not_called_so:
        "The company Ada Quill founded is old. She left in May.",
        "She", 0 => "Ada Quill";
    a_business_of_no_known_kind_is_what_a_noun_for_one_means:
        "Norvane said its crew was safe. Later the airline said more.",
        "the airline", 0 => "Norvane";
    who_gives_a_name_as_theirs_is_called_so:
        "A baker near the harbor, who gave only her first name, Mira, spoke. A nurse who identified himself as Tomas left. “No,” he said.",
        "A baker", 0 => "Mira", "A nurse", 0 => "Tomas";
    who_is_described_and_acts_may_be_meant_by_a_pronoun:
        "The boat to Skarvik goes when the captain feels like it. “Ten minutes,” he said.",
        "he said", 0 => "the captain";
    a_place_is_nobody:
        "The mill stands in Skarvik. It is near Skarvik that Otto Prime lives. He left.",
        "He", 0 => "Otto Prime";
    what_is_meant_by_the_object_is_not_the_subject:
        "On Monday Ada Quill quotes the county manager. It rained.",
        "the county manager", 0 => "the county manager";
    an_insider_is_nobody_who_is_named:
        "Ada Quill and Otto Prime have parted. “It is over,” the insider said.",
        "the insider", 0 => "the insider";
    a_second_apposition_may_name_the_first:
        "Marlow’s friend, the poet Hilda Quill, came. “No,” his friend said.",
        "Marlow’s friend", 0 => "Hilda Quill";
    a_companys_own_director_is_the_director:
        "The company’s own safety director, Lynn Quill, wrote it.",
        "The company’s own safety director", 0 => "Lynn Quill";
    degrees_and_seats_are_no_part_of_a_name:
        "Sian Quill KC spoke. Owen Marsh MP left.",
        "Sian Quill KC", 0 => "Sian Quill", "Owen Marsh MP", 0 => "Owen Marsh";
    the_middle_of_a_long_name_stands_for_it:
        "Regina Lau Suk-yin spoke. “No,” Lau said.",
        "Lau", 1 => "Regina Lau Suk-yin";
    analysts_are_at_a_body:
        "Analysts at Marlow Partners were sad. “No,” they wrote.",
        "they", 0 => "Analysts at Marlow Partners";
    titles_of_church_and_parliament_are_no_part_of_the_name:
        "The Revd Tom Marlow spoke. Harbor TD Ada Quill left.",
        "Marlow", 0 => "Tom Marlow", "Quill", 0 => "Ada Quill";
    pronouns_go_by_gender:
        "Mr. Marlow and Ms. Quill argued. She won. He left.",
        "She", 0 => "Quill", "He", 0 => "Marlow";
    who_is_named_in_the_words_is_not_the_one_who_says_them:
        "Owen Marsh spoke at noon. Peter Quill had died in May. “Peter Quill taught me to sail.” He paused.",
        "He", 0 => "Owen Marsh";
    who_does_what_somebody_tells_in_the_first_person_is_not_the_one_who_tells_it:
        "Owen Marsh spoke at noon. Peter Quill “taught me to sail,” he recalled.",
        "he", 0 => "Owen Marsh";
    what_goes_with_a_role_is_no_part_of_the_name:
        "Secretary of State Ada Quill spoke. Bea Marlow left. The secretary of state smiled.",
        "Secretary of State Ada Quill", 0 => "Ada Quill", "The secretary of state", 0 => "Ada Quill";
    a_president_who_is_counted_is_a_former_one:
        "Former President Owen Marsh praised President Peter Quill. The 39th president left.",
        "The 39th president", 0 => "Owen Marsh";
    a_pronoun_tells_namesakes_apart:
        "Walter Quillfinch met Harriet Quillfinch. Quillfinch said he was late.",
        "Quillfinch", 2 => "Walter Quillfinch";
    of_two_who_hold_a_role_the_subject_is_meant:
        "Mayor Owen Marsh shook hands with Mayor Lena Quill of Eastport. “Welcome,” the mayor said.",
        "the mayor", 0 => "Owen Marsh";
    an_office_that_one_holds_is_theirs_whatever_article_it_has:
        "President Ada Quill spoke. The speech showed a president in a hurry. Later the president left.",
        "the president", 0 => "Ada Quill";
    a_name_that_a_page_has_glued_to_a_headline_ends_before:
        "Sen. Ada Quill spoke. Quill Ada Jane QuillFerry line to close in May said no.",
        "Quill Ada Jane QuillFerry", 0 => "Ada Quill";
    what_is_an_it_is_a_body:
        "Norvik said its ships stay. The Air Force disagreed. The company did not waver.",
        "The company", 0 => "Norvik";
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
    a_surname_may_be_an_everyday_word:
        "Damian Green met the crew. “Yes,” Green said.",
        "Green", 1 => "Damian Green";
    words_run_together_are_no_fuller_name:
        "Ada Quill spoke. Ada QuillHarbor Mayor Quill left.",
        "Quill", 0 => "Ada Quill";
    a_participle_is_no_part_of_a_name:
        "Ben Marlow stayed. Defying Marlow, the crew left.",
        "Marlow", 1 => "Ben Marlow";
    a_pronoun_with_its_verb_run_in:
        "Ask Mayor Ada Quill and she’ll say no.",
        "she’ll", 0 => "Ada Quill";
    what_somebody_wrote_speaks_for_them:
        "Ben Marlow resigned. Marlow’s angry letter said why. His statement was short.",
        "Marlow’s angry letter", 0 => "Ben Marlow", "His statement", 0 => "Ben Marlow";
    a_relative_may_be_named_after_a_comma:
        "Scott Finch won. Finch’s niece, state Del. Marcia Price (D-Millford), cheered.",
        "Finch’s niece", 0 => "Marcia Price";
    a_description_has_its_article_and_no_verb:
        "Then a 52-count civil complaint came. “No,” the memo read.",
        "a 52", 0 => "a 52-count civil complaint", "the memo read", 0 => "the memo";
    german_compounds_hold_roles:
        "Der Regierungssprecher Karl Lautner sagte das nicht. „Nein“, so der Sprecher. Außenministerin Berger und die Partei schwiegen.",
        "der Sprecher", 0 => "Karl Lautner", "Berger", 0 => "Berger";
    german_titles_and_pronouns:
        "Die Ministerin Anna Berger sagte das am Montag. Berger ist nicht dafür. Die Ministerin will gehen.",
        "Berger", 1 => "Anna Berger", "Die Ministerin", 1 => "Anna Berger";
}

#[test]
fn a_known_outlet_is_no_he() {
    let raw = "Otto Prime told Kurbelton he had seen it. “It was old,” he said. The newspaper was glad.";
    let text = Text::new(raw);
    let at = |words: &str| {
        let start = raw.rfind(words).unwrap();
        Span::new(start, start + words.len())
    };
    let outlets = [at("Kurbelton")];
    let cast = Cast::read(&text, &Setting::new().with_outlets(&outlets));
    let who = |words: &str| cast.resolve(at(words)).map(Resolved::into_name);
    assert_eq!(who("he said").as_deref(), Some("Otto Prime"));
    assert_eq!(who("The newspaper").as_deref(), Some("Kurbelton"));
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
fn a_mention_covers_the_byte_it_is_asked_for_by() {
    let text = Text::new("So  Ada Quill left.");
    let cast = Cast::read(&text, &Setting::new());
    let words = |at: usize| cast.mention_at(at).map(|mention| mention.span.text(text.raw()));
    assert_eq!(
        [2, 3, 4, 7, 12, 13].map(words),
        [None, None, Some("Ada Quill"), Some("Ada Quill"), Some("Ada Quill"), None]
    );
}

#[test]
fn nothing_is_resolved_where_there_is_no_word() {
    let text = Text::new("“…”");
    let cast = Cast::read(&text, &Setting::new());
    assert_eq!(cast.resolve(Span::new(0, 9)), None);
    assert_eq!(cast.resolve(Span::new(90, 99)), None);
}

/// The work must not grow faster than the text, whatever names it holds.
#[test]
fn ten_thousand_names_are_read_and_resolved() {
    let syllables = ["Bar", "Lin", "Tor", "Mek", "Sal", "Wen", "Dru", "Kol", "Pim", "Rav"];
    let word = |mut n: usize| {
        let mut word = String::from("Q");
        for _ in 0..4 {
            word.push_str(&syllables[n % 10].to_lowercase());
            n /= 10;
        }
        word
    };
    let raw: String = (0..10_000).map(|n| format!("Ada {} met the crew. ", word(n))).collect();
    let text = Text::new(&raw);
    let cast = Cast::read(&text, &Setting::new());
    assert!(cast.entities().len() >= 10_000);
    for mention in cast.mentions() {
        assert!(cast.resolve(mention.span).is_some());
    }
    // One surname borne by all is as bounded.
    let raw: String = (0..10_000).map(|n| format!("{} Quill met Quill. ", word(n))).collect();
    let text = Text::new(&raw);
    assert!(Cast::read(&text, &Setting::new()).mentions().len() >= 20_000);
}

#[test]
fn names_of_any_form_are_read() {
    for (raw, span, name) in [
        ("Sean O’Dowd spoke. “No,” O’Dowd said.", "O’Dowd said", "Sean O’Dowd"),
        ("Jean-Luc d'Arcy-Moor spoke.", "Jean-Luc d'Arcy-Moor", "Jean-Luc d'Arcy-Moor"),
        ("Pieter van der Berg spoke.", "van der Berg", "Pieter van der Berg"),
        ("Мэр Ада Квилл сказала нет.", "Ада Квилл", "Ада Квилл"),
    ] {
        let text = Text::new(raw);
        let cast = Cast::read(&text, &Setting::new());
        let at = raw.rfind(span).expect("the words are there");
        let span = Span::new(at, at + span.trim_end_matches(" said").len());
        let who = cast.resolve(span).map(Resolved::into_name);
        assert!(who.as_deref().is_some_and(|who| who.contains(name) || name.contains(who)), "{raw} {who:?}");
    }
}

#[test]
fn forty_thousand_pronouns_tell_one_gender() {
    let text = format!("Ada Quill left. {}", "she ".repeat(40_000));
    assert_eq!(who(&text, "she", 39_999).as_deref(), Some("Ada Quill"));
}

#[test]
fn several_who_are_described_are_all_given() {
    let raw = "A complaint by one and a suit by another and a letter, which is long, came in.";
    let words = "complaint by one and a suit by another and a letter, which is long";
    assert_eq!(
        who(raw, words, 0).as_deref(),
        Some("complaint by one; a suit by another; a letter"),
        "each up to its own end"
    );
}
