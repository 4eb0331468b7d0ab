//! Layouts of news and who speaks in them: each article is our own, about invented people.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use quotetrace::{Analyzer, Document};

/// An article, and how each quotation starts with its speaker; nobody where that is empty.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

fn check(cases: &[Case]) {
    let analyzer = Analyzer::new();
    for (article, expected) in cases {
        let quotations = analyzer.analyze(&Document::new("d", *article)).quotations;
        for (words, speaker) in *expected {
            let found = quotations.iter().find(|quotation| quotation.text.contains(words));
            let found = found.and_then(|quotation| quotation.speaker()).unwrap_or_default();
            assert_eq!(found, *speaker, "{words} in\n{article}");
        }
    }
}

#[test]
fn labels_name_their_speaker() {
    check(&[
        (
            concat!(
                "The Ledger spoke with the novelist Mara Voss about her new book.\n\n",
                "Q: Why did you write about a lighthouse?\n\n",
                "A: Because my grandmother kept one. I grew up with the sound of it.\n\n",
                "Q: Is she in the book?\n\n",
                "A: She is on every page, though I never name her.\n\n",
                "Q: Will there be another?\n\n",
                "A: I hope so. I am working on it now.",
            ),
            &[
                ("Because my grandmother", "Mara Voss"),
                ("She is on every page", "Mara Voss"),
                ("I hope so", "Mara Voss"),
            ],
        ),
        (
            concat!(
                "Our reporter met the pilot Nina Falk at the airfield.\n\n",
                "Q. When did you first fly?\n\n",
                "A. I was nine. My uncle took me up in his crop duster.\n\n",
                "Q. Were you afraid?\n\n",
                "A. Not for one second.",
            ),
            &[("I was nine", "Nina Falk"), ("Not for one", "Nina Falk")],
        ),
        (
            concat!(
                "Below are excerpts from an interview with Nina Falk, edited for length.\n\n",
                "The Ledger: When did you first fly?\n\n",
                "Falk: I was nine. My uncle took me up in his crop duster.\n\n",
                "The Ledger: Were you afraid?\n\n",
                "Falk: Not for one second.",
            ),
            &[("I was nine", "Nina Falk"), ("Not for one", "Nina Falk")],
        ),
        (
            concat!(
                "Below is part of the exchange between host Dana Reyes and Senator Otto Brandt.\n\n",
                "REYES: Senator, will you vote for the bill?\n\n",
                "BRANDT: I will not. It takes from the farmers and gives to nobody.\n\n",
                "REYES: You voted for it two years ago.\n\n",
                "BRANDT: It was another bill then, and you know it.",
            ),
            &[
                ("Senator, will you vote", "Dana Reyes"),
                ("I will not.", "Otto Brandt"),
                ("You voted for it", "Dana Reyes"),
                ("It was another bill", "Otto Brandt"),
            ],
        ),
        (
            concat!(
                "Wendy Holt: “Where were you that night?”\n",
                "Carl Boone: “At home, with my brother.”\n",
                "Wendy Holt: “Can he confirm it?”\n",
                "Carl Boone: “He can, and he will.”",
            ),
            &[
                ("Where were you", "Wendy Holt"),
                ("At home", "Carl Boone"),
                ("Can he confirm", "Wendy Holt"),
                ("He can, and", "Carl Boone"),
            ],
        ),
        (
            concat!(
                "**Dana Reyes:** How long have you worked here?\n\n",
                "**Otto Brandt:** Since I was sixteen. My father brought me.\n\n",
                "**Dana Reyes:** Do you miss him?\n\n",
                "**Otto Brandt:** Every day.",
            ),
            &[
                ("How long have you", "Dana Reyes"),
                ("Since I was", "Otto Brandt"),
                ("Every day", "Otto Brandt"),
            ],
        ),
        (
            concat!(
                "Four officials reacted:\n\n",
                "- Mayor Jo Marsh: \"We are ready to begin tomorrow.\"\n",
                "- Sheriff Don Pell: \"I have seen nothing like it in thirty years.\"\n",
                "- Ada Quill, city council: \"Not one cent of this was approved by us.\"",
            ),
            &[
                ("We are ready", "Jo Marsh"),
                ("I have seen nothing", "Don Pell"),
                ("Not one cent", "Ada Quill"),
            ],
        ),
        (
            concat!(
                "**Hal Winter, baker:** “It is too slow and too dear.”\n\n",
                "**Priya Sen, nurse:** “I love it.”",
            ),
            &[("It is too slow", "Hal Winter"), ("I love it", "Priya Sen")],
        ),
        (
            concat!(
                "Price: $12. Rooms are heated.\n\n",
                "Size: 40 beds in all.\n\n",
                "Price: $15 at weekends.\n\n",
                "Where: On the old quay.",
            ),
            &[("Rooms are heated", "")],
        ),
    ]);
}

