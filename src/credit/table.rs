//! The outlets that are known: their names, aliases, domains and programmes, and what each name may mean.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use super::SourceKind;
use super::finder::Finder;
use crate::error::{Error, Result};
use crate::text::Text;

/// An outlet, agency, broadcaster or platform, with all that it is called.
///
/// ```
/// use quotetrace::credit::{Outlet, SourceKind};
///
/// let ledger = Outlet::new("The Harbor Ledger", SourceKind::Outlet)
///     .with_alias("HL")
///     .with_short("Ledger")
///     .with_domain("harborledger.example");
/// assert_eq!(ledger.name(), "The Harbor Ledger");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    name: String,
    kind: SourceKind,
    aliases: Vec<String>,
    /// Names that are also ordinary words.
    ambiguous: Vec<String>,
    short: Vec<String>,
    domains: Vec<String>,
    shows: Vec<String>,
}

impl Outlet {
    /// An outlet that is called `name` and nothing else. A leading “The” is optional in text.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: SourceKind) -> Self {
        Self {
            name: name.into(),
            kind,
            aliases: Vec::new(),
            ambiguous: Vec::new(),
            short: Vec::new(),
            domains: Vec::new(),
            shows: Vec::new(),
        }
    }

    /// With another full name or an abbreviation.
    #[must_use]
    pub fn with_alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// With a name that is also an ordinary word: it counts only beside an unmistakable cue.
    #[must_use]
    pub fn with_ambiguous(mut self, alias: impl Into<String>) -> Self {
        self.ambiguous.push(alias.into());
        self
    }

    /// With what it is called once a document has named it in full: `Times`, as in “the Times”.
    #[must_use]
    pub fn with_short(mut self, short: impl Into<String>) -> Self {
        self.short.push(short.into());
        self
    }

    /// With a domain of its web addresses; subdomains are included.
    #[must_use]
    pub fn with_domain(mut self, domain: impl Into<String>) -> Self {
        self.domains.push(domain.into());
        self
    }

    /// With one of its programmes.
    #[must_use]
    pub fn with_show(mut self, show: impl Into<String>) -> Self {
        self.shows.push(show.into());
        self
    }

    /// The canonical name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> SourceKind {
        self.kind
    }

    /// Reads one line of a table: name, kind, aliases, short names, domains, programmes, parted by tabs.
    fn parse(line: &str) -> std::result::Result<Self, String> {
        let mut fields = line.split('\t').map(str::trim);
        let name = fields.next().filter(|name| !name.is_empty()).ok_or("an outlet without a name")?;
        let kind = match fields.next().unwrap_or("") {
            "outlet" => SourceKind::Outlet,
            "broadcast" => SourceKind::Broadcast,
            "wire" => SourceKind::Wire,
            "platform" => SourceKind::Platform,
            other => return Err(format!("the kind {other:?} is none of outlet, broadcast, wire, platform")),
        };
        let mut list = || values(fields.next());
        let (names, short, domains, shows) = (list(), list(), list(), list());
        if let Some(extra) = fields.next() {
            return Err(format!("a seventh field: {extra:?}"));
        }
        let (ambiguous, aliases) = names.into_iter().partition::<Vec<_>, _>(|name| name.starts_with('?'));
        let ambiguous = ambiguous.into_iter().map(|name| name.replacen('?', "", 1)).collect();
        Ok(Self { name: name.to_owned(), kind, aliases, ambiguous, short, domains, shows })
    }
}

fn values(field: Option<&str>) -> Vec<String> {
    let values = field.unwrap_or("").split(';').map(str::trim);
    values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// What a name in a text may mean; the numbers are indices of outlets.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    /// The outlet whose full name or abbreviation it is.
    pub(super) full: Option<usize>,
    /// Likewise, but the name is also an ordinary word.
    pub(super) ambiguous: Option<usize>,
    /// The outlets that are so called once they have been named.
    pub(super) short: Vec<usize>,
    /// The outlets that have a programme of this name.
    pub(super) shows: Vec<usize>,
}

/// The outlets that are known, to be found in text as printed: whole words, the first and then the longest of names that
/// overlap.
///
/// ```
/// use quotetrace::credit::OutletTable;
///
/// let table = OutletTable::shipped().clone().with_tsv(
///     "The Harbor Ledger\toutlet\tHL\tLedger\tharborledger.example",
/// )?;
/// assert_eq!(table.resolve("harbor ledger").map(|outlet| outlet.name()), Some("The Harbor Ledger"));
/// assert_eq!(table.resolve("WaPo").map(|outlet| outlet.name()), Some("The Washington Post"));
/// let by_url = table.by_url("https://www.harborledger.example/2026/03/01/storm");
/// assert_eq!(by_url.map(|outlet| outlet.name()), Some("The Harbor Ledger"));
/// # Ok::<(), quotetrace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct OutletTable {
    outlets: Vec<Outlet>,
    finder: Finder,
    meanings: Vec<Meaning>,
    by_name: HashMap<String, usize>,
    by_domain: HashMap<String, usize>,
}

