"""The mission: whom it is for, who does it, its days and their price, and its life from preparation to closing."""

from contextlib import contextmanager

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare, formatLang


class AccompanimentMission(models.Model):
    """What an association does with one or several organisations, under a scheme that pays for it.

    Later rooms add their part by ``_changing``, ``_after_create``, ``_after_write`` and ``_after_close``.
    """

    _name = "accompaniment.mission"
    _description = "Mission"
    _inherit = ["association.dated", "mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("prepared", "In preparation"),
            ("running", "Under way"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="prepared",
        copy=False,
        index=True,
        tracking=True,
    )
    scheme_id = fields.Many2one(
        "accompaniment.scheme", required=True, ondelete="restrict", index=True, check_company=True, tracking=True
    )
    kind = fields.Selection(
        [("individual", "Individual"), ("collective", "Collective")],
        required=True,
        default="individual",
        help="Individual: one organisation. Collective: several together.",
    )
    theme_ids = fields.Many2many("accompaniment.theme", string="Themes")
    context = fields.Html(help="Where the organisation stands, and what it asks for.")
    vision = fields.Html(help="The shared text that the mission leads to: vision, preamble of a charter…")
    lessons = fields.Html(help="Difficulties and errors as opportunities to learn.")

    # Whom it is for, and who does it.
    partner_id = fields.Many2one(
        "res.partner", string="Main beneficiary", required=True, ondelete="restrict", index=True, tracking=True
    )
    participant_ids = fields.One2many("accompaniment.participant", "mission_id", string="Participants", copy=True)
    beneficiary_count = fields.Integer(compute="_compute_beneficiary_count", string="Beneficiaries")
    referent_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        ondelete="restrict",
        help="The adviser who answers for the mission.",
    )
    adviser_ids = fields.Many2many("res.users", string="Other advisers", help="They change the mission too.")
    consultant_ids = fields.Many2many(
        "res.partner", "accompaniment_mission_consultant_rel", string="Consultants", help="Without a user of their own."
    )
    steering_ids = fields.Many2many("res.partner", "accompaniment_mission_steering_rel", string="Steering committee")
    track_ids = fields.One2many("accompaniment.track", "mission_id", string="Tracks", copy=True)
    stake_ids = fields.One2many("accompaniment.stake", "mission_id", string="Stakes", copy=True)

    gone = fields.Char(compute="_compute_gone", compute_sudo=True, string="No longer there")

    # Taken from the beneficiary when the mission starts: what it becomes later rewrites no count.
    territory_id = fields.Many2one(
        "association.territory",
        compute="_compute_profile",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    industry_id = fields.Many2one(
        "res.partner.industry",
        string="Sector",
        compute="_compute_profile",
        store=True,
        precompute=True,
        readonly=False,
    )
    size = fields.Selection(
        [
            ("none", "No employee"),
            ("1", "1 or 2 employees"),
            ("3", "3 to 9 employees"),
            ("10", "10 to 49 employees"),
            ("50", "50 employees or more"),
        ],
        compute="_compute_profile",
        store=True,
        precompute=True,
        readonly=False,
        help="From the beneficiary's latest yearly figures; empty: not known.",
    )

    date_from = fields.Date(string="Starts on", index=True, tracking=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Ends on", tracking=True)
    closed_on = fields.Date(string="Closed on", readonly=True, copy=False)

    # Days: planned by phase, used by dated time entries.
    phase_ids = fields.One2many("accompaniment.phase", "mission_id", string="Phases", copy=True)
    day_ids = fields.One2many("account.analytic.line", "accompaniment_mission_id", string="Days worked")
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    days_planned = fields.Float(
        string="Days planned", compute="_compute_days_planned", store=True, digits=(16, 2), aggregator="sum"
    )
    days_used = fields.Float(string="Days used", compute="_compute_days_used", store=True, digits=(16, 2))
    days_left = fields.Float(string="Days left", compute="_compute_days_left", store=True, digits=(16, 2))
    day_rate = fields.Monetary(
        string="Price of a day",
        compute="_compute_day_rate",
        store=True,
        precompute=True,
        readonly=False,
        help="Before tax.",
    )
    price = fields.Monetary(
        compute="_compute_price", store=True, help="Days planned at the price of a day, before tax."
    )

    _day_rate_not_negative = models.Constraint("CHECK (day_rate >= 0)", "The price of a day cannot be negative.")

    def _get_leaders(self):
        """Return who leads a mission: its referent, the other advisers, the consultants."""
        self.ensure_one()
        return (self.referent_id | self.adviser_ids).partner_id | self.consultant_ids

    @api.depends("partner_id.active", "participant_ids.partner_id.active")
    def _compute_gone(self):
        said = (self.partner_id | self.participant_ids.partner_id)._say_gone()
        for mission in self:
            partners = mission.partner_id | mission.participant_ids.partner_id
            mission.gone = " ".join(said[partner] for partner in partners if partner in said) or False

    @api.depends("participant_ids.role")
    def _compute_beneficiary_count(self):
        for mission in self:
            mission.beneficiary_count = len(mission._get_beneficiaries())

    def _get_beneficiaries(self):
        """Return the participants that the mission supports."""
        return self.participant_ids.filtered(lambda participant: participant.role == "beneficiary")

    @api.depends("partner_id")
    def _compute_profile(self):
        sizes = self.partner_id._origin._get_accompaniment_sizes()
        for mission in self:
            partner = mission.partner_id
            mission.territory_id = partner.territory_id
            mission.industry_id = partner.industry_id
            mission.size = sizes.get(partner._origin.id)

    # ---- days and their price ----

    @api.depends("phase_ids.days_planned")
    def _compute_days_planned(self):
        for mission in self:
            mission.days_planned = sum(mission.phase_ids.mapped("days_planned"))

    @api.depends("day_ids.unit_amount")
    def _compute_days_used(self):
        used = dict(
            self.env["account.analytic.line"]
            .sudo()
            ._read_group(
                [("accompaniment_mission_id", "in", self.ids)], ["accompaniment_mission_id"], ["unit_amount:sum"]
            )
        )
        for mission in self:
            mission.days_used = used.get(mission._origin, 0.0)

    @api.depends("days_planned", "days_used")
    def _compute_days_left(self):
        for mission in self:
            mission.days_left = mission.days_planned - mission.days_used

    @api.depends("scheme_id")
    def _compute_day_rate(self):
        for mission in self:
            mission.day_rate = mission.scheme_id.day_rate or mission.day_rate

    @api.depends("days_planned", "day_rate", "currency_id")
    def _compute_price(self):
        for mission in self:
            price = mission.days_planned * mission.day_rate
            mission.price = mission.currency_id.round(price) if mission.currency_id else price

    @api.onchange("scheme_id")
    def _onchange_scheme_id(self):
        if self.scheme_id and not self.phase_ids:
            self.phase_ids = [fields.Command.create(values) for values in self.scheme_id._prepare_phases()]

    @api.constrains("state", "date_from")
    def _check_started(self):
        for mission in self:
            if mission.state in ("running", "closed") and not mission.date_from:
                raise ValidationError(
                    self.env._("%(mission)s has no first day: enter it before it starts.", mission=mission.name)
                )

    @api.constrains("company_id", "scheme_id", "phase_ids")
    def _check_ceiling(self):
        for mission in self:
            ceiling = mission.scheme_id.ceiling
            if ceiling and mission.currency_id.compare_amounts(mission.price, ceiling) > 0:
                raise ValidationError(
                    self.env._(
                        "%(mission)s costs %(price)s; %(scheme)s pays no more than %(ceiling)s. Take days "
                        "off, lower the day rate, or choose another scheme.",
                        mission=mission.name,
                        price=mission.currency_id.format(mission.price),
                        scheme=mission.scheme_id.name,
                        ceiling=mission.currency_id.format(ceiling),
                    )
                )

    # ---- what happens when missions are made and changed ----

    @api.model_create_multi
    def create(self, vals_list):
        with self._changing() as model:
            missions = super(AccompanimentMission, model).create(vals_list)
            missions._open_analytic_accounts()
            missions._ensure_main_beneficiary()
        missions = missions.with_env(self.env)
        missions._after_create()
        return missions

    def write(self, vals):
        with self._changing(vals) as missions:
            res = super(AccompanimentMission, missions).write(vals)
        self._after_write(vals)
        return res

    @contextmanager
    def _changing(self, vals=()):
        """Surround a change of missions or of their phases: what must hold afterwards is looked at by later rooms.

        :param vals: what is written to the missions themselves; nothing where their phases change.
        :return: the missions, as they are to be changed.
        """
        yield self

    def _after_create(self):
        """Look at new missions once they are whole; later rooms say at what."""

    def _after_write(self, vals):
        """Bring what follows from the written fields in step with them; later rooms add theirs."""
        if "partner_id" in vals:
            self._ensure_main_beneficiary()

    def _open_analytic_accounts(self):
        plan, _others = self.env["account.analytic.plan"].sudo()._get_all_plans()
        missing = self.filtered(lambda mission: not mission.sudo().analytic_account_id)
        accounts = (
            self.env["account.analytic.account"]
            .sudo()
            .create(
                [
                    {
                        "name": mission.name,
                        "plan_id": plan.id,
                        "partner_id": mission.partner_id.id,
                        "company_id": mission.company_id.id,
                    }
                    for mission in missing
                ]
            )
        )
        for mission, account in zip(missing, accounts, strict=True):
            mission.sudo().analytic_account_id = account

    def _ensure_main_beneficiary(self):
        """The main beneficiary takes part as a beneficiary."""
        self.env["accompaniment.participant"].create(
            [
                {"mission_id": mission.id, "partner_id": mission.partner_id.id, "role": "beneficiary", "sequence": 1}
                for mission in self
                if mission.partner_id not in mission._get_beneficiaries().partner_id
            ]
        )

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%(name)s (copy)", name=mission.name)}
            if not (default or {}).get("name")
            else vals
            for mission, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_worked(self):
        worked = self.filtered(lambda mission: mission.sudo().day_ids)
        if worked:
            raise UserError(
                self.env._(
                    "Days were worked for %(names)s: cancel the mission instead of deleting it.",
                    names=", ".join(worked[:5].mapped("name")),
                )
            )

    def unlink(self):
        accounts = self.sudo().analytic_account_id
        res = super().unlink()
        accounts.filtered(lambda account: not account.line_ids).unlink()
        return res

    # ---- steps ----

    def action_start(self):
        self._move_to("running", ("prepared",))

    def action_close(self):
        self._move_to("closed", ("running",))
        self._write_facts({"closed_on": fields.Date.context_today(self)})
        self._after_close()

    def _describe_closing(self):
        """Return in sentences what closing the mission brings about, and what it leaves; later rooms say more."""
        self.ensure_one()
        if float_compare(self.days_left, 0, precision_digits=2) > 0:
            left, planned = (formatLang(self.env, days, digits=2) for days in (self.days_left, self.days_planned))
            return [self.env._("%(left)s of %(planned)s days planned were not used.", left=left, planned=planned)]
        return [self.env._("All days planned were used.")]

    def _after_close(self):
        """Begin what comes after a mission; later rooms say what."""

    def action_cancel(self):
        self._move_to("cancelled", ("prepared", "running"))

    def action_reopen(self):
        self._move_to("prepared", ("cancelled",), otherwise="running")
        self._write_facts({"closed_on": False})

    def _move_to(self, state, sources, otherwise=None):
        """Change the state of those in one of the source states; the others go to ``otherwise``.

        :raise UserError: if one is in no source state and there is no other way.
        """
        self.check_access("write")
        hold(self)
        movable = self.filtered(lambda mission: mission.state in sources)
        rest = self - movable
        if rest and not otherwise:
            raise UserError(
                self.env._(
                    "%(names)s cannot go to this step from where it stands: open it and see its state.",
                    names=", ".join(rest[:5].mapped("name")),
                )
            )
        movable._write_facts({"state": state})
        if rest:
            rest._write_facts({"state": otherwise})

    # ---- navigation ----

    def action_view_days(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("accompaniment.action_accompaniment_day")
        return {
            **action,
            "domain": [("accompaniment_mission_id", "=", self.id)],
            "context": {
                "default_accompaniment_mission_id": self.id,
                "default_intervener_id": self.env.user.partner_id.id,
                "default_name": self.name,
            },
        }
