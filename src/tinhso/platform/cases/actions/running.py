"""
The way to the database for the hot statements: prepared on the server, without the layers of a cursor.

A cursor spends more time on a small statement than PostgreSQL does. What it does besides is kept here: a transaction that
Django has promised is begun by a cursor, and errors are psycopg's, made into Django's.
"""

from threading import local
from typing import Any, Final

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]
Parameter = str | list[str]
FORGOTTEN: Final = (psycopg.errors.InvalidSqlStatementName, psycopg.errors.FeatureNotSupported)
_kept = local()


class Prepared:
    """The statements that one connection has prepared, by their text."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self.connection = connection
        self.reader = Transformer(connection)
        self.names: dict[str, bytes] = {}
        self.count = 0

    def run(self, statement: str, parameter: Parameter) -> list[Row]:
        """The rows of a statement; it is prepared once more where the server has forgotten it, or its tables changed."""
        door = self.connection.pgconn
        if not self.connection.autocommit and door.transaction_status == TransactionStatus.IDLE:
            return psycopg.RawCursor(self.connection).execute(statement, [parameter]).fetchall()
        try:
            return self._run(statement, parameter)
        except FORGOTTEN:
            if door.transaction_status != TransactionStatus.IDLE:
                raise
            self.names.clear()
            return self._run(statement, parameter)

    def _run(self, statement: str, parameter: Parameter) -> list[Row]:
        door = self.connection.pgconn
        name = self.names.get(statement)
        if name is None:
            self.count += 1
            name = f"tinhso_{self.count}".encode()
            self._check(door.prepare(name, statement.encode()))
            self.names[statement] = name
        written = parameter if isinstance(parameter, str) else _array(parameter)
        result = door.exec_prepared(name, [written.encode()], None, Format.BINARY)
        self._check(result)
        self.reader.set_pgresult(result)
        return self.reader.load_rows(0, result.ntuples, tuple)

    def _check(self, result: PGresult) -> None:
        if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
            return
        if self.connection.pgconn.status != ConnStatus.OK:
            raise psycopg.OperationalError(result.get_error_message())
        raise psycopg.errors.error_from_result(result)


def _array(texts: list[str]) -> str:
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts)
    return "{" + ",".join(quoted) + "}"


def run(statement: str, parameter: Parameter) -> list[Row]:
    """
    The rows of a statement of one parameter, on Django's own connection (and so in its transaction).

    Django's cursors bind on the client and cannot prepare; planning these statements costs more than running them.
    """
    django = getattr(_kept, "django", None) or _find_connection()
    django.ensure_connection()
    with django.wrap_database_errors:
        prepared: Prepared | None = getattr(_kept, "prepared", None)
        if prepared is None or prepared.connection is not django.connection:
            prepared = _kept.prepared = Prepared(django.connection)
        return prepared.run(statement, parameter)


def _find_connection() -> Any:
    """Django's connection of this thread, which stays the same object; looking it up costs a tenth of a round trip."""
    _kept.django = connections[DEFAULT_DB_ALIAS]
    return _kept.django
