"""`python -m bot.catalogue.starter`: check the written files; `make check` does."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.catalogue.starter.checking import find_faults

if __name__ == "__main__":
    faults = list(find_faults(Path(__file__).resolve().parent, datetime.now(UTC).year))
    print("\n".join(faults) or "starter: clean")
    sys.exit(bool(faults))
