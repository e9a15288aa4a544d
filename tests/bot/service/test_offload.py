"""Sync calls beside the loop: what loads much has one thread, so that memory let go is taken again."""

import threading

from bot.service.offload import Offload


async def test_what_loads_much_is_always_in_one_thread() -> None:
    offload = Offload()
    threads = {await offload.load(threading.get_ident)}
    await offload.run(threading.get_ident)
    threads.add(await offload.load(threading.get_ident))
    offload.close()
    assert len(threads) == 1
    assert threading.get_ident() not in threads
