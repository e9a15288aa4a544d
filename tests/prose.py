"""What is wrong with a page of the docs: its links, the commands and files it names, the width of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import typer

from benchmarks.__main__ import BENCHMARKS, LONG
from bot.__main__ import app

ROOT: Final = Path(__file__).resolve().parent.parent
PAGES: Final = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
WIDTH: Final = 100
# Folders of the checkout; a path in code that begins with one is a file or a folder that is there.
FOLDERS: Final = "benchmarks|bot|docs|migrations|recommender|scripts|tests"
_LINK: Final = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
_NAME: Final = re.compile(r"[\w.*/-]+\.(?:py|md|toml|yaml|lock)")
_TREE: Final = re.compile(r"( {4,})((?:[\w.]+(?:/|\.py)(?:, )?)+)(?: |$)")


def find_faults(page: Path, text: str) -> Iterator[str]:
    """Yield one line per fault of a page."""
    yield from find_wide_lines(text)
    yield from find_broken_links(page, text)
    for code in find_code(text):
        yield from find_missing_targets(code)
        yield from find_wrong_commands(code)
        yield from find_wrong_benchmarks(code)
        yield from find_missing_files(code)
    yield from (f"{path} of the tree is not there" for path in find_tree(text) if not (ROOT / path).exists())


def find_wide_lines(text: str) -> Iterator[str]:
    """Yield prose wider than a page; tables, pictures, code and the targets of links may be wider."""
    for line in text.splitlines():
        shown = re.sub(r"\]\([^)]*\)", "]", line)
        if len(shown) > WIDTH and not line.startswith(("|", "<", "    ")):
            yield f"a line has at most {WIDTH} characters. Received: {line}"


def find_broken_links(page: Path, text: str) -> Iterator[str]:
    """Yield links to files and headings that are not there."""
    for target in (one or other for one, other in _LINK.findall(text)):
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        if target.startswith(("https://", "http://")):
            continue
        if name and not file.exists():
            yield f"{target}: no such file"
        elif anchor and anchor not in find_anchors(file.read_text(encoding="utf-8") if name else text):
            yield f"{target}: no such heading"


def find_anchors(text: str) -> set[str]:
    """Return what a link may name of a page: its headings, as GitHub spells them."""
    spelt = [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"(?m)^#+ (.+)", text)]
    return {
        f"{each}-{spelt[:place].count(each)}" if each in spelt[:place] else each for place, each in enumerate(spelt)
    }


def find_code(text: str) -> Iterator[str]:
    """Yield each line of a code block without its comment, and each piece of code within prose."""
    for line in text.splitlines():
        if line.startswith("    "):
            yield line.partition(" # ")[0].strip()
    prose = "\n".join(line for line in text.splitlines() if not line.startswith("    "))
    yield from (" ".join(code.split()) for code in re.findall(r"`([^`]+)`", prose))


def find_missing_targets(code: str) -> Iterator[str]:
    """Yield a target of make that the Makefile lacks."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    if (found := re.match(r"make ([a-z-]+)", code)) and not re.search(rf"(?m)^{found[1]}:", makefile):
        yield f"{code}: no such target"


@cache
def commands() -> Mapping[str, frozenset[str]]:
    """Return each command of reelmate as typed, with its options; "" has the options of all."""
    root = typer.main.get_group(app)
    found = {"": _options(root)}
    for name, command in root.commands.items():
        inner = command.commands if isinstance(command, typer.core.TyperGroup) else {}
        found |= {f"{name} {each}": _options(leaf) for each, leaf in inner.items()} or {name: _options(command)}
    return found


def _options(command: object) -> frozenset[str]:
    parameters = getattr(command, "params", [])
    return frozenset(p.opts[0] for p in parameters if p.opts and p.opts[0].startswith("-") and "--help" not in p.opts)


def find_wrong_commands(code: str) -> Iterator[str]:
    """Yield a command of reelmate that is not there, or that lacks an option it is given."""
    typed = re.fullmatch(r"(?:\.venv/bin/)?reelmate\b(?: --data-dir \S+| --debug)*(.*)", code)
    if typed is None:
        return
    words = re.findall(r"[^\s\[\]]+", re.sub(r'"[^"]*"', "", typed[1]))
    name = next((name for name in (" ".join(words[:2]), " ".join(words[:1])) if name in commands()), None)
    if name is None and not any(known.startswith(f"{words[0]} ") and not words[1:] for known in commands()):
        yield f"{code}: no such command"
    for option in (word for word in words if re.match(r"-+[a-z]", word)):
        if option not in commands().get(name or "", ()):
            yield f"{code}: no such option {option}"


def find_wrong_benchmarks(code: str) -> Iterator[str]:
    """Yield a benchmark that is not there, or that lacks an option it is given; NAME stands for any."""
    typed = re.fullmatch(r"(?:\.venv/bin/)?python -m benchmarks (\w+)(.*)", code)
    if typed is None or typed[1] == "NAME":
        return
    if typed[1] not in (*BENCHMARKS, *LONG):
        yield f"{code}: no such benchmark"
        return
    sources = [(ROOT / "benchmarks" / f"{name}.py").read_text(encoding="utf-8") for name in (typed[1], "figures")]
    for option in re.findall(r"--[a-z-]+", typed[2]):
        if not any(f'"{option}"' in source for source in sources):
            yield f"{code}: no such option {option}"


def find_missing_files(code: str) -> Iterator[str]:
    """Yield a path, or the bare name of a file, that the checkout lacks; NAME stands for any."""
    for name in code.replace("NAME", "*").split():
        if re.match(rf"(?:{FOLDERS})/[\w.*/-]+$", name):
            if not list(ROOT.glob(name.rstrip("/"))):
                yield f"{name}: no such file"
        elif _NAME.fullmatch(name) and "/" not in name and not _is_somewhere(name):
            yield f"{name}: no file of this name"


def _is_somewhere(name: str) -> bool:
    return any(list((ROOT / folder).rglob(name)) for folder in FOLDERS.split("|")) or bool(list(ROOT.glob(name)))


def find_tree(text: str) -> Iterator[str]:
    """Yield the paths of a tree drawn by indentation, each line a folder with "/" or modules with ".py"."""
    folders: list[tuple[int, str]] = []
    for line in text.splitlines():
        if found := _TREE.match(line):
            folders = [(depth, name) for depth, name in folders if depth < len(found[1])]
            above = "".join(name for _, name in folders)
            yield from (f"{above}{name}" for name in found[2].split(", "))
            folders += [(len(found[1]), found[2])] if found[2].endswith("/") else []
