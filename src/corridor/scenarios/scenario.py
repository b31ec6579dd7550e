"""A scenario: a short YAML file that a ministry could sign.

title: "Zero duties on Russian goods"
importer: "VNM"
partner: "RUS"
baseline: {year: 2025, source: "vn_customs"}
elasticities:
  import_demand: {default: 1.2, source: "assumed, between published means"}
  substitution: {default: 1.5, source: "default of WITS SMART"}
  export_supply: {default: infinite, source: "small buyer"}
changes:
  - {products: all, duty_percent: 0, from: 2027-01-01, reason: "joint statement of January 2025"}
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from corridor.errors import NothingFound
from corridor.scenarios.forms import Code, Form, Text, read_form
from corridor.scenarios.partial_equilibrium import ExportSupply, ImportDemand, Substitution

Positive = Annotated[float, Field(gt=0)]


class Baseline(Form):
    """The trade that the scenario starts from: a calendar year, and whose statistics."""

    year: Annotated[int, Field(ge=1962, le=2100)]
    source: Code | None = None
    classification: Code | None = None


class ScheduleOfImporter(Form):
    """Whose duties are in force before the change, by which source, on which day (None: the baseline's last day)."""

    reporter: Code
    source: Code | None = None
    day: date | None = None


class Elasticity(Form):
    """One elasticity for all products, or one for each, positive; and where it comes from.

    ``trade_elasticities`` names a source in the store, e.g. protee, from whose trade elasticities substitution is made
    for products that ``products`` does not list; the default stands for those that it does not know either.
    """

    default: Positive | Literal["infinite"] | None = None
    products: Mapping[Code, Positive] = {}
    trade_elasticities: Code | None = None
    source: Text

    def of(self, product: str, what: str) -> float:
        """The value for a product. Raises: NothingFound where neither it nor a default is given."""
        found = self.products.get(product, self.default)
        if found is None:
            raise NothingFound(
                f"the scenario gives no elasticity of {what} for {product}",
                next_step=f"write it under elasticities.{what}.products, or a default",
            )
        return math.inf if found == "infinite" else float(found)


class Elasticities(Form):
    """The three elasticities; none has a value of ours."""

    import_demand: Elasticity
    substitution: Elasticity
    export_supply: Elasticity

    @field_validator("import_demand", "substitution")
    @classmethod
    def _finite(cls, given: Elasticity) -> Elasticity:
        if given.default == "infinite":
            raise ValueError("only export supply can be infinite")
        return given

    @field_validator("import_demand", "export_supply")
    @classmethod
    def _is_no_trade_elasticity(cls, given: Elasticity) -> Elasticity:
        if given.trade_elasticities:
            raise ValueError("trade elasticities serve as substitution only")
        return given

    def typed(
        self, product: str, trade: Mapping[str, float] | None = None
    ) -> tuple[ImportDemand, Substitution, ExportSupply]:
        """The three for a product, each of its own type; ``trade`` are trade elasticities (negative) by product.

        Raises: NothingFound where one is missing.
        """
        return (
            ImportDemand(self.import_demand.of(product, "import_demand"), self.import_demand.source),
            self._substitution(product, trade or {}),
            ExportSupply(self.export_supply.of(product, "export_supply"), self.export_supply.source),
        )

    def _substitution(self, product: str, trade: Mapping[str, float]) -> Substitution:
        given = self.substitution
        if given.trade_elasticities and product in trade and product not in given.products:
            return Substitution.from_trade(trade[product], given.trade_elasticities)
        return Substitution(given.of(product, "substitution"), given.source)


class Change(Form):
    """A duty on the partner's goods from a day on, and why; ``products`` are codes of the baseline's classification."""

    products: tuple[Code, ...] | Literal["all"]
    duty_percent: Annotated[float, Field(ge=0)]
    since: Annotated[date, Field(alias="from")]
    until: date | None = None
    reason: Text

    @property
    def rate(self) -> float:
        """The duty as a share."""
        return self.duty_percent / 100

    def covers(self, product: str) -> bool:
        """Whether the change is about a product."""
        return self.products == "all" or product in self.products

    @model_validator(mode="after")
    def _runs_forward(self) -> Change:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"ends on {self.until}, before it begins on {self.since}")
        return self

    def overlaps(self, other: Change) -> bool:
        """Whether both would set the duty of one product on one day."""
        together = self.since <= (other.until or date.max) and other.since <= (self.until or date.max)
        return together and ("all" in (self.products, other.products) or bool({*self.products} & {*other.products}))


class Scenario(Form):
    """A scenario as its file says."""

    title: Text
    signed: Text | None = None
    importer: Code
    partner: Code
    baseline: Baseline
    schedule: ScheduleOfImporter | None = None
    elasticities: Elasticities
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]

    @property
    def schedule_day(self) -> date:
        """The day whose duties are those before the change."""
        return (self.schedule and self.schedule.day) or date(self.baseline.year, 12, 31)

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> Scenario:
        if self.importer == self.partner:
            raise ValueError(f"importer and partner are both {self.importer}")
        if self.schedule and self.schedule.reporter != self.importer:
            raise ValueError(
                f"the schedule is of {self.schedule.reporter}, the scenario is about imports of {self.importer}"
            )
        for one, other in combinations(self.changes, 2):
            if one.overlaps(other):
                days = f"from {one.since} and from {other.since}"
                raise ValueError(f"two changes set one duty on one day, {days}; give the first an end")
        return self


def parse(text: str, name: str) -> Scenario:
    """The scenario in a YAML text; ``name`` is for messages. Raises `forms.BrokenForm` in one line."""
    return read_form(Scenario, text, name)
