"""Jobs as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Runs and their reports."""

    name = "ridealong.jobs"
    label = "jobs"
