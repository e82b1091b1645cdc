"""Alerts under torture."""
