"""An assembly of 2,000 members: the door, and a vote by name from its opening to its result."""

from .measure import Result


def run(env, members, proxies, votes):
    """Measure what the secretary's screens ask for during the assembly."""
    # Odoo's packages can be imported once the database is open.
    from odoo.addons.network_governance.tests.meeting.large_assembly import make_large_assembly

    company = env["res.company"].create({"name": "Network that meets"})
    env.user.company_ids |= company
    env = env(context={**env.context, "allowed_company_ids": company.ids, "tracking_disable": True})
    meeting = make_large_assembly(env, company, members, proxies, votes)
    first, second = meeting.resolution_ids[:2]
    newcomer = meeting.attendance_ids.sorted("id")[-1]
    results = []
    for work, act in (
        ("The page for the door", meeting.get_door),
        ("One arrival at the door", lambda: meeting.mark_arrival(newcomer.id)),
        ("A vote is opened", second.action_open),
        ("All others for", second.action_all_yes),
        ("A vote is closed", second.action_close),
    ):
        if work == "The page for the door":
            first.action_open()
            act()
        env.flush_all()
        env.invalidate_all()
        result = Result(f"{work}, {members:,} members and {proxies} proxies", work, 1)
        with result.counted(env):
            act()
            env.flush_all()
        results.append(result)
    return results
