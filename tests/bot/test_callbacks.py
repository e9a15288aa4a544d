"""Button payloads: the codec is an inverse, keeps to 64 bytes and refuses everything else."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import (
    ARGUMENTS,
    MAX_BYTES,
    VERBS,
    Action,
    Adjust,
    Answer,
    AnswerMatch,
    AnswerWelcome,
    Ask,
    ChooseGenre,
    ChooseShelf,
    Consent,
    Count,
    CountVotes,
    DeleteMe,
    Digest,
    DigestHour,
    DigestOffset,
    DigestPlace,
    DigestTime,
    DigestZone,
    DropBatch,
    EndNight,
    ExcludeGenre,
    Follow,
    FollowOnPage,
    Frequency,
    GenresDone,
    ImportBatch,
    JoinNight,
    KeepMe,
    Knobs,
    Language,
    LeaveOutSeen,
    LeaveShelf,
    Mark,
    NoneOfThese,
    Open,
    PickLater,
    Place,
    Rate,
    SendPicture,
    SetMark,
    SetUnasked,
    SetWildcards,
    Share,
    ShareTaste,
    ShowAlike,
    ShowBatch,
    ShowGenres,
    ShowNightFilms,
    ShowPage,
    ShowShelves,
    ShowSide,
    ShowTaste,
    ShowUnasked,
    ShowYear,
    Side,
    Skip,
    Stop,
    Tune,
    TuneGenre,
    Unasked,
    Undo,
    UndoBatch,
    UndoRate,
    Unseen,
    Unskip,
    Wish,
    WithoutPart,
    decode,
    encode,
)
from bot.callbacks.codec import button
from recommender.domain import MovieId

FIRST, LAST = MovieId(1), MovieId(2147483647)
# Messages of years ago carry these codes, at both ends of what each number may be: none of them may ever change.
CODES: dict[str, Action] = {
    "1:c:0:0": Consent(False, 0),
    "1:c:1:2147483647": Consent(True, 2147483647),
    "1:cw:0": AnswerWelcome(False),
    "1:cw:1": AnswerWelcome(True),
    "1:g:0:0:0": ChooseGenre(0, False, 0),
    "1:g:17:1:2147483647": ChooseGenre(17, True, 2147483647),
    "1:gx:0:0:0": ExcludeGenre(0, False, 0),
    "1:gx:17:1:2147483647": ExcludeGenre(17, True, 2147483647),
    "1:gw:0:0": SetWildcards(False, 0),
    "1:gw:1:2147483647": SetWildcards(True, 2147483647),
    "1:gs": ShowGenres(),
    "1:gd:0": GenresDone(0),
    "1:gd:2147483647": GenresDone(2147483647),
    "1:q": Ask(),
    "1:a:1:1:0": Answer(FIRST, 1, 0),
    "1:a:2147483647:10:10": Answer(LAST, 10, 10),
    "1:aa:1:1:0:0": Adjust(FIRST, 1, 0, MovieId(0)),
    "1:aa:2147483647:10:10:2147483647": Adjust(LAST, 10, 10, LAST),
    "1:u:1:0": Undo(FIRST, 0),
    "1:u:2147483647:10": Undo(LAST, 10),
    "1:n:1": Unseen(FIRST),
    "1:n:2147483647": Unseen(LAST),
    "1:nj:1:0:0:0": Skip(FIRST, MovieId(0), 0, 0),
    "1:nj:2147483647:2147483647:10:10": Skip(LAST, LAST, 10, 10),
    "1:nu:1:0:0:0": Unskip(FIRST, MovieId(0), 0, 0),
    "1:nu:2147483647:2147483647:10:10": Unskip(LAST, LAST, 10, 10),
    "1:h": ShowShelves(),
    "1:hc:1:1:1:1": ChooseShelf(MovieId(1), MovieId(1), MovieId(1), MovieId(1)),
    "1:hc:2147483647:2147483647:2147483647:2147483647": ChooseShelf(*[MovieId(2147483647)] * 4),
    "1:hu:1:1:1:1": LeaveShelf(MovieId(1), MovieId(1), MovieId(1), MovieId(1)),
    "1:hu:2147483647:2147483647:2147483647:2147483647": LeaveShelf(*[MovieId(2147483647)] * 4),
    "1:x": Stop(),
    "1:o:1:0:0:0": Open(FIRST, Place.CARD, 0, 0),
    "1:o:2147483647:3:2147483647:29999": Open(LAST, Place.LATER, 2147483647, 29999),
    "1:o:2147483647:4:2147483647:29999": Open(LAST, Place.SEARCH, 2147483647, 29999),
    "1:o:2147483647:5:2147483647:29999": Open(LAST, Place.PICTURE, 2147483647, 29999),
    "1:o:2147483647:6:2147483647:29999": Open(LAST, Place.UNRATED, 2147483647, 29999),
    "1:r:1:0:0:0:0:0": Rate(FIRST, 0, False, Place.CARD, 0, 0),
    "1:r:2147483647:10:1:3:2147483647:29999": Rate(LAST, 10, True, Place.LATER, 2147483647, 29999),
    "1:r:2147483647:10:1:4:2147483647:29999": Rate(LAST, 10, True, Place.SEARCH, 2147483647, 29999),
    "1:r:2147483647:10:1:5:2147483647:29999": Rate(LAST, 10, True, Place.PICTURE, 2147483647, 29999),
    "1:r:2147483647:10:1:6:2147483647:29999": Rate(LAST, 10, True, Place.UNRATED, 2147483647, 29999),
    "1:ru:1:0:0:0:0:0": UndoRate(FIRST, 0, False, Place.CARD, 0, 0),
    "1:ru:2147483647:10:1:6:2147483647:29999": UndoRate(LAST, 10, True, Place.UNRATED, 2147483647, 29999),
    "1:rc:1:0:0:0:0": Count(FIRST, False, Place.CARD, 0, 0),
    "1:rc:2147483647:1:6:2147483647:29999": Count(LAST, True, Place.UNRATED, 2147483647, 29999),
    "1:os:1:0:0:0:0": ShowSide(FIRST, Side.WHY, Place.CARD, 0, 0),
    "1:os:2147483647:1:6:2147483647:29999": ShowSide(LAST, Side.MORE, Place.UNRATED, 2147483647, 29999),
    "1:op:1:0:0:0": SendPicture(FIRST, Place.CARD, 0, 0),
    "1:op:2147483647:6:2147483647:29999": SendPicture(LAST, Place.UNRATED, 2147483647, 29999),
    "1:sh:1": Share(FIRST),
    "1:sh:2147483647": Share(LAST),
    "1:fo:1:0:0:0:0:0": Follow(FIRST, 0, False, Place.CARD, 0, 0),
    "1:fo:2147483647:2147483647:1:6:2147483647:29999": Follow(LAST, 2147483647, True, Place.UNRATED, 2147483647, 29999),
    "1:fp:0:0": FollowOnPage(0, False),
    "1:fp:2147483647:1": FollowOnPage(2147483647, True),
    "1:m:1:0:0:0:0:0": SetMark(FIRST, Mark.SEEN, False, Place.CARD, 0, 0),
    "1:m:2147483647:2:1:3:2147483647:29999": SetMark(LAST, Mark.NEVER, True, Place.LATER, 2147483647, 29999),
    "1:m:2147483647:3:1:3:2147483647:29999": SetMark(LAST, Mark.NOT_NOW, True, Place.LATER, 2147483647, 29999),
    "1:m:2147483647:3:1:4:2147483647:29999": SetMark(LAST, Mark.NOT_NOW, True, Place.SEARCH, 2147483647, 29999),
    "1:m:2147483647:3:1:5:2147483647:29999": SetMark(LAST, Mark.NOT_NOW, True, Place.PICTURE, 2147483647, 29999),
    "1:m:2147483647:3:1:6:2147483647:29999": SetMark(LAST, Mark.NOT_NOW, True, Place.UNRATED, 2147483647, 29999),
    "1:p:0:0:0": ShowPage(Place.CARD, 0, 0),
    "1:p:3:2147483647:29999": ShowPage(Place.LATER, 2147483647, 29999),
    "1:p:4:2147483647:29999": ShowPage(Place.SEARCH, 2147483647, 29999),
    "1:p:5:2147483647:29999": ShowPage(Place.PICTURE, 2147483647, 29999),
    "1:p:6:2147483647:29999": ShowPage(Place.UNRATED, 2147483647, 29999),
    "1:lp": PickLater(),
    "1:sn": NoneOfThese(),
    "1:k:1": ShowAlike(FIRST),
    "1:k:2147483647": ShowAlike(LAST),
    "1:t:0:0:0:0:0": Tune(Knobs.ALL, 0, 0, 0, 0),
    "1:t:2:2147483647:29999:2147483647:29999": Tune(Knobs.YEARS, 2147483647, 29999, 2147483647, 29999),
    "1:tg:0:0:0:0:0:0": TuneGenre(0, Wish.NONE, 0, 0, 0, 0),
    "1:tg:17:2:2147483647:29999:2147483647:29999": TuneGenre(17, Wish.EXCLUDED, 2147483647, 29999, 2147483647, 29999),
    "1:wx:0:0": WithoutPart(0, 0),
    "1:wx:2147483647:11": WithoutPart(2147483647, 11),
    "1:d:0": Digest(Frequency.OFF),
    "1:d:2": Digest(Frequency.WEEKLY),
    "1:dt:0": DigestTime(Frequency.OFF),
    "1:dt:2": DigestTime(Frequency.WEEKLY),
    "1:dh:0:0": DigestHour(Frequency.OFF, 0),
    "1:dh:2:23": DigestHour(Frequency.WEEKLY, 23),
    "1:do:0:0:0": DigestOffset(Frequency.OFF, 0, 0),
    "1:do:2:23:104": DigestOffset(Frequency.WEEKLY, 23, 104),
    "1:dp:0": DigestPlace(Frequency.OFF),
    "1:dp:2": DigestPlace(Frequency.WEEKLY),
    "1:dz:0:0:0": DigestZone(Frequency.OFF, 0, 0),
    "1:dz:2:23:79": DigestZone(Frequency.WEEKLY, 23, 79),
    "1:dz:2:23:83": DigestZone(Frequency.WEEKLY, 23, 83),
    "1:ts:0": ShowTaste(False),
    "1:ts:1": ShowTaste(True),
    "1:tx:0": ShareTaste(False),
    "1:tx:1": ShareTaste(True),
    "1:ty:0:0": ShowYear(0, False),
    "1:ty:2199:1": ShowYear(2199, True),
    "1:us": ShowUnasked(),
    "1:un:0:0": SetUnasked(Unasked.ALL, False),
    "1:un:3:1": SetUnasked(Unasked.REMINDERS, True),
    "1:vj:1:0": JoinNight(1, False),
    "1:vj:2147483647:1": JoinNight(2147483647, True),
    "1:vs:1:0": LeaveOutSeen(1, False),
    "1:vs:2147483647:1": LeaveOutSeen(2147483647, True),
    "1:vf:1": ShowNightFilms(1),
    "1:vf:2147483647": ShowNightFilms(2147483647),
    "1:vc:1": CountVotes(1),
    "1:vc:2147483647": CountVotes(2147483647),
    "1:ve:1": EndNight(1),
    "1:ve:2147483647": EndNight(2147483647),
    "1:va:1:0": AnswerMatch(1, False),
    "1:va:2147483647:1": AnswerMatch(2147483647, True),
    "1:l:0": Language(0),
    "1:l:1": Language(1),
    "1:l:2": Language(2),
    "1:l:99": Language(99),
    "1:del": DeleteMe(),
    "1:keep": KeepMe(),
    "1:bi:1": ImportBatch(1),
    "1:bi:2147483647": ImportBatch(2147483647),
    "1:bx:1": DropBatch(1),
    "1:bx:2147483647": DropBatch(2147483647),
    "1:bu:1": UndoBatch(1),
    "1:bu:2147483647": UndoBatch(2147483647),
    "1:bp:1:0": ShowBatch(1, 0),
    "1:bp:2147483647:9999": ShowBatch(2147483647, 9999),
}


def _numbers(bounds: range) -> st.SearchStrategy[int]:
    return st.sampled_from((bounds[0], bounds[-1])) | st.integers(bounds[0], bounds[-1])


@st.composite
def actions(draw: st.DrawFn) -> Action:
    """Draw any action with any arguments a button may carry."""
    kind = draw(st.sampled_from(sorted(VERBS.values(), key=lambda kind: kind.__name__)))
    return kind(*(argument.read(draw(_numbers(argument.allowed))) for argument in ARGUMENTS[kind]))


@given(actions())
def test_decoding_gives_back_what_was_encoded(action: Action) -> None:
    assert decode(encode(action)) == action


@given(actions())
def test_a_code_fits_into_a_button(action: Action) -> None:
    assert len(encode(action).encode()) <= MAX_BYTES


@given(st.text(max_size=80) | st.from_regex(r"1:[a-z]{1,4}(:[0-9]{0,20}){0,6}", fullmatch=True))
def test_whatever_decodes_is_written_in_the_one_way(data: str) -> None:
    action = decode(data)
    assert action is None or encode(action) == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "1",
        "1:",
        "2:x",
        "1:a:5",
        "1:a:5:11:0",
        "1:a:5:0:0",
        "1:a:05:8:0",
        "1:a:-5:8:0",
        "1:a:٥:8:0",
        "1:x:",
        "1:a:5:8:0 ",
    ],
)
def test_a_foreign_truncated_or_forged_code_has_expired(data: str | None) -> None:
    assert decode(data) is None


def test_a_rating_reads_as_designed() -> None:
    assert encode(Answer(MovieId(603), 8, 0)) == "1:a:603:8:0"


@pytest.mark.parametrize("code", CODES)
def test_every_button_keeps_its_bytes(code: str) -> None:
    assert (encode(CODES[code]), decode(code)) == (code, CODES[code])


def test_a_verb_belongs_to_one_button() -> None:
    with pytest.raises(ValueError, match="Received: r, which is Rate's"):

        @button("r")
        class Rewind(Action):
            """Another button that wants the verb of Rate."""


def test_every_button_has_bytes_to_keep() -> None:
    assert {type(action) for action in CODES.values()} == set(VERBS.values())


def _with_each_number_moved(code: str, step: int) -> Iterator[str]:
    parts = code.split(":")
    for at in range(2, len(parts)):
        yield ":".join((*parts[:at], str(int(parts[at]) + step), *parts[at + 1 :]))


def test_a_number_too_many_or_out_of_its_range_has_expired() -> None:
    greatest = {type(action): code for code, action in CODES.items()}
    least = {type(action): code for code, action in reversed(CODES.items())}
    above = [moved for code in greatest.values() for moved in _with_each_number_moved(code, 1)]
    below = [moved for code in least.values() for moved in _with_each_number_moved(code, -1)]
    longer = [f"{code}:0" for code in CODES]
    assert len(above) == len(below) == 132
    assert [code for code in (*above, *below, *longer) if decode(code) is not None] == []
