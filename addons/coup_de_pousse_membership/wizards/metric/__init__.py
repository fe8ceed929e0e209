from . import association_metric_page_wizard
