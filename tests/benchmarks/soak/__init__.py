"""A library under siege: see `__main__`."""
