"""A day by which something of an application is due; whoever writes it has it among the activities."""

from odoo import api, fields, models


class FundingDeadline(models.Model):
    _name = "funding.deadline"
    _description = "Deadline of an Application"
    _inherit = ["funding.application.part"]
    _order = "date, id"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            ("letter", "Letter of intent"),
            ("application", "Application"),
            ("interim", "Interim report"),
            ("final", "Final report"),
            ("other", "Other"),
        ],
        required=True,
        default="application",
    )
    date = fields.Date(string="Due on", required=True, index=True)
    done_on = fields.Date()
    note = fields.Char()
    partner_id = fields.Many2one(related="application_id.partner_id", store=True, string="Organisation")
    funder_id = fields.Many2one(related="application_id.funder_id")
    writer_id = fields.Many2one(related="application_id.writer_id", store=True)
    is_late = fields.Boolean(compute="_compute_is_late")
    activity_id = fields.Many2one("mail.activity", readonly=True, ondelete="set null", copy=False)

    @api.depends("date", "done_on")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for deadline in self:
            deadline.is_late = not deadline.done_on and bool(deadline.date) and deadline.date < today

    @api.depends("kind", "application_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for deadline in self:
            deadline.display_name = f"{kinds.get(deadline.kind, '')} – {deadline.application_id.name or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        deadlines = super().create(vals_list)
        deadlines._schedule()
        return deadlines

    def write(self, vals):
        result = super().write(vals)
        if {"date", "kind", "done_on"} & vals.keys():
            self._schedule()
        return result

    def unlink(self):
        self.sudo().activity_id.unlink()
        return super().unlink()

    def action_done(self):
        """Record that what was due is done today."""
        self.filtered(lambda deadline: not deadline.done_on).done_on = fields.Date.context_today(self)

    def _schedule(self):
        """Keep the activity of each deadline in step: who writes the application, on that day."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for deadline in self:
            activity, application = deadline.sudo().activity_id, deadline.application_id
            if deadline.done_on or not application.writer_id:
                activity.unlink()
            elif activity:
                activity.write({"date_deadline": deadline.date, "user_id": application.writer_id.id})
            else:
                deadline.sudo().activity_id = application.sudo().activity_schedule(
                    "mail.mail_activity_data_todo",
                    deadline.date,
                    summary=" – ".join(filter(None, [kinds[deadline.kind], deadline.note])),
                    user_id=application.writer_id.id,
                )
