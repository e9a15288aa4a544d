"""What axe-core finds on the page that keeps somebody out."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, ViewportSize

WIDTHS = (360, 768)  # a phone, and just beside the list of people
# The levels of WCAG 2.2 that a person is kept out without (axe-core, "Rule Descriptions").
GRAVE = ("serious", "critical")
# Why axe leaves a contrast open (axe-core, "color-contrast"), where what it left open is seen elsewhere.
UNJUDGED = ("shortTextContent", "pseudoContent", "nonBmp")


async def barriers(page: Page, where: str) -> list[str]:
    """Return what keeps somebody out, by day and by night, at every width; skip the test where axe is absent."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, of the extra dev, is not installed")
    found = []
    for width in WIDTHS:
        await page.set_viewport_size(ViewportSize(width=width, height=760))
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="light" if scheme == "light" else "dark", reduced_motion="reduce")
            found += [f"{where}, {width} px, {scheme}: {one}" for one in await _axe(page)]
    return found


async def _axe(page: Page) -> list[str]:
    from axe_playwright_python.async_playwright import Axe

    results: dict[str, Any] = (await Axe().run(page, options={"resultTypes": ["violations", "incomplete"]})).response
    grave = [(rule["id"], node) for rule in results["violations"] if rule["impact"] in GRAVE for node in rule["nodes"]]
    doubtful = [("contrast not seen", node) for rule in results["incomplete"] for node in _unseen(rule)]
    return [f"{what}: {node['html']}" for what, node in (*grave, *doubtful)]


def _unseen(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """Return whose contrast axe could not judge, but for single letters, signs and what a bubble's tail touches."""
    if rule["id"] != "color-contrast":
        return []
    return [node for node in rule["nodes"] if node["any"][0]["data"]["messageKey"] not in UNJUDGED]
