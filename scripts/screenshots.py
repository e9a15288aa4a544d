"""Draw docs/screenshots from the real demo, by day and by night: `make screenshots`.

The demo runs as `make demo` starts it, on a data directory of its own; the list is by the model that it trains first.
"""

from __future__ import annotations

import io
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "screenshots"
CHROMIUM: Final = "/usr/bin/chromium"
# A small phone, and a tablet on which the people stand beside the chat.
SCREENS: Final = (ViewportSize(width=360, height=800), ViewportSize(width=768, height=1024))
DENSITY: Final = 2  # pixels to a point, as on a phone: text stays sharp where a page shows it smaller
QUALITY: Final = 80
LARGEST_BYTES: Final = 200_000
ANSWER_MS: Final = 60_000
TRAINED_S: Final = 900.0  # half a minute on two free cores
EMOJI: Final = "1f44d"  # without a font that holds it, buttons show boxes

GENRES: Final = ("Action", "Sci-Fi", "Thriller")
RATED: Final = 5  # the interview ends by itself
MISSPELT: Final = "blade runer 1982"
OF_MANY: Final = "star"
NEWS: Final = "I have learned"


def main() -> None:
    """Chat as somebody new does, and keep what they see."""
    if not subprocess.run(["fc-list", f":charset={EMOJI}"], capture_output=True, text=True, check=True).stdout:
        sys.exit("screenshots need a font with emoji (on Debian: apt install fonts-noto-color-emoji). Received: none")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page, port = browser.new_page(viewport=SCREENS[0], device_scale_factor=DENSITY, locale="en-GB"), free_port()
        with running_demo(Path(data), port) as address:
            page.goto(address)
            get_to_know(page)
            wait_for_model(Path(data))
        # A second start has the model, remembers the person, and opens on an empty chat.
        with running_demo(Path(data), port) as address:
            page.goto(address)
            come_back(page)
        browser.close()


@contextmanager
def running_demo(data: Path, port: int) -> Iterator[str]:
    """Run a demo and yield its page's address."""
    command = [sys.executable, "-m", "bot", "--data-dir", str(data), "demo", "--port", str(port), "--no-open"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://[\d.]+:\d+/", line)))
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody uses: the browser knows its person by the page's address, port included."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def get_to_know(page: Page) -> None:
    """Go from the start button through genres and a first few films."""
    start(page)
    sees(page, "Which genres do you enjoy?")
    tap(page, "👍 Yes, use my ratings")
    for genre in GENRES:
        tap(page, genre)
        expect(newest(page).get_by_role("button", name=f"✅ {genre}")).to_be_visible(timeout=ANSWER_MS)
    keep(page, "onboarding")
    tap(page, "✔️ Done, show me films")
    sees(page, "Now make it yours")
    tap(page, "⭐ Rate films")
    sees(page, "How did you like it?")
    for count in range(1, RATED + 1):
        if count == 3:
            dismiss(page, "Not now")
            keep(page, "interview")
        rate(page, count)


def come_back(page: Page) -> None:
    """Rate one more film, look others up, ask for a list and tune it."""
    start(page)
    sees(page, "Welcome back!")
    dismiss(page, "Not now")
    say(page, "/rate")
    sees(page, "How did you like it?")
    rate(page, RATED + 1)
    say(page, MISSPELT)
    sees(page, "Blade Runner")
    one = page.get_by_role("log").get_by_role("button", name="1", exact=True)
    if one.count():  # several films answer; a sure one opens by itself
        one.last.click()
    sees(page, "Seen it?")
    keep(page, "card")
    say(page, OF_MANY)
    sees(page, "Star Wars")
    keep(page, "search")
    say(page, "/recommend")
    sees(page, "because you liked")
    keep(page, "list")
    tap(page, "🎛 Tune")
    sees(page, "Tune your list")
    keep(page, "tune")


def rate(page: Page, count: int) -> None:
    """Give the film on the newest card what somebody gives who loves these genres, and no romances."""
    card = newest(page).inner_text()
    tap(page, "2★" if "Romance" in card else "5★" if any(genre in card for genre in GENRES) else "4★")
    sees(page, f"{count} film{'s' if count > 1 else ''} rated")


def wait_for_model(data: Path) -> None:
    deadline = time.monotonic() + TRAINED_S
    while not (data / "demo" / "bundles" / "current").exists():
        assert time.monotonic() < deadline, f"the first model must be there within {TRAINED_S:.0f} s"
        time.sleep(1)


def start(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click(timeout=ANSWER_MS)


def newest(page: Page) -> Locator:
    """Return the bot's newest answer; its news of a model comes by itself, in between."""
    return page.get_by_role("log").locator("li.message:not(.mine)").filter(has_not_text=NEWS).last


def sees(page: Page, text: str) -> None:
    expect(newest(page)).to_contain_text(text, timeout=ANSWER_MS)


def tap(page: Page, label: str) -> None:
    page.get_by_role("log").get_by_role("button", name=label, exact=True).last.click()


def say(page: Page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.keyboard.press("Enter")


def dismiss(page: Page, label: str) -> None:
    """Send away what stands beside the chat."""
    page.get_by_role("button", name=label).click(timeout=ANSWER_MS)


def keep(page: Page, name: str) -> None:
    """Write what is on each screen, light and dark; nothing lies over it or is in focus."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    expect(page.locator("#toast")).to_be_hidden(timeout=ANSWER_MS)
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    for screen in SCREENS:
        page.set_viewport_size(screen)
        page.evaluate("document.getElementById('scroller').scrollTo(0, 1e6)")
        expect(page.get_by_role("button", name="Newest messages")).to_be_hidden()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            write(page.screenshot(animations="disabled"), FOLDER / f"{name}-{screen['width']}-{scheme}.webp")
    page.set_viewport_size(SCREENS[0])


def write(png: bytes, path: Path) -> None:
    """Write a picture small enough for a page."""
    Image.open(io.BytesIO(png)).convert("RGB").save(path, quality=QUALITY, method=6)
    size = path.stat().st_size
    assert size <= LARGEST_BYTES, f"{path.name} must have at most {LARGEST_BYTES} bytes. Received: {size}"
    print(f"{path.relative_to(ROOT)}: {size // 1000} KB", file=sys.stderr)


if __name__ == "__main__":
    main()
