"""The Telegram application: handlers, context and delivery wired into the library's, and how it introduces itself."""

from __future__ import annotations

import logging
from typing import Any, Protocol

from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot.handlers import ChatApplication, Context, Wiring, all_handlers
from bot.handlers.act import note_failure
from bot.settings import Settings
from bot.storage import StorageError

log = logging.getLogger(__name__)


class Ways(Protocol):
    """What brings updates in and messages out: bot.delivery.Delivery, or what it is measured beside."""

    def install(self, builder: ApplicationBuilder[Any, Any, Any, Any, Any, Any]) -> Any:
        """Give the builder queue, processor and requests; returns it."""

    def attach(self, application: Application[Any, Any, Any, Any, Any, Any]) -> Any:
        """Learn which application was built; returns it."""


def build_application(
    settings: Settings, ways: Ways, wiring: Wiring, *, context: type[Context] = Context
) -> ChatApplication:
    """Wire handlers, typed context and the ways in and out into an application."""
    builder = (
        ChatApplication.builder()
        .application_class(ChatApplication, {"wiring": wiring})
        .token(settings.require_token())
        .base_url(settings.bot_api_url)
        .base_file_url(settings.file_api_url)
        .context_types(ContextTypes(context=context))
    )
    application: ChatApplication = ways.attach(ways.install(builder).build())
    application.add_handlers(all_handlers())
    application.add_error_handler(log_job_failure)
    application.add_error_handler(note_failure)
    return application


async def log_job_failure(update: object, context: Context) -> None:
    """Log what a job raised; failures of updates are logged by the processor, which retries them."""
    if update is None and isinstance(context.error, StorageError):
        log.error("a job failed: %s", context.error)
    elif update is None:
        log.error("a job failed", exc_info=context.error)
