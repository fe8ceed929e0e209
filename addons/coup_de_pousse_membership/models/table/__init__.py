from . import association_file_import
