"""Reactions of the bot."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.methods.targets import chat_of, message_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.reactions import read_reactions
from bot.sandbox.world import World


async def set_message_reaction(world: World, parameters: Parameters) -> bool:
    message = message_of(world, parameters, chat_of(world, parameters), "react")
    chosen = read_reactions(parameters.nested("reaction"))
    others = {who: emoji for who, emoji in message.reactions.items() if who != world.bot_id}
    world.chats.put(replace(message, reactions=others | ({world.bot_id: chosen} if chosen else {})))
    world.changed.ring()
    return True
