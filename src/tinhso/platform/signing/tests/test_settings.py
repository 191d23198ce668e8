"""Keys that a machine made for itself sign outside a demonstration only where somebody named them."""

import os
import subprocess
import sys

import pytest

from tinhso.platform.signing.apps import LOCAL, UNSET

SAYS = "from tinhso.host import settings; print(settings.SIGNATURE_PROVIDER)"


@pytest.mark.parametrize(
    ("demo", "named", "provider"),
    [("1", "", LOCAL), ("0", "", UNSET), ("0", LOCAL, LOCAL), ("0", "other.One", "other.One")],
)
def test_the_machines_own_keys_sign_in_earnest_only_when_named(tmp_path, demo, named, provider):
    environment = {**os.environ, "TINHSO_HOME": str(tmp_path), "TINHSO_DEMO": demo, "TINHSO_SIGNATURES": named}
    done = subprocess.run([sys.executable, "-c", SAYS], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == provider
