//! What comes in: one article, its text untouched.

mod metadata;

pub(crate) use metadata::Metadata;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::text::{Offsets, Span};

/// One article as it came in.
///
/// The text is never altered; every span of every result is a range of **bytes** of it.
///
/// ```
/// use quotetrace::Document;
///
/// let document = Document::new("d1", "“We will rebuild,” the mayor said.")
///     .with_outlet("The Harbor Ledger")
///     .with_published("2026-03-01".parse()?);
/// assert_eq!(document.outlet(), Some("The Harbor Ledger"));
/// # Ok::<(), quotetrace::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Document {
    id: String,
    text: String,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    published: Option<Published>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, deserialize_with = "null_as_empty")]
    links: Vec<Link>,
    #[serde(default, deserialize_with = "null_as_empty", skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<Span>,
}

/// A hyperlink of the input: where it stands in the text, and what it points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Target")]
#[non_exhaustive]
pub struct Link {
    /// The linked words.
    #[serde(flatten)]
    pub span: Span,
    /// The target, as it was given.
    pub url: String,
}

/// A link as it is written: reading a flattened span would keep a copy of every key first.
#[derive(Deserialize)]
struct Target {
    start: usize,
    end: usize,
    url: String,
}

impl From<Target> for Link {
    fn from(target: Target) -> Self {
        Self { span: Span { start: target.start, end: target.end }, url: target.url }
    }
}

impl Link {
    /// A link over `span` to `url`.
    #[must_use]
    pub fn new(span: Span, url: impl Into<String>) -> Self {
        Self { span, url: url.into() }
    }
}

impl Document {
    /// An article with nothing known but its id and text.
    #[must_use]
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
            outlet: None,
            title: None,
            url: None,
            published: None,
            language: None,
            author: None,
            links: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// With the name of the outlet that published it.
    #[must_use]
    pub fn with_outlet(mut self, outlet: impl Into<String>) -> Self {
        self.outlet = Some(outlet.into());
        self
    }

    /// With a title that may or may not stand in the text too.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// With its address.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// With its time of publication.
    #[must_use]
    pub fn with_published(mut self, published: Published) -> Self {
        self.published = Some(published);
        self
    }

    /// With its language, an ISO 639-1 code such as `en`.
    #[must_use]
    pub fn with_language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// With the name or names in its byline.
    #[must_use]
    pub fn with_author(mut self, author: impl Into<String>) -> Self {
        self.author = Some(author.into());
        self
    }

    /// With the hyperlinks of the text.
    ///
    /// # Errors
    /// [`Error::BadSpan`] if a link's span does not fit the text.
    pub fn with_links(mut self, links: Vec<Link>) -> Result<Self> {
        self.links = links;
        self.check()?;
        Ok(self)
    }

    /// With the stretches that the input set off as somebody's words, such as the `blockquote`s of a page.
    ///
    /// # Errors
    /// [`Error::BadSpan`] if one does not fit the text.
    pub fn with_blocks(mut self, blocks: Vec<Span>) -> Result<Self> {
        self.blocks = blocks;
        self.check()?;
        Ok(self)
    }

    /// Whether every span that came with the document fits its text.
    ///
    /// # Errors
    /// [`Error::BadSpan`] naming the first that does not.
    pub fn check(&self) -> Result<()> {
        let mut spans = self.links.iter().map(|link| link.span).chain(self.blocks.iter().copied());
        match spans.find(|span| span.of(&self.text).is_none()) {
            Some(span) => Err(Error::BadSpan { document: self.id.clone(), start: span.start, end: span.end }),
            None => Ok(()),
        }
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The whole text, as it came.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// An index that turns this crate's byte offsets into the code points of Python and the UTF-16 units of JavaScript,
    /// and back. O(n) to make; keep it for all spans of the document.
    ///
    /// ```
    /// use quotetrace::Document;
    ///
    /// let document = Document::new("d1", "“We rebuild,” she said.");
    /// assert_eq!(document.offsets().scalars("“We rebuild,”".len()), Some(13));
    /// ```
    #[must_use]
    pub fn offsets(&self) -> Offsets<'_> {
        Offsets::new(&self.text)
    }

