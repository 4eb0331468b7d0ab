//! The speakers of a collection: all namings of one person in one place.

use std::collections::{BTreeMap, BTreeSet};

use super::super::language::Gender;
use super::evidence::{self, Known};
use super::name::{Name, Sort};
use super::people::People;

/// How many different people of one surname are compared with one name; those beyond stay apart.
const NAMESAKES: usize = 256;

/// Somebody named in a document: the name, and what the document says of its bearer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Naming<'a> {
    /// The name as resolved within the document.
    pub name: &'a str,
    /// The document's id.
    pub document: &'a str,
    /// Role and affiliation as printed: `Harbor mayor`, `a spokesman for the ferry line`.
    pub role: Option<&'a str>,
    /// Gender, where the document tells.
    pub gender: Gender,
}

impl<'a> Naming<'a> {
    /// A naming with nothing else known.
    #[must_use]
    pub const fn new(name: &'a str, document: &'a str) -> Self {
        Self { name, document, role: None, gender: Gender::Unknown }
    }

    /// With the role as printed.
    #[must_use]
    pub const fn with_role(mut self, role: Option<&'a str>) -> Self {
        self.role = role;
        self
    }

    /// With the gender.
    #[must_use]
    pub const fn with_gender(mut self, gender: Gender) -> Self {
        self.gender = gender;
        self
    }
}

/// One speaker of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Speaker {
    name: String,
    id: Option<String>,
    namings: Vec<usize>,
}

impl Speaker {
    /// The name of the table of people, else the whole name that is printed most.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the table of people.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The indices of its namings, ascending.
    #[must_use]
    pub fn namings(&self) -> &[usize] {
        &self.namings
    }
}

/// A set of namings that are taken to be of one person.
struct Cluster<'n> {
    names: Vec<&'n Name>,
    id: Option<&'n str>,
    known: Known,
    documents: BTreeSet<&'n str>,
    namings: Vec<usize>,
}

/// All namings of one name with one id of the table.
struct Node<'n> {
    name: &'n Name,
    id: Option<&'n str>,
    namings: Vec<usize>,
}

/// The namings of each name of one surname, by the id that the table gives it.
type Forms<'n> = BTreeMap<(&'n Name, Option<&'n str>), Vec<usize>>;

/// Groups `namings` into speakers. A surname alone joins a full name only where it fits one person of the
/// collection, or the role decides; somebody unnamed is a speaker of their own document; two bearers of one name
/// are two where gender or role (mayor of one city, mayor of another) contradict.
///
/// The grouping does not depend on the order of `namings`; speakers come in order of name, id and first naming.
/// O(n log n), and for each naming the bearers of its surname, at most 256, and of its given name and initial letter,
/// as many.
#[must_use]
pub fn speakers(namings: &[Naming<'_>], people: &People) -> Vec<Speaker> {
    let parsed: Vec<Name> = namings.iter().map(|naming| Name::parse(naming.name)).collect();
    let known: Vec<Known> = namings
        .iter()
        .map(|naming| Known::new(naming.role.and_then(evidence::read), naming.gender))
        .collect();
    let mut ids: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let mut buckets: BTreeMap<&str, Forms<'_>> = BTreeMap::new();
    for (name, (index, naming)) in parsed.iter().zip(namings.iter().enumerate()) {
        let id = *ids.entry(naming.name).or_insert_with(|| people.find(naming.name).map(super::Person::id));
        let bucket = if name.sort == Sort::Person && !name.mixed { &name.surname } else { &name.whole };
        buckets.entry(bucket).or_default().entry((name, id)).or_default().push(index);
    }
    let mut found = Vec::new();
    for bucket in buckets.into_values() {
        let nodes = bucket.into_iter().map(|((name, id), namings)| Node { name, id, namings }).collect();
        found.extend(Bucket { namings, known: &known, clusters: Vec::new() }.group(nodes));
    }
    join_slips(&mut found);
    let mut speakers: Vec<Speaker> =
        found.into_iter().map(|cluster| cluster.speaker(namings, people)).collect();
    speakers.sort_by(|a, b| {
        let first = |speaker: &Speaker| {
            speaker
                .namings
                .iter()
                .filter_map(|&at| namings.get(at))
                .map(|naming| naming.document)
                .min()
                .unwrap_or("")
        };
        (&a.name, &a.id, first(a)).cmp(&(&b.name, &b.id, first(b)))
    });
    speakers
}

/// Those who share a surname.
struct Bucket<'n, 'a> {
    namings: &'n [Naming<'a>],
    known: &'n [Known],
    clusters: Vec<Cluster<'n>>,
}

