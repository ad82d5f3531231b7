"""Learn the weights of the ranking from corpora with gold spans, and measure them on documents not learned from.

    nice python benchmarks/train_resolver.py ../shared/corpora/toponyms [--write] [--dump OUT.json] [--report OUT.json]

The model is a conditional logit: the shares of a name's candidates (and of "none of these") are the softmax of
features times weights. Features of context depend on the other names' shares, so fitting and ranking take turns. A
name whose true place the gazetteer lacks teaches "none of these", and where the words around then put it
(geo/within.py, a second logit over the other places of the article). Folds are by document id (crc32 mod 5): the
figures are of documents that the weights have not seen. A corpus left out altogether is the second measure. With
--write, geo/resolve_weights.py is written with weights learned from all documents. With --report, what
benchmarks/resolution.py tells is written: calibration, errors, each corpus by weights of the others, and what each
signal brings, by learning again without it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from places import article_of, given_mentions, rows

from geo.outlets import home_of
from geo.places import Place
from geo.ranking import STEPS as CURVE
from geo.ranking import calibrated, none_features, rank, signs_of_share
from geo.resolve_weights import WEIGHTS
from geo.senses import Sense, senses_of
from geo.stores.gazetteer import open_gazetteer
from geo.within import Surroundings, is_nowhere, within, within_features

LEARNED = {"lgl": 1.0, "geowebnews": 1.0, "tud": 0.5}  # corpus: weight of a mention
MEASURED = ("lgl", "geowebnews", "tud")
NONE_MASS = 0.3  # a doubtful place with a low confidence is a better answer than none
FOLDS, ROUNDS, STEPS, L2, RIGHT_KM = 5, 2, 150, 5.0, 161.0
CURVE_RIDGE, LEAST_IN_BIN = 10.0, 500
# Set by hand; where the corpora say little, the learned weights stay near these.
PRIOR = {
    "population": 5.0,
    "first": 1.0,
    "country": 4.0,
    "capital": 1.0,
    "admin1": 1.0,
    "little_division": -2.0,
    "admin2": -0.5,
    "area": 1.5,
    "alternate": -1.5,
    "respelt": -0.3,
    "disputed": 2.3,
    "dateline_people": 0.0,
    "dateline_capital": 0.0,
    "short": 0.0,
    "fuzzy": -4.0,
    "partial": -0.5,
    "country_share": 3.5,
    "admin1_share": 2.5,
    "near": 2.0,
    "near_wide": 1.5,
    "holds": 1.5,
    "contained": 7.0,
    "not_contained": -1.0,
    "accents": 0.0,
    "contains": 3.0,
    "like": 2.5,
    "kind_fits": 2.5,
    "kind_misfits": -2.5,
    "stranded": -5.0,
    "home": 2.0,
    "home_at": 2.0,
    "home_wide": 1.5,
    "home_country": 1.0,
    "facility": 0.0,
    "landmark": 2.0,
    "settlement": 0.0,
    "tiny": 0.0,
    "lower_rank": 0.0,
    "none": -2.0,
    "none_by_tagger": 2.5,
    "none_by_score": 1.0,
    "none_by_name": 0.0,
    "none_by_count": 0.0,
    "none_in_company": 1.0,
    "overshadowed": 0.0,
    "as_far": 4.0,
    "lonely": -1.0,
    "bare_region": -1.0,
    "bare_state": -2.0,
    "bare_district": -1.0,
    "bare_county": -0.5,
    "beside_capital": -1.0,
    "the_area": 1.0,
    "the_settlement": -1.5,
    "bare_abroad": -1.0,
}
PRIOR_WITHIN = {
    "within_sentence": 1.0,
    "within_page": 1.0,
    "within_said": 2.0,
    "within_often": 1.0,
    "within_sure": 1.0,
    "within_support": 2.0,
    "within_town": 1.0,
    "within_wide": -2.0,
    "within_unnamed": -1.0,
    "outside": 1.0,
    "outside_wide": 1.0,
}
TARGET = Path(__file__).resolve().parent.parent / "geo" / "resolve_weights.py"
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Question:
    """One choice to learn from: the features of each answer, which answers are right, and how much it counts."""

    answers: Sequence[Mapping[str, float]]
    right: Sequence[bool]
    mass: float


class Document:
    """A document with its senses and, for each sense, which candidates are right."""

    def __init__(self, corpus: str, row: dict[str, Any], gazetteer: Any, *, apart: bool = False) -> None:
        self.corpus, self.fold = corpus, crc32(str(row["id"]).encode()) % FOLDS
        self.article = article_of(row)
        self.gazetteer, self.home = gazetteer, home_of(self.article.url)
        self.mentions = given_mentions(row, gazetteer)
        gold = {(item["start"], item["end"]): item for item in row["toponyms"]}
        self.gold = [gold[mention.span.start, mention.span.end] for mention in self.mentions]
        self.senses = senses_of(self.article, self.mentions, gazetteer, apart=apart)
        self.right = [[near(sense, self.gold[number]) for number in sense.mentions] for sense in self.senses]

    def rank(self, weights: Mapping[str, float]) -> None:
        """Fill the shares of every candidate."""
        rank(self.senses, weights, home=self.home)

    def surroundings(self) -> Surroundings:
        """Return the places that the document names, as ranked last."""
        return Surroundings.of(self.article, self.mentions, self.senses, self.home, self.gazetteer)

    def questions(self) -> Iterable[Question]:
        """Give what the document teaches about candidates."""
        for sense, right in zip(self.senses, self.right, strict=True):
            if not sense.matches:
                continue
            counts: dict[tuple[bool, ...], int] = {}
            for number, one in zip(sense.mentions, right, strict=True):
                if any(one) or not _only_mislabelled(sense, self.gold[number]):
                    counts[tuple(one)] = counts.get(tuple(one), 0) + 1
            for answer, count in counts.items():
                # ten times the same name in one article teach less than ten articles
                mass = LEARNED.get(self.corpus, 1.0) * count**0.7 * (1.0 if any(answer) else NONE_MASS)
                yield Question([*sense.features, none_features(sense)], [*answer, not any(answer)], mass)

    def questions_within(self) -> Iterable[Question]:
        """Give what the document teaches about names whose place the gazetteer lacks."""
        around = self.surroundings()
        for sense, right in zip(self.senses, self.right, strict=True):
            number = sense.mentions[0]
            gold = self.gold[number]
            if gold.get("lat") is None or any(right[0]) or (sense.matches and _only_mislabelled(sense, gold)):
                continue
            close = [kilometres(place.at.lon, place.at.lat, gold) <= RIGHT_KM for place in around.places]
            answers = within_features(sense, around, self.article, self.mentions)
            mass = LEARNED.get(self.corpus, 1.0) * len(sense.mentions) ** 0.7
            yield Question(answers, [*close, not any(close)], mass)


def near(sense: Sense, gold: dict[str, Any]) -> list[bool]:
    """Tell which candidates are the gold place, or within 161 km of it where its id is none of them."""
    if gold.get("lat") is None:
        return [False] * len(sense.matches)
    same = [str(match.place.geonameid) == str(gold.get("geonameid")) for match in sense.matches]
    away = kilometres(sense.lons, sense.lats, gold)
    close = [bool(km <= RIGHT_KM) for km in away]
    if any(s and c for s, c in zip(same, close, strict=True)):
        return [s and c for s, c in zip(same, close, strict=True)]
    tight = [bool(km <= 25) for km in away]
    return tight if any(tight) else close


def _only_mislabelled(sense: Sense, gold: dict[str, Any]) -> bool:
    """Tell whether a candidate may well be meant although its label stands far from the corpus's."""
    if gold.get("lat") is None:
        return False
    return any(
        str(match.place.geonameid) == str(gold.get("geonameid"))
        or match.how != "prefix"
        and match.place.kind not in {"settlement", "admin2", "facility", "place"}
        for match in sense.matches
    )


