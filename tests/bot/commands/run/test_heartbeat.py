from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.commands.errors import CommandError
from bot.commands.run.heartbeat import FILE, STALE_S, beat, check_alive


async def beat_once(folder: Path, *, is_ok: bool) -> None:
    task = asyncio.create_task(beat(folder, lambda: is_ok))
    await asyncio.sleep(0)
    task.cancel()


async def test_a_bot_that_hears_telegram_is_alive(tmp_path: Path) -> None:
    await beat_once(tmp_path, is_ok=True)
    check_alive(tmp_path)


async def test_a_bot_that_hears_nothing_gives_no_sign(tmp_path: Path) -> None:
    await beat_once(tmp_path, is_ok=False)
    with pytest.raises(CommandError, match="no sign"):
        check_alive(tmp_path)


async def test_an_old_sign_is_none(tmp_path: Path) -> None:
    await beat_once(tmp_path, is_ok=True)
    seen_at = (tmp_path / FILE).stat().st_mtime
    check_alive(tmp_path, now=lambda: seen_at + STALE_S - 1)
    with pytest.raises(CommandError, match="ago"):
        check_alive(tmp_path, now=lambda: seen_at + STALE_S + 1)
