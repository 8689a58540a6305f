"""The customer: the profile of who the incident happened to."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from remedykit.model.base import Fact, Model
from remedykit.model.shapes import Amount, Number
from remedykit.model.words import Tier


class Customer(Model):
    """Who it happened to. What is ``None`` is unknown; amounts take the order's currency."""

    id: Annotated[str | None, Fact("the customer's id", personal=True)] = None
    name: Annotated[str | None, Fact("the customer's name", personal=True)] = None
    tier: Annotated[Tier | None, Fact("level in the loyalty programme")] = None
    tenure_years: Annotated[
        Number | None, Fact("how long a customer", unit="years", at_least=0)
    ] = None
    orders_12m: Annotated[
        int | None, Fact("orders in the last 12 months", unit="orders", at_least=0)
    ] = None
    incidents_12m: Annotated[
        int | None,
        Fact("earlier incidents in the last 12 months, this one not counted", at_least=0),
    ] = None
    claims_12m: Annotated[
        int | None, Fact("guarantee claims in the last 12 months", unit="claims", at_least=0)
    ] = None
    goodwill_12m: Annotated[
        Amount, Fact("worth of the goodwill given in the last 12 months", at_least=0)
    ] = Decimal(0)
    predicted_ltv: Annotated[
        Amount | None, Fact("predicted margin of all orders to come", at_least=0)
    ] = None
    risk_flag: Annotated[bool, Fact("whether the shop suspects abuse")] = False
    vulnerable: Annotated[
        bool | None, Fact("whether the customer needs particular care", protected=True)
    ] = None
    marketing_consent: Annotated[bool | None, Fact("whether advertising is welcome")] = None
    country: Annotated[
        str | None, Fact("country of residence, a code of ISO 3166", protected=True)
    ] = None
    locale: Annotated[str | None, Fact("language and region, such as en-US")] = None
    preferred_channel: Annotated[str | None, Fact("how the customer likes to be reached")] = None
