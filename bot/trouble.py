"""What ends a command with a line for the operator instead of a traceback."""


class Trouble(Exception):
    """One line that says what is wrong and, where it can, what to do."""


class BadInput(Trouble):
    """It is the command line or a setting that is wrong."""