def kilometres(lons: Any, lats: Any, gold: dict[str, Any]) -> Any:
    """Return great-circle distances to the gold place, as the scorer computes them."""
    lat1, lat2 = np.radians(lats), np.radians(gold["lat"])
    along = np.radians(gold["lon"] - lons)
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin(along / 2) ** 2
    return 2 * 6371.0088 * np.arcsin(np.sqrt(half))


# Of which the corpora know little, and conflict news much: held near the prior so many times as firmly.
FIRM = {"disputed": 40.0, "bare_abroad": 20.0, "kind_fits": 4.0, "kind_misfits": 4.0, "country_share": 12.0}


def fit(questions: Sequence[Question], prior: Weights, start: Weights, *, ridge: float) -> Weights:
    """Return the weights that make the right answers likeliest; a ridge holds them near the prior."""
    names = sorted({name for question in questions for answer in question.answers for name in answer} | set(prior))
    position = {name: number for number, name in enumerate(names)}
    sizes = [len(question.answers) for question in questions]
    of = np.repeat(np.arange(len(questions)), sizes)
    x = np.zeros((len(of), len(names)))
    for line, answer in enumerate(answer for question in questions for answer in question.answers):
        for name, value in answer.items():
            x[line, position[name]] = value
    right = np.concatenate([question.right for question in questions]).astype(float)
    masses = np.array([question.mass for question in questions])
    w = np.array([start.get(name, 0.0) for name in names])
    centre = np.array([prior.get(name, 0.0) for name in names])
    ridges = np.array([ridge * FIRM.get(name, 1.0) for name in names])
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        scores = x @ w
        top = np.full(len(questions), -np.inf)
        np.maximum.at(top, of, scores)
        share = np.exp(scores - top[of])
        share /= np.bincount(of, share, len(questions))[of]
        wanted = share * right
        wanted /= np.maximum(np.bincount(of, wanted, len(questions)), 1e-12)[of]
        slope = (x.T @ ((share - wanted) * masses[of]) + ridges * (w - centre)) / masses.sum()
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        w -= 0.1 * (1 - step / (STEPS + 1)) * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(value), 3) for name, value in zip(names, w, strict=True)}


