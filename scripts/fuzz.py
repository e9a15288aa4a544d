"""Fuzz what strangers can send, following coverage: `python scripts/fuzz.py [TARGET ...] [--seconds N]`.

Needs the extra `fuzz` (Linux). What it finds is a line in tests/fuzz/test_targets.py; inputs are kept in build/fuzz.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
KEPT: Final = ROOT / "build" / "fuzz"
LONGEST_INPUT: Final = 4_096


def main() -> None:
    """Fuzz every target in a process of its own, one after another; ends with 1 where any found something."""
    sys.path.insert(0, str(ROOT))
    options = _parse()
    if options.within:
        _fuzz(options.targets[0], options.seconds)
        return
    from tests.fuzz.targets import TARGETS

    command = [sys.executable, __file__, "--within", "--seconds", str(options.seconds)]
    failed = [name for name in options.targets or TARGETS if subprocess.run([*command, name], check=False).returncode]
    sys.exit(f"these found something: {', '.join(failed)}" if failed else 0)


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["bot", "recommender", "tests.fuzz"]):
        from tests.fuzz.seeds import SEEDS
        from tests.fuzz.targets import TARGETS
    folder = KEPT / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (folder / f"seed-{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST_INPUT}", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup(
        [name, str(folder), f"-artifact_prefix={KEPT}/{name}-", "-print_final_stats=1", *limits], TARGETS[name]
    )
    atheris.Fuzz()


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz", description="Fuzz what strangers can send.")
    parser.add_argument("targets", nargs="*", help="names in tests/fuzz/targets.py; none for all")
    parser.add_argument("--seconds", type=int, default=60, help="how long each")
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
