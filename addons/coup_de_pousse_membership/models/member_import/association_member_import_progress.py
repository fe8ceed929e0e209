from odoo import fields, models


class AssociationMemberImportProgress(models.Model):
    """How far the writing of an import is.

    A table of its own: the writing is one transaction, which nobody sees before its end, so progress
    is told, and the wish to stop is heard, through another one. That one must not wait for the row of
    the import, which the writing holds.
    """

    _name = "association.member.import.progress"
    _description = "Progress of an Import of Members"
    _order = "id desc"

    import_id = fields.Many2one("association.member.import", required=True, ondelete="cascade", index=True)
    user_id = fields.Many2one("res.users", string="Confirmed by", required=True, ondelete="cascade")
    started_on = fields.Datetime(help="Empty until the writing begins.")
    done = fields.Integer(help="Lines written.")
    total = fields.Integer(help="Lines to write.")
    is_stopped = fields.Boolean(help="Somebody pressed “Stop”.")