def learn(documents: Sequence[Document], *, without: frozenset[str] = frozenset()) -> Weights:
    """Fit and rank in turns, then learn what surrounds a name; `without` names features that are left out."""
    weights = {**PRIOR, **dict.fromkeys(without, 0.0)}
    for _ in range(ROUNDS):
        for document in documents:
            document.rank(weights)
        questions = [question for document in documents for question in document.questions()]
        weights = fit(list(_less(questions, without)), PRIOR, weights, ridge=L2)
        weights |= dict.fromkeys(without, 0.0)
    for document in documents:
        document.rank(weights)
    around = [question for document in documents for question in document.questions_within()]
    return weights | fit(around, PRIOR_WITHIN, PRIOR_WITHIN, ridge=5.0)


def _less(questions: Iterable[Question], without: frozenset[str]) -> Iterable[Question]:
    for question in questions:
        answers = [{n: v for n, v in answer.items() if n not in without} for answer in question.answers]
        yield Question(answers, question.right, question.mass)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one located gold mention."""

    corpus: str
    confidence: float
    right: bool  # within 161 km
    possible: bool  # a candidate was
    assumed: bool  # answered by what surrounds the name
    signs: Mapping[str, float]  # of its confidence
    name: str
    answer: Place | None


def measure(documents: Iterable[Document], weights: Weights) -> list[Outcome]:
    """Return what becomes of every located gold mention."""
    found = []
    for document in documents:
        document.rank(weights)
        around = document.surroundings()
        for sense in document.senses:
            for number in sense.mentions:
                gold = document.gold[number]
                if gold.get("lat") is None:
                    continue
                away = kilometres(sense.lons, sense.lats, gold) if sense.matches else np.empty(0)
                possible, name = bool((away <= RIGHT_KM).any()), " ".join(document.mentions[number].text.split())
                guess = within(sense, around, document.article, document.mentions, weights)
                if sense.matches and not is_nowhere(sense, guess):
                    best = int(np.argmax(sense.probabilities))
                    sure, right = float(sense.probabilities[best]), bool(away[best] <= RIGHT_KM)
                    place = sense.matches[best].place
                    found.append(Outcome(document.corpus, sure, right, possible, False, sense.sureness, name, place))
                elif guess is not None:
                    right = bool(kilometres(guess.place.at.lon, guess.place.at.lat, gold) <= RIGHT_KM)
                    signs = signs_of_share("assumed", guess.probability)
                    sure = guess.probability
                    found.append(Outcome(document.corpus, sure, right, possible, True, signs, name, guess.place))
                else:
                    found.append(Outcome(document.corpus, 0.0, False, possible, False, {}, name, None))
    return found


def table(found: Sequence[Outcome]) -> str:
    """Return accuracy, the best that the candidates allow, and calibration, as lines."""
    lines = []
    for corpus in dict.fromkeys(one.corpus for one in found):
        own = [one for one in found if one.corpus == corpus]
        assumed = [one for one in own if one.assumed]
        kept = [one for one in own if one.confidence >= 0.7]
        possible = np.mean([one.possible for one in own])
        lines.append(f"{corpus}: acc@161 {share(own):.3f} of {len(own)}; a candidate within 161 km {possible:.3f};")
        lines.append(
            f"  assumed to be within a place {len(assumed) / len(own):.3f}, right {share(assumed):.3f}; "
            f"confidence >= .7 keeps {len(kept) / len(own):.3f}, right {share(kept):.3f}"
        )
    for low, high, own in bins(found):
        mean = np.mean([one.confidence for one in own])
        lines.append(f"  confidence {low:.2f}-{high:.2f}: {len(own):5d}, mean {mean:.3f}, right {share(own):.3f}")
    kept = [one for one in found if one.confidence >= 0.7]
    lines.append(f"  keeping confidence >= .7 keeps {len(kept) / len(found):.3f}, right {share(kept):.3f}")
    return "\n".join(lines)


EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


def bins(found: Iterable[Outcome]) -> Iterable[tuple[float, float, list[Outcome]]]:
    """Give the answers by confidence; a bin with too few is joined to the next, and the last to the one before."""
    rest = sorted((one for one in found if one.confidence > 0), key=lambda one: one.confidence)
    low = 0.0
    for high in EDGES[1:]:
        own = [one for one in rest if one.confidence < high or high == 1.0]
        if len(own) >= LEAST_IN_BIN and len(rest) - len(own) >= LEAST_IN_BIN or high == 1.0:
            yield low, high, own
            low, rest = high, rest[len(own) :]


def share(found: Sequence[Outcome]) -> float:
    """Return how many are right, of one; 0 of none."""
    return float(np.mean([one.right for one in found])) if found else 0.0


def crossed(documents: Sequence[Document], **options: Any) -> tuple[list[Outcome], list[Weights], Weights]:
    """Return what becomes of every mention by weights that have not seen its document, these, and the calibration.

    The calibration of a fold is that of the other folds' mentions; the one returned is of all.
    """
    parts = [[document for document in documents if document.fold == fold] for fold in range(FOLDS)]
    folds = [learn([d for d in documents if d.fold != fold], **options) for fold in range(FOLDS)]
    raw = [measure(part, weights) for part, weights in zip(parts, folds, strict=True)]
    for fold in range(FOLDS):
        folds[fold] |= calibration([one for other in range(FOLDS) if other != fold for one in raw[other]])
    found = [one for part, weights in zip(parts, folds, strict=True) for one in measure(part, weights)]
    return found, folds, calibration([one for part in raw for one in part])


def calibration(found: Sequence[Outcome]) -> Weights:
    """Return the weights of the logistic curves that turn shares into how often they were right."""
    weights: Weights = {}
    for assumed in (False, True):
        own = [one for one in found if one.assumed == assumed and one.signs]
        if own:
            weights |= _logistic(own)
    return weights | _corrected([one for one in found if one.signs and not one.assumed], weights)


def _logistic(found: Sequence[Outcome]) -> Weights:
    """Fit by Newton's steps; a ridge holds the curve near the share itself."""
    names = list(found[0].signs)
    x = np.array([[one.signs[name] for name in names] for one in found])
    right = np.array([one.right for one in found], dtype=float)
    centre = np.array([float(name.endswith(("_log", "_odds"))) for name in names])
    w = centre.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - right) + CURVE_RIDGE * (w - centre)
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + CURVE_RIDGE * np.eye(len(names)), slope)
        w -= np.clip(step, -0.2, 0.2)  # whole steps overshoot where most answers are sure
    return {name: round(float(value), 3) for name, value in zip(names, w, strict=True)}


