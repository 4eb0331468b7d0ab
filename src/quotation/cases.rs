//! The table of cases: a text, and every part that is to be found in it, in the order of stretches.
//!
//! Parts of one stretch are joined by ` | `; a stretch inside another starts with as many `>` as it lies deep.

use super::{Kind, find};
use crate::limits::Limits;
use crate::text::Text;

fn found(raw: &str) -> Vec<String> {
    let text = Text::new(raw);
    let (stretches, _) = find(&text, &Limits::DEFAULT);
    let depth = |mut index: usize| {
        let mut depth = 0;
        while let Some(within) = stretches[index].within {
            index = within;
            depth += 1;
        }
        ">".repeat(depth)
    };
    let parts = |index: usize| {
        stretches[index].parts.iter().map(|part| part.text(raw)).collect::<Vec<_>>().join(" | ")
    };
    (0..stretches.len()).map(|index| depth(index) + &parts(index)).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (raw, expected) in cases {
        assert_eq!(&found(raw), expected, "{raw}");
    }
}

#[test]
fn every_pair_of_marks() {
    check(&[
        ("“The dam holds,” she said.", &["“The dam holds,”"]),
        ("\"The dam holds,\" she said.", &["\"The dam holds,\""]),
        ("''The dam holds,'' she said.", &["''The dam holds,''"]),
        ("``The dam holds,'' she said.", &["``The dam holds,''"]),
        ("„Der Damm hält“, sagte sie.", &["„Der Damm hält“"]),
        ("„Der Damm hält”, sagte sie.", &["„Der Damm hält”"]),
        ("„Der Damm hält\", sagte sie.", &["„Der Damm hält\""]),
        ("”Dammen håller”, sade hon.", &["”Dammen håller”"]),
        ("« Le barrage tient », dit-elle.", &["« Le barrage tient »"]),
        ("«Le barrage tient», dit-elle.", &["«Le barrage tient»"]),
        ("»Der Damm hält«, sagte sie.", &["»Der Damm hält«"]),
        ("‹Der Damm hält›, sagte sie.", &["‹Der Damm hält›"]),
        ("「堤防は大丈夫」と彼女は言った。", &["「堤防は大丈夫」"]),
        ("『堤防は「大丈夫」だ』", &["『堤防は「大丈夫」だ』", ">「大丈夫」"]),
        ("‘The dam holds,’ she said.", &["‘The dam holds,’"]),
        ("'The dam holds,' she said.", &["'The dam holds,'"]),
        ("‚Der Damm hält‘, sagte sie.", &["‚Der Damm hält‘"]),
        ("＂The dam holds＂ she said.", &["＂The dam holds＂"]),
    ]);
}

#[test]
fn marks_that_are_mixed_or_turned_the_wrong_way() {
    check(&[
        ("“The dam holds,\" she said.", &["“The dam holds,\""]),
        ("\"The dam holds,” she said.", &["\"The dam holds,”"]),
        ("He wants ”a bigger dam” now.", &["”a bigger dam”"]),
        ("“The dam holds,“ she said. “It does.“", &["“The dam holds,“ | “It does.“"]),
        ("” … the dam holds,” she said.", &["” … the dam holds,”"]),
        ("The \" dam \" holds.", &["\" dam \""]),
        ("She said:\"The dam holds.\"", &["\"The dam holds.\""]),
    ]);
}

#[test]
fn a_mark_after_a_full_stop_reopens_what_nothing_closed() {
    check(&[
        (
            "\"The dam holds. \"Nobody has to leave. \"We will look again tomorrow.\"",
            &["\"The dam holds. | \"Nobody has to leave. | \"We will look again tomorrow.\""],
        ),
        ("“The dam holds. “Nobody has to leave.”", &["“The dam holds. | “Nobody has to leave.”"]),
        // Both are closed: the second is somebody's words within the first.
        (
            "“He came in. “Go home.” Then he left.”",
            &["“He came in. “Go home.” Then he left.”", ">“Go home.”"],
        ),
    ]);
}

#[test]
fn apostrophes_open_and_close_nothing() {
    check(&[
        ("The players’ union and the owners’ lawyers met.", &[]),
        ("The players' union won't talk to the owners' men.", &[]),
        ("’Tis the season of rock ’n’ roll, and of the ’90s.", &[]),
        ("'Tis the season of rock 'n' roll, and of the '90s, said 'em all.", &[]),
        ("He is 6'3\" tall and she is 5' 10\" or so.", &[]),
        ("“He is 6'3\" tall,” she said.", &["“He is 6'3\" tall,”"]),
        ("‘The players’ union is at the table,’ he said.", &["‘The players’ union is at the table,’"]),
        (
            "“The ‘players’ union’ is small,” he said.",
            &["“The ‘players’ union’ is small,”", ">‘players’ union’"],
        ),
        ("“We are the 'workers' party,” he said.", &["“We are the 'workers' party,”", ">'workers'"]),
        ("The 'gang of four' met.", &["'gang of four'"]),
        ("D’Arcy O’Neil’s dogs’ lead isn’t “new.”", &["“new.”"]),
    ]);
}

