"""The ministry's registry: what it is asked, what it may answer, and who answers."""