#[test]
fn bylines_name_their_speaker() {
    check(&[
        (
            concat!(
                "The minister answered on Tuesday night.\n\n",
                "The tax will not rise while I hold this office. Read the budget. — Lena Ortiz (@lenaortiz) March 3, 2021\n\n",
                "Her party agreed.",
            ),
            &[("The tax will not rise", "Lena Ortiz")],
        ),
        (
            concat!(
                "Others were less kind.\n\n",
                "I counted four lies in one minute of that speech.\n\n",
                "— Bo Tanner (@botanner) March 4, 2021\n\n",
                "He later deleted it.",
            ),
            &[("I counted four lies", "Bo Tanner")],
        ),
        (
            concat!(
                "Readers were asked what they think of the new tram.\n\n",
                "“It is too slow and too dear.” — Hal Winter, baker\n\n",
                "“I love it, and my children love it.” — Priya Sen, nurse\n\n",
                "“Ask me again in a year.” – Lou Castle, student",
            ),
            &[("It is too slow", "Hal Winter"), ("I love it", "Priya Sen"), ("Ask me again", "Lou Castle")],
        ),
        (
            concat!(
                "What they said about the ruling:\n\n",
                "\"This is a great day for the river.\"\n",
                "— Hal Winter, River Trust\n\n",
                "\"The court has made a grave mistake.\"\n",
                "— Priya Sen, Farmers Union",
            ),
            &[("This is a great day", "Hal Winter"), ("The court has made", "Priya Sen")],
        ),
        (
            concat!(
                "“Best soup in town.” (Hal Winter, baker)\n\n",
                "“I would not feed it to my dog.” (Priya Sen, nurse)",
            ),
            &[("Best soup", "Hal Winter"), ("I would not", "Priya Sen")],
        ),
        (
            concat!(
                "The river has risen four feet since Sunday.\n\n",
                "“We sleep in our boots now.”\n\n",
                "Marta Klein, farmer\n\n",
                "The farmers expect more rain.",
            ),
            &[("We sleep in our boots", "Marta Klein")],
        ),
    ]);
}

#[test]
fn a_line_above_names_the_speaker_of_what_is_set_off() {
    check(&[
        (
            concat!(
                "The reaction was swift. Here is the statement from Mayor Jo Marsh:\n\n",
                "We will not close the harbor, and we will not sell it. Our city depends on the people who work there.\n\n",
                "And from Chairwoman Ines Calder:\n\n",
                "The harbor board has voted, and I respect the vote. We will look for another buyer next year.\n\n",
                "The sale had been planned for June.",
            ),
            &[("We will not close", "Jo Marsh"), ("The harbor board has voted", "Ines Calder")],
        ),
        (
            concat!(
                "Governor Petra Lund answered her critics in a letter to the editor.\n\n",
                "“I have read every page of the report, and I did so before anyone asked me to. The charge that I hid it is false.”\n\n",
                "The report was printed in March.",
            ),
            &[("I have read every page", "Petra Lund")],
        ),
        (
            concat!(
                "Harbor Master Tom Ridley wrote on Facebook:\n\n",
                "“The north pier stays closed until Friday. Please keep your boats away from it.”\n\n",
                "Boats were moved at noon.",
            ),
            &[("The north pier stays", "Tom Ridley")],
        ),
        (
            concat!(
                "The full text of the letter sent by Judge Ruth Amsel to the committee:\n\n",
                "“Dear Members,\n\n",
                "“I write to tell you that I will not appear on Monday. My duties keep me here.\n\n",
                "“I remain willing to answer in writing.”\n\n",
                "The committee did not reply.",
            ),
            &[("I write to tell you", "Ruth Amsel")],
        ),
        (
            concat!(
                "Mayor Jo Marsh posted this on her page:\n\n",
                "> I have asked the police to leave the square tonight. Nobody needs to be afraid.\n\n",
                "The police left at ten.",
            ),
            &[("I have asked the police", "Jo Marsh")],
        ),
        (
            concat!(
                "Mayor Jo Marsh said in a statement:\n\n",
                "> I have asked the police to leave the square tonight. Nobody needs to be afraid.\n\n",
                "> We will talk about what happened tomorrow, in public, with you.\n\n",
                "The police left at ten.",
            ),
            &[("I have asked the police", "Jo Marsh"), ("We will talk about", "Jo Marsh")],
        ),
        (
            concat!(
                "Stone: ‘I will not run again’\n\n",
                "Congresswoman Ella Stone said on Monday that she would leave the House.",
            ),
            &[("I will not run", "Ella Stone")],
        ),
        (
            "Then there was this from Senator Otto Brandt: “I don't read polls.”",
            &[("I don't read polls", "Otto Brandt")],
        ),
    ]);
}

