//! Floor 5: the graph of speakers, utterances, documents and outlets, on petgraph, and the repeats between
//! them.
