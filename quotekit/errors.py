"""The exceptions quotekit raises, and nothing else it may raise."""

__all__ = ["InputError", "ModelError", "QuotekitError", "RegistryError"]


class QuotekitError(Exception):
    """Base of every exception quotekit raises on purpose."""


class InputError(QuotekitError, ValueError):
    """What was passed in is not what the function takes; the message says what came."""


class ModelError(QuotekitError, RuntimeError):
    """A model pack is missing, damaged or does not fit; the message names the file and the remedy."""


class RegistryError(QuotekitError, LookupError):
    """A registry file is malformed; the message names the file and the line or path in it."""
