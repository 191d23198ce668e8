"""What the queue keeps: numbers, who serves them at which desk, who sits where. Nobody's name."""

from django.db import models
from django.db.models import Q


class Ticket(models.Model):
    """
    One row is one number that somebody took; `public_id` is on the printed ticket alone and cannot be guessed.

    `to_desk` is the desk it was passed on to, 0 for any; `origin` a keyed hash of the day and the address it came from.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        CALLED = "called"
        ABSENT = "absent"
        DONE = "done"

    public_id = models.CharField(max_length=20, unique=True)
    unit_key = models.CharField(max_length=64)
    taken_on = models.DateField()
    group_code = models.CharField(max_length=30)
    letter = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    priority_code = models.CharField(max_length=30, blank=True)
    origin = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    to_desk = models.PositiveSmallIntegerField(default=0)
    calls = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField()
    first_called_at = models.DateTimeField(null=True)
    last_called_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_key", "taken_on", "group_code", "number"], name="queue_number_once")
        ]
        indexes = [
            models.Index(fields=["unit_key", "taken_on", "state"], name="queue_of_the_day"),
            models.Index(fields=["origin", "taken_at"], name="queue_by_origin", condition=~Q(origin="")),
        ]

    def __str__(self) -> str:
        return f"{self.letter}{self.number:03}"


class Serving(models.Model):
    """One row is one stay of one number at one desk, from the call until it is done, missed or passed on."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="servings")
    desk = models.PositiveSmallIntegerField()
    officer_code = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(ended_at=None), name="queue_served_at_one_desk"),
            models.UniqueConstraint(fields=["officer_code"], condition=Q(ended_at=None), name="queue_one_at_a_time"),
        ]
        indexes = [models.Index(fields=["officer_code", "-began_at"], name="queue_served_by")]

    def __str__(self) -> str:
        return f"{self.ticket} {self.desk}"


class Counter(models.Model):
    """One row counts the numbers of one group at one unit on one day; locked until the number is kept."""

    unit_key = models.CharField(max_length=64)
    taken_on = models.DateField()
    group_code = models.CharField(max_length=30)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_key", "taken_on", "group_code"], name="queue_counter_of_the_day")
        ]

    def __str__(self) -> str:
        return f"{self.last} {self.group_code} {self.taken_on}"


class Seat(models.Model):
    """One row says which officer sits at which desk of a unit, and which groups are served there."""

    unit_key = models.CharField(max_length=64)
    desk = models.PositiveSmallIntegerField()
    officer_code = models.CharField(max_length=64, unique=True)
    groups = models.JSONField(default=list)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_key", "desk"], name="queue_desk_of_one")]

    def __str__(self) -> str:
        return f"{self.desk} {self.officer_code}"


class Filed(models.Model):
    """One row says that a dossier was filed while a number was served."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="filed")
    case_public_id = models.CharField(max_length=20, unique=True)
    filed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ticket} {self.case_public_id}"
