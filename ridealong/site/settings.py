"""Django settings. What an installation chooses comes from the environment: docs/settings.md."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from ridealong.site.address import address
from ridealong.site.home import home, secret_key
from ridealong.site.mailing import mail_server

PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key()
DEBUG = os.environ.get("RIDEALONG_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("RIDEALONG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = os.environ.get("RIDEALONG_HTTPS") == "1"
# Where the pages are, for mails and webhooks that no page asked for.
RIDEALONG_ADDRESS = address(os.environ.get("RIDEALONG_ADDRESS", ""), ALLOWED_HOSTS[0], https=HTTPS)
RIDEALONG_PRIVATE_WEBHOOKS = os.environ.get("RIDEALONG_PRIVATE_WEBHOOKS") == "1"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "ridealong.record",
    "ridealong.credentials",
    "ridealong.jobs",
    "ridealong.connections",
    "ridealong.telling",
    "ridealong.faces.web",
    "ridealong.faces.mail",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ridealong.faces.web.entering.Entering",
]
ROOT_URLCONF = "ridealong.site.urls"
WSGI_APPLICATION = "ridealong.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the apps' own, so that allauth's pages look like ours.
        "DIRS": [PACKAGE / "faces" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ridealong.faces.web.context.company",
            ],
        },
    },
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

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "faces" / "web" / "static"]
# Files are served as they lie in the package: an installation collects nothing.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

AUTH_USER_MODEL = "credentials.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ACCOUNT_ADAPTER = "ridealong.credentials.adapter.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Whether no browser may keep anything for going on without a network.
RIDEALONG_KEEP_NOTHING = os.environ.get("RIDEALONG_KEEP_NOTHING") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

_mail = mail_server(os.environ.get("EMAIL_URL", ""), os.environ.get("EMAIL_FROM", ""))
RIDEALONG_NO_MAIL = _mail.problem
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.tls, _mail.ssl
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = _mail.sender

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}
# What carries out each kind of run.
RIDEALONG_WORK = {
    "import": "ridealong.sources.files.uploads.carry_out",
    "sync": "ridealong.connections.syncing.carry_out",
    "place": "ridealong.sources.placing.carry_out",
    "hear": "ridealong.sources.listening.carry_out",
    "watch": "ridealong.watching.watching.carry_out",
    "preview": "ridealong.watching.previewing.carry_out",
    "trial": "ridealong.watching.trying.carry_out",
    "say": "ridealong.watching.saying.carry_out",
    "refit": "ridealong.connections.refitting.carry_out",
    "holding": "ridealong.connections.holding.hold",
    "telling": "ridealong.connections.holding.tell",
    "write": "ridealong.connections.writing.carry_out",
    "withdraw": "ridealong.connections.removing.carry_out",
    "mail": "ridealong.faces.mail.carrying.carry_out",
    "webhook": "ridealong.telling.webhooks.carry_out",
}
# What takes minutes, and what nobody waits for: it never takes all of a worker.
RIDEALONG_LONG_WORK = {"trial", "refit", "holding", "telling"}
# What shows a letter as it would be sent now: pages know mail by name only.
RIDEALONG_PREVIEW = "ridealong.faces.mail.carrying.preview"
# What a worker asks every few seconds, so that what is due is started.
RIDEALONG_TICKS = [
    "ridealong.connections.scheduling.start_due",
    "ridealong.connections.refitting.start_due",
    "ridealong.connections.holding.start_due",
    "ridealong.connections.writing.start_waiting",
    "ridealong.watching.scheduling.start_due",
    "ridealong.watching.trying.start_due",
    "ridealong.watching.saying.start_due",
    "ridealong.faces.mail.rides.start_changed",
    "ridealong.telling.scheduling.start_due",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
