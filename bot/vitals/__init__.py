"""Vital signs: what is looked at to say how the bot is, and who is told: health checks, Prometheus, systemd."""

__all__ = ["metrics", "page", "probe", "sign", "systemd", "watch"]
