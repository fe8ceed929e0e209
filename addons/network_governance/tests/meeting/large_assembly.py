"""A large assembly under way: members, arrivals, proxies and votes by name; for tests and for the benchmark."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command


def make_large_assembly(env, company, members, proxies, votes):
    """Return an assembly under way: half of its members have come, so many of the others gave a proxy.

    :param votes: how many votes are prepared, by name.
    """
    partners = env["res.partner"].create(
        [{"name": f"Assembled {number:05d}", "is_company": True} for number in range(members)]
    )
    files = env["association.member"].create(
        [
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "category_id": env.ref("coup_de_pousse_membership.category_association").id,
            }
            for partner in partners
        ]
    )
    env["association.membership"].create(
        [
            {
                "member_id": file.id,
                "date_from": "2020-01-01",
                "date_to": "2040-12-31",
                "admission": "admitted",
                "admission_decided_on": "2020-01-01",
            }
            for file in files
        ]
    )
    body = env["governance.body"].create(
        {
            "name": "Large assembly",
            "kind": "assembly",
            "company_id": company.id,
            "quorum_kind": "share",
            "quorum_value": 25,
        }
    )
    meeting = env["governance.meeting"].create(
        {
            "body_id": body.id,
            "starts_at": fields.Datetime.now() + timedelta(days=1),
            "agenda_ids": [Command.create({"name": f"Point {number}"}) for number in range(votes)],
        }
    )
    meeting.action_list()
    meeting.action_convene()
    meeting.action_open()
    lines = meeting.attendance_ids.sorted("id")
    here, away = lines[: members // 2], lines[members // 2 :]
    now = fields.Datetime.now()
    env["governance.stay"].sudo().create([{"attendance_id": line.id, "arrived_at": now} for line in here])
    env["governance.proxy"].create(
        [
            {"meeting_id": meeting.id, "giver_id": giver.id, "holder_id": holder.id, "paper_seen": True}
            for giver, holder in zip(away[:proxies], here[:proxies], strict=True)
        ]
    )
    env["governance.resolution"].create(
        [
            {"meeting_id": meeting.id, "item_id": item.id, "name": item.name, "ballot": "names"}
            for item in meeting.agenda_ids
        ]
    )
    env.flush_all()
    env.invalidate_all()
    return meeting
