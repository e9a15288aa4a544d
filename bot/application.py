"""The Telegram application: handlers, context and delivery wired into the library's, and how it introduces itself."""

from __future__ import annotations

import logging

from telegram.ext import ContextTypes

from bot.delivery import Delivery
from bot.handlers import ChatApplication, Context, Wiring, all_handlers
from bot.handlers.act import note_failure
from bot.settings import Settings
from bot.storage import StorageError

log = logging.getLogger(__name__)


def build_application(settings: Settings, delivery: Delivery, wiring: Wiring) -> ChatApplication:
    """Wire handlers, typed context and delivery into an application."""
    builder = (
        ChatApplication.builder()
        .application_class(ChatApplication, {"wiring": wiring})
        .token(settings.require_token())
        .base_url(settings.bot_api_url)
        .base_file_url(settings.file_api_url)
        .context_types(ContextTypes(context=Context))
    )
    application: ChatApplication = delivery.attach(delivery.install(builder).build())
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
