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
        ("https://www.themoviedb.org/movie/603-the-matrix", FilmLink(None, 603, "the matrix", is_whole=True)),
        ("https://www.themoviedb.org/movie/603", FilmLink(None, 603)),
        ("https://letterboxd.com/film/dune-2021/", FilmLink(title="dune 2021", is_whole=True)),
        ("https://en.wikipedia.org/wiki/Heat_(1995_film)", FilmLink(title="Heat 1995", is_whole=True)),
        ("https://zh.wikipedia.org/wiki/%E6%95%99%E7%88%B6", FilmLink(title="教父", is_whole=True)),
        ("https://movie.douban.com/subject/1291843/", FilmLink()),
        ("https://es.wikipedia.org/wiki/Heat_(pel%C3%ADcula_de_1995)", FilmLink(title="Heat 1995", is_whole=True)),
        ("https://es.wikipedia.org/wiki/Origen_(pel%C3%ADcula)", FilmLink(title="Origen", is_whole=True)),
        (
            "https://zh.wikipedia.org/wiki/%E8%8A%B1%E6%9C%A8%E5%85%B0_(1998%E5%B9%B4%E7%94%B5%E5%BD%B1)",
            FilmLink(title="花木兰 1998", is_whole=True),
        ),
        (
            "https://baike.baidu.com/item/%E9%9C%B8%E7%8E%8B%E5%88%AB%E5%A7%AC/13677",
            FilmLink(title="霸王别姬", is_whole=True),
        ),
        ("https://www.rottentomatoes.com/m/pulp_fiction", FilmLink(title="pulp fiction", is_whole=True)),
        ("https://trakt.tv/movies/the-matrix-1999", FilmLink(title="the matrix 1999", is_whole=True)),
        ("https://simkl.com/movies/53992/the-matrix", FilmLink(title="the matrix", is_whole=True)),
        ("https://tv.apple.com/us/movie/the-matrix/umc.cmc.2bjxc", FilmLink(title="the matrix", is_whole=True)),
        ("https://www.criterion.com/films/165-seven-samurai", FilmLink(title="seven samurai", is_whole=True)),
        ("https://trakt.tv/movies/603", FilmLink()),
        ("see https://letterboxd.com/film/heat-1995/ tonight", FilmLink(title="see tonight")),
        ("https://www.justwatch.com/es/pelicula/matrix", FilmLink(title="matrix", is_whole=True)),
        ("https://mubi.com/en/films/in-the-mood-for-love", FilmLink(title="in the mood for love", is_whole=True)),
    ],
)
def test_a_link_tells_numbers_and_title(text: str, link: FilmLink) -> None:
    assert read_link(text) == link


@pytest.mark.parametrize(
    "text",
    ["heat", "butt0133", "tt", "Titanic.com", "A.I.", "", "tt0", "[阳光电影www.ygdy8.com].霸王别姬.1993.BD.720p.mkv"],
)
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
        ("【电影天堂www.dytt89.com】盗梦空间BD中英双字.mp4", "盗梦空间"),
        ("霸王别姬.1993.国语中字.蓝光.mkv", "霸王别姬 (1993)"),
        ("www.UIndex.org - Gladiator 2000 1080p.mkv", "Gladiator (2000)"),
        ("[YTS.MX] [Film] Heat (1995).mkv", "Heat (1995)"),
        ("[Moozzi2] Akira (BD 1920x1080 x265-10Bit).mkv", "Akira"),
        ("[VCB-Studio] Kimi no Na wa. [Ma10p_1080p][x265_flac].mkv", "Kimi no Na wa"),
        ("Howl's Moving Castle [Dual Audio] [Blu-ray 1080p].mkv", "Howl's Moving Castle"),
        ("The Matrix [1999] [1080p].mkv", "The Matrix (1999)"),
    ],
)
def test_a_file_name_tells_title_and_year(name: str, title: str) -> None:
    assert title_in_file_name(name) == title


@pytest.mark.parametrize(
    "text", ["Mr. Nobody", "M*A*S*H", "S.W.A.T.", "8 1/2", "Face/Off", "The Web", "...", "", "heat 1995"]
)
def test_a_title_is_no_file_name(text: str) -> None:
    assert title_in_file_name(text) is None
