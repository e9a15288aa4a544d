"""Reading what people write: wishes for lists, greetings and thanks, where they are; in English and Chinese.

- `wishes`: `read_wish`, `Wish`
- `small_talk`: `read_small_talk`, `Talk`
- `places`: `read_place`, `guess_place`, `Place`
"""
