"""The hot statements keep what a cursor would: promised transactions, errors by their kind, statements that were forgotten."""

import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from tinhso.platform.cases import actions, models
from tinhso.platform.cases.tests.conftest import DESK, FRIDAY, file_dossier
from tinhso.platform.prepared import read, run


@pytest.mark.django_db(transaction=True)
def test_what_a_promised_transaction_takes_back_was_never_done(commune):
    file_dossier()  # from here on nothing else is asked of the database before the filing
    with pytest.raises(ZeroDivisionError):
        _file_and_fail()
    assert models.Case.objects.count() == 1


def _file_and_fail() -> None:
    with transaction.atomic():
        file_dossier()
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_every_act_is_there_at_once(commune):
    case = file_dossier()
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as other:
        found = other.execute("select state from cases_case where public_id = %s", [case.public_id]).fetchone()
    assert found == ("registered",)


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_the_server_forgot_is_prepared_again(commune):
    first = file_dossier()
    with connection.cursor() as cursor:
        cursor.execute("deallocate all")
    assert file_dossier().case_id == first.case_id + 1


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_says_so_and_the_next_one_works(commune):
    file_dossier()
    (pid,) = run("select pg_backend_pid(), $1::text", "")[0][:1]
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as other:
        other.execute("select pg_terminate_backend(%s, 1000)", [pid])
    with pytest.raises(OperationalError):
        file_dossier()
    connection.close_if_unusable_or_obsolete()
    assert file_dossier().case_id


@pytest.mark.django_db(transaction=True)
def test_the_first_thing_a_request_reads_finds_a_new_connection_where_the_old_one_died(commune):
    (pid,) = run("select pg_backend_pid(), $1::text", "")[0][:1]
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as other:
        other.execute("select pg_terminate_backend(%s, 1000)", [pid])
    connection.close_if_unusable_or_obsolete()  # as a request begins
    (another,) = read("select pg_backend_pid(), $1::text", "")[0][:1]
    assert another != pid


@pytest.mark.django_db
def test_a_text_that_postgresql_cannot_keep_is_refused_and_not_cut(commune):
    with pytest.raises(DataError), transaction.atomic():
        run("select $1::text", "TS-1\0")


@pytest.mark.django_db
def test_an_error_is_of_djangos_kind(commune):
    with pytest.raises(IntegrityError), transaction.atomic():
        run("insert into cases_codecounter (prefix, last) values ($1::text, null) returning last", "x")


@pytest.mark.django_db
def test_ids_that_look_like_syntax_are_ids_of_no_case(commune):
    strange = ['"', "\\", "{}", "a,b", "null", "Hồ sơ"]
    outcomes = actions.act_on_cases(public_ids=strange, act="accept", actor=DESK, now=FRIDAY)
    assert [type(each.refusal) for each in outcomes] == [actions.NoSuchCase] * len(strange)
