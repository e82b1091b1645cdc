"""How a command says that it could not do its work. What it says is one sentence for whoever ran it."""


class Failed(Exception):
    """Ends the command with exit code 1. The message is printed as it is, on standard error."""
