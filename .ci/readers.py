"""Reads every export of one story with the reader that people use, and compares the counts with those of the JSON."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx
import pandas
import pydot
import rdflib
from pyld import jsonld
from rdflib.namespace import PROV, RDF, SDO, ClosedNamespace

# The terms of the Web Annotation vocabulary (https://www.w3.org/TR/annotation-vocab/) that a span needs.
OA = ClosedNamespace(
    "http://www.w3.org/ns/oa#",
    ["Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "hasBody", "hasTarget", "hasSource",
     "hasSelector", "motivatedBy", "identifying", "exact", "prefix", "suffix", "start", "end"],
)

FOLDER = Path(sys.argv[1])
# What formats without an escape replace by U+FFFD.
LOST = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LOST_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def same(what, found, wanted):
    assert found == wanted, f"{what}: {found!r} and not {wanted!r}"


def counts(story):
    """The nodes and edges that the JSON has, by kind."""
    documents, utterances = story["documents"], story["utterances"]
    names = lambda utterance: set((utterance["speaker"] or "").split("; ")) - {""}
    outlets = {document["outlet"] for document in documents if document["outlet"]}
    outlets |= {credit["source"] for credit in story["credits"]}
    repeats = [r for r in story["repeats"] if r["from_document"] or r["from_outlet"]]
    outlets |= {r["from_outlet"] for r in repeats if not r["from_document"]}
    nodes = {
        "document": len(documents),
        "utterance": len(utterances),
        "speaker": len(set().union(*map(names, utterances))),
        "outlet": len(outlets),
    }
    edges = {
        "said": sum(len((u["speaker"] or "").split("; ")) for u in utterances if u["speaker"]),
        "printed": sum(len(u["occurrences"]) for u in utterances),
        "published_by": sum(1 for document in documents if document["outlet"]),
        "credits": len(story["credits"]),
        "repeats": len(repeats),
    }
    drop = lambda numbers: {kind: number for kind, number in numbers.items() if number}
    return drop(nodes), drop(edges)


def graph(what, read, story):
    """A graph of NetworkX has the nodes and edges of the JSON, and its words."""
    nodes, edges = counts(story)
    same(f"{what}: nodes", dict(Counter(kind for _, kind in read.nodes(data="kind"))), nodes)
    same(f"{what}: edges", dict(Counter(kind for _, _, kind in read.edges(data="kind"))), edges)
    texts = sorted(data["text"] for _, data in read.nodes(data=True) if data["kind"] == "utterance")
    lost = LOST_XML if what in ("graphml", "gexf") else re.compile("(?!)")
    # An empty element has no text in XML.
    same(f"{what}: texts", texts, sorted(lost.sub("\ufffd", u["text"]) for u in story["utterances"]))
    assert all(data["published"] for _, data in read.nodes(data=True) if data.get("published") is not None)
    stated = sum(1 for *_, data in read.edges(data=True) if data.get("stated") is True)
    same(f"{what}: stated", stated, sum("credit" in r["basis"] for r in story["repeats"]))


def graphs(story):
    graph("graphml", networkx.read_graphml(FOLDER / "graphml", force_multigraph=True), story)
    graph("gexf", networkx.read_gexf(FOLDER / "gexf"), story)
    graph("cytoscape", networkx.cytoscape_graph(json.loads((FOLDER / "cytoscape").read_text())), story)
    graph("node-link", networkx.node_link_graph(json.loads((FOLDER / "node-link").read_text())), story)


def dot(story):
    nodes, edges = (sum(numbers.values()) for numbers in counts(story))
    # Graphviz's own parser counts any number; pydot and the drawing take minutes for thousands.
    counted = subprocess.run(["gc", "-n", "-e", FOLDER / "dot"], check=True, capture_output=True, text=True).stdout
    same("dot", tuple(int(number) for number in counted.split()[:2]), (nodes, edges))
    if nodes > 500:
        return
    (read,) = pydot.graph_from_dot_data((FOLDER / "dot").read_text())
    drawn = [node for node in read.get_nodes() if node.get_name().startswith("n") and node.get_name()[1:].isdigit()]
    same("dot, by pydot", (len(drawn), len(read.get_edges())), (nodes, edges))
    svg = subprocess.run(["dot", "-Tsvg", FOLDER / "dot"], check=True, capture_output=True).stdout
    same("dot, drawn", (svg.count(b'class="node"'), svg.count(b'class="edge"')), (nodes, edges))


def tables(story):
    printings = pandas.read_csv(FOLDER / "csv", keep_default_na=False)
    same("csv", len(printings), counts(story)[1]["printed"])
    wanted = [
        "".join(edit["text"] for edit in occurrence["edits"])
        for utterance in story["utterances"]
        for occurrence in utterance["occurrences"]
    ]
    plain = lambda text: LOST.sub("\ufffd", text.replace("\r\n", "\n"))
    bare = lambda text: text[1:] if re.match("'+[=+\\-@\t\r\n＝＋－＠]", text) else text
    same("csv: words", [bare(text) for text in printings["printed"]], [plain(text) for text in wanted])
    for column in ("start_byte", "end_byte", "quotation"):
        assert pandas.api.types.is_integer_dtype(printings[column]), column
    assert not printings.astype(str).map(lambda cell: bool(re.match("[=+@\t]|-[^0-9]", cell))).any().any()
    matrix = pandas.read_csv(FOLDER / "incidence", index_col=0, keep_default_na=False)
    outlets = {document["outlet"] or "(unknown outlet)" for document in story["documents"]}
    same("incidence: shape", matrix.shape, (len(outlets), len(story["utterances"])))
    pairs = {(o["document"], u["id"]) for u in story["utterances"] for o in u["occurrences"]}
    same("incidence: sum", int(matrix.to_numpy().sum()), len(pairs))
    nodes = pandas.read_csv(FOLDER / "neo4j" / "nodes.csv", keep_default_na=False)
    edges = pandas.read_csv(FOLDER / "neo4j" / "relationships.csv", keep_default_na=False)
    wanted = counts(story)
    same("neo4j: nodes", nodes[":LABEL"].str.lower().value_counts().to_dict(), wanted[0])
    same("neo4j: relationships", edges[":TYPE"].str.lower().value_counts().to_dict(), wanted[1])
    assert nodes["id:ID"].is_unique and set(edges[":START_ID"]) | set(edges[":END_ID"]) <= set(nodes["id:ID"])


# The terms of http://www.w3.org/ns/anno.jsonld that the export uses, so that this needs no network.
ANNOTATION = {
    "oa": "http://www.w3.org/ns/oa#", "xsd": "http://www.w3.org/2001/XMLSchema#", "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "identifying": "oa:identifying", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}
OURS = rdflib.Namespace("urn:quotetrace:terms:")


def load(url, _options):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url,
            "document": {"@context": ANNOTATION}}


def linked(story):
    read = json.loads((FOLDER / "jsonld").read_text())
    nquads = jsonld.to_rdf(read, {"documentLoader": load, "format": "application/n-quads"})
    things = rdflib.Graph()
    things.parse(data=nquads, format="nt")
    printed = counts(story)[1]["printed"]
    same("jsonld: printings", len(set(things.subjects(RDF.type, OA.Annotation))), printed)
    bodies = set(things.objects(None, OA.hasBody))
    same("jsonld: utterances", len(bodies), len(story["utterances"]))
    assert all((body, RDF.type, SDO.Quotation) in things for body in bodies)
    vocabulary(things)
    ranges(things)
    selectors(things)
    stated = {(r["document"], r["utterance"], r["from_document"] or r["from_outlet"])
              for r in story["repeats"] if "credit" in r["basis"] and (r["from_document"] or r["from_outlet"])}
    if stated:
        assert (None, PROV.wasQuotedFrom, None) in things
    inferred = sum("credit" not in r["basis"] for r in story["repeats"])
    assert len(list(things.triples((None, OURS.inferredFrom, None)))) >= inferred


def vocabulary(things):
    """Every term of the three vocabularies is one that they have."""
    for thing in set(things.predicates()) | set(things.objects(None, RDF.type)):
        for namespace in (OA, PROV, SDO):
            if thing.startswith(str(namespace._NS if hasattr(namespace, "_NS") else namespace)):
                assert thing in namespace, thing
                break
        else:
            known = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#", str(OURS))
            assert str(thing).startswith(known), thing


def ranges(things):
    """What PROV says of the ends of its terms holds."""
    def each(term, subject, target):
        for one, other in things.subject_objects(term):
            assert (one, RDF.type, subject) in things, (term, one)
            assert (other, RDF.type, target) in things, (term, other)

    for term in (PROV.wasQuotedFrom, PROV.hadPrimarySource, PROV.wasDerivedFrom, PROV.specializationOf):
        each(term, PROV.Entity, PROV.Entity)
    each(PROV.wasAttributedTo, PROV.Entity, PROV.Agent)
    each(PROV.qualifiedQuotation, PROV.Entity, PROV.Quotation)
    each(PROV.qualifiedPrimarySource, PROV.Entity, PROV.PrimarySource)
    each(PROV.qualifiedAttribution, PROV.Entity, PROV.Attribution)
    each(PROV.agent, PROV.Attribution, PROV.Agent)
    for influence in set(things.subjects(PROV.entity)):
        assert things.value(influence, RDF.type) in (PROV.Quotation, PROV.PrimarySource)


def selectors(things):
    """Each printing has its words and its place, in numbers of code points that fit."""
    for target in things.objects(None, OA.hasTarget):
        kinds = {things.value(selector, RDF.type): selector for selector in things.objects(target, OA.hasSelector)}
        quote, place = kinds[OA.TextQuoteSelector], kinds[OA.TextPositionSelector]
        length = things.value(place, OA.end).toPython() - things.value(place, OA.start).toPython()
        same("jsonld: length", length, len(things.value(quote, OA.exact)))


def main():
    story = json.loads((FOLDER / "json").read_text())
    same("json", story["offsets"], "UTF-8 bytes")
    graphs(story)
    dot(story)
    tables(story)
    linked(story)
    nodes, edges = (sum(numbers.values()) for numbers in counts(story))
    print(f"{FOLDER.name}: {nodes} nodes, {edges} edges, read back from every format")


main()
