"""Nightly work on many records: one that fails does not keep the others from theirs."""

import logging

from odoo.addons.coup_de_pousse_membership.models.common.batch import explain, isolate

_logger = logging.getLogger(__name__)


def work_apart(records, work):
    """Do some work for all records at once; where it fails, for those that it does not fail for.

    :param work: a function of some of the records.
    """
    isolate(records.env, records, work, _report)


def _report(record, error):
    _logger.warning("%s: %s", record, explain(record.env, error, f"Nightly work of {record}"))