const SHIPPED: &str = include_str!("outlets.tsv");

static TABLE: LazyLock<OutletTable> = LazyLock::new(|| {
    // The shipped table is read by a test; should it ever fail, an empty one finds outlets by form alone.
    OutletTable::parse(SHIPPED).unwrap_or_else(|_| OutletTable::empty())
});

impl OutletTable {
    /// The table that comes with the crate: several hundred outlets of the English, German, French and Spanish
    /// speaking world and the agencies and platforms that they name.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &TABLE
    }

    /// A table of no outlets at all: they are then known by form alone.
    fn empty() -> Self {
        Self {
            outlets: Vec::new(),
            finder: Finder::default(),
            meanings: Vec::new(),
            by_name: HashMap::new(),
            by_domain: HashMap::new(),
        }
    }

    /// Reads a table: one outlet a line, six fields parted by tabs (name, kind, aliases, short names, domains,
    /// programmes), several values in one field parted by semicolons; lines that start with `#` are comments.
    ///
    /// # Errors
    /// [`Error::BadConfiguration`] naming the line that does not hold together.
    pub fn parse(tsv: &str) -> Result<Self> {
        Self::build(read(tsv)?)
    }

    /// This table and the outlets of another, in the form that [`OutletTable::parse`] reads. What is said anew of
    /// an outlet or a name goes before what was known.
    ///
    /// # Errors
    /// [`Error::BadConfiguration`] naming the line that does not hold together.
    pub fn with_tsv(self, tsv: &str) -> Result<Self> {
        let outlets = read(tsv)?;
        self.with(outlets)
    }

    /// This table and these outlets. What is said anew goes before what was known.
    ///
    /// # Errors
    /// [`Error::BadConfiguration`] if there are more names than 32 bits can count.
    pub fn with(self, outlets: impl IntoIterator<Item = Outlet>) -> Result<Self> {
        let mut all: Vec<Outlet> = outlets.into_iter().collect();
        let known: Vec<String> = all.iter().map(|outlet| bare(&outlet.name)).collect();
        all.extend(self.outlets.into_iter().filter(|outlet| !known.contains(&bare(&outlet.name))));
        Self::build(all)
    }

    fn build(outlets: Vec<Outlet>) -> Result<Self> {
        let mut patterns: BTreeMap<String, Meaning> = BTreeMap::new();
        let mut by_name = HashMap::new();
        let mut by_domain = HashMap::new();
        for (index, outlet) in outlets.iter().enumerate() {
            for name in std::iter::once(&outlet.name).chain(&outlet.aliases).chain(&outlet.ambiguous) {
                by_name.entry(bare(name)).or_insert(index);
            }
            for domain in &outlet.domains {
                by_domain.entry(domain.to_lowercase()).or_insert(index);
            }
            let plain = std::iter::once(&outlet.name).chain(&outlet.aliases);
            for name in plain.filter(|name| !outlet.ambiguous.contains(name)) {
                // “The Hill” is unmistakable with its article; “Hill” alone is another pattern.
                let bare = without_article(name);
                let certain = bare.contains(' ') || bare == name.as_str();
                for form in forms(if certain { bare } else { name }) {
                    patterns.entry(form).or_default().full.get_or_insert(index);
                }
                if !certain {
                    for form in forms(bare) {
                        patterns.entry(form).or_default().ambiguous.get_or_insert(index);
                    }
                }
            }
            for form in outlet.ambiguous.iter().flat_map(|name| forms(name)) {
                patterns.entry(form).or_default().ambiguous.get_or_insert(index);
            }
            for form in outlet.short.iter().flat_map(|name| forms(name)) {
                patterns.entry(form).or_default().short.push(index);
            }
            for form in outlet.shows.iter().flat_map(|name| forms(name)) {
                patterns.entry(form).or_default().shows.push(index);
            }
        }
        if u32::try_from(patterns.len()).is_err() {
            return Err(bad("more than four thousand million names".to_owned()));
        }
        let (names, meanings) = patterns.into_iter().unzip();
        Ok(Self { outlets, finder: Finder::new(names), meanings, by_name, by_domain })
    }

    /// The outlet that is called `name`, whatever its case and with or without “The”.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<&Outlet> {
        self.outlets.get(self.index_of(name)?)
    }

    /// The outlet whose domain a web address is in.
    #[must_use]
    pub fn by_url(&self, url: &str) -> Option<&Outlet> {
        self.outlets.get(self.index_of_url(url)?)
    }

    /// All outlets, in the order of the table.
    pub fn outlets(&self) -> impl Iterator<Item = &Outlet> {
        self.outlets.iter()
    }

    pub(super) fn outlet(&self, index: usize) -> Option<&Outlet> {
        self.outlets.get(index)
    }

    pub(super) fn kind_of(&self, index: usize) -> SourceKind {
        self.outlets.get(index).map_or(SourceKind::Outlet, Outlet::kind)
    }

    /// What an outlet is called once it has been named.
    pub(super) fn shorts_of(&self, index: usize) -> &[String] {
        self.outlets.get(index).map_or(&[], |outlet| &outlet.short)
    }

    pub(super) fn index_of(&self, name: &str) -> Option<usize> {
        self.by_name.get(&bare(name)).copied()
    }

    pub(super) fn index_of_url(&self, url: &str) -> Option<usize> {
        let mut host = host(url)?.to_lowercase();
        loop {
            if let Some(index) = self.by_domain.get(&host) {
                return Some(*index);
            }
            host = host.split_once('.')?.1.to_owned();
        }
    }

    /// Every name in `text`, left to right: its tokens and what it may mean.
    pub(super) fn find<'a>(
        &'a self,
        text: &'a Text<'_>,
    ) -> impl Iterator<Item = (Range<usize>, &'a Meaning)> {
        self.finder.find(text).filter_map(|(tokens, name)| Some((tokens, self.meanings.get(name)?)))
    }
}

