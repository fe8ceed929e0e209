"""Which calls are to be reminded of today, by which step, and why the others are not."""

from dataclasses import dataclass, replace

from odoo import models

from ...calculation.reminder.reminder import next_step, step_due, still_member
from ..letter.association_campaign import OPEN

#: Payment states of a membership that is still owed.
OWED = ("called", "partial")


@dataclass(frozen=True)
class Reminder:
    """What becomes of one open call.

    :param campaign: the campaign whose steps, texts and rate are used; may be empty.
    :param step: the step due today; empty if there is none.
    :param obstacle: why there is none, as a sentence.
    """

    campaign: models.BaseModel
    step: models.BaseModel
    obstacle: str = ""


class DueReminders:
    """Works out the reminders of some calls; the number of queries does not depend on how many.

    :param moves: the calls.
    :param today: the day on which they would be reminded.
    """

    def __init__(self, moves, today):
        self.moves = moves.sudo()
        self.env = self.moves.env
        self.today = today
        self.no_step = self.env["association.reminder.step"]

    def find(self):
        """Return {call: its :class:`Reminder`}."""
        if not self.moves:
            return {}
        self._read()
        found = {}
        for move in self.moves:
            campaign = self.campaigns[move]
            obstacle = self._find_obstacle(move, campaign)
            found[move] = Reminder(campaign, self.no_step, obstacle) if obstacle else self._choose(move, campaign)
        return found

    # ---- read at once ----

    def _read(self):
        env, ids = self.env, self.moves.ids
        self.moves.fetch(["state", "payment_state", "move_type", "company_id", "no_reminder_reason", "is_move_sent"])
        self.moves.commercial_partner_id.fetch(["active", "name"])
        rows = env["account.move.line"].search_fetch(
            [("move_id", "in", ids), ("membership_id", "!=", False)], ["move_id", "membership_id"]
        )
        rows.membership_id.fetch(["payment_state", "withdrawn_on", "date_from", "member_id"])
        rows.membership_id.member_id.fetch(["left_on", "partner_id"])
        rows.membership_id.member_id.partner_id.fetch(["active", "name"])
        self.memberships = {move: lines.membership_id for move, lines in rows.grouped("move_id").items()}
        lines = env["association.campaign.line"].search_fetch(
            [("move_id", "in", ids), ("state", "=", "called")],
            ["move_id", "membership_id", "campaign_id", "no_reminder", "no_reminder_reason"],
            order="id",
        )
        self.lines = {line.membership_id: line for line in lines}
        own = {move: some[0].campaign_id for move, some in lines.grouped("move_id").items()}
        others = env["association.campaign"]._get_campaigns_for_single_calls(self.moves.company_id)
        none = env["association.campaign"]
        self.campaigns = {}
        for move in self.moves:
            mine, other = own.get(move, none), others.get(move.company_id, none)
            # What a closed campaign has left is reminded of by the latest one that is open.
            self.campaigns[move] = other if other and mine.state in (False, "closed") else mine
        campaigns = none.union(*self.campaigns.values())
        self.steps = {campaign: {step: step.days for step in campaign.step_ids} for campaign in campaigns}
        self.due_dates = self.moves._get_due_dates()
        self.called_on, self.done, self.queued = self.moves._get_letters_sent()

    # ---- which step ----

    def _choose(self, move, campaign):
        due_date = self.due_dates.get(move.id, move.invoice_date_due)
        facts = (due_date, self.today, self.called_on.get(move), self.done.get(move, ()))
        reminder = Reminder(campaign, step_due(self.steps[campaign], *facts) or self.no_step)
        if reminder.step:
            return reminder
        return replace(reminder, obstacle=self._explain_no_step(campaign, next_step(self.steps[campaign], *facts)))

    def _explain_no_step(self, campaign, following):
        if following:
            step, day = following
            return self.env._("Not yet: “%(step)s” is due on %(day)s.", step=step.name, day=self._write(day))
        if not self.steps[campaign]:
            return self.env._("The campaign “%s” has no reminders: add some to it.", campaign.name)
        return self.env._("All its reminders went out: call by telephone, or write another one.")

    # ---- why not ----

    def _find_obstacle(self, move, campaign):
        """Return why a call is not reminded of, whatever the day; None without."""
        if move.state != "posted" or move.payment_state not in OPEN or move.move_type != "out_invoice":
            return self.env._("Nothing is owed on it any more.")
        if move.no_reminder_reason:
            return self.env._("No more reminders: %s", move.no_reminder_reason)
        return self._find_obstacle_of_members(move) or self._find_obstacle_of_sending(move, campaign)

    def _find_obstacle_of_members(self, move):
        """Return why none of the members of a call is to be reminded."""
        if not move.commercial_partner_id.active:
            return self.env._("The contact “%s” is archived.", move.commercial_partner_id.name)
        obstacle = self.env._("It calls for no membership.")
        for membership in self.memberships.get(move, ()):
            obstacle = self._find_obstacle_of_membership(membership)
            if not obstacle:
                return None
        return obstacle

    def _find_obstacle_of_membership(self, membership):
        member, line = membership.member_id, self.lines.get(membership)
        if membership.payment_state not in OWED:
            return self.env._("Nothing is owed on it any more.")
        if membership.withdrawn_on:
            return self.env._("The membership was withdrawn.")
        if not still_member(member.left_on, membership.date_from, self.today):
            return self.env._(
                "%(member)s left on %(day)s.", member=member.partner_id.name, day=self._write(member.left_on)
            )
        if not member.partner_id.active:
            return self.env._("The contact “%s” is archived.", member.partner_id.name)
        if line and line.no_reminder:
            return self.env._("No more reminders: %s", line.no_reminder_reason)
        return None

    def _find_obstacle_of_sending(self, move, campaign):
        if not campaign:
            return self.env._("Reminders follow the steps of a campaign: there is none that is open. Make one.")
        if campaign.state == "closed":
            return self.env._("The campaign “%s” is closed: reopen it first.", campaign.name)
        if campaign.sending_state == "paused":
            return self.env._("Sending is paused in the campaign “%s”.", campaign.name)
        if move in self.queued:
            return self.env._("The call itself is on its way.")
        never_sent = move not in self.called_on and not move.campaign_log_ids
        if campaign.sending_state == "running" and never_sent and move.campaign_line_ids:
            return self.env._("The call itself is about to go out.")
        return None

    def _write(self, day):
        """Return a day as the user's language writes it."""
        return self.env["ir.qweb.field.date"].value_to_html(day, {}) if day else ""
