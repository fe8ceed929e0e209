"""A campaign is launched, and calls its recipients in the background, as who launched it."""

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL
from odoo.tools.misc import get_lang

from ...calculation.run.campaign_progress import seconds_left
from ..campaign.preview import CALLED, CampaignPreview, RecipientProblem
from ..common.batch import attempt, explain, isolate, run_as
from .background_preview import BackgroundPreview
from .campaign_run import CampaignRun

ADDON = "coup_de_pousse_membership"
#: Recipients in one transaction, unless the system parameter ``coup_de_pousse_membership.campaign_batch`` says otherwise.
BATCH = 200
#: Members who are previewed while the user waits; more are previewed in the background.
PREVIEWED_AT_ONCE = 5000


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    launched_by_id = fields.Many2one("res.users", string="Launched by", readonly=True, copy=False)
    launched_on = fields.Datetime(readonly=True, copy=False)
    resumed_on = fields.Datetime(readonly=True, copy=False, help="Start of the present run.")
    progress = fields.Float(
        compute="_compute_progress",
        string="Called (%)",
        help="Share of the recipients that are dealt with, in percent.",
    )
    progress_text = fields.Char(compute="_compute_progress", string="Run")

    preview_user_id = fields.Many2one(
        "res.users", string="Previewed for", readonly=True, copy=False, help="While it is previewed in the background."
    )
    preview_last_id = fields.Integer(readonly=True, copy=False)
    preview_done = fields.Integer(readonly=True, copy=False)
    preview_total = fields.Integer(readonly=True, copy=False)
    preview_progress = fields.Float(compute="_compute_preview_progress", string="Previewed (%)")
    preview_text = fields.Char(compute="_compute_preview_progress", string="Preview")
    is_working = fields.Boolean(compute="_compute_is_working", help="Something goes on in the background.")

    # ---- a long preview ----

    @api.depends("preview_done", "preview_total")
    def _compute_preview_progress(self):
        for campaign in self:
            done, total = campaign.preview_done, campaign.preview_total
            campaign.preview_progress = 100.0 * done / total if total else 0.0
            campaign.preview_text = self.env._("%(done)s of %(total)s members previewed", done=done, total=total)

    @api.depends("state", "preview_user_id")
    def _compute_is_working(self):
        for campaign in self:
            campaign.is_working = campaign.state == "running" or bool(campaign.preview_user_id)

    def action_preview(self):
        """Preview at once, or in the background where the user would wait too long."""
        at_once = self.browse()
        for campaign in self:
            total = self.env["association.member"].search_count(campaign._get_audience_domain())
            if total > PREVIEWED_AT_ONCE:
                BackgroundPreview(campaign).queue(total)
            else:
                at_once |= campaign
        return super(AssociationCampaign, at_once).action_preview()

    # ---- how far the run is ----

    @api.depends("state", "line_ids.state")
    def _compute_progress(self):
        counts = self._count_progress()
        for campaign in self:
            done, left, lately, seconds = counts.get(campaign.id, (0, 0, 0, 0.0))
            campaign.progress = 100.0 * done / (done + left) if done + left else 0.0
            campaign.progress_text = campaign._write_progress(done, left, seconds_left(lately, left, seconds))

    def _count_progress(self):
        """Return {id: (dealt with, left, dealt with since the run began, seconds since then)}, in one query."""
        if not self.ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT campaign.id,
                       COUNT(*) FILTER (WHERE line.processed_on IS NOT NULL),
                       COUNT(*) FILTER (WHERE line.state = 'ready'),
                       COUNT(*) FILTER (WHERE line.processed_on >= campaign.resumed_on),
                       EXTRACT(EPOCH FROM MAX(line.processed_on) - campaign.resumed_on)
                  FROM association_campaign campaign
                  JOIN association_campaign_line line ON line.campaign_id = campaign.id
                 WHERE campaign.id IN %s
                 GROUP BY campaign.id
                """,
                tuple(self.ids),
            )
        )
        return {row[0]: (*row[1:4], float(row[4] or 0.0)) for row in rows}

    def _write_progress(self, done, left, seconds):
        """Return how far the run is, as a sentence."""
        self.ensure_one()
        if not done and self.state == "running":
            return self.env._("Waiting for its turn: calling begins within a minute.")
        text = self.env._("%(done)s of %(total)s recipients dealt with", done=done, total=done + left)
        if seconds is None or self.state != "running":
            return text
        if seconds < 90:
            return self.env._("%(progress)s, about %(seconds)s seconds left", progress=text, seconds=seconds)
        return self.env._("%(progress)s, about %(minutes)s minutes left", progress=text, minutes=round(seconds / 60))

    # ---- what the treasurer does ----

    def action_launch(self):
        """Preview again, and show what is about to be called."""
        self.ensure_one()
        self.check_access("write")
        self._check_in_preparation()
        self.grid_id._check_usable()
        self.company_id._check_membership_accounting()
        if not self._is_previewed_in_background():
            self.action_preview()
        self._check_previewed()
        return self.env["association.campaign.launch.wizard"]._get_records_action(
            name=self.env._("Launch the campaign"), target="new", context={"default_campaign_id": self.id}
        )

    def _is_previewed_in_background(self):
        """Return whether the campaign is too long to be previewed once more while the user waits.

        :raise UserError: while it is being previewed.
        """
        self._check_preview_ended()
        return len(self.line_ids) > PREVIEWED_AT_ONCE

    def _check_preview_ended(self):
        if self.preview_user_id:
            raise UserError(self.env._("“%s” is being previewed: launch it once that has ended.", self.name))

    def _launch(self, count, total):
        """Lock the recipients and have them called in the background.

        :param count: recipients that the treasurer was shown.
        :param total: what they owe together, as shown.
        :raise UserError: if it is launched already, or if there is something else to call by now.
        """
        self.ensure_one()
        self.check_access("write")
        self._lock_row()
        self._check_in_preparation()
        self.grid_id._check_usable()
        self._check_preview_ended()
        ready = self.line_ids.filtered(lambda line: line.state == "ready")
        if (len(ready), self.currency_id.round(sum(ready.mapped("total")))) != (count, self.currency_id.round(total)):
            raise UserError(
                self.env._("The recipients or their fees have changed meanwhile: look at them again, then launch.")
            )
        if changed := CampaignPreview(self).find_changed(ready):
            raise UserError(
                self.env._(
                    "What these members owe has changed meanwhile: %(names)s. Preview again, look at them, then launch.",
                    names=", ".join(changed[:5].partner_id.mapped("name")),
                )
            )
        grid = self.grid_id.sudo()
        if grid.state == "voted":
            grid.state = "used"
        self.line_ids._recognise_calls()
        self._start({"launched_on": fields.Datetime.now()})

    def _lock_row(self):
        """Lock the campaign until the end of the transaction.

        :raise UserError: if somebody else is launching, pausing or running it right now.
        """
        self.flush_recordset()
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(
                self.env._("“%s” is being worked on at this moment: try again in a few seconds.", self.name)
            ) from None
        self.invalidate_recordset()

    def _start(self, values=None):
        self.sudo().write(
            {
                "state": "running",
                "notice": False,
                "launched_by_id": self.env.uid,
                "resumed_on": fields.Datetime.now(),
                **(values or {}),
            }
        )
        self._wake("cron_run_campaigns")

    def action_pause(self):
        """Stop after the batch that is being called; when this returns, nothing is being called."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("“%s” is not calling anybody: there is nothing to pause.", self.name))
        self.sudo().state = "paused"

    def action_resume(self):
        """Go on with those who are left."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "paused":
            raise UserError(self.env._("“%s” is not paused.", self.name))
        self._start()

    def action_retry(self):
        """Call those who were set aside, now that what kept them is fixed."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("done", "paused"):
            raise UserError(self.env._("Who was set aside is called again once the run has ended, or is paused."))
        failed = self.line_ids.filtered(lambda line: line.state == "failed")
        if not failed:
            raise UserError(self.env._("Nobody was set aside in “%s”.", self.name))
        self._lock_row()
        failed.sudo().write({"state": "ready", "problem": False, "reason": False, "processed_on": False})
        self._start()

    # ---- the scheduler ----

    @api.model
    def _cron_run(self):
        """Go on with the campaigns that are calling, then with those being previewed."""
        for campaign in self.search([("state", "=", "running")], order="resumed_on, id"):
            campaign._run()
        for campaign in self.search([("preview_user_id", "!=", False)], order="id"):
            BackgroundPreview(campaign).run()

    @api.model
    def _wake(self, cron, at=None):
        """Have the scheduler do one of the campaigns' jobs: now, or at a time.

        :param cron: its xml-id, within the addon.
        """
        self.env.ref(f"{ADDON}.{cron}").sudo()._trigger(at)

    def _run(self):
        """Call those who are left, batch by batch, until done, paused, or out of time."""
        self.ensure_one()
        value = self.env["ir.config_parameter"].sudo().get_param(f"{ADDON}.campaign_batch")
        CampaignRun(self, int(value) if value and value.isdecimal() and int(value) else BATCH).run()

    def _as_launcher(self):
        """Return the campaign as who launched it; nothing, and a pause, if they no longer may."""
        user = self.launched_by_id
        # Batches are told by their lines and calls: a message for each change of each of them helps nobody.
        runner = run_as(self, user, self.company_id, tracking_disable=True) if user else None
        if user.active and self.company_id in user.company_ids and runner.has_access("write"):
            return runner
        self._write_facts({"state": "paused", "notice": self._explain_no_launcher(user)})
        return None

    def _explain_no_launcher(self, user):
        """Return that who launched the campaign cannot call any more, in the language of who reads it."""
        reader = self.company_id._get_treasurer_user()
        campaign = self.with_context(lang=get_lang(self.env, user.lang or reader.lang).code)
        if not user:
            return campaign.env._(
                "Paused: who launched the campaign is no longer a user. Somebody who may presses “Resume”."
            )
        return campaign.env._(
            "Paused: %s launched the campaign and may no longer do so. Somebody who may presses “Resume”.", user.name
        )

    def _end_run(self):
        """End the run, and keep what it came to in the campaign's messages."""
        self.sudo().write({"state": "done", "notice": False})
        counts = dict(
            self.env["association.campaign.line"]._read_group([("campaign_id", "=", self.id)], ["state"], ["__count"])
        )
        self.message_post(
            body=self.env._(
                "Run ended: %(called)s called, %(failed)s set aside.",
                called=counts.get("called", 0),
                failed=counts.get("failed", 0),
            )
        )

    # ---- one batch, the culprits set aside one by one ----

    def _call(self, lines):
        """Call these recipients; who cannot be is set aside with the reason, the others go on."""
        lines = self._check_again(lines)
        # Members who share a call are called together, or not at all.
        units = list(lines.grouped("payer_id").values()) if self.one_call_per_payer else list(lines)
        isolate(self.env, units, lambda some: self._call_together(lines.browse().union(*some)), self._refuse)

    def _refuse(self, lines, error):
        """Set aside who cannot be called; of one payer's members, those alone who are the reason."""
        if len(lines) == 1:
            lines._set_aside("error", self._explain(error))
            return
        others = lines.browse()
        for line in lines:
            if error := attempt(self.env, lambda line=line: self._call_together(line), keep=False):
                line._set_aside("error", self._explain(error))
            else:
                others |= line
        if others and (error := attempt(self.env, lambda: self._call_together(others))):
            # Each alone can be called, all together cannot.
            others._set_aside("error", self._explain(error))

    def _explain(self, error):
        """Return what went wrong, in the language of who launched the campaign."""
        return explain(self.env, error, f"A call of the campaign {self.id}")

    def _check_again(self, lines):
        """Return the lines that can be called; deal with the others.

        What was true in the preview may have changed: departures, memberships, calls issued by hand.
        """
        preview = CampaignPreview(self)
        members = lines.member_id
        members.sudo().fetch(["partner_id", "state", "since", "left_on", "active", "tariff_id"])
        running = preview.search_running(
            members, min(lines.mapped("membership_from")), max(lines.mapped("membership_to"))
        ).grouped("member_id")
        callable_lines = lines.browse()
        for line in lines:
            found = preview.choose_membership(running.get(line.member_id, self.env["association.membership"]))
            problem = self._find_change(preview, line, found)
            if not problem:
                callable_lines |= line
            elif problem.code == "already_called" and found.payment_state in CALLED:
                line._recognise(found, problem.reason)
            else:
                line._set_aside(problem.code, problem.reason)
        return callable_lines

    def _find_change(self, preview, line, found):
        """Return the problem if this recipient can no longer be called as previewed, else None."""
        if found and found != line.known_membership_id and found.payment_state == "not_called":
            reason = self.env._(
                "The membership %s was prepared since the preview: call it from its own page, or delete it.",
                found.display_name,
            )
            return RecipientProblem("changed", reason)
        return (
            preview.find_departure(line.member_id)
            or preview.find_membership_problem(found)
            or preview.find_admission_problem(line.member_id, found, line.previous_membership_id)
        )

    # ---- memberships and calls ----

    def _call_together(self, lines):
        """Give these recipients their membership, issue the calls, and write what became of each."""
        memberships = self._give_memberships(lines)
        owing = self.env["association.membership"].union(*memberships.values()).filtered("total")
        for called in self._rounds(owing):
            called._issue_calls_in_bulk(self.invoice_date, self.due_date)
        now = fields.Datetime.now()
        moves = owing.sudo().line_ids.filtered(lambda line: line.display_type == "product").grouped("membership_id")
        for line, membership in memberships.items():
            call = moves[membership].move_id[:1] if membership in moves else self.env["account.move"]
            line._write_called(membership, call, now)

    def _rounds(self, memberships):
        """Yield the memberships in groups that may be called at once, since a payer gets one call in each."""
        if self.one_call_per_payer:
            yield memberships
            return
        queues = list(memberships.grouped("payer_id").values())
        for index in range(max(map(len, queues), default=0)):
            yield memberships.browse(queue[index].id for queue in queues if index < len(queue))

    def _give_memberships(self, lines):
        """Return {line: its membership}: the one that was prepared before, or a new one."""
        prepared = {line: line.known_membership_id for line in lines if line.known_membership_id}
        for line, membership in prepared.items():
            membership._write_facts({"campaign_id": self.id, **line._prepare_correction(membership)})
        new = [line for line in lines if line not in prepared]
        created = self.env["association.membership"]._create_with_facts([line._prepare_membership() for line in new])
        return {**prepared, **dict(zip(new, created, strict=True))}
