"""What Reelmate is made of: `sbom.json`, a CycloneDX bill of materials of requirements.lock, and licences by package.

python scripts/sbom.py [FILE]: components with their pinned hashes come from the lock, licences from what is installed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
UNKNOWN = "not installed here"
AUDIT_S = 120
QUIET = ("--no-deps", "--progress-spinner=off")


def main(target: Path) -> None:
    """Write the bill, print every package with its licence, and what is known against any of them."""
    bill = _read_lock()
    licences = {component["name"]: _find_licence(component["name"]) for component in bill["components"]}
    for component in bill["components"]:
        if (licence := licences[component["name"]]) != UNKNOWN:
            component["licenses"] = [{"license": {"name": licence}}]
    target.write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")
    for component in bill["components"]:
        print(f"{component['name']}=={component['version']}  {licences[component['name']]}")
    hashed = sum(bool(_hashes(component)) for component in bill["components"])
    print(f"\n{target}: {len(bill['components'])} components, {hashed} of them with pinned hashes")
    print(", ".join(f"{licence}: {count}" for licence, count in Counter(licences.values()).most_common()))
    print(_audit())


def _read_lock() -> dict[str, Any]:
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(LOCK), "--output-reproducible"]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    bill: dict[str, Any] = json.loads(made.stdout)
    return bill


def _hashes(component: dict[str, Any]) -> list[Any]:
    return [one for place in component.get("externalReferences", ()) for one in place.get("hashes", ())]


def _find_licence(name: str) -> str:
    """Return a package's licence as its metadata says it: the expression, the classifiers, or the first words."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return UNKNOWN
    classifiers = [text.rpartition(" :: ")[2] for text in found.get_all("Classifier", []) if text.startswith("License")]
    said = found.get("License-Expression") or " AND ".join(classifiers) or found.get("License") or "unnamed"
    return re.split(r"[\r\n]", said.strip(), maxsplit=1)[0][:60]


def _audit() -> str:
    """Return what pip-audit knows against the pinned versions, as far as it reaches its database."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--disable-pip", "-f", "json", *QUIET]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=AUDIT_S, check=False)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return "pip-audit: its database was not reached"
    skipped = [package["name"] for package in found if "skip_reason" in package]
    known = [f"{package['name']}: {fault['id']}" for package in found for fault in package.get("vulns", ())]
    looked = f"{len(found) - len(skipped)} of {len(found)} packages looked up"
    return f"pip-audit: {looked}; known against them: {', '.join(known) or 'nothing'}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "sbom.json")
