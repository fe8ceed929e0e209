"""Number fields in which "not known" differs from zero.

Odoo's own number fields turn an empty value into 0. A fee computed on a budget that nobody declared
would then be the fee of the smallest organisation. These fields keep NULL in the database and
``False`` in the record, and leave 0 for what was declared to be 0.
"""

from odoo import fields


class OptionalNumberMixin:
    """Keeps an absent value apart from 0, from the column to the record."""

    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        if _is_absent(value):
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        if _is_absent(value):
            return None
        return super().convert_to_column_insert(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if _is_absent(value):
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_read(self, value, record, use_display_name=True):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if _is_absent(value) else value


class OptionalInteger(OptionalNumberMixin, fields.Integer):
    """An integer that may be unknown (``False``)."""


class OptionalFloat(OptionalNumberMixin, fields.Float):
    """A decimal number that may be unknown (``False``)."""


class OptionalMonetary(OptionalNumberMixin, fields.Monetary):
    """An amount that may be unknown (``False``)."""


def _is_absent(value):
    # ``0 == False`` in Python: a declared zero and an absent value differ by identity alone.
    return value is None or value is False
