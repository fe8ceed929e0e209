from . import accompaniment_workload
