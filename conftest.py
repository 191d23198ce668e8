"""What every test stands on: an embedded PostgreSQL of the tests' own, quick and not durable."""

import os
from pathlib import Path

ROOT = Path(__file__).parent
os.environ.setdefault("TINHSO_HOME", str(ROOT / "var" / "test"))
os.environ.setdefault("TINHSO_DEMO", "1")
if not os.environ.get("DATABASE_URL"):
    from tinhso.host.home import home_folder
    from tinhso.host.postgres import start_postgres

    start_postgres(home_folder(), durable=False)
