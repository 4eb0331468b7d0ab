//! JSON: one object with documents, utterances, repeats, credits and notices.

use std::io::Write;

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::careful;
use crate::error::Result;
use crate::limits::Notice;
use crate::matching::Utterance;
use crate::name::Name;
use crate::provenance::{Credited, Header, ProvenanceGraph, Repeat};

/// Writes the whole story as one JSON object, an array element at a time.
///
/// All spans are offsets in bytes of the document's UTF-8, as its key `offsets` says. What could end a script in a
/// page, break a line or turn the direction of a text is escaped, and so the same when read.
///
/// # Errors
/// Only what `out` gives.
pub fn json<W: Write>(graph: &ProvenanceGraph, out: W) -> Result<()> {
    careful::write(&Story(graph), out)
}

struct Story<'a>(&'a ProvenanceGraph);

impl Serialize for Story<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let graph = self.0;
        let mut story = serializer.serialize_struct("Story", 6)?;
        story.serialize_field("offsets", "UTF-8 bytes")?;
        story.serialize_field::<[Header]>("documents", graph.documents())?;
        story.serialize_field("utterances", &Told(graph))?;
        story.serialize_field::<[Repeat]>("repeats", graph.repeats())?;
        story.serialize_field::<[Credited]>("credits", graph.credits())?;
        story.serialize_field::<[Notice]>("notices", graph.notices())?;
        story.end()
    }
}

struct Told<'a>(&'a ProvenanceGraph);

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let utterances = self.0.utterances();
        let mut list = serializer.serialize_seq(Some(utterances.len()))?;
        for utterance in utterances {
            list.serialize_element(&WithOrigins { utterance, origins: self.0.origins(&utterance.id) })?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct WithOrigins<'a> {
    #[serde(flatten)]
    utterance: &'a Utterance,
    origins: &'a [Name],
}
