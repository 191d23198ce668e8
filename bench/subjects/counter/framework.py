"""Filing as it is written with Django REST framework: serializers, an APIView, models saved in a transaction."""

import json
import secrets
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.subjects.counter.models import Case, Fact, File, Item, Paper, Request


class Answers(serializers.Serializer):
    """The form of a birth registration."""

    child_name = serializers.CharField(max_length=60)
    child_sex = serializers.ChoiceField(["male", "female"])
    child_birth_date = serializers.DateField()
    birth_place_kind = serializers.ChoiceField(["health_facility", "elsewhere"])
    birth_facility = serializers.CharField(max_length=200, required=False)
    is_surrogate_birth = serializers.BooleanField()
    child_ethnic_group = serializers.CharField(max_length=60)
    child_home_town = serializers.CharField(max_length=200)
    child_nationality = serializers.CharField(max_length=60)
    mother_name = serializers.CharField(max_length=60)
    mother_number = serializers.RegexField(r"^\d{12}$")
    mother_birth_year = serializers.IntegerField(min_value=1900, max_value=2100)
    mother_ethnic_group = serializers.CharField(max_length=60)
    mother_nationality = serializers.CharField(max_length=60)
    mother_residence = serializers.CharField(max_length=200)
    has_father = serializers.BooleanField()
    father_name = serializers.CharField(max_length=60, required=False)
    requester_name = serializers.CharField(max_length=60)
    requester_number = serializers.RegexField(r"^\d{12}$")
    requester_relation = serializers.CharField(max_length=40)
    requester_residence = serializers.CharField(max_length=200)
    residence_known = serializers.BooleanField()
    requester_phone = serializers.CharField(max_length=20)
    delivery = serializers.ChoiceField(["counter", "post", "online"])
    copies_wanted = serializers.IntegerField(min_value=0, max_value=100)

    def validate_child_birth_date(self, value: date) -> date:
        """Nobody is born tomorrow."""
        if value > datetime.now(UTC).date():
            raise serializers.ValidationError("in the future")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What is asked only sometimes."""
        if attrs["birth_place_kind"] == "health_facility" and not attrs.get("birth_facility"):
            raise serializers.ValidationError({"birth_facility": "required"})
        if attrs["has_father"] and not attrs.get("father_name"):
            raise serializers.ValidationError({"father_name": "required"})
        return attrs


class Filing(serializers.Serializer):
    """A whole filing."""

    procedure = serializers.CharField(max_length=30)
    unit = serializers.CharField(max_length=64)
    answers = Answers()
    papers = serializers.DictField(child=serializers.ListField(child=serializers.RegexField(r"^[0-9a-f]{64}$")))

    def validate_papers(self, value: dict[str, list[str]]) -> dict[str, list[str]]:
        """One's own files alone."""
        for hashes in value.values():
            for each in hashes:
                if not File.objects.filter(sha256=each, owner=self.context["request"].user).exists():
                    raise serializers.ValidationError("unknown file")
        return value


class FileDossier(APIView):
    """Take a filing in."""

    permission_classes = [IsAuthenticated]

    def post(self, request: HttpRequest) -> Response:
        """Judge it, write it."""
        filing = Filing(data=request.data, context={"request": request})
        filing.is_valid(raise_exception=True)
        case = self.write(filing.validated_data, request)
        return Response({"public_id": case.public_id}, status=201)

    @transaction.atomic
    def write(self, told: dict[str, Any], request: HttpRequest) -> Case:
        """All rows of a filing."""
        now, public_id, zero, body = (
            datetime.now(UTC),
            f"TS-{secrets.token_hex(6)}",
            "0" * 64,
            json.dumps({"papers": 1}),
        )
        digest = sha256(
            "\n".join([zero, public_id, "1", "filed", str(request.user.pk), now.isoformat(), body]).encode()
        ).hexdigest()
        answers = {name: str(value) if isinstance(value, date) else value for name, value in told["answers"].items()}
        case = Case.objects.create(
            public_id=public_id, procedure=told["procedure"], state="registered", unit_key=told["unit"], applicant=request.user,
            title=answers["child_name"], answers=answers, filed_at=now, hash=digest,
        )  # fmt: skip
        Item.objects.create(case=case, unit_key=told["unit"], role="receptionist", opened_at=now)
        for code, hashes in told["papers"].items():
            Paper.objects.bulk_create([Paper(case=case, code=code, sha256=each) for each in hashes])
        Fact.objects.create(case=case, sequence=1, kind="filed", actor=str(request.user.pk), happened_at=now, body=body, previous_hash=zero, hash=digest)  # fmt: skip
        Request.objects.create(owner=request.user, key=request.headers["Idempotency-Key"], case=case)
        return case
