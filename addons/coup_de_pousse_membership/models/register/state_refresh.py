"""What time alone changes in the states of memberships and members, for all of them in three statements.

The rules are those of ``calculation/register/membership_state.py``, said in SQL for the memberships that
time can change; a test compares the two.
"""

from ...calculation.register.membership_state import MEMBER_STATE_OF, STRENGTH, VOID

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
#: ``leaves``: a departure is recorded and no later membership means that the member has joined again.
REFRESH_MEMBERS = """
    WITH facts AS (
        SELECT member.id, member.left_on,
               member.left_on IS NOT NULL AND NOT COALESCE(
                   BOOL_OR(one.date_from > member.left_on AND one.state <> ALL(%(void)s)), FALSE
               ) AS leaves,
               MIN(ARRAY_POSITION(%(strength)s, one.state)) AS strongest,
               MIN(one.next_change_on) AS change
          FROM association_member member
     LEFT JOIN association_membership one ON one.member_id = member.id
         WHERE member.id = ANY(%(ids)s)
      GROUP BY member.id
    )
    UPDATE association_member member
       SET state = CASE WHEN leaves AND facts.left_on < %(today)s THEN 'left'
                        ELSE COALESCE((%(member_states)s)[strongest], 'none') END,
           next_change_on = CASE WHEN leaves AND facts.left_on < %(today)s THEN NULL
                                 WHEN leaves THEN LEAST(change, facts.left_on + 1)
                                 ELSE change END
      FROM facts
     WHERE facts.id = member.id
"""


def refresh_states(cr, today):
    """Bring the stored states to a day.

    :param cr: a cursor; what was to be written before is in the database already.
    :return: the ids of the members touched.
    """
    cr.execute("SELECT id FROM association_member WHERE next_change_on <= %s", [today])
    member_ids = [row[0] for row in cr.fetchall()]
    if member_ids:
        facts = {
            "today": today,
            "ids": member_ids,
            "strength": STRENGTH,
            "void": list(VOID),
            "member_states": [MEMBER_STATE_OF[state] for state in STRENGTH],
        }
        cr.execute(REFRESH_MEMBERSHIPS, facts)
        cr.execute(REFRESH_MEMBERS, facts)
    return member_ids
