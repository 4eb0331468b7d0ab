//! From the quotations of a collection to its utterances: the index says which are the same words, the articles say
//! what else belongs together, assembly makes one of it.
//!
//! What the articles add to the words, and nothing else does:
//!
//! * **Voice.** What somebody else says in few words of their own is not the statement that it resembles.
//! * **Going on.** Two quotations of one speaker that several documents print one right after the other, or one
//!   document in a row, are one statement with the outlet's words between.
//! * **Echo.** A few words (“a raft with no paddles”) tell too little to be matched by themselves. Where the same
//!   speaker said just them in a statement at hand, printed in the same article or within days, they echo it; a single
//!   statement must have them, or the one in the same article, or the one that is much nearer there, is meant.
//! * **Report.** Indirect speech has the telling words of a statement in their order, of the same days, and no other
//!   speaker is named; where it leads up to the statement in an article, fewer words do.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::assemble::assembled;
use super::echo::{Echo, Hosts, Statement, repeats};
use super::frequency::Frequencies;
use super::index::{Group, QuoteIndex};
use super::margin::Margins;
use super::partial::Partial;
use super::printing::Printing;
use super::reported::{Speech, Statements};
use super::succession::InOneGo;
use super::utterance::Utterance;
use super::voices::by_voice;
use crate::limits::Notice;
use crate::parallel::in_parallel;
use crate::quotation::Kind;

/// How many stretches of indirect speech lead up to a quotation at the most, and how many bytes before it they end.
const LEADS: usize = 2;
const LEADS_BYTES: usize = 300;
/// The utterances that `printings` make, in order of their wording, and the limits that were hit.
///
/// A function of the set of printings and the table: their order changes nothing. Time: what [`QuoteIndex`] takes,
/// and O(s) an echo for the at most 256 statements s that are looked at.
#[must_use]
pub fn gather(printings: &[Printing], table: &Frequencies) -> (Vec<Utterance>, Vec<Notice>) {
    gather_in(QuoteIndex::new(table.clone()), printings, table)
}

/// What [`gather`] gives, from links that were found elsewhere: those of every [`Meeting`](super::Meeting) of the
/// printings' fingerprints. The two are equal, limits and all.
#[must_use]
pub fn gather_linked(
    printings: &[Printing],
    table: &Frequencies,
    links: Partial,
) -> (Vec<Utterance>, Vec<Notice>) {
    gather_in(QuoteIndex::new(table.clone()).with_links(links), printings, table)
}

fn gather_in(
    mut index: QuoteIndex,
    printings: &[Printing],
    table: &Frequencies,
) -> (Vec<Utterance>, Vec<Notice>) {
    let mut order: Vec<&Printing> = printings.iter().collect();
    order.sort_by(|a, b| (&a.document, a.span(), a.quotation).cmp(&(&b.document, b.span(), b.quotation)));
    for printing in &order {
        index.insert(&printing.text);
    }
    let mut notices = index.notices();
    let groups = index.groups();
    let margins = Margins::of(&order, &groups);
    let mut story = Story::new(order, groups);
    // The index has done its work, and of 100,000 articles it is 100 MB.
    drop(index);
    story.join_what_goes_on();
    let passed_over = story.join_echoes(table) + story.join_reported(table);
    if passed_over > 0 {
        notices.push(Notice::new("echo candidates", passed_over));
    }
    let mut utterances = story.utterances();
    margins.note(&mut utterances);
    (utterances, notices)
}

struct Story<'a> {
    printings: Vec<&'a Printing>,
    /// The group of each printing.
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// For each group, the one it has been joined to, or itself.
    joined: Vec<usize>,
    /// Whether a group echoes the one that it has been joined to.
    echoes: Vec<bool>,
    /// The printings that go on with the one before, as another printing shows.
    bridged: BTreeSet<usize>,
}

impl<'a> Story<'a> {
    fn new(printings: Vec<&'a Printing>, groups: Vec<Group>) -> Self {
        let mut group = vec![0; printings.len()];
        let mut members = Vec::with_capacity(groups.len());
        for found in groups {
            let slots = found.members.iter().map(|slot| slot.index()).collect();
            for voice in by_voice(slots, &printings) {
                for &slot in &voice {
                    if let Some(of) = group.get_mut(slot) {
                        *of = members.len();
                    }
                }
                members.push(voice);
            }
        }
        let joined = (0..members.len()).collect();
        let echoes = vec![false; members.len()];
        Self { printings, group, members, joined, echoes, bridged: BTreeSet::new() }
    }

    fn group_of(&self, printing: usize) -> usize {
        self.group.get(printing).copied().unwrap_or(0)
    }

