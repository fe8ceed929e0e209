"""Minutes: drafted from what the meeting recorded, corrected, and frozen when a later meeting approves them."""

import hashlib

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError, ValidationError
from odoo.tools import is_html_empty


class GovernanceMinutes(models.Model):
    _name = "governance.minutes"
    _description = "Minutes"
    _inherit = ["association.part", "mail.thread"]
    _placed_by = frozenset({"meeting_id"})
    _order = "meeting_id desc"
    _rec_name = "meeting_id"

    meeting_id = fields.Many2one(
        "governance.meeting", required=True, ondelete="restrict", index=True, check_company=True
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True, precompute=True)
    body_id = fields.Many2one(related="meeting_id.body_id", store=True, index=True)
    starts_at = fields.Datetime(related="meeting_id.starts_at", store=True)
    body = fields.Html(string="Minutes", sanitize_attributes=False)
    state = fields.Selection(
        [("draft", "To approve"), ("approved", "Approved")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    approved_in_id = fields.Many2one(
        "governance.meeting",
        string="Approved by the meeting",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('body_id', '=', body_id), ('starts_at', '>', starts_at)]",
        check_company=True,
        help="A later meeting of the same body.",
    )
    approved_at = fields.Datetime(string="Approved at", readonly=True, copy=False)
    digest = fields.Char(
        string="Hash", readonly=True, copy=False, help="SHA-256 of the text: nobody can change it unseen."
    )

    _one = models.UniqueIndex("(meeting_id)", "This meeting has its minutes already.")
    _approved = models.Constraint(
        "CHECK (state = 'draft' OR (digest IS NOT NULL AND approved_at IS NOT NULL))",
        "Approved minutes have their hash.",
    )

    @api.constrains("approved_in_id", "meeting_id")
    def _check_approved_later(self):
        for minutes in self:
            meeting = minutes.approved_in_id
            if meeting and (meeting.body_id != minutes.body_id or meeting.starts_at <= minutes.starts_at):
                raise ValidationError(
                    self.env._(
                        "“%(other)s” cannot approve these minutes: a later meeting of %(body)s does. Choose that one.",
                        other=meeting.name,
                        body=minutes.body_id.name,
                    )
                )

    def write(self, vals):
        if {"body", "meeting_id", "approved_in_id"} & vals.keys():
            self._refuse_approved()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._refuse_approved()

    def _refuse_approved(self):
        for minutes in self:
            if minutes.state == "approved":
                raise UserError(
                    self.env._(
                        "The minutes of “%(meeting)s” were approved on %(day)s and do not change any more: have a correction "
                        "recorded in the next ones.",
                        meeting=minutes.meeting_id.name,
                        day=minutes.meeting_id._show_moment(minutes.approved_at),
                    )
                )

    def action_draft(self):
        """Write the minutes anew from what the meeting has recorded."""
        self.check_access("write")
        self._refuse_approved()
        for minutes in self:
            minutes.body = self.env["ir.qweb"]._render(
                "network_governance.minutes_draft",
                {"meeting": minutes.meeting_id, "is_html_empty": is_html_empty},
            )
        return True

    def action_approve(self):
        """Approve the minutes, which freezes their text under its hash."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        self._refuse_approved()
        if is_html_empty(self.body):
            raise UserError(self.env._("There is nothing to approve yet: write the minutes first."))
        if not self.approved_in_id:
            raise UserError(self.env._("Say which later meeting of %s approves them.", self.body_id.name))
        if self.approved_in_id.state not in ("open", "closed"):
            raise UserError(
                self.env._(
                    "“%(meeting)s” has not been opened yet: minutes are approved by a meeting that is held.",
                    meeting=self.approved_in_id.name,
                )
            )
        self._write_facts({"state": "approved", "approved_at": fields.Datetime.now(), "digest": self._get_digest()})
        return True

    def _get_digest(self):
        """Return the SHA-256 of the text as it stands."""
        self.ensure_one()
        return hashlib.sha256(f"{self.meeting_id.id}\n{self.body}".encode()).hexdigest()

    def _is_untouched(self):
        """Return whether the text still is the one that was approved."""
        self.ensure_one()
        return self.digest == self._get_digest()
