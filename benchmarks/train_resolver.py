"""Learn the weights of the ranking from corpora with gold spans, and measure them on documents not learned from.

    nice python benchmarks/train_resolver.py ../shared/corpora/toponyms [--write]

The model is a conditional logit: the shares of a name's candidates (and of "none of these") are the softmax of
features times weights. Features of context depend on the other names' shares, so fitting and ranking take turns. A
name whose true place the gazetteer lacks teaches nothing; one that the corpus leaves without a place teaches "none of
these". Folds are by document id (crc32 mod 5): the figures are of documents that the weights have not seen. With
--write, geo/resolve_weights.py is written with weights learned from all documents.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from places import article_of, given_mentions, rows

from geo.outlets import home_of
from geo.ranking import none_features, rank
from geo.resolve_weights import WEIGHTS
from geo.senses import Sense, senses_of
from geo.stores.gazetteer import open_gazetteer

CORPORA = {"lgl": 1.0, "geowebnews": 1.0}  # name: weight of a mention
NONE_MASS = 0.3  # a doubtful place with a low confidence is a better answer than none
MEASURED = ("lgl", "geowebnews")
FOLDS, ROUNDS, STEPS, L2, RIGHT_KM = 5, 2, 150, 30.0, 161.0
# Set by hand; where the corpora say little, the learned weights stay near these.
PRIOR = {
    "population": 5.0,
    "first": 1.0,
    "country": 4.0,
    "capital": 1.0,
    "admin1": 1.0,
    "admin2": -0.5,
    "seat": 0.3,
    "area": 1.0,
    "alternate": -1.0,
    "short": 0.0,
    "fuzzy": -4.0,
    "partial": -0.5,
    "country_share": 3.5,
    "admin1_share": 2.5,
    "near": 2.0,
    "near_wide": 1.5,
    "holds": 1.5,
    "contained": 7.0,
    "contains": 3.0,
    "like": 2.5,
    "kind_fits": 2.5,
    "kind_misfits": -2.5,
    "stranded": -5.0,
    "home": 3.0,
    "home_wide": 1.5,
    "home_country": 1.0,
    "facility": 0.0,
    "settlement": 0.0,
    "tiny": 0.0,
    "lower_rank": 0.0,
    "none": -1.0,
    "none_by_tagger": 2.5,
    "none_by_score": 1.0,
    "none_by_name": 0.0,
    "none_by_count": 0.0,
}
TARGET = Path(__file__).resolve().parent.parent / "geo" / "resolve_weights.py"


class Document:
    """A document with its senses and, for each sense, which candidates are right."""

    def __init__(self, corpus: str, row: dict[str, Any], gazetteer: Any) -> None:
        self.corpus, self.fold = corpus, crc32(str(row["id"]).encode()) % FOLDS
        article = article_of(row)
        self.home = home_of(article.url)
        mentions = given_mentions(row, gazetteer)
        gold = {(item["start"], item["end"]): item for item in row["toponyms"]}
        self.gold = [gold[mention.span.start, mention.span.end] for mention in mentions]
        self.senses = senses_of(article, mentions, gazetteer)
        self.right = [self._right(sense) for sense in self.senses]

    def _right(self, sense: Sense) -> list[list[bool]]:
        """Return for each mention of a sense which candidates lie near enough to its gold place."""
        return [near(sense, self.gold[number]) for number in sense.mentions]


def near(sense: Sense, gold: dict[str, Any]) -> list[bool]:
    """Tell which candidates are the gold place, or within 161 km of it where its id is none of them."""
    if gold.get("lat") is None:
        return [False] * len(sense.matches)
    same = [str(match.place.geonameid) == str(gold.get("geonameid")) for match in sense.matches]
    away = distances(sense, gold)
    close = [bool(km <= RIGHT_KM) for km in away]
    if any(s and c for s, c in zip(same, close, strict=True)):
        return [s and c for s, c in zip(same, close, strict=True)]
    tight = [bool(km <= 25) for km in away]
    return tight if any(tight) else close


def distances(sense: Sense, gold: dict[str, Any]) -> Any:
    """Return great-circle distances of the candidates to the gold place, in kilometres, as the scorer computes them."""
    lat1, lat2 = np.radians(sense.lats), np.radians(gold["lat"])
    along = np.radians(gold["lon"] - sense.lons)
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(along / 2) ** 2
    return 2 * 6371.0088 * np.arcsin(np.sqrt(half))


def fit(documents: list[Document], names: list[str], start: dict[str, float]) -> dict[str, float]:
    """Return the weights that make the right candidates likeliest; a ridge keeps them near those of before."""
    position = {name: number for number, name in enumerate(names)}
    blocks, rights, groups, weights = [], [], [], []
    group = 0
    for document in documents:
        for sense, right in zip(document.senses, document.right, strict=True):
            if not sense.matches:
                continue
            block = np.zeros((len(sense.matches) + 1, len(names)))
            for line, features in enumerate([*sense.features, none_features(sense)]):
                for name, value in features.items():
                    block[line, position[name]] = value
            answers: dict[tuple[bool, ...], int] = {}
            for number, one in zip(sense.mentions, right, strict=True):
                if document.gold[number].get("lat") is not None and not any(one):
                    continue
                answers[tuple(one)] = answers.get(tuple(one), 0) + 1
            for answer, count in answers.items():
                blocks.append(block)
                rights.append([*answer, not any(answer)])
                groups += [group] * len(block)
                # ten times the same name in one article teach less than ten articles
                mass = CORPORA[document.corpus] * count**0.7 * (1.0 if any(answer) else NONE_MASS)
                weights += [mass] * len(block)
                group += 1
    x, right, of, mass = np.concatenate(blocks), np.concatenate(rights), np.array(groups), np.array(weights)
    w = np.array([start.get(name, 0.0) for name in names])
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    first, second = np.zeros_like(w), np.zeros_like(w)
    total = mass[np.r_[True, of[1:] != of[:-1]]].sum()
    for step in range(1, STEPS + 1):
        scores = x @ w
        top = np.full(group, -np.inf)
        np.maximum.at(top, of, scores)
        share = np.exp(scores - top[of])
        share /= np.bincount(of, share, group)[of]
        wanted = share * right
        wanted /= np.maximum(np.bincount(of, wanted, group), 1e-12)[of]
        slope = x.T @ ((share - wanted) * mass) / total + L2 * (w - prior) / total
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        w -= 0.1 * (1 - step / (STEPS + 1)) * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(value), 3) for name, value in zip(names, w, strict=True)}


def learn(documents: list[Document]) -> dict[str, float]:
    """Fit and rank in turns."""
    weights = dict(PRIOR)
    for _ in range(ROUNDS):
        for document in documents:
            rank(document.senses, weights, home=document.home)
        names = sorted({n for d in documents for s in d.senses for f in [*s.features, none_features(s)] for n in f})
        weights = PRIOR | fit(documents, names, weights)
    return weights


def measure(documents: list[Document], weights: dict[str, float]) -> list[tuple[str, float, bool, bool]]:
    """Return for each located gold mention: corpus, confidence, whether right within 161 km, whether it could be."""
    found = []
    for document in documents:
        rank(document.senses, weights, home=document.home)
        for sense in document.senses:
            for number in sense.mentions:
                gold = document.gold[number]
                if gold.get("lat") is None:
                    continue
                if not sense.matches:
                    found.append((document.corpus, 0.0, False, False))
                    continue
                away = distances(sense, gold)
                best = int(np.argmax(sense.probabilities))
                share = float(sense.probabilities[best])
                nowhere = sense.none > share
                found.append(
                    (
                        document.corpus,
                        0.0 if nowhere else share,
                        bool(away[best] <= RIGHT_KM) and not nowhere,
                        bool((away <= RIGHT_KM).any()),
                    )
                )
    return found


def table(found: list[tuple[str, float, bool, bool]]) -> str:
    """Return accuracy, the best that the candidates allow, and calibration, as lines."""
    lines = []
    for corpus in MEASURED:
        own = [row for row in found if row[0] == corpus]
        right, possible = np.mean([row[2] for row in own]), np.mean([row[3] for row in own])
        lines.append(f"{corpus}: acc@161 {right:.3f} of {len(own)}; a candidate within 161 km {possible:.3f}")
    edges = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
    for low, high in zip(edges, edges[1:], strict=False):
        own = [row for row in found if low <= row[1] < high and row[1] > 0]
        if own:
            mean, right = np.mean([row[1] for row in own]), np.mean([row[2] for row in own])
            lines.append(
                f"  confidence {low:.2f}-{min(high, 1):.2f}: {len(own):5d}, mean {mean:.3f}, right {right:.3f}"
            )
    kept = [row for row in found if row[1] >= 0.7]
    right = np.mean([row[2] for row in kept])
    lines.append(f"  keeping confidence >= .7 keeps {len(kept) / len(found):.3f}, right {right:.3f}")
    return "\n".join(lines)


def write(weights: dict[str, float], result: str) -> None:
    """Write the weights as the Python module that the resolver reads."""
    lines = "\n".join(f'    "{name}": {value},' for name, value in sorted(weights.items()))
    about = "\n".join(f"# {line}" for line in result.splitlines())
    TARGET.write_text(HEAD.format(about=about, lines=lines), encoding="utf-8")


HEAD = '''"""The weights of the ranking: one number a feature; features are about 0..1, a plus speaks for it."""

from collections.abc import Mapping
from typing import Final

# Learned by benchmarks/train_resolver.py from LGL and GeoWebNews (gold spans); do not edit by hand.
# On documents not learned from, five folds:
{about}
WEIGHTS: Final[Mapping[str, float]] = {{
{lines}
}}
'''


def main() -> None:
    """Cross-validate, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--dump", type=Path, help="write the cross-validated weights of each fold as JSON")
    options = parser.parse_args()
    gazetteer = open_gazetteer()
    documents = [
        Document(corpus, row, gazetteer) for corpus in CORPORA for row in rows(options.corpora / f"{corpus}.jsonl")
    ]
    print("weights as they are:\n" + table(measure(documents, dict(WEIGHTS))), file=sys.stderr)
    found, folds = [], []
    for fold in range(FOLDS):
        weights = learn([d for d in documents if d.fold != fold])
        folds.append(weights)
        found += measure([d for d in documents if d.fold == fold and d.corpus in MEASURED], weights)
    result = table(found)
    print("cross-validated:\n" + result)
    if options.dump:
        options.dump.write_text(json.dumps(folds, indent=1))
    if options.write:
        write(learn(documents), result)


if __name__ == "__main__":
    main()
