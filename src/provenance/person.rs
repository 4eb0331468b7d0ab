//! One person, one speaker: the names that documents give somebody, brought together over the whole collection.

use std::collections::HashMap;

use crate::analysis::Analysis;
use crate::document::Document;
use crate::matching::{Occurrence, Utterance};
use crate::mention::identity::{self, Naming, People, Speaker};
use crate::name::{Name, Names};
use crate::speaker::Attribution;

/// What joins several who speak together.
const TOGETHER: &str = "; ";

/// Gives every utterance its speaker by the one name that the collection has for that person, and the id that `people`
/// has. Of two people of one name, whom their roles tell apart, the one who is quoted less has the role behind the name,
/// as library catalogues do it: `Ada Quill (harbor master)`.
///
/// `articles` are in order of id. O(n log n) in utterances.
pub(super) fn unite(utterances: &mut [Utterance], articles: &[(&Document, &Analysis)], people: &People) {
    let said = Said::read(utterances, articles);
    let namings: Vec<Naming<'_>> = said.namings.iter().map(Named::naming).collect();
    let speakers = identity::speakers(&namings, people);
    let titles = titles(&speakers, &said.namings);
    let mut by_naming = vec![0; namings.len()];
    for (at, speaker) in speakers.iter().enumerate() {
        for naming in speaker.namings() {
            by_naming.get_mut(*naming).into_iter().for_each(|slot| *slot = at);
        }
    }
    for (utterance, namings) in &said.by_utterance {
        let Some(utterance) = utterances.get_mut(*utterance) else { continue };
        let found: Vec<usize> = namings.iter().filter_map(|naming| by_naming.get(*naming).copied()).collect();
        let mut names: Vec<&str> =
            found.iter().filter_map(|at| titles.get(*at)).map(String::as_str).collect();
        names.dedup();
        utterance.speaker = Some(names.join(TOGETHER));
        utterance.person = match found.as_slice() {
            [one] => speakers.get(*one).and_then(Speaker::id).map(Name::from),
            _ => None,
        };
    }
}

/// Somebody as a document names them, and what it says that they are.
struct Named {
    name: Name,
    document: Name,
    role: Option<String>,
}

impl Named {
    fn naming(&self) -> Naming<'_> {
        Naming::new(&self.name, &self.document).with_role(self.role.as_deref())
    }
}

/// Who is named where, each name of a document once, and the namings of each utterance that has a speaker.
#[derive(Default)]
struct Said {
    namings: Vec<Named>,
    by_utterance: Vec<(usize, Vec<usize>)>,
}

impl Said {
    fn read(utterances: &[Utterance], articles: &[(&Document, &Analysis)]) -> Self {
        let mut said = Self::default();
        let mut names = Names::default();
        let mut places: HashMap<(Name, Name), usize> = HashMap::new();
        for (index, utterance) in utterances.iter().enumerate() {
            let Some(speaker) = &utterance.speaker else { continue };
            let is_own = |o: &&Occurrence| o.speaker.as_deref() == Some(speaker.as_str());
            let Some(own) = utterance.occurrences.iter().find(is_own).or(utterance.occurrences.first())
            else {
                continue;
            };
            let mut here = Vec::new();
            for name in speaker.split(TOGETHER) {
                let (name, document) = (names.of(name), own.document.clone());
                let at = *places.entry((name.clone(), document.clone())).or_insert_with(|| {
                    said.namings.push(Named { name, document, role: None });
                    said.namings.len() - 1
                });
                here.push(at);
            }
            if let [one] = here.as_slice()
                && let Some(named) = said.namings.get_mut(*one)
                && named.role.is_none()
            {
                named.role = attribution(articles, own).and_then(role);
            }
            said.by_utterance.push((index, here));
        }
        said
    }
}

/// What the document of an occurrence says of its speaker.
fn attribution<'a>(articles: &[(&'a Document, &'a Analysis)], of: &Occurrence) -> Option<&'a Attribution> {
    let at = articles.binary_search_by(|(document, _)| document.id().cmp(&of.document)).ok()?;
    let (_, analysis) = articles.get(at)?;
    let attribution = analysis.quotations.get(of.quotation)?.attribution.as_ref()?;
    (Some(attribution.speaker.as_str()) == of.speaker.as_deref()).then_some(attribution)
}

/// Role and affiliation in one: `spokesman of Harbor Authority`.
fn role(attribution: &Attribution) -> Option<String> {
    let role = attribution.role.as_ref()?;
    Some(match &attribution.affiliation {
        Some(affiliation) => format!("{role} of {affiliation}"),
        None => role.clone(),
    })
}

/// The name of every speaker; where two people have one name, those who are named less have their role behind it.
fn titles(speakers: &[Speaker], namings: &[Named]) -> Vec<String> {
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, speaker) in speakers.iter().enumerate() {
        by_name.entry(speaker.name()).or_default().push(at);
    }
    let role_of = |speaker: &Speaker| {
        let mut roles = speaker.namings().iter().filter_map(|at| namings.get(*at)?.role.as_deref());
        roles.next()
    };
    let mut titles: Vec<String> = speakers.iter().map(|speaker| speaker.name().to_owned()).collect();
    for same in by_name.values().filter(|same| same.len() > 1) {
        let count = |at: &usize| speakers.get(*at).map_or(0, |speaker| speaker.namings().len());
        let most = same.iter().copied().max_by_key(|at| (count(at), std::cmp::Reverse(*at)));
        for at in same.iter().copied().filter(|at| Some(*at) != most) {
            if let (Some(title), Some(role)) = (titles.get_mut(at), speakers.get(at).and_then(role_of)) {
                *title = format!("{title} ({role})");
            }
        }
    }
    titles
}

#[cfg(test)]
mod tests {
    use crate::matching::Utterance;
    use crate::mention::identity::Person;
    use crate::provenance::Options;
    use crate::{Document, Tracker};

    const ARTICLES: [(&str, &str); 3] = [
        ("a", "“The ferry has served this town for ninety years,” Mayor Ada Quill said."),
        ("b", "“Nobody asked the crews what they think of it,” Mayor Quill said on Monday."),
        ("c", "“The locks on the old canal need new gates,” said Ada Quill, a lock keeper of Tarn."),
    ];

    fn speakers(options: Options) -> Vec<(String, Option<String>)> {
        let mut tracker = Tracker::new().with_options(options);
        assert!(tracker.add_all(ARTICLES.map(|(id, text)| Document::new(id, text))).is_empty());
        let mut all: Vec<_> = tracker.graph().utterances().iter().collect();
        all.sort_by_key(|utterance| utterance.occurrences[0].document.clone());
        let own = |u: &&Utterance| (u.speaker.clone().unwrap(), u.person.as_deref().map(str::to_owned));
        all.iter().map(own).collect()
    }

    #[test]
    fn a_person_is_one_speaker_under_a_whole_name() {
        let found = speakers(Options::default());
        assert_eq!([&*found[0].0, &*found[1].0], ["Ada Quill", "Ada Quill"]);
        assert_eq!(found[0].1, None);
    }

    #[test]
    fn the_table_of_people_gives_its_ids_back() {
        let people = [Person::new("Q7", "Ada Marlow Quill").with_alias("Ada Quill")].into_iter().collect();
        let found = speakers(Options::default().with_people(people));
        assert_eq!(found[0], ("Ada Marlow Quill".to_owned(), Some("Q7".to_owned())));
    }
}