fn bad(reason: String) -> Error {
    Error::BadConfiguration { what: "outlet table".to_owned(), reason }
}

fn read(tsv: &str) -> Result<Vec<Outlet>> {
    let lines = tsv.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(index, line)| {
            Outlet::parse(line).map_err(|reason| bad(format!("line {}: {reason}", index + 1)))
        })
        .collect()
}

/// A name without its article.
pub(super) fn without_article(name: &str) -> &str {
    name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name)
}

/// A name as it is looked up: lower case, without its article, with plain apostrophes.
pub(super) fn bare(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace('’', "'");
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

/// The ways a name is set: as it is, with a curly apostrophe, in capitals.
fn forms(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_owned()];
    if name.contains('\'') {
        forms.push(name.replace('\'', "’"));
    }
    if name.chars().filter(|c| c.is_alphabetic()).count() > 4 {
        forms.extend(forms.clone().iter().map(|form| form.to_uppercase()));
    }
    // “Face The Nation”
    if [" the ", " of ", " and ", " in ", " to "].iter().any(|small| name.contains(small)) {
        forms.extend(forms.clone().iter().map(|form| titled(form)));
    }
    forms.dedup();
    forms
}

/// Every word with a capital.
fn titled(name: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    name.split(' ').map(capital).collect::<Vec<String>>().join(" ")
}

/// The host of an address.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    host.contains('.').then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_can_be_read_and_names_hundreds() {
        let table = OutletTable::parse(SHIPPED).unwrap();
        assert!(table.outlets().count() > 600);
    }

    #[test]
    fn a_bad_line_is_an_error_that_names_it() {
        for (tsv, told) in [
            ("# a comment\n\nThe Harbor Ledger\tnewspaper", "line 3: the kind \"newspaper\""),
            ("\toutlet", "line 1: an outlet without a name"),
            ("A\toutlet\t\t\t\t\tb", "line 1: a seventh field"),
        ] {
            let error = OutletTable::parse(tsv).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn names_resolve_in_any_case_with_and_without_the_article() {
        let table = OutletTable::shipped();
        let name = |name| table.resolve(name).map(Outlet::name);
        assert_eq!(name("new york times"), Some("The New York Times"));
        assert_eq!(name("The Associated Press"), Some("Associated Press"));
        assert_eq!(name("nobody's news"), None);
    }

    #[test]
    fn addresses_resolve_by_their_domain_and_those_above_it() {
        let table = OutletTable::shipped();
        let name = |url| table.by_url(url).map(Outlet::name);
        assert_eq!(name("http://edition.cnn.com/2020/a.html"), Some("CNN"));
        assert_eq!(name("https://notcnn.example"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn what_a_user_says_of_an_outlet_goes_before_what_was_known() {
        let table = OutletTable::shipped().clone().with_tsv("Politico\twire\tThe Hill Paper").unwrap();
        assert_eq!(table.resolve("Politico").map(Outlet::kind), Some(SourceKind::Wire));
        assert_eq!(table.resolve("the hill paper").map(Outlet::name), Some("Politico"));
    }
}