def _corrected(found: Sequence[Outcome], weights: Weights) -> Weights:
    """Return what each step of the logistic curve was worth: how many around it were right, never falling."""
    sure = np.array([calibrated(one.signs, weights) for one in found])
    right = np.array([one.right for one in found], dtype=float)
    worth, steps = 0.0, {}
    for low, step, high in zip((0.0, *CURVE), CURVE, (*CURVE[1:], 1.0), strict=False):
        below, above = (sure - low) / max(step - low, 1e-9), (high - sure) / max(high - step, 1e-9)
        near_by = np.clip(np.where(sure < step, below, above if high > step else 1.0), 0.0, 1.0)
        # a slope of one within the neighbourhood, and fifty answers' worth of trust in the curve itself
        worth = min(1.0, max(worth, step + float((near_by * (right - sure)).sum() / (near_by.sum() + 50))))
        steps[f"worth_{step}"] = round(worth, 3)
    return steps


SIGNALS = {
    "prominence": "population first lower_rank capital tiny overshadowed little_division landmark disputed "
    "dateline_people dateline_capital",
    "kind": "country admin1 admin2 area facility settlement bare_region bare_district bare_state bare_abroad "
    "bare_county beside_capital kind_fits kind_misfits",
    "“the” before the name": "the_area the_settlement",
    "how the name fits": "alternate respelt short fuzzy partial accents none_by_name",
    "country and region of the other places": "country_share admin1_share holds like",
    "containment (“Jermuk, Armenia”)": "contained not_contained contains",
    "distance to the other places": "near near_wide stranded lonely",
    "the publisher's home": "home home_at home_wide home_country within_home within_unnamed",
    "a distance that the text states": "as_far",
}


