"""The security corpus: texts that must show as themselves wherever they end up."""

import re
from pathlib import Path


def hostile_texts() -> list[str]:
    r"""Return the texts of hostile.txt, with \uXXXX turned into its character."""
    lines = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines()
    return [
        re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match.group(1), 16)), line)
        for line in lines
        if line and not line.startswith("#")
    ]
