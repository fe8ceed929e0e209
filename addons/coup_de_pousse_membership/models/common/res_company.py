"""The time of an association: its own time zone, and the days on which nobody works there."""

from datetime import datetime, time, timedelta

import pytz
from odoo import fields, models

from ...calculation.common.workdays import french_holidays


class ResCompany(models.Model):
    _inherit = "res.company"

    def _in_own_time(self):
        """Return the association as it sees the clock: by the time zone of its contact, else of the user."""
        self.ensure_one()
        return self.with_context(tz=self.sudo().partner_id.tz or self.env.user.tz or "UTC")

    def _get_own_today(self):
        """Return what day it is in the association."""
        return fields.Date.context_today(self._in_own_time())

    def _get_own_evening(self, day):
        """Return the last moment of a day in the association, as the database keeps moments."""
        evening = self._in_own_time().env.tz.localize(datetime.combine(day, time(23, 59, 59)))
        return evening.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_closed_days(self, days):
        """Return on which days nobody works, from the first of these days to the last.

        They are the public holidays of an association in France, and what closes it in Odoo's resources.
        """
        self.ensure_one()
        if not days:
            return set()
        first, last = min(days), max(days)
        closed = set()
        if self.country_id.code == "FR":
            closed = closed.union(*map(french_holidays, range(first.year, last.year + 1)))
        for leave in self.env["resource.calendar.leaves"].search(
            [
                ("company_id", "=", self.id),
                ("resource_id", "=", False),
                ("calendar_id", "in", (False, self.resource_calendar_id.id)),
                ("time_type", "=", "leave"),
                ("date_from", "<=", last + timedelta(days=1)),
                ("date_to", ">=", first - timedelta(days=1)),
            ]
        ):
            # A day is closed if its noon is: whatever the time zone, the dates are those that were meant.
            begin, end = (leave.date_from + timedelta(hours=12)).date(), (leave.date_to - timedelta(hours=12)).date()
            closed |= {begin + timedelta(days=rank) for rank in range((end - begin).days + 1)}
        return closed
