"""Django's name for the telling."""

from django.apps import AppConfig


class Telling(AppConfig):
    """What members want to be told, what they were told, and webhooks."""

    name = "ridealong.telling"
    label = "telling"
