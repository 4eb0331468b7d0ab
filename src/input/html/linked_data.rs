//! JSON-LD in a page: the object that describes its article.

use dom_query::Document as Page;
use serde_json::Value;

/// How many objects of a page are looked at.
const OBJECTS: usize = 10_000;

/// The first object of a page that is an article by its type. Blocks that are no JSON are passed over.
pub(super) fn article(page: &Page) -> Option<Value> {
    page.select("script[type='application/ld+json']").nodes().iter().find_map(|script| {
        let text = script.text();
        // Some systems wrap it in a comment or leave line breaks in its strings.
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        find(serde_json::from_str(&text).ok()?)
    })
}

/// The article in a value, breadth first.
fn find(value: Value) -> Option<Value> {
    let mut waiting = std::collections::VecDeque::from([value]);
    let mut seen = 0;
    while let Some(value) = waiting.pop_front() {
        seen += 1;
        if seen > OBJECTS {
            return None;
        }
        match value {
            Value::Array(values) => waiting.extend(values),
            Value::Object(ref object) if is_article(object.get("@type")) => return Some(value),
            Value::Object(object) => {
                let holds = |key: &str| key == "@graph" || key == "mainEntity" || key == "mainEntityOfPage";
                waiting.extend(object.into_iter().filter(|(key, _)| holds(key)).map(|(_, value)| value));
            }
            _ => {}
        }
    }
    None
}

fn is_article(kind: Option<&Value>) -> bool {
    let fits = |name: &str| name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report";
    match kind {
        Some(Value::String(name)) => fits(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(fits),
        _ => false,
    }
}

/// A string, or the first of a list of them, with its character references read.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(unescape(text)),
        Value::Array(values) => values.iter().find_map(Value::as_str).map(unescape),
        _ => None,
    }
}

/// The name of a thing: the string itself, or what is under `name`.
pub(super) fn name(value: &Value) -> Option<String> {
    names(value)?.into_iter().next()
}

/// The names of one thing or several.
pub(super) fn names(value: &Value) -> Option<Vec<String>> {
    let one = |value: &Value| match value {
        Value::String(name) => Some(unescape(name)),
        Value::Object(object) => text(object.get("name")?),
        _ => None,
    };
    let names: Vec<String> = match value {
        Value::Array(values) => values.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    };
    let names: Vec<String> = names.into_iter().filter(|name| !name.trim().is_empty()).collect();
    (!names.is_empty()).then_some(names)
}

/// Character references inside JSON strings, which many systems leave there.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    Page::fragment(text.replace('<', "&lt;")).text().to_string()
}
