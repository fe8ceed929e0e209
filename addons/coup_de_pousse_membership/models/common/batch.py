"""Work in the background: as who asked for it, unit by unit, each failure taken for what it is.

A failure is one of three things. A lock, a lost connection or two writers at once pass with time:
they are raised, for the caller or Odoo to try again. A :class:`~odoo.exceptions.UserError` is a reason
that a person can read. Anything else was not expected: its details go to the log of the server.
"""

import logging

from odoo.exceptions import LockError, UserError
from psycopg2 import InterfaceError, OperationalError

_logger = logging.getLogger(__name__)

#: What passes with time, or with another connection. PostgreSQL's locks, deadlocks and serialization failures
#: are operational errors.
TRANSIENT_ERRORS = (OperationalError, InterfaceError, LockError)


class Undo(Exception):
    """Undoes what a trial has done."""


def run_as(records, user, company, **context):
    """Return records as a user sees them: their rights, language and time zone, in one company.

    :param user: who asked for the work.
    :param company: the association that it is done for.
    :param context: further context of the work.
    """
    return (
        records.with_user(user)
        .with_company(company)
        .with_context(lang=user.lang, tz=user.tz, allowed_company_ids=company.ids, **context)
    )


def attempt(env, work, keep=True):
    """Do some work in a savepoint, written to the database before it counts as done.

    :param work: a function without arguments.
    :param keep: otherwise all is undone: the question was whether it can be done.
    :return: the error that undid it, or None.
    :raise: one of :data:`TRANSIENT_ERRORS`, which says nothing about the work itself.
    """
    try:
        with env.cr.savepoint():
            work()
            env.flush_all()
            if not keep:
                raise Undo
    except Undo:
        return None
    except TRANSIENT_ERRORS:
        raise
    except Exception as error:
        return error
    return None


def isolate(env, units, work, refuse):
    """Do some work for all units at once; where that fails, halve them until the culprits stand alone.

    :param units: a list of what is done together or not at all, or a recordset.
    :param work: a function of some of the units.
    :param refuse: a function of one unit and the error that it causes alone.
    :raise: one of :data:`TRANSIENT_ERRORS`.
    """
    if not units:
        return
    error = attempt(env, lambda: work(units))
    if error is None:
        return
    if len(units) == 1:
        refuse(units[0], error)
        return
    half = len(units) // 2
    isolate(env, units[:half], work, refuse)
    isolate(env, units[half:], work, refuse)


def explain(env, error, what):
    """Return an error as a sentence in the user's language; log what was not expected.

    :param what: what failed, for the log.
    """
    if isinstance(error, UserError):
        return str(error)
    _logger.error("%s failed", what, exc_info=error)
    return env._("An error that was not expected (%s); its details are in the log of the server.", type(error).__name__)
