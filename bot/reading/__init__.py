"""Reading what people write: wishes for lists, greetings and thanks, where they are; in English and Chinese.

- `wishes`: `read_wish`, which makes a `Wish` of a text and what is `Known` of films
- `small_talk`: `read_small_talk`, `Talk`
- `places`: `read_place`, `guess_place`, `Place`
"""
