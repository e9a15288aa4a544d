"""Films and facts from Wikidata (CC0), asked for in SPARQL. Nothing here knows the database.

Where to look: `updating` is the run, `queries` what is asked, `items` what is answered, `choosing` which item is which
film, `state` what becomes of the catalogue, `endpoint` and `cache` how answers come.
"""

from bot.catalogue.wikidata.cache import AnswerCache
from bot.catalogue.wikidata.endpoint import Endpoint, pause_between
from bot.catalogue.wikidata.state import CatalogueState, PageChange, UpdateStore
from bot.catalogue.wikidata.updating import Options, UpdateReport, update_catalogue

__all__ = [
    "AnswerCache",
    "CatalogueState",
    "Endpoint",
    "Options",
    "PageChange",
    "UpdateReport",
    "UpdateStore",
    "pause_between",
    "update_catalogue",
]
