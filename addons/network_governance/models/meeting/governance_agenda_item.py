"""The agenda of a meeting: its points, who brings them, how long they take, and their papers."""

from odoo import api, fields, models

from .papers import adopt


class GovernanceAgendaItem(models.Model):
    """One point of the agenda. Its papers are for those who read the body's papers."""

    _name = "governance.agenda.item"
    _description = "Point of the Agenda"
    _inherit = ["governance.meeting.part"]
    _order = "meeting_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Point", required=True)
    owner_id = fields.Many2one("res.partner", string="Brought by", ondelete="restrict", index="btree_not_null")
    minutes = fields.Integer(string="Planned minutes")
    for_decision = fields.Boolean(string="To decide", help="A vote is taken on this point.")
    is_late = fields.Boolean(
        string="Added later", readonly=True, copy=False, help="It was not on the agenda that was sent."
    )
    description = fields.Html(string="What it is about")
    document_ids = fields.Many2many("ir.attachment", string="Papers")

    _minutes_not_negative = models.Constraint("CHECK (minutes >= 0)", "A point takes no less than 0 minutes.")

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items.filtered(lambda item: item.meeting_id.convened_at).sudo().is_late = True
        adopt(items)
        return items

    def write(self, vals):
        if {"name", "meeting_id"} & vals.keys():
            self.filtered(lambda item: not item.is_late)._refuse_sent()
        result = super().write(vals)
        if "document_ids" in vals:
            adopt(self)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self.filtered(lambda item: not item.is_late)._refuse_sent()

    def _refuse_sent(self):
        self.meeting_id._refuse_after("convened", self.env._("The agenda was sent as it is: add a point instead"))
