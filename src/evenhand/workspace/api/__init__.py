"""The same rooms for programs: addresses under ``/api/v1/``, tokens, and what every operation shares.

Each room has its operations in its own ``api.py``; ``site.py`` puts them together.
"""
