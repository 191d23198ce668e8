"""Accounts that sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """One row is one account that can sign in; `code` is the public code of the actor behind it."""

    code = models.CharField(max_length=64, unique=True)