    /// The outlet that published it.
    #[must_use]
    pub fn outlet(&self) -> Option<&str> {
        self.outlet.as_deref()
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// When it was published.
    #[must_use]
    pub const fn published(&self) -> Option<Published> {
        self.published
    }

    /// The language, an ISO 639-1 code.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The name or names in its byline.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// The hyperlinks, in the order given.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The stretches that the input set off as somebody's words, in the order given.
    #[must_use]
    pub fn blocks(&self) -> &[Span] {
        &self.blocks
    }
}

/// When an article was published: an interval of time, a day or a second long.
///
/// Two times compare only where their intervals do not overlap: see [`Published::before`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Published {
    from: i64,
    until: i64,
}

impl Published {
    const DAY: i64 = 86_400;

    /// The interval from one second to one before another, as a store has it.
    #[cfg(feature = "store")]
    pub(crate) const fn between(from: i64, until: i64) -> Self {
        Self { from, until }
    }

    /// First second of the interval, since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from(self) -> i64 {
        self.from
    }

    /// One past the last second of the interval.
    #[must_use]
    pub const fn until(self) -> i64 {
        self.until
    }

    /// Whether only the day is known.
    #[must_use]
    pub const fn is_day(self) -> bool {
        self.until - self.from == Self::DAY
    }

    /// Whether this certainly came before `other`. A date alone is a day long, so it is neither before nor
    /// after a time of the same day.
    #[must_use]
    pub const fn before(self, other: Self) -> bool {
        self.until <= other.from
    }
}

impl std::str::FromStr for Published {
    type Err = Error;

    fn from_str(value: &str) -> Result<Self> {
        let value = value.trim();
        if let Ok(time) = value.parse::<jiff::Timestamp>() {
            return Ok(Self { from: time.as_second(), until: time.as_second().saturating_add(1) });
        }
        let bad = || Error::BadDate { value: value.to_owned() };
        // `civil::Date` would also take a time without a zone and drop it; a date is ten characters.
        if value.len() != 10 {
            return Err(bad());
        }
        let date: jiff::civil::Date = value.parse().map_err(|_| bad())?;
        let zoned = date.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| bad())?;
        let from = zoned.timestamp().as_second();
        Ok(Self { from, until: from.saturating_add(Self::DAY) })
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_second(self.from) {
            Ok(time) if self.is_day() => {
                write!(f, "{}", jiff::tz::TimeZone::UTC.to_datetime(time).date())
            }
            Ok(time) => write!(f, "{time}"),
            Err(_) => write!(f, "{}", self.from),
        }
    }
}

impl Serialize for Published {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Published {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

fn null_as_empty<'de, D, T>(deserializer: D) -> std::result::Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_alone_is_a_day_long_and_not_before_a_time_of_that_day() {
        let day: Published = "2019-06-21".parse().unwrap();
        let noon: Published = "2019-06-21T12:00:00Z".parse().unwrap();
        let next: Published = "2019-06-22T00:00:00+00:00".parse().unwrap();
        assert!(!day.before(noon) && !noon.before(day));
        assert!(day.before(next) && noon.before(next));
        assert_eq!(day.to_string(), "2019-06-21");
        assert_eq!(noon.to_string(), "2019-06-21T12:00:00Z");
    }

    #[test]
    fn a_bad_date_is_an_error_with_its_value() {
        for bad in ["", "yesterday", "2019-13-01", "2019-06-21T12:00:00", "21.06.2019"] {
            let error = bad.parse::<Published>().unwrap_err().to_string();
            assert!(error.contains(&format!("{bad:?}")), "{error}");
        }
    }

    #[test]
    fn unknown_keys_are_ignored_and_nulls_are_nothing() {
        let line = r#"{"id":"a","text":"T","outlet":null,"links":null,"mood":"good"}"#;
        let document: Document = serde_json::from_str(line).unwrap();
        assert_eq!(document, Document::new("a", "T"));
    }

    #[test]
    fn a_link_that_does_not_fit_is_an_error() {
        let link = Link::new(Span::new(0, 9), "https://a.example");
        assert!(Document::new("a", "short").with_links(vec![link]).is_err());
    }
}
