"""Every button of ours, and what keeps two clicks at once from doing twice what one does.

What holds a button is one of these:

* ``hold``: it takes hold of what it comes from first (``models/common/hold.py``), then reads what is left to do;
* ``lock``: the same by Odoo's lock, on rows that the action also writes;
* ``unique``: a constraint of the database refuses the second one;
* ``own row``: it writes the rows that say that it was done, so the second one is outdated, and done again;
* ``again``: doing it again changes nothing, or is what a second click asks for;
* ``opens``: it opens a window, a list or a file, and makes nothing that lasts.
"""

import ast
import re

import pytest
import rooms

WAYS = ("hold", "lock", "unique", "own row", "again", "opens")

#: {model or dialog: {button: what holds it}}.
BUTTONS = {
    # accompaniment: raced in addons/accompaniment/tests/test_two_clicks.py
    "accompaniment.attendance": {"action_absent": "again", "action_present": "again"},
    "accompaniment.closing.wizard": {"action_confirm": "hold"},
    "accompaniment.diagnostic": {
        "action_close": "again",
        "action_open": "again",
        "action_prepare_survey": "own row",
        "action_propose_members": "unique",
        "action_remind": "own row",
        "action_reopen": "again",
        "action_send": "hold",
    },
    "accompaniment.milestone": {"action_invoice": "hold"},
    "accompaniment.mission": {
        "action_cancel": "hold",
        "action_close": "hold",
        "action_invoice": "hold",
        "action_propose_bodies": "hold",
        "action_propose_cofunders": "hold",
        "action_reopen": "hold",
        "action_start": "hold",
    },
    "accompaniment.orientation.wizard": {"action_confirm": "own row"},
    "accompaniment.phase": {"action_enter_days": "opens"},
    "accompaniment.review": {
        "action_done": "own row",
        "action_propose": "own row",
        "action_remind": "again",
        "action_reopen": "again",
        "action_take_over": "again",
    },
    "accompaniment.sending.wizard": {"action_confirm": "hold"},
    "accompaniment.workshop": {
        "action_cancel": "again",
        "action_convene": "hold",
        "action_hold": "again",
        "action_plan": "again",
        "action_sign_in_sheet": "opens",
    },
    "accompaniment.workshop.wizard": {"action_plan": "hold"},
    "funding.application": {"action_share_equally": "again", "action_to_plans": "hold"},
    "funding.bill.wizard": {"action_confirm": "hold"},
    "funding.deadline": {"action_done": "again"},
    "funding.grant": {"action_accept": "again", "action_refuse": "again"},
    "funding.grant.import": {"action_read": "hold"},
    "funding.objective": {"action_note": "unique"},
    "funding.paste.mixin": {"action_confirm": "hold"},
    "funding.plan": {
        "action_close": "own row",
        "action_next_year": "hold",
        "action_paste": "opens",
        "action_propose": "own row",
        "action_reopen": "again",
        "action_vote": "own row",
    },
    "crm.lead": {"action_create_mission": "hold", "action_unarchive": "again"},
    # coup_de_pousse_membership: raced in tests/test_two_clicks.py, tests/register/test_membership_race.py
    "account.move": {
        "action_mark_call_sent": "again",
        "action_plan_instalments": "opens",
        "action_remind": "opens",
        "action_resume_reminders": "again",
        "button_draft": "own row",
    },
    "account.move.line": {
        "action_apply_surplus": "hold",
        "action_open_surplus": "opens",
        "action_settle_surplus": "opens",
    },
    "association.admission.wizard": {"action_confirm": "own row"},
    "association.call.wizard": {"action_confirm": "hold"},
    "association.campaign": {
        "action_ask_sending": "opens",
        "action_close": "own row",
        "action_edit_call_text": "opens",
        "action_launch": "opens",
        "action_next_year": "hold",
        "action_open_grid": "opens",
        "action_pause": "own row",
        "action_pause_sending": "again",
        "action_preview": "unique",
        "action_preview_reminders": "opens",
        "action_reopen": "own row",
        "action_resume": "own row",
        "action_retry": "lock",
        "action_send_reminders_now": "again",
        "action_start_reminders": "again",
        "action_start_sending": "again",
        "action_stop_reminders": "again",
    },
    "association.campaign.exclude.wizard": {"action_confirm": "again"},
    "association.campaign.launch.wizard": {"action_confirm": "lock"},
    "association.campaign.line": {
        "action_ask_figures": "opens",
        "action_correct_address": "opens",
        "action_give_category": "opens",
        "action_grid_fee": "again",
        "action_leave_out": "opens",
        "action_mend": "opens",
        "action_open_membership": "opens",
        "action_preview_again": "again",
        "action_resume_reminders": "again",
        "action_take_back": "again",
    },
    "association.campaign.mend.wizard": {"action_confirm": "unique"},
    "association.cheque": {"action_bounce": "opens", "action_deposit": "hold"},
    "association.cheque.bounce.wizard": {"action_confirm": "hold"},
    "association.cheque.deposit": {"action_validate": "hold"},
    "association.departure.wizard": {"action_confirm": "unique"},
    "association.fee.grid": {"action_close": "again", "action_reset_to_draft": "own row", "action_vote": "own row"},
    "association.figures.wizard": {"action_save": "unique"},
    "association.gift": {"action_book": "hold", "action_cancel": "hold", "action_receipt": "hold"},
    "association.grid.duplicate.wizard": {"action_confirm": "hold"},
    "association.grid.vote.wizard": {"action_confirm": "hold"},
    "association.instalment.wizard": {"action_confirm": "hold"},
    "association.letter.address.wizard": {"action_confirm": "own row"},
    "association.member": {"action_ask_figures": "opens", "action_join_again": "again"},
    "association.member.departure": {"action_erase": "own row"},
    "association.member.import": {
        "action_create_undecided": "again",
        "action_import": "lock",
        "action_preview": "own row",
        "action_reset": "own row",
        "action_stop": "again",
    },
    "association.membership.wizard": {"action_confirm": "unique"},
    "association.payment.import": {
        "action_book_rest": "lock",
        "action_confirm_certain": "lock",
        "action_preview": "lock",
        "action_propose": "again",
        "action_stop": "again",
    },
    "association.member.import.line": {"action_create": "again", "action_skip": "again", "action_use": "again"},
    "association.payment.elsewhere.wizard": {"action_confirm": "own row"},
    "association.receipt.cancel.wizard": {"action_confirm": "hold"},
    "association.receipt.payment": {"action_issue": "hold"},
    "association.receipt.year": {
        "action_declare": "opens",
        "action_issue": "hold",
        "action_list": "hold",
        "action_send": "hold",
        "action_stop": "again",
    },
    "association.reminder.wizard": {"action_confirm": "again"},
    "association.sending.wizard": {"action_confirm": "again"},
    "association.payment.import.line": {
        "action_book_elsewhere": "opens",
        "action_clear": "again",
        "action_confirm": "lock",
        "action_match": "lock",
        "action_propose": "again",
        "action_skip": "again",
        "action_undo": "own row",
    },
    "association.reminder.log": {
        "action_correct_address": "opens",
        "action_mark_posted": "again",
        "action_send_again": "own row",
    },
    "association.reminder.step": {"action_edit_text": "opens"},
    "association.reminder.stop.wizard": {"action_confirm": "again"},
    "association.surplus.wizard": {"action_confirm": "hold"},
    "association.tax.receipt": {"action_cancel": "opens", "action_send": "again"},
    # network_governance: raced in addons/network_governance/tests/test_two_clicks.py
    "governance.body": {
        "action_create_seats": "hold",
        "action_draw_lots": "opens",
        "action_representativeness": "opens",
        "action_seat_holders": "opens",
    },
    "governance.declaration": {"action_declare": "again"},
    "governance.draw": {"action_draw": "hold", "action_record": "hold"},
    "governance.mandate": {"action_replace": "opens"},
    "governance.elector": {
        "action_abstain": "again",
        "action_blank": "again",
        "action_no": "again",
        "action_yes": "again",
    },
    "governance.meeting": {
        "action_assembly_file": "opens",
        "action_minutes": "hold",
        "action_votes": "opens",
        "action_cancel": "hold",
        "action_close": "hold",
        "action_convene": "hold",
        "action_door": "opens",
        "action_list": "hold",
        "action_open": "hold",
    },
    "governance.minutes": {"action_approve": "hold", "action_draft": "again"},
    "governance.replacement.wizard": {"action_confirm": "own row"},
    "governance.representativeness": {"action_never_represented": "opens"},
    "governance.resolution": {
        "action_all_abstain": "again",
        "action_all_yes": "again",
        "action_close": "hold",
        "action_commit": "opens",
        "action_electors": "opens",
        "action_open": "hold",
        "action_read_result": "opens",
        "action_seat": "hold",
        "action_withdraw": "hold",
    },
    "governance.seating.wizard": {"action_confirm": "unique"},
    "governance.series.wizard": {"action_confirm": "hold"},
    "governance.tally.wizard": {"action_confirm": "again"},
}

