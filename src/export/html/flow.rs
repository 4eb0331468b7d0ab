//! The flow: the drawing of who has what from whom, and the same as a table.

use std::io::{self, Write};

use super::escape::Name;
use super::story::Story;
use crate::export::flow::{Plan, figure};

/// How many pairs of outlets the table has.
const SHOWN: usize = 200;

/// Writes the section of the flow.
pub(super) fn section(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    let plan = Plan::new(story.graph);
    writeln!(out, "<section id=\"flow\" aria-labelledby=\"flow-title\"><h2 id=\"flow-title\">Flow</h2>")?;
    if plan.is_empty() {
        return writeln!(out, "<p>There is no article to draw.</p></section>");
    }
    writeln!(
        out,
        "<p class=\"lead\">Outlets over time. An arrow leads from a source to who repeats it. \
         Solid: the article says so. Dashed: wording and time suggest it.</p>"
    )?;
    writeln!(
        out,
        "<div class=\"scroll drawing\" tabindex=\"0\" role=\"region\" aria-label=\"Drawing of the flow\">"
    )?;
    figure(out, &plan, &|id| format!("#d{}", story.document(id)))?;
    writeln!(out, "</div>")?;
    table(out, story)?;
    writeln!(out, "</section>")
}

fn table(out: &mut dyn Write, story: &Story<'_>) -> io::Result<()> {
    let mut links = story.graph.outlet_network();
    if links.is_empty() {
        return writeln!(out, "<p class=\"unknown\">No outlet is known to have anything from another.</p>");
    }
    links.sort_by_key(|link| std::cmp::Reverse(link.stated + link.ruled + link.inferred));
    let is_ruled = links.iter().any(|link| link.ruled > 0);
    let more = links.len().saturating_sub(SHOWN);
    write!(out, "<details><summary>The flow as a table</summary>")?;
    write!(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The flow as a table\">")?;
    writeln!(
        out,
        "<table><thead><tr><th scope=\"col\">Outlet</th><th scope=\"col\">has from</th>\
         <th scope=\"col\" class=\"n\">Stated</th>{}<th scope=\"col\" class=\"n\">Inferred</th></tr></thead><tbody>",
        if is_ruled { "<th scope=\"col\" class=\"n\">Ruled</th>" } else { "" }
    )?;
    for link in links.iter().take(SHOWN) {
        writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td>{}<td class=\"n\">{}</td></tr>",
            Name(link.outlet),
            Name(link.from),
            link.stated,
            if is_ruled { format!("<td class=\"n\">{}</td>", link.ruled) } else { String::new() },
            link.inferred
        )?;
    }
    writeln!(out, "</tbody></table></div>")?;
    if more > 0 {
        writeln!(out, "<p class=\"unknown\">{more} more pairs are not listed.</p>")?;
    }
    writeln!(out, "</details>")
}
