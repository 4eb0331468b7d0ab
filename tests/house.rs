//! The house: data goes through it once, upwards. A floor uses floors below it, and rooms of one floor don't use
//! each other; checked from the sources.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, floor by floor, from the ground up.
const FLOORS: &[&[&str]] = &[
    &["confidence", "error", "limits", "model", "name", "parallel", "progress"],
    &["text"],
    &["document"],
    &["quotation", "mention"],
    &["speaker", "credit"],
    &["analysis"],
    &["matching"],
    &["provenance"],
    &["export", "input", "revision", "store"],
    &["tracker"],
    &["verify", "stages"],
    &["watch"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a source names by `crate::room`, tests and comments aside.
fn named(source: &str) -> Vec<String> {
    let code: Vec<&str> = source
        .split("#[cfg(test)]")
        .next()
        .unwrap()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut rooms = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            // `use crate::{a, b::c}`
            Some(list) => {
                rooms.extend(list.split('}').next().unwrap().split(',').map(|item| name(item.trim())))
            }
            None => rooms.push(name(rest)),
        }
    }
    rooms
}

#[test]
fn nothing_imports_upwards_or_across_a_floor() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 20, "the sources are where they were");
    let mut broken = Vec::new();
    for path in files {
        let inside = path.strip_prefix(&src).unwrap();
        let room = inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        if room == "lib" {
            continue;
        }
        let own = floor(&room).unwrap_or_else(|| panic!("{room} has no floor in this test"));
        for used in named(&fs::read_to_string(&path).unwrap()) {
            let Some(its) = floor(&used) else { continue };
            if used != room && (its > own || its == own && own > 0) {
                broken.push(format!("{} uses {used}", inside.display()));
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}
