"""Native polls: what is asked, who chose what, and what of it the bot and the voters see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.errors import SimError

Json = dict[str, Any]


@dataclass(slots=True)
class Poll:
    """One poll; `votes` are chosen places by person, in the order of the votes.

    Attributes:
        correct: places of the right answers, of a quiz only.
        extra: fields of the Bot API that the local Telegram keeps and shows as they are.
        asked_by_bot: polls of people are seen by the bot, but it hears of no votes.
    """

    poll_id: str
    question: str
    options: Sequence[str]
    is_anonymous: bool = True
    is_quiz: bool = False
    has_several_answers: bool = False
    has_second_thoughts: bool = True
    hides_results: bool = False
    correct: tuple[int, ...] = ()
    extra: Json = field(default_factory=dict)
    asked_by_bot: bool = True
    is_closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def counts(self) -> list[int]:
        """Return the votes of each option; all 0 while results are hidden."""
        if self.hides_results and not self.is_closed:
            return [0] * len(self.options)
        return [sum(place in chosen for chosen in self.votes.values()) for place in range(len(self.options))]

    def vote(self, user_id: int, chosen: Sequence[int]) -> None:
        """Take a person's choice, or take it back where it is empty.

        Raises:
            SimError: when Telegram's apps would not let them.
        """
        if self.is_closed:
            raise SimError(400, f"the poll must be open. Received: {self.question!r}, closed")
        if not self.has_second_thoughts and (user_id in self.votes or not chosen):
            raise SimError(400, f"this poll takes one vote from each person. Received: a second one of {user_id}")
        if any(not 0 <= place < len(self.options) for place in chosen):
            raise SimError(400, f"options must be places from 0 to {len(self.options) - 1}. Received: {list(chosen)}")
        if len(chosen) > 1 and not self.has_several_answers:
            raise SimError(400, f"this poll takes one option. Received: options={list(chosen)}")
        self.votes.pop(user_id, None)
        if chosen:
            self.votes[user_id] = tuple(sorted(set(chosen)))

    def copied(self, poll_id: str) -> Poll:
        """Return the same question, open and without votes."""
        return replace(self, poll_id=poll_id, is_closed=False, votes={}, asked_by_bot=True)

    def to_json(self) -> Json:
        """Return the poll as the Bot API spells it for the bot that asked."""
        found: Json = {
            "id": self.poll_id,
            "question": self.question,
            "options": [
                {"persistent_id": persistent_id(place), "text": text, "voter_count": count}
                for place, (text, count) in enumerate(zip(self.options, self.counts(), strict=True))
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "type": "quiz" if self.is_quiz else "regular",
            "allows_multiple_answers": self.has_several_answers,
            "allows_revoting": self.has_second_thoughts,
            "members_only": False,
            **self.extra,
        }
        if self.correct:
            found |= {"correct_option_id": self.correct[0], "correct_option_ids": list(self.correct)}
        return found

    def answer_of(self, user_id: int) -> Json:
        """Return what a poll_answer update tells beside the person."""
        chosen = self.votes.get(user_id, ())
        return {
            "poll_id": self.poll_id,
            "option_ids": list(chosen),
            "option_persistent_ids": [persistent_id(place) for place in chosen],
        }


def persistent_id(place: int) -> str:
    """Return the name an option keeps while others come and go."""
    return f"option-{place}"


@dataclass(slots=True)
class Polls:
    """Every poll by its id."""

    by_id: dict[str, Poll] = field(default_factory=dict)

    def keep(self, poll: Poll) -> None:
        self.by_id[poll.poll_id] = poll

    def clear(self) -> None:
        self.by_id.clear()
