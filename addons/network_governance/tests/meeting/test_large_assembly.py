"""An assembly of 300 with 80 proxies and 12 votes: what it asks of the database does not grow with it."""

from odoo.tests import tagged

from ..common import GovernanceCommon
from .large_assembly import make_large_assembly


@tagged("post_install", "-at_install")
class TestLargeAssembly(GovernanceCommon):
    def count(self, act):
        """Return how many queries something takes with nothing read before."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def walk(self, members, proxies, votes):
        """Return {what is done: its queries} of an assembly."""
        company = self.env["res.company"].create({"name": f"Network of {members}"})
        self.env.user.company_ids |= company
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        # As a call over RPC begins: from its id, with nothing read.
        meeting = env["governance.meeting"].browse(make_large_assembly(env, company, members, proxies, votes).id)
        newcomer = meeting.attendance_ids.sorted("id")[-1].id
        found = {
            "door": self.count(meeting.get_door),
            "arrival": self.count(lambda: meeting.mark_arrival(newcomer)),
            "screen": self.count(lambda: meeting.read(["name", "numbers", "minutes_state"])),
            "overview": self.count(env["governance.overview"].get_overview),
        }
        for vote_id in meeting.resolution_ids.ids:
            vote = meeting.resolution_ids.browse(vote_id)
            found["vote"] = self.count(
                lambda vote=vote: (vote.action_open(), vote.action_all_yes(), vote.action_close())
            )
        voices = members // 2 + proxies + (1 if proxies < members - members // 2 else 0)
        self.assertEqual(meeting.resolution_ids.mapped("yes"), [voices] * votes)
        self.assertEqual(meeting.resolution_ids.mapped("state"), ["closed"] * votes)
        found["minutes"] = self.count(meeting.action_minutes)
        return found

    def test_queries_do_not_grow(self):
        self.walk(6, 1, 2)  # what is read once is read now
        small, large = self.walk(20, 4, 12), self.walk(300, 80, 12)
        for name, queries in large.items():
            # Records are read in groups of a thousand: one more group is one more query.
            self.assertLessEqual(queries, small[name] + 4, name)
            self.assertLess(queries, 80, name)
