"""Reading what people write: wishes for lists, greetings and thanks; in English and Chinese.

- `wishes`: `read_wish`, `Wish`
- `small_talk`: `read_small_talk`, `Talk`
"""
