"""People without their numbers."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.pseudonyms import KEY_FILE, load_pseudonyms
from recommender.domain import UserId

ADA, BOB = UserId(7_700_000_001), UserId(7_700_000_002)


def test_a_person_is_the_same_after_a_restart_and_another_on_another_installation(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here = load_pseudonyms(tmp_path / "here")
    assert here.of(ADA) == load_pseudonyms(tmp_path / "here").of(ADA)
    assert len({here.of(ADA), here.of(BOB), load_pseudonyms(tmp_path / "there").of(ADA)}) == 3
    assert str(ADA) not in here.of(ADA)


def test_the_key_is_for_its_owner_alone_and_never_shown(tmp_path: Path) -> None:
    pseudonyms = load_pseudonyms(tmp_path)
    key = (tmp_path / KEY_FILE).read_bytes()
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert pseudonyms.key == key
    assert repr(key) not in repr(pseudonyms)


def test_a_key_cut_short_is_refused_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(OSError, match="must hold 32 bytes; delete it"):
        load_pseudonyms(tmp_path)
