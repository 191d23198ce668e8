"""Accounts, persons, organisations, officers and their posts, delegations, and who looked at whose data."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

# Each model says in PERSONAL which of its columns hold somebody's data, and of what sort: name, number, contact, birth,
# sex, residence, secret. A test refuses a column that looks personal and is not in it.
Tags = dict[str, str]


class Account(AbstractUser):
    """
    One row is one account that can sign in; `code` is the public code of the person or officer behind it.

    `one_time_until` is set while the password is one that an administrator saw: it opens until then, and only the
    page on which it is replaced.
    """

    PERSONAL: ClassVar[Tags] = {"username": "name", "password": "secret"}

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]
    code = models.CharField(max_length=64, unique=True)
    is_demonstration = models.BooleanField(default=False)
    one_time_until = models.DateTimeField(null=True)

    REQUIRED_FIELDS = ["code"]

    class Meta:
        db_table_comment = "who can sign in"

    def __str__(self) -> str:
        return self.code


class Session(AbstractBaseSession):
    """One row is one browser's session; `account` is who is signed in in it, so that one statement reads both."""

    PERSONAL: ClassVar[Tags] = {}

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE)
    account_id: int | None


class Person(models.Model):
    """One row is one human being as a citizen: an applicant, or the subject of records."""

    PERSONAL: ClassVar[Tags] = {
        "name": "name",
        "personal_number": "number",
        "birth_on": "birth",
        "sex": "sex",
        "phone": "contact",
        "email": "contact",
        "residence_key": "residence",
    }

    class Source(models.TextChoices):
        """Who vouches for the row."""

        VNEID = "vneid"
        COUNTER = "counter"
        DEMONSTRATION = "demonstration"

    code = models.CharField(max_length=64, unique=True)
    account = models.OneToOneField(Account, null=True, on_delete=models.PROTECT, related_name="person")
    name = models.CharField(max_length=120)
    personal_number = models.CharField(max_length=12, null=True, unique=True)
    birth_on = models.DateField(null=True)
    sex = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    residence_key = models.CharField(max_length=64, blank=True)
    identity_level = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=16, choices=Source.choices)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(identity_level__lte=2), name="people_person_level"),
            models.CheckConstraint(
                condition=Q(personal_number__isnull=True) | Q(personal_number__regex=r"^\d{12}$"),
                name="people_person_number_twelve_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Organisation(models.Model):
    """One row is one enterprise, cooperative, household business or body that files and is served as such."""

    PERSONAL: ClassVar[Tags] = {"name": "name", "tax_code": "number", "phone": "contact", "email": "contact"}

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=250)
    tax_code = models.CharField(max_length=14, null=True, unique=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    representative_code = models.CharField(max_length=64, blank=True)
    seat_key = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["representative_code"], name="people_organisations_of")]

    def __str__(self) -> str:
        return self.code


class Officer(models.Model):
    """
    One row is one person in the service of the State, apart from the citizen that the same person is.

    `unit_key` is the unit whose administrator registered the officer; `name_folded` is the name without marks, to find by.
    """

    PERSONAL: ClassVar[Tags] = {"name": "name", "name_folded": "name"}

    code = models.CharField(max_length=64, unique=True)
    account = models.OneToOneField(Account, null=True, on_delete=models.PROTECT, related_name="officer")
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120, blank=True)
    unit_key = models.CharField(max_length=64, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.code


class Role(models.Model):
    """One row is one role as the packs name it; `scope` says whether it is held at a unit, in a case, or by the system."""

    PERSONAL: ClassVar[Tags] = {}

    code = models.CharField(max_length=40, primary_key=True)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    scope = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.code


class Procedure(models.Model):
    """One row is one procedure as the packs name it, so that a post can be lent for it alone."""

    PERSONAL: ClassVar[Tags] = {}

    code = models.CharField(max_length=64, primary_key=True)
    name_vi = models.CharField(max_length=500)
    name_en = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.code


class PostHolding(models.Model):
    """
    One row says that an officer holds a role at a unit from a moment until another (exclusive; null: open).

    `title` is a title of the packs by its code ("vice_chairman") or in words, or empty for that of the unit's head.
    """

    PERSONAL: ClassVar[Tags] = {}

    officer = models.ForeignKey(Officer, to_field="code", db_column="officer_code", on_delete=models.PROTECT)
    unit_key = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=60, blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="people_post_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["officer", "unit_key", "role"], condition=Q(valid_to__isnull=True), name="people_post_open_once"
            ),
        ]
        indexes = [models.Index(fields=["unit_key", "role"], name="people_post_unit_role")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.role} {self.unit_key}"


class Delegation(models.Model):
    """One row lets an officer act in another's post for a time, for some procedures or all; it ends with that post."""

    PERSONAL: ClassVar[Tags] = {}

    code = models.CharField(max_length=64, unique=True)
    post = models.ForeignKey(PostHolding, on_delete=models.PROTECT)
    receiver = models.ForeignKey(Officer, to_field="code", db_column="receiver_code", on_delete=models.PROTECT)
    procedures = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    reason = models.CharField(max_length=500)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="people_delegation_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.code


class Sight(models.Model):
    """One row is one opening of somebody's data: who, for which unit, on which case, why, when. Never changed."""

    PERSONAL: ClassVar[Tags] = {"who_name": "name"}

    who_code = models.CharField(max_length=64)
    who_name = models.CharField(max_length=120)
    unit_key = models.CharField(max_length=64, blank=True)
    subject_code = models.CharField(max_length=64)
    case_id = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=200)
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_code", "-id"], name="people_sight_subject"),
            models.Index(fields=["who_code", "subject_code", "case_id", "-seen_at"], name="people_sight_again"),
        ]

    def __str__(self) -> str:
        return f"{self.who_code} saw {self.subject_code}"


class Glimpse(models.Model):
    """
    One row says that somebody saw a person's name in a list, on that day: one row however often the list was opened.

    `place` is a code of `rules.PLACES`. Kept for a year; what is opened from the list is a Sight and stays.
    """

    PERSONAL: ClassVar[Tags] = {"who_name": "name"}

    who_code = models.CharField(max_length=64)
    who_name = models.CharField(max_length=120)
    unit_key = models.CharField(max_length=64, blank=True)
    subject_code = models.CharField(max_length=64)
    place = models.CharField(max_length=20)
    seen_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_code", "seen_on", "who_code", "place"], name="people_glimpse_once_a_day"
            )
        ]
        indexes = [BrinIndex(fields=["seen_on"], name="people_glimpse_by_day", autosummarize=True)]

    def __str__(self) -> str:
        return f"{self.who_code} saw the name of {self.subject_code}"


class Remembered(models.Model):
    """
    One row is one thing that all processes must remember for a while: failed sign-ins, codes that were used.

    It has the shape Django's DatabaseCache wants (see adapters/memory.py); as a model it comes with the migrations.
    """

    PERSONAL: ClassVar[Tags] = {}

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_remembered"

    def __str__(self) -> str:
        return self.cache_key
