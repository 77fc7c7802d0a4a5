"""Django settings. What an installation chooses comes from the environment, see docs/settings.md."""

from __future__ import annotations

import os

import dj_database_url

from ridealong.site.home import home, secret_key

SECRET_KEY = secret_key()
DEBUG = os.environ.get("RIDEALONG_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("RIDEALONG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "ridealong.record",
]

_sqlite = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": home() / "ridealong.sqlite3",
    "OPTIONS": {
        # Writers queue instead of failing: a transaction takes its write lock when it begins.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
        ),
    },
}
_url = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": dj_database_url.parse(_url, conn_max_age=60) if _url else _sqlite}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = True
