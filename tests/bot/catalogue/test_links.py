"""Links and file names: which film they are of."""

import pytest

from bot.catalogue.file_names import title_in_file_name
from bot.catalogue.links import FilmLink, read_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://www.imdb.com/title/tt0133093/", FilmLink(133093)),
        ("https://m.imdb.com/title/tt0133093/?ref_=nv_sr_srsg_0", FilmLink(133093)),
        ("imdb.com/title/tt0133093", FilmLink(133093)),
        ("tt0133093", FilmLink(133093)),
        ("TT10872600", FilmLink(10872600)),
        (
            "The Matrix (1999) ⭐ 8.7 | Action, Sci-Fi\nhttps://imdb.com/title/tt0133093",
            FilmLink(133093, None, "The Matrix (1999)"),
        ),
        ("The Matrix (1999) - IMDb https://www.imdb.com/title/tt0133093/", FilmLink(133093, None, "The Matrix (1999)")),
        ("https://www.themoviedb.org/movie/603-the-matrix", FilmLink(None, 603, "the matrix")),
        ("https://www.themoviedb.org/movie/603", FilmLink(None, 603)),
        ("https://letterboxd.com/film/dune-2021/", FilmLink(title="dune 2021")),
        ("https://en.wikipedia.org/wiki/Heat_(1995_film)", FilmLink(title="Heat 1995")),
        ("https://zh.wikipedia.org/wiki/%E6%95%99%E7%88%B6", FilmLink(title="教父")),
        ("https://movie.douban.com/subject/1291843/", FilmLink()),
    ],
)
def test_a_link_tells_numbers_and_title(text: str, link: FilmLink) -> None:
    assert read_link(text) == link


@pytest.mark.parametrize("text", ["heat", "butt0133", "tt", "Titanic.com", "A.I.", "", "tt0"])
def test_what_is_no_link_is_none(text: str) -> None:
    assert read_link(text) is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("The.Matrix.1999.1080p.BluRay.x264", "The Matrix (1999)"),
        ("the_matrix_(1999)_720p.mkv", "the matrix (1999)"),
        ("The.Matrix.1999", "The Matrix (1999)"),
        ("Inception (2010) [1080p] [YTS.MX].mp4", "Inception (2010)"),
        ("2001.A.Space.Odyssey.1968.720p.mkv", "2001 A Space Odyssey (1968)"),
        ("Blade.Runner.2049.2017.1080p.WEB-DL.mkv", "Blade Runner 2049 (2017)"),
        ("/films/Heat (1995)/Heat.1995.REMUX.mkv", "Heat (1995)"),
        ("[Group] Heat 1995.avi", "Heat (1995)"),
        ("1917.2019.BluRay.mkv", "1917 (2019)"),
        ("Heat 1995 1080p", "Heat (1995)"),
        ("heat.mkv", "heat"),
        ("沙丘.2021.2160p.mkv", "沙丘 (2021)"),
    ],
)
def test_a_file_name_tells_title_and_year(name: str, title: str) -> None:
    assert title_in_file_name(name) == title


@pytest.mark.parametrize(
    "text", ["Mr. Nobody", "M*A*S*H", "S.W.A.T.", "8 1/2", "Face/Off", "The Web", "...", "", "heat 1995"]
)
def test_a_title_is_no_file_name(text: str) -> None:
    assert title_in_file_name(text) is None
