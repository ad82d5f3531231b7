"""Copy the files of vendor.toml out of npm packages, checked against their hashes.

python static/vendor.py FOLDER     FOLDER is where `npm pack leaflet@1.9.4 ...` put its .tgz files; those that are
                                   missing are fetched with `npm pack`
"""

import hashlib
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(folder: Path) -> None:
    """Copy every file."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in tomllib.loads((HERE / "vendor.toml").read_text(encoding="utf-8"))["package"]:
        name, version = package["name"], package["version"]
        archive = folder / f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"
        if not archive.exists():
            subprocess.run(["npm", "pack", f"{name}@{version}", "--pack-destination", str(folder)], check=True)
        if hashlib.sha256(archive.read_bytes()).hexdigest() != package["sha256"]:
            sys.exit(f"{archive} is not the file of vendor.toml: its SHA-256 differs")
        with tarfile.open(archive) as tar:
            for inside, outside in package["files"].items():
                member = tar.extractfile(f"package/{inside}")
                assert member is not None, inside
                target = HERE / outside
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(member.read())
        print(f"{name} {version}: {len(package['files'])} files")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/npm"))