def ablation(documents: Sequence[Document], read: Callable[..., list[Document]]) -> list[list[Any]]:
    """Return the five-fold accuracy of every corpus, and what is lost by learning without each signal."""
    lines: list[list[Any]] = [["all signals", *_accuracies(documents)]]
    for name, features in SIGNALS.items():
        lines.append([f"without {name}", *_accuracies(documents, without=frozenset(features.split()))])
    return [*lines, ["without the name's sense elsewhere in the document", *_accuracies(read(apart=True))]]


def _accuracies(documents: Sequence[Document], **options: Any) -> list[float]:
    found = []
    for fold in range(FOLDS):
        weights = learn([d for d in documents if d.fold != fold], **options)
        found += measure([d for d in documents if d.fold == fold], weights)
    print(options, file=sys.stderr, flush=True)
    return [share([one for one in found if one.corpus == corpus]) for corpus in MEASURED]


def reliability(found: Sequence[Outcome]) -> list[list[Any]]:
    """Return range, number, mean confidence and share of right answers of every bin."""
    return [
        [f"{low:.2f} – {high:.2f}", len(own), float(np.mean([one.confidence for one in own])), share(own)]
        for low, high, own in bins(found)
    ]


def errors(found: Iterable[Outcome]) -> list[list[str]]:
    """Return corpus, kind, name and answer of every wrong resolution."""
    return [
        [one.corpus, _kind_of(one), one.name, f"{one.answer.name}, {one.answer.kind}" if one.answer else "no place"]
        for one in found
        if not one.right
    ]


def _kind_of(one: Outcome) -> str:
    if one.answer is None:
        return "no place said, though a candidate was right" if one.possible else "unknown, and nothing around tells"
    if one.assumed:
        return "unknown, and assumed in the wrong place"
    if one.possible:
        return "another candidate was right"
    wide = one.answer.kind not in {"settlement", "admin2", "facility", "place"}
    return "a wide place with its label elsewhere, or a part of it" if wide else "the gazetteer knows only namesakes"


def left_out(documents: Sequence[Document]) -> list[Outcome]:
    """Return what becomes of the mentions of each corpus by weights learned from the others."""
    found = []
    for corpus in MEASURED:
        weights = learn([d for d in documents if d.corpus != corpus])
        found += measure([d for d in documents if d.corpus == corpus], weights)
    return found


def unseen(documents: Sequence[Document], crossed: Sequence[Outcome]) -> list[list[Any]]:
    """Return the accuracy of every corpus by five folds of all, and by weights learned from the other corpora."""
    others = left_out(documents)
    return [
        [corpus, *(share([one for one in found if one.corpus == corpus]) for found in (crossed, others))]
        for corpus in MEASURED
    ]


def write(weights: Weights, result: str) -> None:
    """Write the weights as the Python module that the resolver reads."""
    lines = "\n".join(f'    "{name}": {value},' for name, value in sorted(weights.items()))
    about = "\n".join(f"# {line}" for line in result.splitlines())
    TARGET.write_text(HEAD.format(about=about, lines=lines), encoding="utf-8")


HEAD = '''"""The weights of the ranking: one number a feature; features are about 0..1, a plus speaks for it."""

from collections.abc import Mapping
from typing import Final

# Learned by benchmarks/train_resolver.py from LGL, GeoWebNews and TUD-Loc-2013 (gold spans); do not edit by hand.
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
    parser.add_argument("--report", type=Path, help="write calibration, errors and what each signal brings as JSON")
    parser.add_argument("--quick", action="store_true", help="the five folds only")
    options = parser.parse_args()
    gazetteer = open_gazetteer()

    def read(*, apart: bool = False) -> list[Document]:
        return [
            Document(corpus, row, gazetteer, apart=apart)
            for corpus in LEARNED
            for row in rows(options.corpora / f"{corpus}.jsonl")
        ]

    documents = read()
    if not options.quick:
        print("weights as they are:\n" + table(measure(documents, dict(WEIGHTS))), file=sys.stderr)
        print("each corpus by weights learned from the others:\n" + table(left_out(documents)))
    found, folds, worth = crossed(documents)
    print("cross-validated:\n" + table(found))
    if options.dump:
        options.dump.write_text(json.dumps(folds, indent=1))
    if options.report:
        result = {"bins": reliability(found), "errors": errors(found), "left_out": unseen(documents, found)}
        result["signals"] = ablation(documents, read)
        options.report.write_text(json.dumps(result, indent=1, ensure_ascii=False))
    if options.write:
        write(learn(documents) | worth, table(found))


if __name__ == "__main__":
    main()
