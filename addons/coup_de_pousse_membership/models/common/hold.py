"""Nothing is made twice by two clicks: whoever makes something takes hold of what it is made from."""

from odoo.tools import SQL


def hold(records):
    """Let nobody else make anything from these records until this transaction ends.

    A lock alone is not enough. Odoo reads the database as it was when its transaction began: the second of two
    clicks would get the lock once the first is through, and still not see what that one made. The rows are therefore
    written, unchanged: PostgreSQL refuses the second one as outdated, Odoo does it again from its beginning, and
    then it reads what was made. Other rows may refer to these in the meantime.

    Call it before you read what is left to make, and after the access was checked.
    """
    table, ids = SQL.identifier(records._table), tuple(records.ids)
    if not ids:
        return
    # In one order for all, so that two who want the same records do not wait for each other.
    records.env.cr.execute(SQL("SELECT FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", table, ids))
    records.env.cr.execute(SQL("UPDATE %s SET id = id WHERE id IN %s", table, ids))
