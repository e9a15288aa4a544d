"""The board: every model and every peer, measured in one frame, kept file by file so that a run can be stopped."""

from __future__ import annotations

from benchmarks.board.hall import JUDGES, Hall, Judges, is_network
from benchmarks.board.measuring import PARTS, Part, measure
from benchmarks.board.work import Task, Work

__all__ = ["JUDGES", "PARTS", "Hall", "Judges", "Part", "Task", "Work", "is_network", "measure"]
