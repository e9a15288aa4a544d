"""Every button's payload: `1:<verb>:<args>` in a message, one declared class in the code."""

from bot.callbacks.cards import Mark, Open, PickLater, Place, Rate, SetMark, ShowAlike, ShowPage
from bot.callbacks.codec import ARGUMENTS, MAX_BYTES, VERBS, Action, decode, encode
from bot.callbacks.digest import Digest, DigestHour, DigestOffset, DigestPlace, DigestTime, DigestZone, Frequency
from bot.callbacks.interview import Adjust, Answer, Ask, Skip, Stop, Undo, Unseen, Unskip
from bot.callbacks.nights import AnswerMatch, CountVotes, EndNight, JoinNight, LeaveOutSeen, ShowNightFilms
from bot.callbacks.onboarding import (
    AnswerWelcome,
    ChooseGenre,
    Consent,
    ExcludeGenre,
    GenresDone,
    SetWildcards,
    ShowGenres,
)
from bot.callbacks.past import DropBatch, ImportBatch, ShowBatch, UndoBatch
from bot.callbacks.people import DeleteMe, KeepMe, Language
from bot.callbacks.search import NoneOfThese
from bot.callbacks.taste import ShareTaste, ShowTaste, ShowYear
from bot.callbacks.tuning import Knobs, Tune, TuneGenre, Wish
from bot.callbacks.unasked import SetUnasked, ShowUnasked, Unasked

__all__ = [
    "ARGUMENTS",
    "MAX_BYTES",
    "VERBS",
    "Action",
    "Adjust",
    "Answer",
    "AnswerMatch",
    "AnswerWelcome",
    "Ask",
    "ChooseGenre",
    "Consent",
    "CountVotes",
    "DeleteMe",
    "Digest",
    "DigestHour",
    "DigestOffset",
    "DigestPlace",
    "DigestTime",
    "DigestZone",
    "DropBatch",
    "EndNight",
    "ExcludeGenre",
    "Frequency",
    "GenresDone",
    "ImportBatch",
    "JoinNight",
    "KeepMe",
    "Knobs",
    "Language",
    "LeaveOutSeen",
    "Mark",
    "NoneOfThese",
    "Open",
    "PickLater",
    "Place",
    "Rate",
    "SetMark",
    "SetUnasked",
    "SetWildcards",
    "ShareTaste",
    "ShowAlike",
    "ShowBatch",
    "ShowGenres",
    "ShowNightFilms",
    "ShowPage",
    "ShowTaste",
    "ShowUnasked",
    "ShowYear",
    "Skip",
    "Stop",
    "Tune",
    "TuneGenre",
    "Unasked",
    "Undo",
    "UndoBatch",
    "Unseen",
    "Unskip",
    "Wish",
    "decode",
    "encode",
]
