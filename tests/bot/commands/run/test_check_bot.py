"""Doctor names the remedy of each red light of a bot that runs."""

from __future__ import annotations

import os
from pathlib import Path

from bot.commands.run.check_bot import check_bot
from bot.commands.run.heartbeat import FILE, STALE_S, write_beat
from bot.delivery import Health
from bot.settings import load_settings
from bot.storage import Store, Waiting
from bot.vitals.probe import Probe
from bot.vitals.sign import Report, Sign
from bot.vitals.watch import Watch
from tests.databases import migrated_url


def test_where_no_bot_runs_it_says_how_to_start_one(tmp_path: Path) -> None:
    (finding,) = check_bot(load_settings(data_dir=tmp_path))
    assert finding.state == "note"
    assert "reelmate run" in finding.advice


def test_a_bot_that_is_well_is_one_line(tmp_path: Path) -> None:
    write_beat(tmp_path, Report((Sign("disk"),)))
    (finding,) = check_bot(load_settings(data_dir=tmp_path))
    assert (finding.state, finding.advice) == ("ok", "")


def test_a_bot_that_gives_no_sign_any_more_is_a_fault(tmp_path: Path) -> None:
    write_beat(tmp_path, Report((Sign("disk"),)))
    old = (tmp_path / FILE).stat().st_mtime - STALE_S - 5
    os.utime(tmp_path / FILE, (old, old))
    (finding,) = check_bot(load_settings(data_dir=tmp_path))
    assert finding.state == "fault"
    assert "restart" in finding.advice


def test_every_red_light_has_its_remedy(tmp_path: Path) -> None:
    with Store(migrated_url(tmp_path)) as store:
        watch = Watch(tmp_path / "gone", Health(), Probe(store), refusal=lambda: "a checksum is wrong")
        watch.telegram.fatal = "the token must be right; get a new one. Received: 401"
        watch.telegram.trouble = "Telegram must reach the webhook; look at the proxy. Received: nothing"
        watch.probe.refusal = "the disk must have room; free some space. Received: full"
        watch.probe.waiting = Waiting(inbox=1, inbox_s=9_000, outbox=1, outbox_s=9_000)
        report = watch.look()
    write_beat(tmp_path, report)
    findings = list(check_bot(load_settings(data_dir=tmp_path)))
    assert [finding.subject for finding in findings] == [f"Bot: {sign.name}" for sign in report.signs]
    assert all(finding.state == "fault" and finding.fact and finding.advice for finding in findings)
    assert findings[0].advice == "Get a new one."
    assert findings[2].fact == "full"