impl<'n> Bucket<'n, '_> {
    fn group(mut self, mut nodes: Vec<Node<'n>>) -> Vec<Cluster<'n>> {
        // The fullest names found speakers; the shorter ones join.
        nodes.sort_by(|a, b| {
            b.name.weight().cmp(&a.name.weight()).then_with(|| (a.name, a.id).cmp(&(b.name, b.id)))
        });
        for node in nodes {
            self.place(node);
        }
        self.clusters
    }

    fn place(&mut self, node: Node<'n>) {
        if node.name.sort == Sort::Unnamed {
            let mut by_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for at in node.namings {
                by_document.entry(self.document(at)).or_default().push(at);
            }
            for namings in by_document.into_values() {
                self.found(node.name, node.id, namings);
            }
            return;
        }
        // Namings that contradict one another fall apart; in order of what they say, not of their place.
        let mut namings = node.namings;
        namings.sort_by_key(|&at| self.order(at));
        let founded = self.clusters.len();
        let mut silent = Vec::new();
        for at in namings {
            let Some(known) = self.known.get(at) else { continue };
            if known.is_empty() {
                silent.push(at);
                continue;
            }
            match self.choose(node.name, node.id, known, self.document(at)) {
                Some(cluster) => self.join(cluster, node.name, node.id, at),
                None => self.found(node.name, node.id, vec![at]),
            }
        }
        for at in silent {
            // In the document of one of them it is that one; else the one with most namings.
            let document = self.document(at);
            let own = self.clusters.get(founded..).unwrap_or(&[]);
            let chosen = own
                .iter()
                .take(NAMESAKES)
                .enumerate()
                .max_by_key(|(place, cluster)| {
                    (cluster.documents.contains(document), cluster.namings.len(), std::cmp::Reverse(*place))
                })
                .map(|(place, _)| founded + place)
                .or_else(|| self.choose(node.name, node.id, &Known::default(), document));
            match chosen {
                Some(cluster) => self.join(cluster, node.name, node.id, at),
                None => self.found(node.name, node.id, vec![at]),
            }
        }
    }

    fn document(&self, at: usize) -> &'n str {
        self.namings.get(at).map_or("", |naming| naming.document)
    }

    /// An order of namings of one name that does not depend on where they stand in the input.
    fn order(&self, at: usize) -> (&'n str, &'n str, Gender) {
        self.namings.get(at).map_or(("", "", Gender::Unknown), |naming| {
            (naming.role.unwrap_or(""), naming.document, naming.gender)
        })
    }

    /// The one cluster that a naming fits; several are told apart by role, then by a shared document.
    fn choose(&self, name: &Name, id: Option<&str>, known: &Known, document: &str) -> Option<usize> {
        let fitting: Vec<usize> = self
            .clusters
            .iter()
            .take(NAMESAKES)
            .enumerate()
            .filter(|(_, cluster)| {
                let table = match (cluster.id, id) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                table && !cluster.known.clashes(known) && cluster.names.iter().all(|own| own.fits(name))
            })
            .map(|(at, _)| at)
            .collect();
        if let [only] = fitting.as_slice() {
            return Some(*only);
        }
        let one_of = |test: &dyn Fn(&Cluster<'_>) -> bool| {
            let mut passing = fitting.iter().copied().filter(|&at| self.clusters.get(at).is_some_and(test));
            let first = passing.next()?;
            passing.next().is_none().then_some(first)
        };
        one_of(&|cluster| cluster.names.contains(&name))
            .or_else(|| one_of(&|cluster| cluster.id.is_some() && cluster.id == id))
            .or_else(|| one_of(&|cluster| cluster.known.shares(known)))
            .or_else(|| {
                if name.is_bare() { one_of(&|cluster| cluster.documents.contains(document)) } else { None }
            })
    }

    fn join(&mut self, at: usize, name: &'n Name, id: Option<&'n str>, naming: usize) {
        let document = self.document(naming);
        let known = self.known.get(naming);
        let Some(cluster) = self.clusters.get_mut(at) else { return };
        if !cluster.names.contains(&name) {
            cluster.names.push(name);
        }
        cluster.id = cluster.id.or(id);
        cluster.documents.insert(document);
        cluster.namings.push(naming);
        if let Some(known) = known {
            cluster.known.absorb(known);
        }
    }

    fn found(&mut self, name: &'n Name, id: Option<&'n str>, namings: Vec<usize>) {
        let at = self.clusters.len();
        self.clusters.push(Cluster {
            names: vec![name],
            id,
            known: Known::default(),
            documents: BTreeSet::new(),
            namings: Vec::new(),
        });
        for naming in namings {
            self.join(at, name, id, naming);
        }
    }
}

