"""The one place where text enters a map: as HTML, or as JSON inside a script."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

_PLAIN = frozenset(" .,:;!?()-")  # beside letters, digits and combining marks of any script
_JOINERS = frozenset("\u200c\u200d")  # Persian spelling and emoji need them, and they reorder nothing
_REPLACEMENT = "\ufffd"


def as_html(text: object) -> str:
    """Return text that shows as itself in any HTML: element, quoted attribute, template literal.

    Every character but letters, digits, combining marks, space and `. , : ; ! ? ( ) -` becomes a numeric entity, so
    that none is left that HTML, JavaScript or a template could act on. Characters that hide or reorder text become
    U+FFFD.

    >>> as_html("<b>${x}`")
    '&#60;b&#62;&#36;&#123;x&#125;&#96;'
    """
    return "".join(c if _is_plain(c) else f"&#{ord(c)};" for c in visible(str(text)))


def visible(text: str) -> str:
    r"""Return text without characters that hide, reorder or break what a reader sees; each becomes U+FFFD.

    These are control and format characters (direction overrides among them), lone surrogates and non-characters; line
    breaks, tabs and joiners stay.
    """
    if text.isprintable():  # nothing that is printable is one of them
        return text
    return "".join(_REPLACEMENT if _is_deceptive(c) else c for c in text)


def as_script_json(value: Any) -> str:
    """Return JSON that can stand in a script: no character in a string ends the script, a literal or a template.

    Strings keep only ASCII letters, digits, space and `. , : ; ! ? ( ) -`; the rest is written as \\uXXXX. Parsed, it
    is the same value (deceptive characters replaced). Raises ValueError for NaN and infinity.
    """
    raw = json.dumps(_shown(value), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return _STRING.sub(lambda match: f'"{_SPECIAL.sub(_as_unicode_escape, match.group(1))}"', raw)


def web_address(text: str | None) -> str | None:
    """Return the address if it is one of the web (http, https) that a link may lead to, otherwise None."""
    if not text or any(_is_deceptive(c) or c.isspace() for c in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')  # the alternatives share no character: linear
_SPECIAL = re.compile(r"(\\u[0-9a-f]{4})|\\(.)|[^A-Za-z0-9 .,:;!?()\-]")
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _as_unicode_escape(match: re.Match[str]) -> str:
    unicode_escape, short = match.groups()
    if unicode_escape:
        return str(unicode_escape)
    return f"\\u{ord(_SHORT.get(short, short) if short else match.group()):04x}"


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {visible(str(key)): _shown(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_shown(item) for item in value]
    return value


def _is_plain(character: str) -> bool:
    return character in _PLAIN or character.isalnum() or unicodedata.category(character).startswith("M")


def _is_deceptive(character: str) -> bool:
    if character in "\n\r\t" or character in _JOINERS:
        return False
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
