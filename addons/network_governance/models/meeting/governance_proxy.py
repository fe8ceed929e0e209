"""Proxies: who votes for whom at a meeting, in writing."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...calculation.meeting import voices
from .papers import adopt


class GovernanceProxy(models.Model):
    """One proxy. Whether it counts depends on the moment: its holder is there, its giver is not."""

    _name = "governance.proxy"
    _description = "Proxy"
    _inherit = ["governance.meeting.part"]
    _order = "meeting_id, id"

    giver_id = fields.Many2one(
        "governance.attendance",
        string="Given by",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('meeting_id', '=', meeting_id)]",
        check_company=True,
    )
    holder_id = fields.Many2one(
        "governance.attendance",
        string="Held by",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('meeting_id', '=', meeting_id)]",
        check_company=True,
    )
    given_on = fields.Date(string="Given on", required=True, default=fields.Date.context_today)
    paper_seen = fields.Boolean(string="Signed paper seen", help="The proxy is in writing, and somebody has seen it.")
    document_ids = fields.Many2many("ir.attachment", string="Paper")
    counts = fields.Boolean(compute="_compute_counts", string="Counts now")
    why_not = fields.Char(compute="_compute_counts", string="Why it does not count")

    _once = models.UniqueIndex(
        "(giver_id)", "This person has given a proxy already: change its holder, or remove it first."
    )
    _to_another = models.Constraint(
        "CHECK (giver_id <> holder_id)", "Nobody gives a proxy to oneself: choose somebody else as its holder."
    )

    @api.depends("giver_id", "holder_id")
    def _compute_display_name(self):
        for proxy in self:
            proxy.display_name = self.env._(
                "%(giver)s, by %(holder)s", giver=proxy.giver_id.display_name, holder=proxy.holder_id.display_name
            )

    @api.depends("giver_id.stay_ids.left_at", "holder_id.stay_ids.left_at")
    def _compute_counts(self):
        reasons = self._get_reasons()
        for meeting, proxies in self.grouped("meeting_id").items():
            lost = meeting._get_carried()[1]
            for proxy in proxies:
                reason = lost.get(proxy._origin.id)
                proxy.counts = not reason
                proxy.why_not = reasons.get(reason, False)

    def _get_reasons(self):
        """Return {code: words} of why a proxy does not count."""
        return {
            voices.GIVER_PRESENT: self.env._("Who gave it is there"),
            voices.HOLDER_ABSENT: self.env._("Its holder is not there"),
            voices.OVER_CAP: self.env._("Its holder carries as many as the statutes allow"),
            voices.GIVEN_TWICE: self.env._("Another delegate of the member has given one"),
            voices.SAME_UNIT: self.env._("Both speak for the same member"),
        }

    @api.constrains("giver_id", "holder_id", "meeting_id")
    def _check_same_meeting(self):
        for proxy in self:
            if proxy.giver_id.meeting_id != proxy.meeting_id or proxy.holder_id.meeting_id != proxy.meeting_id:
                raise ValidationError(
                    self.env._("A proxy is given by one who is convened to another who is: choose both from the list.")
                )
            if proxy.giver_id._get_unit() == proxy.holder_id._get_unit():
                raise ValidationError(
                    self.env._(
                        "%(giver)s and %(holder)s speak for the same member: whoever of them comes carries its voices, no "
                        "proxy is needed.",
                        giver=proxy.giver_id.display_name,
                        holder=proxy.holder_id.display_name,
                    )
                )

    @api.constrains("holder_id")
    def _check_cap(self):
        """Nobody is given more proxies than the statutes allow."""
        held = dict(self._read_group([("holder_id", "in", self.holder_id.ids)], ["holder_id"], ["__count"]))
        for holder, count in held.items():
            cap = holder.meeting_id.body_id.proxies
            if cap is not False and count > cap:
                raise ValidationError(
                    self.env._(
                        "%(holder)s would carry %(count)s proxies; the statutes of %(body)s allow %(cap)s. Give this one to "
                        "somebody else.",
                        holder=holder.display_name,
                        count=count,
                        body=holder.meeting_id.body_id.name,
                        cap=cap,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        proxies = super().create(vals_list)
        proxies._refuse_held()
        adopt(proxies)
        return proxies

    def write(self, vals):
        self._refuse_held()
        result = super().write(vals)
        if "document_ids" in vals:
            adopt(self)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._refuse_held()

    def _refuse_held(self):
        for meeting in self.meeting_id:
            if meeting.state in ("closed", "cancelled"):
                raise UserError(self.env._("“%s” is over: its proxies stay as they were.", meeting.name))
