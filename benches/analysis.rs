//! Analysis in bytes a second.

fn main() {}
