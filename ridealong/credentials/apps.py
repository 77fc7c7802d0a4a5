"""Credentials as a Django app."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Accounts and invitations."""

    name = "ridealong.credentials"
    label = "credentials"