#[test]
fn a_stray_mark_spoils_nothing_beyond_its_paragraph() {
    check(&[
        ("A stray \" mark.\n\n“We go,” she said.", &["“We go,”"]),
        ("A stray mark.”\n\n“We go,” she said.", &["“We go,”"]),
        ("A “stray mark here.\n\nMore.\n\n“We go,” she said.", &["“We go,”"]),
        ("She spoke ‟on and on.\n\n‟And on.”", &["‟on and on. | ‟And on.”"]),
        ("Sie sprach ‹immer weiter.\n\n‹Und weiter.›", &["‹immer weiter. | ‹Und weiter.›"]),
        ("Pipes of 5\" and \"lead pipes\" here.", &["\"lead pipes\""]),
    ]);
}

#[test]
fn over_several_paragraphs() {
    check(&[
        (
            "“We go on.\n\n“We build.\n\n“We stay,” she said. “Here.”",
            &["“We go on. | “We build. | “We stay,” | “Here.”"],
        ),
        (
            "She said: \"We go on.\n\n\"We build.\"\n\n\"No,\" he said.",
            &["\"We go on. | \"We build.\"", "\"No,\""],
        ),
        (
            "She said: “We go on.\n\nWe build.\n\nWe stay.”\n\nHe left.",
            &["“We go on. | We build. | We stay.”"],
        ),
        ("She said: “We go on.\n\nHe left.\n\nIt rained.", &["“We go on."]),
        ("« Nous restons.\n\n» Nous bâtissons », dit-elle.", &["« Nous restons. | » Nous bâtissons »"]),
    ]);
}

#[test]
fn nested() {
    check(&[
        (
            "“Somebody cried, ‘Run, it’s the dam!’ and I ran,” he said.",
            &["“Somebody cried, ‘Run, it’s the dam!’ and I ran,”", ">‘Run, it’s the dam!’"],
        ),
        ("\"He said 'no,' \" she said.", &["\"He said 'no,' \"", ">'no,'"]),
        ("“I said “no” to him,” she said.", &["“I said “no” to him,”", ">“no”"]),
        ("\"I said \"no\" to him,\" she said.", &["\"I said \"no\" to him,\"", ">\"no\""]),
        ("''He had us at 'sorry,''' she said.", &["''He had us at 'sorry,'''", ">'sorry,'"]),
        ("“A ‘b “c” d’ e,” she said.", &["“A ‘b “c” d’ e,”", ">‘b “c” d’", ">>“c”"]),
    ]);
}

#[test]
fn split_around_the_cue() {
    check(&[
        ("“We go,” she said. “We build.”", &["“We go,” | “We build.”"]),
        ("“They come,” Doe told reporters, “and they go.”", &["“They come,” | “and they go.”"]),
        ("“Why go?” asked Doe, an engineer. “We stay.”", &["“Why go?” | “We stay.”"]),
        ("“We go,” she said. It rained. “We build,” he said.", &["“We go,”", "“We build,”"]),
        ("“We go,” said Doe. “We stay,” said Roe.", &["“We go,”", "“We stay,”"]),
        ("She called it “a mess” and “a shame.”", &["“a mess”", "“a shame.”"]),
        ("“We go,” she said.\n\n“We build,” he said.", &["“We go,”", "“We build,”"]),
    ]);
}

#[test]
fn blocks() {
    check(&[
        (
            "She pushes back.\n\n‘They won’t take the players’ houses. We stay, and that’s that’\n\nMore.",
            &["‘They won’t take the players’ houses. We stay, and that’s that’"],
        ),
        (
            "And from Chairwoman Doe:\n\nI will not vote for this dam.\n\nHe left.",
            &["I will not vote for this dam."],
        ),
        ("Then the mayor tweeted:\n\nThe dam near the river was built in a year.", &[]),
        ("Here is what you need:\n\nYou need a spade and a bucket.", &[]),
        (
            "We stand with the river people. — Ann Doe (@anndoe) June 21, 2019",
            &["We stand with the river people."],
        ),
        (
            "We stand with the river people.\n— Ann Doe (@anndoe) June 21, 2019",
            &["We stand with the river people."],
        ),
        ("> We stand with the river people.\n\nSo do I.", &["We stand with the river people."]),
        (
            "DOE: Why did you build it?\nROE: It was cheap to do.\nDOE: And is it “safe” now?\nROE: I do think so.",
            &[
                "Why did you build it?",
                "It was cheap to do.",
                "And is it “safe” now?",
                ">“safe”",
                "I do think so.",
            ],
        ),
        ("WATCH: The dam bursts at noon.\n\nMORE: The dam in pictures today.", &[]),
    ]);
}

#[test]
fn headlines_are_mixed() {
    let text = Text::new("Mayor ‘Will Not Sell’ the Old Dam\n\nIt rained.");
    let (stretches, _) = find(&text, &Limits::DEFAULT);
    assert_eq!(stretches[0].kind, Kind::Mixed);
    assert_eq!(stretches[0].parts[0].text(text.raw()), "‘Will Not Sell’");
}

