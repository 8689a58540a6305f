"""The models at the border (incident, order, customer, case), money, and what a decision is.

`Amount`, `Number` and `Fact` are for the fields of a platform's own subclasses.
"""

from remedykit.model.base import Fact
from remedykit.model.shapes import Amount, Number

__all__ = ["Amount", "Fact", "Number"]