#: Buttons that by their name show something, or give it as a file.
SHOWING = re.compile(r"action_(view|print|export|download|show|open_mission)")


def buttons():
    """Return {(model, button): its source} of all addons."""
    found = {}
    for addon in rooms.NAMES:
        for part in ("models", "wizards"):
            for path in sorted((rooms.ADDONS / addon / part).rglob("*.py")):
                for node in ast.parse(path.read_text(encoding="utf-8")).body:
                    if isinstance(node, ast.ClassDef):
                        for button, source in buttons_of(node).items():  # a room may add to another's button
                            found[button] = "\n".join(filter(None, [found.get(button), source]))
    return found


def buttons_of(node):
    names = {}
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
            names[item.targets[0].id] = item.value
    name = names.get("_name", names.get("_inherit"))
    if not isinstance(name, ast.Constant):
        return {}
    return {
        (name.value, item.name): ast.unparse(item)
        for item in node.body
        if isinstance(item, ast.FunctionDef)
        and item.name.startswith(("action_", "button_"))
        and not SHOWING.match(item.name)
    }


def functions():
    """Return {name: functions} of all addons, of the names that few share: one like ``create`` leads anywhere."""
    found = {}
    for path in sorted(rooms.ADDONS.glob("*/[mw]*s/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return {name: nodes for name, nodes in found.items() if len(nodes) <= 12}


def calls(node):
    """Return the names of what a function calls."""
    called = (item.func for item in ast.walk(node) if isinstance(item, ast.Call))
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", None) for func in called}


FOUND = buttons()
FUNCTIONS = functions()
#: What a button calls, by itself or through what it calls, if it is held so.
HOLDS = {"hold": {"hold"}, "lock": {"lock_for_update", "try_lock_for_update"}}


def test_every_button_says_what_holds_it():
    said = {(model, name) for model, names in BUTTONS.items() for name in names}
    assert sorted(FOUND.keys() - said) == []
    assert sorted(said - FOUND.keys()) == []


def test_ways_are_known():
    assert {way for names in BUTTONS.values() for way in names.values()} <= set(WAYS)


@pytest.mark.parametrize(("model", "name"), [(m, n) for m, names in BUTTONS.items() for n in names])
def test_what_is_said_to_only_open_makes_nothing(model, name):
    if BUTTONS[model][name] == "opens":
        source = FOUND[model, name]
        assert ".copy(" not in source and "action_post(" not in source and ".unlink(" not in source


@pytest.mark.parametrize(
    ("model", "name"), [(m, n) for m, names in BUTTONS.items() for n, way in names.items() if way in HOLDS]
)
def test_what_is_said_to_take_hold_does(model, name):
    wanted, reached = HOLDS[BUTTONS[model][name]], calls(ast.parse(FOUND[model, name]))
    for _step in range(3):
        reached |= {other for called in reached for node in FUNCTIONS.get(called, ()) for other in calls(node)}
    assert reached & wanted
