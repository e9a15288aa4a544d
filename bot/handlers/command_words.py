"""Commands written as plain words, by people who are used to buttons: settings, my watchlist, 设置, ajustes."""

from __future__ import annotations

from typing import Final

from telegram import Message
from telegram.ext import filters

# By command. No film of the starter is called so, and none of these is small talk or says what films to show.
_WORDS: Final[dict[str, str]] = {
    "start": "start|begin|restart|empezar|comenzar|iniciar|开始|重新开始",
    "notify": "stop|stop the digest|stop sending me messages|停止推送|别再推送|para los mensajes|"
    "para de enviarme mensajes|deja de enviarme mensajes|"
    "stop messaging me|stop sending me films|别再给我发消息|别再给我发消息了|不要再给我发消息|不要再给我发消息了|"
    "stop sending messages|no more messages|don't message me|dont message me|stop messages|stop it|please stop|"
    "stop please|"
    "no más mensajes|no mas mensajes|no quiero más mensajes|parar mensajes|deja de escribirme|不要再发了|别发了|静音|"
    "unsubscribe|settings|my settings|preferences|notifications|ajustes|configuración|configuracion|"
    "preferencias|parar|detener|notificaciones|设置|设定|停止|退订|取消订阅|通知|通知设置",
    "later": "open my watchlist|open watchlist|what's on my watchlist|what is on my watchlist|where is my watchlist|"
    "qué hay en mi lista|mi lista de pendientes|ver mi lista|想看里有什么|"
    "watchlist|my watchlist|show my watchlist|show watchlist|my list|mi lista|mi watchlist|"
    "lista de pendientes|片单|我的片单|想看列表|想看清单|我的想看|收藏夹|我的收藏",
    "recommend": "film|movie|a film|a movie|una peli|una pelicula|una película|peli|película",
    "taste": "my taste|show my taste|我的口味|mis gustos",
    "ratings": "my films|my movies|mis películas|mis pelis|我的电影|"
    "show my ratings|what did i rate|what have i rated|我打过分的|我打过分的电影|"
    "ratings|my ratings|rated|mis notas|mis puntuaciones|我的评分|评分记录",
    "rate": "rate|rate films|rate movies|puntuar|calificar|打分|评分|给电影打分",
    "genres": "genres|my genres|géneros|generos|mis géneros|mis generos|类型|我的类型",
    "language": "language|change language|idioma|cambiar idioma|语言|切换语言|更改语言",
    "digest": "digest|my digest|daily digest|weekly digest|send me a film every day|每天推荐一部|每日推荐|"
    "resumen|resumen diario",
    "export": "export|export my data|exportar|导出|导出数据",
    "import": "import|import my data|importar|导入|导入数据",
    "deleteme": "delete me|delete my data|delete my account|borrar mis datos|borrar mi cuenta|"
    "删除我的数据|注销|删除账号",
    "privacy": "privacy|privacidad|隐私",
    "movienight": "movie night|noche de cine|电影之夜",
}
COMMAND_OF: Final = {word: command for command, words in _WORDS.items() for word in words.split("|")}
_END: Final = ".!?。！？"


def command_meant(text: str) -> str | None:
    """Return the command that a text stands for, all of it; None for any other text."""
    return COMMAND_OF.get(text.replace("’", "'").strip().strip(_END + "¿¡").rstrip().casefold())


class WrittenCommand(filters.MessageFilter):
    """Lets a text through that stands for a command."""

    def filter(self, message: Message) -> bool:
        """Say whether it does."""
        return command_meant(message.text or "") is not None
