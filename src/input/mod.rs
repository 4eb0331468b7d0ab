//! The way in: files and lines to documents.
