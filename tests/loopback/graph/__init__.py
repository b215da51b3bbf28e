"""A WhatsApp Cloud API on this machine: what Meta answers, what it delivers later, and what goes wrong between."""

from .api import GraphApi
from .phones import Phone
from .screens import Choice, Screen
from .statuses import Order
from .templates import Template

__all__ = ["Choice", "GraphApi", "Order", "Phone", "Screen", "Template"]
