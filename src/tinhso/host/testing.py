"""A pytest plugin: the tests' own home and embedded PostgreSQL, quick and not durable, before Django reads its settings."""

import os
from pathlib import Path

os.environ.setdefault("TINHSO_HOME", str(Path(__file__).resolve().parents[3] / "var" / "test"))
os.environ.setdefault("TINHSO_DEMO", "1")
if not os.environ.get("DATABASE_URL"):
    from tinhso.host.home import home_folder
    from tinhso.host.postgres import start_postgres

    start_postgres(home_folder(), durable=False)
