"""What every test may lean on."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow and not wrong: no clock decides a test.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# Worlds that tests of several folders share stand beside this file.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real files, or a skip that says where it was looked for."""
    named = os.environ.get("CORRIDOR_TEST_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"real files are not here: {folder} (set CORRIDOR_TEST_DATA to the folder of data packs)")
    return folder
