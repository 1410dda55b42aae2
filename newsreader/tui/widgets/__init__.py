"""Widgets and bases of screens that several features use; none of them knows what it is used for."""
