"""Signs of writing in one form each: letters without accents, Chinese signs as mainland China writes them."""

from bot.signs.chinese import SIMPLIFIED
from bot.signs.folding import fold_signs

__all__ = ["SIMPLIFIED", "fold_signs"]
