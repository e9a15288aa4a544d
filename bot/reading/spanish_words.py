"""The Spanish words of a wish: genres, what asks for a list, what turns away, what links, what says nothing.

Accents are left out where they stand in a pattern, since wishes are read without them; genres are bent by `forms`.
"""

from __future__ import annotations

from typing import Final

GENRES: Final[dict[tuple[str, ...], str]] = {
    ("Action",): "acción|pelea",
    ("Adventure",): "aventura|aventurera",
    ("Animation",): "animación|animada|dibujos animados|dibujos|caricatura",
    ("Children",): "infantil|de niños",
    ("Comedy",): (
        "comedia|divertida|graciosa|cómica|chistosa|para reír|para reírme|para reírse|para reírnos|risa|reír|reírme|"
        "reírnos|reírse|risas|humor|humorística"
    ),
    ("Crime",): "crimen|policíaca|policial|policías|criminal|delincuente",
    ("Documentary",): "documental",
    ("Drama",): "drama|dramática",
    ("Fantasy",): "fantasía|fantástica",
    ("Film-Noir",): "cine negro",
    ("Horror",): "terror|miedo|terrorífica|aterradora",
    ("Musical",): "musical",
    ("Mystery",): "misterio|misteriosa|intriga|enigma|detectives|detectivesca",
    ("Romance",): "romántica|amor|romance|romanticona|cita|noche de citas|en pareja",
    ("Sci-Fi",): "ciencia ficción|ciencia-ficción|cifi|ci-fi",
    ("Thriller",): "suspenso|suspense",
    ("War",): "bélica|guerra",
    ("Western",): "wéstern|del oeste|de vaqueros|vaquero|del salvaje oeste",
    ("Comedy", "Romance"): "comedia romántica|comedias románticas",
    ("Comedy", "Drama"): "comedia dramática|comedias dramáticas",
    ("Action", "Comedy"): "comedia de acción|comedias de acción",
    ("Comedy", "Horror"): "comedia de terror|comedias de terror",
}
UNSEEN: Final = (
    "que (?:yo )?(?:aun |todavia )?no (?:haya|he|hayamos|hemos) visto(?: (?:aun|todavia))?(?! nadie)|"
    "(?:aun |todavia )no vista"
)
NOT: Final = (
    "sin(?: (?:nada de|mucha|mucho|tanta|tanto|demasiada))?|nada(?: (?:de|que sea|con|muy))?|ningun[oa]?|tampoco|"
    "no (?:tengo ganas de|me apetece)(?: (?:nada|algo))?|"
    "que no (?:sean?|tengan?|haya|salga|este|vaya|trate|de)(?: (?:de|muy|tan|demasiado))?|"
    "(?:pero )?no (?:quiero|me gustan?|soporto|aguanto)(?: (?:ver|nada de))?|no (?:muy|tan|demasiado|sean?|tengan?)|"
    "(?:cualquier (?:cosa|pelicula)|todo|lo que sea) (?:menos|excepto|salvo)|menos|excepto|salvo|quitando|"
    "(?:el |ella )?(?:odio|odia|no soporta)|hart[oa] de|ni"
)
MILD: Final = r"(?:que no sea |no |nada )(?:muy|tan|demasiado)\b|menos\b"
WANT: Final = "pero|solo|solamente|sino|prefiero|mejor que|mejor (?:un|una|algo|alguna|otra cosa)|mas bien"
OR: Final = "o"
AND: Final = "y|e|ademas|mezclad[oa]s? con|a la vez"
ASKING: Final = (
    r"(?:(?:me )?(?:puedes|podrias) )?(?:recomiendame|recomienda|recomendar|recomendarme|sugiereme|dame|ponme|buscame)|"
    r"me recomiendas|(?:yo )?(?:quiero|quisiera|me gustaria|queremos)(?: ver)?|tengo ganas de|busco|buscamos|"
    r"que (?:puedo |podemos )?ver|que veo|algo|alguna|me apetece|nos apetece|se me antoja|no se que ver|no se q ver|"
    r"para (?:el|un|este|la|una|esta) (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|finde|tarde|noche)|"
    "lo que sea|lo que quieras|tu eliges|elige tu|(?:me )?da igual|sorprendeme|me voy a aburrir|estoy aburrid[oa]"
)
COMPANY: Final = (
    "(?:con|para) (?:(?:el|la|los|las|mis?|unos?|unas?) )?"
    "(?:padres?|madre|mama|papa|abuel[oa]s?|novi[oa]|pareja|mujer|marido|espos[oa]|amig[oa]s?|colegas|"
    "herman[oa]s?|suegr[oa]s?)"
)
KIND: Final = "peliculas?|pelis?|pelicula|cine|filmes?|cintas?"
FILLER: Final = (
    "hasta hoy|hasta ahora|de verdad|que den|duren?|dura|que (?:pase|ocurra|transcurra|suceda)n?|"
    "de|del|el|la|los|las|lo|le|les|un|una|unos|unas|algun|algunos|algunas|que|q|sea|sean|por favor|para|por|porfa|"
    "porfi|porfavor|hoy|esta noche|este finde|el finde|ver|verla|muy|mas|me|nos|se|te|mi|mis|su|sus|es|son|esta|este|"
    "todas?|todos?|"
    "esto|estas|hay|tiene|tienen|tenga|tengas|tienes|haga|hagan|cosa|cosas|tema|temas|tipo|estilo|rato|noche|tarde|"
    "tambien|bien|buen|bueno|buena|buenas|buenos|gran|tan|tanto|mucho|mucha|muchos|muchas|poco|algo asi|"
    "con mi pareja|con amigos|con mi novi[oa]|jaja+|jeje+|hola|gracias|genero|genial|donde|cuando|como|"
    "historia|historias|final|finales|finde|fin de semana|asi|abuelos|ideal|si|ya|vista|vistas|salga|salgan|"
    "otr[oa]s?|distint[oa]s?|diferentes?|trate|ultimamente|novi[oa]s?|decada|dormir|lunes|martes|miercoles|jueves|viernes|sabado|"
    "domingo|tarde de lluvia|lluvios[oa]|al|en|a"
)
# What a person named behind it did.
BY: Final = "dirigid[oa]s? por|del director|de la directora|directora"
WITH: Final = "con|protagonizad[oa]s? por|interpretad[oa]s? por|donde (?:sale|actua)|en (?:la|las) que sale"
SETTING: Final = "ambientad[oa]s? en|sobre|basad[oa]s? en|acerca de|que (?:trate|va|vaya|hable) de|de la epoca de"
