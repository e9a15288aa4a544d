"""The Spanish words of a wish: genres, what asks for a list, what turns away, what says nothing."""

from __future__ import annotations

from typing import Final

GENRES: Final[dict[tuple[str, ...], str]] = {
    ("Action",): "acción|accion",
    ("Adventure",): "aventura|aventuras",
    ("Animation",): "animación|animacion|animada|animadas|dibujos animados|caricaturas",
    ("Children",): "infantil|infantiles|familiares|para niños|para toda la familia",
    ("Comedy",): "comedia|comedias|divertida|divertidas|divertido|divertidos|graciosa|graciosas|de risa|para reír",
    ("Crime",): "crimen|crímenes|policíaca|policíacas|policiaca|policiacas|policial|policiales",
    ("Documentary",): "documental|documentales",
    ("Drama",): "dramática|dramáticas|dramatica|dramaticas",
    ("Fantasy",): "fantasía|fantástica|fantásticas|de fantasia",
    ("Film-Noir",): "cine negro",
    ("Horror",): "terror|de miedo",
    ("Musical",): "musicales",
    ("Mystery",): "misterio|misterios|intriga",
    ("Romance",): "romántica|románticas|romantica|romanticas|de amor",
    ("Sci-Fi",): "ciencia ficción|ciencia-ficción|ciencia ficcion",
    ("Thriller",): "suspenso",
    ("War",): "bélica|bélicas|belica|belicas|guerra|de guerra",
    ("Western",): "wéstern|del oeste|de vaqueros",
    ("Comedy", "Romance"): "comedia romántica|comedias románticas|comedia romantica|comedias romanticas",
    ("Comedy", "Drama"): "comedia dramática|comedias dramáticas",
}
NOT: Final = "sin|nada de|que no (?:sean?|tengan?)|no quiero(?: ver)?|menos"
OR: Final = "o"
AND: Final = "y|e"
ASKING: Final = (
    r"(?:(?:me )?(?:puedes|podrías) )?(?:recomiéndame|recomiendame|recomienda|recomendar|recomendarme|sugiéreme|dame)|"
    r"(?:yo )?(?:quiero|quisiera|me gustaría|queremos) ver|tengo ganas de|busco|buscamos|"
    r"qué (?:puedo )?ver|que veo|algo"
)
KIND: Final = "películas?|peliculas?|pelis?|cine"
FILLER: Final = (
    "de|del|el|la|los|las|un|una|unos|unas|alguna|algunas|algún|que|sea|sean|para|por favor|porfa|hoy|esta noche|"
    "buena|buenas|muy|me|nos"
)
