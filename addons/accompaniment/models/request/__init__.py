from . import accompaniment_mission_request
from . import crm_lead
