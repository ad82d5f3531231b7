"""Run find_claims over a file of sentences and write them in the batch form that shared/bench/score_claims.py reads.

    python benchmarks/claims.py IN.jsonl -o OUT.jsonl [--half even|odd]
    python benchmarks/claims.py IN.jsonl --cost [--articles N]

No gazetteer is used: the names of the references are the words. With --half, IN's even (0, 2, 4, ...) or odd lines
only: the rules were written looking at the even half. Also prints the time that the finding took.

With --cost, whole articles are read with the installed data in this one process, three rounds; it prints what claims,
and what claims, zones and checks together, add to the processor time of the rest of the reading (best round of each).
"""

import argparse
import json
import time
from pathlib import Path

from geo.article import Article
from geo.claims import find_claims
from geo.claims.model import AreaClaim, Claim, CountClaim, DistanceClaim, EventClaim

ROUNDS = 3


def row(claim: Claim) -> dict[str, object]:
    """Return the claim as design.md section 5 writes it, without zones."""
    common: dict[str, object] = {
        "kind": type(claim).__name__.removesuffix("Claim").lower(),
        "start": claim.span.start,
        "end": claim.span.end,
        "claimant": claim.claimant,
    }
    if isinstance(claim, DistanceClaim):
        return common | {
            "relation": claim.relation,
            "min_m": claim.min_m,
            "max_m": claim.max_m,
            "bound": claim.bound,
            "hedge": claim.hedge,
            "direction": claim.direction,
            "reference": [reference.text for reference in claim.references],
            "reference_kind": claim.reference_kind,
            "draw": claim.draw,
        }
    if isinstance(claim, AreaClaim):
        return common | {"relation": "area", "value_m2": claim.value_m2, "draw": False}
    if isinstance(claim, CountClaim | EventClaim):
        return common | {"relation": None, "what": claim.what, "draw": False}
    return common


def cost(texts: list[str]) -> str:
    """Return in words what claims, zones and checks add to the reading of whole articles."""
    from geo.checks import checks_of
    from geo.front_door import installed_borders, installed_gazetteer, read_article
    from geo.zones import zones_of

    data = {"gazetteer": installed_gazetteer(), "borders": installed_borders()}
    spent: dict[str, list[float]] = {"whole": [], "claims": [], "drawn": []}
    for _ in range(ROUNDS):
        began = time.process_time()
        readings = [read_article(text) for text in texts]
        whole = time.process_time()
        claims = [find_claims(reading.article, reading.resolutions) for reading in readings]
        found = time.process_time()
        for reading, these in zip(readings, claims, strict=True):
            zones = zones_of(these, reading.resolutions, reading.article, options=reading.options, **data)
            checks_of(these, reading.resolutions, zones, options=reading.options, **data)
        spent["whole"].append(whole - began)
        spent["claims"].append(found - whole)
        spent["drawn"].append(time.process_time() - whole)
    best = {kind: min(rounds) for kind, rounds in spent.items()}
    rest = best["whole"] - best["drawn"]
    return (
        f"{len(texts)} articles, {sum(map(len, claims))} claims, {1000 * best['whole'] / len(texts):.1f} ms each; "
        f"claims add {best['claims'] / rest:.1%} to the rest, with zones and checks {best['drawn'] / rest:.1%}"
    )


def main() -> None:
    """Read the arguments, write the claims, print the speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("-o", "--out", type=Path)
    task.add_argument("--cost", action="store_true")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--half", choices=["even", "odd"])
    parser.add_argument("--gold", type=Path, help="write the gold of the chosen half here, for the scorer")
    options = parser.parse_args()
    lines = options.file.read_text(encoding="utf-8").rstrip("\n").split("\n")  # texts hold other line ends
    if options.half:
        lines = lines[options.half == "odd" :: 2]
    documents = [json.loads(line) for line in lines]
    if options.cost:
        print(cost([document["text"] for document in documents[: options.articles]]))
        return
    articles = [Article(text=document["text"], id=document["id"]) for document in documents]
    began = time.perf_counter()
    claims = [find_claims(article) for article in articles]
    seconds = time.perf_counter() - began
    with options.out.open("w", encoding="utf-8") as out:
        for article, found in zip(articles, claims, strict=True):
            out.write(
                json.dumps({"id": article.id, "claims": [row(claim) for claim in found]}, ensure_ascii=False) + "\n"
            )
    if options.gold:
        options.gold.write_text("\n".join(lines) + "\n", encoding="utf-8")
    characters = sum(len(article.text) for article in articles)
    print(
        f"{len(articles)} texts, {characters} characters, {1000 * seconds:.0f} ms, "
        f"{characters / seconds / 1e6:.2f} MB/s"
    )


if __name__ == "__main__":
    main()
