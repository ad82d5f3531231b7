"""Reports made up to learn from: our own sentences, with names of the gazetteer put in.

The corpora speak of few countries at war. Here every report is about one country, half of the time one of CONFLICTS,
and its towns are villages as often as cities, so that the words around them must be learned from.
"""

import lzma
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.ordinary_words import GIVEN_NAMES, ORDINARY

GAZETTEER = Path(__file__).resolve().parent.parent / "gazetteer"
SENTENCES = Path(__file__).with_suffix(".txt")
REPORTS, LENGTH = 400, 8
CONFLICTS = (
    "UA RU PS IL LB SY IQ YE IR SA SD SS TD CF CD RW UG BI ET ER SO LY ML NE BF NG CM MZ MM TH BD AM AZ GE AF PK IN "
    "CO VE HT MX RS XK KP KR CN TW PH"
).split()
GIVEN = (
    "Ahmed Mohammed Yusuf Hassan Ibrahim Omar Khalid Fatima Leila Samir Oleksandr Serhiy Olena Iryna Dmytro Ivan "
    "Vladimir Sergei Natalia Anna Maria Jose Carlos Juan Luis Ana Pierre Jean Emmanuel Josephine Patrick Grace "
    "Samuel David John Peter Michael Sarah James Robert Armen Nikol Anahit Ilham Elnur Giorgi Nino Tariq Imran Asif "
    "Rajesh Priya Aung Min Thein Zaw Kyaw Li Wei Kim Park Abebe Tesfaye Moussa Amadou Ousmane Aminata Issa Boubacar "
    "Chukwu Ngozi Mwangi Mehmet Ayse Recep Mahmoud Yitzhak Benjamin Yael Avi"
).split()
SURNAMES = (
    "al-Hassan Haddad Khoury al-Masri Nasrallah Barakat Suleiman Abdullah al-Shami Kovalenko Shevchenko Bondarenko "
    "Melnyk Syrskyi Ivanov Petrov Sokolov Gerasimov Garcia Rodriguez Lopez Maduro Dubois Moreau Kabila Tshisekedi "
    "Kagame Mukasa Okello Deng Kiir Burhan Dagalo Hamdok Smith Johnson Miller Brown Harris Petrosyan Sargsyan "
    "Aliyev Huseynov Beridze Kobakhidze Khan Sharif Bhutto Singh Sharma Hlaing Htun Zhang Wang Lee Tadesse Keita "
    "Traore Diallo Coulibaly Goita Bello Okafor Adeyemi Kariuki Yilmaz Demir Cohen Levy Netanyahu Halevi Austin "
    "Milley Rutte Guterres"
).split()
GROUPS = (
    "M23|Hezbollah|Hamas|Houthi|Wagner|Taliban|Boko Haram|Al Shabaab|Islamic State|Arakan Army|Rapid Support "
    "Forces|RSF|SDF|Free Syrian Army|Liberation Front|National Army|JNIM|ADF|Karen National Liberation Army|Popular "
    "Front|ELN|Fano|PKK|Azov|People's Defence Force|Mai-Mai|Libyan National Army|Farmers' Union|Red Crescent|Lions "
    "of the Desert"
).split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April June July August September October November December".split()
_SLOT = re.compile(r"\{(\w+?)\d?\}")
_PLAIN = re.compile(r"[A-ZÀ-Ž][\w'’-]{2,}(?: [A-ZÀ-Ža][\w'’-]+){0,2}")


@dataclass(slots=True)
class World:
    """Names by country: towns, the larger of them, regions, capital, the country's own name, demonym."""

    towns: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    cities: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    regions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    capital: dict[str, str] = field(default_factory=dict)
    name: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)


def world() -> World:
    """Read the names from the gazetteer's files."""
    found, codes = World(), {}
    for row in _rows("countries.tsv"):
        if row["kind"] == "country":
            found.name[row["iso2"]], codes[row["id"]] = row["name"], row["iso2"]
    for row in _rows("demonyms.tsv"):
        if row["id"] in codes:
            found.people[codes[row["id"]]] = row["demonyms"].split("|")[0]
    for row in _rows("places.admin1.tsv"):
        if _PLAIN.fullmatch(row["name"]):
            found.regions[row["code"][:2]].append(row["name"])
    for row in _rows("places.tsv.xz"):
        name, country = row["name"], row["country"]
        if _PLAIN.fullmatch(name) and name.lower() not in ORDINARY:
            (found.cities if int(row["population"] or 0) > 50_000 else found.towns)[country].append(name)
        if row["feature_code"] == "PPLC":
            found.capital[country] = name
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = GAZETTEER / name
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        kept = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        head = next(kept)
        for cells in kept:
            yield dict(zip(head, [*cells, *[""] * len(head)], strict=False))


def reports(seed: int) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Give every report: its text, and start, end and slot of every name in it."""
    chance, names = random.Random(seed), world()
    templates = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    able = sorted(
        code for code in names.people if all(code in one for one in (names.towns, names.cities, names.regions))
    )
    at_war = [code for code in CONFLICTS if code in able]
    for number in range(REPORTS):
        home, abroad = chance.choice(able if number % 2 else at_war), chance.choice(able)
        yield _report(chance.sample(templates, LENGTH), names, home, abroad, chance)


def _report(
    templates: Sequence[str], names: World, home: str, abroad: str, chance: random.Random
) -> tuple[str, list[tuple[int, int, str]]]:
    text, spans = "", []
    for template in templates:
        last = 0
        for slot in _SLOT.finditer(template):
            text += template[last : slot.start()]
            other = slot.group()[-2].isdigit()
            words = _words(slot[1], names, abroad if other else home, chance)
            spans.append((len(text), len(text) + len(words), slot[1].lower()))
            text, last = text + words, slot.end()
        text += template[last:] + ("\n" if chance.random() < 0.5 else " ")
    return text, spans


def _words(slot: str, names: World, country: str, chance: random.Random) -> str:
    if slot.isupper():
        return _words(slot.lower(), names, country, chance).upper()
    if slot == "town":
        name = chance.choice((names.cities if chance.random() < 0.4 else names.towns)[country])
        return name if chance.random() < 0.3 else _bare(name)
    if slot in {"surname", "person"}:
        # one in five is also a town, for it is the words around that tell
        last = chance.choice(SURNAMES if chance.random() < 0.8 else names.towns[country])
        first = chance.choice(GIVEN if chance.random() < 0.6 else sorted(GIVEN_NAMES)).title()
        return last if slot == "surname" else f"{first} {last}"
    if slot == "region":
        return _bare(chance.choice(names.regions[country]))
    kinds = {"country": names.name, "people": names.people, "capital": names.capital}
    if slot in kinds:
        return kinds[slot].get(country, "Kyiv")
    plain = {
        "bloc": ["EU", "European Union"],
        "group": GROUPS,
        "day": DAYS,
        "month": MONTHS,
        "number": ["12", "five", "more than 40", "three", "200"],
    }
    return chance.choice(plain[slot])


def _bare(name: str) -> str:
    """Return a name without the marks on its letters, as news agencies write it."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
