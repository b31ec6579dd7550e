"""Files a user writes: YAML forms read strictly, every fault said in one line with its place."""

from __future__ import annotations

from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from corridor.codes import strict_yaml
from corridor.errors import UsageError, Where


class Form(BaseModel):
    """A form: a key it does not have is refused, and so is a value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


Text = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]
#: Codes are text: YAML takes NO for a truth value and 0101 for the number 65.
Code = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_]+$")]

_Form = TypeVar("_Form", bound=Form)


class BrokenForm(UsageError):
    """A file that is no complete and sound form."""


def read_form(kind: type[_Form], text: str, name: str) -> _Form:
    """The form in a YAML text; ``name`` is for messages. Raises `BrokenForm` naming the first fault and its place."""
    where = Where(file=name)
    try:
        return kind.model_validate(strict_yaml.load(text))
    except yaml.YAMLError as fault:
        raise BrokenForm(f"not sound YAML: {fault}", where=where) from None
    except RecursionError:
        raise BrokenForm("not sound YAML: nested too deeply", where=where) from None
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        words = first["msg"].removeprefix("Value error, ")
        raise BrokenForm(f"{place}: {words}" if place else words, where=where) from None
