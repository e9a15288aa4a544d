"""What stands for a part of a wish in Spanish, besides genres and tags: tones, ages, orders, where films are from.

Words are bent by `forms`, so that one form of each is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.reading.spanish_forms import forms

_CHILDREN: Final = (
    "niños|niñas|niño|niña|críos|peques|pequeños|hijos|hijas|hijo|hija|sobrinos|nietos|chicos|enanos|"
    "sobrino|sobrina|nieto|nieta"
)
_WITH_WHOM: Final = (
    *("para", "para los", "para las", "para mis", "para mi", "para un", "para una", "con", "con los", "con las"),
    *("con mis", "con mi", "apta para", "apto para", "adecuada para"),
)
_TONES: Final = {
    "light": "ligera|ligerita|alegre|desenfadada|fácil de ver|que no sea pesada|feliz",
    "dark": "oscura|sombría|turbia|retorcida|siniestra",
    "sad": "triste|trágica|tragedia|dramón|que duela",
}
_AGES: Final = {
    "family": (
        "para toda la familia|para la familia|en familia|con la familia|toda la familia|familiar|apta para todos|"
        "para todos los públicos|para ver con niños|"
        + "|".join(f"{before} {whom}" for before in _WITH_WHOM for whom in _CHILDREN.split("|"))
    ),
    "teen": "para adolescentes|para un adolescente|con adolescentes|para jóvenes",
    "adult": "para adultos|para mayores|para gente adulta",
}
_ORDERS: Final = {
    "best": (
        "mejor|mejor valorada|mejores valoradas|mejor puntuada|obra maestra|obras maestras|premiada|"
        "ganadora del óscar|ganadora de un óscar|imprescindible|peliculón"
    ),
    "popular": "popular|famosa|conocida|muy conocida|más vista|taquillera|que todo el mundo haya visto|gran éxito",
    "hidden": (
        "joya oculta|joyas ocultas|joya escondida|joyas escondidas|joyita|joya|poco conocida|joyitas poco conocidas|"
        "desconocida|infravalorada|menos conocida|que no conozca nadie|que nadie conozca|"
        "que no haya visto nadie|que nadie haya visto|que haya visto poca gente|rareza|cine independiente"
    ),
}
_COUNTRIES: Final = {
    "US": "estadounidense|norteamericana|gringa|yanqui|estados unidos|eeuu|americana",
    "GB": "británica|inglesa|inglaterra|reino unido",
    "FR": "francesa|francia",
    "DE": "alemana|alemania",
    "JP": "japonesa|japón|nipona",
    "IT": "italiana|italia",
    "HK": "hongkonesa",
    "CN": "china",
    "AU": "australiana",
    "IN": "india|hindú|bollywood",
    "ES": "española|españa",
    "KR": "coreana|surcoreana|corea|corea del sur",
    "CA": "canadiense|canadá",
    "SE": "sueca|suecia",
    "BE": "belga|bélgica",
    "IE": "irlandesa|irlanda",
    "NZ": "neozelandesa|nueva zelanda",
    "MX": "mexicana|mejicana|méxico|méjico",
    "DK": "danesa|dinamarca",
    "IR": "iraní|irán|persa",
    "BR": "brasileña|brasilera|brasil",
    "TW": "taiwanesa|taiwán",
    "PL": "polaca|polonia",
    "SU": "soviética|unión soviética",
    "AT": "austriaca",
    "NL": "holandesa|neerlandesa|holanda|países bajos",
    "CH": "suiza",
    "AR": "argentina",
    "TH": "tailandesa|tailandia",
    "ZA": "sudafricana|sudáfrica",
    "TR": "turca|turquía",
    "RU": "rusa|rusia",
    "NO": "noruega",
    "SN": "senegalesa",
    "HU": "húngara|hungría",
    "CZ": "checa|república checa",
    "GR": "griega|grecia",
    "CU": "cubana",
    "FI": "finlandesa|finlandia",
    "RO": "rumana|rumanía",
    "CL": "chilena",
    "IL": "israelí",
    "EG": "egipcia|egipto",
}
_AREAS: Final = {
    "150": "europea|europa",
    "142": "asiática",
    "154": "nórdica|escandinava",
    "419": "latinoamericana|latina|sudamericana|hispanoamericana",
    "002": "africana",
}
_LANGUAGES: Final = {
    "en": "en inglés|inglés",
    "fr": "en francés",
    "ja": "en japonés",
    "zh": "en chino|mandarín",
    "es": "en español|en castellano|castellano|de habla hispana|hispana",
    "ko": "en coreano",
    "it": "en italiano",
    "de": "en alemán",
    "pt": "en portugués|portuguesa",
    "ru": "en ruso",
    "ar": "en árabe|árabe",
    "hi": "en hindi",
}
_TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "tone": _TONES,
    "age": _AGES,
    "order": _ORDERS,
    "country": _COUNTRIES,
    "area": _AREAS,
    "language": _LANGUAGES,
}


def spanish_phrases() -> Iterator[tuple[str, str, str]]:
    """Yield each phrase with the kind and the value of the part that it stands for."""
    for kind, table in _TABLES.items():
        for value, phrases in table.items():
            yield from ((phrase, kind, value) for phrase in forms(phrases))