/// Joins a speaker of one naming to the one of the same given name whose surname is a letter off, if there is
/// just one and no document has both.
fn join_slips(clusters: &mut Vec<Cluster<'_>>) {
    let mut by_given: BTreeMap<(&str, char), Vec<usize>> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        let Some(name) = cluster.names.first().filter(|name| name.sort == Sort::Person && !name.mixed) else {
            continue;
        };
        if let (Some(given), Some(letter)) = (name.given.first(), name.surname.chars().next()) {
            by_given.entry((given, letter)).or_default().push(at);
        }
    }
    let mut moves: Vec<(usize, usize)> = Vec::new();
    for list in by_given.values().filter(|list| list.len() > 1 && list.len() <= NAMESAKES) {
        for &slip in list {
            let Some(small) = clusters.get(slip).filter(|cluster| cluster.namings.len() == 1) else {
                continue;
            };
            let Some(name) = small.names.first() else { continue };
            let mut near = list.iter().copied().filter(|&at| {
                clusters.get(at).is_some_and(|big| {
                    at != slip
                        && big.namings.len() > 1
                        && big.names.iter().any(|own| own.fits(name))
                        && big.documents.is_disjoint(&small.documents)
                        && !big.known.clashes(&small.known)
                })
            });
            if let (Some(big), None) = (near.next(), near.next()) {
                moves.push((slip, big));
            }
        }
    }
    for &(slip, big) in &moves {
        let taken =
            clusters.get_mut(slip).map(|cluster| std::mem::take(&mut cluster.namings)).unwrap_or_default();
        if let Some(cluster) = clusters.get_mut(big) {
            cluster.namings.extend(taken);
        }
    }
    clusters.retain(|cluster| !cluster.namings.is_empty());
}

impl Cluster<'_> {
    fn speaker(mut self, namings: &[Naming<'_>], people: &People) -> Speaker {
        self.namings.sort_unstable();
        let person = self.id.and_then(|id| people.person(id));
        let name = person.map_or_else(|| usual(&self.namings, namings), |person| person.name().to_owned());
        Speaker { name, id: self.id.map(str::to_owned), namings: self.namings }
    }
}

