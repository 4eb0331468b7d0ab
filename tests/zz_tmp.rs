#![allow(missing_docs)]
use allocation_counter::measure;
use quotetrace::mention::*;
use quotetrace::text::Text;
use quotetrace::*;
#[test]
fn stages() {
    let dir = std::env::var("DOCS").unwrap_or("examples/story".into());
    let docs: Vec<Document> = input::read(&[std::path::PathBuf::from(dir)], &input::ReadOptions::DEFAULT)
        .filter_map(Result::ok)
        .take(84)
        .collect();
    let an = Analyzer::new();
    for d in &docs {
        an.analyze(d);
    }
    let mut t = [0u64; 6];
    let mut n = 0;
    for d in &docs {
        let mut text = Text::new(d.text());
        t[0] += measure(|| {
            text = Text::new(d.text());
        })
        .count_total;
        let mut st = quotation::find(&text, &Limits::DEFAULT).0;
        t[1] += measure(|| {
            st = quotation::find(&text, &Limits::DEFAULT).0;
        })
        .count_total;
        n += st.len();
        let mut q: Vec<_> = st.iter().flat_map(|s| s.parts.clone()).collect();
        q.sort();
        let set = Setting::new().with_quoted(&q);
        let mut cast = Cast::read(&text, &set);
        t[2] += measure(|| {
            cast = Cast::read(&text, &set);
        })
        .count_total;
        t[3] += measure(|| {
            speaker::attribute(&text, &st, &cast, None, &Limits::DEFAULT);
        })
        .count_total;
        t[4] += measure(|| {
            credit::find(&text, &st, d, credit::OutletTable::shipped());
        })
        .count_total;
        t[5] += measure(|| {
            an.analyze(d);
        })
        .count_total;
    }
    println!(
        "docs {} quotes {n} text {} find {} cast {} attribute {} credit {} all {}",
        docs.len(),
        t[0],
        t[1],
        t[2],
        t[3],
        t[4],
        t[5]
    );
}
