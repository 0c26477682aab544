"""What can be wrong with the means of a verification: its workers, and the state it keeps.

None of it says anything about the record.
"""

from audit.record_errors import IncompleteError, UsageError


class MissingDaskError(UsageError):
    """Values: the address."""

    sentence = "{0} needs the extra “dask”: pip install 'teg[dask]'"


class SchedulerError(UsageError):
    """Values: the address, what is wrong."""

    sentence = "the Dask scheduler {0} cannot be used: {1}"


class WorkersLostError(IncompleteError):
    """Values: what happened."""

    sentence = "the workers ended in the middle of their work ({0}): try again"


class NotAStateError(UsageError):
    """Values: path, what is wrong. It is not overwritten: it may be something else."""

    sentence = "{0} holds no state of a verification: {1}"


class StateKeyError(UsageError):
    """Values: path, what is wrong."""

    sentence = "{0} cannot hold the key of your states: {1}"