#[test]
fn first_guesses() {
    for (raw, kind) in [
        ("“We will sell the dam,” she said.", Kind::Direct),
        ("She “will not sell the dam” at all.", Kind::Mixed),
        ("‘We won’t sell the dam to the likes of you’", Kind::Block),
    ] {
        assert_eq!(find(&Text::new(raw), &Limits::DEFAULT).0[0].kind, kind, "{raw}");
    }
}

#[test]
fn too_deep_is_a_notice_and_closes_where_it_should() {
    let raw = format!("{}x{} “y”", "「".repeat(20), "」".repeat(20));
    let text = Text::new(&raw);
    let (stretches, notices) = find(&text, &Limits::DEFAULT);
    assert_eq!(stretches.len(), 9);
    assert_eq!(stretches[0].span().end, raw.len() - " “y”".len());
    assert_eq!((notices[0].limit.as_str(), notices[0].count), ("nesting", 12));
}

#[test]
fn many_paragraphs_are_a_notice() {
    let raw = "“On and on.\n\n".repeat(300);
    let (stretches, notices) = find(&Text::new(&raw), &Limits::DEFAULT);
    assert_eq!(stretches[0].parts.len(), Limits::DEFAULT.paragraphs);
    assert_eq!(stretches[1].parts.len(), 100, "what is too much is a quotation of its own");
    assert_eq!((notices[0].limit.as_str(), notices[0].count), ("paragraphs", 1));
}

#[test]
fn what_stands_in_a_part_that_is_too_much_stands_in_a_quotation_that_covers_it() {
    let mut limits = Limits::DEFAULT;
    limits.paragraphs = 1;
    let raw = "“We stay.\n\n“They said ‘go’ to us.”";
    let (stretches, notices) = find(&Text::new(raw), &limits);
    let within = stretches[2].within.map(|outer| stretches[outer].span());
    assert_eq!(within, Some(stretches[1].span()));
    assert!(within.is_some_and(|outer| outer.covers(stretches[2].span())));
    assert_eq!((notices[0].limit.as_str(), notices[0].count), ("paragraphs", 1));
}

#[test]
fn a_split_quotation_of_too_many_parts_is_a_notice() {
    let mut limits = Limits::DEFAULT;
    limits.paragraphs = 1;
    let (stretches, notices) = find(&Text::new("“We all stay here,” she said. “All of us.”"), &limits);
    assert_eq!(stretches.len(), 2);
    assert_eq!((notices[0].limit.as_str(), notices[0].count), ("paragraphs", 1));
}

mod properties {
    use super::*;
    use crate::quotation::Stretch;
    use crate::text::Span;
    use proptest::prelude::*;

    /// What must hold of the stretches of any text.
    fn sound(raw: &str, stretches: &[Stretch]) -> Result<(), TestCaseError> {
        let mut last = 0;
        for (index, stretch) in stretches.iter().enumerate() {
            prop_assert!(!stretch.parts.is_empty());
            prop_assert!(stretch.span().start >= last, "in order of their first byte");
            last = stretch.span().start;
            let mut end = 0;
            for part in &stretch.parts {
                prop_assert!(part.start >= end && !part.is_empty(), "parts in order, none overlapping");
                prop_assert!(part.of(raw).is_some(), "on char boundaries inside the text");
                end = part.end;
            }
            if let Some(within) = stretch.within {
                prop_assert!(within < index);
                let inside = |part: &Span| stretches[within].parts.iter().any(|outer| outer.covers(*part));
                prop_assert!(stretch.parts.iter().all(inside), "within one part of what holds it");
            }
        }
        // Stretches that stand in the same one, or in none, do not overlap.
        let mut ends = std::collections::HashMap::new();
        let mut parts: Vec<_> =
            stretches.iter().flat_map(|s| s.parts.iter().map(|part| (*part, s.within))).collect();
        parts.sort_unstable();
        for (part, within) in parts {
            let end = ends.insert(within, part.end).unwrap_or(0);
            prop_assert!(part.start >= end, "{part:?} overlaps");
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn of_marks_and_words(words in prop::collection::vec(prop::sample::select(vec![
            "“", "”", "\"", "„", "«", "»", "‹", "›", "‘", "’", "'", "''", "``", "'''", "「", "」", "‚", "`",
            " ", " ", "\n", "\n\n", "a", "players", "It", "n", "s", ".", ",", ":", "—", "(", "6", ">", "\u{301}",
            "\u{202e}", "\u{200b}", "\u{a0}", "DOE:", "Q:", "(@x)", "said:\n", "we ", "one two three four ",
        ]), 0..60)) {
            let raw = words.concat();
            let (stretches, _) = find(&Text::new(&raw), &Limits::DEFAULT);
            sound(&raw, &stretches)?;
        }

        #[test]
        fn of_anything(raw in "(\\PC|[“”\"‘’'„«»\n \u{301}\u{202e}]){0,200}") {
            let (stretches, _) = find(&Text::new(&raw), &Limits::DEFAULT);
            sound(&raw, &stretches)?;
        }
    }
}
