"""Each member's file has a number: the reference that the contact has, else the next one of the association."""

from odoo.tools import SQL

CODE = "association.member"


def give_numbers(env, vals_list):
    """Return the values of new members' files, with a number where they have none.

    The number of queries does not depend on how many files there are.
    """
    missing = {}
    for rank, vals in enumerate(vals_list):
        if not vals.get("number"):
            missing.setdefault(vals.get("company_id") or env.company.id, []).append(rank)
    numbered = list(vals_list)
    for company_id, ranks in missing.items():
        partners = env["res.partner"].browse([vals_list[rank].get("partner_id") for rank in ranks])
        references = [partner.ref or "" for partner in partners.sudo()]
        given = {vals["number"] for vals in vals_list if vals.get("number")}
        given |= _get_taken(env, company_id, references)
        for rank, reference in zip(ranks, references, strict=True):
            if reference and reference not in given:
                given.add(reference)
                numbered[rank] = {**numbered[rank], "number": reference}
        left = [rank for rank in ranks if not numbered[rank].get("number")]
        for rank, number in zip(left, _draw(env, company_id, len(left), given), strict=True):
            numbered[rank] = {**numbered[rank], "number": number}
    return numbered


def _draw(env, company_id, count, given):
    """Return the next free numbers of an association."""
    numbers = []
    sequence = _get_sequence(env, company_id) if count else None
    while len(numbers) < count:
        rows = env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count - len(numbers),
            )
        )
        drawn = [sequence.get_next_char(value) for (value,) in rows]
        taken = given | _get_taken(env, company_id, drawn)
        numbers += [number for number in drawn if number not in taken]
    return numbers


def _get_sequence(env, company_id):
    """Return the sequence of an association; its first number is made to follow those that the files have."""
    sequences = env["ir.sequence"].sudo()
    found = sequences.search([("code", "=", CODE), ("company_id", "=", company_id)], limit=1)
    if found:
        return found
    ((last,),) = env.execute_query(
        SQL(
            "SELECT COALESCE(MAX(number::bigint), 0) FROM association_member "
            "WHERE company_id = %s AND number ~ '^[0-9]{1,9}$'",
            company_id,
        )
    )
    return sequences.create(
        {
            "name": env._("Member numbers"),
            "code": CODE,
            "company_id": company_id,
            "implementation": "standard",
            "padding": 4,
            "number_next": last + 1,
        }
    )


def _get_taken(env, company_id, numbers):
    """Return which of these numbers a file of the association has already, archived ones included."""
    files = env["association.member"].sudo().with_context(active_test=False)
    found = files.search_fetch([("company_id", "=", company_id), ("number", "in", numbers)], ["number"])
    return set(found.mapped("number"))


def number_known_files(cr):
    """Number the files of a database in which they had no number, in the order of joining."""
    cr.execute(
        """
        UPDATE association_member member
           SET number = lpad(numbered.rank::text, 4, '0')
          FROM (SELECT id, row_number() OVER (PARTITION BY company_id ORDER BY since NULLS LAST, id) AS rank
                  FROM association_member) numbered
         WHERE numbered.id = member.id AND member.number IS NULL
        """
    )