#[test]
fn sentences_with_several_people_keep_them_apart() {
    check(&[
        (
            "“The roof will hold,” said engineer Ivo Brandt. “It will not,” said Nora Field, who built it.",
            &[("The roof will hold", "Ivo Brandt"), ("It will not", "Nora Field")],
        ),
        (
            "“I never met the man,” Congresswoman Ella Stone told host Greg Ames on Sunday. “I would not know him,” she told Ames.",
            &[("I never met", "Ella Stone"), ("I would not know", "Ella Stone")],
        ),
        (
            "After meeting with Mayor Jo Marsh, Governor Petra Lund told reporters that the deal was “as good as done.”",
            &[("as good as done", "Petra Lund")],
        ),
        (
            "“He looked at me and said, ‘You will never work here again,’” Rosa Diaz recalled of her manager.",
            &[("He looked at me", "Rosa Diaz")],
        ),
        (
            concat!(
                "“We will appeal,” said Dana Reyes, a lawyer for the family. “They have waited long enough.”\n\n",
                "She added: “This is not over.”\n\n",
                "“Not by a long way.”",
            ),
            &[
                ("We will appeal", "Dana Reyes"),
                ("This is not over", "Dana Reyes"),
                ("Not by a long", "Dana Reyes"),
            ],
        ),
        (
            "Ivo Brandt sat down beside Nora Field. “You were right about the roof,” he told her.",
            &[("You were right", "Ivo Brandt")],
        ),
        (
            "Ada Quill, who chairs the board, described the plan as “a gift to thieves” and accused Jo Marsh of “hiding in her office.”",
            &[("a gift to", "Ada Quill"), ("hiding in", "Ada Quill")],
        ),
        (
            "The plan was drawn up by Ivo Brandt, who called it “the work of a lifetime.”",
            &[("the work of", "Ivo Brandt")],
        ),
    ]);
}

#[test]
fn who_passes_words_on_is_not_their_speaker() {
    check(&[
        (
            concat!(
                "“The bridge was sound in May,” engineer Ivo Brandt said of the inspection, according to the Harbor Ledger.\n\n",
                "“We checked every bolt, and we would check every bolt again.”",
            ),
            &[("The bridge was sound", "Ivo Brandt"), ("We checked every", "Ivo Brandt")],
        ),
        (
            "According to reports from The Harbor Ledger, the agency has prepared a “two-day closure” of the bridge.",
            &[("two-day closure", "The Harbor Ledger")],
        ),
        (
            "The bridge will be “closed for good,” according to The Harbor Ledger.",
            &[("closed for good", "The Harbor Ledger")],
        ),
    ]);
}

#[test]
fn what_is_written_down_reads_its_own_words() {
    check(&[
        (
            "“Vote for the ferry,” the signs read, according to The Harbor Post. “It is ours.”",
            &[("Vote", "the signs")],
        ),
        (
            "Ada Quill published a letter on Monday.\n\n“The ferry stays,” the letter reads, according to The Harbor Post.",
            &[("The ferry stays", "Ada Quill")],
        ),
    ]);
}

#[test]
fn an_authors_own_marks_quote_nobody() {
    check(&[
        (
            "So much for “public safety.” The so-called “reformers” in the council have never been in favor of “small government,” whatever they may think of “states’ rights.”",
            &[("public safety", ""), ("reformers", ""), ("small government", ""), ("states’ rights", "")],
        ),
        (
            "When the city’s parks are on the table, the Liberals are all for “local control” and against any kind of oversight. One can only wonder what the “tweetstorm” was meant to do.",
            &[("local control", ""), ("tweetstorm", "")],
        ),
        (
            "To paint the matter as one of “public health” takes some nerve. The nation-wide sweep will hit ten “safe harbor” towns on Sunday.",
            &[("public health", ""), ("safe harbor", "")],
        ),
    ]);
}

#[test]
fn other_writing() {
    check(&[
        (
            concat!(
                "The council met late on Tuesday.\n\n",
                "“We have waited nine years for this bridge,” Councilor Ada Quill said. “The money is there.\n\n",
                "“The plans are there. The workers are there, and they live in this town.\n\n",
                "“All that is missing is the will, and tonight we found it.”\n\n",
                "Nobody else spoke.",
            ),
            &[("We have waited", "Ada Quill")],
        ),
        ("«Nous ne céderons pas», a déclaré la maire Claire Dubois.", &[("Nous ne", "Claire Dubois")]),
        ("\"WE HAVE TO ACT NOW,\" SAID GOVERNOR PETRA LUND ON MONDAY.", &[("WE HAVE TO ACT", "PETRA LUND")]),
        (
            "In a statement, the company said it “regrets the error.” Its chairman, Paul Hess, called the report “a sad joke.”",
            &[("regrets the error", "the company"), ("a sad joke", "Paul Hess")],
        ),
    ]);
}
