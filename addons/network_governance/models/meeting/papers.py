"""Papers of a record: whoever reads the record reads them."""


def adopt(records, name="document_ids"):
    """Make files that were just uploaded belong to their record: before, only who uploaded them reads them.

    :param name: the field that lists them.
    """
    for record in records:
        fresh = record[name].sudo().filtered(lambda file: not file.res_id)
        if fresh:
            fresh.write({"res_model": record._name, "res_id": record.id})
