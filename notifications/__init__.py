"""Telling people: alert matching, the delivery ledger, e-mail and the live feed."""
