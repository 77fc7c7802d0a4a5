"""Addresses of the API."""

from django.urls import path

from ridealong.faces.api.api import api

urlpatterns = [path("", api.urls)]
