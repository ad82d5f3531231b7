"""The address of a view: what its parameters say, and what the open map says for them.

Everything that comes from the address is bounded and looked up; what is not known is ignored. Position and hidden
layers are read and written in the browser (geo/ui/components/link.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LONGEST = 200  # characters of one parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address asks for; None or "" where it does not say."""

    map: str = ""  # key of a map or name of a seed
    select: str = ""  # id of a feature
    view: str = ""  # world view
    as_of: date | None = None
    since: date | None = None
    until: date | None = None
    find: str = ""


def read_address(parameters: Mapping[str, str]) -> Address:
    """Read the parameters of an address; never raises."""
    return Address(
        map=_text(parameters, "map"),
        select=_text(parameters, "select"),
        view=_text(parameters, "view"),
        as_of=_day(parameters, "as_of"),
        since=_day(parameters, "since"),
        until=_day(parameters, "until"),
        find=_text(parameters, "find"),
    )


def parameters_of(address: Address) -> dict[str, str]:
    """Return the parameters of an address, those that say something."""
    named = {name: getattr(address, name) for name in ("map", "select", "view", "as_of", "since", "until", "find")}
    return {name: str(value) for name, value in named.items() if value}


def _text(parameters: Mapping[str, str], name: str) -> str:
    text = str(parameters.get(name) or "")
    return text if len(text) <= LONGEST and text.isprintable() else ""


def _day(parameters: Mapping[str, str], name: str) -> date | None:
    try:
        day = date.fromisoformat(_text(parameters, name))
    except ValueError:
        return None
    return day if 1800 <= day.year <= 2100 else None
