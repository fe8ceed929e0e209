"""A sheet of a workbook that lists records: each column is a field, under the label that the screen shows."""

from odoo.models import BaseModel

from ...calculation.common.spreadsheet import Sheet


def make_sheet(records, name, columns, title=(), total=""):
    """Return the :class:`Sheet` that lists records, in their order.

    :param name: name of the tab.
    :param columns: (field, width in characters, kind) of each column; kinds are those of ``FORMATS``.
    :param title: lines of text above the header.
    :param total: label of the line of sums, if there is one.
    """
    fields = [(records._fields[field], width, kind) for field, width, kind in columns]
    _fetch_contacts(records, [field for field, _width, _kind in fields])
    headers = [(field._description_string(records.env), width, kind) for field, width, kind in fields]
    labels = {
        field.name: dict(field._description_selection(records.env))
        for field, _width, _kind in fields
        if field.type == "selection"
    }
    rows = [
        [_show(record[field.name], labels.get(field.name)) for field, _width, _kind in fields] for record in records
    ]
    return Sheet(name, headers, rows, title, total)


def _fetch_contacts(records, fields):
    """Read what the sheet says of contacts, and no more: all their other fields of thousands fill the memory."""
    for contact in fields:
        if contact.comodel_name == "res.partner":
            paths = (field.related.split(".") for field in fields if field.related)
            told = [path[1] for path in paths if path[0] == contact.name and len(path) == 2]
            records[contact.name].fetch(["complete_name", *told])


def _show(value, labels):
    """Return a field's value as a cell holds it."""
    if isinstance(value, BaseModel):
        return value.complete_name if value._name == "res.partner" else value.display_name
    return value if labels is None else labels.get(value)
