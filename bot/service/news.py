"""What somebody waits for is told them once: that a first model serves, and that one of real people does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from bot.messages import news
from bot.service.service import Service, Turn, Visit
from bot.storage.tx import Tx
from recommender.domain import Profile, Recommendation, UserId

News = Literal["first_model", "real_model"]
FIRST_MODEL: Final[News] = "first_model"
REAL_MODEL: Final[News] = "real_model"
_NEWS: Final = (FIRST_MODEL, REAL_MODEL)


def wait_for_news(visit: Visit, found: Sequence[Recommendation]) -> None:
    """Note what a person waits for who is shown such a list; who was told already waits no more."""
    waited = _missing(visit.service, found)
    if waited is not None and visit.tx.schedules.get(waited, visit.id) is None:
        visit.tx.schedules.plan(waited, visit.tx.now, visit.id)


def tell_news(service: Service) -> int:
    """Tell everybody who waits for what is there now; return how many were told."""
    waiting: list[tuple[News, UserId]] = [(name, person) for name in _NEWS for person in _waiting(service, name)]
    if not waiting:
        return 0
    missing = _missing(service, service.recommender.recommend(Profile(), 1))
    still = {FIRST_MODEL: (FIRST_MODEL, REAL_MODEL), REAL_MODEL: (REAL_MODEL,), None: ()}[missing]
    return sum(_tell(service, name, person) for name, person in waiting if name not in still)


def _waiting(service: Service, name: News) -> list[UserId]:
    return service.store.read(lambda tx: tx.schedules.due(name))


def _missing(service: Service, found: Sequence[Recommendation]) -> News | None:
    """Return what a list lacks that a model will bring: chances of a like, or that they are of real people."""
    if not found or found[0].slot == "alike":
        return None
    if all(one.like_probability is None for one in found):
        return FIRST_MODEL
    return REAL_MODEL if service.recommender.is_simulated else None


def _tell(service: Service, name: News, person: UserId) -> bool:
    return service.store.write(lambda tx: _claim_and_tell(tx, service, name, person)).result()


def _claim_and_tell(tx: Tx, service: Service, name: News, person_id: UserId) -> bool:
    """Take the turn and store its message in one transaction, so that no restart tells it twice."""
    person = tx.people.get(person_id)
    is_due = tx.schedules.claim(name, next_run_at=tx.now, person=person_id)
    tx.schedules.cancel(name, person_id)
    if person is None or person.blocked or not is_due:
        return False
    visit = Visit(service, tx, person, service.words_for(person), Turn(0, person_id))
    tx.outbox.add(person_id, news.model_is_there(visit.words, visit.new_round(), is_first=name == FIRST_MODEL))
    return True
