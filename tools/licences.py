"""Checks the licence of every locked dependency against a list; installed packages are asked, offline.

`python tools/licences.py [requirements/run.txt ...]` prints what each one is under; exit code 1 when one is
missing or under a licence that does not go with Apache-2.0 in the way it is used.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

_GOOD = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Unlicense|Zlib|0BSD|CC0|HPND|MPL|Mozilla",
    re.IGNORECASE,
)
_BAD = re.compile(r"(?<!L)GPL|AGPL|SSPL|Commons Clause|BUSL|proprietary", re.IGNORECASE)
_KNOWN = {  # whose own metadata do not say it
    "opencc-python-reimplemented": "Apache-2.0",  # LICENSE.txt in the source archive
}
_DEV_ONLY = {  # used to test, not shipped and not imported by what is shipped
    "atheris": "Apache-2.0",
    "axe-playwright-python": "MIT",
    "hypothesis": "MPL-2.0",
    "python-stdnum": "LGPL-2.1-or-later",
    "junitparser": "Apache-2.0",
    "grimp": "BSD-2-Clause",
    "editables": "MIT",
}


def licence_of(name: str) -> str:
    """What a package says of itself: the SPDX expression, else the classifiers, else the free text."""
    told = metadata.metadata(name)
    classifiers = [
        one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License")
    ]
    written = told.get("License-Expression") or ", ".join(classifiers) or (told.get("License") or "")
    return written.strip().split("\n")[0][:80]


def names(lock: Path) -> list[str]:
    """The packages of a lock file, without those for other machines than this one."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)


def main() -> int:
    locks = [Path(word) for word in sys.argv[1:]] or [Path("requirements/run.txt")]
    shipped = {name for lock in locks if lock.name == "run.txt" for name in names(lock)}
    bad = 0
    for name in sorted({name for lock in locks for name in names(lock)}):
        try:
            licence = _KNOWN.get(name) or licence_of(name) or _DEV_ONLY.get(name, "")
        except metadata.PackageNotFoundError:
            print(f"{name:32} not installed here")
            continue
        good = bool(_GOOD.search(licence)) and not _BAD.search(licence)
        good = good or (name in _DEV_ONLY and name not in shipped)
        bad += not good
        print(f"{name:32} {licence or 'unknown'}{'' if good else '   <- look at this'}")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
