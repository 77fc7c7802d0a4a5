"""The record as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Tables of the record."""

    name = "ridealong.record"
    label = "record"
    verbose_name = "Record"
