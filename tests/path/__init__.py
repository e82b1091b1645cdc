"""Whole paths through the service, as its users walk them."""
