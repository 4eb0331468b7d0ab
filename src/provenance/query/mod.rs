//! What one asks the graph.

mod origins;
