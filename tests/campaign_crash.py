"""A campaign whose workers are killed: a network made, called and disturbed in a database of its own.

See ``crash_world.py``.
"""

import psycopg2
from crash_world import MODULE, World
from odoo import fields, sql_db
from odoo.exceptions import UserError
from odoo.service.model import retrying

RECIPIENTS = 80
BATCH = 2
KILLS = 12


class CampaignWorld(World):
    """A network that is called."""

    def __init__(self, options):
        super().__init__(options)
        self.seen["by_kill"] = []

    # ---- the network ----

    def make(self, env):
        company = env.company
        if not company.chart_template:
            env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
        company._ensure_membership_accounting()
        self.company = company.id
        year = fields.Date.today().year
        category = env.ref(f"{MODULE}.category_association")
        grids = env["association.fee.grid"].create(
            [
                {
                    "name": f"Crash {start}", "date_from": f"{start}-01-01", "company_id": company.id,
                    "rule_ids": [fields.Command.create({"amount": amount, "category_ids": category.ids})],
                }
                for start, amount in ((year, 40), (year + 1, 50.5))
            ]
        )  # fmt: skip
        grids.action_vote()
        partners = env["res.partner"].create(
            [
                {"name": f"Crash {index}", "is_company": True, "email": f"c{index}@example.org"}
                for index in range(RECIPIENTS)
            ]
        )
        members = env["association.member"].create(
            [{"partner_id": partner.id, "company_id": company.id, "category_id": category.id} for partner in partners]
        )
        memberships, _refused = grids[0]._create_memberships(members)
        memberships._decide_admission("admitted", fields.Date.today(), "Board")
        # Calls of this year's, so that the workers find what they read first in memory.
        memberships[60:]._issue_calls_in_bulk()
        memberships[:4].payer_id = partners[0]
        # To be merged into the file before it, and so with no membership of its own.
        memberships[9].unlink()
        members[9].since = "2020-01-01"
        campaign = env["association.campaign"].create({"grid_id": grids[1].id, "company_id": company.id})
        campaign.action_preview()
        env["ir.config_parameter"].set_param(f"{MODULE}.campaign_batch", str(BATCH))
        env.ref(f"{MODULE}.cron_run_campaigns").active = False  # the workers here do its work
        self.campaign, self.grid = campaign.id, grids[1].id
        self.members = members.ids
        self.locked = partners[50].id

    def by_treasurer(self, env):
        """Return the campaign as its treasurer opens it."""
        user = env.ref("base.user_admin")
        return env(user=user.id)["association.campaign"].browse(self.campaign)

    def totals(self, env):
        ready = env["association.campaign"].browse(self.campaign).line_ids.filtered(lambda line: line.state == "ready")
        return len(ready), sum(ready.mapped("total"))

    # ---- what people and processes do ----

    def launch(self, env):
        def confirm():
            count, total = self.totals(env)
            self.by_treasurer(env)._launch(count, total)

        try:
            retrying(confirm, env)
        except UserError:
            return "refused"
        return "launched"

    def work(self, env):
        env["association.campaign"].browse(self.campaign)._run()
        return "ended"

    def merge(self, env):
        members = env["association.member"].browse(self.members)
        kept, merged = members[8].partner_id, members[9].partner_id
        env["base.partner.merge.automatic.wizard"]._merge((kept | merged).ids, kept)

    def delete(self, env):
        """Try to delete a recipient's contact; say whether that was refused."""
        try:
            with env.cr.savepoint():
                env["association.member"].browse(self.members[20]).partner_id.unlink()
        except UserError:
            return "refused"
        return "deleted"

    # ---- what must hold, whatever happened ----

    def broken(self, env):
        """Return what is wrong with the calls, as sentences."""
        env.cr.execute(
            """
            SELECT line.id, line.state, line.membership_id, COUNT(DISTINCT move.id),
                   COUNT(DISTINCT move.id) FILTER (WHERE move.state <> 'posted'),
                   (SELECT COUNT(*) FROM association_membership other
                     WHERE other.member_id = line.member_id AND other.grid_id = %s)
              FROM association_campaign_line line
         LEFT JOIN account_move_line item ON item.membership_id = line.membership_id AND item.display_type = 'product'
         LEFT JOIN account_move move ON move.id = item.move_id
             WHERE line.campaign_id = %s
             GROUP BY line.id
            """,
            [self.grid, self.campaign],
        )
        wrong = []
        for line, state, membership, calls, drafts, memberships in env.cr.fetchall():
            expected = (1, 1) if state == "called" else (0, 0)
            if (calls, memberships) != expected or drafts or bool(membership) != (state == "called"):
                wrong.append(f"line {line}: {state}, {calls} calls, {drafts} drafts, {memberships} memberships")
        journal = env["res.company"].browse(self.company).membership_journal_id
        env.cr.execute("SELECT COUNT(*) FROM account_move WHERE journal_id = %s AND state = 'draft'", [journal.id])
        if env.cr.fetchone()[0]:
            wrong.append("a draft was left behind")
        env.cr.execute("SELECT sequence_number FROM account_move WHERE journal_id = %s ORDER BY 1", [journal.id])
        numbers = [row[0] for row in env.cr.fetchall()]
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            wrong.append(f"numbers are not gapless: {numbers}")
        return wrong

    def count(self, env, state):
        return env["association.campaign.line"].search_count(
            [("campaign_id", "=", self.campaign), ("state", "=", state)]
        )

    def look(self, env):
        """Note what stands in the database."""
        self.seen["broken"] += self.broken(env)
        self.seen["by_kill"].append(self.count(env, "called"))

    # ---- the story ----

    def tell(self):
        self.ask(self.make)
        self.seen["previewed"] = self.ask(self.totals)
        self.seen["launches"] = sorted(map(self.answer, [self.fork(self.launch) for _browser in range(2)]))
        self.ask(self.merge)
        self.seen["to_call"] = self.ask(self.totals)
        self.kill_while(lambda env: self.count(env, "ready"), self.work, KILLS)
        self.seen["deleting"] = self.ask(self.delete)
        self.ask(lambda env: env["ir.config_parameter"].set_param(f"{MODULE}.campaign_batch", "20"))
        self.finish_beside_a_lock()
        self.ask(lambda env: self.by_treasurer(env).action_retry())
        self.answer(self.fork(self.work))
        self.ask(self.look)
        self.ask(self.end)

    def finish_beside_a_lock(self):
        """Let two workers at once finish, while somebody else holds one contact."""
        _name, how = sql_db.connection_info_for(self.name)
        other = psycopg2.connect(**how)
        other.cursor().execute("SELECT id FROM res_partner WHERE id = %s FOR UPDATE", [self.locked])
        for worker in [self.fork(self.work) for _worker in range(2)]:
            self.answer(worker)
        other.close()
        self.seen["aside"] = self.ask(
            lambda env: (
                env["association.campaign.line"]
                .search([("campaign_id", "=", self.campaign), ("state", "=", "failed")])
                .mapped(lambda line: (line.partner_id.id == self.locked, line.problem))
            )
        )
        self.ask(self.look)

    def end(self, env):
        campaign = env["association.campaign"].browse(self.campaign)
        self.seen["state"] = campaign.state
        self.seen["called"] = self.count(env, "called")
        self.seen["invoiced"] = sum(campaign.line_ids.move_id.mapped("amount_untaxed"))
        self.seen["shared"] = len(
            campaign.line_ids.filtered(lambda line: line.member_id.id in self.members[:4]).move_id
        )


if __name__ == "__main__":
    CampaignWorld.main()
