"""Who was convened to a meeting: for whom, by which channel, with which voices, and when they were there."""

import base64
import secrets

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.qr_code import make_qr
from odoo.exceptions import UserError
from odoo.tools import format_date, formataddr, is_html_empty

#: Fields of the list that convening freezes.
FROZEN = frozenset({"meeting_id", "partner_id", "structure_id", "college_id", "voices", "channel", "email"})


class GovernanceAttendance(models.Model):
    """One convened person. The delegates of one member share its voices: whoever of them is there carries them."""

    _name = "governance.attendance"
    _description = "Convened Person"
    _inherit = ["governance.meeting.part"]
    _order = "meeting_id, sort_name, id"
    _rec_names_search = ["partner_id", "structure_id"]

    partner_id = fields.Many2one("res.partner", string="Person", required=True, ondelete="restrict", index=True)
    structure_id = fields.Many2one(
        "res.partner", string="Speaks for", ondelete="restrict", index="btree_not_null", help="Empty: for itself."
    )
    sort_name = fields.Char(compute="_compute_sort_name", store=True)
    college_id = fields.Many2one("association.college", ondelete="restrict", index="btree_not_null", check_company=True)
    voices = fields.Integer(required=True, default=1, help="Those of the member, whichever of its delegates comes.")
    channel = fields.Selection(
        [("mail", "By mail"), ("post", "By post"), ("hand", "By hand")],
        compute="_compute_channel",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    email = fields.Char(string="Convened at", readonly=True, copy=False, help="The address to which the mail was sent.")
    convened_at = fields.Datetime(string="Convened on", readonly=True, copy=False)
    message_id = fields.Many2one("mail.message", readonly=True, copy=False, index="btree_not_null", ondelete="set null")
    sending = fields.Selection(
        [
            ("waiting", "Waits to be sent"),
            ("sent", "Sent"),
            ("failed", "Not delivered"),
            ("letter", "Letter"),
            ("none", "Not convened"),
        ],
        compute="_compute_sending",
        compute_sudo=True,
    )
    failure = fields.Char(compute="_compute_sending", compute_sudo=True, string="Why not delivered")
    badge = fields.Char(
        default=lambda self: secrets.token_urlsafe(9), readonly=True, copy=False, index="btree_not_null"
    )
    stay_ids = fields.One2many("governance.stay", "attendance_id", string="Stays")
    arrived_at = fields.Datetime(compute="_compute_presence", string="Arrived", compute_sudo=True)
    left_at = fields.Datetime(compute="_compute_presence", string="Left", compute_sudo=True)
    is_present = fields.Boolean(
        compute="_compute_presence", search="_search_is_present", string="Present", compute_sudo=True
    )
    given_ids = fields.One2many("governance.proxy", "giver_id", string="Proxy given")
    held_ids = fields.One2many("governance.proxy", "holder_id", string="Proxies held")

    _once = models.UniqueIndex(
        "(meeting_id, partner_id, COALESCE(structure_id, 0))",
        "This person is on the list already, for the same member.",
    )
    _badge_once = models.UniqueIndex("(badge)", "Each convocation has a badge of its own.")
    _voices_not_negative = models.Constraint("CHECK (voices >= 0)", "Nobody has fewer than 0 voices.")

    @api.depends("partner_id.name", "partner_id.parent_id", "structure_id.name")
    def _compute_sort_name(self):
        for line in self:
            line.sort_name = line.partner_id.name or line.structure_id.name or ""

    @api.depends("partner_id")
    def _compute_channel(self):
        for line in self:
            line.channel = line.channel or ("mail" if line._get_address() else "post")

    @api.depends("partner_id.name", "structure_id.name")
    def _compute_display_name(self):
        for line in self:
            name = line.partner_id.name or ""
            other = line.structure_id and line.structure_id != line.partner_id
            line.display_name = f"{name} ({line.structure_id.name})" if other else name

    @api.depends("convened_at", "channel", "message_id.notification_ids.notification_status")
    def _compute_sending(self):
        for line in self:
            told = line.message_id.notification_ids[:1]
            line.failure = False
            if not line.convened_at:
                line.sending = "none"
            elif line.channel != "mail":
                line.sending = "letter"
            elif told.notification_status in ("exception", "bounce", "canceled"):
                line.sending = "failed"
                line.failure = told.failure_reason or told.format_failure_reason()
            else:
                line.sending = "sent" if told.notification_status == "sent" or not told else "waiting"

    @api.depends("stay_ids.arrived_at", "stay_ids.left_at")
    def _compute_presence(self):
        self.stay_ids.fetch(["arrived_at", "left_at"])
        for line in self:
            stays = line.stay_ids  # in the order of the arrivals
            line.arrived_at = stays[:1].arrived_at
            line.left_at = stays[-1:].left_at
            line.is_present = bool(stays) and not stays[-1:].left_at

    @api.model
    def _search_is_present(self, operator, value):
        if operator != "in":
            return NotImplemented
        present = [("stay_ids", "any", [("left_at", "=", False)])]
        return present if True in value else [("stay_ids", "not any", [("left_at", "=", False)])]

    # ---- what is refused ----

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.meeting_id._refuse_after("closed", self.env._("The list of a meeting that was held does not change"))
        return lines

    def write(self, vals):
        if FROZEN.intersection(vals):
            self._refuse_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convened(self):
        self._refuse_frozen()

    def _refuse_frozen(self):
        for line in self:
            if line.convened_at:
                raise UserError(
                    self.env._(
                        "%(person)s was convened on %(day)s: the list of those convened stays as it was, since it is the "
                        "evidence that nobody was left out. Add a line for who was forgotten.",
                        person=line.display_name,
                        day=format_date(self.env, line.meeting_id._in_own_time(line.convened_at).date()),
                    )
                )

    # ---- what a convocation says ----

    def _get_address(self):
        """Return the address at which the person is written to: its own, else the organisation's."""
        self.ensure_one()
        return self.partner_id.email_normalized or self.structure_id.email_normalized

    def _get_recipient(self):
        """Return the address to which the convocation goes, with its name."""
        self.ensure_one()
        return formataddr((self.partner_id.name, self.email or "")) if self.email else ""

    def _get_words(self):
        """Return the words of the convocation, the same by mail and by post."""
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "network_governance.convocation_words", {"doc": self, "is_html_empty": is_html_empty}
        )

    def _get_badge_url(self):
        """Return where a mail finds the square that is read at the door."""
        self.ensure_one()
        return f"{self.get_base_url()}/governance/badge/{self.badge}"

    def _get_badge_uri(self):
        """Return the same square for a paper, which is printed without asking anybody."""
        self.ensure_one()
        return f"data:image/png;base64,{base64.b64encode(make_qr(self.badge)).decode()}"

    def _show_day(self):
        """Return the day of the convocation as its reader writes days."""
        self.ensure_one()
        moment = self.convened_at or fields.Datetime.now()
        return format_date(self.env, self.meeting_id._in_own_time(moment), date_format="d MMMM y")

    # ---- voices ----

    def _get_unit(self):
        """Return what votes: the member for which a delegate speaks, else the line itself."""
        self.ensure_one()
        shared = self.meeting_id.body_id.convenes == "members" and self.structure_id
        return ("structure", self.structure_id.id) if shared else ("line", self.id)
