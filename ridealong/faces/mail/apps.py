"""Mail as a Django app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Templates of letters."""

    name = "ridealong.faces.mail"
    label = "mail"
