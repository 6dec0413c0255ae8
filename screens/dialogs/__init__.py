"""The small windows that ask for something: a line, a choice, a form, a longer text."""

from .ask import AskLine, Reading
from .choose import Choose, Option
from .form import Field, Form, Wrong
from .write import WriteText

__all__ = ["AskLine", "Choose", "Field", "Form", "Option", "Reading", "WriteText", "Wrong"]
