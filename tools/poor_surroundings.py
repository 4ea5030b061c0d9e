"""The quick tests where everything around them is poor at once: `python tools/poor_surroundings.py [TESTS…]`.

No home to write to, no locale, a Chinese Windows console, warnings as errors, no compiled modules read or
written, and a temporary folder in which somebody has put modules and links of their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Tests that read what another process prints take it for UTF-8, so they are not among them.
QUICK = (
    "tests/text/test_fold.py",
    "tests/text/test_segment.py",
    "tests/text/test_script.py",
    "tests/rulebook/test_strict.py",
    "tests/readers/test_reading_encodings.py",
    "tests/cli/test_check_command.py",
)
POISON = ("os", "re", "json", "regex", "yaml", "click", "jieba", "opencc", "collectlint", "sitecustomize")


def main() -> int:
    """The exit code of pytest."""
    with tempfile.TemporaryDirectory() as place:
        poisoned, compiled = Path(place, "poisoned"), Path(place, "compiled")
        poisoned.mkdir(mode=0o777)
        for name in POISON:
            (poisoned / f"{name}.py").write_text("raise SystemExit('imported from the temporary folder')\n")
            (poisoned / f"{name}.cache").symlink_to("/dev/zero")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "XDG_"))},
            "HOME": "/proc/none" if os.path.isdir("/proc") else "/dev/null/none",
            "LC_ALL": "C", "LANG": "C",
            "PYTHONIOENCODING": "cp936:replace", "PYTHONWARNINGS": "error",
            "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(compiled),
            "TMPDIR": str(poisoned), "PYTHONPATH": str(ROOT / "src"),
        }  # fmt: skip
        words = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"]
        words += ["-n", "2", "--basetemp", str(Path(place, "tests")), *(sys.argv[1:] or QUICK)]
        code = subprocess.run(words, cwd=ROOT, env=environment).returncode
        assert not compiled.exists(), "compiled modules were written"
        return code


if __name__ == "__main__":
    sys.exit(main())
