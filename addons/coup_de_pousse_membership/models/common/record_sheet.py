"""A sheet of a workbook that lists records: each column is a field, under the label that the screen shows."""

from odoo.models import BaseModel

from ...calculation.common.spreadsheet import Sheet


def make_sheet(records, name, columns, title=()):
    """Return the :class:`Sheet` that lists records, in their order.

    :param name: name of the tab.
    :param columns: (field, width in characters, kind) of each column; kinds are those of ``FORMATS``.
    :param title: lines of text above the header.
    """
    fields = [(records._fields[field], width, kind) for field, width, kind in columns]
    headers = [(field._description_string(records.env), width, kind) for field, width, kind in fields]
    labels = {
        field.name: dict(field._description_selection(records.env))
        for field, _width, _kind in fields
        if field.type == "selection"
    }
    rows = [
        [_show(record[field.name], labels.get(field.name)) for field, _width, _kind in fields] for record in records
    ]
    return Sheet(name, headers, rows, title)


def _show(value, labels):
    """Return a field's value as a cell holds it."""
    if isinstance(value, BaseModel):
        return value.display_name
    return value if labels is None else labels.get(value)