    fn root(&self, mut group: usize) -> usize {
        while let Some(&up) = self.joined.get(group).filter(|&&up| up != group) {
            group = up;
        }
        group
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller number is the root: which it is changes nothing in the result.
        if let Some(up) = self.joined.get_mut(a.max(b)) {
            *up = a.min(b);
        }
    }

    /// Joins groups that were said in one go.
    fn join_what_goes_on(&mut self) {
        let InOneGo { groups, bridged } = InOneGo::read(&self.printings, &self.group);
        for (first, second) in groups {
            self.join(first, second);
        }
        self.bridged = bridged;
    }

    /// Joins every echo to the statement that it repeats; gives how many statements were not looked at.
    fn join_echoes(&mut self, table: &Frequencies) -> usize {
        let hosts = self.hosts(table);
        let mut passed_over = 0;
        let groups = self.members.iter().enumerate();
        let mut echoes: Vec<(usize, Echo<'a>)> =
            groups.filter_map(|(group, members)| Some((group, self.echo(members, table)?))).collect();
        // The longest first, so that of two fragments of a statement the shorter finds the longer one there.
        echoes.sort_by_key(|(group, echo)| (Reverse(echo.words.len()), *group));
        for (group, echo) in echoes {
            let members = self.members_of(group);
            let (looked_at, left) = hosts.of(&echo, table);
            passed_over += left;
            let of_others = looked_at.filter(|host| host.group != group);
            let mut found: Vec<&Statement> =
                of_others.filter(|host| self.is_echo_of(members, &echo, host)).collect();
            // What has just these words is a fragment itself where there is more.
            if found.iter().any(|host| host.words.len() > echo.words.len()) {
                found.retain(|host| host.words.len() > echo.words.len());
            }
            if let Some(host) = self.host(members, &found) {
                self.join(group, host);
                if let Some(echoes) = self.echoes.get_mut(group) {
                    *echoes = true;
                }
            }
        }
        passed_over
    }

    /// Joins indirect speech to the statement that it reports; gives how many statements were not looked at.
    fn join_reported(&mut self, table: &Frequencies) -> usize {
        let speech = |printing: &'a Printing| Speech {
            text: &printing.text,
            speaker: printing.speaker.as_deref(),
            published: printing.published,
        };
        let groups = || self.members.iter().enumerate();
        let spoken: Vec<(usize, Speech<'a>)> =
            groups().filter_map(|(group, members)| Some((group, speech(self.marked(members)?)))).collect();
        let speeches: Vec<Speech<'a>> = spoken.iter().map(|(_, speech)| *speech).collect();
        let statements = Statements::new(&speeches, table);
        let leads = self.leads();
        let index_of = |group: &usize| spoken.binary_search_by_key(group, |(group, _)| *group).ok();
        let mut passed_over = 0;
        let mut found = Vec::new();
        for (group, members) in groups() {
            let Some(indirect) = self.indirect(members) else { continue };
            let led: Vec<usize> = leads.get(&group).into_iter().flatten().filter_map(index_of).collect();
            let (statement, not_looked_at) = statements.reported_by(&speech(indirect), &led);
            passed_over += not_looked_at;
            found.extend(statement.and_then(|index| spoken.get(index)).map(|(host, _)| (group, *host)));
        }
        for (reported, host) in found {
            self.join(reported, host);
        }
        passed_over
    }

    /// The groups to whose marked words an article leads up with indirect speech of a group: Quill said that it was
    /// late. “It is far too late,” she said.
    fn leads(&self) -> BTreeMap<usize, BTreeSet<usize>> {
        let mut leads: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (at, marked) in self.printings.iter().enumerate() {
            if marked.kind == Kind::Indirect || marked.speaker.is_none() {
                continue;
            }
            let before = self.printings.get(at.saturating_sub(LEADS)..at).unwrap_or_default().iter().rev();
            let is_lead = |printing: &&&Printing| {
                let near = marked.span().start.saturating_sub(printing.span().end) <= LEADS_BYTES;
                let same = printing.document == marked.document && printing.speaker == marked.speaker;
                printing.kind == Kind::Indirect && near && same
            };
            for back in 1..=before.take_while(is_lead).count() {
                leads.entry(self.group_of(at - back)).or_default().insert(self.group_of(at));
            }
        }
        leads
    }

    /// The printings of a group, as indices.
    fn members_of(&self, group: usize) -> &[usize] {
        self.members.get(group).map_or(&[], Vec::as_slice)
    }

    fn printings_of<'m>(&'m self, members: &'m [usize]) -> impl Iterator<Item = &'a Printing> + 'm {
        members.iter().filter_map(|&member| self.printings.get(member).copied())
    }

