"""The benchmark of the demo taps buttons that are there."""

from __future__ import annotations

from pathlib import Path

from benchmarks.demo import BUTTONS
from bot import messages


def test_the_buttons_are_called_so() -> None:
    words = (Path(messages.__file__).parent / "locale/en/messages.po").read_text(encoding="utf-8")
    assert [button for button in BUTTONS if f'msgstr "{button}"' not in words] == []
