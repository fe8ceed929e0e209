"""The nightly refresh: what time alone changes in the states of memberships and members."""

from odoo import api, fields, models

from ...calculation.register.membership_state import MEMBER_STATE_OF, STRENGTH

#: The rules are those of ``calculation/register/membership_state.py``, for the memberships that time can change.
REFRESH_MEMBERSHIPS = """
    UPDATE association_membership
       SET state = CASE WHEN last_day < %(today)s THEN 'expired'
                        WHEN date_from > %(today)s THEN 'upcoming'
                        WHEN counts THEN 'active'
                        ELSE 'unpaid' END,
           next_change_on = CASE WHEN last_day < %(today)s THEN NULL
                                 WHEN date_from > %(today)s THEN date_from
                                 ELSE last_day + 1 END
     WHERE member_id = ANY(%(ids)s) AND next_change_on <= %(today)s
"""
#: ``gone``: a departure is recorded and no later membership means that the member has joined again.
REFRESH_MEMBERS = """
    WITH facts AS (
        SELECT member.id, member.left_on,
               member.left_on IS NOT NULL AND NOT COALESCE(
                   BOOL_OR(one.date_from > member.left_on AND one.state NOT IN ('refused', 'cancelled')), FALSE
               ) AS gone,
               MIN(ARRAY_POSITION(%(strength)s, one.state)) AS strongest,
               MIN(one.next_change_on) AS change
          FROM association_member member
     LEFT JOIN association_membership one ON one.member_id = member.id
         WHERE member.id = ANY(%(ids)s)
      GROUP BY member.id
    )
    UPDATE association_member member
       SET state = CASE WHEN gone AND facts.left_on < %(today)s THEN 'left'
                        ELSE COALESCE((%(member_states)s)[strongest], 'none') END,
           next_change_on = CASE WHEN gone AND facts.left_on < %(today)s THEN NULL
                                 WHEN gone THEN LEAST(change, facts.left_on + 1)
                                 ELSE change END
      FROM facts
     WHERE facts.id = member.id
"""


class AssociationMember(models.Model):
    _inherit = "association.member"

    def _refresh_states(self, today=None):
        """Bring up to date the states that time alone has changed, in three statements at most.

        Run every night. Only a running or coming membership, or a dated departure, changes by itself.

        :param today: the day to bring the states to; today by default.
        :return: number of members touched.
        """
        today = today or fields.Date.context_today(self)
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT id FROM association_member WHERE next_change_on <= %s", [today])
        member_ids = [row[0] for row in cr.fetchall()]
        if not member_ids:
            return 0
        facts = {
            "today": today,
            "ids": member_ids,
            "strength": STRENGTH,
            "member_states": [MEMBER_STATE_OF[state] for state in STRENGTH],
        }
        cr.execute(REFRESH_MEMBERSHIPS, facts)
        cr.execute(REFRESH_MEMBERS, facts)
        changed = ["state", "next_change_on"]
        self.env["association.membership"].invalidate_model(changed, flush=False)
        self.invalidate_model(changed, flush=False)
        # What depends on a member's state without being stored, such as on its contact.
        self.browse(member_ids).modified(["state"])
        return len(member_ids)

    @api.model
    def _cron_refresh_states(self):
        self._refresh_states()
