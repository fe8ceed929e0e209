from . import accompaniment_review_page
