//! Floor 6: one small file a format.
