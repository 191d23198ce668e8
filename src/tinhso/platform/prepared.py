"""
The way to the database for statements that every request or act asks: prepared on the server, without a cursor's layers.

A cursor spends more time on a small statement than PostgreSQL does, see docs/decisions/0006-one-statement-per-act.md. What
it does besides is kept here: a transaction that Django has promised is begun by a cursor, errors are psycopg's made into
Django's, and statements are counted where Django counts them.
"""

from threading import local
from typing import Any, Final

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]
Parameter = str | list[str] | None
FORGOTTEN: Final = (psycopg.errors.InvalidSqlStatementName, psycopg.errors.FeatureNotSupported)
_kept = local()


class Prepared:
    """The statements that one connection has prepared, by their text."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self.connection = connection
        self.reader = Transformer(connection)
        self.names: dict[str, bytes] = {}
        self.count = 0

    def run(self, statement: str, parameters: tuple[Parameter, ...]) -> list[Row]:
        """The rows of a statement; it is prepared once more where the server has forgotten it, or its tables changed."""
        door = self.connection.pgconn
        if not self.connection.autocommit and door.transaction_status == TransactionStatus.IDLE:
            return psycopg.RawCursor(self.connection).execute(statement, parameters).fetchall()
        try:
            return self._run(statement, parameters)
        except FORGOTTEN:
            if door.transaction_status != TransactionStatus.IDLE:
                raise
            self.names.clear()
            return self._run(statement, parameters)

    def _run(self, statement: str, parameters: tuple[Parameter, ...]) -> list[Row]:
        door = self.connection.pgconn
        name = self.names.get(statement)
        if name is None:
            self.count += 1
            name = f"tinhso_{self.count}".encode()
            self._check(door.prepare(name, statement.encode()))
            self.names[statement] = name
        written = [_written(each) for each in parameters]
        result = door.exec_prepared(name, written, None, Format.BINARY)  # type: ignore[arg-type]  # None is NULL
        self._check(result)
        self.reader.set_pgresult(result)
        return self.reader.load_rows(0, result.ntuples, tuple)

    def _check(self, result: PGresult) -> None:
        if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
            return
        if self.connection.pgconn.status != ConnStatus.OK:
            raise psycopg.OperationalError(result.get_error_message())
        raise psycopg.errors.error_from_result(result)


def _written(parameter: Parameter) -> bytes | None:
    """A parameter as libpq takes it; beyond a NUL, which PostgreSQL cannot keep, it would read no further."""
    if parameter is None:
        return None
    written = (parameter if isinstance(parameter, str) else _array(parameter)).encode()
    if b"\0" in written:
        raise psycopg.DataError("PostgreSQL text cannot contain NUL")
    return written


def _array(texts: list[str]) -> str:
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts)
    return "{" + ",".join(quoted) + "}"


def run(statement: str, *parameters: Parameter) -> list[Row]:
    """
    The rows of a statement with parameters $1, $2 …, on Django's own connection (and so in its transaction).

    Django's cursors bind on the client and cannot prepare; planning these statements costs more than running them.
    """
    django = getattr(_kept, "django", None) or _find_connection()
    django.close_if_health_check_failed()
    django.ensure_connection()
    if django.force_debug_cursor:
        django.queries_log.append({"sql": statement, "time": "0"})
    with django.wrap_database_errors:
        prepared: Prepared | None = getattr(_kept, "prepared", None)
        if prepared is None or prepared.connection is not django.connection:
            prepared = _kept.prepared = Prepared(django.connection)
        return prepared.run(statement, parameters)


def read(statement: str, *parameters: Parameter) -> list[Row]:
    """
    The rows of a statement that only reads.

    As a request's first statement it is the check of the connection too: where the connection has died it is made anew.
    """
    django = getattr(_kept, "django", None) or _find_connection()
    if django.health_check_done or django.in_atomic_block or django.connection is None:
        return run(statement, *parameters)
    django.health_check_done = True
    try:
        return run(statement, *parameters)
    except OperationalError:
        if django.connection.pgconn.status == ConnStatus.OK:
            raise
        django.close()
        return run(statement, *parameters)


def _find_connection() -> Any:
    """Django's connection of this thread, which stays the same object; looking it up costs a tenth of a round trip."""
    _kept.django = connections[DEFAULT_DB_ALIAS]
    return _kept.django
