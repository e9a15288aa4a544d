"""The title in a file's name: "The.Matrix.1999.1080p.BluRay.x264.mkv" is The Matrix (1999)."""

from __future__ import annotations

import re
from typing import Final

_ENDING: Final = re.compile(
    r"\.(?:mkv|mp4|m4v|avi|mov|wmv|flv|webm|mpe?g|ts|m2ts|iso|vob|srt|sub|ass|idx|nfo|torrent|part|rar|zip)$",
    re.IGNORECASE,
)
# What release names say behind title and year.
_TAG: Final = re.compile(
    r"(?<![^\W_])(?:[0-9]{3,4}[pi]|[48]k|uhd|hdr(?:10)?|blu-?ray|b[dr]-?rip|dvd-?(?:rip|scr|r)?|web(?:-?(?:rip|dl))?|"
    r"hd-?(?:tv|rip|ts|cam)|cam-?rip|telesync|remux|[xh][. ]?26[45]|hevc|avc|xvid|divx|av1|aac|ac3|e?ac-?3|dts|ddp?5|"
    r"[0-9]{3,4}x[0-9]{3,4}|bd(?=[\s_-]+[0-9]{3,4}[px])|10bit|8bit|yify|yts|rarbg|amzn|nf|proper|repack|multi|dubbed|subbed|unrated|extended|remastered)(?![^\W_])",
    re.IGNORECASE,
)
# Tags that no title has.
_SURE_TAG: Final = re.compile(
    r"(?<![^\W_])(?:(?:480|576|720|1080|2160)[pi]|[xh][. ]?26[45]|xvid|web-?dl|b[dr]-?rip)(?![^\W_])", re.IGNORECASE
)
# Who put the file there, in front of the title.
_GROUP: Final = re.compile(r"^(?:(?:\[[^\]]*\]|【[^】]*】|www\.\S+\s+-)\s*)+")
# The same tags in Chinese, right behind a title.
_CHINESE_TAG: Final = re.compile(
    r"[\s._-]*(?:(?:BD|HD|TS|TC|DVD)?(?:中英双字|中英字幕|中文字幕|中英双语|国英双语|国粤双语|双语|双字|中字|国语|粤语|"
    r"蓝光|高清|超清|完整版|无删减|加长版|导演剪辑版|未删减)|(?<=[\u4e00-\u9fff])(?:BD|HD|TS|TC)(?![A-Za-z]))",
    re.IGNORECASE,
)
# What else they say in square brackets behind the title; a year may stand in them.
_BRACKETED: Final = re.compile(r"[\[【](?!(?:18|19|20)\d\d[\]】])[^\]】]*[\]】]?")
_YEAR: Final = re.compile(r"[\s(\[]*(?<!\d)((?:18|19|20)\d\d)(?!\d)[)\]]*")
_DOTTED_YEAR: Final = re.compile(r"^\S+[._](?:18|19|20)\d\d$")
# A folder's path in front of the name.
_FOLDERS: Final = re.compile(r"^(?:file://)?(?:.*[/\\])")
# A name of this kind has no blanks; dots alone stand in "Mr. Nobody", too.
_FEWEST_SIGNS: Final = 2


def title_in_file_name(text: str) -> str | None:
    """Return title and year out of a file's name; None where the text is none."""
    name = text.strip()
    bare = _GROUP.sub("", _ENDING.sub("", _FOLDERS.sub("", name) if _ENDING.search(name) else name))
    tags = [found for words in (_TAG, _CHINESE_TAG) if (found := words.search(bare))]
    tag = min(tags, key=lambda found: found.start(), default=None)
    if bare == name and not (_SURE_TAG.search(bare) or (_is_joined(bare) and (tag or _DOTTED_YEAR.search(bare)))):
        return None
    head = bare[: tag.start()] if tag and tag.start() else bare
    head = _BRACKETED.sub(" ", head) if _BRACKETED.sub("", head).strip() else head
    words = re.sub(r"[._]+", " ", head) if _is_joined(bare) else head
    title = re.sub(r"[\s\-\[(]+$", "", words).strip()
    years = [found for found in _YEAR.finditer(title) if found.start()]
    if not years:
        return title or None
    return f"{title[: years[-1].start()].strip(' -')} ({years[-1][1]})"


def _is_joined(name: str) -> bool:
    """Tell whether dots or underscores stand in place of blanks."""
    return len(re.findall(r"[._]", name)) >= _FEWEST_SIGNS or (("." in name or "_" in name) and " " not in name)
