"""The shell: Telegram, SQL, clock, files and environment around the recommender."""

import sys
from typing import Any, cast

# httpx imports its own command line where it can, with Rich and Pygments: 9 MB of every bot, which has no use for it.
cast(dict[str, Any], sys.modules).setdefault("httpx._main", None)
