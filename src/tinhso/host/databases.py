"""Databases of one server beside the one in use: made alike, filled, put in its place by name, dropped."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection
from psycopg import sql

LOCALES: dict[str, LiteralString] = {  # by the provider, where it is not the C library
    "b": " locale_provider builtin builtin_locale {}",
    "i": " locale_provider icu icu_locale {}",
}
LIKENESS = """
select pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider::text, {locale}
from pg_database where datname = current_database()
"""


def name_in_use() -> str:
    """The name of the database that this installation works with."""
    return str(connection.settings_dict["NAME"])


def url_of(name: str) -> str:
    """What DATABASE_URL says for the database `name` of the same server."""
    known = connection.settings_dict
    port = f":{known['PORT']}" if known["PORT"] else ""
    account = quote(known["USER"], safe="") + (f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else "")
    return f"postgresql://{account}@{port}/{quote(name, safe='')}?{urlencode({'host': known['HOST']})}"


@contextmanager
def _beside() -> Iterator[Any]:
    """A connection to the same server, but to none of the databases that are to change their names."""
    known = connection.settings_dict
    other = "template1" if known["NAME"] == "postgres" else "postgres"
    named = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
    with psycopg.connect(dbname=other, autocommit=True, **{key: each for key, each in named.items() if each}) as own:
        yield own


def exists(name: str) -> bool:
    """Whether the server has a database of that name."""
    with _beside() as server:
        return server.execute("select from pg_database where datname = %s", [name]).fetchone() is not None


def drop(name: str) -> None:
    """Drop that database, with whoever is connected to it; nothing when there is none."""
    with _beside() as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def make(name: str) -> None:
    """
    An empty database that sorts and compares as the one in use; one that was there under that name is dropped.

    :raises psycopg.errors.InsufficientPrivilege: the account may not make databases
    """
    drop(name)
    column = "datlocale" if connection.pg_version >= 170000 else "daticulocale"  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(LIKENESS.format(locale=column))
        encoding, collate, ctype, provider, locale = cursor.fetchone()
    template = "create database {} template template0 encoding {} lc_collate {} lc_ctype {}"
    values: list[sql.Composable] = [sql.Identifier(name), *map(sql.Literal, (encoding, collate, ctype))]
    if provider in LOCALES:
        template += LOCALES[provider]
        values.append(sql.Literal(locale))
    with _beside() as server:
        server.execute(sql.SQL(template).format(*values))


def put_in_place(fresh: str, *, aside: str) -> None:
    """Give `fresh` the name of the database in use, and that one the name `aside`: both at once, or neither."""
    current = name_in_use()
    connection.close()
    rename = sql.SQL("alter database {} rename to {}")
    with _beside() as server:
        server.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = any(%s)", [[current, fresh]]
        )
        with server.transaction():
            server.execute(rename.format(sql.Identifier(current), sql.Identifier(aside)))
            server.execute(rename.format(sql.Identifier(fresh), sql.Identifier(current)))
