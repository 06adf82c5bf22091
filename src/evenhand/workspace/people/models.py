"""A person: an address, a name, a password; what somebody may do hangs on the organisation (see ``organisations``)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class People(BaseUserManager["Person"]):
    """People, found by their address whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "", operator: bool = False) -> Person:
        """A new person; without a password nobody can sign in with one."""
        person = self.model(email=email.strip().lower(), name=name, is_operator=operator)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person of an address."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who can sign in. An operator looks after the installation: organisations, backups, who administers."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email
