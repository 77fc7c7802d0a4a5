"""Accounts, and the links that invite to make one."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ridealong.lib import clock

INVITED_FOR = timedelta(days=14)


class Users(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> User:
        """Make an account; without a password nobody can sign in to it."""
        user = self.model(email=email.strip().lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account that signs in by e-mail. ``member_id``: the member of the record it belongs to."""

    email = models.EmailField(unique=True)
    member_id = models.BigIntegerField(unique=True)
    is_active = models.BooleanField(default=True)

    objects = Users()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email


def new_token() -> str:
    """Return what nobody can guess."""
    return secrets.token_urlsafe(24)


def two_weeks_on() -> datetime:
    """Return when an invitation made now runs out."""
    return clock.now() + INVITED_FOR


class Invitation(models.Model):
    """A link with which a member makes their account, once and for a while."""

    token = models.CharField(max_length=64, unique=True, default=new_token)
    member_id = models.BigIntegerField()
    email = models.EmailField()
    until = models.DateTimeField(default=two_weeks_on)

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Say whether it can still be used."""
        return clock.now() < self.until


class AccessKey(models.Model):
    """A key with which a program reads as a member; only its digest is kept."""

    member_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class BriefLink(models.Model):
    """A link to one kept brief for somebody without an account. ``brief``: the kept brief's key.

    ``name``: for whom it is; ``opened``: how often it was, lately at ``opened_at``.
    """

    member_id = models.BigIntegerField(db_index=True)
    brief = models.CharField(max_length=255)
    name = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened = models.IntegerField(default=0)
    opened_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name or self.brief
