"""Addresses: the pages are included by name, so that this stays below them."""

from django.urls import include, path

urlpatterns = [
    path("", include("ridealong.faces.web.urls")),
    path("api/", include("ridealong.faces.api.urls")),
    path("account/", include("allauth.account.urls")),
]
handler404 = "ridealong.faces.web.errors.not_found"
handler403 = "ridealong.faces.web.errors.forbidden"
handler500 = "ridealong.faces.web.errors.broken"
