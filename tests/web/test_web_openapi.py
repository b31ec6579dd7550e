"""What the OpenAPI document promises, asked at random: no question of any form ends in a fault of the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from corridor.web.app import create
from corridor.web.settings import Settings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks = pytest.importorskip("schemathesis.checks")

# A folder that is not there is an empty store: the bundled figures answer, and nothing is written by a question.
SITE = create(Settings(Path(__file__).with_name("no-such-store")))
PAGES = schemathesis.openapi.from_asgi("/openapi.json", SITE, headers={"host": "127.0.0.1:8000"})


@PAGES.include(method="GET").parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_question_is_a_fault_of_the_server(case: schemathesis.Case) -> None:
    answer = case.call(headers={"host": "127.0.0.1:8000"})
    case.validate_response(answer, checks=[checks.not_a_server_error])