    /// The longest printing of a group that has marks.
    fn marked(&self, members: &[usize]) -> Option<&'a Printing> {
        longest(self.printings_of(members).filter(|printing| printing.kind != Kind::Indirect))
    }

    /// The longest printing of a group that is all indirect speech.
    fn indirect(&self, members: &[usize]) -> Option<&'a Printing> {
        let all = self.printings_of(members).all(|printing| printing.kind == Kind::Indirect);
        longest(self.printings_of(members).filter(|_| all))
    }

    /// What a group of short printings between marks says, if that may echo something.
    fn echo(&self, members: &[usize], table: &Frequencies) -> Option<Echo<'a>> {
        Echo::of(longest(self.printings_of(members))?, table)
    }

    /// Whether `echo`, whose printings are `members`, repeats words of `host`.
    fn is_echo_of(&self, members: &[usize], echo: &Echo<'_>, host: &Statement) -> bool {
        let near = || self.in_same_document(members, host.group);
        let by = || host.may_be_of(echo) || self.is_by_the_same(members, host.group);
        host.has(echo) && by() && (echo.tells_near() && near() || echo.tells_far() && host.is_near(echo))
    }

    /// Whether an article has the two by one speaker, whatever others call that one.
    fn is_by_the_same(&self, members: &[usize], group: usize) -> bool {
        let said = |printing: &'a Printing| Some((&printing.document, printing.speaker.as_ref()?));
        let echoes: BTreeSet<_> = self.printings_of(members).filter_map(said).collect();
        self.printings_of(self.members_of(group)).filter_map(said).any(|said| echoes.contains(&said))
    }

    fn in_same_document(&self, members: &[usize], group: usize) -> bool {
        let documents = |members| self.printings_of(members).map(|printing| &printing.document);
        let theirs: BTreeSet<_> = documents(self.members_of(group)).collect();
        documents(members).any(|document| theirs.contains(document))
    }

    /// The group of `hosts` that stands nearest to an echo in its article, if the next one stands twice as far.
    fn nearest(&self, members: &[usize], hosts: &[&Statement]) -> Option<usize> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for echo in self.printings_of(members) {
            places.entry(&echo.document).or_insert(echo.span().start);
        }
        let mut nearest: BTreeMap<usize, usize> = BTreeMap::new();
        for host in hosts {
            let theirs = self.printings_of(self.members_of(host.group));
            let away =
                theirs.filter_map(|own| Some(places.get(own.document.as_str())?.abs_diff(own.span().start)));
            if let Some(away) = away.min() {
                let known = nearest.entry(self.root(host.group)).or_insert(away);
                *known = away.min(*known);
            }
        }
        let mut by_distance: Vec<(usize, usize)> =
            nearest.into_iter().map(|(root, away)| (away, root)).collect();
        by_distance.sort_unstable();
        match by_distance[..] {
            [(_, root)] => Some(root),
            [(first, root), (second, _), ..] if 2 * first < second => Some(root),
            _ => None,
        }
    }

    /// The only statement, or else the only one in the same document, or the one that is nearest there.
    fn host(&self, members: &[usize], hosts: &[&Statement]) -> Option<usize> {
        let groups: BTreeSet<usize> = hosts.iter().map(|host| self.root(host.group)).collect();
        if groups.len() == 1 {
            return groups.first().copied();
        }
        self.nearest(members, hosts)
    }

    /// What every group says between marks.
    fn hosts(&self, table: &Frequencies) -> Hosts {
        let mut hosts = Hosts::default();
        for (group, members) in self.members.iter().enumerate() {
            let Some(longest) = self.marked(members) else { continue };
            hosts.push(group, longest, self.printings_of(members), table);
        }
        hosts
    }

    fn utterances(self) -> Vec<Utterance> {
        let groups = self.read_as_one();
        let assembled = in_parallel(&groups, |group| {
            // Copied group by group: all at once would be all printings once more.
            assembled(group.iter().map(|printing| Printing::clone(printing)).collect())
        });
        let mut utterances: Vec<Utterance> = assembled.into_iter().flatten().collect();
        utterances.sort_by(|a, b| (&a.text, &a.id, place(a)).cmp(&(&b.text, &b.id, place(b))));
        utterances
    }

    /// The printings of each group that is joined to no other; those that go on as one with what is before them.
    fn read_as_one(&self) -> Vec<Vec<Cow<'a, Printing>>> {
        let mut groups: BTreeMap<usize, Vec<Cow<'a, Printing>>> = BTreeMap::new();
        let mut before = None;
        for (at, &printing) in self.printings.iter().enumerate() {
            let root = self.root(self.group_of(at));
            let goes_on = printing.goes_on || self.bridged.contains(&at);
            let group = groups.entry(root).or_default();
            // An echo has its place inside the statement, and nothing goes on from it; anything else that goes on is
            // read as one with what is before it, so that one wording holds both.
            let echoes = self.echoes.get(self.group_of(at)).copied().unwrap_or(false)
                || group.last().is_some_and(|last| repeats(&printing.text, &last.text));
            let last = group.pop_if(|last| {
                goes_on && before == Some(root) && !echoes && last.document == printing.document
            });
            group.push(match last {
                Some(last) => Cow::Owned(last.into_owned().with_next(printing)),
                None => Cow::Borrowed(printing),
            });
            before = (!echoes).then_some(root);
        }
        groups.into_values().collect()
    }
}