/// The whole name (two words or more, where there is one) that most documents have, then the fullest, then the first in
/// order of letters; one that is not all capitals where there is one. A name with more words in one document alone may
/// have more in it than the name.
fn usual(own: &[usize], namings: &[Naming<'_>]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for naming in own.iter().filter_map(|&at| namings.get(at)) {
        *counts.entry(naming.name.trim()).or_default() += 1;
    }
    let best = counts.into_iter().max_by(|(a, many), (b, few)| {
        let rank = |name: &str, count: usize| {
            let words = name.split_whitespace().count();
            (name.chars().any(char::is_lowercase), words.min(2), count, words)
        };
        rank(a, *many).cmp(&rank(b, *few)).then_with(|| b.cmp(a))
    });
    best.map(|(name, _)| name.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::Person;
    use super::*;

    fn groups(namings: &[Naming<'_>]) -> Vec<(String, Vec<usize>)> {
        speakers(namings, &People::new())
            .into_iter()
            .map(|speaker| (speaker.name.clone(), speaker.namings.clone()))
            .collect()
    }

    #[test]
    fn a_surname_alone_joins_only_where_one_person_bears_it() {
        let one = [Naming::new("Ada Quill", "d1"), Naming::new("Quill", "d2")];
        assert_eq!(groups(&one), [("Ada Quill".to_owned(), vec![0, 1])]);
        let two =
            [Naming::new("Ada Quill", "d1"), Naming::new("Otto Quill", "d3"), Naming::new("Quill", "d2")];
        assert_eq!(groups(&two).len(), 3);
    }

    #[test]
    fn a_role_decides_between_namesakes() {
        let namings = [
            Naming::new("Ada Quill", "d1").with_role(Some("Mayor")),
            Naming::new("Otto Quill", "d3").with_role(Some("Judge")),
            Naming::new("Quill", "d2").with_role(Some("judge")),
        ];
        assert_eq!(
            groups(&namings),
            [("Ada Quill".to_owned(), vec![0]), ("Otto Quill".to_owned(), vec![1, 2])]
        );
    }

    #[test]
    fn two_bearers_of_one_name_are_two_where_the_evidence_says_so() {
        let namings = [
            Naming::new("Ada Quill", "d1").with_role(Some("Harbor Mayor")),
            Naming::new("Ada Quill", "d2").with_role(Some("mayor of Millford")),
            Naming::new("Ada Quill", "d3").with_role(Some("mayor of Harbor")),
        ];
        assert_eq!(
            groups(&namings),
            [("Ada Quill".to_owned(), vec![0, 2]), ("Ada Quill".to_owned(), vec![1])]
        );
    }

    #[test]
    fn an_initial_that_fits_two_stays_alone() {
        let namings =
            [Naming::new("John Finch", "d1"), Naming::new("Jane Finch", "d2"), Naming::new("J. Finch", "d3")];
        assert_eq!(groups(&namings).len(), 3);
    }

    #[test]
    fn the_unnamed_are_never_one_across_documents() {
        let namings = [Naming::new("a senior official", "d1"), Naming::new("a senior official", "d2")];
        assert_eq!(groups(&namings).len(), 2);
    }

    #[test]
    fn a_slip_joins_the_many() {
        let namings = [
            Naming::new("Ada Lindqvist", "d1"),
            Naming::new("Ada Lindqvist", "d2"),
            Naming::new("Ada Lindquist", "d3"),
        ];
        assert_eq!(groups(&namings), [("Ada Lindqvist".to_owned(), vec![0, 1, 2])]);
    }

    #[test]
    fn the_table_gives_its_ids_back() {
        let people: People = [Person::new("Q7", "Ada Quill").with_alias("Ada Marlow")].into_iter().collect();
        let namings = [Naming::new("Ada Marlow", "d1"), Naming::new("Mayor Quill", "d2")];
        let found = speakers(&namings, &people);
        assert!(found.iter().all(|speaker| speaker.id() == Some("Q7")), "{found:?}");
    }

    #[test]
    fn order_changes_nothing() {
        let namings = [
            Naming::new("Ada Quill", "d1").with_role(Some("Harbor Mayor")),
            Naming::new("Quill", "d2"),
            Naming::new("A. Quill", "d3"),
            Naming::new("Ada B. Quill", "d4"),
            Naming::new("Ada Quill", "d5").with_role(Some("Mayor of Millford")),
            Naming::new("Ben Marlow", "d1"),
            Naming::new("Sen. Marlow", "d9"),
            Naming::new("BEN MARLOW", "d8"),
        ];
        let named = |list: &[Naming<'_>]| -> Vec<Vec<(String, String)>> {
            let mut all: Vec<Vec<(String, String)>> = speakers(list, &People::new())
                .iter()
                .map(|speaker| {
                    let mut own: Vec<_> = speaker
                        .namings()
                        .iter()
                        .map(|&at| (list[at].name.to_owned(), list[at].document.to_owned()))
                        .collect();
                    own.sort();
                    own
                })
                .collect();
            all.sort();
            all
        };
        let first = named(&namings);
        let mut turned = namings;
        for turn in 0..8 {
            turned.rotate_left(1);
            turned.swap(0, turn % 7 + 1);
            assert_eq!(named(&turned), first);
        }
    }
}
