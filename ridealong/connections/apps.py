"""Django's name for the connections."""

from django.apps import AppConfig


class Connections(AppConfig):
    """Sources that were connected."""

    name = "ridealong.connections"
    label = "connections"