/// The printing with the longest text.
fn longest<'a>(printings: impl Iterator<Item = &'a Printing>) -> Option<&'a Printing> {
    printings.max_by_key(|printing| (printing.text.len(), &printing.text))
}

fn place(utterance: &Utterance) -> Option<(&str, crate::text::Span)> {
    utterance.occurrences.first().map(|occurrence| (occurrence.document.as_str(), occurrence.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::Confidence;
    use crate::text::Span;

    fn print(document: &str, at: usize, speaker: &str, text: &str) -> Printing {
        Printing::new(document, at, Kind::Direct, Span::new(at, at + text.len()), text)
            .with_speaker(speaker, Confidence::new(0.9))
    }

    fn gathered(printings: &[Printing]) -> Vec<Vec<&str>> {
        let utterances = gather(printings, Frequencies::background()).0;
        let documents = |utterance: &Utterance| -> Vec<&str> {
            let of =
                |id: &str| printings.iter().find(|p| p.document == id).map_or("", |p| p.document.as_str());
            utterance.occurrences.iter().map(|occurrence| of(&occurrence.document)).collect()
        };
        utterances.iter().map(documents).collect()
    }

    const STATEMENT: &str =
        "This budget is a raft with no paddles, and the harbor will drown before the spring does.";

    #[test]
    fn an_echo_joins_the_statement_of_the_same_speaker() {
        let echo = print("b", 0, "Okafor", "a raft with no paddles");
        assert_eq!(gathered(&[print("a", 0, "Bea Okafor", STATEMENT), echo]), [["a", "b"]]);
    }

    #[test]
    fn one_telling_word_echoes_and_an_everyday_word_does_not() {
        let echo = |word| print("b", 0, "Okafor", word);
        assert_eq!(gathered(&[print("a", 0, "Bea Okafor", STATEMENT), echo("paddles")]), [["a", "b"]]);
        assert_eq!(gathered(&[print("a", 0, "Bea Okafor", STATEMENT), echo("the")]).len(), 2);
    }

    #[test]
    fn telling_words_that_nobody_with_a_name_says_echo_who_ever_said_them() {
        let echo = |speaker| print("b", 0, speaker, "this budget");
        let with = |speaker| gathered(&[print("a", 0, "Bea Okafor", STATEMENT), echo(speaker)]).len();
        assert_eq!([with("the lawsuit"), with("her lawyers"), with("Petra Holm")], [1, 1, 2]);
    }

    #[test]
    fn an_echo_right_after_its_statement_has_its_place_inside() {
        let mut echo = print("a", 200, "Bea Okafor", "no paddles");
        echo.goes_on = true;
        let utterances = gather(&[print("a", 0, "Bea Okafor", STATEMENT), echo], Frequencies::background()).0;
        assert_eq!(utterances.len(), 1);
        assert_eq!(utterances[0].text, STATEMENT);
        assert_eq!(utterances[0].occurrences[1].at.text(STATEMENT), "no paddles");
    }

    #[test]
    fn an_article_before_an_echo_may_be_the_outlets() {
        let echo = print("b", 0, "Okafor", "the raft with no paddles");
        assert_eq!(gathered(&[print("a", 0, "Bea Okafor", STATEMENT), echo]).len(), 1);
    }

    #[test]
    fn an_aside_in_brackets_is_the_outlets() {
        let aside = print("a", 0, "Bea Okafor", "We voted for (Petra) Holm");
        assert_eq!(gathered(&[aside, print("b", 0, "Okafor", "We voted for Holm")]).len(), 1);
    }

    #[test]
    fn a_stock_phrase_of_two_speakers_joins_nothing() {
        let one = print("a", 0, "Petra Holm", "At the end of the day, we will do what is right for the city");
        let two = print("a", 200, "Bea Okafor", "At the end of the day, it is about respect");
        assert_eq!(gathered(&[one, two]).len(), 2);
    }

    #[test]
    fn what_two_documents_print_in_one_go_is_one_statement() {
        let first = "The numbers of the harbor are what they are and nobody will change them";
        let second = "Not a single commuter will be stranded on the other side of the bay";
        let pair = |document| {
            let mut after = print(document, 300, "Tomas Lindgren", second);
            after.goes_on = true;
            [print(document, 0, "Tomas Lindgren", first), after]
        };
        assert_eq!(gathered(&pair("a")).len(), 2);
        assert_eq!(gathered(&[pair("a"), pair("b")].concat()).len(), 1);
    }
}
